/* diff.c: the PSA's verdicts against the replayed ones, and which rules explain them best */
#include "risk/diff.h"

#include "base/mem.h"
#include "base/num.h"
#include "out/csv_writer.h"
#include "policy/presets.h"
#include "sla/verdict.h"
#include "time/instant.h"

#include <stdio.h>
#include <stdlib.h>

void
diff_header(struct buf *out)
{
	buf_addz(out, "source,ticket,metric,psa_met,psa_due,state,due,agrees,why\n");
}

static void
instant_cell(struct csv_writer *w, int64_t instant)
{
	char text[21];

	if (instant == INSTANT_NONE) {
		csvw_empty(w);
		return;
	}
	instant_format(instant, text);
	csvw_text(w, text);
}

static void
yes_no_cell(struct csv_writer *w, int value)
{
	csvw_text(w, value == 1 ? "true" : value == 0 ? "false" : NULL);
}

void
diff_ticket(struct buf *out, const struct analysis *analysis, struct arena *arena)
{
	struct csv_writer w = csv_writer_to(out, true);
	struct psa_verdict verdict;
	int metric;

	for (metric = 1; metric < METRICS; metric++) {
		verdict_find(&verdict, analysis, (enum metric)metric, arena);
		if (verdict.says == -1)
			continue;
		csvw_text(&w, analysis->ticket->source);
		csvw_text(&w, analysis->ticket->id);
		csvw_text(&w, word_of(WORDS_METRIC, metric));
		yes_no_cell(&w, verdict.says);
		instant_cell(&w, verdict.due);
		csvw_text(&w, clock_state_word(analysis->clocks[metric].state));
		instant_cell(&w, analysis->clocks[metric].due);
		yes_no_cell(&w, verdict.agrees);
		csvw_text(&w, difference_word(verdict.why));
		csvw_end(&w);
	}
}

struct fit {
	const struct policy *policy;
	struct fit_row *rows;
	size_t nrows, cap;
};

static struct fit_row *
add_row(struct fit *fit, const char *what, const char *name)
{
	struct fit_row *row;

	fit->rows = mem_push(fit->rows, fit->nrows, &fit->cap, sizeof(*fit->rows));
	row = &fit->rows[fit->nrows++];
	*row = (struct fit_row){.conventions = *policy_conventions(fit->policy)};
	snprintf(row->name, sizeof(row->name), "%s%s", what, name);
	return row;
}

struct fit *
fit_new(const struct policy *policy)
{
	struct fit *fit = mem_calloc(1, sizeof(*fit));
	struct fit_row *row;
	const struct zone *zone;
	const char *name;
	size_t i, metric;

	fit->policy = policy;
	add_row(fit, "policy", "");
	row = add_row(fit, "policy, no pauses", "");
	for (metric = 0; metric < METRICS; metric++)
		row->conventions.pause[metric] = 0;
	add_row(fit, "policy, no holidays", "")->rules.no_holidays = true;
	for (i = 0; (name = conventions_preset_name(i)) != NULL; i++) {
		row = add_row(fit, "convention ", name);
		conventions_preset(name, &row->conventions);
	}
	for (i = 0; (name = policy_calendar_name(policy, i)) != NULL; i++) {
		row = add_row(fit, "calendar ", name);
		row->rules.calendar = policy_calendar(policy, name);
	}
	for (i = 0; (zone = policy_zone(policy, i)) != NULL; i++)
		add_row(fit, "zone ", zone_name(zone))->rules.zone = zone;
	for (i = 0; i < fit->nrows; i++)
		fit->rows[i].rules.conventions = &fit->rows[i].conventions;
	return fit;
}

static void
try_row(struct fit_row *row, const struct analysis *analysis, enum metric metric, int says,
    struct arena *arena)
{
	struct clock clock;

	clock_replay_as(&clock, &analysis->timeline, analysis->policy, &row->rules, metric, arena);
	if (clock.state != CLOCK_MET && clock.state != CLOCK_BREACHED)
		return;
	row->judged++;
	row->agreed += says == (clock.state == CLOCK_MET);
}

void
fit_add(struct fit *fit, const struct analysis *analysis, struct arena *arena)
{
	struct psa_verdict verdict;
	int metric;
	size_t i;

	for (metric = 1; metric < METRICS; metric++) {
		verdict_find(&verdict, analysis, (enum metric)metric, arena);
		if (verdict.says == -1 || analysis->clocks[metric].state == CLOCK_NONE)
			continue;
		for (i = 0; i < fit->nrows; i++)
			try_row(&fit->rows[i], analysis, (enum metric)metric, verdict.says, arena);
	}
}

static int64_t
rate(const struct fit_row *row)
{
	return row->judged > 0 ? num_muldiv(row->agreed, 1000, row->judged) : -1;
}

/* The best first; insertion keeps the order of trying among equals. */
static void
sort_rows(struct fit *fit)
{
	struct fit_row swap;
	size_t i, j;

	for (i = 1; i < fit->nrows; i++)
		for (j = i; j > 0 && rate(&fit->rows[j]) > rate(&fit->rows[j - 1]); j--) {
			swap = fit->rows[j];
			fit->rows[j] = fit->rows[j - 1];
			fit->rows[j - 1] = swap;
		}
}

void
fit_write(struct fit *fit, struct buf *out)
{
	struct csv_writer w = csv_writer_to(out, true);
	const struct fit_row *row;
	size_t i;

	sort_rows(fit);
	buf_addz(out, "rules,judged,agreed,per_mille\n");
	for (i = 0; i < fit->nrows; i++) {
		row = &fit->rows[i];
		csvw_text(&w, row->name);
		csvw_i64(&w, row->judged);
		csvw_i64(&w, row->agreed);
		if (row->judged > 0)
			csvw_i64(&w, rate(row));
		else
			csvw_empty(&w);
		csvw_end(&w);
	}
}

void
fit_free(struct fit *fit)
{
	if (fit == NULL)
		return;
	mem_free(fit->rows);
	mem_free(fit);
}
