# The rules on states and owners, by the flat event log of sla-ingest -f csv: "id rule result" each;
# and of tickets that ended "id path seconds". The first 18 columns of this log hold no comma.
function instant(at,   t) {
	t = at
	gsub(/[-T:Z]/, " ", t)
	return mktime(t)
}
function earliest(i) {
	return inferred[i] && after[i] < at[i] ? after[i] + 1 : at[i]
}
function over(state) {
	return state == "resolved" || state == "closed" || state == "cancelled"
}
function tell(rule, result) {
	print id, rule, result > "rules.want"
}
function owner_before_end(   i, given, end, live, first) {
	live = 1
	for (i = 1; i <= n; i++) {
		if (kind[i] == "owner" && first++ == 0 && from[i] != "")
			given = -1
		if (kind[i] == "owner" && to[i] != "" && !given)
			given = i
		if (state[i] == "")
			continue
		if (live && !end && kind[i] == "status" && (state[i] == "resolved" || state[i] == "closed"))
			end = i
		live = !over(state[i])
	}
	if (!end)
		return "idle"
	if (given == -1)
		return "conforms"
	if (!given || earliest(given) > at[end])
		return "deviates"
	return at[given] <= earliest(end) ? "conforms" : "unknown"
}
function closings(   i, before, resolved, closed, result, unseen, begun, begun_unseen, again) {
	result = begun = "idle"
	for (i = 1; i <= n; i++) {
		if (state[i] == "")
			continue
		again = again || (closed && !over(state[i]))
		if (kind[i] == "status" && state[i] == "closed" && before != "closed") {
			if (result != "deviates")
				result = resolved ? "conforms" : inferred[i] ? "conforms" : "deviates"
			unseen = unseen || !resolved
			if (begun != "deviates")
				begun = before == "new" && !inferred[i] ? "deviates" : "conforms"
			begun_unseen = begun_unseen || before == "new" || before == ""
		}
		closed = closed || state[i] == "closed"
		before = state[i]
		resolved = before == "resolved" || (resolved && over(before))
	}
	tell("resolved-before-closed", unseen && result == "conforms" ? "unknown" : result)
	tell("begun-before-closed", begun_unseen && begun == "conforms" ? "unknown" : begun)
	tell("stays-closed", again ? "deviates" : closed ? "conforms" : "idle")
}
function path(   i, words, last, steps, since, live) {
	live = 1
	since = at[1]
	for (i = 1; i <= n; i++) {
		if (state[i] == "")
			continue
		if (state[i] != last && ++steps <= 13)
			words = words (steps == 1 ? "" : " > ") (steps == 13 ? "..." : state[i])
		last = state[i]
		if (live == over(last)) {
			live = !live
			since = at[i]
		}
	}
	if (!live)
		print id "\t" words "\t" since - at[1] > "paths.want"
}
function ticket() {
	if (n == 0)
		return
	tell("owner-before-end", owner_before_end())
	closings()
	path()
}
FNR == 1 { next }
$2 != id { ticket(); id = $2; n = 0 }
{
	n++
	at[n] = instant($5); kind[n] = $6; state[n] = $12
	from[n] = $10 == "\"\"" ? "" : $10; to[n] = $11 == "\"\"" ? "" : $11 # "" is nobody, told
	inferred[n] = $17 == "true"; after[n] = $18 == "" ? -2^40 : instant($18)
}
END { ticket() }
