/* booster.c: gradient boosted trees, by libxgboost */
#include "risk/booster.h"

#include "base/diag.h"
#include "base/mem.h"

#include <math.h>
#include <stdio.h>
#include <xgboost/c_api.h>

struct booster {
	BoosterHandle handle;
};

static int
check(int result)
{
	return result == 0 ? 0 : diag(DIAG_SYSTEM, NOWHERE, "libxgboost: %s", XGBGetLastError());
}

static int
matrix_of(struct table table, DMatrixHandle *matrix)
{
	return check(
	    XGDMatrixCreateFromMat_omp(table.x, table.rows, table.columns, NAN, matrix, 1));
}

static int
set_plan(BoosterHandle handle, const struct booster_plan *plan)
{
	char depth[16], rate[32], lightest[32], rows[32], columns[32];
	const char *const pairs[][2] = {{"objective", "binary:logistic"}, {"nthread", "1"},
	    {"seed", "1"}, {"tree_method", "hist"}, {"verbosity", "0"}, {"max_depth", depth},
	    {"eta", rate}, {"subsample", rows}, {"colsample_bytree", columns},
	    {"min_child_weight", lightest}, {"lambda", "5"},
	    {"monotone_constraints", plan->monotone}};
	size_t i;

	snprintf(depth, sizeof(depth), "%d", plan->depth);
	snprintf(rate, sizeof(rate), "%g", plan->rate);
	snprintf(lightest, sizeof(lightest), "%g", plan->lightest);
	snprintf(rows, sizeof(rows), "%g", plan->rows_share);
	snprintf(columns, sizeof(columns), "%g", plan->columns_share);
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (check(XGBoosterSetParam(handle, pairs[i][0], pairs[i][1])) == -1)
			return -1;
	return 0;
}

struct booster *
booster_train(
    struct table table, const float *y, const float *weight, const struct booster_plan *plan)
{
	struct booster *booster = mem_calloc(1, sizeof(*booster));
	DMatrixHandle matrix = NULL;
	int round, result = matrix_of(table, &matrix);

	if (result == 0)
		result = check(XGDMatrixSetFloatInfo(matrix, "label", y, table.rows));
	if (result == 0)
		result = check(XGDMatrixSetFloatInfo(matrix, "weight", weight, table.rows));
	if (result == 0)
		result = check(XGBoosterCreate(&matrix, 1, &booster->handle));
	if (result == 0)
		result = set_plan(booster->handle, plan);
	for (round = 0; round < plan->rounds && result == 0; round++)
		result = check(XGBoosterUpdateOneIter(booster->handle, round, matrix));
	if (matrix != NULL)
		XGDMatrixFree(matrix);
	if (result == 0)
		return booster;
	booster_free(booster);
	return NULL;
}

int
booster_save(const struct booster *booster, struct buf *out)
{
	const char *bytes;
	bst_ulong n;

	if (check(XGBoosterSaveModelToBuffer(
		booster->handle, "{\"format\":\"json\"}", &n, &bytes)) == -1)
		return -1;
	buf_add(out, bytes, n);
	return 0;
}

struct booster *
booster_load(struct slice json)
{
	struct booster *booster = mem_calloc(1, sizeof(*booster));

	if (check(XGBoosterCreate(NULL, 0, &booster->handle)) == 0 &&
	    check(XGBoosterSetParam(booster->handle, "nthread", "1")) == 0 &&
	    check(XGBoosterLoadModelFromBuffer(booster->handle, json.p, json.n)) == 0)
		return booster;
	booster_free(booster);
	return NULL;
}

/* The masks are those of XGBoosterPredict(). */
enum { MARGIN = 1, APPROXIMATE_CONTRIBUTIONS = 4 | 8 };

static int
predict(const struct booster *booster, struct table table, int mask, float *out)
{
	DMatrixHandle matrix = NULL;
	const float *values;
	bst_ulong n;
	int result;

	if (table.rows == 0)
		return 0;
	result = matrix_of(table, &matrix);
	if (result == 0)
		result = check(XGBoosterPredict(booster->handle, matrix, mask, 0, 0, &n, &values));
	if (result == 0)
		memcpy(out, values, n * sizeof(*out));
	if (matrix != NULL)
		XGDMatrixFree(matrix);
	return result;
}

int
booster_predict(const struct booster *booster, struct table table, float *out)
{
	return predict(booster, table, MARGIN, out);
}

int
booster_contributions(const struct booster *booster, struct table table, float *out)
{
	return predict(booster, table, APPROXIMATE_CONTRIBUTIONS, out);
}

void
booster_free(struct booster *booster)
{
	if (booster != NULL && booster->handle != NULL)
		XGBoosterFree(booster->handle);
	mem_free(booster);
}
