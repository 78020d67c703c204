/* check_finish.c: the life table worked by hand, and what it says of open tickets */
#include "base/buf.h"
#include "base/intern.h"
#include "base/mem.h"
#include "risk/finish.h"
#include "risk/life_table.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>
#include <stdlib.h>

#define DAY INT64_C(86400)

START_TEST(test_steps)
{
	int step;
	int64_t age;

	ck_assert_int_eq(life_step_from(0), 0);
	ck_assert_int_eq(life_step_from(1), 300);
	ck_assert_int_eq(life_step_from(2), 375);
	ck_assert_int_gt(life_step_from(LIFE_STEPS - 1), 365 * DAY);
	for (step = 0; step < LIFE_STEPS; step++) {
		ck_assert_int_eq(life_step_of(life_step_from(step)), step);
		if (step > 0)
			ck_assert_int_eq(life_step_of(life_step_from(step) - 1), step - 1);
	}
	for (age = 0; age < 400 * DAY; age += 7 * 3600 + 13) {
		step = life_step_of(age);
		ck_assert(life_step_from(step) <= age);
		ck_assert(step == LIFE_STEPS - 1 || age < life_step_from(step + 1));
	}
}
END_TEST

/* `ended` of `all` tickets that left the first step end there, all at one instant. */
static void
count(struct life_table *table, int64_t at, enum priority priority, const char *team, int all,
    int ended)
{
	uint32_t number = life_table_team(table, team);
	int i;

	for (i = 0; i < all; i++)
		life_table_count(table, at, 0, priority, number, i < ended);
}

START_TEST(test_shares)
{
	struct life_table *table = life_table_new();
	struct life_left left;

	/* Three in four end in the first five minutes, the tickets of all priors besides: the hazard
	 * is ln 4, so that ln 2 is reached half-way. The step after it, of 75 s, was never left:
	 * it is drawn to the one before; ln 10 - ln 4 is 0.661 of ln 4, 49.6 s into it. */
	count(table, 1000, PRIORITY_P3, NULL, 1000000, 750000);
	ck_assert(life_table_left(table, PRIORITY_P3, INTERN_NONE, 0, &left));
	ck_assert_int_eq(left.p50, 151); /* rounded up, and the priors make it 150.0001 */
	ck_assert_int_eq(left.p90, 350);
	/* Of those that have come to 100 s, as long again. */
	ck_assert(life_table_left(table, PRIORITY_P3, INTERN_NONE, 100, &left));
	ck_assert_int_eq(left.p50, 151);
	life_table_free(table);
}
END_TEST

START_TEST(test_few_say_nothing)
{
	struct life_table *table = life_table_new();
	struct life_left left;

	count(table, 1000, PRIORITY_P3, NULL, 100, 29);
	ck_assert(!life_table_left(table, PRIORITY_P3, INTERN_NONE, 0, &left));
	count(table, 1000, PRIORITY_P3, NULL, 1, 1);
	ck_assert(life_table_left(table, PRIORITY_P3, INTERN_NONE, 0, &left));
	life_table_free(table);
}
END_TEST

/* What was half as long ago as the half-life counts for less than what is new. */
START_TEST(test_fading)
{
	struct life_table *table = life_table_new();
	struct life_left old, new, far;
	int64_t year = 365 * DAY;

	life_table_clear(table, 7 * DAY);
	count(table, 0, PRIORITY_P3, NULL, 1000, 100);
	ck_assert(life_table_left(table, PRIORITY_P3, INTERN_NONE, 0, &old));
	count(table, 28 * DAY, PRIORITY_P3, NULL, 1000, 600);
	ck_assert(life_table_left(table, PRIORITY_P3, INTERN_NONE, 0, &new));
	ck_assert_int_lt(new.p50, 300);
	ck_assert_int_gt(old.p50, 1000);
	/* So long afterwards that the weights must be brought down: the same again is the same. */
	count(table, 5 * year, PRIORITY_P3, NULL, 1000, 600);
	ck_assert(life_table_left(table, PRIORITY_P3, INTERN_NONE, 0, &far));
	ck_assert_int_le(llabs(far.p50 - new.p50), 20);
	life_table_free(table);
}
END_TEST

START_TEST(test_rows)
{
	struct life_table *table = life_table_new(), *read = life_table_new();
	struct buf text = {0};
	struct json_writer w = json_writer_to(&text);
	struct json_error error;
	struct arena arena = {0};
	struct life_left fast, slow, priority, unknown, again;

	count(table, 1000, PRIORITY_P3, "fast", 1000, 900);
	count(table, 1000, PRIORITY_P3, "slow", 1000, 100);
	ck_assert(
	    life_table_left(table, PRIORITY_P3, life_table_find_team(table, "fast"), 0, &fast));
	ck_assert(
	    life_table_left(table, PRIORITY_P3, life_table_find_team(table, "slow"), 0, &slow));
	ck_assert(life_table_left(table, PRIORITY_P3, INTERN_NONE, 0, &priority));
	ck_assert(life_table_left(
	    table, PRIORITY_P1, life_table_find_team(table, "nobody"), 0, &unknown));
	ck_assert_int_lt(fast.p50, priority.p50);
	ck_assert_int_lt(priority.p50, slow.p50);
	ck_assert_int_le(llabs(unknown.p50 - priority.p50), 1); /* half of all, as of P3 */

	life_table_to_json(table, &w, NULL);
	ck_assert(life_table_from_json(read, json_parse(&arena, buf_slice(&text), &error), 1000));
	ck_assert(
	    life_table_left(read, PRIORITY_P3, life_table_find_team(read, "slow"), 0, &again));
	ck_assert_int_eq(again.p50, slow.p50);
	ck_assert_int_eq(again.p90, slow.p90);
	life_table_clear(read, DAY);
	ck_assert(!life_table_from_json(
	    read, json_parse(&arena, SLICE("[{\"ended\":1,\"steps\":[[1,2]]}]"), &error), 1000));
	ck_assert(!life_table_from_json(
	    read, json_parse(&arena, SLICE("[{\"ended\":1,\"steps\":1}]"), &error), 1000));
	ck_assert(!life_table_from_json(read,
	    json_parse(&arena, SLICE("[{\"priority\":\"P9\",\"ended\":1,\"steps\":[]}]"), &error),
	    1000));
	life_table_free(table);
	life_table_free(read);
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

/* A ticket opened on the hour-th hour of 2026 that ends so many minutes later; -1: not. */
static void
tell(struct finish *finish, struct story *story, int hour, int minutes, const char *as_of)
{
	struct buf line = {0};
	char opened[INSTANT_TEXT], ended[INSTANT_TEXT];
	int64_t at = instant_of("2026-01-01T00:00:00Z") + (int64_t)hour * 3600;

	instant_format(at, opened);
	instant_format(at + (int64_t)minutes * 60, ended);
	buf_addf(&line,
	    "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[\"status\"],\"events\":[{\"at\":\"%s\","
	    "\"kind\":\"opened\",\"state\":\"new\"}",
	    opened);
	if (minutes >= 0)
		buf_addf(&line,
		    ",{\"at\":\"%s\",\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\","
		    "\"state\":\"resolved\"}",
		    ended);
	buf_addz(&line, "]}");
	story_tell(story, buf_z(&line), NULL, as_of);
	finish_add(finish, &story->analysis);
	buf_free(&line);
}

static void
teach(struct finish *finish, int hour, int minutes, const char *as_of)
{
	struct story story;

	tell(finish, &story, hour, minutes, as_of);
	story_end(&story);
}

static struct expected_finish
expect(const struct finish *finish, const char *opened, const char *as_of)
{
	struct expected_finish expected;
	struct story story;
	struct buf line = {0};

	buf_addf(&line,
	    "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[\"status\"],\"events\":[{\"at\":\"%s\","
	    "\"kind\":\"opened\",\"state\":\"new\"}]}",
	    opened);
	story_tell(&story, buf_z(&line), NULL, as_of);
	finish_expect(finish, &story.analysis, &expected);
	story_end(&story);
	buf_free(&line);
	return expected;
}

#define END "2026-03-01T00:00:00Z"

/* Tickets of an even spread of lives: half are done in the middle, whatever is open still. */
START_TEST(test_expectations)
{
	struct finish *finish = finish_new(NULL, 0), *read;
	struct expected_finish young, old, again;
	struct buf text = {0};
	struct json_writer w = json_writer_to(&text);
	struct json_error error;
	struct arena arena = {0};
	int i;

	/* From 10 minutes to 1000, and as many that were opened a minute before the end: they say
	 * nothing of what comes later, and must not make the finish sooner or later. */
	for (i = 0; i < 1000; i++) {
		teach(finish, i, i % 100 * 10 + 10, END);
		teach(finish, 1415, -1, END); /* an hour before */
	}
	finish_settle(finish, instant_of(END));
	young = expect(finish, END, END);
	ck_assert(young.known);
	ck_assert_int_le(llabs(young.p50 - instant_of(END) - 500 * 60), 50 * 60);
	ck_assert_int_le(llabs(young.p90 - instant_of(END) - 900 * 60), 90 * 60);
	/* Of those that have come to 500 minutes half are left at 750. */
	old = expect(finish, "2026-02-28T15:40:00Z", END);
	ck_assert_int_le(llabs(old.p50 - instant_of(END) - 250 * 60), 50 * 60);

	finish_to_json(finish, &w, NULL);
	read = finish_from_json(json_parse(&arena, buf_slice(&text), &error));
	ck_assert_ptr_nonnull(read);
	/* What was known when it was written counts once; open tickets alone teach nothing. */
	teach(read, 10, 20, END);
	for (i = 0; i < 1000; i++)
		teach(read, 1415, -1, "2026-03-05T00:00:00Z");
	finish_settle(read, instant_of("2026-03-05T00:00:00Z"));
	again = expect(read, END, END);
	ck_assert_int_le(llabs(again.p50 - young.p50), 5);
	finish_free(read);
	ck_assert_ptr_null(finish_from_json(json_parse(&arena, SLICE("{}"), &error)));
	finish_free(finish);
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

/* An open-only stream is left out, one with an ending counts. */
START_TEST(test_later_endings_count)
{
	struct finish *finish = finish_new(NULL, 0), *read;
	struct expected_finish before, after;
	struct buf text = {0};
	struct json_writer w = json_writer_to(&text);
	struct json_error error;
	struct arena arena = {0};
	int i;

	for (i = 0; i < 200; i++)
		teach(finish, i, 1000, END);
	finish_settle(finish, instant_of(END));
	before = expect(finish, END, END);
	finish_to_json(finish, &w, NULL);
	read = finish_from_json(json_parse(&arena, buf_slice(&text), &error));
	for (i = 0; i < 1000; i++)
		teach(read, 1420 + i % 24, 10, "2026-03-05T00:00:00Z");
	finish_settle(read, instant_of("2026-03-05T00:00:00Z"));
	after = expect(read, END, END);
	ck_assert_int_gt(before.p50 - instant_of(END), 800 * 60);
	ck_assert_int_lt(after.p50 - instant_of(END), 15 * 60);
	finish_free(read);
	finish_free(finish);
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

START_TEST(test_proof)
{
	static const int64_t landmarks[] = {3600};
	struct finish *finish = finish_new(landmarks, 1);
	/* Their calendars are used later. */
	struct story *stories = mem_calloc(1410, sizeof(*stories));
	struct coverage all, one = {0};
	int i;

	/* An even spread throughout: half of the later ones end by what was said of half. */
	for (i = 0; i < 1400; i++)
		tell(finish, &stories[i], i, i * 7 % 100 * 10 + 10, END);
	/* Ten that are a little older than the landmark, and open: nobody knows yet. */
	for (; i < 1410; i++)
		tell(finish, &stories[i], 1414, -1, END);
	finish_prove(finish, instant_of("2026-02-15T00:00:00Z"), &all, &one);
	/* Hours 1080 to 1399; six in a hundred are over before the landmark. */
	ck_assert_uint_eq(all.rows, one.rows);
	ck_assert_uint_ge(all.rows, 305);
	ck_assert_uint_le(all.rows, 315);
	ck_assert_uint_eq(all.p50.judged, all.rows - 10);
	ck_assert_uint_le(all.p90.judged, all.rows - 10);
	ck_assert_uint_ge(all.p90.judged, all.rows - 20);
	ck_assert_double_eq_tol(coverage_share(&all.p50), 0.5, 0.06);
	ck_assert_double_eq_tol(coverage_share(&all.p90), 0.9, 0.06);
	finish_free(finish);
	for (i = 0; i < 1410; i++)
		story_end(&stories[i]);
	mem_free(stories);
}
END_TEST

Suite *finish_suite(void);

Suite *
finish_suite(void)
{
	Suite *suite = suite_create("finish");
	TCase *cases = tcase_create("finish");

	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, test_steps);
	tcase_add_test(cases, test_shares);
	tcase_add_test(cases, test_few_say_nothing);
	tcase_add_test(cases, test_fading);
	tcase_add_test(cases, test_rows);
	tcase_add_test(cases, test_expectations);
	tcase_add_test(cases, test_later_endings_count);
	tcase_add_test(cases, test_proof);
	suite_add_tcase(suite, cases);
	return suite;
}
