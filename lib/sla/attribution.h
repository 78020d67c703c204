/* attribution.h: where the time of a ticket that was promised something went */
/* Rank: sla. */
#ifndef SLA_SLA_ATTRIBUTION_H
#define SLA_SLA_ATTRIBUTION_H

#include "sla/clock.h"
#include "sla/ledger.h"

/*
 * Where a second of life went: the first of these that holds. They add up to the life.
 * After hours is what the calendar of the resolve target does not count; all others are
 * working seconds.
 */
enum whereabouts {
	WENT_AFTER_HOURS,
	WENT_WAITING_CLIENT, /* by the state */
	WENT_WAITING_VENDOR, /* by the state */
	WENT_ON_HOLD,        /* by the state: on_hold, scheduled */
	WENT_UNKNOWN,        /* before the first evidence of an owner */
	WENT_NOBODY,         /* no owner and no team, or an owner who has left or is away */
	WENT_QUEUE,          /* a team, no owner */
	WENT_NOT_ACCEPTED,   /* between a handoff and its acceptance or loss */
	WENT_STALLED,        /* more than the stall threshold after the latest progress */
	WENT_WORKED,
	WHEREABOUTS
};

struct attribution {
	bool known;            /* there is a resolve clock: nothing was promised without one */
	bool acceptance_known; /* without evidence actor not_accepted is null: it is elsewhere */
	int64_t seconds[WHEREABOUTS];
};

void attribution_build(struct attribution *attribution, const struct timeline *timeline,
    const struct ledger *ledger, const struct clock *resolve);

const char *whereabouts_word(enum whereabouts whereabouts);

#endif
