/* histogram.h: a histogram with a fixed relative error, for quantiles that merge */
/* Rank: stat. */
#ifndef SLA_STAT_HISTOGRAM_H
#define SLA_STAT_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Counts of non-negative integers in fixed buckets. Values below 128 have a bucket each; above,
 * every power of two is cut into 64 buckets of one width. A bucket at v is at most v / 64 wide and
 * its middle stands for it, so the error is below 1 / 128, that is 0.8 %.
 *
 * This is the bucket scheme of HdrHistogram (Gil Tene, hdrhistogram.org) in integers alone; the
 * guarantee is the one that DDSketch (Masson, Rim, Lee: VLDB 2019, arXiv:1908.10693) gives for 1 %.
 * The buckets do not depend on the data, so adding and merging in any order gives the same.
 *
 * Only buckets that were hit take memory, 16 bytes each. Zero-initialise ({0}), histogram_free().
 */
struct histogram {
	struct histogram_cell *cells; /* sorted by bucket */
	size_t ncells, cap;
	int64_t count, sum, min, max; /* exact; the sum stays at INT64_MAX where it would pass it */
};

/* Counts one value; a negative one counts as 0. */
void histogram_add(struct histogram *histogram, int64_t value);
/* Adds all that `from` has counted. */
void histogram_merge(struct histogram *histogram, const struct histogram *from);

/*
 * The value of rank ceil(per_mille * count / 1000), at least 1 (the nearest-rank quantile), within
 * 1 %, never outside min..max; exact below 128 and at both ends. per_mille is 0 to 1000. -1 where
 * nothing was counted.
 */
int64_t histogram_quantile(const struct histogram *histogram, int per_mille);

/* A bucket that was hit, i of ncells, and how often. */
void
histogram_cell_at(const struct histogram *histogram, size_t i, uint32_t *bucket, int64_t *count);
/*
 * To make it anew from what histogram_cell_at() gave: the buckets in ascending order, then the
 * totals. False where there is no such bucket or the number is not positive; where the totals
 * cannot be those of the buckets.
 */
bool histogram_put(struct histogram *histogram, uint32_t bucket, int64_t count);
bool histogram_bound(struct histogram *histogram, int64_t sum, int64_t min, int64_t max);

void histogram_free(struct histogram *histogram);

#endif
