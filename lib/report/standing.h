/* standing.h: how one ticket stands at the as-of instant, in the terms of a report */
/* Rank: report. */
#ifndef SLA_REPORT_STANDING_H
#define SLA_REPORT_STANDING_H

#include "data/ticket.h"
#include "sla/ownership.h"
#include "sla/risk_record.h"

#include <stdbool.h>
#include <stdint.h>

/* From these probabilities on, per mille, a clock is listed, and counted as at risk. */
#define LISTED_PROBABILITY 200
#define RISKY_PROBABILITY  500

enum known { KNOWN_NOBODY, KNOWN_NOT, KNOWN_NAME };

/* Points into the ticket and its records. */
struct standing {
	const struct ticket *ticket;
	const struct ownership *ownership; /* NULL: not computed */
	const struct risk *risk;           /* NULL: not computed */
	const struct record_head *head;    /* of either, NULL where there is neither */
	bool open, overdue, at_risk, orphaned;
	enum known owner_known, team_known;
	int64_t ended;                  /* when it ended, see standing_of(); INSTANT_NONE: open */
	int64_t anchor;                 /* of its life as a whole: ended, or the as-of instant */
	const struct risk_clock *worst; /* the most likely to be missed; NULL: none runs */
	enum metric worst_metric;
	int64_t probability; /* of the worst, 1000 overdue; -1: none is given */
	int64_t by;          /* the earliest due instant of its clocks and open promises, or none */
	const struct finding *finding; /* the most severe one, NULL: none */
	size_t nfindings;
};

/*
 * The end is the instant at which the resolve clock stopped; without one that of the ticket's
 * `resolved` or `closed`, if it is not after the as-of instant; else that of its latest event.
 */
void standing_of(struct standing *standing, const struct ticket *ticket,
    const struct ownership *ownership, const struct risk *risk);

/* What a match of the policy is held against: the ticket as of then. */
void standing_facts(const struct standing *standing, struct facts *facts);

/*
 * When a clock was decided; one that cannot be counts when the ticket's life does. INSTANT_NONE
 * while it runs.
 */
int64_t standing_decided_at(const struct standing *standing, const struct risk_clock *clock);

/* Runs past its target, as of then. */
bool standing_is_overdue(const struct standing *standing, const struct risk_clock *clock);

/* Open, and orphaned, or with a finding, or with a clock overdue or at LISTED_PROBABILITY. */
bool standing_needs_someone(const struct standing *standing);

/* What a missed resolve target would have been met without, as far as time tells. */
enum missed_for {
	MISSED_BLIND,        /* not judged: no evidence */
	MISSED_EARLIER,      /* an earlier target was missed, which the ticket no longer has */
	MISSED_BY_OWNERSHIP, /* the time in which nobody was accountable */
	MISSED_BY_STALL,     /* that and the stalls */
	MISSED_OTHERWISE     /* neither */
};

/* Working seconds in which nobody could be expected to work on the ticket. */
int64_t ownership_gap(const struct attribution *attribution);
/* By how much the target was missed, so far: without a gap of that length it would not have been. */
enum missed_for missed_for(const struct attribution *attribution, const struct risk_clock *resolve);

#endif
