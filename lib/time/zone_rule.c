/* zone_rule.c: the rule at the end of a zone file, a POSIX TZ string, as changes of offset */
#include "time/instant.h"
#include "time/zone_file.h"

#define HOUR       3600
#define LAST_YEAR  2102
#define FIRST_YEAR 1948

/* A day of the year and a time of that day, in seconds of local time; RFC 9636 allows +-167 h. */
struct rule_date {
	char form; /* 'J': 1..365, 29 February never counted; 'n': 0..365; 'M': month, week, day */
	int day, month, week;
	int32_t time;
};

struct rule {
	int32_t standard, summer; /* seconds east of UTC */
	bool has_summer;
	struct rule_date start, end; /* of summer time */
};

/* What is left of the text. */
struct text {
	const char *p, *end;
};

static bool
take_char(struct text *text, char c)
{
	if (text->p == text->end || *text->p != c)
		return false;
	text->p++;
	return true;
}

static bool
at_digit(const struct text *text)
{
	return text->p < text->end && *text->p >= '0' && *text->p <= '9';
}

/* A number of one to three digits from low to high. */
static bool
take_number(struct text *text, int low, int high, int *number)
{
	int digits = 0, value = 0;

	while (digits < 3 && at_digit(text)) {
		value = value * 10 + (*text->p++ - '0');
		digits++;
	}
	*number = value;
	return digits > 0 && !at_digit(text) && value >= low && value <= high;
}

static bool
letter(char c, bool quoted)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return true;
	return quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-');
}

/* The name of a time: three letters or more, or anything alphanumeric in angle brackets. */
static bool
take_name(struct text *text)
{
	bool quoted = take_char(text, '<');
	const char *start = text->p;

	while (text->p < text->end && letter(*text->p, quoted))
		text->p++;
	if (text->p - start < 3)
		return false;
	return !quoted || take_char(text, '>');
}

/* [+-]hh[:mm[:ss]] with at most max_hours; seconds with that sign. */
static bool
take_time(struct text *text, int max_hours, int32_t *seconds)
{
	bool minus = take_char(text, '-');
	int h, m = 0, s = 0;

	if (!minus)
		(void)take_char(text, '+');
	if (!take_number(text, 0, max_hours, &h))
		return false;
	if (take_char(text, ':')) {
		if (!take_number(text, 0, 59, &m))
			return false;
		if (take_char(text, ':') && !take_number(text, 0, 59, &s))
			return false;
	}
	*seconds = h * HOUR + m * 60 + s;
	if (minus)
		*seconds = -*seconds;
	return true;
}

/* An offset is written as what must be added to get UTC: the sign is turned here. */
static bool
take_offset(struct text *text, int32_t *offset)
{
	if (!take_time(text, 24, offset))
		return false;
	*offset = -*offset;
	return true;
}

static bool
take_date(struct text *text, struct rule_date *date)
{
	bool good;

	if (take_char(text, 'J')) {
		date->form = 'J';
		good = take_number(text, 1, 365, &date->day);
	} else if (take_char(text, 'M')) {
		date->form = 'M';
		good = take_number(text, 1, 12, &date->month) && take_char(text, '.') &&
		    take_number(text, 1, 5, &date->week) && take_char(text, '.') &&
		    take_number(text, 0, 6, &date->day);
	} else {
		date->form = 'n';
		good = take_number(text, 0, 365, &date->day);
	}
	date->time = 2 * HOUR;
	return good && (!take_char(text, '/') || take_time(text, 167, &date->time));
}

static bool
parse(const char *p, size_t n, struct rule *rule)
{
	struct text text = {p, p + n};

	*rule = (struct rule){0};
	if (!take_name(&text) || !take_offset(&text, &rule->standard))
		return false;
	if (text.p == text.end)
		return true;
	rule->has_summer = true;
	rule->summer = rule->standard + HOUR;
	if (!take_name(&text))
		return false;
	if (text.p < text.end && *text.p != ',' && !take_offset(&text, &rule->summer))
		return false;
	if (text.p == text.end) {
		/* No dates: POSIX leaves them open, libc takes those of the United States. */
		rule->start = (struct rule_date){'M', 0, 3, 2, 2 * HOUR};
		rule->end = (struct rule_date){'M', 0, 11, 1, 2 * HOUR};
		return true;
	}
	return take_char(&text, ',') && take_date(&text, &rule->start) && take_char(&text, ',') &&
	    take_date(&text, &rule->end) && text.p == text.end;
}

/* Day of the year's rule, counted from 1970-01-01. */
static int64_t
date_in_year(const struct rule_date *date, int year)
{
	int64_t first, day;

	if (date->form == 'n')
		return instant_days(year, 1, 1) + date->day;
	if (date->form == 'J')
		return instant_days(year, 1, 1) + date->day - 1 +
		    (date->day >= 60 && instant_date_valid(year, 2, 29));
	first = instant_days(year, date->month, 1);
	/* The rule counts weekdays from Sunday = 0, instant_weekday() from Monday = 0. */
	day = first + (date->day + 6 - (int)instant_weekday(first)) % 7 + 7 * (date->week - 1);
	/* The fifth may not be there: then the last one is meant. */
	while (!instant_date_valid(year, date->month, (int)(day - first) + 1))
		day -= 7;
	return day;
}

/* When the date comes in a year, on a clock that is `offset` east of UTC. */
static int64_t
date_instant(const struct rule_date *date, int year, int32_t offset)
{
	return date_in_year(date, year) * SECONDS_PER_DAY + date->time - offset;
}

static void
add_after(struct zone_changes *changes, int64_t last, int64_t at, int32_t offset)
{
	if (at > last)
		zone_changes_add(changes, at, offset);
}

/* The changes of one year, in the order in which they come. */
static void
add_year(struct zone_changes *changes, const struct rule *rule, int64_t last, int year)
{
	int64_t start = date_instant(&rule->start, year, rule->standard);
	int64_t end = date_instant(&rule->end, year, rule->summer);
	int64_t next = date_instant(&rule->start, year + 1, rule->standard);

	if (start < end)
		add_after(changes, last, start, rule->summer);
	/* An end at or behind the next start: summer time goes on all year. */
	if (end < next)
		add_after(changes, last, end, rule->standard);
	if (start >= end)
		add_after(changes, last, start, rule->summer);
}

bool
zone_read_rule(const char *p, size_t n, struct zone_changes *changes)
{
	struct rule rule;
	int64_t last;
	int year;

	if (!parse(p, n, &rule))
		return false;
	if (changes->n == 0)
		zone_changes_add(changes, INT64_MIN, rule.standard);
	last = changes->last;
	for (year = FIRST_YEAR; rule.has_summer && year <= LAST_YEAR; year++)
		add_year(changes, &rule, last, year);
	return true;
}
