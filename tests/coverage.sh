#!/bin/sh
# Prints the line coverage of lib/ and cmd/ that the tests left in the build folder $1.
set -eu

info=$1/coverage.info
# Debian 12's geninfo warns about itself; what else it says is shown if it fails.
geninfo -q "$1" --no-external -b . -o "$info.all" 2>"$info.log" || {
	cat "$info.log"
	exit 1
}
lcov -q -e "$info.all" "$PWD/lib/*" "$PWD/cmd/*" -o "$info"
lcov -l "$info"
genhtml -q -o "$1/html" "$info"
echo "Line by line: $1/html/index.html"
