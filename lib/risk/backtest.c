/* backtest.c: proves a model on the user's own past */
#include "risk/backtest.h"

#include "base/diag.h"
#include "base/mem.h"
#include "out/csv_writer.h"
#include "out/json_writer.h"
#include "risk/coverage.h"
#include "risk/train.h"
#include "stat/skill.h"
#include "time/instant.h"

#include <math.h>
#include <stdlib.h>

/* Landmarks up to this count for the early AUC. */
#define EARLY SECONDS_PER_DAY

enum rival { RIVAL_MODEL, RIVAL_ELAPSED, RIVAL_PACE, RIVALS };

static const char *const rival_words[RIVALS] = {"model", "elapsed", "pace"};

struct test {
	const struct backtest *backtest;
	const struct history *history;
	int64_t split;
	const struct sample **samples;
	double *p[RIVALS];
	struct forecast *forecasts; /* scratch */
	size_t count;
	size_t trained; /* tickets */
};

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

static bool
missed(const struct test *test, const struct sample *sample)
{
	return test->history->tickets[sample->ticket].missed;
}

/* Those of one landmark (-1: all), of one priority (-1: all). */
static void
judge(struct skill *skill, struct test *test, enum rival rival, int64_t landmark, int priority)
{
	size_t i, n = 0;

	for (i = 0; i < test->count; i++)
		if ((landmark == -1 || test->samples[i]->landmark == landmark) &&
		    (priority == -1 || (int)test->samples[i]->priority == priority))
			test->forecasts[n++] =
			    (struct forecast){test->p[rival][i], missed(test, test->samples[i])};
	skill_of(skill, test->forecasts, n);
}

static double
early(struct test *test, enum rival rival)
{
	const struct history *history = test->history;
	struct skill skill;
	double sum = 0;
	size_t i, n = 0;

	for (i = 0; i < history->nlandmarks; i++) {
		if (history->landmarks[i] > EARLY)
			continue;
		judge(&skill, test, rival, history->landmarks[i], -1);
		if (isnan(skill.auc))
			continue;
		sum += skill.auc;
		n++;
	}
	return n > 0 ? sum / (double)n : (double)NAN;
}

static void
collect(struct test *test, const double *p)
{
	const struct history *history = test->history;
	const struct sample *sample;
	const struct past *past;
	double longest =
	    history->nlandmarks > 0 ? (double)history->landmarks[history->nlandmarks - 1] : 1;
	size_t i;

	for (i = 0; i < history->nsamples; i++) {
		sample = &history->samples[i];
		past = &history->tickets[sample->ticket];
		if (past->opened < test->split || past->known == INSTANT_NONE)
			continue;
		test->samples[test->count] = sample;
		test->p[RIVAL_MODEL][test->count] = p[i];
		test->p[RIVAL_ELAPSED][test->count] =
		    fmin(1, sample->used >= 0 ? sample->used : (double)sample->landmark / longest);
		test->p[RIVAL_PACE][test->count] = sample->pace >= 0
		    ? sample->pace
		    : 1 / (1 + exp(3 - 4.5 * (double)sample->landmark / longest));
		test->count++;
	}
}

static void
write_predictions(const struct test *test, struct buf *out)
{
	struct csv_writer w = csv_writer_to(out, false);
	const struct sample *sample;
	char at[INSTANT_TEXT];
	size_t i;

	buf_addz(out, "ticket,instant,landmark,probability,outcome\n");
	for (i = 0; i < test->count; i++) {
		sample = test->samples[i];
		instant_format(sample->at, at);
		csvw_text(&w,
		    intern_text(&test->history->ids, test->history->tickets[sample->ticket].id));
		csvw_text(&w, at);
		csvw_i64(&w, sample->landmark);
		buf_addf(out, ",%.6f", test->p[RIVAL_MODEL][i]);
		csvw_i64(&w, missed(test, sample));
		csvw_end(&w);
	}
}

static void
write_text_row(struct test *test, struct buf *out, const char *name, int64_t landmark, int priority)
{
	struct skill skill;
	int rival;

	for (rival = 0; rival < RIVALS; rival++) {
		judge(&skill, test, (enum rival)rival, landmark, priority);
		if (skill.count == 0)
			return;
		buf_addf(out, "%-12s %-8s %7zu %7zu  %6.3f %6.3f %6.3f %6.3f\n", name,
		    rival_words[rival], skill.count, skill.happened, skill.auc, skill.precision,
		    skill.brier, skill.error);
	}
}

static void
write_text(struct test *test, struct buf *out)
{
	char split[INSTANT_TEXT], name[40];
	struct skill skill;
	size_t i;
	int rival, priority, b;

	instant_format(test->split, split);
	buf_addf(out, "split %s: learned from %zu tickets, tested at %zu instants\n\n", split,
	    test->trained, test->count);
	buf_addz(out, "of           by          rows  missed     auc    avp  brier  calib\n");
	write_text_row(test, out, "all", -1, -1);
	for (i = 0; i < test->history->nlandmarks; i++) {
		instant_format_duration(test->history->landmarks[i], name, sizeof(name));
		write_text_row(test, out, name, test->history->landmarks[i], -1);
	}
	for (priority = 0; priority < PRIORITIES; priority++)
		write_text_row(test, out,
		    priority == 0 ? "no priority" : word_of(WORDS_PRIORITY, priority), -1,
		    priority);
	buf_addz(out, "\nmean auc at landmarks up to 24h:");
	for (rival = 0; rival < RIVALS; rival++)
		buf_addf(out, " %s %.3f", rival_words[rival], early(test, (enum rival)rival));
	buf_addz(out, "\n\nwhat was said, what came (tenths of the rows):\n");
	judge(&skill, test, RIVAL_MODEL, -1, -1);
	for (b = 0; b < 10; b++)
		buf_addf(out, "%6.3f %6.3f %7zu\n", skill.bins[b].said, skill.bins[b].came,
		    skill.bins[b].count);
	if (test->backtest->finish != NULL)
		coverage_write_text(out, test->backtest->finish, test->split,
		    test->history->landmarks, test->history->nlandmarks);
}

/* What is lost when the model may not look at one family. */
static int
ablate(struct test *test, const struct history *history, struct buf *out)
{
	struct booster *booster;
	struct skill skill;
	double *p = mem_calloc(history->nsamples + 1, sizeof(*p));
	int family, result = 0;

	buf_addz(out, "\nwithout         auc  brier  early\n");
	for (family = 0; family < FAMILIES && result == 0; family++) {
		booster = train(history, test->split, 1u << family);
		if (booster == NULL) {
			result = -1;
			break;
		}
		result = train_predict(booster, history, p, 1u << family);
		booster_free(booster);
		test->count = 0;
		collect(test, p);
		judge(&skill, test, RIVAL_MODEL, -1, -1);
		buf_addf(out, "%-12s %6.3f %6.3f %6.3f\n", family_word((enum family)family),
		    skill.auc, skill.brier, early(test, RIVAL_MODEL));
	}
	mem_free(p);
	return result;
}

static void
write_json(struct test *test, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	char split[INSTANT_TEXT];
	struct skill skill;
	int rival;

	instant_format(test->split, split);
	jsonw_open(&w, NULL, '{');
	jsonw_text(&w, "split", split);
	jsonw_i64(&w, "trained", (int64_t)test->trained);
	jsonw_i64(&w, "rows", (int64_t)test->count);
	for (rival = 0; rival < RIVALS; rival++) {
		judge(&skill, test, (enum rival)rival, -1, -1);
		jsonw_open(&w, rival_words[rival], '{');
		jsonw_i64(&w, "missed", (int64_t)skill.happened);
		jsonw_begin(&w, "auc");
		buf_addf(out, isnan(skill.auc) ? "null" : "%.4f", skill.auc);
		jsonw_begin(&w, "average_precision");
		buf_addf(out, isnan(skill.precision) ? "null" : "%.4f", skill.precision);
		jsonw_begin(&w, "brier");
		buf_addf(out, "%.4f", skill.brier);
		jsonw_begin(&w, "calibration_error");
		buf_addf(out, "%.4f", skill.error);
		jsonw_close(&w, '}');
	}
	if (test->backtest->finish != NULL)
		coverage_write_json(&w, test->backtest->finish, test->split,
		    test->history->landmarks, test->history->nlandmarks);
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
}

int
backtest_run(const struct backtest *backtest, const struct history *history, struct buf *out,
    struct buf *predictions)
{
	struct test test = {.backtest = backtest, .history = history};
	double *p = mem_calloc(history->nsamples + 1, sizeof(*p));
	struct booster *booster;
	int rival, result = -1;
	size_t i;

	test.split = find_split(backtest, history);
	for (i = 0; i < history->ntickets; i++)
		test.trained += history->tickets[i].last < test.split &&
		    history->tickets[i].known < test.split &&
		    history->tickets[i].known != INSTANT_NONE;
	test.samples = mem_calloc(history->nsamples + 1, sizeof(*test.samples));
	test.forecasts = mem_calloc(history->nsamples + 1, sizeof(*test.forecasts));
	for (rival = 0; rival < RIVALS; rival++)
		test.p[rival] = mem_calloc(history->nsamples + 1, sizeof(double));
	booster = train(history, test.split, 0);
	if (booster != NULL && train_predict(booster, history, p, 0) == 0) {
		collect(&test, p);
		if (predictions != NULL)
			write_predictions(&test, predictions);
		if (backtest->json)
			write_json(&test, out);
		else
			write_text(&test, out);
		result = backtest->ablate ? ablate(&test, history, out) : 0;
	}
	booster_free(booster);
	for (rival = 0; rival < RIVALS; rival++)
		mem_free(test.p[rival]);
	mem_free(test.samples);
	mem_free(test.forecasts);
	mem_free(p);
	return result;
}
