/* dates.c: instants from the ways in which exports write them */
#include "ingest/dates.h"

#include "base/num.h"

#include <string.h>

#define LETTERS "dmYybHMSfIpz"
#define LITERAL '\'' /* the next step is a character that stands for itself */

/* What has been read of a text so far. */
struct reading {
	const char *p, *end;
	struct civil civil;
	int64_t offset; /* seconds east of UTC, where zoned */
	bool zoned, afternoon, twelve;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

/* At least `least` digits, at most `most`. */
static bool
read_digits(struct reading *r, int least, int most, int *number)
{
	int value = 0, n = 0;

	while (n < most && r->p < r->end && is_digit(*r->p)) {
		value = value * 10 + (*r->p++ - '0');
		n++;
	}
	*number = value;
	return n >= least;
}

static bool
read_fraction(struct reading *r)
{
	const char *start = r->p;

	while (r->p < r->end && is_digit(*r->p))
		r->p++;
	return r->p > start;
}

/* The text in either case, ASCII. */
static bool
skip_word(struct reading *r, const char *word)
{
	size_t n = strlen(word), i;

	if ((size_t)(r->end - r->p) < n)
		return false;
	for (i = 0; i < n; i++)
		if (lower(r->p[i]) != word[i])
			return false;
	r->p += n;
	return true;
}

/* "Mar", "March" or "mar.", English. */
static bool
read_month_name(struct reading *r)
{
	static const char *const names[] = {"january", "february", "march", "april", "may", "june",
	    "july", "august", "september", "october", "november", "december"};
	char short_name[4];
	int i;

	for (i = 0; i < 12; i++) {
		memcpy(short_name, names[i], 3);
		short_name[3] = '\0';
		if (!skip_word(r, short_name))
			continue;
		if (!skip_word(r, names[i] + 3) && r->p < r->end && *r->p == '.')
			r->p++;
		r->civil.month = i + 1;
		return r->p == r->end || !is_letter(*r->p);
	}
	return false;
}

/* "AM", "pm", "a.m." */
static bool
read_half(struct reading *r)
{
	r->twelve = true;
	r->afternoon = r->p < r->end && lower(*r->p) == 'p';
	return skip_word(r, "am") || skip_word(r, "pm") || skip_word(r, "a.m.") ||
	    skip_word(r, "p.m.");
}

/* "Z", "UTC", "GMT", "+hh:mm", "+hhmm", "+hh". */
static bool
read_zone(struct reading *r)
{
	int hours, minutes = 0;
	bool west;

	r->zoned = true;
	r->offset = 0;
	if (skip_word(r, "z") || skip_word(r, "utc") || skip_word(r, "gmt"))
		return true;
	if (r->p == r->end || (*r->p != '+' && *r->p != '-'))
		return false;
	west = *r->p++ == '-';
	if (!read_digits(r, 2, 2, &hours))
		return false;
	if (r->p < r->end && *r->p == ':') {
		r->p++;
		if (!read_digits(r, 2, 2, &minutes))
			return false;
	} else if (r->p < r->end && is_digit(*r->p) && !read_digits(r, 2, 2, &minutes)) {
		return false;
	}
	r->offset = (int64_t)hours * 3600 + minutes * 60;
	if (west)
		r->offset = -r->offset;
	return hours < 24 && minutes < 60;
}

/* Years 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999: the range of instants. */
static bool
read_short_year(struct reading *r)
{
	if (!read_digits(r, 2, 2, &r->civil.year))
		return false;
	r->civil.year += r->civil.year < 50 ? 2000 : 1900;
	return true;
}

static bool
read_letter(struct reading *r, char letter)
{
	switch (letter) {
	case 'd':
		return read_digits(r, 1, 2, &r->civil.day);
	case 'm':
		return read_digits(r, 1, 2, &r->civil.month);
	case 'Y':
		return read_digits(r, 4, 4, &r->civil.year);
	case 'y':
		return read_short_year(r);
	case 'b':
		return read_month_name(r);
	case 'H':
	case 'I':
		return read_digits(r, 1, 2, &r->civil.hour);
	case 'M':
		return read_digits(r, 1, 2, &r->civil.minute);
	case 'S':
		return read_digits(r, 1, 2, &r->civil.second);
	case 'f':
		return read_fraction(r);
	case 'p':
		return read_half(r);
	default:
		return read_zone(r);
	}
}

/* A blank stands for one or more. */
static bool
read_literal(struct reading *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	while (c == ' ' && r->p < r->end && *r->p == ' ')
		r->p++;
	return true;
}

static bool
read_pattern(struct reading *r, const struct date_format *format)
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
at(struct reading *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static bool
read_iso_date(struct reading *r)
{
	return read_digits(r, 4, 4, &r->civil.year) && at(r, '-') &&
	    read_digits(r, 2, 2, &r->civil.month) && at(r, '-') &&
	    read_digits(r, 2, 2, &r->civil.day);
}

/* "2026-03-01", and then "T09:30", "T09:30:05", "T09:30:05.123", each with a zone or without. */
static bool
read_iso(struct reading *r)
{
	if (!read_iso_date(r))
		return false;
	if (r->p == r->end)
		return true;
	if (!at(r, 'T') && !at(r, ' ') && !at(r, 't'))
		return false;
	if (!read_digits(r, 2, 2, &r->civil.hour) || !at(r, ':') ||
	    !read_digits(r, 2, 2, &r->civil.minute))
		return false;
	if (at(r, ':')) {
		if (!read_digits(r, 2, 2, &r->civil.second))
			return false;
		if ((at(r, '.') || at(r, ',')) && !read_fraction(r))
			return false;
	}
	if (r->p == r->end)
		return true;
	at(r, ' ');
	return read_zone(r);
}

/* Whether the fields are a date and a time; turns the 12-hour clock into the other. */
static bool
settle(struct reading *r)
{
	struct civil *c = &r->civil;

	if (r->twelve) {
		if (c->hour < 1 || c->hour > 12)
			return false;
		c->hour = c->hour % 12 + (r->afternoon ? 12 : 0);
	}
	return c->hour < 24 && c->minute < 60 && c->second < 60 &&
	    instant_date_valid(c->year, c->month, c->day);
}

static enum date_result
resolve(const struct reading *r, const struct zone *zone, int64_t *instant)
{
	enum zone_case how = ZONE_UNIQUE;
	int64_t local, found;

	if (r->civil.year < 1949 || r->civil.year > 2101)
		return DATE_OUTSIDE;
	local = found = instant_from_civil(&r->civil);
	if (r->zoned)
		found = local - r->offset;
	else if (zone != zone_utc())
		how = zone_resolve(zone, local, &found);
	if (!instant_in_range(found))
		return DATE_OUTSIDE;
	*instant = found;
	return how == ZONE_UNIQUE ? DATE_READ : how == ZONE_FOLD ? DATE_FOLD : DATE_GAP;
}

/* A fraction is dropped, so rounded down for instants after 1970. */
static enum date_result
read_epoch(struct slice text, int64_t per_second, int64_t *instant)
{
	size_t whole = 0, i;
	int64_t number;

	while (whole < text.n && text.p[whole] != '.')
		whole++;
	for (i = whole + 1; i < text.n; i++)
		if (!is_digit(text.p[i]))
			return DATE_BAD;
	if (whole + 1 == text.n || !num_i64((struct slice){text.p, whole}, &number))
		return DATE_BAD;
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
static enum date_result
read_excel(struct slice text, const struct zone *zone, int64_t *instant)
{
	struct reading r = {.p = text.p, .end = text.p + text.n};
	int days, digit;
	int64_t nanos = 0, unit = 100000000, local;

	if (!read_digits(&r, 1, 6, &days))
		return DATE_BAD;
	if (r.p < r.end && (*r.p == '.' || *r.p == ',')) {
		r.p++;
		if (r.p == r.end)
			return DATE_BAD;
		for (; read_digits(&r, 1, 1, &digit); unit /= 10)
			nanos += digit * unit;
	}
	if (r.p != r.end)
		return DATE_BAD;
	local = ((int64_t)days - 25569) * 86400 + (nanos * 86400 + 500000000) / 1000000000;
	instant_to_civil(local, &r.civil);
	return resolve(&r, zone, instant);
}

static enum date_result
read_one(
    const struct date_format *format, const struct zone *zone, struct slice text, int64_t *instant)
{
	struct reading r = {.p = text.p, .end = text.p + text.n};
	bool fits;

	if (text.n == 0)
		return DATE_BAD;
	if (format->style == DATE_EPOCH)
		return read_epoch(text, 1, instant);
	if (format->style == DATE_EPOCH_MS)
		return read_epoch(text, 1000, instant);
	if (format->style == DATE_EXCEL)
		return read_excel(text, zone, instant);
	fits = format->style == DATE_ISO ? read_iso(&r) : read_pattern(&r, format);
	if (!fits || r.p != r.end || !settle(&r))
		return DATE_BAD;
	return resolve(&r, zone, instant);
}

enum date_result
dates_read(const struct date_format *formats, size_t nformats, const struct zone *zone,
    struct slice text, int64_t *instant)
{
	enum date_result result = DATE_BAD;
	size_t i;

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
		if (is_letter(c) && strchr(LETTERS, c) != NULL) {
			if (has[(int)c])
				return "a letter twice in a date format";
			has[(int)c] = true;
		} else if (is_letter(c) && c != 'T') {
			return "a letter without a meaning in a date format";
		} else if (is_digit(c)) {
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
	*format = (struct date_format){.style = DATE_PATTERN};
	if (slice_eqz(pattern, "iso"))
		format->style = DATE_ISO;
	else if (slice_eqz(pattern, "epoch"))
		format->style = DATE_EPOCH;
	else if (slice_eqz(pattern, "epoch_ms"))
		format->style = DATE_EPOCH_MS;
	else if (slice_eqz(pattern, "excel"))
		format->style = DATE_EXCEL;
	else
		return compile_pattern(format, pattern);
	return NULL;
}
