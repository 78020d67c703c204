/* map_parts.c: the parts of a map: its kinds of files, and its lookups */
#include "ingest/map_read.h"

#include <string.h>

static void
read_rows(struct map_reader *r, const struct json *value)
{
	static const char *const words[] = {"snapshot", "ticket", "event", "fact"};
	const char *text = map_text(r, value);
	int i;

	for (i = 0; i < 4 && text != NULL; i++)
		if (strcmp(text, words[i]) == 0) {
			r->part->rows = (enum row_kind)i;
			return;
		}
	if (text != NULL)
		map_fault(r, value, "rows are \"snapshot\", \"ticket\", \"event\" or \"fact\", not",
		    text);
}

static void
read_has(struct map_reader *r, const struct json *value)
{
	const struct json *item;
	int evidence;

	if (json_type(value) != JSON_ARRAY)
		map_fault(r, value, "an array of texts is wanted here", NULL);
	for (item = json_first(value); item != NULL; item = json_next(item)) {
		evidence = word_value(WORDS_EVIDENCE, slice_z(json_text(item)));
		if (evidence == 0)
			map_fault(r, item, "no such evidence", json_text(item));
		else
			r->part->has |= 1U << evidence;
	}
}

/* true: a value; false: none; texts: one of them; {"not": texts}: none of them. */
static void
read_condition(struct map_reader *r, const struct json *member, struct map_condition *condition)
{
	const struct json *words = member;

	condition->path = map_path(r, json_key(member));
	if (json_type(member) == JSON_BOOL) {
		condition->test = json_bool(member, false) ? WHEN_PRESENT : WHEN_ABSENT;
		return;
	}
	condition->test = WHEN_ONE_OF;
	if (json_type(member) == JSON_OBJECT && json_count(member) == 1 &&
	    json_get(member, "not") != NULL) {
		condition->test = WHEN_NONE_OF;
		words = json_get(member, "not");
	}
	map_texts(r, words, &condition->words, &condition->nwords);
}

static void
read_when(struct map_reader *r, const struct json *value)
{
	const struct json *member;
	struct map_condition *list;

	if (json_type(value) != JSON_OBJECT) {
		map_fault(r, value, "conditions are an object", "when");
		return;
	}
	list = arena_calloc(&r->map->arena, json_count(value), sizeof(*list));
	r->part->when = list;
	for (member = json_first(value); member != NULL; member = json_next(member))
		read_condition(r, member, &list[r->part->nwhen++]);
}

/* Members that parts and lookups share. */
static bool
read_common(struct map_reader *r, const struct json *member)
{
	const char *key = json_key(member);

	if (strcmp(key, "in") == 0)
		r->part->in = map_text(r, member);
	else if (strcmp(key, "each") == 0)
		r->part->each = map_text(r, member);
	else if (strcmp(key, "detect") == 0)
		map_texts(r, member, &r->part->detect, &r->part->ndetect);
	else if (strcmp(key, "when") == 0)
		read_when(r, member);
	else if (strcmp(key, "missing") == 0)
		map_texts(r, member, &r->part->missing, &r->part->nmissing);
	else
		return false;
	return true;
}

bool
map_is_part_member(const char *key)
{
	static const char *const keys[] = {
	    "rows", "columns", "constants", "has", "in", "each", "detect", "when", "client"};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static void
read_member(struct map_reader *r, const struct json *member)
{
	const char *key = json_key(member);

	if (strcmp(key, "has") == 0)
		read_has(r, member);
	else if (strcmp(key, "client") == 0 && slice_eqz(slice_z(json_text(member)), "contact"))
		r->part->client_is_contact = true;
	else if (strcmp(key, "client") == 0)
		map_fault(r, member, "only \"contact\" tells the client", NULL);
	else if (!read_common(r, member) && r->part->name != NULL && !map_is_part_member(key) &&
	    strcmp(key, "dates") != 0 && strcmp(key, "about") != 0)
		map_fault(r, member, "a part has no member of this name", key);
}

/* at: the part in the file; the whole map where it is the only one. */
static void
read_part(struct map_reader *r, const struct json *at)
{
	const struct json *member, *rows = json_get(at, "rows"), *dates = json_get(at, "dates");
	int before = r->faults;

	r->part_dates = r->dates;
	r->npart_dates = r->ndates;
	if (json_type(at) != JSON_OBJECT) {
		map_fault(r, at, "a part is an object", r->part->name);
		return;
	}
	if (rows != NULL)
		read_rows(r, rows);
	else
		map_fault(r, at, "it is not said what the rows are", "rows");
	if (dates != NULL && r->part->name != NULL)
		map_dates(r, dates, &r->part_dates, &r->npart_dates);
	for (member = json_first(at); member != NULL; member = json_next(member))
		read_member(r, member);
	map_columns(r, json_get(at, "columns"));
	map_constants(r, json_get(at, "constants"));
	if (r->faults == before)
		map_check(r, at);
}

static const struct {
	const char *word;
	enum map_table table;
} fillable[] = {
    {"states", TABLE_STATES}, {"priorities", TABLE_PRIORITIES}, {"channels", TABLE_CHANNELS}};

static void
read_fills(struct map_reader *r, const struct json *value)
{
	const char *text = map_text(r, value);
	size_t i;

	for (i = 0; text != NULL && i < 3; i++)
		if (strcmp(text, fillable[i].word) == 0) {
			r->part->fills = fillable[i].table;
			r->map->tables[fillable[i].table].filled = true;
			return;
		}
	if (text != NULL)
		map_fault(r, value, "a lookup fills states, priorities or channels, not", text);
}

static void
read_lookup(struct map_reader *r, const struct json *at)
{
	const struct json *member;
	const char *key;

	r->part->rows = ROW_LOOKUP;
	for (member = json_first(at); member != NULL; member = json_next(member)) {
		key = json_key(member);
		if (strcmp(key, "key") == 0 || strcmp(key, "value") == 0 ||
		    strcmp(key, "role") == 0)
			map_column(r, member);
		else if (strcmp(key, "table") == 0)
			read_fills(r, member);
		else if (strcmp(key, "constants") == 0)
			map_constants(r, member);
		else if (!read_common(r, member) && strcmp(key, "about") != 0)
			map_fault(r, member, "a lookup has no member of this name", key);
	}
	if (r->part->slot_of[FIELD_KEY] == -1 ||
	    (r->part->slot_of[FIELD_VALUE] == -1 && r->part->slot_of[FIELD_ROLE] == -1))
		map_fault(r, at, "a lookup has a key, and a value or a role", r->part->name);
}

static void
new_part(struct map_reader *r, const struct json *at)
{
	struct map *map = r->map;
	struct map_part *part = arena_calloc(&map->arena, 1, sizeof(*part));
	int i;

	part->name = at == r->root ? NULL : arena_textz(&map->arena, json_key(at));
	part->missing = r->missing;
	part->nmissing = r->nmissing;
	for (i = 0; i < FIELDS; i++)
		part->slot_of[i] = -1;
	if (map->nparts == MAP_PARTS) {
		map_fault(r, at, "more parts and lookups than a map can have", part->name);
		return;
	}
	map->parts[map->nparts++] = part;
}

/* Columns name lookups, so that all must be known by name before any is read. */
static void
name_parts(struct map_reader *r)
{
	const struct json *files = json_get(r->root, "files"), *lookups, *item;

	if (files == NULL)
		new_part(r, r->root);
	for (item = json_first(files); item != NULL; item = json_next(item))
		new_part(r, item);
	lookups = json_get(r->root, "lookups");
	for (item = json_first(lookups); item != NULL; item = json_next(item)) {
		new_part(r, item);
		r->map->parts[r->map->nparts - 1]->rows = ROW_LOOKUP;
	}
	if ((files != NULL && json_count(files) == 0) ||
	    (lookups != NULL && json_type(lookups) != JSON_OBJECT))
		map_fault(
		    r, files != NULL ? files : lookups, "an object of parts is wanted here", NULL);
}

/* What tells the rows of one part from those of another. */
static void
check_told(struct map_reader *r, const struct json *at)
{
	if (r->map->nparts > 1 && r->part->ndetect == 0 && r->part->in == NULL)
		map_fault(r, at, "nothing tells it from other parts: detect or in is needed",
		    r->part->name != NULL ? r->part->name : "the map");
}

void
map_parts(struct map_reader *r)
{
	const struct json *item, *files = json_get(r->root, "files");
	size_t i = 0;

	name_parts(r);
	for (item = json_first(r->root); item != NULL && files != NULL; item = json_next(item))
		if (map_is_part_member(json_key(item)))
			map_fault(r, item, "this belongs into one of the files", json_key(item));
	for (item = files != NULL ? json_first(files) : r->root; item != NULL && i < r->map->nparts;
	     item = files != NULL ? json_next(item) : NULL) {
		r->part = r->map->parts[i++];
		read_part(r, item);
		check_told(r, item);
	}
	item = json_first(json_get(r->root, "lookups"));
	for (; item != NULL && i < r->map->nparts; item = json_next(item)) {
		r->part = r->map->parts[i++];
		read_lookup(r, item);
		check_told(r, item);
	}
}

/* "users" or "users.role". */
static bool
find_lookup(const struct map *map, struct slice name, struct map_ref *ref)
{
	bool role = name.n > 5 && slice_eqz((struct slice){name.p + name.n - 5, 5}, ".role");
	size_t i;

	if (role)
		name.n -= 5;
	for (i = 0; i < map->nparts; i++)
		if (map->parts[i]->rows == ROW_LOOKUP && slice_eqz(name, map->parts[i]->name)) {
			ref->tries[ref->n].part = i;
			ref->tries[ref->n++].role = role;
			return true;
		}
	return false;
}

int
map_lookup_ref(struct map_reader *r, const struct json *value)
{
	struct map *map = r->map;
	struct map_ref ref = {0};
	const char **names;
	size_t i, n;

	map_texts(r, value, &names, &n);
	if (n > MAP_TRIES || n == 0 || map->nrefs == MAP_REFS) {
		map_fault(r, value, "too many lookups, or none", NULL);
		return -1;
	}
	for (i = 0; i < n; i++)
		if (!find_lookup(map, slice_z(names[i]), &ref)) {
			map_fault(r, value, "the map has no lookup of this name", names[i]);
			return -1;
		}
	for (i = 0; i < map->nrefs; i++)
		if (memcmp(&map->refs[i], &ref, sizeof(ref)) == 0)
			return (int)i;
	map->refs[map->nrefs] = ref;
	return (int)map->nrefs++;
}
