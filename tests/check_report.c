/* check_report.c: tests of the report with records made by hand */
#include <stdio.h>
#include <string.h>

#include "data/json.h"
#include "report/report.h"
#include "tests/made.h"
#include "tests/support.h"

#define TICKETS 300

static const char *const owners[] = {NULL, "Ann", "Bob", "(nobody)", "\xE6\x97\xA5\xE6\x9C\xAC"};
static const char *const teams[] = {NULL, "Desk", "Network"};
static const char *const clients[] = {NULL, "Acme", "Birch"};
static const char *const rules[] = {"orphaned", "ping-pong", "late-handoff"};

/* How the client was informed, the effort, and where the time went. */
static void
any_account(struct made *made, uint64_t *state)
{
	struct ownership *ownership = &made->ownership;
	struct communication *talk = &ownership->communication;
	int i;

	made->ticket.client = clients[rnd_below(state, 3)];
	made->ticket.opened = AS_OF - (int64_t)rnd_below(state, 100) * 24 * HOUR;
	*talk = (struct communication){.known = rnd_below(state, 2) == 0,
	    .response_known = rnd_below(state, 2) == 0,
	    .grade = (enum response)rnd_below(state, RESPONSE_HUMAN + 1),
	    .response_at = AS_OF - HOUR,
	    .messages = (int64_t)rnd_below(state, 5),
	    .unanswered = (int64_t)rnd_below(state, 3),
	    .longest_wait = (int64_t)rnd_below(state, 1000) - 1,
	    .working = {60, 600, (int64_t)rnd_below(state, 100000)},
	    .promises_known = rnd_below(state, 2) == 0,
	    .kept = 2,
	    .missed = 1};
	ownership->rework.known = rnd_below(state, 2) == 0;
	ownership->rework.all = (struct effort){(int64_t)rnd_below(state, 10000), 7};
	ownership->rework.any = (struct effort){(int64_t)rnd_below(state, 1000), 1};
	ownership->attribution.known = rnd_below(state, 2) == 0;
	for (i = 0; i < WHEREABOUTS; i++)
		ownership->attribution.seconds[i] = (int64_t)rnd_below(state, 100000);
	made->risk.clocks[METRIC_RESOLVE].breached = AS_OF - (int64_t)rnd_below(state, 90) * HOUR;
}

/* A ticket of any kind. */
static void
any_ticket(struct made *made, int i, uint64_t *state)
{
	char id[16];
	int metric;

	snprintf(id, sizeof(id), "T%d", i);
	start(made, id, owners[rnd_below(state, 5)], teams[rnd_below(state, 3)]);
	made->ownership.head.state = (enum state)(1 + rnd_below(state, STATES - 1));
	made->ownership.head.priority = (enum priority)rnd_below(state, PRIORITIES);
	if (state_is_ended(made->ownership.head.state))
		made->ownership.cause = CAUSES;
	made->risk.head = made->ownership.head;
	for (metric = 1; metric < METRICS; metric++) {
		struct risk_clock *clock = set_clock(made, (enum metric)metric,
		    (enum clock_state)rnd_below(state, CLOCK_UNKNOWN + 1),
		    AS_OF + (int64_t)rnd_below(state, 5) * HOUR);

		clock->outlook.probability = (int64_t)rnd_below(state, 1001);
		clock->verdict.agrees = (int)rnd_below(state, 3) - 1;
	}
	if (rnd_below(state, 2) == 0) {
		made->handoff = (struct handoff){.at = AS_OF,
		    .from = {owners[rnd_below(state, 5)], teams[rnd_below(state, 3)]},
		    .to = {owners[rnd_below(state, 5)], teams[rnd_below(state, 3)]},
		    .acceptance = (enum acceptance)rnd_below(state, 4),
		    .accepted_in = (int64_t)rnd_below(state, 100000),
		    .person_return = (enum return_kind)rnd_below(state, 3)};
		made->ownership.handoffs = &made->handoff;
		made->ownership.nhandoffs = 1;
	}
	if (rnd_below(state, 4) == 0)
		set_finding(made, rules[rnd_below(state, 3)],
		    (enum severity)(1 + rnd_below(state, 4)), "Do something.");
	made->holdings[0].worked = (int64_t)rnd_below(state, 100000);
	any_account(made, state);
}

/* Every view in every format, the same whatever the order of the tickets. */
START_TEST(order_does_not_matter)
{
	static struct made made[TICKETS];
	struct report_options options = report_defaults();
	struct policy *terms = made_terms();
	struct report *a, *b;
	struct buf first = {0}, second = {0};
	uint64_t state = test_seed();
	size_t order[TICKETS], i, j, keep;

	options.as_of = AS_OF;
	options.format = (enum report_format)(_i / REPORT_VIEWS);
	options.views = options.format == REPORT_CSV ? 1U << (_i % REPORT_VIEWS) : REPORT_ALL_VIEWS;
	options.mail_to = options.format == REPORT_MAIL ? "ann@example.org" : NULL;
	if (_i % (int)REPORT_VIEWS == (int)REPORT_QBR) {
		options.client = "Acme";
		options.views |= 1U << REPORT_QBR;
		report_settle(&options);
	}
	options.limit = _i % 2 == 0 ? 7 : 0;
	options.utf8 = true;
	options.terms = terms;
	a = report_new(&options);
	b = report_new(&options);
	for (i = 0; i < TICKETS; i++) {
		any_ticket(&made[i], (int)i, &state);
		add(a, &made[i]);
		order[i] = i;
	}
	report_add_later(a, &made[0].ticket);
	for (i = TICKETS; i > 1; i--) {
		j = rnd_below(&state, i);
		keep = order[i - 1];
		order[i - 1] = order[j];
		order[j] = keep;
	}
	report_add_later(b, &made[0].ticket);
	for (i = 0; i < TICKETS; i++)
		add(b, &made[order[i]]);
	render(a, &first);
	render(b, &second);
	ck_assert_uint_gt(first.n, 10);
	ck_assert_str_eq(buf_z(&first), buf_z(&second));
	report_free(a);
	report_free(b);
	policy_free(terms);
	buf_free(&first);
	buf_free(&second);
}
END_TEST

/* A report of one view as JSON, parsed. */
struct parsed {
	struct buf out;
	struct arena arena;
	const struct json *view, *root;
};

static void
parse(struct parsed *parsed, struct report *report, const char *view)
{
	struct json_error error;

	render(report, &parsed->out);
	parsed->root = json_parse(&parsed->arena, buf_slice(&parsed->out), &error);
	ck_assert_msg(parsed->root != NULL, "not JSON: %s", buf_z(&parsed->out));
	parsed->view = json_get(json_get(parsed->root, "views"), view);
	ck_assert_ptr_nonnull(parsed->view);
}

static void
parsed_free(struct parsed *parsed)
{
	buf_free(&parsed->out);
	arena_free(&parsed->arena);
}

static const struct json *
item(const struct json *array, int index)
{
	const struct json *one = json_first(array);

	while (index-- > 0)
		one = json_next(one);
	return one;
}

static int64_t
number(const struct json *object, const char *key)
{
	int64_t n = INT64_MIN;

	json_i64(json_get(object, key), &n);
	return n;
}

static const char *
text(const struct json *object, const char *key)
{
	const char *found = json_text(json_get(object, key));

	return found != NULL ? found : "(null)";
}

static struct report *
json_report(void)
{
	struct report_options options = report_defaults();

	options.format = REPORT_JSON;
	options.as_of = AS_OF;
	return report_new(&options);
}

START_TEST(worklist_order)
{
	/* What follows is in the order expected. */
	static const char *const expected[] = {
	    "long-overdue", "overdue", "likely-p1", "likely", "orphan", "finding", "low"};
	struct report *report = json_report();
	struct parsed parsed = {0};
	struct made made;
	size_t i;

	start(&made, "low", "Ann", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_RUNNING, AS_OF + HOUR)->outlook.probability = 199;
	set_finding(&made, "ping-pong", SEVERITY_LOW, "Low.");
	made.risk.head.priority = made.ownership.head.priority = PRIORITY_P5;
	add(report, &made);
	start(&made, "calm", "Ann", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_RUNNING, AS_OF + HOUR)->outlook.probability = 199;
	add(report, &made);
	start(&made, "finding", "Ann", "Desk");
	set_finding(&made, "ping-pong", SEVERITY_HIGH, "Stop it.");
	made.risk.head.priority = made.ownership.head.priority = PRIORITY_P4;
	add(report, &made);
	start(&made, "orphan", NULL, "Desk");
	add(report, &made);
	start(&made, "likely", "Ann", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_PAUSED, INSTANT_NONE)->outlook.probability = 800;
	add(report, &made);
	start(&made, "likely-p1", "Ann", "Desk");
	set_clock(&made, METRIC_FIRST_RESPONSE, CLOCK_RUNNING, AS_OF)->outlook.probability = 220;
	made.risk.head.priority = made.ownership.head.priority = PRIORITY_P1;
	add(report, &made);
	start(&made, "overdue", "Bob", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_BREACHED, AS_OF - HOUR);
	add(report, &made);
	start(&made, "long-overdue", "Bob", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_BREACHED, AS_OF - 2 * HOUR);
	add(report, &made);
	parse(&parsed, report, "worklist");
	for (i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		ck_assert_str_eq(
		    text(item(json_get(parsed.view, "tickets"), (int)i), "id"), expected[i]);
	ck_assert_uint_eq(json_count(json_get(parsed.view, "tickets")), i);
	ck_assert_int_eq(number(json_get(parsed.view, "counts"), "needing"), (int64_t)i);
	ck_assert_int_eq(number(item(json_get(parsed.view, "tickets"), 0), "overdue"), 2 * HOUR);
	ck_assert_str_eq(text(item(json_get(parsed.view, "tickets"), 4), "action"), "assign-owner");
	ck_assert_str_eq(text(item(json_get(parsed.view, "tickets"), 4), "who_kind"), "team");
	ck_assert_str_eq(text(item(json_get(parsed.view, "tickets"), 5), "why"), "Stop it.");
	parsed_free(&parsed);
	report_free(report);
}
END_TEST

/* The earliest of all deadlines, whichever clock's it is, or a promise's; and who is to be told. */
START_TEST(every_deadline)
{
	struct report *report = json_report();
	struct parsed parsed = {0};
	const struct json *work;
	struct made made;

	start(&made, "updates", "Ann", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_RUNNING, AS_OF + 9 * HOUR)->outlook.probability =
	    300;
	set_clock(&made, METRIC_UPDATE, CLOCK_RUNNING, AS_OF + 2 * HOUR)->outlook.probability = 400;
	add(report, &made);
	made.ticket.id = "promised";
	made.ownership.communication.promises_known = true;
	made.ownership.communication.open = 1;
	made.ownership.communication.next_promise = AS_OF + HOUR;
	set_clock(&made, METRIC_NEXT_RESPONSE, CLOCK_RUNNING, AS_OF + 3 * HOUR)
	    ->outlook.probability = 390;
	made.risk.clocks[METRIC_UPDATE].outlook.probability = 380;
	add(report, &made);
	parse(&parsed, report, "worklist");
	work = item(json_get(parsed.view, "tickets"), 0);
	ck_assert_str_eq(text(work, "id"), "updates");
	ck_assert_str_eq(text(work, "by"), "2016-03-20T14:00:00Z");
	ck_assert_str_eq(text(work, "action"), "update");
	work = item(json_get(parsed.view, "tickets"), 1);
	ck_assert_str_eq(text(work, "by"), "2016-03-20T13:00:00Z");
	ck_assert_str_eq(text(work, "action"), "answer");
	parsed_free(&parsed);
	report_free(report);
}
END_TEST

START_TEST(limit)
{
	struct report_options options = report_defaults();
	struct report *report;
	struct parsed parsed = {0};
	struct made made;
	char id[16];
	int i;

	options.format = REPORT_JSON;
	options.as_of = AS_OF;
	options.limit = 3;
	report = report_new(&options);
	for (i = 0; i < 50; i++) {
		snprintf(id, sizeof(id), "T%02d", i * 37 % 50);
		start(&made, id, "Ann", "Desk");
		set_clock(&made, METRIC_RESOLVE, CLOCK_BREACHED, AS_OF - HOUR);
		add(report, &made);
	}
	parse(&parsed, report, "worklist");
	ck_assert_int_eq(number(json_get(parsed.view, "counts"), "needing"), 50);
	ck_assert_int_eq(number(json_get(parsed.view, "counts"), "shown"), 3);
	for (i = 0; i < 3; i++) {
		snprintf(id, sizeof(id), "T%02d", i);
		ck_assert_str_eq(text(item(json_get(parsed.view, "tickets"), i), "id"), id);
	}
	parsed_free(&parsed);
	report_free(report);
}
END_TEST

START_TEST(summary_numbers)
{
	struct report *report = json_report();
	struct parsed parsed = {0};
	const struct json *tickets, *resolve;
	struct made made;

	start(&made, "met", "Ann", "Desk");
	made.ownership.head.state = made.risk.head.state = STATE_RESOLVED;
	made.ownership.cause = CAUSES;
	set_clock(&made, METRIC_RESOLVE, CLOCK_MET, AS_OF)->verdict.agrees = 1;
	add(report, &made);
	start(&made, "late", "Ann", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_BREACHED, AS_OF - HOUR)->verdict.agrees = 0;
	add(report, &made);
	start(&made, "late2", NULL, NULL);
	set_clock(&made, METRIC_RESOLVE, CLOCK_BREACHED, AS_OF - HOUR);
	add(report, &made);
	start(&made, "blind", "Ann", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_UNKNOWN, INSTANT_NONE);
	set_clock(&made, METRIC_PICKUP, CLOCK_UNKNOWN, INSTANT_NONE);
	add(report, &made);
	start(&made, "child", "Ann", "Desk");
	made.risk.exclusion = EXCLUDED_CHILD;
	add(report, &made);
	report_add_later(report, &made.ticket);
	report_refused(report, 5);
	parse(&parsed, report, "summary");
	tickets = json_get(parsed.view, "tickets");
	ck_assert_int_eq(number(tickets, "tickets"), 5);
	ck_assert_int_eq(number(tickets, "open"), 4);
	ck_assert_int_eq(number(tickets, "overdue"), 2);
	ck_assert_int_eq(number(tickets, "orphaned"), 1);
	ck_assert_int_eq(number(tickets, "later"), 1);
	ck_assert_int_eq(number(tickets, "excluded_child"), 1);
	ck_assert_int_eq(number(tickets, "refused"), 5);
	resolve = json_get(json_get(parsed.view, "clocks"), "resolve");
	ck_assert_int_eq(number(resolve, "met"), 1);
	ck_assert_int_eq(number(resolve, "breached"), 2);
	ck_assert_int_eq(number(resolve, "overdue"), 2);
	ck_assert_int_eq(number(resolve, "unknown"), 1);
	ck_assert_int_eq(number(resolve, "none"), 0);
	ck_assert_int_eq(number(resolve, "attainment"), 333);
	/* What cannot be judged has no rate. */
	ck_assert(json_is_null(
	    json_get(json_get(json_get(parsed.view, "clocks"), "pickup"), "attainment")));
	resolve = json_get(json_get(parsed.view, "psa"), "resolve");
	ck_assert_int_eq(number(resolve, "agree"), 1);
	ck_assert_int_eq(number(resolve, "differ"), 1);
	ck_assert_int_eq(number(resolve, "not_comparable"), 2);
	ck_assert_int_eq(
	    number(json_get(json_get(parsed.view, "life"), "owned"), "seconds"), 40 * HOUR);
	ck_assert_int_eq(number(json_get(json_get(parsed.view, "life"), "nobody"), "share"), 200);
	ck_assert_int_eq(number(json_get(json_get(parsed.view, "life"), "nobody"), "open_now"), 1);
	ck_assert_str_eq(text(json_get(parsed.root, "policy"), "text"), "no policy: PSA due dates");
	parsed_free(&parsed);
	report_free(report);
}
END_TEST

static const struct json *
row_of(const struct json *rows, const char *key, const char *name, const char *kind)
{
	const struct json *one;

	for (one = json_first(rows); one != NULL; one = json_next(one))
		if (text_same(json_text(json_get(one, key)), name) &&
		    text_same(json_text(json_get(one, "kind")), kind))
			return one;
	return NULL;
}

/* Nobody, a person of that name, and what is not known are three rows. */
START_TEST(nobody_is_no_name)
{
	struct report *report = json_report();
	struct parsed parsed = {0};
	const struct json *rows;
	struct buf words = {0};
	struct made made;

	start(&made, "1", "(nobody)", NULL);
	add(report, &made);
	start(&made, "2", NULL, NULL);
	add(report, &made);
	start(&made, "3", NULL, NULL);
	made.ticket.has = 0;
	made.holdings[0].known = false;
	made.ownership.cause = CAUSE_UNKNOWN;
	made.ownership.causes[CAUSE_NOBODY] = 0;
	made.ownership.causes[CAUSE_UNKNOWN] = 10 * HOUR;
	add(report, &made);
	parse(&parsed, report, "owners");
	rows = json_get(parsed.view, "owners");
	ck_assert_uint_eq(json_count(rows), 3);
	ck_assert_int_eq(number(row_of(rows, "owner", "(nobody)", "person"), "open"), 1);
	ck_assert_int_eq(number(row_of(rows, "owner", NULL, "nobody"), "open"), 1);
	ck_assert_int_eq(number(row_of(rows, "owner", NULL, "unknown"), "held_p50"), 10 * HOUR);
	rows = json_get(json_get(json_get(parsed.root, "views"), "teams"), "teams");
	ck_assert_int_eq(number(row_of(rows, "team", NULL, "none"), "orphaned"), 1);
	ck_assert_int_eq(number(row_of(rows, "team", NULL, "unknown"), "open"), 1);
	parsed_free(&parsed);
	report_free(report);
	buf_free(&words);
}
END_TEST

START_TEST(holders)
{
	struct report *report = json_report();
	struct parsed parsed = {0};
	const struct json *ann, *bob;
	struct made made;

	start(&made, "1", "Bob", "Desk");
	set_clock(&made, METRIC_RESOLVE, CLOCK_RUNNING, AS_OF)->outlook.probability = 500;
	made.holdings[0] = (struct holding){{"Ann", "Desk"}, true, 6 * HOUR, 3 * HOUR, 750};
	made.holdings[1] = (struct holding){{"Bob", "Desk"}, true, 4 * HOUR, HOUR, 250};
	made.ownership.nholdings = 2;
	made.handoff = (struct handoff){.at = AS_OF,
	    .from = {"Ann", "Desk"},
	    .to = {"Bob", "Desk"},
	    .acceptance = ACCEPTANCE_UNKNOWN,
	    .accepted_in = -1,
	    .person_return = RETURN_DIRECT};
	made.ownership.handoffs = &made.handoff;
	made.ownership.nhandoffs = 1;
	add(report, &made);
	parse(&parsed, report, "owners");
	bob = item(json_get(parsed.view, "owners"), 0);
	ann = item(json_get(parsed.view, "owners"), 1);
	ck_assert_str_eq(text(bob, "owner"), "Bob");
	ck_assert_int_eq(number(bob, "at_risk"), 1);
	ck_assert_int_eq(number(bob, "handed_in"), 1);
	ck_assert_int_eq(number(bob, "returned"), 1);
	ck_assert_int_eq(number(bob, "sla_time"), HOUR);
	ck_assert(json_is_null(json_get(bob, "accepted_p50")));
	ck_assert_int_eq(number(ann, "open"), 0);
	ck_assert_int_eq(number(ann, "handed_out"), 1);
	ck_assert_int_eq(number(ann, "sla_time"), 3 * HOUR);
	ck_assert_int_eq(number(ann, "held_p90"), 6 * HOUR);
	ann = item(json_get(json_get(json_get(parsed.root, "views"), "teams"), "teams"), 0);
	ck_assert_str_eq(text(ann, "team"), "Desk");
	ck_assert_int_eq(number(ann, "handed_in"), 0);
	ck_assert_int_eq(number(ann, "held"), 1);
	ck_assert_int_eq(number(ann, "held_p50"), 10 * HOUR);
	parsed_free(&parsed);
	report_free(report);
}
END_TEST

/* A forged stream may hold any number: no sum overflows. */
START_TEST(forged_numbers)
{
	struct report *report = json_report();
	struct buf out = {0};
	struct made made;
	int i, cause;

	for (i = 0; i < 5000; i++) {
		start(&made, "x", "Ann", "Desk");
		for (cause = 0; cause < CAUSES; cause++)
			made.ownership.causes[cause] = i % 2 == 0 ? INT64_C(9007199254740991) : -5;
		made.ownership.owner_returns.direct = INT64_MAX;
		made.holdings[0].seconds = i % 2 == 0 ? INT64_MAX : -1;
		made.holdings[0].worked = INT64_C(9007199254740991);
		set_clock(&made, METRIC_RESOLVE, CLOCK_RUNNING, AS_OF)->outlook.probability =
		    INT64_C(9007199254740991);
		made.risk.clocks[METRIC_RESOLVE].elapsed = INT64_C(9007199254740991);
		add(report, &made);
	}
	render(report, &out);
	report_free(report);
	buf_free(&out);
}
END_TEST

/* Without records nothing is judged, and that is said. */
START_TEST(no_records)
{
	struct report *report = json_report();
	struct parsed parsed = {0};
	struct made made;

	start(&made, "1", "Ann", "Desk");
	report_add(report, &made.ticket, NULL, NULL);
	report_add(report, &made.ticket, NULL, &made.risk);
	report_add(report, &made.ticket, &made.ownership, NULL);
	parse(&parsed, report, "summary");
	ck_assert_int_eq(number(json_get(parsed.view, "tickets"), "tickets"), 3);
	ck_assert_int_eq(number(json_get(parsed.view, "tickets"), "open"), 2);
	ck_assert_uint_eq(json_count(json_get(parsed.view, "notes")), 3);
	parsed_free(&parsed);
	report_free(report);
}
END_TEST

START_TEST(options_are_checked)
{
	struct report_options options = report_defaults();

	ck_assert_ptr_null(report_options_check(&options));
	options.format = REPORT_CSV;
	ck_assert_ptr_nonnull(report_options_check(&options));
	options.views = 1U << REPORT_TEAMS;
	ck_assert_ptr_null(report_options_check(&options));
	options.views = 0;
	ck_assert_ptr_nonnull(report_options_check(&options));
	options.views = 1U << REPORT_VIEWS;
	ck_assert_ptr_nonnull(report_options_check(&options));
	options.views = 1U << REPORT_QBR;
	ck_assert_ptr_nonnull(report_options_check(&options));
	options.client = "Acme";
	ck_assert_ptr_null(report_options_check(&options));
	options.until = AS_OF;
	ck_assert_ptr_nonnull(report_options_check(&options));
	options.until = INSTANT_NONE;
	options.views = 1U << REPORT_TREND;
	options.compare = true;
	ck_assert_ptr_nonnull(report_options_check(&options));
	options.views = 1;
	options.limit = -1;
	ck_assert_ptr_nonnull(report_options_check(&options));
	ck_assert_int_eq(report_view_of("worklist"), REPORT_WORKLIST);
	ck_assert_int_eq(report_view_of("holiday"), -1);
	ck_assert_int_eq(report_format_of("json"), REPORT_JSON);
	ck_assert_int_eq(report_format_of(""), -1);
	ck_assert_str_eq(report_view_name(0), "summary");
	ck_assert_ptr_null(report_view_name(REPORT_VIEWS));
	ck_assert_ptr_null(report_format_name(REPORT_FORMATS));
}
END_TEST

Suite *report_suite(void);

Suite *
report_suite(void)
{
	Suite *suite = suite_create("report");
	TCase *numbers = tcase_create("numbers");

	tcase_add_loop_test(
	    numbers, order_does_not_matter, 0, (int)REPORT_FORMATS * (int)REPORT_VIEWS);
	tcase_add_test(numbers, worklist_order);
	tcase_add_test(numbers, every_deadline);
	tcase_add_test(numbers, limit);
	tcase_add_test(numbers, summary_numbers);
	tcase_add_test(numbers, nobody_is_no_name);
	tcase_add_test(numbers, holders);
	tcase_add_test(numbers, forged_numbers);
	tcase_add_test(numbers, no_records);
	tcase_add_test(numbers, options_are_checked);
	suite_add_tcase(suite, numbers);
	return suite;
}
