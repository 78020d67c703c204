# Tickets by name (first file: "id name"), and what "id rule result" says of them: name, tickets that
# deviate, tickets judged, deviations, checks, tickets not judged; then name, rule, deviations.
NR == FNR { name[$1] = $2; next }
{ split($0, word, " "); id = word[1]; rule = word[2]; result = word[3]; t = name[id]; all[id] = t }
result == "conforms" || result == "deviates" { judged[id]; checks[t]++ }
result == "deviates" { bad[id]; deviations[t]++; pair[t "\t" rule]++ }
result == "unknown" { blind[id] }
END {
	for (id in all) {
		names[all[id]]
		if (id in judged) {
			n[all[id]]++
			d[all[id]] += id in bad
		} else
			unknown[all[id]] += id in blind
	}
	for (t in names)
		printf "%s\t%d\t%d\t%d\t%d\t%d\n", t, d[t], n[t], deviations[t], checks[t], unknown[t]
	for (p in pair)
		print p "\t" pair[p]
}
