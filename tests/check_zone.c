/* check_zone.c: tests of time zones, against libc and against damaged files */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/check_time.h"
#include "tests/support.h"

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

START_TEST(zone_names)
{
	static const char *const names[] = {"", "/etc/passwd", "../passwd", "Europe/../Berlin",
	    "Europe/Berlin ", "Europe", "tzdata.zi", "No/Such", "Europe/Berlin/x", "UTC\n",
	    "right/Europe/Berlin"};
	char longer[400], why[ZONE_WHY];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		why[0] = '\0';
		ck_assert_msg(zone_load(names[i], why) == NULL, "accepted: %s", names[i]);
		ck_assert_msg(why[0] != '\0', "no reason for %s", names[i]);
	}
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	ck_assert_ptr_null(zone_load(longer, why));
}
END_TEST

START_TEST(zone_without_files)
{
	char why[ZONE_WHY];
	struct zone *utc = zone_load_from("/nonexistent", "UTC", why);
	int64_t instant;

	ck_assert_ptr_nonnull(utc);
	ck_assert_str_eq(zone_name(utc), "UTC");
	ck_assert_int_eq(zone_offset(utc, 0), 0);
	ck_assert_int_eq(zone_next_change(utc, 0), INSTANT_NONE);
	ck_assert_int_eq(zone_resolve(utc, 5, &instant), ZONE_UNIQUE);
	ck_assert_int_eq(instant, 5);
	ck_assert_ptr_null(zone_load_from("/nonexistent", "Europe/Berlin", why));
	ck_assert_str_eq(why, "there is no such time zone");
	ck_assert_int_eq(zone_offset(zone_utc(), INSTANT_MAX), 0);
	ck_assert_str_eq(zone_name(zone_utc()), "UTC");
	zone_free(utc);
	zone_free(NULL);
}
END_TEST

static const struct {
	const char *zone, *local, *instant; /* local is written as if it were UTC */
	enum zone_case which;
} resolved[] = {
    {"America/New_York", "2025-03-09T01:59:59Z", "2025-03-09T06:59:59Z", ZONE_UNIQUE},
    {"America/New_York", "2025-03-09T02:00:00Z", "2025-03-09T07:00:00Z", ZONE_GAP},
    {"America/New_York", "2025-03-09T02:30:00Z", "2025-03-09T07:30:00Z", ZONE_GAP},
    {"America/New_York", "2025-03-09T03:00:00Z", "2025-03-09T07:00:00Z", ZONE_UNIQUE},
    {"America/New_York", "2025-11-02T00:59:59Z", "2025-11-02T04:59:59Z", ZONE_UNIQUE},
    {"America/New_York", "2025-11-02T01:00:00Z", "2025-11-02T05:00:00Z", ZONE_FOLD},
    {"America/New_York", "2025-11-02T01:59:59Z", "2025-11-02T05:59:59Z", ZONE_FOLD},
    {"America/New_York", "2025-11-02T02:00:00Z", "2025-11-02T07:00:00Z", ZONE_UNIQUE},
    {"America/New_York", "2099-07-01T12:00:00Z", "2099-07-01T16:00:00Z", ZONE_UNIQUE},
    {"Australia/Lord_Howe", "2025-10-05T02:10:00Z", "2025-10-04T15:40:00Z", ZONE_GAP},
    {"Australia/Lord_Howe", "2025-04-06T01:45:00Z", "2025-04-05T14:45:00Z", ZONE_FOLD},
    {"Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T22:00:00Z", ZONE_GAP},
    {"Africa/Casablanca", "2026-08-01T12:00:00Z", "2026-08-01T11:00:00Z", ZONE_UNIQUE},
};

START_TEST(zone_resolves)
{
	struct zone *z = load_zone(resolved[_i].zone);
	char text[INSTANT_TEXT];
	int64_t instant;

	ck_assert_int_eq(zone_resolve(z, at(resolved[_i].local), &instant), resolved[_i].which);
	instant_format(instant, text);
	ck_assert_str_eq(text, resolved[_i].instant);
	zone_free(z);
}
END_TEST

static const struct {
	const char *zone;
	int year, month, day;
	const char *start;
} midnights[] = {
    {"America/Santiago", 2024, 9, 8, "2024-09-08T04:00:00Z"},   /* 00:00 in the gap */
    {"America/Havana", 2025, 11, 2, "2025-11-02T04:00:00Z"},    /* 00:00 twice */
    {"America/Sao_Paulo", 2018, 2, 18, "2018-02-18T03:00:00Z"}, /* 23:00-24:00 twice */
    {"Pacific/Apia", 2011, 12, 30, "2011-12-30T10:00:00Z"},     /* a day that never was */
    {"Pacific/Apia", 2011, 12, 31, "2011-12-30T10:00:00Z"},
    {"Asia/Tokyo", 2026, 1, 1, "2025-12-31T15:00:00Z"},
};

START_TEST(zone_midnights)
{
	struct zone *z = load_zone(midnights[_i].zone);
	char text[INSTANT_TEXT];

	instant_format(
	    zone_day_start(
		z, instant_days(midnights[_i].year, midnights[_i].month, midnights[_i].day)),
	    text);
	ck_assert_str_eq(text, midnights[_i].start);
	zone_free(z);
}
END_TEST

/* What libc says the offset is. It takes the zone from the environment. */
static int64_t
libc_offset(int64_t instant)
{
	time_t clock = (time_t)instant;
	struct tm tm;

	ck_assert_ptr_nonnull(localtime_r(&clock, &tm));
	return instant_days(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) * SECONDS_PER_DAY +
	    tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec - instant;
}

static void
compare(const struct zone *z, int64_t instant)
{
	int64_t want = libc_offset(instant);

	ck_assert_msg(zone_offset(z, instant) == want, "%s at %lld: %d, libc %lld", zone_name(z),
	    (long long)instant, (int)zone_offset(z, instant), (long long)want);
}

/* A local time leads back to the instant it was taken from, or to the first of two. */
static void
check_resolve(const struct zone *z, int64_t instant)
{
	int64_t back, local = instant + zone_offset(z, instant);
	enum zone_case which = zone_resolve(z, local, &back);

	ck_assert_msg(which != ZONE_GAP, "%s at %lld", zone_name(z), (long long)instant);
	ck_assert_int_eq(back + zone_offset(z, back), local);
	if (which == ZONE_UNIQUE)
		ck_assert_int_eq(back, instant);
	else
		ck_assert_int_le(back, instant);
}

static int files_seen, zones_seen, changes_seen;
static uint64_t zone_seed;

static void
compare_zone(const char *name)
{
	char why[ZONE_WHY];
	struct zone *z = zone_load(name, why);
	int64_t t, span = INSTANT_MAX - INSTANT_MIN + 1;
	int i;

	ck_assert_msg(z != NULL, "%s: %s", name, why);
	setenv("TZ", name, 1);
	tzset();
	for (t = zone_next_change(z, INSTANT_MIN); t != INSTANT_NONE && t <= INSTANT_MAX;
	     t = zone_next_change(z, t)) {
		compare(z, t - 1);
		compare(z, t);
		compare(z, t + 1);
		check_resolve(z, t - 1);
		check_resolve(z, t);
		changes_seen++;
	}
	/* Steps of 17 days would see any change that libc has and the zone does not. */
	for (t = INSTANT_MIN; t <= INSTANT_MAX; t += 17 * SECONDS_PER_DAY)
		compare(z, t);
	for (i = 0; i < 500; i++) {
		t = INSTANT_MIN + (int64_t)rnd_below(&zone_seed, (uint64_t)span);
		compare(z, t);
		check_resolve(z, t);
	}
	zones_seen++;
	zone_free(z);
}

static int
visit(const char *path, const struct stat *status, int type, struct FTW *where)
{
	const char *name = path + strlen(ZONE_DIRECTORY) + 1;
	char magic[4] = "";
	int fd;

	(void)status;
	(void)where;
	if ((type != FTW_F && type != FTW_SL) || strncmp(name, "posix/", 6) == 0 ||
	    strncmp(name, "right/", 6) == 0 || (light() && files_seen++ % 32 != 0))
		return 0;
	fd = open(path, O_RDONLY);
	if (fd == -1)
		return 0;
	if (read(fd, magic, sizeof(magic)) == 4 && memcmp(magic, "TZif", 4) == 0)
		compare_zone(name);
	close(fd);
	return 0;
}

START_TEST(zones_as_libc)
{
	if (access(ZONE_DIRECTORY "/Europe/Berlin", R_OK) == -1) {
		skip_test("no tzdata");
		return;
	}
	zone_seed = test_seed();
	ck_assert_int_eq(nftw(ZONE_DIRECTORY, visit, 8, FTW_PHYS), 0);
	ck_assert_int_gt(zones_seen, (light() ? 10 : 400));
	ck_assert_int_gt(changes_seen, (light() ? 100 : 40000));
}
END_TEST

/* A folder of the test's own with one file in it. */
static char folder[] = "/tmp/check_time.XXXXXX";

static void
make_folder(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
remove_folder(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/zone", folder);
	unlink(path);
	rmdir(folder);
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
}

static struct zone *
load_bytes(const char *bytes, size_t n, char why[ZONE_WHY])
{
	char path[64];
	FILE *fp;

	snprintf(path, sizeof(path), "%s/zone", folder);
	fp = fopen(path, "wb");
	ck_assert_ptr_nonnull(fp);
	ck_assert_uint_eq(fwrite(bytes, 1, n, fp), n);
	ck_assert_int_eq(fclose(fp), 0);
	return zone_load_from(folder, "zone", why);
}

/* Asks a zone made from damaged bytes everything there is to ask. */
static void
exercise(const struct zone *z)
{
	int64_t t, instant;
	int steps = 0;

	for (t = INSTANT_MIN; t <= INSTANT_MAX; t += 1000 * SECONDS_PER_DAY) {
		ck_assert_int_lt(abs(zone_offset(z, t)), 100000);
		(void)zone_resolve(z, t, &instant);
		(void)zone_day_start(z, instant_day_of(t));
	}
	for (t = INSTANT_MIN; t != INSTANT_NONE && steps++ < 1000; t = zone_next_change(z, t))
		continue;
}

START_TEST(damaged_files)
{
	uint64_t state = test_seed();
	int i, loaded = 0, rounds = light() ? 200 : 5000;
	char why[ZONE_WHY], *whole, *broken;
	struct zone *z;
	size_t n, cut;

	whole = slurp(ZONE_DIRECTORY "/America/New_York", &n);
	if (whole == NULL) {
		skip_test("no tzdata");
		return;
	}
	z = load_bytes(whole, n, why);
	ck_assert_msg(z != NULL, "%s", why);
	zone_free(z);
	for (cut = 0; cut < n; cut += light() ? 37 : 1) {
		z = load_bytes(whole, cut, why);
		ck_assert_msg(z == NULL, "accepted when cut to %zu bytes", cut);
	}
	broken = malloc(n);
	ck_assert_ptr_nonnull(broken);
	for (i = 0; i < rounds; i++) {
		int changes = 1 + (int)rnd_below(&state, 4);

		memcpy(broken, whole, n);
		while (changes-- > 0) {
			/* Half of them in the headers and the footer, where it hurts. */
			size_t place = rnd_below(&state, n);

			if (rnd_below(&state, 2) == 0)
				place = rnd_below(&state, 2) == 0 ? rnd_below(&state, 44)
								  : n - 1 - rnd_below(&state, 24);
			broken[place] = (char)rnd(&state);
		}
		z = load_bytes(broken, n, why);
		if (z != NULL) {
			loaded++;
			exercise(z);
		}
		zone_free(z);
	}
	ck_assert_int_gt(loaded, 0);
	ck_assert_int_lt(loaded, rounds);
	free(whole);
	free(broken);
}
END_TEST

static void
put32(char *p, unsigned number)
{
	int i;

	for (i = 3; i >= 0; i--, number >>= 8)
		p[i] = (char)(number & 0xff);
}

/* A zone of one type, UTC, and the rule as its footer. */
static struct zone *
load_rule(const char *rule, char why[ZONE_WHY])
{
	char bytes[256] = "";
	size_t n = 0, header;

	/* A first block with one type of six bytes, then the second the same. */
	for (header = 0; header < 2; header++) {
		memcpy(bytes + n, "TZif2", 5);
		put32(bytes + n + 36, 1);
		put32(bytes + n + 40, 4);
		n += 44;
		memcpy(bytes + n, "\0\0\0\0\0\0UTC", 10);
		n += 10;
	}
	n += (size_t)snprintf(bytes + n, sizeof(bytes) - n, "\n%s\n", rule);
	return load_bytes(bytes, n, why);
}

static const struct {
	const char *rule, *instant;
	int offset;
} rules[] = {
    {"<+03>-3", "2026-01-01T00:00:00Z", 10800},
    {"<-00>0", "2026-01-01T00:00:00Z", 0},
    {"<+0545>-5:45", "1960-01-01T00:00:00Z", 20700},
    {"IST-5:30:15", "2026-01-01T00:00:00Z", 19815},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18000},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14400},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-11-01T05:59:59Z", -14400},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -18000},
    {"EST5EDT", "2026-07-01T00:00:00Z", -14400},
    {"EST5EDT4,M3.2.0/2,M11.1.0/2:00:00", "2100-07-01T00:00:00Z", -14400},
    /* Southern: summer time over the new year. */
    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39600},
    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00Z", 36000},
    /* Negative times and times past midnight: Nuuk, Gaza-like, Israel. */
    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200},
    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600},
    {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 7200},
    {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 10800},
    {"IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", 10800},
    /* Negative summer time: Dublin. */
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0},
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600},
    /* Day 60 by the two ways of counting, in a leap year: 1 March, and 29 February + 1. */
    {"AAA0BBB,J60/0,J300/0", "2024-02-29T23:59:59Z", 0},
    {"AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", 3600},
    {"AAA0BBB,60/0,300/0", "2024-02-29T23:59:59Z", 0},
    {"AAA0BBB,60/0,300/0", "2024-03-01T00:00:00Z", 3600},
    {"AAA0BBB,J59/0,J300/0", "2024-02-28T00:00:00Z", 3600},
    {"AAA0BBB,59/0,300/0", "2024-02-28T23:59:59Z", 0},
    {"AAA0BBB,0/0,300/0", "2025-01-01T00:00:00Z", 3600},
    /* Summer time all year (RFC 9636 section 3.3.2). */
    {"XXX0YYY,0/0,J365/48", "2026-01-03T00:00:00Z", 3600},
    {"EST5EDT,0/0,J365/25", "2026-01-01T05:00:00Z", -14400},
    {"EST5EDT,0/0,J365/25", "2026-01-01T04:59:59Z", -14400},
    {"EST5EDT,0/0,J365/25", "2026-12-31T23:00:00Z", -14400},
};

START_TEST(rule_good)
{
	char why[ZONE_WHY] = "";
	struct zone *z = load_rule(rules[_i].rule, why);

	ck_assert_msg(z != NULL, "%s: %s", rules[_i].rule, why);
	ck_assert_msg(zone_offset(z, at(rules[_i].instant)) == rules[_i].offset, "%s at %s: %d",
	    rules[_i].rule, rules[_i].instant, (int)zone_offset(z, at(rules[_i].instant)));
	zone_free(z);
}
END_TEST

/* A gap from 23:30 to 00:30: midnight in it is the instant of the change, not 00:30. */
START_TEST(midnight_inside_gap)
{
	char why[ZONE_WHY] = "";
	struct zone *z = load_rule("AAA0BBB,M3.2.0/23:30,M11.1.0", why);
	int64_t instant;

	ck_assert_msg(z != NULL, "%s", why);
	same(zone_day_start(z, instant_days(2026, 3, 9)), at("2026-03-08T23:30:00Z"), "midnight");
	ck_assert_int_eq(zone_resolve(z, at("2026-03-09T00:00:00Z"), &instant), ZONE_GAP);
	same(instant, at("2026-03-09T00:00:00Z"), "by RFC 5545");
	zone_free(z);
}
END_TEST

static const char *const bad_rules[] = {"E5", "EST", "<+03-3", "<+03>", "EST25", "EST5:60",
    "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
    "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J365", "EST5EDT,J366,J365", "EST5EDT,366,1",
    "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "EST5EDT,M3.2,M11.1.0", "EST5 EDT",
    "5", "EST5EDT,M3.2.0,M11.1.0,", "EST+-5", "EST9999999999999"};

START_TEST(rule_bad)
{
	char why[ZONE_WHY];

	ck_assert_msg(load_rule(bad_rules[_i], why) == NULL, "accepted: %s", bad_rules[_i]);
	ck_assert_str_eq(why, "the time zone file is damaged");
}
END_TEST

Suite *zone_suite(void);

Suite *
zone_suite(void)
{
	Suite *suite = suite_create("zone");
	TCase *zones = tcase_create("zones");
	TCase *files = tcase_create("files");

	tcase_set_timeout(zones, 120);
	tcase_add_test(zones, zone_names);
	tcase_add_test(zones, zone_without_files);
	tcase_add_loop_test(zones, zone_resolves, 0, ROWS(resolved));
	tcase_add_loop_test(zones, zone_midnights, 0, ROWS(midnights));
	tcase_add_test(zones, zones_as_libc);
	suite_add_tcase(suite, zones);

	tcase_set_timeout(files, 120);
	tcase_add_checked_fixture(files, make_folder, remove_folder);
	tcase_add_test(files, damaged_files);
	tcase_add_loop_test(files, rule_good, 0, ROWS(rules));
	tcase_add_test(files, midnight_inside_gap);
	tcase_add_loop_test(files, rule_bad, 0, ROWS(bad_rules));
	suite_add_tcase(suite, files);
	return suite;
}
