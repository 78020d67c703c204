/* check_load.c: the open tickets of an owner and a team, at every moment, counted by hand */
#include "risk/load.h"
#include "tests/story.h"
#include "tests/support.h"

#include <check.h>

#define HEAD                                                                                          \
	"{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[\"owner\",\"team\",\"status\"],\"events\":[" \
	"{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}"
#define EVENT(time, rest) ",{\"at\":\"2026-03-02T" time ":00Z\"," rest "}"
#define OWNER(time, to)   EVENT(time, "\"kind\":\"owner\",\"from\":null,\"to\":" to)
#define TEAM(time, to)    EVENT(time, "\"kind\":\"team\",\"from\":null,\"to\":" to)
#define STATE(time, state) \
	EVENT(time, "\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state "\"")

static const char *const tickets[] = {HEAD OWNER("09:00", "\"Ann\"") TEAM("09:00", "\"Desk\"")
					  STATE("11:00", "resolved") STATE("13:00", "open") "]}",
    HEAD OWNER("10:00", "\"Ann\"") OWNER("12:00", "\"Bo\"") "]}",
    HEAD TEAM("09:30", "\"Ann\"") STATE("09:45", "waiting_client") OWNER("15:00", "\"Ann\"") "]}"};

static int64_t
asked(struct load *load, const char *name, const char *at)
{
	return load_at(load, load_holder(load, name), instant_of(at));
}

START_TEST(test_load)
{
	struct load owners = {0}, teams = {0};
	struct story story;
	size_t i;

	for (i = 0; i < sizeof(tickets) / sizeof(tickets[0]); i++) {
		story_tell(&story, tickets[i], NULL, "2026-03-02T15:00:00Z");
		load_add(&owners, LOAD_OWNER, &story.analysis.timeline);
		load_add(&teams, LOAD_TEAM, &story.analysis.timeline);
		story_end(&story);
	}
	load_settle(&owners);
	load_settle(&teams);
	ck_assert_int_eq(asked(&owners, "Ann", "2026-03-02T08:59:59Z"), 0);
	ck_assert_int_eq(asked(&owners, "Ann", "2026-03-02T09:00:00Z"), 1);
	ck_assert_int_eq(asked(&owners, "Ann", "2026-03-02T10:30:00Z"), 2);
	/* The first is resolved at 11:00 and opened again at 13:00; the second goes on at 12:00. */
	ck_assert_int_eq(asked(&owners, "Ann", "2026-03-02T11:00:00Z"), 1);
	ck_assert_int_eq(asked(&owners, "Ann", "2026-03-02T12:00:00Z"), 0);
	ck_assert_int_eq(asked(&owners, "Ann", "2026-03-02T14:00:00Z"), 1);
	ck_assert_int_eq(asked(&owners, "Bo", "2026-03-02T15:00:00Z"), 1);
	/* At the last instant itself she gets the third. A team of her name is another. */
	ck_assert_int_eq(asked(&owners, "Ann", "2026-03-02T15:00:00Z"), 2);
	ck_assert_int_eq(asked(&teams, "Ann", "2026-03-02T15:00:00Z"), 1);
	ck_assert_int_eq(asked(&teams, "Desk", "2026-03-02T12:00:00Z"), 0);
	ck_assert_int_eq(asked(&teams, "Nobody", "2026-03-02T12:00:00Z"), 0);
	ck_assert_int_eq(load_at(&owners, INTERN_NONE, instant_of("2026-03-02T12:00:00Z")), 0);
	load_free(&owners);
	load_free(&teams);
}
END_TEST

Suite *load_suite(void);

Suite *
load_suite(void)
{
	Suite *suite = suite_create("load");
	TCase *tcase = tcase_create("load");

	tcase_add_test(tcase, test_load);
	suite_add_tcase(suite, tcase);
	return suite;
}
