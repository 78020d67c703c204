/* window.c: the time that a report is asked for, and the time before it */
#include "report/window.h"

#include <string.h>

#include "base/num.h"

bool
window_holds(const struct window *window, int64_t instant)
{
	return (window->since == INSTANT_NONE || instant >= window->since) &&
	    (window->until == INSTANT_NONE || instant < window->until);
}

struct window
window_before(const struct window *window, enum period period, const struct zone *zone)
{
	uint32_t first = period_at(period, zone, window->since);
	uint32_t last = period_at(period, zone, window->until);
	int64_t length = window->until - window->since;

	if (period_start(period, zone, first) == window->since &&
	    period_start(period, zone, last) == window->until)
		return (struct window){
		    period_start(period, zone, first - (last - first)), window->since};
	return (struct window){window->since - length, window->since};
}

/* "2026-03-01" to its three numbers. */
static bool
parse_date(struct slice text, int64_t numbers[3])
{
	if (text.n != 10 || text.p[4] != '-' || text.p[7] != '-' || memchr(text.p, '-', 4) != NULL)
		return false;
	return num_i64((struct slice){text.p, 4}, &numbers[0]) &&
	    num_i64((struct slice){text.p + 5, 2}, &numbers[1]) &&
	    num_i64((struct slice){text.p + 8, 2}, &numbers[2]);
}

bool
window_bound(const char *text, const struct zone *zone, int64_t *instant)
{
	int64_t n[3], start;

	if (instant_parse(slice_z(text), instant))
		return true;
	if (!parse_date(slice_z(text), n) || !instant_date_valid((int)n[0], (int)n[1], (int)n[2]))
		return false;
	start = zone_day_start(zone, instant_days((int)n[0], (int)n[1], (int)n[2]));
	if (!instant_in_range(start))
		return false;
	*instant = start;
	return true;
}
