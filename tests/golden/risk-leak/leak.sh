# shellcheck shell=sh
# The stream of file $1 as of each of the instants that follow, and the same cut off there, as an
# export of then would have been; $judge judges one of them. How many tickets, and how many differ.
# shellcheck disable=SC2016 # jq puts $at in
cut_off='select(.opened <= $at) | .events |= map(select(.at <= $at)) |
	.state = null | .owner = null | .team = null | .priority = null | .resolved = null | .closed = null |
	if .psa.sla then .psa.sla |= with_entries(select(.value.at == null or .value.at <= $at)) else . end'
said='select(.risk)|[.id,.risk]'

leak()
{
	stream=$1
	shift
	for at; do
		jq -c --arg at "$at" "$cut_off" "$stream" >cut.ndjson
		# shellcheck disable=SC2154,SC2086 # the caller sets it, to words
		sla-risk -q -n "$at" $judge "$stream" | jq -c "$said" >whole.said
		then=$(printf '%s\n' "$judge" | sed "s|--learn $stream|--learn cut.ndjson|")
		# shellcheck disable=SC2086
		sla-risk -q -n "$at" $then cut.ndjson | jq -c "$said" >cut.said
		echo "$at: $(wc -l <cut.said) tickets, $(jq -c 'select(.[1].clocks.resolve.probability)' cut.said | wc -l) with a probability, $(cmp -s whole.said cut.said && echo the same || echo they differ)"
	done
}
