/* check_snapshots.c: what two snapshots leave open is held against nobody */
#include "tests/rule_story.h"
#include "tests/support.h"

#include <check.h>

/* Told by two snapshots: it came after the first time, and not later than the second. */
#define BETWEEN(after, time, rest) \
	AT(time, rest ",\"inferred\":true,\"after\":\"2026-03-02T" after "Z\"")
#define OWNER_BETWEEN(after, time, from, to) \
	BETWEEN(after, time, "\"kind\":\"owner\",\"from\":" from ",\"to\":" to)
#define STATE_BETWEEN(after, time, state) \
	BETWEEN(after, time,              \
	    "\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state "\"")
#define RAISED_BETWEEN(after, time) \
	BETWEEN(after, time, "\"kind\":\"priority\",\"from\":\"P2\",\"to\":\"P1\"")
/* Waiting a second time until it was left between the snapshots, and again at 09:35 of the third. */
#define LEFT_AFTER(after)            \
	HEAD(TALK)                   \
	WAITING("09:10:00")          \
	BACK("09:20:00", "09:30:00") \
	STATE_BETWEEN(after, "09:40:00", "open") AT_DAY("03", "09:35:00", "waiting_client") TAIL
#define ONE_FLIP "{\"thresholds\":{\"pause-flip-flop\":1}}"

static const struct rule_case rule_cases[] = {
    /* 8 h are allowed. */
    {"orphaned", "picked up between two snapshots, perhaps at once",
	HEAD(OWN) OWNER_BETWEEN("09:00:00", "19:00:00", "null", "\"A\"") TAIL, NULL,
	"2026-03-02T20:00:00Z", QUIET},
    {"orphaned", "the earlier snapshot shows nobody after 8 h and a second",
	HEAD(OWN) OWNER_BETWEEN("17:00:01", "19:00:00", "null", "\"A\"") TAIL, NULL,
	"2026-03-02T20:00:00Z", OVER},
    {"orphaned", "ended between two snapshots, perhaps in time",
	HEAD(OWN) STATE_BETWEEN("17:00:00", "19:00:00", "closed") TAIL, NULL,
	"2026-03-02T20:00:00Z", QUIET},
    {"not-accepted", "moved on between two snapshots, perhaps in time",
	HEAD(ACTOR) A_TO_B OWNER_BETWEEN("18:00:00", "20:00:00", "\"B\"", "\"C\"") TAIL, NULL,
	"2026-03-02T21:00:00Z", QUIET},
    {"not-accepted", "the earlier one shows B after 8 h and a second",
	HEAD(ACTOR) A_TO_B OWNER_BETWEEN("18:00:01", "20:00:00", "\"B\"", "\"C\"") TAIL, NULL,
	"2026-03-02T21:00:00Z", OVER},
    {"late-handoff", "between 749 per mille and more",
	HEAD(OWN) TO_A OWNER_BETWEEN("11:59:59", "13:00:00", "\"A\"", "\"B\"") TAIL, "{" FOUR "}",
	"2026-03-02T14:00:00Z", QUIET},
    {"late-handoff", "at 750 A still had it",
	HEAD(OWN) TO_A OWNER_BETWEEN("12:00:00", "13:00:00", "\"A\"", "\"B\"") TAIL, "{" FOUR "}",
	"2026-03-02T14:00:00Z", OPEN},
    {"hot-potato", "A had it for at most 15 min",
	HEAD(TALK) OWNER_BETWEEN("09:00:00", "09:10:00", "null", "\"A\"")
	    OWNER("09:15:00", "\"A\"", "\"B\"") TAIL,
	NULL, NOON, QUIET},
    {"hot-potato", "A had it for at most 14:59",
	HEAD(TALK) OWNER_BETWEEN("09:00:00", "09:10:00", "null", "\"A\"")
	    OWNER("09:14:59", "\"A\"", "\"B\"") TAIL,
	NULL, NOON, OPEN},
    {"closed-without-word", "8 h after the word it was still open, perhaps no longer",
	HEAD(TALK) WORD("09:05:00") STATE_BETWEEN("17:05:00", "20:00:00", "closed") TAIL, NULL,
	"2026-03-02T21:00:00Z", QUIET},
    {"closed-without-word", "8 h and a second after the word it was still open",
	HEAD(TALK) WORD("09:05:00") STATE_BETWEEN("17:05:01", "20:00:00", "closed") TAIL, NULL,
	"2026-03-02T21:00:00Z", OPEN},
    {"pause-without-question", "asked before or after it began",
	HEAD(TALK) WORD("10:00:00") STATE_BETWEEN("11:00:00", "12:00:00", "waiting_client") TAIL,
	NULL, "2026-03-02T13:00:00Z", QUIET},
    {"pause-without-question", "an hour and a second after the word it had not begun",
	HEAD(TALK) WORD("10:00:00") STATE_BETWEEN("11:00:01", "12:00:00", "waiting_client") TAIL,
	NULL, "2026-03-02T13:00:00Z", OPEN},
    {"pause-after-reply", "taken up again perhaps within the hour",
	HEAD(TALK) WORD("09:05:00") WAITING("09:10:00") REPLY("09:20:00")
	    STATE_BETWEEN("10:20:00", "12:00:00", "open") TAIL,
	NULL, "2026-03-02T13:00:00Z", QUIET},
    {"pause-after-reply", "still waiting after an hour and a second",
	HEAD(TALK) WORD("09:05:00") WAITING("09:10:00") REPLY("09:20:00")
	    STATE_BETWEEN("10:20:01", "12:00:00", "open") TAIL,
	NULL, "2026-03-02T13:00:00Z", OVER},
    /* 900 per mille of 4 h are 3 h 36 min. */
    {"pause-near-deadline", "began between 899 per mille and more",
	HEAD(OWN) TO_A STATE_BETWEEN("12:35:59", "12:50:00", "waiting_client") TAIL, "{" FOUR "}",
	"2026-03-02T13:00:00Z", QUIET},
    {"pause-near-deadline", "at 900 it had not begun",
	HEAD(OWN) TO_A STATE_BETWEEN("12:36:00", "12:50:00", "waiting_client") TAIL, "{" FOUR "}",
	"2026-03-02T13:00:00Z", OPEN},
    {"pause-flip-flop", "left perhaps a day and a minute before", LEFT_AFTER("09:34:00"), ONE_FLIP,
	"2026-03-03T10:00:00Z", QUIET},
    {"pause-flip-flop", "left less than a day before; low as it is", LEFT_AFTER("09:36:00"),
	ONE_FLIP, "2026-03-03T10:00:00Z", OVER},
    {"escalated-late", "raised between 749 per mille and more",
	HEAD(OWN) TO_A RAISED_BETWEEN("11:59:59", "13:00:00") TAIL, "{" FOUR "}",
	"2026-03-02T14:00:00Z", QUIET},
    {"escalated-late", "at 750 not yet raised",
	HEAD(OWN) TO_A RAISED_BETWEEN("12:00:00", "13:00:00") TAIL, "{" FOUR "}",
	"2026-03-02T14:00:00Z", OPEN},
};

START_TEST(test_snapshots)
{
	const struct rule_case *row = &rule_cases[_i];
	enum outcome outcome = rule_outcome(row);

	ck_assert_msg(outcome == row->outcome, "%s, %s: %d", row->rule, row->what, (int)outcome);
}
END_TEST

Suite *snapshots_suite(void);

Suite *
snapshots_suite(void)
{
	Suite *suite = suite_create("snapshots");
	TCase *cases = tcase_create("rules");

	tcase_add_loop_test(
	    cases, test_snapshots, 0, (int)(sizeof(rule_cases) / sizeof(rule_cases[0])));
	suite_add_tcase(suite, cases);
	return suite;
}
