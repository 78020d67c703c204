/* check_ingest.c: map files, and rows of every kind into tickets */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "data/ticket_json.h"
#include "ingest/ingest.h"
#include "tests/support.h"

Suite *ingest_suite(void);

/* What one run gives: the tickets as lines, what was said, the counts. */
struct outcome {
	struct buf lines, said;
	struct ingest_counts counts;
	int result;
};

/* An open file with that text, which the caller closes. */
static int
file_of(const char *text)
{
	char path[] = "/tmp/sla-check-XXXXXX";
	int fd = mkstemp(path);
	size_t n = strlen(text);

	ck_assert_int_ne(fd, -1);
	unlink(path);
	ck_assert_int_eq(write(fd, text, n), (ssize_t)n);
	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* Standard error goes to a file until it is given back by heard(). */
static int
listen(int *saved)
{
	int fd = file_of("");

	*saved = dup(STDERR_FILENO);
	dup2(fd, STDERR_FILENO);
	diag_start("t");
	return fd;
}

static void
heard(int fd, int saved, struct buf *said)
{
	ssize_t got;

	dup2(saved, STDERR_FILENO);
	close(saved);
	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	do {
		buf_reserve(said, 4096);
		got = read(fd, said->p + said->n, 4096);
		if (got > 0)
			said->n += (size_t)got;
	} while (got > 0);
	close(fd);
}

static int
keep(void *context, const struct ticket *ticket)
{
	ticket_to_json(ticket, context);
	return 0;
}

static void
read_all(struct outcome *o, const struct map *map, const char *const *files)
{
	struct rejects rejects;
	struct ingest *ingest;
	struct input input;

	rejects_open(&rejects, NULL);
	ingest = ingest_new(map, &rejects);
	for (; *files != NULL; files++) {
		input = (struct input){
		    .fd = file_of(*files), .open = true, .name = "t.csv", .size = -1};
		o->result |= ingest_file(ingest, &input);
		input_close(&input);
	}
	ck_assert_int_eq(ingest_each(ingest, keep, &o->lines), 0);
	o->counts = *ingest_counts(ingest);
	ck_assert_int_eq(o->counts.rows, o->counts.used + o->counts.blank + o->counts.refused);
	ck_assert_int_eq(o->counts.refused, rejects.count);
	ingest_free(ingest);
	rejects_close(&rejects);
}

static struct outcome
run(const char *map_text, const char *const *files)
{
	struct outcome o = {0};
	int saved, fd = listen(&saved);
	struct map *map = map_parse("m.json", slice_z(map_text));

	if (map != NULL)
		read_all(&o, map, files);
	map_free(map);
	heard(fd, saved, &o.said);
	ck_assert_msg(map_text == NULL || o.lines.n + o.said.n > 0, "nothing came");
	return o;
}

static void
done(struct outcome *o)
{
	buf_free(&o->lines);
	buf_free(&o->said);
}

#define RUN(map, ...) run((map), (const char *const[]){__VA_ARGS__, NULL})

/* The part of the lines that begins with `from`, to their end. */
static const char *
part(struct outcome *o, const char *from)
{
	const char *at = strstr(buf_z(&o->lines), from);

	ck_assert_msg(at != NULL, "no %s in %s%s", from, buf_z(&o->lines), buf_z(&o->said));
	return at;
}

#define SNAPSHOT                                                                             \
	"{\"source\":\"s\",\"rows\":\"snapshot\",\"missing\":[\"?\"],"                       \
	"\"has\":[\"owner\",\"team\",\"status\",\"priority\"],"                              \
	"\"columns\":{\"id\":\"id\",\"at\":\"at\",\"sequence\":\"n\",\"opened\":\"opened\"," \
	"\"owner\":\"owner\",\"team\":\"team\",\"status\":{\"column\":\"status\","           \
	"\"missing\":[\"-100\"]},\"priority\":\"priority\",\"psa.resolved\":\"resolved\","   \
	"\"psa.code\":\"code\",\"psa.sla.resolve.met\":\"met\"},"                            \
	"\"states\":{\"New\":\"new\",\"Work\":\"open\",\"Done\":\"resolved\","               \
	"\"Closed\":\"closed\"},\"priorities\":{\"1\":\"P1\",\"2\":\"P2\"}}"

#define HEAD "id,at,n,opened,owner,team,status,priority,resolved,code,met\n"

#define AT(time)       "\"at\":\"2026-01-01T" time ":00Z\","
#define AFTER(time)    ",\"inferred\":true,\"after\":\"2026-01-01T" time ":00Z\"}"
#define KIND(word)     "\"kind\":\"" word "\""
#define EVENT(t, word) "{" AT(t) KIND(word)

/* From the columns of snapshots to the events; rows given as times of one day and values. */
static const struct {
	const char *what, *csv, *events;
} snapshots[] = {
    {"first row at the opening: plain events, nobody is none",
	HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,?,T,New,1,?,?,?\n",
	EVENT("10:00", "opened") "}," EVENT("10:00", "priority") ",\"to\":\"P1\"}," EVENT(
	    "10:00", "team") ",\"to\":\"T\"}," EVENT("10:00",
	    "status") ",\"to\":\"New\",\"state\":\"new\"}]}\n"},
    {"first row later: all inferred",
	HEAD "a,2026-01-01 11:00,1,2026-01-01 10:00,A,?,New,1,?,?,?\n",
	EVENT("10:00", "opened") ",\"inferred\":true}," EVENT(
	    "11:00", "priority") ",\"to\":\"P1\"" AFTER("10:00") "," EVENT("11:00",
	    "owner") ",\"to\":\"A\"" AFTER("10:00") "," EVENT("11:00",
	    "status") ",\"to\":\"New\",\"state\":\"new\"" AFTER("10:00") "]}\n"},
    {"owner to nobody and back, sorted by instant, then sequence",
	HEAD "a,2026-01-01 12:00,3,2026-01-01 10:00,B,T,New,1,?,?,?\n"
	     "a,2026-01-01 12:00,2,2026-01-01 10:00,?,T,New,1,?,?,?\n"
	     "a,2026-01-01 10:00,9,2026-01-01 10:00,A,T,New,1,?,?,?\n",
	EVENT("10:00", "opened") "}," EVENT("10:00", "priority") ",\"to\":\"P1\"}," EVENT("10:00",
	    "team") ",\"to\":\"T\"}," EVENT("10:00", "owner") ",\"to\":\"A\"}," EVENT("10:00",
	    "status") ",\"to\":\"New\",\"state\":\"new\"}," EVENT("12:00",
	    "owner") ",\"from\":\"A\",\"to\":null" AFTER("10:00") "," EVENT("12:00",
	    "owner") ",\"from\":null,\"to\":\"B\"" AFTER("12:00") "]}\n"},
    {"a status that was not recorded changes nothing, and the change lies behind it",
	HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,?,?,New,?,?,?,?\n"
	     "a,2026-01-01 11:00,2,2026-01-01 10:00,?,?,-100,2,?,?,?\n"
	     "a,2026-01-01 12:00,3,2026-01-01 10:00,?,?,Work,?,?,?,?\n",
	EVENT("10:00", "opened") "}," EVENT(
	    "10:00", "status") ",\"to\":\"New\",\"state\":\"new\"}," EVENT("11:00",
	    "priority") ",\"to\":\"P2\"" AFTER("10:00") "," EVENT("12:00",
	    "status") ",\"from\":\"New\",\"to\":\"Work\",\"state\":\"open\"" AFTER("10:00") "]}\n"},
    {"resolved, closed, reopened, closed without resolved; the final values stay out",
	HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,?,?,Done,?,2026-01-01 10:05,c,?\n"
	     "a,2026-01-01 11:00,2,2026-01-01 10:00,?,?,Closed,?,2026-01-01 10:05,c,?\n"
	     "a,2026-01-01 12:00,3,2026-01-01 10:00,?,?,Work,?,2026-01-01 10:05,c,?\n"
	     "a,2026-01-01 13:00,4,2026-01-01 10:00,?,?,Closed,?,2026-01-01 10:05,c,?\n",
	EVENT("10:00", "opened") "}," EVENT(
	    "10:00", "status") ",\"to\":\"Done\",\"state\":\"resolved\"}," EVENT("10:00",
	    "resolved") "}," EVENT("11:00",
	    "status") ",\"from\":\"Done\",\"to\":\"Closed\",\"state\":\"closed\"" AFTER("10:00") "," EVENT("11:00",
	    "closed") AFTER("10:00") "," EVENT("12:00",
	    "reopened") AFTER("11:00") "," EVENT("12:00",
	    "status") ",\"from\":\"Closed\",\"to\":\"Work\",\"state\":\"open\"" AFTER("11:00") "," EVENT("13:00",
	    "status") ",\"from\":\"Work\",\"to\":\"Closed\",\"state\":\"closed\"" AFTER("12:00") "," EVENT("13:00",
	    "closed") AFTER("12:00") "]}\n"},
    {"updates before the opening stay where they are",
	HEAD "a,2026-01-01 09:00,1,2026-01-01 10:00,A,?,?,?,?,?,?\n"
	     "a,2026-01-01 11:00,2,2026-01-01 10:00,B,?,?,?,?,?,?\n",
	EVENT("09:00", "owner") ",\"to\":\"A\"}," EVENT("10:00", "opened") "}," EVENT(
	    "11:00", "owner") ",\"from\":\"A\",\"to\":\"B\"" AFTER("09:00") "]}\n"},
    {"a word that the table lacks is an event without a state",
	HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,?,?,Odd,9,?,?,?\n",
	EVENT("10:00", "opened") "}," EVENT("10:00", "status") ",\"to\":\"Odd\"}]}\n"},
};

#define NSNAPSHOTS (int)(sizeof(snapshots) / sizeof(snapshots[0]))

START_TEST(snapshot_events)
{
	struct outcome o = RUN(SNAPSHOT, snapshots[_i].csv);
	const char *events = part(&o, "\"events\":[") + strlen("\"events\":[");

	ck_assert_msg(strcmp(events, snapshots[_i].events) == 0, "%s:\n%s\n%s", snapshots[_i].what,
	    events, snapshots[_i].events);
	ck_assert_int_eq(o.result, 0);
	done(&o);
}
END_TEST

/* The verdict of the PSA: what it is at the end, and since when the rows show it. */
static const struct {
	const char *csv, *psa;
} verdicts[] = {
    {HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,?,?,New,?,?,?,true\n",
	"\"psa\":{\"status\":\"New\",\"sla\":{\"resolve\":"
	"{\"met\":null,\"due\":null,\"at\":null}}}"},
    {HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,?,?,New,2,2026-01-01 10:30,c,true\n"
	  "a,2026-01-01 11:00,2,2026-01-01 10:00,?,?,New,2,2026-01-01 10:30,c,false\n"
	  "a,2026-01-01 12:00,3,2026-01-01 10:00,?,?,New,2,2026-01-01 10:30,c,false\n",
	"\"psa\":{\"status\":\"New\",\"priority\":\"2\",\"resolved\":\"2026-01-01T10:30:00Z\","
	"\"code\":\"c\",\"sla\":{\"resolve\":"
	"{\"met\":false,\"due\":null,\"at\":\"2026-01-01T11:00:00Z\"}}}"},
    {HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,?,?,Done,?,2026-01-01 10:00,?,true\n"
	  "a,2026-01-01 11:00,2,2026-01-01 10:00,?,?,Closed,?,2026-01-01 10:00,?,true\n"
	  "a,2026-01-01 12:00,3,2026-01-01 10:00,?,?,Closed,?,2026-01-01 10:00,?,true\n",
	"\"psa\":{\"status\":\"Closed\",\"sla\":{\"resolve\":"
	"{\"met\":true,\"due\":null,\"at\":\"2026-01-01T11:00:00Z\"}}}"},
};

#define NVERDICTS (int)(sizeof(verdicts) / sizeof(verdicts[0]))

START_TEST(psa_verdicts)
{
	struct outcome o = RUN(SNAPSHOT, verdicts[_i].csv);
	const char *psa = part(&o, "\"psa\":");

	ck_assert_msg(strncmp(psa, verdicts[_i].psa, strlen(verdicts[_i].psa)) == 0, "%s\n%s", psa,
	    verdicts[_i].psa);
	done(&o);
}
END_TEST

/* Columns with final values on each row must leave no trace before the last row. */
START_TEST(nothing_leaks)
{
	struct outcome o = RUN(SNAPSHOT,
	    HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,A,T,New,1,2026-01-02 09:09,c,true\n"
		 "a,2026-01-03 10:00,2,2026-01-01 10:00,A,T,Closed,1,2026-01-02 09:09,c,true\n");
	const char *events = part(&o, "\"events\":[");

	ck_assert_ptr_null(strstr(events, "2026-01-02"));
	ck_assert_ptr_null(strstr(events, "resolved"));
	part(&o, "\"resolved\":null,\"closed\":\"2026-01-03T10:00:00Z\"");
	part(&o, "\"resolved\":\"2026-01-02T09:09:00Z\"");
	done(&o);
}
END_TEST

/* Rows in any order and over any files give the same ticket. */
START_TEST(files_join)
{
	const char *first = HEAD "a,2026-01-01 10:00,1,2026-01-01 10:00,A,T,New,1,?,?,?\n"
				 "b,2026-01-01 10:00,1,2026-01-01 10:00,A,T,New,1,?,?,?\n";
	const char *second = HEAD "a,2026-01-01 11:00,2,2026-01-01 10:00,B,T,Done,1,?,?,?\n";
	struct outcome o = RUN(SNAPSHOT, first, second);
	struct outcome p = RUN(SNAPSHOT, second, first);

	ck_assert_int_eq(o.counts.tickets, 2);
	ck_assert_int_eq(o.counts.rows, 3);
	ck_assert_ptr_nonnull(strstr(buf_z(&o.lines), "\"id\":\"a\""));
	ck_assert_str_eq(buf_z(&o.lines), buf_z(&p.lines));
	done(&o);
	done(&p);
}
END_TEST

/* What a row can have wrong, and the message with its place. */
static const struct {
	const char *csv, *said;
	int used, blank, refused, result;
} faults[] = {
    {HEAD "a,31/02/2026 9:00,1,2026-01-01,A,T,New,1,?,?,?\n",
	"t: t.csv:2:3: error: unreadable date: \"31/02/2026 9:00\"\n", 0, 0, 1, 0},
    {HEAD "a,1800-01-01,1,2026-01-01,A,T,New,1,?,?,?\n",
	"t: t.csv:2:3: error: unreadable date: \"1800-01-01\": outside 1950 to 2100\n", 0, 0, 1, 0},
    {HEAD "a,,1,2026-01-01,A,T,New,1,?,?,?\n",
	"t: t.csv:2:3: error: unreadable date: no instant of the row\n", 0, 0, 1, 0},
    {HEAD "a,2026-01-01,1.5,2026-01-01,A,T,New,1,?,?,?\n",
	"t: t.csv:2:14: error: unreadable number: \"1.5\"\n", 0, 0, 1, 0},
    {HEAD "?,2026-01-01,1,2026-01-01,A,T,New,1,?,?,?\n",
	"t: t.csv:2:1: error: row without a ticket id: the field is empty\n", 0, 0, 1, 0},
    {HEAD "a,2026-01-01,1\nb,2026-01-01,1,2026-01-01,A,T,New,1,?,?,?\n",
	"t: t.csv:2: error: row with a wrong number of fields: 3, the header has 11\n", 1, 0, 1, 0},
    {HEAD "\na,2026-01-01,1,2026-01-01,A,T,New,1,?,?,?\n,,,,,,,,,,\n, ,\n", "", 1, 3, 0, 0},
    {HEAD "a,2026-01-01,1,2026-01-01,\xC3\xA9\xFF,T,New,1,?,?,?\n",
	"t: t.csv:2:28: error: not CSV: not UTF-8\n", 0, 0, 1, 0},
    {"id,at\n", "t: t.csv:1: error: unusable header: no column \"n\" for sequence\n", 0, 0, 0, -1},
    {"", "t: t.csv:1: error: unusable header: the file is empty\n", 0, 0, 0, -1},
    {"id,at,n,opened,owner,team,status,priority,resolved,code,met,team\n"
     "a,2026-01-01,1,2026-01-01,A,T,New,1,?,?,?,U\n",
	"t: t.csv:1: warning: two columns of one name: \"team\": the first one is read\n", 1, 0, 0,
	0},
    {HEAD "a,2026-01-01,1,2026-01-01,A,T,Odd,1,?,?,?\nb,2026-01-01,1,2026-01-01,A,T,Odd,1,?,?,?\n",
	"t: t.csv:2: warning: no entry in the map's table: states: \"Odd\"\n", 2, 0, 0, 0},
};

#define NFAULTS (int)(sizeof(faults) / sizeof(faults[0]))

START_TEST(row_faults)
{
	struct outcome o = RUN(SNAPSHOT, faults[_i].csv);

	ck_assert_msg(strncmp(buf_z(&o.said), faults[_i].said, strlen(faults[_i].said)) == 0,
	    "%s\n%s", buf_z(&o.said), faults[_i].said);
	ck_assert_msg((faults[_i].said[0] == '\0') == (o.said.n == 0), "%s", buf_z(&o.said));
	ck_assert_int_eq(o.counts.used, faults[_i].used);
	ck_assert_int_eq(o.counts.blank, faults[_i].blank);
	ck_assert_int_eq(o.counts.refused, faults[_i].refused);
	ck_assert_int_eq(o.result, faults[_i].result);
	done(&o);
}
END_TEST

#define TICKET                                                                                   \
	"{\"source\":\"s\",\"rows\":\"ticket\",\"has\":[\"status\"],\"columns\":{\"id\":\"id\"," \
	"\"opened\":\"o\",\"resolved\":\"r\",\"closed\":\"c\",\"status\":\"s\","                 \
	"\"owner\":\"w\",\"at\":{\"column\":\"at\",\"optional\":true}},"                         \
	"\"states\":{\"Wait\":\"waiting_client\",\"Done\":\"resolved\",\"Closed\":\"closed\"}}"

static const struct {
	const char *csv, *expected;
} tickets[] = {
    /* Open: the state of now is not put into the past, nor is the owner. */
    {"id,o,r,c,s,w\na,2026-01-01 10:00,,,Wait,A\n",
	"\"events\":[" EVENT("10:00", "opened") "}]}\n"},
    {"id,o,r,c,s,w\na,2026-01-01 10:00,,,Wait,A\n",
	"\"owner\":\"A\",\"priority\":null,\"state\":\"waiting_client\","},
    {"id,o,r,c,s,w\na,2026-01-01 10:00,2026-01-01 11:00,2026-01-01 12:00,Closed,A\n",
	"\"events\":[" EVENT("10:00", "opened") "}," EVENT(
	    "11:00", "status") ",\"to\":null,\"state\":\"resolved\"}," EVENT("11:00",
	    "resolved") "}," EVENT("12:00",
	    "status") ",\"to\":\"Closed\",\"state\":\"closed\"}," EVENT("12:00", "closed") "}]}\n"},
    {"id,o,r,c,s,w\na,2026-01-01 10:00,2026-01-01 11:00,,Done,A\n",
	"\"events\":[" EVENT("10:00", "opened") "}," EVENT(
	    "11:00", "status") ",\"to\":\"Done\",\"state\":\"resolved\"}," EVENT("11:00",
	    "resolved") "}]}\n"},
    /* Open again: when it was reopened nothing tells, so the old end is the PSA's alone. */
    {"id,o,r,c,s,w\na,2026-01-01 10:00,2026-01-01 11:00,,Wait,A\n",
	"\"psa\":{\"status\":\"Wait\",\"resolved\":\"2026-01-01T11:00:00Z\"},\"events\":[" EVENT(
	    "10:00", "opened") "}]}\n"},
    /* With an instant of its own the row is a snapshot. */
    {"id,o,r,c,s,w,at\na,2026-01-01 10:00,,,Wait,A,2026-01-01 12:00\n",
	"\"events\":[" EVENT("10:00", "opened") ",\"inferred\":true}," EVENT(
	    "12:00", "owner") ",\"to\":\"A\"" AFTER("10:00") "," EVENT("12:00",
	    "status") ",\"to\":\"Wait\",\"state\":\"waiting_client\"" AFTER("10:00") "]}\n"},
};

#define NTICKETS (int)(sizeof(tickets) / sizeof(tickets[0]))

START_TEST(ticket_rows)
{
	struct outcome o = RUN(TICKET, tickets[_i].csv);
	const char *at = strstr(buf_z(&o.lines), tickets[_i].expected);

	ck_assert_msg(at != NULL, "%s%s%s", buf_z(&o.said), buf_z(&o.lines), tickets[_i].expected);
	done(&o);
}
END_TEST

/* The promise of the opening, and since when a verdict is known that no row dates. */
#define DUE                                                                          \
	"{\"source\":\"s\",\"rows\":\"ticket\",\"columns\":{\"id\":\"id\","          \
	"\"opened\":\"o\",\"closed\":\"c\",\"status\":\"s\",\"due.resolve\":\"d\","  \
	"\"due.first_response\":{\"column\":\"f\",\"optional\":true},"               \
	"\"psa.sla.resolve.due\":\"d\",\"psa.sla.resolve.met\":\"m\"},\"booleans\":" \
	"{\"ONTIME\":true,\"OVERDUE\":false},\"states\":{\"Open\":\"open\",\"Closed\":\"closed\"}}"

#define SLA(met, due, at) "\"sla\":{\"resolve\":{\"met\":" met ",\"due\":" due ",\"at\":" at "}}"
#define DAY(time)         "\"2026-01-01T" time ":00Z\""
#define PROMISE(metric, time) \
	EVENT("10:00", "due") ",\"metric\":\"" metric "\",\"from\":null,\"to\":" DAY(time) "}"

static const struct {
	const char *csv, *expected;
} dues[] = {
    {"id,o,c,s,d,m\na,2026-01-01 10:00,2026-01-01 12:00,Closed,2026-01-01 11:00,OVERDUE\n",
	SLA("false", DAY("11:00"), DAY("12:00"))},
    {"id,o,c,s,d,m\na,2026-01-01 10:00,2026-01-01 10:30,Closed,2026-01-01 11:00,ONTIME\n",
	SLA("true", DAY("11:00"), DAY("10:30"))},
    {"id,o,c,s,d,m\na,2026-01-01 10:00,,Open,2026-01-01 11:00,OVERDUE\n",
	SLA("false", DAY("11:00"), DAY("11:00")) "},\"events\":[" EVENT(
	    "10:00", "opened") "}," PROMISE("resolve", "11:00") "]}\n"},
    /* On time so far is no verdict, and a miss without any instant stays without one. */
    {"id,o,c,s,d,m\na,2026-01-01 10:00,,Open,2026-01-01 11:00,ONTIME\n",
	SLA("null", DAY("11:00"), "null")},
    {"id,o,c,s,d,m\na,2026-01-01 10:00,,Open,,OVERDUE\n",
	SLA("false", "null", "null") "},\"events\":[" EVENT("10:00", "opened") "}]}\n"},
    {"id,o,c,s,d,m,f\na,2026-01-01 10:00,,Open,,,2026-01-01 10:20\n",
	"\"events\":[" EVENT("10:00", "opened") "}," PROMISE("first_response", "10:20") "]}\n"},
};

#define NDUES (int)(sizeof(dues) / sizeof(dues[0]))

START_TEST(ticket_dues)
{
	struct outcome o = RUN(DUE, dues[_i].csv);
	const char *at = strstr(buf_z(&o.lines), dues[_i].expected);

	ck_assert_msg(at != NULL, "%s%s%s", buf_z(&o.said), buf_z(&o.lines), dues[_i].expected);
	ck_assert_str_eq(buf_z(&o.said), "");
	done(&o);
}
END_TEST

#define EVENTS                                                                                 \
	"{\"source\":\"s\",\"rows\":\"event\",\"has\":[\"owner\",\"status\",\"message\","      \
	"\"public\",\"work\",\"promise\",\"actor\"],\"columns\":{\"id\":\"id\",\"at\":\"at\"," \
	"\"kind\":\"kind\",\"by\":\"by\",\"role\":\"role\",\"from\":\"from\",\"to\":\"to\","   \
	"\"visibility\":\"seen\",\"seconds\":\"s\",\"metric\":\"metric\"},"                    \
	"\"states\":{\"New\":\"new\",\"Work\":\"open\"}}"

#define EVENT_HEAD "id,at,kind,by,role,from,to,seen,s,metric\n"

START_TEST(event_rows)
{
	struct outcome o = RUN(EVENTS,
	    EVENT_HEAD "a,2026-01-01 11:00,message,Ann,agent,,,public,,\n"
		       "a,2026-01-01 10:00,opened,Kim,client,,New,,,\n"
		       "a,2026-01-01 12:00,owner,Ann,agent,,Ann,,,\n"
		       "a,2026-01-01 12:05,status,Ann,agent,New,Work,,,\n"
		       "a,2026-01-01 12:10,work,Ann,agent,,,,600,\n"
		       "a,2026-01-01 12:20,due,,system,,2026-01-01 18:00,,,resolve\n"
		       "a,2026-01-01 13:00,resolved,Ann,agent,,,,,\n"
		       "a,2026-01-01 14:00,reopened,Kim,client,,,,,\n"
		       "a,2026-01-01 15:00,viewed,Kim,client,,,,,\n");
	const char *expected = "\"events\":[" EVENT("10:00",
	    "opened") ",\"by\":\"Kim\",\"role\":\"client\",\"state\":\"new\"}," EVENT("11:00",
	    "message") ",\"by\":\"Ann\",\"role\":\"agent\",\"visibility\":\"public\"}," EVENT("12:00",
	    "owner") ",\"by\":\"Ann\",\"role\":\"agent\",\"from\":null,\"to\":\"Ann\"}," EVENT("12:05",
	    "status") ",\"by\":\"Ann\",\"role\":\"agent\",\"from\":\"New\",\"to\":\"Work\","
		      "\"state\":\"open\"}," EVENT("12:10",
			  "work") ",\"by\":\"Ann\",\"role\":\"agent\",\"seconds\":600}," EVENT("12:20",
			  "due") ",\"role\":\"system\",\"metric\":\"resolve\",\"from\":null,"
				 "\"to\":\"2026-01-01T18:00:00Z\"}," EVENT("13:00",
				     "status") ",\"by\":\"Ann\",\"role\":\"agent\",\"to\":null,\"state\":\"resolved\"}," EVENT("13:00",
				     "resolved") ",\"by\":\"Ann\",\"role\":\"agent\"}," EVENT("14:00",
				     "reopened") ",\"by\":\"Kim\",\"role\":\"client\"}," EVENT("14:00",
				     "status") ",\"by\":\"Kim\",\"role\":\"client\",\"to\":null,\"state\":\"open\"}]}\n";

	ck_assert_str_eq(part(&o, "\"events\":["), expected);
	part(&o, "\"team\":null,\"owner\":\"Ann\",\"priority\":null,\"state\":\"open\",");
	ck_assert_str_eq(buf_z(&o.said),
	    "t: t.csv:10: warning: no entry in the map's table: kinds: \"viewed\"\n");
	done(&o);
}
END_TEST

START_TEST(bad_instant_of_event)
{
	struct outcome o = RUN(EVENTS,
	    EVENT_HEAD "a,2026-01-01 11:00,due,,,,soon,,,resolve\n"
		       "a,2026-01-01 11:00,work,,,,,,x,\n");

	ck_assert_str_eq(buf_z(&o.said),
	    "t: t.csv:2:27: error: unreadable date: \"soon\"\n"
	    "t: t.csv:3:30: error: unreadable number: \"x\"\n");
	ck_assert_int_eq(o.counts.refused, 2);
	done(&o);
}
END_TEST

/* Each fault of a map with its place. */
#define OPEN    "{\"source\":\"s\",\"rows\":\"ticket\","
#define COLUMNS "\"columns\":{\"id\":\"a\",\"opened\":\"b\"}"

static const struct {
	const char *map, *said;
} maps[] = {
    {"{", "t: m.json:1:2: error: map: "},
    {"[]", "t: m.json:1:1: error: map: a map is an object\n"},
    {OPEN COLUMNS ",\n  \"colums\":1}",
	"t: m.json:2:3: error: map: a map has no member of this name: \"colums\"\n"},
    {OPEN "\"columns\":{\"id\":\"a\"}}", "t: m.json:1:31: error: map: no column is: \"opened\"\n"},
    {OPEN "\n\"columns\":{\"id\":\"a\",\n\"oppened\":\"b\"}}",
	"t: m.json:3:1: error: map: not something that a column can be: \"oppened\"\n"},
    {OPEN COLUMNS ",\n\"dates\":[\"d/m\"]}",
	"t: m.json:2:1: error: map: a date format has one of Y and y: \"d/m\"\n"},
    {OPEN COLUMNS ",\n\"has\":[\"status\",\"luck\"]}",
	"t: m.json:2:17: error: map: no such evidence: \"luck\"\n"},
    {OPEN COLUMNS ",\n\"has\":[\"owner\"]}",
	"t: m.json:2:8: error: map: these columns are no evidence of: \"owner\"\n"},
    {OPEN "\"columns\":{\"id\":\"a\",\"opened\":\"b\",\"owner\":\"c\"},\n\"has\":[\"owner\"]}",
	"t: m.json:2:8: error: map: these columns are no evidence of: \"owner\"\n"},
    {OPEN COLUMNS ",\n\"states\":{\"New\":\"nieuw\"}}",
	"t: m.json:2:11: error: map: no such value in a table of: \"states\"\n"},
    {OPEN COLUMNS ",\n\"delimiter\":\";;\"}",
	"t: m.json:2:1: error: map: a delimiter is one ASCII character: \";;\"\n"},
    {OPEN COLUMNS ",\n\"constants\":{\"id\":\"x\"}}", "t: m.json:2:14: error: map: "},
    {OPEN COLUMNS ",\n\"constants\":{\"channel\":\"fax\"}}",
	"t: m.json:2:14: error: map: no entry in the map's table: \"fax\"\n"},
    {OPEN COLUMNS ",\n\"source\":\"t\"}", "t: m.json:2:1: error: map: "},
    {OPEN COLUMNS ",\n\"tz\":\"Mars/Base\"}", "t: m.json:2:1: error: map: "},
    {"{\"source\":\"s\",\"rows\":\"row\"," COLUMNS "}",
	"t: m.json:1:15: error: map: rows are \"snapshot\", \"ticket\", \"event\" or \"fact\", not: \"row\"\n"},
    {"{\"source\":\"s\",\"rows\":\"snapshot\",\"columns\":{\"id\":\"a\",\"at\":\"b\",\n"
     "\"resolved\":\"c\"}}",
	"t: m.json:2:1: error: map: only rows that are tickets have this: use psa.resolved and "
	"psa.closed: \"resolved\"\n"},
    {"{\"source\":\"s\",\"rows\":\"snapshot\",\"columns\":{\"id\":\"a\",\"at\":\"b\",\n"
     "\"due.resolve\":\"c\"}}",
	"t: m.json:2:1: error: map: only rows that are tickets have this: \"due.resolve\"\n"},
    {OPEN "\"columns\":{\"id\":\"a\",\"opened\":\"b\",\n\"due.lunch\":\"c\"}}",
	"t: m.json:2:1: error: map: not something that a column can be: \"due.lunch\"\n"},
};

#define NMAPS (int)(sizeof(maps) / sizeof(maps[0]))

START_TEST(map_faults)
{
	struct outcome o = RUN(maps[_i].map, HEAD);

	ck_assert_msg(strncmp(buf_z(&o.said), maps[_i].said, strlen(maps[_i].said)) == 0,
	    "%s\n%s\n%s", maps[_i].map, buf_z(&o.said), maps[_i].said);
	ck_assert_int_eq(diag_status(), 3);
	done(&o);
}
END_TEST

START_TEST(map_reports_all_faults)
{
	struct outcome o = RUN(OPEN "\"columns\":{\"id\":1,\"x\":\"b\"},\"y\":1}", HEAD);

	ck_assert_int_eq(diag_count(DIAG_BAD_MAP), 3);
	done(&o);
}
END_TEST

START_TEST(builtin_maps)
{
	struct map *map;
	int saved, fd;
	struct buf said = {0};

	ck_assert_ptr_nonnull(map_builtin_name(0));
	for (size_t i = 0; map_builtin_name(i) != NULL; i++) {
		map = map_builtin(map_builtin_name(i));
		ck_assert_ptr_nonnull(map);
		ck_assert_str_eq(map->source, map_builtin_name(i));
		map_free(map);
	}
	fd = listen(&saved);
	ck_assert_ptr_null(map_builtin("no-such"));
	heard(fd, saved, &said);
	ck_assert_ptr_nonnull(strstr(buf_z(&said), "servicenow-log"));
	buf_free(&said);
}
END_TEST

/* What is counted over the tickets of the real log. */
struct tally {
	int64_t missed, reassigned, reopened, teams, owners, to_nobody, team_aba, owner_aba;
};

/* Changes between the values that are somebody, and whether one is A B A. */
static int64_t
count_changes(const struct ticket *t, int kind, bool *aba)
{
	const char *last = NULL, *before = NULL;
	int64_t changes = 0;

	*aba = false;
	for (size_t i = 0; i < t->nevents; i++) {
		const struct event *e = &t->events[i];

		if (e->kind != kind || e->to == NULL || text_same(e->to, last))
			continue;
		if (last != NULL)
			changes++;
		if (before != NULL && text_same(e->to, before))
			*aba = true;
		before = last;
		last = e->to;
	}
	return changes;
}

/* The number behind a key in the psa object. */
static int64_t
psa_number(const struct ticket *t, const char *key)
{
	struct buf text = {0};
	const char *at;
	int64_t number;

	buf_adds(&text, t->psa);
	at = strstr(buf_z(&text), key);
	ck_assert_ptr_nonnull(at);
	number = strtoll(at + strlen(key), NULL, 10);
	buf_free(&text);
	return number;
}

static int
count(void *context, const struct ticket *t)
{
	struct tally *tally = context;
	bool aba;

	tally->missed += t->sla[METRIC_RESOLVE].met == 0;
	tally->reassigned += psa_number(t, "\"reassignments\":") > 0;
	tally->reopened += psa_number(t, "\"reopens\":") > 0;
	tally->teams += count_changes(t, EVENT_TEAM, &aba);
	tally->team_aba += aba;
	tally->owners += count_changes(t, EVENT_OWNER, &aba);
	tally->owner_aba += aba;
	for (size_t i = 0; i < t->nevents; i++)
		tally->to_nobody += t->events[i].kind == EVENT_OWNER && t->events[i].from != NULL &&
		    t->events[i].to == NULL;
	return 0;
}

START_TEST(servicenow_log)
{
	const char *path = shared_path("data/servicenow-incident-log.csv.xz");
	struct map *map = map_builtin("servicenow-log");
	struct rejects rejects = {0};
	struct ingest *ingest;
	struct tally tally = {0};
	char command[4200];
	struct input input;
	FILE *pipe;

	if (path == NULL || light()) {
		skip_test("the ServiceNow log is not there, or this is slow");
		map_free(map);
		return;
	}
	snprintf(command, sizeof(command), "xz -dc '%s'", path);
	pipe = popen(command, "r");
	ck_assert_ptr_nonnull(pipe);
	ingest = ingest_new(map, &rejects);
	input = (struct input){.fd = fileno(pipe), .name = "log", .size = -1};
	ck_assert_int_eq(ingest_file(ingest, &input), 0);
	input_close(&input); /* what it looked ahead */
	ck_assert_int_eq(pclose(pipe), 0);
	ck_assert_int_eq(ingest_each(ingest, count, &tally), 0);
	ck_assert_int_eq(ingest_counts(ingest)->rows, 102582);
	ck_assert_int_eq(ingest_counts(ingest)->used, 102582);
	ck_assert_int_eq(ingest_counts(ingest)->tickets, 17442);
	ck_assert_int_eq(tally.missed, 7374);
	ck_assert_int_eq(tally.reassigned, 8452);
	ck_assert_int_eq(tally.reopened, 202);
	ck_assert_int_eq(tally.teams, 13764);
	ck_assert_int_eq(tally.owners, 3569);
	ck_assert_int_eq(tally.to_nobody, 1725);
	ck_assert_int_eq(tally.team_aba, 1575);
	ck_assert_int_eq(tally.owner_aba, 847);
	ingest_free(ingest);
	map_free(map);
}
END_TEST

Suite *
ingest_suite(void)
{
	Suite *suite = suite_create("ingest");
	TCase *tcase = tcase_create("ingest");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, snapshot_events, 0, NSNAPSHOTS);
	tcase_add_loop_test(tcase, psa_verdicts, 0, NVERDICTS);
	tcase_add_test(tcase, nothing_leaks);
	tcase_add_test(tcase, files_join);
	tcase_add_loop_test(tcase, row_faults, 0, NFAULTS);
	tcase_add_loop_test(tcase, ticket_rows, 0, NTICKETS);
	tcase_add_loop_test(tcase, ticket_dues, 0, NDUES);
	tcase_add_test(tcase, event_rows);
	tcase_add_test(tcase, bad_instant_of_event);
	tcase_add_loop_test(tcase, map_faults, 0, NMAPS);
	tcase_add_test(tcase, map_reports_all_faults);
	tcase_add_test(tcase, builtin_maps);
	tcase_add_test(tcase, servicenow_log);
	suite_add_tcase(suite, tcase);
	return suite;
}
