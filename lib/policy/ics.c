/* ics.c: the whole days of an iCalendar file, by libical */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "policy/ics.h"
#include "time/instant.h"

#define LAST_YEAR 2100

/* A rule or a list that goes on and on is somebody's mistake, or malice. */
#define RULES    1000    /* of a file, weighed by rule_weight() */
#define STEPS    1000000 /* of all rules of a file */
#define DEPTH    8       /* of components in each other */
#define LONGEST  366     /* days of one event */
#define REPLACED 10000   /* instances with a RECURRENCE-ID */

struct days {
	int64_t *day;
	size_t n, cap;
};

/* An instance of a series that an event of its own stands for. */
struct replaced {
	const char *uid;
	int64_t day;
};

struct reader {
	struct ics *ics;
	struct replaced *replaced;
	size_t nreplaced, replaced_cap;
	struct days starts, without; /* of the event at hand */
	size_t event;                /* which one it is, from 1 */
	int64_t whole, steps, rules;
	char *why;
};

static bool
refuse(struct reader *reader, const char *what)
{
	snprintf(reader->why, ICS_WHY, "event %zu %s", reader->event, what);
	return false;
}

static void
push(struct days *days, int64_t day)
{
	days->day = mem_push(days->day, days->n, &days->cap, sizeof(*days->day));
	days->day[days->n++] = day;
}

static int
day_cmp(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The time of day, where there is one, is left out: feeds write EXDATE of a day as its midnight. */
static bool
day_of(const struct icaltimetype *time, int64_t *day)
{
	if (!instant_date_valid(time->year, time->month, time->day))
		return false;
	*day = instant_days(time->year, time->month, time->day);
	return true;
}

/* A daily rule that fits hardly a day takes some 50 ms, a yearly one nearly nothing. */
static int64_t
rule_weight(icalrecurrencetype_frequency frequency)
{
	return frequency == ICAL_DAILY_RECURRENCE ? 20
	    : frequency == ICAL_WEEKLY_RECURRENCE ? 5
						  : 1;
}

static bool
expand(struct reader *reader, const struct icaltimetype *start, struct icalrecurrencetype rule,
    struct days *days)
{
	icalrecur_iterator *iterator;
	struct icaltimetype time;
	int64_t day;

	/* Hours and less have no meaning for whole days (RFC 5545 3.3.10), and would take for ever. */
	if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE)
		return refuse(reader, "has a rule that is not daily, weekly, monthly or yearly");
	rule.until.is_date = 1;
	rule.until.hour = rule.until.minute = rule.until.second = 0;
	reader->rules += rule_weight(rule.freq);
	if (reader->rules > RULES)
		return refuse(reader, "is one too many with a rule");
	iterator = icalrecur_iterator_new(rule, *start);
	if (iterator == NULL)
		return refuse(reader, "has a rule that cannot be expanded");
	for (time = icalrecur_iterator_next(iterator);
	     !icaltime_is_null_time(time) && time.year <= LAST_YEAR && reader->steps < STEPS;
	     reader->steps++) {
		if (day_of(&time, &day))
			push(days, day);
		time = icalrecur_iterator_next(iterator);
	}
	icalrecur_iterator_free(iterator);
	return reader->steps < STEPS || refuse(reader, "has a rule with too many days");
}

static bool
read_rules(struct reader *reader, icalcomponent *event, const struct icaltimetype *start)
{
	icalproperty *at;

	for (at = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY); at != NULL;
	     at = icalcomponent_get_next_property(event, ICAL_RRULE_PROPERTY))
		if (!expand(reader, start, icalproperty_get_rrule(at), &reader->starts))
			return false;
	for (at = icalcomponent_get_first_property(event, ICAL_EXRULE_PROPERTY); at != NULL;
	     at = icalcomponent_get_next_property(event, ICAL_EXRULE_PROPERTY))
		if (!expand(reader, start, icalproperty_get_exrule(at), &reader->without))
			return false;
	return true;
}

static bool
read_dates(struct reader *reader, icalcomponent *event)
{
	struct icaldatetimeperiodtype rdate;
	struct icaltimetype time;
	icalproperty *at;
	int64_t day;

	for (at = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY); at != NULL;
	     at = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
		rdate = icalproperty_get_rdate(at);
		if (!day_of(&rdate.time, &day))
			return refuse(reader, "has an RDATE that is no date");
		push(&reader->starts, day);
	}
	for (at = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY); at != NULL;
	     at = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)) {
		time = icalproperty_get_exdate(at);
		if (!day_of(&time, &day))
			return refuse(reader, "has an EXDATE that is no date");
		push(&reader->without, day);
	}
	return true;
}

/* Days that the event takes, 1 at least: feeds write an end that is the start, too. */
static bool
read_length(struct reader *reader, icalcomponent *event, int64_t start, int64_t *length)
{
	icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
	icalproperty *span = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
	struct icaldurationtype duration;
	struct icaltimetype time;
	int64_t day;

	*length = 1;
	if (end != NULL) {
		time = icalproperty_get_dtend(end);
		if (!time.is_date || !day_of(&time, &day))
			return refuse(reader, "has a DTEND that is no date");
		*length = day - start;
	} else if (span != NULL) {
		duration = icalproperty_get_duration(span);
		*length = (int64_t)duration.weeks * 7 + duration.days;
		if (duration.is_neg)
			*length = 1;
	}
	if (*length < 1)
		*length = 1;
	return *length <= LONGEST || refuse(reader, "is longer than a year");
}

/* The starts that nothing takes away, with the days behind them, if they are from 1950 to 2100. */
static bool
take_days(struct reader *reader, int64_t length)
{
	int64_t first = instant_day_of(INSTANT_MIN), last = instant_day_of(INSTANT_MAX), day, end;
	struct days *starts = &reader->starts, *without = &reader->without;
	struct ics *ics = reader->ics;
	size_t i;

	if (without->n > 0)
		qsort(without->day, without->n, sizeof(*without->day), day_cmp);
	for (i = 0; i < starts->n; i++) {
		day = starts->day[i];
		if (without->n > 0 &&
		    bsearch(&day, without->day, without->n, sizeof(day), day_cmp) != NULL)
			continue;
		for (end = day + length; day < end; day++) {
			if (day < first || day > last)
				continue;
			if (ics->ndays == ICS_DAYS)
				return refuse(
				    reader, "is one too many: the file has over 100,000 days");
			ics->days = mem_push(ics->days, ics->ndays, &ics->cap, sizeof(*ics->days));
			ics->days[ics->ndays++] = day;
		}
	}
	return true;
}

static void
leave_replaced(struct reader *reader, icalcomponent *event)
{
	const char *uid = icalcomponent_get_uid(event);
	size_t i;

	for (i = 0; uid != NULL && i < reader->nreplaced; i++)
		if (strcmp(reader->replaced[i].uid, uid) == 0)
			push(&reader->without, reader->replaced[i].day);
}

static bool
read_event(struct reader *reader, icalcomponent *event)
{
	icalproperty *at = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
	bool single = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != NULL;
	struct icaltimetype start;
	int64_t day, length;

	if (at == NULL)
		return refuse(reader, "has no DTSTART");
	start = icalproperty_get_dtstart(at);
	if (!day_of(&start, &day))
		return refuse(reader, "has a DTSTART that is no date");
	if (!start.is_date) {
		reader->ics->timed++;
		return true;
	}
	reader->whole++;
	if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED)
		return true;
	reader->starts.n = reader->without.n = 0;
	push(&reader->starts, day);
	if (!read_length(reader, event, day, &length))
		return false;
	if (!single) {
		if (!read_rules(reader, event, &start) || !read_dates(reader, event))
			return false;
		leave_replaced(reader, event);
	}
	return take_days(reader, length);
}

/* Before the events themselves, for the order in the file is free. */
static bool
note_replaced(struct reader *reader, icalcomponent *event)
{
	icalproperty *at = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
	const char *uid = icalcomponent_get_uid(event);
	struct icaltimetype time;
	int64_t day;

	if (at == NULL || uid == NULL)
		return true;
	time = icalproperty_get_recurrenceid(at);
	if (!day_of(&time, &day))
		return refuse(reader, "has a RECURRENCE-ID that is no date");
	if (icalproperty_get_first_parameter(at, ICAL_RANGE_PARAMETER) != NULL)
		return refuse(
		    reader, "changes this and all future instances, which is not supported");
	if (reader->nreplaced == REPLACED)
		return refuse(reader, "is one too many that changes an instance of a series");
	reader->replaced = mem_push(
	    reader->replaced, reader->nreplaced, &reader->replaced_cap, sizeof(*reader->replaced));
	reader->replaced[reader->nreplaced++] = (struct replaced){uid, day};
	return true;
}

/* libical leaves a note where it could not read something; most of it is of no concern here. */
static bool
is_sound(struct reader *reader, icalcomponent *event)
{
	static const char *const names[] = {
	    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"};
	char pattern[32], what[64];
	const char *text;
	icalproperty *at;
	size_t i;

	for (at = icalcomponent_get_first_property(event, ICAL_XLICERROR_PROPERTY); at != NULL;
	     at = icalcomponent_get_next_property(event, ICAL_XLICERROR_PROPERTY)) {
		text = icalproperty_get_xlicerror(at);
		for (i = 0; text != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
			snprintf(pattern, sizeof(pattern), " %s property", names[i]);
			snprintf(what, sizeof(what), "has an unreadable %s", names[i]);
			if (strstr(text, pattern) != NULL)
				return refuse(reader, what);
		}
	}
	return true;
}

static bool
each_event(struct reader *reader, icalcomponent *calendar,
    bool (*visit)(struct reader *reader, icalcomponent *event))
{
	icalcomponent *event;

	for (event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	     event != NULL;
	     event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		reader->event++;
		if (!visit(reader, event))
			return false;
	}
	return true;
}

/* One calendar, or several one behind the other, which libical puts into a root. */
static bool
each_calendar(struct reader *reader, icalcomponent *root,
    bool (*visit)(struct reader *reader, icalcomponent *event))
{
	icalcomponent *calendar;

	reader->event = 0;
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
		return each_event(reader, root, visit);
	for (calendar = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
	     calendar != NULL;
	     calendar = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT))
		if (!each_event(reader, calendar, visit))
			return false;
	return true;
}

static void
sort_days(struct ics *ics)
{
	size_t i, kept = 0;

	if (ics->ndays == 0)
		return;
	qsort(ics->days, ics->ndays, sizeof(*ics->days), day_cmp);
	for (i = 1; i < ics->ndays; i++)
		if (ics->days[i] != ics->days[kept])
			ics->days[++kept] = ics->days[i];
	ics->ndays = kept + 1;
}

/* Whether the line begins with the word, in either case. */
static bool
begins(struct slice line, const char *word)
{
	return line.n >= strlen(word) && strncasecmp(line.p, word, strlen(word)) == 0;
}

/*
 * libical closes what a file that was cut off leaves open, and grumbles on standard error at an
 * END too many: so the brackets are counted first.
 */
static bool
is_whole(struct slice text)
{
	const char *end = text.p + text.n, *newline;
	struct slice line;
	int depth = 0, calendars = 0;

	for (line.p = text.p; line.p < end && depth >= 0 && depth <= DEPTH; line.p = newline + 1) {
		newline = memchr(line.p, '\n', (size_t)(end - line.p));
		if (newline == NULL)
			newline = end;
		line.n = (size_t)(newline - line.p);
		calendars += depth == 0 && begins(line, "BEGIN:VCALENDAR");
		depth += begins(line, "BEGIN:") - begins(line, "END:");
	}
	return depth == 0 && calendars > 0;
}

static bool
read_root(struct reader *reader, icalcomponent *root)
{
	if (!each_calendar(reader, root, is_sound) || !each_calendar(reader, root, note_replaced) ||
	    !each_calendar(reader, root, read_event))
		return false;
	if (reader->whole == 0) {
		snprintf(reader->why, ICS_WHY, "has no whole-day event");
		return false;
	}
	sort_days(reader->ics);
	return true;
}

bool
ics_read(struct ics *ics, struct slice text, char why[ICS_WHY])
{
	struct reader reader = {.ics = ics, .why = why};
	icalcomponent *root = NULL;
	struct buf copy = {0};
	bool ok = false;

	snprintf(why, ICS_WHY, "is no iCalendar file, or is cut off");
	if (text.n > 0 && memchr(text.p, '\0', text.n) == NULL && is_whole(text)) {
		icalerror_set_errors_are_fatal(0);
		buf_adds(&copy, text);
		root = icalparser_parse_string(buf_z(&copy));
	}
	if (root != NULL) {
		ok = read_root(&reader, root);
		icalcomponent_free(root);
	}
	buf_free(&copy);
	mem_free(reader.replaced);
	mem_free(reader.starts.day);
	mem_free(reader.without.day);
	return ok;
}

void
ics_free(struct ics *ics)
{
	mem_free(ics->days);
	*ics = (struct ics){0};
}
