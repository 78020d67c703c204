#!/bin/sh
# Runs the suites named (unit golden man io), then sums up their last lines.
# $BUILD is the build's folder, its programs are in the PATH; $WRAP is put before each
# program under test, for instance "valgrind -q --error-exitcode=99".
set -u

cd "$(dirname "$0")/.." || exit 4
: "${BUILD:?is not set; run make check}"
SLA_SHARED=$(cd "${SLA_SHARED:-../shared}" 2>/dev/null && pwd) || SLA_SHARED=$PWD/../shared
export BUILD SLA_SHARED
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0

# shellcheck disable=SC2086 # $WRAP is a list of words
run_suite()
{
	case $1 in
	unit) ${WRAP:-} "$BUILD/check" ;;
	*) "tests/$1.sh" ;;
	esac
}

for suite; do
	run_suite "$suite" >"$log" 2>&1
	status=$?
	cat "$log"
	last=$(tail -n 1 "$log" |
		sed -n "s/^$suite: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p")
	read -r p f s <<-END
		${last:-0 0 0}
	END
	if [ $status -ne 0 ] && [ "$f" -eq 0 ] || [ -z "$last" ]; then
		echo "$suite: broke off with status $status"
		f=1
	fi
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

if [ $failed -gt 0 ]; then
	echo 'Next: mend what failed above; make check SUITES="unit" runs one suite alone.'
else
	echo 'Next: make install puts the programs in place; mandoc -a man/sla.7 tells how they work together.'
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
