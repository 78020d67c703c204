/* window.c: from when to when each metric's clock is wanted */
#include "sla/window.h"

#include "sla/response.h"
#include "time/instant.h"

/* What is being looked for, and where it goes. */
struct search {
	const struct timeline *timeline;
	const struct conventions *conventions;
	struct windows *windows;
};

static struct window *
begin(struct search *search, int64_t from)
{
	struct window *window = &search->windows->list[search->windows->count++];

	if (from < search->timeline->opened)
		from = search->timeline->opened;
	*window = (struct window){from, INSTANT_NONE, INSTANT_NONE};
	return window;
}

static void
stop(struct window *window, const struct event *event)
{
	window->to = event->at > window->from ? event->at : window->from;
	window->after = event->inferred ? event->after : INSTANT_NONE;
}

/* The clocks that begin with the ticket, or as it leaves the state new. */
static struct window *
begin_with_ticket(struct search *search)
{
	const struct timeline *timeline = search->timeline;
	const struct span *span;
	size_t i;

	if (search->conventions->start != START_STATUS)
		return begin(search, timeline->opened);
	for (i = 0; i <= timeline->nspans; i++) {
		span = i < timeline->nspans ? &timeline->spans[i] : &timeline->now;
		if (span->state != STATE_NONE && span->state != STATE_NEW)
			return begin(search, span->from);
	}
	return NULL;
}

static bool
is_pickup(const struct event *event, const struct conventions *conventions)
{
	(void)conventions;
	return event->kind == EVENT_OWNER && event->to != NULL;
}

static bool
is_response(const struct event *event, const struct conventions *conventions)
{
	return response_grade(event) >= conventions->first_response;
}

static bool
is_plan(const struct event *event, const struct conventions *conventions)
{
	(void)conventions;
	return event->kind == EVENT_SCHEDULED ||
	    (event->kind == EVENT_STATUS && event->state == STATE_SCHEDULED);
}

/* The first event of its kind since the opening stops it for good. */
static void
find_first(struct search *search,
    bool (*stops)(const struct event *event, const struct conventions *conventions))
{
	const struct timeline *timeline = search->timeline;
	struct window *window = begin_with_ticket(search);
	size_t i;

	if (window == NULL)
		return;
	for (i = 0; i < timeline->ntouches; i++)
		if ((timeline->touches[i].at >= timeline->opened || stops == is_pickup) &&
		    stops(timeline->touches[i].event, search->conventions)) {
			stop(window, timeline->touches[i].event);
			return;
		}
}

static void
find_pickup(struct search *search)
{
	const struct timeline *timeline = search->timeline;
	struct window *window;

	if (timeline->nspans == 0 || timeline->spans[0].owner == NULL) {
		find_first(search, is_pickup);
		return;
	}
	window = begin_with_ticket(search); /* opened with an owner */
	if (window != NULL)
		window->to = window->from;
}

static bool
is_answer(const struct event *event)
{
	return event->kind == EVENT_MESSAGE && response_grade(event) >= RESPONSE_PUBLIC;
}

static bool
is_client_message(const struct event *event)
{
	return event->kind == EVENT_MESSAGE && event->role == ROLE_CLIENT &&
	    event->visibility != VISIBILITY_INTERNAL;
}

static void
find_next_responses(struct search *search)
{
	const struct timeline *timeline = search->timeline;
	struct window *open = NULL;
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (open == NULL && is_client_message(event)) {
			open = begin(search, event->at);
		} else if (open != NULL && is_answer(event)) {
			stop(open, event);
			open = NULL;
		}
	}
}

static bool
restarts_update(const struct event *event, const struct conventions *conventions)
{
	if (response_grade(event) == RESPONSE_HUMAN)
		return true;
	return conventions->update_restart == UPDATE_ANY && event->kind == EVENT_MESSAGE &&
	    event->visibility == VISIBILITY_PUBLIC;
}

static void
find_updates(struct search *search)
{
	const struct timeline *timeline = search->timeline;
	struct window *window = begin(search, timeline->opened);
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->at < timeline->opened || !restarts_update(event, search->conventions))
			continue;
		stop(window, event);
		window = begin(search, event->at);
	}
}

/* Ends a stay by the change of the team at that instant; *touch only moves on. */
static void
leave_team(struct window *stay, const struct timeline *timeline, size_t *touch, int64_t at)
{
	const struct event *event;

	stay->to = at;
	for (; *touch < timeline->ntouches && timeline->touches[*touch].at <= at; ++*touch) {
		event = timeline->touches[*touch].event;
		if (event->at == at && event->kind == EVENT_TEAM)
			stop(stay, event);
	}
}

static void
find_team_stays(struct search *search)
{
	const struct timeline *timeline = search->timeline;
	const struct span *span;
	struct window *open = NULL;
	const char *team = NULL;
	size_t i, touch = 0;

	for (i = 0; i <= timeline->nspans; i++) {
		span = i < timeline->nspans ? &timeline->spans[i] : &timeline->now;
		if (text_same(span->team, team))
			continue;
		if (open != NULL)
			leave_team(open, timeline, &touch, span->from);
		team = span->team;
		open = team != NULL ? begin(search, span->from) : NULL;
	}
}

void
windows_find(struct windows *windows, const struct timeline *timeline, enum metric metric,
    const struct conventions *conventions, struct arena *arena)
{
	struct search search = {timeline, conventions, windows};

	windows->count = 0;
	windows->list = arena_alloc(
	    arena, (timeline->ntouches + timeline->nspans + 2) * sizeof(*windows->list));
	switch (metric) {
	case METRIC_PICKUP:
		find_pickup(&search);
		break;
	case METRIC_FIRST_RESPONSE:
		find_first(&search, is_response);
		break;
	case METRIC_PLAN:
		find_first(&search, is_plan);
		break;
	case METRIC_RESOLVE:
		begin_with_ticket(&search);
		break;
	case METRIC_NEXT_RESPONSE:
		find_next_responses(&search);
		break;
	case METRIC_UPDATE:
		find_updates(&search);
		break;
	case METRIC_TEAM:
		find_team_stays(&search);
		break;
	default:
		break;
	}
}

static bool
has_response_evidence(const struct ticket *ticket, enum response least)
{
	switch (least) {
	case RESPONSE_NONE:
	case RESPONSE_STATUS:
		return ticket_has(ticket, EVIDENCE_STATUS);
	case RESPONSE_ASSIGNED:
		return ticket_has(ticket, EVIDENCE_OWNER);
	case RESPONSE_AUTO:
	case RESPONSE_INTERNAL:
		return ticket_has(ticket, EVIDENCE_MESSAGE);
	default:
		return ticket_has(ticket, EVIDENCE_MESSAGE) && ticket_has(ticket, EVIDENCE_PUBLIC);
	}
}

bool
windows_have_evidence(
    const struct timeline *timeline, enum metric metric, const struct conventions *conventions)
{
	const struct ticket *ticket = timeline->ticket;

	switch (metric) {
	case METRIC_PICKUP:
		return ticket_has(ticket, EVIDENCE_OWNER);
	case METRIC_TEAM:
		return ticket_has(ticket, EVIDENCE_TEAM);
	case METRIC_FIRST_RESPONSE:
		return has_response_evidence(ticket, conventions->first_response);
	case METRIC_NEXT_RESPONSE:
	case METRIC_UPDATE:
		return has_response_evidence(ticket, RESPONSE_PUBLIC);
	default:
		return ticket_has(ticket, EVIDENCE_STATUS);
	}
}
