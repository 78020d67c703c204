/* explain.h: one ticket's clocks as a story */
/* Rank: risk. */
#ifndef SLA_RISK_EXPLAIN_H
#define SLA_RISK_EXPLAIN_H

#include "base/buf.h"
#include "sla/analysis.h"

/*
 * Appends, for people, when each clock of the ticket ran, stood and stopped, why,
 * and the sums; at the end what the PSA says of it. Text of the ticket is made safe for
 * a terminal; utf8: it shows UTF-8.
 */
void
explain_clocks(struct buf *out, const struct analysis *analysis, struct arena *arena, bool utf8);

#endif
