#!/bin/sh
# nightly-mail.sh TO [FROM [EXPORT [POLICY [INSTANT]]]]: the night's report as a mail, made for cron:
#   30 5 * * 1-5  /usr/local/share/sla/nightly-mail.sh desk@example.com
#
# The mail goes out only if the stream came whole: it is sealed from end to end, and a report of
# half of it is never made. What went wrong is on standard error, which cron mails by itself.
# SLA_KNOWN, where set, is the file that keeps the worklist of the night before: the mail then lists
# only what is new or worse since. It moves on only once the mail is out.
# SENDMAIL is the program that takes the mail, `sendmail -t` if not set.
set -eu

to=${1:?usage: nightly-mail.sh TO [FROM [EXPORT [POLICY [INSTANT]]]]}
from=${2:-sla@$(uname -n)}
here=$(cd "$(dirname "$0")" && pwd)
export_file=${3:-$here/incidents.csv}
policy=${4:-$here/policy.json}
now=${5:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sla-ingest -q --seal -s servicenow-log "$export_file" |
	sla-owners -q --seal -n "$now" -p "$policy" |
	sla-risk -q --seal -p "$policy" -o "$work/tickets"
set --
if [ -n "${SLA_KNOWN:-}" ]; then
	[ -e "$SLA_KNOWN" ] || : >"$SLA_KNOWN"
	set -- --new-only --baseline "$SLA_KNOWN" --write-baseline "$work/known"
fi
sla-report -q --sealed -p "$policy" --view summary,worklist -f mail \
	--mail-to "$to" --mail-from "$from" -o "$work/mail" "$@" "$work/tickets"
${SENDMAIL:-/usr/sbin/sendmail -t} <"$work/mail"
[ -z "${SLA_KNOWN:-}" ] || cp "$work/known" "$SLA_KNOWN"
