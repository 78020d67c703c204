#!/bin/sh
# nightly.sh DIR [EXPORT [POLICY [INSTANT]]]: a night's run, made for cron:
#   15 2 * * *  /usr/local/share/sla/nightly.sh /var/lib/sla /var/lib/psa/incidents.csv
#
# Writes DIR/tickets.ndjson (the annotated stream), DIR/findings.csv and DIR/report.md,
# each complete or not at all. The first night tells from the export which system and form it
# has, and keeps that as DIR/map.json; later nights go by it, whatever is in their exports. The stream is sealed from end to end: if one program dies,
# no report is made, and cron mails what it said. Ends with 1 where a finding of
# severity high or worse is open.
set -eu

dir=${1:?usage: nightly.sh DIR [EXPORT [POLICY [INSTANT]]]}
here=$(cd "$(dirname "$0")" && pwd)
export_file=${2:-$here/incidents.csv}
policy=${3:-$here/policy.json}
now=${4:-}
if [ -z "$now" ]; then
	now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
	[ "$export_file" = "$here/incidents.csv" ] && now=2016-03-20T12:00:00Z
fi

if [ -r "$dir/map.json" ]; then
	set -- --map "$dir/map.json"
else
	set -- --write-map "$dir/map.json"
fi
status=0
sla-ingest -q --seal --rejects "$dir/rejects.ndjson" "$@" "$export_file" |
	sla-owners -q --seal -n "$now" -p "$policy" |
	sla-risk -q --seal -p "$policy" -o "$dir/tickets.ndjson" || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || exit "$status"

sla-report -q --sealed -f md --view summary,worklist -o "$dir/report.md" "$dir/tickets.ndjson"
sla-owners -q -n "$now" -p "$policy" --findings -f csv --fail-on high \
	-o "$dir/findings.csv" "$dir/tickets.ndjson"
