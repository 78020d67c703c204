/* bench_calendar.c: business time a second, beside counting it day by day */
#include "base/diag.h"
#include "time/calendar.h"

#include <stdio.h>
#include <time.h>

#define PAIRS    4096
#define REPEATS  500                 /* of the compiled calendar; the days are counted once */
#define FIRST    INT64_C(1420070400) /* 2015-01-01T00:00:00Z */
#define YEARS    3
#define LONGEST  (60 * SECONDS_PER_DAY)
#define OPENING  (9 * 3600)
#define CLOSING  (17 * 3600)
#define HOLIDAYS (sizeof(holidays) / sizeof(holidays[0]))

static const struct calendar_date holidays[] = {
    {0, 1, 1}, {0, 5, 1}, {0, 12, 25}, {0, 12, 26}, {2016, 3, 25}, {2016, 3, 28}};

struct pair {
	int64_t from, to;
};

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Numerical Recipes' linear congruential generator: any scatter will do here. */
static void
fill(struct pair pairs[PAIRS])
{
	uint64_t state = 1;
	int i;

	for (i = 0; i < PAIRS; i++) {
		state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		pairs[i].from = FIRST + (int64_t)(state >> 33) % (YEARS * 365 * SECONDS_PER_DAY);
		state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		pairs[i].to = pairs[i].from + (int64_t)(state >> 33) % LONGEST;
	}
}

static struct calendar *
compile(const struct zone *zone, char why[CALENDAR_WHY])
{
	static const struct calendar_hours hours = {OPENING, CLOSING};
	struct calendar_rules rules = {.zone = zone, .holidays = holidays, .nholidays = HOLIDAYS};
	int day;

	for (day = MONDAY; day <= FRIDAY; day++)
		rules.week[day] = (struct calendar_day){&hours, 1};
	return calendar_new(&rules, why);
}

static bool
is_holiday(int64_t day)
{
	struct civil civil;
	size_t i;

	instant_date(day, &civil);
	for (i = 0; i < HOLIDAYS; i++)
		if ((holidays[i].year == 0 || holidays[i].year == civil.year) &&
		    holidays[i].month == civil.month && holidays[i].day == civil.day)
			return true;
	return false;
}

static int64_t
between_by_days(const struct zone *zone, const struct pair *pair)
{
	int64_t day = instant_day_of(pair->from + zone_offset(zone, pair->from));
	int64_t last = instant_day_of(pair->to + zone_offset(zone, pair->to));
	int64_t start, end, sum = 0;

	for (; day <= last; day++) {
		if (instant_weekday(day) >= SATURDAY || is_holiday(day))
			continue;
		zone_resolve(zone, day * SECONDS_PER_DAY + OPENING, &start);
		zone_resolve(zone, day * SECONDS_PER_DAY + CLOSING, &end);
		if (start < pair->from)
			start = pair->from;
		if (end > pair->to)
			end = pair->to;
		sum += end > start ? end - start : 0;
	}
	return sum;
}

/* Prints calls a second of both. False where they do not agree. */
static bool
compare(struct calendar *calendar, const struct zone *zone, const struct pair pairs[PAIRS])
{
	int64_t sum = 0, by_days = 0;
	double begun = now(), compiled, naive;
	int i, repeat;

	for (repeat = 0; repeat < REPEATS; repeat++)
		for (i = 0; i < PAIRS; i++)
			sum += calendar_between(calendar, pairs[i].from, pairs[i].to);
	compiled = (now() - begun) / REPEATS;
	begun = now();
	for (i = 0; i < PAIRS; i++)
		by_days += between_by_days(zone, &pairs[i]);
	naive = now() - begun;
	printf(
	    "business time: %.1f million between() a second; day by day %.2f; %.0f times as fast\n",
	    PAIRS / compiled / 1e6, PAIRS / naive / 1e6, naive / compiled);
	return sum == by_days * REPEATS;
}

int
main(void)
{
	static struct pair pairs[PAIRS];
	char why[CALENDAR_WHY];
	struct zone *zone = zone_load("Europe/Zurich", why);
	struct calendar *calendar = zone != NULL ? compile(zone, why) : NULL;

	diag_start("bench_calendar");
	fill(pairs);
	if (calendar == NULL)
		diag(DIAG_SYSTEM, NOWHERE, "%s", why);
	else if (!compare(calendar, zone, pairs))
		diag(DIAG_SYSTEM, NOWHERE, "the two do not agree");
	calendar_free(calendar);
	zone_free(zone);
	return diag_finish();
}
