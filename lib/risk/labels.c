/* labels.c: the outcomes that a model learns, of all tickets, as far as they are known */
#include "risk/labels.h"

#include "base/mem.h"
#include "risk/booster.h"
#include "time/instant.h"

#include <math.h>
#include <stdlib.h>

/* What a verdict is told by. */
enum { LIFE, OPENED_DAY, OPENED_HOUR, ENDED_DAY, PRIORITY, COLUMNS };

/* A longer life is never judged milder. */
static const signed char signs[COLUMNS] = {[LIFE] = 1};
static const struct booster_plan plan = {.rounds = 50,
    .depth = 3,
    .rate = 0.15,
    .lightest = 5,
    .rows_share = 1,
    .columns_share = 1,
    .monotone = signs};

/* An open ticket may take so many of the longer lives, evenly from the shortest to the longest. */
#define DRAWS           16
/* Lives of tickets that ended so many days ago count half in that. */
#define LIVES_HALF_LIFE 21.0
/* Fewer verdicts teach nothing about lives: then the verdict is taken as it is. */
#define FEWEST_VERDICTS 50

static void
fill_row(float *x, const struct past *past, int64_t life, bool ended)
{
	int64_t opened = instant_day_of(past->opened);

	x[LIFE] = (float)log1p((double)life);
	x[OPENED_DAY] = (float)instant_weekday(opened);
	x[OPENED_HOUR] = (float)((past->opened - opened * SECONDS_PER_DAY) / 3600);
	x[ENDED_DAY] = (float)instant_weekday(instant_day_of(past->opened + life));
	x[PRIORITY] = (float)(ended ? past->ended_as : past->opened_as);
}

static bool
has_verdict(const struct past *past, int64_t now)
{
	return past->known != INSTANT_NONE && past->known < now;
}

static bool
has_ended(const struct past *past, int64_t now)
{
	return past->over && past->ended < now;
}

/* A breach is known while the ticket is still open: then its life is at least its age. */
static int64_t
life_by(const struct past *past, int64_t now)
{
	return (has_ended(past, now) ? past->ended : now) - past->opened;
}

/* How lives are judged. NULL: too few verdicts, or after a diagnostic, which failed tells. */
static struct booster *
learn_judging(const struct history *history, int64_t now, double half_life, bool *failed)
{
	float *x = mem_calloc(history->ntickets + 1, COLUMNS * sizeof(*x));
	float *y = mem_calloc(history->ntickets + 1, sizeof(*y));
	float *weight = mem_calloc(history->ntickets + 1, sizeof(*weight));
	struct booster *booster = NULL;
	const struct past *past;
	size_t i, n = 0;

	for (i = 0; i < history->ntickets; i++) {
		past = &history->tickets[i];
		if (!has_verdict(past, now))
			continue;
		fill_row(x + n * COLUMNS, past, life_by(past, now), has_ended(past, now));
		y[n] = past->missed;
		weight[n++] =
		    (float)exp2(-(double)(now - past->known) / SECONDS_PER_DAY / half_life);
	}
	if (n >= FEWEST_VERDICTS) {
		booster = booster_train((struct table){x, n, COLUMNS}, y, weight, &plan);
		*failed = booster == NULL;
	}
	mem_free(x);
	mem_free(y);
	mem_free(weight);
	return booster;
}

/* Lives of ended tickets, the shortest first, and the sum of the weights up to each. */
struct lives {
	struct life {
		int64_t seconds;
		double up_to;
	} * items;
	size_t count;
};

static int
compare_lives(const void *a, const void *b)
{
	const struct life *x = a, *y = b;

	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	return (x->up_to > y->up_to) - (x->up_to < y->up_to);
}

static void
gather_lives(struct lives *lives, const struct history *history, int64_t now)
{
	const struct past *past;
	double ago;
	size_t i;

	lives->items = mem_calloc(history->ntickets + 1, sizeof(*lives->items));
	for (i = 0; i < history->ntickets; i++) {
		past = &history->tickets[i];
		if (!has_ended(past, now))
			continue;
		ago = (double)(now - past->ended) / SECONDS_PER_DAY;
		lives->items[lives->count++] =
		    (struct life){past->ended - past->opened, exp2(-ago / LIVES_HALF_LIFE)};
	}
	qsort(lives->items, lives->count, sizeof(*lives->items), compare_lives);
	for (i = 1; i < lives->count; i++)
		lives->items[i].up_to += lives->items[i - 1].up_to;
}

/* The first life whose sum is above. */
static int64_t
life_at(const struct lives *lives, double sum)
{
	size_t low = 0, high = lives->count - 1, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (lives->items[middle].up_to > sum)
			high = middle;
		else
			low = middle + 1;
	}
	return lives->items[low].seconds;
}

/* The weight of all lives up to an age. */
static double
weight_until(const struct lives *lives, int64_t age)
{
	size_t low = 0, high = lives->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (lives->items[middle].seconds > age)
			high = middle;
		else
			low = middle + 1;
	}
	return low > 0 ? lives->items[low - 1].up_to : 0;
}

/* The lives that a ticket may come to, as rows; the number of them. */
static size_t
fill_rows(float *x, const struct past *past, const struct lives *lives, int64_t now)
{
	int64_t age = now - past->opened, life;
	double all, from;
	int i;

	if (has_ended(past, now) || lives->count == 0 ||
	    age >= lives->items[lives->count - 1].seconds) {
		fill_row(x, past, life_by(past, now), has_ended(past, now));
		return 1;
	}
	all = lives->items[lives->count - 1].up_to;
	from = weight_until(lives, age);
	for (i = 0; i < DRAWS; i++) {
		life = life_at(lives, from + (all - from) * (i + 0.5) / DRAWS);
		fill_row(x + i * COLUMNS, past, life, false);
	}
	return DRAWS;
}

/* Tickets at once, so that the rows of all do not lie in memory. */
#define BATCH 1024

static int
judge_batch(double *p, const struct history *history, size_t first, size_t count,
    const struct booster *booster, const struct lives *lives, int64_t now)
{
	float *x = mem_calloc(BATCH * DRAWS, COLUMNS * sizeof(*x));
	float *odds = mem_calloc(BATCH * DRAWS, sizeof(*odds));
	size_t rows[BATCH], i, k, n = 0, at = 0;
	int result;

	for (i = 0; i < count; i++) {
		rows[i] = history->tickets[first + i].opened < now
		    ? fill_rows(x + n * COLUMNS, &history->tickets[first + i], lives, now)
		    : 0;
		n += rows[i];
	}
	result = booster_predict(booster, (struct table){x, n, COLUMNS}, odds);
	for (i = 0; i < count && result == 0; i++) {
		p[first + i] = rows[i] > 0 ? 0 : (double)NAN;
		for (k = 0; k < rows[i]; k++)
			p[first + i] += 1 / (1 + exp(-(double)odds[at++])) / (double)rows[i];
	}
	mem_free(x);
	mem_free(odds);
	return result;
}

int
labels_find(double *p, const struct history *history, int64_t now, struct judging judging)
{
	struct lives lives = {0};
	const struct past *past;
	struct booster *booster;
	bool failed = false;
	size_t i, count;

	booster = learn_judging(history, judging.until, judging.half_life, &failed);
	if (booster != NULL)
		gather_lives(&lives, history, now);
	for (i = 0; i < history->ntickets; i++)
		p[i] = (double)NAN;
	for (i = 0; i < history->ntickets && booster != NULL && !failed; i += BATCH) {
		count = history->ntickets - i < BATCH ? history->ntickets - i : BATCH;
		failed = judge_batch(p, history, i, count, booster, &lives, now) == -1;
	}
	for (i = 0; i < history->ntickets; i++) {
		past = &history->tickets[i];
		if (has_verdict(past, now))
			p[i] = past->missed;
	}
	booster_free(booster);
	mem_free(lives.items);
	return failed ? -1 : 0;
}

int
labels_judge_verdicts(
    double *error, const struct history *history, int64_t from, int64_t to, double half_life)
{
	float *x = mem_calloc(history->ntickets + 1, COLUMNS * sizeof(*x));
	float *odds = mem_calloc(history->ntickets + 1, sizeof(*odds));
	bool *missed = mem_calloc(history->ntickets + 1, sizeof(*missed)), failed = false;
	struct booster *booster = learn_judging(history, from, half_life, &failed);
	const struct past *past;
	double off, sum = 0;
	size_t i, n = 0;

	for (i = 0; i < history->ntickets && booster != NULL; i++) {
		past = &history->tickets[i];
		if (!has_verdict(past, to) || has_verdict(past, from))
			continue;
		fill_row(x + n * COLUMNS, past, life_by(past, to), has_ended(past, to));
		missed[n++] = past->missed;
	}
	if (booster != NULL)
		failed = booster_predict(booster, (struct table){x, n, COLUMNS}, odds) == -1;
	for (i = 0; i < n && !failed; i++) {
		off = 1 / (1 + exp(-(double)odds[i])) - missed[i];
		sum += off * off;
	}
	*error = n > 0 ? sum / (double)n : (double)NAN;
	booster_free(booster);
	mem_free(x);
	mem_free(odds);
	mem_free(missed);
	return failed ? -1 : 0;
}
