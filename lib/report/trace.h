/* trace.h: which tickets are behind each number of a report */
/* Rank: report. */
#ifndef SLA_REPORT_TRACE_H
#define SLA_REPORT_TRACE_H

#include "base/output.h"
#include "data/ticket.h"

#include <stdbool.h>

struct report;
struct trace;

/*
 * Takes what enters the groups of a report's dimensions, number by number, with the ticket at hand.
 * It needs 24 bytes of memory a number, and the ids of the tickets.
 */
struct trace *trace_new(void);
void trace_free(struct trace *trace); /* NULL is fine */

/* Listens to the groups of the dimensions that the report's views read. By report_new(). */
void trace_bind(struct trace *trace, struct report *report);
/* What comes from here on is of this ticket. Copies what it keeps. */
void trace_ticket(struct trace *trace, const struct ticket *ticket);
/* The ticket at hand was opened later, and is counted as such alone. */
void trace_later(struct trace *trace);

/*
 * Writes the trace as CSV, a row for each number of each ticket, in an order that does not depend on
 * that of the tickets. guard: as for csv_writer_to(). The report must still be there.
 * Once. -1 after a diagnostic: the output must not be put in its place then.
 */
int trace_write(struct trace *trace, bool guard, struct output *output);

/* For tests: rows that stay in memory, at least 1. Before the first one. */
void trace_chunk(struct trace *trace, size_t rows);

/*
 * What a measure is called, as in JSON: "open", "clocks.resolve.breached"; of a spread "each." and
 * its name. measure: enum count, or COUNTS + enum spread.
 */
void measure_name(int measure, struct buf *out);

#endif
