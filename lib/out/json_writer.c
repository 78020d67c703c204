/* json_writer.c: the one writer of JSON */
#include "out/json_writer.h"

/* Needs a look: control, quote, backslash, DEL, not ASCII. */
static inline bool
is_special(char c)
{
	return (unsigned char)c < 0x20 || c == '"' || c == '\\' || (unsigned char)c >= 0x7F;
}

static void
add_escape(struct buf *out, unsigned char c)
{
	static const char names[] = "\b\t\n\f\r";
	static const char letters[] = "btnfr";
	const char *name;

	buf_addc(out, '\\');
	if (c == '"' || c == '\\') {
		buf_addc(out, (char)c);
		return;
	}
	name = c != '\0' ? strchr(names, c) : NULL;
	if (name != NULL)
		buf_addc(out, letters[name - names]);
	else
		buf_addf(out, "u%04x", c);
}

/* One byte or sequence that is special; returns how many bytes it took. */
static size_t
add_special(struct buf *out, const char *p, size_t n)
{
	size_t length;

	if ((unsigned char)*p < 0x80) {
		add_escape(out, (unsigned char)*p);
		return 1;
	}
	length = utf8_length(p, n);
	if (length == 0) {
		buf_addz(out, "\xEF\xBF\xBD");
		return 1;
	}
	buf_add(out, p, length);
	return length;
}

#define EACH_BYTE(c) (UINT64_C(0x0101010101010101) * (c))

/* Whether one of eight bytes is zero. */
static inline bool
has_zero(uint64_t v)
{
	return ((v - EACH_BYTE(0x01)) & ~v & EACH_BYTE(0x80)) != 0;
}

/* Whether one of eight bytes may be special; with one from 0x80 the rest is not looked at well. */
static inline bool
has_special(uint64_t v)
{
	return ((v | (v - EACH_BYTE(0x20)) | (v + EACH_BYTE(0x01))) & EACH_BYTE(0x80)) != 0 ||
	    has_zero(v ^ EACH_BYTE('"')) || has_zero(v ^ EACH_BYTE('\\'));
}

/* Copies up to the first byte that is special; how many. */
static inline size_t
copy_plain(char *to, const char *p, size_t n)
{
	size_t i = 0;
	uint64_t v;

	for (; n - i >= sizeof(v); i += sizeof(v)) {
		memcpy(&v, p + i, sizeof(v));
		if (has_special(v))
			break;
		memcpy(to + i, &v, sizeof(v));
	}
	for (; i < n && !is_special(p[i]); i++)
		to[i] = p[i];
	return i;
}

void
json_add_quoted(struct buf *out, struct slice text)
{
	size_t i = 0, plain;

	buf_addc(out, '"');
	while (i < text.n) {
		buf_reserve(out, text.n - i + 1);
		plain = copy_plain(out->p + out->n, text.p + i, text.n - i);
		out->n += plain;
		i += plain;
		if (i < text.n)
			i += add_special(out, text.p + i, text.n - i);
	}
	buf_addc(out, '"');
}

struct json_writer
json_writer_to(struct buf *out)
{
	return (struct json_writer){.out = out};
}
