/* instant.h: instants, civil dates and how both are written */
/* Rank: time. */
#ifndef SLA_TIME_INSTANT_H
#define SLA_TIME_INSTANT_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An instant is an int64_t: seconds since 1970-01-01T00:00:00Z without leap seconds. Instants in
 * data lie in INSTANT_MIN..INSTANT_MAX, both included; INSTANT_NONE stands for "not known".
 */
#define INSTANT_NONE    INT64_MIN
#define INSTANT_MIN     INT64_C(-631152000) /* 1950-01-01T00:00:00Z */
#define INSTANT_MAX     INT64_C(4133980799) /* 2100-12-31T23:59:59Z */
#define SECONDS_PER_DAY INT64_C(86400)

/* Bytes that instant_format() writes, the NUL among them. */
#define INSTANT_TEXT 21

/* Days of the week as instant_weekday() numbers them. */
enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* A date and a time of day in the proleptic Gregorian calendar; month and day from 1. */
struct civil {
	int year, month, day;
	int hour, minute, second;
};

static inline bool
instant_in_range(int64_t instant)
{
	return instant >= INSTANT_MIN && instant <= INSTANT_MAX;
}

/* Whether there is such a date: month 1..12, day 1..its last; years 0 to 9999. */
bool instant_date_valid(int year, int month, int day);

/* Days from 1970-01-01 to a valid date; negative before it. */
int64_t instant_days(int year, int month, int day);

/* The date of a day counted from 1970-01-01; the time of day becomes 00:00:00. */
void instant_date(int64_t days, struct civil *civil);

/* The day that holds a count of seconds, rounded down for negative ones too. */
int64_t instant_day_of(int64_t seconds);

/* The weekday of a day counted from 1970-01-01. */
enum weekday instant_weekday(int64_t days);

/* Date and time of day of a count of seconds, and back. Neither knows of zones. */
void instant_to_civil(int64_t seconds, struct civil *civil);
int64_t instant_from_civil(const struct civil *civil);

/*
 * Reads an RFC 3339 date-time: "2026-03-01T09:30:00Z", 't' and 'z' too, any fraction of a second
 * (dropped, so rounded down), or an offset "+hh:mm" or "-hh:mm" instead of 'Z'. Strict otherwise:
 * no blanks, no missing parts, nothing behind. The leap second 23:59:60 UTC at the end of a month
 * is read as 23:59:59, so that it stays on its date. False, leaving *instant alone, for other text
 * and for instants outside INSTANT_MIN..INSTANT_MAX.
 */
bool instant_parse(struct slice text, int64_t *instant);

/* Writes "YYYY-MM-DDTHH:MM:SSZ" and a NUL; an empty string outside the years 0 to 9999. */
void instant_format(int64_t instant, char text[INSTANT_TEXT]);

/*
 * Writes an elapsed time for people: the largest unit and the one below it where that is not
 * zero, the rest dropped: "2d 3h", "1h 30m", "45m", "30s", "0s", "-5m". A `d` is 24 hours, so
 * this is for ages, not for business time. Cut to size bytes, always with a NUL; size > 0.
 */
void instant_format_duration(int64_t seconds, char *text, size_t size);
/* The same for working time, of which nobody knows how long a day is: hours are its largest unit. */
void instant_format_working(int64_t seconds, char *text, size_t size);

#endif
