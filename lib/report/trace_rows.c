/* trace_rows.c: rows beyond a chunk go to a temporary file, and come back sorted and merged */
#include "report/trace_rows.h"

#include <stdlib.h>

#include "base/mem.h"

#define RUN_BUFFER 256 /* rows that are read at once of a run */

struct trace_run {
	int64_t at, end; /* bytes of the spool that are still to be read */
	struct trace_row rows[RUN_BUFFER];
	size_t count, next;
};

static struct slice
bytes_of(const struct trace_row *rows, size_t n)
{
	return (struct slice){(const char *)rows, n * sizeof(*rows)};
}

int
trace_rows_add(struct trace_rows *rows, struct trace_row row)
{
	if (rows->count == rows->chunk) {
		if (spool_add(&rows->came, bytes_of(rows->list, rows->count)) == -1)
			return -1;
		rows->count = 0;
	}
	rows->list = mem_push(rows->list, rows->count, &rows->cap, sizeof(*rows->list));
	rows->list[rows->count++] = row;
	return 0;
}

static int
compare(const void *a, const void *b)
{
	const struct trace_row *x = a, *y = b;
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

static void
sort_list(struct trace_rows *rows, void (*rank)(const void *context, struct trace_row *row),
    const void *context)
{
	size_t i;

	for (i = 0; i < rows->count; i++)
		rank(context, &rows->list[i]);
	if (rows->count > 1)
		qsort(rows->list, rows->count, sizeof(*rows->list), compare);
}

static int
fill(struct trace_rows *rows, struct trace_run *run)
{
	int64_t left = (run->end - run->at) / (int64_t)sizeof(struct trace_row);

	run->next = 0;
	run->count = left < RUN_BUFFER ? (size_t)left : RUN_BUFFER;
	if (run->count > 0 &&
	    spool_read(&rows->sorted, run->at, (char *)run->rows,
		run->count * sizeof(struct trace_row)) == -1)
		return -1;
	run->at += (int64_t)(run->count * sizeof(struct trace_row));
	return 0;
}

/* By their next rows. */
static int
compare_runs(const void *a, const void *b)
{
	const struct trace_run *x = *(struct trace_run *const *)a;
	const struct trace_run *y = *(struct trace_run *const *)b;

	return compare(&x->rows[x->next], &y->rows[y->next]);
}

/* The first run to its place among the others, which are in order. */
static void
sink(struct trace_rows *rows)
{
	struct trace_run *first = rows->runs[0];
	size_t i;

	for (i = 1; i < rows->nruns && compare_runs(&first, &rows->runs[i]) > 0; i++)
		rows->runs[i - 1] = rows->runs[i];
	rows->runs[i - 1] = first;
}

/* The rows in memory, sorted, become a run. */
static int
add_run(struct trace_rows *rows, size_t *cap)
{
	struct trace_run *run = mem_calloc(1, sizeof(*run));

	run->at = spool_size(&rows->sorted);
	run->end = run->at + (int64_t)(rows->count * sizeof(*rows->list));
	rows->runs = mem_push(rows->runs, rows->nruns, cap, sizeof(struct trace_run *));
	rows->runs[rows->nruns++] = run;
	return spool_add(&rows->sorted, bytes_of(rows->list, rows->count));
}

static int
make_runs(struct trace_rows *rows, void (*rank)(const void *context, struct trace_row *row),
    const void *context)
{
	int64_t at = 0, whole = (int64_t)(rows->chunk * sizeof(*rows->list));
	size_t cap = 0;

	sort_list(rows, rank, context);
	if (add_run(rows, &cap) == -1)
		return -1;
	for (rows->count = rows->chunk; at < spool_size(&rows->came); at += whole) {
		if (spool_read(&rows->came, at, (char *)rows->list, (size_t)whole) == -1)
			return -1;
		sort_list(rows, rank, context);
		if (add_run(rows, &cap) == -1)
			return -1;
	}
	return 0;
}

int
trace_rows_sort(struct trace_rows *rows, void (*rank)(const void *context, struct trace_row *row),
    const void *context)
{
	size_t i;

	if (spool_size(&rows->came) == 0) {
		sort_list(rows, rank, context);
		return 0;
	}
	if (make_runs(rows, rank, context) == -1)
		return -1;
	for (i = 0; i < rows->nruns; i++)
		if (fill(rows, rows->runs[i]) == -1)
			return -1;
	qsort(rows->runs, rows->nruns, sizeof(struct trace_run *), compare_runs);
	return 0;
}

/* No run is empty: rows are added to a full list only after it was spooled. */
static int
next_of_runs(struct trace_rows *rows, struct trace_row *row)
{
	struct trace_run *first;

	if (rows->nruns == 0)
		return 0;
	first = rows->runs[0];
	*row = first->rows[first->next++];
	if (first->next == first->count && fill(rows, first) == -1)
		return -1;
	if (first->count > 0) {
		sink(rows);
		return 1;
	}
	mem_free(first);
	rows->nruns--;
	memmove(rows->runs, rows->runs + 1, rows->nruns * sizeof(struct trace_run *));
	return 1;
}

int
trace_rows_next(struct trace_rows *rows, struct trace_row *row)
{
	if (rows->runs != NULL)
		return next_of_runs(rows, row);
	if (rows->next == rows->count)
		return 0;
	*row = rows->list[rows->next++];
	return 1;
}

void
trace_rows_free(struct trace_rows *rows)
{
	size_t i;

	for (i = 0; i < rows->nruns; i++)
		mem_free(rows->runs[i]);
	mem_free(rows->runs);
	mem_free(rows->list);
	spool_free(&rows->came);
	spool_free(&rows->sorted);
}
