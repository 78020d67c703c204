/* json_path.c: values and nested rows of a JSON record by path */
#include "ingest/json_path.h"

#include "base/buf.h"
#include "data/walk.h"

/* Values being gathered. */
struct gather {
	const struct json_row *row;
	const char *between;
	enum json_pick pick;
	struct buf text;
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
same_name(struct slice a, struct slice b, bool any_case)
{
	size_t i;

	if (!any_case)
		return slice_eq(a, b);
	if (a.n != b.n)
		return false;
	for (i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

static struct slice
member(const struct json_row *row, struct slice raw, struct slice name)
{
	struct walk walk;
	size_t i;

	if (raw.p == row->at[0].p && row->members != NULL) {
		for (i = 0; i < row->nmembers; i++)
			if (same_name(row->members[i].key, name, row->any_case))
				return row->members[i].value;
		return (struct slice){NULL, 0};
	}
	walk = walk_into(raw, row->arena);
	while (walk_next(&walk))
		if (same_name(walk.key, name, row->any_case))
			return walk.value;
	return (struct slice){NULL, 0};
}

/* Takes the first name off a path. */
static struct slice
next_name(struct slice *path)
{
	const char *dot = memchr(path->p, '.', path->n);
	struct slice name = {path->p, dot != NULL ? (size_t)(dot - path->p) : path->n};

	*path = dot != NULL ? (struct slice){dot + 1, path->n - name.n - 1}
			    : (struct slice){path->p + path->n, 0};
	return name;
}

/* As far as the path leads through objects; *path is what is left of it. */
static struct slice
follow(const struct json_row *row, struct slice raw, struct slice *path)
{
	while (path->n > 0 && raw_type(raw) == JSON_OBJECT)
		raw = member(row, raw, next_name(path));
	return raw;
}

/* Where a path begins, at the row or further out; false where there is nothing so far out. */
static bool
go_out(const struct json_row *row, struct slice *path, size_t *level)
{
	*level = row->n - 1;
	while (path->n > 0 && *path->p == '^') {
		*path = (struct slice){path->p + 1, path->n - 1};
		if (*level == 0)
			return false;
		--*level;
	}
	return true;
}

static struct slice
origin(const struct json_row *row, struct slice *path)
{
	size_t level;

	if (!go_out(row, path, &level))
		return (struct slice){NULL, 0};
	if (slice_eqz(*path, "."))
		path->n = 0;
	return row->at[level];
}

/* A path that asks for the name of a row, which is no value in it. */
static bool
row_name(const struct json_row *row, struct slice path, struct slice *name)
{
	size_t level;

	if (!go_out(row, &path, &level) || !slice_eqz(path, JSON_PATH_KEY))
		return false;
	*name = row->keys[level];
	return true;
}

static void
gather_values(struct gather *g, struct slice raw, struct slice path)
{
	struct slice value;
	struct walk walk;

	raw = follow(g->row, raw, &path);
	if (raw_type(raw) == JSON_ARRAY) {
		walk = walk_into(raw, g->row->arena);
		while (walk_next(&walk))
			if (raw_type(walk.value) != JSON_ARRAY)
				gather_values(g, walk.value, path);
		return;
	}
	if (path.n > 0 || raw_type(raw) == JSON_NULL || raw_type(raw) == JSON_OBJECT)
		return;
	value = raw_type(raw) == JSON_TEXT ? raw_chars(raw, g->row->arena) : raw;
	if (slice_trim(value).n == 0 || (g->pick == JSON_PICK_FIRST && g->text.n > 0))
		return;
	if (g->pick == JSON_PICK_LAST)
		buf_clear(&g->text);
	if (g->text.n > 0)
		buf_addz(&g->text, g->between);
	buf_adds(&g->text, value);
}

/* Takes the first way off p|q. */
static struct slice
next_way(struct slice *paths)
{
	const char *bar = memchr(paths->p, '|', paths->n);
	struct slice way = {paths->p, bar != NULL ? (size_t)(bar - paths->p) : paths->n};

	*paths = bar != NULL ? (struct slice){bar + 1, paths->n - way.n - 1}
			     : (struct slice){paths->p, 0};
	return way;
}

/* One text that stands in the record as it is: most values are that. */
static bool
plain_value(const struct json_row *row, struct slice raw, struct slice path, struct slice *value)
{
	raw = follow(row, raw, &path);
	if (raw_type(raw) == JSON_ARRAY)
		return false;
	*value = (struct slice){NULL, 0};
	if (path.n > 0 || raw_type(raw) == JSON_NULL || raw_type(raw) == JSON_OBJECT)
		return true;
	*value = raw_type(raw) == JSON_TEXT ? raw_chars(raw, row->arena) : raw;
	if (slice_trim(*value).n == 0)
		value->n = 0;
	return true;
}

struct slice
json_path_text(
    const struct json_row *row, const char *path, const char *between, enum json_pick pick)
{
	struct gather g = {.row = row, .between = between, .pick = pick};
	struct slice rest = slice_z(path), way, raw, value = {NULL, 0};

	do {
		way = next_way(&rest);
		if (row_name(row, way, &value))
			continue;
		raw = origin(row, &way);
		if (plain_value(row, raw, way, &value))
			continue;
		gather_values(&g, raw, way);
		value = buf_slice(&g.text);
	} while (value.n == 0 && rest.n > 0);
	if (g.text.n > 0)
		value = (struct slice){arena_text(row->arena, buf_slice(&g.text)), g.text.n};
	buf_free(&g.text);
	return value;
}

bool
json_path_has(const struct json_row *row, const char *path)
{
	struct slice rest = slice_z(path), way, raw;

	do {
		way = next_way(&rest);
		raw = origin(row, &way);
		raw = follow(row, raw, &way);
		if (way.n == 0 && raw.n > 0)
			return true;
	} while (rest.n > 0);
	return false;
}

bool
json_path_leads(const struct json_row *row, const char *path)
{
	struct slice rest = slice_z(path), raw = row->at[row->n - 1];

	while (rest.n > 0 && *rest.p != '*' && raw_type(raw) == JSON_OBJECT)
		raw = member(row, raw, next_name(&rest));
	return raw_type(raw) == JSON_ARRAY ||
	    (raw_type(raw) != JSON_NULL && (rest.n == 0 || *rest.p == '*'));
}

/* Nested rows being handed out. */
struct descent {
	struct json_row *row;
	int (*take)(void *context);
	void *context;
};

static int descend(const struct descent *d, struct slice raw, struct slice path);

static int
push(const struct descent *d, struct slice key, struct slice raw, struct slice path)
{
	struct json_row *row = d->row;
	int result;

	if (row->n == JSON_PATH_LEVELS)
		return 0;
	row->keys[row->n] = key;
	row->at[row->n++] = raw;
	result = path.n == 0 ? d->take(d->context) : descend(d, raw, path);
	row->n--;
	return result;
}

static int
push_children(const struct descent *d, struct slice raw, struct slice path)
{
	struct walk walk = walk_into(raw, d->row->arena);
	int result = 0;

	while (result == 0 && walk_next(&walk))
		if (raw_type(walk.value) != JSON_NULL)
			result = push(d, walk.key, walk.value, path);
	return result;
}

static int
descend(const struct descent *d, struct slice raw, struct slice path)
{
	struct slice rest, name = {NULL, 0};

	while (path.n > 0 && raw_type(raw) == JSON_OBJECT) {
		rest = path;
		name = next_name(&rest);
		if (slice_eqz(name, "*"))
			return push_children(d, raw, rest);
		raw = member(d->row, raw, name);
		path = rest;
	}
	if (raw_type(raw) == JSON_ARRAY)
		return push_children(d, raw, path);
	return path.n > 0 || raw_type(raw) == JSON_NULL ? 0 : push(d, name, raw, path);
}

int
json_path_each(struct json_row *row, const char *path, int (*take)(void *context), void *context)
{
	struct descent d = {row, take, context};

	return descend(&d, row->at[row->n - 1], slice_z(path));
}
