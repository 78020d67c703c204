/* check_policy_check.c: what policy_check() finds, and the starter policy */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "policy/policy.h"
#include "tests/capture.h"

/* The result of policy_check() on a file with that text; what it said is in captured(). */
static int
check_text(const char *text)
{
	char path[] = "/tmp/check_policy.XXXXXX";
	int fd = mkstemp(path), result;

	ck_assert_int_ne(fd, -1);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	capture();
	result = policy_check(path);
	unlink(path);
	return result;
}

/* Two targets, the second one at column 51 + the length of the first one's members. */
#define TWO(a, b) "{\"targets\":[{\"pickup\":\"1h\"," a "},\n{\"pickup\":\"1h\"," b "}]}"
#define M(match)  "\"match\":{" match "}"

/* Two budgets, and two costs. */
#define BUDGETS(a, b)                                                                     \
	"{\"budgets\":[{\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":\"5%\"," a \
	"},\n{\"allowed\":\"4%\"," b "}]}"
#define COSTS(a, b)                                           \
	"{\"costs\":[{\"currency\":\"EUR\",\"per_hour\":1," a \
	"},\n{\"currency\":\"CHF\",\"per_hour\":1," b "}]}"

static const struct {
	const char *text;
	const char *says; /* NULL: nothing is wrong */
} cases[] = {
    {TWO("\"name\":\"a\"", "\"name\":\"b\""),
	":2:1: error: policy: no ticket reaches target \"b\": the earlier \"a\" takes them all"},
    {BUDGETS(M(""), M("\"client\":\"Acme\"") ",\"period\":\"week\",\"metric\":\"resolve\""),
	":2:1: error: policy: no ticket reaches budget \"budget 2\": the earlier \"budget 1\" takes "
	"them all"},
    {BUDGETS(M(""), M("") ",\"period\":\"month\",\"metric\":\"resolve\""), NULL},
    {BUDGETS(M(""), M("") ",\"period\":\"week\",\"metric\":\"pickup\""), NULL},
    {BUDGETS(M("\"client\":\"Acme\""), M("") ",\"period\":\"week\",\"metric\":\"resolve\""), NULL},
    {COSTS(M("\"team\":\"*\""), M("\"team\":\"Desk\"")),
	":2:1: error: policy: no ticket reaches cost 2: the earlier cost 1 takes them all"},
    {COSTS(M("\"team\":\"Desk\""), M("")), NULL},
    {TWO(M(""), M("\"client\":\"Acme\"")), "no ticket reaches target \"target 2\""},
    {TWO(M("\"client\":\"Acme\""), M("")), NULL},
    {TWO(M("\"client\":\"Acme*\""), M("\"client\":[\"ACME GmbH\",\"acme*inc*\"]")), "no ticket"},
    {TWO(M("\"client\":\"Acme*\""), M("\"client\":[\"Acme GmbH\",\"Bolt\"]")), NULL},
    {TWO(M("\"client\":\"Acme GmbH\""), M("\"client\":\"Acme*\"")), NULL},
    {TWO(M("\"client\":\"Acme?\""), M("\"client\":\"Acme*\"")), NULL},
    {TWO(M("\"client\":\"Acme?\""), M("\"client\":\"Acme1\"")), "no ticket"},
    {TWO(M("\"client\":\"*\""), M("\"client\":\"\"")), NULL},
    {TWO(M("\"client\":\"*\""), M("\"team\":\"x\"")), NULL},
    {TWO(M("\"client\":[\"*\",\"\"]"), M("\"team\":\"x\"")), "no ticket"},
    {TWO(M("\"client\":\"*\""), M("\"client\":\"a?b\"")), "no ticket"},
    {TWO(M("\"priority\":[\"P1\",\"P2\"]"), M("\"priority\":\"P2\",\"client\":\"Acme\"")),
	"no ticket"},
    {TWO(M("\"priority\":[\"P1\",\"P2\"],\"client\":\"B\""), M("\"priority\":\"P2\"")), NULL},
    {TWO(M("\"priority\":\"P1\""), M("\"priority\":[\"P1\",\"P2\"]")), NULL},
    {TWO(M("\"priority\":[\"P*\",\"\"]"), M("\"team\":\"x\"")), "no ticket"},
    {TWO(M("\"priority\":\"P*\""), M("\"team\":\"x\"")), NULL},
    {TWO(M("\"category\":\"net*\""), M("\"category\":\"network\"")), "no ticket"},
    /* In force for other times, one behind the other or apart. */
    {TWO("\"until\":\"2026-01-01\"", "\"from\":\"2026-01-01\""), NULL},
    {TWO("\"until\":\"2026-01-01\"", "\"about\":\"for ever\""), NULL},
    {TWO("\"from\":\"2026-01-01\"", "\"from\":\"2026-01-01\""), "no ticket"},
    {TWO("\"from\":\"2026-01-01\"", "\"from\":\"2027-01-01\",\"until\":\"2028-01-01\""),
	"no ticket"},
    {TWO("\"from\":\"2027-01-01\"", "\"from\":\"2026-01-01\""), NULL},
    /* One name, one match, and both in force for a while. */
    {TWO("\"name\":\"a\",\"until\":\"2026-06-01\"", "\"name\":\"a\",\"from\":\"2026-01-01\""),
	":2:1: error: policy: two targets \"a\" with the same match are in force at one time"},
    {TWO("\"name\":\"a\",\"until\":\"2026-06-01\"", "\"name\":\"b\",\"from\":\"2026-01-01\""),
	NULL},
    {TWO("\"name\":\"a\",\"until\":\"2026-01-01\"", "\"name\":\"a\",\"from\":\"2026-01-01\""),
	NULL},
    {TWO("\"name\":\"a\",\"until\":\"2026-06-01\"," M("\"client\":\"x\""),
	 "\"name\":\"a\",\"from\":\"2026-01-01\"," M("\"client\":\"X\"")),
	"two targets \"a\""},
    {TWO("\"name\":\"a\",\"until\":\"2026-06-01\"," M("\"client\":\"x\""),
	 "\"name\":\"a\",\"from\":\"2026-01-01\"," M("\"client\":\"y\"")),
	NULL},
    /* What policy_load() refuses stays refused, and is said alone. */
    {TWO("\"name\":\"a\"", "\"calendar\":\"b\""), "there is no calendar"},
};

START_TEST(each_check)
{
	int result = check_text(cases[_i].text);

	ck_assert_msg(
	    (result == 0) == (cases[_i].says == NULL), "%s\nsaid: %s", cases[_i].text, captured());
	if (cases[_i].says == NULL)
		ck_assert_str_eq(captured(), "");
	else
		ck_assert_msg(strstr(captured(), cases[_i].says) != NULL, "%s\nsaid: %swanted: %s",
		    cases[_i].text, captured(), cases[_i].says);
}
END_TEST

/* policy_load() minds none of this: an old policy goes on working. */
START_TEST(only_the_check_minds)
{
	struct policy *policy =
	    policy_parse("p.json", NULL, slice_z(TWO("\"name\":\"a\"", "\"name\":\"b\"")));

	ck_assert_ptr_nonnull(policy);
	policy_free(policy);
}
END_TEST

START_TEST(calendars_that_nobody_uses)
{
	ck_assert_int_eq(
	    check_text("{\"calendars\":{\"used\":{\"extends\":\"base\"},\"base\":{\"tz\":\"UTC\","
		       "\"hours\":\"24x7\"},\n\"idle\":{\"extends\":\"24x7\"}},"
		       "\"targets\":[{\"calendar\":\"used\",\"pickup\":\"1h\"}]}"),
	    0);
	ck_assert_int_eq(diag_status(), 0);
	ck_assert_ptr_nonnull(strstr(captured(), ":2:1: note: "));
	ck_assert_ptr_nonnull(strstr(captured(), "uses the calendar \"idle\""));
	ck_assert_ptr_null(strstr(captured(), "\"base\""));
	ck_assert_ptr_null(strstr(captured(), "\"used\""));
}
END_TEST

START_TEST(missing_file)
{
	capture();
	ck_assert_int_eq(policy_check("/no/such/policy.json"), -1);
	ck_assert_int_ge(diag_status(), 3);
}
END_TEST

/* Without a fault and without a note; and its conventions are the defaults, as it says. */
START_TEST(starter)
{
	struct policy *policy, *none;

	ck_assert_int_eq(check_text(policy_starter()), 0);
	ck_assert_str_eq(captured(), "");
	policy = policy_parse("starter", NULL, slice_z(policy_starter()));
	none = policy_none();
	ck_assert_ptr_nonnull(policy);
	ck_assert_mem_eq(
	    policy_conventions(policy), policy_conventions(none), sizeof(struct conventions));
	policy_free(policy);
	policy_free(none);
}
END_TEST

Suite *policy_check_suite(void);

Suite *
policy_check_suite(void)
{
	Suite *suite = suite_create("policy_check");
	TCase *tcase = tcase_create("policy_check");

	tcase_add_loop_test(tcase, each_check, 0, (int)(sizeof(cases) / sizeof(cases[0])));
	tcase_add_test(tcase, only_the_check_minds);
	tcase_add_test(tcase, calendars_that_nobody_uses);
	tcase_add_test(tcase, missing_file);
	tcase_add_test(tcase, starter);
	suite_add_tcase(suite, tcase);
	return suite;
}
