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

void jsonw_open(struct json_writer *w, const char *key, char bracket);     /* '{' or '[' */
void jsonw_close(struct json_writer *w, char bracket);                     /* '}' or ']' */
void jsonw_text(struct json_writer *w, const char *key, const char *text); /* NULL: null */
void jsonw_slice(struct json_writer *w, const char *key, struct slice text);
void jsonw_i64(struct json_writer *w, const char *key, int64_t number);
void jsonw_bool(struct json_writer *w, const char *key, bool value);
void jsonw_null(struct json_writer *w, const char *key);
/* The comma and the key only: the caller appends the value to the buffer. */
void jsonw_begin(struct json_writer *w, const char *key);
/* json must be a sound JSON text: it is copied as it is. */
void jsonw_raw(struct json_writer *w, const char *key, struct slice json);

/*
 * text as a quoted JSON string: `"`, `\` and control bytes escaped (DEL too, so
 * that a terminal shows rather than obeys it), the rest as it is. text must be
 * UTF-8; bytes that are not are replaced by U+FFFD.
 */
void json_add_quoted(struct buf *out, struct slice text);

#endif
