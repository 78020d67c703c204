/* features.c: what is known of a ticket at an instant, as numbers */
#include "risk/features.h"

#include "sla/act.h"
#include "time/instant.h"

#include <math.h>
#include <string.h>

const struct feature_row feature_rows[FEATURES] = {
#define FEATURE(id, family, unit, evidence, help) \
	{#id, FAMILY_##family, unit, help, EVIDENCE_##evidence},
#define RATE(id, family, help) {"RATE_" #id, FAMILY_##family, "log", help, EVIDENCE_NONE},
#include "risk/features.def"
#undef FEATURE
#undef RATE
};

const char *
family_word(enum family family)
{
	static const char *const words[FAMILIES] = {"elapsed", "stall", "state", "ownership",
	    "kind", "hour", "load", "past", "life", "team", "subject", "client"};

	return words[family];
}

static float
log_seconds(int64_t seconds)
{
	return (float)log1p((double)(seconds > 0 ? seconds : 0));
}

/* In working time of the ticket's calendar. */
static float
log_working(const struct analysis *analysis, int64_t since)
{
	return log_seconds(
	    calendar_between(analysis->ledger.calendar, since, analysis->timeline.as_of));
}

static float
share_used(const struct analysis *analysis, enum metric metric)
{
	const struct clock *clock = &analysis->clocks[metric];

	if (clock->state == CLOCK_NONE || clock->state == CLOCK_UNKNOWN || clock->allowed <= 0)
		return (float)NAN;
	return (float)((double)clock->elapsed / (double)clock->allowed);
}

static void
clock_features(float *x, const struct analysis *analysis)
{
	const struct clock *clock = &analysis->clocks[METRIC_RESOLVE];
	bool told = clock->state != CLOCK_NONE && clock->state != CLOCK_UNKNOWN;

	x[FEATURE_USED] = share_used(analysis, METRIC_RESOLVE);
	x[FEATURE_LEFT] = told ? (float)((double)clock_remaining(clock) / 3600) : (float)NAN;
	x[FEATURE_PICKUP_USED] = share_used(analysis, METRIC_PICKUP);
	x[FEATURE_RESPONSE_USED] = share_used(analysis, METRIC_FIRST_RESPONSE);
	x[FEATURE_ANSWER_USED] = share_used(analysis, METRIC_NEXT_RESPONSE);
	x[FEATURE_UPDATE_USED] = share_used(analysis, METRIC_UPDATE);
}

static void
state_features(float *x, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	int64_t waited = 0, since = timeline->opened;
	const struct span *span, *before = NULL;
	int waits = 0, raised = 0;
	size_t i;

	for (i = 0; i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		if (state_is_waiting(span->state)) {
			waited += span->to - span->from;
			waits += before == NULL || before->state != span->state;
		}
		if (before != NULL && before->state != span->state)
			since = span->from;
		raised += before != NULL && before->priority != PRIORITY_NONE &&
		    before->priority != span->priority;
		before = span;
	}
	x[FEATURE_PAUSED] =
	    timeline->life > 0 ? (float)((double)waited / (double)timeline->life) : 0;
	x[FEATURE_IN_STATE] = log_working(analysis, since);
	x[FEATURE_STATE] = (float)timeline->now.state;
	x[FEATURE_WAITS] = (float)waits;
	x[FEATURE_RAISED] = (float)raised;
	x[FEATURE_PRIORITY] = (float)timeline->now.priority;
	x[FEATURE_EVENTS] = (float)timeline->ntouches;
}

/* More people than these are as good as a crowd. */
#define MOST_ACTORS 32

static void
touch_features(float *x, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	const char *actors[MOST_ACTORS];
	const struct event *event;
	int64_t wrote = INSTANT_NONE;
	size_t i, k, n = 0;
	int reopens = 0;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		reopens += event->kind == EVENT_REOPENED;
		if (event_is_client_message(event))
			wrote = event->at;
		if (!event_is_act(event) || event->by == NULL)
			continue;
		for (k = 0; k < n && strcmp(actors[k], event->by) != 0; k++)
			;
		if (k == n && n < MOST_ACTORS)
			actors[n++] = event->by;
	}
	x[FEATURE_REOPENS] = (float)reopens;
	x[FEATURE_ACTORS] = (float)n;
	x[FEATURE_CLIENT_WROTE] = wrote != INSTANT_NONE ? log_working(analysis, wrote) : (float)NAN;
}

static float
pending(const struct ledger *ledger)
{
	const struct handoff *last =
	    ledger->nhandoffs > 0 ? &ledger->handoffs[ledger->nhandoffs - 1] : NULL;

	return last != NULL && last->acceptance == ACCEPTANCE_PENDING ? log_seconds(last->waited)
								      : 0;
}

static void
owner_features(float *x, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	const struct ledger *ledger = &analysis->ledger;
	int64_t orphaned = 0, since = timeline->opened;
	const struct span *span;
	int cause;
	size_t i;

	for (cause = 0; cause < CAUSES; cause++)
		if (cause_is_orphan((enum cause)cause))
			orphaned += ledger->causes[cause];
	for (i = 1; i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		if (span->owner != span[-1].owner || span->team != span[-1].team)
			since = span->from;
	}
	x[FEATURE_OWNERLESS] =
	    timeline->life > 0 ? (float)((double)orphaned / (double)timeline->life) : 0;
	x[FEATURE_OWNED] = timeline->now.owner_known ? timeline->now.owner != NULL : (float)NAN;
	x[FEATURE_HELD] = log_seconds(timeline->as_of - since);
	x[FEATURE_HANDOFFS] = (float)ledger->nhandoffs;
	x[FEATURE_PENDING] = pending(ledger);
	x[FEATURE_TEAMS] = (float)ledger->team_changes;
	x[FEATURE_RETURNS] = (float)(ledger->owner_returns.direct + ledger->owner_returns.indirect +
	    ledger->team_returns.direct + ledger->team_returns.indirect);
}

/* Not known where all time is working time: that is what the hour tells. */
static float
left_today(const struct analysis *analysis)
{
	struct calendar *calendar = analysis->ledger.calendar;
	const struct zone *zone = calendar_zone(calendar);
	int64_t now = analysis->timeline.as_of;
	struct civil civil;
	int64_t day;

	if (calendar_is_always(calendar))
		return (float)NAN;
	zone_local(zone, now, &civil);
	day = instant_days(civil.year, civil.month, civil.day);
	return (
	    float)((double)calendar_between(calendar, now, zone_day_start(zone, day + 1)) / 3600);
}

static void
hour_features(float *x, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	int64_t opened = instant_day_of(timeline->opened), now = instant_day_of(timeline->as_of);

	x[FEATURE_OPENED_HOUR] =
	    (float)((timeline->opened - opened * SECONDS_PER_DAY) / 600) / 6.0F;
	x[FEATURE_OPENED_DAY] = (float)instant_weekday(opened);
	x[FEATURE_HOUR] = (float)((timeline->as_of - now * SECONDS_PER_DAY) / 600) / 6.0F;
	x[FEATURE_DAY] = (float)instant_weekday(now);
	x[FEATURE_TODAY] = left_today(analysis);
}

void
features_of(float *x, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	int i;

	x[FEATURE_AGE] = log_seconds(timeline->as_of - timeline->opened);
	x[FEATURE_IDLE] = log_working(analysis, analysis->progress.last);
	x[FEATURE_QUIET] = log_working(analysis, analysis->progress.last_activity);
	x[FEATURE_CHANNEL] = (float)analysis->ticket->channel;
	clock_features(x, analysis);
	state_features(x, analysis);
	touch_features(x, analysis);
	owner_features(x, analysis);
	hour_features(x, analysis);
	for (i = 0; i < FEATURES; i++)
		if (feature_rows[i].evidence != EVIDENCE_NONE &&
		    !ticket_has(analysis->ticket, feature_rows[i].evidence))
			x[i] = (float)NAN;
}
