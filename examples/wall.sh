#!/bin/sh
# wall.sh TICKETS [SECONDS]: the worklist on a wall screen, drawn anew every 60 seconds from the
# annotated stream that the night (or a cron job each quarter of an hour) has left in TICKETS.
# Control and C ends it. An old stream is seen to be old: the page begins with its instant.
set -eu

tickets=${1:?usage: wall.sh TICKETS [SECONDS]}
seconds=${2:-60}
export TICKETS="$tickets"
# shellcheck disable=SC2016 # watch's shell expands it, each time
exec watch --color --no-title --interval "$seconds" \
	'COLUMNS=$(tput cols) sla-report -q --view summary,worklist --limit 12 "$TICKETS" | head -n "$(tput lines)"'
