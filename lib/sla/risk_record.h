/* risk_record.h: the member `risk` of sla-stream(5) */
/* Rank: sla. */
#ifndef SLA_SLA_RISK_RECORD_H
#define SLA_SLA_RISK_RECORD_H

#include "sla/analysis.h"
#include "sla/record.h"
#include "sla/stall.h"
#include "sla/verdict.h"

#include <stdbool.h>

#define RISK_REASONS 3

/* How likely a running clock is to be missed, and why. */
struct outlook {
	int64_t probability; /* per mille; -1: none is given */
	const char *reasons[RISK_REASONS];
	size_t nreasons;
};

/* One metric. Units and nulls as in struct clock. */
struct risk_clock {
	enum clock_state state; /* CLOCK_NONE: left out of the member */
	bool from_psa;
	const char *target, *calendar;
	int64_t allowed, elapsed, paused, remaining;
	int64_t due, breached, stopped;
	int cycles, missed;
	struct psa_verdict verdict; /* the PSA's own beside it */
	struct outlook outlook;
};

/* When an open ticket will end, if tickets like it go on to end as they lately did. */
struct expected_finish {
	bool known;
	int64_t p50,
	    p90; /* half, and nine in ten, have ended; INSTANT_NONE: later than can be told */
};

struct risk {
	struct record_head head;
	enum exclusion exclusion;
	int64_t age;         /* seconds of life */
	int64_t progress_at; /* the latest progress; the opening where there was none */
	int64_t activity_at; /* the latest event of any kind; the opening where there was none */
	struct stall stall;
	struct expected_finish finish;
	struct risk_clock clocks[METRICS];
};

/*
 * The stall, by the learned thresholds of `table` (NULL: none), and the clocks of an analysis;
 * outlooks are left without a probability, and the finish is not known.
 */
void risk_of(struct risk *risk, const struct analysis *analysis, const struct stall_table *table,
    struct arena *arena);
void risk_to_json(const struct risk *risk, struct buf *out);
/* False where the text is no such member. Texts go into the arena. */
bool risk_from_json(struct risk *risk, struct slice text, struct arena *arena);

#endif
