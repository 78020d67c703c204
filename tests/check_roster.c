/* check_roster.c: tests of the roster: people, their names and absences, and its faults */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/hash.h"
#include "policy/policy.h"
#include "tests/capture.h"
#include "time/instant.h"

static int64_t
instant(const char *text)
{
	int64_t at = INSTANT_NONE;

	ck_assert_msg(instant_parse(slice_z(text), &at), "%s is no instant", text);
	return at;
}

/* A folder with a policy and its roster; both are removed by drop_folder(). */
static char folder[64];

static void
write_file(const char *name, const char *text, size_t n)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, n, file), n);
	ck_assert_int_eq(fclose(file), 0);
}

static void
make_folder(const char *roster, size_t n)
{
	snprintf(folder, sizeof(folder), "/tmp/check_policy.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	write_file("r.csv", roster, n);
}

static void
drop_folder(void)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/r.csv", folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/p.json", folder);
	unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
}

static const char roster_policy[] =
    "{\"calendars\":{\"b\":{\"tz\":\"Europe/Berlin\",\"hours\":\"24x7\"}},\"roster\":\"r.csv\"}";

START_TEST(roster)
{
	static const char text[] =
	    "team,name,x-desk,aliases,tier,calendar,from,until,away\r\n"
	    "Desk,Ann Lee,4,ann; a.lee@example.com;ANN,2,b,2025-01-01,2027-01-01,"
	    "2026-08-03..2026-08-14;2026-03-29;2026-08-14..2026-08-20;2026-08-21\r\n"
	    "\r\n"
	    ",\"Bob, Jr\",,,,,,,\r\n";
	struct policy *policy;
	const struct person *ann, *bob;

	make_folder(text, strlen(text));
	policy = policy_parse("p.json", folder, slice_z(roster_policy));
	ck_assert_ptr_nonnull(policy);
	ck_assert(policy_has_roster(policy));
	ann = policy_person(policy, "ann lee");
	ck_assert_ptr_nonnull(ann);
	ck_assert_str_eq(ann->name, "Ann Lee");
	ck_assert_ptr_eq(policy_person(policy, " ANN\t"), ann);
	ck_assert_ptr_eq(policy_person(policy, "A.Lee@Example.com"), ann);
	ck_assert_ptr_null(policy_person(policy, "an"));
	ck_assert_ptr_null(policy_person(policy, ""));
	ck_assert_str_eq(ann->team, "Desk");
	ck_assert_int_eq(ann->tier, 2);
	ck_assert_ptr_eq(ann->calendar, policy_calendar(policy, "b"));
	ck_assert_int_eq(ann->from, instant("2024-12-31T23:00:00Z"));
	ck_assert_int_eq(ann->until, instant("2026-12-31T23:00:00Z"));
	ck_assert_uint_eq(ann->naway, 2);
	/* The clocks go forward on 29 March: a day of 23 hours. */
	ck_assert_int_eq(ann->away[0].from, instant("2026-03-28T23:00:00Z"));
	ck_assert_int_eq(ann->away[0].until, instant("2026-03-29T22:00:00Z"));
	ck_assert_int_eq(ann->away[1].from, instant("2026-08-02T22:00:00Z"));
	ck_assert_int_eq(ann->away[1].until, instant("2026-08-21T22:00:00Z"));
	bob = policy_person(policy, "bob, jr");
	ck_assert_ptr_nonnull(bob);
	ck_assert_ptr_null(bob->team);
	ck_assert_ptr_null(bob->calendar);
	ck_assert_int_eq(bob->tier, 0);
	ck_assert_int_eq(bob->from, INSTANT_NONE);
	ck_assert_int_eq(bob->until, INSTANT_NONE);
	ck_assert_uint_eq(bob->naway, 0);
	policy_free(policy);
	drop_folder();
}
END_TEST

START_TEST(roster_of_many)
{
	static char text[200000];
	struct policy *policy;
	char name[300];
	size_t n = 0;
	int i;

	n += (size_t)snprintf(text, sizeof(text), "name,aliases\n");
	for (i = 0; i < 3000; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "Person %d,p%d;q%d\n", i, i, i);
	snprintf(name, sizeof(name), "%0280d", 7);
	n += (size_t)snprintf(text + n, sizeof(text) - n, "%s,\n", name);
	make_folder(text, n);
	policy = policy_parse("p.json", folder, slice_z(roster_policy));
	ck_assert_ptr_nonnull(policy);
	for (i = 0; i < 3000; i++) {
		snprintf(text, 100, "Q%d", i);
		snprintf(text + 100, 100, "person %d", i);
		ck_assert_ptr_nonnull(policy_person(policy, text));
		ck_assert_ptr_eq(policy_person(policy, text), policy_person(policy, text + 100));
	}
	ck_assert_str_eq(policy_person(policy, name)->name, name);
	policy_free(policy);
	drop_folder();
}
END_TEST

static const struct fault roster_faults[] = {
    {"", "r.csv:1: error: roster: there is no header line"},
    {"team\nx\n", "r.csv:1:1: error: roster: there is no column \"name\""},
    {"name,tem\n", "r.csv:1:6: error: roster: unknown column \"tem\""},
    {"name,\n", "r.csv:1:6: error: roster: unknown column \"\""},
    {"name,team,name\n", "r.csv:1:11: error: roster: the column \"name\" is there twice"},
    {"name,team\nAnn\n", "r.csv:2: error: roster: 1 fields, where the header has 2"},
    {"name,team\n ,x\n", "r.csv:2:1: error: roster: a person needs a name"},
    {"team,name\nx,Ann\ny,ANN\n",
	"r.csv:3:3: error: roster: the name \"ANN\" is already that of \"Ann\""},
    {"name,aliases\nAnn,\nBob,b;ann\n",
	"r.csv:3:5: error: roster: the name \"ann\" is already that of \"Ann\""},
    {"name,tier\nAnn,0\n", "r.csv:2:5: error: roster: a tier must be a number from 1 to 99"},
    {"name,tier\nAnn,L2\n", "r.csv:2:5: error: roster: a tier must be"},
    {"name,tier\nAnn,100\n", "r.csv:2:5: error: roster: a tier must be"},
    {"name,calendar\nAnn,c\n", "r.csv:2:5: error: roster: the policy has no calendar \"c\""},
    {"name,from\nAnn,1.1.2026\n", "r.csv:2:5: error: roster: \"from\" must be a date"},
    {"name,until\n\"A\",2026-13-01\n", "r.csv:2:5: error: roster: \"until\" must be a date"},
    {"name,from,until\nAnn,2026-01-02,2026-01-02\n",
	"r.csv:2:16: error: roster: \"until\" must be after \"from\""},
    {"name,away\nAnn,2026-01-01..2026-02-30\n",
	"r.csv:2:5: error: roster: an absence must end with a date"},
    {"name,away\nAnn,2026-01-01..\n", "r.csv:2:5: error: roster: an absence must look like"},
    {"name,away\nAnn,2026-01-02..2026-01-01\n",
	"r.csv:2:5: error: roster: an absence ends before it begins"},
    {"name,away\nAnn,\"open\n", "error: roster: "},
    {"name\nA\xFFn\n", "r.csv:2:2: error: roster: not UTF-8"},
    {"na\xFFme\nAnn\n", "r.csv:1:3: error: roster: not UTF-8"},
};

START_TEST(each_roster_fault)
{
	const struct fault *fault = &roster_faults[_i];

	make_folder(fault->text, strlen(fault->text));
	capture();
	ck_assert_ptr_null(policy_parse("p.json", folder, slice_z(roster_policy)));
	ck_assert_msg(strstr(captured(), fault->says) != NULL, "%s\nsaid: %swanted: %s",
	    fault->text, captured(), fault->says);
	ck_assert_int_eq(diag_count(DIAG_BAD_ROSTER), 1);
	ck_assert_int_eq(diag_count(DIAG_BAD_POLICY), 0);
	drop_folder();
}
END_TEST

/* The same person as in the table above, and one of whom nothing is told. */
START_TEST(roster_in_json)
{
	static const char text[] =
	    " [{\"name\":\"Ann Lee\",\"x-desk\":4,\"about\":\"lead\",\"aliases\":[\"ann\",\" a.lee@example.com\","
	    "\"ANN\"],\"team\":\"Desk\",\"tier\":2,\"calendar\":\"b\",\"from\":\"2025-01-01\","
	    "\"until\":\"2027-01-01\",\"away\":[\"2026-08-03..2026-08-14\",\"2026-08-15..2026-08-21\"]},"
	    "{\"name\":\"Bob; Jr\",\"aliases\":null,\"away\":\"2026-01-02\"}]";
	static const char within[] = "{\"roster\":[{\"name\":\"Cy\",\"tier\":3}]}";
	struct policy *policy;
	const struct person *ann, *bob;

	make_folder(text, strlen(text));
	policy = policy_parse("p.json", folder, slice_z(roster_policy));
	ck_assert_ptr_nonnull(policy);
	ann = policy_person(policy, "A.Lee@Example.com");
	ck_assert_ptr_nonnull(ann);
	ck_assert_ptr_eq(policy_person(policy, "ANN LEE"), ann);
	ck_assert_str_eq(ann->team, "Desk");
	ck_assert_int_eq(ann->tier, 2);
	ck_assert_ptr_eq(ann->calendar, policy_calendar(policy, "b"));
	ck_assert_int_eq(ann->from, instant("2024-12-31T23:00:00Z"));
	ck_assert_int_eq(ann->until, instant("2026-12-31T23:00:00Z"));
	ck_assert_uint_eq(ann->naway, 1);
	ck_assert_int_eq(ann->away[0].until, instant("2026-08-21T22:00:00Z"));
	bob = policy_person(policy, "bob; jr");
	ck_assert_ptr_nonnull(bob);
	ck_assert_ptr_null(bob->team);
	ck_assert_int_eq(bob->tier, 0);
	ck_assert_int_eq(bob->away[0].from, instant("2026-01-02T00:00:00Z"));
	policy_free(policy);
	drop_folder();
	policy = policy_parse("p.json", NULL, slice_z(within));
	ck_assert_ptr_nonnull(policy);
	ck_assert(policy_has_roster(policy));
	ck_assert_int_eq(policy_person(policy, "cy")->tier, 3);
	policy_free(policy);
}
END_TEST

static const struct fault json_faults[] = {
    {"[{\"name\":\"Ann\"", "r.csv:1:15: error: roster: "},
    {"[{\"name\":\"Ann\",\"name\":\"Bob\"}]", "error: roster: "},
    {"[\n 1]", "r.csv:2:2: error: roster: a person must be an object"},
    {"[{}]", "r.csv:1:2: error: roster: a person needs a name"},
    {"[{\"name\":\" \"}]", "r.csv:1:3: error: roster: a person needs a name"},
    {"[{\"name\":\"Ann\",\n\"tem\":1}]",
	"r.csv:2:1: error: roster: there are name, aliases, team,"},
    {"[{\"name\":5}]", "r.csv:1:3: error: roster: this must be a string"},
    {"[{\"name\":\"Ann\",\"aliases\":[\"a\",7]}]",
	"r.csv:1:31: error: roster: this must be a string"},
    {"[{\"name\":\"Ann\"},{\"name\":\"Bob\",\"aliases\":[\"ANN\"]}]",
	"r.csv:1:31: error: roster: the name \"ANN\" is already that of \"Ann\""},
    {"[{\"name\":\"Ann\",\"tier\":\"2\"}]", "r.csv:1:16: error: roster: a tier must be a number"},
    {"[{\"name\":\"Ann\",\"tier\":1.5}]", "r.csv:1:16: error: roster: a tier must be a number"},
    {"[{\"name\":\"Ann\",\"calendar\":\"c\"}]",
	"r.csv:1:16: error: roster: the policy has no calendar \"c\""},
    {"[{\"name\":\"Ann\",\"away\":[\"soon\"]}]",
	"r.csv:1:16: error: roster: an absence must look like"},
};

START_TEST(each_json_fault)
{
	const struct fault *fault = &json_faults[_i];

	make_folder(fault->text, strlen(fault->text));
	capture();
	ck_assert_ptr_null(policy_parse("p.json", folder, slice_z(roster_policy)));
	ck_assert_msg(strstr(captured(), fault->says) != NULL, "%s\nsaid: %swanted: %s",
	    fault->text, captured(), fault->says);
	ck_assert_int_eq(diag_count(DIAG_BAD_ROSTER), 1);
	drop_folder();
}
END_TEST

START_TEST(roster_all_faults)
{
	static const char text[] = "name,tier,away\nAnn,x,never\nBob,1\nCy,2,2026-01-01\nann,,\n";

	make_folder(text, strlen(text));
	capture();
	ck_assert_ptr_null(policy_parse("p.json", folder, slice_z(roster_policy)));
	ck_assert_int_eq(diag_count(DIAG_BAD_ROSTER), 4);
	ck_assert_int_eq(diag_status(), 3);
	drop_folder();
}
END_TEST

START_TEST(load_and_hash)
{
	static const char text[] = "name\nAnn\n";
	char path[128], hashes[129], whole[65];
	struct policy *policy;

	make_folder(text, strlen(text));
	write_file("p.json", roster_policy, strlen(roster_policy));
	snprintf(path, sizeof(path), "%s/p.json", folder);
	policy = policy_load(path);
	ck_assert_ptr_nonnull(policy);
	ck_assert_str_eq(policy_title(policy), path);
	ck_assert_ptr_nonnull(policy_person(policy, "ann"));
	hash_sha256(slice_z(roster_policy), hashes);
	hash_sha256(slice_z(text), hashes + 64);
	hash_sha256((struct slice){hashes, 128}, whole);
	ck_assert_str_eq(policy_hash(policy), whole);
	policy_free(policy);
	drop_folder();
}
END_TEST

Suite *roster_suite(void);

Suite *
roster_suite(void)
{
	Suite *suite = suite_create("roster");
	TCase *tcase = tcase_create("roster");

	tcase_add_test(tcase, roster);
	tcase_add_test(tcase, roster_of_many);
	tcase_add_loop_test(
	    tcase, each_roster_fault, 0, (int)(sizeof(roster_faults) / sizeof(roster_faults[0])));
	tcase_add_test(tcase, roster_in_json);
	tcase_add_loop_test(
	    tcase, each_json_fault, 0, (int)(sizeof(json_faults) / sizeof(json_faults[0])));
	tcase_add_test(tcase, roster_all_faults);
	tcase_add_test(tcase, load_and_hash);
	suite_add_tcase(suite, tcase);
	return suite;
}
