/* window.h: from when to when each metric's clock is wanted */
/* Rank: sla. */
#ifndef SLA_SLA_WINDOW_H
#define SLA_SLA_WINDOW_H

#include "base/arena.h"
#include "policy/policy.h"
#include "sla/timeline.h"

/* One wait of the client, or one stay in a team. A ticket's end stops it besides. */
struct window {
	int64_t from;
	int64_t to; /* INSTANT_NONE: not yet, or only by the ticket's end */
	int64_t
	    after; /* where the stop is inferred: it was not before this instant; else INSTANT_NONE */
};

struct windows {
	struct window *list; /* in order; they may be empty, never overlap */
	size_t count;
};

/*
 * The windows of a metric as of the timeline's instant (DESIGN §5):
 *
 *   pickup          opening -> first owner
 *   first_response  opening -> first answer of the grade that the convention asks for
 *   plan            opening -> first time that work is planned: state scheduled, or a `scheduled` event
 *   resolve         opening -> only the ticket's end
 *   next_response   each oldest unanswered message of the client -> the next public one of an agent
 *   update          opening -> the first message that restarts it, and from each to the next
 *   team            entering a team -> leaving it
 *
 * None: the clock has not started (no client has written, no team is known).
 */
void windows_find(struct windows *windows, const struct timeline *timeline, enum metric metric,
    const struct conventions *conventions, struct arena *arena);

/* Whether the source can record what stops the metric. */
bool windows_have_evidence(
    const struct timeline *timeline, enum metric metric, const struct conventions *conventions);

#endif
