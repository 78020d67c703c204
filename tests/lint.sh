#!/bin/sh
# Checks the format, the pages and the rules of the house; prints every fault, then fails if there
# was one.  $BUILD is the build's folder, $FLAGS and $CC are what it compiles with.
set -u

cd "$(dirname "$0")/.." || exit 4
: "${BUILD:?is not set; run make lint}"
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
checks=0 bad=0

# The project's files whose names match the patterns, whether committed yet or not.
files()
{
	for pattern; do
		find . -path ./build -prune -o -path ./.git -prune -o -type f -path "./$pattern" -print
	done | sed 's|^\./||' | sort
}

# Runs one check: whatever it prints is a fault.
check()
{
	checks=$((checks + 1))
	if ! "$1" >"$work/faults" 2>&1 || [ -s "$work/faults" ]; then
		bad=$((bad + 1))
		echo "lint: $1"
		cat "$work/faults"
	fi
}

format()
{
	files '*.c' '*.h' | xargs clang-format --dry-run -Werror 2>"$work/format" && return
	grep ': error: ' "$work/format" | awk -F : '!seen[$1 ":" $2]++' | head -n 40
	echo 'clang-format -i FILE mends this.'
}

# With -D cppcheck looks at that configuration alone, not at one for each #ifdef in a .def file.
# internalAstError is cppcheck's own failure, at compound literals; readdir_r is what POSIX withdrew.
cppcheck_all()
{
	cppcheck -q -j "$(nproc)" --std=c11 -D_POSIX_C_SOURCE=200809L --library=posix \
		--enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress=internalAstError --suppress=readdirCalled \
		-I lib -I . -I "$BUILD" '--template={file}:{line}: {id}: {message}' lib cmd tests
}

pages()
{
	files 'man/*' | xargs -r mandoc -T lint -W warning
}

scripts()
{
	files '*.sh' .ci/run | xargs shellcheck -x
}

rules()
{
	files 'lib/*.[ch]' 'lib/*.def' 'cmd/*.[ch]' 'tests/*.[ch]' | while read -r f; do
		awk -f tests/lint/strip.awk "$f" | awk -v file="$f" -f tests/lint/rules.awk
		head -n 2 "$f" | grep -q "^\(/\*\| \*\) $(basename "$f"): " ||
			echo "$f:1: does not begin with /* $(basename "$f"): its purpose */"
	done
}

headers()
{
	files 'lib/*.h' 'tests/*.h' | while read -r f; do
		guard=SLA_$(printf %s "${f#lib/}" | tr a-z./- A-Z___)
		grep -q "^#ifndef $guard\$" "$f" || echo "$f:1: the guard is not $guard"
		folder=${f#lib/}
		folder=${folder%%/*}
		[ "$folder" = "${folder#tests}" ] || continue
		grep -q "^/\* Rank: $folder\. \*/\$" "$f" || echo "$f:1: no line /* Rank: $folder. */"
	done
}

# Each header compiles alone.
alone()
{
	files 'lib/*.h' 'tests/*.h' | while read -r f; do
		echo "#include \"${f#lib/}\""
		echo 'extern int alone;'
	done >"$work/all"
	while read -r include && read -r rest; do
		printf '%s\n%s\n' "$include" "$rest" |
			eval "${CC:-gcc} $FLAGS -fsyntax-only -x c -" || echo "does not compile alone: $include"
	done <"$work/all"
}

# What -h prints holds the SYNOPSIS of the page, but for white space.
usage()
{
	for program in "$BUILD"/bin/*; do
		[ -x "$program" ] || continue
		name=$(basename "$program")
		if [ ! -f "man/$name.1" ]; then
			echo "man/$name.1: is missing"
			continue
		fi
		mandoc -T ascii -O width=78 "man/$name.1" | sed 's/.\x08//g' |
			sed -n '/^SYNOPSIS/,/^[A-RT-Z]/{/^ /p;}' | tr -s ' \n' ' ' | sed 's/^ //; s/ $//' >"$work/page"
		"$program" -h 2>&1 | tr -s ' \n' ' ' >"$work/help"
		if [ ! -s "$work/page" ] || ! grep -qF -f "$work/page" "$work/help"; then
			echo "man/$name.1: the SYNOPSIS is not what $name -h prints:"
			cat "$work/page" && echo
			"$program" -h 2>&1 | head -n 5
		fi
	done
}

top_level()
{
	for f in * .[!.]*; do
		case $f in
		Makefile | README.md | LICENSE | cmd | lib | tests | man | examples) ;;
		.git | .gitignore | .clang-format | .ci) ;;
		build) ;; # what make makes, ignored by git
		*) echo "$f: does not belong at the top level" ;;
		esac
	done
}

for c in format cppcheck_all pages scripts rules headers alone usage top_level; do
	check $c
done
echo "lint: $((checks - bad)) passed, $bad failed, 0 skipped"
[ $bad -eq 0 ]
