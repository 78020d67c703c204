/* num.h: numbers read strictly */
/* Rank: base. */
#ifndef SLA_BASE_NUM_H
#define SLA_BASE_NUM_H

#include "base/slice.h"

#include <stdint.h>

/*
 * The whole text as a decimal integer: optional '-', digits, nothing else.
 * False, leaving *number alone, for anything else or when it does not fit.
 */
bool num_i64(struct slice text, int64_t *number);

/* a * b / c, rounded down, for non-negative a, b and positive c; no overflow. */
int64_t num_muldiv(int64_t a, int64_t b, int64_t c);

/* a * b against c * d, none of them negative: <0, 0, >0; no overflow. */
int num_compare_products(int64_t a, int64_t b, int64_t c, int64_t d);

#endif
