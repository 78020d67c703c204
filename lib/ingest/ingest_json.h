/* ingest_json.h: the records of a JSON export as rows, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_INGEST_JSON_H
#define SLA_INGEST_INGEST_JSON_H

#include "base/input.h"
#include "ingest/ingest.h"

/*
 * Reads one file of JSON. A column of the map is a path: json_path_text(). -1, after a
 * diagnostic, where the file ends inside a value or is broken around the records.
 */
int ingest_json(struct ingest *ingest, struct input *input);

#endif
