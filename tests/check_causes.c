/* check_causes.c: the first cause of a breach that could be seen, worked by hand */
#include "risk/causes.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>

/* 2026-03-02 is a Monday. The resolve target is eight hours of 24x7: breached at 17:00. */
#define HEAD(has)         "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[" has "],\"events\":["
#define OPENED            "{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}"
#define EVENT(time, rest) ",{\"at\":\"2026-03-02T" time ":00Z\"," rest "}"
#define PRIORITY(to)      EVENT("09:00", "\"kind\":\"priority\",\"to\":\"" to "\"")
#define OWNER(time, to)   EVENT(time, "\"kind\":\"owner\",\"to\":" to)
#define TEAM(time, to)    EVENT(time, "\"kind\":\"team\",\"to\":" to)
#define STATE(time, state)                                                                    \
	EVENT(time,                                                                           \
	    "\"kind\":\"status\",\"by\":\"A\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state \
	    "\"")
#define SAYS(time)                                                               \
	EVENT(time,                                                              \
	    "\"kind\":\"message\",\"role\":\"agent\",\"visibility\":\"public\"," \
	    "\"by\":\"A\"")
#define WORK(time, by) EVENT(time, "\"kind\":\"work\",\"by\":\"" by "\",\"seconds\":60")
#define TAIL           "]}"
#define ALL            "\"owner\",\"team\",\"status\",\"priority\",\"message\",\"public\",\"work\",\"actor\""
#define POLICY         "{\"targets\":[{\"match\":{},\"calendar\":\"24x7\",\"resolve\":\"8h\"}]"
#define RUNS_ON        POLICY ",\"conventions\":{\"pause\":[]}}"
#define LATE           "2026-03-02T20:00:00Z"
/* P2: an hour for an owner and for an acceptance, four hours for progress. */
#define P2             HEAD(ALL) OPENED PRIORITY("P2")

struct cause_case {
	const char *what, *line, *policy;
	enum trouble trouble;
	const char *seen;
};

static const struct cause_case cause_cases[] = {
    {"no owner for an hour", P2 TEAM("09:00", "\"T\"") TAIL, POLICY "}", TROUBLE_ORPHANED,
	"2026-03-02T10:00:00Z"},
    {"an owner who does nothing for four hours", P2 OWNER("09:00", "\"A\"") TAIL, POLICY "}",
	TROUBLE_STALLED, "2026-03-02T13:00:00Z"},
    /* Handed over at 11:30, after work at 11:00; no act of B by 12:30, and none for 4 h by 15:00. */
    {"a receiver who does not act",
	P2 OWNER("09:00", "\"A\"") WORK("11:00", "A") OWNER("11:30", "\"B\"") TAIL, POLICY "}",
	TROUBLE_NOT_ACCEPTED, "2026-03-02T12:30:00Z"},
    /* 360 of 480 minutes are 750 per mille at 15:00. */
    {"handed over at three quarters",
	P2 OWNER("09:00", "\"A\"") WORK("12:00", "A") WORK("14:59", "A") OWNER("15:00", "\"B\"")
	    WORK("15:30", "B") TAIL,
	POLICY "}", TROUBLE_LATE_HANDOFF, "2026-03-02T15:00:00Z"},
    {"one minute earlier is not late: nothing but the work itself",
	P2 OWNER("09:00", "\"A\"") WORK("12:00", "A") OWNER("14:59", "\"B\"") WORK("15:30", "B")
	    TAIL,
	POLICY "}", TROUBLE_WORK, NULL},
    {"the policy turned the rule off",
	P2 TEAM("09:00", "\"T\"") WORK("12:00", "A") WORK("15:00", "A") TAIL,
	POLICY ",\"thresholds\":{\"orphaned\":\"off\"}}", TROUBLE_WORK, NULL},
    {"the policy allows two hours", P2 TEAM("09:00", "\"T\"") TAIL,
	POLICY ",\"thresholds\":{\"orphaned\":\"2h\"}}", TROUBLE_ORPHANED, "2026-03-02T11:00:00Z"},
    /* Asked at 09:50, waiting from 10:00; the clock runs on: an hour is up at 11:00. */
    {"the client is silent, and the clock runs on",
	P2 OWNER("09:00", "\"A\"") SAYS("09:50") STATE("10:00", "waiting_client") TAIL, RUNS_ON,
	TROUBLE_CLIENT, "2026-03-02T11:00:00Z"},
    {"not asked: that is no silence of the client, but a stall",
	P2 OWNER("09:00", "\"A\"") STATE("10:01", "waiting_client") TAIL, RUNS_ON, TROUBLE_STALLED,
	"2026-03-02T14:01:00Z"},
    {"the source records no owners, and there was progress",
	HEAD("\"status\",\"priority\",\"work\"") OPENED PRIORITY("P2") WORK("12:00", "A")
	    WORK("15:00", "A") TAIL,
	POLICY "}", TROUBLE_UNKNOWN, NULL},
    {"it does not, but a stall can be seen",
	HEAD("\"status\",\"priority\"") OPENED PRIORITY("P2") TAIL, POLICY "}", TROUBLE_STALLED,
	"2026-03-02T13:00:00Z"},
    /* Worked until 16:00; what begins after the breach explains nothing. */
    {"what came after the breach is no cause",
	P2 OWNER("09:00", "\"A\"") WORK("12:00", "A") WORK("16:00", "A") OWNER("17:30", "null")
	    TAIL,
	POLICY "}", TROUBLE_WORK, NULL},
};

START_TEST(test_cause)
{
	const struct cause_case *one = &cause_cases[_i];
	struct breach_cause cause;
	struct story story;

	story_tell(&story, one->line, one->policy, LATE);
	ck_assert_int_eq(story.analysis.clocks[METRIC_RESOLVE].state, CLOCK_BREACHED);
	breach_cause_find(&cause, &story.analysis, NULL, &story.arena);
	ck_assert_msg(
	    cause.trouble == one->trouble, "%s: %s", one->what, trouble_word(cause.trouble));
	ck_assert_int_eq(cause.seen, one->seen != NULL ? instant_of(one->seen) : INSTANT_NONE);
	story_end(&story);
}
END_TEST

/* A learned threshold of half an hour is seen before the orphan. */
START_TEST(test_learned)
{
	struct stall_table *table = stall_table_new();
	struct breach_cause cause;
	struct story story;
	int i;

	for (i = 0; i < STALL_FEWEST; i++)
		stall_table_add(table, STATE_NEW, PRIORITY_P2, NULL, 120);
	story_tell(&story, cause_cases[0].line, cause_cases[0].policy, LATE);
	breach_cause_find(&cause, &story.analysis, table, &story.arena);
	ck_assert_int_eq(cause.trouble, TROUBLE_STALLED);
	ck_assert_int_eq(cause.seen, instant_of("2026-03-02T09:02:00Z"));
	stall_table_free(table);
	story_end(&story);
}
END_TEST

START_TEST(test_counts)
{
	static const int counted[] = {0, 0, 1, 4};
	struct causes *causes = causes_new();
	struct buf out = {0};
	struct story story;
	size_t i;

	for (i = 0; i < sizeof(counted) / sizeof(counted[0]); i++) {
		story_tell(
		    &story, cause_cases[counted[i]].line, cause_cases[counted[i]].policy, LATE);
		causes_add(causes, &story.analysis, NULL, &story.arena);
		story_end(&story);
	}
	story_tell(&story, cause_cases[0].line, NULL, LATE); /* nothing promised */
	causes_add(causes, &story.analysis, NULL, &story.arena);
	story_end(&story);
	causes_write_text(causes, &out);
	ck_assert_str_eq(buf_z(&out),
	    "resolve: 4 breached, 0 met, 0 open, 0 unknown\n\n"
	    "first cause seen  breaches  share  median time left\n"
	    "not_accepted             0    0.0%  -\n"
	    "orphaned                 2   50.0%  7h\n"
	    "handed_over_late         0    0.0%  -\n"
	    "stalled                  1   25.0%  4h\n"
	    "client_silent            0    0.0%  -\n"
	    "work                     1   25.0%  -\n"
	    "unknown                  0    0.0%  -\n");
	causes_free(causes);
	buf_free(&out);
}
END_TEST

Suite *causes_suite(void);

Suite *
causes_suite(void)
{
	Suite *suite = suite_create("causes");
	TCase *cases = tcase_create("causes");

	tcase_add_loop_test(
	    cases, test_cause, 0, (int)(sizeof(cause_cases) / sizeof(cause_cases[0])));
	tcase_add_test(cases, test_learned);
	tcase_add_test(cases, test_counts);
	suite_add_tcase(suite, cases);
	return suite;
}
