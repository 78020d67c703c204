/* check_time.h: what the tests of lib/time share; it is in check_calendar.c */
#ifndef SLA_TESTS_CHECK_TIME_H
#define SLA_TESTS_CHECK_TIME_H

#include "time/calendar.h"

#include <stdint.h>

/* Each fails the running test where it cannot do what it says. */

/* The instant that a text stands for. */
int64_t at(const char *text);

/* An instant as text, "none" for INSTANT_NONE; good for the next three calls. */
const char *text_of(int64_t instant);

/* Two instants are the same. */
void same(int64_t got, int64_t want, const char *what);

/* The zone of that name and the calendar of those rules, for the caller to free. */
struct zone *load_zone(const char *name);
struct calendar *make_calendar(const struct calendar_rules *rules);

#endif
