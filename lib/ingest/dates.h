/* dates.h: instants from the ways in which exports write them */
/* Rank: ingest. */
#ifndef SLA_INGEST_DATES_H
#define SLA_INGEST_DATES_H

#include "base/slice.h"
#include "time/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest pattern, in steps: letters and other characters. */
#define DATE_STEPS 48

/*
 * One compiled format: the letters of sla-map(5), or one of its words. A value
 * that owns nothing.
 */
struct date_format {
	enum { DATE_PATTERN, DATE_ISO, DATE_EPOCH, DATE_EPOCH_MS, DATE_EXCEL } style;
	size_t nsteps;
	char steps[DATE_STEPS]; /* a letter of the pattern, or LITERAL and a character */
};

enum date_result {
	DATE_READ,
	DATE_FOLD,   /* read; the local time happened twice: the first was taken */
	DATE_GAP,    /* read; the local time never happened: taken later by the gap */
	DATE_BAD,    /* none of the formats fits, or there is no such date */
	DATE_OUTSIDE /* a date outside 1950 to 2100 */
};

/* NULL, or static text that says what is wrong with the pattern. */
const char *date_format_compile(struct date_format *format, struct slice pattern);

/*
 * Reads text (without blanks around it) by the first of the formats that fits;
 * a local time is one of zone. *instant is left alone where it is not read.
 */
enum date_result dates_read(const struct date_format *formats, size_t nformats,
    const struct zone *zone, struct slice text, int64_t *instant);

#endif
