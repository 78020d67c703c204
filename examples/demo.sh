#!/bin/sh
# The four programs at work on 503 incidents of a real ServiceNow log (ATTRIBUTION).
# Run by `make demo`; by hand once the programs are in the PATH.
set -eu
cd "$(dirname "$0")"

# The as-of instant: later events do not exist, so that there are open tickets.
now=2016-03-20T12:00:00Z

sla-ingest --seal -s servicenow-log incidents.csv |
	sla-owners --seal -p policy.json -n "$now" |
	sla-risk --seal -p policy.json |
	sla-report --sealed --view summary,worklist --limit 8

cat <<'END'

That was: sla-ingest | sla-owners | sla-risk | sla-report, on examples/incidents.csv.
Next:  make check                    proves that it is right
       sh examples/nightly.sh DIR    writes tonight's files into DIR, as a cron job would
       man man/sla.7                 the overview; README.md has your own export in five minutes
END
