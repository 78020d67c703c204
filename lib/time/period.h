/* period.h: weeks, months, quarters and years, by which what happened is counted */
/* Rank: time. */
#ifndef SLA_TIME_PERIOD_H
#define SLA_TIME_PERIOD_H

#include "time/zone.h"

#include <stdint.h>

enum period { PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR, PERIODS };

#define PERIOD_TEXT 16 /* bytes that period_format() writes at most, the NUL among them */

/* "week", "month", "quarter", "year"; of a word, -1 where it is none. */
const char *period_word(enum period period);
int period_of_word(const char *word);

/*
 * The number of the period that holds an instant in range, by the zone's clocks; always positive,
 * and one more for the period that follows. Weeks begin on Monday (ISO 8601).
 */
uint32_t period_at(enum period period, const struct zone *zone, int64_t instant);
/* The instant at which the period begins. */
int64_t period_start(enum period period, const struct zone *zone, uint32_t number);
/* "2016-W09" (ISO 8601), "2016-03", "2016-Q1", "2016": in order of time as texts. */
void period_format(enum period period, uint32_t number, char text[PERIOD_TEXT]);

#endif
