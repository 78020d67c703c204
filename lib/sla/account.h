/* account.h: what the ownership record and the rules read beyond the ledger */
/* Rank: sla. */
#ifndef SLA_SLA_ACCOUNT_H
#define SLA_SLA_ACCOUNT_H

#include "sla/attribution.h"
#include "sla/communication.h"
#include "sla/effort.h"
#include "sla/escalation.h"

/* Zero: nothing is known. Lives in the arena it was built in. */
struct account {
	struct dialogue dialogue;
	struct communication communication;
	struct concentration concentration;
	struct rework rework;
	struct attribution attribution;
	struct escalation escalation;
};

/* resolve: that clock, CLOCK_NONE where nothing was promised. */
void
account_build(struct account *account, const struct timeline *timeline, const struct policy *policy,
    const struct ledger *ledger, const struct clock *resolve, struct arena *arena);

#endif
