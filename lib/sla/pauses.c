/* pauses.c: the times a ticket was put aside, and states it went back to */
#include "sla/pauses.h"

#include "sla/act.h"
#include "sla/progress.h"
#include "sla/response.h"
#include "time/instant.h"

#define FLIP_WITHIN INT64_C(86400)

static bool
is_pause(const struct span *span)
{
	return span->live && state_is_waiting(span->state);
}

static size_t
list_stretches(struct pauses *pauses, const struct timeline *timeline)
{
	const struct span *span;
	struct pause_span *last = NULL;
	size_t i, n = 0;

	for (i = 0; i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		if (!is_pause(span)) {
			last = NULL;
			continue;
		}
		if (last != NULL && last->state == span->state) {
			last->to = span->to;
			continue;
		}
		last = &pauses->list[n++];
		*last = (struct pause_span){.from = span->from,
		    .to = span->to,
		    .state = span->state,
		    .asked_at = INSTANT_NONE,
		    .reply_at = INSTANT_NONE};
	}
	if (last != NULL && last->to == timeline->as_of && is_pause(&timeline->now))
		last->open = timeline->now.state == last->state;
	for (i = 0; i < n; i++) {
		last = &pauses->list[i];
		last->after = timeline_sure_until(timeline, last->from, 1u << EVENT_STATUS);
		last->sure = timeline_sure_until(timeline, last->to, 1u << EVENT_STATUS);
	}
	return n;
}

/* What was said before and after, in one walk over the events. */
static void
note_messages(struct pauses *pauses, const struct timeline *timeline)
{
	const struct event *event;
	int64_t asked_at = INSTANT_NONE;
	size_t i, next = 0;
	struct pause_span *now = NULL;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		while (next < pauses->count && pauses->list[next].from < event->at) {
			now = &pauses->list[next++];
			now->asked_at = asked_at;
		}
		if (event->kind == EVENT_MESSAGE && response_grade(event) >= RESPONSE_PUBLIC)
			asked_at = event->at;
		if (now != NULL && now->reply_at == INSTANT_NONE && event->at <= now->to &&
		    event_is_client_message(event))
			now->reply_at = event->at;
	}
	for (; next < pauses->count; next++)
		pauses->list[next].asked_at = asked_at;
}

/* For each state when it was left last, and whether anything moved since. */
struct flipping {
	int64_t left[STATES];
	bool stale[STATES]; /* there was progress since */
	enum state state;
};

static void
step(struct flipping *flipping, struct flips *flips, const struct event *event)
{
	enum state to = (enum state)event->state;
	int64_t left = flipping->left[to];

	if (to == flipping->state)
		return;
	if (left != INSTANT_NONE && !flipping->stale[to] && event->at - left < FLIP_WITHIN)
		flips->list[flips->count++] = (struct flip){left, event->at, to};
	flipping->left[flipping->state] =
	    event->inferred && event->after != INSTANT_NONE ? event->after : event->at;
	flipping->stale[flipping->state] = false;
	flipping->state = to;
}

static void
walk_states(struct flips *flips, const struct timeline *timeline)
{
	struct flipping flipping = {.state = STATE_NONE};
	const struct event *event;
	unsigned visited = 0;
	bool moved;
	size_t i, s;

	for (s = 0; s < STATES; s++)
		flipping.left[s] = INSTANT_NONE;
	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		moved = progress_step(event, &visited);
		if (event_tells_state(event))
			step(&flipping, flips, event);
		for (s = 0; moved && s < STATES; s++)
			flipping.stale[s] = true;
	}
}

void
pauses_find(struct pauses *pauses, const struct timeline *timeline, struct arena *arena)
{
	size_t i, waiting = 0;

	*pauses = (struct pauses){0};
	for (i = 0; i < timeline->nspans; i++)
		waiting += is_pause(&timeline->spans[i]);
	if (waiting == 0)
		return;
	pauses->list = arena_alloc(arena, waiting * sizeof(*pauses->list));
	pauses->count = list_stretches(pauses, timeline);
	note_messages(pauses, timeline);
}

bool
pause_was_asked(const struct pause_span *pause, int64_t limit)
{
	return pause->asked_at != INSTANT_NONE && pause->after - pause->asked_at <= limit;
}

void
flips_find(struct flips *flips, const struct timeline *timeline, struct arena *arena)
{
	size_t i, changes = 0;

	*flips = (struct flips){0};
	for (i = 0; i < timeline->ntouches; i++)
		changes += event_tells_state(timeline->touches[i].event);
	if (changes < 3) /* in it, out of it, and back */
		return;
	flips->list = arena_alloc(arena, changes * sizeof(*flips->list));
	walk_states(flips, timeline);
}
