/* rows.c: the fields of a row as cells: words, dates, numbers */
#include "ingest/rows.h"

#include "base/mem.h"
#include "ingest/quantity.h"

#include <string.h>

/* Longer fields are not remembered: comparing them costs more than it saves. */
#define CACHE_LIMIT 512

/* One field being turned into a cell. */
struct field_in {
	struct ingest *ingest;
	size_t part;
	const struct map_slot *slot;
	const struct row_source *row;
	struct slice text; /* without blanks around it */
	size_t index;
	struct place place; /* of the row */
	struct row_fault *fault;
};

static bool
refuse(const struct field_in *in, enum diag_id id, const char *what)
{
	*in->fault = (struct row_fault){id, in->slot, in->index, what, in->text};
	return false;
}

static void
grow_values(struct ingest *ingest, int table)
{
	size_t had = ingest->nvalues[table], n = ingest->texts.cap;

	ingest->values[table] = mem_grow(ingest->values[table], n, 1);
	memset(ingest->values[table] + had, 0, n - had);
	ingest->nvalues[table] = n;
}

/* What a word means; one that its table lacks is warned about, once. */
static int
look_up(struct ingest *ingest, enum map_table table, int64_t cell, struct place place)
{
	int which = (int)table + ((cell & CELL_NEUTRAL) != 0 ? TABLES : 0);
	uint32_t number = (uint32_t)cell;
	struct slice word;
	int value;

	if (number >= ingest->nvalues[which])
		grow_values(ingest, which);
	if (ingest->values[which][number] != 0)
		return ingest->values[which][number] - 1;
	word = ingest->texts.texts[number];
	value =
	    which != (int)table ? map_own_value(table, word) : map_value(ingest->map, table, word);
	if (value == MAP_UNMAPPED && ingest->map->tables[table].filled)
		value = rows_filled(ingest, table, word);
	if (value == MAP_UNMAPPED && which == (int)table)
		value = map_glob_value(ingest->map, table, intern_text(&ingest->texts, number));
	if (value == MAP_UNMAPPED) {
		diag(DIAG_UNMAPPED, place, "%s: \"%.*s\"", map_table_name(table),
		    (int)(word.n < 200 ? word.n : 200), word.p);
		value = 0;
	}
	ingest->values[which][number] = (uint8_t)(value + 1);
	return value;
}

/*
 * Of a word whose place can still be told: one that goes through a lookup, or whose table a
 * lookup fills, means nothing before all files are read.
 */
static void
look_up_early(struct field_in *in, enum map_table table, int64_t cell)
{
	bool late = cell >> CELL_REF_SHIFT != 0 || in->ingest->map->tables[table].filled ||
	    (table == TABLE_STATES && in->ingest->map->by_board);

	if (!late)
		look_up(in->ingest, table, cell, in->place);
}

int
rows_value(struct ingest *ingest, enum map_table table, int64_t cell)
{
	cell = rows_resolve(ingest, cell);
	return cell_known(cell) ? look_up(ingest, table, cell, NOWHERE) : 0;
}

const char *
rows_text(struct ingest *ingest, int64_t cell)
{
	cell = rows_resolve(ingest, cell);
	return cell_known(cell) ? intern_text(&ingest->texts, (uint32_t)cell) : NULL;
}

/* The reader has made sure that it is UTF-8 without NUL bytes. */
static int64_t
read_text(struct field_in *in)
{
	return intern_add(&in->ingest->texts, in->text);
}

/* How the text is to be understood, on top of the number of a text. */
static int64_t
marks(const struct map_slot *slot, const struct row_text *value)
{
	return (value->neutral ? CELL_NEUTRAL : 0) |
	    (slot->type == CELL_WORD && value->ref != -1 ? CELL_LISTED : 0) |
	    (int64_t)(value->ref + 1) << CELL_REF_SHIFT;
}

static int64_t
read_word(struct field_in *in, enum map_table table, int64_t mark)
{
	int64_t cell = read_text(in) | mark;

	look_up_early(in, table, cell);
	return cell;
}

/* A date that may have its day or its month first. */
static bool
read_pair(struct field_in *in, int64_t *cell)
{
	const struct map *map = in->ingest->map;
	size_t slot = (size_t)(in->slot - map->parts[in->part]->slots);

	if (map->order == 0) {
		date_column_note(
		    &in->ingest->parts[in->part].dates[slot], *cell, in->text, in->place);
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
	case DATE_UNSET:
		*cell = CELL_NONE;
		return true;
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
read_boolean(struct field_in *in, int64_t mark)
{
	int value =
	    look_up(in->ingest, TABLE_BOOLEANS, read_text(in) | (mark & CELL_NEUTRAL), in->place);

	return value != 0 ? value : CELL_NONE;
}

static bool
read_number(struct field_in *in, int64_t *cell)
{
	if (!quantity_read(in->text, in->slot->unit, cell) || !cell_known(*cell))
		return refuse(in, DIAG_BAD_NUMBER, NULL);
	return true;
}

/* mark: as marks() gives it. */
static bool
read_cell(struct field_in *in, int64_t mark, int64_t *cell)
{
	*cell = CELL_NONE;
	if (map_is_missing(in->ingest->map->parts[in->part], in->slot, in->text))
		return true;
	switch (in->slot->type) {
	case CELL_TEXT:
		*cell = read_text(in) | mark;
		break;
	case CELL_WORD:
		*cell = read_word(in, in->slot->table, mark);
		break;
	case CELL_BOOLEAN:
		*cell = read_boolean(in, mark);
		break;
	case CELL_DATE:
		return read_date(in, cell);
	case CELL_NUMBER:
		return read_number(in, cell);
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
	if (!read_cell(in, 0, cell))
		return false;
	remember(slot, field, *cell, odd == in->ingest->folds + in->ingest->gaps);
	return true;
}

/*
 * The old value of a change: where a record has no such member, or its text does not tell it,
 * it is not known, which is not the same as nobody.
 */
static bool
is_untold(const struct field_in *in, const struct row_text *value)
{
	return in->slot->field == FIELD_FROM && value->text.n == 0 && !value->there;
}

static bool
read_slot(struct field_in *in, struct row_slot *slot, int64_t *cell)
{
	struct row_text value;

	if (in->slot->plain && in->row->csv != NULL)
		return read_field(in, slot, in->row->csv->fields[slot->index], cell);
	value = row_value(in->ingest, in->part, in->slot, in->row);
	if (is_untold(in, &value)) {
		*cell = CELL_ABSENT;
		return true;
	}
	if (in->slot->plain)
		return read_field(in, slot, value.text, cell);
	in->text = value.text;
	return read_cell(in, marks(in->slot, &value), cell);
}

/* The id and the key are no cells: they name the ticket. */
static bool
read_fields(struct field_in *in)
{
	struct part_in *part = &in->ingest->parts[in->part];
	const struct map_part *p = in->ingest->map->parts[in->part];
	size_t i;

	for (i = 0; i < p->nslots; i++) {
		in->slot = &p->slots[i];
		in->index = part->slots[i].index;
		if (in->slot->field == FIELD_ID || in->slot->field == FIELD_KEY ||
		    !part->slots[i].read)
			continue;
		if (!read_slot(in, &part->slots[i], &part->cells[i + 1]))
			return false;
	}
	return true;
}

static int64_t *
cell_of(struct field_in *in, enum field field)
{
	int slot = in->ingest->map->parts[in->part]->slot_of[field];

	return slot == -1 ? NULL : &in->ingest->parts[in->part].cells[slot + 1];
}

/* Goes to a slot, for what is said of it. */
static void
turn_to(struct field_in *in, enum field field)
{
	const struct map_part *p = in->ingest->map->parts[in->part];

	in->slot = &p->slots[p->slot_of[field]];
	in->index = in->ingest->parts[in->part].slots[p->slot_of[field]].index;
}

/* From and to are texts; their meaning depends on the kind of the event. */
static bool
read_end(struct field_in *in, enum field field, int kind)
{
	int64_t *cell = cell_of(in, field);

	if (cell == NULL || !cell_known(*cell))
		return true;
	turn_to(in, field);
	in->text = in->ingest->texts.texts[(uint32_t)*cell];
	if (kind == EVENT_DUE || kind == EVENT_PROMISE || kind == EVENT_SCHEDULED)
		return read_date(in, cell);
	if (kind == EVENT_PRIORITY)
		look_up_early(in, TABLE_PRIORITIES, *cell);
	else if (field == FIELD_TO && (kind == EVENT_STATUS || kind == EVENT_OPENED))
		look_up_early(in, TABLE_STATES, *cell);
	return true;
}

/* What a row of that kind cannot do without. */
static bool
check_row(struct field_in *in)
{
	enum row_kind rows = in->ingest->map->parts[in->part]->rows;
	enum field needed = rows == ROW_TICKET ? FIELD_OPENED : FIELD_AT;
	int kind;

	if (rows == ROW_FACT)
		return true;
	if (!cell_known(*cell_of(in, needed))) {
		turn_to(in, needed);
		in->text = (struct slice){NULL, 0};
		return refuse(in, DIAG_BAD_DATE,
		    needed == FIELD_AT ? "no instant of the row" : "no instant of opening");
	}
	if (rows != ROW_EVENT)
		return true;
	kind = rows_value(in->ingest, TABLE_KINDS, *cell_of(in, FIELD_KIND));
	return read_end(in, FIELD_FROM, kind) && read_end(in, FIELD_TO, kind);
}

/* The id or key of the row's ticket, in the order of the map's own fields; false: it has none. */
static bool
name_of(struct field_in *in, enum field field, struct slice *name)
{
	const struct map_part *p = in->ingest->map->parts[in->part];
	int slot = p->slot_of[field];

	*name = (struct slice){NULL, 0};
	if (slot == -1 || !in->ingest->parts[in->part].slots[slot].read)
		return false;
	turn_to(in, field);
	if (in->slot->plain && in->row->csv != NULL)
		*name = slice_trim(in->row->csv->fields[in->index]);
	else
		*name = row_value(in->ingest, in->part, in->slot, in->row).text;
	return !map_is_missing(p, in->slot, *name);
}

static enum row_result
add_entry(struct field_in *in)
{
	const struct map_part *p = in->ingest->map->parts[in->part];
	struct part_in *lookup = &in->ingest->parts[in->part];
	int64_t *value = cell_of(in, FIELD_VALUE), *role = cell_of(in, FIELD_ROLE);
	struct slice key;

	if (!name_of(in, FIELD_KEY, &key)) {
		in->text = (struct slice){NULL, 0};
		refuse(in, DIAG_NO_TICKET, "no key of a lookup");
		return ROW_REFUSED;
	}
	if (p->fills != TABLE_NONE && value != NULL && cell_known(*value))
		*value |= CELL_NEUTRAL;
	rows_learn(
	    lookup, key, value != NULL ? *value : CELL_NONE, role != NULL ? *role : CELL_NONE);
	return ROW_TAKEN;
}

/* The number of the row's ticket; a row with both names says that they are one. */
static bool
find_ticket(struct field_in *in, uint32_t *ticket)
{
	struct ingest *ingest = in->ingest;
	struct slice id, key;
	bool has_id;

	has_id = name_of(in, FIELD_ID, &id);
	if (has_id)
		*ticket = store_ticket(&ingest->store, id);
	if (!name_of(in, FIELD_KEY, &key))
		return has_id;
	if (!has_id)
		*ticket = join_key(ingest, key);
	else
		join_add(ingest, join_key(ingest, key), *ticket);
	return true;
}

enum row_result
rows_add(struct ingest *ingest, size_t part, const struct row_source *row, struct place place,
    struct row_fault *fault)
{
	const struct map_part *p = ingest->map->parts[part];
	struct field_in in = {
	    .ingest = ingest, .part = part, .row = row, .place = place, .fault = fault};
	struct slice name;
	uint32_t ticket;

	if (!row_holds(ingest, part, row))
		return ROW_PASSED;
	if (p->rows == ROW_LOOKUP)
		return read_fields(&in) ? add_entry(&in) : ROW_REFUSED;
	if (!name_of(&in, FIELD_ID, &name) && !name_of(&in, FIELD_KEY, &name)) {
		in.text = (struct slice){NULL, 0};
		refuse(&in, DIAG_NO_TICKET, "the field is empty");
		return ROW_REFUSED;
	}
	if (!read_fields(&in) || !check_row(&in) || !find_ticket(&in, &ticket))
		return ROW_REFUSED;
	store_add(&ingest->store, ticket, ingest->parts[part].cells);
	return ROW_TAKEN;
}

bool
rows_wants(const struct ingest *ingest, const struct map_slot *slot)
{
	return slot->constant == NULL && (slot->field != FIELD_TEXT || ingest->keep_text);
}

void
rows_begin(struct ingest *ingest, size_t part)
{
	const struct map_part *p = ingest->map->parts[part];
	struct part_in *into = &ingest->parts[part];
	struct row_fault fault;
	struct field_in in = {.ingest = ingest, .part = part, .fault = &fault};
	int64_t *cell, mark;
	size_t i;

	for (i = 0; i <= MAP_SLOTS; i++)
		into->cells[i] = CELL_ABSENT;
	into->cells[0] = (int64_t)part;
	for (i = 0; i < p->nslots; i++) {
		if (p->slots[i].constant == NULL)
			continue;
		cell = &into->cells[i + 1];
		in.slot = &p->slots[i];
		in.text = slice_trim(slice_z(in.slot->constant));
		mark = in.slot->type == CELL_WORD &&
			map_value(ingest->map, in.slot->table, in.text) == MAP_UNMAPPED
		    ? CELL_NEUTRAL
		    : 0;
		if (!read_cell(&in, mark, cell))
			*cell = CELL_ABSENT;
	}
}
