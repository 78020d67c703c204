/* merge.c: a ticket as it is stored and as tonight's list shows it, into one */
#include "ingest/merge.h"

#include "data/walk.h"
#include "time/instant.h"

#include <string.h>

/* A value of what is watched. */
struct value {
	const char *text;
	int64_t instant;  /* a due instant */
	enum state state; /* a status */
};

struct merging {
	struct arena *arena;
	const struct ticket *stored, *fresh;
	const struct showing *tonight;
	struct event *events;
	size_t nevents;
	enum state state; /* after the events so far */
};

/* One thing that is watched, as far as the events go. */
struct current {
	struct merging *m;
	enum watch watch;
	struct value value;
	int64_t known; /* when it was last shown; INSTANT_NONE: never */
};

static enum event_kind
kind_of(enum watch watch)
{
	static const enum event_kind kinds[] = {
	    EVENT_OWNER, EVENT_TEAM, EVENT_PRIORITY, EVENT_STATUS};

	return watch < WATCH_DUE ? kinds[watch] : EVENT_DUE;
}

static struct value
value_of_end(const struct event *event)
{
	return (struct value){event->to, event->to_at, (enum state)event->state};
}

int64_t
merge_due(const struct ticket *ticket, enum metric metric)
{
	int64_t due = ticket->sla[metric].known ? ticket->sla[metric].due : INSTANT_NONE;
	size_t i;

	for (i = ticket->nevents; i > 0 && due == INSTANT_NONE; i--)
		if (ticket->events[i - 1].kind == EVENT_DUE &&
		    ticket->events[i - 1].metric == metric)
			due = ticket->events[i - 1].to_at;
	return due;
}

/* The value that the ticket shows in the end. */
static struct value
final_value(struct arena *arena, const struct ticket *ticket, enum watch watch)
{
	struct slice word;

	switch (watch) {
	case WATCH_OWNER:
		return (struct value){ticket->owner, INSTANT_NONE, STATE_NONE};
	case WATCH_TEAM:
		return (struct value){ticket->team, INSTANT_NONE, STATE_NONE};
	case WATCH_PRIORITY:
		return (struct value){
		    word_of(WORDS_PRIORITY, (int)ticket->priority), INSTANT_NONE, STATE_NONE};
	case WATCH_STATUS:
		word = raw_get(ticket->psa, "status", arena);
		return (struct value){raw_type(word) == JSON_TEXT ? raw_text(word, arena) : NULL,
		    INSTANT_NONE, ticket->state};
	default:
		return (struct value){
		    NULL, merge_due(ticket, (enum metric)(watch - WATCH_DUE)), STATE_NONE};
	}
}

/* Two states without a word for one of them are compared as states. */
static bool
same(enum watch watch, struct value a, struct value b)
{
	if (watch >= WATCH_DUE)
		return a.instant == b.instant;
	if (watch == WATCH_STATUS && (a.text == NULL || b.text == NULL))
		return a.state == b.state;
	return text_same(a.text, b.text);
}

static void
add(struct merging *m, struct event event)
{
	event.seq = (uint32_t)m->nevents;
	m->events[m->nevents++] = event;
}

static void
add_mark(struct merging *m, const struct event *status)
{
	enum state state = (enum state)status->state;
	struct event mark = *status;

	if (state == STATE_NONE)
		return;
	mark.kind = (uint8_t)state_mark(m->state, state);
	mark.from = mark.to = NULL;
	mark.has_from = false;
	mark.state = STATE_NONE;
	if (mark.kind != EVENT_NONE)
		add(m, mark);
	m->state = state;
}

static void
change(struct current *c, struct event event, struct value to)
{
	event.kind = (uint8_t)kind_of(c->watch);
	event.metric = (uint8_t)(c->watch >= WATCH_DUE ? c->watch - WATCH_DUE : METRIC_NONE);
	if (c->known != INSTANT_NONE) {
		event.has_from = true;
		event.from = c->value.text;
		event.from_at = c->value.instant;
	}
	event.to = to.text;
	event.to_at = to.instant;
	event.state = (uint8_t)to.state;
	add(c->m, event);
	if (c->watch == WATCH_STATUS)
		add_mark(c->m, &event);
	c->value = to;
	c->known = event.at;
}

/* An event that happened by `at`, after the row that last showed the value before. */
static struct event
seen_by(const struct current *c, int64_t at)
{
	int64_t after = c->known != INSTANT_NONE ? c->known : c->m->stored->opened;
	struct event event = {.at = at,
	    .after = INSTANT_NONE,
	    .from_at = INSTANT_NONE,
	    .to_at = INSTANT_NONE,
	    .seconds = -1};

	event.inferred = after != INSTANT_NONE && after <= at;
	if (event.inferred)
		event.after = after;
	return event;
}

/* An event of the fresh ticket: what lies before the row that was stored last is told there. */
static void
take(struct current *c, const struct event *fresh)
{
	struct value from = {fresh->from, fresh->from_at, STATE_NONE}, to = value_of_end(fresh);
	bool known = c->known != INSTANT_NONE;
	struct event event = *fresh;
	int64_t at = fresh->at;

	if (known && fresh->at <= c->known)
		return;
	if (known && fresh->has_from && c->watch != WATCH_STATUS &&
	    !same(c->watch, c->value, from)) {
		if (fresh->inferred && fresh->after > c->known)
			at = fresh->after;
		change(c, seen_by(c, at), from);
	}
	if (known && same(c->watch, c->value, to)) {
		c->known = fresh->at;
		return;
	}
	if (known && fresh->inferred && fresh->after < c->known)
		event.after = c->known;
	change(c, event, to);
}

/* What the fresh row shows, where its events have not led there. Nobody at first is no event. */
static void
settle(struct current *c)
{
	struct merging *m = c->m;
	struct value shown = final_value(m->arena, m->fresh, c->watch);
	bool known = c->known != INSTANT_NONE;

	if (m->tonight->known[c->watch] == INSTANT_NONE)
		return;
	if (known ? !same(c->watch, c->value, shown)
		  : shown.text != NULL || shown.instant != INSTANT_NONE)
		change(c, seen_by(c, m->tonight->at), shown);
	c->known = m->tonight->at;
}

static void
watch_one(struct merging *m, struct showing *showing, enum watch watch)
{
	struct current c = {
	    m, watch, final_value(m->arena, m->stored, watch), showing->known[watch]};
	const struct event *event;
	size_t i;

	for (i = 0; i < m->fresh->nevents; i++) {
		event = &m->fresh->events[i];
		if (event->kind == kind_of(watch) &&
		    (watch < WATCH_DUE || event->metric == watch - WATCH_DUE))
			take(&c, event);
	}
	settle(&c);
	showing->known[watch] = c.known;
}

static bool
is_watched(enum event_kind kind)
{
	return kind == EVENT_OPENED || kind == EVENT_OWNER || kind == EVENT_TEAM ||
	    kind == EVENT_PRIORITY || kind == EVENT_STATUS || kind == EVENT_DUE ||
	    kind == EVENT_REOPENED || kind == EVENT_RESOLVED || kind == EVENT_CLOSED;
}

static bool
is_same_event(const struct event *a, const struct event *b)
{
	return a->at == b->at && a->kind == b->kind && text_same(a->by, b->by) &&
	    a->role == b->role && text_same(a->from, b->from) && text_same(a->to, b->to) &&
	    a->to_at == b->to_at && a->visibility == b->visibility &&
	    a->automatic == b->automatic && a->bot == b->bot && a->seconds == b->seconds;
}

/* Messages, work and the like have instants of their own: those that are not stored yet. */
static void
take_others(struct merging *m)
{
	const struct ticket *stored = m->stored;
	const struct event *event;
	bool *used = arena_calloc(m->arena, stored->nevents + 1, sizeof(*used));
	size_t i, j, first = 0;

	for (i = 0; i < m->fresh->nevents; i++) {
		event = &m->fresh->events[i];
		while (first < stored->nevents && stored->events[first].at < event->at)
			first++;
		if (is_watched((enum event_kind)event->kind))
			continue;
		for (j = first; j < stored->nevents && stored->events[j].at == event->at; j++)
			if (!used[j] && is_same_event(&stored->events[j], event))
				break;
		if (j == stored->nevents || stored->events[j].at != event->at) {
			add(m, *event);
			continue;
		}
		used[j] = true;
		if (m->events[j].text == NULL)
			m->events[j].text = event->text; /* stored before texts were kept */
	}
}

static void
set_ends(struct ticket *ticket)
{
	size_t i;

	ticket->resolved = ticket->closed = INSTANT_NONE;
	for (i = 0; i < ticket->nevents; i++) {
		if (ticket->events[i].kind == EVENT_RESOLVED && state_is_ended(ticket->state))
			ticket->resolved = ticket->events[i].at;
		if (ticket->events[i].kind == EVENT_CLOSED && ticket->state == STATE_CLOSED)
			ticket->closed = ticket->events[i].at;
	}
}

static const char *
newer(const char *fresh, const char *stored)
{
	return fresh != NULL ? fresh : stored;
}

/* Nobody is a value of owner and team, so that the row has to have shown it. */
static void
merge_facts(struct ticket *ticket, const struct merging *m)
{
	const struct ticket *stored = m->stored, *fresh = m->fresh;

	*ticket = *fresh;
#define FACT(member) ticket->member = newer(fresh->member, stored->member)
	FACT(title);
	FACT(client);
	FACT(contact);
	FACT(type);
	FACT(agreement);
	FACT(board);
	FACT(site);
	FACT(severity);
	FACT(impact);
	FACT(parent);
	FACT(merged_into);
#undef FACT
	if (m->tonight->known[WATCH_OWNER] == INSTANT_NONE)
		ticket->owner = stored->owner;
	if (m->tonight->known[WATCH_TEAM] == INSTANT_NONE)
		ticket->team = stored->team;
	if (fresh->ncategory == 0) {
		ticket->category = stored->category;
		ticket->ncategory = stored->ncategory;
	}
	if (fresh->nassignees == 0) {
		ticket->assignees = stored->assignees;
		ticket->nassignees = stored->nassignees;
	}
	if (ticket->priority == PRIORITY_NONE)
		ticket->priority = stored->priority;
	if (ticket->channel == CHANNEL_NONE)
		ticket->channel = stored->channel;
	if (ticket->state == STATE_NONE)
		ticket->state = stored->state;
	ticket->opened = stored->opened;
	ticket->has |= stored->has;
}

static void
begin(struct merging *m, size_t room)
{
	m->events = arena_alloc(m->arena, room * sizeof(*m->events));
	m->nevents = m->stored->nevents;
	if (m->nevents > 0)
		memcpy(m->events, m->stored->events, m->nevents * sizeof(*m->events));
}

static void
finish(struct merging *m, struct ticket *ticket)
{
	ticket->events = m->events;
	ticket->nevents = m->nevents;
	events_sort(ticket->events, ticket->nevents);
}

struct ticket *
merge_tickets(struct arena *arena, const struct ticket *stored, struct showing *showing,
    const struct ticket *fresh, const struct showing *tonight)
{
	struct merging m = {.arena = arena,
	    .stored = stored,
	    .fresh = fresh,
	    .tonight = tonight,
	    .state = stored->state};
	struct ticket *ticket = arena_alloc(arena, sizeof(*ticket));
	int watch;

	/* An event may bring one in front of it, and a mark behind it. */
	begin(&m, stored->nevents + 3 * fresh->nevents + 2 * WATCHES);
	for (watch = 0; watch < WATCHES; watch++)
		watch_one(&m, showing, (enum watch)watch);
	take_others(&m);
	merge_facts(ticket, &m);
	finish(&m, ticket);
	set_ends(ticket);
	merge_psa(arena, stored, fresh, ticket);
	showing->at = tonight->at;
	showing->seen = tonight->seen > showing->seen ? tonight->seen : showing->seen;
	return ticket;
}

struct ticket *
merge_first(struct arena *arena, const struct ticket *fresh, const struct showing *tonight)
{
	struct merging m = {.arena = arena, .stored = fresh, .fresh = fresh, .tonight = tonight};
	struct ticket *ticket = arena_alloc(arena, sizeof(*ticket));
	struct current c;
	bool told;
	size_t i;
	int metric;

	*ticket = *fresh;
	begin(&m, fresh->nevents + METRICS);
	for (metric = 1; metric < METRICS; metric++) {
		for (told = false, i = 0; i < fresh->nevents; i++)
			told |=
			    fresh->events[i].kind == EVENT_DUE && fresh->events[i].metric == metric;
		c = (struct current){
		    .m = &m, .watch = (enum watch)(WATCH_DUE + metric), .known = INSTANT_NONE};
		if (!told)
			settle(&c);
	}
	finish(&m, ticket);
	return ticket;
}
