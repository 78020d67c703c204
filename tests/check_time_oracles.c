/* check_time_oracles.c: tests of business time against the oracles in the shared folder */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check_time.h"
#include "tests/support.h"

#define FOLDER         "oracles/business-time/"
#define MOROCCO_CHANGE "2026-09-20T01:00:00Z"

static const char *const day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* Calendars from the oracles' JSON. */

#define HOURS_MAX 8
#define DATES_MAX 64

/* Room for the rules of one calendar, and what is made from them. */
struct loaded {
	const char *name;
	struct zone *zone;
	struct calendar *calendar;
	struct calendar_hours hours[7][HOURS_MAX];
	struct calendar_date holidays[DATES_MAX];
};

static int32_t
clock_of(const cJSON *text)
{
	int hour, minute;

	ck_assert_int_eq(sscanf(cJSON_GetStringValue(text), "%d:%d", &hour, &minute), 2);
	return hour * 3600 + minute * 60;
}

static void
load_calendar(struct loaded *to, const cJSON *json)
{
	struct calendar_rules rules = {0};
	const cJSON *hours = cJSON_GetObjectItemCaseSensitive(json, "hours");
	const cJSON *holidays = cJSON_GetObjectItemCaseSensitive(json, "holidays");
	const cJSON *item;
	int day;

	to->name = json->string;
	to->zone = load_zone(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "tz")));
	rules.zone = to->zone;
	for (day = MONDAY; day <= SUNDAY; day++) {
		size_t n = 0;

		cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(hours, day_names[day]))
		{
			ck_assert_uint_lt(n, HOURS_MAX);
			to->hours[day][n].start = clock_of(cJSON_GetArrayItem(item, 0));
			to->hours[day][n++].end = clock_of(cJSON_GetArrayItem(item, 1));
		}
		rules.week[day] = (struct calendar_day){to->hours[day], n};
	}
	rules.holidays = to->holidays;
	cJSON_ArrayForEach(item, holidays)
	{
		struct calendar_date *date = &to->holidays[rules.nholidays++];

		ck_assert_uint_le(rules.nholidays, DATES_MAX);
		ck_assert_int_eq(sscanf(cJSON_GetStringValue(item), "%d-%d-%d", &date->year,
				     &date->month, &date->day),
		    3);
	}
	to->calendar = make_calendar(&rules);
}

static void
unload(struct loaded *loaded)
{
	calendar_free(loaded->calendar);
	zone_free(loaded->zone);
}

/* All calendars of one file; the caller frees with unload_all(). */
struct collection {
	cJSON *json;
	struct loaded *loaded;
	size_t n;
};

static bool
load_all(struct collection *to, const char *rel)
{
	const char *path = shared_path(rel);
	const cJSON *item;
	char *text;

	*to = (struct collection){0};
	if (path == NULL) {
		skip_test("the business-time oracles are missing");
		return false;
	}
	text = slurp(path, NULL);
	ck_assert_ptr_nonnull(text);
	to->json = cJSON_Parse(text);
	ck_assert_ptr_nonnull(to->json);
	to->loaded = calloc((size_t)cJSON_GetArraySize(to->json), sizeof(*to->loaded));
	ck_assert_ptr_nonnull(to->loaded);
	cJSON_ArrayForEach(item, to->json)
	{
		load_calendar(&to->loaded[to->n++], item);
	}
	free(text);
	return true;
}

static void
unload_all(struct collection *of)
{
	size_t i;

	for (i = 0; i < of->n; i++)
		unload(&of->loaded[i]);
	free(of->loaded);
	cJSON_Delete(of->json);
}

static struct calendar *
named(const struct collection *of, const char *name)
{
	size_t i;

	for (i = 0; i < of->n; i++)
		if (strcmp(of->loaded[i].name, name) == 0)
			return of->loaded[i].calendar;
	ck_abort_msg("no calendar %s", name);
	return NULL;
}

#define FIELDS_MAX 12

/* Cuts a line into fields in place; the tests' files quote nothing. */
static int
split(char *line, char *fields[FIELDS_MAX])
{
	int n = 0;

	fields[n++] = line;
	for (; *line != '\0'; line++) {
		if (*line != ',' || n == FIELDS_MAX)
			continue;
		*line = '\0';
		fields[n++] = line + 1;
	}
	return n;
}

typedef void (*row_check)(const struct collection *, char *fields[FIELDS_MAX]);

/* Runs a check on each row behind the header and returns how many there were. */
static int
each_row(const struct collection *calendars, const char *rel, row_check check)
{
	const char *path = shared_path(rel);
	char *text, *line, *end, *fields[FIELDS_MAX] = {0};
	int rows = 0;

	ck_assert_ptr_nonnull(path);
	text = slurp(path, NULL);
	ck_assert_ptr_nonnull(text);
	for (line = text; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		if (end > line && end[-1] == '\r')
			end[-1] = '\0';
		if (line == text || *line == '\0')
			continue;
		ck_assert_int_ge(split(line, fields), 3);
		check(calendars, fields);
		rows++;
	}
	free(text);
	return rows;
}

static void
run_oracle(const char *calendars, const char *rel, row_check check, int rows)
{
	struct collection all;

	if (!load_all(&all, calendars))
		return;
	ck_assert_int_eq(each_row(&all, rel, check), rows);
	unload_all(&all);
}

static int64_t
number(const char *text)
{
	char *end;
	long long value = strtoll(text, &end, 10);

	ck_assert_msg(end > text && *end == '\0', "not a number: %s", text);
	return value;
}

static void
check_between(struct calendar *calendar, char *const *f, const char *want)
{
	int64_t got = calendar_between(calendar, at(f[1]), at(f[2]));

	ck_assert_msg(got == number(want), "%s between %s and %s: %lld, not %s", f[0], f[1], f[2],
	    (long long)got, want);
	if (got > 0) {
		int64_t due = calendar_add(calendar, at(f[1]), got);

		ck_assert_int_le(due, at(f[2]));
		ck_assert_int_eq(calendar_between(calendar, at(f[1]), due), got);
	}
}

/*
 * Morocco gave up its change of the clocks in September 2026, as tzdata knows from 2026f on. Rows
 * that meet it are left to a test of their own, which an older tzdata skips.
 */
static bool
needs_2026f(const char *calendar, const char *until)
{
	return strcmp(calendar, "weekend_casablanca") == 0 && at(until) > at(MOROCCO_CHANGE);
}

static bool
have_2026f(void)
{
	struct zone *zone = load_zone("Africa/Casablanca");
	bool have = zone_next_change(zone, at(MOROCCO_CHANGE)) == INSTANT_NONE;

	zone_free(zone);
	return have;
}

static void
within_row(const struct collection *all, char *f[FIELDS_MAX])
{
	if (needs_2026f(f[0], f[2]))
		return;
	check_between(named(all, f[0]), f, f[3]);
}

static void
add_row(const struct collection *all, char *f[FIELDS_MAX])
{
	struct calendar *calendar = named(all, f[0]);
	char what[128];

	if (needs_2026f(f[0], f[3]))
		return;
	snprintf(what, sizeof(what), "%s: %s and %s s", f[0], f[1], f[2]);
	same(calendar_add(calendar, at(f[1]), number(f[2])), at(f[3]), what);
}

static void
disputed_add_row(const struct collection *all, char *f[FIELDS_MAX])
{
	struct calendar *calendar = named(all, f[1]);
	char what[128];

	if (needs_2026f(f[1], f[5]))
		return;
	snprintf(what, sizeof(what), "%s: %s and %s s", f[1], f[2], f[3]);
	same(calendar_add(calendar, at(f[2]), number(f[3])), at(f[4]), what);
	same(calendar_add_opening(calendar, at(f[2]), number(f[3])), at(f[5]), what);
}

static void
dst_row(const struct collection *all, char *f[FIELDS_MAX])
{
	char *fields[3] = {f[0], f[2], f[3]};

	check_between(named(all, f[0]), fields, f[4]);
}

/*
 * The number is that of the pair put right. For sun_gap_ny, whose hours begin in a fold, the file
 * counts clock labels, which is not the reading decided on: oracle_fold has those rows.
 */
static void
reversed_row(const struct collection *all, char *f[FIELDS_MAX])
{
	struct calendar *calendar = named(all, f[0]);

	ck_assert_int_eq(calendar_between(calendar, at(f[1]), at(f[2])), -1);
	if (strcmp(f[0], "sun_gap_ny") != 0)
		ck_assert_int_eq(-calendar_between(calendar, at(f[2]), at(f[1])), number(f[3]));
}

static void
morocco_within_row(const struct collection *all, char *f[FIELDS_MAX])
{
	if (needs_2026f(f[0], f[2]))
		check_between(named(all, f[0]), f, f[3]);
}

static void
morocco_add_row(const struct collection *all, char *f[FIELDS_MAX])
{
	if (needs_2026f(f[0], f[3]))
		same(calendar_add(named(all, f[0]), at(f[1]), number(f[2])), at(f[3]), f[1]);
}

static void
morocco_disputed_row(const struct collection *all, char *f[FIELDS_MAX])
{
	struct calendar *calendar = named(all, f[1]);

	if (!needs_2026f(f[1], f[5]))
		return;
	same(calendar_add(calendar, at(f[2]), number(f[3])), at(f[4]), f[2]);
	same(calendar_add_opening(calendar, at(f[2]), number(f[3])), at(f[5]), f[2]);
}

START_TEST(oracle_morocco)
{
	if (!have_2026f()) {
		skip_test("Morocco after September 2026 needs tzdata 2026f");
		return;
	}
	run_oracle(FOLDER "calendars.json", FOLDER "dev_within.csv", morocco_within_row, 3097);
	run_oracle(FOLDER "calendars.json", FOLDER "dev_add.csv", morocco_add_row, 1584);
	run_oracle(FOLDER "calendars.json", FOLDER "disputed_add.csv", morocco_disputed_row, 276);
}
END_TEST

START_TEST(oracle_within)
{
	run_oracle(FOLDER "calendars.json", FOLDER "dev_within.csv", within_row, 3097);
}
END_TEST

START_TEST(oracle_add)
{
	run_oracle(FOLDER "calendars.json", FOLDER "dev_add.csv", add_row, 1584);
}
END_TEST

START_TEST(oracle_disputed_add)
{
	run_oracle(FOLDER "calendars.json", FOLDER "disputed_add.csv", disputed_add_row, 276);
}
END_TEST

START_TEST(oracle_fold)
{
	run_oracle(FOLDER "calendars.json", FOLDER "disputed_within_fold.csv", within_row, 73);
}
END_TEST

START_TEST(oracle_dst)
{
	run_oracle(
	    FOLDER "disputed_dst_calendars.json", FOLDER "disputed_dst_table.csv", dst_row, 18);
}
END_TEST

START_TEST(oracle_reversed)
{
	run_oracle(FOLDER "calendars.json", FOLDER "reversed_within.csv", reversed_row, 300);
}
END_TEST

static const char *
string_in(const cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

	ck_assert_msg(text != NULL, "no %s", name);
	return text;
}

static void
check_days(const cJSON *json)
{
	const cJSON *events = cJSON_GetObjectItemCaseSensitive(json, "events");
	const cJSON *expect = cJSON_GetObjectItemCaseSensitive(json, "expect");
	const cJSON *days = cJSON_GetObjectItemCaseSensitive(json, "target_business_days");
	bool end = strcmp(string_in(json, "rule"), "end_of_working_day") == 0;
	static struct loaded loaded;

	ck_assert(end || strcmp(string_in(json, "rule"), "same_time_clipped_to_close") == 0);
	load_calendar(&loaded, cJSON_GetObjectItemCaseSensitive(json, "calendar"));
	same(calendar_add_days(loaded.calendar, at(string_in(cJSON_GetArrayItem(events, 0), "at")),
		 days->valueint, end ? CALENDAR_END_OF_DAY : CALENDAR_SAME_TIME),
	    at(string_in(expect, "due_at")), string_in(json, "id"));
	unload(&loaded);
}

START_TEST(oracle_days)
{
	const char *path = shared_path("oracles/sla-clock/extra_days.jsonl");
	char *text, *line, *end;
	int rows = 0;

	if (path == NULL) {
		skip_test("the sla-clock oracles are missing");
		return;
	}
	text = slurp(path, NULL);
	ck_assert_ptr_nonnull(text);
	for (line = text; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		cJSON *json;

		*end = '\0';
		json = cJSON_Parse(line);
		ck_assert_ptr_nonnull(json);
		check_days(json);
		cJSON_Delete(json);
		rows++;
	}
	ck_assert_int_eq(rows, 15);
	free(text);
}
END_TEST

Suite *time_oracles_suite(void);

Suite *
time_oracles_suite(void)
{
	Suite *suite = suite_create("time oracles");
	TCase *oracles = tcase_create("oracles");

	tcase_set_timeout(oracles, 120);
	tcase_add_test(oracles, oracle_within);
	tcase_add_test(oracles, oracle_add);
	tcase_add_test(oracles, oracle_disputed_add);
	tcase_add_test(oracles, oracle_fold);
	tcase_add_test(oracles, oracle_dst);
	tcase_add_test(oracles, oracle_reversed);
	tcase_add_test(oracles, oracle_morocco);
	tcase_add_test(oracles, oracle_days);
	suite_add_tcase(suite, oracles);
	return suite;
}
