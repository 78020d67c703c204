/* instant.c: instants, civil dates and how both are written */
#include <stdio.h>
#include <string.h>

#include "time/instant.h"

/* 400 years hold 146097 days; a year that begins in March puts the leap day at its end. */
#define DAYS_PER_ERA       146097
#define ERA_TO_EPOCH       719468 /* days from 0000-03-01 to 1970-01-01 */
#define CANONICAL_LENGTH   20     /* of "YYYY-MM-DDTHH:MM:SSZ" */
#define SECONDS_PER_HOUR   3600
#define SECONDS_PER_MINUTE 60

static bool
leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool
instant_date_valid(int year, int month, int day)
{
	static const signed char last[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= last[month - 1] + (month == 2 && leap_year(year));
}

int64_t
instant_days(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
	    ERA_TO_EPOCH;
}

/*
 * Within an era of 400 years: Neri and Schneider, "Euclidean affine functions and their application to
 * calendar algorithms", Software: Practice and Experience 53, 2023, figure 12. A year begins in March.
 */
void
instant_date(int64_t days, struct civil *civil)
{
	int64_t shifted = days + ERA_TO_EPOCH;
	int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	uint32_t n1 = 4 * (uint32_t)(shifted - era * DAYS_PER_ERA) + 3;
	uint32_t century = n1 / DAYS_PER_ERA;
	uint64_t p2 = UINT64_C(2939745) * (n1 % DAYS_PER_ERA / 4 * 4 + 3);
	uint32_t n3 = 2141 * ((uint32_t)p2 / 2939745 / 4) + 197913; /* of the day in the year */
	bool next = n3 >= 2141 * 306 + 197913;                      /* January or February */

	civil->day = (int)(n3 % 65536 / 2141) + 1;
	civil->month = (int)(n3 / 65536) - (next ? 12 : 0);
	civil->year = (int)(era * 400 + 100 * century + (int64_t)(p2 >> 32)) + next;
	civil->hour = civil->minute = civil->second = 0;
}

int64_t
instant_day_of(int64_t seconds)
{
	return seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0);
}

enum weekday
instant_weekday(int64_t days)
{
	int64_t w = (days % 7 + THURSDAY) % 7; /* 1970-01-01 was a Thursday */

	return (enum weekday)(w < 0 ? w + 7 : w);
}

void
instant_to_civil(int64_t seconds, struct civil *civil)
{
	int64_t days = instant_day_of(seconds);
	int rest = (int)(seconds - days * SECONDS_PER_DAY);

	instant_date(days, civil);
	civil->hour = rest / SECONDS_PER_HOUR;
	civil->minute = rest / SECONDS_PER_MINUTE % 60;
	civil->second = rest % 60;
}

int64_t
instant_from_civil(const struct civil *civil)
{
	return instant_days(civil->year, civil->month, civil->day) * SECONDS_PER_DAY +
	    civil->hour * SECONDS_PER_HOUR + civil->minute * SECONDS_PER_MINUTE + civil->second;
}

/*
 * Whether the 8 bytes at p fit the pattern, where '0' stands for any digit and another character
 * for itself. After the exclusive or a digit is 0..9 and a separator 0; adding 0x76 or 0x7f sets
 * the top bit of a byte that is more than that.
 */
static bool
eight_fit(const char *p, const char *pattern, const char *limits)
{
	uint64_t bytes, want, limit;

	memcpy(&bytes, p, sizeof(bytes));
	memcpy(&want, pattern, sizeof(want));
	memcpy(&limit, limits, sizeof(limit));
	bytes ^= want;
	return ((bytes | (bytes + limit)) & UINT64_C(0x8080808080808080)) == 0;
}

static int
two_digits(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* Reads 19 bytes that are known to fit the pattern; the second may be 60. */
static bool
read_fields(const char *p, struct civil *civil)
{
	civil->year = two_digits(p) * 100 + two_digits(p + 2);
	civil->month = two_digits(p + 5);
	civil->day = two_digits(p + 8);
	civil->hour = two_digits(p + 11);
	civil->minute = two_digits(p + 14);
	civil->second = two_digits(p + 17);
	return instant_date_valid(civil->year, civil->month, civil->day) && civil->hour < 24 &&
	    civil->minute < 60 && civil->second <= 60;
}

/* The first 19 bytes "YYYY-MM-DDTHH:MM:SS", the last five of them seen twice. */
static bool
fits_to_seconds(const char *p)
{
	return eight_fit(p, "0000-00-", "\x76\x76\x76\x76\x7f\x76\x76\x7f") &&
	    eight_fit(p + 8, "00T00:00", "\x76\x76\x7f\x76\x76\x7f\x76\x76") &&
	    eight_fit(p + 11, "00:00:00", "\x76\x76\x7f\x76\x76\x7f\x76\x76");
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads what follows the seconds: a fraction, then the offset east of UTC in seconds. */
static bool
read_tail(const char *p, size_t n, int64_t *offset)
{
	size_t i = 0;

	if (n > 0 && p[0] == '.') {
		for (i = 1; i < n && digit(p[i]); i++)
			continue;
		if (i == 1)
			return false;
	}
	p += i;
	n -= i;
	*offset = 0;
	if (n == 1)
		return p[0] == 'Z' || p[0] == 'z';
	if (n != 6 || (p[0] != '+' && p[0] != '-') || p[3] != ':' || !digit(p[1]) || !digit(p[2]) ||
	    !digit(p[4]) || !digit(p[5]) || two_digits(p + 1) > 23 || two_digits(p + 4) > 59)
		return false;
	*offset = two_digits(p + 1) * SECONDS_PER_HOUR + two_digits(p + 4) * SECONDS_PER_MINUTE;
	if (p[0] == '-')
		*offset = -*offset;
	return true;
}

/* Whether an instant begins a month: the only place for a leap second is just before. */
static bool
begins_month(int64_t instant)
{
	struct civil civil;

	instant_to_civil(instant, &civil);
	return civil.day == 1 && civil.hour == 0 && civil.minute == 0 && civil.second == 0;
}

/* Every form but the canonical one. */
static bool
parse_any(struct slice text, int64_t *instant)
{
	char head[CANONICAL_LENGTH];
	struct civil civil;
	int64_t offset, found;

	if (text.n < CANONICAL_LENGTH)
		return false;
	memcpy(head, text.p, sizeof(head));
	if (head[10] == 't')
		head[10] = 'T';
	if (!fits_to_seconds(head) || !read_fields(head, &civil) ||
	    !read_tail(text.p + 19, text.n - 19, &offset))
		return false;
	found = instant_from_civil(&civil) - offset;
	if (civil.second == 60) {
		if (!begins_month(found))
			return false;
		found--;
	}
	if (!instant_in_range(found))
		return false;
	*instant = found;
	return true;
}

bool
instant_parse(struct slice text, int64_t *instant)
{
	struct civil civil;

	if (text.n != CANONICAL_LENGTH || text.p[19] != 'Z' || !fits_to_seconds(text.p))
		return parse_any(text, instant);
	if (!read_fields(text.p, &civil) || civil.year < 1950 || civil.year > 2100)
		return false;
	if (civil.second == 60)
		return parse_any(text, instant);
	*instant = instant_from_civil(&civil);
	return true;
}

static void
put_two(char *p, int number)
{
	static const char pairs[] = "00010203040506070809101112131415161718192021222324"
				    "25262728293031323334353637383940414243444546474849"
				    "50515253545556575859606162636465666768697071727374"
				    "75767778798081828384858687888990919293949596979899";

	memcpy(p, pairs + 2 * number, 2);
}

void
instant_format(int64_t instant, char text[INSTANT_TEXT])
{
	struct civil civil;

	/* The years 0000 and 9999 as whole days, checked before any arithmetic can overflow. */
	if (instant < -719528 * SECONDS_PER_DAY || instant >= 2932897 * SECONDS_PER_DAY) {
		text[0] = '\0';
		return;
	}
	instant_to_civil(instant, &civil);
	memcpy(text, "0000-00-00T00:00:00Z", INSTANT_TEXT);
	put_two(text, civil.year / 100);
	put_two(text + 2, civil.year % 100);
	put_two(text + 5, civil.month);
	put_two(text + 8, civil.day);
	put_two(text + 11, civil.hour);
	put_two(text + 14, civil.minute);
	put_two(text + 17, civil.second);
}

/* first: the largest unit, 0 for days. */
static void
format_from(size_t first, int64_t seconds, char *text, size_t size)
{
	static const struct {
		uint64_t seconds;
		char letter;
	} units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
	uint64_t left = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;
	const char *sign = seconds < 0 ? "-" : "";
	uint64_t next;
	size_t i;

	for (i = first; i < 3 && left < units[i].seconds; i++)
		continue;
	next = i < 3 ? left % units[i].seconds / units[i + 1].seconds : 0;
	left /= units[i].seconds;
	if (next > 0)
		snprintf(text, size, "%s%llu%c %llu%c", sign, (unsigned long long)left,
		    units[i].letter, (unsigned long long)next, units[i + 1].letter);
	else
		snprintf(text, size, "%s%llu%c", sign, (unsigned long long)left, units[i].letter);
}

void
instant_format_duration(int64_t seconds, char *text, size_t size)
{
	format_from(0, seconds, text, size);
}

void
instant_format_working(int64_t seconds, char *text, size_t size)
{
	format_from(1, seconds, text, size);
}
