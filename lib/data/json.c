/* json.c: JSON values, parsed by cJSON into an arena, without cJSON's laxness */
#include "data/json.h"

#include "base/mem.h"
#include "data/scan.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Up to 2^53 - 1 every integer has a double of its own: RFC 7493, section 2.2. */
#define INTEGER_MAX 9007199254740991.0

/* Objects up to this size are searched for a key given twice pair by pair. */
#define PAIRWISE 12

#define BOM "\xEF\xBB\xBF"

/* Where cJSON's memory comes from while it parses in this thread. */
static _Thread_local struct arena *current;

static void *
take(size_t size)
{
	return arena_alloc(current, size);
}

static void
leave_it(void *p)
{
	(void)p;
}

static void
set_hooks(void)
{
	cJSON_Hooks hooks = {take, leave_it};

	cJSON_InitHooks(&hooks);
}

static inline const cJSON *
node(const struct json *json)
{
	return (const cJSON *)(const void *)json;
}

static inline const struct json *
opaque(const cJSON *item)
{
	return (const struct json *)(const void *)item;
}

const struct json *
json_parse_scanned(struct arena *arena, struct slice text)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const char *end = NULL;
	const cJSON *item;

	pthread_once(&once, set_hooks);
	current = arena;
	item = cJSON_ParseWithLengthOpts(text.p, text.n, &end, 0);
	current = NULL;
	if (item == NULL)
		return NULL;
	/* Before its CVE-2023-26819 was mended it stops behind 63 characters of a number. */
	while (end < text.p + text.n)
		if (strchr(" \t\r\n", *end++) == NULL)
			return NULL;
	return opaque(item);
}

static bool
in_number(char c)
{
	return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
}

/* p at the opening quote of a sound string: behind the closing one. */
static const char *
skip_string(const char *p)
{
	for (p++; *p != '"'; p++)
		if (*p == '\\')
			p++;
	return p + 1;
}

/* Behind a string, number or word of a sound text. */
static const char *
skip_scalar(const char *p, const char *end)
{
	if (*p == '"')
		return skip_string(p);
	while (p < end && (in_number(*p) || (*p >= 'a' && *p <= 'z')))
		p++;
	return p;
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
		p++;
	return p;
}

struct keyed {
	const cJSON *item;
	size_t index; /* among its siblings */
};

static int
by_key(const void *left, const void *right)
{
	const struct keyed *a = left, *b = right;
	int order = strcmp(a->item->string, b->item->string);

	return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* A member with the key of one before it, or NULL: by sorting, for large objects. */
static const cJSON *
repeated_of_many(const cJSON *object, size_t count)
{
	struct keyed *all = mem_calloc(count, sizeof(*all));
	const cJSON *item, *found = NULL;
	size_t i = 0;

	for (item = object->child; item != NULL; item = item->next, i++)
		all[i] = (struct keyed){item, i};
	qsort(all, count, sizeof(*all), by_key);
	for (i = 1; i < count && found == NULL; i++)
		if (strcmp(all[i - 1].item->string, all[i].item->string) == 0)
			found = all[i].item;
	mem_free(all);
	return found;
}

static const cJSON *
repeated_member(const cJSON *object)
{
	const cJSON *item, *before;
	size_t count = 0;

	for (item = object->child; item != NULL; item = item->next)
		count++;
	if (count > PAIRWISE)
		return repeated_of_many(object, count);
	for (item = object->child; item != NULL; item = item->next)
		for (before = object->child; before != item; before = before->next)
			if (strcmp(before->string, item->string) == 0)
				return item;
	return NULL;
}

/* The way from a root down to a value, in document order. */
struct walk {
	const cJSON *path[SCAN_DEPTH + 1];
	size_t depth;
};

/* The value behind item in document order, NULL behind the last. */
static const cJSON *
next_in_order(struct walk *walk, const cJSON *item)
{
	if (item->child != NULL && walk->depth <= SCAN_DEPTH) {
		walk->path[walk->depth++] = item;
		return item->child;
	}
	while (walk->depth > 0 && item->next == NULL)
		item = walk->path[--walk->depth];
	return walk->depth > 0 ? item->next : NULL;
}

static const cJSON *
repeated_anywhere(const cJSON *root)
{
	const cJSON *item, *found = NULL;
	struct walk walk;

	walk.depth = 0;
	for (item = root; item != NULL && found == NULL; item = next_in_order(&walk, item))
		if (cJSON_IsObject(item))
			found = repeated_member(item);
	return found;
}

/* The text behind its byte order mark. */
static struct slice
without_bom(struct slice text)
{
	if (text.n >= 3 && memcmp(text.p, BOM, 3) == 0)
		return (struct slice){text.p + 3, text.n - 3};
	return text;
}

/* The same as json_parse() for a text without a byte order mark. */
static const struct json *
parse(struct arena *arena, struct slice text, struct json_error *error)
{
	struct scan scan = {0};
	const struct json *root;
	const cJSON *repeated;
	bool sound = scan_value(&scan, text);

	*error = (struct json_error){scan.error, scan.error_at};
	scan_free(&scan);
	if (!sound)
		return NULL;
	root = json_parse_scanned(arena, text);
	if (root == NULL) {
		*error = (struct json_error){"a number too long to be read", 0};
		return NULL;
	}
	repeated = repeated_anywhere(node(root));
	if (repeated == NULL)
		return root;
	*error =
	    (struct json_error){"a key given twice", json_offset(text, root, opaque(repeated))};
	return NULL;
}

const struct json *
json_parse(struct arena *arena, struct slice text, struct json_error *error)
{
	struct slice rest = without_bom(text);
	const struct json *root = parse(arena, rest, error);

	if (root == NULL)
		error->at += text.n - rest.n;
	return root;
}

enum json_type
json_type(const struct json *value)
{
	if (value == NULL || cJSON_IsNull(node(value)))
		return JSON_NULL;
	if (cJSON_IsString(node(value)))
		return JSON_TEXT;
	if (cJSON_IsNumber(node(value)))
		return JSON_NUMBER;
	if (cJSON_IsBool(node(value)))
		return JSON_BOOL;
	return cJSON_IsArray(node(value)) ? JSON_ARRAY : JSON_OBJECT;
}

bool
json_is_null(const struct json *value)
{
	return json_type(value) == JSON_NULL;
}

const struct json *
json_first(const struct json *value)
{
	return value != NULL ? opaque(node(value)->child) : NULL;
}

const struct json *
json_next(const struct json *value)
{
	return value != NULL ? opaque(node(value)->next) : NULL;
}

const char *
json_key(const struct json *value)
{
	return value != NULL ? node(value)->string : NULL;
}

const struct json *
json_get(const struct json *value, const char *key)
{
	const cJSON *item;

	if (value == NULL || !cJSON_IsObject(node(value)))
		return NULL;
	for (item = node(value)->child; item != NULL; item = item->next)
		if (item->string[0] == key[0] && strcmp(item->string, key) == 0)
			return opaque(item);
	return NULL;
}

const char *
json_text(const struct json *value)
{
	return json_type(value) == JSON_TEXT ? node(value)->valuestring : NULL;
}

bool
json_i64(const struct json *value, int64_t *number)
{
	double real;

	if (!json_double(value, &real) || fabs(real) > INTEGER_MAX || floor(real) < real)
		return false;
	*number = (int64_t)real;
	return true;
}

bool
json_double(const struct json *value, double *number)
{
	if (json_type(value) != JSON_NUMBER || !isfinite(node(value)->valuedouble))
		return false;
	*number = node(value)->valuedouble;
	return true;
}

bool
json_bool(const struct json *value, bool fallback)
{
	return json_type(value) == JSON_BOOL ? cJSON_IsTrue(node(value)) != 0 : fallback;
}

size_t
json_count(const struct json *value)
{
	const struct json *child;
	size_t n = 0;

	for (child = json_first(value); child != NULL; child = json_next(child))
		n++;
	return n;
}

/* How many values stand before value in document order. */
static size_t
ordinal(const cJSON *root, const cJSON *value)
{
	const cJSON *item;
	struct walk walk;
	size_t n = 0;

	walk.depth = 0;
	for (item = root; item != NULL && item != value; item = next_in_order(&walk, item))
		n++;
	return n;
}

/* A key is a string with a colon behind it; it counts for the value to come. */
size_t
json_offset(struct slice text, const struct json *root, const struct json *value)
{
	const char *p = without_bom(text).p, *end = text.p + text.n, *behind, *key = NULL;
	size_t left = ordinal(node(root), node(value));

	while (p < end) {
		if (strchr(" \t\r\n,:]}", *p) != NULL) {
			p++;
			continue;
		}
		behind = *p == '{' || *p == '[' ? p + 1 : skip_scalar(p, end);
		if (*p == '"' && skip_blanks(behind, end) < end &&
		    *skip_blanks(behind, end) == ':') {
			key = p;
			p = behind;
			continue;
		}
		if (left-- == 0)
			return (size_t)((key != NULL ? key : p) - text.p);
		key = NULL;
		p = behind;
	}
	return text.n;
}

struct place
place_of(const char *file, struct slice text, size_t offset)
{
	struct place place = {file, 1, 1};
	struct slice rest = without_bom(text);
	const char *p = rest.p, *to = text.p + (offset < text.n ? offset : text.n);

	for (; p < to; p++) {
		if (*p == '\n') {
			place.line++;
			place.column = 1;
		} else if (((unsigned char)*p & 0xC0) != 0x80) {
			place.column++;
		}
	}
	return place;
}
