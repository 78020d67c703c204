/* period.h: weeks, months and quarters, by which what happened is counted */
/* Rank: report. */
#ifndef SLA_REPORT_PERIOD_H
#define SLA_REPORT_PERIOD_H

#include "time/zone.h"

#include <stdbool.h>
#include <stdint.h>

enum period { PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIODS };

#define PERIOD_TEXT 16 /* bytes that period_format() writes at most, the NUL among them */

/* "week", "month", "quarter"; of a word, -1 where it is none. */
const char *period_word(enum period period);
int period_of_word(const char *word);

/*
 * The number of the period that holds an instant in range, by the zone's clocks; always positive,
 * and one more for the period that follows. Weeks begin on Monday (ISO 8601).
 */
uint32_t period_at(enum period period, const struct zone *zone, int64_t instant);
/* The instant at which the period begins. */
int64_t period_start(enum period period, const struct zone *zone, uint32_t number);
/* "2016-W09" (ISO 8601), "2016-03", "2016-Q1": in order of time as texts. */
void period_format(enum period period, uint32_t number, char text[PERIOD_TEXT]);

/* A time span [since, until); INSTANT_NONE: open at that end. */
struct window {
	int64_t since, until;
};

bool window_holds(const struct window *window, int64_t instant);

/*
 * The window before one with both ends: of whole weeks, months or quarters as many of them, of any
 * other as many seconds; it ends where the other begins.
 */
struct window
window_before(const struct window *window, enum period period, const struct zone *zone);

/* Reads "2026-03-01", the beginning of that day in the zone, or an instant (RFC 3339). */
bool window_bound(const char *text, const struct zone *zone, int64_t *instant);

#endif
