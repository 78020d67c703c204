/* check_review.c: tests of what a client's review adds: commitments, names of files, the trace */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/count/aggregate.h"
#include "report/each.h"
#include "report/file_names.h"
#include "report/trace.h"
#include "tests/capture.h"
#include "tests/made.h"
#include "tests/support.h"

static void
write_temporary(char path[32], const char *text)
{
	size_t n = strlen(text);
	int fd;

	snprintf(path, 32, "/tmp/check_review.XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ne(fd, -1);
	ck_assert_int_eq(write(fd, text, n), (ssize_t)n);
	close(fd);
}

static int
read_commitments(struct commitments *commitments, const char *text)
{
	char path[32];
	int result;

	write_temporary(path, text);
	*commitments = (struct commitments){0};
	capture();
	result = commitments_read(commitments, path, zone_utc());
	unlink(path);
	return result;
}

START_TEST(commitments_in_any_order_of_columns)
{
	static const char text[] =
	    "due,text,state, client ,id\n2026-03-31,\"a, b\",Open,Acme ,2\n,c,OPEN, Acme,1\n\n"
	    "2026-03-01T10:00:00Z,d,done,Acme,3\n2026-02-01,e,dropped,Birch,1\n2026-03-30,f,open,Acme,0\n";
	static const char *const ids[] = {"0", "2", "1", "3", "1"};
	struct commitments commitments;
	size_t i;

	ck_assert_int_eq(read_commitments(&commitments, text), 0);
	ck_assert_uint_eq(commitments.count, 5);
	ck_assert_int_eq(commitments.refused, 0);
	for (i = 0; i < 5; i++)
		ck_assert_str_eq(commitments.list[i].id, ids[i]);
	/* A day is over when the next one begins. */
	ck_assert_int_eq(commitments.list[1].late_at, INT64_C(1775001600));
	ck_assert_int_eq(commitments.list[2].late_at, INSTANT_NONE);
	ck_assert_int_eq(commitments.list[3].late_at, INT64_C(1772359200));
	ck_assert_str_eq(commitments.list[1].text, "a, b");
	ck_assert_str_eq(commitments.list[4].client, "Birch");
	commitments_free(&commitments);
}
END_TEST

#define HEADER "client,id,text,due,state\n"

static const struct {
	const char *text, *says;
	int result;
} faults[] = {{"", ":1: error: unusable header: the file is empty", -1},
    {"client,id,text,due\n", "there is no column \"state\"", -1},
    {HEADER "a,1,t,,open,x\n", ":2: error: row with a wrong number of fields: 6, the header has 5",
	0},
    {"client,id,text,due,state,owner\n", ":1:26: error: unusable header: no column \"owner\"", -1},
    {"client,id,text,due,state,id\n",
	":1:26: error: unusable header: the column \"id\" is there twice", -1},
    {HEADER "a,1,t,,closed\n", ":2:8: error: refused: a state is open, done or dropped", 0},
    {HEADER "a,1,t,2026-02-30,open\n", ":2:7: error: refused: due is a day", 0},
    {HEADER "a,1,t,soon,open\n", ":2:7: error: refused: due is a day", 0},
    {HEADER ",1,t,,open\n", ":2:1: error: refused: a commitment needs", 0},
    {HEADER "a, ,t,,open\n", ":2:3: error: refused: a commitment needs", 0},
    {HEADER "a,1,,,open\n", ":2:5: error: refused: a commitment needs", 0},
    {HEADER "a,1,t,,open\na,1,u,,open\n", ":3:3: error: refused: this client has a commitment", 0},
    {HEADER "a,1,\"t\n", "error: not CSV", 0}};

START_TEST(commitments_are_checked)
{
	struct commitments commitments;

	ck_assert_int_eq(read_commitments(&commitments, faults[_i].text), faults[_i].result);
	ck_assert_msg(strstr(captured(), faults[_i].says) != NULL, "%s", captured());
	ck_assert_int_eq(commitments.refused, faults[_i].result == 0);
	commitments_free(&commitments);
}
END_TEST

/* Whatever the order of the texts, and different even where case does not count. */
START_TEST(names_of_files)
{
	static const char *const texts[] = {"Acme", "a/b", "a b", "A-B", "", "..", "_", "-rf",
	    "acme-7bd97a3c", "Z\xC3\xBC", "plain"};
	static const size_t n = sizeof(texts) / sizeof(texts[0]);
	const char *names[11], *again[11], *turned[11], *long_name;
	char text[300];
	struct arena arena = {0};
	size_t i, k;

	file_names(texts, n, names, &arena);
	for (i = 0; i < n; i++)
		turned[n - 1 - i] = texts[i];
	file_names(turned, n, again, &arena);
	for (i = 0; i < n; i++) {
		ck_assert_str_eq(names[i], again[n - 1 - i]);
		ck_assert_uint_eq(strspn(names[i],
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789._-"),
		    strlen(names[i]));
		ck_assert(names[i][0] != '.' && names[i][0] != '-' && names[i][0] != '\0');
		for (k = 0; k < i; k++)
			ck_assert(!glob_match(names[i], names[k]));
	}
	ck_assert_str_eq(names[0], "Acme");
	ck_assert_str_eq(names[7], "_rf");
	ck_assert_str_eq(names[5], "_.");
	ck_assert_str_eq(names[9], "Z--");
	ck_assert_str_eq(names[10], "plain");
	ck_assert_int_eq(strncmp(names[1], "a-b-", 4), 0);
	ck_assert_uint_eq(strlen(names[1]), 12);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	long_name = text;
	file_names(&long_name, 1, names, &arena);
	ck_assert_uint_eq(strlen(names[0]), FILE_NAME_MOST + 9);
	arena_free(&arena);
}
END_TEST

/* A suffix that another name has already gets longer. */
START_TEST(a_suffix_is_taken)
{
	const char *texts[] = {"a/b", "a b", NULL}, *names[3];
	struct arena arena = {0};

	file_names(texts, 2, names, &arena);
	texts[2] = names[0];
	file_names(texts, 3, names, &arena);
	ck_assert_uint_eq(strlen(names[0]), 3 + 1 + 16);
	ck_assert_uint_eq(strlen(names[1]), 3 + 1 + 8);
	ck_assert_str_ne(names[2], names[0]);
	arena_free(&arena);
}
END_TEST

START_TEST(patterns_of_files)
{
	struct arena arena = {0};

	ck_assert_ptr_nonnull(file_pattern_fault(NULL));
	ck_assert_ptr_nonnull(file_pattern_fault("x.html"));
	ck_assert_ptr_nonnull(file_pattern_fault("%s%s"));
	ck_assert_ptr_nonnull(file_pattern_fault("%s/x.html"));
	ck_assert_ptr_null(file_pattern_fault("d/%s.html"));
	ck_assert_ptr_null(file_pattern_fault("%d-%s"));
	ck_assert_str_eq(file_pattern_fill("d%d/%s.html", "x", &arena), "d%d/x.html");
	arena_free(&arena);
}
END_TEST

START_TEST(names_of_measures)
{
	static const struct {
		int measure;
		const char *name;
	} names[] = {{COUNT_TICKETS, "tickets"},
	    {COUNT_CLOCKS + METRIC_RESOLVE * CLOCK_COUNTS + CLOCK_BREACHED,
		"clocks.resolve.breached"},
	    {COUNT_CLOCKS + METRIC_PICKUP * CLOCK_COUNTS + CLOCK_OVERDUE, "clocks.pickup.overdue"},
	    {COUNT_CLOCKS + METRIC_PLAN * CLOCK_COUNTS + CLOCK_NONE, "clocks.plan.none"},
	    {COUNT_VERDICTS + METRIC_RESOLVE * VERDICTS + VERDICT_DIFFERS,
		"verdicts.resolve.differ"},
	    {COUNT_GRADES + RESPONSE_HUMAN, "grades.human"}, {COUNT_WORK + EFFORT_ANY, "work.any"},
	    {COUNT_MISSED_WENT + WENT_QUEUE, "missed_went.queue"},
	    {COUNTS + SPREAD_HANDOFFS, "each.handoffs"}};
	struct buf out = {0};
	int measure;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		buf_clear(&out);
		measure_name(names[i].measure, &out);
		ck_assert_str_eq(buf_z(&out), names[i].name);
	}
	for (measure = 0; measure < COUNTS + SPREADS; measure++) {
		buf_clear(&out);
		measure_name(measure, &out);
		ck_assert_ptr_null(strstr(buf_z(&out), "(null)"));
	}
	buf_free(&out);
}
END_TEST

/* What the trace says of each ticket adds up to what the groups hold, in any order of tickets. */
START_TEST(a_trace_adds_up)
{
	struct output outs[2] = {{.fd = -1}, {.fd = -1}};
	const char *first, *second;
	struct report_options options = report_defaults();
	struct report *report;
	struct made made;
	char id[16];
	int run, i, k;

	options.as_of = AS_OF;
	options.views = 1U << REPORT_SUMMARY;
	for (run = 0; run < 2; run++) {
		options.trace = trace_new();
		if (_i > 0)
			trace_chunk(options.trace, (size_t)_i);
		report = report_new(&options);
		for (i = 0; i < 9; i++) {
			k = run == 0 ? i : 8 - i;
			snprintf(id, sizeof(id), "T%d", k);
			start(&made, id, k % 2 == 0 ? "=Ann" : NULL, "Desk");
			set_clock(&made, METRIC_RESOLVE, k < 4 ? CLOCK_BREACHED : CLOCK_MET, AS_OF);
			add(report, &made);
		}
		report_add_later(report, &made.ticket);
		ck_assert_int_eq(trace_write(options.trace, true, &outs[run]), 0);
		trace_free(options.trace);
		report_free(report);
	}
	first = buf_z(&outs[0].buf);
	second = buf_z(&outs[1].buf);
	ck_assert_ptr_nonnull(strstr(first,
	    "asked,all,,,,clocks.resolve.breached,1,test,T0\n"
	    "asked,all,,,,clocks.resolve.breached,1,test,T1\n"
	    "asked,all,,,,clocks.resolve.breached,1,test,T2\n"
	    "asked,all,,,,clocks.resolve.breached,1,test,T3\n"
	    "asked,all,,,,clocks.resolve.overdue,"));
	ck_assert_ptr_nonnull(strstr(first, "asked,priority,P3,,,clocks.resolve.met,1,test,T4\n"));
	ck_assert_ptr_null(strstr(first, "asked,owner,"));
	/* The later ticket was another one in the other order. */
	ck_assert_ptr_nonnull(strstr(first, "\nasked,all,,,,later,1,test,T8\n"));
	ck_assert_ptr_nonnull(strstr(second, "\nasked,all,,,,later,1,test,T0\n"));
	ck_assert_str_eq(
	    strstr(first, "asked,all,,,,tickets"), strstr(second, "asked,all,,,,tickets"));
	buf_free(&outs[0].buf);
	buf_free(&outs[1].buf);
}
END_TEST

/* Every client has a report of its own; a ticket without one is in none. */
START_TEST(each_client)
{
	struct report_options options = report_defaults();
	struct each *each;
	struct made made;

	options.as_of = AS_OF;
	each = each_new(&options, false);
	start(&made, "1", "Ann", "Desk");
	made.ticket.client = "A";
	ck_assert_ptr_eq(each_report(each, "A"), each_report(each, "A"));
	ck_assert_ptr_ne(each_report(each, "A"), each_report(each, "a"));
	ck_assert_ptr_null(each_report(each, NULL));
	ck_assert_int_eq(each_without(each), 1);
	add(each_report(each, "A"), &made);
	add(each_report(each, "a"), &made); /* of another client: not taken */
	ck_assert_int_eq(count_of(report_all(each_report(each, "A")), COUNT_TICKETS), 1);
	ck_assert_int_eq(count_of(report_all(each_report(each, "a")), COUNT_TICKETS), 0);
	each_free(each);
}
END_TEST

/* The last whole quarter unless another period or a time is asked for. */
START_TEST(the_last_period)
{
	struct report_options options = report_defaults();

	options.as_of = AS_OF;
	report_settle(&options);
	ck_assert_int_eq(options.since, INSTANT_NONE);
	ck_assert(!options.compare);
	options.views = 1U << REPORT_QBR;
	report_settle(&options);
	ck_assert_int_eq(options.since, INT64_C(1443657600)); /* 2015-10-01 */
	ck_assert_int_eq(options.until, INT64_C(1451606400)); /* 2016-01-01 */
	ck_assert(options.compare && options.last_period);
	options = report_defaults();
	options.as_of = AS_OF;
	options.views = 1U << REPORT_QBR;
	options.period_given = true; /* a month */
	report_settle(&options);
	ck_assert_int_eq(options.since, INT64_C(1454284800)); /* 2016-02-01 */
	ck_assert_int_eq(options.until, INT64_C(1456790400)); /* 2016-03-01 */
	options.last_period = false;
	report_settle(&options);
	ck_assert(!options.last_period);
}
END_TEST

Suite *review_suite(void);

Suite *
review_suite(void)
{
	Suite *suite = suite_create("review");
	TCase *tests = tcase_create("review");

	tcase_add_test(tests, commitments_in_any_order_of_columns);
	tcase_add_loop_test(
	    tests, commitments_are_checked, 0, (int)(sizeof(faults) / sizeof(faults[0])));
	tcase_add_test(tests, names_of_files);
	tcase_add_test(tests, a_suffix_is_taken);
	tcase_add_test(tests, patterns_of_files);
	tcase_add_test(tests, names_of_measures);
	tcase_add_loop_test(tests, a_trace_adds_up, 0, 8);
	tcase_add_test(tests, each_client);
	tcase_add_test(tests, the_last_period);
	suite_add_tcase(suite, tests);
	return suite;
}
