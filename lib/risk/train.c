/* train.c: fits a model to the tickets as far as their outcome is known */
#include "risk/train.h"

#include "base/diag.h"
#include "base/mem.h"
#include "time/instant.h"

#include <math.h>

#define FEWEST_ROWS 200

/* By enum fitting. Settled by rolling origins before the test slice of the ServiceNow log. */
static const struct booster_plan plans[] = {
    [FIT_TRIAL] = {.rounds = 30,
	.depth = 5,
	.rate = 0.18,
	.lightest = 20,
	.rows_share = 0.6,
	.columns_share = 0.5},
    [FIT_FULL] = {.rounds = 150,
	.depth = 5,
	.rate = 0.04,
	.lightest = 20,
	.rows_share = 0.6,
	.columns_share = 0.5},
};

/* More of the target used, or a greater age, never lowers the probability. */
static const signed char signs[FEATURES] = {[FEATURE_USED] = 1, [FEATURE_AGE] = 1};

static void
copy_row(float *to, const float *from, unsigned left_out)
{
	int i;

	for (i = 0; i < FEATURES; i++)
		to[i] = (left_out >> feature_rows[i].family & 1) != 0 ? (float)NAN : from[i];
}

/* What the trees are fitted to. */
struct lesson {
	float *x, *y, *weight;
	size_t rows;
};

static int
fill_lesson(struct lesson *lesson, const struct history *history, int64_t now,
    const struct recipe *recipe, unsigned left_out)
{
	double *labels = mem_calloc(history->ntickets + 1, sizeof(*labels)), age;
	const struct sample *sample;
	size_t i;
	int result = labels_find(labels, history, now, recipe->judging);

	for (i = 0; i < history->nsamples && result == 0; i++) {
		sample = &history->samples[i];
		if (sample->at >= now || isnan(labels[sample->ticket]))
			continue;
		copy_row(lesson->x + lesson->rows * FEATURES, sample->x, left_out);
		lesson->y[lesson->rows] = (float)labels[sample->ticket];
		age = (double)(now - history->tickets[sample->ticket].opened) / SECONDS_PER_DAY;
		lesson->weight[lesson->rows++] = (float)exp2(-age / recipe->recency);
	}
	mem_free(labels);
	return result;
}

struct booster *
train(const struct history *history, int64_t now, const struct recipe *recipe, enum fitting fitting,
    unsigned left_out)
{
	struct lesson lesson = {mem_calloc(history->nsamples + 1, FEATURES * sizeof(float)),
	    mem_calloc(history->nsamples + 1, sizeof(float)),
	    mem_calloc(history->nsamples + 1, sizeof(float)), 0};
	struct booster_plan plan = plans[fitting];
	struct booster *booster = NULL;
	int result;

	plan.monotone = signs;
	result = fill_lesson(&lesson, history, now, recipe, left_out);
	if (result == 0 && lesson.rows < FEWEST_ROWS)
		diag(DIAG_INPUT_REFUSED, NOWHERE,
		    "too little to learn from: %zu instants of tickets whose outcome is known",
		    lesson.rows);
	else if (result == 0)
		booster = booster_train((struct table){lesson.x, lesson.rows, FEATURES}, lesson.y,
		    lesson.weight, &plan);
	mem_free(lesson.x);
	mem_free(lesson.y);
	mem_free(lesson.weight);
	return booster;
}

double
recipe_probability(const struct recipe *recipe, double odds)
{
	double p = -log1p(exp(-odds)), q = -log1p(exp(odds)); /* ln p, ln(1 - p) */

	return 1 / (1 + exp(-(recipe->low * p - recipe->high * q + recipe->shift)));
}

int
train_predict(const struct booster *booster, const struct recipe *recipe,
    const struct history *history, double *p, unsigned left_out)
{
	float *x = mem_calloc(history->nsamples + 1, FEATURES * sizeof(float));
	float *odds = mem_calloc(history->nsamples + 1, sizeof(float));
	struct table table = {x, history->nsamples, FEATURES};
	size_t i;
	int result;

	for (i = 0; i < history->nsamples; i++)
		copy_row(x + i * FEATURES, history->samples[i].x, left_out);
	result = booster_predict(booster, table, odds);
	for (i = 0; i < history->nsamples; i++)
		p[i] = recipe_probability(recipe, (double)odds[i]);
	mem_free(x);
	mem_free(odds);
	return result;
}
