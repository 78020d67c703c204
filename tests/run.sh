#!/bin/sh
# Runs the suites named (unit golden man io), then sums up their last lines.
# $BUILD is the build's folder, its programs are in the PATH; $WRAP is put before each
# program under test, for instance "valgrind -q --error-exitcode=99".
set -u

cd "$(dirname "$0")/.." || exit 4
: "${BUILD:?is not set; run make check}"
SLA_SHARED=$(cd "${SLA_SHARED:-../shared}" 2>/dev/null && pwd) || SLA_SHARED=$PWD/../shared
WRAP=${WRAP:-}
# A busy machine is no failure: a test that hangs is stopped, late.
CK_DEFAULT_TIMEOUT=${CK_DEFAULT_TIMEOUT:-60}
# The tests that draw cases at random draw few, unless SLA_LIGHT=0 as in .ci/run.
SLA_LIGHT=${SLA_LIGHT-1}
export BUILD SLA_SHARED WRAP CK_DEFAULT_TIMEOUT SLA_LIGHT
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0

# Every tests/check_NAME.c is a program run of its own, as many at a time as there are processors.
unit()
{
	results=$(mktemp -d)
	# shellcheck disable=SC2016 # the shell inside puts the words in
	for name in tests/check_*.c; do
		name=${name#tests/check_}
		[ "$name" = main.c ] || echo "${name%.c}"
	done | xargs -P "$(nproc)" -I NAME \
		sh -c '$WRAP "$BUILD/check" NAME >"$1/NAME" 2>&1 || echo "broke off: NAME" >>"$1/NAME"' sh "$results"
	grep -hv '^seed \|^unit: ' "$results"/* | grep -v '^100%'
	cat "$results"/* | sed -n 's/^seed.*/&/p' | head -n 1
	cat "$results"/* | awk '
		/^unit: / { passed += $2; failed += $4; skipped += $6; ran++ }
		/^broke off: / { broken++ }
		END {
			if (broken > failed) failed = broken
			printf "unit: %d passed, %d failed, %d skipped\n", passed, failed, skipped
			exit failed > 0 || ran == 0
		}'
	status=$?
	rm -rf "$results"
	return $status
}

run_suite()
{
	case $1 in
	unit) unit ;;
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
