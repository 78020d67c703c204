# The measures of the gates, counted apart from the stream's own records: "name is number" a line.
def count(f): [.[] | select(f)] | length;
def clock($c): [.[] | .risk.clocks[$c].state // "none"];
def of($c; $s): [clock($c)[] | select(. == $s)] | length;
def isopen: (.risk.state | . != "resolved" and . != "closed" and . != "cancelled");
def orphan: (.ownership.cause | . == "nobody" or . == "queue" or . == "gone" or . == "away");
def late: isopen and .state == "breached" and .stopped == null;
def overdue: isopen and any(.risk.clocks[]; .state == "breached" and .stopped == null);
def risky: isopen and any(.risk.clocks[]; .state == "running" and (.probability // 0) >= 500);
def listed: isopen and any(.risk.clocks[];
	(.state == "running" or .state == "paused") and (.probability // 0) >= 200);
def causes($list): [.[] | .ownership.causes | to_entries[]
	| select(.key as $k | $list | index($k)) | .value] | add // 0;
def rank($p): sort | if length == 0 then "not judged: no evidence"
	else .[([(length * $p / 1000 | ceil), 1] | max) - 1] end;
def share($n; $of): if $of == 0 then "not judged: no evidence"
	else "\($n * 1000 / $of | floor | "\(. / 10 | floor).\(. % 10)") % (\($n) of \($of))" end;
def judged($c; n): if of($c; "unknown") > 0 and
	([clock($c)[] | select(. != "none" and . != "unknown")] | length) == 0
	then "not judged: no evidence" else n end;

def clocks($c; $name):
	"\($name)attainment is \(share(of($c; "met"); of($c; "met") + of($c; "breached")))",
	"\($name)breach_rate is \(share(of($c; "breached"); of($c; "met") + of($c; "breached")))",
	(("met", "breached", "running", "paused") as $s
		| "\($name)\($s) is \(judged($c; of($c; $s)))"),
	"\($name)not_judged is \(of($c; "unknown"))",
	"\($name)no_target is \(of($c; "none"))",
	"\($name)still_open is \(judged($c; count(isopen and (.risk.clocks[$c]
		| . != null and .state == "breached" and .stopped == null))))",
	"\($name)psa_differs is \(if count(.risk.clocks[$c].agrees != null) == 0
		then "not judged: no evidence" else count(.risk.clocks[$c].agrees == false) end)";

[.[] | select(.risk != null)] |
	"at_risk is \(count(risky))",
	"findings is \([.[].ownership.findings[]] | length)",
	"findings_critical is \([.[].ownership.findings[] | select(.severity == "critical")] | length)",
	"findings_high is \([.[].ownership.findings[] | select(.severity == "high")] | length)",
	"handed_on is \(count(.ownership.handoffs | length > 0))",
	"handoffs is \([.[].ownership.handoffs[]] | length)",
	"handoffs_max is \([.[].ownership.handoffs | length] | max)",
	"handoffs_p90 is \([.[].ownership.handoffs | length] | rank(900))",
	"needing_someone is \(count(overdue or (isopen and orphan) or listed or
		(isopen and (.ownership.findings | length > 0))))",
	"open is \(count(isopen))",
	"orphan_share is \(share(causes(["nobody", "queue", "gone", "away"]);
		causes(["owned", "unknown", "nobody", "queue", "gone", "away"])))",
	"orphaned_open is \(count(isopen and orphan))",
	"overdue is \(count(overdue))",
	"owner_unknown is \(count(.ownership.cause == "unknown"))",
	"tickets is \(length)",
	("acceptance_p50", "acceptance_p90" | "\(.) is not judged: no evidence"),
	clocks("resolve"; ""), clocks("pickup"; "pickup."),
	clocks("first_response"; "first_response.")
