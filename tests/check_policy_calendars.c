/* check_policy_calendars.c: holidays from .ics files, and calendars that inherit from others */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "policy/ics.h"
#include "policy/policy.h"
#include "tests/capture.h"
#include "time/instant.h"

static struct policy *
parse(const char *text)
{
	return policy_parse("p.json", NULL, slice_z(text));
}

static int64_t
instant(const char *text)
{
	int64_t at = INSTANT_NONE;

	ck_assert_msg(instant_parse(slice_z(text), &at), "%s is no instant", text);
	return at;
}

#define ICS(events)   "BEGIN:VCALENDAR\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines)  "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define DAY(yyyymmdd) "DTSTART;VALUE=DATE:" yyyymmdd "\r\n"
#define RULE(rule)    "RRULE:" rule "\r\n"
#define ID(uid)       "UID:" uid "\r\n"

/* The days of a file, as "YYYY-MM-DD" between blanks, up to 12 of them. */
static const struct {
	const char *text, *days;
	int64_t ndays; /* where there are more than `days` shows */
} files[] = {
    {ICS(EVENT(DAY("20260101"))), "2026-01-01", 1},
    /* DTEND is the first day behind the event. */
    {ICS(EVENT(DAY("20261224") "DTEND;VALUE=DATE:20261227\r\n")),
	"2026-12-24 2026-12-25 2026-12-26", 3},
    {ICS(EVENT(DAY("20261224") "DTEND;VALUE=DATE:20261224\r\n")), "2026-12-24", 1},
    {ICS(EVENT(DAY("20260228") "DURATION:P2D\r\n")), "2026-02-28 2026-03-01", 2},
    {ICS(EVENT(DAY("20260227") "DURATION:P1W\r\n")), "2026-02-27", 7},
    /* The fourth Thursday of November, four times. */
    {ICS(EVENT(DAY("20251127") RULE("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=4"))),
	"2025-11-27 2026-11-26 2027-11-25 2028-11-23", 4},
    {ICS(EVENT(DAY("20240229") RULE("FREQ=YEARLY;UNTIL=20330101"))),
	"2024-02-29 2028-02-29 2032-02-29", 3},
    /* UNTIL is a date, whatever its time; it counts itself. */
    {ICS(EVENT(DAY("20260101") RULE("FREQ=YEARLY;UNTIL=20280101T000000Z"))),
	"2026-01-01 2027-01-01 2028-01-01", 3},
    /* For ever is to the end of 2100, and from 1950 on. */
    {ICS(EVENT(DAY("20260101") RULE("FREQ=YEARLY"))), "2026-01-01 2027-01-01", 75},
    {ICS(EVENT(DAY("18990501") RULE("FREQ=YEARLY"))), "1950-05-01 1951-05-01", 151},
    {ICS(EVENT(DAY("19491231") "DURATION:P2D\r\n")), "1950-01-01", 1},
    {ICS(EVENT(DAY("21001231") "DURATION:P2D\r\n")), "2100-12-31", 1},
    {ICS(EVENT(DAY("20260105") RULE("FREQ=WEEKLY;INTERVAL=2;COUNT=3"))),
	"2026-01-05 2026-01-19 2026-02-02", 3},
    {ICS(EVENT(
	 DAY("20260101") RULE("FREQ=YEARLY;COUNT=4") "EXDATE;VALUE=DATE:20270101,20280101\r\n")),
	"2026-01-01 2029-01-01", 2},
    {ICS(EVENT(DAY("20260101") "RDATE;VALUE=DATE:20260406,20260525\r\n")),
	"2026-01-01 2026-04-06 2026-05-25", 3},
    {ICS(EVENT(DAY("20260101") RULE("FREQ=YEARLY;COUNT=3") "EXDATE:20270101T000000Z\r\n")),
	"2026-01-01 2028-01-01", 2},
    {ICS(EVENT(DAY("20260101") RULE("FREQ=YEARLY;COUNT=3") "EXRULE:FREQ=YEARLY;INTERVAL=2\r\n")),
	"2027-01-01", 1},
    /* One instance moved, one called off; the changes stand before the series. */
    {ICS(EVENT(ID("a") "RECURRENCE-ID;VALUE=DATE:20270101\r\n" DAY("20270104")) EVENT(
	 ID("a") "RECURRENCE-ID;VALUE=DATE:20280101\r\nSTATUS:CANCELLED\r\n" DAY("20280101"))
	     EVENT(ID("a") DAY("20260101") RULE("FREQ=YEARLY;COUNT=4"))
		 EVENT(ID("b") DAY("20280101"))),
	"2026-01-01 2027-01-04 2028-01-01 2029-01-01", 4},
    /* Transparent days count, cancelled ones do not, days named twice count once. */
    {ICS(EVENT(DAY("20260101") "TRANSP:TRANSPARENT\r\n")
	     EVENT(DAY("20260102") "STATUS:CANCELLED\r\n") EVENT(DAY("20260101"))),
	"2026-01-01", 1},
    /* Times of day are left out; what is wrong elsewhere in an event is of no concern. */
    {ICS(EVENT("DTSTART:20260301T090000Z\r\n") EVENT(DAY("20260101") "DESCRIPTION:\r\n")),
	"2026-01-01", 1},
    {"begin:vcalendar\nbegin:vevent\ndtstart;value=date:20260101\nend:vevent\nend:vcalendar",
	"2026-01-01", 1},
    {ICS(EVENT(DAY("20260101"))) ICS(EVENT(DAY("20260501"))), "2026-01-01 2026-05-01", 2},
};

START_TEST(ics_days)
{
	char why[ICS_WHY], text[32];
	struct buf said = {0};
	struct ics ics = {0};
	struct civil civil;
	size_t i;

	ck_assert_msg(ics_read(&ics, slice_z(files[_i].text), why), "%s: %s", files[_i].text, why);
	for (i = 0; i < ics.ndays && said.n < strlen(files[_i].days); i++) {
		instant_date(ics.days[i], &civil);
		snprintf(text, sizeof(text), "%s%04d-%02d-%02d", i > 0 ? " " : "", civil.year,
		    civil.month, civil.day);
		buf_addz(&said, text);
	}
	ck_assert_str_eq(buf_z(&said), files[_i].days);
	ck_assert_int_eq((int64_t)ics.ndays, files[_i].ndays);
	ck_assert_int_eq(ics.timed, strstr(files[_i].text, "T090000Z") != NULL);
	buf_free(&said);
	ics_free(&ics);
}
END_TEST

static const struct fault ics_faults[] = {
    {"", "is no iCalendar file, or is cut off"},
    {"<html>404</html>", "is no iCalendar file"},
    {EVENT(DAY("20260101")), "is no iCalendar file"},
    {"BEGIN:VCALENDAR\r\n" EVENT(DAY("20260101")), "is cut off"},
    {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" DAY("20260101"), "is cut off"},
    {ICS("END:VEVENT\r\n"), "is cut off"},
    {ICS(""), "has no whole-day event"},
    {ICS(EVENT("DTSTART:20260301T090000Z\r\n")), "has no whole-day event"},
    {ICS(EVENT(DAY("20260101")) EVENT("SUMMARY:x\r\n")), "event 2 has no DTSTART"},
    {ICS(EVENT(DAY("2026"))), "event 1 has an unreadable DTSTART"},
    {ICS(EVENT(DAY("20260230"))), "event 1 has a DTSTART that is no date"},
    {ICS(EVENT(DAY("20260101") RULE("FREQ=FOO"))), "event 1 has an unreadable RRULE"},
    {ICS(EVENT(DAY("20260101") RULE("FREQ=HOURLY"))),
	"event 1 has a rule that is not daily, weekly, monthly or yearly"},
    {ICS(EVENT(DAY("20260101") RULE("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"))),
	"event 1 has a rule that is not daily"},
    {ICS(EVENT(DAY("20260101") RULE("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))),
	"event 1 has a rule that cannot be expanded"},
    {ICS(EVENT(DAY("20260101") "DTEND;VALUE=DATE:x\r\n")), "event 1 has an unreadable DTEND"},
    {ICS(EVENT(DAY("20260101") "DTEND:20260102T000000Z\r\n")),
	"event 1 has a DTEND that is no date"},
    {ICS(EVENT(DAY("20260101") "DTEND;VALUE=DATE:20280101\r\n")), "event 1 is longer than a year"},
    {ICS(EVENT(DAY("20260101") "EXDATE;VALUE=DATE:20260230\r\n")),
	"event 1 has an EXDATE that is no date"},
    {ICS(EVENT(
	 ID("a") DAY("20260101") "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260101\r\n")),
	"event 1 changes this and all future instances"},
    {ICS(EVENT(DAY("19500101") RULE("FREQ=DAILY")) EVENT(DAY("19500101") RULE("FREQ=DAILY"))),
	"event 2 is one too many"},
};

START_TEST(ics_refused)
{
	char why[ICS_WHY];
	struct ics ics = {0};

	ck_assert_msg(
	    !ics_read(&ics, slice_z(ics_faults[_i].text), why), "%s", ics_faults[_i].text);
	ck_assert_msg(strstr(why, ics_faults[_i].says) != NULL, "%s\nsaid: %s\nwanted: %s",
	    ics_faults[_i].text, why, ics_faults[_i].says);
	ics_free(&ics);
}
END_TEST

/* A folder with a.ics, which drop_folder() removes. */
static char folder[64];

static void
make_folder(const char *text)
{
	char path[128];
	FILE *file;

	snprintf(folder, sizeof(folder), "/tmp/check_policy.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.ics", folder);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
	ck_assert_int_eq(fclose(file), 0);
}

static void
drop_folder(void)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/a.ics", folder);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}

static const char holidays[] = ICS(
    EVENT(DAY("20260329") "DTEND;VALUE=DATE:20260331\r\n") EVENT("DTSTART:20260401T090000Z\r\n"));

static const char ics_policy[] =
    "{\"calendars\":{\"b\":{\"tz\":\"Europe/Berlin\",\"hours\":{\"sun\":[\"00:00-24:00\"],"
    "\"mon\":[\"08:00-16:00\"],\"tue\":[\"08:00-16:00\"]},\"holidays\":[{\"ics\":\"a.ics\"},"
    "{\"date\":\"2026-03-30\",\"hours\":[\"10:00-11:00\"]},\"05-05\"]}}}";

START_TEST(ics_with_many_rules)
{
	struct buf text = {0};
	char why[ICS_WHY];
	struct ics ics = {0};
	int i;

	buf_addz(&text, "BEGIN:VCALENDAR\r\n");
	for (i = 0; i <= 1000; i++)
		buf_addz(&text, EVENT(DAY("20260101") RULE("FREQ=YEARLY;COUNT=1")));
	buf_addz(&text, "END:VCALENDAR\r\n");
	ck_assert(!ics_read(&ics, buf_slice(&text), why));
	ck_assert_str_eq(why, "event 1001 is one too many with a rule");
	ics_free(&ics);
	buf_free(&text);
}
END_TEST

/* The example: by its rules, the day after Thanksgiving is in it too. */
START_TEST(ics_example)
{
	static const char policy_text[] =
	    "{\"calendars\":{\"us\":{\"extends\":\"24x7\",\"tz\":\"America/New_York\","
	    "\"holidays\":[{\"ics\":\"holidays.ics\"}]}}}";
	struct policy *policy;

	if (access("examples/holidays.ics", R_OK) != 0) {
		skip_test("examples/holidays.ics is not here");
		return;
	}
	policy = policy_parse("p.json", "examples", slice_z(policy_text));
	ck_assert_ptr_nonnull(policy);
	ck_assert_int_eq(calendar_between(policy_calendar(policy, "us"),
			     instant("2026-11-25T05:00:00Z"), instant("2026-11-29T05:00:00Z")),
	    2 * 86400);
	policy_free(policy);
}
END_TEST

/*
 * Sunday 2026-03-29 has 23 hours in Berlin and is closed, in local days and not in those of UTC;
 * Monday is closed by the feed but has hours of its own, which go before.
 */
START_TEST(ics_in_a_policy)
{
	struct calendar *calendar;
	struct policy *policy;
	char hashes[129], hash[65];

	make_folder(holidays);
	capture();
	policy = policy_parse("p.json", folder, slice_z(ics_policy));
	ck_assert_ptr_nonnull(policy);
	ck_assert_ptr_nonnull(strstr(captured(), "a.ics: 1 events with a time of day"));
	calendar = policy_calendar(policy, "b");
	ck_assert_int_eq(calendar_between(calendar, instant("2026-03-28T23:00:00Z"),
			     instant("2026-03-29T22:00:00Z")),
	    0);
	ck_assert_int_eq(calendar_between(calendar, instant("2026-03-21T23:00:00Z"),
			     instant("2026-03-22T23:00:00Z")),
	    86400);
	ck_assert_int_eq(calendar_between(calendar, instant("2026-03-29T22:00:00Z"),
			     instant("2026-03-30T22:00:00Z")),
	    3600);
	ck_assert_int_eq(calendar_between(calendar, instant("2026-03-30T22:00:00Z"),
			     instant("2026-03-31T22:00:00Z")),
	    8 * 3600);
	hash_sha256(slice_z(ics_policy), hashes);
	hash_sha256(slice_z(holidays), hashes + 64);
	hash_sha256(slice_z(hashes), hash);
	ck_assert_str_eq(policy_hash(policy), hash);
	policy_free(policy);
	drop_folder();
}
END_TEST

START_TEST(ics_fault_has_the_place)
{
	make_folder(ICS(""));
	capture();
	ck_assert_ptr_null(policy_parse("p.json", folder, slice_z(ics_policy)));
	ck_assert_ptr_nonnull(strstr(captured(), "p.json:1:130: error: policy: "));
	ck_assert_ptr_nonnull(strstr(captured(), "a.ics: has no whole-day event"));
	drop_folder();
}
END_TEST

#define BASE                                                                           \
	"\"base\":{\"tz\":\"Europe/Berlin\",\"hours\":{\"mon\":[\"08:00-16:00\"],"     \
	"\"tue\":[\"08:00-16:00\"]},\"holidays\":[\"2026-03-30\",{\"date\":\"04-06\"," \
	"\"hours\":[\"08:00-09:00\"]}]}"

/* 2026-03-30, 2026-04-06 and 2026-04-13 are Mondays. */
START_TEST(inherited)
{
	static const struct {
		const char *name, *from, *to;
		int64_t hours;
	} cases[] = {
	    {"plain", "2026-03-29T22:00:00Z", "2026-04-01T22:00:00Z", 8}, /* Tuesday alone */
	    {"plain", "2026-04-05T22:00:00Z", "2026-04-07T22:00:00Z", 9}, /* the hours of 04-06 */
	    {"more", "2026-04-12T22:00:00Z", "2026-04-14T22:00:00Z", 8},  /* its own 04-13 */
	    {"more", "2026-04-05T22:00:00Z", "2026-04-06T22:00:00Z", 2},  /* its own goes before */
	    {"more", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z", 0},  /* and adds */
	    {"ny", "2026-04-12T00:00:00Z", "2026-04-13T12:00:00Z", 0},    /* 08:00 is 12:00Z */
	    {"ny", "2026-04-13T12:00:00Z", "2026-04-13T20:00:00Z", 8},
	    {"night", "2026-04-12T22:00:00Z", "2026-04-13T22:00:00Z", 2}, /* its hours replace */
	    {"always", "2026-12-24T23:00:00Z", "2026-12-26T23:00:00Z", 24},
	};
	struct policy *policy = parse(
	    "{\"calendars\":{\"grandchild\":{\"extends\":\"more\"},\"plain\":{\"extends\":\"base\"},"
	    "\"more\":{\"extends\":\"plain\",\"holidays\":[\"2026-04-13\",{\"date\":\"04-06\","
	    "\"hours\":[\"08:00-10:00\"]}]}," BASE
	    ",\"ny\":{\"extends\":\"base\",\"tz\":\"America/New_York\"},"
	    "\"night\":{\"extends\":\"base\",\"hours\":{\"mon\":[\"22:00-24:00\"]}},"
	    "\"always\":{\"extends\":\"24x7\",\"tz\":\"Europe/Berlin\",\"holidays\":[\"12-25\"]}}}");
	size_t i;

	ck_assert_ptr_nonnull(policy);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(
		    calendar_between(policy_calendar(policy, cases[i].name), instant(cases[i].from),
			instant(cases[i].to)) == cases[i].hours * 3600,
		    "%s from %s", cases[i].name, cases[i].from);
	ck_assert_int_eq(calendar_between(policy_calendar(policy, "grandchild"),
			     instant("2026-04-12T22:00:00Z"), instant("2026-04-14T22:00:00Z")),
	    8 * 3600);
	ck_assert(!calendar_is_always(policy_calendar(policy, "always")));
	policy_free(policy);
}
END_TEST

/* Each is one slip, and one message. */
static const struct fault extend_faults[] = {
    {"{\"calendars\":{\"a\":{\"extends\":\"b\"}}}",
	":1:20: error: policy: there is no calendar \"b\""},
    {"{\"calendars\":{\"a\":{\"extends\":5}}}",
	":1:20: error: policy: \"extends\" must be a string"},
    {"{\"calendars\":{\"a\":{\"extends\":\"a\"}}}",
	":1:20: error: policy: the calendar \"a\" inherits from itself"},
    {"{\"calendars\":{\"c\":{\"extends\":\"b\"},\"a\":{\"extends\":\"b\"},\"b\":{\"extends\":\"a\"}}}",
	":1:40: error: policy: the calendar \"a\" inherits from itself"},
    {"{\"calendars\":{\"a\":{\"extends\":\"b\"},\"b\":{\"tz\":\"UTC\",\"hours\":5}}}",
	":1:51: error: policy: \"hours\" must be"},
    {"{\"calendars\":{\"a\":{\"extends\":\"b\"},\"b\":{\"extends\":\"c\"},\"c\":{\"extends\":\"a\"},"
     "\"d\":{\"extends\":\"b\"}}}",
	":1:20: error: policy: the calendar \"a\" inherits from itself"},
    {"{\"calendars\":{\"a\":{\"extends\":\"b\"},\"b\":{\"tz\":\"UTC\",\"hours\":{}}}}",
	":1:35: error: policy: calendar \"b\" has no working time"},
    {"{\"calendars\":{\"a\":{\"extends\":\"24x7\",\"hours\":{}}}}",
	":1:15: error: policy: calendar \"a\" has no working time"},
    {"{\"calendars\":{\"a\":{\"extends\":\"b\"},\"b\":{\"tz\":\"UTC\"}}}",
	":1:35: error: policy: calendar \"b\" needs \"hours\""},
};

START_TEST(extends_refused)
{
	const char *newline;

	capture();
	ck_assert_ptr_null(parse(extend_faults[_i].text));
	ck_assert_msg(strstr(captured(), extend_faults[_i].says) != NULL, "%s\nsaid: %swanted: %s",
	    extend_faults[_i].text, captured(), extend_faults[_i].says);
	newline = strchr(captured(), '\n');
	ck_assert_msg(newline != NULL && newline[1] == '\0', "%s", captured());
}
END_TEST

/* 16 ancestors are allowed, 17 are not. */
START_TEST(extends_far)
{
	struct buf text = {0};
	struct policy *policy;
	int i, n;

	for (n = 16; n <= 17; n++) {
		buf_clear(&text);
		buf_addz(&text, "{\"calendars\":{\"c0\":{\"tz\":\"UTC\",\"hours\":\"24x7\"}");
		for (i = 1; i <= n; i++)
			buf_addf(&text, ",\"c%d\":{\"extends\":\"c%d\"}", i, i - 1);
		buf_addz(&text, "}}");
		capture();
		policy = parse(buf_z(&text));
		ck_assert_int_eq(policy != NULL, n == 16);
		ck_assert_int_eq(
		    strstr(captured(), "\"c17\" inherits from more than 16 calendars") != NULL,
		    n == 17);
		policy_free(policy);
	}
	buf_free(&text);
}
END_TEST

Suite *policy_calendars_suite(void);

Suite *
policy_calendars_suite(void)
{
	Suite *suite = suite_create("policy_calendars");
	TCase *tcase = tcase_create("policy_calendars");

	tcase_add_loop_test(tcase, ics_days, 0, (int)(sizeof(files) / sizeof(files[0])));
	tcase_add_loop_test(
	    tcase, ics_refused, 0, (int)(sizeof(ics_faults) / sizeof(ics_faults[0])));
	tcase_add_test(tcase, ics_with_many_rules);
	tcase_add_test(tcase, ics_example);
	tcase_add_test(tcase, ics_in_a_policy);
	tcase_add_test(tcase, ics_fault_has_the_place);
	tcase_add_test(tcase, inherited);
	tcase_add_loop_test(
	    tcase, extends_refused, 0, (int)(sizeof(extend_faults) / sizeof(extend_faults[0])));
	tcase_add_test(tcase, extends_far);
	suite_add_tcase(suite, tcase);
	return suite;
}
