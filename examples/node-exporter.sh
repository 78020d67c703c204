#!/bin/sh
# node-exporter.sh DIR [EXPORT [POLICY [INSTANT]]]: the numbers for Prometheus, made for cron:
#   */15 * * * *  /usr/local/share/sla/node-exporter.sh /var/lib/prometheus/node-exporter
#
# DIR is the folder that node_exporter is told by --collector.textfile.directory. sla.prom appears
# there complete or not at all; of a stream that was cut off nothing is made, so that the file's age
# (node_textfile_mtime_seconds) tells when numbers were last sound.
set -eu

dir=${1:?usage: node-exporter.sh DIR [EXPORT [POLICY [INSTANT]]]}
here=$(cd "$(dirname "$0")" && pwd)
export_file=${2:-$here/incidents.csv}
policy=${3:-$here/policy.json}
now=${4:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}

sla-ingest -q --seal -s servicenow-log "$export_file" |
	sla-owners -q --seal -n "$now" -p "$policy" |
	sla-risk -q --seal -p "$policy" |
	sla-report -q --sealed --view summary,teams -f prometheus -o "$dir/sla.prom"
chmod 644 "$dir/sla.prom"
