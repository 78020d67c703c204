/* skill.h: how good probabilities were, now that the outcomes are known */
/* Rank: stat. */
#ifndef SLA_STAT_SKILL_H
#define SLA_STAT_SKILL_H

#include <stdbool.h>
#include <stddef.h>

/* A probability, and whether it came about. */
struct forecast {
	double p;
	bool happened;
};

struct skill {
	size_t count, happened;
	double
	    auc; /* area under the ROC curve, ties count half; NaN where one outcome is missing */
	double
	    precision; /* average precision: sum of (recall gained x precision), ties as one step */
	double brier;  /* mean squared error */
	double error;  /* expected calibration error over ten bins of equal count */
	struct reliability {
		size_t count;
		double said, came; /* means */
	} bins[10];
};

/* Sorts the forecasts in place. */
void skill_of(struct skill *skill, struct forecast *forecasts, size_t count);

#endif
