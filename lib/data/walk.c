/* walk.c: the values inside a checked JSON text, read where they stand, without a tree */
#include "data/walk.h"

#include "data/plain.h"

#include <string.h>

static uint32_t
hex_unit(const char *p)
{
	uint32_t unit = 0;
	int i;

	for (i = 0; i < 4; i++)
		unit = unit * 16 + (uint32_t)(p[i] <= '9' ? p[i] - '0' : (p[i] | 0x20) - 'a' + 10);
	return unit;
}

static size_t
put_utf8(char *to, uint32_t code)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		to[0] = (char)(0xC0 | code >> 6);
		to[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		to[0] = (char)(0xE0 | code >> 12);
		to[1] = (char)(0x80 | (code >> 6 & 0x3F));
		to[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | code >> 18);
	to[1] = (char)(0x80 | (code >> 12 & 0x3F));
	to[2] = (char)(0x80 | (code >> 6 & 0x3F));
	to[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

/* One escape, p at the backslash; the decoded bytes go to *to. Behind the escape. */
static const char *
decode_escape(const char *p, char **to)
{
	static const char names[] = "bfnrt", bytes[] = "\b\f\n\r\t";
	const char *name;
	uint32_t code;

	if (p[1] != 'u') {
		name = strchr(names, p[1]);
		*(*to)++ = name != NULL ? bytes[name - names] : p[1];
		return p + 2;
	}
	code = hex_unit(p + 2);
	p += 6;
	if (code >= 0xD800 && code <= 0xDFFF) {
		code = 0x10000 + ((code - 0xD800) << 10) + (hex_unit(p + 2) - 0xDC00);
		p += 6;
	}
	*to += put_utf8(*to, code);
	return p;
}

/* Never longer than it was. */
struct slice
raw_decode(struct slice inside, struct arena *arena)
{
	const char *p = inside.p, *end = inside.p + inside.n;
	char *text = arena_alloc(arena, inside.n + 1), *to = text;

	while (p < end) {
		if (*p == '\\')
			p = decode_escape(p, &to);
		else
			*to++ = *p++;
	}
	*to = '\0';
	return (struct slice){text, (size_t)(to - text)};
}

static struct slice
between_quotes(struct slice raw)
{
	return (struct slice){raw.p + 1, raw.n - 2};
}

struct slice
raw_chars(struct slice raw, struct arena *arena)
{
	struct slice inside = between_quotes(raw);

	if (memchr(inside.p, '\\', inside.n) == NULL)
		return inside;
	return raw_decode(inside, arena);
}

const char *
raw_text(struct slice raw, struct arena *arena)
{
	struct slice inside = between_quotes(raw);

	if (memchr(inside.p, '\\', inside.n) == NULL)
		return arena_text(arena, inside);
	return raw_decode(inside, arena).p;
}

/* p at the opening quote: behind the closing one. */
static inline const char *
behind_string(const char *p, const char *end)
{
	for (p = plain(p + 1, end); *p != '"'; p = plain(p, end))
		p += *p == '\\' ? 2 : 1;
	return p + 1;
}

static const char *
behind_container(const char *p, const char *end)
{
	unsigned depth = 0;

	do {
		if (*p == '"') {
			p = behind_string(p, end);
			continue;
		}
		if (*p == '{' || *p == '[')
			depth++;
		else if (*p == '}' || *p == ']')
			depth--;
		p++;
	} while (depth > 0);
	return p;
}

/* Only for values inside a container, which some other byte ends. */
static inline const char *
behind_value(const char *p, const char *end)
{
	if (*p == '"')
		return behind_string(p, end);
	if (*p == '{' || *p == '[')
		return behind_container(p, end);
	while (*p != ',' && *p != '}' && *p != ']' && (unsigned char)*p > ' ')
		p++;
	return p;
}

/* Over blanks and the commas and colons between values. */
static inline const char *
to_value(const char *p)
{
	while ((unsigned char)*p <= ' ' || *p == ',' || *p == ':')
		p++;
	return p;
}

struct walk
walk_into(struct slice raw, struct arena *arena)
{
	enum json_type type = raw_type(raw);
	bool container = type == JSON_ARRAY || type == JSON_OBJECT;

	return (struct walk){.at = container ? raw.p + 1 : "]",
	    .end = raw.p + raw.n,
	    .arena = arena,
	    .object = type == JSON_OBJECT};
}

bool
walk_next(struct walk *walk)
{
	const char *p = to_value(walk->at), *from = p;

	if (*p == ']' || *p == '}') {
		walk->at = p;
		return false;
	}
	if (walk->object) {
		p = behind_string(p, walk->end);
		walk->key = raw_chars((struct slice){from, (size_t)(p - from)}, walk->arena);
		from = p = to_value(p);
	}
	p = behind_value(p, walk->end);
	walk->value = (struct slice){from, (size_t)(p - from)};
	walk->at = p;
	return true;
}

struct slice
raw_get(struct slice raw, const char *key, struct arena *arena)
{
	struct walk walk = walk_into(raw, arena);
	size_t n = strlen(key);

	while (walk.object && walk_next(&walk))
		if (walk.key.n == n && memcmp(walk.key.p, key, n) == 0)
			return walk.value;
	return (struct slice){NULL, 0};
}
