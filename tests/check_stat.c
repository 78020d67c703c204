/* check_stat.c: tests of the histogram and of intervals */
#include <stdlib.h>

#include "stat/histogram.h"
#include "stat/interval.h"
#include "tests/support.h"

#define VALUES 2000

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* From all magnitudes alike, 0 and the largest among them. */
static int64_t
any_value(uint64_t *state)
{
	uint64_t bits = rnd_below(state, 64);

	return bits == 0 ? 0 : (int64_t)(rnd(state) >> (64 - bits));
}

static int64_t
exact_quantile(const int64_t *sorted, int64_t n, int per_mille)
{
	int64_t rank = (n * per_mille + 999) / 1000;

	return sorted[rank > 0 ? rank - 1 : 0];
}

START_TEST(error_bound)
{
	static int64_t values[VALUES];
	uint64_t state = test_seed() + (uint64_t)_i;
	struct histogram histogram = {0};
	int64_t n = 1 + (int64_t)rnd_below(&state, VALUES), i, exact, got;
	double error;
	int per_mille;

	for (i = 0; i < n; i++) {
		values[i] = any_value(&state);
		histogram_add(&histogram, values[i]);
	}
	qsort(values, (size_t)n, sizeof(values[0]), compare);
	ck_assert_int_eq(histogram.count, n);
	ck_assert_int_eq(histogram.min, values[0]);
	ck_assert_int_eq(histogram.max, values[n - 1]);
	for (per_mille = 0; per_mille <= 1000; per_mille++) {
		exact = exact_quantile(values, n, per_mille);
		got = histogram_quantile(&histogram, per_mille);
		error = (double)got - (double)exact;
		if (error < 0)
			error = -error;
		if (error > (double)exact * 0.01 || (exact < 128 && got != exact))
			ck_abort_msg("quantile %d of %lld values is %lld, not %lld", per_mille,
			    (long long)n, (long long)got, (long long)exact);
	}
	histogram_free(&histogram);
}
END_TEST

START_TEST(merged_as_whole)
{
	uint64_t state = test_seed() + (uint64_t)_i;
	struct histogram whole = {0}, parts[3] = {{0}}, merged = {0};
	int64_t value;
	int i, p;

	for (i = 0; i < VALUES; i++) {
		value = any_value(&state) >> 12;
		histogram_add(&whole, value);
		histogram_add(&parts[rnd_below(&state, 3)], value);
	}
	for (p = 2; p >= 0; p--)
		histogram_merge(&merged, &parts[p]);
	ck_assert_int_eq(merged.count, whole.count);
	ck_assert_int_eq(merged.sum, whole.sum);
	ck_assert_int_eq(merged.min, whole.min);
	ck_assert_int_eq(merged.max, whole.max);
	ck_assert_uint_eq(merged.ncells, whole.ncells);
	for (i = 0; i <= 1000; i++)
		ck_assert_int_eq(histogram_quantile(&merged, i), histogram_quantile(&whole, i));
	for (p = 0; p < 3; p++)
		histogram_free(&parts[p]);
	histogram_free(&whole);
	histogram_free(&merged);
}
END_TEST

START_TEST(edges)
{
	struct histogram histogram = {0}, other = {0};

	ck_assert_int_eq(histogram_quantile(&histogram, 500), -1);
	histogram_merge(&histogram, &other);
	ck_assert_int_eq(histogram.count, 0);
	histogram_add(&histogram, -5);
	ck_assert_int_eq(histogram_quantile(&histogram, 500), 0);
	histogram_add(&histogram, INT64_MAX);
	histogram_add(&histogram, INT64_MAX);
	ck_assert_int_eq(histogram.sum, INT64_MAX);
	ck_assert_int_eq(histogram_quantile(&histogram, 1000), INT64_MAX);
	histogram_merge(&other, &histogram);
	histogram_merge(&other, &histogram);
	ck_assert_int_eq(other.sum, INT64_MAX);
	ck_assert_int_eq(other.count, 6);
	histogram_free(&histogram);
	histogram_free(&other);
	ck_assert_int_eq(histogram_quantile(&histogram, 500), -1);
	histogram_free(&histogram);
}
END_TEST

/* The score intervals of Newcombe, Statistics in Medicine 17 (1998), table I, and their mirror. */
START_TEST(wilson)
{
	static const struct {
		int part, whole, low, high;
	} published[] = {{81, 263, 255, 367}, {15, 148, 62, 161}, {0, 20, 0, 162}, {1, 29, 6, 172},
	    {20, 20, 838, 1000}, {28, 29, 828, 994}};
	struct interval interval;
	size_t i;

	for (i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
		interval = interval_wilson(published[i].part, published[i].whole);
		ck_assert_int_eq(interval.low, published[i].low);
		ck_assert_int_eq(interval.high, published[i].high);
	}
	interval = interval_wilson(3, 0);
	ck_assert(interval.low == 0 && interval.high == 1000);
	interval = interval_wilson(INT64_MAX, INT64_MAX);
	ck_assert(interval.low >= 999 && interval.high == 1000);
	interval = interval_wilson(-5, 20);
	ck_assert_int_eq(interval.low, 0);
}
END_TEST

Suite *stat_suite(void);

Suite *
stat_suite(void)
{
	Suite *suite = suite_create("stat");
	TCase *histogram = tcase_create("histogram");

	tcase_add_loop_test(histogram, error_bound, 0, light() ? 3 : 20);
	tcase_add_loop_test(histogram, merged_as_whole, 0, light() ? 1 : 5);
	tcase_add_test(histogram, edges);
	tcase_add_test(histogram, wilson);
	suite_add_tcase(suite, histogram);
	return suite;
}
