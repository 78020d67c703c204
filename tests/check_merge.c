/* check_merge.c: a stored ticket and tonight's row of it, where the lists of tests/golden do not lead */
#include "ingest/merge.h"

#include "data/scan.h"
#include "data/ticket_json.h"
#include "tests/story.h"
#include "tests/support.h"

Suite *merge_suite(void);

struct told {
	struct scan scan;
	struct arena arena, scratch;
	struct ticket ticket;
};

static void
tell(struct told *told, const char *line)
{
	struct ticket_fault fault = {NULL, 0};

	*told = (struct told){.scan = {.split = "events"}};
	ck_assert(scan_line(&told->scan, slice_z(line)));
	ck_assert_msg(ticket_from_scan(&told->scan, &told->arena, &told->ticket, &fault) &&
		ticket_events_from_scan(
		    &told->scan, &told->arena, &told->scratch, &told->ticket, &fault),
	    "%s in %s", fault.what, line);
}

static void
done(struct told *told)
{
	scan_free(&told->scan);
	arena_free(&told->arena);
	arena_free(&told->scratch);
}

static struct showing
shown_at(const char *at, unsigned watches)
{
	struct showing showing = {.seen = instant_of(at), .at = instant_of(at)};
	int i;

	for (i = 0; i < WATCHES; i++)
		showing.known[i] = (watches >> i & 1) != 0 ? showing.at : INT64_MIN;
	return showing;
}

#define T(time)        "\"2026-01-01T" time ":00Z\""
#define FRONT          "{\"v\":1,\"id\":\"1\",\"opened\":" T("08:00") ","
#define EVENT(t, kind) "{\"at\":" T(t) ",\"kind\":\"" kind "\""
#define OWNER          (1U << WATCH_OWNER)
#define STATUS         (1U << WATCH_STATUS)
#define DUE(m)         (1U << (WATCH_DUE + (m)))

/* stored: as shown at 10:00; fresh: as shown at 14:00. Worked by hand. */
static const struct {
	const char *what, *stored, *fresh;
	unsigned stored_shows, fresh_shows;
	const char *events;
} rows[] = {
    {"the same twice is nothing new",
	FRONT "\"owner\":\"Ann\",\"events\":[" EVENT("08:00", "owner") ",\"to\":\"Ann\"}]}",
	FRONT "\"owner\":\"Ann\",\"events\":[" EVENT("08:00", "owner") ",\"to\":\"Ann\"}]}", OWNER,
	OWNER, "\"events\":[" EVENT("08:00", "owner") ",\"to\":\"Ann\"}]}\n"},
    {"rows between the lists are dated by themselves; what is missing before them is inferred",
	FRONT "\"owner\":\"Ann\",\"events\":[]}",
	FRONT
	"\"owner\":\"Kim\",\"events\":[" EVENT("09:00", "owner") ",\"to\":\"Old\"}," EVENT("13:00",
	    "owner") ",\"from\":null,\"to\":\"Kim\",\"inferred\":true,\"after\":" T("12:00") "}]}",
	OWNER, OWNER,
	"\"events\":[" EVENT("12:00", "owner") ",\"from\":\"Ann\",\"to\":null,\"inferred\":true,\"after\":" T(
	    "10:00") "}," EVENT("13:00",
	    "owner") ",\"from\":null,\"to\":\"Kim\",\"inferred\":true,\"after\":" T("12:00") "}]}\n"},
    {"an exact change keeps its instant, and gets what was before it",
	FRONT "\"owner\":\"Ann\",\"events\":[]}",
	FRONT
	"\"owner\":\"Kim\",\"events\":[" EVENT("13:00", "owner") ",\"by\":\"Bo\",\"to\":\"Kim\"}]}",
	OWNER, OWNER,
	"\"events\":[" EVENT(
	    "13:00", "owner") ",\"by\":\"Bo\",\"from\":\"Ann\",\"to\":\"Kim\"}]}\n"},
    {"a column that is not there says nothing", FRONT "\"owner\":\"Ann\",\"events\":[]}",
	FRONT "\"events\":[]}", OWNER, 0, "\"events\":[]}\n"},
    {"the first evidence lies behind the opening", FRONT "\"events\":[]}",
	FRONT "\"owner\":\"Ann\",\"events\":[]}", 0, OWNER,
	"\"events\":[" EVENT("14:00", "owner") ",\"to\":\"Ann\",\"inferred\":true,\"after\":" T(
	    "08:00") "}]}\n"},
    {"due instants, each metric by itself; one that is missing was not shown",
	FRONT "\"psa\":{\"sla\":{\"pickup\":{\"due\":" T("09:00") "},\"resolve\":{\"due\":" T(
	    "20:00") "}}},\"events\":[]}",
	FRONT "\"psa\":{\"sla\":{\"pickup\":{\"due\":null},\"resolve\":{\"due\":" T(
	    "21:00") "}}},\"events\":[]}",
	DUE(METRIC_PICKUP) | DUE(METRIC_RESOLVE), DUE(METRIC_RESOLVE),
	"\"events\":[" EVENT("14:00", "due") ",\"metric\":\"resolve\",\"from\":" T(
	    "20:00") ",\"to\":" T("21:00") ",\"inferred\":true,\"after\":" T("10:00") "}]}\n"},
    {"messages and work are those of both, each as often as the one that has most",
	FRONT
	"\"events\":[" EVENT("09:00", "message") "}," EVENT("09:30", "work") ",\"seconds\":60}]}",
	FRONT "\"events\":[" EVENT("09:00", "message") "}," EVENT("09:00", "message") "}," EVENT(
	    "09:30", "work") ",\"seconds\":90}]}",
	0, 0,
	"\"events\":[" EVENT("09:00", "message") "}," EVENT("09:00", "message") "}," EVENT(
	    "09:30", "work") ",\"seconds\":60}," EVENT("09:30", "work") ",\"seconds\":90}]}\n"},
    {"another word of the same state is a change of status and no mark",
	FRONT "\"state\":\"closed\",\"psa\":{\"status\":\"Closed\"},\"events\":[]}",
	FRONT "\"state\":\"closed\",\"psa\":{\"status\":\"Shut\"},\"events\":[]}", STATUS, STATUS,
	"\"events\":[" EVENT("14:00", "status") ",\"from\":\"Closed\",\"to\":\"Shut\",\"state\":\"closed\",\"inferred\":true,\"after\":" T(
	    "10:00") "}]}\n"},
};

START_TEST(by_hand)
{
	struct showing before = shown_at("2026-01-01T10:00:00Z", rows[_i].stored_shows);
	struct showing tonight = shown_at("2026-01-01T14:00:00Z", rows[_i].fresh_shows);
	struct told stored, fresh;
	struct arena arena = {0};
	struct buf line = {0};

	tell(&stored, rows[_i].stored);
	tell(&fresh, rows[_i].fresh);
	ticket_to_json(
	    merge_tickets(&arena, &stored.ticket, &before, &fresh.ticket, &tonight), &line);
	ck_assert_msg(
	    strstr(buf_z(&line), rows[_i].events) != NULL, "%s: %s", rows[_i].what, line.p);
	ck_assert_int_eq(before.at, tonight.at);
	done(&stored);
	done(&fresh);
	arena_free(&arena);
	buf_free(&line);
}
END_TEST

/* What one of the two does not tell stays; verdicts keep the instant since when they are shown. */
START_TEST(facts)
{
	struct showing before = shown_at("2026-01-01T10:00:00Z", 0);
	struct showing tonight = shown_at("2026-01-01T14:00:00Z", 0);
	struct told stored, fresh;
	struct arena arena = {0};
	struct buf line = {0};

	tell(&stored,
	    FRONT
	    "\"title\":\"old\",\"client\":\"Acme\",\"category\":[\"a\"],\"has\":[\"team\"],"
	    "\"psa\":{\"code\":\"x\",\"n\":1,\"sla\":{\"resolve\":{\"met\":false,\"due\":null,\"at\":" T(
		"09:00") "}}},\"events\":[]}");
	tell(&fresh,
	    FRONT
	    "\"title\":\"new\",\"has\":[\"owner\"],\"psa\":{\"n\":2,\"sla\":{\"resolve\":{\"met\":false,"
	    "\"due\":" T("08:30") ",\"at\":" T("12:00") "}}},\"events\":[]}");
	ticket_to_json(
	    merge_tickets(&arena, &stored.ticket, &before, &fresh.ticket, &tonight), &line);
	ck_assert_str_eq(buf_z(&line),
	    "{\"v\":1,\"source\":null,\"id\":\"1\",\"title\":\"new\",\"client\":\"Acme\",\"contact\":null,"
	    "\"type\":null,\"team\":null,\"owner\":null,\"priority\":null,\"state\":null,\"opened\":" T(
		"08:00") ",\"resolved\":null,\"closed\":null,\"category\":[\"a\"],\"has\":[\"owner\",\"team\"],\"psa\":{\"n\":2,"
			 "\"code\":\"x\",\"sla\":{\"resolve\":{\"met\":false,\"due\":" T(
			     "08:30") ",\"at\":" T("09:00") "}}},\"events\":[]}\n");
	done(&stored);
	done(&fresh);
	arena_free(&arena);
	buf_free(&line);
}
END_TEST

Suite *
merge_suite(void)
{
	Suite *suite = suite_create("merge");
	TCase *tcase = tcase_create("merge");

	tcase_add_loop_test(tcase, by_hand, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tcase, facts);
	suite_add_tcase(suite, tcase);
	return suite;
}
