/* check_gate.c: tests of the gates' language and of what it makes of missing evidence */
#include "report/report.h"
#include "tests/capture.h"
#include "tests/made.h"
#include "tests/support.h"

/* Ann has two tickets of P1, one breached; Bob one of P2, met; nobody one of P3, not judged. */
static struct report *
report_all_of(struct gates *gates)
{
	struct report_options options = report_defaults();
	struct report *report;
	static const struct {
		const char *id, *owner, *team;
		enum priority priority;
		enum clock_state state;
	} tickets[] = {{"a", "Ann", "Desk", PRIORITY_P1, CLOCK_BREACHED},
	    {"b", "Ann", "Net Ops", PRIORITY_P1, CLOCK_MET},
	    {"c", "Bob", "Desk", PRIORITY_P2, CLOCK_MET},
	    {"d", NULL, NULL, PRIORITY_P3, CLOCK_UNKNOWN}};
	struct made made;
	size_t i;

	options.as_of = AS_OF;
	options.gates = gates;
	report = report_new(&options);
	for (i = 0; i < sizeof(tickets) / sizeof(tickets[0]); i++) {
		start(&made, tickets[i].id, tickets[i].owner, tickets[i].team);
		made.ticket.client = i < 2 ? "Acme \"A\"" : NULL;
		made.ownership.head.priority = tickets[i].priority;
		made.risk.head = made.ownership.head;
		set_clock(&made, METRIC_RESOLVE, tickets[i].state, AS_OF);
		report_add(report, &made.ticket, &made.ownership, &made.risk);
	}
	return report;
}

static const struct {
	const char *text;
	enum gate_outcome outcome;
	const char *words;
} cases[] = {
    {"open > 3", GATE_TRIPPED, "open is 4"},
    {"open > 4", GATE_PASSED, ""},
    {"open>=4", GATE_TRIPPED, "open is 4"},
    {"open < 5 AND open != 3 and open = 4", GATE_TRIPPED, "open is 4, open is 4, open is 4"},
    {"open <= 3 or open < 4", GATE_PASSED, ""},
    {"not open = 4", GATE_PASSED, ""},
    {"not not open = 4", GATE_TRIPPED, "open is 4"},
    {"not (open = 3 or open = 5)", GATE_TRIPPED, "open is 4, open is 4"},
    {"breach_rate > 33.333%", GATE_TRIPPED, "breach_rate is 33.3 % (1 of 3)"},
    {"breach_rate > 33.334%", GATE_PASSED, ""},
    {"breach_rate = 50% and owner = Ann", GATE_TRIPPED,
	"breach_rate is 50.0 % (1 of 2) where owner = Ann"},
    {"owner=ann and breach_rate=50%", GATE_TRIPPED,
	"breach_rate is 50.0 % (1 of 2) where owner=ann"},
    /* The filters of a chain are for all of its measures, those in parentheses for theirs. */
    {"open = 2 and priority = P1 and met = 1", GATE_TRIPPED,
	"open is 2 where priority = P1, met is 1 where priority = P1"},
    {"open = 4 and (open = 2 and priority = P1)", GATE_TRIPPED,
	"open is 4, open is 2 where priority = P1"},
    {"priority = P1 and (open = 1 and team = Desk)", GATE_TRIPPED,
	"open is 1 where priority = P1 and team = Desk"},
    {"(open = 1 and priority = P1) or (open = 1 and priority = P2)", GATE_TRIPPED,
	"open is 1 where priority = P2"},
    {"open = 3 and (priority = P1 or priority = P2)", GATE_TRIPPED,
	"open is 3 where (priority = P1 or priority = P2)"},
    {"open = 2 and not priority = P1", GATE_TRIPPED, "open is 2 where not priority = P1"},
    {"open = 1 and owner = none", GATE_TRIPPED, "open is 1 where owner = none"},
    {"open = 0 and owner = \"none\"", GATE_TRIPPED, "open is 0 where owner = \"none\""},
    {"open = 3 and owner != none", GATE_TRIPPED, "open is 3 where owner != none"},
    {"open = 1 and team = 'net *'", GATE_TRIPPED, "open is 1 where team = 'net *'"},
    {"open = 2 and client = 'Acme \"A\"'", GATE_TRIPPED, "open is 2 where client = 'Acme \"A\"'"},
    {"open = 4 and source = test and type = none", GATE_TRIPPED,
	"open is 4 where source = test and type = none"},
    {"orphaned_open = 1", GATE_TRIPPED, "orphaned_open is 1"},
    /* What is not judged: true and unknown is unknown, false and unknown is false. */
    {"breach_rate > 0% and priority = P3", GATE_NOT_JUDGED,
	"breach_rate is not judged: no evidence where priority = P3"},
    {"not breach_rate > 0% and priority = P3", GATE_NOT_JUDGED,
	"breach_rate is not judged: no evidence where priority = P3"},
    {"breached = 0 and priority = P3", GATE_NOT_JUDGED,
	"breached is not judged: no evidence where priority = P3"},
    {"pickup.breach_rate > 0% and open = 4", GATE_NOT_JUDGED,
	"pickup.breach_rate is not judged: no evidence"},
    {"pickup.breach_rate > 0% and open = 5", GATE_PASSED, ""},
    {"pickup.breach_rate > 0% or open = 4", GATE_TRIPPED, "open is 4"},
    {"pickup.breach_rate > 0% or open = 5", GATE_NOT_JUDGED,
	"pickup.breach_rate is not judged: no evidence"},
    {"acceptance_p50 > 0", GATE_NOT_JUDGED, "acceptance_p50 is not judged: no evidence"},
    {"pickup.no_target = 4", GATE_TRIPPED, "pickup.no_target is 4"},
    {"orphan_share > 24.9%", GATE_TRIPPED, "orphan_share is 25.0 % (36000 of 144000)"},
};

START_TEST(judges)
{
	struct gates *gates = gates_new();
	struct buf words = {0};
	struct report *report;

	ck_assert_int_eq(gates_add(gates, cases[_i].text), 0);
	ck_assert_uint_eq(gates_count(gates), 1);
	ck_assert_str_eq(gates_text(gates, 0), cases[_i].text);
	report = report_all_of(gates);
	ck_assert_int_eq(gates_judge(report, 0, &words), cases[_i].outcome);
	ck_assert_str_eq(buf_z(&words), cases[_i].words);
	buf_free(&words);
	report_free(report);
	gates_free(gates);
}
END_TEST

/* As deep as it may be, and a bit deeper; as long as it may be, and a bit longer. */
START_TEST(bounds)
{
	struct gates *gates = gates_new();
	struct buf text = {0};
	struct report *report;
	int i;

	for (i = 0; i < 39; i++)
		buf_addc(&text, '(');
	buf_addz(&text, "open > 1");
	for (i = 0; i < 39; i++)
		buf_addc(&text, ')');
	ck_assert_int_eq(gates_add(gates, buf_z(&text)), 0);
	buf_clear(&text);
	for (i = 0; i < 40; i++)
		buf_addz(&text, "not ");
	buf_addz(&text, "open > 1");
	capture();
	ck_assert_int_eq(gates_add(gates, buf_z(&text)), -1);
	buf_clear(&text);
	while (text.n < 9900)
		buf_addz(&text, "open > 1 and ");
	buf_addz(&text, "open > 1");
	ck_assert_int_eq(gates_add(gates, buf_z(&text)), 0);
	buf_addz(&text,
	    " and open > 1 and open > 1 and open > 1 and open > 1 and open > 1 and open > 1"
	    " and open > 1");
	ck_assert_int_eq(gates_add(gates, buf_z(&text)), -1);
	ck_assert_ptr_nonnull(strstr(captured(), "column 161: this stands too deep"));
	ck_assert_ptr_nonnull(strstr(captured(), "longer than 10000 bytes"));
	report = report_all_of(gates);
	buf_clear(&text);
	ck_assert_int_eq(gates_judge(report, 1, &text), GATE_TRIPPED);
	report_free(report);
	buf_free(&text);
	gates_free(gates);
}
END_TEST

Suite *gate_suite(void);

Suite *
gate_suite(void)
{
	Suite *suite = suite_create("gate");
	TCase *tests = tcase_create("gate");

	tcase_add_loop_test(tests, judges, 0, (int)(sizeof(cases) / sizeof(cases[0])));
	tcase_add_test(tests, bounds);
	suite_add_tcase(suite, tests);
	return suite;
}
