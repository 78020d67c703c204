/* backtest_slice.h: the tickets a backtest tests on, and what each rival said of them */
/* Rank: risk. */
#ifndef SLA_RISK_BACKTEST_SLICE_H
#define SLA_RISK_BACKTEST_SLICE_H

#include "base/buf.h"
#include "risk/finish.h"
#include "risk/history.h"
#include "risk/recipe.h"
#include "stat/skill.h"

enum rival { RIVAL_MODEL, RIVAL_ELAPSED, RIVAL_PACE, RIVALS };

/* "model", "elapsed", "pace". */
const char *rival_word(enum rival rival);

/* What is lost without one family of features. */
struct ablation {
	enum family family;
	double auc, brier, early;
};

/* Rows of one ticket stand together, the younger first. */
struct test_slice {
	const struct history *history;
	int64_t split;
	struct recipe recipe; /* how the model was fitted */
	size_t trained;       /* tickets */
	const struct sample **samples;
	double *p[RIVALS];
	struct forecast *forecasts; /* scratch */
	size_t count;
	struct ablation ablations[FAMILIES];
	size_t nablations;
	struct finish *finish; /* whose coverage is told too; NULL: none */
};

/* Of which rows a measure is taken. -1: of all. */
struct stratum {
	int64_t landmark;
	int priority;
};

void slice_measure(
    struct skill *skill, struct test_slice *slice, enum rival rival, struct stratum stratum);

/* The mean of the AUCs at the landmarks up to 24 h; NaN where there is none. */
double slice_early_auc(struct test_slice *slice, enum rival rival);

/* So long is the list that is made each day: as many as sla-report(1) shows. */
#define WORKLIST_SIZE 20

/*
 * Of the rows of each day (UTC), the latest of each ticket, the WORKLIST_SIZE most likely to be
 * missed: the share that was. NaN without rows.
 */
double slice_worklist_precision(const struct test_slice *slice, enum rival rival);

/* So many working hours before the breach a warning is looked for. */
#define WARNING_TIMES 4
extern const int warning_hours[WARNING_TIMES];

/*
 * A row warns whose probability is at least one half; of a rival, its highest ones, as many as the
 * model warns in (and those equal to the last). Only tickets count whose breach, or else due
 * instant, is known.
 */
struct warnings {
	size_t missed, met;           /* tickets */
	size_t caught[WARNING_TIMES]; /* of the missed, with a warning so early or earlier */
	size_t crying[WARNING_TIMES]; /* of the met, with one so long before they were due */
	int64_t lead; /* median working seconds from the first warning to the breach, of the
			 missed that had one before it; -1: none had */
};

void slice_warnings(struct warnings *warnings, struct test_slice *slice, enum rival rival);

/* The whole report. */
void slice_write_text(struct test_slice *slice, struct buf *out);
void slice_write_json(struct test_slice *slice, struct buf *out);
/* ticket,instant,landmark,probability,outcome */
void slice_write_predictions(const struct test_slice *slice, struct buf *out);

#endif
