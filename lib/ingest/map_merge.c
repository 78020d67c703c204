/* map_merge.c: maps that extend a built-in one, and parts that are like another */
#include "ingest/map_merge.h"

#include "out/json_writer.h"

#include <string.h>

/* Parts like parts like parts: a longer chain is a ring. */
#define LIKE_DEPTH 8

/* What an object is, which says how two of them become one. */
enum merge_level {
	MERGE_MAP,
	MERGE_PARTS,
	MERGE_PART,
	MERGE_COLUMNS, /* a member is replaced whole; null takes it away */
	MERGE_TABLE,   /* the same, but null is a value */
	MERGE_WHOLE    /* replaced whole */
};

static enum merge_level
level_of(enum merge_level level, const char *key)
{
	static const char *const tables[] = {
	    "states", "priorities", "channels", "kinds", "roles", "visibilities", "booleans"};
	size_t i;

	if (level == MERGE_PARTS)
		return MERGE_PART;
	if (level > MERGE_PART)
		return MERGE_WHOLE;
	if (strcmp(key, "columns") == 0 || strcmp(key, "constants") == 0)
		return MERGE_COLUMNS;
	if (level == MERGE_PART)
		return MERGE_WHOLE;
	if (strcmp(key, "files") == 0 || strcmp(key, "lookups") == 0)
		return MERGE_PARTS;
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (strcmp(tables[i], key) == 0)
			return MERGE_TABLE;
	return MERGE_WHOLE;
}

static void
write_line(struct buf *out, size_t indent)
{
	size_t i;

	buf_addz(out, "\n");
	for (i = 0; i < indent; i++)
		buf_addz(out, "\t");
}

static void
write_scalar(struct buf *out, const struct json *value)
{
	int64_t number = 0;

	switch (json_type(value)) {
	case JSON_BOOL:
		buf_addz(out, json_bool(value, false) ? "true" : "false");
		break;
	case JSON_NUMBER:
		json_i64(value, &number);
		buf_addf(out, "%lld", (long long)number);
		break;
	case JSON_TEXT:
		json_add_quoted(out, slice_z(json_text(value)));
		break;
	default:
		buf_addz(out, "null");
		break;
	}
}

void
map_write_tree(struct buf *out, const struct json *value, size_t indent)
{
	bool object = json_type(value) == JSON_OBJECT;
	const struct json *item = json_first(value);

	if (!object && json_type(value) != JSON_ARRAY) {
		write_scalar(out, value);
		return;
	}
	buf_addz(out, object ? "{" : "[");
	for (; item != NULL; item = json_next(item)) {
		if (object) {
			write_line(out, indent + 1);
			json_add_quoted(out, slice_z(json_key(item)));
			buf_addz(out, ": ");
		}
		map_write_tree(out, item, indent + 1);
		if (json_next(item) != NULL)
			buf_addz(out, object ? "," : ", ");
	}
	if (object && json_first(value) != NULL)
		write_line(out, indent);
	buf_addz(out, object ? "}" : "]");
}

static void
write_key(struct buf *out, const char *key, bool *first, size_t indent)
{
	if (!*first)
		buf_addz(out, ",");
	*first = false;
	write_line(out, indent);
	json_add_quoted(out, slice_z(key));
	buf_addz(out, ": ");
}

/* Whether the member only says what is merged, or takes another away. */
static bool
is_order(const struct json *member, enum merge_level level)
{
	if (level == MERGE_MAP && strcmp(json_key(member), "extends") == 0)
		return true;
	if (level == MERGE_PART && strcmp(json_key(member), "like") == 0)
		return true;
	return level != MERGE_TABLE && json_type(member) == JSON_NULL;
}

static void
write_merged(struct buf *out, const struct json *base, const struct json *over,
    enum merge_level level, size_t indent)
{
	const struct json *item, *other;
	bool first = true;

	if (level == MERGE_WHOLE || json_type(base) != JSON_OBJECT ||
	    json_type(over) != JSON_OBJECT) {
		map_write_tree(out, over, indent);
		return;
	}
	buf_addz(out, "{");
	for (item = json_first(base); item != NULL; item = json_next(item)) {
		other = json_get(over, json_key(item));
		if (is_order(item, level) || (other != NULL && is_order(other, level)))
			continue;
		write_key(out, json_key(item), &first, indent + 1);
		if (other == NULL)
			map_write_tree(out, item, indent + 1);
		else
			write_merged(out, item, other, level_of(level, json_key(item)), indent + 1);
	}
	for (item = json_first(over); item != NULL; item = json_next(item)) {
		if (json_get(base, json_key(item)) != NULL || is_order(item, level))
			continue;
		write_key(out, json_key(item), &first, indent + 1);
		map_write_tree(out, item, indent + 1);
	}
	write_line(out, indent);
	buf_addz(out, "}");
}

/* The built-in map that the map extends; NULL after a fault. */
static const struct json *
base_of(struct map_reader *r, const struct json *extends)
{
	const char *name = map_text(r, extends);
	struct slice text = map_builtin_text(name != NULL ? name : "");
	struct json_error error;

	if (text.p == NULL) {
		if (name != NULL)
			map_fault(r, extends, "there is no built-in map of this name", name);
		return NULL;
	}
	return json_parse(&r->map->arena, text, &error);
}

/* A part with all that it is like; a NULL part is one that is not there. */
static bool
write_part(struct map_reader *r, struct buf *out, const struct json *parts, const struct json *part,
    int depth)
{
	const struct json *like = json_get(part, "like"), *base;
	struct json_error error;
	struct buf text = {0};
	bool done;

	if (like == NULL) {
		map_write_tree(out, part, 2);
		return true;
	}
	base = json_get(parts, json_text(like) != NULL ? json_text(like) : "");
	if (base == NULL || depth == LIKE_DEPTH) {
		map_fault(r, like, "no part that this one can be like", json_text(like));
		return false;
	}
	done = write_part(r, &text, parts, base, depth + 1);
	if (done)
		write_merged(
		    out, json_parse(&r->map->arena, buf_slice(&text), &error), part, MERGE_PART, 2);
	buf_free(&text);
	return done;
}

static bool
has_like(const struct json *parts)
{
	const struct json *item;

	for (item = json_first(parts); item != NULL; item = json_next(item))
		if (json_get(item, "like") != NULL)
			return true;
	return false;
}

static bool
write_parts(struct map_reader *r, struct buf *out, const struct json *parts)
{
	const struct json *item;
	bool first = true;

	buf_addz(out, "{");
	for (item = json_first(parts); item != NULL; item = json_next(item)) {
		write_key(out, json_key(item), &first, 2);
		if (!write_part(r, out, parts, item, 0))
			return false;
	}
	write_line(out, 1);
	buf_addz(out, "}");
	return true;
}

/* The map with its parts written out. */
static bool
write_likes(struct map_reader *r, struct buf *out, const struct json *root)
{
	const struct json *item;
	bool first = true, parts;

	buf_addz(out, "{");
	for (item = json_first(root); item != NULL; item = json_next(item)) {
		write_key(out, json_key(item), &first, 1);
		parts =
		    strcmp(json_key(item), "files") == 0 || strcmp(json_key(item), "lookups") == 0;
		if (!parts || !has_like(item))
			map_write_tree(out, item, 1);
		else if (!write_parts(r, out, item))
			return false;
	}
	buf_addz(out, "\n}\n");
	return true;
}

/* own: what the file has at the place of `tree`; NULL: nothing. */
static bool
search(const struct json *tree, const struct json *own, const struct json *at,
    const struct json **nearest, bool *exact)
{
	const struct json *item, *beside = json_type(own) == JSON_ARRAY ? json_first(own) : NULL;
	bool object = json_type(own) == JSON_OBJECT, found = tree == at;

	*exact |= found && own != NULL;
	for (item = json_first(tree); item != NULL && !found; item = json_next(item)) {
		if (object)
			beside = json_get(own, json_key(item));
		found = search(item, beside, at, nearest, exact);
		if (!object && beside != NULL)
			beside = json_next(beside);
	}
	if (found && *nearest == NULL)
		*nearest = own;
	return found;
}

const struct json *
map_own(const struct map_reader *r, const struct json *at, bool *exact)
{
	const struct json *nearest = NULL;

	*exact = false;
	search(r->root, r->own, at, &nearest, exact);
	return nearest != NULL ? nearest : r->own;
}

/* From now on this text is what is read. */
static void
turn_to(struct map_reader *r, const struct buf *text)
{
	struct json_error error;

	r->root = json_parse(&r->map->arena, buf_slice(text), &error);
}

int
map_merge(struct map_reader *r, struct buf *merged)
{
	const struct json *base, *extends = json_get(r->root, "extends");

	if (extends != NULL) {
		base = base_of(r, extends);
		if (base == NULL)
			return -1;
		write_merged(merged, base, r->root, MERGE_MAP, 0);
		turn_to(r, merged);
	}
	if (!has_like(json_get(r->root, "files")) && !has_like(json_get(r->root, "lookups")))
		return extends != NULL;
	buf_clear(merged);
	if (!write_likes(r, merged, r->root))
		return -1;
	turn_to(r, merged);
	return 1;
}
