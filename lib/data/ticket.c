/* ticket.c: a ticket with its whole history, as sla-stream(5) has it */
#include "data/ticket.h"

#include <stdlib.h>
#include <string.h>

#define ROW(id, word) {word, sizeof(word) - 1},

static const struct slice event_kinds[] = {{NULL, 0},
#define EVENT_KIND ROW
#include "data/ticket.def"
#undef EVENT_KIND
    {NULL, 0}};

static const struct slice states[] = {{NULL, 0},
#define STATE ROW
#include "data/ticket.def"
#undef STATE
    {NULL, 0}};

static const struct slice evidences[] = {{NULL, 0},
#define EVIDENCE ROW
#include "data/ticket.def"
#undef EVIDENCE
    {NULL, 0}};

static const struct slice metrics[] = {{NULL, 0},
#define METRIC ROW
#include "data/ticket.def"
#undef METRIC
    {NULL, 0}};

static const struct slice roles[] = {{NULL, 0},
#define ROLE ROW
#include "data/ticket.def"
#undef ROLE
    {NULL, 0}};

static const struct slice priorities[] = {{NULL, 0},
#define PRIORITY ROW
#include "data/ticket.def"
#undef PRIORITY
    {NULL, 0}};

static const struct slice channels[] = {{NULL, 0},
#define CHANNEL ROW
#include "data/ticket.def"
#undef CHANNEL
    {NULL, 0}};

static const struct slice *const vocabularies[] = {
    [WORDS_EVENT_KIND] = event_kinds,
    [WORDS_STATE] = states,
    [WORDS_EVIDENCE] = evidences,
    [WORDS_METRIC] = metrics,
    [WORDS_ROLE] = roles,
    [WORDS_PRIORITY] = priorities,
    [WORDS_CHANNEL] = channels,
};

const char *
word_of(enum vocabulary vocabulary, int value)
{
	return vocabularies[vocabulary][value].p;
}

int
word_value(enum vocabulary vocabulary, struct slice word)
{
	const struct slice *words = vocabularies[vocabulary];
	int i;

	for (i = 1; words[i].p != NULL; i++)
		if (words[i].n == word.n && words[i].p[0] == word.p[0] && slice_eq(words[i], word))
			return i;
	return 0;
}

bool
ticket_has(const struct ticket *ticket, enum evidence evidence)
{
	return (ticket->has >> evidence & 1) != 0;
}

enum event_kind
state_mark(enum state from, enum state to)
{
	if (to == STATE_CLOSED)
		return from != STATE_CLOSED ? EVENT_CLOSED : EVENT_NONE;
	if (to == STATE_RESOLVED)
		return state_is_ended(from) ? EVENT_NONE : EVENT_RESOLVED;
	return state_is_ended(from) && !state_is_ended(to) ? EVENT_REOPENED : EVENT_NONE;
}

bool
state_is_ended(enum state state)
{
	return state == STATE_RESOLVED || state == STATE_CLOSED || state == STATE_CANCELLED;
}

bool
state_is_waiting(enum state state)
{
	return state == STATE_WAITING_CLIENT || state == STATE_WAITING_VENDOR ||
	    state == STATE_ON_HOLD || state == STATE_SCHEDULED;
}

static int
event_order(const void *left, const void *right)
{
	const struct event *a = left, *b = right;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->seq > b->seq) - (a->seq < b->seq);
}

/* Most streams come in order: look before sorting. */
void
events_sort(struct event *events, size_t nevents)
{
	size_t i;

	for (i = 1; i < nevents; i++)
		if (event_order(&events[i - 1], &events[i]) > 0) {
			qsort(events, nevents, sizeof(*events), event_order);
			return;
		}
}
