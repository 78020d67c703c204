#!/bin/sh
# Measures the programs on a made-up export: seconds, speed and memory of each, beside a floor
# that is measured in the same run.  BENCH_TICKETS and BENCH_RUNS change the size, BENCH_MANY that of
# the stream that is kept nowhere, BENCH_BIG that of the export that does not fit the memory (0: none
# of it); $BUILD is the build's folder.  A bound that is passed is marked and fails nothing: machines
# differ.
set -eu

: "${BUILD:?is not set; run make bench}"
export LC_ALL=C
bench=$BUILD/bench
tickets=${BENCH_TICKETS:-200000}
runs=${BENCH_RUNS:-3}
many=${BENCH_MANY:-1000000}
big=${BENCH_BIG:-800000}
as_of=2016-03-20T12:00:00Z
huge=100000 # rows of the one ticket that shows what a long history costs
policy=
[ ! -f examples/policy.json ] || policy="-p $PWD/examples/policy.json"

# On a disk: /tmp may be memory, and the export does not fit there.
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/sla-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
cd "$dir"

has()
{
	command -v "sla-$1" >/dev/null
}

# The arguments of a program: `arguments PROGRAM FILE`.
arguments()
{
	case $1 in
	ingest) echo "-q -s servicenow-log $2" ;;
	*) echo "-q -n $as_of $policy $2" ;;
	esac
}

# Runs a command line in measure and appends what it cost to the file $1.
cost()
{
	file=$1
	shift
	if ! "$bench/measure" "$@" >>"$file"; then
		echo "bench: $* failed" >&2
		exit 1
	fi
}

# The line of the median run, as "cpu wall peak".
median()
{
	awk '{ print $1 + $2, $3, $4 }' "$1" | sort -n | awk '{ line[NR] = $0 } END { print line[int((NR + 1) / 2)] }'
}

# A row of the table: `row NAME FILE BOUND FLOOR-COST COST`; MEMORY bounds the peak, in KiB.
row()
{
	median "$5" >cost.row
	echo 0 >floor.row
	[ "$4" = - ] || median "$4" >floor.row
	cat floor.row cost.row | awk -v name="$1" -v bytes="$(stat -c %s "$2")" -v bound="$3" \
		-v tickets="$tickets" -v memory="${MEMORY:-0}" '
		NR == 1 { floor = $1 }
		NR == 2 {
			ratio = floor > 0 ? $1 / floor : 0
			mark = bound > 0 && ratio > bound ? " <- over the bound" : ""
			if (memory > 0 && $3 > memory)
				mark = mark " <- memory over the bound"
			beside = sprintf("%7s %6s %6s", "-", "-", "-")
			if (floor > 0)
				beside = sprintf("%7.2f %6.2f %6.1f", floor, ratio, bound)
			printf "%-8s %7.2f %7.2f %s %8.1f %10d %9d%s\n", name, $1, $2, beside, bytes / 1e6 / $2, tickets / $2, $3, mark
		}'
}

# `stage NAME FLOOR BOUND INPUT`: each run beside a run of its floor, so that both see the same machine.
stage()
{
	: >floor.cost
	: >stage.cost
	for _ in $(seq "$runs"); do
		cost floor.cost "$bench/$2" "$4"
		# shellcheck disable=SC2046 # the arguments are words
		cost stage.cost "sla-$1" $(arguments "$1" "$4")
	done
	row "$1" "$4" "$3" floor.cost stage.cost
}

# Writes what a program makes of a file, for the next one: `make_stream PROGRAM INPUT OUTPUT`.
make_stream()
{
	# shellcheck disable=SC2046
	"sla-$1" $(arguments "$1" "$2") >"$3"
}

# A policy of $1 calendars and $2 targets, of which only the last fits a ticket of the export.
make_policy()
{
	awk -v calendars="$1" -v targets="$2" 'BEGIN {
		print "{\"calendars\":{"
		for (i = 1; i <= calendars; i++)
			printf "\"c%d\":{\"tz\":\"Europe/%s\",\"holidays\":[\"12-25\",\"2016-03-%02d\"],\"hours\":{\"mon\":[\"%02d:00-17:00\"],\"thu\":[\"22:00-06:00\"]}}%s\n",
				i, i % 2 ? "Zurich" : "London", i % 28 + 1, i % 10 + 1, i < calendars ? "," : "},"
		print "\"targets\":["
		for (i = 1; i < targets; i++)
			printf "{\"match\":{\"client\":[\"Client %d *\"]},\"calendar\":\"c%d\",\"resolve\":\"8h\"},\n", i, i % calendars + 1
		printf "{\"calendar\":\"c%d\",\"resolve\":\"8h\"}]}\n", calendars
	}'
}

# What a policy of that size costs beside one of a tenth: `policy_row INPUT`.
policy_row()
{
	for size in '50 500' '500 5000'; do
		# shellcheck disable=SC2086 # two words
		make_policy $size >policy.json
		: >policy.cost
		for _ in $(seq "$runs"); do
			cost policy.cost sla-risk -q -n "$as_of" -p policy.json "$1"
		done
		echo "$size $(median policy.cost)"
	done | awk '{
		printf "%4d calendars, %5d targets: %6.2f s, %7d KiB", $1, $2, $3, $5
		printf NR == 1 ? "\n" : sprintf("; ten times the policy costs %.1f times the time, %.1f times the memory\n", $3 / time, $5 / memory)
		time = $3 > 0 ? $3 : 0.01
		memory = $5
	}'
}

# The peak of one program on the ticket with a long history, against 32 MiB and 1 KiB an event.
peak()
{
	: >peak.cost
	# shellcheck disable=SC2046
	cost peak.cost "sla-$1" $(arguments "$1" "$2")
	awk -v name="$1" -v events="$events" '{
		bound = 32768 + events
		printf "%-8s %9d KiB of %d%s\n", name, $4, bound, ($4 > bound ? " <- over the bound" : "")
	}' peak.cost
}

# The stream of $many tickets as the program $1 gets it: annotated by those before it.
many_stream()
{
	"$bench/generate" "$many" 1 | sla-ingest -q -s servicenow-log - |
		case $1 in
		owners) cat ;;
		risk) eval "sla-owners $(arguments owners -)" ;;
		report) eval "sla-owners $(arguments owners -) | sla-risk $(arguments risk -)" ;;
		esac
}

# Many tickets from a pipe through a program, beside the floor: the memory must stay within $2 KiB,
# the ratio be that of few.
many_row()
{
	: >floor.many
	many_stream "$1" | cost floor.many "$bench/floor_json" -
	: >stage.many
	# shellcheck disable=SC2046
	many_stream "$1" | cost stage.many "sla-$1" $(arguments "$1" -)
	cat floor.many stage.many | awk -v name="$1" -v tickets="$many" -v memory="$2" '
		NR == 1 { floor = $1 + $2 }
		NR == 2 {
			ratio = floor > 0 ? ($1 + $2) / floor : 0
			printf "sla-%s on %d tickets from a pipe: %.1f s of work, %.2f times the floor%s, %d KiB%s\n", name, tickets,
				$1 + $2, ratio, (ratio > 1.8 ? " <- over the bound" : ""), $4, ($4 > memory ? " <- memory over the bound" : "")
		}'
	rm -f floor.many stage.many
}

# A large export with little memory: at most 300 MiB, and the bytes that it gives with as much as it wants.
big_row()
{
	"$bench/generate" "$big" 1 >big.csv
	: >big.cost
	cost big.cost sla-ingest -q -s servicenow-log --memory 256M -o big.spilled big.csv
	cost big.cost sla-ingest -q -s servicenow-log --memory 64G -o big.kept big.csv
	same=differs
	! cmp -s big.spilled big.kept || same=same
	awk -v events="$(grep -o '"kind":"' big.spilled | wc -l)" -v bytes="$(stat -c %s big.csv)" -v same="$same" '
		{ work[NR] = $1 + $2; peak[NR] = $4 }
		END {
			printf "sla-ingest on %d events in %.1f GB with --memory 256M: %.1f s of work, %d KiB%s; in memory: %.1f s, %d KiB; the output is the %s\n",
				events, bytes / 1e9, work[1], peak[1], (peak[1] > 307200 ? " <- memory over the bound" : ""), work[2], peak[2],
				same == "same" ? "same" : "other <- it must be the same"
		}' big.cost
	rm -f big.csv big.spilled big.kept big.cost
}

# What a model costs: to learn from 25,000 tickets that have ended, as many as a year of a real desk,
# and to judge $1 open ones with reasons beside them, against 10 CPU seconds for 100,000.
model_row()
{
	"$bench/generate" 25000 1 | sla-ingest -q -s servicenow-log >known
	"$bench/generate" "$1" 2 | sla-ingest -q -s servicenow-log |
		sed 's/,{"at":"[^"]*","kind":"status",[^}]*"state":"resolved".*$/]}/; s/"id":"INC/"id":"OPEN/' >open
	echo '{"targets":[{"resolve":"20000h"}]}' >model.policy
	: >model.cost
	cost model.cost sla-risk -q --train --label psa -p model.policy -n 2016-06-01T00:00:00Z -o model known
	awk '{ printf "learning from 25000 tickets: %.1f s, %d KiB\n", $1 + $2, $4 }' model.cost
	: >model.cost
	cost model.cost sla-risk -q --model model -p model.policy -n 2016-06-01T00:00:00Z -o judged known open
	awk -v open="$1" '{
		bound = open / 10000
		printf "judging them and %d open ones: %.1f s of %.1f, %d KiB%s\n", open, $1 + $2, bound, $4, ($1 + $2 > bound ? " <- over the bound" : "")
	}' model.cost
	printf 'with a probability: '
	grep -c '"probability":[0-9]' judged
	rm -f known open model judged
}

"$bench/generate" "$tickets" 1 >export.csv
echo "$tickets tickets, $(($(wc -l <export.csv) - 1)) rows, $(($(stat -c %s export.csv) / 1000000)) MB; the median of $runs runs"
printf '%-8s %7s %7s %7s %6s %6s %8s %10s %9s\n' '' cpu/s wall/s floor/s ratio bound MB/s tickets/s peak/KiB
stage ingest floor_csv 3.0 export.csv
make_stream ingest export.csv stream
pipe="sla-ingest $(arguments ingest export.csv)"
MEMORY=32768
for program in owners risk report; do
	if ! has "$program"; then
		echo "$program: is not built"
		continue
	fi
	stage "$program" floor_json 1.8 stream
	[ "$program" = report ] || make_stream "$program" stream next
	[ "$program" = report ] || mv next stream
	pipe="$pipe | sla-$program $(arguments "$program" -)"
done
MEMORY=0
head -n 5000 stream >some
rm -f stream
: >pipe.cost
for _ in $(seq "$runs"); do
	cost pipe.cost sh -c "$pipe"
done
row pipe export.csv 0 - pipe.cost
rm -f export.csv

"$bench/generate" 1 1 "$huge" >huge.csv
make_stream ingest huge.csv huge
events=$(grep -o '"kind":"' huge | wc -l)
echo
echo "one ticket of $huge rows and $events events: peak memory"
for program in owners risk report; do
	! has "$program" || peak "$program" huge
done
if [ "$many" -gt 0 ] && has owners; then
	echo
	many_row owners 32768
	many_row risk 65536
	many_row report 65536
fi
if [ "$big" -gt 0 ]; then
	echo
	big_row
fi
echo
model_row "${BENCH_OPEN:-100000}"
echo
echo "sla-risk on $(wc -l <some) tickets, by the size of the policy"
policy_row some
echo
"$bench/bench_calendar"
