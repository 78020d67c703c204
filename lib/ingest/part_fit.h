/* part_fit.h: which parts of a map the records of a file are of, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_PART_FIT_H
#define SLA_INGEST_PART_FIT_H

#include "data/csv_reader.h"
#include "ingest/json_rows.h"
#include "ingest/map.h"

/* How far a part fits a record or a header. */
struct fit {
	size_t there, wanted; /* of the members of `detect`, and the list and rows that it names */
};

static inline bool
fit_is_whole(struct fit fit)
{
	return fit.there == fit.wanted;
}

/*
 * A record, in the list of that name. missing, or NULL, gets what is not there, with commas
 * between. A part without anything to tell it by fits all.
 */
struct fit part_fit_json(
    const struct map_part *part, const struct json_row *row, const char *in, struct buf *missing);

/* A header; rows nested in records are not in CSV. */
struct fit
part_fit_csv(const struct map_part *part, const struct csv_row *header, struct buf *missing);

/* What tells records from envelopes, of all parts. The arena takes the lists. */
struct json_names part_names(const struct map *map, struct arena *arena);

/* The field of that name, or of the first of a|b that there is; SIZE_MAX where there is none. */
size_t header_find(const struct csv_row *header, const char *names, bool *twice);

#endif
