/* date_column.h: which of day and month comes first in a column, told from all its values */
/* Rank: ingest. */
#ifndef SLA_INGEST_DATE_COLUMN_H
#define SLA_INGEST_DATE_COLUMN_H

#include "base/buf.h"
#include "base/diag.h"
#include "ingest/dates.h"

/* The first value of a kind in a column, and where it stands. */
struct date_witness {
	struct buf text; /* empty: there is none */
	struct place place;
	int64_t pair;
};

/* Zero-initialise; date_column_free() at the end. */
struct date_column {
	struct date_witness day, month; /* that can only be read with this first */
	struct date_witness either;     /* that means two different instants */
};

/* Takes a pair (dates.h) that was read from text. place.file must outlive the column. */
void
date_column_note(struct date_column *column, int64_t pair, struct slice text, struct place place);

/*
 * Sets *order to the one that all values of the column called `name` allow. -1 after a diagnostic,
 * which shows values and both readings, where none does, or where two do that differ.
 */
int date_column_decide(const struct date_column *column, const char *name, enum date_order *order);

void date_column_free(struct date_column *column);

#endif
