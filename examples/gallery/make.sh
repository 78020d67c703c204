#!/bin/sh
# make.sh [DIR]: makes the pictures of README.md anew, from the example log, into DIR or beside this
# script. It needs the sla tools in the PATH, chromium and pngquant, and stands in the source tree:
#   PATH=$PWD/build/gcc/bin:$PATH examples/gallery/make.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
examples=$here/..
to=$(cd "${1:-$here}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$examples/policy.json" "$work"
cd "$work"
sla-ingest -q -s servicenow-log "$examples/incidents.csv" |
	sla-owners -q -n 2016-03-20T12:00:00Z -p policy.json |
	sla-risk -q -p policy.json -o judged

# page NAME OPTION...: screenshots of the page, at 1280 and 390 pixels, light and dark.
page()
{
	name=$1
	shift
	sla-report -q -p policy.json -f html -o "$name.html" "$@" judged
	# It finds no table to sort in a worklist; where there is no screenshot, pngquant fails below.
	python3 "$examples/../tests/outputs/check_browser.py" --screenshots . "$name.html" || :
}
page worklist --view worklist --limit 4
page summary --view summary
page attribution --view trend,attribution --period week

# keep SCREENSHOT NAME: in few colours, which is what a page has, so that the picture is small.
keep()
{
	pngquant --force --strip --speed 1 --output "$to/$2.png" 48 "$1.png"
}
keep worklist-1280-light-1 worklist
keep attribution-1280-light-2 attribution
keep summary-390-dark-1 phone
