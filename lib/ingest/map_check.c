/* map_check.c: whether what a part of a map says makes sense together */
#include "ingest/map_read.h"

#include <string.h>

static bool
has_field(const struct map_part *part, enum field field)
{
	return part->slot_of[field] != -1;
}

/* Whether the rules of a column can give that kind. */
static bool
expr_gives(const struct map_expr *expr, const char *kind)
{
	size_t i;

	for (i = 0; i < expr->nvalues; i++)
		if (expr->values[i].text != NULL && strcmp(expr->values[i].text, kind) == 0)
			return true;
	return expr->constant != NULL && strcmp(expr->constant, kind) == 0;
}

static bool
table_gives(const struct map *map, enum event_kind kind)
{
	size_t i;

	for (i = 0; i < map->tables[TABLE_KINDS].n; i++)
		if (map->tables[TABLE_KINDS].entries[i].value == (int)kind)
			return true;
	return !map->tables[TABLE_KINDS].given;
}

/* Whether event rows can give events of that kind. */
static bool
has_kind(const struct map *map, const struct map_part *part, enum event_kind kind)
{
	const struct map_slot *slot;
	const char *word = word_of(WORDS_EVENT_KIND, (int)kind);
	size_t i;

	if (!has_field(part, FIELD_KIND))
		return false;
	slot = &part->slots[part->slot_of[FIELD_KIND]];
	if (slot->constant != NULL)
		return strcmp(slot->constant, word) == 0 ||
		    map_value(map, TABLE_KINDS, slice_z(slot->constant)) == (int)kind;
	for (i = 0; i < slot->nexprs; i++)
		if (slot->exprs[i].neutral ? expr_gives(&slot->exprs[i], word)
					   : table_gives(map, kind))
			return true;
	return false;
}

/* Final values on a ticket's one row are no history, unless the row says as of when it is. */
static bool
has_history(
    const struct map *map, const struct map_part *part, enum field field, enum event_kind kind)
{
	if (part->rows == ROW_EVENT)
		return has_kind(map, part, kind);
	return has_field(part, field) && (part->rows == ROW_SNAPSHOT || has_field(part, FIELD_AT));
}

static bool
has_status(const struct map *map, const struct map_part *part)
{
	if (part->rows == ROW_EVENT)
		return has_kind(map, part, EVENT_STATUS) || has_kind(map, part, EVENT_RESOLVED) ||
		    has_kind(map, part, EVENT_CLOSED);
	return has_history(map, part, FIELD_STATUS, EVENT_STATUS) ||
	    has_field(part, FIELD_RESOLVED) || has_field(part, FIELD_CLOSED);
}

static bool
has_evidence(const struct map *map, const struct map_part *part, enum evidence evidence)
{
	bool events = part->rows == ROW_EVENT;

	switch (evidence) {
	case EVIDENCE_OWNER:
		return has_history(map, part, FIELD_OWNER, EVENT_OWNER);
	case EVIDENCE_TEAM:
		return has_history(map, part, FIELD_TEAM, EVENT_TEAM);
	case EVIDENCE_PRIORITY:
		return has_history(map, part, FIELD_PRIORITY, EVENT_PRIORITY);
	case EVIDENCE_STATUS:
		return has_status(map, part);
	case EVIDENCE_MESSAGE:
		return events && has_kind(map, part, EVENT_MESSAGE);
	case EVIDENCE_PUBLIC:
		return events && has_kind(map, part, EVENT_MESSAGE) &&
		    has_field(part, FIELD_VISIBILITY);
	case EVIDENCE_WORK:
		return events && has_kind(map, part, EVENT_WORK);
	case EVIDENCE_ACTOR:
		return events && has_field(part, FIELD_BY);
	case EVIDENCE_PROMISE:
		return events && has_kind(map, part, EVENT_PROMISE);
	default:
		return true;
	}
}

static void
check_needed(struct map_reader *r, const struct json *at)
{
	const struct json *columns = json_get(at, "columns");
	const struct map_part *part = r->part;
	bool names_key = part->rows != ROW_TICKET && has_field(part, FIELD_KEY);

	if (!has_field(part, FIELD_ID) && !names_key)
		map_fault(r, columns, "no column is", "id");
	else if (has_field(part, FIELD_ID) && part->slots[part->slot_of[FIELD_ID]].optional)
		map_fault(r, json_get(columns, "id"), "this column cannot be optional", "id");
	if (has_field(part, FIELD_ROW) && part->slots[part->slot_of[FIELD_ROW]].constant != NULL)
		map_fault(r, json_get(at, "constants"), "this cannot be a constant", "row");
	if (part->rows != ROW_TICKET && part->rows != ROW_FACT && !has_field(part, FIELD_AT))
		map_fault(r, columns, "no column is", "at");
	if (part->rows == ROW_TICKET && !has_field(part, FIELD_OPENED))
		map_fault(r, columns, "no column is", "opened");
	if (part->rows == ROW_EVENT && !has_field(part, FIELD_KIND))
		map_fault(r, columns, "no column or constant is", "kind");
}

void
map_check(struct map_reader *r, const struct json *at)
{
	const struct json *columns = json_get(at, "columns"), *item;
	const struct map_part *part = r->part;
	const char *word;

	check_needed(r, at);
	if (has_field(part, FIELD_RESOLVED) && json_get(columns, "psa.resolved") != NULL)
		map_fault(
		    r, json_get(columns, "psa.resolved"), "comes from the column of", "resolved");
	if (has_field(part, FIELD_CLOSED) && json_get(columns, "psa.closed") != NULL)
		map_fault(r, json_get(columns, "psa.closed"), "comes from the column of", "closed");
	item = json_get(at, "has");
	for (item = json_first(item); item != NULL; item = json_next(item)) {
		word = json_text(item);
		if (!has_evidence(
			r->map, part, (enum evidence)word_value(WORDS_EVIDENCE, slice_z(word))))
			map_fault(r, item, "these columns are no evidence of", word);
	}
}
