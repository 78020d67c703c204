/* check_clock.c: the clocks, each case with its arithmetic worked out by hand */
#include "base/buf.h"
#include "sla/clock.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>
#include <string.h>

/* 2026-03-02 is a Monday. */
#define HEAD(has)      "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[" has "],\"events\":["
#define AT(time, rest) "{\"at\":\"2026-03-" time ":00Z\"," rest "}"
#define OPENED(time)   AT(time, "\"kind\":\"opened\",\"state\":\"new\"")
#define STATE(time, state) \
	"," AT(time, "\"kind\":\"status\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state "\"")
#define PRIORITY(time, from, to) "," AT(time, "\"kind\":\"priority\",\"from\":" from ",\"to\":" to)
#define OWNER(time, to)          "," AT(time, "\"kind\":\"owner\",\"from\":null,\"to\":" to)
#define MESSAGE(time, rest)      "," AT(time, "\"kind\":\"message\"," rest)
#define TEAM(time, to)           "," AT(time, "\"kind\":\"team\",\"from\":null,\"to\":" to)
#define LEFT(after)                                                                            \
	"," AT("02T11:00",                                                                     \
	    "\"kind\":\"team\",\"from\":\"S\",\"to\":null,\"inferred\":true,\"after\":\"2026-" \
	    "03-" after ":00Z\"")
#define CLIENT(time) MESSAGE(time, "\"by\":\"C\",\"role\":\"client\",\"visibility\":\"public\"")
#define AGENT(time)  MESSAGE(time, "\"by\":\"A\",\"role\":\"agent\",\"visibility\":\"public\"")
#define DUE(time, from, to) \
	"," AT(time, "\"kind\":\"due\",\"metric\":\"resolve\",\"from\":" from ",\"to\":" to)
#define TAIL   "]}"
#define STATUS "\"status\",\"priority\""
#define TALK   "\"status\",\"message\",\"public\",\"owner\""

#define HOURS                                                   \
	"\"hours\":{\"mon\":[\"09:00-12:00\",\"13:00-17:00\"]," \
	"\"tue\":[\"09:00-12:00\",\"13:00-17:00\"]}"
#define DAY           "\"calendars\":{\"day\":{\"tz\":\"UTC\"," HOURS "}},"
#define RESOLVE(rest) "{" DAY "\"targets\":[{\"calendar\":\"day\",\"resolve\":\"4h\"}]" rest "}"
#define FOUR          "{\"targets\":[{\"resolve\":\"4h\"}]}"
#define BY_PRIORITY(rest)                                                       \
	"{\"targets\":[{\"match\":{\"priority\":[\"P2\"]},\"resolve\":\"8h\"}," \
	"{\"match\":{\"priority\":[\"P1\"]},\"resolve\":\"4h\"}]" rest "}"

#define NONE "-"

struct clock_case {
	const char *what, *line, *policy, *as_of;
	enum metric metric;
	enum clock_state state;
	int64_t elapsed, paused;
	const char *due, *breached; /* NONE: there is none */
	int cycles;
};

static const struct clock_case clock_cases[] = {
    {"10:00-12:00 and 13:00-14:00 are 3 of 4 h; due when the afternoon has given 2",
	HEAD(STATUS) OPENED("02T10:00") TAIL, RESOLVE(""), "2026-03-02T14:00:00Z", METRIC_RESOLVE,
	CLOCK_RUNNING, 3 * 3600, 0, "2026-03-02T15:00:00Z", NONE, 1},
    {"exactly at the target is met",
	HEAD(STATUS) OPENED("02T10:00") STATE("02T15:00", "resolved") TAIL, RESOLVE(""),
	"2026-03-02T16:00:00Z", METRIC_RESOLVE, CLOCK_MET, 4 * 3600, 0, "2026-03-02T15:00:00Z",
	NONE, 1},
    {"a minute later it is breached, since the due instant",
	HEAD(STATUS) OPENED("02T10:00") STATE("02T15:01", "resolved") TAIL, RESOLVE(""),
	"2026-03-02T16:00:00Z", METRIC_RESOLVE, CLOCK_BREACHED, 4 * 3600 + 60, 0,
	"2026-03-02T15:00:00Z", "2026-03-02T15:00:00Z", 1},
    {"running past it is breached already", HEAD(STATUS) OPENED("02T10:00") TAIL, RESOLVE(""),
	"2026-03-02T15:00:01Z", METRIC_RESOLVE, CLOCK_BREACHED, 4 * 3600 + 1, 0,
	"2026-03-02T15:00:00Z", "2026-03-02T15:00:00Z", 1},
    {"a pause 11:00-14:00 takes 1 h before and 1 h after lunch: due 2 h later, on Monday 17:00",
	HEAD(STATUS) OPENED("02T10:00") STATE("02T11:00", "waiting_client")
	    STATE("02T14:00", "open") TAIL,
	RESOLVE(""), "2026-03-02T15:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 2 * 3600, 2 * 3600,
	"2026-03-02T17:00:00Z", NONE, 1},
    {"paused now: no due instant, it moves with every second",
	HEAD(STATUS) OPENED("02T10:00") STATE("02T11:00", "waiting_client") TAIL, RESOLVE(""),
	"2026-03-02T15:00:00Z", METRIC_RESOLVE, CLOCK_PAUSED, 3600, 3 * 3600, NONE, NONE, 1},
    {"a pause that begins after the due instant does not undo it",
	HEAD(STATUS) OPENED("02T10:00") STATE("02T16:00", "waiting_client") TAIL, RESOLVE(""),
	"2026-03-03T10:00:00Z", METRIC_RESOLVE, CLOCK_BREACHED, 5 * 3600, 2 * 3600,
	"2026-03-02T15:00:00Z", "2026-03-02T15:00:00Z", 1},
    {"reopened, continue: 1 h + 2 h on the clock, the closed hour not counted",
	HEAD(STATUS) OPENED("02T09:00") STATE("02T10:00", "resolved") STATE("02T11:00", "open")
	    TAIL,
	FOUR, "2026-03-02T13:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 3 * 3600, 0,
	"2026-03-02T14:00:00Z", NONE, 2},
    {"reopened, restart: a new 4 h from 11:00",
	HEAD(STATUS) OPENED("02T09:00") STATE("02T10:00", "resolved") STATE("02T11:00", "open")
	    TAIL,
	"{\"targets\":[{\"resolve\":\"4h\"}],\"conventions\":{\"reopen\":\"restart\"}}",
	"2026-03-02T13:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 2 * 3600, 0, "2026-03-02T15:00:00Z",
	NONE, 2},
    {"reopened, count_closed: the closed hour counts too, due at 13:00",
	HEAD(STATUS) OPENED("02T09:00") STATE("02T10:00", "resolved") STATE("02T11:00", "open")
	    TAIL,
	"{\"targets\":[{\"resolve\":\"4h\"}],\"conventions\":{\"reopen\":\"count_closed\"}}",
	"2026-03-02T12:30:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 3 * 3600 + 1800, 0,
	"2026-03-02T13:00:00Z", NONE, 2},
    {"raised to P1 after 1 h, carry: 1 h of 4 is used, due 13:00",
	HEAD(STATUS) OPENED("02T09:00") PRIORITY("02T09:00", "null", "\"P2\"")
	    PRIORITY("02T10:00", "\"P2\"", "\"P1\"") TAIL,
	BY_PRIORITY(""), "2026-03-02T12:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 3 * 3600, 0,
	"2026-03-02T13:00:00Z", NONE, 1},
    {"the same, restart: 4 h from 10:00",
	HEAD(STATUS) OPENED("02T09:00") PRIORITY("02T09:00", "null", "\"P2\"")
	    PRIORITY("02T10:00", "\"P2\"", "\"P1\"") TAIL,
	BY_PRIORITY(",\"conventions\":{\"priority_change\":\"restart\"}"), "2026-03-02T12:00:00Z",
	METRIC_RESOLVE, CLOCK_RUNNING, 2 * 3600, 0, "2026-03-02T14:00:00Z", NONE, 1},
    {"raised after 6 h to a target of 4 h: missed at the instant of the change",
	HEAD(STATUS) OPENED("02T09:00") PRIORITY("02T09:00", "null", "\"P2\"")
	    PRIORITY("02T15:00", "\"P2\"", "\"P1\"") TAIL,
	BY_PRIORITY(""), "2026-03-02T16:00:00Z", METRIC_RESOLVE, CLOCK_BREACHED, 7 * 3600, 0,
	"2026-03-02T15:00:00Z", "2026-03-02T15:00:00Z", 1},
    {"the same in a pause from 14:00: 5 h are used when the change comes at 15:00",
	HEAD(STATUS) OPENED("02T09:00") PRIORITY("02T09:00", "null", "\"P2\"")
	    STATE("02T14:00", "waiting_client") PRIORITY("02T15:00", "\"P2\"", "\"P1\"") TAIL,
	BY_PRIORITY(""), "2026-03-02T16:00:00Z", METRIC_RESOLVE, CLOCK_BREACHED, 5 * 3600, 2 * 3600,
	"2026-03-02T15:00:00Z", "2026-03-02T15:00:00Z", 1},
    {"and the run that goes on at 16:00 moves nothing",
	HEAD(STATUS) OPENED("02T09:00") PRIORITY("02T09:00", "null", "\"P2\"")
	    STATE("02T14:00", "waiting_client") PRIORITY("02T15:00", "\"P2\"", "\"P1\"")
		STATE("02T16:00", "open") TAIL,
	BY_PRIORITY(""), "2026-03-02T17:00:00Z", METRIC_RESOLVE, CLOCK_BREACHED, 6 * 3600, 2 * 3600,
	"2026-03-02T15:00:00Z", "2026-03-02T15:00:00Z", 1},
    {"but lowered again before that, nothing was missed",
	HEAD(STATUS) OPENED("02T09:00") PRIORITY("02T09:00", "null", "\"P2\"")
	    STATE("02T14:00", "waiting_client") PRIORITY("02T15:00", "\"P2\"", "\"P1\"")
		PRIORITY("02T15:30", "\"P1\"", "\"P2\"") STATE("02T16:00", "open") TAIL,
	BY_PRIORITY(""), "2026-03-02T17:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 6 * 3600, 2 * 3600,
	"2026-03-02T19:00:00Z", NONE, 1},
    {"a priority first known after an hour: the hour counts",
	HEAD(STATUS) OPENED("02T09:00") PRIORITY("02T10:00", "null", "\"P1\"") TAIL,
	BY_PRIORITY(""), "2026-03-02T12:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 3 * 3600, 0,
	"2026-03-02T13:00:00Z", NONE, 1},
    {"no target fits: nothing was promised", HEAD(STATUS) OPENED("02T09:00") TAIL, BY_PRIORITY(""),
	"2026-03-02T12:00:00Z", METRIC_RESOLVE, CLOCK_NONE, 0, 0, NONE, NONE, 1},
    {"resolved between two snapshots, 12:00 and 14:00, due at 13:00: cannot be told",
	HEAD(STATUS) OPENED("02T09:00") "," AT("02T14:00",
	    "\"kind\":\"status\",\"to\":\"R\",\"state\":\"resolved\",\"inferred\":true,"
	    "\"after\":\"2026-03-02T12:00:00Z\"") TAIL,
	FOUR, "2026-03-02T15:00:00Z", METRIC_RESOLVE, CLOCK_UNKNOWN, 5 * 3600, 0,
	"2026-03-02T13:00:00Z", NONE, 1},
    {"resolved between 13:30 and 14:00, due at 13:00: missed either way",
	HEAD(STATUS) OPENED("02T09:00") "," AT("02T14:00",
	    "\"kind\":\"status\",\"to\":\"R\",\"state\":\"resolved\",\"inferred\":true,"
	    "\"after\":\"2026-03-02T13:30:00Z\"") TAIL,
	FOUR, "2026-03-02T15:00:00Z", METRIC_RESOLVE, CLOCK_BREACHED, 5 * 3600, 0,
	"2026-03-02T13:00:00Z", "2026-03-02T13:00:00Z", 1},
    {"two business days from Monday 10:00 in a week of Monday and Tuesday: Monday 10:00",
	HEAD(STATUS) OPENED("02T10:00") TAIL,
	"{" DAY "\"targets\":[{\"calendar\":\"day\",\"resolve\":\"2bd\"}]}", "2026-03-02T11:00:00Z",
	METRIC_RESOLVE, CLOCK_RUNNING, 3600, 0, "2026-03-09T10:00:00Z", NONE, 1},
    {"picked up after 20 min of 30", HEAD(TALK) OPENED("02T09:00") OWNER("02T09:20", "\"A\"") TAIL,
	"{\"targets\":[{\"pickup\":\"30m\"}]}", "2026-03-02T12:00:00Z", METRIC_PICKUP, CLOCK_MET,
	1200, 0, "2026-03-02T09:30:00Z", NONE, 1},
    {"pickup without evidence of owners is not judged", HEAD(STATUS) OPENED("02T09:00") TAIL,
	"{\"targets\":[{\"pickup\":\"30m\"}]}", "2026-03-02T12:00:00Z", METRIC_PICKUP,
	CLOCK_UNKNOWN, 3 * 3600, 0, NONE, NONE, 1},
    {"an internal note, an automatic mail and the client's own words are no response",
	HEAD(TALK) OPENED("02T09:00")
	    MESSAGE("02T09:10", "\"by\":\"A\",\"role\":\"agent\",\"visibility\":\"internal\"")
		MESSAGE("02T09:11", "\"role\":\"system\",\"visibility\":\"public\",\"auto\":true")
		    MESSAGE("02T09:12", "\"role\":\"client\",\"visibility\":\"public\"") TAIL,
	"{\"targets\":[{\"first_response\":\"1h\"}]}", "2026-03-02T09:30:00Z",
	METRIC_FIRST_RESPONSE, CLOCK_RUNNING, 1800, 0, "2026-03-02T10:00:00Z", NONE, 1},
    {"a bot answers where the convention asks for no more",
	HEAD(TALK) OPENED("02T09:00")
	    MESSAGE("02T09:10", "\"role\":\"agent\",\"visibility\":\"public\",\"bot\":true") TAIL,
	"{\"targets\":[{\"first_response\":\"1h\"}],\"conventions\":{\"first_response\":\"bot\"}}",
	"2026-03-02T09:30:00Z", METRIC_FIRST_RESPONSE, CLOCK_MET, 600, 0, "2026-03-02T10:00:00Z",
	NONE, 1},
    {"closed without an owner after 1 h of 2: nothing is left to pick up, the clock stops",
	HEAD(TALK) OPENED("02T09:00") STATE("02T10:00", "closed") TAIL,
	"{\"targets\":[{\"pickup\":\"2h\"}]}", "2026-03-03T09:00:00Z", METRIC_PICKUP, CLOCK_MET,
	3600, 0, "2026-03-02T11:00:00Z", NONE, 1},
    {"planned when it is first scheduled",
	HEAD(STATUS) OPENED("02T09:00") STATE("02T09:40", "scheduled") TAIL,
	"{\"targets\":[{\"plan\":\"1h\"}]}", "2026-03-02T12:00:00Z", METRIC_PLAN, CLOCK_MET, 2400,
	0, "2026-03-02T10:00:00Z", NONE, 1},
    {"the oldest unanswered message starts it, the second one does not: 9:10 to 9:50",
	HEAD(TALK) OPENED("02T09:00") CLIENT("02T09:10") CLIENT("02T09:30") AGENT("02T09:50") TAIL,
	"{\"targets\":[{\"next_response\":\"1h\"}]}", "2026-03-02T12:00:00Z", METRIC_NEXT_RESPONSE,
	CLOCK_MET, 2400, 0, "2026-03-02T10:10:00Z", NONE, 1},
    {"answered, and asked again at 11:00: the second wait is told",
	HEAD(TALK) OPENED("02T09:00") CLIENT("02T09:10") AGENT("02T09:50") CLIENT("02T11:00") TAIL,
	"{\"targets\":[{\"next_response\":\"1h\"}]}", "2026-03-02T11:30:00Z", METRIC_NEXT_RESPONSE,
	CLOCK_RUNNING, 1800, 0, "2026-03-02T12:00:00Z", NONE, 2},
    {"no client has written: no clock", HEAD(TALK) OPENED("02T09:00") AGENT("02T09:50") TAIL,
	"{\"targets\":[{\"next_response\":\"1h\"}]}", "2026-03-02T11:30:00Z", METRIC_NEXT_RESPONSE,
	CLOCK_NONE, 0, 0, NONE, NONE, 1},
    {"an update every hour: told at 9:30, 30 min into the next hour, on hold or not",
	HEAD(TALK) OPENED("02T09:00") AGENT("02T09:30") STATE("02T09:40", "on_hold") TAIL,
	"{\"targets\":[{\"update\":\"1h\"}]}", "2026-03-02T10:00:00Z", METRIC_UPDATE, CLOCK_RUNNING,
	1800, 0, "2026-03-02T10:30:00Z", NONE, 2},
    {"the client's own message restarts it only where the convention says so",
	HEAD(TALK) OPENED("02T09:00") CLIENT("02T09:45") TAIL,
	"{\"targets\":[{\"update\":\"1h\"}]}", "2026-03-02T10:00:00Z", METRIC_UPDATE, CLOCK_RUNNING,
	3600, 0, "2026-03-02T10:00:00Z", NONE, 1},
    {"as it does here", HEAD(TALK) OPENED("02T09:00") CLIENT("02T09:45") TAIL,
	"{\"targets\":[{\"update\":\"1h\"}],\"conventions\":{\"update_restart\":\"any\"}}",
	"2026-03-02T10:00:00Z", METRIC_UPDATE, CLOCK_RUNNING, 900, 0, "2026-03-02T10:45:00Z", NONE,
	2},
    {"in team S until a snapshot of 11:00, and after one of 10:00, when 90 min were not used up",
	HEAD("\"team\"") OPENED("02T09:00") TEAM("02T09:00", "\"S\"") LEFT("02T10:00") TAIL,
	"{\"targets\":[{\"team\":\"90m\"}]}", "2026-03-02T12:00:00Z", METRIC_TEAM, CLOCK_UNKNOWN,
	2 * 3600, 0, "2026-03-02T10:30:00Z", NONE, 1},
    {"the same after a snapshot of 10:31, when they were",
	HEAD("\"team\"") OPENED("02T09:00") TEAM("02T09:00", "\"S\"") LEFT("02T10:31") TAIL,
	"{\"targets\":[{\"team\":\"90m\"}]}", "2026-03-02T12:00:00Z", METRIC_TEAM, CLOCK_BREACHED,
	2 * 3600, 0, "2026-03-02T10:30:00Z", "2026-03-02T10:30:00Z", 1},
    {"two hours in team S, then T since 11:00",
	HEAD("\"team\"") OPENED("02T09:00") TEAM("02T09:00", "\"S\"") TEAM("02T11:00", "\"T\"")
	    TAIL,
	"{\"targets\":[{\"team\":\"90m\"}]}", "2026-03-02T12:00:00Z", METRIC_TEAM, CLOCK_RUNNING,
	3600, 0, "2026-03-02T12:30:00Z", NONE, 2},
    {"starts as it leaves the state new, at 10:00",
	HEAD(STATUS) OPENED("02T09:00") STATE("02T10:00", "open") TAIL,
	"{\"targets\":[{\"resolve\":\"4h\"}],\"conventions\":{\"start\":\"status\"}}",
	"2026-03-02T12:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 2 * 3600, 0, "2026-03-02T14:00:00Z",
	NONE, 1},
    {"3 h from 9:00 are used up at 12:00, the closing; by the other convention at 13:00, the opening",
	HEAD(STATUS) OPENED("02T09:00") TAIL,
	"{" DAY "\"targets\":[{\"calendar\":\"day\",\"resolve\":\"3h\"}],"
	"\"conventions\":{\"deadline\":\"next_opening\"}}",
	"2026-03-02T10:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 3600, 0, "2026-03-02T13:00:00Z",
	NONE, 1},
    {"two business days to the end of the day", HEAD(STATUS) OPENED("02T10:00") TAIL,
	"{" DAY "\"targets\":[{\"calendar\":\"day\",\"resolve\":\"1bd\"}],"
	"\"conventions\":{\"business_days\":\"end_of_day\"}}",
	"2026-03-02T11:00:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 3600, 0, "2026-03-03T17:00:00Z",
	NONE, 1},
    {"no policy: the PSA's due instant as of then, moved at 10:00 from 11:00 to 12:00",
	HEAD(STATUS) OPENED("02T09:00") DUE("02T09:00", "null", "\"2026-03-02T11:00:00Z\"")
	    DUE("02T10:00", "\"2026-03-02T11:00:00Z\"", "\"2026-03-02T12:00:00Z\"") TAIL,
	NULL, "2026-03-02T11:30:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 9000, 0,
	"2026-03-02T12:00:00Z", NONE, 1},
    {"the same before it was moved: what came later is not known",
	HEAD(STATUS) OPENED("02T09:00") DUE("02T09:00", "null", "\"2026-03-02T11:00:00Z\"")
	    DUE("02T10:00", "\"2026-03-02T11:00:00Z\"", "\"2026-03-02T12:00:00Z\"") TAIL,
	NULL, "2026-03-02T09:30:00Z", METRIC_RESOLVE, CLOCK_RUNNING, 1800, 0,
	"2026-03-02T11:00:00Z", NONE, 1},
    {"no policy and no due instant: no clock", HEAD(STATUS) OPENED("02T09:00") TAIL, NULL,
	"2026-03-02T11:30:00Z", METRIC_RESOLVE, CLOCK_NONE, 0, 0, NONE, NONE, 1},
};

static int64_t
instant_or_none(const char *text)
{
	return strcmp(text, NONE) == 0 ? INSTANT_NONE : instant_of(text);
}

START_TEST(test_clock)
{
	const struct clock_case *row = &clock_cases[_i];
	const struct clock *clock;
	struct story story;

	story_tell(&story, row->line, row->policy, row->as_of);
	clock = &story.analysis.clocks[row->metric];
	ck_assert_msg(clock->state == row->state, "%s: state %d", row->what, (int)clock->state);
	if (row->state != CLOCK_NONE)
		ck_assert_msg(clock->elapsed == row->elapsed && clock->paused == row->paused &&
			clock->due == instant_or_none(row->due) &&
			clock->breached == instant_or_none(row->breached) &&
			clock->cycles == row->cycles,
		    "%s: elapsed %lld, paused %lld, due %lld, breached %lld, cycles %d", row->what,
		    (long long)clock->elapsed, (long long)clock->paused, (long long)clock->due,
		    (long long)clock->breached, clock->cycles);
	story_end(&story);
}
END_TEST

/* Excluded, merged and child tickets are promised nothing, each for its own reason. */
START_TEST(test_exclusions)
{
	static const struct {
		const char *member, *policy;
		enum exclusion exclusion;
	} rows[] = {
	    {"", FOUR, EXCLUDED_NOT},
	    {"\"merged_into\":\"2\",", FOUR, EXCLUDED_MERGED},
	    {"\"parent\":\"2\",", FOUR, EXCLUDED_CHILD},
	    {"\"channel\":\"alert\",",
		"{\"targets\":[{\"match\":{\"channel\":[\"alert\"]},\"exclude\":true},"
		"{\"resolve\":\"4h\"}]}",
		EXCLUDED_POLICY},
	};
	struct buf line = {0};
	struct story story;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&line);
		buf_addf(&line, "{\"v\":1,\"id\":\"1\",%s\"has\":[\"status\"],\"events\":[%s]}",
		    rows[i].member, OPENED("02T09:00"));
		story_tell(&story, buf_z(&line), rows[i].policy, "2026-03-02T10:00:00Z");
		ck_assert_int_eq(story.analysis.exclusion, rows[i].exclusion);
		ck_assert((story.analysis.clocks[METRIC_RESOLVE].state == CLOCK_NONE) ==
		    (rows[i].exclusion != EXCLUDED_NOT));
		story_end(&story);
	}
	buf_free(&line);
}
END_TEST

/*
 * The resolve clock as a table: how it stands at 10:00 (or 14:00, with its 4 h used up since
 * 13:00), what happens then, and how it stands a minute later.
 */
enum { CELL_RUNNING, CELL_PAUSED, CELL_MET, CELL_OVERDUE, CELL_MISSED, CELL_PAUSED_OVERDUE, CELLS };

static const struct {
	const char *what, *line, *at;
} cell_rows[CELLS] = {
    [CELL_RUNNING] = {"running", "", "02T10:00"},
    [CELL_PAUSED] = {"paused", STATE("02T09:30", "on_hold"), "02T10:00"},
    [CELL_MET] = {"stopped in time", STATE("02T09:30", "resolved"), "02T10:00"},
    [CELL_OVERDUE] = {"running late", "", "02T14:00"},
    [CELL_MISSED] = {"stopped late", STATE("02T13:30", "resolved"), "02T14:00"},
    [CELL_PAUSED_OVERDUE] = {"paused late", STATE("02T13:30", "on_hold"), "02T14:00"},
};

#define R CLOCK_RUNNING
#define P CLOCK_PAUSED
#define M CLOCK_MET
#define B CLOCK_BREACHED
#define N CLOCK_NONE

static const struct {
	const char *event; /* behind the instant */
	enum clock_state after[CELLS];
} cell_columns[] = {
    {"\"kind\":\"status\",\"to\":\"y\",\"state\":\"open\"", {R, R, R, B, B, B}},
    {"\"kind\":\"status\",\"to\":\"y\",\"state\":\"waiting_client\"", {P, P, P, B, B, B}},
    {"\"kind\":\"status\",\"to\":\"y\",\"state\":\"waiting_vendor\"", {P, P, P, B, B, B}},
    {"\"kind\":\"status\",\"to\":\"y\",\"state\":\"scheduled\"", {P, P, P, B, B, B}},
    {"\"kind\":\"status\",\"to\":\"y\",\"state\":\"resolved\"", {M, M, M, B, B, B}},
    {"\"kind\":\"status\",\"to\":\"y\",\"state\":\"closed\"", {M, M, M, B, B, B}},
    {"\"kind\":\"status\",\"to\":\"y\",\"state\":\"cancelled\"", {M, M, M, B, B, B}},
    {"\"kind\":\"status\",\"to\":\"y\"", {R, P, M, B, B, B}},
    {"\"kind\":\"message\",\"by\":\"A\",\"role\":\"agent\",\"visibility\":\"public\"",
	{R, P, M, B, B, B}},
    {"\"kind\":\"owner\",\"to\":\"A\"", {R, P, M, B, B, B}},
    {"\"kind\":\"team\",\"to\":\"T\"", {R, P, M, B, B, B}},
    {"\"kind\":\"work\",\"seconds\":60", {R, P, M, B, B, B}},
    /* to 8 h: what was late has time again, a clock that has stopped keeps its target */
    {"\"kind\":\"priority\",\"to\":\"P2\"", {R, P, M, R, B, P}},
    /* to a target of 10 min, long used up */
    {"\"kind\":\"priority\",\"to\":\"P3\"", {B, B, M, B, B, B}},
    /* to a priority that nothing was promised for */
    {"\"kind\":\"priority\",\"to\":\"P4\"", {N, N, M, N, B, N}},
};

#undef R
#undef P
#undef M
#undef B
#undef N

START_TEST(test_cell)
{
	static const char policy[] =
	    "{\"targets\":[{\"match\":{\"priority\":\"P1\"},\"resolve\":\"4h\"},"
	    "{\"match\":{\"priority\":\"P2\"},\"resolve\":\"8h\"},"
	    "{\"match\":{\"priority\":\"P3\"},\"resolve\":\"10m\"}]}";
	struct buf line = {0}, as_of = {0};
	enum clock_state got;
	struct story story;
	int row;

	for (row = 0; row < CELLS; row++) {
		buf_clear(&line);
		buf_clear(&as_of);
		buf_addf(&line, "%s%s%s%s,{\"at\":\"2026-03-%s:00Z\",%s}%s", HEAD(TALK),
		    OPENED("02T09:00"), PRIORITY("02T09:00", "null", "\"P1\""), cell_rows[row].line,
		    cell_rows[row].at, cell_columns[_i].event, TAIL);
		buf_addf(&as_of, "2026-03-%.5s:01:00Z", cell_rows[row].at);
		story_tell(&story, buf_z(&line), policy, buf_z(&as_of));
		got = story.analysis.clocks[METRIC_RESOLVE].state;
		ck_assert_msg(got == cell_columns[_i].after[row], "%s, then %s: %d",
		    cell_rows[row].what, cell_columns[_i].event, (int)got);
		story_end(&story);
	}
	buf_free(&line);
	buf_free(&as_of);
}
END_TEST

/*
 * A night shift 22:00-06:00 from Monday to Friday, 6 h allowed. Opened Monday 23:00; on hold
 * Tuesday 01:00 to 23:00: 2 h ran before, the pause takes 01:00-06:00 and 22:00-23:00, 6 h of
 * working time. 4 h are left at Tuesday 23:00: due on Wednesday 03:00.
 */
START_TEST(test_night_shift)
{
	static const char line[] = HEAD(STATUS) OPENED("02T23:00") STATE("03T01:00", "on_hold")
	    STATE("03T23:00", "open") TAIL;
	static const char policy[] =
	    "{\"calendars\":{\"night\":{\"tz\":\"UTC\",\"hours\":{\"mon\":[\"22:00-06:00\"],"
	    "\"tue\":[\"22:00-06:00\"],\"wed\":[\"22:00-06:00\"],\"thu\":[\"22:00-06:00\"],"
	    "\"fri\":[\"22:00-06:00\"]}}},\"targets\":[{\"calendar\":\"night\",\"resolve\":\"6h\"}]}";
	const struct clock *clock;
	struct story story;

	story_tell(&story, line, policy, "2026-03-04T00:00:00Z");
	clock = &story.analysis.clocks[METRIC_RESOLVE];
	ck_assert_int_eq(clock->elapsed, 3 * 3600);
	ck_assert_int_eq(clock->paused, 6 * 3600);
	ck_assert_int_eq(clock->due, instant_of("2026-03-04T03:00:00Z"));
	story_end(&story);
}
END_TEST

/* Waits of 2 h, 30 min and 1 h 30 against a target of 1 h: the first is missed, and so is the last. */
START_TEST(test_missed_before)
{
	static const char line[] =
	    HEAD(TALK) OPENED("02T08:00") CLIENT("02T09:00") AGENT("02T11:00") CLIENT("02T12:00")
		AGENT("02T12:30") CLIENT("02T13:00") AGENT("02T14:30") TAIL;
	const struct clock *clock;
	struct story story;

	story_tell(
	    &story, line, "{\"targets\":[{\"next_response\":\"1h\"}]}", "2026-03-02T15:00:00Z");
	clock = &story.analysis.clocks[METRIC_NEXT_RESPONSE];
	ck_assert_int_eq(clock->state, CLOCK_BREACHED);
	ck_assert_int_eq(clock->cycles, 3);
	ck_assert_int_eq(clock->missed, 1);
	story_end(&story);
}
END_TEST

START_TEST(test_opened_later)
{
	struct story story;

	story_tell(&story, HEAD(STATUS) OPENED("02T09:00") TAIL, FOUR, "2026-03-02T08:59:59Z");
	ck_assert(!story.begun);
	story_end(&story);
}
END_TEST

Suite *clock_suite(void);

Suite *
clock_suite(void)
{
	Suite *suite = suite_create("clock");
	TCase *cases = tcase_create("clock");

	tcase_add_loop_test(
	    cases, test_clock, 0, (int)(sizeof(clock_cases) / sizeof(clock_cases[0])));
	tcase_add_test(cases, test_exclusions);
	tcase_add_loop_test(
	    cases, test_cell, 0, (int)(sizeof(cell_columns) / sizeof(cell_columns[0])));
	tcase_add_test(cases, test_night_shift);
	tcase_add_test(cases, test_missed_before);
	tcase_add_test(cases, test_opened_later);
	suite_add_tcase(suite, cases);
	return suite;
}
