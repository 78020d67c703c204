/* ending.c: how a ticket was ended: by whom, and whether the client was told */
#include "sla/ending.h"

#include "time/instant.h"

enum ended_by
ended_by(const struct timeline *timeline, const struct event *event, const char **owner)
{
	const struct span *span;

	*owner = NULL;
	if ((event->kind != EVENT_RESOLVED && event->kind != EVENT_CLOSED) || event->by == NULL ||
	    event->role == ROLE_CLIENT || event->role == ROLE_SYSTEM ||
	    event->at == timeline->opened)
		return ENDED_BY_NONE;
	span = timeline_at(timeline, event->at - 1);
	if (span == NULL || span->owner == NULL || !span->live)
		return ENDED_BY_NONE;
	*owner = span->owner;
	return text_same(span->owner, event->by) ? ENDED_BY_OWNER : ENDED_BY_OTHER;
}

bool
ended_without_word(const struct timeline *timeline, const struct dialogue *dialogue,
    struct calendar *calendar, int64_t limit)
{
	int64_t last = dialogue->last_answer_at, sure;

	if (!timeline->ended || timeline->now.state == STATE_CANCELLED)
		return false;
	sure = timeline_sure_until(timeline, timeline->now_since, 1u << EVENT_STATUS);
	return last == INSTANT_NONE ||
	    (last < sure && calendar_between(calendar, last, sure) > limit);
}
