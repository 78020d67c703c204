/* piece.h: a report's numbers as text, so that the pieces of a stream make the whole's report */
/* Rank: report. */
#ifndef SLA_REPORT_PIECE_PIECE_H
#define SLA_REPORT_PIECE_PIECE_H

#include "base/buf.h"
#include "report/report.h"

#include <stddef.h>

/*
 * A piece is NDJSON, sla-report(1) has its members: a head, a line for each group of each
 * dimension, one for each ticket of the worklist, the ids of the tickets, and an end that counts
 * them. The same numbers give the same bytes, in whatever order the tickets came.
 */

/* Appends the report as a piece. It must have been made with options.partial. */
void piece_write(struct report *report, struct buf *out);

/*
 * Reads pieces from files into one report. The options' gates, views, format and limit hold for it,
 * the rest must be as in the pieces or not given, and is taken from them. NULL after diagnostics:
 * DIAG_BAD_PIECE where a piece is none, is cut off, is unlike the first one, or has a ticket that
 * another one has, too. The caller frees it with report_free().
 */
struct report *
pieces_merge(const struct report_options *options, char *const *files, size_t nfiles);

#endif
