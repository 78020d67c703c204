/* calendar.h: business time, as working segments in UTC with running sums */
/* Rank: time. */
#ifndef SLA_TIME_CALENDAR_H
#define SLA_TIME_CALENDAR_H

#include "time/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALENDAR_WHY 128 /* room for a reason, the NUL among it */

/*
 * Working hours [start, end) in seconds of local time from midnight: start 0..86399, end 0..86400
 * (86400, and 0 too, is 24:00, the next local midnight), not the same. Where end is before start
 * they cross midnight: to 24:00 of the day they stand for, then from 00:00 to end on the next
 * civil day.
 */
struct calendar_hours {
	int32_t start, end;
};

/* The hours of one day, in any order; overlapping ones count once. */
struct calendar_day {
	const struct calendar_hours *hours;
	size_t n;
};

/* A date; year 0 means every year (29 February then exists in leap years only). */
struct calendar_date {
	int year, month, day;
};

/* A date with hours of its own; no hours: closed. */
struct calendar_exception {
	struct calendar_date date;
	struct calendar_day day;
};

/*
 * What a calendar is made from: plain data, filled in and owned by the caller. calendar_new()
 * copies all but the zone, which must outlive the calendar.
 *
 * A night shift is split at midnight. A holiday takes away its civil date, local midnight to local
 * midnight, and no more: the shift that began on its eve ends at 24:00, and the morning after
 * keeps the end of the shift that would have begun on it. An exception's hours stand for all of
 * its civil date and, where they cross midnight, for the morning after. When a date is named more
 * than once a full date goes before a yearly one, then an exception before a holiday, then the
 * later entry before the earlier.
 */
struct calendar_rules {
	const struct zone *zone;              /* NULL: UTC */
	bool always;                          /* 24 hours a day: week is not looked at */
	struct calendar_day week[SUNDAY + 1]; /* by enum weekday */
	const struct calendar_date *holidays;
	size_t nholidays;
	const struct calendar_exception *exceptions;
	size_t nexceptions;
};

/*
 * A compiled calendar. The years that are asked for are compiled when they are first needed, so a
 * calendar changes while it is used: one thread at a time.
 *
 * The definition (DESIGN section 4; the choices are those of oracles/business-time/DECISIONS.md):
 * working time is the union of the hours of all days, their ends found by RFC 5545 section 3.3.5
 * (zone_resolve()), except that 00:00 and 24:00 are zone_day_start(); it is counted in elapsed
 * seconds. Everything works on INSTANT_MIN..INSTANT_MAX; outside there is no working time.
 */
struct calendar;

/* NULL with the reason in why when the rules are not sound. The caller owns it: calendar_free(). */
struct calendar *calendar_new(const struct calendar_rules *rules, char why[CALENDAR_WHY]);
void calendar_free(struct calendar *calendar);

/* The zone the calendar was made with, never NULL. */
const struct zone *calendar_zone(const struct calendar *calendar);

/*
 * The same hours in another zone (NULL: its own), and without its holidays and exceptions unless
 * `holidays`: to ask whether that is what somebody else counted. It belongs to `calendar`, and is
 * `calendar` itself where nothing differs.
 */
struct calendar *
calendar_variant(struct calendar *calendar, const struct zone *zone, bool holidays);

/* Whether all time is working time. */
bool calendar_is_always(const struct calendar *calendar);

/*
 * Working seconds in [from, to). -1 when to < from, which is an error in the data, and when one
 * of them is outside INSTANT_MIN..INSTANT_MAX (INSTANT_NONE among them).
 */
int64_t calendar_between(struct calendar *calendar, int64_t from, int64_t to);

/*
 * The earliest instant d >= from with between(from, d) = seconds: `from` itself for 0, the closing
 * instant where the time is just used up. INSTANT_NONE when there is none to the end of 2100, for
 * a negative number and for a `from` out of range.
 */
int64_t calendar_add(struct calendar *calendar, int64_t from, int64_t seconds);

/* The same, but the answer is moved on to the next working instant (the latest such d). */
int64_t calendar_add_opening(struct calendar *calendar, int64_t from, int64_t seconds);

/* What calendar_add_days() does with the time of day. */
enum calendar_days { CALENDAR_SAME_TIME, CALENDAR_END_OF_DAY };

/*
 * `days` business days on: `from` is moved to the next working instant, then as many civil dates
 * with working time are counted from the date of that. The answer is the same local time of day
 * on the date reached, but not after the last closing of that date, or that closing itself. It is
 * not moved to an opening: Friday 08:46 and one day is Monday 08:46 even if Monday opens at 10:30.
 * INSTANT_NONE as for calendar_add().
 */
int64_t
calendar_add_days(struct calendar *calendar, int64_t from, int64_t days, enum calendar_days mode);

/* Whether an instant is working time; the closing instant is not. */
bool calendar_is_open(struct calendar *calendar, int64_t instant);

/* The first working instant that is not before `instant`; INSTANT_NONE when there is none. */
int64_t calendar_next_open(struct calendar *calendar, int64_t instant);

/*
 * The end of the working segment that holds `instant` or, where it is not working time, of the
 * next one. INSTANT_NONE when there is none or it never closes.
 */
int64_t calendar_next_close(struct calendar *calendar, int64_t instant);

/*
 * The first working segment [*start, *end) with an end after `instant`; false when there is none.
 * Segments are disjoint and do not touch. To walk over them ask again with *end.
 */
bool calendar_segment(struct calendar *calendar, int64_t instant, int64_t *start, int64_t *end);

#endif
