/* calendar_rules.c: checks a calendar's rules and turns civil days into working segments */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "time/calendar_rules.h"

#define DAY_END   86400
#define WEEK_DAYS 7

/* The hours of one day, copied and sorted by start; those that cross midnight have end < start. */
struct day_hours {
	struct calendar_hours *hours;
	size_t n;
};

/* What holds on a date instead of the weekday's hours. A holiday has no hours. */
struct special {
	int key;     /* the date as a number, see date_key() */
	bool closed; /* a holiday */
	size_t order;
	struct day_hours day;
};

struct specials {
	struct special *special;
	size_t n;
};

struct rules {
	const struct zone *zone;
	bool always;
	struct day_hours week[WEEK_DAYS];
	struct specials dated, yearly; /* each sorted by key, one a key */
};

static bool
hours_valid(const struct calendar_day *day, char why[CALENDAR_WHY])
{
	size_t i;

	for (i = 0; i < day->n; i++) {
		const struct calendar_hours *h = &day->hours[i];

		if (h->start < 0 || h->start >= DAY_END || h->end < 0 || h->end > DAY_END) {
			snprintf(why, CALENDAR_WHY, "hours must lie between 00:00 and 24:00");
			return false;
		}
		if (h->start == h->end) {
			snprintf(why, CALENDAR_WHY,
			    "hours begin and end at one time; a whole day is 00:00-24:00");
			return false;
		}
	}
	return true;
}

static bool
date_valid(const struct calendar_date *date, char why[CALENDAR_WHY])
{
	/* 2000 stands for any year: it has a 29 February. */
	if (date->year < 0 || date->year > 9999 ||
	    !instant_date_valid(date->year == 0 ? 2000 : date->year, date->month, date->day)) {
		snprintf(why, CALENDAR_WHY, "there is no date %04d-%02d-%02d", date->year,
		    date->month, date->day);
		return false;
	}
	return true;
}

static bool
rules_valid(const struct calendar_rules *from, char why[CALENDAR_WHY])
{
	size_t i;

	for (i = 0; !from->always && i < WEEK_DAYS; i++)
		if (!hours_valid(&from->week[i], why))
			return false;
	for (i = 0; i < from->nholidays; i++)
		if (!date_valid(&from->holidays[i], why))
			return false;
	for (i = 0; i < from->nexceptions; i++)
		if (!date_valid(&from->exceptions[i].date, why) ||
		    !hours_valid(&from->exceptions[i].day, why))
			return false;
	return true;
}

static int
by_start(const void *a, const void *b)
{
	const struct calendar_hours *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static void
copy_hours(struct day_hours *to, const struct calendar_day *from)
{
	size_t i;

	if (from->n == 0)
		return;
	to->n = from->n;
	to->hours = mem_calloc(from->n, sizeof(*to->hours));
	for (i = 0; i < from->n; i++) {
		to->hours[i] = from->hours[i];
		/* 22:00-00:00 ends the day and leaves nothing for the next. */
		if (to->hours[i].end == 0)
			to->hours[i].end = DAY_END;
	}
	qsort(to->hours, to->n, sizeof(*to->hours), by_start);
}

/* Ascending with the date; the year is 0 in the keys of yearly dates. */
static int
date_key(int year, int month, int day)
{
	return (year * 16 + month) * 32 + day;
}

/* By date; of one date the entry that counts first: exceptions, later ones. */
static int
by_key(const void *a, const void *b)
{
	const struct special *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->closed != y->closed)
		return x->closed ? 1 : -1;
	return (x->order < y->order) - (x->order > y->order);
}

static struct special *
add_special(struct rules *rules, const struct calendar_date *date)
{
	struct specials *specials = date->year == 0 ? &rules->yearly : &rules->dated;
	struct special *special = &specials->special[specials->n];

	special->key = date_key(date->year, date->month, date->day);
	special->order = specials->n++;
	return special;
}

static void
sort_specials(struct specials *specials)
{
	size_t i, kept = 0;

	qsort(specials->special, specials->n, sizeof(*specials->special), by_key);
	for (i = 0; i < specials->n; i++) {
		if (kept > 0 && specials->special[kept - 1].key == specials->special[i].key)
			mem_free(specials->special[i].day.hours);
		else
			specials->special[kept++] = specials->special[i];
	}
	specials->n = kept;
}

static void
copy_specials(struct rules *rules, const struct calendar_rules *from)
{
	size_t i, n = from->nholidays + from->nexceptions;

	if (n == 0)
		return;
	rules->dated.special = mem_calloc(n, sizeof(*rules->dated.special));
	rules->yearly.special = mem_calloc(n, sizeof(*rules->yearly.special));
	for (i = 0; i < from->nholidays; i++)
		add_special(rules, &from->holidays[i])->closed = true;
	for (i = 0; i < from->nexceptions; i++)
		copy_hours(
		    &add_special(rules, &from->exceptions[i].date)->day, &from->exceptions[i].day);
	sort_specials(&rules->dated);
	sort_specials(&rules->yearly);
}

struct rules *
rules_new(const struct calendar_rules *from, char why[CALENDAR_WHY])
{
	static const struct calendar_hours whole_day = {0, DAY_END};
	static const struct calendar_day all_day = {&whole_day, 1};
	struct rules *rules;
	size_t i;

	if (!rules_valid(from, why))
		return NULL;
	rules = mem_calloc(1, sizeof(*rules));
	rules->zone = from->zone == NULL ? zone_utc() : from->zone;
	rules->always = from->always && from->nholidays == 0 && from->nexceptions == 0;
	for (i = 0; i < WEEK_DAYS; i++)
		copy_hours(&rules->week[i], from->always ? &all_day : &from->week[i]);
	copy_specials(rules, from);
	return rules;
}

static struct specials
specials_copy(const struct specials *from)
{
	struct specials to = {0};
	struct calendar_day day;

	if (from->n == 0)
		return to;
	to.special = mem_calloc(from->n, sizeof(*to.special));
	for (to.n = 0; to.n < from->n; to.n++) {
		to.special[to.n] = from->special[to.n];
		day =
		    (struct calendar_day){from->special[to.n].day.hours, from->special[to.n].day.n};
		to.special[to.n].day = (struct day_hours){0};
		copy_hours(&to.special[to.n].day, &day);
	}
	return to;
}

struct rules *
rules_copy(const struct rules *from, const struct zone *zone, bool specials)
{
	struct rules *rules = mem_calloc(1, sizeof(*rules));
	struct calendar_day day;
	size_t i;

	rules->zone = zone;
	for (i = 0; i < WEEK_DAYS; i++) {
		day = (struct calendar_day){from->week[i].hours, from->week[i].n};
		copy_hours(&rules->week[i], &day);
	}
	if (specials) {
		rules->dated = specials_copy(&from->dated);
		rules->yearly = specials_copy(&from->yearly);
	}
	rules->always = from->always;
	return rules;
}

static void
free_specials(struct specials *specials)
{
	size_t i;

	for (i = 0; i < specials->n; i++)
		mem_free(specials->special[i].day.hours);
	mem_free(specials->special);
}

void
rules_free(struct rules *rules)
{
	size_t i;

	if (rules == NULL)
		return;
	for (i = 0; i < WEEK_DAYS; i++)
		mem_free(rules->week[i].hours);
	free_specials(&rules->dated);
	free_specials(&rules->yearly);
	mem_free(rules);
}

const struct zone *
rules_zone(const struct rules *rules)
{
	return rules->zone;
}

bool
rules_always(const struct rules *rules)
{
	return rules->always;
}

static const struct special *
find_key(const struct specials *specials, int key)
{
	size_t low = 0, high = specials->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (specials->special[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < specials->n && specials->special[low].key == key ? &specials->special[low]
								      : NULL;
}

/* What holds on a civil day instead of the weekday's hours, or NULL. */
static const struct special *
find_special(const struct rules *rules, int64_t day)
{
	const struct special *special;
	struct civil civil;

	if (rules->dated.n == 0 && rules->yearly.n == 0)
		return NULL;
	instant_date(day, &civil);
	special = find_key(&rules->dated, date_key(civil.year, civil.month, civil.day));
	if (special == NULL)
		special = find_key(&rules->yearly, date_key(0, civil.month, civil.day));
	return special;
}

/* The hours that may run over from a day into the next: a holiday keeps its weekday's. */
static const struct day_hours *
hours_running_over(const struct rules *rules, int64_t day)
{
	const struct special *special = find_special(rules, day);

	if (special != NULL && !special->closed)
		return &special->day;
	return &rules->week[instant_weekday(day)];
}

static void
add_segment(
    const struct rules *rules, int64_t day, int32_t start, int32_t end, struct segments *segments)
{
	int64_t midnight = day * SECONDS_PER_DAY;
	struct segment s = {0, 0, 0};

	if (start == 0)
		s.start = zone_day_start(rules->zone, day);
	else
		(void)zone_resolve(rules->zone, midnight + start, &s.start);
	if (end == DAY_END)
		s.end = zone_day_start(rules->zone, day + 1);
	else
		(void)zone_resolve(rules->zone, midnight + end, &s.end);
	/* Hours that lie in a gap may come out empty. */
	if (s.start >= s.end)
		return;
	segments->segment = mem_push(segments->segment, segments->n, &segments->cap, sizeof(s));
	segments->segment[segments->n++] = s;
}

static void
add_day(const struct rules *rules, int64_t day, struct segments *segments)
{
	const struct special *special = find_special(rules, day);
	const struct day_hours *hours;
	size_t i;

	if (special == NULL) {
		hours = hours_running_over(rules, day - 1);
		for (i = 0; i < hours->n; i++)
			if (hours->hours[i].end < hours->hours[i].start)
				add_segment(rules, day, 0, hours->hours[i].end, segments);
	}
	hours = special == NULL ? &rules->week[instant_weekday(day)] : &special->day;
	for (i = 0; i < hours->n; i++) {
		const struct calendar_hours *h = &hours->hours[i];

		add_segment(rules, day, h->start, h->end < h->start ? DAY_END : h->end, segments);
	}
}

static int
by_instant(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Sorts where the clocks' changes left it unsorted. */
static void
sort_segments(struct segments *segments)
{
	size_t i;

	for (i = 1; i < segments->n; i++) {
		if (segments->segment[i].start < segments->segment[i - 1].start) {
			qsort(
			    segments->segment, segments->n, sizeof(*segments->segment), by_instant);
			return;
		}
	}
}

/* Makes one of segments that overlap or touch, and fills in the running sums. */
static void
unite_segments(struct segments *segments)
{
	struct segment *s = segments->segment;
	size_t i, kept = 0;

	for (i = 0; i < segments->n; i++) {
		if (kept > 0 && s[i].start <= s[kept - 1].end) {
			if (s[kept - 1].end < s[i].end)
				s[kept - 1].end = s[i].end;
		} else {
			s[kept++] = s[i];
		}
	}
	segments->n = kept;
	for (i = 1; i < kept; i++)
		s[i].before = s[i - 1].before + (s[i - 1].end - s[i - 1].start);
}

void
rules_compile(const struct rules *rules, int64_t first, int64_t last, struct segments *segments)
{
	int64_t day;

	segments->n = 0;
	for (day = first; day <= last; day++)
		add_day(rules, day, segments);
	sort_segments(segments);
	unite_segments(segments);
}
