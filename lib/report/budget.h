/* budget.h: how many misses a period may have, what of it is used, and when it will be used up */
/* Rank: report. */
#ifndef SLA_REPORT_BUDGET_H
#define SLA_REPORT_BUDGET_H

#include "policy/policy.h"
#include "report/count/group.h"
#include "report/window.h"

/* The times that clocks of a budget are counted in; they overlap. */
enum budget_span {
	SPAN_NONE,
	SPAN_PERIOD, /* the budget's own, as far as it is told */
	SPAN_SHORT,  /* the last 7 days of what is told */
	SPAN_LONG,   /* the last 28 */
	BUDGET_SPANS
};

#define BUDGET_SHORT (INT64_C(7) * SECONDS_PER_DAY)
#define BUDGET_LONG  (INT64_C(28) * SECONDS_PER_DAY)
#define BUDGET_DAYS  366 /* a period has no more */

/* A budget of the policy, and the period of it that is told. */
struct term {
	struct budget budget;
	const struct zone *zone;
	uint32_t period; /* period_at() */
	int64_t start, end;
	int64_t first_day;                 /* of the period, counted from 1970-01-01 */
	struct window spans[BUDGET_SPANS]; /* from SPAN_PERIOD on */
};

/*
 * Sets all of *term but the budget: the period is the one that holds `last`, the last instant that
 * is told, which must be in range. The zone must outlive the term.
 */
void term_set(struct term *term, const struct zone *zone, int64_t last);

/* The day of the term's period that holds an instant of it, from 1; and when such a day begins. */
uint32_t term_day(const struct term *term, int64_t instant);
int64_t term_day_start(const struct term *term, uint32_t day);

/*
 * A budget as the SRE workbook has it: a share of the clocks that are decided in a period. How many
 * that will be is not known before its end, and estimated: those so far, and for the time left as
 * many as the pace of SPAN_LONG makes. All is rounded down.
 */
struct outcome {
	int64_t decided, breached, unknown; /* in the period, so far */
	int64_t allowed;                    /* misses, of those decided */
	int64_t expected;                   /* misses allowed by the period's end: estimated */
	int64_t used_up_at; /* when more are missed than `expected`, at the pace of SPAN_LONG;
			     * INSTANT_NONE: not in this period, or they are already */
};

/* groups: by enum budget_span, NULL where nothing was counted. */
void budget_outcome(struct outcome *outcome, const struct term *term,
    const struct group *const groups[BUDGET_SPANS]);

int64_t budget_decided(const struct group *group);

/*
 * The share missed of the clocks decided, by the share allowed, per thousand: 1000 is exactly as
 * much as is allowed. -1 where nothing is decided, or nothing allowed.
 */
int64_t budget_burn(const struct group *group, const struct budget *budget);

#endif
