/* period.c: weeks, months, quarters and years */
#include "time/period.h"

#include <stdio.h>
#include <string.h>

#define MONDAY_BEFORE 4             /* days from 1970-01-05, a Monday, back to the epoch */
#define FIRST_WEEK    INT64_C(3000) /* so that the weeks before 1970 have positive numbers */

static const char *const words[PERIODS] = {"week", "month", "quarter", "year"};

const char *
period_word(enum period period)
{
	return words[period];
}

int
period_of_word(const char *word)
{
	int i;

	for (i = 0; i < PERIODS; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

/* Rounded down for dates before the epoch too; INSTANT_MIN is less than 3000 weeks away. */
static uint32_t
week_of(int64_t day)
{
	return (uint32_t)((day - MONDAY_BEFORE + 7 * FIRST_WEEK) / 7);
}

static int64_t
monday_of(uint32_t week)
{
	return ((int64_t)week - FIRST_WEEK) * 7 + MONDAY_BEFORE;
}

uint32_t
period_at(enum period period, const struct zone *zone, int64_t instant)
{
	struct civil civil;

	zone_local(zone, instant, &civil);
	switch (period) {
	case PERIOD_WEEK:
		return week_of(instant_days(civil.year, civil.month, civil.day));
	case PERIOD_MONTH:
		return (uint32_t)(civil.year * 12 + civil.month - 1);
	case PERIOD_QUARTER:
		return (uint32_t)(civil.year * 4 + (civil.month - 1) / 3);
	default:
		return (uint32_t)civil.year;
	}
}

int64_t
period_start(enum period period, const struct zone *zone, uint32_t number)
{
	int n = (int)number;

	switch (period) {
	case PERIOD_WEEK:
		return zone_day_start(zone, monday_of(number));
	case PERIOD_MONTH:
		return zone_day_start(zone, instant_days(n / 12, n % 12 + 1, 1));
	case PERIOD_QUARTER:
		return zone_day_start(zone, instant_days(n / 4, n % 4 * 3 + 1, 1));
	default:
		return zone_day_start(zone, instant_days(n, 1, 1));
	}
}

/* A week belongs to the year that has its Thursday. */
static void
format_week(uint32_t number, char text[PERIOD_TEXT])
{
	int64_t thursday = monday_of(number) + 3;
	struct civil civil;

	instant_date(thursday, &civil);
	snprintf(text, PERIOD_TEXT, "%04d-W%02d", civil.year,
	    (int)((thursday - instant_days(civil.year, 1, 1)) / 7 + 1));
}

void
period_format(enum period period, uint32_t number, char text[PERIOD_TEXT])
{
	switch (period) {
	case PERIOD_WEEK:
		format_week(number, text);
		break;
	case PERIOD_MONTH:
		snprintf(text, PERIOD_TEXT, "%04u-%02u", number / 12, number % 12 + 1);
		break;
	case PERIOD_QUARTER:
		snprintf(text, PERIOD_TEXT, "%04u-Q%u", number / 4, number % 4 + 1);
		break;
	default:
		snprintf(text, PERIOD_TEXT, "%04u", number);
		break;
	}
}
