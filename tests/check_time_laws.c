/* check_time_laws.c: tests of the laws of business time, on calendars drawn at random */
#include <string.h>

#include "tests/check_time.h"
#include "tests/support.h"

static const struct calendar_hours morning[] = {{9 * 3600, 11 * 3600}};

#define RANDOM_ZONES 8

static const char *const zone_names[RANDOM_ZONES] = {"UTC", "America/New_York",
    "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Pacific/Apia",
    "America/St_Johns", "Europe/Dublin"};

struct drawn {
	struct calendar_rules rules;
	struct calendar_hours hours[8][3]; /* the last for the exceptions */
	struct calendar_date holidays[40];
	struct calendar_exception exceptions[10];
	struct zone *zone;
};

static size_t
draw_hours(uint64_t *state, struct calendar_hours *hours)
{
	size_t i, n = rnd_below(state, 4);

	for (i = 0; i < n; i++) {
		do {
			hours[i].start = (int32_t)rnd_below(state, 288) * 300;
			hours[i].end = (int32_t)rnd_below(state, 289) * 300;
		} while (hours[i].start == hours[i].end);
	}
	return n;
}

static struct calendar_date
draw_date(uint64_t *state)
{
	struct calendar_date date;

	date.year = rnd_below(state, 3) == 0 ? 0 : 2015 + (int)rnd_below(state, 10);
	date.month = 1 + (int)rnd_below(state, 12);
	date.day = 1 + (int)rnd_below(state, 28);
	return date;
}

static void
draw(struct drawn *to, uint64_t *state)
{
	size_t i;

	memset(to, 0, sizeof(*to));
	to->zone = load_zone(zone_names[rnd_below(state, RANDOM_ZONES)]);
	to->rules.zone = to->zone;
	for (i = 0; i < 7; i++) {
		to->rules.week[i].hours = to->hours[i];
		to->rules.week[i].n = draw_hours(state, to->hours[i]);
	}
	if (to->rules.week[0].n == 0)
		to->rules.week[0] = (struct calendar_day){morning, 1};
	to->rules.holidays = to->holidays;
	to->rules.nholidays = rnd_below(state, 41);
	for (i = 0; i < to->rules.nholidays; i++)
		to->holidays[i] = draw_date(state);
	to->rules.exceptions = to->exceptions;
	to->rules.nexceptions = rnd_below(state, 11);
	for (i = 0; i < to->rules.nexceptions; i++) {
		to->exceptions[i].date = draw_date(state);
		to->exceptions[i].day.hours = to->hours[7];
		to->exceptions[i].day.n = i % 4;
	}
	while (draw_hours(state, to->hours[7]) < 3)
		continue;
}

static int64_t
draw_instant(uint64_t *state)
{
	int64_t from = at("2012-01-01T00:00:00Z");
	int64_t span = at("2028-01-01T00:00:00Z") - from;

	/* One in eight anywhere: years far apart make the calendar grow both ways. */
	if (rnd_below(state, 8) == 0) {
		from = INSTANT_MIN;
		span = INSTANT_MAX - INSTANT_MIN + 1;
	}
	return from + (int64_t)rnd_below(state, (uint64_t)span);
}

static void
check_laws(struct calendar *c, uint64_t *state)
{
	int64_t t[3], ab, bc, n, d, opening;
	int i, j;

	for (i = 0; i < 3; i++) {
		t[i] = draw_instant(state);
		for (j = i; j > 0 && t[j - 1] > t[j]; j--) {
			d = t[j];
			t[j] = t[j - 1];
			t[j - 1] = d;
		}
	}
	ab = calendar_between(c, t[0], t[1]);
	bc = calendar_between(c, t[1], t[2]);
	ck_assert_int_ge(ab, 0);
	ck_assert_int_ge(bc, 0);
	ck_assert_int_eq(calendar_between(c, t[0], t[2]), ab + bc);
	if (t[0] < t[1])
		ck_assert_int_eq(calendar_between(c, t[1], t[0]), -1);

	n = (int64_t)rnd_below(state, 400 * 3600);
	d = calendar_add(c, t[1], n);
	if (d == INSTANT_NONE) {
		ck_assert_int_lt(calendar_between(c, t[1], INSTANT_MAX), n);
		return;
	}
	ck_assert_int_eq(calendar_between(c, t[1], d), n);
	if (d > t[1])
		ck_assert_int_eq(calendar_between(c, t[1], d - 1), n - 1);
	else
		ck_assert_int_eq(n, 0);
	opening = calendar_add_opening(c, t[1], n);
	if (opening != INSTANT_NONE) {
		ck_assert_int_eq(calendar_between(c, t[1], opening), n);
		ck_assert(calendar_is_open(c, opening));
	}
}

START_TEST(laws)
{
	uint64_t state = test_seed() + (uint64_t)_i;
	int i, rounds = light() ? 2500 : 42000; /* in 4 or 24 loops: ten thousand, a million */
	struct drawn drawn;
	struct calendar *c;

	draw(&drawn, &state);
	c = make_calendar(&drawn.rules);
	for (i = 0; i < rounds; i++)
		check_laws(c, &state);
	calendar_free(c);
	zone_free(drawn.zone);
}
END_TEST

/* A segment walk, is_open, next_open and next_close tell the same story as between. */
START_TEST(segments_agree)
{
	uint64_t state = test_seed() + 1000 + (uint64_t)_i;
	struct drawn drawn;
	struct calendar *c, *fresh;
	int64_t from, start, end, t, sum = 0;
	int steps = 0;

	draw(&drawn, &state);
	c = make_calendar(&drawn.rules);
	fresh = make_calendar(&drawn.rules);
	from = t = at("2016-05-05T05:05:05Z");
	while (steps++ < (light() ? 100 : 2000) && calendar_segment(c, t, &start, &end)) {
		ck_assert_int_gt(end, start);
		ck_assert(t == from || start > t);
		ck_assert(calendar_is_open(c, start) && calendar_is_open(c, end - 1));
		ck_assert(!calendar_is_open(c, end));
		if (start > t) {
			ck_assert(!calendar_is_open(c, start - 1));
			same(calendar_next_open(c, t), start, "next open");
		}
		same(calendar_next_close(c, t), end, "next close");
		sum += end - (start < from ? from : start);
		t = end;
		ck_assert_int_eq(calendar_between(fresh, from, t), sum);
	}
	ck_assert_int_gt(steps, 50);
	calendar_free(c);
	calendar_free(fresh);
	zone_free(drawn.zone);
}
END_TEST

static bool
same_date(const struct calendar_date *date, const struct civil *civil)
{
	return (date->year == 0 || date->year == civil->year) && date->month == civil->month &&
	    date->day == civil->day;
}

/* The special rule of a date, the slow way; *closed for a holiday. */
static const struct calendar_day *
slow_special(const struct calendar_rules *rules, int64_t day, bool *closed)
{
	static const struct calendar_day none;
	const struct calendar_day *found = NULL;
	struct civil civil;
	int yearly;
	size_t i;

	instant_date(day, &civil);
	*closed = false;
	for (yearly = 0; yearly < 2 && found == NULL && !*closed; yearly++) {
		for (i = 0; i < rules->nexceptions; i++)
			if ((rules->exceptions[i].date.year == 0) == yearly &&
			    same_date(&rules->exceptions[i].date, &civil))
				found = &rules->exceptions[i].day;
		for (i = 0; i < rules->nholidays && found == NULL; i++)
			if ((rules->holidays[i].year == 0) == yearly &&
			    same_date(&rules->holidays[i], &civil))
				*closed = true;
	}
	return *closed ? &none : found;
}

/* Whether the rules call a local time open, read from their text. */
static bool
slow_open(const struct calendar_rules *rules, int64_t day, int32_t second)
{
	bool closed, before_closed;
	const struct calendar_day *special = slow_special(rules, day, &closed);
	const struct calendar_day *before = slow_special(rules, day - 1, &before_closed);
	const struct calendar_day *own =
	    special != NULL ? special : &rules->week[instant_weekday(day)];
	size_t i;

	for (i = 0; i < own->n; i++) {
		int32_t start = own->hours[i].start, end = own->hours[i].end;

		if (second >= start && (second < end || end < start))
			return true;
	}
	if (special != NULL)
		return false;
	if (before == NULL || before_closed)
		before = &rules->week[instant_weekday(day - 1)];
	for (i = 0; i < before->n; i++)
		if (before->hours[i].end < before->hours[i].start && second < before->hours[i].end)
			return true;
	return false;
}

START_TEST(open_as_the_rules_say)
{
	uint64_t state = test_seed() + 2000 + (uint64_t)_i;
	int i, rounds = light() ? 200 : 5000;
	struct drawn drawn;
	struct calendar *c;

	draw(&drawn, &state);
	c = make_calendar(&drawn.rules);
	for (i = 0; i < rounds; i++) {
		int64_t t = draw_instant(&state), local = t + zone_offset(drawn.zone, t);
		int64_t change = zone_next_change(drawn.zone, t - 3 * SECONDS_PER_DAY);
		int64_t day = instant_day_of(local);

		/* Around a change of the clocks hours are shifted; other tests look there. */
		if (change != INSTANT_NONE && change < t + 3 * SECONDS_PER_DAY)
			continue;
		ck_assert_msg(calendar_is_open(c, t) ==
			slow_open(&drawn.rules, day, (int32_t)(local - day * SECONDS_PER_DAY)),
		    "%s at %s", zone_name(drawn.zone), text_of(t));
	}
	calendar_free(c);
	zone_free(drawn.zone);
}
END_TEST

/* Whatever was asked before, the answer is the same. */
START_TEST(order_of_questions)
{
	uint64_t state = test_seed() + 3000 + (uint64_t)_i;
	struct drawn drawn;
	struct calendar *used;
	int i;

	draw(&drawn, &state);
	used = make_calendar(&drawn.rules);
	for (i = 0; i < (light() ? 5 : 40); i++) {
		int64_t a = draw_instant(&state), b = draw_instant(&state);
		int64_t n = (int64_t)rnd_below(&state, 1000 * 3600);
		struct calendar *fresh = make_calendar(&drawn.rules);

		ck_assert_int_eq(calendar_between(used, a, b), calendar_between(fresh, a, b));
		calendar_free(fresh);
		fresh = make_calendar(&drawn.rules);
		same(calendar_add(used, a, n), calendar_add(fresh, a, n), "add");
		calendar_free(fresh);
		fresh = make_calendar(&drawn.rules);
		same(calendar_next_close(used, b), calendar_next_close(fresh, b), "close");
		calendar_free(fresh);
	}
	calendar_free(used);
	zone_free(drawn.zone);
}
END_TEST

Suite *time_laws_suite(void);

Suite *
time_laws_suite(void)
{
	Suite *suite = suite_create("time laws");
	TCase *law = tcase_create("laws");

	tcase_set_timeout(law, 120);
	tcase_add_loop_test(law, laws, 0, light() ? 4 : 24);
	tcase_add_loop_test(law, segments_agree, 0, light() ? 2 : 16);
	tcase_add_loop_test(law, open_as_the_rules_say, 0, light() ? 2 : 24);
	tcase_add_loop_test(law, order_of_questions, 0, light() ? 1 : 12);
	suite_add_tcase(suite, law);
	return suite;
}
