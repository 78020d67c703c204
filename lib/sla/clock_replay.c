/* clock_replay.c: a metric's clock, walked through its windows span by span */
#include "sla/clock.h"

#include "sla/window.h"
#include "time/instant.h"

/* What the clock does in a span. */
enum phase { RUNNING, PAUSED, STOPPED };

/* A clock while the spans are walked. */
struct replay {
	struct clock *clock;
	const struct timeline *timeline;
	const struct policy *policy;
	const struct conventions *conventions;
	const struct clock_rules *rules;
	const struct target *target; /* in force; NULL: none, or the PSA's */
	const struct window *window;
	enum phase phase;
	bool chosen;   /* a target has been looked for in this window */
	int64_t spent; /* when the target came, if its time was already gone then */
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

static struct calendar *
calendar_of(const struct replay *replay, const struct target *target)
{
	const struct clock_rules *rules = replay->rules;
	struct calendar *calendar = rules->calendar != NULL ? rules->calendar : target->calendar;

	if (rules->zone == NULL && !rules->no_holidays)
		return calendar;
	return calendar_variant(calendar, rules->zone, !rules->no_holidays);
}

/* The day that "2bd" names, INSTANT_MAX where the calendar ends before. */
static int64_t
day_named(const struct replay *replay, const struct target *target, int64_t from)
{
	int64_t due = calendar_add_days(calendar_of(replay, target), from,
	    target->days[replay->clock->metric],
	    replay->conventions->end_of_day ? CALENDAR_END_OF_DAY : CALENDAR_SAME_TIME);

	return due != INSTANT_NONE ? due : INSTANT_MAX;
}

/* Business days as the working seconds to the day they name: they then pause like any others. */
static int64_t
allowed_by(const struct replay *replay, const struct target *target, int64_t started)
{
	enum metric metric = replay->clock->metric;

	if (target->seconds[metric] >= 0)
		return target->seconds[metric];
	return calendar_between(
	    calendar_of(replay, target), started, day_named(replay, target, started));
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
	clock->calendar = calendar_of(replay, target);
	carry_over(replay, at, first);
	clock->allowed = allowed_by(replay, target, clock->started);
	count_unpromised(clock);
	replay->spent = clock->elapsed > clock->allowed ? at : INSTANT_NONE;
}

static void
choose_target(struct replay *replay, const struct span *span)
{
	struct facts facts = span_facts(replay->timeline, span);
	const struct target *target;

	if (replay->clock->from_psa || (replay->chosen && !policy_targets_vary(replay->policy)))
		return;
	replay->chosen = true;
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
		clock->breached = replay->spent = INSTANT_NONE;
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

/* The span that holds an instant, as an index. */
static size_t
span_index(const struct timeline *timeline, int64_t instant)
{
	const struct span *span = timeline_at(timeline, instant);

	return span == &timeline->now ? timeline->nspans : (size_t)(span - timeline->spans);
}

static void
walk(struct replay *replay)
{
	const struct timeline *timeline = replay->timeline;
	const struct window *window = replay->window;
	int64_t end = window->to != INSTANT_NONE ? window->to : timeline->as_of;
	struct span span;
	size_t i;

	for (i = span_index(timeline, window->from); i < timeline->nspans; i++) {
		span = timeline->spans[i];
		if (span.from >= end)
			break;
		if (span.from < window->from)
			span.from = window->from;
		walk_span(replay, &span, span.to < end ? span.to : end);
	}
	if (window->to == INSTANT_NONE)
		walk_span(replay, &timeline->now, timeline->as_of);
	else if (replay->phase != STOPPED)
		replay->clock->stopped = window->to;
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

	if (replay->window->to != INSTANT_NONE)
		end = replay->window->to;
	else if (timeline->ended)
		end = timeline->now_since;
	due = psa_due_at(timeline, clock->metric, end);
	if (due == INSTANT_NONE)
		return false;
	clock->from_psa = true;
	clock->calendar = policy_calendar(replay->policy, "24x7");
	clock->allowed = due > clock->started ? due - clock->started : 0;
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

/* Nothing has taken the clock off the plain count of days since it started. */
static bool
counts_days(const struct replay *replay, const struct clock_run *one)
{
	return replay->target != NULL && replay->target->days[replay->clock->metric] >= 0 &&
	    one->elapsed == 0 && one->from == replay->clock->started;
}

/* When the allowed time is used up by a run that goes on. */
static int64_t
used_up_at(const struct replay *replay, const struct clock_run *one)
{
	const struct conventions *conventions = replay->conventions;
	int64_t left = one->allowed - one->elapsed;

	if (left < 0)
		return one->from; /* a shorter target came when its time was already gone */
	if (counts_days(replay, one))
		return day_named(replay, replay->target, one->from);
	if (one->allowed == 0)
		return conventions->zero_target == ZERO_FIRST_BUSINESS_INSTANT
		    ? calendar_next_open(one->calendar, one->from)
		    : one->from;
	if (conventions->deadline == DEADLINE_NEXT_OPENING)
		return calendar_add_opening(one->calendar, one->from, left);
	return calendar_add(one->calendar, one->from, left);
}

static void
set_due(struct replay *replay)
{
	struct clock *clock = replay->clock;
	const struct clock_run *over = overrun(clock);
	struct clock_run first = {
	    clock->started, clock->started, 0, clock->allowed, clock->calendar};

	if (clock->elapsed > clock->allowed) {
		clock->breached = over != NULL ? used_up_at(replay, over) : replay->spent;
		/* In a pause a shorter target uses up what no run did. */
		if (replay->spent != INSTANT_NONE && replay->spent < clock->breached)
			clock->breached = replay->spent;
		clock->due = clock->breached;
	} else if (clock->nruns > 0 && replay->phase != PAUSED)
		clock->due = used_up_at(replay, &clock->runs[clock->nruns - 1]);
	else if (clock->nruns == 0 && replay->phase == RUNNING)
		clock->due = used_up_at(replay, &first);
}

/* Not before when the clock stopped, where that is only known from a later snapshot. */
static int64_t
stopped_after(const struct replay *replay)
{
	const struct timeline *timeline = replay->timeline;
	const struct event *event;
	size_t i = timeline->ntouches;

	if (replay->window->to != INSTANT_NONE)
		return replay->window->after;
	while (timeline->ended && i-- > 0) {
		event = timeline->touches[i].event;
		if (event->kind == EVENT_STATUS && event->at == timeline->now_since)
			return event->inferred ? event->after : INSTANT_NONE;
	}
	return INSTANT_NONE;
}

static void
judge(struct replay *replay)
{
	struct clock *clock = replay->clock;
	bool over = clock->elapsed > clock->allowed;
	int64_t after = stopped_after(replay);

	set_due(replay);
	if (clock->stopped == INSTANT_NONE) {
		clock->state = over           ? CLOCK_BREACHED
		    : replay->phase == PAUSED ? CLOCK_PAUSED
					      : CLOCK_RUNNING;
		return;
	}
	clock->state = over ? CLOCK_BREACHED : CLOCK_MET;
	/* Stopped within (after, at]: could it have been in time? */
	if (over && after != INSTANT_NONE && clock_elapsed_at(clock, after) <= clock->allowed) {
		clock->state = CLOCK_UNKNOWN;
		clock->breached = INSTANT_NONE;
	}
}

/* One window from the start. False where nothing was promised or the clock never ran in it. */
static bool
replay_window(struct replay *replay)
{
	struct clock *clock = replay->clock;
	bool has_policy = policy_hash(replay->policy) != NULL;

	clock->started = replay->window->from;
	if (!has_policy && !adopt_psa_due(replay))
		return false;
	walk(replay);
	if (clock->calendar == NULL)
		return false;
	/* A client who writes when all is over starts no clock; a ticket opened closed is met. */
	if (clock->nruns == 0 && replay->phase == STOPPED &&
	    replay->window->from > replay->timeline->opened)
		return false;
	clock->unseen =
	    !windows_have_evidence(replay->timeline, clock->metric, replay->conventions);
	if (clock->unseen)
		clock->state = CLOCK_UNKNOWN;
	else
		judge(replay);
	return true;
}

struct clock_rules
clock_rules_of(const struct policy *policy)
{
	return (struct clock_rules){.conventions = policy_conventions(policy)};
}

void
clock_replay(struct clock *clock, const struct timeline *timeline, const struct policy *policy,
    enum metric metric, struct arena *arena)
{
	struct clock_rules rules = clock_rules_of(policy);

	clock_replay_as(clock, timeline, policy, &rules, metric, arena);
}

void
clock_replay_as(struct clock *clock, const struct timeline *timeline, const struct policy *policy,
    const struct clock_rules *rules, enum metric metric, struct arena *arena)
{
	struct clock empty = {.metric = metric,
	    .started = timeline->opened,
	    .stopped = INSTANT_NONE,
	    .due = INSTANT_NONE,
	    .breached = INSTANT_NONE,
	    .cycles = 1};
	struct clock next;
	struct windows windows;
	struct replay replay = {.timeline = timeline,
	    .policy = policy,
	    .conventions = rules->conventions,
	    .rules = rules};
	size_t i;

	*clock = empty;
	windows_find(&windows, timeline, metric, replay.conventions, arena);
	/* Every span runs once, and a reopening that counts closed time once more. */
	empty.runs = arena_alloc(arena, (2 * timeline->nspans + 2) * sizeof(*empty.runs));
	for (i = 0; i < windows.count; i++) {
		next = empty;
		replay.clock = &next;
		replay.window = &windows.list[i];
		replay.target = NULL;
		replay.phase = RUNNING;
		replay.chosen = false;
		replay.spent = INSTANT_NONE;
		if (!replay_window(&replay))
			continue;
		next.missed = clock->missed + (clock->state == CLOCK_BREACHED);
		next.cycles += clock->state != CLOCK_NONE ? clock->cycles : 0;
		*clock = next;
	}
}
