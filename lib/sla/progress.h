/* progress.h: when the work last moved, as against when something last happened */
/* Rank: sla. */
#ifndef SLA_SLA_PROGRESS_H
#define SLA_SLA_PROGRESS_H

#include "sla/timeline.h"

/*
 * DESIGN §6: progress is work; a public human message of an agent; a status change
 * to a state that this ticket has not been in since its last reopening; resolved.
 * A note, a reassignment, a flip of the priority or an automatic mail is none.
 */
struct progress {
	int64_t last; /* the instant of the latest progress; the opening where there was none */
	bool any;     /* there was some */
	int64_t last_activity; /* of any event but the opening; the opening where there was none */
};

/*
 * Whether an event is progress, the events taken in order. *visited, 0 at first, keeps the
 * states since the last reopening.
 */
bool progress_step(const struct event *event, unsigned *visited);

void progress_find(struct progress *progress, const struct timeline *timeline);

#endif
