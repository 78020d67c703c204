/* units.h: durations, dates and times of day as a policy writes them */
/* Rank: policy. */
#ifndef SLA_POLICY_UNITS_H
#define SLA_POLICY_UNITS_H

#include "base/slice.h"
#include "time/calendar.h"

#include <stdbool.h>
#include <stdint.h>

/* Either working seconds or business days; the other one is -1. */
struct duration {
	int64_t seconds;
	int64_t days;
};

/* The longest duration: 100 years. */
#define DURATION_LIMIT (INT64_C(36525) * 86400)

/*
 * Reads "0", "15m", "1h30m", "90s", "2bd". NULL where it is a duration, else
 * what is wrong with it (static text) and *duration is left alone.
 */
const char *units_duration(const char *text, struct duration *duration);

/* Reads "YYYY-MM-DD", years 1950 to 2100 (those of INSTANT_MIN and INSTANT_MAX). */
bool units_date(struct slice text, struct calendar_date *date);
/* Reads "MM-DD" too: every year, which struct calendar_date has as year 0. */
bool units_yearly(struct slice text, struct calendar_date *date);
/* The day of a date with a year, counted from 1970-01-01. */
int64_t units_day(const struct calendar_date *date);

/*
 * Reads "HH:MM-HH:MM". NULL, or what is wrong with it. An end of 00:00 is
 * 24:00, so that "22:00-00:00" is what it looks like.
 */
const char *units_hours(const char *text, struct calendar_hours *hours);

#endif
