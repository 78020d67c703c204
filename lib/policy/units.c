/* units.c: durations, dates and times of day as a policy writes them */
#include "policy/units.h"

#include "base/num.h"
#include "time/instant.h"

#include <string.h>

#define FIRST_YEAR 1950
#define LAST_YEAR  2100
#define LEAP_YEAR  2000 /* any: 29 February is a yearly date */

#define TOO_LONG "is longer than 100 years"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits at the front of *text, which moves behind them; INT64_MAX where they are too many. */
static int64_t
take_number(const char **text)
{
	struct slice digits = {*text, 0};
	int64_t number = INT64_MAX;

	while (is_digit(digits.p[digits.n]))
		digits.n++;
	*text += digits.n;
	num_i64(digits, &number);
	return number;
}

static const char *
refuse_unit(const char *unit)
{
	switch (*unit) {
	case '\0':
		return "has no unit: write 15m, or 15s";
	case '.':
	case ',':
		return "must have whole numbers: write 1h30m";
	case 'd':
		return "has the unit d, which is ambiguous: write 24h or 1bd";
	case 'w':
		return "has the unit w, which is ambiguous: write 168h or 5bd";
	default:
		return "must have the units s, m, h (as 15m or 1h30m) or bd";
	}
}

static const char *
read_days(const char *behind, int64_t days, bool alone, struct duration *duration)
{
	if (*behind != '\0' || !alone)
		return "cannot have bd together with another unit";
	if (days == 0)
		return "cannot be no business day: write 0s";
	if (days > DURATION_LIMIT / SECONDS_PER_DAY)
		return TOO_LONG;
	*duration = (struct duration){.seconds = -1, .days = days};
	return NULL;
}

/* Seconds of a unit, 0 where it is none. */
static int64_t
unit_seconds(char unit)
{
	return unit == 'h' ? 3600 : unit == 'm' ? 60 : unit == 's' ? 1 : 0;
}

const char *
units_duration(const char *text, struct duration *duration)
{
	int64_t total = 0, before = INT64_MAX, number, unit;

	if (strcmp(text, "0") == 0) {
		*duration = (struct duration){.seconds = 0, .days = -1};
		return NULL;
	}
	do {
		if (!is_digit(*text))
			return "must be a whole number with a unit, as 15m or 2bd";
		number = take_number(&text);
		if (strncmp(text, "bd", 2) == 0)
			return read_days(text + 2, number, before == INT64_MAX, duration);
		unit = unit_seconds(*text);
		if (unit == 0)
			return refuse_unit(text);
		if (unit >= before)
			return "must have its units in the order h, m, s, each once";
		if (number > DURATION_LIMIT / unit)
			return TOO_LONG;
		before = unit;
		total += number * unit;
		text++;
	} while (*text != '\0');
	if (total > DURATION_LIMIT)
		return TOO_LONG;
	*duration = (struct duration){.seconds = total, .days = -1};
	return NULL;
}

/* Exactly n digits at p; -1 where they are not. */
static int
fixed_number(const char *p, size_t n)
{
	int number = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!is_digit(p[i]))
			return -1;
		number = number * 10 + (p[i] - '0');
	}
	return number;
}

static bool
read_month_day(const char *p, struct calendar_date *date)
{
	date->month = fixed_number(p, 2);
	date->day = fixed_number(p + 3, 2);
	return p[2] == '-' && date->month != -1 && date->day != -1;
}

bool
units_date(struct slice text, struct calendar_date *date)
{
	struct calendar_date read;

	if (text.n != 10 || text.p[4] != '-' || !read_month_day(text.p + 5, &read))
		return false;
	read.year = fixed_number(text.p, 4);
	if (read.year < FIRST_YEAR || read.year > LAST_YEAR ||
	    !instant_date_valid(read.year, read.month, read.day))
		return false;
	*date = read;
	return true;
}

bool
units_yearly(struct slice text, struct calendar_date *date)
{
	struct calendar_date read = {0};

	if (text.n != 5)
		return units_date(text, date);
	if (!read_month_day(text.p, &read) || !instant_date_valid(LEAP_YEAR, read.month, read.day))
		return false;
	*date = read;
	return true;
}

int64_t
units_day(const struct calendar_date *date)
{
	return instant_days(date->year, date->month, date->day);
}

/* "HH:MM" at p to seconds from midnight, -1 where it is not one; 24:00 is the latest. */
static int32_t
read_clock(const char *p)
{
	int hour = fixed_number(p, 2), minute;

	if (hour == -1 || p[2] != ':')
		return -1;
	minute = fixed_number(p + 3, 2);
	if (minute == -1 || minute > 59 || hour * 60 + minute > 24 * 60)
		return -1;
	return (int32_t)(hour * 60 + minute) * 60;
}

const char *
units_hours(const char *text, struct calendar_hours *hours)
{
	struct calendar_hours read;

	if (strlen(text) != 11 || text[5] != '-')
		return "must look like 09:00-17:30";
	read.start = read_clock(text);
	read.end = read_clock(text + 6);
	if (read.start == -1 || read.end == -1 || read.start == SECONDS_PER_DAY)
		return "has a time that is not 00:00 to 24:00 (24:00 as an end only)";
	if (read.start == read.end)
		return "is empty: for a whole day write 00:00-24:00";
	if (read.end == 0)
		read.end = (int32_t)SECONDS_PER_DAY;
	*hours = read;
	return NULL;
}
