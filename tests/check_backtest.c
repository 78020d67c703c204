/* check_backtest.c: tests of the measures of a backtest, against values worked by hand */
#include "risk/backtest_slice.h"
#include "tests/support.h"

#include <math.h>

#define HOUR INT64_C(3600)
#define DAY  (24 * HOUR)

/* Ticket 0 is missed, 1 met, 2 missed; the lead is in working seconds. */
static struct past tickets[] = {{.missed = true}, {.missed = false}, {.missed = true}};
static const int64_t landmarks[] = {HOUR, 2 * HOUR, 2 * DAY};
static struct history history = {
    .tickets = tickets, .ntickets = 3, .landmarks = landmarks, .nlandmarks = 3};

static const struct sample samples[] = {
    {.ticket = 0, .at = 9 * HOUR, .landmark = HOUR, .lead = 6 * HOUR},
    {.ticket = 0, .at = 10 * HOUR, .landmark = 2 * HOUR, .lead = 5 * HOUR},
    {.ticket = 0, .at = 56 * HOUR, .landmark = 2 * DAY, .lead = 0},
    {.ticket = 1, .at = 9 * HOUR, .landmark = HOUR, .lead = 3 * HOUR},
    {.ticket = 1, .at = 10 * HOUR, .landmark = 2 * HOUR, .lead = 2 * HOUR},
    {.ticket = 2, .at = 10 * HOUR, .landmark = HOUR, .lead = 9 * HOUR},
};
#define ROWS (sizeof(samples) / sizeof(samples[0]))

static const struct sample *rows[ROWS];
static double model[ROWS] = {0.4, 0.5, 0.9, 0.2, 0.7, 0.1};
/* The model warns in three rows; the third highest here is 0.6. */
static double elapsed[ROWS] = {0.6, 0.1, 0.1, 0.8, 0.7, 0.5};
static struct forecast forecasts[ROWS];

static struct test_slice
make_slice(void)
{
	struct test_slice slice = {.history = &history,
	    .samples = rows,
	    .p = {model, elapsed, elapsed},
	    .forecasts = forecasts,
	    .count = ROWS};
	size_t i;

	for (i = 0; i < ROWS; i++)
		rows[i] = &samples[i];
	return slice;
}

START_TEST(early_auc)
{
	struct test_slice slice = make_slice();

	/*
	 * At 1 h: missed 0.4 and 0.1 against met 0.2, one pair of two in order. At 2 h: 0.5 against
	 * 0.7, none. Two days are not early.
	 */
	ck_assert_double_eq_tol(slice_early_auc(&slice, RIVAL_MODEL), 0.25, 1e-12);
}
END_TEST

START_TEST(worklist)
{
	struct test_slice slice = make_slice();

	/* The first day lists the three tickets once each, two of them missed; the third day one. */
	ck_assert_double_eq_tol(slice_worklist_precision(&slice, RIVAL_MODEL), 0.75, 1e-12);
	slice.count = 0;
	ck_assert(isnan(slice_worklist_precision(&slice, RIVAL_MODEL)));
}
END_TEST

START_TEST(long_worklist)
{
	enum { MANY = WORKLIST_SIZE + 5 };
	struct past many[MANY] = {{0}};
	struct sample one[MANY] = {{0}};
	const struct sample *list[MANY];
	double p[MANY];
	struct history past = {.tickets = many, .ntickets = MANY};
	struct test_slice slice = {.history = &past, .samples = list, .p = {p}, .count = MANY};
	size_t i;

	/* The five least likely, which fall off the list, were all that was met. */
	for (i = 0; i < MANY; i++) {
		one[i].ticket = i;
		list[i] = &one[i];
		p[i] = (double)(MANY - i) / MANY;
		many[i].missed = i < WORKLIST_SIZE;
	}
	ck_assert_double_eq_tol(slice_worklist_precision(&slice, RIVAL_MODEL), 1, 1e-12);
}
END_TEST

START_TEST(warnings_by_hand)
{
	struct test_slice slice = make_slice();
	struct warnings warnings;

	/* Ticket 0 is warned of 5 hours before; 2 never; the met 1 two hours before. */
	slice_warnings(&warnings, &slice, RIVAL_MODEL);
	ck_assert_uint_eq(warnings.missed, 2);
	ck_assert_uint_eq(warnings.met, 1);
	ck_assert_uint_eq(warnings.caught[0], 1); /* 1 h */
	ck_assert_uint_eq(warnings.caught[2], 1); /* 4 h */
	ck_assert_uint_eq(warnings.caught[3], 0); /* 8 h */
	ck_assert_uint_eq(warnings.crying[1], 1); /* 2 h */
	ck_assert_uint_eq(warnings.crying[2], 0);
	ck_assert_int_eq(warnings.lead, 5 * HOUR);
	/* As many rows, so from 0.6 on: ticket 0 from 6 hours before. */
	slice_warnings(&warnings, &slice, RIVAL_ELAPSED);
	ck_assert_int_eq(warnings.lead, 6 * HOUR);
	ck_assert_uint_eq(warnings.caught[3], 0);
	ck_assert_uint_eq(warnings.crying[1], 1);
}
END_TEST

START_TEST(unknown_breach)
{
	struct sample unknown[] = {{.ticket = 0, .lead = -1}, {.ticket = 1, .lead = -1}};
	const struct sample *list[] = {&unknown[0], &unknown[1]};
	struct test_slice slice = {
	    .history = &history, .samples = list, .p = {model, elapsed, elapsed}, .count = 2};
	struct warnings warnings;

	slice_warnings(&warnings, &slice, RIVAL_MODEL);
	ck_assert_uint_eq(warnings.missed + warnings.met, 0);
	ck_assert_int_eq(warnings.lead, -1);
}
END_TEST

Suite *backtest_suite(void);

Suite *
backtest_suite(void)
{
	Suite *suite = suite_create("backtest");
	TCase *tcase = tcase_create("backtest");

	tcase_add_test(tcase, early_auc);
	tcase_add_test(tcase, worklist);
	tcase_add_test(tcase, long_worklist);
	tcase_add_test(tcase, warnings_by_hand);
	tcase_add_test(tcase, unknown_breach);
	suite_add_tcase(suite, tcase);
	return suite;
}
