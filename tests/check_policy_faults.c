/* check_policy_faults.c: what is wrong with a policy, and the place it is reported at */
#include <string.h>

#include "base/diag.h"
#include "policy/policy.h"
#include "tests/capture.h"

static struct policy *
parse(const char *text)
{
	return policy_parse("p.json", NULL, slice_z(text));
}

#define CALENDAR(members) "{\"calendars\":{\"a\":{" members "}}}"
#define HOURS(day)        CALENDAR("\"tz\":\"UTC\",\"hours\":{\"mon\":[" day "]}")
#define HOLIDAY(day)      CALENDAR("\"tz\":\"UTC\",\"hours\":\"24x7\",\"holidays\":[" day "]")
#define TARGET(members)   "{\"targets\":[{" members "}]}"
#define PICKUP(duration)  TARGET("\"pickup\":" duration)
#define MATCH(members)    TARGET("\"pickup\":\"1h\",\"match\":{" members "}")
#define CONVENTION(m)     "{\"conventions\":{" m "}}"
#define THRESHOLD(m)      "{\"thresholds\":{" m "}}"
#define BUDGET(m)         "{\"budgets\":[{" m "}]}"
#define COST(m)           "{\"costs\":[{" m "}]}"

static const struct fault faults[] = {
    {"", "p.json:1:1: error: policy: "},
    {"{\n \"targets\": [,]}", "p.json:2:14: error: policy: "},
    {"[]", "p.json:1:1: error: policy: this must be an object"},
    {"{\"targets\":[],\"targets\":[]}", "p.json:1:15: error: policy: "},
    {"{\"target\":[]}", "p.json:1:2: error: policy: unknown member \"target\"; there are: "},
    {"{\"about\":5}", "p.json:1:2: error: policy: \"about\" must be a string"},
    {"{\"calendars\":[]}", "p.json:1:2: error: policy: \"calendars\" must be an object"},
    {"{\"calendars\":{\"24x7\":{}}}",
	"p.json:1:15: error: policy: the calendar \"24x7\" is built in"},
    {"{\"calendars\":{\"\":{\"tz\":\"UTC\",\"hours\":\"24x7\"}}}",
	":1:15: error: policy: a calendar needs a name"},
    {"{\"calendars\":{\"a\":5}}", ":1:15: error: policy: \"a\" must be an object"},
    {CALENDAR("\"hours\":\"24x7\""), ":1:15: error: policy: calendar \"a\" needs a \"tz\""},
    {CALENDAR("\"tz\":\"UTC\""), ":1:15: error: policy: calendar \"a\" needs \"hours\""},
    {CALENDAR("\"tz\":\"Mars/Base\",\"hours\":\"24x7\""),
	":1:20: error: policy: time zone \"Mars/Base\": "},
    {CALENDAR("\"tz\":5,\"hours\":\"24x7\""), ":1:20: error: policy: \"tz\" must be a string"},
    {CALENDAR("\"tz\":\"\",\"hours\":\"24x7\""), ":1:20: error: policy: an empty string"},
    {CALENDAR("\"extends\":\"b\",\"tz\":\"UTC\",\"hours\":\"24x7\""),
	":1:20: error: policy: there is no calendar \"b\""},
    {CALENDAR("\"tz\":\"UTC\",\"hours\":\"9-5\""),
	":1:31: error: policy: \"hours\" must be \"24x7\" or an object"},
    {CALENDAR("\"tz\":\"UTC\",\"hours\":{}"),
	":1:15: error: policy: calendar \"a\" has no working time"},
    {CALENDAR("\"tz\":\"UTC\",\"hours\":{\"mon\":[]}"),
	":1:15: error: policy: calendar \"a\" has no working time"},
    {CALENDAR("\"tz\":\"UTC\",\"hours\":{\"monday\":[]}"),
	":1:40: error: policy: \"monday\" is no weekday"},
    {CALENDAR("\"tz\":\"UTC\",\"hours\":{\"mon\":\"24x7\"}"),
	":1:40: error: policy: \"mon\" must be an array"},
    {HOURS("5"), ":1:47: error: policy: this must be a string"},
    {HOURS("\"9:00-17:00\""), ":1:47: error: policy: \"9:00-17:00\" must look like 09:00-17:30"},
    {HOURS("\"09:00-25:00\""), ":1:47: error: policy: \"09:00-25:00\" has a time that is not"},
    {HOURS("\"09:00-24:01\""), ":1:47: error: policy: \"09:00-24:01\" has a time that is not"},
    {HOURS("\"09:60-10:00\""), ":1:47: error: policy: \"09:60-10:00\" has a time that is not"},
    {HOURS("\"24:00-10:00\""), ":1:47: error: policy: \"24:00-10:00\" has a time that is not"},
    {HOURS("\"0a:00-10:00\""), ":1:47: error: policy: \"0a:00-10:00\" has a time that is not"},
    {HOURS("\"09:00-12:00\",\"13:00-13:00\""), ":1:61: error: policy: \"13:00-13:00\" is empty: "},
    {CALENDAR("\"tz\":\"UTC\",\"hours\":\"24x7\",\"holidays\":{}"),
	":1:46: error: policy: \"holidays\" must be an array"},
    {HOLIDAY("\"2026-02-29\""), ":1:58: error: policy: \"2026-02-29\" is no date: "},
    {HOLIDAY("\"1949-12-31\""), ":1:58: error: policy: \"1949-12-31\" is no date: "},
    {HOLIDAY("\"02-30\""), ":1:58: error: policy: \"02-30\" is no date: "},
    {HOLIDAY("\"13-01\""), ":1:58: error: policy: \"13-01\" is no date: "},
    {HOLIDAY("\"2026/01/01\""), ":1:58: error: policy: \"2026/01/01\" is no date: "},
    {HOLIDAY("20260101"), ":1:58: error: policy: a date must be a string"},
    {HOLIDAY("{\"ics\":\"no/such.ics\"}"), ":1:59: error: policy: the holidays cannot be read"},
    {HOLIDAY("{\"ics\":5,\"url\":\"\"}"), "unknown member \"url\"; there are: ics"},
    {HOLIDAY("{\"hours\":[]}"), ":1:58: error: policy: a day with its own hours needs a \"date\""},
    {HOLIDAY("{\"date\":\"12-24\"}"), ":1:58: error: policy: a date in an object needs \"hours\""},
    {HOLIDAY("{\"date\":\"12-99\",\"hours\":[]}"), ":1:59: error: policy: \"12-99\" is no date: "},
    {HOLIDAY("{\"date\":\"12-24\",\"hours\":[\"8\"]}"),
	":1:83: error: policy: \"8\" must look like "},
    {HOLIDAY("{\"date\":\"12-24\",\"hours\":[],\"why\":1}"),
	":1:85: error: policy: unknown member \"why\""},
    {"{\"targets\":{}}", ":1:2: error: policy: \"targets\" must be an array"},
    {"{\"targets\":[1]}", ":1:13: error: policy: this must be an object"},
    {TARGET("\"name\":\"gold\""), ":1:13: error: policy: target \"gold\" promises nothing"},
    {"{\"targets\":[{\"pickup\":\"1h\"},{\"match\":{}}]}",
	":1:29: error: policy: target \"target 2\" promises nothing"},
    {TARGET("\"exclude\":false"), ":1:13: error: policy: target \"target 1\" promises nothing"},
    {TARGET("\"exclude\":1,\"pickup\":\"1h\""),
	":1:14: error: policy: \"exclude\" must be true or false"},
    {TARGET("\"exclude\":true,\"pickup\":\"1h\""),
	":1:13: error: policy: a target with \"exclude\" promises nothing"},
    {TARGET("\"name\":\"\",\"pickup\":\"1h\""), ":1:14: error: policy: an empty string"},
    {TARGET("\"resolved\":\"1h\",\"pickup\":\"1h\""),
	":1:14: error: policy: unknown member \"resolved\""},
    {TARGET("\"calendar\":\"none\",\"pickup\":\"1h\""),
	":1:14: error: policy: there is no calendar \"none\""},
    {TARGET("\"pickup\":\"1h\",\"from\":\"soon\""),
	":1:28: error: policy: \"from\" must be a date"},
    {TARGET("\"pickup\":\"1h\",\"until\":\"1900-01-01\""),
	":1:28: error: policy: \"until\" must be a date"},
    {TARGET("\"pickup\":\"1h\",\"until\":5"), ":1:28: error: policy: \"until\" must be a date"},
    {TARGET("\"pickup\":\"1h\",\"from\":\"2026-01-01\",\"until\":\"2026-01-01\""),
	":1:48: error: policy: \"until\" must be after \"from\""},
    {PICKUP("15"), ":1:14: error: policy: \"pickup\" must be a duration in quotes"},
    {PICKUP("null"), ":1:14: error: policy: \"pickup\" must be a duration in quotes"},
    {PICKUP("\"\""), ":1:14: error: policy: the duration \"\" must be a whole number with a unit"},
    {PICKUP("\"15\""), ":1:14: error: policy: the duration \"15\" has no unit: write 15m"},
    {PICKUP("\"2d\""),
	":1:14: error: policy: the duration \"2d\" has the unit d, which is ambiguous: write 24h or 1bd"},
    {PICKUP("\"1w\""),
	":1:14: error: policy: the duration \"1w\" has the unit w, which is ambiguous"},
    {PICKUP("\"1.5h\""), ":1:14: error: policy: the duration \"1.5h\" must have whole numbers"},
    {PICKUP("\"1h30\""), ":1:14: error: policy: the duration \"1h30\" has no unit"},
    {PICKUP("\"1h 30m\""), ":1:14: error: policy: the duration \"1h 30m\" must be a whole number"},
    {PICKUP("\"-1h\""), ":1:14: error: policy: the duration \"-1h\" must be a whole number"},
    {PICKUP("\"30m1h\""),
	":1:14: error: policy: the duration \"30m1h\" must have its units in the order"},
    {PICKUP("\"1h1h\""),
	":1:14: error: policy: the duration \"1h1h\" must have its units in the order"},
    {PICKUP("\"5H\""), ":1:14: error: policy: the duration \"5H\" must have the units"},
    {PICKUP("\"1bd2h\""), ":1:14: error: policy: the duration \"1bd2h\" cannot have bd together"},
    {PICKUP("\"2h1bd\""), ":1:14: error: policy: the duration \"2h1bd\" cannot have bd together"},
    {PICKUP("\"0bd\""), ":1:14: error: policy: the duration \"0bd\" cannot be no business day"},
    {PICKUP("\"36526bd\""),
	":1:14: error: policy: the duration \"36526bd\" is longer than 100 years"},
    {PICKUP("\"99999999999999999999bd\""), "is longer than 100 years"},
    {PICKUP("\"876601h\""),
	":1:14: error: policy: the duration \"876601h\" is longer than 100 years"},
    {PICKUP("\"876600h1s\""),
	":1:14: error: policy: the duration \"876600h1s\" is longer than 100 years"},
    {PICKUP("\"9223372036854775807h\""), "is longer than 100 years"},
    {PICKUP("\"99999999999999999999s\""), "is longer than 100 years"},
    {TARGET("\"pickup\":\"1h\",\"match\":[]"), ":1:28: error: policy: \"match\" must be an object"},
    {MATCH("\"Client\":\"a\""),
	":1:37: error: policy: \"Client\" is no ticket member that can be matched"},
    {MATCH("\"client\":[]"), ":1:37: error: policy: names no pattern, so no ticket fits it"},
    {MATCH("\"client\":[\"a\",5]"), ":1:51: error: policy: a pattern must be a string"},
    {MATCH("\"client\":null"), ":1:37: error: policy: a pattern must be a string"},
    {MATCH("\"priority\":[\"P1\",\"P6\"]"),
	":1:54: error: policy: \"P6\" is no priority that sla-stream(5) knows"},
    {MATCH("\"state\":\"pending\""),
	":1:37: error: policy: \"pending\" is no state that sla-stream(5) knows"},
    {MATCH("\"channel\":\"fax\""),
	":1:37: error: policy: \"fax\" is no channel that sla-stream(5) knows"},
    {"{\"conventions\":1}", ":1:2: error: policy: \"conventions\" must be an object"},
    {CONVENTION("\"reopens\":\"restart\""), ":1:17: error: policy: unknown member \"reopens\""},
    {CONVENTION("\"reopen\":\"go\""),
	":1:17: error: policy: \"reopen\" must be one of: continue, restart, count_closed"},
    {CONVENTION("\"priority_change\":1"),
	":1:17: error: policy: \"priority_change\" must be one of: carry, restart, retroactive"},
    {CONVENTION("\"first_response\":\"note\""),
	":1:17: error: policy: \"first_response\" must be one of: none, status, assigned, auto, internal, bot, public, human"},
    {CONVENTION("\"start\":\"new\""),
	":1:17: error: policy: \"start\" must be one of: opened, first_business_instant, status"},
    {CONVENTION("\"deadline\":\"end\""),
	":1:17: error: policy: \"deadline\" must be one of: closing, next_opening"},
    {CONVENTION("\"zero_target\":0"),
	":1:17: error: policy: \"zero_target\" must be one of: immediately, first_business_instant"},
    {CONVENTION("\"update_restart\":\"client\""),
	":1:17: error: policy: \"update_restart\" must be one of: agent, any"},
    {CONVENTION("\"business_days\":\"close\""),
	":1:17: error: policy: \"business_days\" must be one of: same_time, end_of_day"},
    {CONVENTION("\"preset\":\"otobo\""),
	":1:17: error: policy: \"preset\" must be one of: zendesk, jira, servicenow, "},
    {CONVENTION("\"pause\":true"),
	":1:17: error: policy: \"pause\" must be an array of states, or an object"},
    {CONVENTION("\"pause\":[\"on_hold\",\"hold\"]"), ":1:36: error: policy: \"hold\" is no state"},
    {CONVENTION("\"pause\":[1]"), ":1:26: error: policy: this must be a string"},
    {CONVENTION("\"pause\":[\"closed\"]"),
	":1:26: error: policy: a ticket that is closed does not pause"},
    {CONVENTION("\"pause\":{\"solve\":[]}"), ":1:26: error: policy: \"solve\" is no metric"},
    {CONVENTION("\"pause\":{\"resolve\":\"on_hold\"}"),
	":1:26: error: policy: \"resolve\" must be an array"},
    {"{\"thresholds\":[]}", ":1:2: error: policy: \"thresholds\" must be an object"},
    {THRESHOLD("\"Ping\":3"), ":1:16: error: policy: \"Ping\" is no rule's name"},
    {THRESHOLD("\"\":3"), ":1:16: error: policy: \"\" is no rule's name"},
    {THRESHOLD("\"silent\":-1"), ":1:16: error: policy: a threshold must be a duration"},
    {THRESHOLD("\"silent\":1.5"), ":1:16: error: policy: a threshold must be a duration"},
    {THRESHOLD("\"silent\":true"), ":1:16: error: policy: a threshold must be a duration"},
    {THRESHOLD("\"silent\":\"4\""), ":1:16: error: policy: the threshold \"4\" has no unit"},
    {THRESHOLD("\"silent\":\"1bd\""),
	":1:16: error: policy: the threshold \"1bd\" cannot be in business days"},
    {THRESHOLD("\"silent\":[]"), ":1:16: error: policy: \"silent\" is empty"},
    {THRESHOLD("\"silent\":[5]"), ":1:26: error: policy: this must be an object"},
    {THRESHOLD("\"silent\":[{\"match\":{}}]"),
	":1:26: error: policy: a threshold needs a \"limit\""},
    {THRESHOLD("\"silent\":[{\"limits\":1,\"limit\":1}]"),
	":1:27: error: policy: unknown member \"limits\"; there are: match, limit"},
    {THRESHOLD("\"silent\":[{\"match\":{\"x\":\"\"},\"limit\":1}]"),
	":1:36: error: policy: \"x\" is no ticket member"},
    {"{\"budgets\":{}}", ":1:2: error: policy: \"budgets\" must be an array"},
    {BUDGET("\"period\":\"day\",\"metric\":\"resolve\",\"allowed\":\"5%\""),
	":1:14: error: policy: \"period\" must be one of"},
    {BUDGET("\"period\":\"week\",\"metric\":\"solve\",\"allowed\":\"5%\""),
	":1:30: error: policy: \"metric\" must be a metric"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":5"),
	":1:49: error: policy: \"allowed\" must be a share"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":\"101%\""),
	":1:49: error: policy: \"allowed\" must be a share"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":\"100.1%\""),
	":1:49: error: policy: \"allowed\" must be a share"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":\"0.55%\""),
	":1:49: error: policy: \"allowed\" must be a share"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":\"5\""),
	":1:49: error: policy: \"allowed\" must be a share"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":\"%\""),
	":1:49: error: policy: \"allowed\" must be a share"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\""),
	":1:13: error: policy: \"allowed\" is missing"},
    {COST("\"currency\":\"eur\",\"per_hour\":80"),
	":1:12: error: policy: \"currency\" must be three capital letters"},
    {COST("\"currency\":\"EUR\",\"per_hour\":-1"),
	":1:29: error: policy: \"per_hour\" must be a number"},
    {COST("\"currency\":\"EUR\",\"per_hour\":\"80\""),
	":1:29: error: policy: \"per_hour\" must be a number"},
    {BUDGET("\"period\":\"week\",\"metric\":\"resolve\",\"allowed\":\"5%\"},"
	    "{\"name\":\"budget 1\",\"period\":\"week\",\"metric\":\"team\",\"allowed\":\"5%\""),
	":1:65: error: policy: two budgets are called \"budget 1\""},
    {COST("\"currency\":\"EUR\",\"per_hour\":80.0005"),
	":1:29: error: policy: \"per_hour\" must have at most three decimals"},
    {COST("\"currency\":\"EUR\",\"per_hour\":1000000001"),
	":1:29: error: policy: \"per_hour\" must be a number"},
    {COST("\"currency\":\"EUR\""), ":1:11: error: policy: \"per_hour\" is missing"},
    {"{\"costs\":5}", ":1:2: error: policy: \"costs\" must be an array"},
    {"{\"roster\":5}", ":1:2: error: policy: \"roster\" must be a string"},
    {"{\"roster\":\"no/such/file.csv\"}", ":1:2: error: policy: the roster cannot be read"},
};

static int
lines_in(const char *text)
{
	int n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

START_TEST(each_fault)
{
	const struct fault *fault = &faults[_i];

	capture();
	ck_assert_ptr_null(parse(fault->text));
	ck_assert_msg(strstr(captured(), fault->says) != NULL, "%s\nsaid: %swanted: %s",
	    fault->text, captured(), fault->says);
	ck_assert_int_ge(diag_status(), 3);
	/* One slip of the pen is one message; the last case and "url" are two faults by nature. */
	if (strstr(fault->text, "url") == NULL && strstr(fault->text, "no/such") == NULL)
		ck_assert_int_eq(lines_in(captured()), 1);
}
END_TEST

START_TEST(all_faults_with_their_places)
{
	capture();
	ck_assert_ptr_null(
	    parse("{\n"
		  "  \"calendars\": {\"a\": {\"tz\": \"UTC\", \"hours\": {\"mon\": [\"x\"]}}},\n"
		  "  \"targets\": [\n"
		  "    {\"calendar\": \"a\", \"pickup\": \"2d\"},\n"
		  "    {\"name\": \"\xc3\xa9\", \"calendar\": \"b\", \"resolve\": \"4h\"}\n"
		  "  ],\n"
		  "  \"typo\": 1\n"
		  "}\n"));
	ck_assert_int_eq(diag_count(DIAG_BAD_POLICY), 4);
	ck_assert_ptr_nonnull(strstr(captured(), "p.json:7:3: error: policy: unknown member"));
	ck_assert_ptr_nonnull(strstr(captured(), "p.json:2:54: error: policy: \"x\" must look"));
	ck_assert_ptr_nonnull(strstr(captured(), "p.json:4:23: error: policy: the duration"));
	ck_assert_ptr_nonnull(strstr(captured(), "p.json:5:19: error: policy: there is no"));
}
END_TEST

START_TEST(missing_file)
{
	capture();
	ck_assert_ptr_null(policy_load("/no/such/policy.json"));
	ck_assert_int_ge(diag_status(), 3);
	ck_assert_int_eq(lines_in(captured()), 1);
}
END_TEST

Suite *policy_faults_suite(void);

Suite *
policy_faults_suite(void)
{
	Suite *suite = suite_create("policy_faults");
	TCase *tcase = tcase_create("policy_faults");

	tcase_add_loop_test(tcase, each_fault, 0, (int)(sizeof(faults) / sizeof(faults[0])));
	tcase_add_test(tcase, all_faults_with_their_places);
	tcase_add_test(tcase, missing_file);
	suite_add_tcase(suite, tcase);
	return suite;
}
