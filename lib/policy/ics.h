/* ics.h: the whole days of an iCalendar file; lib/policy only */
/* Rank: policy. */
#ifndef SLA_POLICY_ICS_H
#define SLA_POLICY_ICS_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ICS_WHY 128 /* room for a reason, the NUL among it */

/* The most days that one file may give: each day from 1950 to 2100 is 55,152 of them. */
#define ICS_DAYS 100000

/* Zero-initialise; ics_free() gives the memory back. */
struct ics {
	int64_t *days; /* counted from 1970-01-01, from 1950 to 2100, ascending, each once */
	size_t ndays, cap;
	int64_t timed; /* events with a time of day, which were left out */
};

/*
 * Reads an iCalendar (RFC 5545): the days of its whole-day events, recurrence expanded by
 * RRULE, RDATE, EXDATE, EXRULE and RECURRENCE-ID. Cancelled events do not count, transparent
 * ones do. False with the reason in why for text that is none, is cut off, has no whole-day
 * event, or says a date or rule in a way that cannot be read.
 */
bool ics_read(struct ics *ics, struct slice text, char why[ICS_WHY]);
void ics_free(struct ics *ics);

#endif
