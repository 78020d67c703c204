/* check_budget.c: tests of budgets and costs in a report, worked out by hand */
#include <string.h>

#include "report/budget.h"
#include "report/report.h"
#include "tests/made.h"
#include "tests/support.h"

#define DAY (24 * HOUR)

static int64_t
at(const char *text)
{
	int64_t instant = INSTANT_NONE;

	ck_assert(instant_parse(slice_z(text), &instant));
	return instant;
}

START_TEST(spans_and_days)
{
	char why[ZONE_WHY];
	struct zone *berlin = zone_load("Europe/Berlin", why);
	struct term term = {.budget = {"b", METRIC_RESOLVE, PERIOD_WEEK, 50}};

	/* The week in which the clocks go forward has an hour less. */
	term_set(&term, berlin, at("2016-03-26T12:00:00Z"));
	ck_assert_int_eq(term.start, at("2016-03-20T23:00:00Z"));
	ck_assert_int_eq(term.end, at("2016-03-27T22:00:00Z"));
	ck_assert_int_eq(term.spans[SPAN_PERIOD].since, term.start);
	ck_assert_int_eq(term.spans[SPAN_PERIOD].until, at("2016-03-26T12:00:01Z"));
	ck_assert_int_eq(term.spans[SPAN_SHORT].since, at("2016-03-19T12:00:01Z"));
	ck_assert_int_eq(term.spans[SPAN_LONG].since, at("2016-02-27T12:00:01Z"));
	ck_assert_int_eq(term.spans[SPAN_LONG].until, term.spans[SPAN_PERIOD].until);
	ck_assert_uint_eq(term_day(&term, term.start), 1);
	ck_assert_uint_eq(term_day(&term, at("2016-03-27T21:59:59Z")), 7);
	ck_assert_int_eq(term_day_start(&term, 7), at("2016-03-26T23:00:00Z"));
	term.budget.period = PERIOD_YEAR;
	term_set(&term, berlin, at("2016-03-26T12:00:00Z"));
	ck_assert_int_eq(term.start, at("2015-12-31T23:00:00Z"));
	ck_assert_uint_eq(term_day(&term, at("2016-12-31T22:59:59Z")), BUDGET_DAYS);
	zone_free(berlin);
}
END_TEST

struct given {
	int64_t met, breached;           /* in the period */
	int64_t long_met, long_breached; /* in the last 28 days */
	int64_t allowed, expected;
	const char *used_up_at;
};

/* A month of 31 days, of which 20 are over; 5 % may be missed. */
static const struct given given[] = {
    /* 9.9 of 198; 10 a day make 110 more, 15.4 of 308. 8 misses more at half a day each: too late */
    {190, 8, 266, 14, 9, 15, NULL},
    /* 5 more at half a day each */
    {187, 11, 266, 14, 9, 15, "2016-03-30T23:59:59Z"},
    /* 11 more at one a day: the last second of the month */
    {193, 5, 252, 28, 9, 15, "2016-03-31T23:59:59Z"},
    /* 11 of 11 to come in 28 days */
    {194, 4, 252, 28, 9, 15, NULL},
    /* all are used, one more is too many: 28 days by 11, rounded up */
    {183, 15, 269, 11, 9, 15, "2016-03-23T13:05:27Z"},
    {182, 16, 269, 11, 9, 15, NULL},
    /* no pace: what is decided is all there will be */
    {190, 8, 0, 0, 9, 9, NULL},
    {0, 0, 0, 0, 0, 0, NULL},
    {INT64_MAX, INT64_MAX, 0, 0, INT64_MAX / 20, INT64_MAX / 20, NULL},
};

static void
count(struct groups *groups, uint32_t span, int64_t met, int64_t breached)
{
	struct group *group = groups_at(groups, (struct key){.parts = {span}});

	group_count(group, COUNT_BUDGET_MET, met);
	group_count(group, COUNT_BUDGET_BREACHED, breached);
}

START_TEST(outcomes)
{
	const struct given *one = &given[_i];
	struct term term = {.budget = {"b", METRIC_RESOLVE, PERIOD_MONTH, 50}};
	const struct group *spans[BUDGET_SPANS] = {0};
	struct groups groups = {0};
	struct outcome outcome;
	uint32_t span;

	layout_of(&groups.layout, FAMILY_BUDGET);
	term_set(&term, zone_utc(), at("2016-03-20T23:59:59Z"));
	count(&groups, SPAN_PERIOD, one->met, one->breached);
	count(&groups, SPAN_LONG, one->long_met, one->long_breached);
	for (span = SPAN_PERIOD; span < BUDGET_SPANS; span++)
		spans[span] = groups_find(&groups, (struct key){.parts = {span}});
	ck_assert_ptr_null(spans[SPAN_SHORT]);
	budget_outcome(&outcome, &term, spans);
	ck_assert_int_eq(outcome.allowed, one->allowed);
	ck_assert_int_eq(outcome.expected, one->expected);
	ck_assert_int_eq(
	    outcome.used_up_at, one->used_up_at != NULL ? at(one->used_up_at) : INSTANT_NONE);
	groups_free(&groups);
}
END_TEST

START_TEST(burn_rates)
{
	static const struct {
		int64_t met, breached;
		int allowed;
		int64_t burn;
	} rows[] = {{266, 14, 50, 1000}, {2, 1, 50, 6666}, {3, 0, 50, 0}, {0, 3, 1000, 1000},
	    {3, 1, 0, -1}, {0, 0, 50, -1}, {999, 1, 5, 200}};
	struct budget budget = {"b", METRIC_RESOLVE, PERIOD_MONTH, rows[_i].allowed};
	struct groups groups = {0};

	layout_of(&groups.layout, FAMILY_BUDGET);
	count(&groups, 0, rows[_i].met, rows[_i].breached);
	ck_assert_int_eq(budget_burn(&groups.list[0], &budget), rows[_i].burn);
	ck_assert_int_eq(budget_burn(NULL, &budget), -1);
	groups_free(&groups);
}
END_TEST

static struct policy *
parse(const char *text)
{
	struct policy *policy = policy_parse("p.json", NULL, slice_z(text));

	ck_assert_ptr_nonnull(policy);
	return policy;
}

static struct report_options
options_of(const struct policy *terms, unsigned views)
{
	struct report_options options = report_defaults();

	options.as_of = AS_OF;
	options.views = views;
	options.format = REPORT_CSV;
	options.terms = terms;
	return options;
}

/* A ticket of a client that was decided at some instant, and ended then. */
static void
decide(struct report *report, const char *client, enum clock_state state, int64_t instant)
{
	struct risk_clock *clock;
	struct made made;

	start(&made, "T", "Ann", "Desk");
	made.ticket.client = client;
	made.ownership.head.state = made.risk.head.state = STATE_CLOSED;
	clock = set_clock(&made, METRIC_RESOLVE, state, instant);
	clock->stopped = instant;
	clock->breached = state == CLOCK_BREACHED ? instant : INSTANT_NONE;
	add(report, &made);
}

static void
assert_csv(struct report *report, const char *expected)
{
	struct buf out = {0};

	render(report, &out);
	ck_assert_str_eq(strchr(buf_z(&out), '\n') + 1, expected);
	buf_free(&out);
	report_free(report);
}

#define BUDGETS(list) "{\"budgets\":[" list "]}"
#define ONE(name, match, period)                                                  \
	"{\"name\":\"" name "\",\"match\":{" match "},\"period\":\"" period "\"," \
	"\"metric\":\"resolve\",\"allowed\":\"50%\"}"
#define MARCH "2016-03-01T00:00:00Z,2016-04-01T00:00:00Z,500,"

/*
 * The first of one metric and period takes the ticket; another period has it besides. What is not
 * decided, decided by nobody or promised to nobody counts nowhere.
 */
START_TEST(first_that_fits)
{
	struct policy *policy = parse(BUDGETS(ONE("a", "\"client\":\"A*\"", "month") "," ONE(
	    "rest", "", "month") "," ONE("year", "", "year")));
	struct report_options options = options_of(policy, 1U << REPORT_BUDGET);
	struct report *report = report_new(&options);
	struct made made;

	decide(report, "Acme", CLOCK_MET, AS_OF);
	decide(report, "Birch", CLOCK_BREACHED, AS_OF - 10 * DAY);
	decide(report, NULL, CLOCK_UNKNOWN, AS_OF);
	decide(report, "Acme", CLOCK_MET, at("2016-02-29T23:59:59Z"));
	start(&made, "running", "Ann", "Desk");
	made.ticket.client = "Acme";
	set_clock(&made, METRIC_RESOLVE, CLOCK_RUNNING, AS_OF + HOUR);
	set_clock(&made, METRIC_PICKUP, CLOCK_MET, AS_OF);
	add(report, &made);
	set_clock(&made, METRIC_RESOLVE, CLOCK_MET, AS_OF);
	made.risk.exclusion = EXCLUDED_MERGED;
	add(report, &made);
	/*
	 * Half of 1 decided is none. 1 in 28 days is 0.4 more in the month, 10.2 in the year: then 5
	 * of 11 may be missed, and the sixth comes after five times 28 days.
	 */
	assert_csv(report,
	    "a,Acme,client,resolve,2016-03," MARCH "1,0,0,0,0,0,0,0,0,,\n"
	    "rest,Birch,client,resolve,2016-03," MARCH
	    "1,1,0,0,-1,2000,,2000,0,2016-03-10T00:00:00Z,\n"
	    "rest,,unknown,resolve,2016-03," MARCH "0,0,1,0,0,,,,0,,\n"
	    "year,Birch,client,resolve,2016,2016-01-01T00:00:00Z,2017-01-01T00:00:00Z,500,"
	    "1,1,0,0,-1,2000,,2000,5,,2016-08-07T12:00:00Z\n"
	    "year,,unknown,resolve,2016,2016-01-01T00:00:00Z,2017-01-01T00:00:00Z,500,"
	    "0,0,1,0,0,,,,0,,\n"
	    "year,Acme,client,resolve,2016,2016-01-01T00:00:00Z,2017-01-01T00:00:00Z,500,"
	    "2,0,0,1,1,0,0,0,11,,\n");
	policy_free(policy);
}
END_TEST

/* The period holds the last instant asked for, and is told whole, whenever --since is. */
START_TEST(another_period)
{
	struct policy *policy = parse(BUDGETS(ONE("m", "", "month")));
	struct report_options options = options_of(policy, 1U << REPORT_BUDGET);
	char why[ZONE_WHY];
	struct zone *zone = zone_load("America/New_York", why);
	struct report *report;

	options.zone = zone;
	options.since = at("2016-02-20T05:00:00Z");
	options.until = at("2016-03-01T05:00:00Z");
	report = report_new(&options);
	decide(report, "Acme", CLOCK_BREACHED, at("2016-02-02T04:59:59Z"));
	decide(report, "Acme", CLOCK_BREACHED, at("2016-03-01T04:59:59Z"));
	decide(report, "Acme", CLOCK_MET, at("2016-03-01T05:00:00Z"));
	decide(report, "Acme", CLOCK_MET, at("2016-02-01T05:00:00Z"));
	decide(report, "Acme", CLOCK_MET, at("2016-02-01T04:59:59Z"));
	/* The month is over: what is expected is what is allowed. The day of the second miss. */
	assert_csv(report,
	    "m,Acme,client,resolve,2016-02,2016-02-01T05:00:00Z,2016-03-01T05:00:00Z,500,"
	    "3,2,0,1,-1,1333,2000,2000,1,2016-02-29T05:00:00Z,\n");
	zone_free(zone);
	policy_free(policy);
}
END_TEST

/* Of a miss of which it is not known when it was: the ticket's end, here that of its clock. */
START_TEST(a_miss_at_some_time)
{
	struct policy *policy = parse(BUDGETS(ONE("m", "", "month")));
	struct report_options options = options_of(policy, 1U << REPORT_BUDGET);
	struct report *report = report_new(&options);
	struct made made;

	start(&made, "T", "Ann", "Desk");
	made.ticket.client = "Acme";
	made.ownership.head.state = made.risk.head.state = STATE_CLOSED;
	set_clock(&made, METRIC_RESOLVE, CLOCK_BREACHED, INSTANT_NONE)->stopped = AS_OF - 9 * DAY;
	add(report, &made);
	assert_csv(report,
	    "m,Acme,client,resolve,2016-03," MARCH
	    "1,1,0,0,-1,2000,,2000,0,2016-03-11T00:00:00Z,\n");
	policy_free(policy);
}
END_TEST

START_TEST(no_budgets)
{
	struct policy *policy = parse("{\"costs\":[{\"currency\":\"EUR\",\"per_hour\":1}]}");
	struct report_options options = options_of(policy, 1U << REPORT_BUDGET);
	struct report *report;
	struct buf out = {0};

	report = report_new(&options);
	decide(report, "Acme", CLOCK_MET, AS_OF);
	assert_csv(report, "");
	options.terms = NULL;
	options.format = REPORT_TEXT;
	report = report_new(&options);
	decide(report, "Acme", CLOCK_MET, AS_OF);
	render(report, &out);
	ck_assert_ptr_nonnull(strstr(buf_z(&out), "The policy has no budgets."));
	report_free(report);
	buf_free(&out);
	policy_free(policy);
}
END_TEST

/* A ticket with effort: 100 seconds in all, 36 of them again; touches -1: that is not known. */
static void
spend(struct report *report, const char *client, enum priority priority, int64_t touches)
{
	struct made made;

	start(&made, "T", "Ann", "Desk");
	made.ticket.client = client;
	made.ownership.head.priority = made.risk.head.priority = priority;
	made.ownership.rework = (struct rework){
	    .known = true, .all = {100, 3}, .any = {touches < 0 ? -1 : 36, touches}};
	add(report, &made);
}

/* Where in text something stands; it must. */
static const char *
found(const char *text, const char *what)
{
	const char *place = strstr(text, what);

	ck_assert_msg(place != NULL, "no %s in %s", what, text);
	return place;
}

/*
 * 100 s at 1 an hour are 0.02777; three times that is 0.083 in thousandths, rounded once. Currencies
 * are not added up, and what has no cost has no price, which is not none.
 */
START_TEST(money)
{
	struct policy *policy =
	    parse("{\"costs\":[{\"match\":{\"priority\":\"P1\"},\"currency\":\"EUR\","
		  "\"per_hour\":1},{\"match\":{\"priority\":\"P2\"},\"currency\":"
		  "\"CHF\",\"per_hour\":0.1}]}");
	struct report_options options = options_of(policy, 1U << REPORT_REWORK);
	struct report *report;
	struct buf out = {0};
	const char *json;
	int i;

	options.format = REPORT_JSON;
	report = report_new(&options);
	for (i = 0; i < 3; i++)
		spend(report, "Acme", PRIORITY_P1, 1);
	spend(report, "Acme", PRIORITY_P2, 1);
	spend(report, "Birch", PRIORITY_P2, -1);
	spend(report, "Birch", PRIORITY_P3, 1);
	render(report, &out);
	json = found(buf_z(&out), "\"money\":[");
	found(json,
	    "[{\"currency\":\"CHF\",\"tickets\":2,\"time\":200,\"time_again\":36,\"cost\":5,"
	    "\"cost_again\":1,\"not_judged\":1,");
	found(json,
	    "{\"currency\":\"EUR\",\"tickets\":3,\"time\":300,\"time_again\":108,\"cost\":83,"
	    "\"cost_again\":30,\"not_judged\":0,");
	found(json,
	    "{\"currency\":null,\"tickets\":1,\"time\":100,\"time_again\":36,\"cost\":null,"
	    "\"cost_again\":null,\"not_judged\":0,");
	found(json,
	    "{\"client\":\"Birch\",\"currency\":\"CHF\",\"tickets\":1,\"time\":100,"
	    "\"time_again\":null,\"cost\":2,\"cost_again\":null,\"not_judged\":1}");
	report_free(report);
	buf_free(&out);
	policy_free(policy);
}
END_TEST

Suite *budget_suite(void);

Suite *
budget_suite(void)
{
	Suite *suite = suite_create("budget");
	TCase *tests = tcase_create("budgets");

	tcase_add_test(tests, spans_and_days);
	tcase_add_loop_test(tests, outcomes, 0, (int)(sizeof(given) / sizeof(given[0])));
	tcase_add_loop_test(tests, burn_rates, 0, 7);
	tcase_add_test(tests, first_that_fits);
	tcase_add_test(tests, another_period);
	tcase_add_test(tests, a_miss_at_some_time);
	tcase_add_test(tests, no_budgets);
	tcase_add_test(tests, money);
	suite_add_tcase(suite, tests);
	return suite;
}
