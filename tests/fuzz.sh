#!/bin/sh
# Runs the fuzzers named for some seconds each.  What they find stays in $BUILD/fuzz.
set -u

: "${BUILD:?is not set; run make fuzz}"
seconds=$1
shift
passed=0 failed=0

[ $# -gt 0 ] || echo 'There are no fuzzers: no tests/fuzz/fuzz_*.c.'
for name; do
	short=${name#fuzz_}
	mkdir -p "$BUILD/fuzz/corpus/$short"
	set -- "$BUILD/fuzz/corpus/$short"
	if [ -d "tests/fuzz/corpus/$short" ]; then
		set -- "$@" "tests/fuzz/corpus/$short"
	fi
	if [ -f "tests/fuzz/$short.dict" ]; then
		set -- "$@" "-dict=tests/fuzz/$short.dict"
	fi
	if "$BUILD/fuzz/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -verbosity=0 \
		-print_final_stats=1 -artifact_prefix="$BUILD/fuzz/$short-" "$@" \
		</dev/null >"$BUILD/fuzz/$name.log" 2>&1; then
		echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$BUILD/fuzz/$name.log") inputs"
		passed=$((passed + 1))
	else
		echo "fail: $name"
		tail -n 60 "$BUILD/fuzz/$name.log"
		failed=$((failed + 1))
	fi
done
echo "fuzz: $passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
