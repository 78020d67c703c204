/* build.c: what tickets from every kind of row have in common */
#include "ingest/build.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What lists of rows that are tickets record, when they are compared from night to night. */
static unsigned
compared(const struct map_part *part, const struct part_in *in)
{
	return ~in->unlisted &
	    ((part->slot_of[FIELD_OWNER] != -1 ? 1U << EVIDENCE_OWNER : 0) |
		(part->slot_of[FIELD_TEAM] != -1 ? 1U << EVIDENCE_TEAM : 0) |
		(part->slot_of[FIELD_STATUS] != -1 ? 1U << EVIDENCE_STATUS : 0) |
		(part->slot_of[FIELD_PRIORITY] != -1 ? 1U << EVIDENCE_PRIORITY : 0));
}

/* The evidence of all parts that this run was given files of, as far as those have the columns. */
static unsigned
evidence(const struct ingest *ingest)
{
	const struct map_part *part;
	unsigned has = 0;
	size_t i;

	for (i = 0; i < ingest->map->nparts; i++) {
		if (!ingest->parts[i].given)
			continue;
		part = ingest->map->parts[i];
		has |= part->has & ~ingest->parts[i].lacks;
		if (part->rows == ROW_TICKET && ingest->as_of != INSTANT_NONE)
			has |= compared(part, &ingest->parts[i]);
	}
	return has;
}

struct builder *
builder_new(struct ingest *ingest)
{
	struct builder *b = mem_calloc(1, sizeof(*b));

	b->ingest = ingest;
	b->has = evidence(ingest);
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
	mark = state_mark(b->state, state);
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
	int64_t cell;
	size_t i;

	for (i = b->nrows; i > 0; i--) {
		cell = row_cell(b, b->rows[i - 1], field);
		if (cell_known(cell))
			return cell;
	}
	return CELL_NONE;
}

const char *
priority_word(const struct builder *b, int64_t cell)
{
	return word_of(WORDS_PRIORITY, rows_value(b->ingest, TABLE_PRIORITIES, cell));
}

enum state
cell_state(const struct builder *b, int64_t cell)
{
	const char *board, *word;
	struct buf key = {0};
	int value = MAP_UNMAPPED;

	if (b->ingest->map->by_board && cell_known(cell)) {
		board = cell_text(b, last_cell(b, FIELD_BOARD));
		word = cell_text(b, cell);
		buf_addf(&key, "%s/%s", board != NULL ? board : "", word != NULL ? word : "");
		value = map_value(b->ingest->map, TABLE_STATES, buf_slice(&key));
		buf_free(&key);
	}
	return (enum state)(
	    value != MAP_UNMAPPED ? value : rows_value(b->ingest, TABLE_STATES, cell));
}

/* What a row is sorted by. */
struct row_key {
	int64_t at, sequence;
	int rank; /* behind the rows with instants of their own: 1 facts, 2 tickets */
	size_t input;
	const int64_t *cells;
};

static int
key_order(const void *left, const void *right)
{
	const struct row_key *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank - b->rank;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->sequence != b->sequence)
		return a->sequence < b->sequence ? -1 : 1;
	if (a->cells[0] != b->cells[0])
		return a->cells[0] < b->cells[0] ? -1 : 1;
	return (a->input > b->input) - (a->input < b->input);
}

static int
rank_of(const struct builder *b, const int64_t *row)
{
	enum row_kind rows = row_part(b, row)->rows;

	return rows == ROW_TICKET ? 2 : rows == ROW_FACT ? 1 : 0;
}

/*
 * By instant, then sequence, then part, then order of input, so that the order of files does
 * not count; most exports are in that order.
 */
static void
sort_rows(struct builder *b, const int64_t *cells)
{
	size_t i, ncells = b->ingest->store.ncells;
	struct row_key *keys = arena_alloc(&b->arena, b->nrows * sizeof(*keys));
	bool sorted = true;

	b->nevents = 0;
	for (i = 0; i < b->nrows; i++, cells += ncells) {
		keys[i] = (struct row_key){row_cell(b, cells, FIELD_AT),
		    row_cell(b, cells, FIELD_SEQUENCE), rank_of(b, cells), i, cells};
		b->nevents += keys[i].rank == 0;
		if (keys[i].rank == 0)
			b->told |= row_part(b, cells)->has & ~b->ingest->parts[cells[0]].lacks;
		if (i > 0 && key_order(&keys[i - 1], &keys[i]) > 0)
			sorted = false;
	}
	if (!sorted)
		qsort(keys, b->nrows, sizeof(*keys), key_order);
	b->rows = arena_alloc(&b->arena, b->nrows * sizeof(*b->rows));
	for (i = 0; i < b->nrows; i++)
		b->rows[i] = keys[i].cells;
	b->final = b->nrows > 0 && row_part(b, b->rows[b->nrows - 1])->rows == ROW_TICKET
	    ? b->rows[b->nrows - 1]
	    : NULL;
}

/* In place of two readings of a date, the one that its column was found to mean. */
static void
settle_dates(const struct builder *b, int64_t *cells)
{
	const struct ingest *ingest = b->ingest;
	size_t ncells = ingest->store.ncells, i, j;

	for (i = 0; i < b->nrows; i++, cells += ncells)
		for (j = 1; j <= row_part(b, cells)->nslots; j++)
			if (date_is_pair(cells[j]) &&
			    row_part(b, cells)->slots[j - 1].type != CELL_NUMBER)
				cells[j] = date_pair_instant(
				    cells[j], ingest->parts[cells[0]].orders[j - 1]);
}

/* A row that has a name of its own. */
struct named_row {
	int64_t part, name;
	size_t at; /* of b->rows */
};

static int
name_order(const void *left, const void *right)
{
	const struct named_row *a = left, *b = right;

	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* Pages of an interface overlap: of rows of a part with one name of their own the last counts. */
static void
drop_repeated(struct builder *b)
{
	struct named_row *named = arena_alloc(&b->arena, (b->nrows + 1) * sizeof(*named));
	size_t i, n = 0, kept = 0, events = b->nevents;
	int64_t name;

	for (i = 0; i < b->nrows; i++) {
		name = row_cell(b, b->rows[i], FIELD_ROW);
		if (cell_known(name))
			named[n++] = (struct named_row){b->rows[i][0], name, i};
	}
	if (n < 2)
		return;
	qsort(named, n, sizeof(*named), name_order);
	for (i = 0; i + 1 < n; i++)
		if (named[i].part == named[i + 1].part && named[i].name == named[i + 1].name) {
			b->rows[named[i].at] = NULL;
			b->ingest->repeated++;
			b->nevents -= named[i].at < events;
		}
	for (i = 0; i < b->nrows; i++)
		if (b->rows[i] != NULL)
			b->rows[kept++] = b->rows[i];
	b->nrows = kept;
}

/* The rows under its id, and those under its keys. */
static void
load_rows(struct builder *b, uint32_t number)
{
	struct store *store = &b->ingest->store;
	int64_t *cells;
	uint32_t key;
	size_t n = store_count(store, number);

	b->nrows = n;
	for (key = join_first(b->ingest, number); key != INTERN_NONE;
	     key = join_next(b->ingest, key))
		b->nrows += store_count(store, key);
	cells = arena_calloc(&b->arena, b->nrows * store->ncells, sizeof(*cells));
	if (n > 0)
		store_rows(store, number, cells);
	for (key = join_first(b->ingest, number); key != INTERN_NONE;
	     key = join_next(b->ingest, key)) {
		if (store_count(store, key) == 0)
			continue;
		store_rows(store, key, cells + n * store->ncells);
		n += store_count(store, key);
	}
	settle_dates(b, cells);
	b->told = 0;
	sort_rows(b, cells);
	drop_repeated(b);
}

/* A list being gathered: each value once. */
struct list {
	const char **texts;
	size_t n, cap;
};

static void
add_to_list(struct list *list, struct arena *arena, const char *text)
{
	const char **more;
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->texts[i], text) == 0)
			return;
	if (list->n == list->cap) {
		list->cap = list->cap * 2 + 8;
		more = arena_calloc(arena, list->cap, sizeof(*more));
		if (list->n > 0)
			memcpy(more, list->texts, list->n * sizeof(*more));
		list->texts = more;
	}
	list->texts[list->n++] = text;
}

/* A cell of a list may hold several values. */
static void
add_values(struct builder *b, struct list *list, int64_t cell)
{
	int64_t mark = cell & ~(int64_t)UINT32_MAX;
	struct intern *texts = &b->ingest->texts;
	struct slice rest = texts->texts[(uint32_t)cell], one;
	const char *end, *text;

	while (rest.n > 0) {
		end = memchr(rest.p, LIST_SEPARATOR, rest.n);
		one = (struct slice){rest.p, end != NULL ? (size_t)(end - rest.p) : rest.n};
		rest = end != NULL ? (struct slice){end + 1, rest.n - one.n - 1}
				   : (struct slice){NULL, 0};
		one = slice_trim(one);
		text = one.n > 0 ? rows_text(b->ingest, intern_add(texts, one) | mark) : NULL;
		if (text != NULL)
			add_to_list(list, &b->arena, text);
	}
}

/* Of one slot the last row with a value counts; rows that are facts each add theirs. */
static void
add_slot(struct builder *b, struct list *list, int64_t part, size_t slot)
{
	bool all = b->ingest->map->parts[part]->rows == ROW_FACT;
	size_t i, j;

	for (i = 0; i < b->nrows; i++) {
		j = all ? i : b->nrows - 1 - i;
		if (b->rows[j][0] != part || !cell_known(b->rows[j][slot + 1]))
			continue;
		add_values(b, list, b->rows[j][slot + 1]);
		if (!all)
			return;
	}
}

bool
build_is_unmatched(const struct builder *b)
{
	size_t i;

	for (i = 0; i < b->ingest->map->nparts && b->final == NULL; i++)
		if (b->ingest->map->parts[i]->rows == ROW_TICKET)
			return true;
	return false;
}

/* All slots of a field that is a list, in the order of the map. */
static const char **
list_of(struct builder *b, enum field field, size_t *count)
{
	const struct map *map = b->ingest->map;
	struct list list = {0};
	size_t i, j;

	for (i = 0; i < map->nparts; i++)
		for (j = 0; map->parts[i]->slot_of[field] != -1 && j < map->parts[i]->nslots; j++)
			if (map->parts[i]->slots[j].field == field)
				add_slot(b, &list, (int64_t)i, j);
	*count = list.n;
	return list.texts;
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

/*
 * Who has it at the end: what its own row or its last snapshot says, else the last row that
 * says something, else what the events came to.
 */
static void
set_holder(const struct builder *b, enum field field, const char **holder)
{
	const int64_t *last = b->final;
	int64_t cell = CELL_ABSENT;

	if (last == NULL && b->nevents > 0 &&
	    row_part(b, b->rows[b->nevents - 1])->rows == ROW_SNAPSHOT)
		last = b->rows[b->nevents - 1];
	if (last != NULL)
		cell = row_cell(b, last, field);
	if (cell != CELL_ABSENT)
		*holder = cell_text(b, cell);
	else if (cell_known(last_cell(b, field)))
		*holder = cell_text(b, last_cell(b, field));
}

/* Systems list everybody; assignees are the others. */
static void
leave_out_owner(struct ticket *t)
{
	size_t i, n = 0;

	for (i = 0; i < t->nassignees; i++)
		if (t->owner == NULL || strcmp(t->assignees[i], t->owner) != 0)
			t->assignees[n++] = t->assignees[i];
	t->nassignees = n;
}

static void
build_end(struct builder *b)
{
	struct ticket *t = &b->ticket;
	int64_t priority = last_cell(b, FIELD_PRIORITY), status = last_cell(b, FIELD_STATUS);
	enum state state = cell_state(b, status);

	set_holder(b, FIELD_OWNER, &t->owner);
	set_holder(b, FIELD_TEAM, &t->team);
	leave_out_owner(t);
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
	size_t i;

	arena_reset(&b->arena);
	load_rows(b, number);
	b->ticket = (struct ticket){.source = ingest->map->source,
	    .id = join_id(ingest, number),
	    .opened = INSTANT_NONE,
	    .resolved = INSTANT_NONE,
	    .closed = INSTANT_NONE,
	    .has = b->has};
	b->state = STATE_NONE;
	b->state_since = INSTANT_NONE;
	b->status = b->priority = NULL;
	b->opening = false;
	b->owner = b->team = b->status_word = b->priority_word = (struct carried){0};
	b->first_state = STATE_NONE;
	b->opened = cell_instant(last_cell(b, FIELD_OPENED));
	for (i = 0; i < b->nrows && b->opened == INSTANT_NONE; i++)
		b->opened = cell_instant(row_cell(b, b->rows[i], FIELD_AT));
}

const struct ticket *
builder_ticket(struct builder *b, uint32_t number)
{
	struct comparison *comparison;
	struct event_walk *walk;
	size_t i;

	begin_ticket(b, number);
	if (b->opened == INSTANT_NONE)
		return NULL;
	comparison = comparison_new(b);
	walk = walk_events(b);
	for (i = 0; i < b->nevents; i++)
		if (row_part(b, b->rows[i])->rows == ROW_SNAPSHOT)
			compare_row(comparison, b->rows[i]);
		else
			walk_event(walk, b->rows[i]);
	build_opening(b);
	if (b->final != NULL)
		build_final_row(b);
	events_sort(b->ticket.events, b->ticket.nevents);
	b->ticket.opened = b->opened;
	build_facts(b);
	build_end(b);
	build_psa(b);
	return &b->ticket;
}
