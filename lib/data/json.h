/* json.h: JSON values, parsed by cJSON into an arena, without cJSON's laxness */
/* Rank: data. */
#ifndef SLA_DATA_JSON_H
#define SLA_DATA_JSON_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/* A value. It lives in the arena it was parsed into; nothing is freed by itself. */
struct json;

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json_error {
	const char *what; /* static text */
	size_t at;        /* byte offset in the text */
};

/*
 * Parses text that scan_line() or scan_value() has accepted (for example a
 * member's value): no second check. NULL only where cJSON fails all the same: a cJSON without
 * the cure for CVE-2023-26819 (Debian's has it) cannot read a number of more than 63 characters.
 * A caller drops such a line; members that are copied, not parsed, may hold such numbers. Keys given twice below the top level are not looked for.
 */
const struct json *json_parse_scanned(struct arena *arena, struct slice text);

/*
 * Parses any text: scanned first, and no object in it at any depth may have a
 * key twice. A UTF-8 byte order mark in front is skipped. NULL with *error set; offsets
 * count from the start of text, the mark included.
 */
const struct json *json_parse(struct arena *arena, struct slice text, struct json_error *error);

/* All of these take NULL for a value that is not there: type NULL, no children. */
enum json_type json_type(const struct json *value);
bool json_is_null(const struct json *value); /* absent or null */
/* Children of an array or object, in order. */
const struct json *json_first(const struct json *value);
const struct json *json_next(const struct json *value);
const char *json_key(const struct json *value); /* of an object's child; else NULL */
/* By exact key; NULL where absent or value is no object. */
const struct json *json_get(const struct json *value, const char *key);
const char *json_text(const struct json *value); /* NULL where it is not a string */
/* False where it is not a number, has a fraction, or is beyond ±(2^53 - 1). */
bool json_i64(const struct json *value, int64_t *number);
/* False where it is not a number or too large for a double. */
bool json_double(const struct json *value, double *number);
bool json_bool(const struct json *value, bool fallback);
size_t json_count(const struct json *value); /* children */

/*
 * Offset in text of a value that json_parse(text) gave as root or below it: the
 * place for a message. An object's member is placed at its key.
 */
size_t json_offset(struct slice text, const struct json *root, const struct json *value);

/* Line and column (in characters, from 1) of an offset in a text. */
struct place place_of(const char *file, struct slice text, size_t offset);

#endif
