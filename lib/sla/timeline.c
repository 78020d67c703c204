/* timeline.c: who had the ticket, and in what state, at every moment */
#include "sla/timeline.h"

#include "time/instant.h"

/* What holds from one instant to the next while the events are walked. */
struct fold {
	struct timeline *timeline;
	struct span now;
	bool owner_seen, team_seen; /* an event of that kind has come */
	bool settled; /* past the gap between an inferred opening and its first evidence */
};

static int64_t
opening_of(const struct ticket *ticket, bool *inferred)
{
	size_t i;

	*inferred = false;
	for (i = 0; i < ticket->nevents; i++)
		if (ticket->events[i].kind == EVENT_OPENED) {
			*inferred = ticket->events[i].inferred;
			return ticket->events[i].at;
		}
	return ticket->opened;
}

/* What was so before the first change is what that change names as `from`. */
static void
set_initial(const struct timeline *timeline, enum event_kind kind, enum evidence evidence,
    bool inferred, const char **value, bool *known)
{
	const struct event *first = timeline_first(timeline, kind);

	*value = first != NULL ? first->from : NULL;
	*known = *value != NULL || (!inferred && ticket_has(timeline->ticket, evidence));
}

static enum priority
priority_word(const char *word)
{
	return (enum priority)word_value(WORDS_PRIORITY, slice_z(word));
}

static void
start(struct fold *fold, bool inferred)
{
	const struct timeline *timeline = fold->timeline;
	const struct event *first = timeline_first(timeline, EVENT_PRIORITY);

	fold->now = (struct span){.from = timeline->opened, .live = true};
	fold->settled = !inferred;
	set_initial(timeline, EVENT_OWNER, EVIDENCE_OWNER, inferred, &fold->now.owner,
	    &fold->now.owner_known);
	set_initial(
	    timeline, EVENT_TEAM, EVIDENCE_TEAM, inferred, &fold->now.team, &fold->now.team_known);
	if (first != NULL && first->from != NULL)
		fold->now.priority = priority_word(first->from);
}

/* From the first snapshot on, what has no event of its own is nobody's: it shows all values. */
static void
settle(struct fold *fold)
{
	if (fold->settled)
		return;
	fold->settled = true;
	fold->now.owner_known |= ticket_has(fold->timeline->ticket, EVIDENCE_OWNER);
	fold->now.team_known |= ticket_has(fold->timeline->ticket, EVIDENCE_TEAM);
}

static void
apply(struct fold *fold, const struct event *event)
{
	if (event->kind != EVENT_OPENED && event->inferred)
		settle(fold);
	switch (event->kind) {
	case EVENT_OWNER:
		fold->now.owner = event->to;
		fold->now.owner_known = true;
		break;
	case EVENT_TEAM:
		fold->now.team = event->to;
		fold->now.team_known = true;
		break;
	case EVENT_PRIORITY:
		fold->now.priority = event->to != NULL ? priority_word(event->to) : PRIORITY_NONE;
		break;
	case EVENT_STATUS:
	case EVENT_OPENED:
		if (event->state != STATE_NONE)
			fold->now.state = (enum state)event->state;
		break;
	default:
		break;
	}
	if (fold->now.live == state_is_ended(fold->now.state)) {
		fold->now.live = !fold->now.live;
		fold->timeline->now_since = event->at;
	}
}

static bool
same_facts(const struct span *a, const struct span *b)
{
	return text_same(a->owner, b->owner) && text_same(a->team, b->team) &&
	    a->owner_known == b->owner_known && a->team_known == b->team_known &&
	    a->live == b->live && a->state == b->state && a->priority == b->priority;
}

/* Ends the current stretch at an instant; an empty one or one like the last leaves no trace. */
static void
cut(struct fold *fold, int64_t at)
{
	struct timeline *timeline = fold->timeline;
	struct span *last = timeline->nspans > 0 ? &timeline->spans[timeline->nspans - 1] : NULL;

	if (at <= fold->now.from)
		return;
	if (last != NULL && same_facts(last, &fold->now)) {
		last->to = at;
	} else {
		fold->now.to = at;
		timeline->spans[timeline->nspans++] = fold->now;
	}
	if (fold->now.live)
		timeline->life += at - fold->now.from;
	fold->now.from = at;
}

static void
list_touches(struct timeline *timeline, struct arena *arena)
{
	const struct ticket *ticket = timeline->ticket;
	size_t i;

	timeline->touches = arena_alloc(arena, (ticket->nevents + 1) * sizeof(*timeline->touches));
	for (i = 0; i < ticket->nevents && ticket->events[i].at <= timeline->as_of; i++)
		timeline->touches[timeline->ntouches++] =
		    (struct touch){ticket->events[i].at, &ticket->events[i]};
}

bool
timeline_build(
    struct timeline *timeline, const struct ticket *ticket, int64_t as_of, struct arena *arena)
{
	struct fold fold = {.timeline = timeline};
	bool inferred;
	size_t i;

	*timeline = (struct timeline){.ticket = ticket, .as_of = as_of};
	timeline->opened = timeline->now_since = opening_of(ticket, &inferred);
	if (timeline->opened > as_of)
		return false;
	list_touches(timeline, arena);
	timeline->spans = arena_alloc(arena, (timeline->ntouches + 2) * sizeof(struct span));
	start(&fold, inferred);
	for (i = 0; i < timeline->ntouches; i++) {
		cut(&fold, timeline->touches[i].at);
		apply(&fold, timeline->touches[i].event);
	}
	cut(&fold, as_of);
	fold.now.from = fold.now.to = as_of;
	timeline->now = fold.now;
	timeline->ended = !fold.now.live;
	return true;
}

const struct event *
timeline_first(const struct timeline *timeline, enum event_kind kind)
{
	size_t i;

	for (i = 0; i < timeline->ntouches; i++)
		if (timeline->touches[i].event->kind == kind)
			return timeline->touches[i].event;
	return NULL;
}

/* The first touch at or after an instant. */
static size_t
touch_from(const struct timeline *timeline, int64_t at)
{
	size_t low = 0, high = timeline->ntouches, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (timeline->touches[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int64_t
timeline_sure_until(const struct timeline *timeline, int64_t at, unsigned kinds)
{
	const struct event *event;
	int64_t sure = at;
	size_t i;

	for (i = touch_from(timeline, at); i < timeline->ntouches && timeline->touches[i].at == at;
	     i++) {
		event = timeline->touches[i].event;
		if ((kinds >> event->kind & 1) != 0 && event->inferred &&
		    event->after != INSTANT_NONE && event->after < sure)
			sure = event->after;
	}
	return sure;
}

const struct span *
timeline_at(const struct timeline *timeline, int64_t instant)
{
	size_t low = 0, high = timeline->nspans, middle;

	if (instant < timeline->opened)
		return NULL;
	if (instant >= timeline->as_of)
		return &timeline->now;
	while (low + 1 < high) {
		middle = low + (high - low) / 2;
		if (timeline->spans[middle].from <= instant)
			low = middle;
		else
			high = middle;
	}
	return high > 0 ? &timeline->spans[low] : &timeline->now;
}

struct facts
span_facts(const struct timeline *timeline, const struct span *span)
{
	return (struct facts){
	    timeline->ticket, span->owner, span->team, span->priority, span->state};
}
