/* handoff.h: the part of the ledger that tells of changes of the holder */
/* Rank: sla. */
#ifndef SLA_SLA_HANDOFF_H
#define SLA_SLA_HANDOFF_H

#include "sla/ledger.h"

/*
 * Fills in ledger->handoffs. The holder is the owner, or the team where there is
 * no owner; gaps are skipped: to drop an owner back into his team's queue is a gap,
 * and so is the queue of a team until one of its people picks the ticket up. The
 * changes of one instant are one handoff; the first holder is no handoff.
 */
void handoffs_build(struct ledger *ledger, const struct timeline *timeline,
    const struct policy *policy, const struct clock *resolve, struct arena *arena);

/*
 * Lists the changes by owner and by team, over every event, counts them and the returns
 * among them, and marks the handoffs that are returns. Direct: A B A; indirect: A ... A.
 */
void returns_build(struct ledger *ledger, const struct timeline *timeline, struct arena *arena);

#endif
