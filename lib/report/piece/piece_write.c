/* piece_write.c: a report as a piece */
#include <stdlib.h>

#include "report/history.h"
#include "report/piece/piece.h"
#include "report/piece/piece_text.h"
#include "time/instant.h"

#define IDS_A_LINE 100

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* n texts, which are sorted first. */
static void
put_texts(struct json_writer *w, const char *key, const char **texts, size_t n)
{
	size_t i;

	if (n > 1)
		qsort(texts, n, sizeof(*texts), compare_texts);
	jsonw_open(w, key, '[');
	for (i = 0; i < n; i++)
		jsonw_text(w, NULL, texts[i]);
	jsonw_close(w, ']');
}

static void
add_bound(struct buf *out, const char *word, int64_t instant)
{
	char text[INSTANT_TEXT];

	if (instant == INSTANT_NONE)
		return;
	instant_format(instant, text);
	buf_addf(out, " %s %s", word, text);
}

const char *
piece_time_words(const struct report_options *options, struct arena *arena)
{
	struct buf words = {0};
	const char *copy;

	buf_addf(&words, "by %s in %s", period_word(options->period), zone_name(options->zone));
	add_bound(&words, "since", options->since);
	add_bound(&words, "until", options->until);
	buf_addz(&words, options->compare ? ", compared" : "");
	copy = arena_text(arena, buf_slice(&words));
	buf_free(&words);
	return copy;
}

static void
put_policies(struct json_writer *w, const struct report *report, struct arena *arena)
{
	size_t n = report->policies.count, i;
	const char **hashes = arena_calloc(arena, n + 1, sizeof(*hashes));

	for (i = 0; i < n; i++)
		hashes[i] = intern_text(&report->policies, (uint32_t)i);
	put_texts(w, "policies", hashes, n);
	jsonw_bool(w, "without_policy", report->without_policy);
}

static void
put_terms(struct json_writer *w, const struct report *report)
{
	const struct budget *budget;
	size_t i;

	jsonw_open(w, "budgets", '[');
	for (i = 0; i < report->nterms; i++) {
		budget = &report->terms[i].budget;
		jsonw_open(w, NULL, '{');
		jsonw_text(w, "name", budget->name);
		jsonw_text(w, "metric", word_of(WORDS_METRIC, (int)budget->metric));
		jsonw_text(w, "period", period_word(budget->period));
		jsonw_i64(w, "allowed", budget->allowed);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
	jsonw_bool(w, "costs", report->priced);
}

static void
put_selections(struct json_writer *w, const struct report *report, struct arena *arena)
{
	const struct gates *gates = report->options.gates;
	const char **words;
	size_t n = 0, i;

	while (gates != NULL && gates_selection(gates, n) != NULL)
		n++;
	words = arena_calloc(arena, n + 1, sizeof(*words));
	for (i = 0; i < n; i++)
		words[i] = gates_selection(gates, i);
	put_texts(w, "selections", words, n);
}

static void
put_inputs(struct json_writer *w, const struct report *report, struct arena *arena)
{
	const struct report_input *inputs;
	size_t n, i;

	inputs = report_inputs(report, arena, &n);
	jsonw_open(w, "inputs", '[');
	for (i = 0; i < n; i++) {
		jsonw_text(w, NULL, inputs[i].name);
		jsonw_text(w, NULL, inputs[i].digest);
	}
	jsonw_close(w, ']');
}

static void
put_head(const struct report *report, struct arena *arena, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	char as_of[INSTANT_TEXT];

	instant_format(report->options.as_of, as_of);
	jsonw_open(&w, NULL, '{');
	jsonw_i64(&w, "v", PIECE_VERSION);
	jsonw_open(&w, "piece", '{');
	jsonw_text(&w, "version", SLA_VERSION);
	jsonw_text(&w, "as_of", as_of);
	jsonw_text(&w, "title", report->options.policy);
	jsonw_text(&w, "sha256", report->options.policy_hash);
	put_policies(&w, report, arena);
	put_terms(&w, report);
	jsonw_text(&w, "time", piece_time_words(&report->options, arena));
	jsonw_bool(&w, "history", report_wants_history(&report->options));
	jsonw_i64(&w, "limit", report->options.limit);
	put_selections(&w, report, arena);
	jsonw_text(&w, "client", report->options.client);
	put_inputs(&w, report, arena);
	jsonw_i64(&w, "later", report->later);
	jsonw_i64(&w, "refused", report->refused);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
}

/* The lines of one dimension in the order of their bytes: groups stand in that of first sight. */
static void
put_dimension(const struct report *report, int window, enum dimension dimension, struct buf *out)
{
	size_t n = report->groups[window][dimension].count, i;
	struct arena arena = {0};
	const char **lines = arena_calloc(&arena, n + 1, sizeof(*lines));
	struct buf line = {0};

	for (i = 0; i < n; i++) {
		buf_clear(&line);
		piece_put_group(&line, report, window, dimension, i);
		lines[i] = arena_text(&arena, buf_slice(&line));
	}
	if (n > 1)
		qsort(lines, n, sizeof(*lines), compare_texts);
	for (i = 0; i < n; i++) {
		buf_addz(out, lines[i]);
		buf_addc(out, '\n');
	}
	buf_free(&line);
	arena_free(&arena);
}

static void
put_worklist(const struct report *report, struct arena *arena, struct buf *out)
{
	const struct work **list = worklist_sorted(&report->worklist, arena);
	size_t i;

	for (i = 0; i < report->worklist.count; i++) {
		piece_put_work(out, list[i]);
		buf_addc(out, '\n');
	}
}

static size_t
put_notes(const struct report *report, struct arena *arena, struct buf *out)
{
	const struct note **list;
	size_t i, n, all = 0;
	int kind;

	for (kind = 0; kind < NOTED_KINDS; kind++) {
		list = noted_sorted(&report->noted, (enum noted_kind)kind, arena, &n);
		for (i = 0; i < n; i++) {
			piece_put_note(out, (enum noted_kind)kind, list[i]);
			buf_addc(out, '\n');
		}
		all += n;
	}
	return all;
}

static void
put_ids(const struct ticket_ids *ids, struct buf *out)
{
	size_t i;

	for (i = 0; i < ids->count; i++) {
		buf_addz(out, i % IDS_A_LINE == 0 ? "{\"ids\":[" : ",");
		buf_addf(out, "\"%016llx\"", (unsigned long long)ids->list[i]);
		if (i % IDS_A_LINE == IDS_A_LINE - 1 || i + 1 == ids->count)
			buf_addz(out, "]}\n");
	}
}

void
piece_write(struct report *report, struct buf *out)
{
	struct arena arena = {0};
	size_t groups = 0, notes;
	int i;

	ticket_ids_sort(&report->ids);
	put_head(report, &arena, out);
	for (i = 0; i < WINDOWS * DIMENSIONS; i++) {
		put_dimension(report, i / DIMENSIONS, (enum dimension)(i % DIMENSIONS), out);
		groups += report->groups[i / DIMENSIONS][i % DIMENSIONS].count;
	}
	put_worklist(report, &arena, out);
	notes = put_notes(report, &arena, out);
	put_ids(&report->ids, out);
	buf_addf(out, "{\"end\":{\"groups\":%zu,\"works\":%zu,\"notes\":%zu,\"ids\":%zu}}\n",
	    groups, report->worklist.count, notes, report->ids.count);
	arena_free(&arena);
}
