# The counts of a report as rows of sums over the trace: time, by, key, measure, number.
def row($time; $by; $key; $measure): "\($time),\($by),\($key),\($measure),\(. // 0)";
.views.summary as $s | .views.qbr as $q
| ($s.tickets | to_entries[] | select(.key != "refused") | .key as $k
   | .value | row("asked"; "all"; ""; {owner_unknown: "now_unknown", needing_someone: "needing"}[$k] // $k)),
  ($s.clocks | to_entries[] | .key as $metric | .value | to_entries[] | select(.key != "attainment") | .key as $state
   | .value | row("asked"; "all"; ""; "clocks.\($metric).\($state)")),
  ($s.priorities[] | .metric as $metric | (.priority // "(none)") as $p | del(.metric, .priority, .attainment) | to_entries[]
   | .key as $state | .value | row("asked"; "priority"; $p; "clocks.\($metric).\($state)")),
  ($s.life | to_entries[] | .key as $cause | .value
   | (.seconds | row("asked"; "all"; ""; "life_\($cause | sub("owner_"; ""))")),
     (.open_now | row("asked"; "all"; ""; "now_\($cause | sub("owner_"; ""))"))),
  ($s.handoffs | (.handoffs | row("asked"; "all"; ""; "handoffs")), (.tickets | row("asked"; "all"; ""; "handed_on")),
     (.owner_direct | row("asked"; "all"; ""; "owner_direct")), (.not_accepted | row("asked"; "all"; ""; "not_accepted")),
     (.team_indirect | row("asked"; "all"; ""; "team_indirect")),
     (.acceptance_unknown | row("asked"; "all"; ""; "acceptance_unknown"))),
  ($s.findings[] | .rule as $rule | del(.rule) | to_entries[] | .key as $k | .value | row("asked"; "rule"; $rule; $k)),
  ($s.psa | to_entries[] | .key as $metric | .value | to_entries[] | .key as $k | .value
   | row("asked"; "all"; ""; "verdicts.\($metric).\($k)")),
  ($q.attainment[] | .metric as $metric | .priority as $p | (if $p == "all" then ["all", ""] else ["priority", $p // "(none)"] end) as [$by, $key]
   | (.met | row("asked"; $by; $key; "clocks.\($metric).met")), (.breached | row("asked"; $by; $key; "clocks.\($metric).breached")),
     (.not_judged | row("asked"; $by; $key; "clocks.\($metric).unknown")),
     (.met_before | row("before"; $by; $key; "clocks.\($metric).met")), (.breached_before | row("before"; $by; $key; "clocks.\($metric).breached")),
     (.not_judged_before | row("before"; $by; $key; "clocks.\($metric).unknown"))),
  ($q.compared | (.opened, .ended, .handoffs) |= . | to_entries[] | select(.key == ("opened", "ended", "handoffs")) | .key as $k
   | .value | (.now | row("asked"; "all"; ""; $k)), (.before | row("before"; "all"; ""; $k))),
  ($q.first_response | to_entries[] | .key as $grade | .value.tickets
   | row("asked"; "all"; ""; if $grade == "not_judged" then "grade_unknown" else "grades.\($grade)" end)),
  ($q.words | (.tickets | row("asked"; "all"; ""; "talks")), (.words | row("asked"; "all"; ""; "words")),
     (.wordless | row("asked"; "all"; ""; "wordless")), (.unanswered | row("asked"; "all"; ""; "unanswered")),
     (.unanswered_tickets | row("asked"; "all"; ""; "unanswered_tickets")), (.left | row("asked"; "all"; ""; "left"))),
  ($q.promises | (.kept | row("asked"; "all"; ""; "promises_kept")), (.missed | row("asked"; "all"; ""; "promises_missed")),
     (.open | row("asked"; "all"; ""; "promises_open"))),
  ($q.handoffs | (.between_teams | row("asked"; "all"; ""; "between_teams")), (.returns | row("asked"; "all"; ""; "gave_back")),
     (.late | row("asked"; "all"; ""; "late")), (.no_target | row("asked"; "all"; ""; "budget_unknown")),
     (.added | row("asked"; "all"; ""; "added"))),
  ($q.misses | (.missed | row("asked"; "all"; ""; "missed")), (.by_ownership | row("asked"; "all"; ""; "missed_by_ownership")),
     (.by_stall | row("asked"; "all"; ""; "missed_by_stall"))),
  ($q.reopened | (.reopened | row("asked"; "all"; ""; "reopened")), (.times | row("asked"; "all"; ""; "reopenings")),
     (.before | row("before"; "all"; ""; "reopened")), (.not_judged | row("asked"; "all"; ""; "reopen_unknown")))
