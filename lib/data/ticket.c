/* ticket.c: a ticket with its whole history, as sla-stream(5) has it */
#include "data/ticket.h"

#include <stdlib.h>
#include <string.h>

#define ROW(id, word) word,

static const char *const event_kinds[] = {NULL,
#define EVENT_KIND ROW
#include "data/ticket.def"
#undef EVENT_KIND
    NULL};

static const char *const states[] = {NULL,
#define STATE ROW
#include "data/ticket.def"
#undef STATE
    NULL};

static const char *const evidences[] = {NULL,
#define EVIDENCE ROW
#include "data/ticket.def"
#undef EVIDENCE
    NULL};

static const char *const metrics[] = {NULL,
#define METRIC ROW
#include "data/ticket.def"
#undef METRIC
    NULL};

static const char *const roles[] = {NULL,
#define ROLE ROW
#include "data/ticket.def"
#undef ROLE
    NULL};

static const char *const priorities[] = {NULL,
#define PRIORITY ROW
#include "data/ticket.def"
#undef PRIORITY
    NULL};

static const char *const channels[] = {NULL,
#define CHANNEL ROW
#include "data/ticket.def"
#undef CHANNEL
    NULL};

static const char *const *const vocabularies[] = {
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
	return vocabularies[vocabulary][value];
}

int
word_value(enum vocabulary vocabulary, struct slice word)
{
	const char *const *words = vocabularies[vocabulary];
	int i;

	for (i = 1; words[i] != NULL; i++)
		if (word.n > 0 && words[i][0] == word.p[0] &&
		    strncmp(words[i], word.p, word.n) == 0 && words[i][word.n] == '\0')
			return i;
	return 0;
}

bool
ticket_has(const struct ticket *ticket, enum evidence evidence)
{
	return (ticket->has >> evidence & 1) != 0;
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
