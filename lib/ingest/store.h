/* store.h: the rows of an export, kept by ticket until all are read: in memory, then in a file */
/* Rank: ingest. */
#ifndef SLA_INGEST_STORE_H
#define SLA_INGEST_STORE_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/slice.h"
#include "base/spool.h"

#include <stddef.h>
#include <stdint.h>

/*
 * A cell is one value of a row: an instant, a number, the number of a text in
 * the table of texts, or 1 (false) and 2 (true).
 */
#define CELL_NONE   INT64_MIN       /* the export says that there is no value */
#define CELL_ABSENT (INT64_MIN + 1) /* the file lacks the column: not known */

static inline bool
cell_known(int64_t cell)
{
	return cell > CELL_ABSENT;
}

/*
 * A row as it is kept: which cells differ from the row before of the same
 * ticket (a bit each), then those cells.
 */
struct record {
	struct record *next; /* of the same ticket, in order of input */
	uint64_t changed;
	int64_t cells[];
};

/*
 * Of the rows in memory the last one, whose `next` is the first; and the block of rows that was
 * written to the file last, which names the block before.
 */
struct store_ticket {
	struct record *last;
	int64_t block; /* its offset plus 1, 0: none */
	uint32_t size; /* of it, in bytes */
	uint32_t nrows;
};

/* Zero-initialise ({0}), set ncells (at most 64) and limit; store_free() at the end. */
struct store {
	size_t ncells;
	struct arena records;
	struct intern ids; /* a ticket's number is that of its id */
	struct store_ticket *tickets;
	size_t cap;
	uint32_t latest;            /* the ticket of the row before */
	int64_t cells[64];          /* that row */
	size_t limit;               /* bytes of memory that rows, ids and texts may take; 0: any */
	const struct intern *texts; /* whose memory counts, too */
	size_t bytes;               /* taken by records in memory */
	struct spool spool;
	struct buf block;
	bool failed; /* the file could not be written or read: reported */
};

/* The number of the ticket with that id, a new one where it is not yet known. */
uint32_t store_ticket(struct store *store, struct slice id);
/* Keeps a copy of a row of ncells cells. store->failed afterwards: it is not kept. */
void store_add(struct store *store, uint32_t ticket, const int64_t *cells);
/* How many rows of a ticket there are; of a number without any, 0. */
size_t store_count(const struct store *store, uint32_t ticket);
/*
 * The rows of a ticket in order of input into cells, nrows times ncells of them. Where the file
 * cannot be read, store->failed is set and every cell is absent.
 */
void store_rows(struct store *store, uint32_t ticket, int64_t *cells);
void store_free(struct store *store);

#endif
