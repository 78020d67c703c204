/* backtest_write.c: the report of a backtest, as text, JSON and CSV */
#include "out/csv_writer.h"
#include "out/json_writer.h"
#include "risk/backtest_slice.h"
#include "risk/coverage.h"
#include "time/instant.h"

#include <math.h>

void
slice_write_predictions(const struct test_slice *slice, struct buf *out)
{
	struct csv_writer w = csv_writer_to(out, false);
	const struct sample *sample;
	const struct past *past;
	char at[INSTANT_TEXT];
	size_t i;

	buf_addz(out, "ticket,instant,landmark,probability,outcome\n");
	for (i = 0; i < slice->count; i++) {
		sample = slice->samples[i];
		past = &slice->history->tickets[sample->ticket];
		instant_format(sample->at, at);
		csvw_text(&w, intern_text(&slice->history->ids, past->id));
		csvw_text(&w, at);
		csvw_i64(&w, sample->landmark);
		buf_addf(out, ",%.6f", slice->p[RIVAL_MODEL][i]);
		csvw_i64(&w, past->missed);
		csvw_end(&w);
	}
}

static void
write_row(struct test_slice *slice, struct buf *out, const char *name, struct stratum stratum)
{
	struct skill skill;
	int rival;

	for (rival = 0; rival < RIVALS; rival++) {
		slice_measure(&skill, slice, (enum rival)rival, stratum);
		if (skill.count == 0)
			return;
		buf_addf(out, "%-12s %-8s %7zu %7zu  %6.3f %6.3f %6.3f %6.3f\n", name,
		    rival_word((enum rival)rival), skill.count, skill.happened, skill.auc,
		    skill.precision, skill.brier, skill.error);
	}
}

static const char *
priority_name(int priority)
{
	return priority == 0 ? "no priority" : word_of(WORDS_PRIORITY, priority);
}

static void
write_rows(struct test_slice *slice, struct buf *out)
{
	const struct history *history = slice->history;
	char name[40];
	size_t i;
	int priority;

	buf_addz(out, "of           by          rows  missed     auc    avp  brier  calib\n");
	write_row(slice, out, "all", (struct stratum){-1, -1});
	for (i = 0; i < history->nlandmarks; i++) {
		instant_format_duration(history->landmarks[i], name, sizeof(name));
		write_row(slice, out, name, (struct stratum){history->landmarks[i], -1});
	}
	for (priority = 0; priority < PRIORITIES; priority++)
		write_row(slice, out, priority_name(priority), (struct stratum){-1, priority});
}

static void
write_warnings(struct test_slice *slice, struct buf *out)
{
	struct warnings warnings;
	char lead[40] = "none";
	int rival, i;

	buf_addz(out, "\nwarned before the breach  1h      2h      4h      8h  median lead\n");
	for (rival = 0; rival < RIVALS; rival++) {
		slice_warnings(&warnings, slice, (enum rival)rival);
		if (warnings.missed == 0) {
			buf_addz(out, "nothing: of no missed ticket is known when it was\n");
			return;
		}
		if (warnings.lead >= 0)
			instant_format_working(warnings.lead, lead, sizeof(lead));
		buf_addf(
		    out, "%-8s of %6zu missed", rival_word((enum rival)rival), warnings.missed);
		for (i = 0; i < WARNING_TIMES; i++)
			buf_addf(out, " %7zu", warnings.caught[i]);
		buf_addf(out, "  %s\n%-8s of %6zu met   ", lead, "", warnings.met);
		for (i = 0; i < WARNING_TIMES; i++)
			buf_addf(out, " %7zu", warnings.crying[i]);
		buf_addc(out, '\n');
	}
}

void
slice_write_text(struct test_slice *slice, struct buf *out)
{
	const struct ablation *ablation;
	char split[INSTANT_TEXT];
	struct skill skill;
	int rival, b;
	size_t i;

	instant_format(slice->split, split);
	buf_addf(out, "split %s: learned from %zu tickets, tested at %zu instants\n", split,
	    slice->trained, slice->count);
	recipe_to_text(&slice->recipe, out);
	buf_addc(out, '\n');
	write_rows(slice, out);
	buf_addz(out, "\nmean auc at landmarks up to 24h:");
	for (rival = 0; rival < RIVALS; rival++)
		buf_addf(out, " %s %.3f", rival_word((enum rival)rival),
		    slice_early_auc(slice, (enum rival)rival));
	buf_addf(out, "\nmissed of the %d likeliest of each day:", WORKLIST_SIZE);
	for (rival = 0; rival < RIVALS; rival++)
		buf_addf(out, " %s %.3f", rival_word((enum rival)rival),
		    slice_worklist_precision(slice, (enum rival)rival));
	buf_addc(out, '\n');
	write_warnings(slice, out);
	buf_addz(out, "\nwhat was said, what came (tenths of the rows):\n");
	slice_measure(&skill, slice, RIVAL_MODEL, (struct stratum){-1, -1});
	for (b = 0; b < 10; b++)
		buf_addf(out, "%6.3f %6.3f %7zu\n", skill.bins[b].said, skill.bins[b].came,
		    skill.bins[b].count);
	if (slice->finish != NULL)
		coverage_write_text(out, slice->finish, slice->split, slice->history->landmarks,
		    slice->history->nlandmarks);
	if (slice->nablations > 0)
		buf_addz(out, "\nwithout         auc  brier  early\n");
	for (i = 0; i < slice->nablations; i++) {
		ablation = &slice->ablations[i];
		buf_addf(out, "%-12s %6.3f %6.3f %6.3f\n", family_word(ablation->family),
		    ablation->auc, ablation->brier, ablation->early);
	}
}

/* A share with four digits; null where it is not known. */
static void
write_share(struct json_writer *w, const char *key, double share)
{
	jsonw_begin(w, key);
	buf_addf(w->out, isnan(share) ? "null" : "%.4f", share);
}

static void
write_skill(struct json_writer *w, const struct skill *skill)
{
	jsonw_i64(w, "rows", (int64_t)skill->count);
	jsonw_i64(w, "missed", (int64_t)skill->happened);
	write_share(w, "auc", skill->auc);
	write_share(w, "average_precision", skill->precision);
	write_share(w, "brier", skill->brier);
	write_share(w, "calibration_error", skill->error);
}

static void
write_bins(struct json_writer *w, const struct skill *skill)
{
	int b;

	jsonw_open(w, "bins", '[');
	for (b = 0; b < 10; b++) {
		jsonw_open(w, NULL, '{');
		jsonw_i64(w, "rows", (int64_t)skill->bins[b].count);
		write_share(w, "said", skill->bins[b].said);
		write_share(w, "came", skill->bins[b].came);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

static double
share_of(size_t part, size_t whole)
{
	return whole > 0 ? (double)part / (double)whole : (double)NAN;
}

static void
write_json_warnings(struct json_writer *w, const struct warnings *warnings)
{
	int i;

	jsonw_open(w, "before_breach", '{');
	jsonw_i64(w, "missed", (int64_t)warnings->missed);
	jsonw_i64(w, "met", (int64_t)warnings->met);
	jsonw_begin(w, "median_lead");
	buf_addf(w->out, warnings->lead < 0 ? "null" : "%lld", (long long)warnings->lead);
	jsonw_open(w, "hours", '[');
	for (i = 0; i < WARNING_TIMES; i++) {
		jsonw_open(w, NULL, '{');
		jsonw_i64(w, "before", warning_hours[i]);
		jsonw_i64(w, "warned", (int64_t)warnings->caught[i]);
		jsonw_i64(w, "false_alarms", (int64_t)warnings->crying[i]);
		write_share(w, "recall", share_of(warnings->caught[i], warnings->missed));
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
	jsonw_close(w, '}');
}

/* Those of one stratum by each rival. Nothing where it has no rows. */
static void
write_stratum(struct json_writer *w, struct test_slice *slice, struct stratum stratum)
{
	struct skill skill;
	int rival;

	slice_measure(&skill, slice, RIVAL_MODEL, stratum);
	if (skill.count == 0)
		return;
	jsonw_open(w, NULL, '{');
	if (stratum.landmark != -1)
		jsonw_i64(w, "landmark", stratum.landmark);
	else
		jsonw_text(w, "priority", word_of(WORDS_PRIORITY, stratum.priority));
	for (rival = 0; rival < RIVALS; rival++) {
		slice_measure(&skill, slice, (enum rival)rival, stratum);
		jsonw_open(w, rival_word((enum rival)rival), '{');
		write_skill(w, &skill);
		jsonw_close(w, '}');
	}
	jsonw_close(w, '}');
}

static void
write_strata(struct json_writer *w, struct test_slice *slice)
{
	const struct history *history = slice->history;
	int priority;
	size_t i;

	jsonw_open(w, "by_landmark", '[');
	for (i = 0; i < history->nlandmarks; i++)
		write_stratum(w, slice, (struct stratum){history->landmarks[i], -1});
	jsonw_close(w, ']');
	jsonw_open(w, "by_priority", '[');
	for (priority = 0; priority < PRIORITIES; priority++)
		write_stratum(w, slice, (struct stratum){-1, priority});
	jsonw_close(w, ']');
}

static void
write_ablations(struct json_writer *w, const struct test_slice *slice)
{
	const struct ablation *ablation;
	size_t i;

	if (slice->nablations == 0)
		return;
	jsonw_open(w, "without", '[');
	for (i = 0; i < slice->nablations; i++) {
		ablation = &slice->ablations[i];
		jsonw_open(w, NULL, '{');
		jsonw_text(w, "family", family_word(ablation->family));
		write_share(w, "auc", ablation->auc);
		write_share(w, "brier", ablation->brier);
		write_share(w, "early_auc", ablation->early);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

void
slice_write_json(struct test_slice *slice, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	struct warnings warnings;
	char split[INSTANT_TEXT];
	struct skill skill;
	int rival;

	instant_format(slice->split, split);
	jsonw_open(&w, NULL, '{');
	jsonw_text(&w, "split", split);
	jsonw_i64(&w, "trained", (int64_t)slice->trained);
	jsonw_i64(&w, "rows", (int64_t)slice->count);
	jsonw_i64(&w, "worklist_size", WORKLIST_SIZE);
	recipe_to_json(&slice->recipe, &w);
	for (rival = 0; rival < RIVALS; rival++) {
		slice_measure(&skill, slice, (enum rival)rival, (struct stratum){-1, -1});
		slice_warnings(&warnings, slice, (enum rival)rival);
		jsonw_open(&w, rival_word((enum rival)rival), '{');
		write_skill(&w, &skill);
		write_share(&w, "early_auc", slice_early_auc(slice, (enum rival)rival));
		write_share(
		    &w, "worklist_precision", slice_worklist_precision(slice, (enum rival)rival));
		write_json_warnings(&w, &warnings);
		write_bins(&w, &skill);
		jsonw_close(&w, '}');
	}
	write_strata(&w, slice);
	if (slice->finish != NULL)
		coverage_write_json(&w, slice->finish, slice->split, slice->history->landmarks,
		    slice->history->nlandmarks);
	write_ablations(&w, slice);
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
}
