/* worklist.h: the tickets that need someone, the most urgent first */
/* Rank: report. */
#ifndef SLA_REPORT_WORKLIST_H
#define SLA_REPORT_WORKLIST_H

#include "data/baseline.h"
#include "report/lane.h"
#include "report/standing.h"

#include <stddef.h>
#include <stdint.h>

/*
 * One ticket of the list. Texts are its own, in one piece of memory; NULL: unknown or none.
 *
 * The order: the larger loss first; at one loss the earlier `by` (so the one overdue for longest),
 * those without one last; then source and id, bytewise. Loss is urgency times the weight of the
 * priority as of then: P1 16, P2 8, P3 4, P4 2, P5 1, not known 4. Urgency, per mille, is 1000 with
 * a clock running past its target; else the largest of the probability of missing a clock, and what
 * its most severe finding stands for: critical 500, high 300, medium 150, low 50; orphaned 300.
 */
struct work {
	int64_t loss, by;
	const char *source, *id;
	const char *title, *client, *owner, *team, *why;
	const char *rule;          /* of the most severe finding */
	const char *action, *what; /* slug and words */
	enum state state;
	enum priority priority;
	enum known owner_known, team_known;
	enum cause cause;    /* as of then; CAUSES where not computed */
	int64_t probability; /* per mille, -1: none */
	enum metric metric;  /* of the clock most likely to be missed */
	bool overdue, at_risk;
	int64_t findings;
	enum baseline_news news; /* where there is a baseline */
	struct lane lane;        /* of no spans where none is drawn */
	char *memory;
};

/*
 * The best `limit` of all that were added; limit 0: all. Zero-initialise, but for what is asked of
 * it: limit, baseline, new_only, keeps_lines.
 */
struct worklist {
	struct work *heap; /* the worst of them at the root, while there is a limit */
	size_t count, cap;
	int64_t limit;
	const struct baseline *baseline;  /* of an earlier run; NULL: none */
	bool new_only;                    /* what the baseline has is left out */
	bool keeps_lines;                 /* for report_write_baseline() */
	int64_t news[BASELINE_KNOWN + 1]; /* how many were added of each kind */
	struct arena arena;               /* of the lines */
	const char **lines;               /* one for each that was added, as JSON */
	size_t nlines, lines_cap;
};

/* By which the urgency of a ticket of that priority counts. */
int64_t worklist_weight(enum priority priority);

/* Takes a ticket that needs someone, and its lane. Copies what it keeps. */
void
worklist_add(struct worklist *worklist, const struct standing *standing, const struct lane *lane);
/* Takes one whose texts are another's: copies them. */
void worklist_put(struct worklist *worklist, const struct work *work);
/* The list in its order: count pointers in arena. */
const struct work **worklist_sorted(const struct worklist *worklist, struct arena *arena);
void worklist_free(struct worklist *worklist);

#endif
