/* model.c: the model file: written by training, read for scoring */
#include "risk/model.h"

#include "base/diag.h"
#include "base/input.h"
#include "base/mem.h"
#include "data/json.h"
#include "data/walk.h"
#include "out/json_writer.h"
#include "policy/policy.h"
#include "risk/pace.h"
#include "time/instant.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MODEL_LIMIT ((size_t)64 << 20)

static int
compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return x < y ? -1 : x > y;
}

/* Where 98 of 100 values of a feature lie; NaN where there is none. */
static void
write_range(struct buf *out, const struct history *history, int feature, float *scratch)
{
	size_t i, n = 0;

	for (i = 0; i < history->nsamples; i++)
		if (!isnan(history->samples[i].x[feature]))
			scratch[n++] = history->samples[i].x[feature];
	qsort(scratch, n, sizeof(*scratch), compare_floats);
	if (n == 0)
		buf_addz(out, "[0,0]");
	else
		buf_addf(
		    out, "[%.6g,%.6g]", (double)scratch[n / 100], (double)scratch[n - 1 - n / 100]);
}

static void
write_features(struct json_writer *w, const struct history *history)
{
	float *scratch = mem_calloc(history->nsamples + 1, sizeof(*scratch));
	int i;

	jsonw_open(w, "features", '[');
	for (i = 0; i < FEATURES; i++) {
		jsonw_open(w, NULL, '{');
		jsonw_text(w, "name", feature_rows[i].name);
		jsonw_text(w, "family", family_word(feature_rows[i].family));
		jsonw_text(w, "unit", feature_rows[i].unit);
		jsonw_text(w, "help", feature_rows[i].help);
		jsonw_begin(w, "range");
		write_range(w->out, history, i, scratch);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
	mem_free(scratch);
}

/* How the recipe did at the origins inside the training period. */
static void
write_proof(struct json_writer *w, const struct proof *proof)
{
	const struct skill *skill = &proof->skill;

	jsonw_open(w, "rolling_origins", '{');
	jsonw_i64(w, "origins", proof->rows > 0 ? RECIPE_ORIGINS : 0);
	jsonw_i64(w, "apart", proof->step);
	jsonw_i64(w, "rows", (int64_t)proof->rows);
	jsonw_i64(w, "missed", (int64_t)skill->happened);
	jsonw_begin(w, "auc");
	buf_addf(w->out, proof->rows == 0 || isnan(skill->auc) ? "null" : "%.4f", skill->auc);
	jsonw_begin(w, "brier");
	buf_addf(w->out, proof->rows == 0 ? "null" : "%.4f", skill->brier);
	jsonw_begin(w, "calibration_error");
	buf_addf(w->out, proof->rows == 0 ? "null" : "%.4f", skill->error);
	jsonw_close(w, '}');
}

int
model_train(const struct history *history, const struct habits *habits, int64_t now,
    const char *policy, struct buf *out)
{
	struct recipe recipe;
	struct proof proof;
	struct booster *booster = NULL;
	struct json_writer w = json_writer_to(out);
	int64_t from = INSTANT_NONE;
	char text[INSTANT_TEXT];
	int result;
	size_t i;

	if (recipe_choose(&recipe, &proof, history, now) == 0)
		booster = train(history, now, &recipe, FIT_FULL, 0);
	if (booster == NULL)
		return -1;
	for (i = 0; i < history->ntickets; i++)
		if (from == INSTANT_NONE || history->tickets[i].opened < from)
			from = history->tickets[i].opened;
	jsonw_open(&w, NULL, '{');
	jsonw_i64(&w, "sla_risk_model", FEATURE_VERSION);
	jsonw_text(&w, "label", history->label == LABEL_PSA ? "psa" : "clock");
	jsonw_text(&w, "policy", policy);
	instant_format(from, text);
	jsonw_text(&w, "from", text);
	instant_format(now, text);
	jsonw_text(&w, "until", text);
	jsonw_i64(&w, "tickets", (int64_t)history->ntickets);
	recipe_to_json(&recipe, &w);
	write_proof(&w, &proof);
	write_features(&w, history);
	habits_to_json(habits, &w);
	jsonw_begin(&w, "booster");
	result = booster_save(booster, out);
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
	booster_free(booster);
	return result;
}

static bool
read_features(struct model *model, const struct json *list)
{
	const struct json *feature = json_first(list), *range;
	double low, high;
	int i;

	for (i = 0; i < FEATURES; i++, feature = json_next(feature)) {
		const char *name = json_text(json_get(feature, "name"));

		range = json_first(json_get(feature, "range"));
		if (name == NULL || strcmp(name, feature_rows[i].name) != 0 ||
		    !json_double(range, &low) || !json_double(json_next(range), &high))
			return false;
		model->low[i] = (float)low;
		model->high[i] = (float)high;
	}
	return feature == NULL;
}

static const char *
read_model(struct model *model, struct slice text, const char *policy, struct arena *arena)
{
	struct json_error error;
	const struct json *root = json_parse(arena, text, &error), *number;
	const char *label, *theirs;
	int64_t version;

	if (root == NULL)
		return "it is not JSON";
	if (!json_i64(json_get(root, "sla_risk_model"), &version) || version != FEATURE_VERSION ||
	    !read_features(model, json_get(root, "features")))
		return "it was made by another version, which looked at other features: train anew";
	number = json_first(json_get(json_get(root, "recipe"), "calibration"));
	if (!json_double(number, &model->recipe.low) ||
	    !json_double(json_next(number), &model->recipe.high) ||
	    !json_double(json_next(json_next(number)), &model->recipe.shift))
		return "it does not say how it is calibrated: train anew";
	label = json_text(json_get(root, "label"));
	theirs = json_text(json_get(root, "policy"));
	if (label == NULL)
		return "it does not say what was learned";
	model->label = strcmp(label, "psa") == 0 ? LABEL_PSA : LABEL_CLOCK;
	if ((theirs == NULL) != (policy == NULL) || (policy != NULL && strcmp(theirs, policy) != 0))
		return "it was trained under another policy: train anew, or give that policy";
	if (!habits_from_json(&model->habits, root))
		return "what it learned of rests and of the finish cannot be read: train anew";
	model->booster = booster_load(raw_get(text, "booster", arena), FEATURES, arena);
	return model->booster == NULL ? "its trees cannot be read" : NULL;
}

struct model *
model_load(const char *path, const char *policy)
{
	struct model *model;
	struct arena arena = {0};
	struct buf text = {0};
	const char *fault;

	if (input_slurp(path, MODEL_LIMIT, &text) == -1)
		return NULL;
	model = mem_calloc(1, sizeof(*model));
	fault = read_model(model, buf_slice(&text), policy, &arena);
	arena_free(&arena);
	buf_free(&text);
	if (fault == NULL)
		return model;
	diag(DIAG_BAD_MODEL, (struct place){path, 0, 0}, "%s", fault);
	model_free(model);
	return NULL;
}

void
model_free(struct model *model)
{
	if (model == NULL)
		return;
	booster_free(model->booster);
	habits_free(&model->habits);
	mem_free(model);
}

struct score *
model_score(const struct model *model, const struct history *history)
{
	struct score *scores = mem_calloc(history->nsamples + 1, sizeof(*scores));
	float *x = mem_calloc(history->nsamples + 1, FEATURES * sizeof(*x));
	float *parts = mem_calloc(history->nsamples + 1, (FEATURES + 1) * sizeof(*parts));
	float *odds = mem_calloc(history->nsamples + 1, sizeof(*odds));
	struct table table = {x, history->nsamples, FEATURES};
	float slope = (float)(model->recipe.low + model->recipe.high) / 2;
	size_t i;
	int k, result;

	for (i = 0; i < history->nsamples; i++)
		memcpy(x + i * FEATURES, history->samples[i].x, FEATURES * sizeof(*x));
	result = booster_predict(model->booster, table, odds);
	if (result == 0)
		result = booster_contributions(model->booster, table, parts);
	for (i = 0; i < history->nsamples && result == 0; i++) {
		scores[i].p = recipe_probability(&model->recipe, (double)odds[i]);
		for (k = 0; k < FEATURES; k++)
			scores[i].parts[feature_rows[k].family] +=
			    slope * parts[i * (FEATURES + 1) + (size_t)k];
	}
	mem_free(x);
	mem_free(parts);
	mem_free(odds);
	if (result == 0)
		return scores;
	mem_free(scores);
	return NULL;
}

/* Of 100 values 2 lie outside by the making of the range; from 20 on it is another world. */
#define DRIFTED 20

void
model_check_drift(const struct model *model, const struct history *history)
{
	size_t i, n, outside, share, worst = 0;
	int k, which = 0;
	float x;

	for (k = 0; k < FEATURES; k++) {
		outside = n = 0;
		for (i = 0; i < history->nsamples; i++) {
			x = history->samples[i].x[k];
			n += isnan(x) ? 0 : 1;
			outside += x < model->low[k] || x > model->high[k] ? 1 : 0;
		}
		share = n >= 20 && feature_rows[k].family != FAMILY_HOUR ? outside * 100 / n : 0;
		if (share > worst) {
			worst = share;
			which = k;
		}
	}
	if (worst >= DRIFTED)
		diag(DIAG_DRIFT, NOWHERE, "%zu %% of the open tickets are outside in %s: %s", worst,
		    feature_rows[which].name, feature_rows[which].help);
}

static const char *
owner_words(const struct analysis *analysis, struct arena *arena)
{
	bool owned = analysis->timeline.now.owner != NULL;
	size_t n = analysis->ledger.nhandoffs;
	char text[120];

	if (n == 0)
		return owned ? "it is still with its first owner" : "it has no owner";
	snprintf(text, sizeof(text), "%s, and was handed over %zu time%s",
	    owned ? "it has an owner" : "it has no owner", n, n == 1 ? "" : "s");
	return arena_textz(arena, text);
}

static const char *
words_of(enum family family, const struct risk *risk, const struct analysis *analysis,
    struct arena *arena)
{
	static const char *const fixed[FAMILIES] = {
	    [FAMILY_STATE] = "tickets in this state are missed more often",
	    [FAMILY_KIND] = "its priority and channel",
	    [FAMILY_HOUR] = "the hour and the weekday",
	    [FAMILY_LOAD] = "its owner and team have many open tickets",
	    [FAMILY_PAST] = "many tickets of the desk were missed in the last days",
	    [FAMILY_LIFE] = "tickets of the desk take long at present",
	    [FAMILY_TEAM] = "tickets of this team and owner take longer than others",
	    [FAMILY_SUBJECT] = "tickets of this category take longer than others",
	    [FAMILY_CLIENT] = "tickets of this client, site or contact take longer than others"};
	const struct timeline *timeline = &analysis->timeline;
	char words[40], text[60];

	switch (family) {
	case FAMILY_ELAPSED:
		instant_format_duration(timeline->as_of - timeline->opened, words, sizeof(words));
		snprintf(text, sizeof(text), "it is %s old", words);
		return arena_textz(arena, text);
	case FAMILY_STALL:
		return idle_reason(&risk->stall,
		    calendar_between(
			analysis->ledger.calendar, analysis->progress.last, timeline->as_of),
		    arena);
	case FAMILY_OWNERSHIP:
		return owner_words(analysis, arena);
	default:
		return fixed[family];
	}
}

/* Below this a family says too little to be named. */
#define LEAST_PART 0.05F

void
model_tell(struct risk *risk, const struct score *score, const struct analysis *analysis,
    struct arena *arena)
{
	struct outlook *outlook = &risk->clocks[METRIC_RESOLVE].outlook;
	struct score left = *score;
	int k, best;

	outlook->probability = (int64_t)lround(1000 * score->p);
	outlook->nreasons = 0;
	while (outlook->nreasons < RISK_REASONS) {
		best = 0;
		for (k = 1; k < FAMILIES; k++)
			if (left.parts[k] > left.parts[best])
				best = k;
		if (left.parts[best] < LEAST_PART)
			return;
		outlook->reasons[outlook->nreasons++] =
		    words_of((enum family)best, risk, analysis, arena);
		left.parts[best] = 0;
	}
}
