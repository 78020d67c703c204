/* histogram.c: a histogram with a fixed relative error, for quantiles that merge */
#include "stat/histogram.h"

#include <string.h>

#include "base/mem.h"
#include "base/num.h"

#define EXACT    128 /* values below have a bucket each */
#define SUB_BITS 6   /* each power of two above has 1 << SUB_BITS buckets */

struct histogram_cell {
	int64_t count;
	uint32_t bucket;
};

static int
exponent_of(int64_t value)
{
	int exponent = 0;

	while (value > 1) {
		value >>= 1;
		exponent++;
	}
	return exponent;
}

static uint32_t
bucket_of(int64_t value)
{
	int exponent;

	if (value < EXACT)
		return (uint32_t)value;
	exponent = exponent_of(value);
	/* The leading bit and SUB_BITS more name the bucket in its power of two. */
	return (uint32_t)(EXACT + ((exponent - SUB_BITS - 1) << SUB_BITS) +
	    (int)(value >> (exponent - SUB_BITS)) - (1 << SUB_BITS));
}

static int64_t
middle_of(uint32_t bucket)
{
	int shift;
	int64_t low;

	if (bucket < EXACT)
		return bucket;
	shift = (int)((bucket - EXACT) >> SUB_BITS) + 1;
	low = (int64_t)((bucket - EXACT) % (1U << SUB_BITS) + (1U << SUB_BITS)) << shift;
	return low + ((int64_t)1 << shift) / 2;
}

/* The place of the bucket, or where it belongs. */
static size_t
find(const struct histogram *histogram, uint32_t bucket)
{
	size_t low = 0, high = histogram->ncells, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (histogram->cells[middle].bucket < bucket)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of two numbers that are not negative; INT64_MAX where it would pass it. */
static int64_t
sum_of(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static void
add_cell(struct histogram *histogram, uint32_t bucket, int64_t count)
{
	size_t at = find(histogram, bucket);
	struct histogram_cell *cell;

	if (at == histogram->ncells || histogram->cells[at].bucket != bucket) {
		histogram->cells = mem_push(histogram->cells, histogram->ncells, &histogram->cap,
		    sizeof(*histogram->cells));
		cell = &histogram->cells[at];
		memmove(cell + 1, cell, (histogram->ncells - at) * sizeof(*cell));
		*cell = (struct histogram_cell){0, bucket};
		histogram->ncells++;
	}
	histogram->cells[at].count = sum_of(histogram->cells[at].count, count);
}

static void
add_totals(struct histogram *histogram, int64_t count, int64_t sum, int64_t min, int64_t max)
{
	if (histogram->count == 0 || min < histogram->min)
		histogram->min = min;
	if (histogram->count == 0 || max > histogram->max)
		histogram->max = max;
	histogram->count = sum_of(histogram->count, count);
	histogram->sum = sum_of(histogram->sum, sum);
}

void
histogram_add(struct histogram *histogram, int64_t value)
{
	if (value < 0)
		value = 0;
	add_cell(histogram, bucket_of(value), 1);
	add_totals(histogram, 1, value, value, value);
}

void
histogram_merge(struct histogram *histogram, const struct histogram *from)
{
	size_t i;

	if (from->count == 0)
		return;
	for (i = 0; i < from->ncells; i++)
		add_cell(histogram, from->cells[i].bucket, from->cells[i].count);
	add_totals(histogram, from->count, from->sum, from->min, from->max);
}

int64_t
histogram_quantile(const struct histogram *histogram, int per_mille)
{
	int64_t rank, seen = 0, value = histogram->max;
	size_t i;

	if (histogram->count == 0)
		return -1;
	rank = histogram->count - num_muldiv(histogram->count, 1000 - per_mille, 1000);
	if (rank <= 1)
		return histogram->min;
	if (rank >= histogram->count)
		return histogram->max;
	for (i = 0; i < histogram->ncells; i++) {
		seen = sum_of(seen, histogram->cells[i].count);
		if (seen >= rank) {
			value = middle_of(histogram->cells[i].bucket);
			break;
		}
	}
	if (value < histogram->min)
		return histogram->min;
	return value > histogram->max ? histogram->max : value;
}

void
histogram_cell_at(const struct histogram *histogram, size_t i, uint32_t *bucket, int64_t *count)
{
	*bucket = histogram->cells[i].bucket;
	*count = histogram->cells[i].count;
}

bool
histogram_put(struct histogram *histogram, uint32_t bucket, int64_t count)
{
	size_t n = histogram->ncells;

	if (count <= 0 || bucket > bucket_of(INT64_MAX) ||
	    (n > 0 && histogram->cells[n - 1].bucket >= bucket))
		return false;
	add_cell(histogram, bucket, count);
	histogram->count = sum_of(histogram->count, count);
	return true;
}

bool
histogram_bound(struct histogram *histogram, int64_t sum, int64_t min, int64_t max)
{
	size_t n = histogram->ncells;

	if (n == 0 || min < 0 || min > max || sum < max ||
	    bucket_of(min) != histogram->cells[0].bucket ||
	    bucket_of(max) != histogram->cells[n - 1].bucket)
		return false;
	histogram->sum = sum;
	histogram->min = min;
	histogram->max = max;
	return true;
}

void
histogram_free(struct histogram *histogram)
{
	mem_free(histogram->cells);
	*histogram = (struct histogram){0};
}
