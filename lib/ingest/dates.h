/* dates.h: instants from the ways in which exports write them */
/* Rank: ingest. */
#ifndef SLA_INGEST_DATES_H
#define SLA_INGEST_DATES_H

#include "base/slice.h"
#include "time/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest pattern, in steps: letters and other characters. */
#define DATE_STEPS 48

enum date_style {
	DATE_PATTERN,
	DATE_ISO,
	DATE_EPOCH,
	DATE_EPOCH_MS,
	DATE_EXCEL,
	/* Any common spelling; which of day and month comes first is open, day, or month. */
	DATE_AUTO,
	DATE_DMY,
	DATE_MDY
};

/*
 * One compiled format: the letters of sla-map(5), or one of its words. A value
 * that owns nothing.
 */
struct date_format {
	enum date_style style;
	size_t nsteps;
	char steps[DATE_STEPS]; /* a letter of the pattern, or LITERAL and a character */
};

enum date_result {
	DATE_READ,
	DATE_FOLD,    /* read; the local time happened twice: the first was taken */
	DATE_GAP,     /* read; the local time never happened: taken later by the gap */
	DATE_BAD,     /* none of the formats fits, or there is no such date */
	DATE_OUTSIDE, /* a date outside 1950 to 2100 */
	DATE_UNSET    /* one of those by which systems write that there is none: 0001-01-01 */
};

/* NULL, or static text that says what is wrong with the pattern. */
const char *date_format_compile(struct date_format *format, struct slice pattern);

/*
 * Reads text (without blanks around it) by the first of the formats that fits;
 * a local time is one of zone. *instant is left alone where it is not read.
 * By DATE_AUTO a date such as 03/04/2026 gives no instant but a pair of them.
 */
enum date_result dates_read(const struct date_format *formats, size_t nformats,
    const struct zone *zone, struct slice text, int64_t *instant);

/*
 * A pair stands for a numeric date of which nothing tells whether the day or the month comes
 * first: both instants in one number, above that of any instant. Where there is but one such date
 * (25/04/2026), the pair has that instant alone, and is a witness for its column.
 */
enum date_order { ORDER_DAY_FIRST = 1, ORDER_MONTH_FIRST = 2 };

#define DATE_PAIR (INT64_C(1) << 62)

/* Both readings of a date; INSTANT_NONE for the one that is none, but not for both. */
int64_t date_pair(int64_t day_first, int64_t month_first);

static inline bool
date_is_pair(int64_t cell)
{
	return cell >= DATE_PAIR;
}

/* The instant of a pair in that order, INSTANT_NONE where it has none. */
int64_t date_pair_instant(int64_t pair, enum date_order order);

#endif
