/* build.c: what tickets from every kind of row have in common */
#include "ingest/build.h"

#include "base/mem.h"

#include <stdlib.h>

struct builder *
builder_new(struct ingest *ingest)
{
	struct builder *b = mem_calloc(1, sizeof(*b));

	b->ingest = ingest;
	return b;
}

void
builder_free(struct builder *b)
{
	arena_free(&b->arena);
	buf_free(&b->psa);
	mem_free(b->events);
	mem_free(b);
}

struct event
event_at(enum event_kind kind, int64_t at)
{
	return (struct event){.at = at,
	    .kind = (uint8_t)kind,
	    .after = INSTANT_NONE,
	    .from_at = INSTANT_NONE,
	    .to_at = INSTANT_NONE,
	    .seconds = -1};
}

void
build_add(struct builder *b, struct event event)
{
	struct ticket *ticket = &b->ticket;

	b->events = mem_push(b->events, ticket->nevents, &b->cap, sizeof(event));
	ticket->events = b->events;
	event.seq = (uint32_t)ticket->nevents;
	ticket->events[ticket->nevents++] = event;
}

/* The event that marks a change of the ticket's own state: sla-stream(5). */
static enum event_kind
mark_of(enum state from, enum state to)
{
	if (to == STATE_CLOSED)
		return from != STATE_CLOSED ? EVENT_CLOSED : EVENT_NONE;
	if (to == STATE_RESOLVED)
		return state_is_ended(from) ? EVENT_NONE : EVENT_RESOLVED;
	return state_is_ended(from) && !state_is_ended(to) ? EVENT_REOPENED : EVENT_NONE;
}

void
build_status(struct builder *b, struct event base, enum state state)
{
	struct event event = base;
	enum event_kind mark;

	event.kind = EVENT_STATUS;
	event.state = (uint8_t)state;
	build_add(b, event);
	if (state == STATE_NONE)
		return;
	mark = mark_of(b->state, state);
	if (mark != EVENT_NONE) {
		event = event_at(mark, base.at);
		event.after = base.after;
		event.inferred = base.inferred;
		event.by = base.by;
		event.role = base.role;
		build_add(b, event);
	}
	if (mark == EVENT_RESOLVED)
		b->ticket.resolved = base.at;
	if (mark == EVENT_CLOSED)
		b->ticket.closed = base.at;
	if (state != b->state)
		b->state_since = base.at;
	b->state = state;
}

int64_t
last_cell(const struct builder *b, enum field field)
{
	int slot = b->ingest->map->slot_of[field];
	size_t i;

	for (i = b->nrows; slot != -1 && i > 0; i--)
		if (cell_known(b->rows[i - 1][slot]))
			return b->rows[i - 1][slot];
	return CELL_NONE;
}

const char *
priority_word(const struct builder *b, int64_t cell)
{
	return word_of(WORDS_PRIORITY, rows_value(b->ingest, TABLE_PRIORITIES, cell));
}

/* What a row is sorted by. */
struct row_key {
	int64_t at, sequence;
	size_t input;
	const int64_t *cells;
};

static int
key_order(const void *left, const void *right)
{
	const struct row_key *a = left, *b = right;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->sequence != b->sequence)
		return a->sequence < b->sequence ? -1 : 1;
	return (a->input > b->input) - (a->input < b->input);
}

/* By instant, then sequence, then order of input; most exports are in that order. */
static void
sort_rows(struct builder *b, const int64_t *cells)
{
	size_t i, ncells = b->ingest->store.ncells;
	struct row_key *keys = arena_alloc(&b->arena, b->nrows * sizeof(*keys));
	bool sorted = true;

	for (i = 0; i < b->nrows; i++, cells += ncells) {
		keys[i] = (struct row_key){
		    row_cell(b, cells, FIELD_AT), row_cell(b, cells, FIELD_SEQUENCE), i, cells};
		if (i > 0 && key_order(&keys[i - 1], &keys[i]) > 0)
			sorted = false;
	}
	if (!sorted)
		qsort(keys, b->nrows, sizeof(*keys), key_order);
	b->rows = arena_alloc(&b->arena, b->nrows * sizeof(*b->rows));
	for (i = 0; i < b->nrows; i++)
		b->rows[i] = keys[i].cells;
}

/* In place of two readings of a date, the one that its column was found to mean. */
static void
settle_dates(const struct builder *b, int64_t *cells)
{
	const struct ingest *ingest = b->ingest;
	size_t ncells = ingest->store.ncells, i;

	for (i = 0; i < b->nrows * ncells; i++)
		if (date_is_pair(cells[i]) && ingest->map->slots[i % ncells].type != CELL_NUMBER)
			cells[i] = date_pair_instant(cells[i], ingest->orders[i % ncells]);
}

static void
load_rows(struct builder *b, uint32_t number)
{
	const struct store *store = &b->ingest->store;
	int64_t *cells;

	b->nrows = store->tickets[number].nrows;
	cells = arena_calloc(&b->arena, b->nrows * store->ncells, sizeof(*cells));
	store_rows(store, number, cells);
	settle_dates(b, cells);
	sort_rows(b, cells);
}

/* All slots of a field that is a list, in the order of the map. */
static const char **
list_of(struct builder *b, enum field field, size_t *count)
{
	const struct map *map = b->ingest->map;
	const char **texts;
	size_t i, j;

	*count = 0;
	if (map->slot_of[field] == -1)
		return NULL;
	texts = arena_alloc(&b->arena, map->nslots * sizeof(*texts));
	for (i = 0; i < map->nslots; i++) {
		if (map->slots[i].field != field)
			continue;
		for (j = b->nrows; j > 0 && !cell_known(b->rows[j - 1][i]);)
			j--;
		if (j > 0)
			texts[(*count)++] = cell_text(b, b->rows[j - 1][i]);
	}
	return texts;
}

/* Facts that no event tells: the last value that any row has. */
static void
build_facts(struct builder *b)
{
	struct ticket *t = &b->ticket;

	t->title = cell_text(b, last_cell(b, FIELD_TITLE));
	t->client = cell_text(b, last_cell(b, FIELD_CLIENT));
	t->contact = cell_text(b, last_cell(b, FIELD_CONTACT));
	t->type = cell_text(b, last_cell(b, FIELD_TYPE));
	t->agreement = cell_text(b, last_cell(b, FIELD_AGREEMENT));
	t->board = cell_text(b, last_cell(b, FIELD_BOARD));
	t->site = cell_text(b, last_cell(b, FIELD_SITE));
	t->severity = cell_text(b, last_cell(b, FIELD_SEVERITY));
	t->impact = cell_text(b, last_cell(b, FIELD_IMPACT));
	t->parent = cell_text(b, last_cell(b, FIELD_PARENT));
	t->merged_into = cell_text(b, last_cell(b, FIELD_MERGED_INTO));
	t->channel =
	    (enum channel)rows_value(b->ingest, TABLE_CHANNELS, last_cell(b, FIELD_CHANNEL));
	t->category = list_of(b, FIELD_CATEGORY, &t->ncategory);
	t->assignees = list_of(b, FIELD_ASSIGNEES, &t->nassignees);
}

/* What the columns say at the end; event rows may have none, and then tell by their events. */
static void
build_final(struct builder *b)
{
	const int64_t *last = b->rows[b->nrows - 1];
	const struct map *map = b->ingest->map;
	struct ticket *t = &b->ticket;
	int64_t priority = last_cell(b, FIELD_PRIORITY), status = last_cell(b, FIELD_STATUS);
	enum state state = (enum state)rows_value(b->ingest, TABLE_STATES, status);
	enum field owner = FIELD_OWNER, team = FIELD_TEAM;

	if (map->rows == ROW_EVENT) {
		t->owner = map->slot_of[owner] != -1 ? cell_text(b, last_cell(b, owner)) : t->owner;
		t->team = map->slot_of[team] != -1 ? cell_text(b, last_cell(b, team)) : t->team;
	} else {
		t->owner = cell_text(b, row_cell(b, last, owner));
		t->team = cell_text(b, row_cell(b, last, team));
	}
	if (cell_known(priority)) {
		t->priority = (enum priority)rows_value(b->ingest, TABLE_PRIORITIES, priority);
		b->priority = cell_text(b, priority);
	}
	if (cell_known(status))
		b->status = cell_text(b, status);
	t->state = state != STATE_NONE ? state : b->state;
	if (!state_is_ended(t->state))
		t->resolved = INSTANT_NONE;
	if (t->state != STATE_CLOSED)
		t->closed = INSTANT_NONE;
}

static void
begin_ticket(struct builder *b, uint32_t number)
{
	struct ingest *ingest = b->ingest;

	arena_reset(&b->arena);
	load_rows(b, number);
	b->ticket = (struct ticket){.source = ingest->map->source,
	    .id = intern_text(&ingest->store.ids, number),
	    .opened = INSTANT_NONE,
	    .resolved = INSTANT_NONE,
	    .closed = INSTANT_NONE,
	    .has = ingest->map->has};
	b->state = STATE_NONE;
	b->state_since = INSTANT_NONE;
	b->status = b->priority = NULL;
	b->opened = cell_instant(last_cell(b, FIELD_OPENED));
	if (b->opened == INSTANT_NONE)
		b->opened = cell_instant(row_cell(b, b->rows[0], FIELD_AT));
}

const struct ticket *
builder_ticket(struct builder *b, uint32_t number)
{
	begin_ticket(b, number);
	switch (b->ingest->map->rows) {
	case ROW_SNAPSHOT:
		build_snapshots(b);
		break;
	case ROW_TICKET:
		build_ticket_row(b);
		break;
	case ROW_EVENT:
		build_events(b);
		break;
	}
	events_sort(b->ticket.events, b->ticket.nevents);
	b->ticket.opened = b->opened;
	build_facts(b);
	build_final(b);
	build_psa(b);
	return &b->ticket;
}
