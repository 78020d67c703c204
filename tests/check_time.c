/* check_time.c: tests of instants */
#include <string.h>

#include "tests/support.h"
#include "time/instant.h"

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))
#define FIRST_DAY   INT64_C(-7305) /* 1950-01-01 */
#define LAST_DAY    INT64_C(47846) /* 2100-12-31 */

START_TEST(days_round_trip)
{
	struct civil civil;
	int64_t day;
	int year = 1950, month = 1, mday = 1;

	ck_assert_int_eq(instant_weekday(0), THURSDAY);
	ck_assert_int_eq(instant_weekday(FIRST_DAY), SUNDAY);
	for (day = FIRST_DAY; day <= LAST_DAY; day++) {
		instant_date(day, &civil);
		ck_assert_msg(civil.year == year && civil.month == month && civil.day == mday,
		    "day %lld is %d-%d-%d, not %d-%d-%d", (long long)day, year, month, mday,
		    civil.year, civil.month, civil.day);
		ck_assert_int_eq(instant_days(year, month, mday), day);
		ck_assert_int_eq((instant_weekday(day) + 1) % 7, instant_weekday(day + 1));
		mday++;
		if (!instant_date_valid(year, month, mday)) {
			mday = 1;
			month++;
		}
		if (month > 12) {
			month = 1;
			year++;
		}
	}
	ck_assert_int_eq(year, 2101);
}
END_TEST

START_TEST(far_days)
{
	ck_assert_int_eq(instant_days(0, 1, 1), -719528);
	ck_assert_int_eq(instant_days(9999, 12, 31), 2932896);
	ck_assert_int_eq(instant_days(1900, 3, 1) - instant_days(1900, 2, 28), 1);
	ck_assert_int_eq(instant_days(2000, 3, 1) - instant_days(2000, 2, 28), 2);
	ck_assert_int_eq(instant_day_of(-1), -1);
	ck_assert_int_eq(instant_day_of(-86400), -1);
	ck_assert_int_eq(instant_day_of(-86401), -2);
	ck_assert_int_eq(instant_day_of(86399), 0);
	ck_assert_int_eq(INSTANT_MIN, FIRST_DAY * SECONDS_PER_DAY);
	ck_assert_int_eq(INSTANT_MAX, (LAST_DAY + 1) * SECONDS_PER_DAY - 1);
	ck_assert(instant_in_range(INSTANT_MIN) && instant_in_range(INSTANT_MAX));
	ck_assert(!instant_in_range(INSTANT_MIN - 1) && !instant_in_range(INSTANT_MAX + 1));
	ck_assert(!instant_in_range(INSTANT_NONE));
	ck_assert(!instant_date_valid(2026, 2, 29) && instant_date_valid(2024, 2, 29));
	ck_assert(!instant_date_valid(2100, 2, 29) && instant_date_valid(2000, 2, 29));
	ck_assert(!instant_date_valid(2026, 0, 1) && !instant_date_valid(2026, 13, 1));
	ck_assert(!instant_date_valid(2026, 4, 31) && !instant_date_valid(2026, 4, 0));
	ck_assert(!instant_date_valid(-1, 1, 1) && !instant_date_valid(10000, 1, 1));
}
END_TEST

START_TEST(text_round_trip)
{
	uint64_t state = test_seed();
	int i, rounds = light() ? 20000 : 200000;
	char text[INSTANT_TEXT];

	for (i = 0; i < rounds; i++) {
		int64_t span = INSTANT_MAX - INSTANT_MIN + 1;
		int64_t instant = INSTANT_MIN + (int64_t)rnd_below(&state, (uint64_t)span);
		int64_t back = 0;
		struct civil civil;

		instant_format(instant, text);
		ck_assert_uint_eq(strlen(text), INSTANT_TEXT - 1);
		ck_assert_msg(instant_parse(slice_z(text), &back) && back == instant, "%s", text);
		instant_to_civil(instant, &civil);
		ck_assert_int_eq(instant_from_civil(&civil), instant);
	}
	instant_format(INSTANT_NONE, text);
	ck_assert_str_eq(text, "");
	instant_format(INT64_MAX, text);
	ck_assert_str_eq(text, "");
	instant_format(instant_days(9999, 12, 31) * SECONDS_PER_DAY + 86399, text);
	ck_assert_str_eq(text, "9999-12-31T23:59:59Z");
	instant_format(instant_days(0, 1, 1) * SECONDS_PER_DAY, text);
	ck_assert_str_eq(text, "0000-01-01T00:00:00Z");
}
END_TEST

/* Each with the same instant in the canonical form. */
static const char *const good[][2] = {
    {"2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"},
    {"2026-03-01t09:30:00z", "2026-03-01T09:30:00Z"},
    {"2026-03-01T09:30:00.999999999Z", "2026-03-01T09:30:00Z"},
    {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"},
    {"2026-03-01T09:30:00+05:30", "2026-03-01T04:00:00Z"},
    {"2026-03-01T09:30:00.25-09:45", "2026-03-01T19:15:00Z"},
    {"2026-03-01T09:30:00-00:00", "2026-03-01T09:30:00Z"},
    {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
    {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
    {"2017-01-01T00:59:60+01:00", "2016-12-31T23:59:59Z"},
    {"2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59Z"},
    {"1950-01-01T00:00:00Z", "1950-01-01T00:00:00Z"},
    {"2100-12-31T23:59:59Z", "2100-12-31T23:59:59Z"},
    {"2100-12-31T23:59:60Z", "2100-12-31T23:59:59Z"},
    {"1949-12-31T23:00:00-01:00", "1950-01-01T00:00:00Z"},
    {"2101-01-01T00:59:59+01:00", "2100-12-31T23:59:59Z"},
};

START_TEST(parse_good)
{
	char text[INSTANT_TEXT];
	int64_t instant = 7;

	ck_assert_msg(instant_parse(slice_z(good[_i][0]), &instant), "%s", good[_i][0]);
	instant_format(instant, text);
	ck_assert_str_eq(text, good[_i][1]);
}
END_TEST

static const char *const bad[] = {"", "Z", "2026-03-01", "2026-03-01T09:30Z", "2026-03-01T09:30:00",
    "2026-03-01 09:30:00Z", "2026-03-01T09:30:00 Z", " 2026-03-01T09:30:00Z",
    "2026-03-01T09:30:00Z ", "2026-03-01T09:30:00ZZ", "2026-03-01T09:30:00.Z",
    "2026-03-01T09:30:00,5Z", "2026-03-01T09:30:00.5", "2026-03-01T09:30:00+0530",
    "2026-03-01T09:30:00+05", "2026-03-01T09:30:00+24:00", "2026-03-01T09:30:00+05:60",
    "2026-03-01T09:30:00+5:300", "2026-03-01T09:30:00*05:30", "2026-03-01T24:00:00Z",
    "2026-03-01T09:60:00Z", "2026-03-01T09:30:61Z", "2026-03-01T09:30:60Z", "2026-03-01T23:59:60Z",
    "2026-12-31T23:59:60+01:00", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
    "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z",
    "2026/03/01T09:30:00Z", "2026-3-01T009:30:00Z", "+026-03-01T09:30:00Z", "2026-03-01T09:30:0:Z",
    "2026-03-01T09:30:/0Z", "2\xb0zz-03-01T09:30:00Z", "2026-03-01T09-30-00Z",
    "1949-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "1950-01-01T00:59:59+01:00", "2100-12-31T23:59:59-00:01", "2101-01-01T00:00:00.5Z",
    "02026-03-01T09:30:00Z"};

START_TEST(parse_bad)
{
	int64_t instant = 7;

	ck_assert_msg(!instant_parse(slice_z(bad[_i]), &instant), "accepted: %s", bad[_i]);
	ck_assert_int_eq(instant, 7);
}
END_TEST

/* Every byte at every place: only digits, and only where they belong, are taken. */
START_TEST(parse_bytes)
{
	int64_t instant;
	int place, byte;

	for (place = 0; place < 20; place++) {
		for (byte = 0; byte < 256; byte++) {
			char text[] = "2011-11-11T11:11:11Z";
			bool same = (unsigned char)text[place] == byte;
			bool number = text[place] >= '0' && text[place] <= '9';
			bool small = (place == 10 && byte == 't') || (place == 19 && byte == 'z');

			text[place] = (char)byte;
			if (instant_parse((struct slice){text, 20}, &instant))
				ck_assert_msg(
				    same || small || (number && byte >= '0' && byte <= '9'),
				    "byte %d at %d", byte, place);
			else
				ck_assert_msg(!same && !small, "byte %d at %d", byte, place);
		}
	}
}
END_TEST

static const struct {
	int64_t seconds;
	const char *text;
} durations[] = {{0, "0s"}, {1, "1s"}, {59, "59s"}, {60, "1m"}, {90, "1m 30s"}, {2700, "45m"},
    {3600, "1h"}, {3659, "1h"}, {5400, "1h 30m"}, {86400, "1d"}, {86459, "1d"}, {183600, "2d 3h"},
    {8640000, "100d"}, {-300, "-5m"}, {INT64_MIN, "-106751991167300d 15h"}};

START_TEST(duration)
{
	char text[32], small[4];

	instant_format_duration(durations[_i].seconds, text, sizeof(text));
	ck_assert_str_eq(text, durations[_i].text);
	instant_format_duration(durations[_i].seconds, small, sizeof(small));
	ck_assert_int_eq(strncmp(small, text, 3), 0);
	ck_assert_uint_le(strlen(small), 3);
}
END_TEST

Suite *time_suite(void);

Suite *
time_suite(void)
{
	Suite *suite = suite_create("time");
	TCase *instants = tcase_create("instants");

	tcase_add_test(instants, days_round_trip);
	tcase_add_test(instants, far_days);
	tcase_add_test(instants, text_round_trip);
	tcase_add_loop_test(instants, parse_good, 0, ROWS(good));
	tcase_add_loop_test(instants, parse_bad, 0, ROWS(bad));
	tcase_add_test(instants, parse_bytes);
	tcase_add_loop_test(instants, duration, 0, ROWS(durations));
	suite_add_tcase(suite, instants);
	return suite;
}
