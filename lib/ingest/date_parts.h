/* date_parts.h: the pieces that dates are made of, inside lib/ingest */
/* Rank: ingest. */
#ifndef SLA_INGEST_DATE_PARTS_H
#define SLA_INGEST_DATE_PARTS_H

#include "ingest/dates.h"
#include "time/instant.h"

/* What has been read of a text so far. Zero-initialise but for p and end. */
struct date_reading {
	const char *p, *end;
	struct civil civil;
	int64_t offset; /* seconds east of UTC, where zoned */
	bool zoned, afternoon, twelve;
	bool leap; /* the second was 60 */
};

bool date_is_digit(char c);
bool date_is_letter(char c);

/*
 * Each takes its piece from r->p on and puts it into *r. False where it is not there: then r->p may
 * have moved.
 */

/* That character; where it is not there, r->p stays. */
bool date_char(struct date_reading *r, char c);
/* At least `least` digits, at most `most`. */
bool date_digits(struct date_reading *r, int least, int most, int *number);
/* One digit or more, dropped. */
bool date_fraction(struct date_reading *r);
/* The word, given in lower case, in letters of either case, ASCII. */
bool date_word(struct date_reading *r, const char *word);
/* "Mar", "March" or "mar.", English. */
bool date_month_name(struct date_reading *r);
/* "AM", "pm", "a.m." */
bool date_half(struct date_reading *r);
/* "Z", "UTC", "GMT", "+hh:mm", "+hhmm", "+hh", "UTC-04". */
bool date_zone(struct date_reading *r);
/* Two digits; 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999: the range of instants. */
bool date_short_year(struct date_reading *r);

/*
 * Whether the pieces, not yet settled, are what a system writes for no date at all: zeros, the
 * first day that its kind of date has, or the last.
 */
bool date_is_unset(const struct date_reading *r);
/* Whether the pieces are a date and a time; turns the 12-hour clock into the other. Once a text. */
bool date_settle(struct date_reading *r);
/* The instant of what was settled; a local time is one of zone. DATE_BAD: a second 60 that is none. */
enum date_result
date_resolve(const struct date_reading *r, const struct zone *zone, int64_t *instant);

/* A number of seconds, or of 1/per_second, since 1970; a fraction is dropped, rounding down. */
enum date_result date_epoch(struct slice text, int64_t per_second, int64_t *instant);
/* A spreadsheet's serial number in its 1900 system: local days since 1899-12-30. */
enum date_result date_excel(struct slice text, const struct zone *zone, int64_t *instant);

/* dates_read() for the styles DATE_AUTO, DATE_DMY and DATE_MDY: dates_auto.c. */
enum date_result
date_auto(enum date_style style, const struct zone *zone, struct slice text, int64_t *instant);

#endif
