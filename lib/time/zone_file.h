/* zone_file.h: what the readers of a zone file hand to each other, inside lib/time */
/* Rank: time. */
#ifndef SLA_TIME_ZONE_FILE_H
#define SLA_TIME_ZONE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No offset is as far from UTC as this (RFC 9636 section 3.2 allows -25 h to +26 h). */
#define ZONE_OFFSET_LIMIT INT32_C(93600)

/* From `at` on, the zone is `offset` seconds east of UTC. */
struct zone_change {
	int64_t at;
	int32_t offset;
};

/*
 * Changes in strictly ascending order; the first one's `at` is INT64_MIN. Owned by whoever holds
 * the struct, freed with mem_free(change). Zero-initialised it is empty.
 */
struct zone_changes {
	struct zone_change *change;
	size_t n, cap;
	int64_t last; /* the latest instant given to zone_changes_add(), kept or dropped */
};

/*
 * Adds a change that is not before the last: one at the same instant replaces it, one that
 * changes nothing is dropped.
 */
void zone_changes_add(struct zone_changes *changes, int64_t at, int32_t offset);

/*
 * Reads the n bytes of a TZif file into changes, which must be empty, and its footer's rule up to
 * the end of 2102. False with *why (static text) for anything that is not sound.
 */
bool
zone_read_tzif(const unsigned char *p, size_t n, struct zone_changes *changes, const char **why);

/*
 * Reads a POSIX TZ string with the extensions of RFC 9636 section 3.3.2 (n bytes, not
 * NUL-terminated) and adds the changes it makes after changes->last, to the end of
 * 2102. Where changes is empty the rule holds for all time. False when it is malformed.
 */
bool zone_read_rule(const char *p, size_t n, struct zone_changes *changes);

#endif
