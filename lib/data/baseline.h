/* baseline.h: what an earlier run told, so that only what is new need be told */
/* Rank: data. */
#ifndef SLA_DATA_BASELINE_H
#define SLA_DATA_BASELINE_H

#include "base/buf.h"
#include "data/json.h"

#include <stdbool.h>
#include <stdint.h>

struct baseline;

enum baseline_news {
	BASELINE_NEW,   /* the baseline lacks it */
	BASELINE_WORSE, /* it is there with less weight */
	BASELINE_KNOWN
};

/*
 * How one line tells of one thing: appends to key, which is empty, what it is known by, and sets
 * *weight, which is the larger the worse it is. False where the line is none of the kind.
 */
typedef bool baseline_reads(const struct json *line, struct buf *key, int64_t *weight);

/*
 * Reads NDJSON, an empty file too; of a thing that is there twice the largest weight counts. holds
 * says in a diagnostic what the lines should be. NULL after a diagnostic; the caller frees it.
 */
struct baseline *baseline_load(const char *path, const char *holds, baseline_reads *read);
void baseline_free(struct baseline *baseline); /* NULL is fine */

enum baseline_news baseline_news(const struct baseline *baseline, struct slice key, int64_t weight);

/* Appends text and a byte that no text of the stream holds, to keep apart the parts of a key. */
void baseline_add_part(struct buf *key, const char *text); /* NULL: as an empty one */

#endif
