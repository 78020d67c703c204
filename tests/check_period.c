/* check_period.c: tests of the periods by which a report counts */
#include <string.h>

#include "report/window.h"
#include "tests/support.h"
#include "time/period.h"

static int64_t
at(const char *text)
{
	int64_t instant = INSTANT_NONE;

	ck_assert(instant_parse(slice_z(text), &instant));
	return instant;
}

static void
assert_period(enum period period, const char *instant, const char *expected)
{
	char text[PERIOD_TEXT];

	period_format(period, period_at(period, zone_utc(), at(instant)), text);
	ck_assert_str_eq(text, expected);
}

/* Weeks as in the examples of ISO 8601 and around the ends of years. */
START_TEST(names)
{
	assert_period(PERIOD_WEEK, "2008-12-29T00:00:00Z", "2009-W01");
	assert_period(PERIOD_WEEK, "2010-01-03T23:59:59Z", "2009-W53");
	assert_period(PERIOD_WEEK, "2016-01-01T12:00:00Z", "2015-W53");
	assert_period(PERIOD_WEEK, "2016-01-04T00:00:00Z", "2016-W01");
	assert_period(PERIOD_WEEK, "2016-03-20T12:00:00Z", "2016-W11");
	assert_period(PERIOD_WEEK, "1950-01-01T00:00:00Z", "1949-W52");
	assert_period(PERIOD_WEEK, "1969-12-31T23:59:59Z", "1970-W01");
	assert_period(PERIOD_MONTH, "2016-02-29T23:59:59Z", "2016-02");
	assert_period(PERIOD_QUARTER, "2016-03-31T23:59:59Z", "2016-Q1");
	assert_period(PERIOD_QUARTER, "2016-12-01T00:00:00Z", "2016-Q4");
	assert_period(PERIOD_YEAR, "2016-12-31T23:59:59Z", "2016");
	ck_assert_int_eq(period_of_word("quarter"), PERIOD_QUARTER);
	ck_assert_int_eq(period_of_word("year"), PERIOD_YEAR);
	ck_assert_int_eq(period_of_word("day"), -1);
	ck_assert_str_eq(period_word(PERIOD_WEEK), "week");
}
END_TEST

/* A period holds its start and the second before the next one's, wherever the clocks change. */
START_TEST(they_tile_time)
{
	static const char *const zones[] = {
	    "UTC", "Europe/Berlin", "America/Santiago", "Asia/Beirut"};
	enum period period = (enum period)(_i % PERIODS);
	uint64_t state = test_seed() + (uint64_t)_i;
	char why[ZONE_WHY];
	struct zone *zone = zone_load(zones[_i / PERIODS], why);
	int64_t instant, start, next;
	uint32_t number;
	int i;

	ck_assert_ptr_nonnull(zone);
	for (i = 0; i < 200; i++) {
		instant = INSTANT_MIN + (int64_t)rnd_below(&state, INSTANT_MAX - INSTANT_MIN);
		number = period_at(period, zone, instant);
		start = period_start(period, zone, number);
		next = period_start(period, zone, number + 1);
		ck_assert_uint_gt(number, 0);
		ck_assert_int_le(start, instant);
		ck_assert_int_gt(next, instant);
		ck_assert_uint_eq(period_at(period, zone, start), number);
		ck_assert_uint_eq(period_at(period, zone, next), number + 1);
	}
	zone_free(zone);
}
END_TEST

START_TEST(the_window_before)
{
	struct window window = {at("2016-03-01T00:00:00Z"), at("2016-04-01T00:00:00Z")}, before;

	before = window_before(&window, PERIOD_MONTH, zone_utc());
	ck_assert_int_eq(before.since, at("2016-02-01T00:00:00Z"));
	ck_assert_int_eq(before.until, window.since);
	/* Not whole weeks: as many seconds. */
	before = window_before(&window, PERIOD_WEEK, zone_utc());
	ck_assert_int_eq(before.since, at("2016-01-30T00:00:00Z"));
	window.until = at("2016-07-01T00:00:00Z");
	before = window_before(&window, PERIOD_MONTH, zone_utc());
	ck_assert_int_eq(before.since, at("2015-11-01T00:00:00Z"));
	ck_assert(window_holds(&window, window.since));
	ck_assert(!window_holds(&window, window.until));
	ck_assert(window_holds(&(struct window){INSTANT_NONE, INSTANT_NONE}, 0));
}
END_TEST

START_TEST(bounds)
{
	char why[ZONE_WHY];
	struct zone *zone = zone_load("America/New_York", why);
	int64_t instant = 7;

	ck_assert(window_bound("2016-03-01", zone, &instant));
	ck_assert_int_eq(instant, at("2016-03-01T05:00:00Z"));
	ck_assert(window_bound("2016-03-01T09:30:00+01:00", zone, &instant));
	ck_assert_int_eq(instant, at("2016-03-01T08:30:00Z"));
	instant = 7;
	ck_assert(!window_bound("2016-02-30", zone, &instant));
	ck_assert(!window_bound("-016-02-03", zone, &instant));
	ck_assert(!window_bound("2016-2-3", zone, &instant));
	ck_assert(!window_bound("1949-12-31", zone, &instant));
	ck_assert(!window_bound("2101-01-01", zone, &instant));
	ck_assert(!window_bound("", zone, &instant));
	ck_assert_int_eq(instant, 7);
	zone_free(zone);
}
END_TEST

Suite *period_suite(void);

Suite *
period_suite(void)
{
	Suite *suite = suite_create("period");
	TCase *periods = tcase_create("periods");

	tcase_add_test(periods, names);
	tcase_add_loop_test(periods, they_tile_time, 0, 4 * (int)PERIODS);
	tcase_add_test(periods, the_window_before);
	tcase_add_test(periods, bounds);
	suite_add_tcase(suite, periods);
	return suite;
}
