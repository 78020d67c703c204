/* check_ledger.c: the ledger's numbers, each worked out by hand, and its law */
#include "base/buf.h"
#include "sla/ledger.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* 2026-03-02 is a Monday. 24x7 unless a policy says otherwise, so working time is elapsed time. */
#define HEAD(has)             "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[" has "],\"events\":["
#define OPENED                "{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}"
#define EVENT(time, rest)     ",{\"at\":\"2026-03-02T" time ":00Z\"," rest "}"
#define OWNER(time, from, to) EVENT(time, "\"kind\":\"owner\",\"from\":" from ",\"to\":" to)
#define TEAM(time, from, to)  EVENT(time, "\"kind\":\"team\",\"from\":" from ",\"to\":" to)
#define STATE(time, state) \
	EVENT(time, "\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state "\"")
#define TAIL  "]}"
#define ALL   "\"owner\",\"team\",\"status\""
#define ACTOR ALL ",\"actor\",\"message\",\"work\""
#define AT_13 "2026-03-02T13:00:00Z"

struct causes_case {
	const char *what, *line, *as_of;
	int64_t owned, unknown, nobody, queue; /* seconds */
};

static const struct causes_case causes_cases[] = {
    {"never assigned: nobody from the opening on", HEAD(ALL) OPENED TAIL, AT_13, 0, 0, 4 * 3600, 0},
    {"no evidence of owners: unknown, never nobody", HEAD("\"status\"") OPENED TAIL, AT_13, 0,
	4 * 3600, 0, 0},
    {"nobody 1 h, queue 1 h, owned 2 h",
	HEAD(ALL) OPENED TEAM("10:00", "null", "\"T\"") OWNER("11:00", "null", "\"A\"") TAIL, AT_13,
	2 * 3600, 0, 3600, 3600},
    {"the first event's `from` speaks for the time before it",
	HEAD(ALL) OPENED OWNER("11:00", "\"A\"", "\"B\"") TAIL, AT_13, 4 * 3600, 0, 0, 0},
    {"an opening inferred from a snapshot: unknown until the snapshot, then nobody",
	HEAD(ALL) "{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"inferred\":true}" EVENT(
	    "10:00",
	    "\"kind\":\"status\",\"to\":\"New\",\"state\":\"new\",\"inferred\":true,"
	    "\"after\":\"2026-03-02T09:00:00Z\"") OWNER("12:00", "null", "\"A\"") TAIL,
	AT_13, 3600, 3600, 2 * 3600, 0},
    {"resolved from 11:00 to 12:00: no life in between",
	HEAD(ALL) OPENED OWNER("10:00", "null", "\"A\"") STATE("11:00", "resolved")
	    STATE("12:00", "open") TAIL,
	AT_13, 2 * 3600, 0, 3600, 0},
    {"what comes after the as-of instant does not exist",
	HEAD(ALL) OPENED OWNER("12:00", "null", "\"A\"") TAIL, "2026-03-02T11:00:00Z", 0, 0,
	2 * 3600, 0},
    {"an event at the as-of instant exists, though it has no time yet",
	HEAD(ALL) OPENED OWNER("11:00", "null", "\"A\"") TAIL, "2026-03-02T11:00:00Z", 0, 0,
	2 * 3600, 0},
};

START_TEST(test_causes)
{
	const struct causes_case *row = &causes_cases[_i];
	const int64_t *causes;
	struct story story;

	story_tell(&story, row->line, NULL, row->as_of);
	causes = story.analysis.ledger.causes;
	ck_assert_msg(causes[CAUSE_OWNED] == row->owned && causes[CAUSE_UNKNOWN] == row->unknown &&
		causes[CAUSE_NOBODY] == row->nobody && causes[CAUSE_QUEUE] == row->queue,
	    "%s: owned %lld, unknown %lld, nobody %lld, queue %lld", row->what,
	    (long long)causes[CAUSE_OWNED], (long long)causes[CAUSE_UNKNOWN],
	    (long long)causes[CAUSE_NOBODY], (long long)causes[CAUSE_QUEUE]);
	story_end(&story);
}
END_TEST

struct handoff_case {
	const char *what, *line;
	const char *handoffs; /* "from>to kind returns;" for each */
};

static const struct handoff_case handoff_cases[] = {
    {"the first assignment is a pickup, no handoff",
	HEAD(ALL) OPENED OWNER("10:00", "null", "\"A\"") TAIL, ""},
    {"A to B",
	HEAD(ALL) OPENED OWNER("10:00", "null", "\"A\"") OWNER("11:00", "\"A\"", "\"B\"") TAIL,
	"A>B person --;"},
    {"a gap is skipped",
	HEAD(ALL) OPENED OWNER("10:00", "null", "\"A\"") OWNER("11:00", "\"A\"", "null")
	    OWNER("12:00", "null", "\"B\"") TAIL,
	"A>B person --;"},
    {"back to the same person after a gap is no handoff",
	HEAD(ALL) OPENED OWNER("10:00", "null", "\"A\"") OWNER("11:00", "\"A\"", "null")
	    OWNER("12:00", "null", "\"A\"") TAIL,
	""},
    {"to the queue of another team, and picked up there: one handoff",
	HEAD(ALL) OPENED TEAM("09:00", "null", "\"S\"") OWNER("09:00", "null", "\"A\"")
	    TEAM("10:00", "\"S\"", "\"T\"") OWNER("10:00", "\"A\"", "null")
		OWNER("11:00", "null", "\"B\"") TAIL,
	"A>T team --;"},
    {"team and person at one instant are one handoff",
	HEAD(ALL) OPENED TEAM("09:00", "null", "\"S\"") OWNER("09:00", "null", "\"A\"")
	    TEAM("10:00", "\"S\"", "\"T\"") OWNER("10:00", "\"A\"", "\"B\"") TAIL,
	"A>B both --;"},
    {"A B A is a direct return of the person",
	HEAD(ALL) OPENED OWNER("10:00", "null", "\"A\"") OWNER("11:00", "\"A\"", "\"B\"")
	    OWNER("12:00", "\"B\"", "\"A\"") TAIL,
	"A>B person --;B>A person d-;"},
    {"A B C A is an indirect one",
	HEAD(ALL) OPENED OWNER("10:00", "\"A\"", "\"B\"") OWNER("11:00", "\"B\"", "\"C\"")
	    OWNER("12:00", "\"C\"", "\"A\"") TAIL,
	"A>B person --;B>C person --;C>A person i-;"},
    {"S T S is a direct return of the team, persons apart",
	HEAD(ALL) OPENED TEAM("10:00", "\"S\"", "\"T\"") TEAM("11:00", "\"T\"", "\"S\"") TAIL,
	"S>T team --;T>S team -d;"},
};

static char
return_mark(enum return_kind kind)
{
	return "-di"[kind];
}

START_TEST(test_handoffs)
{
	const struct handoff_case *row = &handoff_cases[_i];
	const struct handoff *one;
	struct buf got = {0};
	struct story story;
	size_t i;

	story_tell(&story, row->line, NULL, AT_13);
	for (i = 0; i < story.analysis.ledger.nhandoffs; i++) {
		one = &story.analysis.ledger.handoffs[i];
		buf_addf(&got, "%s>%s %s %c%c;", one->from.owner ? one->from.owner : one->from.team,
		    one->to.owner ? one->to.owner : one->to.team, handoff_word(one->kind),
		    return_mark(one->person_return), return_mark(one->team_return));
	}
	ck_assert_msg(strcmp(buf_z(&got), row->handoffs) == 0, "%s: %s", row->what, buf_z(&got));
	buf_free(&got);
	story_end(&story);
}
END_TEST

struct acceptance_case {
	const char *what, *line;
	enum acceptance acceptance;
	int64_t accepted_in, waited;
};

#define TO_B                 OPENED OWNER("09:00", "null", "\"A\"") OWNER("10:00", "\"A\"", "\"B\"")
#define ACT(time, who, kind) EVENT(time, "\"kind\":\"" kind "\",\"by\":\"" who "\"")

static const struct acceptance_case acceptance_cases[] = {
    {"nobody records who acts: unknown", HEAD(ALL) TO_B ACT("11:00", "B", "work") TAIL,
	ACCEPTANCE_UNKNOWN, -1, -1},
    {"B works after an hour", HEAD(ACTOR) TO_B ACT("11:00", "B", "work") TAIL, ACCEPTANCE_ACCEPTED,
	3600, 3600},
    {"B writes a message", HEAD(ACTOR) TO_B ACT("10:30", "B", "message") TAIL, ACCEPTANCE_ACCEPTED,
	1800, 1800},
    {"what A does is not B's acceptance", HEAD(ACTOR) TO_B ACT("11:00", "A", "work") TAIL,
	ACCEPTANCE_PENDING, -1, 3 * 3600},
    {"B's act at the instant of the handoff is not after it",
	HEAD(ACTOR) TO_B ACT("10:00", "B", "work") TAIL, ACCEPTANCE_PENDING, -1, 3 * 3600},
    {"B lost it after two hours",
	HEAD(ACTOR) TO_B OWNER("12:00", "\"B\"", "\"C\"") ACT("12:30", "B", "work") TAIL,
	ACCEPTANCE_LOST, -1, 2 * 3600},
    {"it was resolved by another before B acted",
	HEAD(ACTOR) TO_B EVENT("11:00", "\"kind\":\"status\",\"by\":\"C\",\"state\":\"resolved\"")
	    TAIL,
	ACCEPTANCE_LOST, -1, 3600},
    {"who resolved it was not recorded: it may have been B",
	HEAD(ACTOR) TO_B STATE("11:00", "resolved") TAIL, ACCEPTANCE_UNKNOWN, -1, -1},
    {"somebody worked on it, and it lies there",
	HEAD(ACTOR) TO_B EVENT("11:00", "\"kind\":\"work\"") TAIL, ACCEPTANCE_UNKNOWN, -1, -1},
    {"what the client wrote without a name is not B's",
	HEAD(ACTOR) TO_B EVENT("11:00", "\"kind\":\"message\",\"role\":\"client\"") TAIL,
	ACCEPTANCE_PENDING, -1, 3 * 3600},
    {"somebody did, and B after that: by then at the latest",
	HEAD(ACTOR) TO_B EVENT("11:00", "\"kind\":\"work\"") ACT("12:00", "B", "work") TAIL,
	ACCEPTANCE_ACCEPTED, 2 * 3600, 2 * 3600},
};

START_TEST(test_acceptance)
{
	const struct acceptance_case *row = &acceptance_cases[_i];
	const struct handoff *one;
	struct story story;

	story_tell(&story, row->line, NULL, AT_13);
	ck_assert_uint_ge(story.analysis.ledger.nhandoffs, 1);
	one = &story.analysis.ledger.handoffs[0];
	ck_assert_msg(one->acceptance == row->acceptance && one->accepted_in == row->accepted_in &&
		one->waited == row->waited,
	    "%s: %s, accepted in %lld, waited %lld", row->what, acceptance_word(one->acceptance),
	    (long long)one->accepted_in, (long long)one->waited);
	story_end(&story);
}
END_TEST

/*
 * A resolve target of 4 h, opened 09:00, handed over at 11:00 with 2 h of 4 used
 * (500 per mille) and at 13:30 with 4.5 h of 4 (1125). A held 2 h of 5, B 2.5, C 0.5.
 */
START_TEST(test_budget_and_shares)
{
	static const char line[] = HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"")
	    OWNER("11:00", "\"A\"", "\"B\"") OWNER("13:30", "\"B\"", "\"C\"") TAIL;
	static const char policy[] = "{\"targets\":[{\"resolve\":\"4h\"}]}";
	const struct ledger *ledger;
	struct story story;

	story_tell(&story, line, policy, "2026-03-02T14:00:00Z");
	ledger = &story.analysis.ledger;
	ck_assert_uint_eq(ledger->nhandoffs, 2);
	ck_assert_int_eq(ledger->handoffs[0].budget_used, 500);
	ck_assert_int_eq(ledger->handoffs[1].budget_used, 1125);
	ck_assert_int_eq(ledger->handoffs[1].held, 9000);
	ck_assert_uint_eq(ledger->nholdings, 3);
	ck_assert_int_eq(ledger->holdings[0].share, 400);
	ck_assert_int_eq(ledger->holdings[1].share, 500);
	ck_assert_int_eq(ledger->holdings[2].share, 100);
	ck_assert_int_eq(ledger->holdings[1].seconds, 9000);
	story_end(&story);
}
END_TEST

/* Orphaned 9:00-10:00 with nobody and 10:00-11:00 in a queue: one unbroken span of 2 h. */
START_TEST(test_orphans_are_unbroken)
{
	static const char line[] = HEAD(ALL) OPENED TEAM("10:00", "null", "\"T\"")
	    OWNER("11:00", "null", "\"A\"") OWNER("12:00", "\"A\"", "null") TAIL;
	const struct ledger *ledger;
	struct story story;

	story_tell(&story, line, NULL, AT_13);
	ledger = &story.analysis.ledger;
	ck_assert_uint_eq(ledger->norphans, 2);
	ck_assert_int_eq(ledger->orphans[0].to - ledger->orphans[0].from, 2 * 3600);
	ck_assert(!ledger->orphans[0].open);
	ck_assert_int_eq(ledger->orphans[1].from, instant_of("2026-03-02T12:00:00Z"));
	ck_assert(ledger->orphans[1].open);
	story_end(&story);
}
END_TEST

/* A random history of up to 30 events, written as a line of the stream. */
static void
make_history(struct buf *line, uint64_t *state)
{
	static const char *const names[] = {"null", "\"A\"", "\"B\"", "\"C\""};
	static const char *const states[] = {
	    "new", "open", "waiting_client", "on_hold", "resolved", "closed", "cancelled"};
	static const char *const has[] = {"", "\"owner\"", ALL, ACTOR};
	unsigned long minute = 0, i, n = rnd(state) % 30;

	buf_clear(line);
	buf_addf(line, HEAD("%s") "{\"at\":\"2026-03-02T00:00:00Z\",\"kind\":\"opened\"%s}",
	    has[rnd(state) % 4], rnd(state) % 2 ? ",\"inferred\":true" : "");
	for (i = 0; i < n; i++) {
		minute += rnd(state) % 48;
		buf_addf(line, ",{\"at\":\"2026-03-02T%02lu:%02lu:00Z\",", minute / 60 % 24,
		    minute % 60);
		switch (rnd(state) % 3) {
		case 0:
			buf_addf(line, "\"kind\":\"owner\",\"to\":%s}", names[rnd(state) % 4]);
			break;
		case 1:
			buf_addf(line, "\"kind\":\"team\",\"to\":%s}", names[rnd(state) % 4]);
			break;
		default:
			buf_addf(line, "\"kind\":\"status\",\"to\":\"s\",\"state\":\"%s\"}",
			    states[rnd(state) % 7]);
		}
	}
	buf_addz(line, TAIL);
}

/* The law of DESIGN §6: the causes add up to the life, and the spans have no gap. */
START_TEST(test_causes_add_up)
{
	uint64_t state = test_seed();
	int runs = light() ? 300 : 20000, i, cause;
	struct buf line = {0};
	struct story story;
	int64_t sum;
	size_t j;

	for (i = 0; i < runs; i++) {
		make_history(&line, &state);
		story_tell(&story, buf_z(&line), NULL, "2026-03-02T20:00:00Z");
		for (sum = 0, cause = 0; cause < CAUSES; cause++)
			sum += story.analysis.ledger.causes[cause];
		ck_assert_msg(sum == story.analysis.timeline.life, "%s", buf_z(&line));
		for (j = 1; j < story.analysis.timeline.nspans; j++)
			ck_assert_msg(story.analysis.timeline.spans[j].from ==
				story.analysis.timeline.spans[j - 1].to,
			    "%s", buf_z(&line));
		story_end(&story);
	}
	buf_free(&line);
}
END_TEST

Suite *ledger_suite(void);

Suite *
ledger_suite(void)
{
	Suite *suite = suite_create("ledger");
	TCase *cases = tcase_create("ledger");

	tcase_set_timeout(cases, 120);
	tcase_add_loop_test(
	    cases, test_causes, 0, (int)(sizeof(causes_cases) / sizeof(causes_cases[0])));
	tcase_add_loop_test(
	    cases, test_handoffs, 0, (int)(sizeof(handoff_cases) / sizeof(handoff_cases[0])));
	tcase_add_loop_test(cases, test_acceptance, 0,
	    (int)(sizeof(acceptance_cases) / sizeof(acceptance_cases[0])));
	tcase_add_test(cases, test_budget_and_shares);
	tcase_add_test(cases, test_orphans_are_unbroken);
	tcase_add_test(cases, test_causes_add_up);
	suite_add_tcase(suite, cases);
	return suite;
}
