/* check_conformance.c: each rule of the process kept, broken, not due, and without its evidence */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "owners/rules.h"
#include "report/count/aggregate.h"
#include "report/count/variants.h"
#include "report/history.h"
#include "report/piece/piece.h"
#include "sla/conformance.h"
#include "tests/capture.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#define DAY  "2026-03-02T"
#define HEAD "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":["
#define OPENED(state) \
	"],\"events\":[{\"at\":\"" DAY "09:00:00Z\",\"kind\":\"opened\",\"state\":\"" state "\"}"
#define NEW(has)                HEAD has OPENED("new")
#define END                     "]}"
#define AT(time, rest)          ",{\"at\":\"" DAY time ":00Z\"," rest "}"
/* Seen in a snapshot, after another one. */
#define SEEN(time, after, rest) AT(time, rest ",\"inferred\":true,\"after\":\"" DAY after ":00Z\"")
#define STATE(state)            "\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state "\""
#define OWNER(name)             "\"kind\":\"owner\",\"from\":null,\"to\":\"" name "\""
#define WORK                    "\"kind\":\"work\",\"by\":\"A\",\"role\":\"agent\",\"seconds\":60"
#define SAID(by, role) \
	"\"kind\":\"message\",\"by\":\"" by "\",\"role\":\"" role "\",\"visibility\":\"public\""
#define WORD   SAID("A", "agent")
#define CLIENT SAID("Kim", "client")
#define ROBOT                                                                 \
	"\"kind\":\"message\",\"role\":\"system\",\"visibility\":\"public\"," \
	"\"auto\":true"
#define DUE(from, to) \
	"\"kind\":\"due\",\"metric\":\"resolve\",\"from\":" from ",\"to\":\"" DAY to ":00Z\""
#define WAS(time)          "\"" DAY time ":00Z\""
#define PRIORITY(from, to) "\"kind\":\"priority\",\"from\":" from ",\"to\":\"" to "\""
#define BY(name, kind)     "\"kind\":\"" kind "\",\"by\":\"" name "\",\"role\":\"agent\""
/* As ingest writes an end. */
#define RESOLVED(time, by) \
	AT(time, STATE("resolved") ",\"by\":\"" by "\"") AT(time, BY(by, "resolved"))

#define OWN  "\"owner\",\"status\""
#define TALK "\"status\",\"message\",\"public\""
#define LATE "{\"targets\":[{\"resolve\":\"1h\"}]}"
#define RETROACTIVE                                                             \
	"{\"targets\":[{\"match\":{\"priority\":[\"P1\"]},\"resolve\":\"1h\"}," \
	"{\"resolve\":\"8h\"}],\"conventions\":{\"priority_change\":\"retroactive\"}}"

static const struct rule_case {
	const char *rule, *what, *line, *policy;
	enum conformity result;
} rule_cases[] = {
    {"owner-before-work", "A has it, and works",
	NEW("\"owner\",\"work\"") AT("09:10", OWNER("A")) AT("09:20", WORK) END, NULL,
	CONFORMITY_CONFORMS},
    {"owner-before-work", "at one instant the owner comes first",
	NEW("\"owner\",\"work\"") AT("09:10", OWNER("A")) AT("09:10", WORK) END, NULL,
	CONFORMITY_CONFORMS},
    {"owner-before-work", "the first owner is known from what replaces him",
	NEW("\"owner\",\"work\"") AT("09:20", WORK)
	    AT("09:30", "\"kind\":\"owner\",\"from\":\"A\",\"to\":\"B\"") END,
	NULL, CONFORMITY_CONFORMS},
    {"owner-before-work", "work, and an owner only then",
	NEW("\"owner\",\"work\"") AT("09:10", WORK) AT("09:20", OWNER("A")) END, NULL,
	CONFORMITY_DEVIATES},
    {"owner-before-work", "never an owner", NEW("\"owner\",\"work\"") AT("09:10", WORK) END, NULL,
	CONFORMITY_DEVIATES},
    {"owner-before-work", "a machine's entry is no work",
	NEW("\"owner\",\"work\"") AT("09:10", "\"kind\":\"work\",\"role\":\"system\"") END, NULL,
	CONFORMITY_IDLE},
    {"owner-before-work", "the owner came between two snapshots, the work too",
	NEW("\"owner\",\"work\"") AT("09:20", WORK) SEEN("10:00", "09:10", OWNER("A")) END, NULL,
	CONFORMITY_UNKNOWN},
    {"owner-before-work", "the owner came after a snapshot that came after the work",
	NEW("\"owner\",\"work\"") AT("09:05", WORK) SEEN("10:00", "09:10", OWNER("A")) END, NULL,
	CONFORMITY_DEVIATES},
    {"owner-before-work", "two snapshots of one instant leave no doubt",
	NEW("\"owner\",\"work\"") SEEN("09:10", "09:10", OWNER("A")) AT("09:10", WORK) END, NULL,
	CONFORMITY_CONFORMS},
    {"owner-before-work", "work is not recorded", NEW("\"owner\"") END, NULL, CONFORMITY_UNKNOWN},
    {"owner-before-word", "A has it, and writes",
	NEW("\"owner\"," TALK) AT("09:10", OWNER("A")) AT("09:20", WORD) END, NULL,
	CONFORMITY_CONFORMS},
    {"owner-before-word", "A writes, and nobody has it",
	NEW("\"owner\"," TALK) AT("09:20", WORD) END, NULL, CONFORMITY_DEVIATES},
    {"owner-before-word", "a machine's mail is no word",
	NEW("\"owner\"," TALK) AT("09:00", ROBOT) END, NULL, CONFORMITY_IDLE},
    {"owner-before-word", "owners are not recorded", NEW(TALK) AT("09:20", WORD) END, NULL,
	CONFORMITY_UNKNOWN},
    {"owner-before-end", "A had it",
	NEW(OWN) AT("09:10", OWNER("A"))
	    AT("09:20", "\"kind\":\"owner\",\"from\":\"A\",\"to\":null") RESOLVED("09:30", "B") END,
	NULL, CONFORMITY_CONFORMS},
    {"owner-before-end", "nobody had it", NEW(OWN) RESOLVED("09:30", "B") END, NULL,
	CONFORMITY_DEVIATES},
    {"owner-before-end", "the end and the owner are in one snapshot",
	NEW(OWN) SEEN("10:00", "09:00", OWNER("A")) SEEN("10:00", "09:00", STATE("closed")) END,
	NULL, CONFORMITY_UNKNOWN},
    {"owner-before-end", "cancelled", NEW(OWN) AT("09:30", STATE("cancelled")) END, NULL,
	CONFORMITY_IDLE},
    {"owner-before-end", "over when it was opened",
	HEAD OWN OPENED("resolved") AT("09:30", STATE("closed")) END, NULL, CONFORMITY_IDLE},
    {"owner-before-end", "owners are not recorded", NEW("\"status\"") RESOLVED("09:30", "B") END,
	NULL, CONFORMITY_UNKNOWN},
    {"answer-before-end", "answered, then resolved",
	NEW(TALK) AT("09:10", WORD) RESOLVED("09:30", "A") END, NULL, CONFORMITY_CONFORMS},
    {"answer-before-end", "resolved, then answered",
	NEW(TALK) RESOLVED("09:30", "A") AT("09:40", WORD) END, NULL, CONFORMITY_DEVIATES},
    {"answer-before-end", "a machine's mail is no answer",
	NEW(TALK) AT("09:00", ROBOT) RESOLVED("09:30", "A") END, NULL, CONFORMITY_DEVIATES},
    {"answer-before-end", "but it is where the policy says so",
	NEW(TALK) AT("09:00", ROBOT) RESOLVED("09:30", "A") END,
	"{\"conventions\":{\"first_response\":\"auto\"}}", CONFORMITY_CONFORMS},
    {"answer-before-end", "open", NEW(TALK) AT("09:10", WORD) END, NULL, CONFORMITY_IDLE},
    {"answer-before-end", "messages are not recorded", NEW("\"status\"") RESOLVED("09:30", "A") END,
	NULL, CONFORMITY_UNKNOWN},
    {"work-before-end", "worked, then resolved",
	NEW("\"work\",\"status\"") AT("09:10", WORK) RESOLVED("09:30", "A") END, NULL,
	CONFORMITY_CONFORMS},
    {"work-before-end", "no work at all", NEW("\"work\",\"status\"") RESOLVED("09:30", "A") END,
	NULL, CONFORMITY_DEVIATES},
    {"work-before-end", "open", NEW("\"work\",\"status\"") AT("09:10", WORK) END, NULL,
	CONFORMITY_IDLE},
    {"work-before-end", "work is not recorded", NEW("\"status\"") RESOLVED("09:30", "A") END, NULL,
	CONFORMITY_UNKNOWN},
    {"question-before-waiting", "asked an hour before",
	NEW(TALK) AT("09:10", WORD) AT("10:10", STATE("waiting_client")) END, NULL,
	CONFORMITY_CONFORMS},
    {"question-before-waiting", "asked an hour and a minute before",
	NEW(TALK) AT("09:10", WORD) AT("10:11", STATE("waiting_client")) END, NULL,
	CONFORMITY_DEVIATES},
    {"question-before-waiting", "the policy allows two",
	NEW(TALK) AT("09:10", WORD) AT("10:11", STATE("waiting_client")) END,
	"{\"thresholds\":{\"pause-without-question\":\"2h\"}}", CONFORMITY_CONFORMS},
    {"question-before-waiting", "on hold is no wait for the client",
	NEW(TALK) AT("10:11", STATE("on_hold")) END, NULL, CONFORMITY_IDLE},
    {"question-before-waiting", "messages are not recorded",
	NEW("\"status\"") AT("10:11", STATE("waiting_client")) END, NULL, CONFORMITY_UNKNOWN},
    {"client-answered", "asked and answered", NEW(TALK) AT("09:10", CLIENT) AT("09:20", WORD) END,
	NULL, CONFORMITY_CONFORMS},
    {"client-answered", "asked, and closed",
	NEW(TALK) AT("09:10", CLIENT) AT("09:20", STATE("closed")) END, NULL, CONFORMITY_DEVIATES},
    {"client-answered", "asked, and still open", NEW(TALK) AT("09:10", CLIENT) END, NULL,
	CONFORMITY_IDLE},
    {"client-answered", "nobody asked", NEW(TALK) AT("09:10", WORD) END, NULL, CONFORMITY_IDLE},
    {"client-answered", "messages are not recorded", NEW("\"status\"") END, NULL,
	CONFORMITY_UNKNOWN},
    {"word-at-end", "told before", NEW(TALK) AT("09:10", WORD) AT("17:10", STATE("closed")) END,
	NULL, CONFORMITY_CONFORMS},
    {"word-at-end", "told after", NEW(TALK) AT("09:20", STATE("closed")) AT("23:00", WORD) END,
	NULL, CONFORMITY_CONFORMS},
    {"word-at-end", "the last word came too long before",
	NEW(TALK) AT("09:10", WORD) AT("17:11", STATE("closed")) END, NULL, CONFORMITY_DEVIATES},
    {"word-at-end", "cancelled", NEW(TALK) AT("09:20", STATE("cancelled")) END, NULL,
	CONFORMITY_IDLE},
    {"word-at-end", "messages are not recorded", NEW("\"status\"") AT("09:20", STATE("closed")) END,
	NULL, CONFORMITY_UNKNOWN},
    {"resolved-before-closed", "resolved, then closed",
	NEW("\"status\"") AT("09:20", STATE("resolved")) AT("09:30", STATE("closed")) END, NULL,
	CONFORMITY_CONFORMS},
    {"resolved-before-closed", "both at one instant",
	NEW("\"status\"") AT("09:30", STATE("resolved")) AT("09:30", STATE("closed")) END, NULL,
	CONFORMITY_CONFORMS},
    {"resolved-before-closed", "closed only",
	NEW("\"status\"") AT("09:20", STATE("open")) AT("09:30", STATE("closed")) END, NULL,
	CONFORMITY_DEVIATES},
    {"resolved-before-closed", "resolved in an earlier life",
	NEW("\"status\"") AT("09:20", STATE("resolved")) AT("09:30", STATE("open"))
	    AT("09:40", STATE("closed")) END,
	NULL, CONFORMITY_DEVIATES},
    {"resolved-before-closed", "closed between two snapshots",
	NEW("\"status\"") SEEN("10:00", "09:00", STATE("closed")) END, NULL, CONFORMITY_UNKNOWN},
    {"resolved-before-closed", "not closed", NEW("\"status\"") AT("09:20", STATE("resolved")) END,
	NULL, CONFORMITY_IDLE},
    {"resolved-before-closed", "states are not recorded", NEW("\"owner\"") END, NULL,
	CONFORMITY_UNKNOWN},
    {"begun-before-closed", "open, then closed",
	NEW("\"status\"") AT("09:20", STATE("open")) AT("09:30", STATE("closed")) END, NULL,
	CONFORMITY_CONFORMS},
    {"begun-before-closed", "new, then closed", NEW("\"status\"") AT("09:30", STATE("closed")) END,
	NULL, CONFORMITY_DEVIATES},
    {"begun-before-closed", "new, then closed, between two snapshots",
	NEW("\"status\"") SEEN("10:00", "09:00", STATE("closed")) END, NULL, CONFORMITY_UNKNOWN},
    {"begun-before-closed", "resolved", NEW("\"status\"") AT("09:30", STATE("resolved")) END, NULL,
	CONFORMITY_IDLE},
    {"begun-before-closed", "states are not recorded", NEW("\"owner\"") END, NULL,
	CONFORMITY_UNKNOWN},
    {"stays-closed", "closed for good", NEW("\"status\"") AT("09:30", STATE("closed")) END, NULL,
	CONFORMITY_CONFORMS},
    {"stays-closed", "open again, and closed again",
	NEW("\"status\"") AT("09:30", STATE("closed")) AT("09:40", STATE("open"))
	    AT("09:50", STATE("closed")) END,
	NULL, CONFORMITY_DEVIATES},
    {"stays-closed", "open again when it was only resolved",
	NEW("\"status\"") AT("09:30", STATE("resolved")) AT("09:40", STATE("open")) END, NULL,
	CONFORMITY_IDLE},
    {"stays-closed", "states are not recorded", NEW("\"owner\"") END, NULL, CONFORMITY_UNKNOWN},
    {"priority-kept", "missed, and left as it was",
	NEW("\"priority\",\"status\"") AT("09:00", PRIORITY("null", "P1")) END, LATE,
	CONFORMITY_CONFORMS},
    {"priority-kept", "missed, and raised",
	NEW("\"priority\",\"status\"") AT("11:00", PRIORITY("\"P2\"", "P1")) END, LATE,
	CONFORMITY_CONFORMS},
    {"priority-kept", "missed at 10:00, and lowered a minute later",
	NEW("\"priority\",\"status\"") AT("10:01", PRIORITY("\"P1\"", "P2")) END, LATE,
	CONFORMITY_DEVIATES},
    {"priority-kept", "lowered before, missed all the same",
	NEW("\"priority\",\"status\"") AT("09:50", PRIORITY("\"P1\"", "P2")) END, LATE,
	CONFORMITY_CONFORMS},
    {"priority-kept", "lowered after it was missed, and so no longer missed",
	NEW("\"priority\",\"status\"") AT("10:30", PRIORITY("\"P1\"", "P2"))
	    AT("11:00", STATE("resolved")) END,
	RETROACTIVE, CONFORMITY_DEVIATES},
    {"priority-kept", "raised, and so missed before: not known then",
	NEW("\"priority\",\"status\"") AT("10:30", PRIORITY("\"P2\"", "P1"))
	    AT("10:31", STATE("resolved")) END,
	RETROACTIVE, CONFORMITY_CONFORMS},
    {"priority-kept", "lowered in the time in which it was missed, as two snapshots show",
	NEW("\"priority\",\"status\"") SEEN("10:30", "09:30", PRIORITY("\"P1\"", "P2")) END, LATE,
	CONFORMITY_UNKNOWN},
    {"priority-kept", "met",
	NEW("\"priority\",\"status\"") AT("09:30", STATE("resolved"))
	    AT("11:00", PRIORITY("\"P1\"", "P2")) END,
	LATE, CONFORMITY_IDLE},
    {"priority-kept", "nothing was promised",
	NEW("\"priority\"") AT("11:00", PRIORITY("\"P1\"", "P2")) END, NULL, CONFORMITY_IDLE},
    {"priority-kept", "priorities are not recorded", NEW("\"status\"") END, LATE,
	CONFORMITY_UNKNOWN},
    {"due-kept", "it passed, and was left", NEW("\"status\"") AT("09:00", DUE("null", "10:00")) END,
	NULL, CONFORMITY_CONFORMS},
    {"due-kept", "moved in time, and passed then",
	NEW("\"status\"") AT("09:00", DUE("null", "10:00")) AT("09:50", DUE(WAS("10:00"), "11:00"))
	    END,
	NULL, CONFORMITY_CONFORMS},
    {"due-kept", "moved after it had passed",
	NEW("\"status\"") AT("09:00", DUE("null", "10:00")) AT("10:01", DUE(WAS("10:00"), "23:30"))
	    END,
	NULL, CONFORMITY_DEVIATES},
    {"due-kept", "it passed between two snapshots, and was moved there too",
	NEW("\"status\"") AT("09:00", DUE("null", "10:00"))
	    SEEN("11:00", "09:30", DUE(WAS("10:00"), "23:50")) END,
	NULL, CONFORMITY_UNKNOWN},
    {"due-kept", "resolved before",
	NEW("\"status\"") AT("09:00", DUE("null", "10:00")) AT("09:30", STATE("resolved")) END,
	NULL, CONFORMITY_IDLE},
    {"due-kept", "no due instant is recorded", NEW("\"status\"") END, NULL, CONFORMITY_UNKNOWN},
    {"ended-by-owner", "A resolves what A owns",
	NEW(OWN ",\"actor\"") AT("09:10", OWNER("A")) RESOLVED("09:30", "A") END, NULL,
	CONFORMITY_CONFORMS},
    {"ended-by-owner", "B does",
	NEW(OWN ",\"actor\"") AT("09:10", OWNER("A")) RESOLVED("09:30", "B") END, NULL,
	CONFORMITY_DEVIATES},
    {"ended-by-owner", "nobody owned it", NEW(OWN ",\"actor\"") RESOLVED("09:30", "B") END, NULL,
	CONFORMITY_IDLE},
    {"ended-by-owner", "owners and actors have names of different kinds",
	NEW(OWN) AT("09:10", OWNER("A")) RESOLVED("09:30", "B") END, NULL, CONFORMITY_UNKNOWN},
};

#define CASES (sizeof(rule_cases) / sizeof(rule_cases[0]))

static const struct conformance_rule *
rule_of(const char *slug)
{
	size_t i;

	for (i = 0; i < nconformance_rules; i++)
		if (strcmp(conformance_rules[i].slug, slug) == 0)
			return &conformance_rules[i];
	ck_abort_msg("no rule %s", slug);
	return NULL;
}

static enum conformity
judge(const struct rule_case *one, const char *policy)
{
	enum conformity result;
	struct story story;

	story_tell(&story, one->line, policy, "2026-03-03T00:00:00Z");
	result = conformance_judge(rule_of(one->rule), &story.analysis, &story.arena);
	story_end(&story);
	return result;
}

START_TEST(test_rule)
{
	const struct rule_case *one = &rule_cases[_i];

	ck_assert_msg(judge(one, one->policy) == one->result, "%s: %s: %d, not %d", one->rule,
	    one->what, (int)judge(one, one->policy), (int)one->result);
}
END_TEST

/* Switched off it does not apply, by the name of the finding where there is one. */
START_TEST(test_off)
{
	const struct rule_case *one = &rule_cases[_i];
	const struct conformance_rule *rule = rule_of(one->rule);
	char policy[128];

	snprintf(policy, sizeof(policy), "{\"thresholds\":{\"%s\":\"off\"}}",
	    rule->finding != NULL ? rule->finding : rule->slug);
	ck_assert_int_eq(judge(one, policy), CONFORMITY_IDLE);
}
END_TEST

/* sla-owners finds what deviates, and nothing else. */
START_TEST(test_same_as_finding)
{
	const struct rule_case *one = &rule_cases[_i];
	const struct conformance_rule *rule = rule_of(one->rule);
	struct findings findings;
	bool found = false;
	struct story story;
	size_t i;

	if (rule->finding == NULL)
		return;
	story_tell(&story, one->line, one->policy, "2026-03-03T00:00:00Z");
	rules_judge(&findings, &story.analysis, &story.arena);
	for (i = 0; i < findings.count; i++)
		found |= strcmp(findings.list[i].rule, rule->finding) == 0;
	ck_assert_msg(
	    found == (one->result == CONFORMITY_DEVIATES), "%s: %s", rule->finding, one->what);
	story_end(&story);
}
END_TEST

START_TEST(test_every_rule_has_cases)
{
	const struct conformance_rule *rule = &conformance_rules[_i];
	unsigned seen = 0;
	size_t i;

	for (i = 0; i < CASES; i++)
		if (strcmp(rule_cases[i].rule, rule->slug) == 0)
			seen |= 1U << rule_cases[i].result;
	ck_assert_msg(seen == (1U << CONFORMITIES) - 1, "%s", rule->slug);
}
END_TEST

static const struct path_case {
	const char *line, *path;
} path_cases[] = {
    {NEW("\"status\"") AT("09:10", STATE("open")) AT("09:20", STATE("open"))
	    AT("09:30", STATE("closed")) END,
	"new > open > closed"},
    {NEW("\"status\"") AT("09:30", STATE("resolved")) AT("09:30", STATE("closed")) END,
	"new > resolved > closed"},
    {HEAD "\"status\"],\"events\":[{\"at\":\"" DAY "09:00:00Z\",\"kind\":\"opened\"}" AT(
	 "09:10", STATE("open")) AT("09:20", STATE("cancelled")) END,
	"open > cancelled"},
};

START_TEST(test_path)
{
	struct variant variant;
	struct buf name = {0};
	struct story story;

	story_tell(&story, path_cases[_i].line, NULL, "2026-03-03T00:00:00Z");
	variant_of(&variant, &story.analysis.timeline);
	variant_words(&name, &variant, VARIANT_STEPS);
	ck_assert_str_eq(buf_z(&name), path_cases[_i].path);
	story_end(&story);
	buf_free(&name);
}
END_TEST

START_TEST(test_cut)
{
	static const struct {
		const char *name, *cut;
		size_t steps, was;
	} cuts[] = {{"new > open > closed", "new > open > closed", 3, 0},
	    {"new > open > closed", "new > open > ...", 2, 2},
	    {"new > open > ...", "new > open > ...", 2, 2},
	    {"new > open > ...", "new > open > ...", 12, 2},
	    {"new > open > ...", "new > ...", 1, 1}, {"new", "new", 1, 0}, {"...", "...", 1, 0}};
	struct buf out = {0};
	size_t i;

	for (i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		buf_clear(&out);
		ck_assert_uint_eq(variant_cut(&out, cuts[i].name, cuts[i].steps), cuts[i].was);
		ck_assert_str_eq(buf_z(&out), cuts[i].cut);
	}
	buf_free(&out);
}
END_TEST

/* The number as a path of some changes of state, none to the same one, and the end. */
static void
write_path(struct buf *line, unsigned number, int changes)
{
	static const char *const states[] = {
	    "new", "open", "waiting_client", "waiting_vendor", "on_hold", "scheduled"};
	unsigned state = 0;
	int i;

	buf_clear(line);
	buf_addf(line,
	    "{\"v\":1,\"source\":\"t\",\"id\":\"%u-%d\",\"has\":[\"status\"],\"events\":[", number,
	    changes);
	buf_addz(line, "{\"at\":\"" DAY "09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}");
	for (i = 0; i < changes; i++, number /= 5) {
		state = (state + 1 + number % 5) % 6;
		buf_addf(line,
		    ",{\"at\":\"" DAY "10:%02d:00Z\",\"kind\":\"status\",\"state\":\"%s\"}", i,
		    states[state]);
	}
	buf_addz(line, AT("11:00", STATE("closed")) "]}");
}

static void
add_path(struct report *report, unsigned number, int changes)
{
	struct ownership ownership;
	struct buf line = {0};
	struct story story;
	struct risk risk;

	write_path(&line, number, changes);
	story_tell(&story, buf_z(&line), NULL, "2026-03-03T00:00:00Z");
	ownership_of(&ownership, &story.analysis, NULL);
	risk_of(&risk, &story.analysis, NULL, &story.arena);
	report_add(report, &story.ticket, &ownership, &risk);
	report_add_history(report, &story.analysis, &ownership, &risk, &story.arena);
	story_end(&story);
	buf_free(&line);
}

/* More than are told apart, and more of them in the first of three pieces alone. */
#define PATHS 10400

static struct report *
conformance_report(bool partial)
{
	struct report_options options = report_defaults();

	options.views = 1U << REPORT_CONFORMANCE;
	options.partial = partial;
	options.as_of = instant_of("2026-03-03T00:00:00Z");
	options.limit = 0;
	return report_new(&options);
}

/* Of more paths than there may be all are cut alike, in whatever order they come. */
START_TEST(test_too_many_paths)
{
	struct report *up = conformance_report(false), *down = conformance_report(false);
	struct buf first = {0}, second = {0};
	unsigned i;

	for (i = 0; i < PATHS; i++) {
		add_path(up, i, 14);
		add_path(down, PATHS - 1 - i, 14);
	}
	add_path(up, 1, 2);
	add_path(down, 1, 2);
	ck_assert_uint_le(report_groups(up, BY_VARIANT)->count, VARIANTS_MOST);
	ck_assert_uint_gt(report_groups(up, BY_VARIANT)->count, VARIANTS_MOST / 100);
	ck_assert_uint_lt(up->variant_steps[WINDOW_ASKED], VARIANT_STEPS);
	ck_assert_int_eq(count_of(report_all(up), COUNT_PATHS), PATHS + 1);
	ck_assert_int_eq(report_render(up, &first), 0);
	ck_assert_int_eq(report_render(down, &second), 0);
	ck_assert_str_eq(buf_z(&first), buf_z(&second));
	/* A short path stays whole. */
	ck_assert_ptr_nonnull(
	    strstr(buf_z(&first), "new > waiting_client > waiting_vendor > closed"));
	report_free(up);
	report_free(down);
	buf_free(&first);
	buf_free(&second);
}
END_TEST

/* Pieces that were cut differently, and not at all, make the whole. */
START_TEST(test_pieces_of_paths)
{
	static char paths[3][32];
	char *files[] = {paths[0], paths[1], paths[2]};
	struct report_options options = report_defaults();
	struct report *pieces[3], *whole = conformance_report(false), *merged;
	struct buf text = {0}, want = {0};
	unsigned i;
	int fd;

	for (i = 0; i < 3; i++)
		pieces[i] = conformance_report(true);
	for (i = 0; i < PATHS; i++)
		add_path(whole, i, 14);
	for (i = 0; i < PATHS; i++)
		add_path(pieces[i < 10100 ? 0 : i < 10200 ? 1 : 2], i, 14);
	for (i = 0; i < 3; i++) {
		buf_clear(&text);
		piece_write(pieces[i], &text);
		snprintf(paths[i], sizeof(paths[i]), "/tmp/check_paths.XXXXXX");
		fd = mkstemp(paths[i]);
		ck_assert_int_eq(write(fd, text.p, text.n), (ssize_t)text.n);
		close(fd);
		report_free(pieces[i]);
	}
	options.views = 1U << REPORT_CONFORMANCE;
	options.limit = 0;
	merged = pieces_merge(&options, files, 3);
	ck_assert_ptr_nonnull(merged);
	buf_clear(&text);
	ck_assert_int_eq(report_render(merged, &text), 0);
	ck_assert_int_eq(report_render(whole, &want), 0);
	ck_assert_str_eq(buf_z(&text), buf_z(&want));
	for (i = 0; i < 3; i++)
		unlink(paths[i]);
	report_free(whole);
	report_free(merged);
	buf_free(&text);
	buf_free(&want);
}
END_TEST

Suite *conformance_suite(void);

Suite *
conformance_suite(void)
{
	Suite *suite = suite_create("conformance");
	TCase *cases = tcase_create("rules");
	TCase *many = tcase_create("many paths");

	tcase_add_loop_test(cases, test_rule, 0, (int)CASES);
	tcase_add_loop_test(cases, test_off, 0, (int)CASES);
	tcase_add_loop_test(cases, test_same_as_finding, 0, (int)CASES);
	tcase_add_loop_test(cases, test_every_rule_has_cases, 0, (int)nconformance_rules);
	tcase_add_loop_test(cases, test_path, 0, (int)(sizeof(path_cases) / sizeof(path_cases[0])));
	tcase_add_test(cases, test_cut);
	suite_add_tcase(suite, cases);
	tcase_set_timeout(many, 120);
	tcase_add_test(many, test_too_many_paths);
	tcase_add_test(many, test_pieces_of_paths);
	suite_add_tcase(suite, many);
	return suite;
}
