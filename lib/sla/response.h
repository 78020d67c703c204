/* response.h: what ends the pickup and first_response clocks, and how a client was answered */
/* Rank: sla. */
#ifndef SLA_SLA_RESPONSE_H
#define SLA_SLA_RESPONSE_H

#include "policy/policy.h"
#include "sla/timeline.h"

/* When a clock stops. */
struct stop {
	int64_t at;    /* INSTANT_NONE: not yet, or not this way (resolve) */
	int64_t after; /* where inferred: not before this instant; else INSTANT_NONE */
};

/* How well an event answers the client: DESIGN §5's scale. */
enum response response_grade(const struct event *event);

/*
 * When the metric's clock stopped as of the timeline's instant. False for a
 * metric that this version does not replay.
 */
bool stop_find(
    const struct timeline *timeline, enum metric metric, enum response least, struct stop *stop);

/* Whether the source can record what stops the metric. */
bool stop_has_evidence(const struct timeline *timeline, enum metric metric, enum response least);

#endif
