/* response.h: how well an event answers the client */
/* Rank: sla. */
#ifndef SLA_SLA_RESPONSE_H
#define SLA_SLA_RESPONSE_H

#include "data/ticket.h"
#include "policy/policy.h"

/* How well an event answers the client: DESIGN §5's scale. */
enum response response_grade(const struct event *event);

#endif
