/* rejects.h: what was refused, kept with its reason and its place */
/* Rank: data. */
#ifndef SLA_DATA_REJECTS_H
#define SLA_DATA_REJECTS_H

#include "base/diag.h"
#include "base/output.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * Counts what is refused, and where --rejects was given writes one JSON object a
 * line: {"file","line","column","reason","text"}, or "base64" in place of "text"
 * where the bytes are not UTF-8, or neither, and of the reason its kind alone, where messages are discreet. The file is private (0600) and complete or absent.
 */
struct rejects {
	struct output output;
	bool open;
	int64_t count;
};

/* path NULL: only counted. -1 after a diagnostic. */
int rejects_open(struct rejects *rejects, const char *path);

/* Reports the diagnostic, counts one, writes the row. raw: the bytes as they came. */
void rejects_add(struct rejects *rejects, enum diag_id id, struct place place, struct slice raw,
    const char *reason, ...) __attribute__((format(printf, 5, 6)));

/* Puts the file in its place. -1 after a diagnostic. */
int rejects_close(struct rejects *rejects);

#endif
