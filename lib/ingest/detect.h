/* detect.h: the system that an export comes from, told from how its files begin */
/* Rank: ingest. */
#ifndef SLA_INGEST_DETECT_H
#define SLA_INGEST_DETECT_H

#include "base/input.h"

struct detection;

/* detect_free() gives it back; the names of inputs must live as long. */
struct detection *detect_new(void);

/*
 * Looks at the beginning of a file, of which nothing is taken. A built-in map is a candidate for
 * it where one of its parts or lookups has all its `detect` members in the header, or in the
 * first records where it is JSON. -1 after a diagnostic where the file is empty, where no map fits
 * (it names the nearest and what that misses), or none that fits the files before too.
 */
int detect_file(struct detection *d, struct input *input);

/*
 * The one built-in map that is left after all files, which a note on each file then tells with
 * the roles of the file. NULL after a diagnostic where several are left: it names them. The name
 * is static.
 */
const char *detect_source(const struct detection *d);

void detect_free(struct detection *d);

#endif
