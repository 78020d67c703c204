/* scan.h: one pass over a JSON text: is it sound, and where are its members */
/* Rank: data. */
#ifndef SLA_DATA_SCAN_H
#define SLA_DATA_SCAN_H

#include "base/arena.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* Deepest nesting of arrays and objects that is accepted. */
#define SCAN_DEPTH 512

/* A member of the top-level object. */
struct member {
	struct slice
	    key; /* decoded: points into the line, or into the arena where it had escapes */
	struct slice value; /* the raw JSON text, no blanks around it */
	size_t start;       /* offset in the line of the key's opening quote */
	size_t end;         /* offset behind the value */
};

/* A member of an object that is an element of the split array. */
struct pair {
	struct slice key;   /* as member's */
	struct slice value; /* raw; it lies within its element */
};

/*
 * The result of a pass. Zero-initialise ({0}), set split, reuse from line to
 * line, scan_free() at the end. Slices point into the line.
 */
struct scan {
	const char *split; /* key of the top-level array whose elements are wanted, or NULL */
	struct slice line;
	struct member *members;
	size_t nmembers, members_cap;
	struct slice *elements; /* raw JSON text of each element of the split array */
	size_t nelements, elements_cap;
	struct pair *pairs; /* of all elements, in order */
	size_t npairs, pairs_cap;
	size_t object_end; /* offset of the closing brace of the top-level object */
	struct arena keys;
	const char *error; /* static text, NULL where the line is sound */
	size_t error_at;   /* byte offset of the fault, from 0 */
};

/*
 * Checks that the line is one JSON object (RFC 8259) and nothing more, with
 * well-formed UTF-8, no raw control bytes in strings, no \u0000, no lone surrogate,
 * numbers as the grammar has them, depth at most SCAN_DEPTH, and no top-level
 * key twice (compared decoded), at most 4096 members; records members and elements. False
 * with error and error_at set otherwise. A number may be of any length: see json_parse().
 */
bool scan_line(struct scan *scan, struct slice line);

/* The same checks for any JSON value; members only where it is an object. */
bool scan_value(struct scan *scan, struct slice text);

/* The member with that key, or NULL. */
const struct member *scan_find(const struct scan *scan, const char *key);

void scan_free(struct scan *scan);

/*
 * How many bytes at the start of text a string may hold as they are: no quote, backslash,
 * control byte or byte from 0x80. The second one is what machines without SSE2 use; both
 * are here for the tests.
 */
size_t scan_plain(struct slice text);
size_t scan_plain_portable(struct slice text);

#endif
