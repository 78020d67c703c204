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

/*
 * Cells that are texts or words hold the number of the text in the lower 32 bits; above it, the
 * list of lookups that it goes through (map->refs, counted from 1), and whether it is a word of
 * sla-stream(5) rather than of the system.
 */
#define CELL_REF_SHIFT 32
#define CELL_NEUTRAL   (INT64_C(1) << 40)
#define CELL_LISTED    (INT64_C(1) << 41) /* a table of the map may have the id itself */

/* What stands between the values of a list in one text. */
#define LIST_SEPARATOR '\x1f'

/* A slot of a part while a file is read. */
struct row_slot {
	size_t index;    /* of its field in a row of CSV, else of the slot */
	bool read;       /* the file has the column */
	bool cached;     /* the text below gave the cell */
	struct buf text; /* the field of an earlier row: exports repeat themselves */
	int64_t cell;
};

/* A part of the map while files are read. */
struct part_in {
	bool given; /* a file had rows of it */
	bool fits;  /* the list that is being read has */
	/* Bits of evidence for which a file had no column: in its own right, from list to list. */
	unsigned lacks, unlisted;
	size_t *columns; /* CSV: the field of each path, or SIZE_MAX */
	struct row_slot slots[MAP_SLOTS];
	struct date_column dates[MAP_SLOTS]; /* of a slot whose format is "auto" */
	enum date_order orders[MAP_SLOTS];   /* decided when all rows are read */
	int64_t
	    cells[MAP_SLOTS + 1]; /* the row that is being read, behind the number of the part */
	/* Of a lookup: what its keys stand for. */
	struct intern keys, unknown; /* unknown: ids that were asked for and have no entry */
	int64_t *values, *roles;     /* cells, by number of the key */
	size_t nvalues;
};

/* Where a row comes from: one of the two is set. */
struct row_source {
	const struct csv_row *csv;
	const struct json_row *json;
};

/* Rows that name a ticket by its key belong to the ticket whose row has both. */
struct joins {
	uint32_t *ticket; /* by number of the key's stand-in in the store, plus 1; 0: none */
	uint32_t *first;  /* by number of the ticket: its stand-in, plus 1 */
	uint32_t *next;   /* by number of a stand-in: the next one of the same ticket, plus 1 */
	size_t n;
};

/* What the reading of rows shares with the building of tickets. */
struct ingest {
	const struct map *map;
	bool keep_text;   /* what was said in messages is read, too */
	const char *file; /* that is being read: its name without the folder */
	char delimiter;   /* of it */
	struct rejects *rejects;
	struct store store;
	struct joins joins;
	struct intern texts; /* of all cells that are texts or words */
	/* Of text i in a table: 0 not asked yet, else value + 1; then of it as a neutral word. */
	uint8_t *values[2 * TABLES];
	size_t nvalues[2 * TABLES];
	struct part_in *parts;
	struct buf scratch, list; /* values that are put together, and taken apart */
	int64_t folds, gaps;      /* local times that were ambiguous, or did not exist */
	int64_t endless;          /* tickets that ended at an instant that nothing tells */
	int64_t unmatched;        /* tickets without a row of their own */
	int64_t repeated;         /* rows that came more than once */
	int64_t undated;          /* and of these, those without any instant: left out */
	int64_t as_of;            /* of a list whose rows have no instant; else INSTANT_NONE */
	struct builder *builder;  /* while tickets are handed out */
	struct {
		char *encoding; /* of the first file of CSV, to free; NULL: there is none */
		char delimiter;
		bool known, mixed; /* mixed: another file differs */
	} form;
	struct place first_fold, first_gap;
	struct ingest_counts counts;
};

/* Why a row cannot be used. */
struct row_fault {
	enum diag_id id;
	const struct map_slot *slot;
	size_t index;      /* of the field */
	const char *what;  /* static text, or NULL for the field's own text */
	struct slice text; /* that text */
};

/* What became of a row. */
enum row_result { ROW_REFUSED, ROW_PASSED, ROW_TAKEN };

/*
 * Turns a row of a part into cells and keeps them: ROW_TAKEN; ROW_PASSED where the part's
 * conditions do not hold; ROW_REFUSED with *fault set where it cannot be used. place: where the
 * row is, for warnings.
 */
enum row_result rows_add(struct ingest *ingest, size_t part, const struct row_source *row,
    struct place place, struct row_fault *fault);

/* Whether the slot is read from files at all, where they have it. */
bool rows_wants(const struct ingest *ingest, const struct map_slot *slot);

/* The cells of constants. Call it for a part before the rows of each file. */
void rows_begin(struct ingest *ingest, size_t part);

/* The value of a cell that is a word in that table; 0 where it has none. */
int rows_value(struct ingest *ingest, enum map_table table, int64_t cell);

/* The cell's text, through its lookups; NULL where it has none. */
const char *rows_text(struct ingest *ingest, int64_t cell);

/* A cell with what its lookups give in its place; CELL_NONE where that is nothing. */
int64_t rows_resolve(struct ingest *ingest, int64_t cell);

/* Keeps an entry of a lookup: the cells of its key, its value and its role. */
void rows_learn(struct part_in *lookup, struct slice key, int64_t value, int64_t role);

/* What a word that the table lacks means by the lookups that fill it; MAP_UNMAPPED: nothing. */
int rows_filled(struct ingest *ingest, enum map_table table, struct slice word);

void rows_free(struct ingest *ingest);

/* The text that a column of a row gives; empty where it has none. */
struct row_text {
	struct slice text; /* without blanks around it */
	int ref;           /* -1: no id */
	bool neutral;
	bool there; /* the row has such a member, be it empty */
};
struct row_text row_value(
    struct ingest *ingest, size_t part, const struct map_slot *slot, const struct row_source *row);

/* Whether the part's conditions hold. */
bool row_holds(struct ingest *ingest, size_t part, const struct row_source *row);

/* The stand-in for a ticket that is only known by its key. */
uint32_t join_key(struct ingest *ingest, struct slice key);
/* From now on its rows are those of the ticket. */
void join_add(struct ingest *ingest, uint32_t stand_in, uint32_t ticket);
/* The ticket's first stand-in, or the one behind it; INTERN_NONE. */
uint32_t join_first(const struct ingest *ingest, uint32_t ticket);
uint32_t join_next(const struct ingest *ingest, uint32_t stand_in);
bool join_taken(const struct ingest *ingest, uint32_t number);
/* The id as it is shown: a stand-in shows its key. */
const char *join_id(const struct ingest *ingest, uint32_t number);

#endif
