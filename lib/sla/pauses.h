/* pauses.h: the times a ticket was put aside, and states it went back to */
/* Rank: sla. */
#ifndef SLA_SLA_PAUSES_H
#define SLA_SLA_PAUSES_H

#include "sla/clock.h"
#include "sla/timeline.h"

#include <stdbool.h>
#include <stdint.h>

/* A stretch [from, to) in one waiting state. */
struct pause_span {
	int64_t from, to;
	bool open;        /* still so at the as-of instant */
	enum state state; /* waiting_client, waiting_vendor, on_hold, scheduled */
	int asked; /* a public message to the client in the hour before: 1, 0, -1 not known */
	int64_t asked_at; /* the latest such message; INSTANT_NONE */
	int64_t reply_at; /* the first message of the client since it began; INSTANT_NONE */
	int legitimate; /* DESIGN section 6: asked, and no reply yet at `to`: 1, 0, -1 not known */
	int64_t budget_used; /* of the resolve clock when it began, per mille; -1 no target */
	const char *by;      /* who set the state; NULL: not known */
};

/* Back, less than a day later, to a state that was left, with no progress between. */
struct flip {
	int64_t left, back;
	enum state state;
};

/* In order; live in the arena. */
struct pauses {
	struct pause_span *list;
	size_t count;
	struct flip *flips;
	size_t nflips;
};

void pauses_build(struct pauses *pauses, const struct timeline *timeline,
    const struct clock *resolve, struct arena *arena);

#endif
