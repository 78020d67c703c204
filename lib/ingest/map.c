/* map.c: map files: read, looked up, and those compiled in */
#include "ingest/map.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/input.h"
#include "base/mem.h"
#include "ingest/map_read.h"
#include "ingest/source_files.h"

#include <string.h>

/* A map that is larger than this is not one. */
#define MAP_LIMIT ((size_t)4 << 20)

static const struct {
	const char *name;
	int vocabulary; /* enum vocabulary, or -1 where the words are listed in other_value() */
} tables[TABLES] = {
    [TABLE_STATES] = {"states", WORDS_STATE},
    [TABLE_PRIORITIES] = {"priorities", WORDS_PRIORITY},
    [TABLE_CHANNELS] = {"channels", WORDS_CHANNEL},
    [TABLE_KINDS] = {"kinds", WORDS_EVENT_KIND},
    [TABLE_ROLES] = {"roles", WORDS_ROLE},
    [TABLE_VISIBILITIES] = {"visibilities", -1},
    [TABLE_METRICS] = {"metrics", WORDS_METRIC},
    [TABLE_BOOLEANS] = {"booleans", -1},
};

const char *
map_table_name(enum map_table table)
{
	return tables[table].name;
}

/* ASCII letters in either case. */
static bool
is_word(struct slice word, const char *text)
{
	size_t i;

	for (i = 0; i < word.n && text[i] != '\0'; i++)
		if ((word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] + 32 : word.p[i]) != text[i])
			return false;
	return i == word.n && text[i] == '\0';
}

static int
other_value(enum map_table table, struct slice word)
{
	static const char *const booleans[] = {"false", "true", "no", "yes", "0", "1"};
	int i;

	if (table == TABLE_VISIBILITIES)
		return slice_eqz(word, "public")  ? VISIBILITY_PUBLIC
		    : slice_eqz(word, "internal") ? VISIBILITY_INTERNAL
						  : 0;
	for (i = 0; i < 6; i++)
		if (is_word(word, booleans[i]))
			return i % 2 + 1;
	return 0;
}

int
map_own_value(enum map_table table, struct slice word)
{
	if (tables[table].vocabulary == -1)
		return other_value(table, word);
	return word_value((enum vocabulary)tables[table].vocabulary, word);
}

int
map_value(const struct map *map, enum map_table table, struct slice word)
{
	size_t i;
	int value;

	if (!map->tables[table].given) {
		value = map_own_value(table, word);
		return value != 0 ? value : MAP_UNMAPPED;
	}
	for (i = 0; i < map->tables[table].n; i++)
		if (slice_eqz(word, map->tables[table].entries[i].word))
			return map->tables[table].entries[i].value;
	return MAP_UNMAPPED;
}

int
map_glob_value(const struct map *map, enum map_table table, const char *word)
{
	size_t i;

	for (i = 0; i < map->tables[table].n; i++)
		if (strchr(map->tables[table].entries[i].word, '*') != NULL &&
		    glob_match(map->tables[table].entries[i].word, word))
			return map->tables[table].entries[i].value;
	return MAP_UNMAPPED;
}

static bool
is_among(const char **words, size_t count, struct slice word)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (slice_eqz(word, words[i]))
			return true;
	return false;
}

bool
map_is_missing(const struct map_part *part, const struct map_slot *slot, struct slice word)
{
	return word.n == 0 || is_among(part->missing, part->nmissing, word) ||
	    is_among(slot->missing, slot->nmissing, word);
}

void
map_fault(struct map_reader *r, const struct json *at, const char *what, const char *detail)
{
	struct place place = {r->map->name, 0, 0};
	struct buf words = {0};
	bool exact = true, again;

	if (at != NULL) {
		at = map_own(r, at, &exact);
		place = place_of(r->map->name, r->text, json_offset(r->text, r->own, at));
	}
	r->faults++;
	buf_addz(&words, what);
	if (detail != NULL)
		buf_addf(&words, ": \"%s\"", detail);
	again = intern_find(&r->said, buf_slice(&words)) != INTERN_NONE;
	intern_add(&r->said, buf_slice(&words));
	if (exact || !again)
		diag(DIAG_BAD_MAP, place, "%s", buf_z(&words));
	buf_free(&words);
}

const char *
map_text(struct map_reader *r, const struct json *value)
{
	const char *text = json_text(value);

	if (text == NULL || *text == '\0') {
		map_fault(r, value, "a text is wanted here", NULL);
		return NULL;
	}
	return arena_textz(&r->map->arena, text);
}

void
map_texts(struct map_reader *r, const struct json *value, const char ***texts, size_t *count)
{
	bool single = json_type(value) != JSON_ARRAY;
	const struct json *item = single ? value : json_first(value);
	size_t room = single ? 1 : json_count(value);

	*count = 0;
	*texts = arena_calloc(&r->map->arena, room, sizeof(**texts));
	for (; item != NULL; item = single ? NULL : json_next(item)) {
		/* An empty word is as good as any in a list of missing ones. */
		if (json_type(item) != JSON_TEXT)
			map_fault(r, item, "a text is wanted here", NULL);
		else
			(*texts)[(*count)++] = arena_textz(&r->map->arena, json_text(item));
	}
}

void
map_dates(struct map_reader *r, const struct json *value, const struct date_format **formats,
    size_t *count)
{
	const char **patterns, *fault;
	struct date_format *list;
	size_t i, n;

	map_texts(r, value, &patterns, &n);
	list = arena_calloc(&r->map->arena, n, sizeof(*list));
	for (i = 0; i < n; i++) {
		fault = date_format_compile(&list[i], slice_z(patterns[i]));
		if (fault != NULL)
			map_fault(r, value, fault, patterns[i]);
	}
	if (n == 0)
		map_fault(r, value, "at least one date format is needed", NULL);
	*formats = list;
	*count = n;
}

static void
read_delimiter(struct map_reader *r, const struct json *value)
{
	const char *text = map_text(r, value);

	if (text == NULL)
		return;
	if (text[1] != '\0' || (unsigned char)*text >= 0x7F || *text == '"' || *text == '\n' ||
	    *text == '\r')
		map_fault(r, value, "a delimiter is one ASCII character", text);
	r->map->delimiter = *text;
}

static void
read_zone(struct map_reader *r, const struct json *value)
{
	const char *text = map_text(r, value);
	char why[ZONE_WHY];

	if (text == NULL || strcmp(text, "UTC") == 0 || r->map->own_zone != NULL)
		return;
	r->map->own_zone = zone_load(text, why);
	if (r->map->own_zone == NULL)
		map_fault(r, value, why, text);
	else
		r->map->zone = r->map->own_zone;
}

/* null: a word that means nothing, and is not warned about. */
static int
read_entry(struct map_reader *r, enum map_table table, const struct json *item)
{
	const char *word = json_text(item);
	int value;

	if (json_type(item) == JSON_NULL)
		return 0;
	if (table == TABLE_BOOLEANS && json_type(item) == JSON_BOOL)
		return json_bool(item, false) ? 2 : 1;
	value = word != NULL && table != TABLE_BOOLEANS ? map_own_value(table, slice_z(word)) : 0;
	if (value == 0)
		map_fault(r, item, "no such value in a table of", map_table_name(table));
	return value;
}

static void
read_table(struct map_reader *r, enum map_table table, const struct json *value)
{
	struct map_entry *entries;
	const struct json *item;
	size_t n = 0;

	if (json_type(value) != JSON_OBJECT) {
		map_fault(r, value, "a table is an object", NULL);
		return;
	}
	entries = arena_calloc(&r->map->arena, json_count(value), sizeof(*entries));
	for (item = json_first(value); item != NULL; item = json_next(item)) {
		entries[n].word = arena_text(&r->map->arena, slice_trim(slice_z(json_key(item))));
		entries[n++].value = read_entry(r, table, item);
	}
	r->map->tables[table].entries = entries;
	r->map->tables[table].n = n;
	r->map->tables[table].given = true;
}

static bool
read_table_member(struct map_reader *r, const struct json *member)
{
	int i;

	for (i = 1; i < TABLES; i++)
		if (i != TABLE_METRICS && strcmp(json_key(member), tables[i].name) == 0) {
			read_table(r, (enum map_table)i, member);
			return true;
		}
	return false;
}

static void
read_member(struct map_reader *r, const struct json *member)
{
	const char *key = json_key(member);

	if (strcmp(key, "source") == 0)
		r->map->source = map_text(r, member);
	else if (strcmp(key, "about") == 0)
		r->map->about = map_text(r, member);
	else if (strcmp(key, "delimiter") == 0)
		read_delimiter(r, member);
	else if (strcmp(key, "encoding") == 0)
		r->map->encoding = map_text(r, member);
	else if (strcmp(key, "tz") == 0)
		read_zone(r, member);
	else if (strcmp(key, "missing") == 0)
		map_texts(r, member, &r->missing, &r->nmissing);
	else if (strcmp(key, "dates") == 0)
		map_dates(r, member, &r->dates, &r->ndates);
	else if (strcmp(key, "ignore_case") == 0 && json_type(member) == JSON_BOOL)
		r->map->any_case = json_bool(member, false);
	else if (strcmp(key, "files") != 0 && strcmp(key, "lookups") != 0 &&
	    !map_is_part_member(key) && !read_table_member(r, member))
		map_fault(r, member, "a map has no member of this name", key);
}

/* A state may depend on the board: "Service/Waiting". */
static bool
has_boards(const struct map *map)
{
	size_t i;

	for (i = 0; i < map->tables[TABLE_STATES].n; i++)
		if (strchr(map->tables[TABLE_STATES].entries[i].word, '/') != NULL)
			return true;
	return false;
}

/* Parts look at the map's tables, dates and missing words: those come first. */
static void
read_map(struct map_reader *r)
{
	static struct date_format iso = {.style = DATE_ISO};
	const struct json *member;

	r->dates = &iso;
	r->ndates = 1;
	if (json_type(r->root) != JSON_OBJECT) {
		map_fault(r, r->root, "a map is an object", NULL);
		return;
	}
	for (member = json_first(r->root); member != NULL; member = json_next(member))
		read_member(r, member);
	if (r->map->source == NULL && json_get(r->root, "source") == NULL)
		map_fault(r, r->root, "a map names its source", "source");
	r->map->by_board = has_boards(r->map);
	map_parts(r);
}

static bool
parse(struct map_reader *r, struct slice text)
{
	struct json_error error;

	r->text = text;
	r->own = r->root = json_parse(&r->map->arena, text, &error);
	if (r->root != NULL)
		return true;
	r->faults++;
	diag(DIAG_BAD_MAP, place_of(r->map->name, text, error.at), "%s", error.what);
	return false;
}

struct map *
map_parse(const char *name, struct slice text)
{
	struct map *map = mem_calloc(1, sizeof(*map));
	struct map_reader reader = {.map = map};
	struct buf merged = {0};

	map->name = name;
	map->zone = zone_utc();
	map->text = text;
	if (parse(&reader, text) && map_merge(&reader, &merged) == 1)
		map->text = buf_slice(&merged);
	map->text.p = arena_text(&map->arena, map->text);
	if (reader.faults == 0)
		read_map(&reader);
	buf_free(&merged);
	intern_free(&reader.said);
	if (reader.faults == 0)
		return map;
	map_free(map);
	return NULL;
}

struct map *
map_load(const char *path)
{
	struct buf text = {0};
	struct map *map = NULL;

	if (input_slurp(path, MAP_LIMIT, &text) == 0)
		map =
		    map_parse(strcmp(path, "-") == 0 ? "(standard input)" : path, buf_slice(&text));
	buf_free(&text);
	return map;
}

const char *
map_builtin_name(size_t i)
{
	return source_files[i].name;
}

struct slice
map_builtin_text(const char *name)
{
	size_t i;

	for (i = 0; source_files[i].name != NULL; i++)
		if (strcmp(source_files[i].name, name) == 0)
			return (struct slice){
			    (const char *)source_files[i].text, source_files[i].size};
	return (struct slice){NULL, 0};
}

struct map *
map_builtin(const char *name)
{
	struct slice text = map_builtin_text(name);
	struct buf names = {0};
	size_t i;

	if (text.p != NULL)
		return map_parse(name, text);
	for (i = 0; source_files[i].name != NULL; i++)
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", source_files[i].name);
	diag(DIAG_BAD_MAP, NOWHERE, "no built-in map is named \"%s\"; there are: %s", name,
	    buf_z(&names));
	buf_free(&names);
	return NULL;
}

int
map_set_zone(struct map *map, const char *name)
{
	char why[ZONE_WHY];
	struct zone *zone = zone_load(name, why);

	if (zone == NULL)
		return diag(DIAG_USAGE, NOWHERE, "--tz: %s: \"%s\"", why, name);
	zone_free(map->own_zone);
	map->zone = map->own_zone = zone;
	return 0;
}

int
map_set_order(struct map *map, const char *order)
{
	if (strcmp(order, "dmy") != 0 && strcmp(order, "mdy") != 0)
		return diag(
		    DIAG_USAGE, NOWHERE, "--date-order takes dmy or mdy, not \"%s\"", order);
	map->order = *order == 'd' ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
	return 0;
}

void
map_free(struct map *map)
{
	if (map == NULL)
		return;
	zone_free(map->own_zone);
	arena_free(&map->arena);
	mem_free(map);
}
