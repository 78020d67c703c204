/* booster.c: gradient boosted trees, by libxgboost */
#include "risk/booster.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "data/walk.h"
#include "out/json_writer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xgboost/c_api.h>

struct booster {
	BoosterHandle handle;
	size_t *columns; /* of the table, those that the trees look at, rising */
	size_t ncolumns;
};

static int
check(int result)
{
	return result == 0 ? 0 : diag(DIAG_SYSTEM, NOWHERE, "libxgboost: %s", XGBGetLastError());
}

/* Whether a column tells rows apart. */
static bool
tells(struct table table, size_t column)
{
	float first = table.x[column], x;
	size_t i;

	for (i = 1; i < table.rows; i++) {
		x = table.x[i * table.columns + column];
		if (isnan(x) != isnan(first) || (!isnan(x) && (x < first || x > first)))
			return true;
	}
	return false;
}

static void
choose_columns(struct booster *booster, struct table table)
{
	size_t k;

	booster->columns = mem_calloc(table.columns + 1, sizeof(*booster->columns));
	for (k = 0; k < table.columns; k++)
		if (table.rows > 0 && tells(table, k))
			booster->columns[booster->ncolumns++] = k;
	if (booster->ncolumns == 0) /* then every row is the same, and gets the mean */
		booster->columns[booster->ncolumns++] = 0;
}

static int
matrix_of(const struct booster *booster, struct table table, DMatrixHandle *matrix)
{
	size_t i, k, n = booster->ncolumns;
	float *x = mem_calloc(table.rows * n + 1, sizeof(*x));
	int result;

	for (i = 0; i < table.rows; i++)
		for (k = 0; k < n; k++)
			x[i * n + k] = table.x[i * table.columns + booster->columns[k]];
	result = check(XGDMatrixCreateFromMat_omp(x, table.rows, n, NAN, matrix, 1));
	mem_free(x);
	return result;
}

/* "(1,0,0)": a sign for each column that is left. */
static void
add_signs(struct buf *text, const struct booster *booster, const signed char *monotone)
{
	size_t k;

	for (k = 0; k < booster->ncolumns; k++)
		buf_addf(text, "%s%d", k == 0 ? "(" : ",", (int)monotone[booster->columns[k]]);
	buf_addz(text, ")");
}

static int
set_plan(struct booster *booster, const struct booster_plan *plan)
{
	char depth[16], rate[32], lightest[32], rows[32], columns[32];
	struct buf signs = {0};
	const char *const pairs[][2] = {{"objective", "binary:logistic"}, {"nthread", "1"},
	    {"seed", "1"}, {"tree_method", "hist"}, {"verbosity", "0"}, {"max_depth", depth},
	    {"eta", rate}, {"subsample", rows}, {"colsample_bytree", columns},
	    {"min_child_weight", lightest}, {"lambda", "5"}};
	size_t i;
	int result = 0;

	snprintf(depth, sizeof(depth), "%d", plan->depth);
	snprintf(rate, sizeof(rate), "%g", plan->rate);
	snprintf(lightest, sizeof(lightest), "%g", plan->lightest);
	snprintf(rows, sizeof(rows), "%g", plan->rows_share);
	snprintf(columns, sizeof(columns), "%g", plan->columns_share);
	add_signs(&signs, booster, plan->monotone);
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]) && result == 0; i++)
		result = check(XGBoosterSetParam(booster->handle, pairs[i][0], pairs[i][1]));
	if (result == 0)
		result = check(
		    XGBoosterSetParam(booster->handle, "monotone_constraints", buf_z(&signs)));
	buf_free(&signs);
	return result;
}

struct booster *
booster_train(
    struct table table, const float *y, const float *weight, const struct booster_plan *plan)
{
	struct booster *booster = mem_calloc(1, sizeof(*booster));
	DMatrixHandle matrix = NULL;
	int round, result;

	choose_columns(booster, table);
	result = matrix_of(booster, table, &matrix);
	if (result == 0)
		result = check(XGDMatrixSetFloatInfo(matrix, "label", y, table.rows));
	if (result == 0)
		result = check(XGDMatrixSetFloatInfo(matrix, "weight", weight, table.rows));
	if (result == 0)
		result = check(XGBoosterCreate(&matrix, 1, &booster->handle));
	if (result == 0)
		result = set_plan(booster, plan);
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
	struct json_writer w = json_writer_to(out);
	const char *bytes;
	bst_ulong n;
	size_t k;

	if (check(XGBoosterSaveModelToBuffer(
		booster->handle, "{\"format\":\"json\"}", &n, &bytes)) == -1)
		return -1;
	jsonw_open(&w, NULL, '{');
	jsonw_open(&w, "columns", '[');
	for (k = 0; k < booster->ncolumns; k++)
		jsonw_i64(&w, NULL, (int64_t)booster->columns[k]);
	jsonw_close(&w, ']');
	jsonw_raw(&w, "trees", (struct slice){bytes, n});
	jsonw_close(&w, '}');
	return 0;
}

/* False where they are no rising numbers below `most`. */
static bool
read_columns(struct booster *booster, struct slice list, size_t most, struct arena *arena)
{
	struct walk walk = walk_into(list, arena);
	int64_t number, next = 0;

	booster->columns = mem_calloc(most, sizeof(*booster->columns));
	if (raw_type(list) != JSON_ARRAY)
		return false;
	while (walk_next(&walk)) {
		if (!num_i64(walk.value, &number) || number < next || number >= (int64_t)most)
			return false;
		booster->columns[booster->ncolumns++] = (size_t)number;
		next = number + 1;
	}
	return booster->ncolumns > 0;
}

struct booster *
booster_load(struct slice json, size_t columns, struct arena *arena)
{
	struct booster *booster = mem_calloc(1, sizeof(*booster));
	struct slice trees = raw_get(json, "trees", arena);

	if (read_columns(booster, raw_get(json, "columns", arena), columns, arena) &&
	    check(XGBoosterCreate(NULL, 0, &booster->handle)) == 0 &&
	    check(XGBoosterSetParam(booster->handle, "nthread", "1")) == 0 &&
	    check(XGBoosterLoadModelFromBuffer(booster->handle, trees.p, trees.n)) == 0)
		return booster;
	booster_free(booster);
	return NULL;
}

/* The masks are those of XGBoosterPredict(). */
enum { MARGIN = 1, APPROXIMATE_CONTRIBUTIONS = 4 | 8 };

/* take gets what XGBoost gives, which it keeps. */
static int
predict(const struct booster *booster, struct table table, int mask, float *out,
    void (*take)(
	const struct booster *booster, struct table table, const float *values, float *out))
{
	DMatrixHandle matrix = NULL;
	const float *values;
	bst_ulong n;
	int result;

	if (table.rows == 0)
		return 0;
	result = matrix_of(booster, table, &matrix);
	if (result == 0)
		result = check(XGBoosterPredict(booster->handle, matrix, mask, 0, 0, &n, &values));
	if (result == 0)
		take(booster, table, values, out);
	if (matrix != NULL)
		XGDMatrixFree(matrix);
	return result;
}

static void
take_odds(const struct booster *booster, struct table table, const float *values, float *out)
{
	(void)booster;
	memcpy(out, values, table.rows * sizeof(*out));
}

int
booster_predict(const struct booster *booster, struct table table, float *out)
{
	return predict(booster, table, MARGIN, out, take_odds);
}

/* Columns that were left out add nothing. */
static void
take_parts(const struct booster *booster, struct table table, const float *values, float *out)
{
	size_t i, k, n = booster->ncolumns;

	memset(out, 0, table.rows * (table.columns + 1) * sizeof(*out));
	for (i = 0; i < table.rows; i++) {
		for (k = 0; k < n; k++)
			out[i * (table.columns + 1) + booster->columns[k]] =
			    values[i * (n + 1) + k];
		out[i * (table.columns + 1) + table.columns] = values[i * (n + 1) + n];
	}
}

int
booster_contributions(const struct booster *booster, struct table table, float *out)
{
	return predict(booster, table, APPROXIMATE_CONTRIBUTIONS, out, take_parts);
}

void
booster_free(struct booster *booster)
{
	if (booster == NULL)
		return;
	if (booster->handle != NULL)
		XGBoosterFree(booster->handle);
	mem_free(booster->columns);
	mem_free(booster);
}
