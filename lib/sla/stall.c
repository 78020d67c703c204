/* stall.c: how long work may rest before it has stalled */
#include "sla/stall.h"

#include "time/instant.h"

#define STALL_DAYS 2

int64_t
stall_default_threshold(enum priority priority, struct calendar *calendar, int64_t since)
{
	int64_t until;

	if (priority == PRIORITY_P1)
		return 3600;
	if (priority == PRIORITY_P2)
		return INT64_C(4) * 3600;
	if (calendar_is_always(calendar))
		return STALL_DAYS * INT64_C(86400);
	until = calendar_add_days(calendar, since, STALL_DAYS, CALENDAR_SAME_TIME);
	return until != INSTANT_NONE ? calendar_between(calendar, since, until) : INT64_MAX;
}
