/* skill.c: how good probabilities were, now that the outcomes are known */
#include "stat/skill.h"

#include <math.h>
#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	const struct forecast *x = a, *y = b;

	if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	return (int)x->happened - (int)y->happened;
}

/* The first forecast behind those that are equal to the one at i. */
static size_t
after_ties(const struct forecast *forecasts, size_t count, size_t i, size_t *happened)
{
	size_t j;

	*happened = 0;
	for (j = i; j < count && forecasts[j].p == forecasts[i].p; j++)
		*happened += forecasts[j].happened;
	return j;
}

/* Mann and Whitney's U over the number of pairs; and the average precision on the way. */
static void
rank(struct skill *skill, const struct forecast *forecasts, size_t count)
{
	double won = 0, above = (double)skill->happened, misses = (double)(count - skill->happened);
	double all = above, precision = 0;
	size_t i, j, happened, missed = 0;

	for (i = 0; i < count; i = j) {
		j = after_ties(forecasts, count, i, &happened);
		won += (double)happened * ((double)missed + (double)(j - i - happened) / 2);
		precision += (double)happened * above / (double)(count - i);
		above -= (double)happened;
		missed += j - i - happened;
	}
	skill->auc = all > 0 && misses > 0 ? won / (all * misses) : (double)NAN;
	skill->precision = all > 0 ? precision / all : (double)NAN;
}

static void
fill_bins(struct skill *skill, const struct forecast *forecasts, size_t count)
{
	struct reliability *bin;
	double said, came;
	size_t b, i;

	for (b = 0; b < 10; b++) {
		bin = &skill->bins[b];
		said = came = 0;
		for (i = b * count / 10; i < (b + 1) * count / 10; i++) {
			said += forecasts[i].p;
			came += forecasts[i].happened;
			bin->count++;
		}
		skill->error += fabs(said - came) / (double)count;
		bin->said = bin->count > 0 ? said / (double)bin->count : (double)NAN;
		bin->came = bin->count > 0 ? came / (double)bin->count : (double)NAN;
	}
}

void
skill_of(struct skill *skill, struct forecast *forecasts, size_t count)
{
	double off, sum = 0;
	size_t i;

	*skill = (struct skill){.count = count, .auc = (double)NAN, .precision = (double)NAN};
	if (count == 0)
		return;
	qsort(forecasts, count, sizeof(*forecasts), compare);
	for (i = 0; i < count; i++) {
		off = forecasts[i].p - forecasts[i].happened;
		sum += off * off;
		skill->happened += forecasts[i].happened;
	}
	skill->brier = sum / (double)count;
	rank(skill, forecasts, count);
	fill_bins(skill, forecasts, count);
}
