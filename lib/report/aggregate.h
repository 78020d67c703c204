/* aggregate.h: the numbers behind a report: counts and histograms by key */
/* Rank: report. */
#ifndef SLA_REPORT_AGGREGATE_H
#define SLA_REPORT_AGGREGATE_H

#include "base/intern.h"
#include "report/report.h"
#include "report/worklist.h"
#include "stat/histogram.h"

/* Of each clock: its states, and of those breached the ones that still run. */
#define CLOCK_COUNTS  (CLOCK_UNKNOWN + 2)
#define CLOCK_OVERDUE (CLOCK_UNKNOWN + 1)

/* Whether the PSA's verdict and ours are the same. */
enum verdict { VERDICT_AGREES, VERDICT_DIFFERS, VERDICT_NONE, VERDICTS };

enum count {
#define COUNT(id, name) COUNT_##id,
#include "report/measures.def"
#undef COUNT
	COUNT_CLOCKS,
	COUNT_VERDICTS = COUNT_CLOCKS + METRICS * CLOCK_COUNTS,
	COUNTS = COUNT_VERDICTS + METRICS * VERDICTS
};

enum spread {
#define SPREAD(id, name) SPREAD_##id,
#include "report/measures.def"
#undef SPREAD
	SPREADS
};

/*
 * What is known of all tickets, of a priority, an owner, a team or a rule: nothing but numbers that
 * add up, so that groups of one key merge in any order.
 */
struct group {
	int64_t counts[COUNTS]; /* >= 0; stay at INT64_MAX where they would pass it */
	struct histogram spreads[SPREADS];
	int64_t held; /* of the ticket at hand, until it is flushed; -1 none */
};

/* Groups by name; the first two stand for nobody and for what is not known (enum known). */
struct groups {
	struct intern names;
	struct group *list;
	size_t count, cap;
	size_t *touched; /* groups whose `held` is pending */
	size_t ntouched, touched_cap;
};

struct report {
	struct report_options options;
	struct group all;
	struct group priorities[PRIORITIES];
	struct groups owners, teams, rules;
	struct intern policies; /* hashes that the records carry */
	bool without_policy;    /* some record carries none */
	struct worklist worklist;
	int64_t later, refused;
};

int64_t clock_count(const struct group *group, enum metric metric, int state);
int64_t verdict_count(const struct group *group, enum metric metric, enum verdict verdict);

/* The name of a group by its place in the list; NULL for the first two. */
const char *group_name(const struct groups *groups, size_t index);

#endif
