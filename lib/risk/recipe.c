/* recipe.c: chooses how a model is fitted, by rolling origins inside the training period */
#include "risk/recipe.h"

#include "base/mem.h"
#include "time/instant.h"

#include <math.h>
#include <string.h>

/* Days. */
static const double half_lives[] = {1, 2, 4, 8, 16, 32};
/* After so many days an opening weighs half, if openings fade. */
#define RECENT             14.0
/* What stands where there is too little to choose by. */
#define STANDING_HALF_LIFE 8.0
#define COUNT(list)        (sizeof(list) / sizeof((list)[0]))

/* Fewer rows to learn from or to judge do not make an origin. */
#define FEWEST_ROWS 500

/* One row judged at an origin: what the trees said, what came of it. */
struct trial_row {
	double odds, truth;
	int origin;
};

struct trial {
	const struct history *history;
	int64_t now, step;
	double *truth; /* of each ticket, as of now */
	double *p;     /* scratch: of each sample */
	struct trial_row *rows;
	size_t count;
};

static int64_t
origin_at(const struct trial *trial, int origin)
{
	return trial->now - (RECIPE_ORIGINS - origin) * trial->step;
}

/* Whether the sample is judged from that origin. */
static bool
is_judged(const struct trial *trial, const struct sample *sample, int origin)
{
	int64_t from = origin_at(trial, origin);
	int64_t opened = trial->history->tickets[sample->ticket].opened;

	return opened >= from && opened < from + 2 * trial->step && sample->at < trial->now &&
	    !isnan(trial->truth[sample->ticket]);
}

/* Whether there is enough before and after every origin. */
static bool
is_enough(const struct trial *trial)
{
	const struct history *history = trial->history;
	size_t i, before, after;
	int origin;

	for (origin = 0; origin < RECIPE_ORIGINS; origin++) {
		before = after = 0;
		for (i = 0; i < history->nsamples; i++) {
			before += history->samples[i].at < origin_at(trial, origin);
			after += is_judged(trial, &history->samples[i], origin);
		}
		if (before < FEWEST_ROWS || after < FEWEST_ROWS / 2)
			return false;
	}
	return true;
}

/*
 * Learns at each origin and judges the rows after it. hindsight: lives are judged as is known now,
 * so that what is wrong is the trees' fault and not that of a change in judging.
 */
static int
try_recipe(struct trial *trial, const struct recipe *recipe, enum fitting fitting, bool hindsight)
{
	const struct history *history = trial->history;
	struct recipe plain = *recipe;
	struct booster *booster;
	int origin, result = 0;
	size_t i;

	plain.low = plain.high = 1;
	plain.shift = 0;
	trial->count = 0;
	for (origin = 0; origin < RECIPE_ORIGINS && result == 0; origin++) {
		plain.judging.until = hindsight ? trial->now : origin_at(trial, origin);
		booster = train(history, origin_at(trial, origin), &plain, fitting, 0);
		result =
		    booster != NULL ? train_predict(booster, &plain, history, trial->p, 0) : -1;
		for (i = 0; i < history->nsamples && result == 0; i++)
			if (is_judged(trial, &history->samples[i], origin))
				trial->rows[trial->count++] =
				    (struct trial_row){log(trial->p[i] / (1 - trial->p[i])),
					trial->truth[history->samples[i].ticket], origin};
		booster_free(booster);
	}
	return result;
}

/* The mean squared error of the rows of an origin (-1: all). */
static double
error_of(const struct trial *trial, const struct recipe *recipe, int origin)
{
	double sum = 0, off;
	size_t i, n = 0;

	for (i = 0; i < trial->count; i++) {
		if (origin != -1 && trial->rows[i].origin != origin)
			continue;
		off = recipe_probability(recipe, trial->rows[i].odds) - trial->rows[i].truth;
		sum += off * off;
		n++;
	}
	return n > 0 ? sum / (double)n : (double)NAN;
}

/* Drawn to 1, 1 and 0 as if so many rows spoke for them. */
#define CALIBRATION_PRIOR 50.0
enum { FREE = 3 };

/* Adds what a row says of the gradient and the curvature of its log loss. */
static void
add_slope(double *g, double h[FREE][FREE], const struct recipe *recipe, const struct trial_row *row)
{
	const double x[FREE] = {-log1p(exp(-row->odds)), log1p(exp(row->odds)), 1};
	double p = recipe_probability(recipe, row->odds);
	int i, k;

	for (i = 0; i < FREE; i++) {
		g[i] += (p - row->truth) * x[i];
		for (k = 0; k < FREE; k++)
			h[i][k] += p * (1 - p) * x[i] * x[k];
	}
}

/* Solves h step = g for a positive definite h, by elimination; g becomes the step. */
static void
solve(double *g, double h[FREE][FREE])
{
	double share;
	int i, j, k;

	for (i = 0; i < FREE; i++) {
		for (j = 0; j < FREE; j++) {
			if (j == i)
				continue;
			share = h[j][i] / h[i][i];
			for (k = i; k < FREE; k++)
				h[j][k] -= share * h[i][k];
			g[j] -= share * g[i];
		}
	}
	for (i = 0; i < FREE; i++)
		g[i] /= h[i][i];
}

/*
 * Fits the calibration by Newton's method to the rows but those of one origin (-1: to all). shaped:
 * not the shift alone. A shape that would turn the order around is left at 1.
 */
static void
calibrate(struct recipe *recipe, const struct trial *trial, bool shaped, int left_out)
{
	double g[FREE], h[FREE][FREE];
	int round, k;
	size_t i;

	recipe->low = recipe->high = 1;
	recipe->shift = 0;
	for (round = 0; round < 12; round++) {
		memset(h, 0, sizeof(h));
		g[0] = CALIBRATION_PRIOR * (recipe->low - 1);
		g[1] = CALIBRATION_PRIOR * (recipe->high - 1);
		g[2] = CALIBRATION_PRIOR * recipe->shift;
		for (k = 0; k < FREE; k++)
			h[k][k] = CALIBRATION_PRIOR;
		for (i = 0; i < trial->count; i++)
			if (trial->rows[i].origin != left_out)
				add_slope(g, h, recipe, &trial->rows[i]);
		if (!shaped) {
			recipe->shift -= g[2] / h[2][2];
			continue;
		}
		solve(g, h);
		recipe->low -= g[0];
		recipe->high -= g[1];
		recipe->shift -= g[2];
	}
	if (recipe->low <= 0 || recipe->high <= 0)
		calibrate(recipe, trial, false, left_out);
}

/* The error of each origin when it is calibrated by the others. */
static double
calibrated_error(const struct trial *trial, const struct recipe *recipe, bool shaped)
{
	struct recipe other = *recipe;
	double sum = 0;
	int origin;

	for (origin = 0; origin < RECIPE_ORIGINS; origin++) {
		calibrate(&other, trial, shaped, origin);
		sum += error_of(trial, &other, origin);
	}
	return sum / RECIPE_ORIGINS;
}

/*
 * As it will be used: fitted to the earlier origins, does it help at the last, which is most like
 * the time to come?
 */
static void
choose_calibration(struct recipe *recipe, const struct trial *trial)
{
	const int last = RECIPE_ORIGINS - 1;
	struct recipe shifted = *recipe, shaped = *recipe;
	double plain = error_of(trial, recipe, last), by_shift, by_shape;

	calibrate(&shifted, trial, false, last);
	calibrate(&shaped, trial, true, last);
	by_shift = error_of(trial, &shifted, last);
	by_shape = error_of(trial, &shaped, last);
	if (fmin(by_shift, by_shape) < plain)
		calibrate(recipe, trial, by_shape < by_shift, -1);
}

static int
choose_half_life(struct recipe *recipe, const struct trial *trial)
{
	double best = INFINITY, error;
	size_t i;

	for (i = 0; i < COUNT(half_lives); i++) {
		if (labels_judge_verdicts(&error, trial->history, trial->now - trial->step,
			trial->now, half_lives[i]) == -1)
			return -1;
		if (error < best) {
			best = error;
			recipe->judging.half_life = half_lives[i];
		}
	}
	return 0;
}

/* Tries a recipe, and keeps it if it is the best so far, each origin calibrated by the others. */
static int
consider(struct recipe *best, double *least, struct trial *trial, const struct recipe *recipe)
{
	double error;

	if (try_recipe(trial, recipe, FIT_TRIAL, true) == -1)
		return -1;
	error = calibrated_error(trial, recipe, true);
	if (error < *least) {
		*least = error;
		*best = *recipe;
	}
	return 0;
}

/* Whether openings fade. */
static int
choose_recency(struct recipe *recipe, struct trial *trial)
{
	struct recipe fading = *recipe;
	double least = INFINITY;

	fading.recency = RECENT;
	if (consider(recipe, &least, trial, recipe) == -1)
		return -1;
	return consider(recipe, &least, trial, &fading);
}

/* What a user would have seen who had trained at the origins. */
static int
prove(struct proof *proof, struct trial *trial, const struct recipe *recipe)
{
	struct forecast *forecasts;
	size_t i;

	if (try_recipe(trial, recipe, FIT_TRIAL, false) == -1)
		return -1;
	forecasts = mem_calloc(trial->count + 1, sizeof(*forecasts));
	for (i = 0; i < trial->count; i++)
		forecasts[i] = (struct forecast){
		    recipe_probability(recipe, trial->rows[i].odds), trial->rows[i].truth >= 0.5};
	skill_of(&proof->skill, forecasts, trial->count);
	proof->rows = trial->count;
	mem_free(forecasts);
	return 0;
}

static int
choose(struct recipe *recipe, struct proof *proof, struct trial *trial)
{
	if (choose_half_life(recipe, trial) == -1 ||
	    labels_find(trial->truth, trial->history, trial->now,
		(struct judging){recipe->judging.half_life, trial->now}) == -1)
		return -1;
	if (!is_enough(trial))
		return 0;
	if (choose_recency(recipe, trial) == -1 || try_recipe(trial, recipe, FIT_FULL, true) == -1)
		return -1;
	choose_calibration(recipe, trial);
	if (prove(proof, trial, recipe) == -1)
		return -1;
	recipe->judging.until = trial->now;
	return 0;
}

int
recipe_choose(
    struct recipe *recipe, struct proof *proof, const struct history *history, int64_t now)
{
	struct trial trial = {.history = history, .now = now};
	int64_t first = now;
	size_t i;
	int result;

	for (i = 0; i < history->ntickets; i++)
		if (history->tickets[i].opened < first)
			first = history->tickets[i].opened;
	trial.step = (now - first) / 10;
	trial.truth = mem_calloc(history->ntickets + 1, sizeof(*trial.truth));
	trial.p = mem_calloc(history->nsamples + 1, sizeof(*trial.p));
	trial.rows = mem_calloc(RECIPE_ORIGINS * history->nsamples + 1, sizeof(*trial.rows));
	*proof = (struct proof){.step = trial.step};
	*recipe = (struct recipe){{STANDING_HALF_LIFE, now}, INFINITY, 1, 1, 0};
	result = choose(recipe, proof, &trial);
	mem_free(trial.truth);
	mem_free(trial.p);
	mem_free(trial.rows);
	return result;
}

void
recipe_to_text(const struct recipe *recipe, struct buf *out)
{
	buf_addf(
	    out, "recipe: verdicts fade by half in %g days; openings ", recipe->judging.half_life);
	if (isinf(recipe->recency))
		buf_addz(out, "do not fade");
	else
		buf_addf(out, "fade by half in %g days", recipe->recency);
	buf_addf(
	    out, "; calibrated by %.3f, %.3f, %.3f\n", recipe->low, recipe->high, recipe->shift);
}

void
recipe_to_json(const struct recipe *recipe, struct json_writer *w)
{
	jsonw_open(w, "recipe", '{');
	jsonw_begin(w, "verdict_half_life_days");
	buf_addf(w->out, "%g", recipe->judging.half_life);
	jsonw_begin(w, "opening_half_life_days");
	buf_addf(w->out, isinf(recipe->recency) ? "null" : "%g", recipe->recency);
	jsonw_open(w, "calibration", '[');
	jsonw_begin(w, NULL);
	buf_addf(w->out, "%.6f", recipe->low);
	jsonw_begin(w, NULL);
	buf_addf(w->out, "%.6f", recipe->high);
	jsonw_begin(w, NULL);
	buf_addf(w->out, "%.6f", recipe->shift);
	jsonw_close(w, ']');
	jsonw_close(w, '}');
}
