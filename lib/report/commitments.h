/* commitments.h: what clients were promised in a review, from a CSV file */
/* Rank: report. */
#ifndef SLA_REPORT_COMMITMENTS_H
#define SLA_REPORT_COMMITMENTS_H

#include "base/arena.h"
#include "time/zone.h"

#include <stddef.h>
#include <stdint.h>

enum commitment_state { COMMITMENT_OPEN, COMMITMENT_DONE, COMMITMENT_DROPPED, COMMITMENT_STATES };

/* Texts live as long as the list. */
struct commitment {
	const char *client, *id, *text;
	const char *due; /* as it was written; NULL: none */
	int64_t late_at; /* overdue from this instant on: of a day its end; INSTANT_NONE: no due */
	enum commitment_state state;
};

struct commitments {
	struct commitment *list; /* sorted: client, open before the rest, late_at, id */
	size_t count, cap;
	struct arena arena;
	int64_t refused; /* rows */
};

/* "open", "done", "dropped"; NULL beyond. */
const char *commitment_word(int state);

/*
 * Reads a file with the columns client, id, text, due and state, in any order. Days end by the
 * zone's clocks. A row that is refused is reported with its place, and counted. -1 after a
 * diagnostic where the file cannot be read or its header does not do: nothing of it may be used.
 * Zero-initialise; commitments_free() in any case.
 */
int commitments_read(struct commitments *commitments, const char *path, const struct zone *zone);
void commitments_free(struct commitments *commitments);

#endif
