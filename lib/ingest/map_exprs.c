/* map_exprs.c: how a map says where a value comes from and what is made of it */
#include "ingest/map_read.h"

#include <string.h>

size_t
map_path(struct map_reader *r, const char *text)
{
	struct map_part *part = r->part;
	const char **paths;
	size_t i;

	for (i = 0; i < part->npaths; i++)
		if (strcmp(part->paths[i], text) == 0)
			return i;
	if (part->npaths == part->room) {
		part->room = part->room * 2 + 16;
		paths = arena_calloc(&r->map->arena, part->room, sizeof(*paths));
		if (part->npaths > 0)
			memcpy(paths, part->paths, part->npaths * sizeof(*paths));
		part->paths = paths;
	}
	part->paths[part->npaths] = arena_textz(&r->map->arena, text);
	return part->npaths++;
}

static void
add_paths(struct map_reader *r, struct map_expr *expr, const char **texts, size_t n)
{
	size_t *paths = arena_calloc(&r->map->arena, n + 1, sizeof(*paths));
	size_t i;

	for (i = 0; i < n; i++)
		paths[i] = map_path(r, texts[i]);
	expr->paths = paths;
	expr->npaths = n;
}

static void
read_column(struct map_reader *r, const struct json *value, struct map_expr *expr)
{
	const char *text = map_text(r, value);

	if (text != NULL)
		add_paths(r, expr, &text, 1);
}

static void
read_join(struct map_reader *r, const struct json *value, struct map_expr *expr)
{
	const char **texts;
	size_t n;

	map_texts(r, value, &texts, &n);
	if (n == 0)
		map_fault(r, value, "columns to join are wanted here", NULL);
	add_paths(r, expr, texts, n);
}

/* What a word is turned into must be one of sla-stream(5) where the field has such. */
static bool
check_rule(struct map_reader *r, const struct json *item, const struct map_slot *slot,
    const struct map_rule *rule)
{
	bool words = slot->type == CELL_WORD || slot->type == CELL_BOOLEAN;

	if (rule->text == NULL ? json_is_null(item)
			       : !words || map_own_value(slot->table, slice_z(rule->text)) != 0)
		return true;
	map_fault(r, item, "no such value for", slot->name);
	return false;
}

static void
read_values(struct map_reader *r, const struct json *value, const struct map_slot *slot,
    struct map_expr *expr)
{
	const struct json *item;
	struct map_rule *rule;

	if (json_type(value) != JSON_OBJECT || json_count(value) == 0) {
		map_fault(r, value, "an object of words is wanted here", "values");
		return;
	}
	expr->values = arena_calloc(&r->map->arena, json_count(value), sizeof(*expr->values));
	for (item = json_first(value); item != NULL; item = json_next(item)) {
		rule = &expr->values[expr->nvalues++];
		rule->word = arena_text(&r->map->arena, slice_trim(slice_z(json_key(item))));
		rule->text = json_type(item) == JSON_BOOL
		    ? json_bool(item, false) ? "true" : "false"
		    : arena_textz(&r->map->arena, json_text(item));
		check_rule(r, item, slot, rule);
	}
	expr->neutral = slot->type == CELL_WORD || slot->type == CELL_BOOLEAN;
}

static void
read_pick(struct map_reader *r, const struct json *value, struct map_expr *expr)
{
	struct slice word = slice_z(json_text(value));

	if (slice_eqz(word, "first"))
		expr->pick = JSON_PICK_FIRST;
	else if (slice_eqz(word, "last"))
		expr->pick = JSON_PICK_LAST;
	else
		map_fault(r, value, "pick is \"first\" or \"last\"", NULL);
}

static void
read_unit(struct map_reader *r, const struct json *value, struct map_slot *slot)
{
	static const char *const words[] = {NULL, "seconds", "minutes", "hours", "clock"};
	const char *text = map_text(r, value);
	int i;

	for (i = 1; i < 5 && text != NULL; i++)
		if (strcmp(words[i], text) == 0)
			break;
	if (text == NULL)
		return;
	if (i == 5 || slot->type != CELL_NUMBER)
		map_fault(r, value,
		    i == 5 ? "a unit is \"seconds\", \"minutes\", \"hours\" or \"clock\", not"
			   : "only numbers have a unit, not",
		    i == 5 ? text : slot->name);
	else
		slot->unit = (enum map_unit)i;
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

/* Words of one way to the value count on all ways. */
static void
add_missing(struct map_reader *r, const struct json *value, struct map_slot *slot)
{
	const char **more, **all;
	size_t n;

	map_texts(r, value, &more, &n);
	all = arena_calloc(&r->map->arena, slot->nmissing + n, sizeof(*all));
	if (slot->nmissing > 0)
		memcpy(all, slot->missing, slot->nmissing * sizeof(*all));
	if (n > 0)
		memcpy(all + slot->nmissing, more, n * sizeof(*all));
	slot->missing = all;
	slot->nmissing += n;
}

/* What is said of the column rather than of the way to its value. */
static bool
read_slot_member(struct map_reader *r, const struct json *member, struct map_slot *slot)
{
	const char *key = json_key(member);

	if (strcmp(key, "optional") == 0 && json_type(member) == JSON_BOOL)
		slot->optional = json_bool(member, false);
	else if (strcmp(key, "missing") == 0)
		add_missing(r, member, slot);
	else if (strcmp(key, "dates") == 0 && slot->type == CELL_DATE)
		map_dates(r, member, &slot->dates, &slot->ndates);
	else if (strcmp(key, "unit") == 0)
		read_unit(r, member, slot);
	else
		return strcmp(key, "type") == 0; /* read before */
	return true;
}

static void
read_expr_member(
    struct map_reader *r, const struct json *member, struct map_slot *slot, struct map_expr *expr)
{
	const char *key = json_key(member);
	bool list = slot->field == FIELD_CATEGORY || slot->field == FIELD_ASSIGNEES;

	if (strcmp(key, "column") == 0)
		read_column(r, member, expr);
	else if (strcmp(key, "join") == 0)
		read_join(r, member, expr);
	else if (strcmp(key, "with") == 0 && json_type(member) == JSON_TEXT)
		expr->with = arena_textz(&r->map->arena, json_text(member));
	else if (strcmp(key, "pattern") == 0)
		map_texts(r, member, &expr->patterns, &expr->npatterns);
	else if (strcmp(key, "values") == 0)
		read_values(r, member, slot, expr);
	else if (strcmp(key, "pick") == 0)
		read_pick(r, member, expr);
	else if (strcmp(key, "split") == 0 && list)
		expr->split = map_text(r, member);
	else if (strcmp(key, "lookup") == 0 && (slot->type == CELL_TEXT || slot->type == CELL_WORD))
		expr->ref = map_lookup_ref(r, member);
	else if (strcmp(key, "constant") == 0)
		expr->constant = map_text(r, member);
	else if (!read_slot_member(r, member, slot))
		map_fault(r, member, "not something that can be said of this column", key);
}

static void
check_expr(struct map_reader *r, const struct json *value, const struct map_slot *slot,
    struct map_expr *expr)
{
	size_t i;

	if (expr->constant != NULL) {
		expr->neutral = slot->type == CELL_WORD || slot->type == CELL_BOOLEAN;
		if (expr->npaths > 0 || slot->type == CELL_DATE ||
		    (expr->neutral && map_own_value(slot->table, slice_z(expr->constant)) == 0))
			map_fault(r, value, "this cannot be a constant", slot->name);
	} else if (expr->npaths == 0) {
		map_fault(r, value, "a column is named", "column");
	}
	for (i = 0; i < expr->npatterns; i++)
		if (strstr(expr->patterns[i], "{}") == NULL)
			map_fault(r, value, "a pattern marks the value by {}", expr->patterns[i]);
}

static void
read_expr(
    struct map_reader *r, const struct json *value, struct map_slot *slot, struct map_expr *expr)
{
	const struct json *member;

	expr->with =
	    slot->field == FIELD_CATEGORY || slot->field == FIELD_ASSIGNEES ? "\x1f" : ", ";
	expr->ref = -1;
	if (json_type(value) != JSON_OBJECT) {
		read_column(r, value, expr);
		return;
	}
	if (json_get(value, "join") != NULL)
		expr->with = " ";
	if (json_get(value, "type") != NULL)
		read_type(r, json_get(value, "type"), slot);
	for (member = json_first(value); member != NULL; member = json_next(member))
		read_expr_member(r, member, slot, expr);
	check_expr(r, value, slot, expr);
}

static bool
is_plain(const struct map_slot *slot)
{
	const struct map_expr *e = slot->exprs;

	return slot->nexprs == 1 && e->npaths == 1 && *slot->column != '@' && e->npatterns == 0 &&
	    e->nvalues == 0 && e->ref == -1 && e->split == NULL && e->constant == NULL;
}

bool
map_exprs(struct map_reader *r, const struct json *value, struct map_slot *slot)
{
	bool single = json_type(value) != JSON_ARRAY;
	const struct json *item = single ? value : json_first(value);
	int before = r->faults;

	slot->exprs =
	    arena_calloc(&r->map->arena, single ? 1 : json_count(value) + 1, sizeof(*slot->exprs));
	for (; item != NULL; item = single ? NULL : json_next(item))
		read_expr(r, item, slot, &slot->exprs[slot->nexprs++]);
	if (slot->nexprs == 0)
		map_fault(r, value, "a column is named", "column");
	if (r->faults > before)
		return false;
	slot->column = slot->exprs->npaths > 0 ? r->part->paths[slot->exprs->paths[0]] : slot->name;
	slot->plain = is_plain(slot);
	return true;
}
