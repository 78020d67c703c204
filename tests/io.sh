#!/bin/sh
# What the programs do when input or output fails: the documented status, one clear message or
# silence, and never half a file.
set -u

top=$(cd "$(dirname "$0")/.." && pwd) || exit 4
cd "$top" || exit 4
unset TZ POSIXLY_CORRECT
export LC_ALL=C
work=$(mktemp -d)
holder=
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# shellcheck source=tests/wrap.sh
. "$top/tests/wrap.sh"
passed=0 failed=0 skipped=0
as_of=2016-03-20T12:00:00Z

# result NAME, then what is wrong, or nothing
result()
{
	if [ $# -eq 1 ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "fail: $program: $1: $2"
	sed 's/^/    /' "$work/err"
}

# Runs the program under test with its usual options; standard input, standard output and what
# is injected are the caller's.
program()
{
	# shellcheck disable=SC2086 # lists of words
	env --default-signal=PIPE ${inject:-} "$program" $options "$@" 2>"$work/err"
	got=$?
}

# expect NAME STATUS [MESSAGE]: the last run ended with that status, or one of "0|141", and said
# in one line what matches the basic regular expression; without one it said nothing.
expect()
{
	lines=$(grep -c . "$work/err")
	if ! echo "$got" | grep -Eqx "$2"; then
		result "$1" "status $got, not $2"
	elif [ $# -eq 2 ] && [ "$lines" -gt 0 ]; then
		result "$1" 'is not silent'
	elif [ $# -eq 3 ] && [ "$(grep -c ' error: ' "$work/err")" -ne 1 ]; then
		result "$1" 'not one error message'
	elif [ $# -eq 3 ] && ! grep -q "^$program: .*$3" "$work/err"; then
		result "$1" "no message like: $program: $3"
	else
		result "$1"
	fi
}

# The folder $work/o holds nothing but the file t, with its contents of before.
expect_untouched()
{
	if [ "$(ls -A "$work/o")" != t ]; then
		result "$1" "files left behind: $(ls -A "$work/o")"
	elif [ "$(cat "$work/o/t")" != before ]; then
		result "$1" 'the target has changed'
	else
		result "$1"
	fi
}

fresh_target()
{
	rm -rf "$work/o"
	mkdir "$work/o"
	echo before >"$work/o/t"
}

pipes()
{
	: >"$work/got"
	(program "$input" && cp "$work/err" "$work/err1" && echo "$got" >"$work/got") | head -n 1 >"$work/first"
	got=$(cat "$work/got")
	expect '| head -1' '0|141'
	(sleep 0.2 && program "$input"; echo "$got" >"$work/got") | :
	got=$(cat "$work/got")
	expect 'a closed pipe' 141
	program "$input" >/dev/full
	expect '> /dev/full' 4 'No space left on device'
	program -o /dev/full "$input"
	expect '-o /dev/full' 4 'No space left on device'
	program "$input" >&-
	expect 'standard output closed' 4 ''
}

inputs()
{
	program </dev/null >"$work/out"
	case $program in
	sla-ingest) expect 'empty input' 2 'the file is empty' ;; # an export has a header
	*) expect 'empty input' 0 ;;
	esac
	if [ "$program" != sla-report ] && [ -s "$work/out" ]; then
		result 'empty input' 'it has output'
	fi
	program "$cut" >/dev/null
	expect 'a truncated line' 2 "$cut:[0-9][0-9:]*: error: "
	program "$top" >/dev/null
	expect 'a directory' 4 '[Ii]s a directory'
	program "$work/missing" >/dev/null
	expect 'a missing file' 4 'missing: error: .*No such file or directory'
	program "$work/missing/file" >/dev/null
	expect 'a file in a missing folder' 4 'No such file or directory'
	program "$input" "$work/missing" >/dev/null
	expect 'a missing file behind a good one' 4 'No such file or directory'
	if [ "$(id -u)" -ne 0 ]; then
		program "$locked" >/dev/null
		expect 'an unreadable file' 4 'Permission denied'
	fi
	program <&- >/dev/null
	expect 'standard input closed' 4 ''
	program -Z "$input" >/dev/null
	expect 'an unknown option' 3 ''
	program --no-such-option "$input" >/dev/null
	expect 'an unknown long option' 3 ''
}

targets()
{
	fresh_target
	program -o "$work/o/missing/t" "$input"
	expect '-o into a missing folder' 4 'No such file or directory'
	program -o "$work/o" "$input"
	expect '-o onto a folder' 4 '[Ii]s a directory'
	expect_untouched '-o onto a folder'
	program "$input" >"$work/want"
	chmod 640 "$work/o/t"
	program -o "$work/o/t" "$input"
	expect '-o' 0
	cmp -s "$work/want" "$work/o/t" || result '-o' 'is not what standard output gets'
	[ "$(stat -c %a "$work/o/t")" = 640 ] || result '-o' 'the mode of the target was not kept'
	echo before >"$work/o/t"
	ln -s t "$work/o/link"
	program -o "$work/o/link" "$input"
	expect '-o through a symbolic link' 0
	if ! [ -L "$work/o/link" ] || ! cmp -s "$work/want" "$work/o/t"; then
		result '-o through a symbolic link' 'the link was replaced, or its target was not'
	fi
}

# The input stays open behind its first half, so the program is in mid-run when the signal comes.
signals()
{
	for status in 143 129; do
		signal=$(kill -l $status)
		fresh_target
		mkfifo "$work/fifo"
		# Whoever runs this may ignore the signal (nohup); the program would then, too.
		# shellcheck disable=SC2086
		env --default-signal="$signal" "$program" $options -o "$work/o/t" \
			<"$work/fifo" 2>"$work/err" &
		holder=$!
		exec 3>"$work/fifo"
		half "$input" >&3
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			[ "$(ls -A "$work/o")" = t ] || break
			sleep 0.1
		done
		kill -s "$signal" $holder
		wait $holder 2>/dev/null
		got=$?
		exec 3>&-
		rm "$work/fifo"
		expect "SIG$signal in mid-run" $status
		expect_untouched "SIG$signal in mid-run"
	done
}

half()
{
	head -c "$(($(wc -c <"$1") / 2))" "$1"
}

# System calls that fail, one a row: the call, the error, and what the message says.
calls()
{
	if ! strace -o /dev/null true 2>/dev/null; then
		skipped=$((skipped + 1))
		echo "skipped: $program: strace cannot trace here"
		return
	fi
	while read -r call error message; do
		fresh_target
		inject="strace -f -o $work/trace -e trace=$call -e inject=$call:error=$error:when=1"
		ASAN_OPTIONS=detect_leaks=0 program -o "$work/o/t" "$input"
		inject=
		grep -q INJECTED "$work/trace" || result "$call fails with $error" 'never called'
		expect "$call fails with $error" 4 "$message"
		expect_untouched "$call fails with $error"
	done <<-END
		write ENOSPC No space left on device
		write EIO Input/output error
		fsync EIO Input/output error
		rename EACCES Permission denied
	END
	fresh_target
	inject="strace -f -o $work/trace -P $input -e inject=read:error=EIO:when=1"
	ASAN_OPTIONS=detect_leaks=0 program -o "$work/o/t" "$input"
	inject=
	expect 'read fails with EIO' 4 'Input/output error'
	expect_untouched 'read fails with EIO'
}

# The store $work/o/t is as it was, and has nothing beside it but its lock.
expect_kept()
{
	if [ "$(ls -A "$work/o")" != "$(printf 't\nt.lock')" ]; then
		result "$1" "files left behind: $(ls -A "$work/o")"
	elif ! cmp -s "$work/kept" "$work/o/t"; then
		result "$1" 'the store has changed'
	else
		result "$1"
	fi
}

# A run that is in the way of another, one that is interrupted, and calls that fail.
stores()
{
	[ "$program" = sla-ingest ] || return 0
	rm -rf "$work/o"
	mkdir "$work/o" "$work/later"
	head -n 2000 "$input" >"$work/later/list"
	program --update "$work/o/t" -n "$as_of" "$work/later/list" >/dev/null
	expect '--update' 0
	[ "$(stat -c %a "$work/o/t")" = 600 ] || result '--update' 'the store is open to others'
	cp "$work/o/t" "$work/kept"
	rm "$work/o/t.lock"
	mkfifo "$work/fifo"
	# shellcheck disable=SC2086
	env --default-signal=TERM "$program" $options --update "$work/o/t" -n "$as_of" \
		<"$work/fifo" >/dev/null 2>"$work/err" &
	holder=$!
	exec 3>"$work/fifo"
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		sleep 0.2
		[ ! -e "$work/o/t.lock" ] || break
	done
	sleep 0.2
	program --update "$work/o/t" "$input" >/dev/null
	expect '--update beside another' 4 't.lock: error: process [0-9]* has this lock'
	half "$input" >&3
	kill -s TERM $holder
	wait $holder 2>/dev/null
	got=$?
	exec 3>&-
	rm "$work/fifo"
	: >"$work/err"
	expect 'SIGTERM in --update' 143
	expect_kept 'SIGTERM in --update'
	(program --update "$work/o/t" -n 2016-03-21T12:00:00Z "$input"; echo "$got" >"$work/got") | head -n 1 >/dev/null
	expect_kept '--update | head -1'
	strace -o /dev/null true 2>/dev/null || return 0
	while read -r call error message; do
		inject="strace -f -o $work/trace -e trace=$call -e inject=$call:error=$error:when=1"
		ASAN_OPTIONS=detect_leaks=0 program --update "$work/o/t" -n 2016-03-21T12:00:00Z \
			-o "$work/later/out" "$input"
		inject=
		expect "--update, $call fails with $error" 4 "$message"
		expect_kept "--update, $call fails with $error"
	done <<-END
		write ENOSPC No space left on device
		fsync EIO Input/output error
		rename EACCES Permission denied
		pwrite64 ENOSPC cannot write to a temporary file
	END
	[ ! -e "$work/later/out" ] || result '--update with faults' 'it has output'
	TMPDIR=$work/missing program --update "$work/o/t" -n 2016-03-21T12:00:00Z "$input" >/dev/null
	expect '--update without a place for temporary files' 4 'cannot make a temporary file'
	expect_kept '--update without a place for temporary files'
}

# Rows that go to a temporary file, where that fails.
memory()
{
	[ "$program" = sla-ingest ] || return 0
	awk 'NR == 1 { print; next } { for (i = 1; i < 6; i++) { row = $0; sub(/^INC/, "INC" i, row); print row } }' \
		"$input" >"$work/many"
	fresh_target
	TMPDIR=$work/missing program --memory 1K -o "$work/o/t" "$work/many"
	expect '--memory without a place for the file' 4 'missing: error: cannot make a temporary file'
	expect_untouched '--memory without a place for the file'
	strace -o /dev/null true 2>/dev/null || return 0
	while read -r call first; do # the loader reads, too
		inject="strace -f -o $work/trace -e trace=$call -e inject=$call:error=ENOSPC:when=$first+"
		ASAN_OPTIONS=detect_leaks=0 program --memory 1K -o "$work/o/t" "$work/many"
		inject=
		expect "--memory, $call fails" 4 'cannot [a-z ]* a temporary file.*: No space left on device'
		expect_untouched "--memory, $call fails"
	done <<-END
		pwrite64 2
		pread64 1000
	END
}

# The inputs: the example's log, then what each program makes of it for the next.
log=
for f in examples/*.csv; do
	head -n 1 "$f" | grep -q sys_mod_count && log=$top/$f && break
done
if [ -z "$log" ]; then
	echo 'fail: no ServiceNow log in examples/'
	echo 'io: 0 passed, 1 failed, 0 skipped'
	exit 1
fi
cp "$log" "$work/sla-ingest"
if ! { sla-ingest -q -s servicenow-log "$log" >"$work/sla-owners" &&
	sla-owners -q -n "$as_of" "$work/sla-owners" >"$work/sla-risk" &&
	sla-risk -q "$work/sla-risk" >"$work/sla-report"; }; then
	echo 'fail: the programs do not get through the example'
	echo 'io: 0 passed, 1 failed, 0 skipped'
	exit 1
fi

for program in sla-ingest sla-owners sla-risk sla-report; do
	case $program in
	sla-ingest) options='-q -s servicenow-log' ;;
	sla-owners | sla-risk) options="-q -n $as_of" ;;
	*) options=-q ;;
	esac
	input=$work/$program
	cut=$work/cut-$program
	head -c -25 "$input" >"$cut"
	locked=$work/locked-$program
	cp "$input" "$locked"
	chmod 000 "$locked"
	for group in pipes inputs targets signals calls stores memory; do
		$group
	done
done
echo "io: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
