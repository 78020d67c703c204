/* walk.h: the values inside a checked JSON text, read where they stand, without a tree */
/* Rank: data. */
#ifndef SLA_DATA_WALK_H
#define SLA_DATA_WALK_H

#include "base/arena.h"
#include "base/slice.h"
#include "data/json.h"

#include <stdbool.h>

/*
 * All of this is for texts that scan_line() or scan_value() has accepted, and for values inside
 * such: nothing is checked again. A raw value is its JSON text without blanks around it.
 */
struct walk {
	const char *at;      /* behind what was handed out last */
	const char *end;     /* of the container */
	struct arena *arena; /* for keys with escapes */
	bool object;
	/* The child that walk_next() came to. */
	struct slice key;   /* decoded, in place where it has no escapes; empty in an array */
	struct slice value; /* raw */
};

/* Begins in front of the first child. A value that is no container has no children. */
struct walk walk_into(struct slice raw, struct arena *arena);
/* False behind the last child. Of a key given twice both members come. */
bool walk_next(struct walk *walk);

/* JSON_NULL too for the empty text of a value that is not there. */
static inline enum json_type
raw_type(struct slice raw)
{
	switch (raw.n > 0 ? raw.p[0] : 'n') {
	case 'n':
		return JSON_NULL;
	case 't':
	case 'f':
		return JSON_BOOL;
	case '"':
		return JSON_TEXT;
	case '[':
		return JSON_ARRAY;
	case '{':
		return JSON_OBJECT;
	default:
		return JSON_NUMBER;
	}
}

/* The first member of that key, raw; empty where there is none or raw is no object. */
struct slice raw_get(struct slice raw, const char *key, struct arena *arena);
/* A raw string's bytes: in place where it has no escapes, else decoded into the arena. */
struct slice raw_chars(struct slice raw, struct arena *arena);
/* The same as a NUL-terminated copy in the arena, always. */
const char *raw_text(struct slice raw, struct arena *arena);
/* What stands between the quotes of a string, decoded into the arena, NUL-terminated. */
struct slice raw_decode(struct slice inside, struct arena *arena);

#endif
