/* backtest_measure.c: how well the rivals of a backtest warned */
#include "base/mem.h"
#include "risk/backtest_slice.h"
#include "time/instant.h"

#include <math.h>
#include <stdlib.h>

/* Landmarks up to this count for the early AUC. */
#define EARLY    SECONDS_PER_DAY
/* From here on a row of the model is a warning. */
#define WARNS_AT 0.5

const int warning_hours[WARNING_TIMES] = {1, 2, 4, 8};

const char *
rival_word(enum rival rival)
{
	static const char *const words[RIVALS] = {"model", "elapsed", "pace"};

	return words[rival];
}

static bool
missed(const struct test_slice *slice, const struct sample *sample)
{
	return slice->history->tickets[sample->ticket].missed;
}

void
slice_measure(
    struct skill *skill, struct test_slice *slice, enum rival rival, struct stratum stratum)
{
	const struct sample *sample;
	size_t i, n = 0;

	for (i = 0; i < slice->count; i++) {
		sample = slice->samples[i];
		if ((stratum.landmark == -1 || sample->landmark == stratum.landmark) &&
		    (stratum.priority == -1 || (int)sample->priority == stratum.priority))
			slice->forecasts[n++] =
			    (struct forecast){slice->p[rival][i], missed(slice, sample)};
	}
	skill_of(skill, slice->forecasts, n);
}

double
slice_early_auc(struct test_slice *slice, enum rival rival)
{
	const struct history *history = slice->history;
	struct skill skill;
	double sum = 0;
	size_t i, n = 0;

	for (i = 0; i < history->nlandmarks && history->landmarks[i] <= EARLY; i++) {
		slice_measure(&skill, slice, rival, (struct stratum){history->landmarks[i], -1});
		if (isnan(skill.auc))
			continue;
		sum += skill.auc;
		n++;
	}
	return n > 0 ? sum / (double)n : (double)NAN;
}

/* One ticket on the list of one day. */
struct listed {
	int64_t day;
	double p;
	size_t row;
};

static int
by_urgency(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->p != y->p)
		return x->p > y->p ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

double
slice_worklist_precision(const struct test_slice *slice, enum rival rival)
{
	struct listed *list = mem_calloc(slice->count + 1, sizeof(*list));
	const struct sample *sample;
	size_t i, n = 0, rank = 0, taken = 0, right = 0;
	int64_t day;

	for (i = 0; i < slice->count; i++) {
		sample = slice->samples[i];
		day = instant_day_of(sample->at);
		if (n == 0 || list[n - 1].day != day ||
		    slice->samples[list[n - 1].row]->ticket != sample->ticket)
			n++;
		list[n - 1] = (struct listed){day, slice->p[rival][i], i};
	}
	qsort(list, n, sizeof(*list), by_urgency);
	for (i = 0; i < n; i++) {
		rank = i > 0 && list[i].day == list[i - 1].day ? rank + 1 : 0;
		if (rank >= WORKLIST_SIZE)
			continue;
		taken++;
		right += missed(slice, slice->samples[list[i].row]);
	}
	mem_free(list);
	return taken > 0 ? (double)right / (double)taken : (double)NAN;
}

static int
descending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x > y ? -1 : x < y;
}

/* The probability from which on a rival warns: as often as the model does. */
static double
find_threshold(const struct test_slice *slice, enum rival rival)
{
	double *p, threshold = WARNS_AT;
	size_t i, warned = 0;

	if (rival == RIVAL_MODEL || slice->count == 0)
		return threshold;
	p = mem_calloc(slice->count, sizeof(*p));
	for (i = 0; i < slice->count; i++) {
		warned += slice->p[RIVAL_MODEL][i] >= WARNS_AT;
		p[i] = slice->p[rival][i];
	}
	qsort(p, slice->count, sizeof(*p), descending);
	threshold = warned > 0 ? p[warned - 1] : (double)INFINITY;
	mem_free(p);
	return threshold;
}

static int
ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void
count_ticket(struct warnings *warnings, bool was_missed, int64_t first)
{
	size_t *counts = was_missed ? warnings->caught : warnings->crying;
	int i;

	if (was_missed)
		warnings->missed++;
	else
		warnings->met++;
	for (i = 0; i < WARNING_TIMES; i++)
		counts[i] += first >= warning_hours[i] * (int64_t)3600;
}

void
slice_warnings(struct warnings *warnings, struct test_slice *slice, enum rival rival)
{
	int64_t *leads = mem_calloc(slice->count + 1, sizeof(*leads)), first = -1;
	double threshold = find_threshold(slice, rival);
	const struct sample *sample;
	size_t i, n = 0;

	*warnings = (struct warnings){.lead = -1};
	for (i = 0; i < slice->count; i++) {
		sample = slice->samples[i];
		if (sample->lead == -1)
			continue;
		if (first < sample->lead && slice->p[rival][i] >= threshold)
			first = sample->lead;
		if (i + 1 < slice->count && slice->samples[i + 1]->ticket == sample->ticket)
			continue;
		count_ticket(warnings, missed(slice, sample), first);
		if (missed(slice, sample) && first > 0)
			leads[n++] = first;
		first = -1;
	}
	qsort(leads, n, sizeof(*leads), ascending);
	if (n > 0)
		warnings->lead = leads[(n - 1) / 2];
	mem_free(leads);
}
