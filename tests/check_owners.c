/* check_owners.c: each rule tripped, just missed, silenced, and without its evidence */
#include "owners/findings.h"
#include "tests/rule_story.h"
#include "tests/support.h"

#include <check.h>
#include <string.h>

static const struct rule_case rule_cases[] = {
    {"orphaned", "P1 without an owner for 15 min and a second", HEAD(OWN) P1 TAIL, NULL,
	"2026-03-02T09:15:01Z", OPEN},
    {"orphaned", "exactly 15 min is allowed", HEAD(OWN) P1 TAIL, NULL, "2026-03-02T09:15:00Z",
	QUIET},
    {"orphaned", "over, once somebody has it", HEAD(OWN) P1 OWNER("09:20:00", "null", "\"A\"") TAIL,
	NULL, "2026-03-02T10:00:00Z", OVER},
    {"orphaned", "two spans of 10 min are two spans",
	HEAD(OWN) P1 OWNER("09:10:00", "null", "\"A\"") OWNER("09:20:00", "\"A\"", "null") TAIL,
	NULL, "2026-03-02T09:30:00Z", QUIET},
    {"orphaned", "the policy allows an hour", HEAD(OWN) P1 TAIL,
	"{\"thresholds\":{\"orphaned\":\"1h\"}}", "2026-03-02T09:30:00Z", QUIET},
    {"orphaned", "silenced", HEAD(OWN) P1 TAIL, "{\"thresholds\":{\"orphaned\":\"off\"}}",
	"2026-03-02T12:00:00Z", QUIET},
    {"orphaned", "no evidence of owners", HEAD("\"status\"") P1 TAIL, NULL, "2026-03-02T12:00:00Z",
	NOT_JUDGED},
    {"not-accepted", "B has done nothing for 8 h and a second", HEAD(ACTOR) A_TO_B TAIL, NULL,
	"2026-03-02T18:00:01Z", OPEN},
    {"not-accepted", "8 h are allowed where the priority is not known", HEAD(ACTOR) A_TO_B TAIL,
	NULL, "2026-03-02T18:00:00Z", QUIET},
    {"not-accepted", "B worked in time",
	HEAD(ACTOR) A_TO_B AT("11:00:00", "\"kind\":\"work\",\"by\":\"B\",\"seconds\":60") TAIL,
	NULL, "2026-03-02T20:00:00Z", QUIET},
    {"not-accepted", "B worked too late: over",
	HEAD(ACTOR) A_TO_B AT("11:00:01", "\"kind\":\"work\",\"by\":\"B\",\"seconds\":60") TAIL,
	"{\"thresholds\":{\"not-accepted\":\"1h\"}}", "2026-03-02T20:00:00Z", OVER},
    {"not-accepted", "nobody records who acts", HEAD(OWN) A_TO_B TAIL, NULL, "2026-03-02T20:00:00Z",
	NOT_JUDGED},
    {"not-accepted", "silenced", HEAD(ACTOR) A_TO_B TAIL,
	"{\"thresholds\":{\"not-accepted\":\"off\"}}", "2026-03-02T20:00:00Z", QUIET},
    {"ping-pong", "A B A", HEAD(OWN) A_TO_B B_TO_A TAIL, NULL, "2026-03-02T11:00:00Z", OPEN},
    {"ping-pong", "A B is none", HEAD(OWN) A_TO_B TAIL, NULL, "2026-03-02T11:00:00Z", QUIET},
    {"ping-pong", "A B A, closed since: over", HEAD(OWN) A_TO_B B_TO_A CLOSED("10:45:00") TAIL,
	NULL, "2026-03-02T11:00:00Z", OVER},
    {"ping-pong", "one is allowed", HEAD(OWN) A_TO_B B_TO_A TAIL,
	"{\"thresholds\":{\"ping-pong\":2}}", "2026-03-02T11:00:00Z", QUIET},
    {"ping-pong", "no evidence", HEAD("\"status\"") TAIL, NULL, "2026-03-02T11:00:00Z", NOT_JUDGED},
    {"too-many-handoffs", "four, three are allowed",
	HEAD(OWN) A_TO_B B_TO_A OWNER("11:00:00", "\"A\"", "\"C\"")
	    OWNER("11:30:00", "\"C\"", "\"D\"") TAIL,
	NULL, "2026-03-02T12:00:00Z", OPEN},
    {"too-many-handoffs", "three", HEAD(OWN) A_TO_B B_TO_A OWNER("11:00:00", "\"A\"", "\"C\"") TAIL,
	NULL, "2026-03-02T12:00:00Z", QUIET},
    {"too-many-handoffs", "silenced for this client only: not for this ticket",
	HEAD(OWN) A_TO_B TAIL,
	"{\"thresholds\":{\"too-many-handoffs\":[{\"match\":{\"client\":[\"X\"]},"
	"\"limit\":\"off\"},{\"limit\":0}]}}",
	"2026-03-02T12:00:00Z", OPEN},
    {"too-many-handoffs", "no evidence", HEAD("\"status\"") TAIL, NULL, "2026-03-02T11:00:00Z",
	NOT_JUDGED},
    {"late-handoff", "at 3 h of 4",
	HEAD(OWN) OWNER("09:00:00", "null", "\"A\"") OWNER("12:00:00", "\"A\"", "\"B\"") TAIL,
	"{" FOUR "}", "2026-03-02T12:30:00Z", OPEN},
    {"late-handoff", "a second before 3 h of 4: 749 per mille",
	HEAD(OWN) OWNER("09:00:00", "null", "\"A\"") OWNER("11:59:59", "\"A\"", "\"B\"") TAIL,
	"{" FOUR "}", "2026-03-02T12:30:00Z", QUIET},
    {"late-handoff", "nothing was promised",
	HEAD(OWN) OWNER("09:00:00", "null", "\"A\"") OWNER("20:00:00", "\"A\"", "\"B\"") TAIL, NULL,
	"2026-03-02T21:00:00Z", QUIET},
    {"late-handoff", "silenced",
	HEAD(OWN) OWNER("09:00:00", "null", "\"A\"") OWNER("12:00:00", "\"A\"", "\"B\"") TAIL,
	"{" FOUR ",\"thresholds\":{\"late-handoff\":\"off\"}}", "2026-03-02T12:30:00Z", QUIET},
    {"late-handoff", "without a record of the status nobody knows of pauses",
	HEAD("\"owner\",\"team\"") TO_A OWNER("20:00:00", "\"A\"", "\"B\"") TAIL, "{" FOUR "}",
	"2026-03-02T21:00:00Z", NOT_JUDGED},
    {"escalated-late", "without a record of the status nobody knows of pauses",
	HEAD("\"owner\",\"team\"") AT("20:00:00", "\"kind\":\"escalated\",\"to\":\"Tier 2\"") TAIL,
	"{" FOUR "}", "2026-03-02T21:00:00Z", NOT_JUDGED},
    {"late-handoff", "no evidence", HEAD("\"status\"") TAIL, "{" FOUR "}", "2026-03-02T11:00:00Z",
	NOT_JUDGED},
    {"hot-potato", "A had it for 14:59", HEAD(TALK) TO_A OWNER("09:14:59", "\"A\"", "\"B\"") TAIL,
	NULL, NOON, OPEN},
    {"hot-potato", "15 min are enough", HEAD(TALK) TO_A OWNER("09:15:00", "\"A\"", "\"B\"") TAIL,
	NULL, NOON, QUIET},
    {"hot-potato", "A wrote to the client first",
	HEAD(TALK) TO_A WORD("09:05:00") OWNER("09:10:00", "\"A\"", "\"B\"") TAIL, NULL, NOON,
	QUIET},
    {"hot-potato", "a note is no word",
	HEAD(TALK) TO_A NOTE("09:05:00") OWNER("09:10:00", "\"A\"", "\"B\"") TAIL, NULL, NOON,
	OPEN},
    {"hot-potato", "silenced", HEAD(TALK) TO_A OWNER("09:10:00", "\"A\"", "\"B\"") TAIL,
	OFF("hot-potato"), NOON, QUIET},
    {"hot-potato", "nobody records work", HEAD(OWN) TO_A OWNER("09:10:00", "\"A\"", "\"B\"") TAIL,
	NULL, NOON, NOT_JUDGED},
    {"absent-owner", "left this very day, by an alias", HEAD(OWN) TO_A TAIL, "{" PEOPLE "}",
	"2026-03-03T00:00:01Z", OPEN},
    {"absent-owner", "the last second of the last day", HEAD(OWN) TO_A TAIL, "{" PEOPLE "}",
	THE_THIRD, QUIET},
    {"absent-owner", "away, in another case", HEAD(OWN) OWNER("09:00:00", "null", "\"BO\"") TAIL,
	"{" PEOPLE "}", "2026-03-03T00:00:01Z", OPEN},
    {"absent-owner", "back again", HEAD(OWN) TO_BO TAIL, "{" PEOPLE "}", "2026-03-04T00:00:01Z",
	QUIET},
    {"absent-owner", "an hour is allowed", HEAD(OWN) TO_BO TAIL,
	"{" PEOPLE ",\"thresholds\":{\"absent-owner\":\"1h\"}}", "2026-03-03T00:59:59Z", QUIET},
    {"absent-owner", "an hour is over", HEAD(OWN) TO_BO TAIL,
	"{" PEOPLE ",\"thresholds\":{\"absent-owner\":\"1h\"}}", "2026-03-03T01:00:00Z", OPEN},
    {"absent-owner", "no roster", HEAD(OWN) TO_A TAIL, NULL, NOON, NOT_JUDGED},
    {"diffused", "5 acts by 4, the busiest did 2 of 5: 400 per mille",
	HEAD(TALK) WORD("09:01:00") MESSAGE("09:02:00", "B", "agent", "internal")
	    MESSAGE("09:03:00", "C", "agent", "internal")
		MESSAGE("09:04:00", "D", "agent", "internal") NOTE("09:05:00") TAIL,
	NULL, NOON, QUIET},
    {"diffused", "6 acts by 4, the busiest did 2 of 6: 333 per mille; low as it is",
	HEAD(TALK) WORD("09:01:00") MESSAGE("09:02:00", "B", "agent", "internal") MESSAGE(
	    "09:03:00", "C", "agent", "internal") MESSAGE("09:04:00", "D", "agent", "internal")
	    NOTE("09:05:00") MESSAGE("09:06:00", "B", "agent", "internal") TAIL,
	NULL, NOON, OVER},
    {"diffused", "three people",
	HEAD(TALK) WORD("09:01:00") MESSAGE("09:02:00", "B", "agent", "internal")
	    MESSAGE("09:03:00", "C", "agent", "internal") TAIL,
	NULL, NOON, QUIET},
    {"diffused", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"resolved-by-other", "B ends what A owns",
	HEAD(TALK) TO_A AT(
	    "10:00:00", "\"kind\":\"status\",\"by\":\"B\",\"to\":\"y\",\"state\":\"resolved\"")
	    AT("10:00:00", "\"kind\":\"resolved\",\"by\":\"B\"") TAIL,
	NULL, NOON, OVER},
    {"resolved-by-other", "A does",
	HEAD(TALK) TO_A AT(
	    "10:00:00", "\"kind\":\"status\",\"by\":\"A\",\"to\":\"y\",\"state\":\"resolved\"")
	    AT("10:00:00", "\"kind\":\"resolved\",\"by\":\"A\"") TAIL,
	NULL, NOON, QUIET},
    {"resolved-by-other", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"silent", "P1: an hour and a second", HEAD(TALK) P1 TAIL, NULL, "2026-03-02T10:00:01Z", OPEN},
    {"silent", "P1: an hour", HEAD(TALK) P1 TAIL, NULL, "2026-03-02T10:00:00Z", QUIET},
    {"silent", "P1: an hour since the last word", HEAD(TALK) P1 WORD("09:30:00") TAIL, NULL,
	"2026-03-02T10:30:00Z", QUIET},
    {"silent", "a note and a machine's mail break no silence",
	HEAD(TALK) P1 NOTE("09:30:00") ROBOT("09:31:00") TAIL, NULL, "2026-03-02T10:00:01Z", OPEN},
    {"silent", "a message without a name may be a person's", HEAD(TALK) P1 UNNAMED("09:30:00") TAIL,
	NULL, "2026-03-02T10:00:01Z", QUIET},
    {"silent", "since the reopening, whatever was said before",
	HEAD(TALK) P1 CLOSED("09:10:00") STATUS("11:00:00", "open") TAIL, NULL, NOON, QUIET},
    {"silent", "ended", HEAD(TALK) P1 CLOSED("09:30:00") TAIL, NULL, NOON, QUIET},
    {"silent", "silenced", HEAD(TALK) P1 TAIL, OFF("silent"), NOON, QUIET},
    {"silent", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"hollow-response", "P1: nobody for 15 min and a second after the machine",
	HEAD(TALK) P1 ROBOT("09:01:00") TAIL, NULL, "2026-03-02T09:16:01Z", OPEN},
    {"hollow-response", "15 min", HEAD(TALK) P1 ROBOT("09:01:00") TAIL, NULL,
	"2026-03-02T09:16:00Z", QUIET},
    {"hollow-response", "a person, but late", HEAD(TALK) P1 ROBOT("09:01:00") WORD("09:30:00") TAIL,
	NULL, NOON, OVER},
    {"hollow-response", "a person was first", HEAD(TALK) P1 WORD("09:01:00") ROBOT("09:02:00") TAIL,
	NULL, NOON, QUIET},
    {"hollow-response", "a machine's note is no answer",
	HEAD(TALK) P1 AT("09:01:00",
	    "\"kind\":\"message\",\"role\":\"system\",\"visibility\":\"internal\",\"auto\":true")
	    TAIL,
	NULL, NOON, QUIET},
    {"hollow-response", "a bot answered",
	HEAD(TALK) P1 AT("09:01:00",
	    "\"kind\":\"message\",\"role\":\"agent\",\"visibility\":\"public\",\"bot\":true") TAIL,
	NULL, NOON, OPEN},
    {"hollow-response", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"client-waiting", "P1: 15 min and a second", HEAD(TALK) P1 REPLY("09:10:00") TAIL, NULL,
	"2026-03-02T09:25:01Z", OPEN},
    {"client-waiting", "15 min", HEAD(TALK) P1 REPLY("09:10:00") TAIL, NULL, "2026-03-02T09:25:00Z",
	QUIET},
    {"client-waiting", "a second message does not begin it anew",
	HEAD(TALK) P1 REPLY("09:10:00") REPLY("09:20:00") TAIL, NULL, "2026-03-02T09:25:01Z", OPEN},
    {"client-waiting", "answered", HEAD(TALK) P1 REPLY("09:10:00") WORD("09:20:00") TAIL, NULL,
	NOON, QUIET},
    {"client-waiting", "a machine's mail is no answer",
	HEAD(TALK) P1 REPLY("09:10:00") ROBOT("09:11:00") TAIL, NULL, NOON, OPEN},
    {"client-waiting", "a message without a name may answer",
	HEAD(TALK) P1 REPLY("09:10:00") UNNAMED("09:20:00") TAIL, NULL, NOON, QUIET},
    {"client-waiting", "an internal note of the client is no message to us",
	HEAD(TALK) P1 MESSAGE("09:10:00", "Kim", "client", "internal") TAIL, NULL, NOON, QUIET},
    {"client-waiting", "the reply reopened it a minute later: 15 min and a second since",
	HEAD(TALK) P1 WORD("09:05:00") CLOSED("09:10:00") REPLY("10:00:00")
	    STATUS("10:01:00", "open") TAIL,
	NULL, "2026-03-02T10:16:01Z", OPEN},
    {"client-waiting", "15 min since the reopening",
	HEAD(TALK) P1 WORD("09:05:00") CLOSED("09:10:00") REPLY("10:00:00")
	    STATUS("10:01:00", "open") TAIL,
	NULL, "2026-03-02T10:16:00Z", QUIET},
    {"client-waiting", "answered before it was reopened",
	HEAD(TALK) P1 WORD("09:05:00") CLOSED("09:10:00") REPLY("10:00:00") WORD("10:00:30")
	    STATUS("10:01:00", "open") TAIL,
	NULL, NOON, QUIET},
    {"client-waiting", "a word of thanks after the end",
	HEAD(TALK) P1 WORD("09:05:00") CLOSED("09:10:00") REPLY("10:00:00") TAIL, NULL, NOON,
	QUIET},
    {"client-waiting", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"promise-missed", "no word by 10:00",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"") TAIL,
	NULL, "2026-03-02T10:00:01Z", OPEN},
    {"promise-missed", "there is still time",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"") TAIL,
	NULL, "2026-03-02T10:00:00Z", QUIET},
    {"promise-missed", "kept on the dot",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"")
	    WORD("10:00:00") TAIL,
	NULL, NOON, QUIET},
    {"promise-missed", "a second late",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"")
	    WORD("10:00:01") TAIL,
	NULL, NOON, OVER},
    {"promise-missed", "the message that made the promise does not keep it",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"")
	    WORD("09:10:00") TAIL,
	NULL, "2026-03-02T10:00:01Z", OPEN},
    {"promise-missed", "resolved by then",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"")
	    CLOSED("10:00:00") TAIL,
	NULL, NOON, QUIET},
    {"promise-missed", "half an hour of grace",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"")
	    WORD("10:30:00") TAIL,
	"{\"thresholds\":{\"promise-missed\":\"30m\"}}", NOON, QUIET},
    {"promise-missed", "half an hour and a second",
	HEAD(TALK) AT("09:10:00", "\"kind\":\"promise\",\"to\":\"2026-03-02T10:00:00Z\"")
	    WORD("10:30:01") TAIL,
	"{\"thresholds\":{\"promise-missed\":\"30m\"}}", NOON, OVER},
    {"promise-missed", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"closed-without-word", "the last word is 8 h and a second old",
	HEAD(TALK) WORD("09:00:00") CLOSED("17:00:01") TAIL, NULL, "2026-03-02T18:00:00Z", OPEN},
    {"closed-without-word", "8 h old", HEAD(TALK) WORD("09:00:00") CLOSED("17:00:00") TAIL, NULL,
	"2026-03-02T18:00:00Z", QUIET},
    {"closed-without-word", "told afterwards", HEAD(TALK) CLOSED("17:00:00") WORD("17:30:00") TAIL,
	NULL, "2026-03-02T18:00:00Z", QUIET},
    {"closed-without-word", "cancelled", HEAD(TALK) STATUS("17:00:00", "cancelled") TAIL, NULL,
	"2026-03-02T18:00:00Z", QUIET},
    {"closed-without-word", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"pause-without-question", "asked an hour and a second before",
	HEAD(TALK) WORD("09:29:59") WAITING("10:30:00") TAIL, NULL, NOON, OPEN},
    {"pause-without-question", "asked an hour before",
	HEAD(TALK) WORD("09:30:00") WAITING("10:30:00") TAIL, NULL, NOON, QUIET},
    {"pause-without-question", "over",
	HEAD(TALK) WAITING("10:30:00") STATUS("11:00:00", "open") TAIL, NULL, NOON, OVER},
    {"pause-without-question", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"pause-after-reply", "an hour and a second after the reply",
	HEAD(TALK) WAITING("09:30:00") REPLY("10:00:00") TAIL, NULL, "2026-03-02T11:00:01Z", OPEN},
    {"pause-after-reply", "an hour", HEAD(TALK) WAITING("09:30:00") REPLY("10:00:00") TAIL, NULL,
	"2026-03-02T11:00:00Z", QUIET},
    {"pause-after-reply", "over",
	HEAD(TALK) WAITING("09:30:00") REPLY("10:00:00") STATUS("11:30:00", "open") TAIL, NULL,
	NOON, OVER},
    {"pause-after-reply", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"pause-near-deadline", "at 216 min of 240: 900 per mille", HEAD(OWN) WAITING("12:36:00") TAIL,
	"{" FOUR "}", "2026-03-02T12:40:00Z", OPEN},
    {"pause-near-deadline", "a second before", HEAD(OWN) WAITING("12:35:59") TAIL, "{" FOUR "}",
	"2026-03-02T12:40:00Z", QUIET},
    {"pause-near-deadline", "nothing promised", HEAD(OWN) WAITING("12:36:00") TAIL, NULL,
	"2026-03-02T12:40:00Z", QUIET},
    {"pause-near-deadline", "no evidence", HEAD("\"owner\"") TAIL, "{" FOUR "}", NOON, NOT_JUDGED},
    {"pause-flip-flop", "twice back within the day; low as it is", FLIPS("23:59:59") TAIL, NULL,
	"2026-03-03T12:00:00Z", OVER},
    {"pause-flip-flop", "back a day later is not within the day",
	FLIPS("10:00:00") AT_DAY("03", "09:59:59", "open")
	    AT_DAY("04", "09:59:59", "waiting_client") TAIL,
	"{\"thresholds\":{\"pause-flip-flop\":3}}", "2026-03-04T12:00:00Z", QUIET},
    {"pause-flip-flop", "a second less than a day is",
	FLIPS("10:00:00") AT_DAY("03", "09:59:59", "open")
	    AT_DAY("04", "09:59:58", "waiting_client") TAIL,
	"{\"thresholds\":{\"pause-flip-flop\":3}}", "2026-03-04T12:00:00Z", OVER},
    {"pause-flip-flop", "once; to go on for the first time is progress",
	HEAD(TALK) WAITING("09:10:00") STATUS("09:20:00", "open") WAITING("09:30:00")
	    STATUS("09:40:00", "open") WAITING("09:50:00") TAIL,
	NULL, NOON, QUIET},
    {"pause-flip-flop", "with a word between",
	HEAD(TALK) WAITING("09:10:00") STATUS("09:20:00", "open") WAITING("09:30:00")
	    STATUS("09:40:00", "open") WORD("09:45:00") WAITING("09:50:00")
		STATUS("10:00:00", "open") WAITING("10:10:00") TAIL,
	NULL, NOON, QUIET},
    {"pause-flip-flop", "work may not have been recorded",
	HEAD("\"status\",\"message\",\"public\"") TAIL, NULL, NOON, NOT_JUDGED},
    {"due-moved", "moved back",
	HEAD(OWN) AT("10:00:00",
	    "\"kind\":\"due\",\"metric\":\"resolve\",\"from\":"
	    "\"2026-03-02T17:00:00Z\",\"to\":\"2026-03-02T18:00:00Z\"") TAIL,
	NULL, NOON, OPEN},
    {"due-moved", "moved forward",
	HEAD(OWN) AT("10:00:00",
	    "\"kind\":\"due\",\"metric\":\"resolve\",\"from\":"
	    "\"2026-03-02T17:00:00Z\",\"to\":\"2026-03-02T16:00:00Z\"") TAIL,
	NULL, NOON, QUIET},
    {"due-moved", "set, not moved",
	HEAD(OWN) AT("10:00:00",
	    "\"kind\":\"due\",\"metric\":\"resolve\",\"to\":"
	    "\"2026-03-02T16:00:00Z\"") TAIL,
	NULL, NOON, QUIET},
    {"due-moved", "no due instant recorded", HEAD(OWN) TAIL, NULL, NOON, NOT_JUDGED},
    {"reopened-unowned", "15 min and a second",
	HEAD(OWN) CLOSED("09:10:00") STATUS("10:00:00", "open")
	    AT("10:00:00", "\"kind\":\"reopened\"") TAIL,
	NULL, "2026-03-02T10:15:01Z", OPEN},
    {"reopened-unowned", "15 min",
	HEAD(OWN) CLOSED("09:10:00") STATUS("10:00:00", "open")
	    AT("10:00:00", "\"kind\":\"reopened\"") TAIL,
	NULL, "2026-03-02T10:15:00Z", QUIET},
    {"reopened-unowned", "A has it",
	HEAD(OWN) TO_A CLOSED("09:10:00") STATUS("10:00:00", "open")
	    AT("10:00:00", "\"kind\":\"reopened\"") TAIL,
	NULL, NOON, QUIET},
    {"orphaned", "two hours as a P4, which had them; a P1 since",
	HEAD(OWN) PRIORITY("09:00:00", "null", "\"P4\"") OWNER("11:00:00", "null", "\"A\"")
	    PRIORITY("12:00:00", "\"P4\"", "\"P1\"") TAIL,
	NULL, "2026-03-02T13:00:00Z", QUIET},
    {"orphaned", "two hours as a P1, which did not have them; a P4 since",
	HEAD(OWN) P1 OWNER("11:00:00", "null", "\"A\"") PRIORITY("12:00:00", "\"P1\"", "\"P4\"")
	    TAIL,
	NULL, "2026-03-02T13:00:00Z", OVER},
    {"orphaned", "the queue it lay in is off, the one it is in now is not",
	HEAD(OWN) AT("09:00:00", "\"kind\":\"team\",\"to\":\"Vendors\"") OWNER("19:00:00", "null",
	    "\"A\"") AT("19:00:00", "\"kind\":\"team\",\"from\":\"Vendors\",\"to\":\"Desk\"") TAIL,
	"{\"thresholds\":{\"orphaned\":[{\"match\":{\"team\":\"Vendors\"},\"limit\":\"off\"}]}}",
	"2026-03-02T20:00:00Z", QUIET},
    {"not-accepted", "two hours as a P4, a P1 since",
	HEAD(ACTOR) PRIORITY("09:00:00", "null", "\"P4\"")
	    A_TO_B AT("12:00:00", "\"kind\":\"work\",\"by\":\"B\",\"seconds\":60")
		PRIORITY("13:00:00", "\"P4\"", "\"P1\"") TAIL,
	NULL, "2026-03-02T14:00:00Z", QUIET},
    {"hollow-response", "two hours as a P4, a P1 since",
	HEAD(TALK) PRIORITY("09:00:00", "null", "\"P4\"") ROBOT("09:00:10") WORD("11:00:00")
	    PRIORITY("13:00:00", "\"P4\"", "\"P1\"") TAIL,
	NULL, "2026-03-02T14:00:00Z", QUIET},
    {"orphaned", "told by reopened-unowned", HEAD(OWN) REOPENED_AT_TEN TAIL, NULL,
	"2026-03-02T19:00:00Z", QUIET},
    {"orphaned", "reopened-unowned is off", HEAD(OWN) REOPENED_AT_TEN TAIL, OFF("reopened-unowned"),
	"2026-03-02T19:00:00Z", OPEN},
    {"orphaned", "told by absent-owner", HEAD(OWN) TO_BO TAIL, "{" PEOPLE "}",
	"2026-03-03T12:00:00Z", QUIET},
    {"orphaned", "absent-owner allows more", HEAD(OWN) TO_BO TAIL,
	"{" PEOPLE ",\"thresholds\":{\"absent-owner\":\"24h\"}}", "2026-03-03T12:00:00Z", OPEN},
    {"orphaned", "an earlier stretch is told beside absent-owner",
	HEAD(OWN) OWNER("18:00:00", "null", "\"Bo\"") TAIL, "{" PEOPLE "}", "2026-03-03T12:00:00Z",
	OVER},
    {"reopened-unowned", "told by absent-owner",
	HEAD(OWN) OWNER("09:00:00", "null", "\"Bo\"") CLOSED("09:10:00") AT_DAY("03", "10:00:00",
	    "open") ",{\"at\":\"2026-03-03T10:00:00Z\",\"kind\":\"reopened\"}" TAIL,
	"{" PEOPLE "}", "2026-03-03T12:00:00Z", QUIET},
    {"reopened-unowned", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"escalated-late", "at 3 h of 4",
	HEAD(OWN) AT("12:00:00", "\"kind\":\"escalated\",\"to\":\"Tier 2\"") TAIL, "{" FOUR "}",
	"2026-03-02T12:30:00Z", OPEN},
    {"escalated-late", "a second before",
	HEAD(OWN) AT("11:59:59", "\"kind\":\"escalated\",\"to\":\"Tier 2\"") TAIL, "{" FOUR "}",
	"2026-03-02T12:30:00Z", QUIET},
    {"escalated-late", "raised early already",
	HEAD(OWN) AT("09:30:00", "\"kind\":\"priority\",\"from\":\"P3\",\"to\":\"P2\"")
	    AT("12:30:00", "\"kind\":\"escalated\",\"to\":\"Tier 2\"") TAIL,
	"{" FOUR "}", "2026-03-02T12:40:00Z", QUIET},
    {"escalated-late", "to the second tier at 3 h of 4",
	HEAD(OWN) TO_BO OWNER("12:00:00", "\"Bo\"", "\"Cy\"") TAIL, "{" PEOPLE "," FOUR "}",
	"2026-03-02T12:30:00Z", OPEN},
    {"escalated-late", "within a tier is none",
	HEAD(OWN) TO_BO OWNER("12:00:00", "\"Bo\"", "\"Ann\"") TAIL, "{" PEOPLE "," FOUR "}",
	"2026-03-02T12:30:00Z", QUIET},
    {"escalated-late", "no evidence", NONE, NULL, NOON, NOT_JUDGED},
    {"no-history", "a final row; low as it is", HEAD("") TAIL, NULL, NOON, OVER},
    {"no-history", "owners are recorded", HEAD(OWN) TAIL, NULL, NOON, QUIET},
    {"no-history", "silenced", HEAD("") TAIL, OFF("no-history"), NOON, QUIET},
    {"time-travel", "a second before the opening; low as it is",
	HEAD(OWN) OWNER("08:59:59", "null", "\"A\"") TAIL, NULL, NOON, OVER},
    {"no-history", "an owner came, whatever the export says it can record", HEAD("") TO_A TAIL,
	NULL, NOON, QUIET},
    {"time-travel", "at the opening", HEAD(OWN) TO_A TAIL, NULL, NOON, QUIET},
    {"unknown-person", "Zed is in no list; low as it is",
	HEAD(OWN) OWNER("09:00:00", "null", "\"Zed\"") TAIL, "{" PEOPLE "}", NOON, OVER},
    {"unknown-person", "an alias is a name", HEAD(OWN) OWNER("09:00:00", "null", "\" a \"") TAIL,
	"{" PEOPLE "}", NOON, QUIET},
    {"unknown-person", "no roster", HEAD(OWN) TO_A TAIL, NULL, NOON, NOT_JUDGED},
};

START_TEST(test_rule)
{
	const struct rule_case *row = &rule_cases[_i];
	enum outcome outcome = rule_outcome(row);

	ck_assert_msg(outcome == row->outcome, "%s, %s: %d", row->rule, row->what, (int)outcome);
}
END_TEST

/* The row's policy with the rule switched off; NULL where the policy has thresholds already. */
static bool
silenced(const struct rule_case *row, struct buf *policy)
{
	buf_clear(policy);
	if (row->policy != NULL && strstr(row->policy, "thresholds") != NULL)
		return false;
	if (row->policy != NULL) /* without the last brace, and a comma */
		buf_addf(policy, "%.*s,", (int)strlen(row->policy) - 1, row->policy);
	else
		buf_addc(policy, '{');
	buf_addf(policy, "\"thresholds\":{\"%s\":\"off\"}}", row->rule);
	return true;
}

/* Whatever trips a rule does not if the policy says "off", and the rule counts as judged. */
START_TEST(test_silence)
{
	const struct rule_case *row = &rule_cases[_i];
	struct findings findings;
	struct buf policy = {0};
	struct story story;

	if (silenced(row, &policy)) {
		story_tell(&story, row->line, buf_z(&policy), row->as_of);
		rules_judge(&findings, &story.analysis, &story.arena);
		ck_assert_msg(outcome_among(&findings, row->rule) == QUIET, "%s, %s: not silenced",
		    row->rule, row->what);
		story_end(&story);
	}
	buf_free(&policy);
}
END_TEST

/* Each rule is tripped, just missed, and, where it needs evidence, not judged without. */
START_TEST(test_every_rule_has_cases)
{
	const struct rule *rule = &rules[_i];
	bool needs = rule->needs != 0 || rule->needs_any != 0 || rule->evident != NULL;
	int seen[NOT_JUDGED + 1] = {0};
	size_t i;

	for (i = 0; i < sizeof(rule_cases) / sizeof(rule_cases[0]); i++)
		if (strcmp(rule_cases[i].rule, rule->slug) == 0)
			seen[rule_cases[i].outcome]++;
	ck_assert_msg(seen[OPEN] + seen[OVER] > 0, "%s is never tripped", rule->slug);
	ck_assert_msg(seen[QUIET] > 0, "%s is never just missed", rule->slug);
	ck_assert_msg(!needs || seen[NOT_JUDGED] > 0, "%s never lacks evidence", rule->slug);
	ck_assert_msg(
	    rule->severity == SEVERITY_LOW || seen[OPEN] > 0, "%s is never open", rule->slug);
}
END_TEST

/* Whatever stands in a ticket, a finding names at most as many instants as it has room for. */
START_TEST(test_evidence_is_bounded)
{
	struct findings findings;
	struct buf line = {0};
	struct story story;
	int i;

	buf_addz(&line, HEAD(OWN));
	for (i = 0; i < 40; i++)
		buf_addf(&line,
		    ",{\"at\":\"2026-03-02T10:%02d:00Z\",\"kind\":\"owner\",\"to\":\"%c\"}", i,
		    "AB"[i % 2]);
	buf_addz(&line, TAIL);
	story_tell(&story, buf_z(&line), NULL, "2026-03-02T11:00:00Z");
	rules_judge(&findings, &story.analysis, &story.arena);
	ck_assert_int_eq(outcome_among(&findings, "ping-pong"), OPEN);
	for (i = 0; i < (int)findings.count; i++)
		ck_assert_uint_le(findings.list[i].nevidence, FINDING_EVIDENCE);
	story_end(&story);
	buf_free(&line);
}
END_TEST

/* Names that would be formulas, terminal escapes or markup come out harmless. */
START_TEST(test_hostile_names)
{
	static const char line[] = HEAD(OWN) OWNER("09:00:00", "null", "\"=1+1\"")
	    OWNER("10:00:00", "\"=1+1\"", "\"\\u001b[31mB,\\\"\\n\"")
		OWNER("10:30:00", "\"\\u001b[31mB,\\\"\\n\"", "\"=1+1\"") TAIL;
	static const char *const names[] = {"ndjson", "csv", "text", "junit", "sarif", "github"};
	struct findings_style style = {0};
	struct ownership ownership;
	struct findings findings;
	struct buf out = {0};
	struct story story;
	size_t i, j;

	story_tell(&story, line, NULL, "2026-03-02T11:00:00Z");
	rules_judge(&findings, &story.analysis, &story.arena);
	ownership_of(&ownership, &story.analysis, &findings);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		buf_clear(&out);
		findings_format(names[i])->ticket(&out, &story.ticket, &ownership, &style);
		ck_assert_uint_gt(out.n, 0);
		for (j = 0; j < out.n; j++)
			ck_assert_msg(out.p[j] != '\x1b' || i == 1, "%s: ESC", names[i]);
		ck_assert_msg(i != 1 || strstr(buf_z(&out), ",=1") == NULL, "%s", buf_z(&out));
	}
	buf_free(&out);
	story_end(&story);
}
END_TEST

Suite *owners_suite(void);

Suite *
owners_suite(void)
{
	Suite *suite = suite_create("owners");
	TCase *cases = tcase_create("rules");

	tcase_add_loop_test(cases, test_rule, 0, (int)(sizeof(rule_cases) / sizeof(rule_cases[0])));
	tcase_add_loop_test(
	    cases, test_silence, 0, (int)(sizeof(rule_cases) / sizeof(rule_cases[0])));
	tcase_add_loop_test(cases, test_every_rule_has_cases, 0, (int)nrules);
	tcase_add_test(cases, test_evidence_is_bounded);
	tcase_add_test(cases, test_hostile_names);
	suite_add_tcase(suite, cases);
	return suite;
}
