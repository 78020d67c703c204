/* rows.h: the rows of a file as cells, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_ROWS_H
#define SLA_INGEST_ROWS_H

#include "base/buf.h"
#include "base/intern.h"
#include "data/csv_reader.h"
#include "data/rejects.h"
#include "ingest/date_column.h"
#include "ingest/ingest.h"
#include "ingest/map.h"
#include "ingest/store.h"

#include <stdbool.h>
#include <stdint.h>

/* A slot of the map while a file is read. */
struct row_slot {
	size_t index;    /* of its field in a row */
	bool read;       /* the file has the column */
	bool cached;     /* the text below gave the cell */
	struct buf text; /* the field of an earlier row: exports repeat themselves */
	int64_t cell;
};

/* What the reading of rows shares with the building of tickets. */
struct ingest {
	const struct map *map;
	char delimiter; /* of the file that is being read */
	struct rejects *rejects;
	struct store store;
	struct intern texts;     /* of all cells that are texts or words */
	uint8_t *values[TABLES]; /* of text i in a table: 0 not asked yet, else value + 1 */
	size_t nvalues[TABLES];
	struct row_slot slots[MAP_SLOTS];
	struct date_column dates[MAP_SLOTS]; /* of a slot whose format is "auto" */
	enum date_order orders[MAP_SLOTS];   /* decided when all rows are read */
	int64_t cells[MAP_SLOTS];            /* the row that is being read */
	int64_t folds, gaps;                 /* local times that were ambiguous, or did not exist */
	int64_t endless; /* tickets that ended at an instant that nothing tells */
	struct place first_fold, first_gap;
	struct ingest_counts counts;
};

/* Why a row cannot be used. */
struct row_fault {
	enum diag_id id;
	size_t index;      /* of the field */
	const char *what;  /* static text, or NULL for the field's own text */
	struct slice text; /* that text */
};

/*
 * Turns a row's fields into ingest->cells and keeps them. False with *fault set
 * where the row cannot be used. place: where the row is, for warnings.
 */
bool rows_add(
    struct ingest *ingest, const struct csv_row *row, struct place place, struct row_fault *fault);

/* The cells of constants and of columns that the file lacks. Call it after each header. */
void rows_begin(struct ingest *ingest);

/* The value of a cell that is a word, in the table of its slot; 0 where it has none. */
int rows_value(const struct ingest *ingest, enum map_table table, int64_t cell);

#endif
