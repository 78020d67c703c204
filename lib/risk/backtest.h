/* backtest.h: proves a model on the user's own past */
/* Rank: risk. */
#ifndef SLA_RISK_BACKTEST_H
#define SLA_RISK_BACKTEST_H

#include "base/buf.h"
#include "risk/finish.h"
#include "risk/history.h"

#include <stdio.h>

/* What is asked for. */
struct backtest {
	double share;  /* the split: the opening of ticket floor(share x N) in opening order */
	int64_t split; /* or this instant; INSTANT_NONE: the share */
	bool json;
	bool ablate;           /* also tell what each family of features adds */
	struct finish *finish; /* to be proved too; NULL: not */
};

/*
 * Trains on what was known before the split of the tickets opened before it, tests on those opened
 * at or after it, and appends the report to out and, if not NULL, the CSV of predictions. -1 after a
 * diagnostic.
 */
int backtest_run(const struct backtest *backtest, const struct history *history, struct buf *out,
    struct buf *predictions);

#endif
