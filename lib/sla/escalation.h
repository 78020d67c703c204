/* escalation.h: when a ticket was first raised, and how late that was */
/* Rank: sla. */
#ifndef SLA_SLA_ESCALATION_H
#define SLA_SLA_ESCALATION_H

#include "sla/clock.h"
#include "sla/ledger.h"

/* Of one instant the first of these. */
enum escalation_how {
	ESCALATION_NONE,
	ESCALATION_EVENT,   /* an event `escalated` */
	ESCALATION_HANDOFF, /* a handoff to a higher tier */
	ESCALATION_PRIORITY /* the priority was raised from a known one */
};

struct escalation {
	enum escalation_how how; /* NONE: never so far */
	int64_t at;              /* INSTANT_NONE */
	/* Of the resolve clock just before, at least, as of a handoff; per mille; -1 no target. */
	int64_t budget_used;
};

void escalation_find(struct escalation *escalation, const struct timeline *timeline,
    const struct ledger *ledger, const struct clock *resolve);

/* "event", "handoff", "priority"; NULL for NONE. */
const char *escalation_word(enum escalation_how how);

#endif
