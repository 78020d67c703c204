/* check_stall.c: where work has come to rest, worked by hand, and how thresholds are learned */
#include "base/buf.h"
#include "sla/risk_record.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>
#include <string.h>

/* 2026-03-02 is a Monday. */
#define HEAD(has)                                                                       \
	"{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"client\":\"Acme\",\"has\":[" has "]," \
	"\"events\":["
#define OPENED             "{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}"
#define EVENT(time, rest)  ",{\"at\":\"2026-03-02T" time ":00Z\"," rest "}"
#define PRIORITY(time, to) EVENT(time, "\"kind\":\"priority\",\"to\":\"" to "\"")
#define OWNER(time, to)    EVENT(time, "\"kind\":\"owner\",\"to\":" to)
#define TEAM(time, to)     EVENT(time, "\"kind\":\"team\",\"to\":" to)
#define STATE(time, state)                                                                    \
	EVENT(time,                                                                           \
	    "\"kind\":\"status\",\"by\":\"A\",\"from\":\"x\",\"to\":\"y\",\"state\":\"" state \
	    "\"")
#define SAYS(time)                                                               \
	EVENT(time,                                                              \
	    "\"kind\":\"message\",\"role\":\"agent\",\"visibility\":\"public\"," \
	    "\"by\":\"A\"")
#define ASKS(time)                                                                \
	EVENT(time,                                                               \
	    "\"kind\":\"message\",\"role\":\"client\",\"visibility\":\"public\"," \
	    "\"by\":\"Client\"")
#define WORK(time) EVENT(time, "\"kind\":\"work\",\"by\":\"A\",\"seconds\":60")
#define PLANNED(time, to) \
	EVENT(time, "\"kind\":\"scheduled\",\"to\":\"2026-03-02T" to ":00Z\",\"by\":\"A\"")
#define TAIL     "]}"
#define ALL      "\"owner\",\"team\",\"status\",\"priority\",\"message\",\"public\",\"work\",\"actor\""
#define AT(time) "2026-03-02T" time ":00Z"
/* Working time 08:00 to 12:00 and 13:00 to 17:00. */
#define DAY                                                                                        \
	"{\"calendars\":{\"day\":{\"tz\":\"UTC\",\"hours\":{\"mon\":[\"08:00-12:00\","             \
	"\"13:00-17:00\"],\"tue\":[\"08:00-12:00\",\"13:00-17:00\"],\"wed\":[\"08:00-12:00\"]}}}," \
	"\"targets\":[{\"match\":{},\"calendar\":\"day\",\"resolve\":\"2h\"}]}"

struct stall_case {
	const char *what, *line, *policy, *as_of;
	const char *stall; /* the member */
};

static const struct stall_case stall_cases[] = {
    /* Nothing since 09:00: 3 h 30 min, of which 12:00 to 13:00 is no working time: 9000 s. */
    {"a P1 of an hour's threshold stalled at ten",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") TAIL, DAY, AT("12:30"),
	"{\"since\":\"2026-03-02T10:00:00Z\",\"expected_by\":\"2026-03-02T10:00:00Z\","
	"\"rested\":10800,\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":null,"
	"\"mover\":\"owner\",\"who\":\"A\"}"},
    {"exactly at the threshold it has not stalled",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") TAIL, DAY, AT("10:00"),
	"{\"since\":null,\"expected_by\":\"2026-03-02T10:00:00Z\",\"rested\":3600,"
	"\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":null,\"mover\":\"owner\","
	"\"who\":\"A\"}"},
    /* Worked at 11:30, half an hour is used at noon, the rest from 13:00 on. */
    {"work begins the rest anew, and the break is none of it",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") TEAM("09:00", "\"T\"") WORK("11:30") TAIL, DAY,
	AT("12:45"),
	"{\"since\":null,\"expected_by\":\"2026-03-02T13:30:00Z\",\"rested\":1800,"
	"\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":null,\"mover\":\"team\","
	"\"who\":\"T\"}"},
    {"neither owner nor team: nobody can move it, and a change of the owner is no progress",
	HEAD(ALL) OPENED PRIORITY("09:00", "P2") OWNER("10:00", "\"A\"") OWNER("11:00", "null")
	    TAIL,
	NULL, AT("12:00"),
	"{\"since\":null,\"expected_by\":\"2026-03-02T13:00:00Z\",\"rested\":10800,"
	"\"threshold\":14400,\"level\":\"default\",\"dwells\":0,\"held\":null,"
	"\"mover\":\"nobody\",\"who\":null}"},
    /* Asked at 09:40, waiting since 10:00, which is progress; never answered. */
    {"the client was asked: it is the client's move, and no time counts",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") SAYS("09:40")
	    STATE("10:00", "waiting_client") TAIL,
	NULL, AT("15:00"),
	"{\"since\":null,\"expected_by\":null,\"rested\":0,\"threshold\":3600,"
	"\"level\":\"default\",\"dwells\":0,\"held\":\"client\",\"mover\":\"client\","
	"\"who\":\"Acme\"}"},
    {"the client answered at eleven: from then on it counts",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") SAYS("09:40")
	    STATE("10:00", "waiting_client") ASKS("11:00") TAIL,
	NULL, AT("15:00"),
	"{\"since\":\"2026-03-02T12:00:00Z\",\"expected_by\":\"2026-03-02T12:00:00Z\","
	"\"rested\":14400,\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":null,"
	"\"mover\":\"owner\",\"who\":\"A\"}"},
    {"a question of more than an hour before is none: it counts since ten",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") SAYS("09:00")
	    STATE("10:01", "waiting_client") TAIL,
	NULL, AT("10:31"),
	"{\"since\":null,\"expected_by\":\"2026-03-02T11:01:00Z\",\"rested\":1800,"
	"\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":null,"
	"\"mover\":\"owner\",\"who\":\"A\"}"},
    {"asked while it waits: progress, and open from then on",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"")
	    STATE("10:01", "waiting_client") SAYS("10:31") TAIL,
	NULL, AT("12:00"),
	"{\"since\":null,\"expected_by\":null,\"rested\":0,\"threshold\":3600,"
	"\"level\":\"default\",\"dwells\":0,\"held\":\"client\",\"mover\":\"client\","
	"\"who\":\"Acme\"}"},
    {"where no messages are recorded the state is believed",
	HEAD("\"owner\",\"status\",\"priority\"") OPENED PRIORITY("09:00", "P1")
	    STATE("10:00", "waiting_client") TAIL,
	NULL, AT("15:00"),
	"{\"since\":null,\"expected_by\":null,\"rested\":0,\"threshold\":3600,"
	"\"level\":\"default\",\"dwells\":0,\"held\":\"client\",\"mover\":\"client\","
	"\"who\":\"Acme\"}"},
    /* 09:00 to 10:00 counted; held until 14:00; the hour is used by then, so an instant later. */
    {"planned for two o'clock: expected an hour less the half hour rested after it",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") PLANNED("09:30", "14:00")
	    TAIL,
	NULL, AT("13:00"),
	"{\"since\":null,\"expected_by\":\"2026-03-02T14:30:00Z\",\"rested\":1800,"
	"\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":\"schedule\","
	"\"mover\":\"owner\",\"who\":\"A\"}"},
    {"an hour after the planned instant it has stalled",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") PLANNED("09:30", "14:00")
	    TAIL,
	NULL, AT("15:00"),
	"{\"since\":\"2026-03-02T14:30:00Z\",\"expected_by\":\"2026-03-02T14:30:00Z\","
	"\"rested\":5400,\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":null,"
	"\"mover\":\"owner\",\"who\":\"A\"}"},
    {"planned for an instant that was not recorded",
	HEAD("\"status\"") OPENED STATE("10:00", "scheduled") TAIL, NULL, AT("15:00"),
	"{\"since\":null,\"expected_by\":null,\"rested\":0,\"threshold\":172800,"
	"\"level\":\"default\",\"dwells\":0,\"held\":\"schedule\",\"mover\":null,\"who\":null}"},
    {"a reopening begins the rest anew",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") OWNER("09:00", "\"A\"") STATE("10:00", "resolved")
	    STATE("12:00", "new") EVENT("12:00", "\"kind\":\"reopened\"") TAIL,
	NULL, AT("12:10"),
	"{\"since\":null,\"expected_by\":\"2026-03-02T13:00:00Z\",\"rested\":600,"
	"\"threshold\":3600,\"level\":\"default\",\"dwells\":0,\"held\":null,"
	"\"mover\":\"owner\",\"who\":\"A\"}"},
    {"an ended ticket has no stall",
	HEAD(ALL) OPENED PRIORITY("09:00", "P1") STATE("10:00", "resolved") TAIL, NULL, AT("12:00"),
	"null"},
    {"nobody recorded what progress is", HEAD("\"owner\",\"team\"") OPENED TAIL, NULL,
	"2026-03-12T12:00:00Z", "null"},
    /* Two business days from Monday 09:00 are Wednesday 09:00: 7 h and 8 h and 1 h = 57600 s. */
    {"two business days of the calendar",
	HEAD(ALL) OPENED PRIORITY("09:00", "P3") OWNER("09:00", "\"A\"") TAIL, DAY,
	"2026-03-04T10:00:00Z",
	"{\"since\":\"2026-03-04T09:00:00Z\",\"expected_by\":\"2026-03-04T09:00:00Z\","
	"\"rested\":61200,\"threshold\":57600,\"level\":\"default\",\"dwells\":0,\"held\":null,"
	"\"mover\":\"owner\",\"who\":\"A\"}"},
};

static struct slice
stall_member(struct story *story, struct buf *json, const struct stall_table *table)
{
	const char *from, *to;
	struct risk risk;

	risk_of(&risk, &story->analysis, table, &story->arena);
	risk_to_json(&risk, json);
	from = strstr(buf_z(json), "\"stall\":");
	ck_assert_ptr_nonnull(from);
	to = strstr(from, ",\"finish\":");
	ck_assert_ptr_nonnull(to);
	return (struct slice){from + 8, (size_t)(to - from) - 8};
}

START_TEST(test_stall)
{
	const struct stall_case *one = &stall_cases[_i];
	struct slice member;
	struct story story;
	struct buf json = {0}, again = {0};
	struct risk risk;

	story_tell(&story, one->line, one->policy, one->as_of);
	member = stall_member(&story, &json, NULL);
	ck_assert_msg(
	    slice_eqz(member, one->stall), "%s: %.*s", one->what, (int)member.n, member.p);
	ck_assert(risk_from_json(&risk, buf_slice(&json), &story.arena));
	risk_to_json(&risk, &again);
	ck_assert_msg(slice_eq(buf_slice(&json), buf_slice(&again)), "%s: read back: %s", one->what,
	    buf_z(&again));
	buf_free(&json);
	buf_free(&again);
	story_end(&story);
}
END_TEST

/* Each dwell as "STATE PRIORITY TEAM SECONDS;". */
static void
check_dwells(const char *line, const char *policy, const char *expected)
{
	struct story story;
	struct buf text = {0};
	struct dwell *dwells;
	const char *word;
	size_t i, n;

	story_tell(&story, line, policy, AT("16:00"));
	n = dwells_find(&dwells, &story.analysis.timeline, &story.analysis.ledger, &story.arena);
	for (i = 0; i < n; i++) {
		word = word_of(WORDS_STATE, (int)dwells[i].state);
		buf_addf(&text, "%s P%d %s %lld;", word != NULL ? word : "-",
		    (int)dwells[i].priority, dwells[i].team != NULL ? dwells[i].team : "-",
		    (long long)dwells[i].rested);
	}
	ck_assert_str_eq(buf_z(&text), expected);
	buf_free(&text);
	story_end(&story);
}

START_TEST(test_dwells)
{
	/* To work: 1 h; to the state open: half an hour more; what follows has not ended. */
	check_dwells(HEAD(ALL) OPENED PRIORITY("09:00", "P3") TEAM("09:00", "\"T\"") WORK("10:00")
			 STATE("10:30", "open") OWNER("15:00", "\"B\"") TAIL,
	    NULL, "new P3 T 3600;new P3 T 1800;");
	/* The team that has it when it moves; the break does not count. */
	check_dwells(HEAD(ALL) OPENED TEAM("09:00", "\"T\"") TEAM("11:00", "\"U\"")
			 STATE("14:00", "resolved") EVENT("14:00", "\"kind\":\"resolved\"") TAIL,
	    DAY, "new P0 U 14400;");
	/* Waiting for an answer until 11:00 is no dwell; from the answer to the word is. */
	check_dwells(HEAD(ALL) OPENED SAYS("09:30") STATE("09:30", "waiting_client") ASKS("11:00")
			 SAYS("11:20") STATE("15:00", "resolved") TAIL,
	    NULL, "new P0 - 1800;waiting_client P0 - 1200;");
	/* After the end nothing rests. */
	check_dwells(HEAD("\"status\"") OPENED STATE("10:00", "resolved") STATE("15:00", "closed")
			 TAIL,
	    NULL, "new P0 - 3600;");
	check_dwells(HEAD("\"owner\"") OPENED STATE("10:00", "open") TAIL, NULL, "");
}
END_TEST

static struct stall_table *
taught(void)
{
	struct stall_table *table = stall_table_new();
	int i;

	/* T: 30 dwells of 1 to 30, p90 the 27th; with U's 29 of 1000 59, of which the 54th. */
	for (i = 1; i <= 30; i++)
		stall_table_add(table, STATE_OPEN, PRIORITY_P3, "T", i);
	for (i = 0; i < 29; i++)
		stall_table_add(table, STATE_OPEN, PRIORITY_P3, "U", 100);
	stall_table_add(table, STATE_OPEN, PRIORITY_P4, NULL, 5);
	for (i = 0; i < 29; i++)
		stall_table_add(table, STATE_ON_HOLD, PRIORITY_P3, "T", 100);
	return table;
}

static void
check_threshold(const struct stall_table *table, enum state state, enum priority priority,
    const char *team, enum stall_level level, int64_t seconds, int64_t dwells)
{
	struct stall_threshold threshold = {0};

	ck_assert_int_eq(stall_table_look_up(table, state, priority, team, &threshold),
	    level != STALL_BY_DEFAULT);
	ck_assert_int_eq(threshold.level, level);
	ck_assert_int_eq(threshold.dwells, level == STALL_BY_DEFAULT ? 0 : dwells);
	if (level != STALL_BY_DEFAULT)
		ck_assert_int_eq(threshold.seconds, seconds);
}

static void
check_taught(const struct stall_table *table)
{
	check_threshold(table, STATE_OPEN, PRIORITY_P3, "T", STALL_BY_TEAM, 27, 30);
	check_threshold(table, STATE_OPEN, PRIORITY_P3, "U", STALL_BY_PRIORITY, 100, 59);
	check_threshold(table, STATE_OPEN, PRIORITY_P3, NULL, STALL_BY_PRIORITY, 100, 59);
	check_threshold(table, STATE_OPEN, PRIORITY_P4, "T", STALL_BY_STATE, 100, 60);
	check_threshold(table, STATE_OPEN, PRIORITY_P1, "new team", STALL_BY_STATE, 100, 60);
	check_threshold(table, STATE_NEW, PRIORITY_P3, "T", STALL_BY_DEFAULT, 0, 0);
	check_threshold(table, STATE_ON_HOLD, PRIORITY_P3, "T", STALL_BY_DEFAULT, 0, 0);
}

START_TEST(test_narrowest_row)
{
	struct stall_table *table = taught();

	check_taught(table);
	stall_table_free(table);
}
END_TEST

START_TEST(test_read_back)
{
	struct stall_table *table = taught(), *read;
	struct buf text = {0};
	struct json_writer w = json_writer_to(&text);
	struct arena arena = {0};
	struct json_error error;

	stall_table_to_json(table, &w, NULL);
	ck_assert_str_eq(buf_z(&text),
	    "[{\"level\":\"state\",\"state\":\"open\",\"dwells\":60,\"p90\":100},"
	    "{\"level\":\"priority\",\"state\":\"open\",\"priority\":\"P3\",\"dwells\":59,"
	    "\"p90\":100},"
	    "{\"level\":\"team\",\"state\":\"open\",\"priority\":\"P3\",\"team\":\"T\","
	    "\"dwells\":30,\"p90\":27}]");
	read = stall_table_from_json(json_parse(&arena, buf_slice(&text), &error));
	ck_assert_ptr_nonnull(read);
	check_taught(read);
	stall_table_free(read);
	stall_table_free(table);
	ck_assert_ptr_null(stall_table_from_json(json_parse(&arena, SLICE("{}"), &error)));
	ck_assert_ptr_null(stall_table_from_json(
	    json_parse(&arena, SLICE("[{\"level\":\"team\",\"dwells\":40,\"p90\":1}]"), &error)));
	ck_assert_ptr_null(stall_table_from_json(
	    json_parse(&arena, SLICE("[{\"level\":\"state\",\"dwells\":29,\"p90\":1}]"), &error)));
	arena_free(&arena);
	buf_free(&text);
}
END_TEST

START_TEST(test_learned_threshold)
{
	struct stall_table *table = taught();
	struct story story;
	struct slice member;
	struct buf json = {0};

	story_tell(&story,
	    HEAD(ALL) OPENED PRIORITY("09:00", "P3") TEAM("09:00", "\"T\"") STATE("10:00", "open")
		TAIL,
	    NULL, AT("10:01"));
	member = stall_member(&story, &json, table);
	ck_assert_msg(slice_eqz(member,
			  "{\"since\":\"2026-03-02T10:00:27Z\",\"expected_by\":"
			  "\"2026-03-02T10:00:27Z\",\"rested\":60,\"threshold\":27,"
			  "\"level\":\"team\",\"dwells\":30,\"held\":null,\"mover\":\"team\","
			  "\"who\":\"T\"}"),
	    "%.*s", (int)member.n, member.p);
	stall_table_free(table);
	buf_free(&json);
	story_end(&story);
}
END_TEST

Suite *stall_suite(void);

Suite *
stall_suite(void)
{
	Suite *suite = suite_create("stall");
	TCase *cases = tcase_create("stall");

	tcase_add_loop_test(
	    cases, test_stall, 0, (int)(sizeof(stall_cases) / sizeof(stall_cases[0])));
	tcase_add_test(cases, test_dwells);
	tcase_add_test(cases, test_narrowest_row);
	tcase_add_test(cases, test_read_back);
	tcase_add_test(cases, test_learned_threshold);
	suite_add_tcase(suite, cases);
	return suite;
}
