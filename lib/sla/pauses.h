/* pauses.h: the times a ticket was put aside, and states it went back to */
/* Rank: sla. */
#ifndef SLA_SLA_PAUSES_H
#define SLA_SLA_PAUSES_H

#include "sla/timeline.h"

#include <stdbool.h>
#include <stdint.h>

/* A stretch [from, to) in one waiting state. */
struct pause_span {
	int64_t from, to;
	/* It began after the one and lasted until the other at least: `from` and `to`, unless inferred. */
	int64_t after, sure;
	bool open;        /* still so at the as-of instant */
	enum state state; /* waiting_client, waiting_vendor, on_hold, scheduled */
	/* The latest public message to the client not after `from`; INSTANT_NONE. */
	int64_t asked_at;
	/* The first message of the client after `from`, not after `to`; INSTANT_NONE. */
	int64_t reply_at;
};

/* Seconds before a wait for the client in which it must have been asked, unless the policy says. */
#define QUESTION_WITHIN INT64_C(3600)

/* In order; the list lives in the arena. */
struct pauses {
	struct pause_span *list;
	size_t count;
};

/* Back, less than a day later, to a state that was left, with no progress between (DESIGN section 6). */
struct flip {
	int64_t left, back; /* left: at the earliest */
	enum state state;
};

/* In order of `back`; the list lives in the arena. */
struct flips {
	struct flip *list;
	size_t count;
};

void pauses_find(struct pauses *pauses, const struct timeline *timeline, struct arena *arena);
/* Whether the client was, or may have been, written to in `limit` seconds before it began. */
bool pause_was_asked(const struct pause_span *pause, int64_t limit);
void flips_find(struct flips *flips, const struct timeline *timeline, struct arena *arena);

#endif
