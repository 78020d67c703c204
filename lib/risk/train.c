/* train.c: fits a model to the tickets whose outcome is known */
#include "risk/train.h"

#include "base/diag.h"
#include "base/mem.h"
#include "time/instant.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Chosen by rolling origins within the training period of a real log; see sla-risk(1). */
#define ROUNDS         150
#define DEPTH          5
#define RATE           0.04
#define HALF_LIFE_DAYS 14.0
#define SETTLED        50 /* per cent */
#define FEWEST_ROWS    200

/* More of the target used, or a greater age, never lowers the probability. */
static void
write_signs(char *text, size_t size)
{
	size_t n = 0;
	int i;

	for (i = 0; i < FEATURES; i++)
		n += (size_t)snprintf(text + n, size - n, "%s%d", i == 0 ? "(" : ",",
		    i == FEATURE_USED || i == FEATURE_AGE);
	snprintf(text + n, size - n, ")");
}

static void
copy_row(float *to, const float *from, unsigned left_out)
{
	int i;

	for (i = 0; i < FEATURES; i++)
		to[i] = (left_out >> feature_rows[i].family & 1) != 0 ? (float)NAN : from[i];
}

static int
compare_i64(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static bool
is_known(const struct past *past, int64_t now)
{
	return past->known != INSTANT_NONE && past->known < now && past->last < now;
}

/*
 * Of the tickets that were opened late, only those that ended soon are known at `now`: to learn
 * from them would teach that little is missed. So nothing is learned from tickets that were opened
 * less before `now` than it took SETTLED of the known ones to end.
 */
static int64_t
find_settled(const struct history *history, int64_t now)
{
	int64_t *delays = mem_calloc(history->ntickets + 1, sizeof(*delays)), settled;
	const struct past *past;
	size_t i, n = 0;

	for (i = 0; i < history->ntickets; i++) {
		past = &history->tickets[i];
		if (is_known(past, now))
			delays[n++] = past->last - past->opened;
	}
	qsort(delays, n, sizeof(*delays), compare_i64);
	settled = n > 0 ? now - delays[(n - 1) * SETTLED / 100] : now;
	mem_free(delays);
	return settled;
}

/* What the trees are fitted to. */
struct lesson {
	float *x, *y, *weight;
	size_t rows;
};

static void
fill_lesson(struct lesson *lesson, const struct history *history, int64_t now, unsigned left_out)
{
	int64_t settled = find_settled(history, now);
	const struct sample *sample;
	const struct past *past;
	double age;
	size_t i;

	for (i = 0; i < history->nsamples; i++) {
		sample = &history->samples[i];
		past = &history->tickets[sample->ticket];
		if (!is_known(past, now) || past->opened > settled)
			continue;
		copy_row(lesson->x + lesson->rows * FEATURES, sample->x, left_out);
		lesson->y[lesson->rows] = past->missed;
		age = (double)(settled - past->opened) / SECONDS_PER_DAY;
		lesson->weight[lesson->rows++] = (float)exp2(-age / HALF_LIFE_DAYS);
	}
}

struct booster *
train(const struct history *history, int64_t now, unsigned left_out)
{
	struct lesson lesson = {mem_calloc(history->nsamples + 1, FEATURES * sizeof(float)),
	    mem_calloc(history->nsamples + 1, sizeof(float)),
	    mem_calloc(history->nsamples + 1, sizeof(float)), 0};
	char monotone[4 * FEATURES];
	struct booster_plan plan = {ROUNDS, DEPTH, RATE, monotone};
	struct booster *booster = NULL;

	write_signs(monotone, sizeof(monotone));
	fill_lesson(&lesson, history, now, left_out);
	if (lesson.rows < FEWEST_ROWS)
		diag(DIAG_INPUT_REFUSED, NOWHERE,
		    "too little to learn from: %zu instants of tickets whose outcome is known",
		    lesson.rows);
	else
		booster = booster_train((struct table){lesson.x, lesson.rows, FEATURES}, lesson.y,
		    lesson.weight, &plan);
	mem_free(lesson.x);
	mem_free(lesson.y);
	mem_free(lesson.weight);
	return booster;
}

int
train_predict(
    const struct booster *booster, const struct history *history, double *p, unsigned left_out)
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
		p[i] = 1 / (1 + exp(-(double)odds[i]));
	mem_free(x);
	mem_free(odds);
	return result;
}
