/* response.c: what ends the pickup and first_response clocks, and how a client was answered */
#include "sla/response.h"

#include "time/instant.h"

static enum response
grade_message(const struct event *event)
{
	if (event->role == ROLE_CLIENT)
		return RESPONSE_NONE;
	if (event->automatic || event->role == ROLE_SYSTEM)
		return RESPONSE_AUTO;
	if (event->visibility != VISIBILITY_PUBLIC)
		return RESPONSE_INTERNAL;
	if (event->bot)
		return RESPONSE_BOT;
	/* An agent who is named is a person; who is not may be anything. */
	return event->by != NULL ? RESPONSE_HUMAN : RESPONSE_PUBLIC;
}

enum response
response_grade(const struct event *event)
{
	switch (event->kind) {
	case EVENT_MESSAGE:
		return grade_message(event);
	case EVENT_OWNER:
		return event->to != NULL ? RESPONSE_ASSIGNED : RESPONSE_NONE;
	case EVENT_STATUS:
		return event->role != ROLE_CLIENT && event->has_from ? RESPONSE_STATUS
								     : RESPONSE_NONE;
	default:
		return RESPONSE_NONE;
	}
}

static void
set_stop(struct stop *stop, const struct timeline *timeline, const struct touch *touch)
{
	stop->at = touch->at > timeline->opened ? touch->at : timeline->opened;
	stop->after = touch->event->inferred ? touch->event->after : INSTANT_NONE;
}

static void
find_pickup(const struct timeline *timeline, struct stop *stop)
{
	size_t i;

	if (timeline->nspans > 0 && timeline->spans[0].owner != NULL) {
		stop->at = timeline->opened; /* opened with an owner */
		return;
	}
	for (i = 0; i < timeline->ntouches; i++)
		if (timeline->touches[i].event->kind == EVENT_OWNER &&
		    timeline->touches[i].event->to != NULL) {
			set_stop(stop, timeline, &timeline->touches[i]);
			return;
		}
}

static void
find_response(const struct timeline *timeline, enum response least, struct stop *stop)
{
	size_t i;

	for (i = 0; i < timeline->ntouches; i++)
		if (timeline->touches[i].at >= timeline->opened &&
		    response_grade(timeline->touches[i].event) >= least) {
			set_stop(stop, timeline, &timeline->touches[i]);
			return;
		}
}

/* The end of the ticket stops every clock; what is sought is how sure its instant is. */
static void
find_end(const struct timeline *timeline, struct stop *stop)
{
	const struct event *event;
	size_t i = timeline->ntouches;

	while (timeline->ended && i-- > 0) {
		event = timeline->touches[i].event;
		if (event->kind == EVENT_STATUS && event->at == timeline->now_since) {
			stop->after = event->inferred ? event->after : INSTANT_NONE;
			return;
		}
	}
}

bool
stop_find(
    const struct timeline *timeline, enum metric metric, enum response least, struct stop *stop)
{
	*stop = (struct stop){INSTANT_NONE, INSTANT_NONE};
	switch (metric) {
	case METRIC_PICKUP:
		find_pickup(timeline, stop);
		break;
	case METRIC_FIRST_RESPONSE:
		find_response(timeline, least, stop);
		break;
	case METRIC_RESOLVE:
		break;
	default:
		return false;
	}
	if (stop->at == INSTANT_NONE)
		find_end(timeline, stop);
	return true;
}

bool
stop_has_evidence(const struct timeline *timeline, enum metric metric, enum response least)
{
	const struct ticket *ticket = timeline->ticket;

	if (metric == METRIC_PICKUP)
		return ticket_has(ticket, EVIDENCE_OWNER);
	if (metric == METRIC_RESOLVE)
		return ticket_has(ticket, EVIDENCE_STATUS);
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
