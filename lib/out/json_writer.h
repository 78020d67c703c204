/* json_writer.h: the one writer of JSON */
/* Rank: out. */
#ifndef SLA_OUT_JSON_WRITER_H
#define SLA_OUT_JSON_WRITER_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Writes compact JSON to the end of a buffer and keeps the commas right. The
 * caller pairs opens and closes. A key of NULL writes an array's element.
 */
struct json_writer {
	struct buf *out;
	bool comma; /* the next member or element needs one in front */
};

struct json_writer json_writer_to(struct buf *out);

/*
 * text as a quoted JSON string: `"`, `\` and control bytes escaped (DEL too, so
 * that a terminal shows rather than obeys it), the rest as it is. text must be
 * UTF-8; bytes that are not are replaced by U+FFFD.
 */
void json_add_quoted(struct buf *out, struct slice text);

/*
 * The rest is inline so that the compiler knows the length of the keys, most of which are
 * literals: an annotation has a few hundred.
 */

/* The comma and the key only, with one look at the room: the caller appends the value. */
static inline void
jsonw_begin(struct json_writer *w, const char *key)
{
	size_t n = key != NULL ? strlen(key) : 0;
	struct buf *out = w->out;
	char *p;

	if (out->cap - out->n < n + 4)
		buf_reserve(out, n + 4);
	p = out->p + out->n;
	if (w->comma)
		*p++ = ',';
	w->comma = true;
	if (key != NULL) {
		*p++ = '"';
		memcpy(p, key, n);
		p += n;
		*p++ = '"';
		*p++ = ':';
	}
	out->n = (size_t)(p - out->p);
}

/* '{' or '[' */
static inline void
jsonw_open(struct json_writer *w, const char *key, char bracket)
{
	jsonw_begin(w, key);
	buf_addc(w->out, bracket);
	w->comma = false;
}

/* '}' or ']' */
static inline void
jsonw_close(struct json_writer *w, char bracket)
{
	buf_addc(w->out, bracket);
	w->comma = true;
}

/* json must be a sound JSON text: it is copied as it is. */
static inline void
jsonw_raw(struct json_writer *w, const char *key, struct slice json)
{
	jsonw_begin(w, key);
	buf_adds(w->out, json);
}

static inline void
jsonw_null(struct json_writer *w, const char *key)
{
	jsonw_raw(w, key, SLICE("null"));
}

static inline void
jsonw_slice(struct json_writer *w, const char *key, struct slice text)
{
	jsonw_begin(w, key);
	json_add_quoted(w->out, text);
}

/* NULL: null */
static inline void
jsonw_text(struct json_writer *w, const char *key, const char *text)
{
	jsonw_begin(w, key);
	if (text == NULL)
		buf_adds(w->out, SLICE("null"));
	else
		json_add_quoted(w->out, slice_z(text));
}

/* As jsonw_text() for one of our own words, which needs no escaping. */
static inline void
jsonw_word(struct json_writer *w, const char *key, const char *word)
{
	size_t n = word != NULL ? strlen(word) : 0;

	jsonw_begin(w, key);
	if (word == NULL) {
		buf_adds(w->out, SLICE("null"));
		return;
	}
	buf_reserve(w->out, n + 2);
	w->out->p[w->out->n++] = '"';
	bytes_copy(w->out->p + w->out->n, word, n);
	w->out->n += n;
	w->out->p[w->out->n++] = '"';
}

static inline void
jsonw_i64(struct json_writer *w, const char *key, int64_t number)
{
	jsonw_begin(w, key);
	buf_add_i64(w->out, number);
}

static inline void
jsonw_bool(struct json_writer *w, const char *key, bool value)
{
	jsonw_raw(w, key, value ? SLICE("true") : SLICE("false"));
}

#endif
