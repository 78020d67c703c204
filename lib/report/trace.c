/* trace.c: which tickets are behind each number of a report */
#include "report/trace.h"

#include <stdlib.h>

#include "base/mem.h"
#include "out/csv_writer.h"
#include "report/count/aggregate.h"
#include "report/count/variants.h"
#include "report/trace_rows.h"

#define LATER (-1) /* in place of a dimension */

struct ear {
	struct tap tap; /* first: hear() is given this */
	struct trace *trace;
	int window, dimension;
};

struct id {
	const char *source, *id;
};

/* Which numbers a row is of. Groups may be made anew, so that their places would not do. */
struct key_id {
	struct key key;
	int window, dimension;
};

struct trace {
	const struct report *report;
	struct ear ears[WINDOWS][DIMENSIONS];
	struct intern sources, keys; /* keys: the bytes of each struct key_id */
	struct arena arena;          /* of ids */
	struct id *ids;
	size_t nids, ids_cap;
	struct trace_rows rows;
	bool failed;
};

struct trace *
trace_new(void)
{
	struct trace *trace = mem_calloc(1, sizeof(*trace));

	trace->rows.chunk = TRACE_CHUNK;
	return trace;
}

void
trace_free(struct trace *trace)
{
	if (trace == NULL)
		return;
	intern_free(&trace->sources);
	intern_free(&trace->keys);
	arena_free(&trace->arena);
	mem_free(trace->ids);
	trace_rows_free(&trace->rows);
	mem_free(trace);
}

void
trace_chunk(struct trace *trace, size_t rows)
{
	trace->rows.chunk = rows;
}

static void
push(struct trace *trace, struct trace_row row)
{
	row.ticket = (uint32_t)(trace->nids - 1);
	if (!trace->failed)
		trace->failed = trace_rows_add(&trace->rows, row) == -1;
}

static void
hear(struct tap *tap, const struct group *group, int measure, int64_t number)
{
	const struct ear *ear = (const struct ear *)(const void *)tap;
	const struct groups *groups = &ear->trace->report->groups[ear->window][ear->dimension];
	struct key_id id = {
	    groups_key(groups, (size_t)(group - groups->list)), ear->window, ear->dimension};

	push(ear->trace,
	    (struct trace_row){.number = number,
		.group =
		    intern_add(&ear->trace->keys, (struct slice){(const char *)&id, sizeof(id)}),
		.measure = (int16_t)measure,
		.window = (int8_t)ear->window,
		.dimension = (int8_t)ear->dimension});
}

void
trace_bind(struct trace *trace, struct report *report)
{
	uint64_t wanted = report_dimensions(report->options.views);
	int window, i;

	trace->report = report;
	for (window = 0; window < WINDOWS; window++) {
		for (i = 0; i < DIMENSIONS; i++) {
			if ((wanted >> i & 1) == 0)
				continue;
			trace->ears[window][i] = (struct ear){{hear}, trace, window, i};
			report->groups[window][i].layout.tap = &trace->ears[window][i].tap;
		}
	}
}

void
trace_ticket(struct trace *trace, const struct ticket *ticket)
{
	const struct id *last = trace->nids > 0 ? &trace->ids[trace->nids - 1] : NULL;
	uint32_t source;

	if (last != NULL && text_same(last->source, ticket->source) &&
	    text_same(last->id, ticket->id))
		return;
	source = intern_add(&trace->sources, slice_z(ticket->source));
	trace->ids = mem_push(trace->ids, trace->nids, &trace->ids_cap, sizeof(*trace->ids));
	trace->ids[trace->nids++] = (struct id){
	    intern_text(&trace->sources, source), arena_textz(&trace->arena, ticket->id)};
}

void
trace_later(struct trace *trace)
{
	push(trace, (struct trace_row){.number = 1, .dimension = LATER});
}

/* Words in parentheses stand for no name, and a name that looks like them is quoted. */
static void
add_name(const struct report *report, enum key_part part, uint32_t value, struct buf *out)
{
	const char *name = report_name_of(report, value);

	if (name != NULL)
		buf_addf(out, name[0] == '(' ? "\"%s\"" : "%s", name);
	else if (value == (uint32_t)KNOWN_NOT)
		buf_addz(out, "(not known)");
	else
		buf_addz(out, part == KEY_CLIENT ? "(all)" : "(none)");
}

static void
add_part(const struct report *report, enum key_part part, uint32_t value, struct buf *out)
{
	static const char *const spans[BUDGET_SPANS] = {"", "period", "short", "long"};
	char period[PERIOD_TEXT];

	switch (part) {
	case KEY_NONE:
		break;
	case KEY_PRIORITY:
		buf_addz(
		    out, value == PRIORITY_NONE ? "(none)" : word_of(WORDS_PRIORITY, (int)value));
		break;
	case KEY_PERIOD:
	case KEY_WEEK:
		period_format(
		    part == KEY_WEEK ? PERIOD_WEEK : report->options.period, value, period);
		buf_addz(out, period);
		break;
	case KEY_BUDGET:
		buf_addz(out, report->terms[value - 1].budget.name);
		break;
	case KEY_SPAN:
		buf_addz(out, spans[value]);
		break;
	default:
		if (key_part_is_name(part))
			add_name(report, part, value, out);
		else
			buf_addf(out, "%lld", (long long)value - (part == KEY_HOUR));
		break;
	}
}

/* A group by what it is called, never by the order of first sight. */
struct named {
	const char *parts[KEY_PARTS];
	uint32_t index;
};

/* What the numbers in the rows become. */
struct order {
	struct arena arena;
	struct named *keys; /* sorted; of those of one name the first stands for all */
	uint32_t *groups;   /* the places of keys in it */
	uint32_t *tickets;
};

static int
compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int i, order = 0;

	for (i = 0; i < KEY_PARTS && order == 0; i++)
		order = strcmp(x->parts[i], y->parts[i]);
	return order;
}

/* Paths are told apart only as far as those of the report are. */
static void
cut_path(const struct report *report, int window, struct buf *text)
{
	struct buf cut = {0};

	variant_cut(&cut, buf_z(text), report->variant_steps[window]);
	buf_clear(text);
	buf_adds(text, buf_slice(&cut));
	buf_free(&cut);
}

static void
name_key(
    struct arena *arena, const struct report *report, const struct key_id *id, struct named *named)
{
	enum key_part part;
	struct buf text = {0};
	int i;

	for (i = 0; i < KEY_PARTS; i++) {
		buf_clear(&text);
		part = dimension_part((enum dimension)id->dimension, i);
		add_part(report, part, id->key.parts[i], &text);
		if (part == KEY_VARIANT)
			cut_path(report, id->window, &text);
		named->parts[i] = arena_text(arena, buf_slice(&text));
	}
	buf_free(&text);
}

static void
rank_keys(struct order *order, const struct trace *trace)
{
	size_t n = trace->keys.count, i, first = 0;
	struct key_id id;

	order->keys = arena_calloc(&order->arena, n + 1, sizeof(*order->keys));
	order->groups = arena_calloc(&order->arena, n + 1, sizeof(*order->groups));
	for (i = 0; i < n; i++) {
		memcpy(&id, intern_text(&trace->keys, (uint32_t)i), sizeof(id));
		name_key(&order->arena, trace->report, &id, &order->keys[i]);
		order->keys[i].index = (uint32_t)i;
	}
	qsort(order->keys, n, sizeof(*order->keys), compare_named);
	for (i = 0; i < n; i++) {
		if (i > 0 && compare_named(&order->keys[i - 1], &order->keys[i]) != 0)
			first = i;
		order->groups[order->keys[i].index] = (uint32_t)first;
	}
}

struct ranked {
	struct id id;
	uint32_t index;
};

static int
compare_ids(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order = text_cmp(x->id.source, y->id.source);

	return order != 0 ? order : text_cmp(x->id.id, y->id.id);
}

/* Afterwards the tickets stand in the order of (source, id). */
static void
rank_tickets(struct order *order, struct trace *trace)
{
	struct ranked *list = arena_calloc(&order->arena, trace->nids + 1, sizeof(*list));
	size_t i;

	order->tickets = arena_calloc(&order->arena, trace->nids + 1, sizeof(*order->tickets));
	for (i = 0; i < trace->nids; i++)
		list[i] = (struct ranked){trace->ids[i], (uint32_t)i};
	qsort(list, trace->nids, sizeof(*list), compare_ids);
	for (i = 0; i < trace->nids; i++) {
		order->tickets[list[i].index] = (uint32_t)i;
		trace->ids[i] = list[i].id;
	}
}

static void
rank_row(const void *context, struct trace_row *row)
{
	const struct order *order = context;

	row->ticket = order->tickets[row->ticket];
	if (row->dimension != LATER)
		row->group = order->groups[row->group];
}

static void
write_row(const struct trace *trace, const struct order *order, struct csv_writer *w,
    const struct trace_row *row, struct buf *name)
{
	const struct id *id = &trace->ids[row->ticket];
	bool later = row->dimension == LATER;
	const struct named *key = later ? NULL : &order->keys[row->group];
	int i;

	buf_clear(name);
	if (later)
		buf_addz(name, "later");
	else
		measure_name(row->measure, name);
	csvw_text(w, row->window == WINDOW_ASKED ? "asked" : "before");
	csvw_text(w, later ? "all" : dimension_name((enum dimension)row->dimension));
	for (i = 0; i < KEY_PARTS; i++)
		csvw_text(w, key != NULL && key->parts[i][0] != '\0' ? key->parts[i] : NULL);
	csvw_slice(w, buf_slice(name));
	csvw_i64(w, row->number);
	csvw_text(w, id->source);
	csvw_text(w, id->id);
	csvw_end(w);
}

static int
write_rows(struct trace *trace, const struct order *order, bool guard, struct output *output)
{
	struct csv_writer w = csv_writer_to(&output->buf, guard);
	struct buf name = {0};
	struct trace_row row;
	int got;

	while ((got = trace_rows_next(&trace->rows, &row)) == 1) {
		write_row(trace, order, &w, &row, &name);
		output_flush(output);
	}
	buf_free(&name);
	return got;
}

int
trace_write(struct trace *trace, bool guard, struct output *output)
{
	struct order order = {.tickets = NULL};
	int result = -1;

	rank_keys(&order, trace);
	rank_tickets(&order, trace);
	buf_addz(&output->buf, "time,by,key,key2,key3,measure,number,source,id\n");
	if (!trace->failed && trace_rows_sort(&trace->rows, rank_row, &order) == 0)
		result = write_rows(trace, &order, guard, output);
	arena_free(&order.arena);
	return result;
}
