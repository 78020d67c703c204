/* calendar_rules.h: a calendar's rules in the form that is quick to ask, inside lib/time */
/* Rank: time. */
#ifndef SLA_TIME_CALENDAR_RULES_H
#define SLA_TIME_CALENDAR_RULES_H

#include "time/calendar.h"

/* A working segment in UTC, and the working seconds before it since the first segment. */
struct segment {
	int64_t start, end, before;
};

/* Zero-initialise; freed with mem_free(segment). */
struct segments {
	struct segment *segment;
	size_t n, cap;
};

struct rules;

/* As calendar_new() and calendar_free(). */
struct rules *rules_new(const struct calendar_rules *rules, char why[CALENDAR_WHY]);
void rules_free(struct rules *rules);
/* A copy in that zone, without holidays and exceptions unless `specials`. */
struct rules *rules_copy(const struct rules *from, const struct zone *zone, bool specials);

const struct zone *rules_zone(const struct rules *rules);
/* Whether all time is working time, on every date. */
bool rules_always(const struct rules *rules);

/*
 * Fills segments, whatever was in it, with the working time of the civil days first..last
 * (counted from 1970-01-01): sorted, disjoint, not touching, with running sums.
 */
void
rules_compile(const struct rules *rules, int64_t first, int64_t last, struct segments *segments);

#endif
