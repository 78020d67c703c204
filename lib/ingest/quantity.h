/* quantity.h: numbers and lengths of time from the ways in which exports write them */
/* Rank: ingest. */
#ifndef SLA_INGEST_QUANTITY_H
#define SLA_INGEST_QUANTITY_H

#include "base/slice.h"
#include "ingest/map.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Without a unit a decimal integer and nothing else; with one a length of time in seconds,
 * rounded to the nearest: a decimal number of hours, minutes or seconds with a point or a comma,
 * or (UNIT_CLOCK) h:mm or h:mm:ss. False, leaving *number alone, for anything else.
 */
bool quantity_read(struct slice text, enum map_unit unit, int64_t *number);

#endif
