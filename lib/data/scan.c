/* scan.c: one pass over a JSON text: is it sound, and where are its members */
#include "data/scan.h"

#include "base/mem.h"
#include "data/plain.h"
#include "data/walk.h"

#include <stdint.h>
#include <string.h>

/* Members a top-level object may have: bounds the cost of the search for a key given twice. */
#define MEMBERS_MAX 4096

/* What the pass carries besides the position, which the functions hand on: NULL is a fault. */
struct pass {
	struct scan *scan;
	const char *begin, *end;
	unsigned depth;
	bool object;          /* the innermost open container is an object, not an array */
	bool outer;           /* the outermost one is */
	bool splitting;       /* inside the array named scan->split */
	bool split_next;      /* the value to come is that of scan->split */
	bool escaped;         /* an escape was seen since this was cleared */
	const char *value[4]; /* where the value at depth 0, 1, 2 and 3 begins */
	uint64_t objects[SCAN_DEPTH / 64]; /* a bit a level: the container around it is an object */
	uint64_t seen[4];                  /* a filter over the keys: a clear bit means "not yet" */
};

static const char *
fault(struct pass *pass, const char *at, const char *what)
{
	pass->scan->error = what;
	pass->scan->error_at = (size_t)(at - pass->begin);
	return NULL;
}

/* A fault at p, or the end that came too early. */
static const char *
unexpected(struct pass *pass, const char *p, const char *what)
{
	return fault(pass, p, p < pass->end ? what : "the text ends too early");
}

size_t
scan_plain(struct slice text)
{
	return text.n > 0 ? (size_t)(plain(text.p, text.p + text.n) - text.p) : 0;
}

size_t
scan_plain_portable(struct slice text)
{
	return text.n > 0 ? (size_t)(plain_portable(text.p, text.p + text.n) - text.p) : 0;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* The four digits of a \u escape, p at the `u`; -1 where they are not there. */
static int32_t
hex_unit(const char *p, const char *end)
{
	int32_t unit = 0;
	int i, digit;

	if (end - p < 5)
		return -1;
	for (i = 1; i <= 4; i++) {
		digit = hex_digit(p[i]);
		if (digit == -1)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* A \u escape (or a pair of them), p at the backslash: behind it. */
static const char *
unicode_escape(struct pass *pass, const char *p)
{
	int32_t unit = hex_unit(p + 1, pass->end), second;

	if (unit == -1)
		return fault(pass, p, "a \\u without four hexadecimal digits");
	if (unit == 0)
		return fault(pass, p, "\\u0000 in a string");
	if (unit < 0xD800 || unit > 0xDFFF)
		return p + 6;
	second = unit < 0xDC00 && pass->end - p >= 12 && p[6] == '\\' && p[7] == 'u'
	    ? hex_unit(p + 7, pass->end)
	    : -1;
	if (second < 0xDC00 || second > 0xDFFF)
		return fault(pass, p, "half of a surrogate pair in a string");
	return p + 12;
}

static const char *
escape(struct pass *pass, const char *p)
{
	pass->escaped = true;
	if (pass->end - p < 2)
		return fault(pass, pass->end, "a string without an end");
	switch (p[1]) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return p + 2;
	case 'u':
		return unicode_escape(pass, p);
	default:
		return fault(pass, p, "an unknown escape in a string");
	}
}

/* Sequences other than ASCII, p at the first byte: behind the last. */
static const char *
foreign(struct pass *pass, const char *p)
{
	const char *end = pass->end;
	size_t n;

	do {
		if (end - p >= 2 && ((unsigned char)p[0] & 0xE0) == 0xC0 &&
		    (unsigned char)p[0] >= 0xC2 && ((unsigned char)p[1] & 0xC0) == 0x80)
			n = 2;
		else
			n = utf8_length(p, (size_t)(end - p));
		if (n == 0)
			return fault(pass, p, "not UTF-8");
		p += n;
	} while (p < end && (unsigned char)*p >= 0x80);
	return p;
}

/* p behind the opening quote: behind the closing one. */
static inline const char *
string(struct pass *pass, const char *p)
{
	for (;;) {
		p = plain(p, pass->end);
		if (p == pass->end)
			return fault(pass, p, "a string without an end");
		if (*p == '"')
			return p + 1;
		if (*p == '\\')
			p = escape(pass, p);
		else if ((unsigned char)*p >= 0x80)
			p = foreign(pass, p);
		else
			return fault(pass, p, "a control byte in a string");
		if (p == NULL)
			return NULL;
	}
}

static inline const char *
digits(const char *p, const char *end)
{
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p;
}

static const char *
number(struct pass *pass, const char *p)
{
	const char *end = pass->end, *start;

	if (*p == '-')
		p++;
	start = p;
	p = digits(p, end);
	if (p == start)
		return unexpected(pass, p, "a number without digits");
	if (*start == '0' && p - start > 1)
		return fault(pass, start, "a number with a leading zero");
	if (p < end && *p == '.') {
		start = ++p;
		p = digits(p, end);
		if (p == start)
			return unexpected(pass, p, "a number without digits behind the point");
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		start = p;
		p = digits(p, end);
		if (p == start)
			return unexpected(pass, p, "a number without digits in its exponent");
	}
	return p;
}

static const char *
word(struct pass *pass, const char *p, const char *text, size_t n)
{
	size_t left = (size_t)(pass->end - p);

	if (memcmp(p, text, left < n ? left : n) != 0)
		return fault(pass, p, "not a JSON value");
	return left < n ? unexpected(pass, pass->end, "") : p + n;
}

/* Any value but a string or a container. */
static const char *
scalar(struct pass *pass, const char *p)
{
	if (p == pass->end)
		return unexpected(pass, p, "");
	switch (*p) {
	case 't':
		return word(pass, p, "true", 4);
	case 'f':
		return word(pass, p, "false", 5);
	case 'n':
		return word(pass, p, "null", 4);
	case ',':
	case ']':
	case '}':
		return fault(pass, p, "a value is missing");
	default:
		if (*p == '-' || (*p >= '0' && *p <= '9'))
			return number(pass, p);
		return fault(pass, p, "not a JSON value");
	}
}

static inline const char *
blanks(const char *p, const char *end)
{
	while (p < end && (unsigned char)*p <= ' ' &&
	    (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	return p;
}

/* The byte at p; at the end a NUL, which no caller expects. */
static inline char
peek(const struct pass *pass, const char *p)
{
	return p < pass->end ? *p : '\0';
}

/* Whether the key was there before; the filter spares the search nearly always. */
static bool
is_repeated(struct pass *pass, struct slice key)
{
	const struct scan *scan = pass->scan;
	unsigned bit = (unsigned)key.n * 37;
	uint64_t *word64;
	bool maybe;
	size_t i;

	if (key.n > 0)
		bit += (unsigned char)key.p[0] + (unsigned char)key.p[key.n / 2] * 5u +
		    (unsigned char)key.p[key.n - 1] * 11u;
	word64 = &pass->seen[bit / 64 % 4];
	maybe = (*word64 >> bit % 64 & 1) != 0;
	*word64 |= UINT64_C(1) << bit % 64;
	for (i = 0; maybe && i < scan->nmembers; i++)
		if (slice_eq(scan->members[i].key, key))
			return true;
	return false;
}

/* Begins a member of the outermost object; `from` to `to` is the key with its quotes. */
static const char *
begin_member(struct pass *pass, const char *from, const char *to)
{
	struct scan *scan = pass->scan;
	struct slice key = {from + 1, (size_t)(to - from) - 2};

	if (pass->escaped)
		key = raw_decode(key, &scan->keys);
	if (scan->nmembers == MEMBERS_MAX)
		return fault(pass, from, "an object with more than 4096 members");
	if (is_repeated(pass, key))
		return fault(pass, from, "a key given twice");
	scan->members =
	    mem_push(scan->members, scan->nmembers, &scan->members_cap, sizeof(*scan->members));
	scan->members[scan->nmembers++] =
	    (struct member){.key = key, .start = (size_t)(from - pass->begin)};
	pass->split_next = scan->split != NULL && slice_eqz(key, scan->split);
	return to;
}

/* Begins a member of an element of the split array; `from` to `to` as in begin_member(). */
static void
begin_pair(struct pass *pass, const char *from, const char *to)
{
	struct scan *scan = pass->scan;
	struct slice key = {from + 1, (size_t)(to - from) - 2};

	if (pass->escaped)
		key = raw_decode(key, &scan->keys);
	if (scan->npairs == scan->pairs_cap)
		scan->pairs =
		    mem_push(scan->pairs, scan->npairs, &scan->pairs_cap, sizeof(*scan->pairs));
	scan->pairs[scan->npairs++].key = key;
}

/* A key and its colon, p at where it should begin: at the value. */
static inline const char *
key_and_colon(struct pass *pass, const char *p)
{
	const char *from = p;

	if (peek(pass, p) != '"')
		return unexpected(pass, p, "a key in quotes is missing");
	pass->escaped = false;
	p = string(pass, p + 1);
	if (p != NULL && pass->depth == 1)
		p = begin_member(pass, from, p);
	else if (p != NULL && pass->depth == 3 && pass->splitting)
		begin_pair(pass, from, p);
	if (p == NULL)
		return NULL;
	if (peek(pass, p) != ':') {
		p = blanks(p, pass->end);
		if (peek(pass, p) != ':')
			return unexpected(pass, p, "a colon is missing behind the key");
	}
	return blanks(p + 1, pass->end);
}

/* A value at depth 1, 2 or 3 ends at p. */
static void
end_value(struct pass *pass, const char *p)
{
	const char *from = pass->value[pass->depth];
	struct scan *scan = pass->scan;
	struct slice text = {from, (size_t)(p - from)};
	struct member *member;

	if (pass->depth == 1 && pass->outer) {
		member = &scan->members[scan->nmembers - 1];
		member->value = text;
		member->end = (size_t)(p - pass->begin);
		pass->splitting = false;
		pass->split_next = false;
	} else if (pass->depth == 2 && pass->splitting) {
		scan->elements = mem_push(
		    scan->elements, scan->nelements, &scan->elements_cap, sizeof(*scan->elements));
		scan->elements[scan->nelements++] = text;
	} else if (pass->depth == 3 && pass->splitting && pass->object) {
		scan->pairs[scan->npairs - 1].value = text;
	}
}

/* Enters the container that opens at p: behind the bracket. */
static inline const char *
enter(struct pass *pass, const char *p)
{
	unsigned depth = pass->depth;
	uint64_t bit = UINT64_C(1) << depth % 64;

	if (depth == SCAN_DEPTH)
		return fault(pass, p, "nested too deeply");
	if (pass->object)
		pass->objects[depth / 64] |= bit;
	else
		pass->objects[depth / 64] &= ~bit;
	pass->object = *p == '{';
	if (depth == 0)
		pass->outer = pass->object;
	else if (depth == 1 && pass->split_next)
		pass->splitting = !pass->object;
	pass->depth++;
	return p + 1;
}

static inline void
leave(struct pass *pass)
{
	pass->depth--;
	pass->object = (pass->objects[pass->depth / 64] >> pass->depth % 64 & 1) != 0;
}

/*
 * What follows a value that ended at p: closing brackets, then a comma and, in an object, the
 * next key. At the next value, or behind the whole text's last bracket, depth 0.
 */
static inline const char *
follow(struct pass *pass, const char *p)
{
	char c;

	for (;;) {
		if (pass->depth <= 3) {
			if (pass->depth == 0)
				return p;
			end_value(pass, p);
		}
		c = peek(pass, p);
		if (c != ',' && (unsigned char)c <= ' ') {
			p = blanks(p, pass->end);
			c = peek(pass, p);
		}
		if (c == ',') {
			p = blanks(p + 1, pass->end);
			return pass->object ? key_and_colon(pass, p) : p;
		}
		if (c != (pass->object ? '}' : ']'))
			return unexpected(pass, p,
			    pass->object ? "a comma or } is missing" : "a comma or ] is missing");
		leave(pass);
		p++;
	}
}

/* One value, with all that is in it, from p: behind it. */
static const char *
value(struct pass *pass, const char *p)
{
	char c;

	do {
		if (pass->depth <= 3)
			pass->value[pass->depth] = p;
		c = peek(pass, p);
		if (c == '"') {
			p = string(pass, p + 1);
		} else if (c == '{' || c == '[') {
			p = enter(pass, p);
			if (p == NULL)
				return NULL;
			p = blanks(p, pass->end);
			if (peek(pass, p) == (c == '{' ? '}' : ']')) {
				leave(pass);
				p++;
			} else {
				p = c == '{' ? key_and_colon(pass, p) : p;
				continue;
			}
		} else {
			p = scalar(pass, p);
		}
		if (p == NULL)
			return NULL;
		p = follow(pass, p);
	} while (p != NULL && pass->depth > 0);
	return p;
}

static bool
scan_text(struct scan *scan, struct slice text, bool object_only)
{
	struct pass pass;
	const char *p;

	pass.scan = scan;
	pass.begin = text.p != NULL ? text.p : "";
	pass.end = pass.begin + text.n;
	pass.depth = 0;
	pass.object = pass.outer = pass.splitting = pass.split_next = false;
	memset(pass.seen, 0, sizeof(pass.seen));
	scan->line = text;
	scan->nmembers = scan->nelements = scan->npairs = scan->object_end = 0;
	scan->error = NULL;
	scan->error_at = 0;
	arena_reset(&scan->keys);
	p = blanks(pass.begin, pass.end);
	if (object_only && peek(&pass, p) != '{')
		return unexpected(&pass, p, "not a JSON object") != NULL;
	p = value(&pass, p);
	if (p == NULL)
		return false;
	if (pass.outer)
		scan->object_end = (size_t)(p - pass.begin) - 1;
	p = blanks(p, pass.end);
	return p == pass.end || fault(&pass, p, "something behind the JSON value") != NULL;
}

bool
scan_line(struct scan *scan, struct slice line)
{
	return scan_text(scan, line, true);
}

bool
scan_value(struct scan *scan, struct slice text)
{
	return scan_text(scan, text, false);
}

const struct member *
scan_find(const struct scan *scan, const char *key)
{
	size_t i, n = strlen(key);

	for (i = 0; i < scan->nmembers; i++)
		if (scan->members[i].key.n == n && memcmp(scan->members[i].key.p, key, n) == 0)
			return &scan->members[i];
	return NULL;
}

void
scan_free(struct scan *scan)
{
	mem_free(scan->members);
	mem_free(scan->elements);
	mem_free(scan->pairs);
	arena_free(&scan->keys);
	*scan = (struct scan){0};
}
