/* check_calendar.c: tests of business time on calendars made by hand */
#include "tests/check_time.h"
#include "tests/support.h"

#define H(hour)   ((hour)*3600)
#define HM(h, m)  ((h)*3600 + (m)*60)
#define COUNT(of) (sizeof(of) / sizeof((of)[0]))
#define ROWS(of)  ((int)COUNT(of))

int64_t
at(const char *text)
{
	int64_t instant;

	ck_assert_msg(instant_parse(slice_z(text), &instant), "not an instant: %s", text);
	return instant;
}

const char *
text_of(int64_t instant)
{
	static char texts[4][INSTANT_TEXT];
	static unsigned next;
	char *text = texts[next++ % 4];

	if (instant == INSTANT_NONE)
		return "none";
	instant_format(instant, text);
	return text;
}

void
same(int64_t got, int64_t want, const char *what)
{
	ck_assert_msg(got == want, "%s: %s, not %s", what, text_of(got), text_of(want));
}

struct zone *
load_zone(const char *name)
{
	char why[ZONE_WHY] = "";
	struct zone *zone = zone_load(name, why);

	ck_assert_msg(zone != NULL, "%s: %s", name, why);
	return zone;
}

struct calendar *
make_calendar(const struct calendar_rules *rules)
{
	char why[CALENDAR_WHY] = "";
	struct calendar *calendar = calendar_new(rules, why);

	ck_assert_msg(calendar != NULL, "%s", why);
	return calendar;
}

static const struct calendar_hours office[] = {{H(13), H(18)}, {H(8), H(12)}}; /* not in order */
static const struct calendar_hours night[] = {{H(22), H(6)}};
static const struct calendar_hours whole[] = {{0, 86400}};
static const struct calendar_hours morning[] = {{H(9), H(11)}};
static const struct calendar_hours gap[] = {{HM(2, 30), HM(3, 30)}};
static const struct calendar_hours shifted[] = {{HM(2, 30), HM(3, 45)}, {H(3), H(5)}};
static const struct calendar_hours fold[] = {{HM(1, 30), HM(3, 30)}};
static const struct calendar_hours overlap[] = {{H(9), H(12)}, {H(10), H(11)}, {H(11), H(14)}};
static const struct calendar_hours evening[] = {{H(20), 0}};

static void
fill_week(
    struct calendar_rules *rules, int first, int last, const struct calendar_hours *hours, size_t n)
{
	int day;

	for (day = first; day <= last; day++)
		rules->week[day] = (struct calendar_day){hours, n};
}

/* Working seconds of the UTC span, by fresh calendars of those hours on all days. */
static const struct {
	const char *zone;
	const struct calendar_hours *hours;
	size_t n;
	const char *from, *to;
	int64_t want;
} spans[] = {
    {"UTC", office, 2, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", H(9)},
    {"UTC", office, 2, "2026-03-02T11:30:00Z", "2026-03-02T13:30:00Z", H(1)},
    {"UTC", office, 2, "2026-03-02T12:00:00Z", "2026-03-02T13:00:00Z", 0},
    {"UTC", overlap, 3, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", H(5)},
    {"UTC", evening, 1, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", H(4)},
    {"UTC", night, 1, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", H(8)},
    {"UTC", night, 1, "2026-03-02T23:00:00Z", "2026-03-03T01:00:00Z", H(2)},
    {"UTC", whole, 1, "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z", H(168)},
    {"Europe/Berlin", night, 1, "2026-03-28T20:00:00Z", "2026-03-29T06:00:00Z", H(7)},
    {"Europe/Berlin", night, 1, "2026-10-24T19:00:00Z", "2026-10-25T07:00:00Z", H(9)},
    {"Europe/Berlin", whole, 1, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", H(23)},
    {"America/New_York", gap, 1, "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z", 0},
    {"America/New_York", gap, 1, "2025-03-10T04:00:00Z", "2025-03-11T04:00:00Z", H(1)},
    {"America/New_York", shifted, 2, "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z", H(2)},
    {"America/New_York", fold, 1, "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z", H(3)},
    {"Pacific/Apia", whole, 1, "2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z", H(72)},
    {"UTC", office, 2, "1950-01-01T00:00:00Z", "2100-12-31T23:59:59Z", INT64_C(55152) * H(9)},
};

START_TEST(span_by_hand)
{
	struct calendar_rules rules = {0};
	struct zone *z = load_zone(spans[_i].zone);
	struct calendar *calendar;
	int64_t got;

	rules.zone = z;
	fill_week(&rules, MONDAY, SUNDAY, spans[_i].hours, spans[_i].n);
	calendar = make_calendar(&rules);
	got = calendar_between(calendar, at(spans[_i].from), at(spans[_i].to));
	/* 1950 to 2100 has 55152 days: 151 years, 37 of them leap years. */
	ck_assert_msg(got == spans[_i].want, "%s %s: %lld, not %lld", spans[_i].zone,
	    spans[_i].from, (long long)got, (long long)spans[_i].want);
	calendar_free(calendar);
	zone_free(z);
}
END_TEST

/* Working seconds of civil dates in Berlin: nights, with every kind of special date. */
static const struct calendar_date night_holidays[] = {{2026, 5, 1}, {0, 12, 25}, {2026, 10, 25},
    {2026, 7, 7}, {2027, 7, 8}, {2026, 9, 9}, {0, 2, 29}};
static const struct calendar_exception night_exceptions[] = {
    {{2026, 6, 10}, {morning, COUNT(morning)}},
    {{2026, 6, 20}, {NULL, 0}},
    {{2026, 6, 25}, {evening, 1}},
    {{2026, 12, 25}, {morning, COUNT(morning)}},
    {{0, 7, 7}, {morning, COUNT(morning)}},
    {{0, 7, 8}, {morning, COUNT(morning)}},
    {{2026, 9, 9}, {morning, COUNT(morning)}},
    {{2026, 8, 1}, {whole, 1}},
    {{2026, 8, 1}, {morning, COUNT(morning)}},
};

static const struct {
	int year, month, day;
	int hours;
	const char *why;
} nights[] = {
    {2026, 4, 29, 8, "an ordinary date"},
    {2026, 4, 30, 8, "the eve of a holiday: 22-24"},
    {2026, 5, 1, 0, "a holiday"},
    {2026, 5, 2, 8, "after it: 0-6 of the holiday's shift and 22-24"},
    {2026, 12, 25, 2, "a full date goes before a yearly one"},
    {2027, 12, 25, 0, "a yearly holiday"},
    {2024, 2, 29, 0, "29 February of a leap year"},
    {2026, 3, 1, 8, "no 29 February, no holiday"},
    {2026, 10, 25, 0, "a holiday of 25 hours"},
    {2026, 3, 29, 7, "a date of 23 hours"},
    {2026, 6, 10, 2, "an exception replaces all of its date"},
    {2026, 6, 11, 2, "and its weekday's hours after midnight: only 22-24 is left"},
    {2026, 6, 20, 0, "an exception without hours"},
    {2026, 6, 21, 2, "and nothing of it runs over"},
    {2026, 6, 25, 4, "20-24"},
    {2026, 7, 7, 0, "a dated holiday goes before a yearly exception"},
    {2027, 7, 7, 2, "a yearly exception"},
    {2026, 7, 8, 2, "a yearly exception"},
    {2027, 7, 8, 0, "a dated holiday"},
    {2026, 9, 9, 2, "an exception goes before a holiday"},
    {2026, 8, 1, 2, "the later of two exceptions"},
};

START_TEST(special_date)
{
	struct calendar_rules rules = {0};
	struct zone *z = load_zone("Europe/Berlin");
	struct calendar *calendar;
	int64_t day = instant_days(nights[_i].year, nights[_i].month, nights[_i].day);

	rules.zone = z;
	fill_week(&rules, MONDAY, SUNDAY, night, 1);
	rules.holidays = night_holidays;
	rules.nholidays = COUNT(night_holidays);
	rules.exceptions = night_exceptions;
	rules.nexceptions = COUNT(night_exceptions);
	calendar = make_calendar(&rules);
	ck_assert_msg(calendar_between(calendar, zone_day_start(z, day),
			  zone_day_start(z, day + 1)) == H(nights[_i].hours),
	    "%s", nights[_i].why);
	calendar_free(calendar);
	zone_free(z);
}
END_TEST

START_TEST(night_exception_runs_over)
{
	static const struct calendar_exception late[] = {{{2026, 3, 4}, {night, 1}}};
	struct calendar_rules rules = {0};
	struct calendar *calendar;

	/* 2026-03-04 is a Wednesday. */
	fill_week(&rules, MONDAY, FRIDAY, office, 2);
	rules.exceptions = late;
	rules.nexceptions = 1;
	calendar = make_calendar(&rules);
	ck_assert_int_eq(
	    calendar_between(calendar, at("2026-03-04T00:00:00Z"), at("2026-03-05T00:00:00Z")),
	    H(2));
	ck_assert_int_eq(
	    calendar_between(calendar, at("2026-03-05T00:00:00Z"), at("2026-03-06T00:00:00Z")),
	    H(15));
	calendar_free(calendar);
}
END_TEST

START_TEST(questions)
{
	struct calendar_rules rules = {0};
	struct calendar *c;
	int64_t start, end;

	fill_week(&rules, MONDAY, FRIDAY, office, 2);
	c = make_calendar(&rules);
	/* 2026-03-06 is a Friday. */
	ck_assert(!calendar_is_always(c));
	ck_assert(!calendar_is_open(c, at("2026-03-06T07:59:59Z")));
	ck_assert(calendar_is_open(c, at("2026-03-06T08:00:00Z")));
	ck_assert(calendar_is_open(c, at("2026-03-06T11:59:59Z")));
	ck_assert(!calendar_is_open(c, at("2026-03-06T12:00:00Z")));
	ck_assert(!calendar_is_open(c, INSTANT_NONE));
	same(calendar_next_open(c, at("2026-03-06T08:00:00Z")), at("2026-03-06T08:00:00Z"), "open");
	same(
	    calendar_next_open(c, at("2026-03-06T12:00:00Z")), at("2026-03-06T13:00:00Z"), "lunch");
	same(calendar_next_open(c, at("2026-03-06T18:00:00Z")), at("2026-03-09T08:00:00Z"),
	    "weekend");
	same(calendar_next_close(c, at("2026-03-06T08:00:00Z")), at("2026-03-06T12:00:00Z"),
	    "lunch");
	same(calendar_next_close(c, at("2026-03-06T12:00:00Z")), at("2026-03-06T18:00:00Z"),
	    "evening");
	same(
	    calendar_add(c, at("2026-03-06T17:00:00Z"), 3600), at("2026-03-06T18:00:00Z"), "close");
	same(calendar_add_opening(c, at("2026-03-06T17:00:00Z"), 3600), at("2026-03-09T08:00:00Z"),
	    "opening");
	same(calendar_add(c, at("2026-03-06T17:00:00Z"), 3601), at("2026-03-09T08:00:01Z"),
	    "monday");
	same(calendar_add(c, at("2026-03-07T17:00:00Z"), 0), at("2026-03-07T17:00:00Z"), "nothing");
	same(calendar_add(c, at("2026-03-06T17:00:00Z"), -1), INSTANT_NONE, "negative");
	ck_assert(calendar_segment(c, at("2026-03-06T18:00:00Z"), &start, &end));
	same(start, at("2026-03-09T08:00:00Z"), "start");
	same(end, at("2026-03-09T12:00:00Z"), "end");
	calendar_free(c);
}
END_TEST

START_TEST(limits)
{
	struct calendar_rules rules = {0};
	struct calendar *c;
	int64_t start, end, near_end = at("2100-12-31T12:00:00Z");

	fill_week(&rules, MONDAY, FRIDAY, office, 2);
	c = make_calendar(&rules);
	ck_assert_int_eq(calendar_between(c, INSTANT_MIN - 1, 0), -1);
	ck_assert_int_eq(calendar_between(c, 0, INSTANT_MAX + 1), -1);
	ck_assert_int_eq(calendar_between(c, INSTANT_NONE, 0), -1);
	ck_assert_int_eq(calendar_between(c, 1, 0), -1);
	ck_assert_int_eq(calendar_between(c, INSTANT_MIN, INSTANT_MIN), 0);
	/* The last day is a Friday. */
	same(calendar_add(c, near_end, H(5)), at("2100-12-31T18:00:00Z"), "last");
	same(calendar_add(c, near_end, H(5) + 1), INSTANT_NONE, "beyond");
	same(calendar_add_opening(c, near_end, H(5)), INSTANT_NONE, "no opening");
	same(calendar_add(c, 0, INT64_MAX), INSTANT_NONE, "huge");
	same(calendar_add(c, INSTANT_NONE, 1), INSTANT_NONE, "none");
	same(calendar_next_open(c, INSTANT_NONE), INSTANT_NONE, "none");
	same(calendar_next_open(c, at("2100-12-31T18:00:00Z")), INSTANT_NONE, "over");
	same(calendar_next_close(c, at("2100-12-31T18:00:00Z")), INSTANT_NONE, "over");
	same(calendar_add_days(c, near_end, 0, CALENDAR_END_OF_DAY), at("2100-12-31T18:00:00Z"),
	    "day");
	same(calendar_add_days(c, near_end, 1, CALENDAR_SAME_TIME), INSTANT_NONE, "next day");
	same(calendar_add_days(c, 0, -1, CALENDAR_SAME_TIME), INSTANT_NONE, "negative");
	same(calendar_add_days(c, 0, INT64_MAX, CALENDAR_SAME_TIME), INSTANT_NONE, "huge");
	ck_assert(!calendar_segment(c, at("2100-12-31T18:00:00Z"), &start, &end));
	calendar_free(c);
	calendar_free(NULL);
}
END_TEST

START_TEST(never_open)
{
	struct calendar_rules rules = {0};
	struct calendar *c = make_calendar(&rules);
	int64_t start, end;

	ck_assert_int_eq(calendar_between(c, 0, INSTANT_MAX), 0);
	ck_assert_int_eq(calendar_between(c, INSTANT_MIN, 0), 0);
	same(calendar_add(c, 0, 1), INSTANT_NONE, "add");
	same(calendar_add(c, 0, 0), 0, "add nothing");
	same(calendar_next_open(c, 0), INSTANT_NONE, "next open");
	same(calendar_add_days(c, 0, 1, CALENDAR_SAME_TIME), INSTANT_NONE, "days");
	ck_assert(!calendar_segment(c, 0, &start, &end));
	ck_assert(!calendar_is_open(c, 0));
	calendar_free(c);
}
END_TEST

/* Compiled 24x7, and `always`, which compiles nothing: they must not differ. */
START_TEST(always_open)
{
	struct calendar_rules rules = {0}, week = {0};
	struct zone *z = load_zone("Europe/Berlin");
	struct calendar *a, *b;
	int64_t start, end, t = at("2026-03-28T12:00:00Z");
	int i;

	rules.zone = week.zone = z;
	rules.always = true;
	fill_week(&week, MONDAY, SUNDAY, whole, 1);
	a = make_calendar(&rules);
	b = make_calendar(&week);
	ck_assert(calendar_is_always(a) && !calendar_is_always(b));
	for (i = 0; i < 2; i++) {
		struct calendar *c = i == 0 ? a : b;

		ck_assert_int_eq(calendar_between(c, t, t + 1000000), 1000000);
		ck_assert_int_eq(
		    calendar_between(c, INSTANT_MIN, INSTANT_MAX), INSTANT_MAX - INSTANT_MIN);
		same(calendar_add(c, t, 12345), t + 12345, "add");
		same(calendar_add_opening(c, t, 12345), t + 12345, "add");
		same(calendar_add(c, t, INSTANT_MAX - t + 1), INSTANT_NONE, "too far");
		same(calendar_add(c, t, INSTANT_MAX - t), INSTANT_MAX, "the last");
		same(calendar_next_open(c, t), t, "open");
		same(calendar_next_close(c, t), INSTANT_NONE, "close");
		same(calendar_add_days(c, t, 1, CALENDAR_SAME_TIME), t + H(23), "23 h day");
		same(calendar_add_days(c, t, 1, CALENDAR_END_OF_DAY), at("2026-03-29T22:00:00Z"),
		    "end");
		ck_assert(calendar_segment(c, t, &start, &end));
		ck_assert_int_eq(start, INSTANT_MIN);
		ck_assert_int_eq(end, INSTANT_MAX + 1);
	}
	calendar_free(a);
	calendar_free(b);
	zone_free(z);
}
END_TEST

START_TEST(always_but_holidays)
{
	static const struct calendar_date christmas = {0, 12, 25};
	struct calendar_rules rules = {0};
	struct calendar *c;

	rules.always = true;
	rules.holidays = &christmas;
	rules.nholidays = 1;
	c = make_calendar(&rules);
	ck_assert_int_eq(
	    calendar_between(c, at("2026-12-24T12:00:00Z"), at("2026-12-26T12:00:00Z")), H(24));
	same(calendar_next_close(c, at("2026-12-25T12:00:00Z")), at("2027-12-25T00:00:00Z"),
	    "close");
	calendar_free(c);
}
END_TEST

/* Segments and days that reach over the years compiled at first. */
START_TEST(edges_of_years)
{
	static const struct calendar_date holidays[] = {{2010, 12, 25}, {2030, 12, 25}};
	struct calendar_rules rules = {0};
	struct zone *z = load_zone("America/New_York");
	struct calendar *c;
	int64_t start, end, t = at("2020-06-01T00:00:00Z");

	rules.always = true;
	rules.zone = z;
	rules.holidays = holidays;
	rules.nholidays = 2;
	c = make_calendar(&rules);
	ck_assert(calendar_is_open(c, t));
	/* The first hours of the first year compiled belong to a local day of the year before. */
	ck_assert(calendar_is_open(c, at("2019-01-01T00:00:00Z")));
	ck_assert(calendar_is_open(c, at("2021-12-31T23:59:59Z")));
	same(calendar_next_close(c, t), at("2030-12-25T05:00:00Z"), "close");
	ck_assert(calendar_segment(c, t, &start, &end));
	same(start, at("2010-12-26T05:00:00Z"), "start");
	same(end, at("2030-12-25T05:00:00Z"), "end");
	calendar_free(c);
	zone_free(z);
}
END_TEST

START_TEST(no_days_in_a_fold)
{
	struct calendar_rules rules = {0};
	struct zone *z = load_zone("America/New_York");
	struct calendar *c;
	int64_t t = at("2025-11-02T06:45:00Z"); /* the second 01:45 */

	rules.zone = z;
	fill_week(&rules, MONDAY, SUNDAY, fold, 1);
	c = make_calendar(&rules);
	same(calendar_add_days(c, t, 0, CALENDAR_SAME_TIME), t, "no days");
	same(calendar_add_days(c, t, 1, CALENDAR_SAME_TIME), at("2025-11-03T06:45:00Z"), "a day");
	calendar_free(c);
	zone_free(z);
}
END_TEST

START_TEST(days_by_hand)
{
	static const struct calendar_hours late[] = {{HM(10, 30), H(19)}};
	static const struct calendar_date holiday = {2026, 3, 10};
	struct calendar_rules rules = {0};
	struct calendar *c;

	fill_week(&rules, MONDAY, FRIDAY, office, 2);
	rules.week[MONDAY] = (struct calendar_day){late, 1};
	rules.holidays = &holiday;
	rules.nholidays = 1;
	c = make_calendar(&rules);
	same(calendar_add_days(c, at("2026-03-06T08:46:00Z"), 1, CALENDAR_SAME_TIME),
	    at("2026-03-09T08:46:00Z"), "not moved to the opening");
	same(calendar_add_days(c, at("2026-03-06T19:30:00Z"), 0, CALENDAR_SAME_TIME),
	    at("2026-03-09T10:30:00Z"), "no days, from the next opening");
	same(calendar_add_days(c, at("2026-03-09T18:30:00Z"), 1, CALENDAR_SAME_TIME),
	    at("2026-03-11T18:00:00Z"), "over the holiday, cut to the closing");
	same(calendar_add_days(c, at("2026-03-08T10:00:00Z"), 1, CALENDAR_END_OF_DAY),
	    at("2026-03-11T18:00:00Z"), "end of the day");
	calendar_free(c);
}
END_TEST

static const struct calendar_hours bad_hours[] = {
    {-1, 100}, {0, 86401}, {86400, 86400}, {86400, 100}, {H(9), H(9)}, {0, 0}};
static const struct calendar_date bad_dates[] = {
    {2026, 2, 29}, {2026, 13, 1}, {0, 2, 30}, {0, 0, 1}, {-5, 1, 1}, {2026, 4, 31}, {10000, 1, 1}};

START_TEST(unsound_rules)
{
	char why[CALENDAR_WHY];
	struct calendar_exception exception = {{2026, 1, 1}, {NULL, 1}};
	struct calendar_rules rules;
	size_t i;

	for (i = 0; i < COUNT(bad_hours); i++) {
		rules = (struct calendar_rules){0};
		rules.week[SUNDAY] = (struct calendar_day){&bad_hours[i], 1};
		why[0] = '\0';
		ck_assert_msg(calendar_new(&rules, why) == NULL, "hours %zu", i);
		ck_assert_str_ne(why, "");
		rules = (struct calendar_rules){0};
		exception.day.hours = &bad_hours[i];
		rules.exceptions = &exception;
		rules.nexceptions = 1;
		ck_assert_msg(calendar_new(&rules, why) == NULL, "exception %zu", i);
	}
	for (i = 0; i < COUNT(bad_dates); i++) {
		rules = (struct calendar_rules){0};
		rules.holidays = &bad_dates[i];
		rules.nholidays = 1;
		why[0] = '\0';
		ck_assert_msg(calendar_new(&rules, why) == NULL, "date %zu", i);
		ck_assert_str_ne(why, "");
	}
}
END_TEST

Suite *calendar_suite(void);

Suite *
calendar_suite(void)
{
	Suite *suite = suite_create("calendar");
	TCase *hand = tcase_create("by hand");

	tcase_add_loop_test(hand, span_by_hand, 0, ROWS(spans));
	tcase_add_loop_test(hand, special_date, 0, ROWS(nights));
	tcase_add_test(hand, night_exception_runs_over);
	tcase_add_test(hand, questions);
	tcase_add_test(hand, limits);
	tcase_add_test(hand, never_open);
	tcase_add_test(hand, always_open);
	tcase_add_test(hand, always_but_holidays);
	tcase_add_test(hand, edges_of_years);
	tcase_add_test(hand, no_days_in_a_fold);
	tcase_add_test(hand, days_by_hand);
	tcase_add_test(hand, unsound_rules);
	suite_add_tcase(suite, hand);
	return suite;
}
