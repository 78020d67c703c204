/* effort.h: how much was done, how much of it again, and by how many people */
/* Rank: sla. */
#ifndef SLA_SLA_EFFORT_H
#define SLA_SLA_EFFORT_H

#include "sla/clock.h"
#include "sla/ledger.h"

/* touches -1: not known, seconds then too. */
struct effort {
	int64_t seconds; /* of work entries */
	int64_t touches; /* acts: event_is_act() */
};

/*
 * DESIGN section 6, rework: effort after the first resolved, after the first return, after the
 * breach of the resolve clock; `any` after the first of them, so that nothing counts twice. Nothing
 * is known without evidence work; nor after a return without owner and team, nor after a resolved without
 * status, nor after a breach without a resolve clock.
 */
struct rework {
	bool known; /* evidence work */
	struct effort all, resolved, returned, breached, any;
};

/*
 * How far the acts lie in few hands. Acts without a name are left out; known false: there is
 * no act with a name. Entropy is that of the acts over the people, H / log n for n people, per
 * mille: 1000 where all did the same, 0 where one did everything.
 */
struct concentration {
	bool known;
	int64_t people, acts;
	const char *top;  /* who did most; the earlier of equals */
	int64_t top_acts; /* his */
	int64_t share;    /* top_acts of acts, per mille */
	int64_t entropy;
};

void rework_build(struct rework *rework, const struct timeline *timeline,
    const struct ledger *ledger, const struct clock *resolve);
void concentration_build(
    struct concentration *concentration, const struct timeline *timeline, struct arena *arena);

#endif
