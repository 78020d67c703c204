/* check_policy.c: tests of calendars, targets, matches, conventions and thresholds of a policy */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "policy/policy.h"
#include "policy/units.h"
#include "tests/support.h"
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

START_TEST(no_policy)
{
	struct policy *policy = policy_none();
	const struct conventions *conventions = policy_conventions(policy);
	struct ticket ticket = {.client = "Acme"};
	struct facts facts = {.ticket = &ticket};
	unsigned waiting = 1u << STATE_WAITING_CLIENT | 1u << STATE_WAITING_VENDOR |
	    1u << STATE_ON_HOLD | 1u << STATE_SCHEDULED;
	int64_t limit = 7;
	int metric;

	ck_assert_ptr_null(policy_hash(policy));
	ck_assert_str_eq(policy_title(policy), "no policy: PSA due dates");
	ck_assert_int_eq(conventions->reopen, REOPEN_CONTINUE);
	ck_assert_int_eq(conventions->priority_change, PRIORITY_CARRY);
	ck_assert_int_eq(conventions->first_response, RESPONSE_PUBLIC);
	for (metric = 0; metric < METRICS; metric++)
		ck_assert_uint_eq(conventions->pause[metric],
		    metric == METRIC_RESOLVE || metric == METRIC_PLAN ? waiting : 0);
	ck_assert_ptr_null(policy_target(policy, &facts, 0));
	ck_assert(!policy_targets_vary(policy) && !policy_has_roster(policy));
	ck_assert_ptr_null(policy_person(policy, "Ann"));
	ck_assert_int_eq(policy_threshold(policy, "silent", &facts, &limit), THRESHOLD_DEFAULT);
	ck_assert_int_eq(limit, 7);
	ck_assert(calendar_is_always(policy_calendar(policy, "24x7")));
	ck_assert_ptr_null(policy_calendar(policy, "support"));
	policy_free(policy);
	policy_free(NULL);
}
END_TEST

/* An empty object is a policy that promises nothing: not the same as none. */
START_TEST(empty_policy)
{
	static const char text[] = "\xEF\xBB\xBF{\"about\": \"ours\", \"x-team\": 1, \"_\": []}";
	struct policy *policy = parse(text);
	char hash[65];

	ck_assert_ptr_nonnull(policy);
	hash_sha256(slice_z(text), hash);
	ck_assert_str_eq(policy_hash(policy), hash);
	ck_assert_str_eq(policy_title(policy), "p.json");
	ck_assert_int_eq(policy_conventions(policy)->first_response, RESPONSE_PUBLIC);
	policy_free(policy);
}
END_TEST

START_TEST(conventions)
{
	struct policy *policy = parse(
	    "{\"conventions\":{\"reopen\":\"count_closed\",\"priority_change\":\"retroactive\","
	    "\"first_response\":\"human\",\"pause\":{\"resolve\":[\"on_hold\"],\"update\":[\"new\"]}}}");
	const struct conventions *read = policy_conventions(policy);

	ck_assert_int_eq(read->reopen, REOPEN_COUNT_CLOSED);
	ck_assert_int_eq(read->priority_change, PRIORITY_RETROACTIVE);
	ck_assert_int_eq(read->first_response, RESPONSE_HUMAN);
	ck_assert_uint_eq(read->pause[METRIC_RESOLVE], 1u << STATE_ON_HOLD);
	ck_assert_uint_eq(read->pause[METRIC_UPDATE], 1u << STATE_NEW);
	ck_assert_uint_ne(read->pause[METRIC_PLAN], 0);
	ck_assert_uint_eq(read->pause[METRIC_PICKUP], 0);
	policy_free(policy);
	policy = parse("{\"conventions\":{\"reopen\":\"restart\",\"pause\":[\"waiting_client\"],"
		       "\"priority_change\":\"restart\",\"first_response\":\"none\"}}");
	read = policy_conventions(policy);
	ck_assert_int_eq(read->reopen, REOPEN_RESTART);
	ck_assert_int_eq(read->priority_change, PRIORITY_RESTART);
	ck_assert_int_eq(read->first_response, RESPONSE_NONE);
	ck_assert_uint_eq(read->pause[METRIC_RESOLVE], 1u << STATE_WAITING_CLIENT);
	ck_assert_uint_eq(read->pause[METRIC_PLAN], 1u << STATE_WAITING_CLIENT);
	ck_assert_uint_eq(read->pause[METRIC_UPDATE], 0);
	policy_free(policy);
}
END_TEST

START_TEST(durations)
{
	static const struct {
		const char *text;
		int64_t seconds, days;
	} cases[] = {{"0", 0, -1}, {"0s", 0, -1}, {"15m", 900, -1}, {"1h30m", 5400, -1},
	    {"1h5s", 3605, -1}, {"90s", 90, -1}, {"100h", 360000, -1}, {"2bd", -1, 2},
	    {"1h2m3s", 3723, -1}, {"007m", 420, -1}, {"876600h", INT64_C(3155760000), -1},
	    {"36525bd", -1, 36525}};
	struct duration duration;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ck_assert_msg(
		    units_duration(cases[i].text, &duration) == NULL, "%s", cases[i].text);
		ck_assert_int_eq(duration.seconds, cases[i].seconds);
		ck_assert_int_eq(duration.days, cases[i].days);
	}
}
END_TEST

/* 2026-11-23 is a Monday; the lunch break, the night shift, the half day, the holidays. */
START_TEST(calendars)
{
	static const struct {
		const char *from, *to;
		int64_t seconds;
	} cases[] = {
	    {"2026-11-23T05:00:00Z", "2026-11-24T05:00:00Z", 9 * 3600}, /* 08-12 and 13-18 */
	    {"2026-11-29T03:00:00Z", "2026-11-29T12:00:00Z", 8 * 3600}, /* Saturday 22 to 06 */
	    {"2026-11-30T05:00:00Z", "2026-12-01T05:00:00Z", 0},        /* a holiday on a Monday */
	    {"2028-12-25T05:00:00Z", "2028-12-26T05:00:00Z", 0},        /* a yearly one */
	    {"2026-12-07T05:00:00Z", "2026-12-08T05:00:00Z", 2 * 3600}, /* hours of its own */
	    {"2026-12-09T05:00:00Z", "2026-12-10T05:00:00Z", 3 * 3600}, /* 21:00-00:00 */
	    {"2026-12-11T05:00:00Z", "2026-12-12T05:00:00Z", 86400},    /* 00:00-24:00 */
	};
	struct policy *policy = parse(
	    "{\"calendars\":{\"ny\":{\"tz\":\"America/New_York\",\"hours\":{"
	    "\"mon\":[\"13:00-18:00\",\"08:00-12:00\"],\"sat\":[\"22:00-06:00\"],"
	    "\"wed\":[\"21:00-00:00\"],\"fri\":[\"00:00-24:00\"]},\"holidays\":[\"2026-11-30\",\"12-25\","
	    "{\"date\":\"2026-12-07\",\"hours\":[\"10:00-12:00\"]},{\"date\":\"12-27\",\"hours\":[]}]},"
	    "\"ny2\":{\"tz\":\"America/New_York\",\"hours\":\"24x7\",\"about\":\"all day\"}}}");
	struct calendar *calendar = policy_calendar(policy, "ny");
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_int_eq(
		    calendar_between(calendar, instant(cases[i].from), instant(cases[i].to)),
		    cases[i].seconds);
	ck_assert_ptr_eq(calendar_zone(calendar), calendar_zone(policy_calendar(policy, "ny2")));
	ck_assert(calendar_is_always(policy_calendar(policy, "ny2")));
	policy_free(policy);
}
END_TEST

#define CALENDAR(members) "{\"calendars\":{\"a\":{" members "}}}"

/* Only an exception works: that is working time too. */
START_TEST(exceptions_alone)
{
	struct policy *policy = parse(CALENDAR("\"tz\":\"UTC\",\"hours\":\"24x7\",\"holidays\":["
					       "{\"date\":\"2026-12-24\",\"hours\":[]}"
					       "]"));

	ck_assert_ptr_nonnull(policy);
	policy_free(policy);
	policy =
	    parse(CALENDAR("\"tz\":\"UTC\",\"hours\":{},\"holidays\":[{\"date\":\"2026-12-24\","
			   "\"hours\":[\"08:00-09:00\"]}]"));
	ck_assert_ptr_nonnull(policy);
	ck_assert_int_eq(calendar_between(policy_calendar(policy, "a"),
			     instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z")),
	    3600);
	policy_free(policy);
}
END_TEST

static const char *categories[] = {"Network", "VPN"};

static const struct ticket ticket = {.source = "servicenow",
    .id = "INC1",
    .title = "Printer on fire",
    .client = "Acme GmbH",
    .contact = "Zo\xc3\xab",
    .type = "incident",
    .team = "final team",
    .owner = "final owner",
    .agreement = "Gold",
    .board = "",
    .site = "HQ [1]",
    .severity = "2",
    .parent = "INC0",
    .category = categories,
    .ncategory = 2,
    .state = STATE_CLOSED,
    .priority = PRIORITY_P5,
    .channel = CHANNEL_PHONE};

static const struct facts facts = {.ticket = &ticket,
    .owner = NULL,
    .team = "Group 56",
    .priority = PRIORITY_P2,
    .state = STATE_OPEN};

static const struct {
	const char *match;
	bool fits, varies;
} matches[] = {
    {"", true, false},
    {"\"client\":\"Acme GmbH\"", true, false},
    {"\"client\":\"acme gmbh\"", true, false},
    {"\"client\":\"Acme\"", false, false},
    {"\"client\":\"Acme GmbH & Co\"", false, false},
    {"\"client\":\"Acme*\"", true, false},
    {"\"client\":[\"Bolt\",\"*gmbh\"]", true, false},
    {"\"client\":[\"Bolt\",\"Corp*\"]", false, false},
    {"\"client\":\"*\"", true, false},
    {"\"contact\":\"Zo?\"", true, false},
    {"\"site\":\"HQ [1]\"", true, false},
    {"\"impact\":\"*\"", false, false},
    {"\"impact\":\"\"", true, false},
    {"\"impact\":[\"high\",\"\"]", true, false},
    {"\"impact\":\"high\"", false, false},
    {"\"board\":\"\"", true, false},
    {"\"board\":\"*\"", false, false},
    {"\"client\":\"\"", false, false},
    {"\"source\":\"servicenow\",\"id\":\"INC?\",\"title\":\"*fire\",\"type\":\"incident\"", true,
	false},
    {"\"source\":\"servicenow\",\"id\":\"INC?\",\"title\":\"*ice\",\"type\":\"incident\"", false,
	false},
    {"\"agreement\":\"g*d\",\"severity\":\"2\",\"parent\":\"*\",\"merged_into\":\"\"", true, false},
    {"\"merged_into\":\"*\"", false, false},
    {"\"category\":\"vpn\"", true, false},
    {"\"category\":[\"wifi\",\"net*\"]", true, false},
    {"\"category\":\"wifi\"", false, false},
    {"\"category\":\"\"", false, false},
    {"\"category\":\"*\"", true, false},
    {"\"channel\":\"phone\"", true, false},
    {"\"channel\":[\"email\",\"p*l\"]", false, false},
    {"\"channel\":\"p*\"", true, false},
    {"\"channel\":\"\"", false, false},
    {"\"priority\":\"P2\"", true, true},
    {"\"priority\":\"p?\"", true, true},
    {"\"priority\":[\"P5\",\"\"]", false, true},
    {"\"state\":\"open\"", true, true},
    {"\"state\":\"closed\"", false, true},
    {"\"owner\":\"\"", true, true},
    {"\"owner\":\"*\"", false, true},
    {"\"owner\":\"final owner\"", false, true},
    {"\"team\":\"group*\"", true, true},
    {"\"team\":\"final team\"", false, true},
    {"\"team\":\"group*\",\"client\":\"Bolt\",\"priority\":\"P2\"", false, true},
};

START_TEST(matching)
{
	struct policy *policy;
	char text[512];

	snprintf(text, sizeof(text), "{\"targets\":[{\"match\":{%s},\"pickup\":\"1h\"}]}",
	    matches[_i].match);
	policy = parse(text);
	ck_assert_msg(policy != NULL, "%s", matches[_i].match);
	ck_assert_msg((policy_target(policy, &facts, 0) != NULL) == matches[_i].fits, "%s",
	    matches[_i].match);
	ck_assert_msg(policy_targets_vary(policy) == matches[_i].varies, "%s", matches[_i].match);
	policy_free(policy);
}
END_TEST

/* A ticket of which nothing is known. */
START_TEST(matching_nothing_known)
{
	struct ticket empty = {0};
	struct facts none = {.ticket = &empty};
	struct policy *policy = parse(
	    "{\"targets\":[{\"match\":{\"category\":\"*\"},\"pickup\":\"1h\"},"
	    "{\"match\":{\"channel\":\"*\"},\"pickup\":\"1h\"},{\"match\":{\"priority\":\"*\"},\"pickup\":\"1h\"},"
	    "{\"match\":{\"category\":\"\",\"channel\":\"\",\"priority\":\"\",\"state\":\"\",\"owner\":\"\"},"
	    "\"pickup\":\"1h\",\"name\":\"blank\"}]}");

	ck_assert_str_eq(policy_target(policy, &none, 0)->name, "blank");
	policy_free(policy);
}
END_TEST

START_TEST(targets_in_order_and_in_force)
{
	struct policy *policy = parse(
	    "{\"calendars\":{\"b\":{\"tz\":\"Europe/Berlin\",\"hours\":\"24x7\"}},\"targets\":["
	    "{\"match\":{\"channel\":\"alert\"},\"exclude\":true},"
	    "{\"name\":\"old\",\"calendar\":\"b\",\"until\":\"2026-01-01\",\"resolve\":\"2bd\",\"team\":\"0\"},"
	    "{\"name\":\"new\",\"from\":\"2025-12-31T23:00:00Z\",\"until\":\"2027-01-01\",\"update\":\"1h\"},"
	    "{\"pickup\":\"10m\"}]}");
	struct ticket alert = {.channel = CHANNEL_ALERT};
	struct facts of_alert = {.ticket = &alert};
	const struct target *target = policy_target(policy, &of_alert, 0);

	ck_assert(target->exclude);
	ck_assert_str_eq(target->name, "target 1");
	target = policy_target(policy, &facts, instant("2025-12-31T22:59:59Z"));
	ck_assert_str_eq(target->name, "old");
	ck_assert(!target->exclude);
	ck_assert_str_eq(target->calendar_name, "b");
	ck_assert_ptr_eq(target->calendar, policy_calendar(policy, "b"));
	ck_assert_int_eq(target->seconds[METRIC_RESOLVE], -1);
	ck_assert_int_eq(target->days[METRIC_RESOLVE], 2);
	ck_assert_int_eq(target->seconds[METRIC_TEAM], 0);
	ck_assert_int_eq(target->seconds[METRIC_PICKUP], -1);
	ck_assert_int_eq(target->days[METRIC_PICKUP], -1);
	ck_assert_int_eq(target->from, INSTANT_NONE);
	ck_assert_int_eq(target->until, instant("2025-12-31T23:00:00Z"));
	target = policy_target(policy, &facts, instant("2025-12-31T23:00:00Z"));
	ck_assert_str_eq(target->name, "new");
	ck_assert_int_eq(target->seconds[METRIC_UPDATE], 3600);
	ck_assert_int_eq(target->until, instant("2027-01-01T00:00:00Z"));
	target = policy_target(policy, &facts, instant("2027-01-01T00:00:00Z"));
	ck_assert_str_eq(target->name, "target 4");
	ck_assert_str_eq(target->calendar_name, "24x7");
	ck_assert_ptr_eq(target->calendar, policy_calendar(policy, "24x7"));
	policy_free(policy);
}
END_TEST

START_TEST(thresholds)
{
	struct policy *policy = parse(
	    "{\"thresholds\":{\"silent\":\"1h30m\",\"too-many-handoffs\":4,\"diffused\":\"off\","
	    "\"orphaned\":[{\"match\":{\"priority\":\"P1\"},\"limit\":\"15m\"},"
	    "{\"match\":{\"priority\":\"P2\"},\"limit\":\"off\"},{\"limit\":9}]}}");
	struct facts other = facts;
	int64_t limit = -7;

	ck_assert_int_eq(policy_threshold(policy, "silent", &facts, &limit), THRESHOLD_SET);
	ck_assert_int_eq(limit, 5400);
	ck_assert_int_eq(
	    policy_threshold(policy, "too-many-handoffs", &facts, &limit), THRESHOLD_SET);
	ck_assert_int_eq(limit, 4);
	ck_assert_int_eq(policy_threshold(policy, "diffused", &facts, &limit), THRESHOLD_OFF);
	ck_assert_int_eq(policy_threshold(policy, "orphaned", &facts, &limit), THRESHOLD_OFF);
	ck_assert_int_eq(limit, 4);
	other.priority = PRIORITY_P1;
	ck_assert_int_eq(policy_threshold(policy, "orphaned", &other, &limit), THRESHOLD_SET);
	ck_assert_int_eq(limit, 900);
	other.priority = PRIORITY_NONE;
	ck_assert_int_eq(policy_threshold(policy, "orphaned", &other, &limit), THRESHOLD_SET);
	ck_assert_int_eq(limit, 9);
	ck_assert_int_eq(policy_threshold(policy, "ping-pong", &facts, &limit), THRESHOLD_DEFAULT);
	ck_assert(!policy_targets_vary(policy));
	policy_free(policy);
}
END_TEST

static void
assert_budget(const struct policy *policy, size_t i, const char *name, enum metric metric,
    enum period period, int allowed)
{
	const struct budget *budget = policy_budget(policy, i);

	ck_assert_str_eq(budget->name, name);
	ck_assert_int_eq(budget->metric, metric);
	ck_assert_int_eq(budget->period, period);
	ck_assert_int_eq(budget->allowed, allowed);
}

START_TEST(budgets)
{
	struct policy *policy = parse(
	    "{\"budgets\":[{\"match\":{\"client\":\"Acme*\"},\"period\":\"quarter\",\"metric\":"
	    "\"resolve\",\"allowed\":\"5%\"},"
	    "{\"period\":\"week\",\"metric\":\"pickup\",\"allowed\":\"0.5%\"},"
	    "{\"period\":\"month\",\"metric\":\"plan\",\"allowed\":\"100.0%\"},"
	    "{\"name\":\"n\",\"period\":\"year\",\"metric\":\"team\",\"allowed\":\"0%\"},"
	    "{\"period\":\"year\",\"metric\":\"team\",\"allowed\":\"12.5%\"}]}");
	struct ticket its = {.client = "Acme Ltd"};
	struct facts asked = {.ticket = &its};

	ck_assert_ptr_nonnull(policy);
	assert_budget(policy, 0, "budget 1", METRIC_RESOLVE, PERIOD_QUARTER, 50);
	assert_budget(policy, 1, "budget 2", METRIC_PICKUP, PERIOD_WEEK, 5);
	assert_budget(policy, 2, "budget 3", METRIC_PLAN, PERIOD_MONTH, 1000);
	assert_budget(policy, 3, "n", METRIC_TEAM, PERIOD_YEAR, 0);
	assert_budget(policy, 4, "budget 5", METRIC_TEAM, PERIOD_YEAR, 125);
	ck_assert_ptr_null(policy_budget(policy, 5));
	ck_assert(policy_budget_fits(policy, 0, &asked));
	its.client = NULL;
	ck_assert(!policy_budget_fits(policy, 0, &asked));
	ck_assert(policy_budget_fits(policy, 1, &asked));
	ck_assert(!policy_targets_vary(policy) && !policy_has_costs(policy));
	policy_free(policy);
}
END_TEST

/* The first that fits; a rate is exact to its third decimal. */
START_TEST(costs)
{
	struct policy *policy = parse(
	    "{\"costs\":[{\"match\":{\"team\":\"Night*\"},\"currency\":\"CHF\",\"per_hour\":110.005},"
	    "{\"match\":{\"team\":\"*\"},\"currency\":\"EUR\",\"per_hour\":80.5},"
	    "{\"match\":{\"priority\":\"P1\"},\"currency\":\"JPY\",\"per_hour\":999999999.999}]}");
	struct ticket its = {0};
	struct facts asked = {.ticket = &its, .team = "Night 2"};

	ck_assert_ptr_nonnull(policy);
	ck_assert(policy_has_costs(policy) && policy_budget(policy, 0) == NULL);
	ck_assert_str_eq(policy_cost(policy, &asked)->currency, "CHF");
	ck_assert_int_eq(policy_cost(policy, &asked)->per_hour, 110005);
	asked.team = "Desk";
	ck_assert_str_eq(policy_cost(policy, &asked)->currency, "EUR");
	ck_assert_int_eq(policy_cost(policy, &asked)->per_hour, 80500);
	asked.team = NULL;
	ck_assert_ptr_null(policy_cost(policy, &asked));
	asked.priority = PRIORITY_P1;
	ck_assert_int_eq(policy_cost(policy, &asked)->per_hour, 999999999999);
	policy_free(policy);
}
END_TEST

Suite *policy_suite(void);

Suite *
policy_suite(void)
{
	Suite *suite = suite_create("policy");
	TCase *tcase = tcase_create("policy");

	tcase_add_test(tcase, no_policy);
	tcase_add_test(tcase, empty_policy);
	tcase_add_test(tcase, conventions);
	tcase_add_test(tcase, durations);
	tcase_add_test(tcase, calendars);
	tcase_add_test(tcase, exceptions_alone);
	tcase_add_loop_test(tcase, matching, 0, (int)(sizeof(matches) / sizeof(matches[0])));
	tcase_add_test(tcase, matching_nothing_known);
	tcase_add_test(tcase, targets_in_order_and_in_force);
	tcase_add_test(tcase, thresholds);
	tcase_add_test(tcase, budgets);
	tcase_add_test(tcase, costs);
	suite_add_tcase(suite, tcase);
	return suite;
}
