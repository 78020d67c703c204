/* train.h: fits a model to the tickets as far as their outcome is known */
/* Rank: risk. */
#ifndef SLA_RISK_TRAIN_H
#define SLA_RISK_TRAIN_H

#include "risk/booster.h"
#include "risk/history.h"
#include "risk/labels.h"

/* How a model is fitted. */
struct recipe {
	struct judging judging;
	double recency; /* days after which a ticket's opening weighs half; INFINITY: never */
	/*
	 * With p as the trees have it: the log odds told are low ln p - high ln(1 - p) + shift (beta
	 * calibration: Kull, Silva Filho, Flach, AISTATS 2017).
	 */
	double low, high, shift;
};

/* How much is spent on it: to try a recipe less will do. */
enum fitting { FIT_TRIAL, FIT_FULL };

/*
 * Fits trees to the samples before the instant `now`, with the labels that labels_find() gives as
 * of then. left_out: bit 1 << enum family of features that are hidden, to see what they add. NULL
 * after a diagnostic.
 */
struct booster *train(const struct history *history, int64_t now, const struct recipe *recipe,
    enum fitting fitting, unsigned left_out);

/*
 * The probabilities of all samples, by the trees and the recipe's calibration. -1 after a
 * diagnostic.
 */
int train_predict(const struct booster *booster, const struct recipe *recipe,
    const struct history *history, double *p, unsigned left_out);

/* The probability that log odds of the trees stand for. */
double recipe_probability(const struct recipe *recipe, double odds);

#endif
