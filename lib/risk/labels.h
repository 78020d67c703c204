/* labels.h: the outcomes that a model learns, of all tickets, as far as they are known */
/* Rank: risk. */
#ifndef SLA_RISK_LABELS_H
#define SLA_RISK_LABELS_H

#include "risk/history.h"

/* How verdicts are believed. */
struct judging {
	double
	    half_life; /* days after which a verdict tells half as much of how lives are judged */
	int64_t until; /* verdicts known before this tell how lives are judged */
};

/*
 * How probable it is that each ticket is missed, by what was known of it before the instant `now`;
 * NaN for those opened later. Where the verdict was known, it stands: 0 or 1.
 *
 * It may come late: ServiceNow gives it when the ticket is closed, days after it was resolved. And
 * it depends on how long the ticket took. So a small booster learns first how a ticket with a life
 * so long, opened then, of that priority, is judged, from all verdicts known before judging.until.
 * It gives the probability for a ticket that has ended but waits for its verdict.
 *
 * A ticket that is still open (censored: its life is only known to be longer than its age) gets the
 * mean over the lives of ended tickets that were longer. To leave it out instead would teach that
 * tickets end soon.
 *
 * p has room for history->ntickets. -1 after a diagnostic.
 */
int labels_find(double *p, const struct history *history, int64_t now, struct judging judging);

/*
 * How well lives were judged by what was known at `from`, over the verdicts that came from then
 * until `to`: the mean squared error; NaN where there are too few. half_life: days. -1 after a
 * diagnostic.
 */
int labels_judge_verdicts(
    double *error, const struct history *history, int64_t from, int64_t to, double half_life);

#endif
