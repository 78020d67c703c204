/* showing.c: what a list shows of the ticket that is handed out */
#include "ingest/showing.h"

#include "base/diag.h"
#include "ingest/build.h"

int
ingest_list(struct ingest *ingest, int64_t as_of)
{
	size_t i;

	for (i = 0; i < ingest->map->nparts; i++)
		if (ingest->map->parts[i]->rows == ROW_TICKET ||
		    ingest->map->parts[i]->rows == ROW_SNAPSHOT) {
			ingest->as_of = as_of;
			return 0;
		}
	return diag(DIAG_USAGE, NOWHERE,
	    "--update compares rows that show a ticket; those of this map are events, which tell "
	    "the history by themselves");
}

/* The row that shows the ticket as it is: its own, else its last snapshot, else NULL. */
static const int64_t *
showing_row(const struct builder *b)
{
	const int64_t *last = b->nevents > 0 ? b->rows[b->nevents - 1] : NULL;

	if (b->final != NULL)
		return b->final;
	return last != NULL && row_part(b, last)->rows == ROW_SNAPSHOT ? last : NULL;
}

static bool
shows(const struct builder *b, const int64_t *row, enum field field)
{
	return row != NULL && row_cell(b, row, field) != CELL_ABSENT;
}

void
ingest_showing(const struct ingest *ingest, const struct ticket *ticket, struct showing *showing)
{
	const struct builder *b = ingest->builder;
	const int64_t *row = showing_row(b);
	bool known[WATCHES] = {false};
	int i;

	showing->seen = ingest->as_of;
	showing->at = ingest->as_of;
	if (row == b->final && row != NULL)
		showing->at = build_final_at(b);
	else if (row != NULL)
		showing->at = cell_instant(row_cell(b, row, FIELD_AT));
	known[WATCH_OWNER] = shows(b, row, FIELD_OWNER);
	known[WATCH_TEAM] = shows(b, row, FIELD_TEAM);
	known[WATCH_PRIORITY] = ticket->priority != PRIORITY_NONE;
	known[WATCH_STATUS] = b->status != NULL;
	for (i = 1; i < METRICS; i++)
		known[WATCH_DUE + i] = merge_due(ticket, (enum metric)i) != INSTANT_NONE;
	for (i = 0; i < WATCHES; i++)
		showing->known[i] = known[i] ? showing->at : INSTANT_NONE;
}
