/* lane.h: a ticket's history for a picture: who held it when, and where its clock ran */
/* Rank: report. */
#ifndef SLA_REPORT_LANE_H
#define SLA_REPORT_LANE_H

#include "report/report.h"
#include "sla/analysis.h"

#define LANE_SPANS 40 /* kept of a ticket: the latest ones */

/* Of the clock `resolve`. */
enum lane_clock {
	LANE_NO_CLOCK, /* nothing promised, not started, or not known */
	LANE_RUNNING,
	LANE_PAUSED,
	LANE_LATE, /* running past its target */
	LANE_CLOCKS
};

/* A stretch [from, to) of the ticket's life. */
struct lane_span {
	int64_t from, to;
	enum cause cause;
	enum lane_clock clock;
	const char *holder; /* the owner; of a queue the team; NULL: none, or not known */
};

/* In order of time; between two may be a gap, in which the ticket had ended. */
struct lane {
	struct lane_span *spans;
	size_t nspans;
	int64_t cut; /* spans before these, left out */
};

/*
 * Folds the ledger and the clock into a lane. with_clock: the analysis replays the clock by the
 * rules of the ticket's records. It lives in arena, its texts as long as the ticket's.
 */
void
lane_of(struct lane *lane, const struct analysis *analysis, bool with_clock, struct arena *arena);

/* The words of a piece for a clock, NULL for LANE_NO_CLOCK; a word's clock, LANE_CLOCKS: none. */
const char *lane_clock_word(enum lane_clock clock);
enum lane_clock lane_clock_of(const char *word); /* NULL: LANE_NO_CLOCK */

/*
 * Whether a lane is wanted of the ticket: it needs someone, is of the client asked for, and html or
 * a piece is made. Its events must be analysed then, whatever records it has.
 */
bool report_wants_lane(const struct report_options *options, const struct ticket *ticket,
    const struct ownership *ownership, const struct risk *risk);

/*
 * Keeps the lane for the ticket that report_add() takes next. policy is the hash of the records,
 * NULL where they were made without: its clock is drawn only if the analysis has the same.
 */
void report_add_lane(struct report *report, const struct analysis *analysis, const char *policy,
    struct arena *arena);

#endif
