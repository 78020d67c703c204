/* ingest.h: exports in, tickets out */
/* Rank: ingest. */
#ifndef SLA_INGEST_INGEST_H
#define SLA_INGEST_INGEST_H

#include "base/input.h"
#include "data/rejects.h"
#include "data/ticket.h"
#include "ingest/map.h"

#include <stdint.h>

struct ingest;

/*
 * rows = used + blank + refused. The header of a file is not a row read; a line with nothing on
 * it, or with fields that are all empty, is a blank row.
 */
struct ingest_counts {
	int64_t rows, used, blank, refused;
	int64_t tickets, events; /* emitted */
};

/* Both must outlive it. The caller owns it: ingest_free(). */
struct ingest *ingest_new(const struct map *map, struct rejects *rejects);

/* Bytes that rows may take in memory; beyond, they go to a temporary file. Before the first file. */
void ingest_memory(struct ingest *ingest, int64_t bytes);

/*
 * What was said in messages goes into their events; otherwise it is not read. Before the first file.
 */
void ingest_keep_text(struct ingest *ingest);

/*
 * Reads one file of rows, in whatever order the files are. Rows that cannot be
 * used go to rejects, and reading goes on. -1, after a diagnostic, where the
 * input could not be read to its end or its header is of no use: then the
 * result is not whole, and must not be sealed.
 */
int ingest_file(struct ingest *ingest, struct input *input);

/*
 * Builds each ticket from its rows and hands it to emit, in the order in which
 * the ids were first seen. The ticket lives until emit returns. An emit that
 * returns other than 0 ends it; that is what is returned. Call it once, last.
 */
int ingest_each(
    struct ingest *ingest, int (*emit)(void *context, const struct ticket *ticket), void *context);

/*
 * The text of a map that says what was found out in this run, so that the next need not: the
 * encoding and the delimiter where all CSV files have the same, the zone, and which of day and
 * month comes first. After ingest_each().
 */
void ingest_pin_map(const struct ingest *ingest, struct buf *out);

const struct ingest_counts *ingest_counts(const struct ingest *ingest);
void ingest_free(struct ingest *ingest);

#endif
