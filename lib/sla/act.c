/* act.c: what counts as somebody's doing */
#include "sla/act.h"

#include "time/instant.h"

bool
event_is_act(const struct event *event)
{
	switch (event->kind) {
	case EVENT_NONE:
	case EVENT_OPENED:
	case EVENT_REOPENED:
	case EVENT_DUE:
	case EVENT_RESOLVED:
	case EVENT_CLOSED:
		return false;
	default:
		return event->role != ROLE_CLIENT && event->role != ROLE_SYSTEM &&
		    !event->automatic && !event->bot;
	}
}

bool
event_is_client_message(const struct event *event)
{
	return event->kind == EVENT_MESSAGE && event->role == ROLE_CLIENT &&
	    event->visibility != VISIBILITY_INTERNAL;
}

bool
event_tells_state(const struct event *event)
{
	return (event->kind == EVENT_STATUS || event->kind == EVENT_OPENED) &&
	    event->state != STATE_NONE;
}

bool
event_moves_due_back(const struct event *event)
{
	return event->kind == EVENT_DUE && event->from_at != INSTANT_NONE &&
	    event->to_at != INSTANT_NONE && event->to_at > event->from_at;
}
