/* backtest.c: proves a model on the user's own past */
#include "risk/backtest.h"

#include "base/diag.h"
#include "base/mem.h"
#include "risk/backtest_slice.h"
#include "risk/recipe.h"
#include "time/instant.h"

#include <math.h>
#include <stdlib.h>

static int
compare_i64(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static int64_t
find_split(const struct backtest *backtest, const struct history *history)
{
	int64_t *openings, split;
	size_t i;

	if (backtest->split != INSTANT_NONE || history->ntickets == 0)
		return backtest->split;
	openings = mem_calloc(history->ntickets, sizeof(*openings));
	for (i = 0; i < history->ntickets; i++)
		openings[i] = history->tickets[i].opened;
	qsort(openings, history->ntickets, sizeof(*openings), compare_i64);
	i = (size_t)(backtest->share * (double)history->ntickets);
	split = openings[i < history->ntickets ? i : history->ntickets - 1];
	mem_free(openings);
	return split;
}

/* Where there is no target, age stands for the share that is used. */
static void
collect(struct test_slice *slice, const double *p)
{
	const struct history *history = slice->history;
	const struct sample *sample;
	const struct past *past;
	double longest =
	    history->nlandmarks > 0 ? (double)history->landmarks[history->nlandmarks - 1] : 1;
	size_t i;

	slice->count = 0;
	for (i = 0; i < history->nsamples; i++) {
		sample = &history->samples[i];
		past = &history->tickets[sample->ticket];
		if (past->opened < slice->split || past->known == INSTANT_NONE)
			continue;
		slice->samples[slice->count] = sample;
		slice->p[RIVAL_MODEL][slice->count] = p[i];
		slice->p[RIVAL_ELAPSED][slice->count] =
		    fmin(1, sample->used >= 0 ? sample->used : (double)sample->landmark / longest);
		slice->p[RIVAL_PACE][slice->count] = sample->pace >= 0
		    ? sample->pace
		    : 1 / (1 + exp(3 - 4.5 * (double)sample->landmark / longest));
		slice->count++;
	}
}

/* Trains without the families of left_out, and judges the test tickets. -1 after a diagnostic. */
static int
judge(struct test_slice *slice, unsigned left_out)
{
	const struct history *history = slice->history;
	struct booster *booster = train(history, slice->split, &slice->recipe, FIT_FULL, left_out);
	double *p = mem_calloc(history->nsamples + 1, sizeof(*p));
	int result =
	    booster != NULL ? train_predict(booster, &slice->recipe, history, p, left_out) : -1;

	if (result == 0)
		collect(slice, p);
	booster_free(booster);
	mem_free(p);
	return result;
}

/* What is lost when the model may not look at one family. */
static int
ablate(struct test_slice *slice)
{
	struct ablation *ablation;
	struct skill skill;
	int family;

	for (family = 0; family < FAMILIES; family++) {
		if (judge(slice, 1u << family) == -1)
			return -1;
		slice_measure(&skill, slice, RIVAL_MODEL, (struct stratum){-1, -1});
		ablation = &slice->ablations[slice->nablations++];
		*ablation = (struct ablation){(enum family)family, skill.auc, skill.brier,
		    slice_early_auc(slice, RIVAL_MODEL)};
	}
	return 0;
}

static size_t
count_trained(const struct history *history, int64_t split)
{
	const struct past *past;
	size_t i, n = 0;

	for (i = 0; i < history->ntickets; i++) {
		past = &history->tickets[i];
		n += past->last < split && past->known < split && past->known != INSTANT_NONE;
	}
	return n;
}

int
backtest_run(const struct backtest *backtest, const struct history *history, struct buf *out,
    struct buf *predictions)
{
	struct test_slice slice = {.history = history, .finish = backtest->finish};
	struct proof proof;
	int rival, result;

	slice.split = find_split(backtest, history);
	slice.trained = count_trained(history, slice.split);
	slice.samples = mem_calloc(history->nsamples + 1, sizeof(*slice.samples));
	slice.forecasts = mem_calloc(history->nsamples + 1, sizeof(*slice.forecasts));
	for (rival = 0; rival < RIVALS; rival++)
		slice.p[rival] = mem_calloc(history->nsamples + 1, sizeof(double));
	result = recipe_choose(&slice.recipe, &proof, history, slice.split);
	if (result == 0 && backtest->ablate)
		result = ablate(&slice);
	if (result == 0)
		result = judge(&slice, 0);
	if (result == 0) {
		if (predictions != NULL)
			slice_write_predictions(&slice, predictions);
		if (backtest->json)
			slice_write_json(&slice, out);
		else
			slice_write_text(&slice, out);
	}
	for (rival = 0; rival < RIVALS; rival++)
		mem_free(slice.p[rival]);
	mem_free(slice.samples);
	mem_free(slice.forecasts);
	return result;
}
