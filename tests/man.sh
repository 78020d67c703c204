#!/bin/sh
# Runs the examples of the manual pages: the blocks ".Bd -literal" of their sections EXAMPLES.
#   $ command              is run in a copy of examples/; a backslash at its end continues it
#   $ command # status 1   must end with status 1 instead of 0
#   output                 the lines below a command must be its standard output; in a block that
#                          shows no output at all, none is compared; a line ... stands for any lines
# A comment before a block changes what is done with it:
#   .\" file: NAME         the block is the contents of that file
#   .\" not run: REASON    the block is counted as skipped
set -u

top=$(cd "$(dirname "$0")/.." && pwd) || exit 4
unset TZ POSIXLY_CORRECT
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# shellcheck source=tests/wrap.sh
. "$top/tests/wrap.sh"
passed=0 failed=0 skipped=0

# Runs the one command in folder $1, and prints what is wrong with its result.
run_command()
{
	timeout "${LIMIT:-120}" sh "$1/cmd" >"$1/got" 2>"$1/err" </dev/null
	got=$?
	want=$(sed -n 's/.*# status \([0-9][0-9]*\)$/\1/p' "$1/cmd")
	if [ "$got" -ne "${want:-0}" ]; then
		echo "status $got, not ${want:-0}"
		cat "$1/err"
	elif [ -f "$1/out" ] && ! awk -f "$top/tests/elide.awk" "$1/out" "$1/got"; then
		diff -u --label "page" --label "output" "$1/out" "$1/got"
	fi
}

for page in "$top"/man/*.[157]; do
	[ -f "$page" ] || continue
	name=$(basename "$page")
	steps=$work/$name
	here=$steps/here
	mkdir "$steps"
	cp -R "$top/examples" "$here"
	awk -v dir="$steps" -f "$top/tests/examples.awk" "$page" >"$steps/list" || exit 4
	while IFS='	' read -r what line detail; do
		case $what in
		skip)
			echo "skipped: man/$name:$line: $detail"
			skipped=$((skipped + 1))
			;;
		bad)
			echo "fail: man/$name:$line: $detail"
			failed=$((failed + 1))
			;;
		file) cp "$steps/$line/file" "$here/$detail" ;;
		run)
			if (cd "$here" && run_command "$steps/$line") >"$steps/wrong" && [ ! -s "$steps/wrong" ]; then
				passed=$((passed + 1))
			else
				echo "fail: man/$name:$line: $(cat "$steps/$line/cmd")"
				cat "$steps/wrong"
				failed=$((failed + 1))
			fi
			;;
		esac
	done <"$steps/list"
done
echo "man: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
