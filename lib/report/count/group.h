/* group.h: counts and histograms by key, which add up and so merge in any order */
/* Rank: report. */
#ifndef SLA_REPORT_COUNT_GROUP_H
#define SLA_REPORT_COUNT_GROUP_H

#include "base/intern.h"
#include "data/ticket.h"
#include "policy/policy.h"
#include "sla/attribution.h"
#include "sla/conformance.h"
#include "stat/histogram.h"

#include <stdint.h>

/* Of each clock: its states, and of those breached the ones that still run. */
#define CLOCK_COUNTS  (CLOCK_UNKNOWN + 2)
#define CLOCK_OVERDUE (CLOCK_UNKNOWN + 1)

/* Whether the PSA's verdict and ours are the same. */
enum verdict { VERDICT_AGREES, VERDICT_DIFFERS, VERDICT_NONE, VERDICTS };

/* Which effort: all of it, and what of it was spent again, see sla/effort.h. */
enum effort_kind {
	EFFORT_ALL,
	EFFORT_RESOLVED,
	EFFORT_RETURNED,
	EFFORT_BREACHED,
	EFFORT_ANY,
	EFFORTS
};

#define FAMILY_BITS 32

/* Measures that are counted together, a bit each. */
enum family {
	FAMILY_CONVENTION = 1 << 30, /* clocks replayed by another set of rules */
	FAMILY_STANDING = 1 << 0,    /* as the ticket stands at the as-of instant */
	FAMILY_FLOW = 1 << 1,        /* what came and what ended */
	FAMILY_CLOCKS = 1 << 2,
	FAMILY_VERDICTS = 1 << 3,   /* of the PSA */
	FAMILY_BREACHES = 1 << 4,   /* targets missed, of all clocks */
	FAMILY_RESOLUTION = 1 << 5, /* how long tickets took */
	FAMILY_LIFE = 1 << 6,       /* the life of a ticket as a whole */
	FAMILY_HANDOFFS = 1 << 7,   /* of a ticket: goes with PASSES and ACCEPTANCE */
	FAMILY_PASSES = 1 << 8,     /* how handoffs went, of a ticket or between a pair */
	FAMILY_ACCEPTANCE = 1 << 9, /* of handoffs, or of those to a holder */
	FAMILY_HOLDER = 1 << 10,    /* what a holder, an owner or a team, had and passed on */
	FAMILY_FINDINGS = 1 << 11,
	FAMILY_ATTRIBUTION =
	    1 << 12,             /* where the time of tickets went that missed resolve, or met */
	FAMILY_TALK = 1 << 13,   /* how the client was kept informed */
	FAMILY_REWORK = 1 << 14, /* effort that was spent again */
	FAMILY_BUDGET = 1 << 15, /* the decisions of one budget's clocks */
	FAMILY_COST = 1 << 16,   /* effort and its price: seconds times cost.per_hour */
	FAMILY_CONFORMANCE = 1 << 17, /* how many tickets followed the process */
	FAMILY_CHECKS = 1 << 18,      /* what one rule of it made of them */
	FAMILY_PATHS = 1 << 19,       /* tickets that ended, by the path they took */
	FAMILY_REVIEW = 1 << 20       /* what a client's review asks beside all that */
};

enum count {
#define COUNT(family, id, name)             COUNT_##id,
#define COUNTS_OF(family, id, name, length) COUNT_##id, COUNT_##id##_END = COUNT_##id + (length)-1,
#include "report/count/measures.def"
#undef COUNT
#undef COUNTS_OF
	COUNTS
};

enum spread {
#define SPREAD(family, id, name) SPREAD_##id,
#include "report/count/measures.def"
#undef SPREAD
	SPREADS
};

struct group;

/*
 * Is told each number that enters a group. measure: enum count, or COUNTS + enum spread. Zero and
 * less, which counts as nothing, it is not told of a count.
 */
struct tap {
	void (*take)(struct tap *tap, const struct group *group, int measure, int64_t number);
};

/* The rows of measures.def: what it is called, its first place in enum count, how many it has. */
struct count_row {
	const char *name;
	int first, length;
	unsigned family;
};
struct spread_row {
	const char *name;
	unsigned family;
};

enum {
#define COUNT(family, id, name)             COUNT_ROW_##id,
#define COUNTS_OF(family, id, name, length) COUNT_ROW_##id,
#include "report/count/measures.def"
#undef COUNT
#undef COUNTS_OF
	COUNT_ROWS
};

extern const struct count_row count_rows[COUNT_ROWS];
extern const struct spread_row spread_rows[SPREADS];

/* Where the measures of some families lie in the memory of a group; -1: they are not counted. */
struct layout {
	struct tap *tap; /* NULL: nobody is told */
	int16_t counts[COUNTS], spreads[SPREADS];
	size_t ncounts, nspreads;
};

/*
 * The numbers of one key. Only those of the families that its dimension counts take memory: 8 bytes
 * a count, and 64 bytes a spread beside its histogram.
 */
struct group {
	const struct layout *layout;
	int64_t *counts; /* >= 0; stay at INT64_MAX where they would pass it */
	struct histogram *spreads;
	int64_t held; /* of the ticket at hand, until it is flushed; -1 none */
};

#define KEY_PARTS 3

/* The values of a dimension's parts; 0 where it has none. */
struct key {
	uint32_t parts[KEY_PARTS];
};

/* Groups by key, in order of first sight. Zero-initialise but for the layout; groups_free(). */
struct groups {
	struct layout layout;
	struct intern keys; /* their bytes */
	struct key
	    latest; /* that was asked for, and its group: a ticket asks for one again and again */
	size_t latest_at;
	struct arena arena;
	struct group *list;
	size_t count, cap;
	size_t *touched; /* groups whose `held` is pending */
	size_t ntouched, touched_cap;
};

/* The layout for a set of families. */
void layout_of(struct layout *layout, unsigned families);

/* Adds all that `from` counts, a group of the same layout. */
void group_merge(struct group *group, const struct group *from);

/* The group of a key, made where there is none. It may move: not valid beyond the next call. */
struct group *groups_at(struct groups *groups, struct key key);
/* NULL where nothing was counted for the key. */
const struct group *groups_find(const struct groups *groups, struct key key);
struct key groups_key(const struct groups *groups, size_t index);
void groups_free(struct groups *groups);

/* A number that is not positive, as a forged stream can hold, counts as nothing. */
void group_count(struct group *group, int count, int64_t number);
void group_spread(struct group *group, enum spread spread, int64_t value);

/* 0, and an empty histogram, where the dimension does not count them, or for group NULL. */
int64_t count_of(const struct group *group, int count);
const struct histogram *spread_of(const struct group *group, enum spread spread);
int64_t clock_count(const struct group *group, enum metric metric, int state);
int64_t verdict_count(const struct group *group, enum metric metric, enum verdict verdict);

#endif
