#!/bin/sh
# Opens what sla-report writes with the programs that people open it with: the page in Chromium, the
# workbook in LibreOffice, the rest by parsers that know nothing of it. Of the example log, of the same
# with words and clients, of one client's review, and of hostile tickets. The programs under test are in the PATH.
# KEEP=DIR keeps what was written, and screenshots of the pages, there.
set -u

cd "$(dirname "$0")/.." || exit 4
unset TZ POSIXLY_CORRECT
export LC_ALL=C.UTF-8
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
checks=$top/tests/outputs
python=/usr/bin/python3 # Debian's own has Debian's modules
passed=0 failed=0 skipped=0

# check NAME PROGRAM COMMAND...: passes where the command does; its words are shown where it does not.
# Skipped where there is no PROGRAM, which only happens without tests/deps.sh.
check()
{
	name=$1
	if ! command -v "$2" >/dev/null; then
		skipped=$((skipped + 1))
		echo "skipped: $name: no $2"
		return
	fi
	shift 2
	if "$@" >"$work/said" 2>&1; then
		passed=$((passed + 1))
		echo "pass: $name: $(tail -n 1 "$work/said")"
	else
		failed=$((failed + 1))
		echo "fail: $name"
		cat "$work/said"
	fi
}

# judge POLICY INSTANT: the stream on standard input with both annotations.
judge()
{
	sla-owners -q -p "$1" -n "$2" | sla-risk -q -p "$1"
}

tickets()
{
	policy=$top/examples/policy.json now=2016-03-20T12:00:00Z client=
	case $1 in
	log) sla-ingest -q -s servicenow-log "$top/examples/incidents.csv" ;;
	talk | review)
		jq '.budgets = [{"name": "all", "period": "quarter", "metric": "resolve", "allowed": "25%"}] |
			.costs = [{"currency": "EUR", "per_hour": 80.5}]' "$policy" >priced.json || return
		policy=$work/priced.json
		sla-ingest -q -s servicenow-log "$top/examples/incidents.csv" |
			jq -c -f "$top/tests/golden/report-talk/talk.jq"
		[ "$1" = talk ] || client='Location 161'
		;;
	hostile)
		policy=$top/tests/golden/report-text/policy.json now=2026-03-04T12:00:00Z
		cat "$checks/hostile.ndjson"
		;;
	esac >"$1.tickets"
	judge "$policy" "$now" <"$1.tickets" >"$1.judged"
}

# report INPUT FORMAT NAME OPTION...: every view unless the options name some.
report()
{
	from=$1 form=$2 to=$3
	shift 3
	sla-report -q -p "$policy" --view all ${client:+--client "$client" --since 2016-03-01} -f "$form" -o "$to" "$@" "$from.judged"
	[ $? -le 1 ] # a gate may trip
}

# The sheets as a reader of LibreOffice sees them, a file each.
sheets()
{
	mkdir "$2" || return
	soffice "-env:UserInstallation=file://$work/office" --headless \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1' \
		--outdir "$2" "$1" && python3 "$checks/check_office.py" "$2" "$3"
}

# The numbers of csv are those of json: the view's main table, its keys and words left out.
same_csv()
{
	python3 - "$1" "$2" "$3" <<'END'
import csv, json, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    got = list(csv.DictReader(file))
with open(sys.argv[2], encoding="utf-8") as file:
    sections = json.load(file)["views"][sys.argv[3]]
numbers = 0
for want in (s for s in sections.values() if isinstance(s, list) and len(s) == len(got)):
    if got and want and set(want[0]) == set(got[0]):
        for mine, theirs in zip(got, want):
            for name, value in theirs.items():
                if isinstance(value, int) and not isinstance(value, bool):
                    numbers += 1
                    if mine[name] != str(value):
                        sys.exit(f"{sys.argv[3]}: {name}: {mine[name]}, not {value}")
        print(f"csv: {numbers} numbers as json has them")
        sys.exit(0)
sys.exit(f"{sys.argv[3]}: no table of json is that of csv")
END
}

# Every sample by the parser of Prometheus' own client, and by one that follows the format's letter.
prometheus()
{
	python3 "$checks/check_prometheus.py" "$1" "$2" && "$python" - "$1" <<'END'
import sys
from prometheus_client.parser import text_string_to_metric_families
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    text = file.read()
families = list(text_string_to_metric_families(text))
samples = sum(len(family.samples) for family in families)
lines = sum(1 for line in text.split("\n") if line and not line.startswith("#"))
if samples != lines or any(family.type != "gauge" or not family.documentation for family in families):
    sys.exit(f"{samples} samples of {lines} lines, or no gauge, or one without help")
print(f"prometheus: {samples} samples in {len(families)} families")
END
}

junit()
{
	xmllint --noout --schema "$checks/junit.xsd" "$1" && python3 "$checks/check_junit.py" "$1"
}

mail()
{
	python3 "$checks/check_mail.py" "$1" "$1.html" "$1.txt" && python3 "$checks/check_html.py" "$1.html"
}

all_of()
{
	tickets "$1" || return
	report "$1" json "$1.json" &&
		report "$1" html "$1.html" &&
		report "$1" xlsx "$1.xlsx" &&
		report "$1" prometheus "$1.prom" &&
		report "$1" mail "$1.mail" --mail-to 'Ann <ann@example.org>' &&
		report "$1" junit "$1.xml" --fail-if 'breach_rate > 5%' --fail-if 'first_response.attainment < 95%' &&
		report "$1" csv "$1.csv" --view worklist || echo "fail: $1: no reports"
	check "$1: html by a strict parser" python3 python3 "$checks/check_html.py" "$1.html"
	# shellcheck disable=SC2086 # an option and its value, or nothing
	check "$1: html in Chromium, 1280 and 390 pixels, light and dark" chromium \
		python3 "$checks/check_browser.py" ${KEEP:+--screenshots "$KEEP"} "$1.html"
	check "$1: xlsx in LibreOffice" soffice sheets "$1.xlsx" "$1.sheets" "$1.json"
	check "$1: xlsx as it stands in the archive" python3 python3 "$checks/check_xlsx.py" "$1.xlsx" "$1.json"
	check "$1: csv" python3 same_csv "$1.csv" "$1.json" worklist
	check "$1: mail" python3 mail "$1.mail"
	check "$1: prometheus" "$python" prometheus "$1.prom" "$1.json"
	check "$1: junit" xmllint junit "$1.xml"
}

if [ -n "${KEEP:-}" ]; then
	mkdir -p "$KEEP"
	KEEP=$(cd "$KEEP" && pwd)
fi
cd "$work" || exit 4
for input in log talk review hostile; do
	all_of $input
done
[ -z "${KEEP:-}" ] || cp -- *.html *.xlsx *.mail *.prom *.xml *.csv *.json "$KEEP"
echo "outputs: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
