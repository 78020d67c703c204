/* clock.c: the SLA clocks of a ticket, replayed from its timeline */
#include "sla/clock.h"

#include "base/num.h"
#include "sla/response.h"
#include "time/instant.h"

/* What the clock does in a span. */
enum phase { RUNNING, PAUSED, STOPPED };

/* A clock while the spans are walked. */
struct replay {
	struct clock *clock;
	const struct timeline *timeline;
	const struct policy *policy;
	const struct conventions *conventions;
	const struct target *target; /* in force; NULL: none, or the PSA's */
	struct stop stop;            /* pickup and first_response end there for good */
	enum phase phase;
};

static enum phase
phase_of(const struct replay *replay, const struct span *span)
{
	if (!span->live) /* whatever was promised, there is nothing left to do */
		return STOPPED;
	if ((replay->conventions->pause[replay->clock->metric] >> span->state & 1) != 0 &&
	    !replay->clock->from_psa)
		return PAUSED;
	return RUNNING;
}

/*
 * "2bd" as the working seconds from the start to the day it names: it then pauses like
 * any other. A day behind the end of the calendar is as good as no deadline.
 */
static int64_t
allowed_by(const struct target *target, enum metric metric, int64_t started)
{
	int64_t due;

	if (target->seconds[metric] >= 0)
		return target->seconds[metric];
	due =
	    calendar_add_days(target->calendar, started, target->days[metric], CALENDAR_SAME_TIME);
	if (due == INSTANT_NONE)
		due = INSTANT_MAX;
	return calendar_between(target->calendar, started, due);
}

static bool
grants(const struct target *target, enum metric metric)
{
	return target != NULL && !target->exclude &&
	    (target->seconds[metric] >= 0 || target->days[metric] >= 0);
}

/* What was on the clock when the target changes: DESIGN §5, priority_change. */
static void
carry_over(struct replay *replay, int64_t at, bool first)
{
	struct clock *clock = replay->clock;
	size_t i;

	if (first || replay->conventions->priority_change == PRIORITY_CARRY)
		return;
	if (replay->conventions->priority_change == PRIORITY_RESTART) {
		clock->elapsed = 0;
		clock->started = at;
		return;
	}
	/* retroactive: as if this target had been in force from the start */
	clock->elapsed = 0;
	for (i = 0; i < clock->nruns; i++)
		if (clock->runs[i].calendar != NULL)
			clock->elapsed += calendar_between(
			    clock->calendar, clock->runs[i].from, clock->runs[i].to);
}

/* Time that ran before anything was promised counts once something is: from the opening on. */
static void
count_unpromised(struct clock *clock)
{
	struct clock_run *one;
	size_t i;

	for (i = 0; i < clock->nruns; i++) {
		one = &clock->runs[i];
		if (one->calendar != NULL)
			continue;
		one->calendar = clock->calendar;
		one->allowed = clock->allowed;
		one->elapsed = clock->elapsed;
		clock->elapsed += calendar_between(one->calendar, one->from, one->to);
	}
}

static void
adopt_target(struct replay *replay, const struct target *target, int64_t at)
{
	struct clock *clock = replay->clock;
	bool first = replay->target == NULL;

	replay->target = target;
	clock->target_name = target->name;
	clock->calendar_name = target->calendar_name;
	clock->calendar = target->calendar;
	carry_over(replay, at, first);
	clock->allowed = allowed_by(target, clock->metric, clock->started);
	count_unpromised(clock);
}

static void
choose_target(struct replay *replay, const struct span *span)
{
	struct facts facts = span_facts(replay->timeline, span);
	const struct target *target;

	if (replay->clock->from_psa)
		return;
	target = policy_target(replay->policy, &facts, replay->timeline->opened);
	if (target == replay->target)
		return;
	if (grants(target, replay->clock->metric))
		adopt_target(replay, target, span->from);
	else if (replay->target != NULL) {
		replay->target = NULL; /* the promise was taken back */
		replay->clock->calendar = NULL;
	}
}

static bool
continues(const struct clock *clock, const struct clock_run *last, int64_t from)
{
	return last->to == from && last->calendar == clock->calendar &&
	    last->allowed == clock->allowed &&
	    (last->calendar == NULL ||
		last->elapsed + calendar_between(last->calendar, last->from, from) ==
		    clock->elapsed);
}

/* Lets the clock run; without a calendar nothing is promised yet and nothing counted. */
static void
run(struct clock *clock, int64_t from, int64_t to)
{
	struct clock_run *last = clock->nruns > 0 ? &clock->runs[clock->nruns - 1] : NULL;

	if (last != NULL && continues(clock, last, from))
		last->to = to;
	else
		clock->runs[clock->nruns++] =
		    (struct clock_run){from, to, clock->elapsed, clock->allowed, clock->calendar};
	if (clock->calendar != NULL)
		clock->elapsed += calendar_between(clock->calendar, from, to);
}

/* Leaving a stop: a reopening, judged by the convention. */
static void
resume(struct replay *replay, int64_t at)
{
	struct clock *clock = replay->clock;

	clock->cycles++;
	if (replay->conventions->reopen == REOPEN_RESTART) {
		clock->elapsed = clock->paused = 0;
		clock->started = at;
		clock->breached = INSTANT_NONE;
		clock->nruns = 0;
	} else if (replay->conventions->reopen == REOPEN_COUNT_CLOSED) {
		run(clock, clock->stopped, at);
	}
	clock->stopped = INSTANT_NONE;
}

static void
walk_span(struct replay *replay, const struct span *span, int64_t to)
{
	struct clock *clock = replay->clock;
	enum phase phase = phase_of(replay, span);

	if (phase != STOPPED)
		choose_target(replay, span); /* a clock that has stopped keeps its target */
	if (phase == STOPPED && replay->phase != STOPPED)
		clock->stopped = span->from;
	else if (phase != STOPPED && replay->phase == STOPPED)
		resume(replay, span->from);
	replay->phase = phase;
	if (phase == RUNNING)
		run(clock, span->from, to);
	else if (phase == PAUSED && clock->calendar != NULL)
		clock->paused += calendar_between(clock->calendar, span->from, to);
}

static void
walk(struct replay *replay)
{
	const struct timeline *timeline = replay->timeline;
	int64_t end = replay->stop.at != INSTANT_NONE ? replay->stop.at : timeline->as_of;
	const struct span *span;
	size_t i;

	for (i = 0; i < timeline->nspans && timeline->spans[i].from < end; i++) {
		span = &timeline->spans[i];
		walk_span(replay, span, span->to < end ? span->to : end);
	}
	if (replay->stop.at != INSTANT_NONE && replay->phase != STOPPED)
		replay->clock->stopped = replay->stop.at;
	else if (replay->stop.at == INSTANT_NONE)
		walk_span(replay, &timeline->now, timeline->as_of);
	/* What was promised may first be known when the clock stops: the priority, for example. */
	if (replay->clock->calendar == NULL && replay->clock->stopped != INSTANT_NONE)
		choose_target(replay, timeline_at(timeline, replay->clock->stopped));
}

/* The PSA's due instant for the metric as it stood at an instant. */
static int64_t
psa_due_at(const struct timeline *timeline, enum metric metric, int64_t at)
{
	int64_t due = INSTANT_NONE;
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches && timeline->touches[i].at <= at; i++) {
		event = timeline->touches[i].event;
		if (event->kind == EVENT_DUE && event->metric == metric)
			due = event->to_at;
	}
	return due;
}

/* Without a policy the promise is the PSA's due instant: elapsed time, no pauses of ours. */
static bool
adopt_psa_due(struct replay *replay)
{
	const struct timeline *timeline = replay->timeline;
	struct clock *clock = replay->clock;
	int64_t due, end = timeline->as_of;

	if (replay->stop.at != INSTANT_NONE)
		end = replay->stop.at;
	else if (timeline->ended)
		end = timeline->now_since;
	due = psa_due_at(timeline, clock->metric, end);
	if (due == INSTANT_NONE)
		return false;
	clock->from_psa = true;
	clock->calendar = policy_calendar(replay->policy, "24x7");
	clock->allowed = due > timeline->opened ? due - timeline->opened : 0;
	return true;
}

/* The run in which the allowed time was passed, or NULL. */
static const struct clock_run *
overrun(const struct clock *clock)
{
	const struct clock_run *one;
	size_t i;

	for (i = 0; i < clock->nruns; i++) {
		one = &clock->runs[i];
		if (one->elapsed + calendar_between(one->calendar, one->from, one->to) >
		    one->allowed)
			return one;
	}
	return NULL;
}

static int64_t
used_up_at(const struct clock_run *one)
{
	if (one->elapsed >= one->allowed)
		return one->from; /* a shorter target came when its time was already gone */
	return calendar_add(one->calendar, one->from, one->allowed - one->elapsed);
}

static void
set_due(struct replay *replay)
{
	struct clock *clock = replay->clock;
	const struct clock_run *over = overrun(clock);

	if (clock->elapsed > clock->allowed && over != NULL) {
		clock->due = clock->breached = used_up_at(over);
		return;
	}
	if (clock->nruns > 0 && replay->phase != PAUSED)
		clock->due = used_up_at(&clock->runs[clock->nruns - 1]);
	else if (clock->nruns == 0 && replay->phase == RUNNING)
		clock->due = calendar_add(clock->calendar, clock->started, clock->allowed);
}

/* The stop is only known to lie in (after, at]: could it have been in time? */
static bool
is_undecided(const struct clock *clock, const struct stop *stop)
{
	return stop->after != INSTANT_NONE &&
	    clock_elapsed_at(clock, stop->after) <= clock->allowed;
}

static void
judge(struct replay *replay)
{
	struct clock *clock = replay->clock;
	bool over = clock->elapsed > clock->allowed;

	set_due(replay);
	if (clock->stopped == INSTANT_NONE) {
		clock->state = over           ? CLOCK_BREACHED
		    : replay->phase == PAUSED ? CLOCK_PAUSED
					      : CLOCK_RUNNING;
		return;
	}
	clock->state = over ? CLOCK_BREACHED : CLOCK_MET;
	if (over && is_undecided(clock, &replay->stop)) {
		clock->state = CLOCK_UNKNOWN;
		clock->breached = INSTANT_NONE;
	}
}

void
clock_replay(struct clock *clock, const struct timeline *timeline, const struct policy *policy,
    enum metric metric, struct arena *arena)
{
	struct replay replay = {.clock = clock,
	    .timeline = timeline,
	    .policy = policy,
	    .conventions = policy_conventions(policy)};

	*clock = (struct clock){.metric = metric,
	    .started = timeline->opened,
	    .stopped = INSTANT_NONE,
	    .due = INSTANT_NONE,
	    .breached = INSTANT_NONE,
	    .cycles = 1};
	if (!stop_find(timeline, metric, replay.conventions->first_response, &replay.stop))
		return;
	/* Every span runs once, and a reopening that counts closed time once more. */
	clock->runs = arena_alloc(arena, (2 * timeline->nspans + 2) * sizeof(*clock->runs));
	if (policy_hash(policy) == NULL && !adopt_psa_due(&replay))
		return;
	walk(&replay);
	if (clock->calendar == NULL)
		return;
	if (!stop_has_evidence(timeline, metric, replay.conventions->first_response))
		clock->state = CLOCK_UNKNOWN;
	else
		judge(&replay);
}

int64_t
clock_remaining(const struct clock *clock)
{
	return clock->allowed - clock->elapsed;
}

int64_t
clock_worked_between(const struct clock *clock, int64_t from, int64_t to)
{
	int64_t sum = 0, low, high;
	size_t i;

	for (i = 0; i < clock->nruns; i++) {
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
	size_t i = clock->nruns;

	while (i > 0 && clock->runs[i - 1].from >= instant)
		i--;
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

	if (clock->state == CLOCK_NONE || clock->calendar == NULL)
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
