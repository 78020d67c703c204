#!/bin/sh
# Runs the golden cases, or those named: tests/golden/NAME holds
#   cmd           shell commands, run in a copy of the folder; the programs are in the PATH
#   out err       what they print; a missing file means nothing
#   status        how they end; missing means 0
#   needs-shared  a file under $SLA_SHARED in each line; without them the case is skipped
#   heavy         why it is skipped where SLA_HEAVY=0, as with sanitizers
#   long          the same where SLA_LONG=0, as under valgrind, which takes a second to start
# GOLDEN_ACCEPT=1 writes out, err and status anew: read the difference before you commit it.
set -u

top=$(cd "$(dirname "$0")/.." && pwd) || exit 4

# The result of case $1 goes to $work/$1.result: pass, skip, or fail with the differences.
run_case()
{
	kept=$top/tests/golden/$1
	got=$work/$1
	mkdir "$got" "$got/tmp"
	if ! [ -f "$kept/cmd" ]; then
		echo "no file cmd in $kept" >"$got/diff"
	elif [ -f "$kept/needs-shared" ] && ! has_shared "$kept/needs-shared"; then
		echo "skip no shared files" >"$work/$1.result"
		return
	elif [ "${SLA_HEAVY:-1}" = 0 ] && [ -f "$kept/heavy" ]; then
		echo "skip $(cat "$kept/heavy")" >"$work/$1.result"
		return
	elif [ "${SLA_LONG:-1}" = 0 ] && [ -f "$kept/long" ]; then
		echo "skip $(cat "$kept/long")" >"$work/$1.result"
		return
	else
		(cd "$work/tree/tests/golden/$1" && TMPDIR=$got/tmp exec timeout "${LIMIT:-120}" sh ./cmd) \
			>"$got/out" 2>"$got/err" </dev/null
		echo $? >"$got/status"
		if [ -n "${GOLDEN_ACCEPT:-}" ]; then
			accept "$kept" "$got"
		fi
		compare "$kept" "$got" >"$got/diff"
	fi
	if [ -s "$got/diff" ]; then
		(echo "fail: golden/$1" && cat "$got/diff") >"$work/$1.result"
	else
		echo pass >"$work/$1.result"
	fi
}

has_shared()
{
	[ -d "$SLA_SHARED" ] || return 1
	while read -r f; do
		[ -r "$SLA_SHARED/$f" ] || return 1
	done <"$1"
}

accept()
{
	for f in out err status; do
		rm -f "$1/$f"
		if [ -s "$2/$f" ] && ! { [ $f = status ] && [ "$(cat "$2/$f")" = 0 ]; }; then
			cp "$2/$f" "$1/$f"
		fi
	done
}

compare()
{
	for f in out err status; do
		want=$1/$f
		if [ ! -f "$want" ]; then
			want=$work/empty
			[ $f != status ] || want=$work/zero
		fi
		diff -u --label "$f expected" --label "$f" "$want" "$2/$f"
	done
}

if [ "${1:-}" = --one ]; then
	run_case "$2"
	exit 0
fi

unset TZ POSIXLY_CORRECT
LC_ALL=C
SLA_SHARED=$(cd "${SLA_SHARED:-$top/../shared}" 2>/dev/null && pwd) || SLA_SHARED=$top/../shared
work=$(mktemp -d)
export LC_ALL SLA_SHARED work
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# shellcheck source=tests/wrap.sh
. "$top/tests/wrap.sh"
: >"$work/empty"
echo 0 >"$work/zero"
# A tree like the project's own, so that ../../../examples is what it looks like.
mkdir -p "$work/tree/tests"
[ ! -d "$top/tests/golden" ] || cp -R "$top/tests/golden" "$work/tree/tests/golden"
ln -s "$top/examples" "$top/lib" "$top/man" "$top/README.md" "$work/tree/"
ln -s "$top/tests/outputs" "$work/tree/tests/"

[ $# -gt 0 ] || set -- "$top"/tests/golden/*/
for d; do
	[ -d "$top/tests/golden/$(basename "$d")" ] && basename "$d"
done >"$work/cases"
xargs -r -n 1 -P "$(nproc)" "$0" --one <"$work/cases"

passed=0 failed=0 skipped=0
while read -r name; do
	result=$(head -n 1 "$work/$name.result" 2>/dev/null)
	case $result in
	pass) passed=$((passed + 1)) ;;
	skip*) skipped=$((skipped + 1)) && echo "skipped: golden/$name: ${result#skip }" ;;
	*) failed=$((failed + 1)) && cat "$work/$name.result" ;;
	esac
done <"$work/cases"
echo "golden: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
