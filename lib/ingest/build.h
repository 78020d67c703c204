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

/* The last known value of one kind, as events told it. */
struct carried {
	bool known;
	const char *text;
	int64_t at;
};

/* One ticket at a time; reused from ticket to ticket. */
struct builder {
	struct ingest *ingest;
	struct arena arena; /* of the ticket: reset before each */
	unsigned has;       /* the evidence of the files of this run */
	struct ticket ticket;
	struct event *events;
	size_t cap;
	/*
	 * Cells of a row each: those with an instant of their own in its order, then rows that add
	 * facts, then rows that are tickets: what comes later counts where two say something.
	 */
	const int64_t **rows;
	size_t nrows, nevents; /* nevents: of them snapshots and events */
	const int64_t *final;  /* the ticket's own row, or NULL */
	bool opening;          /* the event is there */
	struct carried owner, team, status_word, priority_word;
	enum state first_state;        /* that the first change of state names as the one before */
	unsigned told;                 /* bit 1 << evidence: what its events and snapshots record */
	int64_t opened;                /* what the column says, else the first row's instant */
	enum state state;              /* after the events so far */
	int64_t state_since;           /* INSTANT_NONE before the first */
	const char *status, *priority; /* the PSA's own words, the last known ones */
	struct buf psa;
};

struct builder *builder_new(struct ingest *ingest);
/* The ticket of that number, valid until the next call; NULL where no row has an instant. */
const struct ticket *builder_ticket(struct builder *b, uint32_t number);
void builder_free(struct builder *b);

/* The comparison of rows that are snapshots, one after the other. */
struct comparison *comparison_new(struct builder *b);
void compare_row(struct comparison *comparison, const int64_t *row);

/* Rows that are events, one after the other. */
struct event_walk *walk_events(struct builder *b);
void walk_event(struct event_walk *walk, const int64_t *row);

/* What is only known from the ticket's own row, behind all others. */
void build_final_row(struct builder *b);

/* Whether rows name a ticket whose own row no file has. */
bool build_is_unmatched(const struct builder *b);

/* The event of the opening, where no row has told of it. */
void build_opening(struct builder *b);

/* The members below `psa`, as a JSON object in b->psa: ticket->psa. */
void build_psa(struct builder *b);
/* Its member `sla`, where there is one: a verdict for each metric. */
struct json_writer;
void build_psa_sla(struct json_writer *w, const struct psa_sla *sla);

/* The instant of the ticket's own row, else of the list that it is in; INSTANT_NONE. */
int64_t build_final_at(const struct builder *b);

/* An event with nothing but its kind and instant. */
struct event event_at(enum event_kind kind, int64_t at);
void build_add(struct builder *b, struct event event);

/*
 * Adds a status event made from base (instants, by, role, from), and the reopened,
 * resolved or closed event that the change of state means. state: STATE_NONE where
 * the map has none for that word: then the state stays.
 */
void build_status(struct builder *b, struct event base, enum state state);

/* The part of the map that a row is of. */
static inline const struct map_part *
row_part(const struct builder *b, const int64_t *row)
{
	return b->ingest->map->parts[row[0]];
}

/* The field's cell in a row; CELL_ABSENT where its part does not have it. */
static inline int64_t
row_cell(const struct builder *b, const int64_t *row, enum field field)
{
	int slot = row_part(b, row)->slot_of[field];

	return slot == -1 ? CELL_ABSENT : row[slot + 1];
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
	return cell_known(cell) ? rows_text(b->ingest, cell) : NULL;
}

/* The state that a cell means, by the ticket's board where the map has states of boards. */
enum state cell_state(const struct builder *b, int64_t cell);

/* The last known cell of a field in the rows, else CELL_NONE. */
int64_t last_cell(const struct builder *b, enum field field);

/* The word of the neutral priority that a cell means, NULL where it means none. */
const char *priority_word(const struct builder *b, int64_t cell);

#endif
