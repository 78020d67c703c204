/* check_presets.c: the presets of conventions: names, cells, and the manual page that lists them */
#include <stdlib.h>
#include <string.h>

#include "policy/loader.h"
#include "policy/presets.h"
#include "tests/support.h"

static struct policy *
parse(const char *text)
{
	return policy_parse("p.json", NULL, slice_z(text));
}

START_TEST(names)
{
	static const char *const wanted[] = {"zendesk", "jira", "servicenow", "connectwise",
	    "autotask", "halo", "freshdesk", "glpi", "zammad", "znuny", "rt"};
	struct conventions conventions;
	size_t i;

	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		ck_assert_str_eq(conventions_preset_name(i), wanted[i]);
	ck_assert_ptr_null(conventions_preset_name(i));
	conventions_default(&conventions);
	ck_assert(!conventions_preset("otobo", &conventions));
	ck_assert(!conventions_preset("", &conventions));
}
END_TEST

/* Each word is one that the member has, and one that is given has its source. */
START_TEST(cells)
{
	struct conventions conventions;
	struct preset_cell cell;
	size_t i, k;

	for (i = 0; conventions_preset_name(i) != NULL; i++)
		for (k = 0; preset_cell(conventions_preset_name(i), k, &cell); k++) {
			if (cell.word == NULL)
				continue;
			ck_assert_ptr_nonnull(cell.source);
			ck_assert_msg(conventions_set(&conventions, cell.member, cell.word),
			    "%s: %s %s", conventions_preset_name(i), cell.member, cell.word);
		}
}
END_TEST

/* Without a source the default is kept; members beside the preset go before it in any order. */
START_TEST(in_a_policy)
{
	struct policy *policy = parse(
	    "{\"conventions\":{\"deadline\":\"closing\",\"pause\":{\"resolve\":[\"on_hold\"]},"
	    "\"preset\":\"zammad\"}}");
	const struct conventions *read = policy_conventions(policy);
	unsigned waiting = 1u << STATE_WAITING_CLIENT | 1u << STATE_WAITING_VENDOR |
	    1u << STATE_ON_HOLD | 1u << STATE_SCHEDULED;

	ck_assert_int_eq(read->deadline, DEADLINE_CLOSING);
	ck_assert_uint_eq(read->pause[METRIC_RESOLVE], 1u << STATE_ON_HOLD);
	ck_assert_uint_eq(read->pause[METRIC_FIRST_RESPONSE], waiting);
	ck_assert_uint_eq(read->pause[METRIC_UPDATE], 0);
	ck_assert_int_eq(read->update_restart, UPDATE_ANY);
	ck_assert_int_eq(read->priority_change, PRIORITY_CARRY);
	policy_free(policy);
	policy = parse("{\"conventions\":{\"preset\":\"znuny\"}}");
	ck_assert_uint_eq(policy_conventions(policy)->pause[METRIC_RESOLVE], 0);
	policy_free(policy);
	policy = parse("{\"conventions\":{\"preset\":\"servicenow\"}}");
	ck_assert_int_eq(policy_conventions(policy)->priority_change, PRIORITY_RESTART);
	ck_assert_int_eq(policy_conventions(policy)->first_response, RESPONSE_PUBLIC);
	policy_free(policy);
	policy = parse("{\"conventions\":{\"preset\":\"glpi\"}}");
	ck_assert_int_eq(policy_conventions(policy)->first_response, RESPONSE_ASSIGNED);
	ck_assert_uint_eq(
	    policy_conventions(policy)->pause[METRIC_RESOLVE], waiting & ~(1u << STATE_SCHEDULED));
	policy_free(policy);
}
END_TEST

START_TEST(words)
{
	struct conventions conventions;

	conventions_default(&conventions);
	ck_assert(conventions_set(&conventions, "start", "status"));
	ck_assert_int_eq(conventions.start, START_STATUS);
	ck_assert(conventions_set(&conventions, "zero_target", "first_business_instant"));
	ck_assert_int_eq(conventions.zero_target, ZERO_FIRST_BUSINESS_INSTANT);
	ck_assert(conventions_set(&conventions, "business_days", "end_of_day"));
	ck_assert(conventions.end_of_day);
	ck_assert(conventions_set(&conventions, "pause.team", "new on_hold"));
	ck_assert_uint_eq(conventions.pause[METRIC_TEAM], 1u << STATE_NEW | 1u << STATE_ON_HOLD);
	ck_assert(conventions_set(&conventions, "pause.team", "none"));
	ck_assert_uint_eq(conventions.pause[METRIC_TEAM], 0);
	ck_assert(!conventions_set(&conventions, "pause.team", "closed"));
	ck_assert(!conventions_set(&conventions, "pause.teams", "none"));
	ck_assert(!conventions_set(&conventions, "start", "open"));
	ck_assert(!conventions_set(&conventions, "begin", "opened"));
}
END_TEST

START_TEST(printed)
{
	struct buf out = {0};

	presets_print(&out, "otobo");
	ck_assert_uint_eq(out.n, 0);
	presets_print(&out, "rt");
	ck_assert_int_eq(strncmp(buf_z(&out), "reopen                unverified\n", 32), 0);
	ck_assert_ptr_nonnull(strstr(buf_z(&out),
	    "zero_target           first_business_instant\n"
	    "                      github bestpractical/rt 72106ba9 t/sla/timezone.t\n"));
	ck_assert_ptr_nonnull(strstr(buf_z(&out), "start                 unverified\n"));
	buf_free(&out);
}
END_TEST

/* The lines of sla-policy(5) for one preset, as they must stand there one behind the other. */
static void
page_lines(struct buf *out, const char *name)
{
	struct preset_cell cell;
	size_t i;

	buf_addf(out, ".Ss %s\n.Bl -tag -width Ds -compact\n", name);
	for (i = 0; preset_cell(name, i, &cell); i++)
		if (cell.word != NULL)
			buf_addf(
			    out, ".It Ic %s No = Cm %s\n%s\n", cell.member, cell.word, cell.source);
		else if (cell.source != NULL)
			buf_addf(out, ".It Ic %s No = unverified\n%s\n", cell.member, cell.source);
	buf_addz(out, ".El\n");
}

START_TEST(manual_page)
{
	char *page = slurp("man/sla-policy.5", NULL);
	struct buf lines = {0};
	size_t i;

	if (page == NULL) {
		skip_test("man/sla-policy.5 is not here");
		return;
	}
	for (i = 0; conventions_preset_name(i) != NULL; i++) {
		buf_clear(&lines);
		page_lines(&lines, conventions_preset_name(i));
		ck_assert_msg(strstr(page, buf_z(&lines)) != NULL,
		    "sla-policy(5) does not have:\n%s", buf_z(&lines));
	}
	buf_free(&lines);
	free(page);
}
END_TEST

Suite *presets_suite(void);

Suite *
presets_suite(void)
{
	Suite *suite = suite_create("presets");
	TCase *tcase = tcase_create("presets");

	tcase_add_test(tcase, names);
	tcase_add_test(tcase, cells);
	tcase_add_test(tcase, in_a_policy);
	tcase_add_test(tcase, words);
	tcase_add_test(tcase, printed);
	tcase_add_test(tcase, manual_page);
	suite_add_tcase(suite, tcase);
	return suite;
}
