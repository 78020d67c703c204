/* map_read.h: what the readers of a map file share, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_MAP_READ_H
#define SLA_INGEST_MAP_READ_H

#include "data/json.h"
#include "ingest/map.h"

/* A map being read; faults are reported and counted, and reading goes on. */
struct map_reader {
	struct map *map;
	struct slice text;
	const struct json *root;
	int faults;
	const struct date_format *dates; /* of the whole map */
	size_t ndates;
};

/* Reports what is wrong at a value (or the whole map, NULL); detail may be NULL. */
void map_fault(struct map_reader *r, const struct json *at, const char *what, const char *detail);

/* A string that is not empty, copied; NULL after a fault. */
const char *map_text(struct map_reader *r, const struct json *value);

/* A string or an array of strings into the arena. */
void map_texts(struct map_reader *r, const struct json *value, const char ***texts, size_t *count);

/* A date format or an array of them. */
void map_dates(struct map_reader *r, const struct json *value, const struct date_format **formats,
    size_t *count);

/* The members `columns` and `constants`. */
void map_columns(struct map_reader *r, const struct json *columns);
void map_constants(struct map_reader *r, const struct json *constants);

/* Whether what was read makes sense together. */
void map_check(struct map_reader *r);

#endif
