/* conformance_after.c: rules on what must follow something, and on what must never follow it */
#include "sla/act.h"
#include "sla/conformance_judges.h"
#include "sla/ending.h"
#include "time/instant.h"

#include <string.h>

/* The worse of two findings: a deviation, else what is not known, else what conforms. */
static enum conformity
worse(enum conformity a, enum conformity b)
{
	if (a == CONFORMITY_DEVIATES || b == CONFORMITY_DEVIATES)
		return CONFORMITY_DEVIATES;
	return a > b ? a : b;
}

/* Every wait of the client that is over; one that is open may still be answered. */
enum conformity
conform_client_answered(const struct conforming *one)
{
	const struct dialogue *dialogue = &one->analysis->account.dialogue;
	enum conformity result = CONFORMITY_IDLE;
	size_t i;

	for (i = 0; i < dialogue->nwaits; i++) {
		if (dialogue->waits[i].open)
			continue;
		if (!dialogue->waits[i].answered)
			return CONFORMITY_DEVIATES;
		result = CONFORMITY_CONFORMS;
	}
	return result;
}

enum conformity
conform_word_at_end(const struct conforming *one)
{
	const struct timeline *timeline = &one->analysis->timeline;

	if (!timeline->ended || timeline->now.state == STATE_CANCELLED)
		return CONFORMITY_IDLE;
	return ended_without_word(timeline, &one->analysis->account.dialogue,
		   one->analysis->ledger.calendar, one->limit)
	    ? CONFORMITY_DEVIATES
	    : CONFORMITY_CONFORMS;
}

enum conformity
conform_stays_closed(const struct conforming *one)
{
	const struct timeline *timeline = &one->analysis->timeline;
	const struct event *event;
	bool closed = false;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (!event_tells_state(event))
			continue;
		if (closed && !state_is_ended((enum state)event->state))
			return CONFORMITY_DEVIATES;
		closed |= event->state == STATE_CLOSED;
	}
	return closed ? CONFORMITY_CONFORMS : CONFORMITY_IDLE;
}

/*
 * The ticket with the priority that its first change names as the one before: without that change
 * nothing would tell it.
 */
static struct ticket
with_first_priority(const struct conforming *one)
{
	const struct timeline *timeline = &one->analysis->timeline;
	const struct event *first = timeline_first(timeline, EVENT_PRIORITY);
	struct ticket ticket = *one->analysis->ticket;
	struct event *events;

	if (first->from == NULL)
		return ticket;
	events = arena_alloc(one->arena, (ticket.nevents + 1) * sizeof(*events));
	memcpy(events, ticket.events, ticket.nevents * sizeof(*events));
	events[ticket.nevents] = *first;
	events[ticket.nevents].at = timeline->opened;
	events[ticket.nevents].to = first->from;
	ticket.events = events;
	events_sort(events, ++ticket.nevents);
	return ticket;
}

/*
 * How the resolve clock stood as of an instant: by what was known then, for under some conventions a
 * change of the priority changes what went before.
 */
static enum clock_state
resolve_as_of(const struct conforming *one, int64_t instant)
{
	const struct analysis *analysis = one->analysis;
	struct ticket ticket = with_first_priority(one);
	struct timeline then;
	struct clock clock;

	if (instant == INSTANT_NONE || !timeline_build(&then, &ticket, instant, one->arena))
		return CLOCK_NONE;
	clock_replay(&clock, &then, analysis->policy, METRIC_RESOLVE, one->arena);
	return clock.state;
}

static bool
lowers_priority(const struct event *event)
{
	int from, to;

	if (event->kind != EVENT_PRIORITY || event->from == NULL || event->to == NULL)
		return false;
	from = word_value(WORDS_PRIORITY, slice_z(event->from));
	to = word_value(WORDS_PRIORITY, slice_z(event->to));
	return from != PRIORITY_NONE && to > from;
}

/* Whether the target had been missed just before the event. */
static enum conformity
lowered_late(const struct conforming *one, const struct event *event)
{
	enum clock_state before = resolve_as_of(one, event->at - 1);

	if (before == CLOCK_BREACHED && event->inferred)
		return resolve_as_of(one, event->after) == CLOCK_BREACHED ? CONFORMITY_DEVIATES
									  : CONFORMITY_UNKNOWN;
	return before == CLOCK_BREACHED ? CONFORMITY_DEVIATES
	    : before == CLOCK_UNKNOWN   ? CONFORMITY_UNKNOWN
					: CONFORMITY_IDLE;
}

enum conformity
conform_priority_kept(const struct conforming *one)
{
	const struct analysis *analysis = one->analysis;
	const struct timeline *timeline = &analysis->timeline;
	enum clock_state now = analysis->clocks[METRIC_RESOLVE].state;
	enum conformity result = now == CLOCK_BREACHED ? CONFORMITY_CONFORMS
	    : now == CLOCK_UNKNOWN                     ? CONFORMITY_UNKNOWN
						       : CONFORMITY_IDLE;
	const struct event *event;
	size_t i;

	if (now == CLOCK_NONE)
		return CONFORMITY_IDLE;
	for (i = 0; i < timeline->ntouches && result != CONFORMITY_DEVIATES; i++) {
		event = timeline->touches[i].event;
		if (lowers_priority(event))
			result = worse(result, lowered_late(one, event));
	}
	return result;
}

/* Whether a due instant passed before `by` while the ticket was open. */
static bool
passed(const struct timeline *timeline, int64_t due, int64_t by)
{
	const struct span *span;

	if (due == INSTANT_NONE || due >= by)
		return false;
	span = timeline_at(timeline, due);
	return span != NULL && span->live;
}

/* Of the clock resolve. A change that was inferred may have come before the instant had passed. */
enum conformity
conform_due_kept(const struct conforming *one)
{
	const struct timeline *timeline = &one->analysis->timeline;
	enum conformity result = CONFORMITY_IDLE;
	const struct event *event;
	int64_t due = INSTANT_NONE;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind != EVENT_DUE || event->metric != METRIC_RESOLVE)
			continue;
		due = event->to_at;
		if (!passed(timeline, event->from_at, event->at))
			continue;
		if (!event_moves_due_back(event))
			result = worse(result, CONFORMITY_CONFORMS);
		else if (event->inferred && !passed(timeline, event->from_at, event->after))
			result = worse(result, CONFORMITY_UNKNOWN);
		else
			return CONFORMITY_DEVIATES;
	}
	return passed(timeline, due, timeline->as_of) ? worse(result, CONFORMITY_CONFORMS) : result;
}

enum conformity
conform_ended_by_owner(const struct conforming *one)
{
	const struct timeline *timeline = &one->analysis->timeline;
	enum conformity result = CONFORMITY_IDLE;
	const char *owner;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++)
		switch (ended_by(timeline, timeline->touches[i].event, &owner)) {
		case ENDED_BY_OTHER:
			return CONFORMITY_DEVIATES;
		case ENDED_BY_OWNER:
			result = CONFORMITY_CONFORMS;
			break;
		default:
			break;
		}
	return result;
}
