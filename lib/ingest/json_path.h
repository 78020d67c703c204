/* json_path.h: values and nested rows of a JSON record by path, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_JSON_PATH_H
#define SLA_INGEST_JSON_PATH_H

#include "base/arena.h"
#include "base/slice.h"
#include "data/scan.h"

#include <stdbool.h>
#include <stddef.h>

/* Arrays inside arrays that a row may lie in. */
#define JSON_PATH_LEVELS 8

/* The path that is the name of the member which a nested row is. */
#define JSON_PATH_KEY "@key"

/*
 * A checked record and, for a nested row, what lies on the way to it: at[0] is the record,
 * at[n - 1] the row. The arena takes what is decoded.
 */
struct json_row {
	struct slice at[JSON_PATH_LEVELS]; /* raw JSON */
	struct slice
	    keys[JSON_PATH_LEVELS]; /* of a row under an object its member's name; else empty */
	size_t n;
	const struct member *members; /* of at[0], where a scan found them; else NULL */
	size_t nmembers;
	bool any_case; /* names are compared without regard to ASCII case */
	struct arena *arena;
};

/* Which of an array's values are taken. */
enum json_pick { JSON_PICK_ALL, JSON_PICK_FIRST, JSON_PICK_LAST };

/*
 * The value at a path as text: a.b.c; of an array every element's, joined by `between`; of p|q
 * the first that has a value. Each ^ in front goes out to the row that encloses; "." is the row
 * itself, "@key" the name of the member that it is. Empty where it is null, an object, or not there.
 */
struct slice json_path_text(
    const struct json_row *row, const char *path, const char *between, enum json_pick pick);

/* Whether the member at the path (or at one of p|q) is there, be it null. */
bool json_path_has(const struct json_row *row, const char *path);

/* Whether the path leads to an array, or to a value that is not null. */
bool json_path_leads(const struct json_row *row, const char *path);

/*
 * Calls take for every row at the path below row, which has one more level then: elements of
 * arrays, and of arrays inside those; `*` in the path stands for every member. Stops where take
 * returns other than 0, and returns that. Deeper than JSON_PATH_LEVELS nothing is taken.
 */
int
json_path_each(struct json_row *row, const char *path, int (*take)(void *context), void *context);

#endif
