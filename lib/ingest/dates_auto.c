/* dates_auto.c: dates recognised without a format, and which of day and month comes first */
#include "ingest/date_parts.h"

#include "base/num.h"

#include <string.h>

/*
 * A pair's bits from below: 33 of the instant of the reading that there is (the day first of two),
 * counted from PAIR_BASE; 26 that say how far off the other one is, counted from PAIR_MIDDLE. The
 * two lie within one year, so less than 366 days apart.
 */
#define PAIR_BASE        (-(INT64_C(1) << 31))
#define PAIR_BITS        33
#define PAIR_DAY_ALONE   0
#define PAIR_MONTH_ALONE 1
#define PAIR_MIDDLE      (INT64_C(1) << 25)

int64_t
date_pair(int64_t day_first, int64_t month_first)
{
	int64_t apart = PAIR_DAY_ALONE, instant = day_first;

	if (day_first == INSTANT_NONE) {
		apart = PAIR_MONTH_ALONE;
		instant = month_first;
	} else if (month_first != INSTANT_NONE) {
		apart = month_first - day_first + PAIR_MIDDLE;
	}
	return DATE_PAIR | apart << PAIR_BITS | (instant - PAIR_BASE);
}

int64_t
date_pair_instant(int64_t pair, enum date_order order)
{
	int64_t instant = (pair & ((INT64_C(1) << PAIR_BITS) - 1)) + PAIR_BASE;
	int64_t apart = (pair - DATE_PAIR) >> PAIR_BITS;

	if (apart == PAIR_DAY_ALONE)
		return order == ORDER_DAY_FIRST ? instant : INSTANT_NONE;
	if (apart == PAIR_MONTH_ALONE)
		return order == ORDER_MONTH_FIRST ? instant : INSTANT_NONE;
	return order == ORDER_DAY_FIRST ? instant : instant + apart - PAIR_MIDDLE;
}

static void
skip_blanks(struct date_reading *r)
{
	while (date_char(r, ' '))
		continue;
}

static size_t
count_digits(const struct date_reading *r)
{
	size_t n = 0;

	while (r->p + n < r->end && date_is_digit(r->p[n]))
		n++;
	return n;
}

/* A year of four digits or two. */
static bool
read_year(struct date_reading *r)
{
	size_t n = count_digits(r);

	return n == 4 ? date_digits(r, 4, 4, &r->civil.year) : n == 2 && date_short_year(r);
}

/* "2024-03-12", "2024/3/12", "2024.03.12", "2024-Mar-12": one mark between all parts. */
static bool
read_year_first(struct date_reading *r)
{
	char mark;

	if (!date_digits(r, 4, 4, &r->civil.year) || r->p == r->end)
		return false;
	mark = *r->p++;
	if (strchr("-/.", mark) == NULL)
		return false;
	if (r->p < r->end && date_is_letter(*r->p)) {
		if (!date_month_name(r))
			return false;
	} else if (!date_digits(r, 1, 2, &r->civil.month)) {
		return false;
	}
	return date_char(r, mark) && date_digits(r, 1, 2, &r->civil.day);
}

/* "9:41", "09:41:07.123" */
static bool
read_clock(struct date_reading *r)
{
	if (!date_digits(r, 1, 2, &r->civil.hour) || !date_char(r, ':') ||
	    !date_digits(r, 2, 2, &r->civil.minute))
		return false;
	if (!date_char(r, ':'))
		return true;
	if (!date_digits(r, 2, 2, &r->civil.second))
		return false;
	return (!date_char(r, '.') && !date_char(r, ',')) || date_fraction(r);
}

/* "Mar 12, 2024", "March 12 2024"; "Mar 12 09:41:07 2024" as asctime(3) has it. */
static bool
read_name_first(struct date_reading *r)
{
	if (!date_month_name(r))
		return false;
	skip_blanks(r);
	if (!date_digits(r, 1, 2, &r->civil.day))
		return false;
	date_char(r, ',');
	skip_blanks(r);
	if (count_digits(r) > 2 || r->end - r->p < 3 || r->p[count_digits(r)] != ':')
		return read_year(r);
	if (!read_clock(r))
		return false;
	skip_blanks(r);
	return date_digits(r, 4, 4, &r->civil.year) && r->p == r->end;
}

/* "20240312", with a time behind it. */
static bool
read_packed_date(struct date_reading *r)
{
	return date_digits(r, 4, 4, &r->civil.year) && date_digits(r, 2, 2, &r->civil.month) &&
	    date_digits(r, 2, 2, &r->civil.day);
}

/* Behind the day of "12/Mar/24", "12 March 2024", "12-Mar-2024". */
static bool
read_name_second(struct date_reading *r, char mark)
{
	if (!date_month_name(r))
		return false;
	if (mark == ' ')
		skip_blanks(r);
	else if (!date_char(r, mark))
		return false;
	return read_year(r);
}

/*
 * "12/03/2024", "12-03-24": *ordered, with the first number as the day. Points between the numbers
 * are written where the day comes first: "12.03.2024".
 */
static bool
read_number_first(struct date_reading *r, bool *ordered)
{
	char mark;

	if (!date_digits(r, 1, 2, &r->civil.day) || r->p == r->end)
		return false;
	mark = *r->p++;
	if (strchr("-/. ", mark) == NULL)
		return false;
	skip_blanks(r);
	if (r->p < r->end && date_is_letter(*r->p))
		return read_name_second(r, mark);
	*ordered = mark != '.';
	return mark != ' ' && date_digits(r, 1, 2, &r->civil.month) && date_char(r, mark) &&
	    read_year(r);
}

/* "Mon, ": a weekday says nothing that the date does not. */
static void
skip_weekday(struct date_reading *r)
{
	static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	const char *start = r->p;
	size_t i;

	for (i = 0; i < 7; i++) {
		if (!date_word(r, names[i]))
			continue;
		date_char(r, ',');
		if (!date_char(r, ' '))
			r->p = start;
		skip_blanks(r);
		return;
	}
}

static bool
read_date(struct date_reading *r, bool *ordered)
{
	size_t n;

	*ordered = false;
	skip_weekday(r);
	n = count_digits(r);
	if (n == 4)
		return read_year_first(r);
	if (n == 8)
		return read_packed_date(r);
	return n > 0 ? read_number_first(r, ordered) : read_name_first(r);
}

/* "0941", "094107" */
static bool
read_packed_time(struct date_reading *r)
{
	size_t n = count_digits(r);

	return (n == 4 || n == 6) && date_digits(r, 2, 2, &r->civil.hour) &&
	    date_digits(r, 2, 2, &r->civil.minute) &&
	    (n == 4 || date_digits(r, 2, 2, &r->civil.second));
}

/* Nothing, or "T09:41", " 9:41 AM", ", 9:41:07.123 +0300". */
static bool
read_time(struct date_reading *r)
{
	bool comma;

	if (r->p == r->end)
		return true;
	comma = date_char(r, ',');
	if (!date_char(r, ' ') && (comma || (!date_char(r, 'T') && !date_char(r, 't'))))
		return false;
	skip_blanks(r);
	if (count_digits(r) >= 4 ? !read_packed_time(r) : !read_clock(r))
		return false;
	skip_blanks(r);
	if (r->p < r->end && strchr("aApP", *r->p) != NULL && !date_half(r))
		return false;
	skip_blanks(r);
	return r->p == r->end || date_zone(r);
}

/* "20240312", "202403120941", "20240312094107". */
static enum date_result
read_packed(const struct zone *zone, struct slice text, int64_t *instant)
{
	struct date_reading r = {.p = text.p, .end = text.p + text.n};
	struct civil *c = &r.civil;

	if (!read_packed_date(&r))
		return DATE_BAD;
	if (r.p < r.end && (!date_digits(&r, 2, 2, &c->hour) || !date_digits(&r, 2, 2, &c->minute)))
		return DATE_BAD;
	if (r.p < r.end && !date_digits(&r, 2, 2, &c->second))
		return DATE_BAD;
	return r.p == r.end && date_settle(&r) ? date_resolve(&r, zone, instant) : DATE_BAD;
}

/*
 * A number: its digits before the fraction tell what it counts, for their ranges between 1950 and
 * 2100 do not meet but at twelve digits, where milliseconds would end in 2001.
 */
static enum date_result
read_number(const struct zone *zone, struct slice text, size_t digits, int64_t *instant)
{
	enum date_result result = DATE_BAD;

	if (digits == 1 && text.n == 1 && *text.p == '0')
		return DATE_UNSET;
	if (digits == 5)
		return date_excel(text, zone, instant);
	if (digits == 9 || digits == 10)
		return date_epoch(text, 1, instant);
	if (digits == text.n && (digits == 8 || digits == 12 || digits == 14))
		result = read_packed(zone, text, instant);
	if (result == DATE_BAD && (digits == 12 || digits == 13))
		return date_epoch(text, 1000, instant);
	return result;
}

/* Both readings of an ordered date, as far as there is such a date. */
static enum date_result
read_pair(const struct date_reading *first, const struct zone *zone, int64_t *cell)
{
	struct date_reading day = *first, month = *first;
	int64_t instants[2] = {INSTANT_NONE, INSTANT_NONE};
	enum date_result results[2] = {DATE_BAD, DATE_BAD};

	month.civil.day = first->civil.month;
	month.civil.month = first->civil.day;
	if (date_settle(&day))
		results[0] = date_resolve(&day, zone, &instants[0]);
	if (date_settle(&month))
		results[1] = date_resolve(&month, zone, &instants[1]);
	if (instants[0] == INSTANT_NONE && instants[1] == INSTANT_NONE)
		return results[0] == DATE_BAD ? results[1] : results[0];
	*cell = date_pair(instants[0], instants[1]);
	if (instants[0] != INSTANT_NONE && instants[1] != INSTANT_NONE)
		return DATE_READ;
	return instants[0] != INSTANT_NONE ? results[0] : results[1];
}

/* Digits, and perhaps a point or a comma with more of them behind; 0 where text is no number. */
static size_t
digits_of_number(struct slice text)
{
	struct date_reading r = {.p = text.p, .end = text.p + text.n};
	size_t n = count_digits(&r);

	r.p += n;
	if (r.p < r.end && (date_char(&r, '.') || date_char(&r, ',')))
		r.p += count_digits(&r);
	return r.p == r.end ? n : 0;
}

/* In either order: the month 30 there is not. */
static bool
is_unset(const struct date_reading *r, bool ordered)
{
	struct date_reading swapped = *r;

	swapped.civil.day = r->civil.month;
	swapped.civil.month = r->civil.day;
	return date_is_unset(r) || (ordered && date_is_unset(&swapped));
}

enum date_result
date_auto(enum date_style style, const struct zone *zone, struct slice text, int64_t *instant)
{
	struct date_reading r = {.p = text.p, .end = text.p + text.n};
	size_t digits = digits_of_number(text);
	int day;
	bool ordered;

	if (digits > 0)
		return read_number(zone, text, digits, instant);
	if (!read_date(&r, &ordered) || !read_time(&r))
		return DATE_BAD;
	if (is_unset(&r, ordered))
		return DATE_UNSET;
	if (ordered && style == DATE_AUTO)
		return read_pair(&r, zone, instant);
	if (ordered && style == DATE_MDY) {
		day = r.civil.month;
		r.civil.month = r.civil.day;
		r.civil.day = day;
	}
	return date_settle(&r) ? date_resolve(&r, zone, instant) : DATE_BAD;
}
