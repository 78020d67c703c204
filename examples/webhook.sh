#!/bin/sh
# webhook.sh slack|teams [URL]: the most urgent tickets into a chat, from the annotated stream on
# standard input, five or SLA_LIMIT of them; without a URL the payload is printed.
#
#   webhook.sh slack "$SLACK_WEBHOOK_URL" </var/lib/sla/tickets.ndjson
#
# The payload is made by jq, so that no ticket's text can break out of it; mentions that such a text
# might hold are taken apart (Slack's & < >, the @ of Teams).
set -eu

kind=${1:?usage: webhook.sh slack|teams [URL]}
url=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sla-report -q --view summary,worklist --limit "${SLA_LIMIT:-5}" -f json -o "$work/report.json"
case $kind in
slack)
	jq '
		def safe: gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
		def line: "*\(.id | safe)* \(.priority // "no priority") \(.owner // .team // "nobody" | safe): "
			+ "\(.what | safe), by \(.by // "no date")\n\(.why | safe)";
		.views as $v | {
			text: "\($v.summary.tickets.overdue) tickets past a target, \($v.summary.tickets.orphaned // "?") orphaned",
			blocks: ([{type: "header", text: {type: "plain_text",
				text: "SLA as of \(.as_of): \($v.summary.tickets.overdue) past a target"}}]
				+ [$v.worklist.tickets[] | {type: "section",
					text: {type: "mrkdwn", text: (line | .[0:2900])}}])
		}' "$work/report.json" >"$work/payload.json"
	;;
teams)
	jq '
		def plain: gsub("[<>\\[\\]*_`]"; " ") | gsub("@"; "(at)");
		.views as $v | {type: "message", attachments: [{
			contentType: "application/vnd.microsoft.card.adaptive",
			content: {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
				type: "AdaptiveCard", version: "1.4",
				body: ([{type: "TextBlock", size: "Large", weight: "Bolder", wrap: true,
					text: "SLA as of \(.as_of): \($v.summary.tickets.overdue) past a target"}]
					+ [$v.worklist.tickets[] | {type: "TextBlock", wrap: true,
						text: ("\(.id) \(.priority // "no priority") \(.owner // .team // "nobody"): "
							+ "\(.what), by \(.by // "no date"). \(.why)" | plain)}])}}]
		}' "$work/report.json" >"$work/payload.json"
	;;
*)
	echo "webhook.sh: slack or teams, not \"$kind\"" >&2
	exit 3
	;;
esac

if [ -z "$url" ]; then
	cat "$work/payload.json"
else
	curl --fail --silent --show-error --max-time 30 --retry 3 -H 'Content-Type: application/json' \
		--data-binary @"$work/payload.json" "$url"
fi
