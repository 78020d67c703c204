/* map_merge.h: the text of maps, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_MAP_MERGE_H
#define SLA_INGEST_MAP_MERGE_H

#include "ingest/map_read.h"

/* Writes a value as indented JSON; indent: tabs in front of the line that it ends on. */
void map_write_tree(struct buf *out, const struct json *value, size_t indent);

#endif
