/* csv_writer.h: the one writer of CSV */
/* Rank: out. */
#ifndef SLA_OUT_CSV_WRITER_H
#define SLA_OUT_CSV_WRITER_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Writes rows to the end of a buffer as RFC 4180 has them, but for the line end, which is LF. With
 * guard, text that a spreadsheet could take for a formula gets a ' in front: text that begins with
 * = + - @ (their full-width forms too), TAB, CR or LF. Numbers are never guarded.
 */
struct csv_writer {
	struct buf *out;
	bool guard;
	bool comma; /* the next cell needs one in front */
};

struct csv_writer csv_writer_to(struct buf *out, bool guard);

/* NULL gives an empty cell; empty text gives "" in quotes, so that the two stay apart. */
void csvw_text(struct csv_writer *w, const char *text);
void csvw_slice(struct csv_writer *w, struct slice text);
void csvw_i64(struct csv_writer *w, int64_t number);
void csvw_empty(struct csv_writer *w);
void csvw_end(struct csv_writer *w); /* of a row */

#endif
