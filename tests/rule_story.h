/* rule_story.h: tickets for the rules of sla-owners, and what came of a rule */
/* Rank: tests. */
#ifndef SLA_TESTS_RULE_STORY_H
#define SLA_TESTS_RULE_STORY_H

#include "owners/rules.h"
#include "tests/story.h"

#define HEAD(has)                                                               \
	"{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[" has "],\"events\":[" \
	"{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}"
#define AT(time, rest)           ",{\"at\":\"2026-03-02T" time "Z\"," rest "}"
#define P1                       AT("09:00:00", "\"kind\":\"priority\",\"from\":null,\"to\":\"P1\"")
#define PRIORITY(time, from, to) AT(time, "\"kind\":\"priority\",\"from\":" from ",\"to\":" to)
#define OWNER(time, from, to)    AT(time, "\"kind\":\"owner\",\"from\":" from ",\"to\":" to)
#define CLOSED(time) \
	AT(time, "\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\",\"state\":\"closed\"")
#define TAIL   "]}"
#define OWN    "\"owner\",\"team\",\"status\",\"priority\""
#define ACTOR  OWN ",\"actor\",\"work\""
#define A_TO_B OWNER("09:00:00", "null", "\"A\"") OWNER("10:00:00", "\"A\"", "\"B\"")
#define B_TO_A OWNER("10:30:00", "\"B\"", "\"A\"")
#define FOUR   "\"targets\":[{\"resolve\":\"4h\"}]"

#define TALK OWN ",\"message\",\"public\",\"work\",\"actor\",\"promise\""
#define MESSAGE(time, by, role, seen)                                                             \
	AT(time,                                                                                  \
	    "\"kind\":\"message\",\"by\":\"" by "\",\"role\":\"" role "\",\"visibility\":\"" seen \
	    "\"")
#define WORD(time)    MESSAGE(time, "A", "agent", "public")
#define NOTE(time)    MESSAGE(time, "A", "agent", "internal")
#define REPLY(time)   MESSAGE(time, "Kim", "client", "public")
#define UNNAMED(time) AT(time, "\"kind\":\"message\",\"role\":\"agent\",\"visibility\":\"public\"")
#define ROBOT(time) \
	AT(time, "\"kind\":\"message\",\"role\":\"system\",\"visibility\":\"public\",\"auto\":true")
#define STATUS(time, state) \
	AT(time, "\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state "\"")
#define WAITING(time) STATUS(time, "waiting_client")
#define TO_A          OWNER("09:00:00", "null", "\"A\"")
#define OFF(rule)     "{\"thresholds\":{\"" rule "\":\"off\"}}"
#define NONE          HEAD("\"status\"") TAIL
#define NOON          "2026-03-02T12:00:00Z"
#define AT_DAY(day, time, state)                                                                  \
	",{\"at\":\"2026-03-" day "T" time "Z\",\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\"," \
	"\"state\":\"" state "\"}"
/* Waiting, open for the first time, and back twice, the second time at that instant. */
#define BACK(left, back) STATUS(left, "open") WAITING(back)
#define FLIPS(time)         \
	HEAD(TALK)          \
	WAITING("09:10:00") \
	BACK("09:20:00", "09:30:00") BACK("09:40:00", "09:50:00") BACK("09:55:00", time)
/* Ann left on 3 March, Bo is away that day, Cy is of the second tier. */
#define PEOPLE                                                                                    \
	"\"roster\":[{\"name\":\"Ann\",\"aliases\":[\"A\"],\"tier\":1,\"until\":\"2026-03-03\"}," \
	"{\"name\":\"Bo\",\"tier\":1,\"away\":\"2026-03-03\"},{\"name\":\"Cy\",\"tier\":2}]"
#define TO_BO OWNER("09:00:00", "null", "\"Bo\"")
#define REOPENED_AT_TEN \
	CLOSED("09:10:00") STATUS("10:00:00", "open") AT("10:00:00", "\"kind\":\"reopened\"")
#define THE_THIRD "2026-03-03T00:00:00Z"

enum outcome { QUIET, OPEN, OVER, NOT_JUDGED };

struct rule_case {
	const char *rule, *what, *line, *policy, *as_of;
	enum outcome outcome;
};

/* What came of the rule in the row's ticket. */
enum outcome rule_outcome(const struct rule_case *row);
/* What came of a rule, of all that was found. */
enum outcome outcome_among(const struct findings *findings, const char *rule);

#endif
