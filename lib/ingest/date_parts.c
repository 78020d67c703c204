/* date_parts.c: the pieces that dates are made of */
#include "ingest/date_parts.h"

#include <string.h>

bool
date_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
date_is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

bool
date_char(struct date_reading *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

/* At least `least` digits, at most `most`. */
bool
date_digits(struct date_reading *r, int least, int most, int *number)
{
	int value = 0, n = 0;

	while (n < most && r->p < r->end && date_is_digit(*r->p)) {
		value = value * 10 + (*r->p++ - '0');
		n++;
	}
	*number = value;
	return n >= least;
}

bool
date_fraction(struct date_reading *r)
{
	const char *start = r->p;

	while (r->p < r->end && date_is_digit(*r->p))
		r->p++;
	return r->p > start;
}

/* The text in either case, ASCII. */
bool
date_word(struct date_reading *r, const char *word)
{
	size_t n = strlen(word), i;

	if ((size_t)(r->end - r->p) < n)
		return false;
	for (i = 0; i < n; i++)
		if (lower(r->p[i]) != word[i])
			return false;
	r->p += n;
	return true;
}

/* "Mar", "March" or "mar.", English. */
bool
date_month_name(struct date_reading *r)
{
	static const char *const names[] = {"january", "february", "march", "april", "may", "june",
	    "july", "august", "september", "october", "november", "december"};
	char short_name[4];
	int i;

	for (i = 0; i < 12; i++) {
		memcpy(short_name, names[i], 3);
		short_name[3] = '\0';
		if (!date_word(r, short_name))
			continue;
		if (!date_word(r, names[i] + 3) && r->p < r->end && *r->p == '.')
			r->p++;
		r->civil.month = i + 1;
		return r->p == r->end || !date_is_letter(*r->p);
	}
	return false;
}

/* "AM", "pm", "a.m." */
bool
date_half(struct date_reading *r)
{
	r->twelve = true;
	r->afternoon = r->p < r->end && lower(*r->p) == 'p';
	return date_word(r, "am") || date_word(r, "pm") || date_word(r, "a.m.") ||
	    date_word(r, "p.m.");
}

/* "Z", "UTC", "GMT", "+hh:mm", "+hhmm", "+hh". */
bool
date_zone(struct date_reading *r)
{
	int hours, minutes = 0;
	bool west;

	r->zoned = true;
	r->offset = 0;
	if (date_word(r, "z"))
		return true;
	if ((date_word(r, "utc") || date_word(r, "gmt")) &&
	    (r->p == r->end || (*r->p != '+' && *r->p != '-')))
		return true;
	if (r->p == r->end || (*r->p != '+' && *r->p != '-'))
		return false;
	west = *r->p++ == '-';
	if (!date_digits(r, 2, 2, &hours))
		return false;
	if (r->p < r->end && *r->p == ':') {
		r->p++;
		if (!date_digits(r, 2, 2, &minutes))
			return false;
	} else if (r->p < r->end && date_is_digit(*r->p) && !date_digits(r, 2, 2, &minutes)) {
		return false;
	}
	r->offset = (int64_t)hours * 3600 + minutes * 60;
	if (west)
		r->offset = -r->offset;
	return hours < 24 && minutes < 60;
}

/* Years 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999: the range of instants. */
bool
date_short_year(struct date_reading *r)
{
	if (!date_digits(r, 2, 2, &r->civil.year))
		return false;
	r->civil.year += r->civil.year < 50 ? 2000 : 1900;
	return true;
}

/* .NET, SQL Server, OLE and spreadsheets, MySQL, Unix: where each begins to count, or ends. */
bool
date_is_unset(const struct date_reading *r)
{
	static const struct civil unset[] = {{.year = 0, .month = 0, .day = 0},
	    {.year = 1, .month = 1, .day = 1}, {.year = 1753, .month = 1, .day = 1},
	    {.year = 1899, .month = 12, .day = 30}, {.year = 1899, .month = 12, .day = 31},
	    {.year = 1900, .month = 1, .day = 1}, {.year = 9999, .month = 12, .day = 31}};
	const struct civil *c = &r->civil;
	size_t i;

	for (i = 0; i < sizeof(unset) / sizeof(*unset); i++)
		if (c->year == unset[i].year && c->month == unset[i].month &&
		    c->day == unset[i].day)
			return true;
	return c->year == 1970 && c->month == 1 && c->day == 1 && c->minute == 0 &&
	    c->second == 0 && r->offset == 0 && c->hour == (r->twelve && !r->afternoon ? 12 : 0);
}

/* Whether the fields are a date and a time; turns the 12-hour clock into the other. */
bool
date_settle(struct date_reading *r)
{
	struct civil *c = &r->civil;

	if (r->twelve) {
		if (c->hour < 1 || c->hour > 12)
			return false;
		c->hour = c->hour % 12 + (r->afternoon ? 12 : 0);
	}
	r->leap = c->second == 60;
	c->second -= r->leap;
	return c->hour < 24 && c->minute < 60 && c->second < 60 &&
	    instant_date_valid(c->year, c->month, c->day);
}

/* Seconds are inserted at the end of a month only, UTC; each is read as the one before. */
static bool
may_leap(int64_t instant)
{
	struct civil next;

	instant_to_civil(instant + 1, &next);
	return next.day == 1 && next.hour == 0 && next.minute == 0 && next.second == 0;
}

enum date_result
date_resolve(const struct date_reading *r, const struct zone *zone, int64_t *instant)
{
	enum zone_case how = ZONE_UNIQUE;
	int64_t local, found;

	if (r->civil.year < 1949 || r->civil.year > 2101)
		return DATE_OUTSIDE;
	local = found = instant_from_civil(&r->civil);
	if (r->zoned)
		found = local - r->offset;
	else if (zone != zone_utc())
		how = zone_resolve(zone, local, &found);
	if (!instant_in_range(found))
		return DATE_OUTSIDE;
	if (r->leap && !may_leap(found))
		return DATE_BAD;
	*instant = found;
	return how == ZONE_UNIQUE ? DATE_READ : how == ZONE_FOLD ? DATE_FOLD : DATE_GAP;
}
