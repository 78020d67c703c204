/* progress.c: when the work last moved, as against when something last happened */
#include "sla/progress.h"

#include "sla/response.h"

/* visited: bit 1 << enum state, of the states since the last reopening. */
bool
progress_step(const struct event *event, unsigned *visited)
{
	unsigned bit = 1u << event->state;

	switch (event->kind) {
	case EVENT_WORK:
	case EVENT_RESOLVED:
		return true;
	case EVENT_MESSAGE:
		return response_grade(event) == RESPONSE_HUMAN;
	case EVENT_REOPENED:
		*visited = 0;
		return false;
	case EVENT_OPENED:
		*visited |= bit;
		return false;
	case EVENT_STATUS:
		/* Without a `from` it is the first state that was seen, not a change. */
		if (event->state == STATE_NONE || (*visited & bit) != 0 || !event->has_from) {
			*visited |= bit;
			return false;
		}
		*visited |= bit;
		return true;
	default:
		return false;
	}
}

void
progress_find(struct progress *progress, const struct timeline *timeline)
{
	unsigned visited = 0;
	size_t i;

	*progress = (struct progress){timeline->opened, false, timeline->opened};
	for (i = 0; i < timeline->ntouches; i++) {
		if (timeline->touches[i].at < timeline->opened)
			continue;
		if (timeline->touches[i].event->kind != EVENT_OPENED)
			progress->last_activity = timeline->touches[i].at;
		if (progress_step(timeline->touches[i].event, &visited)) {
			progress->last = timeline->touches[i].at;
			progress->any = true;
		}
	}
}
