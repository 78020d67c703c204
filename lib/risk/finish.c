/* finish.c: when open tickets will be done, by how long such tickets took lately */
#include "risk/finish.h"

#include "base/mem.h"
#include "risk/life_table.h"
#include "time/instant.h"

#include <math.h>
#include <stdlib.h>

/* Shares that differ by less tell nothing: about a standard error for some thousand tickets. */
#define ABOUT 0.01

/* A ticket left a step of ages: it went on to the next, or it ended. */
struct exit {
	int64_t at;
	uint32_t team;
	uint16_t step;
	uint8_t priority;
	bool ended;
};

/* A ticket at a landmark. */
struct moment {
	int64_t at, opened;
	int64_t end; /* of the life that it was in; INSTANT_MAX: not yet */
	int64_t age; /* working seconds */
	struct calendar *calendar;
	uint32_t team;
	uint16_t landmark; /* index */
	uint8_t priority;
};

struct finish {
	struct life_table *table;
	const int64_t *landmarks;
	size_t nlandmarks;
	struct exit *exits;
	size_t nexits, exits_cap;
	struct moment *moments;
	size_t nmoments, moments_cap;
	bool read;         /* from JSON: the half-life is settled */
	int64_t half_life; /* seconds */
	int64_t until;     /* INSTANT_NONE: nothing was counted yet */
	int64_t as_of;     /* of what was taken in */
};

struct finish *
finish_new(const int64_t *landmarks, size_t nlandmarks)
{
	struct finish *finish = mem_calloc(1, sizeof(*finish));

	finish->table = life_table_new();
	finish->landmarks = landmarks;
	finish->nlandmarks = nlandmarks;
	finish->until = INSTANT_NONE;
	return finish;
}

void
finish_free(struct finish *finish)
{
	if (finish == NULL)
		return;
	life_table_free(finish->table);
	mem_free(finish->exits);
	mem_free(finish->moments);
	mem_free(finish);
}

static void
add_exit(struct finish *finish, const struct timeline *timeline, int64_t at, int step, bool ended)
{
	const struct span *span = timeline_at(timeline, at - 1);

	if (span == NULL || (finish->read && at <= finish->until))
		return;
	finish->exits =
	    mem_push(finish->exits, finish->nexits, &finish->exits_cap, sizeof(*finish->exits));
	finish->exits[finish->nexits++] = (struct exit){.at = at,
	    .team = life_table_team(finish->table, span->team),
	    .step = (uint16_t)step,
	    .priority = (uint8_t)span->priority,
	    .ended = ended};
}

/* One stretch of life, from the opening or a reopening to its end or to the as-of instant. */
static void
add_life(
    struct finish *finish, const struct analysis *analysis, int64_t from, int64_t to, bool ended)
{
	struct calendar *calendar = analysis->ledger.calendar;
	int64_t age = calendar_between(calendar, from, to), at;
	int step, last = life_step_of(age);

	for (step = 0; step < last; step++) {
		at = calendar_add(calendar, from, life_step_from(step + 1));
		if (at == INSTANT_NONE || at > to)
			return;
		add_exit(finish, &analysis->timeline, at, step, false);
	}
	if (ended)
		add_exit(finish, &analysis->timeline, to, last, true);
}

static void
add_lives(struct finish *finish, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	int64_t from = INSTANT_NONE;
	const struct span *span;
	size_t i;

	for (i = 0; i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		if (!span->live)
			continue;
		if (from == INSTANT_NONE)
			from = span->from;
		if (i + 1 < timeline->nspans && timeline->spans[i + 1].live)
			continue;
		add_life(
		    finish, analysis, from, span->to, i + 1 < timeline->nspans || timeline->ended);
		from = INSTANT_NONE;
	}
}

/* The end of the first stretch of life; INSTANT_MAX where it goes on. */
static int64_t
first_end(const struct timeline *timeline)
{
	size_t i;

	for (i = 0; i < timeline->nspans && timeline->spans[i].live; i++)
		;
	if (i < timeline->nspans)
		return timeline->spans[i].from;
	return timeline->ended ? timeline->as_of : INSTANT_MAX;
}

/* Nothing is known before the first event but an opening that was inferred from a later one. */
static bool
is_seen(const struct timeline *timeline, int64_t at)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind != EVENT_OPENED || !event->inferred)
			return event->at <= at;
	}
	return false;
}

static void
add_moments(struct finish *finish, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	struct calendar *calendar = analysis->ledger.calendar;
	const struct span *span;
	int64_t end = first_end(timeline), at;
	size_t i;

	for (i = 0; i < finish->nlandmarks; i++) {
		at = timeline->opened + finish->landmarks[i];
		if (at >= end || at > timeline->as_of || !is_seen(timeline, at))
			continue;
		span = timeline_at(timeline, at);
		finish->moments = mem_push(finish->moments, finish->nmoments, &finish->moments_cap,
		    sizeof(*finish->moments));
		finish->moments[finish->nmoments++] = (struct moment){.at = at,
		    .opened = timeline->opened,
		    .end = end,
		    .age = calendar_between(calendar, timeline->opened, at),
		    .calendar = calendar,
		    .team = life_table_team(finish->table, span->team),
		    .landmark = (uint16_t)i,
		    .priority = (uint8_t)span->priority};
	}
}

void
finish_add(struct finish *finish, const struct analysis *analysis)
{
	finish->as_of = analysis->timeline.as_of;
	add_lives(finish, analysis);
	add_moments(finish, analysis);
}

/* The ties go by all that tells two apart, so that the order of input does not matter. */
static int
compare_exits(const void *a, const void *b)
{
	const struct exit *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->step != y->step)
		return x->step < y->step ? -1 : 1;
	return x->ended - y->ended;
}

static int
compare_moments(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static void
sort_all(struct finish *finish)
{
	if (finish->nexits > 0)
		qsort(finish->exits, finish->nexits, sizeof(*finish->exits), compare_exits);
	if (finish->nmoments > 0)
		qsort(finish->moments, finish->nmoments, sizeof(*finish->moments), compare_moments);
}

/* Counts the exits from `next` on that were known before or at an instant; returns the next one. */
static size_t
count_exits(struct finish *finish, size_t next, int64_t now)
{
	const struct exit *one;

	for (; next < finish->nexits && finish->exits[next].at <= now; next++) {
		one = &finish->exits[next];
		life_table_count(finish->table, one->at, one->step, (enum priority)one->priority,
		    one->team, one->ended);
	}
	return next;
}

/* What was said for later than is known is not judged, whether or not the ticket has ended. */
static void
judge_one(struct coverage_count *count, int64_t said, int64_t known, int64_t left)
{
	if (said > known)
		return;
	count->judged++;
	count->ended += left <= said;
}

static void
judge(struct finish *finish, const struct moment *moment, int64_t now, struct coverage *coverage)
{
	int64_t known = calendar_between(moment->calendar, moment->at, now), left = INT64_MAX;
	struct life_left said;

	if (!life_table_left(
		finish->table, (enum priority)moment->priority, moment->team, moment->age, &said))
		return;
	if (moment->end <= now)
		left = calendar_between(moment->calendar, moment->at, moment->end);
	coverage->rows++;
	judge_one(&coverage->p50, said.p50, known, left);
	judge_one(&coverage->p90, said.p90, known, left);
}

/*
 * Walks through the past: judges the moments of tickets opened in [from, to), each by what was
 * known by then, its outcome by what is known at `now`. by_landmark may be NULL.
 */
static void
walk_past(struct finish *finish, int64_t from, int64_t to, int64_t now, struct coverage *all,
    struct coverage *by_landmark)
{
	const struct moment *moment;
	size_t i, next = 0;

	life_table_clear(finish->table, finish->half_life);
	*all = (struct coverage){0};
	for (i = 0; i < finish->nmoments && finish->moments[i].at <= now; i++) {
		moment = &finish->moments[i];
		if (moment->opened < from || moment->opened >= to)
			continue;
		next = count_exits(finish, next, moment->at);
		judge(finish, moment, now, all);
		if (by_landmark != NULL)
			judge(finish, moment, now, &by_landmark[moment->landmark]);
	}
}

/*
 * The tickets that the half-life is settled on: opened in the third fifth of the time before
 * `now`, so that there is a past to learn from, and most have ended since.
 */
static void
trial_period(const struct finish *finish, int64_t now, int64_t *from, int64_t *to)
{
	int64_t first = now;
	size_t i;

	for (i = 0; i < finish->nmoments; i++)
		if (finish->moments[i].opened < first)
			first = finish->moments[i].opened;
	*from = first + (now - first) * 2 / 5;
	*to = first + (now - first) * 3 / 5;
}

double
coverage_share(const struct coverage_count *count)
{
	return count->judged > 0 ? (double)count->ended / (double)count->judged : (double)NAN;
}

/* How far from what was said; not a number where nothing was judged. */
static double
distance(struct finish *finish, int64_t now)
{
	struct coverage coverage;
	int64_t from, to;

	trial_period(finish, now, &from, &to);
	walk_past(finish, from, to, now, &coverage, NULL);
	return fabs(coverage_share(&coverage.p50) - 0.5) +
	    fabs(coverage_share(&coverage.p90) - 0.9);
}

/* Of those that come about as near the truth as the best, the shortest: it follows change soonest. */
static void
settle_half_life(struct finish *finish, int64_t now)
{
	static const int64_t candidates[] = {7 * SECONDS_PER_DAY / 2, 7 * SECONDS_PER_DAY,
	    14 * SECONDS_PER_DAY, 28 * SECONDS_PER_DAY};
	const size_t n = sizeof(candidates) / sizeof(candidates[0]);
	double far[sizeof(candidates) / sizeof(candidates[0])], least = INFINITY;
	size_t i;

	for (i = 0; i < n; i++) {
		finish->half_life = candidates[i];
		far[i] = distance(finish, now);
		least = fmin(least, far[i]);
	}
	for (i = 0; i + 1 < n && !(far[i] <= least + ABOUT); i++)
		;
	finish->half_life = candidates[i];
}

static bool
any_ended(const struct finish *finish, int64_t now)
{
	size_t i;

	for (i = 0; i < finish->nexits; i++)
		if (finish->exits[i].ended && finish->exits[i].at <= now)
			return true;
	return false;
}

void
finish_settle(struct finish *finish, int64_t now)
{
	sort_all(finish);
	if (finish->read) {
		if (any_ended(finish, now))
			count_exits(finish, 0, now);
		return;
	}
	settle_half_life(finish, now);
	life_table_clear(finish->table, finish->half_life);
	count_exits(finish, 0, now);
	finish->until = now;
}

void
finish_prove(
    struct finish *finish, int64_t split, struct coverage *all, struct coverage *by_landmark)
{
	sort_all(finish);
	settle_half_life(finish, split);
	walk_past(finish, split, INSTANT_MAX, finish->as_of, all, by_landmark);
}

void
finish_expect(
    const struct finish *finish, const struct analysis *analysis, struct expected_finish *expected)
{
	const struct timeline *timeline = &analysis->timeline;
	struct calendar *calendar = analysis->ledger.calendar;
	struct life_left left;

	*expected = (struct expected_finish){.p50 = INSTANT_NONE, .p90 = INSTANT_NONE};
	if (timeline->ended ||
	    !life_table_left(finish->table, timeline->now.priority,
		life_table_find_team(finish->table, timeline->now.team),
		calendar_between(calendar, timeline->now_since, timeline->as_of), &left))
		return;
	expected->known = true;
	expected->p50 = calendar_add(calendar, timeline->as_of, left.p50);
	expected->p90 = calendar_add(calendar, timeline->as_of, left.p90);
}

void
finish_to_json(const struct finish *finish, struct json_writer *w, const char *key)
{
	jsonw_open(w, key, '{');
	jsonw_i64(w, "half_life", finish->half_life);
	record_instant(w, "until", finish->until);
	record_instant(w, "latest", life_table_latest(finish->table));
	life_table_to_json(finish->table, w, "rows");
	jsonw_close(w, '}');
}

struct finish *
finish_from_json(const struct json *object)
{
	struct finish *finish = finish_new(NULL, 0);
	int64_t latest;

	finish->read = true;
	finish->until = record_read_instant(object, "until");
	latest = record_read_instant(object, "latest");
	if (json_i64(json_get(object, "half_life"), &finish->half_life) && finish->half_life > 0 &&
	    finish->until != INSTANT_NONE) {
		life_table_clear(finish->table, finish->half_life);
		if (life_table_from_json(finish->table, json_get(object, "rows"), latest))
			return finish;
	}
	finish_free(finish);
	return NULL;
}
