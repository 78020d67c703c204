/* noted.h: tickets that a review names: what was missed, the longest silences, the reopened */
/* Rank: report. */
#ifndef SLA_REPORT_NOTED_H
#define SLA_REPORT_NOTED_H

#include "base/arena.h"
#include "report/standing.h"

#include <stddef.h>
#include <stdint.h>

enum noted_kind { NOTED_MISSED, NOTED_SILENT, NOTED_REOPENED, NOTED_KINDS };

#define NOTED_SILENCES 5 /* so many of the longest; of the other kinds as the options' limit says */

/*
 * One row. Texts are its own, in one piece of memory; NULL: unknown or none. The order: the larger
 * rank first, then the larger amount, then source and id, bytewise, then the metric. The rank of a
 * missed target is that of the priority, P1 6 to P5 2, not known 1; that of the others 0.
 */
struct note {
	int64_t rank;
	int64_t
	    amount; /* missed: seconds over the target; silent: the longest; reopened: how often */
	int64_t
	    more;   /* missed: seconds in which nobody was accountable; silent: the longest wait of
	                   the client; -1: none, or not known */
	int64_t at; /* missed: when; the others: when its life ended, or INSTANT_NONE */
	const char *source, *id, *title;
	const char *rule, *finding; /* missed: the first finding before it */
	enum priority priority;
	enum state state;
	enum metric metric;
	enum missed_for missed_for;
	bool running;          /* missed: still past its target */
	bool attributed;       /* went holds */
	bool acceptance_known; /* without it nothing went to WENT_NOT_ACCEPTED */
	int64_t went[WHEREABOUTS];
	char *memory;
};

/* The first `limit` of each kind that were put; limit 0: all. noted_start(), noted_free(). */
struct noted {
	struct {
		struct note *list; /* up to twice the limit */
		size_t count, cap;
		int64_t limit;
	} kinds[NOTED_KINDS];
};

void noted_start(struct noted *noted, int64_t limit);
/* Copies what it keeps. */
void noted_put(struct noted *noted, enum noted_kind kind, const struct note *note);
/* A kind's rows in their order: *n pointers in arena. */
const struct note **
noted_sorted(const struct noted *noted, enum noted_kind kind, struct arena *arena, size_t *n);
void noted_free(struct noted *noted);

#endif
