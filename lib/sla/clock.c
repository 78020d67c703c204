/* clock.c: what can be asked of a clock that was replayed */
#include "sla/clock.h"

#include "base/num.h"

int64_t
clock_remaining(const struct clock *clock)
{
	return clock->allowed - clock->elapsed;
}

/* How many runs begin before the instant: they are in order and do not overlap. */
static size_t
runs_before(const struct clock *clock, int64_t instant)
{
	size_t low = 0, high = clock->nruns, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (clock->runs[middle].from < instant)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int64_t
clock_worked_between(const struct clock *clock, int64_t from, int64_t to)
{
	int64_t sum = 0, low, high;
	size_t i = runs_before(clock, from);

	for (i -= i > 0; i < clock->nruns && clock->runs[i].from < to; i++) {
		low = clock->runs[i].from > from ? clock->runs[i].from : from;
		high = clock->runs[i].to < to ? clock->runs[i].to : to;
		if (low < high && clock->runs[i].calendar != NULL)
			sum += calendar_between(clock->runs[i].calendar, low, high);
	}
	return sum;
}

/* The run that holds the instant, or the last one before it. */
static const struct clock_run *
run_at(const struct clock *clock, int64_t instant)
{
	size_t i = runs_before(clock, instant);

	return i > 0 ? &clock->runs[i - 1] : NULL;
}

int64_t
clock_elapsed_at(const struct clock *clock, int64_t instant)
{
	const struct clock_run *one = run_at(clock, instant);
	int64_t to;

	if (one == NULL)
		return 0;
	to = one->to < instant ? one->to : instant;
	return one->elapsed + calendar_between(one->calendar, one->from, to);
}

int64_t
clock_used_at(const struct clock *clock, int64_t instant)
{
	const struct clock_run *one = run_at(clock, instant);
	int64_t allowed;

	if (clock->state == CLOCK_NONE || clock->calendar == NULL || clock->unseen)
		return -1;
	allowed = one != NULL ? one->allowed : clock->allowed;
	if (allowed <= 0)
		return one != NULL ? 1001 : 0;
	return num_muldiv(clock_elapsed_at(clock, instant), 1000, allowed);
}

const char *
clock_state_word(enum clock_state state)
{
	static const char *const words[] = {
	    NULL, "running", "paused", "met", "breached", "unknown"};

	return words[state];
}
