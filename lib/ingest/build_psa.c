/* build_psa.c: the member `psa`: what the PSA itself says of a ticket */
#include "data/ticket_json.h"
#include "ingest/build.h"
#include "out/json_writer.h"

#include <string.h>

/* A slot of one of the map's parts. */
struct column {
	int64_t part;
	size_t slot;
};

static const struct map_slot *
slot_of(const struct builder *b, struct column column)
{
	return &b->ingest->map->parts[column.part]->slots[column.slot];
}

/* The cell of a row; CELL_ABSENT where the row is of another part. */
static int64_t
cell_of(const int64_t *row, struct column column)
{
	return row[0] == column.part ? row[column.slot + 1] : CELL_ABSENT;
}

/* The last known cell of a slot (psa.NAME may come many times, each in a slot of its own). */
static int64_t
last_of_slot(const struct builder *b, struct column column)
{
	size_t i;

	for (i = b->nrows; i > 0; i--)
		if (cell_known(cell_of(b->rows[i - 1], column)))
			return cell_of(b->rows[i - 1], column);
	return CELL_NONE;
}

/* The next column of all parts; false behind the last. */
static bool
next_column(const struct builder *b, struct column *column)
{
	const struct map *map = b->ingest->map;

	column->slot++;
	while ((size_t)column->part < map->nparts &&
	    column->slot >= map->parts[column->part]->nslots) {
		column->part++;
		column->slot = 0;
	}
	return (size_t)column->part < map->nparts;
}

#define FIRST_COLUMN ((struct column){0, SIZE_MAX})

/* Whether the ticket has rows that would tell it; of rows that are facts, such that do. */
static bool
has_rows(const struct builder *b, struct column column)
{
	bool fact = b->ingest->map->parts[column.part]->rows == ROW_FACT;
	size_t i;

	for (i = 0; i < b->nrows; i++)
		if (b->rows[i][0] == column.part &&
		    (!fact || cell_known(cell_of(b->rows[i], column))))
			return true;
	return false;
}

/* Whether a part before has told it already. */
static bool
is_told(const struct builder *b, struct column column)
{
	struct column before = FIRST_COLUMN;

	while (
	    next_column(b, &before) && (before.part != column.part || before.slot != column.slot))
		if (slot_of(b, before)->field == FIELD_PSA &&
		    strcmp(slot_of(b, before)->name, slot_of(b, column)->name) == 0 &&
		    cell_known(last_of_slot(b, before)))
			return true;
	return false;
}

static void
write_date(struct json_writer *w, const char *key, int64_t instant)
{
	jsonw_begin(w, key);
	json_add_instant(w->out, instant);
}

/* A date that says the same as the ticket's own is left out. */
static void
write_flat_date(struct builder *b, struct json_writer *w, const char *name, int64_t instant)
{
	const struct ticket *t = &b->ticket;

	if ((strcmp(name, "resolved") == 0 && instant == t->resolved) ||
	    (strcmp(name, "closed") == 0 && instant == t->closed))
		return;
	write_date(w, name, instant);
}

static void
write_flat(struct builder *b, struct json_writer *w, struct column column)
{
	const struct map_slot *s = slot_of(b, column);
	const char *name = s->name + 4; /* behind "psa." */
	int64_t cell = last_of_slot(b, column);

	if (!cell_known(cell) || is_told(b, column))
		return;
	switch (s->type) {
	case CELL_NUMBER:
		jsonw_i64(w, name, cell);
		break;
	case CELL_BOOLEAN:
		jsonw_bool(w, name, cell == 2);
		break;
	case CELL_DATE:
		write_flat_date(b, w, name, cell);
		break;
	case CELL_TEXT:
	case CELL_WORD:
		jsonw_text(w, name, cell_text(b, cell));
		break;
	}
}

/* Since when the rows show that verdict without a break. */
static int64_t
verdict_since(const struct builder *b, struct column column, int64_t verdict)
{
	int64_t since = INSTANT_NONE;
	size_t i;

	for (i = b->nrows; i > 0; i--) {
		if (!cell_known(cell_of(b->rows[i - 1], column)))
			continue;
		if (cell_of(b->rows[i - 1], column) != verdict)
			break;
		since = cell_instant(row_cell(b, b->rows[i - 1], FIELD_AT));
	}
	return since;
}

/* "Met so far" on a ticket that has not ended is no verdict; "missed" is one at any time. */
static void
read_verdict(struct builder *b, struct column column, struct psa_sla *sla)
{
	int64_t verdict = last_of_slot(b, column);
	bool ended = state_is_ended(b->ticket.state);

	sla->known = true;
	if (!cell_known(verdict) || (verdict == 2 && !ended))
		return;
	sla->met = verdict == 2;
	sla->at = verdict_since(b, column, verdict);
	if (verdict == 2 && b->state_since != INSTANT_NONE &&
	    (sla->at == INSTANT_NONE || sla->at < b->state_since))
		sla->at = b->state_since;
}

/*
 * Since when a miss is known that no row's instant dates: an ended ticket shows it at
 * its end at the latest, any other since its due instant, never before.
 */
static int64_t
miss_since(const struct builder *b, const struct psa_sla *sla)
{
	if (state_is_ended(b->ticket.state) && b->state_since != INSTANT_NONE)
		return b->state_since;
	return sla->due;
}

static void
read_sla(struct builder *b)
{
	struct column column = FIRST_COLUMN;
	struct psa_sla *sla;
	enum field field;
	size_t i;

	for (i = 0; i < METRICS; i++)
		b->ticket.sla[i] =
		    (struct psa_sla){.met = -1, .due = INSTANT_NONE, .at = INSTANT_NONE};
	while (next_column(b, &column)) {
		field = slot_of(b, column)->field;
		if ((field != FIELD_PSA_MET && field != FIELD_PSA_DUE) || !has_rows(b, column))
			continue;
		sla = &b->ticket.sla[slot_of(b, column)->metric];
		if (field == FIELD_PSA_MET) {
			read_verdict(b, column, sla);
		} else {
			if (sla->due == INSTANT_NONE)
				sla->due = cell_instant(last_of_slot(b, column));
			sla->known = true;
		}
	}
	for (i = 0; i < METRICS; i++)
		if (b->ticket.sla[i].met == 0 && b->ticket.sla[i].at == INSTANT_NONE)
			b->ticket.sla[i].at = miss_since(b, &b->ticket.sla[i]);
}

void
build_psa_sla(struct json_writer *w, const struct psa_sla *sla)
{
	bool open = false;
	int i;

	for (i = 1; i < METRICS; i++) {
		if (!sla[i].known)
			continue;
		if (!open)
			jsonw_open(w, "sla", '{');
		open = true;
		jsonw_open(w, word_of(WORDS_METRIC, i), '{');
		if (sla[i].met == -1)
			jsonw_null(w, "met");
		else
			jsonw_bool(w, "met", sla[i].met == 1);
		write_date(w, "due", sla[i].due);
		write_date(w, "at", sla[i].at);
		jsonw_close(w, '}');
	}
	if (open)
		jsonw_close(w, '}');
}

/* A ticket row's own dates, where the ticket does not have them as its ends. */
static void
write_ends(struct builder *b, struct json_writer *w)
{
	int64_t resolved = cell_instant(last_cell(b, FIELD_RESOLVED));
	int64_t closed = cell_instant(last_cell(b, FIELD_CLOSED));

	if (resolved != INSTANT_NONE)
		write_flat_date(b, w, "resolved", resolved);
	if (closed != INSTANT_NONE)
		write_flat_date(b, w, "closed", closed);
}

void
build_psa(struct builder *b)
{
	struct column column = FIRST_COLUMN;
	struct json_writer w;

	buf_clear(&b->psa);
	w = json_writer_to(&b->psa);
	jsonw_open(&w, NULL, '{');
	if (b->status != NULL)
		jsonw_text(&w, "status", b->status);
	if (b->priority != NULL)
		jsonw_text(&w, "priority", b->priority);
	write_ends(b, &w);
	while (next_column(b, &column))
		if (slot_of(b, column)->field == FIELD_PSA)
			write_flat(b, &w, column);
	if (build_is_unmatched(b)) {
		jsonw_bool(&w, "unmatched", true);
		b->ingest->unmatched++;
	}
	read_sla(b);
	build_psa_sla(&w, b->ticket.sla);
	jsonw_close(&w, '}');
	if (b->psa.n > 2)
		b->ticket.psa = buf_slice(&b->psa);
}
