/* trace_rows.h: the rows of a trace, in order, however many they are */
/* Rank: report. */
#ifndef SLA_REPORT_TRACE_ROWS_H
#define SLA_REPORT_TRACE_ROWS_H

#include "base/spool.h"

#include <stddef.h>
#include <stdint.h>

#define TRACE_CHUNK ((size_t)512 << 10) /* rows that stay in memory: 12 MiB */

/* Compared member by member in this order, the number last. No byte of it is padding. */
struct trace_row {
	int64_t number;
	uint32_t group, ticket; /* numbers in order of first sight, later their ranks */
	int16_t measure;
	int8_t window, dimension;
	int32_t zero;
};

/* Zero-initialise ({0}) but for chunk; trace_rows_free(). */
struct trace_rows {
	struct trace_row *list;
	size_t count, cap, chunk, next;
	struct spool came, sorted; /* chunks as they came; each of them sorted */
	struct trace_run **runs;   /* the sorted chunks, by their next row */
	size_t nruns;
};

/* -1 after a diagnostic: then every later call gives -1, too. */
int trace_rows_add(struct trace_rows *rows, struct trace_row row);
/* Gives each row to `rank`, which may change it, and sorts them all; once, at the end. */
int trace_rows_sort(struct trace_rows *rows,
    void (*rank)(const void *context, struct trace_row *row), const void *context);
/* The next row in order: 1; 0 at the end; -1 after a diagnostic. */
int trace_rows_next(struct trace_rows *rows, struct trace_row *row);
void trace_rows_free(struct trace_rows *rows);

#endif
