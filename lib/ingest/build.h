/* build.h: a ticket's rows into a ticket, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_BUILD_H
#define SLA_INGEST_BUILD_H

#include "base/arena.h"
#include "base/buf.h"
#include "data/ticket.h"
#include "ingest/rows.h"
#include "ingest/store.h"

#include <stdbool.h>
#include <stdint.h>

/* One ticket at a time; reused from ticket to ticket. */
struct builder {
	struct ingest *ingest;
	struct arena arena; /* of the ticket: reset before each */
	struct ticket ticket;
	struct event *events;
	size_t cap;
	const int64_t **rows; /* in order of their instants; ncells cells each */
	size_t nrows;
	int64_t opened;                /* what the column says, else the first row's instant */
	enum state state;              /* after the events so far */
	int64_t state_since;           /* INSTANT_NONE before the first */
	const char *status, *priority; /* the PSA's own words, the last known ones */
	struct buf psa;
};

struct builder *builder_new(struct ingest *ingest);
/* The ticket of that number, valid until the next call. */
const struct ticket *builder_ticket(struct builder *b, uint32_t number);
void builder_free(struct builder *b);

/* The three ways from rows to events; each sets the state, and what only it knows of the ticket. */
void build_snapshots(struct builder *b);
void build_ticket_row(struct builder *b);
void build_events(struct builder *b);

/* The members below `psa`, as a JSON object in b->psa: ticket->psa. */
void build_psa(struct builder *b);

/* An event with nothing but its kind and instant. */
struct event event_at(enum event_kind kind, int64_t at);
void build_add(struct builder *b, struct event event);

/*
 * Adds a status event made from base (instants, by, role, from), and the reopened,
 * resolved or closed event that the change of state means. state: STATE_NONE where
 * the map has none for that word: then the state stays.
 */
void build_status(struct builder *b, struct event base, enum state state);

/* The field's cell in a row; CELL_ABSENT where the map does not have it. */
static inline int64_t
row_cell(const struct builder *b, const int64_t *row, enum field field)
{
	int slot = b->ingest->map->slot_of[field];

	return slot == -1 ? CELL_ABSENT : row[slot];
}

/* A cell that is an instant, INSTANT_NONE where it is not known. */
static inline int64_t
cell_instant(int64_t cell)
{
	return cell_known(cell) ? cell : INSTANT_NONE;
}

/* A cell that is a text or a word; NULL where it is not known. */
static inline const char *
cell_text(const struct builder *b, int64_t cell)
{
	return cell_known(cell) ? intern_text(&b->ingest->texts, (uint32_t)cell) : NULL;
}

/* The last known cell of a field in the rows, else CELL_NONE. */
int64_t last_cell(const struct builder *b, enum field field);

/* The word of the neutral priority that a cell means, NULL where it means none. */
const char *priority_word(const struct builder *b, int64_t cell);

#endif
