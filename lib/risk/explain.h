/* explain.h: one ticket's clocks as a story */
/* Rank: risk. */
#ifndef SLA_RISK_EXPLAIN_H
#define SLA_RISK_EXPLAIN_H

#include "base/buf.h"
#include "risk/habits.h"

/*
 * Appends, for people, when each clock of the ticket ran, stood and stopped, why,
 * and the sums, what the PSA says of it, and how likely it is to be missed by the pace rule; at the end
 * where work has come to rest and when it will be done, by what the habits tell. Text of the ticket is made safe for
 * a terminal; utf8: it shows UTF-8.
 */
void explain_clocks(struct buf *out, const struct analysis *analysis, const struct habits *habits,
    struct arena *arena, bool utf8);

#endif
