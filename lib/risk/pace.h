/* pace.h: the documented rule that gives a probability where there is no model */
/* Rank: risk. */
#ifndef SLA_RISK_PACE_H
#define SLA_RISK_PACE_H

#include "base/arena.h"
#include "sla/analysis.h"
#include "sla/risk_record.h"

/*
 * The pace rule, sla-risk(1): for a clock that runs or is paused,
 *
 *   p = 1 / (1 + exp(-x)),
 *   x = -3 + 4.5 used + 0.7 [nobody accountable now] + 0.3 min(handoffs, 4)
 *       + 0.8 idle - 0.5 [paused]
 *
 * with used the share of the target that is used, and idle the working time since
 * the last progress as a share of the target, at most 1. It is a rule of thumb: it
 * orders tickets, it was not calibrated on anybody's data. Fills in the outlook of each such clock
 * of risk, with at most RISK_REASONS reasons, the weightiest first; texts live in arena.
 */
void pace_judge(struct risk *risk, const struct analysis *analysis, struct arena *arena);

/* "nothing has moved for …", with what is usual where that was learned; idle: working seconds. */
const char *idle_reason(const struct stall *stall, int64_t idle, struct arena *arena);

#endif
