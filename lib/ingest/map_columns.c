/* map_columns.c: the columns and constants of a part of a map */
#include "ingest/map_read.h"

#include <string.h>

#define ANY    (1U << ROW_SNAPSHOT | 1U << ROW_TICKET | 1U << ROW_EVENT | 1U << ROW_FACT)
#define FINAL  (1U << ROW_TICKET | 1U << ROW_FACT)
#define EVENT  (1U << ROW_EVENT)
#define LOOKUP (1U << ROW_LOOKUP)
#define ALL    (ANY | LOOKUP)

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
	return field == FIELD_DUE ? FINAL : ANY;
}

/* What is wrong with the field in rows of another kind. */
static const char *
misplaced(enum field field)
{
	if (field == FIELD_RESOLVED || field == FIELD_CLOSED)
		return "only rows that are tickets have this: use psa.resolved and psa.closed";
	if (field == FIELD_VALUE)
		return "only lookups have this";
	return rows_of(field) == FINAL ? "only rows that are tickets have this"
				       : "only rows that are events have this";
}

/* Prepares a slot for the member; false after a fault. */
static bool
begin_slot(struct map_reader *r, const struct json *member, struct map_slot *slot)
{
	const char *key = json_key(member);

	*slot = (struct map_slot){.dates = r->part_dates, .ndates = r->npart_dates};
	if (!find_field(slot, key)) {
		map_fault(r, member, "not something that a column can be", key);
		return false;
	}
	if ((rows_of(slot->field) & 1U << r->part->rows) == 0) {
		map_fault(r, member, misplaced(slot->field), key);
		return false;
	}
	slot->name = arena_textz(&r->map->arena, key);
	return true;
}

static void
add_slot(struct map_reader *r, const struct json *member, const struct map_slot *slot)
{
	struct map_part *part = r->part;
	bool list = slot->field == FIELD_CATEGORY || slot->field == FIELD_ASSIGNEES ||
	    slot->field >= FIELD_PSA;

	if (part->nslots == MAP_SLOTS) {
		map_fault(r, member, "more columns than a map can have", slot->name);
		return;
	}
	if (!list && part->slot_of[slot->field] != -1) {
		map_fault(r, member, "a second column or constant for", slot->name);
		return;
	}
	if (part->slot_of[slot->field] == -1)
		part->slot_of[slot->field] = (int)part->nslots;
	part->slots[part->nslots++] = *slot;
}

/* A list field has a column for each of its values; else an array names alternatives. */
static void
read_column(
    struct map_reader *r, const struct json *member, const struct json *value, struct map_slot slot)
{
	if (map_exprs(r, value, &slot))
		add_slot(r, member, &slot);
}

void
map_column(struct map_reader *r, const struct json *member)
{
	const struct json *item;
	struct map_slot slot;

	if (!begin_slot(r, member, &slot))
		return;
	if (json_type(member) != JSON_ARRAY ||
	    (slot.field != FIELD_CATEGORY && slot.field != FIELD_ASSIGNEES)) {
		read_column(r, member, member, slot);
		return;
	}
	for (item = json_first(member); item != NULL; item = json_next(item))
		read_column(r, member, item, slot);
}

void
map_columns(struct map_reader *r, const struct json *columns)
{
	const struct json *member;

	if (json_type(columns) != JSON_OBJECT) {
		map_fault(r, columns != NULL ? columns : r->root, "a map has an object", "columns");
		return;
	}
	for (member = json_first(columns); member != NULL; member = json_next(member))
		map_column(r, member);
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
		if (slot.field == FIELD_ID || slot.field == FIELD_KEY || slot.field == FIELD_FROM ||
		    slot.field == FIELD_TO || (slot.type != CELL_TEXT && slot.type != CELL_WORD))
			map_fault(r, member, "this cannot be a constant", slot.name);
		else if (slot.type == CELL_WORD &&
		    map_own_value(slot.table, slice_z(slot.constant)) == 0 &&
		    map_value(r->map, slot.table, slice_z(slot.constant)) == MAP_UNMAPPED)
			map_fault(r, member, "no entry in the map's table", slot.constant);
		else
			add_slot(r, member, &slot);
	}
}
