/* rows.c: the fields of a row as cells: words, dates, numbers */
#include "ingest/rows.h"

#include "base/mem.h"
#include "base/num.h"

#include <string.h>

/* Longer fields are not remembered: comparing them costs more than it saves. */
#define CACHE_LIMIT 512

/* One field being turned into a cell. */
struct field_in {
	struct ingest *ingest;
	const struct map_slot *slot;
	struct slice text; /* without blanks around it */
	size_t index;
	struct place place; /* of the row */
	struct row_fault *fault;
};

static bool
refuse(const struct field_in *in, enum diag_id id, const char *what)
{
	*in->fault = (struct row_fault){id, in->index, what, in->text};
	return false;
}

static void
grow_values(struct ingest *ingest, enum map_table table)
{
	size_t had = ingest->nvalues[table], n = ingest->texts.cap;

	ingest->values[table] = mem_grow(ingest->values[table], n, 1);
	memset(ingest->values[table] + had, 0, n - had);
	ingest->nvalues[table] = n;
}

/* Looks a word up once; one that the table lacks is warned about then. */
static void
look_up(struct field_in *in, enum map_table table, uint32_t number)
{
	struct ingest *ingest = in->ingest;
	int value;

	if (number >= ingest->nvalues[table])
		grow_values(ingest, table);
	if (ingest->values[table][number] != 0)
		return;
	value = map_value(ingest->map, table, in->text);
	if (value == MAP_UNMAPPED) {
		diag(DIAG_UNMAPPED, in->place, "%s: \"%.*s\"", map_table_name(table),
		    (int)(in->text.n < 200 ? in->text.n : 200), in->text.p);
		value = 0;
	}
	ingest->values[table][number] = (uint8_t)(value + 1);
}

int
rows_value(const struct ingest *ingest, enum map_table table, int64_t cell)
{
	if (!cell_known(cell) || (uint64_t)cell >= ingest->nvalues[table] ||
	    ingest->values[table][cell] == 0)
		return 0;
	return ingest->values[table][cell] - 1;
}

/* The reader has made sure that it is UTF-8 without NUL bytes. */
static int64_t
read_text(struct field_in *in)
{
	return intern_add(&in->ingest->texts, in->text);
}

static int64_t
read_word(struct field_in *in, enum map_table table)
{
	int64_t cell = read_text(in);

	look_up(in, table, (uint32_t)cell);
	return cell;
}

/* A date that may have its day or its month first. */
static bool
read_pair(struct field_in *in, int64_t *cell)
{
	const struct map *map = in->ingest->map;
	size_t slot = (size_t)(in->slot - map->slots);

	if (map->order == 0) {
		date_column_note(&in->ingest->dates[slot], *cell, in->text, in->place);
		return true;
	}
	*cell = date_pair_instant(*cell, map->order);
	return *cell != INSTANT_NONE || refuse(in, DIAG_BAD_DATE, "the other order would fit");
}

static bool
read_date(struct field_in *in, int64_t *cell)
{
	struct ingest *ingest = in->ingest;

	switch (dates_read(in->slot->dates, in->slot->ndates, ingest->map->zone, in->text, cell)) {
	case DATE_BAD:
		return refuse(in, DIAG_BAD_DATE, NULL);
	case DATE_OUTSIDE:
		return refuse(in, DIAG_BAD_DATE, "outside 1950 to 2100");
	case DATE_FOLD:
		if (ingest->folds++ == 0)
			ingest->first_fold = in->place;
		break;
	case DATE_GAP:
		if (ingest->gaps++ == 0)
			ingest->first_gap = in->place;
		break;
	case DATE_READ:
		break;
	}
	return !date_is_pair(*cell) || read_pair(in, cell);
}

/* A word that is neither gives no value, and a warning. */
static int64_t
read_boolean(struct field_in *in)
{
	int value = rows_value(in->ingest, TABLE_BOOLEANS, read_word(in, TABLE_BOOLEANS));

	return value != 0 ? value : CELL_NONE;
}

static bool
read_cell(struct field_in *in, int64_t *cell)
{
	*cell = CELL_NONE;
	if (map_is_missing(in->ingest->map, in->slot, in->text))
		return true;
	switch (in->slot->type) {
	case CELL_TEXT:
		*cell = read_text(in);
		break;
	case CELL_WORD:
		*cell = read_word(in, in->slot->table);
		break;
	case CELL_BOOLEAN:
		*cell = read_boolean(in);
		break;
	case CELL_DATE:
		return read_date(in, cell);
	case CELL_NUMBER:
		if (!num_i64(in->text, cell) || !cell_known(*cell))
			return refuse(in, DIAG_BAD_NUMBER, NULL);
		break;
	}
	return true;
}

/* Ambiguous local times are counted for each row, so those are not remembered. */
static void
remember(struct row_slot *slot, struct slice field, int64_t cell, bool plain)
{
	slot->cached = plain && field.n <= CACHE_LIMIT;
	if (!slot->cached)
		return;
	buf_clear(&slot->text);
	buf_adds(&slot->text, field);
	slot->cell = cell;
}

static bool
read_field(struct field_in *in, struct row_slot *slot, struct slice field, int64_t *cell)
{
	int64_t odd = in->ingest->folds + in->ingest->gaps;

	if (slot->cached && field.n == slot->text.n &&
	    (field.n == 0 || memcmp(field.p, slot->text.p, field.n) == 0)) {
		*cell = slot->cell;
		return true;
	}
	in->text = slice_trim(field);
	if (!read_cell(in, cell))
		return false;
	remember(slot, field, *cell, odd == in->ingest->folds + in->ingest->gaps);
	return true;
}

/* The id is not a cell: it names the ticket. */
static bool
read_fields(struct field_in *in, const struct csv_row *row)
{
	struct ingest *ingest = in->ingest;
	const struct map *map = ingest->map;
	size_t i, id = (size_t)map->slot_of[FIELD_ID];

	for (i = 0; i < map->nslots; i++) {
		if (i == id || !ingest->slots[i].read)
			continue;
		in->slot = &map->slots[i];
		in->index = ingest->slots[i].index;
		if (!read_field(in, &ingest->slots[i], row->fields[in->index], &ingest->cells[i]))
			return false;
	}
	return true;
}

static int64_t *
cell_of(struct ingest *ingest, enum field field)
{
	int slot = ingest->map->slot_of[field];

	return slot == -1 ? NULL : &ingest->cells[slot];
}

/* From and to are texts; their meaning depends on the kind of the event. */
static bool
read_end(struct field_in *in, enum field field, int kind)
{
	struct ingest *ingest = in->ingest;
	int64_t *cell = cell_of(ingest, field);

	if (cell == NULL || !cell_known(*cell))
		return true;
	in->slot = &ingest->map->slots[ingest->map->slot_of[field]];
	in->index = ingest->slots[in->slot - ingest->map->slots].index;
	in->text = ingest->texts.texts[*cell];
	if (kind == EVENT_DUE || kind == EVENT_PROMISE || kind == EVENT_SCHEDULED)
		return read_date(in, cell);
	if (kind == EVENT_PRIORITY)
		look_up(in, TABLE_PRIORITIES, (uint32_t)*cell);
	else if (field == FIELD_TO && (kind == EVENT_STATUS || kind == EVENT_OPENED))
		look_up(in, TABLE_STATES, (uint32_t)*cell);
	return true;
}

/* What a row of that kind cannot do without. */
static bool
check_row(struct field_in *in)
{
	struct ingest *ingest = in->ingest;
	enum field needed = ingest->map->rows == ROW_TICKET ? FIELD_OPENED : FIELD_AT;
	size_t slot = (size_t)ingest->map->slot_of[needed];
	int kind;

	if (!cell_known(ingest->cells[slot])) {
		in->index = ingest->slots[slot].index;
		in->text = (struct slice){NULL, 0};
		return refuse(in, DIAG_BAD_DATE,
		    needed == FIELD_AT ? "no instant of the row" : "no instant of opening");
	}
	if (ingest->map->rows != ROW_EVENT)
		return true;
	kind = rows_value(ingest, TABLE_KINDS, *cell_of(ingest, FIELD_KIND));
	return read_end(in, FIELD_FROM, kind) && read_end(in, FIELD_TO, kind);
}

bool
rows_add(
    struct ingest *ingest, const struct csv_row *row, struct place place, struct row_fault *fault)
{
	const struct map_slot *slot = &ingest->map->slots[ingest->map->slot_of[FIELD_ID]];
	struct field_in in = {.ingest = ingest, .slot = slot, .place = place, .fault = fault};
	struct slice id;

	in.index = ingest->slots[ingest->map->slot_of[FIELD_ID]].index;
	in.text = id = slice_trim(row->fields[in.index]);
	if (map_is_missing(ingest->map, slot, id))
		return refuse(&in, DIAG_NO_TICKET, "the field is empty");
	if (!read_fields(&in, row) || !check_row(&in))
		return false;
	store_add(&ingest->store, store_ticket(&ingest->store, id), ingest->cells);
	return true;
}

void
rows_begin(struct ingest *ingest)
{
	const struct map *map = ingest->map;
	struct row_fault fault;
	struct field_in in = {.ingest = ingest, .fault = &fault};
	size_t i;

	for (i = 0; i < map->nslots; i++) {
		ingest->cells[i] = CELL_ABSENT;
		if (map->slots[i].constant == NULL)
			continue;
		in.slot = &map->slots[i];
		in.text = slice_trim(slice_z(in.slot->constant));
		if (!read_cell(&in, &ingest->cells[i]))
			ingest->cells[i] = CELL_ABSENT;
	}
}
