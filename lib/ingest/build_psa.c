/* build_psa.c: the member `psa`: what the PSA itself says of a ticket */
#include "data/ticket_json.h"
#include "ingest/build.h"
#include "out/json_writer.h"

#include <string.h>

/* The last known cell of a slot (psa.NAME may come many times, each in a slot of its own). */
static int64_t
last_of_slot(const struct builder *b, size_t slot)
{
	size_t i;

	for (i = b->nrows; i > 0; i--)
		if (cell_known(b->rows[i - 1][slot]))
			return b->rows[i - 1][slot];
	return CELL_NONE;
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
write_flat(struct builder *b, struct json_writer *w, size_t slot)
{
	const struct map_slot *s = &b->ingest->map->slots[slot];
	const char *name = s->name + 4; /* behind "psa." */
	int64_t cell = last_of_slot(b, slot);

	if (!cell_known(cell))
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
verdict_since(const struct builder *b, size_t slot, int64_t verdict)
{
	int64_t since = INSTANT_NONE;
	size_t i;

	for (i = b->nrows; i > 0; i--) {
		if (!cell_known(b->rows[i - 1][slot]))
			continue;
		if (b->rows[i - 1][slot] != verdict)
			break;
		since = cell_instant(row_cell(b, b->rows[i - 1], FIELD_AT));
	}
	return since;
}

/* "Met so far" on a ticket that has not ended is no verdict; "missed" is one at any time. */
static void
read_verdict(struct builder *b, size_t slot, struct psa_sla *sla)
{
	int64_t verdict = last_of_slot(b, slot);
	bool ended = state_is_ended(b->ticket.state);

	sla->known = true;
	if (!cell_known(verdict) || (verdict == 2 && !ended))
		return;
	sla->met = verdict == 2;
	sla->at = verdict_since(b, slot, verdict);
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
	const struct map *map = b->ingest->map;
	struct psa_sla *sla;
	size_t i;

	for (i = 0; i < METRICS; i++)
		b->ticket.sla[i] =
		    (struct psa_sla){.met = -1, .due = INSTANT_NONE, .at = INSTANT_NONE};
	for (i = 0; i < map->nslots; i++) {
		sla = &b->ticket.sla[map->slots[i].metric];
		if (map->slots[i].field == FIELD_PSA_MET) {
			read_verdict(b, i, sla);
		} else if (map->slots[i].field == FIELD_PSA_DUE) {
			sla->due = cell_instant(last_of_slot(b, i));
			sla->known = true;
		}
	}
	for (i = 0; i < METRICS; i++)
		if (b->ticket.sla[i].met == 0 && b->ticket.sla[i].at == INSTANT_NONE)
			b->ticket.sla[i].at = miss_since(b, &b->ticket.sla[i]);
}

static void
write_sla(struct builder *b, struct json_writer *w)
{
	const struct psa_sla *sla = b->ticket.sla;
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
	struct json_writer w;
	size_t i;

	buf_clear(&b->psa);
	w = json_writer_to(&b->psa);
	jsonw_open(&w, NULL, '{');
	if (b->status != NULL)
		jsonw_text(&w, "status", b->status);
	if (b->priority != NULL)
		jsonw_text(&w, "priority", b->priority);
	write_ends(b, &w);
	for (i = 0; i < b->ingest->map->nslots; i++)
		if (b->ingest->map->slots[i].field == FIELD_PSA)
			write_flat(b, &w, i);
	read_sla(b);
	write_sla(b, &w);
	jsonw_close(&w, '}');
	if (b->psa.n > 2)
		b->ticket.psa = buf_slice(&b->psa);
}
