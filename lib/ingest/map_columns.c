/* map_columns.c: the columns and constants of a map, and whether a map makes sense */
#include "ingest/map_read.h"

#include <string.h>

#define ANY      (1U << ROW_SNAPSHOT | 1U << ROW_TICKET | 1U << ROW_EVENT)
#define SNAPSHOT (1U << ROW_SNAPSHOT)
#define TICKET   (1U << ROW_TICKET)
#define EVENT    (1U << ROW_EVENT)

static const struct {
	const char *word;
	enum cell_type type;
	enum map_table table;
	unsigned rows;
} fields[] = {
#define FIELD(id, word, type, table, rows) {word, CELL_##type, TABLE_##table, rows},
#include "ingest/fields.def"
#undef FIELD
};

#define NFIELDS (sizeof(fields) / sizeof(fields[0]))

static bool
has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* "psa.sla.resolve.met" and "psa.sla.resolve.due". */
static bool
find_sla_field(struct map_slot *slot, const char *rest)
{
	const char *dot = strchr(rest, '.');

	if (dot == NULL)
		return false;
	slot->metric =
	    (enum metric)word_value(WORDS_METRIC, (struct slice){rest, (size_t)(dot - rest)});
	slot->field = strcmp(dot, ".met") == 0 ? FIELD_PSA_MET : FIELD_PSA_DUE;
	slot->type = slot->field == FIELD_PSA_MET ? CELL_BOOLEAN : CELL_DATE;
	slot->table = slot->field == FIELD_PSA_MET ? TABLE_BOOLEANS : TABLE_NONE;
	return slot->metric != METRIC_NONE &&
	    (strcmp(dot, ".met") == 0 || strcmp(dot, ".due") == 0);
}

/* "due.resolve": the promise that the ticket was opened with. */
static bool
find_due_field(struct map_slot *slot, const char *metric)
{
	slot->field = FIELD_DUE;
	slot->type = CELL_DATE;
	slot->metric = (enum metric)word_value(WORDS_METRIC, slice_z(metric));
	return slot->metric != METRIC_NONE;
}

/* psa.NAME: what sla-stream(5) gives a type has it, the rest is text unless the map says. */
static bool
find_psa_field(struct map_slot *slot, const char *name)
{
	static const char *const reserved[] = {"status", "priority", "sla"};
	size_t i;

	slot->field = FIELD_PSA;
	slot->type = CELL_TEXT;
	for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strcmp(name, reserved[i]) == 0)
			return false;
	if (strcmp(name, "reassignments") == 0 || strcmp(name, "reopens") == 0)
		slot->type = CELL_NUMBER;
	else if (strcmp(name, "resolved") == 0 || strcmp(name, "closed") == 0)
		slot->type = CELL_DATE;
	return *name != '\0' &&
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] ==
	    '\0';
}

static bool
find_field(struct map_slot *slot, const char *name)
{
	size_t i;

	if (has_prefix(name, "psa.sla."))
		return find_sla_field(slot, name + 8);
	if (has_prefix(name, "psa."))
		return find_psa_field(slot, name + 4);
	if (has_prefix(name, "due."))
		return find_due_field(slot, name + 4);
	for (i = 0; i < NFIELDS; i++)
		if (strcmp(fields[i].word, name) == 0) {
			slot->field = (enum field)i;
			slot->type = fields[i].type;
			slot->table = fields[i].table;
			return true;
		}
	return false;
}

/* The kinds of rows that may have the field. */
static unsigned
rows_of(enum field field)
{
	if ((size_t)field < NFIELDS)
		return fields[field].rows;
	return field == FIELD_DUE ? TICKET : ANY;
}

/* What is wrong with the field in rows of another kind. */
static const char *
misplaced(enum field field)
{
	if (field == FIELD_RESOLVED || field == FIELD_CLOSED)
		return "only rows that are tickets have this: use psa.resolved and psa.closed";
	return rows_of(field) == TICKET ? "only rows that are tickets have this"
					: "only rows that are events have this";
}

/* Prepares a slot for the member; false after a fault. */
static bool
begin_slot(struct map_reader *r, const struct json *member, struct map_slot *slot)
{
	const char *key = json_key(member);

	*slot = (struct map_slot){.dates = r->dates, .ndates = r->ndates};
	if (!find_field(slot, key)) {
		map_fault(r, member, "not something that a column can be", key);
		return false;
	}
	if ((rows_of(slot->field) & 1U << r->map->rows) == 0) {
		map_fault(r, member, misplaced(slot->field), key);
		return false;
	}
	slot->name = arena_textz(&r->map->arena, key);
	return true;
}

static void
add_slot(struct map_reader *r, const struct json *member, const struct map_slot *slot)
{
	struct map *map = r->map;
	bool list = slot->field == FIELD_CATEGORY || slot->field == FIELD_ASSIGNEES ||
	    slot->field >= FIELD_PSA;

	if (map->nslots == MAP_SLOTS) {
		map_fault(r, member, "more columns than a map can have", slot->name);
		return;
	}
	if (!list && map->slot_of[slot->field] != -1) {
		map_fault(r, member, "a second column or constant for", slot->name);
		return;
	}
	if (map->slot_of[slot->field] == -1)
		map->slot_of[slot->field] = (int)map->nslots;
	map->slots[map->nslots++] = *slot;
}

static void
read_type(struct map_reader *r, const struct json *value, struct map_slot *slot)
{
	static const char *const words[] = {"text", NULL, "date", "number", "boolean"};
	const char *text = map_text(r, value);
	int i;

	if (text == NULL)
		return;
	for (i = 0; i < 5; i++)
		if (words[i] != NULL && strcmp(words[i], text) == 0)
			break;
	if (i == 5 || slot->field != FIELD_PSA) {
		map_fault(r, value,
		    i == 5 ? "a type is \"text\", \"date\", \"number\" or \"boolean\", not"
			   : "only psa.NAME has a type of its own, not",
		    i == 5 ? text : slot->name);
		return;
	}
	slot->type = (enum cell_type)i;
	slot->table = slot->type == CELL_BOOLEAN ? TABLE_BOOLEANS : TABLE_NONE;
}

/* {"column":"x","optional":true,…} */
static void
read_column_object(struct map_reader *r, const struct json *value, struct map_slot *slot)
{
	const struct json *member;
	const char *key;

	for (member = json_first(value); member != NULL; member = json_next(member)) {
		key = json_key(member);
		if (strcmp(key, "column") == 0)
			slot->column = map_text(r, member);
		else if (strcmp(key, "optional") == 0 && json_type(member) == JSON_BOOL)
			slot->optional = json_bool(member, false);
		else if (strcmp(key, "missing") == 0)
			map_texts(r, member, &slot->missing, &slot->nmissing);
		else if (strcmp(key, "dates") == 0 && slot->type == CELL_DATE)
			map_dates(r, member, &slot->dates, &slot->ndates);
		else if (strcmp(key, "type") == 0)
			read_type(r, member, slot);
		else
			map_fault(r, member, "not something that can be said of this column", key);
	}
	if (json_get(value, "column") == NULL)
		map_fault(r, value, "a column is named", "column");
}

static void
read_column(
    struct map_reader *r, const struct json *member, const struct json *value, struct map_slot slot)
{
	int before = r->faults;

	if (json_type(value) == JSON_OBJECT)
		read_column_object(r, value, &slot);
	else
		slot.column = map_text(r, value);
	if (r->faults == before)
		add_slot(r, member, &slot);
}

void
map_columns(struct map_reader *r, const struct json *columns)
{
	const struct json *member, *item;
	struct map_slot slot;

	if (json_type(columns) != JSON_OBJECT) {
		map_fault(r, columns != NULL ? columns : r->root, "a map has an object", "columns");
		return;
	}
	for (member = json_first(columns); member != NULL; member = json_next(member)) {
		if (!begin_slot(r, member, &slot))
			continue;
		if (json_type(member) != JSON_ARRAY)
			read_column(r, member, member, slot);
		else if (slot.field != FIELD_CATEGORY && slot.field != FIELD_ASSIGNEES)
			map_fault(r, member,
			    "only category and assignees have several columns, not", slot.name);
		else
			for (item = json_first(member); item != NULL; item = json_next(item))
				read_column(r, member, item, slot);
	}
}

void
map_constants(struct map_reader *r, const struct json *constants)
{
	const struct json *member;
	struct map_slot slot;

	if (constants != NULL && json_type(constants) != JSON_OBJECT)
		map_fault(r, constants, "constants are an object", NULL);
	for (member = json_first(constants); member != NULL; member = json_next(member)) {
		if (!begin_slot(r, member, &slot))
			continue;
		slot.constant = map_text(r, member);
		if (slot.constant == NULL)
			continue;
		if (slot.field == FIELD_ID || slot.field == FIELD_FROM || slot.field == FIELD_TO ||
		    (slot.type != CELL_TEXT && slot.type != CELL_WORD))
			map_fault(r, member, "this cannot be a constant", slot.name);
		else if (slot.type == CELL_WORD &&
		    map_value(r->map, slot.table, slice_z(slot.constant)) == MAP_UNMAPPED)
			map_fault(r, member, "no entry in the map's table", slot.constant);
		else
			add_slot(r, member, &slot);
	}
}

static bool
has_field(const struct map *map, enum field field)
{
	return map->slot_of[field] != -1;
}

/* Whether event rows can give events of that kind. */
static bool
has_kind(const struct map *map, enum event_kind kind)
{
	size_t i;

	if (!map->tables[TABLE_KINDS].given)
		return has_field(map, FIELD_KIND);
	for (i = 0; i < map->tables[TABLE_KINDS].n; i++)
		if (map->tables[TABLE_KINDS].entries[i].value == (int)kind)
			return true;
	return false;
}

/* Final values on a ticket's one row are no history, unless the row says as of when it is. */
static bool
has_history(const struct map *map, enum field field, enum event_kind kind)
{
	if (map->rows == ROW_EVENT)
		return has_kind(map, kind);
	return has_field(map, field) && (map->rows == ROW_SNAPSHOT || has_field(map, FIELD_AT));
}

static bool
has_status(const struct map *map)
{
	if (map->rows == ROW_EVENT)
		return has_kind(map, EVENT_STATUS) || has_kind(map, EVENT_RESOLVED) ||
		    has_kind(map, EVENT_CLOSED);
	return has_history(map, FIELD_STATUS, EVENT_STATUS) || has_field(map, FIELD_RESOLVED) ||
	    has_field(map, FIELD_CLOSED);
}

static bool
has_evidence(const struct map *map, enum evidence evidence)
{
	bool events = map->rows == ROW_EVENT;

	switch (evidence) {
	case EVIDENCE_OWNER:
		return has_history(map, FIELD_OWNER, EVENT_OWNER);
	case EVIDENCE_TEAM:
		return has_history(map, FIELD_TEAM, EVENT_TEAM);
	case EVIDENCE_PRIORITY:
		return has_history(map, FIELD_PRIORITY, EVENT_PRIORITY);
	case EVIDENCE_STATUS:
		return has_status(map);
	case EVIDENCE_MESSAGE:
		return events && has_kind(map, EVENT_MESSAGE);
	case EVIDENCE_PUBLIC:
		return events && has_kind(map, EVENT_MESSAGE) && has_field(map, FIELD_VISIBILITY);
	case EVIDENCE_WORK:
		return events && has_kind(map, EVENT_WORK);
	case EVIDENCE_ACTOR:
		return events && has_field(map, FIELD_BY);
	case EVIDENCE_PROMISE:
		return events && has_kind(map, EVENT_PROMISE);
	default:
		return true;
	}
}

void
map_check(struct map_reader *r)
{
	const struct json *columns = json_get(r->root, "columns"), *item;
	const struct map *map = r->map;
	const char *word;

	if (!has_field(map, FIELD_ID))
		map_fault(r, columns, "no column is", "id");
	else if (map->slots[map->slot_of[FIELD_ID]].optional)
		map_fault(r, json_get(columns, "id"), "this column cannot be optional", "id");
	if (has_field(map, FIELD_RESOLVED) && json_get(columns, "psa.resolved") != NULL)
		map_fault(
		    r, json_get(columns, "psa.resolved"), "comes from the column of", "resolved");
	if (has_field(map, FIELD_CLOSED) && json_get(columns, "psa.closed") != NULL)
		map_fault(r, json_get(columns, "psa.closed"), "comes from the column of", "closed");
	if (map->rows != ROW_TICKET && !has_field(map, FIELD_AT))
		map_fault(r, columns, "no column is", "at");
	if (map->rows == ROW_TICKET && !has_field(map, FIELD_OPENED))
		map_fault(r, columns, "no column is", "opened");
	if (map->rows == ROW_EVENT && !has_field(map, FIELD_KIND))
		map_fault(r, columns, "no column or constant is", "kind");
	item = json_get(r->root, "has");
	for (item = json_first(item); item != NULL; item = json_next(item)) {
		word = json_text(item);
		if (!has_evidence(map, (enum evidence)word_value(WORDS_EVIDENCE, slice_z(word))))
			map_fault(r, item, "these columns are no evidence of", word);
	}
}
