/* check_account.c: communication, rework, concentration, attribution: worked by hand, and laws */
#include "base/buf.h"
#include "sla/ownership.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* 2026-03-02 is a Monday. */
#define HEAD(has)             "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[" has "],\"events\":["
#define OPENED                "{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}"
#define EVENT(time, rest)     ",{\"at\":\"2026-03-02T" time ":00Z\"," rest "}"
#define OWNER(time, from, to) EVENT(time, "\"kind\":\"owner\",\"from\":" from ",\"to\":" to)
#define TEAM(time, from, to)  EVENT(time, "\"kind\":\"team\",\"from\":" from ",\"to\":" to)
#define STATE(time, state)    STATE_BY(time, state, "\"A\"")
#define STATE_BY(time, state, by)                                                              \
	EVENT(time,                                                                            \
	    "\"kind\":\"status\",\"by\":" by ",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state \
	    "\"")
#define SAYS(time, by)                                                           \
	EVENT(time,                                                              \
	    "\"kind\":\"message\",\"role\":\"agent\",\"visibility\":\"public\"," \
	    "\"by\":\"" by "\"")
#define AUTO(time)  \
	EVENT(time, \
	    "\"kind\":\"message\",\"role\":\"system\",\"visibility\":\"public\",\"auto\":true")
#define ASKS(time)                                                                \
	EVENT(time,                                                               \
	    "\"kind\":\"message\",\"role\":\"client\",\"visibility\":\"public\"," \
	    "\"by\":\"Client\"")
#define WORK(time, by, seconds) \
	EVENT(time, "\"kind\":\"work\",\"by\":\"" by "\",\"seconds\":" seconds)
#define PROMISE(time, to) EVENT(time, "\"kind\":\"promise\",\"to\":\"2026-03-02T" to ":00Z\"")
#define TAIL              "]}"
#define ALL               "\"owner\",\"team\",\"status\",\"priority\",\"message\",\"public\",\"work\",\"actor\""
#define PROMISES          ALL ",\"promise\""
#define AT_13             "2026-03-02T13:00:00Z"
/* Working time 08:00 to 12:00 and 13:00 to 17:00. */
#define DAY                                                                                        \
	"{\"calendars\":{\"day\":{\"tz\":\"UTC\",\"hours\":{\"mon\":[\"08:00-12:00\","             \
	"\"13:00-17:00\"],\"tue\":[\"08:00-12:00\",\"13:00-17:00\"],\"wed\":[\"08:00-12:00\"]}}}," \
	"\"targets\":[{\"match\":{},\"calendar\":\"day\",\"resolve\":\"2h\"}]}"

#define TIERED                                                                                          \
	"{\"roster\":[{\"name\":\"Ann\",\"aliases\":[\"Annie\"],\"team\":\"Desk\",\"tier\":1,\"away\":" \
	"\"2026-03-03\"},{\"name\":\"Bo\",\"team\":\"Desk\",\"tier\":1,\"until\":\"2026-03-03\"},"      \
	"{\"name\":\"Cy\",\"team\":\"Lab\",\"tier\":2},{\"name\":\"Zed\"}]}"
#define TIERS(from, to) HEAD(ALL) OPENED OWNER("09:00", "null", from) OWNER("10:00", from, to) TAIL
/* As DAY, and a person who works in the afternoon. */
#define LATE                                                                                   \
	"{\"calendars\":{\"day\":{\"tz\":\"UTC\",\"hours\":{\"mon\":[\"08:00-12:00\","         \
	"\"13:00-17:00\"]}},\"late\":{\"tz\":\"UTC\",\"hours\":{\"mon\":[\"13:00-17:00\"]}}}," \
	"\"targets\":[{\"match\":{},\"calendar\":\"day\",\"resolve\":\"4h\"}],"                \
	"\"roster\":[{\"name\":\"Dee\",\"calendar\":\"late\"}]}"

struct member_case {
	const char *what, *line, *policy, *as_of;
	const char *has; /* what the annotation must have */
};

static const struct member_case member_cases[] = {
    {"no message yet: the convention asks for a public one", HEAD(ALL) OPENED TAIL, NULL, AT_13,
	"\"first_response\":{\"grade\":\"none\",\"at\":null,\"by\":null}"},
    {"an automatic mail is none; the named agent's is",
	HEAD(ALL) OPENED AUTO("09:01") SAYS("10:00", "A") TAIL, NULL, AT_13,
	"\"first_response\":{\"grade\":\"human\",\"at\":\"2026-03-02T10:00:00Z\",\"by\":\"A\"}"},
    {"the best so far is the automatic mail", HEAD(ALL) OPENED AUTO("09:01") TAIL, NULL, AT_13,
	"\"communication\":{\"best\":\"auto\",\"human_at\":null,\"messages\":0,"
	"\"spoken_by_owner\":null,\"speakers\":[]"},
    {"no evidence of messages: nothing is said of them", HEAD("\"owner\",\"status\"") OPENED TAIL,
	NULL, AT_13,
	"\"first_response\":null,\"communication\":null,\"concentration\":null,\"rework\":null"},
    {"no evidence of who can see them: the same",
	HEAD("\"owner\",\"message\"") OPENED SAYS("10:00", "A") TAIL, NULL, AT_13,
	"\"communication\":null"},
    /* 09-10, 10-10:30, 10:30-13: 3600, 1800, 9000 s; p50 the 2nd of 3, p90 the 3rd. */
    {"three gaps, the last one running",
	HEAD(ALL) OPENED SAYS("10:00", "A") SAYS("10:30", "A") TAIL, NULL, AT_13,
	"\"gaps\":{\"count\":3,\"working\":{\"p50\":3600,\"p90\":9000,\"max\":9000},"
	"\"elapsed\":{\"p50\":3600,\"p90\":9000,\"max\":9000},\"since\":\"2026-03-02T10:30:00Z\"}"},
    /* On hold from 10:30 all the same; 12:00 to 13:00 is no working time: 9000 - 3600 = 5400. */
    {"a hold does not stop a gap, a closed hour is no working time",
	HEAD(ALL) OPENED SAYS("10:30", "A") STATE("10:30", "on_hold") TAIL, DAY, AT_13,
	"\"gaps\":{\"count\":2,\"working\":{\"p50\":5400,\"p90\":5400,\"max\":5400},"
	"\"elapsed\":{\"p50\":5400,\"p90\":9000,\"max\":9000},"},
    /* 09-10 and, after the reopening, 11-12; what was said while resolved ends nothing. */
    {"no gap while resolved",
	HEAD(ALL) OPENED STATE("10:00", "resolved") SAYS("10:30", "A") STATE("11:00", "open")
	    STATE("12:00", "closed") TAIL,
	NULL, AT_13,
	"\"gaps\":{\"count\":2,\"working\":{\"p50\":3600,\"p90\":3600,\"max\":3600},"
	"\"elapsed\":{\"p50\":3600,\"p90\":3600,\"max\":3600},\"since\":null}"},
    /* A speaks as owner, B as none, A no more as the owner: 1 of 3 is 333 per mille. */
    {"who spoke, and whether as the owner",
	HEAD(ALL) OPENED OWNER("09:10", "null", "\"A\"") SAYS("09:20", "A") SAYS("09:30", "B")
	    OWNER("09:40", "\"A\"", "\"B\"") SAYS("09:50", "A") TAIL,
	NULL, AT_13,
	"\"messages\":3,\"spoken_by_owner\":333,\"speakers\":[{\"name\":\"A\",\"messages\":2,"
	"\"as_owner\":1},{\"name\":\"B\",\"messages\":1,\"as_owner\":0}]"},
    {"without actor nobody knows who speaks as the owner",
	HEAD("\"owner\",\"message\",\"public\"") OPENED OWNER("09:10", "null", "\"A\"")
	    SAYS("09:20", "A") TAIL,
	NULL, AT_13,
	"\"spoken_by_owner\":null,\"speakers\":[{\"name\":\"A\",\"messages\":1,\"as_owner\":null}]"},
    /* 09:10 to 09:40 is 1800 s; the two of 10:00 wait until 13:00, 10800 s. */
    {"two messages wait since 10:00",
	HEAD(ALL) OPENED ASKS("09:10") SAYS("09:40", "A") ASKS("10:00") ASKS("11:00") TAIL, NULL,
	AT_13,
	"\"unanswered\":{\"messages\":2,\"since\":\"2026-03-02T10:00:00Z\",\"left\":0,"
	"\"longest\":10800}"},
    {"one was left when the ticket ended; thanks afterwards are none",
	HEAD(ALL) OPENED ASKS("09:10") STATE("10:00", "resolved") ASKS("11:00") TAIL, NULL, AT_13,
	"\"unanswered\":{\"messages\":0,\"since\":null,\"left\":1,\"longest\":3000}"},
    {"an automatic answer is none", HEAD(ALL) OPENED ASKS("10:00") AUTO("10:01") TAIL, NULL, AT_13,
	"\"unanswered\":{\"messages\":1,\"since\":\"2026-03-02T10:00:00Z\",\"left\":0,"
	"\"longest\":10800}"},
    {"kept at the very second, missed by a minute, one open; one for the past is not counted",
	HEAD(PROMISES) OPENED PROMISE("09:10", "09:30") SAYS("09:30", "A") PROMISE("09:40", "10:00")
	    PROMISE("09:41", "09:20") SAYS("10:01", "A") PROMISE("11:00", "14:00") TAIL,
	NULL, AT_13,
	"\"promises\":{\"kept\":1,\"missed\":1,\"open\":1,\"next\":\"2026-03-02T14:00:00Z\"}"},
    {"the end of the ticket keeps a promise",
	HEAD(PROMISES) OPENED PROMISE("09:10", "10:30") STATE("10:00", "resolved") TAIL, NULL,
	AT_13, "\"promises\":{\"kept\":1,\"missed\":0,\"open\":0,\"next\":null}"},
    {"no evidence of promises", HEAD(ALL) OPENED PROMISE("09:10", "10:30") TAIL, NULL, AT_13,
	"\"promises\":null"},
    /* A 3 of 4 acts, B 1: H = -(3/4 ln 3/4 + 1/4 ln 1/4) = 0.5623; over ln 2 = 0.6931: 0.8112. */
    {"three acts of A, one of B; the client's and the machine's do not count",
	HEAD(ALL) OPENED SAYS("09:10", "A") WORK("09:20", "A", "60") WORK("09:30", "B", "60")
	    SAYS("09:40", "A") ASKS("10:00") AUTO("10:01") TAIL,
	NULL, AT_13,
	"\"concentration\":{\"people\":2,\"acts\":4,\"top\":\"A\",\"top_acts\":3,\"share\":750,"
	"\"entropy\":811}"},
    {"all the same: 1000",
	HEAD(ALL) OPENED SAYS("09:10", "A") SAYS("09:20", "B") SAYS("09:30", "C") TAIL, NULL, AT_13,
	"\"concentration\":{\"people\":3,\"acts\":3,\"top\":\"A\",\"top_acts\":1,\"share\":333,"
	"\"entropy\":1000}"},
    {"one alone: 0", HEAD(ALL) OPENED SAYS("09:10", "A") TAIL, NULL, AT_13,
	"\"share\":1000,\"entropy\":0}"},
    /*
     * Breached at 11:00 (2h from 09:00), resolved at 11:20, reopened at 11:30. All: five acts with 500 s. After
     * the breach: 11:10, 11:20, 11:30, 11:40. After the end: the status of 11:30 and work of 11:40.
     */
    {"after the breach, and after the end; together what came after the breach",
	HEAD(ALL) OPENED WORK("09:10", "A", "100") WORK("11:10", "A", "200")
	    STATE("11:20", "resolved") STATE("11:30", "open") WORK("11:40", "B", "200") TAIL,
	DAY, AT_13,
	"\"rework\":{\"all\":{\"seconds\":500,\"touches\":5},\"resolved\":{\"seconds\":200,"
	"\"touches\":2},\"returned\":{\"seconds\":0,\"touches\":0},\"breached\":{\"seconds\":400,"
	"\"touches\":4},\"any\":{\"seconds\":400,\"touches\":4}}"},
    {"after a return, without a promise",
	HEAD(ALL) OPENED OWNER("09:10", "\"A\"", "\"B\"") OWNER("09:20", "\"B\"", "\"A\"")
	    WORK("09:20", "A", "10") WORK("09:30", "A", "60") TAIL,
	NULL, AT_13,
	"\"returned\":{\"seconds\":60,\"touches\":1},\"breached\":null,\"any\":{\"seconds\":60,"
	"\"touches\":1}}"},
    {"nothing was promised: no attribution", HEAD(ALL) OPENED TAIL, NULL, AT_13,
	"\"attribution\":null"},
    /*
     * nobody 09:00-09:30, queue -10:00, A owns it -10:30, B has not accepted -11:00, B works on it
     * -11:30, waiting -12:00, closed -13:00: 7 x 1800 s, but an hour after hours.
     */
    {"where four hours went",
	HEAD(ALL) OPENED TEAM("09:30", "null", "\"T\"") OWNER("10:00", "null", "\"A\"")
	    OWNER("10:30", "\"A\"", "\"B\"") WORK("11:00", "B", "60")
		STATE("11:30", "waiting_client") TAIL,
	DAY, AT_13,
	"\"attribution\":{\"after_hours\":3600,\"waiting_client\":1800,\"waiting_vendor\":0,"
	"\"on_hold\":0,\"unknown\":0,\"nobody\":1800,\"queue\":1800,\"not_accepted\":1800,"
	"\"stalled\":0,\"worked\":3600}"},
    {"without actor the wait for B counts as worked",
	HEAD("\"owner\",\"team\",\"status\"") OPENED OWNER("09:00", "null", "\"A\"")
	    OWNER("10:30", "\"A\"", "\"B\"") TAIL,
	DAY, "2026-03-02T12:00:00Z",
	"\"queue\":0,\"not_accepted\":null,\"stalled\":0,\"worked\":10800}"},
    /*
     * P1 may rest an hour. Work at 09:30: 09:00-09:30 and 09:30-10:30 are worked, from 10:30 to 12:00
     * it has stalled: 5400 s.
     */
    {"an hour after the latest work a P1 has stalled",
	HEAD(ALL) OPENED EVENT("09:00", "\"kind\":\"priority\",\"to\":\"P1\"")
	    OWNER("09:00", "null", "\"A\"") WORK("09:30", "A", "60") TAIL,
	DAY, "2026-03-02T12:00:00Z", "\"stalled\":5400,\"worked\":5400}"},
    /*
     * Two business days from Monday 09:00 end on Wednesday 09:00, 16 working hours later. By 12:00
     * on Wednesday three more have passed.
     */
    {"two business days later all others have",
	HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"") TAIL, DAY, "2026-03-04T12:00:00Z",
	"\"stalled\":10800,\"worked\":57600}"},
    {"escalated when 75 % of two hours were used",
	HEAD(ALL) OPENED EVENT("10:30", "\"kind\":\"escalated\",\"from\":\"1\",\"to\":\"2\"") TAIL,
	DAY, AT_13,
	"\"escalation\":{\"how\":\"event\",\"at\":\"2026-03-02T10:30:00Z\",\"budget_used\":750}"},
    {"a raised priority; a first one raises nothing",
	HEAD(ALL) OPENED EVENT("09:00", "\"kind\":\"priority\",\"to\":\"P3\"")
	    EVENT("10:00", "\"kind\":\"priority\",\"from\":\"P3\",\"to\":\"P2\"") TAIL,
	NULL, AT_13,
	"\"escalation\":{\"how\":\"priority\",\"at\":\"2026-03-02T10:00:00Z\","
	"\"budget_used\":null}"},
    {"a lowered one does not",
	HEAD(ALL) OPENED EVENT("10:00", "\"kind\":\"priority\",\"from\":\"P2\",\"to\":\"P3\"") TAIL,
	NULL, AT_13, "\"escalation\":null"},
    /* The clock ran from 10:00 to the acceptance at 10:30: 1800 s; the second wait is through lunch. */
    {"a handoff adds what ran until somebody took it up",
	HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"") OWNER("10:00", "\"A\"", "\"B\"")
	    WORK("10:30", "B", "60") OWNER("11:30", "\"B\"", "\"C\"") TAIL,
	DAY, "2026-03-02T13:30:00Z",
	"\"direction\":null,\"held\":5400,\"idle\":false,\"budget_used\":1250,\"acceptance\":"
	"\"pending\",\"accepted_in\":null,\"waited\":3600,\"added\":3600,"},
    /* Of the first tier Ann and Bo, and so the team Desk; of the second Cy, and so Lab; of none Zed. */
    {"up, to a person of a higher tier", TIERS("\"Ann\"", "\"Cy\""), TIERED, AT_13,
	"\"kind\":\"person\",\"direction\":\"up\","},
    {"down, by an alias in another case", TIERS("\"Cy\"", "\"ANNIE\""), TIERED, AT_13,
	"\"kind\":\"person\",\"direction\":\"down\","},
    {"sideways", TIERS("\"Ann\"", "\"Bo\""), TIERED, AT_13,
	"\"kind\":\"person\",\"direction\":\"sideways\","},
    {"to somebody without a tier: not known", TIERS("\"Ann\"", "\"Zed\""), TIERED, AT_13,
	"\"kind\":\"person\",\"direction\":null,"},
    {"up, from a person to the queue of a team whose people are all of the second tier",
	HEAD(ALL) OPENED TEAM("09:00", "null", "\"Desk\"") OWNER("09:00", "null", "\"Ann\"")
	    TEAM("10:00", "\"Desk\"", "\"Lab\"") OWNER("10:00", "\"Ann\"", "null") TAIL,
	TIERED, AT_13,
	"\"to\":{\"owner\":null,\"team\":\"Lab\"},\"kind\":\"team\",\"direction\":\"up\","},
    {"down, with the team, to one of the first tier",
	HEAD(ALL) OPENED TEAM("09:00", "null", "\"Lab\"") OWNER("09:00", "null", "\"Cy\"")
	    TEAM("10:00", "\"Lab\"", "\"Desk\"") OWNER("10:00", "\"Cy\"", "\"Bo\"") TAIL,
	TIERED, AT_13, "\"kind\":\"both\",\"direction\":\"down\","},
    {"no roster: not known", TIERS("\"Ann\"", "\"Cy\""), NULL, AT_13, "\"direction\":null,"},
    /* Ann: 15 h of Monday, away for all of Tuesday, 12 h of Wednesday. */
    {"away by the roster", HEAD(ALL) OPENED OWNER("09:00", "null", "\"Ann\"") TAIL, TIERED,
	"2026-03-04T12:00:00Z",
	"\"life\":183600,\"causes\":{\"owned\":97200,\"unknown\":0,\"nobody\":0,\"queue\":0,\"gone\":0,"
	"\"away\":86400},\"orphan\":{\"total\":86400,\"longest\":86400,\"since\":null}"},
    /* Bo's last day is Monday. */
    {"gone by the roster", HEAD(ALL) OPENED OWNER("09:00", "null", "\"Bo\"") TAIL, TIERED,
	"2026-03-04T12:00:00Z",
	"\"cause\":\"gone\",\"owner_since\":\"2026-03-02T09:00:00Z\",\"life\":183600,\"causes\":{"
	"\"owned\":54000,\"unknown\":0,\"nobody\":0,\"queue\":0,\"gone\":129600,\"away\":0},\"orphan\":{"
	"\"total\":129600,\"longest\":129600,\"since\":\"2026-03-03T00:00:00Z\"}"},
    /* Nobody from 11:00 to 14:00, an hour of which is lunch, and from 16:30 on; 17:00 is the closing. */
    {"an orphan by working time",
	HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"") OWNER("11:00", "\"A\"", "null")
	    OWNER("14:00", "null", "\"B\"") OWNER("16:30", "\"B\"", "null") TAIL,
	DAY, "2026-03-02T17:30:00Z",
	"\"owner_since\":null,\"life\":30600,\"causes\":{\"owned\":16200,\"unknown\":0,\"nobody\":14400,"
	"\"queue\":0,\"gone\":0,\"away\":0},\"orphan\":{\"total\":9000,\"longest\":7200,"
	"\"since\":\"2026-03-02T16:30:00Z\"},\"owners\":{\"changes\":1,\"direct\":0,\"indirect\":0}"},
    {"the same owner since half past nine, whatever the state was",
	HEAD(ALL) OPENED OWNER("09:30", "null", "\"A\"") STATE("10:00", "open")
	    TEAM("11:00", "null", "\"T\"") TAIL,
	NULL, AT_13, "\"owner_since\":\"2026-03-02T09:30:00Z\""},
    /* Dee works from 13:00 on: half an hour of hers, but 10-12 and 13-13:30 of the resolve clock. */
    {"the receiver accepts in working hours of his own",
	HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"") OWNER("10:00", "\"A\"", "\"Dee\"")
	    WORK("13:30", "Dee", "60") TAIL,
	LATE, "2026-03-02T14:00:00Z",
	"\"acceptance\":\"accepted\",\"accepted_in\":1800,\"waited\":1800,\"added\":9000,"},
    {"a change that was inferred lies after the snapshot before",
	HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"") EVENT("10:00",
	    "\"kind\":\"owner\",\"from\":\"A\",\"to\":\"B\",\"inferred\":true,"
	    "\"after\":\"2026-03-02T09:40:00Z\"") TAIL,
	NULL, AT_13, "\"at\":\"2026-03-02T10:00:00Z\",\"after\":\"2026-03-02T09:40:00Z\","},
    {"A B C A is an indirect return, T S T a direct one",
	HEAD(ALL) OPENED OWNER("09:00", "\"A\"", "\"B\"") OWNER("10:00", "\"B\"", "\"C\"")
	    OWNER("11:00", "\"C\"", "\"A\"") TEAM("09:00", "\"T\"", "\"S\"")
		TEAM("10:00", "\"S\"", "\"T\"") TAIL,
	NULL, AT_13,
	"\"owners\":{\"changes\":3,\"direct\":0,\"indirect\":1},\"teams\":{\"changes\":2,\"direct\":1,"
	"\"indirect\":0}"},
    {"a holder before the first evidence is nobody's", HEAD("\"status\"") OPENED TAIL, NULL, AT_13,
	"\"holders\":[{\"owner\":null,\"team\":null,\"known\":false,\"seconds\":14400,\"worked\":null,"
	"\"share\":null}]"},
    /* 09-10 A, 10-12 B, all on the clock: a third and two. */
    {"what each holder had of the clock",
	HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"") OWNER("10:00", "\"A\"", "\"B\"") TAIL, DAY,
	"2026-03-02T12:30:00Z",
	"\"holders\":[{\"owner\":\"A\",\"team\":null,\"seconds\":3600,\"worked\":3600,\"share\":333},"
	"{\"owner\":\"B\",\"team\":null,\"seconds\":9000,\"worked\":7200,\"share\":666}]"},
    {"nothing was done while A had it",
	HEAD(ALL) OPENED OWNER("09:00", "null", "\"A\"") OWNER("10:00", "\"A\"", "\"B\"") TAIL,
	NULL, AT_13, "\"held\":3600,\"idle\":true,"},
};

START_TEST(test_member)
{
	const struct member_case *row = &member_cases[_i];
	struct ownership ownership;
	struct buf json = {0};
	struct story story;

	story_tell(&story, row->line, row->policy, row->as_of);
	ownership_of(&ownership, &story.analysis, NULL);
	ownership_to_json(&ownership, &json);
	ck_assert_msg(strstr(buf_z(&json), row->has) != NULL, "%s: no\n%s in\n%s", row->what,
	    row->has, buf_z(&json));
	buf_free(&json);
	story_end(&story);
}
END_TEST

static void
add_event(struct buf *line, uint64_t *state)
{
	static const char *const names[] = {"\"A\"", "\"B\"", "\"C\"", "null"};
	static const char *const states[] = {"open", "waiting_client", "waiting_vendor", "on_hold",
	    "scheduled", "resolved", "closed", "cancelled"};
	static const char *const roles[] = {"agent", "client", "system"};
	const char *name = names[rnd_below(state, 4)], *by = names[rnd_below(state, 4)];

	switch (rnd_below(state, 8)) {
	case 0:
		buf_addf(line, "\"kind\":\"owner\",\"by\":%s,\"to\":%s}", by, name);
		break;
	case 1:
		buf_addf(line, "\"kind\":\"team\",\"to\":%s}", name);
		break;
	case 2:
		buf_addf(line,
		    "\"kind\":\"status\",\"by\":%s,\"from\":\"x\",\"to\":\"s\",\"state\":\"%s\"}",
		    by, states[rnd_below(state, 8)]);
		break;
	case 3:
		buf_addf(line, "\"kind\":\"work\",\"by\":%s,\"seconds\":60}", by);
		break;
	case 4:
		buf_addf(line, "\"kind\":\"promise\",\"to\":\"2026-03-03T%02d:00:00Z\"}",
		    (int)rnd_below(state, 24));
		break;
	case 5:
		buf_addf(line, "\"kind\":\"priority\",\"from\":\"P%d\",\"to\":\"P%d\"}",
		    (int)rnd_below(state, 5) + 1, (int)rnd_below(state, 5) + 1);
		break;
	default:
		buf_addf(line,
		    "\"kind\":\"message\",\"by\":%s,\"role\":\"%s\",\"visibility\":\"%s\"}", by,
		    roles[rnd_below(state, 3)], rnd_below(state, 2) ? "public" : "internal");
	}
}

static void
make_history(struct buf *line, uint64_t *state)
{
	static const char *const has[] = {ALL, PROMISES,
	    "\"owner\",\"status\",\"message\",\"public\"", "\"team\",\"work\",\"actor\""};
	int minute = 0, i, n = (int)rnd_below(state, 40);

	buf_clear(line);
	buf_addf(line, HEAD("%s") "{\"at\":\"2026-03-02T07:00:00Z\",\"kind\":\"opened\"%s}",
	    has[rnd_below(state, 4)], rnd_below(state, 2) ? ",\"inferred\":true" : "");
	for (i = 0; i < n; i++) {
		minute += (int)rnd_below(state, 90);
		buf_addf(line, ",{\"at\":\"2026-03-%02dT%02d:%02d:00Z\",",
		    2 + (7 + minute / 60) / 24, (7 + minute / 60) % 24, minute % 60);
		add_event(line, state);
	}
	buf_addz(line, TAIL);
}

static void
check_laws(const struct story *story, const char *line)
{
	const struct account *account = &story->analysis.account;
	const struct ledger *ledger = &story->analysis.ledger;
	const struct rework *rework = &account->rework;
	int64_t sum = 0, added = 0, silent = 0;
	size_t i;

	for (i = 0; i < WHEREABOUTS; i++)
		sum += account->attribution.seconds[i];
	ck_assert_msg(!account->attribution.known || sum == story->analysis.timeline.life,
	    "attribution: %lld of %lld s in %s", (long long)sum,
	    (long long)story->analysis.timeline.life, line);
	for (i = 0; i < ledger->nhandoffs; i++)
		added += ledger->handoffs[i].added > 0 ? ledger->handoffs[i].added : 0;
	ck_assert_msg(added <= story->analysis.clocks[METRIC_RESOLVE].elapsed, "added: %s", line);
	ck_assert_msg(rework->any.touches <= rework->all.touches &&
		rework->any.touches >= rework->resolved.touches &&
		rework->any.touches >= rework->returned.touches &&
		rework->any.touches >= rework->breached.touches,
	    "rework: %s", line);
	for (i = 0; i < account->dialogue.nsilences; i++)
		silent += account->dialogue.silences[i].to - account->dialogue.silences[i].from;
	ck_assert_msg(!account->dialogue.has_messages || silent == story->analysis.timeline.life,
	    "silences: %s", line);
}

/* What is written, read and written again is the same. */
static void
check_reading(struct story *story, const char *line)
{
	struct buf first = {0}, second = {0};
	struct ownership ownership, read;

	ownership_of(&ownership, &story->analysis, NULL);
	ownership_to_json(&ownership, &first);
	ck_assert_msg(ownership_from_json(&read, buf_slice(&first), &story->arena), "%s", line);
	ownership_to_json(&read, &second);
	ck_assert_msg(strcmp(buf_z(&first), buf_z(&second)) == 0, "%s\nbecame\n%s", buf_z(&first),
	    buf_z(&second));
	buf_free(&first);
	buf_free(&second);
}

START_TEST(test_laws)
{
	uint64_t state = test_seed();
	int runs = light() ? 100 : 3000, i;
	struct buf line = {0};
	struct story story;

	for (i = 0; i < runs; i++) {
		make_history(&line, &state);
		story_tell(&story, buf_z(&line), rnd_below(&state, 3) > 0 ? DAY : NULL,
		    "2026-03-04T20:00:00Z");
		check_laws(&story, buf_z(&line));
		check_reading(&story, buf_z(&line));
		story_end(&story);
	}
	buf_free(&line);
}
END_TEST

Suite *account_suite(void);

Suite *
account_suite(void)
{
	Suite *suite = suite_create("account");
	TCase *cases = tcase_create("account");

	tcase_set_timeout(cases, 120);
	tcase_add_loop_test(
	    cases, test_member, 0, (int)(sizeof(member_cases) / sizeof(member_cases[0])));
	tcase_add_test(cases, test_laws);
	suite_add_tcase(suite, cases);
	return suite;
}
