/* stall.h: whether work has come to rest, since when, and who can move it */
/* Rank: sla. */
#ifndef SLA_SLA_STALL_H
#define SLA_SLA_STALL_H

#include "base/arena.h"
#include "sla/ledger.h"
#include "sla/stall_table.h"
#include "time/calendar.h"

#include <stdbool.h>

/*
 * DESIGN section 6, where nothing was learned: working seconds without progress that may pass
 * from an instant on: P1 1h, P2 4h, all others 2 business days of the calendar.
 */
int64_t stall_default_threshold(enum priority priority, struct calendar *calendar, int64_t since);

/* A public message so many seconds before the state waiting_client began is its question. */
#define STALL_ASKED_WITHIN INT64_C(3600)

/* Why time without progress does not count just now. */
enum stall_hold {
	HOLD_NONE,
	HOLD_CLIENT,  /* waiting_client with an open question */
	HOLD_SCHEDULE /* before a planned instant, or planned for one that is not recorded */
};

/* Whose move it is. */
enum mover {
	MOVER_UNKNOWN, /* the owner is not known */
	MOVER_OWNER,
	MOVER_TEAM, /* no owner, or one who is away or has left */
	MOVER_CLIENT,
	MOVER_NOBODY /* no owner and no team: whoever dispatches */
};

/* Durations are working seconds of the ticket's calendar; INSTANT_NONE where unknown. */
struct stall {
	bool known;     /* the ticket is open, and the source records what progress is */
	int64_t rested; /* since the latest progress, holds left out */
	struct stall_threshold threshold;
	int64_t expected; /* when the rest reaches, or reached, the threshold; none while held */
	int64_t since;    /* the same where it has passed it: stalled; else none */
	enum stall_hold hold;
	enum mover mover;
	const char *who; /* NULL: no name is known */
};

/*
 * Working time since the latest progress (sla/progress.h), the opening or a reopening, not while
 * the state is waiting_client and the question is open, nor before a planned instant.
 *
 * The question is open from a public message to the client in the hour before the state began, or
 * later, until a message of the client; where the source records no messages it is open as long as
 * the state lasts. table NULL: nothing was learned. Texts point into the timeline.
 */
void stall_find(struct stall *stall, const struct timeline *timeline, const struct ledger *ledger,
    const struct policy *policy, const struct stall_table *table, struct arena *arena);

/*
 * The first instant of a ticket's past at which a rest passed the threshold of the state, priority
 * and team that it had then; INSTANT_NONE where none did, and without evidence of progress.
 */
int64_t stall_first(const struct timeline *timeline, const struct ledger *ledger,
    const struct stall_table *table, struct arena *arena);

/* One rest that ended with progress. */
struct dwell {
	int64_t ended;
	int64_t rested; /* as above */
	enum state state;
	enum priority priority; /* these three just before it ended */
	const char *team;
};

/*
 * The completed rests of a ticket, in order; *dwells lives in arena. One that was held all the
 * time is none, and so are those of a source that does not record what progress is.
 */
size_t dwells_find(struct dwell **dwells, const struct timeline *timeline,
    const struct ledger *ledger, struct arena *arena);

/* Whether the source records anything that counts as progress: status, work or public messages. */
bool stall_has_evidence(const struct ticket *ticket);

const char *stall_hold_word(enum stall_hold hold); /* NULL for HOLD_NONE */
const char *mover_word(enum mover mover);          /* NULL for MOVER_UNKNOWN */

#endif
