/* map_read.h: what the readers of a map file share, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_MAP_READ_H
#define SLA_INGEST_MAP_READ_H

#include "base/buf.h"
#include "base/intern.h"
#include "data/json.h"
#include "ingest/map.h"

/* A map being read; faults are reported and counted, and reading goes on. */
struct map_reader {
	struct map *map;
	struct slice text; /* of the map's file, and the tree of it */
	const struct json *own;
	const struct json *root; /* that is read: with what the map extends put into it */
	int faults;
	struct intern said; /* what was wrong, so that parts that are like a faulty one are quiet */
	const struct date_format *dates; /* of the whole map */
	size_t ndates;
	const char **missing;
	size_t nmissing;
	struct map_part *part; /* that is being read */
	const struct date_format *part_dates;
	size_t npart_dates;
};

/*
 * Reports what is wrong at a value of root (or the whole map, NULL), with the place in the map's
 * file: of a value that comes from elsewhere, that of the nearest one around it; detail may be NULL.
 */
void map_fault(struct map_reader *r, const struct json *at, const char *what, const char *detail);

/* A string that is not empty, copied; NULL after a fault. */
const char *map_text(struct map_reader *r, const struct json *value);

/* A string or an array of strings into the arena. */
void map_texts(struct map_reader *r, const struct json *value, const char ***texts, size_t *count);

/* A date format or an array of them. */
void map_dates(struct map_reader *r, const struct json *value, const struct date_format **formats,
    size_t *count);

/*
 * The parts and lookups of the map, or the one part that it is; then what they are made of.
 * map_lookup_ref() gives the number of a list of lookups by name, -1 after a fault.
 */
void map_parts(struct map_reader *r);
int map_lookup_ref(struct map_reader *r, const struct json *value);

/* Whether a key at the top of a map is one of a part's. */
bool map_is_part_member(const char *key);

/* The members `columns` and `constants` of a part. */
void map_columns(struct map_reader *r, const struct json *columns);
void map_constants(struct map_reader *r, const struct json *constants);
/* One member of a lookup as a column. */
void map_column(struct map_reader *r, const struct json *member);

/* The ways to one value: a text, an object or an array of such. False after a fault. */
bool map_exprs(struct map_reader *r, const struct json *value, struct map_slot *slot);
/* The number of a path of the part, added where it is new. */
size_t map_path(struct map_reader *r, const char *text);

/* Whether what was read of a part makes sense together; at: the part in the file. */
void map_check(struct map_reader *r, const struct json *at);

/*
 * The value of the map's own file at the place of a value of root: where it has none, the nearest
 * one around it, and *exact is false.
 */
const struct json *map_own(const struct map_reader *r, const struct json *at, bool *exact);

/*
 * The text of a map with what it extends, and what its parts are like, put into it, and root is its
 * tree: 1; 0 where
 * it names nothing of the kind; -1 after a fault.
 */
int map_merge(struct map_reader *r, struct buf *merged);

#endif
