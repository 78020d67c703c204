/* window.h: the time that a report is asked for, and the time before it */
/* Rank: report. */
#ifndef SLA_REPORT_WINDOW_H
#define SLA_REPORT_WINDOW_H

#include "time/period.h"

#include <stdbool.h>

/* A time span [since, until); INSTANT_NONE: open at that end. */
struct window {
	int64_t since, until;
};

bool window_holds(const struct window *window, int64_t instant);

/*
 * The window before one with both ends: of whole weeks, months, quarters or years as many of them, of any
 * other as many seconds; it ends where the other begins.
 */
struct window
window_before(const struct window *window, enum period period, const struct zone *zone);

/* Reads "2026-03-01", the beginning of that day in the zone, or an instant (RFC 3339). */
bool window_bound(const char *text, const struct zone *zone, int64_t *instant);

#endif
