/* trace.c: which tickets are behind each number of a report */
#include "report/trace.h"

#include <stdlib.h>

#include "base/mem.h"
#include "out/csv_writer.h"
#include "report/aggregate.h"

#define LATER (-1) /* in place of a dimension */

struct ear {
	struct tap tap; /* first: hear() is given this */
	struct trace *trace;
	int window, dimension;
};

struct id {
	const char *source, *id;
};

struct number {
	int64_t number;
	uint32_t group;  /* in its dimension */
	uint32_t ticket; /* in order of first sight, in order of ids once they are sorted */
	int16_t measure;
	int8_t window, dimension;
};

struct trace {
	const struct report *report;
	struct ear ears[WINDOWS][DIMENSIONS];
	struct intern sources;
	struct arena arena; /* of ids */
	struct id *ids;
	size_t nids, ids_cap;
	struct number *list;
	size_t count, cap;
	uint32_t *ranks[WINDOWS][DIMENSIONS]; /* of groups by their keys, while it is written */
};

struct trace *
trace_new(void)
{
	return mem_calloc(1, sizeof(struct trace));
}

void
trace_free(struct trace *trace)
{
	if (trace == NULL)
		return;
	intern_free(&trace->sources);
	arena_free(&trace->arena);
	mem_free(trace->ids);
	mem_free(trace->list);
	mem_free(trace);
}

static void
push(struct trace *trace, struct number number)
{
	number.ticket = (uint32_t)(trace->nids - 1);
	trace->list = mem_push(trace->list, trace->count, &trace->cap, sizeof(*trace->list));
	trace->list[trace->count++] = number;
}

static void
hear(struct tap *tap, const struct group *group, int measure, int64_t number)
{
	const struct ear *ear = (const struct ear *)(const void *)tap;
	const struct groups *groups = &ear->trace->report->groups[ear->window][ear->dimension];

	push(ear->trace,
	    (struct number){.number = number,
		.group = (uint32_t)(group - groups->list),
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
	push(trace, (struct number){.number = 1, .dimension = LATER});
}

/* Names come from the tickets; words in parentheses stand for none, and a name like them is quoted. */
static void
add_part(const struct report *report, enum key_part part, uint32_t value, struct buf *out)
{
	const char *name = key_part_is_name(part) ? report_name_of(report, value) : NULL;
	char period[PERIOD_TEXT];

	if (name != NULL) {
		buf_addf(out, name[0] == '(' ? "\"%s\"" : "%s", name);
	} else if (key_part_is_name(part)) {
		buf_addz(out, value == (uint32_t)KNOWN_NOT ? "(not known)" : "(none)");
	} else if (part == KEY_PRIORITY) {
		name = word_of(WORDS_PRIORITY, (int)value);
		buf_addz(out, name != NULL ? name : "(none)");
	} else if (part == KEY_PERIOD || part == KEY_WEEK) {
		period_format(
		    part == KEY_WEEK ? PERIOD_WEEK : report->options.period, value, period);
		buf_addz(out, period);
	} else if (part != KEY_NONE) {
		buf_addf(out, "%lld", (long long)value - (part == KEY_HOUR));
	}
}

/* Sorts by what they are called, never by the order of first sight. */
struct named {
	const char *parts[KEY_PARTS];
	uint32_t index;
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

static void
name_key(struct arena *arena, const struct report *report, enum dimension dimension, struct key key,
    struct named *named)
{
	struct buf text = {0};
	int i;

	for (i = 0; i < KEY_PARTS; i++) {
		buf_clear(&text);
		add_part(report, dimension_part(dimension, i), key.parts[i], &text);
		named->parts[i] = arena_text(arena, buf_slice(&text));
	}
	buf_free(&text);
}

static uint32_t *
rank_groups(struct arena *arena, const struct report *report, int window, int dimension)
{
	const struct groups *groups = &report->groups[window][dimension];
	struct named *named = arena_calloc(arena, groups->count + 1, sizeof(*named));
	uint32_t *ranks = arena_calloc(arena, groups->count + 1, sizeof(*ranks));
	size_t i;

	for (i = 0; i < groups->count; i++) {
		name_key(
		    arena, report, (enum dimension)dimension, groups_key(groups, i), &named[i]);
		named[i].index = (uint32_t)i;
	}
	qsort(named, groups->count, sizeof(*named), compare_named);
	for (i = 0; i < groups->count; i++)
		ranks[named[i].index] = (uint32_t)i;
	return ranks;
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

/* Afterwards the tickets stand, and are numbered, in the order of (source, id). */
static void
sort_ids(struct trace *trace)
{
	struct arena arena = {0};
	struct ranked *list = arena_calloc(&arena, trace->nids + 1, sizeof(*list));
	uint32_t *ranks = arena_calloc(&arena, trace->nids + 1, sizeof(*ranks));
	size_t i;

	for (i = 0; i < trace->nids; i++)
		list[i] = (struct ranked){trace->ids[i], (uint32_t)i};
	qsort(list, trace->nids, sizeof(*list), compare_ids);
	for (i = 0; i < trace->nids; i++) {
		ranks[list[i].index] = (uint32_t)i;
		trace->ids[i] = list[i].id;
	}
	for (i = 0; i < trace->count; i++)
		trace->list[i].ticket = ranks[trace->list[i].ticket];
	arena_free(&arena);
}

/* The rank of its group took the place of its index before. */
static int
compare_numbers(const void *a, const void *b)
{
	const struct number *x = a, *y = b;
	int order = x->window - y->window;

	if (order == 0)
		order = x->dimension - y->dimension;
	if (order != 0)
		return order;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->measure != y->measure)
		return x->measure - y->measure;
	if (x->ticket != y->ticket)
		return x->ticket < y->ticket ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* The keys of a dimension's groups by rank, for the rows of it that come next. */
static struct named *
names_of(struct arena *arena, const struct report *report, const struct number *number,
    const uint32_t *ranks)
{
	const struct groups *groups = &report->groups[number->window][number->dimension];
	struct named *named = arena_calloc(arena, groups->count + 1, sizeof(*named));
	size_t i;

	for (i = 0; i < groups->count; i++)
		name_key(arena, report, (enum dimension)number->dimension, groups_key(groups, i),
		    &named[ranks[i]]);
	return named;
}

static void
write_row(const struct trace *trace, struct csv_writer *w, const struct number *number,
    const struct named *named, struct buf *name)
{
	const struct id *id = &trace->ids[number->ticket];
	int i;

	buf_clear(name);
	if (number->dimension == LATER)
		buf_addz(name, "later");
	else
		measure_name(number->measure, name);
	csvw_text(w, number->window == WINDOW_ASKED ? "asked" : "before");
	csvw_text(w,
	    number->dimension == LATER ? "all" : dimension_name((enum dimension)number->dimension));
	for (i = 0; i < KEY_PARTS; i++)
		csvw_text(w, named != NULL && named->parts[i][0] != '\0' ? named->parts[i] : NULL);
	csvw_slice(w, buf_slice(name));
	csvw_i64(w, number->number);
	csvw_text(w, id->source);
	csvw_text(w, id->id);
	csvw_end(w);
}

static void
write_rows(const struct trace *trace, struct csv_writer *w)
{
	struct arena arena = {0};
	struct buf name = {0};
	const struct number *one, *last = NULL;
	struct named *named = NULL;
	size_t i;

	for (i = 0; i < trace->count; i++, last = one) {
		one = &trace->list[i];
		if (one->dimension != LATER &&
		    (last == NULL || last->window != one->window ||
			last->dimension != one->dimension))
			named = names_of(
			    &arena, trace->report, one, trace->ranks[one->window][one->dimension]);
		write_row(
		    trace, w, one, one->dimension != LATER ? &named[one->group] : NULL, &name);
	}
	buf_free(&name);
	arena_free(&arena);
}

void
trace_write(struct trace *trace, bool guard, struct buf *out)
{
	static const char *const columns[] = {
	    "time", "by", "key", "key2", "key3", "measure", "number", "source", "id"};
	struct csv_writer w = csv_writer_to(out, guard);
	struct arena arena = {0};
	struct number *one;
	size_t i;

	for (i = 0; i < WINDOWS * DIMENSIONS; i++)
		trace->ranks[i / DIMENSIONS][i % DIMENSIONS] = rank_groups(
		    &arena, trace->report, (int)(i / DIMENSIONS), (int)(i % DIMENSIONS));
	for (i = 0; i < trace->count; i++) {
		one = &trace->list[i];
		if (one->dimension != LATER)
			one->group = trace->ranks[one->window][one->dimension][one->group];
	}
	sort_ids(trace);
	if (trace->count > 1)
		qsort(trace->list, trace->count, sizeof(*trace->list), compare_numbers);
	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		csvw_text(&w, columns[i]);
	csvw_end(&w);
	write_rows(trace, &w);
	arena_free(&arena);
}
