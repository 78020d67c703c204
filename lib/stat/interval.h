/* interval.h: how far a share of a small sample can be trusted */
/* Rank: stat. */
#ifndef SLA_STAT_INTERVAL_H
#define SLA_STAT_INTERVAL_H

#include <stdint.h>

/* Per mille, low rounded down and high rounded up. */
struct interval {
	int low, high;
};

/*
 * The 95 % interval of the share part/whole: the score interval of Wilson (Probable Inference, the
 * Law of Succession, and Statistical Inference, JASA 22, 1927), without a correction for
 * continuity. 0 to 1000 where whole is not positive; part is taken into 0..whole.
 */
struct interval interval_wilson(int64_t part, int64_t whole);

#endif
