/* support.h: what the unit tests share */
#ifndef SLA_TESTS_SUPPORT_H
#define SLA_TESTS_SUPPORT_H

#include <check.h>

#include <stddef.h>
#include <stdint.h>

/*
 * The path of REL in the folder of shared test material: $SLA_SHARED, or
 * ../shared.  NULL when there is no such file: then call skip_test and return.
 * The string stays valid until the next call.
 */
const char *shared_path(const char *rel);

/*
 * Counts the running test as skipped, for the reason given, instead of passed.
 * Call it once in a test, then return from the test.
 */
void skip_test(const char *why);

/* The next number of a splitmix64 sequence; *state is any seed, and moves on. */
uint64_t rnd(uint64_t *state);

/* A number from 0 to n - 1, n > 0; the bias is below n / 2^64. */
uint64_t rnd_below(uint64_t *state, uint64_t n);

/* The seed of the property tests: $SLA_SEED, or a fixed one.  check_main prints it. */
uint64_t test_seed(void);

/*
 * True unless $SLA_LIGHT is 0 or not set: property
 * and all-inputs tests then do about a tenth of their rounds.
 */
int light(void);

/*
 * The whole file as a NUL-terminated string that the caller frees; *n, where n is not
 * NULL, is its length.  NULL when it cannot be read.
 */
char *slurp(const char *path, size_t *n);

/* For check_main: opens the tally of skipped tests, then reads it and prints the reasons. */
int support_start(void);
unsigned long support_skipped(void);

#endif
