/* check_dates.c: date formats and the instants they give */
#include <string.h>

#include "ingest/dates.h"
#include "tests/support.h"
#include "time/instant.h"

Suite *dates_suite(void);

static const struct {
	const char *format, *zone, *text;
	enum date_result result;
	const char *instant; /* NULL where none is read */
} dates[] = {
    {"d/m/Y H:M", "UTC", "29/2/2016 01:16", DATE_READ, "2016-02-29T01:16:00Z"},
    {"d/m/Y H:M", "UTC", "05/03/2016 12:00", DATE_READ, "2016-03-05T12:00:00Z"},
    {"d/m/Y H:M", "UTC", "31/02/2026 9:00", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "29/2/2015 01:16", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "1/13/2016 01:16", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "1/3/2016 24:00", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "1/3/2016 23:60", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "1/3/2016 23:59x", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "1/3/2016", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "1/3/16 10:00", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "1/3/2016  10:00", DATE_READ, "2016-03-01T10:00:00Z"},
    {"d/m/Y H:M", "UTC", "-1/3/2016 10:00", DATE_BAD, NULL},
    {"d/m/Y H:M", "UTC", "001/3/2016 10:00", DATE_BAD, NULL},
    {"excel", "UTC", "25569", DATE_READ, "1970-01-01T00:00:00Z"},
    {"excel", "UTC", "45363.4034722222", DATE_READ, "2024-03-12T09:41:00Z"},
    {"excel", "UTC", "45363,4034722222", DATE_READ, "2024-03-12T09:41:00Z"},
    {"excel", "America/New_York", "45363.5", DATE_READ, "2024-03-12T16:00:00Z"},
    {"excel", "UTC", "45363.99999999", DATE_READ, "2024-03-13T00:00:00Z"},
    {"excel", "UTC", "45363.", DATE_BAD, NULL},
    {"excel", "UTC", "-45363", DATE_BAD, NULL},
    {"excel", "UTC", "4536x", DATE_BAD, NULL},
    {"excel", "UTC", "12", DATE_OUTSIDE, NULL},
    {"excel", "UTC", "1234567", DATE_BAD, NULL},
    {"d/m/Y", "UTC", "1/3/2016", DATE_READ, "2016-03-01T00:00:00Z"},
    {"d/m/Y", "America/New_York", "1/3/2016", DATE_READ, "2016-03-01T05:00:00Z"},
    {"d-m-Y H:M:S", "UTC", "01-03-2016 10:20:30", DATE_READ, "2016-03-01T10:20:30Z"},
    {"Y/m/d H:M:S.f", "UTC", "2012/10/09 14:50:17.000", DATE_READ, "2012-10-09T14:50:17Z"},
    {"Y/m/d H:M:S.f", "UTC", "2012/10/09 14:50:17.", DATE_BAD, NULL},
    {"m/d/Y I:M p", "UTC", "7/2/2022 4:20 AM", DATE_READ, "2022-07-02T04:20:00Z"},
    {"m/d/Y I:M p", "UTC", "7/2/2022 12:00 AM", DATE_READ, "2022-07-02T00:00:00Z"},
    {"m/d/Y I:M p", "UTC", "7/2/2022 12:00 pm", DATE_READ, "2022-07-02T12:00:00Z"},
    {"m/d/Y I:M p", "UTC", "7/2/2022 11:59 p.m.", DATE_READ, "2022-07-02T23:59:00Z"},
    {"m/d/Y I:M p", "UTC", "7/2/2022 0:20 AM", DATE_BAD, NULL},
    {"m/d/Y I:M p", "UTC", "7/2/2022 13:20 PM", DATE_BAD, NULL},
    {"m/d/Y I:M p", "UTC", "7/2/2022 4:20", DATE_BAD, NULL},
    {"d/b/y I:M p", "UTC", "12/Mar/24 9:41 AM", DATE_READ, "2024-03-12T09:41:00Z"},
    {"d b Y", "UTC", "1 september 1999", DATE_READ, "1999-09-01T00:00:00Z"},
    {"d b Y", "UTC", "1 Sep. 1999", DATE_READ, "1999-09-01T00:00:00Z"},
    {"d b Y", "UTC", "1 Sept 1999", DATE_BAD, NULL},
    {"d/m/y", "UTC", "1/2/49", DATE_READ, "2049-02-01T00:00:00Z"},
    {"d/m/y", "UTC", "1/2/50", DATE_READ, "1950-02-01T00:00:00Z"},
    {"Y-m-dTH:M:Sz", "UTC", "2020-01-01T00:00:00+0300", DATE_READ, "2019-12-31T21:00:00Z"},
    {"Y-m-d H:M z", "UTC", "2020-01-01 00:00 -05:30", DATE_READ, "2020-01-01T05:30:00Z"},
    {"Y-m-d H:M z", "UTC", "2020-01-01 00:00 UTC", DATE_READ, "2020-01-01T00:00:00Z"},
    {"Y-m-d H:M z", "America/New_York", "2020-07-01 00:00 Z", DATE_READ, "2020-07-01T00:00:00Z"},
    {"YmdHMS", "UTC", "20200102030405", DATE_READ, "2020-01-02T03:04:05Z"},
    {"iso", "UTC", "2020-01-02T03:04:05Z", DATE_READ, "2020-01-02T03:04:05Z"},
    {"iso", "UTC", "2020-01-02T03:04:05.999Z", DATE_READ, "2020-01-02T03:04:05Z"},
    {"iso", "UTC", "2010-03-31T14:59:42.000000", DATE_READ, "2010-03-31T14:59:42Z"},
    {"iso", "UTC", "2020-01-02 03:04", DATE_READ, "2020-01-02T03:04:00Z"},
    {"iso", "UTC", "2020-01-02", DATE_READ, "2020-01-02T00:00:00Z"},
    {"iso", "UTC", "2020-01-02T03:04:05+03", DATE_READ, "2020-01-02T00:04:05Z"},
    {"iso", "UTC", "2020-01-02 03:04:05 +0300", DATE_READ, "2020-01-02T00:04:05Z"},
    {"iso", "UTC", "2020-01-02T03:04:05+24:00", DATE_BAD, NULL},
    {"iso", "UTC", "2020-1-2", DATE_BAD, NULL},
    {"iso", "UTC", "2020-01-02T", DATE_BAD, NULL},
    {"iso", "UTC", "1899-12-30T00:00:00", DATE_UNSET, NULL},
    {"iso", "UTC", "0001-01-01T00:00:00.0000000", DATE_UNSET, NULL},
    {"iso", "UTC", "0000-00-00 00:00:00", DATE_UNSET, NULL},
    {"iso", "UTC", "0000-01-01", DATE_OUTSIDE, NULL},
    {"iso", "UTC", "1899-12-29T00:00:00", DATE_OUTSIDE, NULL},
    {"iso", "UTC", "9999-12-31T23:59:59Z", DATE_UNSET, NULL},
    {"iso", "UTC", "1970-01-01T00:00:00.000Z", DATE_UNSET, NULL},
    {"iso", "UTC", "1970-01-01T00:00:01Z", DATE_READ, "1970-01-01T00:00:01Z"},
    {"iso", "America/New_York", "1970-01-01 00:00", DATE_UNSET, NULL},
    {"iso", "UTC", "1970-01-01T01:00:00+01:00", DATE_READ, "1970-01-01T00:00:00Z"},
    {"m/d/Y I:M:S p", "UTC", "1/1/0001 12:00:00 AM", DATE_UNSET, NULL},
    {"m/d/Y I:M:S p", "UTC", "1/1/1970 12:00:00 AM", DATE_UNSET, NULL},
    {"m/d/Y I:M:S p", "UTC", "1/1/1970 12:00:00 PM", DATE_READ, "1970-01-01T12:00:00Z"},
    {"epoch", "UTC", "0", DATE_UNSET, NULL},
    {"epoch_ms", "UTC", "0", DATE_UNSET, NULL},
    {"excel", "UTC", "0", DATE_UNSET, NULL},
    {"iso", "UTC", "2016-12-31T23:59:60Z", DATE_READ, "2016-12-31T23:59:59Z"},
    {"iso", "UTC", "2017-01-01T00:59:60+01:00", DATE_READ, "2016-12-31T23:59:59Z"},
    {"iso", "Europe/Berlin", "2017-01-01 00:59:60", DATE_READ, "2016-12-31T23:59:59Z"},
    {"iso", "UTC", "2016-12-30T23:59:60Z", DATE_BAD, NULL},
    {"iso", "UTC", "2016-12-31T23:58:60Z", DATE_BAD, NULL},
    {"iso", "UTC", "2016-12-31T23:59:61Z", DATE_BAD, NULL},
    {"iso", "UTC", "2101-01-01T00:00:00", DATE_OUTSIDE, NULL},
    {"iso", "UTC", "2100-12-31T23:59:59", DATE_READ, "2100-12-31T23:59:59Z"},
    {"iso", "UTC", "1950-01-01T00:00:00+01:00", DATE_OUTSIDE, NULL},
    {"iso", "America/New_York", "2026-03-08T02:30:00", DATE_GAP, "2026-03-08T07:30:00Z"},
    {"iso", "America/New_York", "2026-11-01T01:30:00", DATE_FOLD, "2026-11-01T05:30:00Z"},
    {"iso", "America/New_York", "2026-11-01T02:30:00", DATE_READ, "2026-11-01T07:30:00Z"},
    {"iso", "America/New_York", "2026-11-01T01:30:00-05:00", DATE_READ, "2026-11-01T06:30:00Z"},
    {"epoch", "UTC", "1456708560", DATE_READ, "2016-02-29T01:16:00Z"},
    {"epoch", "UTC", "1456708560.75", DATE_READ, "2016-02-29T01:16:00Z"},
    {"epoch", "UTC", "1456708560.", DATE_BAD, NULL},
    {"epoch", "UTC", "1e9", DATE_BAD, NULL},
    {"epoch", "UTC", "99999999999", DATE_OUTSIDE, NULL},
    {"epoch", "UTC", "999999999999999999999", DATE_BAD, NULL},
    {"epoch_ms", "UTC", "1456708560999", DATE_READ, "2016-02-29T01:16:00Z"},
    {"epoch_ms", "UTC", "-1", DATE_READ, "1969-12-31T23:59:59Z"},
    {"iso", "UTC", "", DATE_BAD, NULL},
    {"auto", "UTC", "2024-03-12T09:41:07.123+0300", DATE_READ, "2024-03-12T06:41:07Z"},
    {"auto", "UTC", "2024/3/12 9:41", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "2024-Mar-12", DATE_READ, "2024-03-12T00:00:00Z"},
    {"auto", "UTC", "2024-03/12", DATE_BAD, NULL},
    {"auto", "UTC", "12/Mar/24 9:41 AM", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "12-Mar-2024 21:41:07", DATE_READ, "2024-03-12T21:41:07Z"},
    {"auto", "UTC", "12 March 2024, 9:41 p.m.", DATE_READ, "2024-03-12T21:41:00Z"},
    {"auto", "UTC", "March 12, 2024 9:41 AM", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "Tue, 12 Mar 2024 09:41:07 +0000", DATE_READ, "2024-03-12T09:41:07Z"},
    {"auto", "UTC", "Tuesday 12 March 2024", DATE_BAD, NULL},
    {"auto", "UTC", "12.03.2024 09:41", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "03.13.2024 09:41", DATE_BAD, NULL},
    {"auto", "UTC", "12/03", DATE_BAD, NULL},
    {"auto", "UTC", "12/03/2024 9", DATE_BAD, NULL},
    {"auto", "UTC", "12/03-2024", DATE_BAD, NULL},
    {"auto", "UTC", "31/02/2024", DATE_BAD, NULL},
    {"auto", "UTC", "13/13/2024", DATE_BAD, NULL},
    {"auto", "UTC", "3/4/1949", DATE_OUTSIDE, NULL},
    {"auto", "UTC", "3/4/2024 13:00 PM", DATE_BAD, NULL},
    {"auto", "UTC", "45363.4034722222", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "1710236460", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "1710236460.25", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "1710236460123", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "20240312094107", DATE_READ, "2024-03-12T09:41:07Z"},
    {"auto", "UTC", "202403120941", DATE_READ, "2024-03-12T09:41:00Z"},
    {"auto", "UTC", "946684800123", DATE_READ, "2000-01-01T00:00:00Z"},
    {"auto", "UTC", "20240312", DATE_READ, "2024-03-12T00:00:00Z"},
    {"auto", "UTC", "4711", DATE_BAD, NULL},
    {"auto", "UTC", "0", DATE_UNSET, NULL},
    {"auto", "UTC", "00", DATE_BAD, NULL},
    {"auto", "UTC", "1900-01-01T00:00:00", DATE_UNSET, NULL},
    {"auto", "UTC", "30/12/1899 00:00:00", DATE_UNSET, NULL},
    {"auto", "UTC", "12/30/1899", DATE_UNSET, NULL},
    {"mdy", "UTC", "12/30/1899", DATE_UNSET, NULL},
    {"auto", "UTC", "00/00/0000", DATE_UNSET, NULL},
    {"auto", "UTC", "Tue Mar 12 09:41:07 2024", DATE_READ, "2024-03-12T09:41:07Z"},
    {"auto", "UTC", "Tue Mar  5 9:41 2024", DATE_READ, "2024-03-05T09:41:00Z"},
    {"auto", "UTC", "Mar 12 09:41:07", DATE_BAD, NULL},
    {"auto", "UTC", "Mar 12 09:41:07 24", DATE_BAD, NULL},
    {"auto", "UTC", "20240312T094107Z", DATE_READ, "2024-03-12T09:41:07Z"},
    {"auto", "UTC", "20240312T0941+0100", DATE_READ, "2024-03-12T08:41:00Z"},
    {"auto", "UTC", "20240312T09410", DATE_BAD, NULL},
    {"auto", "UTC", "22 Mar 24, 3:00\xE2\x80\xAFPM", DATE_READ, "2024-03-22T15:00:00Z"},
    {"auto", "UTC",
	"22\xC2\xA0March\xC2\xA0"
	"2024",
	DATE_READ, "2024-03-22T00:00:00Z"},
    {"auto", "UTC", "22 Mar 2024\xE2\x80\xAE 3:00", DATE_BAD, NULL},
    {"auto", "UTC", "", DATE_BAD, NULL},
    {"auto", "UTC", "tomorrow", DATE_BAD, NULL},
    {"dmy", "UTC", "3/4/2024 7:05 PM", DATE_READ, "2024-04-03T19:05:00Z"},
    {"mdy", "UTC", "3/4/2024 7:05 PM", DATE_READ, "2024-03-04T19:05:00Z"},
    {"mdy", "UTC", "Mon 07/04/2022 1:00 PM UTC-04", DATE_READ, "2022-07-04T17:00:00Z"},
    {"mdy", "UTC", "31/12/2024", DATE_BAD, NULL},
    {"mdy", "UTC", "03.04.2024", DATE_READ, "2024-04-03T00:00:00Z"},
    {"mdy", "UTC", "2024-04-03", DATE_READ, "2024-04-03T00:00:00Z"},
    {"dmy", "America/New_York", "8/3/2026 2:30", DATE_GAP, "2026-03-08T07:30:00Z"},
};

#define NDATES (int)(sizeof(dates) / sizeof(dates[0]))

START_TEST(date_reads)
{
	struct date_format format;
	char why[ZONE_WHY], text[INSTANT_TEXT];
	struct zone *zone = zone_load(dates[_i].zone, why);
	int64_t instant = INSTANT_NONE;
	enum date_result result;

	ck_assert_ptr_nonnull(zone);
	ck_assert_ptr_null(date_format_compile(&format, slice_z(dates[_i].format)));
	result = dates_read(&format, 1, zone, slice_z(dates[_i].text), &instant);
	ck_assert_msg(result == dates[_i].result, "%s of \"%s\": result %d", dates[_i].format,
	    dates[_i].text, (int)result);
	if (dates[_i].instant == NULL) {
		ck_assert_int_eq(instant, INSTANT_NONE);
	} else {
		instant_format(instant, text);
		ck_assert_str_eq(text, dates[_i].instant);
	}
	zone_free(zone);
}
END_TEST

/* Every cut of a text that is read: no byte behind its end is looked at (ASan sees it). */
START_TEST(cut_texts)
{
	struct date_format format;
	size_t n, length = strlen(dates[_i].text);
	char exact[64];
	int64_t instant;

	ck_assert_ptr_null(date_format_compile(&format, slice_z(dates[_i].format)));
	for (n = 0; n <= length; n++) {
		memcpy(exact, dates[_i].text, n);
		memset(exact + n, '7', sizeof(exact) - n);
		(void)dates_read(&format, 1, zone_utc(), (struct slice){exact, n}, &instant);
	}
}
END_TEST

START_TEST(formats_in_order)
{
	struct date_format formats[2];
	int64_t instant = 0;

	ck_assert_ptr_null(date_format_compile(&formats[0], SLICE("d/m/Y")));
	ck_assert_ptr_null(date_format_compile(&formats[1], SLICE("m/d/Y")));
	ck_assert_int_eq(
	    dates_read(formats, 2, zone_utc(), SLICE("1/2/1970"), &instant), DATE_READ);
	ck_assert_int_eq(instant, 31 * 86400);
	ck_assert_int_eq(
	    dates_read(formats, 2, zone_utc(), SLICE("1/31/1970"), &instant), DATE_READ);
	ck_assert_int_eq(instant, 30 * 86400);
}
END_TEST

/* What a date without an order means, day first and month first. */
static const struct {
	const char *zone, *text, *day_first, *month_first;
} pairs[] = {
    {"UTC", "03/04/2026", "2026-04-03T00:00:00Z", "2026-03-04T00:00:00Z"},
    {"UTC", "12/01/50 1:02:03 PM", "1950-01-12T13:02:03Z", "1950-12-01T13:02:03Z"},
    {"UTC", "1-12-2100 23:59", "2100-12-01T23:59:00Z", "2100-01-12T23:59:00Z"},
    {"UTC", "12/01/1950", "1950-01-12T00:00:00Z", "1950-12-01T00:00:00Z"},
    {"UTC", "5/5/2026", "2026-05-05T00:00:00Z", "2026-05-05T00:00:00Z"},
    {"UTC", "25/04/2026", "2026-04-25T00:00:00Z", NULL},
    {"UTC", "04/25/2026", NULL, "2026-04-25T00:00:00Z"},
    {"UTC", "3/4/2026 10:00 +0200", "2026-04-03T08:00:00Z", "2026-03-04T08:00:00Z"},
    {"America/New_York", "03/04/2026", "2026-04-03T04:00:00Z", "2026-03-04T05:00:00Z"},
    {"Africa/Monrovia", "12/01/1970", "1970-01-12T00:44:30Z", "1970-12-01T00:44:30Z"},
    {"Europe/Berlin", "1/1/1950", NULL, NULL},
};

#define NPAIRS (int)(sizeof(pairs) / sizeof(pairs[0]))

static void
check_half(int64_t pair, enum date_order order, const char *expected)
{
	char text[INSTANT_TEXT] = "";
	int64_t instant = date_pair_instant(pair, order);

	if (instant != INSTANT_NONE)
		instant_format(instant, text);
	ck_assert_str_eq(text, expected != NULL ? expected : "");
}

START_TEST(two_readings)
{
	struct date_format format;
	char why[ZONE_WHY];
	struct zone *zone = zone_load(pairs[_i].zone, why);
	int64_t cell = INSTANT_NONE;
	enum date_result result;

	ck_assert_ptr_nonnull(zone);
	ck_assert_ptr_null(date_format_compile(&format, SLICE("auto")));
	result = dates_read(&format, 1, zone, slice_z(pairs[_i].text), &cell);
	if (pairs[_i].day_first == NULL && pairs[_i].month_first == NULL) {
		ck_assert_int_eq(result, DATE_OUTSIDE);
	} else {
		ck_assert_int_eq(result, DATE_READ);
		ck_assert(date_is_pair(cell));
		check_half(cell, ORDER_DAY_FIRST, pairs[_i].day_first);
		check_half(cell, ORDER_MONTH_FIRST, pairs[_i].month_first);
	}
	zone_free(zone);
}
END_TEST

static const char *const bad_formats[] = {"", "d/m", "d/m/Y/y", "d/d/m/Y", "d/b/m/Y", "m/Y",
    "d/m/Y H I p", "d/m/Y I:M", "d/m/Y H:M p", "d/m/Y S", "d/m/Y H:M f", "D/M/Y", "d/m/Y Q",
    "d/m/2016", "d/m/Y                                                              "};

#define NBAD (int)(sizeof(bad_formats) / sizeof(bad_formats[0]))

START_TEST(bad_format)
{
	struct date_format format;

	ck_assert_msg(date_format_compile(&format, slice_z(bad_formats[_i])) != NULL, "\"%s\"",
	    bad_formats[_i]);
}
END_TEST

Suite *
dates_suite(void)
{
	Suite *suite = suite_create("dates");
	TCase *tcase = tcase_create("dates");

	tcase_add_loop_test(tcase, date_reads, 0, NDATES);
	tcase_add_loop_test(tcase, cut_texts, 0, NDATES);
	tcase_add_test(tcase, formats_in_order);
	tcase_add_loop_test(tcase, two_readings, 0, NPAIRS);
	tcase_add_loop_test(tcase, bad_format, 0, NBAD);
	suite_add_tcase(suite, tcase);
	return suite;
}
