/* response.c: how well an event answers the client */
#include "sla/response.h"

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
