/* booster.h: gradient boosted trees, by libxgboost */
/* Rank: risk. */
#ifndef SLA_RISK_BOOSTER_H
#define SLA_RISK_BOOSTER_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct booster;

/* Rows of `columns` numbers; NaN: not known. */
struct table {
	const float *x;
	size_t rows, columns;
};

struct booster_plan {
	int rounds, depth;
	double rate;                      /* of learning */
	double lightest;                  /* least weight of the rows in a leaf */
	double rows_share, columns_share; /* drawn anew for each tree */
	const signed char *monotone; /* of each column: 1: more of it never lowers y; 0: free */
};

/*
 * Fits trees that tell the probability of y (0 to 1). One thread and a fixed seed: the same rows
 * give the same trees. Columns that are the same in all rows, or known in none, are left out, so
 * that what a source does not record does not thin out what it does. NULL after a diagnostic.
 */
struct booster *booster_train(
    struct table table, const float *y, const float *weight, const struct booster_plan *plan);

/* Appends the trees, and which columns they look at, as one JSON object. -1 after a diagnostic. */
int booster_save(const struct booster *booster, struct buf *out);
/* columns: those of the tables that it will be asked about. NULL where it is none. */
struct booster *booster_load(struct slice json, size_t columns, struct arena *arena);

/* The log odds of each row into out. -1 after a diagnostic. */
int booster_predict(const struct booster *booster, struct table table, float *out);
/*
 * What each column adds to the log odds, approximately (Saabas, as libxgboost has it): for each row
 * `columns` numbers and a last one that all rows have in common. -1 after a diagnostic.
 */
int booster_contributions(const struct booster *booster, struct table table, float *out);

void booster_free(struct booster *booster);

#endif
