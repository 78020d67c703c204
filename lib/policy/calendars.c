/* calendars.c: the policy's "calendars": zones, hours, holidays, and what they inherit */
#include "base/diag.h"
#include "base/mem.h"
#include "policy/ics.h"
#include "policy/loader.h"

#include <string.h>

#define ALWAYS "24x7"

/* The calendars that one may inherit from, one through the other. */
#define ANCESTORS 16

/* A calendar being read: its arrays live in the loader's scratch arena. */
struct draft {
	const struct json *value, *extends;
	const struct draft *parent;
	struct calendar_rules rules; /* what it says itself */
	bool has_zone, has_hours;
	bool hours_work, exceptions_work; /* there is working time in them */
	bool faulty;
};

/* What "extends": "24x7" inherits from. */
static const struct draft always = {
    .rules = {.always = true}, .has_zone = true, .has_hours = true, .hours_work = true};

static void
add_calendar(struct policy *policy, const char *name, struct calendar *calendar)
{
	uint32_t number = intern_add(&policy->calendar_names, slice_z(name));

	policy->calendars = mem_push(policy->calendars, policy->ncalendars, &policy->calendars_cap,
	    sizeof(struct calendar *));
	policy->calendars[number] = calendar;
	policy->ncalendars++;
}

void
calendars_start(struct policy *policy)
{
	struct calendar_rules rules = {.always = true};
	char why[CALENDAR_WHY];

	add_calendar(policy, ALWAYS, calendar_new(&rules, why));
}

bool
calendars_find(const struct policy *policy, const char *name, struct calendar **calendar)
{
	uint32_t number = intern_find(&policy->calendar_names, slice_z(name));

	*calendar = number != INTERN_NONE ? policy->calendars[number] : NULL;
	return number != INTERN_NONE;
}

/* Calendars of one zone share it. */
static const struct zone *
find_zone(struct loader *loader, const struct json *value, const char *name)
{
	struct policy *policy = loader->policy;
	char why[ZONE_WHY];
	struct zone *zone;
	size_t i;

	for (i = 0; i < policy->nzones; i++)
		if (strcmp(zone_name(policy->zones[i]), name) == 0)
			return policy->zones[i];
	zone = zone_load(name, why);
	if (zone == NULL) {
		loader_fault(loader, value, "time zone \"%s\": %s", name, why);
		return NULL;
	}
	policy->zones =
	    mem_push(policy->zones, policy->nzones, &policy->zones_cap, sizeof(struct zone *));
	policy->zones[policy->nzones++] = zone;
	return zone;
}

static void
read_zone(struct loader *loader, const struct json *value, void *into)
{
	struct draft *draft = into;
	const char *name = loader_text(loader, value);

	draft->has_zone = true;
	if (name != NULL)
		draft->rules.zone = find_zone(loader, value, name);
}

/* An array of "HH:MM-HH:MM"; whether it has any. */
static bool
read_intervals(struct loader *loader, const struct json *value, struct calendar_day *day)
{
	struct calendar_hours *hours;
	const struct json *child;
	const char *fault;

	if (!loader_is(loader, value, JSON_ARRAY))
		return false;
	hours = arena_calloc(&loader->scratch, json_count(value) + 1, sizeof(*hours));
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (!loader_is(loader, child, JSON_TEXT))
			continue;
		fault = units_hours(json_text(child), &hours[day->n]);
		if (fault == NULL)
			day->n++;
		else
			loader_fault(loader, child, "\"%s\" %s", json_text(child), fault);
	}
	day->hours = hours;
	return json_count(value) > 0;
}

static int
weekday_of(const char *key)
{
	static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	int i;

	for (i = MONDAY; i <= SUNDAY; i++)
		if (strcmp(days[i], key) == 0)
			return i;
	return -1;
}

static void
read_hours(struct loader *loader, const struct json *value, void *into)
{
	struct draft *draft = into;
	const struct json *child;
	int day;

	draft->has_hours = true;
	if (json_type(value) == JSON_TEXT && strcmp(json_text(value), ALWAYS) == 0) {
		draft->rules.always = draft->hours_work = true;
		return;
	}
	if (json_type(value) != JSON_OBJECT) {
		loader_fault(loader, value,
		    "\"hours\" must be \"24x7\" or an object with the members mon to sun");
		return;
	}
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		day = weekday_of(json_key(child));
		if (day == -1)
			loader_fault(loader, child,
			    "\"%s\" is no weekday: mon, tue, wed, thu, fri, sat, sun",
			    json_key(child));
		else if (read_intervals(loader, child, &draft->rules.week[day]))
			draft->hours_work = true;
	}
}

static bool
read_date(struct loader *loader, const struct json *value, struct calendar_date *date)
{
	const char *text = json_text(value);

	if (text == NULL)
		return loader_fault(loader, value, "a date must be a string");
	if (!units_yearly(slice_z(text), date))
		return loader_fault(loader, value,
		    "\"%s\" is no date: write YYYY-MM-DD (1950 to 2100), or MM-DD for every year",
		    text);
	return true;
}

static void
read_exception_date(struct loader *loader, const struct json *value, void *into)
{
	struct calendar_exception *exception = into;

	/* So that a date that is missing is told from one that is wrong. */
	exception->date.day = -1;
	read_date(loader, value, &exception->date);
}

static void
read_exception_hours(struct loader *loader, const struct json *value, void *into)
{
	struct calendar_exception *exception = into;

	read_intervals(loader, value, &exception->day);
}

/* Dates that grow with the files that are read. */
struct dates {
	struct calendar_date *list;
	size_t n, cap;
};

static void
add_date(struct dates *dates, struct calendar_date date)
{
	dates->list = mem_push(dates->list, dates->n, &dates->cap, sizeof(date));
	dates->list[dates->n++] = date;
}

/* A feed with appointments in it is worth a word: they are no holidays. */
static void
say_timed(struct loader *loader, const struct json *value, const char *path, int64_t timed)
{
	if (timed > 0)
		diag(DIAG_NOTICE,
		    place_of(
			loader->file, loader->text, json_offset(loader->text, loader->root, value)),
		    "%s: %lld events with a time of day were left out", path, (long long)timed);
}

static void
read_ics(struct loader *loader, const struct json *value, void *into)
{
	const char *name = loader_text(loader, value);
	struct buf path = {0}, bytes = {0};
	struct ics ics = {0};
	struct civil civil;
	char why[ICS_WHY];
	size_t i;

	if (name == NULL)
		return;
	if (loader_slurp(loader, name, &path, &bytes) == -1)
		loader_fault(loader, value, "the holidays cannot be read");
	else if (!ics_read(&ics, buf_slice(&bytes), why))
		loader_fault(loader, value, "%s: %s", buf_z(&path), why);
	else
		say_timed(loader, value, buf_z(&path), ics.timed);
	for (i = 0; i < ics.ndays; i++) {
		instant_date(ics.days[i], &civil);
		add_date(into, (struct calendar_date){civil.year, civil.month, civil.day});
	}
	ics_free(&ics);
	buf_free(&bytes);
	buf_free(&path);
}

static const struct member_reader exception_members[] = {
    {"date", read_exception_date},
    {"hours", read_exception_hours},
    {NULL, NULL},
};

static const struct member_reader ics_members[] = {{"ics", read_ics}, {NULL, NULL}};

static void
read_exception(struct loader *loader, const struct json *value, struct draft *draft,
    struct calendar_exception *exceptions)
{
	struct calendar_exception *exception = &exceptions[draft->rules.nexceptions];

	if (!loader_object(loader, value, exception_members, exception))
		return;
	if (exception->date.day == 0)
		loader_fault(loader, value, "a day with its own hours needs a \"date\"");
	if (json_get(value, "hours") == NULL)
		loader_fault(loader, value,
		    "a date in an object needs \"hours\"; closed all day is the date alone");
	draft->exceptions_work |= exception->day.n > 0;
	draft->rules.nexceptions++;
}

static void
read_holidays(struct loader *loader, const struct json *value, void *into)
{
	struct draft *draft = into;
	struct calendar_exception *exceptions =
	    arena_calloc(&loader->scratch, json_count(value) + 1, sizeof(*exceptions));
	struct calendar_date date, *holidays;
	const struct json *child;
	struct dates dates = {0};

	if (!loader_is(loader, value, JSON_ARRAY))
		return;
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (json_get(child, "ics") != NULL)
			loader_object(loader, child, ics_members, &dates);
		else if (json_type(child) == JSON_OBJECT)
			read_exception(loader, child, draft, exceptions);
		else if (read_date(loader, child, &date))
			add_date(&dates, date);
	}
	holidays = arena_calloc(&loader->scratch, dates.n + 1, sizeof(*holidays));
	if (dates.n > 0)
		memcpy(holidays, dates.list, dates.n * sizeof(*holidays));
	mem_free(dates.list);
	draft->rules.holidays = holidays;
	draft->rules.nholidays = dates.n;
	draft->rules.exceptions = exceptions;
}

static void
read_extends(struct loader *loader, const struct json *value, void *into)
{
	(void)loader;
	((struct draft *)into)->extends = value;
}

static const struct member_reader calendar_members[] = {
    {"extends", read_extends},
    {"tz", read_zone},
    {"hours", read_hours},
    {"holidays", read_holidays},
    {NULL, NULL},
};

/* What the calendar says itself. False where the name is none that it can have. */
static bool
read_draft(struct loader *loader, const struct json *value, struct draft *draft)
{
	const char *name = json_key(value);
	int64_t faults = loader->faults;

	draft->value = value;
	if (strcmp(name, ALWAYS) == 0)
		return loader_fault(
		    loader, value, "the calendar \"24x7\" is built in: choose another name");
	if (*name == '\0')
		loader_fault(loader, value, "a calendar needs a name");
	loader_object(loader, value, calendar_members, draft);
	draft->faulty = loader->faults != faults;
	return true;
}

/* The order of the file does not matter, so parents are looked for when all are there. */
static void
find_parent(struct loader *loader, struct draft *drafts, struct draft *draft)
{
	const char *name;
	uint32_t number;

	if (draft->extends == NULL)
		return;
	name = loader_text(loader, draft->extends);
	number = name != NULL ? intern_find(&loader->policy->calendar_names, slice_z(name))
			      : INTERN_NONE;
	if (name != NULL && number == INTERN_NONE)
		loader_fault(loader, draft->extends, "there is no calendar \"%s\"", name);
	draft->faulty |= number == INTERN_NONE;
	if (number == INTERN_NONE)
		return;
	draft->parent = number == 0 ? &always : &drafts[number - 1];
	if (number > 0)
		loader->calendar_places[number - 1].extended = true;
}

/* The calendar `n` steps up, NULL where there is none. */
static const struct draft *
ancestor(const struct draft *draft, size_t n)
{
	while (draft != NULL && n-- > 0)
		draft = draft->parent;
	return draft;
}

/* One fault for a circle, and no second one for those that inherit from it. */
static void
refuse_circle(struct loader *loader, struct draft *drafts, struct draft *draft)
{
	const struct draft *at = draft->parent;
	size_t n = 1;

	while (n <= ANCESTORS + 1 && at != NULL && at != draft && !at->faulty) {
		at = at->parent;
		n++;
	}
	if (at != draft || draft->faulty)
		return;
	loader_fault(loader, draft->extends, "the calendar \"%s\" inherits from itself",
	    json_key(draft->value));
	while (n-- > 0)
		drafts[ancestor(draft, n) - drafts].faulty = true;
}

/*
 * The calendar and those it inherits from, itself first, into chain. Returns how many; 0 where
 * they are too many or one of them is faulty.
 */
static size_t
find_chain(struct loader *loader, struct draft *draft, const struct draft *chain[ANCESTORS + 1])
{
	const struct draft *at;
	size_t n = 0;

	for (at = draft; at != NULL; at = at->parent) {
		if (at->faulty)
			return 0;
		if (n > ANCESTORS) {
			loader_fault(loader, draft->extends,
			    "\"%s\" inherits from more than 16 calendars", json_key(draft->value));
			return 0;
		}
		chain[n++] = at;
	}
	return n;
}

/* The holidays of all, those of the oldest first, so that the youngest one's hours go before. */
static void
join_holidays(
    struct loader *loader, const struct draft *const *chain, size_t n, struct calendar_rules *rules)
{
	struct calendar_exception *exceptions;
	struct calendar_date *holidays;
	size_t i, k, nholidays = 1, nexceptions = 1;

	for (i = 0; i < n; i++) {
		nholidays += chain[i]->rules.nholidays;
		nexceptions += chain[i]->rules.nexceptions;
	}
	holidays = arena_calloc(&loader->scratch, nholidays, sizeof(*holidays));
	exceptions = arena_calloc(&loader->scratch, nexceptions, sizeof(*exceptions));
	rules->nholidays = rules->nexceptions = 0;
	for (i = n; i-- > 0;) {
		for (k = 0; k < chain[i]->rules.nholidays; k++)
			holidays[rules->nholidays++] = chain[i]->rules.holidays[k];
		for (k = 0; k < chain[i]->rules.nexceptions; k++)
			exceptions[rules->nexceptions++] = chain[i]->rules.exceptions[k];
	}
	rules->holidays = holidays;
	rules->exceptions = exceptions;
}

/* The nearest one's zone, the nearest one's hours, everybody's holidays. */
static struct draft
inherit(struct loader *loader, const struct draft *const *chain, size_t n)
{
	struct draft all = {.value = chain[0]->value};
	size_t i;

	for (i = n; i-- > 0;) {
		if (chain[i]->has_zone)
			all.rules.zone = chain[i]->rules.zone;
		if (chain[i]->has_hours) {
			all.rules.always = chain[i]->rules.always;
			memcpy(all.rules.week, chain[i]->rules.week, sizeof(all.rules.week));
			all.hours_work = chain[i]->hours_work;
		}
		all.has_zone |= chain[i]->has_zone;
		all.has_hours |= chain[i]->has_hours;
		all.exceptions_work |= chain[i]->exceptions_work;
	}
	if (n == 1) {
		all.rules = chain[0]->rules;
		return all;
	}
	join_holidays(loader, chain, n, &all.rules);
	return all;
}

/*
 * False where the calendar lacks what it needs, inherited or not. Where it has that from its
 * parent, the parent lacks it too, and the fault is reported there alone.
 */
static bool
check_draft(struct loader *loader, const struct draft *own, const struct draft *all)
{
	const char *name = json_key(own->value);

	if (!all->has_zone && own->parent == NULL)
		loader_fault(loader, own->value,
		    "calendar \"%s\" needs a \"tz\", as \"Europe/Berlin\"", name);
	if (!all->has_hours && own->parent == NULL)
		loader_fault(loader, own->value, "calendar \"%s\" needs \"hours\"", name);
	if (!all->has_zone || !all->has_hours)
		return false;
	if (all->hours_work || all->exceptions_work)
		return true;
	if (own->has_hours)
		loader_fault(loader, own->value, "calendar \"%s\" has no working time", name);
	return false;
}

static struct calendar *
compile(struct loader *loader, struct draft *draft)
{
	const struct draft *chain[ANCESTORS + 1];
	size_t n = find_chain(loader, draft, chain);
	struct calendar *calendar;
	char why[CALENDAR_WHY];
	struct draft all;

	if (n == 0)
		return NULL;
	all = inherit(loader, chain, n);
	if (!check_draft(loader, draft, &all))
		return NULL;
	calendar = calendar_new(&all.rules, why);
	if (calendar == NULL)
		loader_fault(
		    loader, draft->value, "calendar \"%s\": %s", json_key(draft->value), why);
	return calendar;
}

/* A faulty calendar keeps its name, so that targets that use it give no second fault. */
void
calendars_read(struct loader *loader, const struct json *value, void *into)
{
	size_t i, n = 0, count = json_count(value) + 1;
	struct draft *drafts = arena_calloc(&loader->scratch, count, sizeof(*drafts));
	const struct json *child;

	(void)into;
	if (!loader_is(loader, value, JSON_OBJECT))
		return;
	loader->calendar_places =
	    arena_calloc(&loader->scratch, count, sizeof(*loader->calendar_places));
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (!read_draft(loader, child, &drafts[n]))
			continue;
		add_calendar(loader->policy, json_key(child), NULL);
		loader->calendar_places[n++].value = child;
	}
	for (i = 0; i < n; i++)
		find_parent(loader, drafts, &drafts[i]);
	for (i = 0; i < n; i++)
		refuse_circle(loader, drafts, &drafts[i]);
	for (i = 0; i < n; i++)
		loader->policy->calendars[i + 1] = compile(loader, &drafts[i]);
}
