/* zone.h: offsets from UTC, read from the system's time zone files */
/* Rank: time. */
#ifndef SLA_TIME_ZONE_H
#define SLA_TIME_ZONE_H

#include "time/instant.h"

#include <stdbool.h>
#include <stdint.h>

#define ZONE_DIRECTORY "/usr/share/zoneinfo"
#define ZONE_WHY       128 /* room for a reason, the NUL among it */

/*
 * One time zone, complete for the years 1949 to 2101 and read-only once loaded: it may be shared
 * between threads. Depends on no environment variable. Leap seconds do not exist here. Any instant
 * is safe to ask about whose local time fits the years 0 to 9999; outside 1949 to 2101 the answer
 * may be the offset of another year.
 */
struct zone;

/* How a local time lies to the zone's changes of offset. */
enum zone_case {
	ZONE_UNIQUE, /* it happened once */
	ZONE_FOLD,   /* twice, as the clocks went back */
	ZONE_GAP     /* never, as they went forward */
};

/*
 * Reads the zone of that name ("Europe/Berlin") from ZONE_DIRECTORY; "UTC" and "Etc/UTC" need no
 * file. The format is RFC 9636 (TZif), version 2 or later, with its footer rule. Names with
 * characters outside [A-Za-z0-9_+./-], a leading '/' or ".." are refused. NULL with the reason in
 * why, which does not repeat the name. The caller owns the zone: zone_free().
 */
struct zone *zone_load(const char *name, char why[ZONE_WHY]);
/* The same from another directory. */
struct zone *zone_load_from(const char *directory, const char *name, char why[ZONE_WHY]);
void zone_free(struct zone *zone);

/* UTC itself: static, never to be freed. */
const struct zone *zone_utc(void);

/* The name it was loaded by; lives as long as the zone. */
const char *zone_name(const struct zone *zone);

/* Seconds east of UTC at that instant (west is negative). */
int32_t zone_offset(const struct zone *zone, int64_t instant);

/* Date and time of day that a clock in the zone shows at that instant. */
void zone_local(const struct zone *zone, int64_t instant, struct civil *civil);

/*
 * The instant of a local time, which is given in seconds as if it were UTC
 * (instant_from_civil()). By RFC 5545 section 3.3.5: of two instants the first; a time in a gap is
 * read with the offset from before the gap, so it comes out later by the length of the gap.
 */
enum zone_case zone_resolve(const struct zone *zone, int64_t local, int64_t *instant);

/*
 * The instant at which a civil day (counted from 1970-01-01) begins: its local midnight, the first
 * of two; where midnight lies in a gap, the instant of the change.
 */
int64_t zone_day_start(const struct zone *zone, int64_t day);

/* The first change of offset after that instant, INSTANT_NONE when there is none. */
int64_t zone_next_change(const struct zone *zone, int64_t instant);

#endif
