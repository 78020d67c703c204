/* dates.c: instants from the ways in which exports write them */
#include "ingest/dates.h"

#include "base/num.h"
#include "ingest/date_parts.h"

#include <string.h>

#define LETTERS "dmYybHMSfIpz"
#define PLAIN   64   /* the longest text in which blanks are looked for */
#define LITERAL '\'' /* the next step is a character that stands for itself */

static bool
read_letter(struct date_reading *r, char letter)
{
	switch (letter) {
	case 'd':
		return date_digits(r, 1, 2, &r->civil.day);
	case 'm':
		return date_digits(r, 1, 2, &r->civil.month);
	case 'Y':
		return date_digits(r, 4, 4, &r->civil.year);
	case 'y':
		return date_short_year(r);
	case 'b':
		return date_month_name(r);
	case 'H':
	case 'I':
		return date_digits(r, 1, 2, &r->civil.hour);
	case 'M':
		return date_digits(r, 1, 2, &r->civil.minute);
	case 'S':
		return date_digits(r, 1, 2, &r->civil.second);
	case 'f':
		return date_fraction(r);
	case 'p':
		return date_half(r);
	default:
		return date_zone(r);
	}
}

/* A blank stands for one or more. */
static bool
read_literal(struct date_reading *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	while (c == ' ' && r->p < r->end && *r->p == ' ')
		r->p++;
	return true;
}

static bool
read_pattern(struct date_reading *r, const struct date_format *format)
{
	size_t i;

	for (i = 0; i < format->nsteps; i++) {
		if (format->steps[i] == LITERAL) {
			if (!read_literal(r, format->steps[++i]))
				return false;
		} else if (!read_letter(r, format->steps[i])) {
			return false;
		}
	}
	return true;
}

static bool
read_iso_date(struct date_reading *r)
{
	return date_digits(r, 4, 4, &r->civil.year) && date_char(r, '-') &&
	    date_digits(r, 2, 2, &r->civil.month) && date_char(r, '-') &&
	    date_digits(r, 2, 2, &r->civil.day);
}

/* "2026-03-01", and then "T09:30", "T09:30:05", "T09:30:05.123", each with a zone or without. */
static bool
read_iso(struct date_reading *r)
{
	if (!read_iso_date(r))
		return false;
	if (r->p == r->end)
		return true;
	if (!date_char(r, 'T') && !date_char(r, ' ') && !date_char(r, 't'))
		return false;
	if (!date_digits(r, 2, 2, &r->civil.hour) || !date_char(r, ':') ||
	    !date_digits(r, 2, 2, &r->civil.minute))
		return false;
	if (date_char(r, ':')) {
		if (!date_digits(r, 2, 2, &r->civil.second))
			return false;
		if ((date_char(r, '.') || date_char(r, ',')) && !date_fraction(r))
			return false;
	}
	if (r->p == r->end)
		return true;
	date_char(r, ' ');
	return date_zone(r);
}

/* A fraction is dropped, so rounded down for instants after 1970. */
enum date_result
date_epoch(struct slice text, int64_t per_second, int64_t *instant)
{
	size_t whole = 0, i;
	int64_t number;

	while (whole < text.n && text.p[whole] != '.')
		whole++;
	for (i = whole + 1; i < text.n; i++)
		if (!date_is_digit(text.p[i]))
			return DATE_BAD;
	if (whole + 1 == text.n || !num_i64((struct slice){text.p, whole}, &number))
		return DATE_BAD;
	if (number == 0)
		return DATE_UNSET;
	number = number / per_second - (number % per_second < 0);
	if (!instant_in_range(number))
		return DATE_OUTSIDE;
	*instant = number;
	return DATE_READ;
}

/*
 * A spreadsheet's serial number: local days since 1899-12-30, with a fraction of a day, which is
 * rounded to the second as the spreadsheet shows it. The 1900 system counts a 29 February 1900
 * that never was: days before 1 March 1900 lie outside what is read anyway.
 */
enum date_result
date_excel(struct slice text, const struct zone *zone, int64_t *instant)
{
	struct date_reading r = {.p = text.p, .end = text.p + text.n};
	int days, digit;
	int64_t nanos = 0, unit = 100000000, local;

	if (!date_digits(&r, 1, 6, &days))
		return DATE_BAD;
	if (r.p < r.end && (*r.p == '.' || *r.p == ',')) {
		r.p++;
		if (r.p == r.end)
			return DATE_BAD;
		for (; date_digits(&r, 1, 1, &digit); unit /= 10)
			nanos += digit * unit;
	}
	if (r.p != r.end)
		return DATE_BAD;
	local = ((int64_t)days - 25569) * 86400 + (nanos * 86400 + 500000000) / 1000000000;
	instant_to_civil(local, &r.civil);
	return days == 0 ? DATE_UNSET : date_resolve(&r, zone, instant);
}

static enum date_result
read_one(
    const struct date_format *format, const struct zone *zone, struct slice text, int64_t *instant)
{
	struct date_reading r = {.p = text.p, .end = text.p + text.n};
	bool fits;

	if (text.n == 0)
		return DATE_BAD;
	if (format->style == DATE_EPOCH)
		return date_epoch(text, 1, instant);
	if (format->style == DATE_EPOCH_MS)
		return date_epoch(text, 1000, instant);
	if (format->style == DATE_EXCEL)
		return date_excel(text, zone, instant);
	if (format->style >= DATE_AUTO)
		return date_auto(format->style, zone, text, instant);
	fits = format->style == DATE_ISO ? read_iso(&r) : read_pattern(&r, format);
	if (!fits || r.p != r.end)
		return DATE_BAD;
	if (date_is_unset(&r))
		return DATE_UNSET;
	if (!date_settle(&r))
		return DATE_BAD;
	return date_resolve(&r, zone, instant);
}

/* A blank that does not break is a blank: U+00A0, and U+202F as ICU has it before AM and PM. */
static struct slice
plain_blanks(struct slice text, char *room)
{
	size_t i, n = 0;

	if (text.n == 0 || text.n > PLAIN ||
	    (memchr(text.p, 0xC2, text.n) == NULL && memchr(text.p, 0xE2, text.n) == NULL))
		return text;
	for (i = 0; i < text.n; i++) {
		if (text.n - i >= 2 && memcmp(text.p + i, "\xC2\xA0", 2) == 0)
			i += 1;
		else if (text.n - i >= 3 && memcmp(text.p + i, "\xE2\x80\xAF", 3) == 0)
			i += 2;
		else {
			room[n++] = text.p[i];
			continue;
		}
		room[n++] = ' ';
	}
	return (struct slice){room, n};
}

enum date_result
dates_read(const struct date_format *formats, size_t nformats, const struct zone *zone,
    struct slice text, int64_t *instant)
{
	enum date_result result = DATE_BAD;
	char room[PLAIN];
	size_t i;

	text = plain_blanks(text, room);
	for (i = 0; i < nformats && result == DATE_BAD; i++)
		result = read_one(&formats[i], zone, text, instant);
	return result;
}

/* Which letters a pattern has; each may come once. */
static const char *
check_letters(const bool *has)
{
	if (has['Y'] + has['y'] != 1)
		return "a date format has one of Y and y";
	if (has['m'] + has['b'] != 1)
		return "a date format has one of m and b";
	if (!has['d'])
		return "a date format has a d";
	if (has['H'] && has['I'])
		return "a date format has H or I, not both";
	if (has['I'] != has['p'])
		return "I and p go together in a date format";
	if ((has['M'] && !has['H'] && !has['I']) || (has['S'] && !has['M']) ||
	    (has['f'] && !has['S']))
		return "a date format has M only with hours, S only with M, f only with S";
	return NULL;
}

static const char *
compile_pattern(struct date_format *format, struct slice pattern)
{
	bool has[128] = {false};
	size_t i;
	char c;

	for (i = 0; i < pattern.n; i++) {
		c = pattern.p[i];
		if (format->nsteps + 2 > DATE_STEPS)
			return "a date format that is too long";
		if (date_is_letter(c) && strchr(LETTERS, c) != NULL) {
			if (has[(int)c])
				return "a letter twice in a date format";
			has[(int)c] = true;
		} else if (date_is_letter(c) && c != 'T') {
			return "a letter without a meaning in a date format";
		} else if (date_is_digit(c)) {
			return "a digit in a date format";
		} else {
			format->steps[format->nsteps++] = LITERAL;
		}
		format->steps[format->nsteps++] = c;
	}
	return check_letters(has);
}

const char *
date_format_compile(struct date_format *format, struct slice pattern)
{
	static const char *const words[] = {[DATE_ISO] = "iso",
	    [DATE_EPOCH] = "epoch",
	    [DATE_EPOCH_MS] = "epoch_ms",
	    [DATE_EXCEL] = "excel",
	    [DATE_AUTO] = "auto",
	    [DATE_DMY] = "dmy",
	    [DATE_MDY] = "mdy"};
	size_t i;

	*format = (struct date_format){.style = DATE_PATTERN};
	for (i = DATE_ISO; i < sizeof(words) / sizeof(*words); i++) {
		if (slice_eqz(pattern, words[i])) {
			format->style = (enum date_style)i;
			return NULL;
		}
	}
	return compile_pattern(format, pattern);
}
