/* train.h: fits a model to the tickets whose outcome is known */
/* Rank: risk. */
#ifndef SLA_RISK_TRAIN_H
#define SLA_RISK_TRAIN_H

#include "risk/booster.h"
#include "risk/history.h"

/*
 * Fits to the samples of the tickets that `wanted` takes, as of the instant `now`: those whose
 * outcome was known before. left_out: bit 1 << enum family of features that are hidden, to see
 * what they add. NULL after a diagnostic.
 */
struct booster *train(const struct history *history, int64_t now, unsigned left_out);

/* The probabilities of samples from first on, `count` of them. -1 after a diagnostic. */
int train_predict(
    const struct booster *booster, const struct history *history, double *p, unsigned left_out);

#endif
