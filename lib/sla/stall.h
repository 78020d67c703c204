/* stall.h: how long work may rest before it has stalled */
/* Rank: sla. */
#ifndef SLA_SLA_STALL_H
#define SLA_SLA_STALL_H

#include "data/ticket.h"
#include "time/calendar.h"

/*
 * DESIGN section 6, where nothing was learned: working seconds without progress that may pass
 * from an instant on: P1 1h, P2 4h, all others 2 business days of the calendar.
 */
int64_t stall_default_threshold(enum priority priority, struct calendar *calendar, int64_t since);

#endif
