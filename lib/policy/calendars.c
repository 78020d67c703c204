/* calendars.c: the policy's "calendars": zones, hours, holidays */
#include "base/mem.h"
#include "policy/loader.h"

#include <string.h>

#define ALWAYS "24x7"

/* A calendar being read: its arrays live in the loader's scratch arena. */
struct draft {
	struct calendar_rules rules;
	bool has_zone, has_hours, works;
	int64_t faults_before;
};

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
		draft->rules.always = draft->works = true;
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
			draft->works = true;
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

static void
refuse_ics(struct loader *loader, const struct json *value, void *into)
{
	(void)into;
	loader_fault(loader, value,
	    "holidays from .ics files are not supported by this version: list the dates");
}

static const struct member_reader exception_members[] = {
    {"date", read_exception_date},
    {"hours", read_exception_hours},
    {NULL, NULL},
};

static const struct member_reader ics_members[] = {{"ics", refuse_ics}, {NULL, NULL}};

static void
read_exception(struct loader *loader, const struct json *value, struct draft *draft,
    struct calendar_exception *exceptions)
{
	struct calendar_exception *exception = &exceptions[draft->rules.nexceptions];

	if (json_get(value, "ics") != NULL) {
		loader_object(loader, value, ics_members, NULL);
		return;
	}
	if (!loader_object(loader, value, exception_members, exception))
		return;
	if (exception->date.day == 0)
		loader_fault(loader, value, "a day with its own hours needs a \"date\"");
	if (json_get(value, "hours") == NULL)
		loader_fault(loader, value,
		    "a date in an object needs \"hours\"; closed all day is the date alone");
	draft->works |= exception->day.n > 0;
	draft->rules.nexceptions++;
}

static void
read_holidays(struct loader *loader, const struct json *value, void *into)
{
	size_t n = json_count(value) + 1;
	struct draft *draft = into;
	struct calendar_date *dates = arena_calloc(&loader->scratch, n, sizeof(*dates));
	struct calendar_exception *exceptions =
	    arena_calloc(&loader->scratch, n, sizeof(*exceptions));
	const struct json *child;

	if (!loader_is(loader, value, JSON_ARRAY))
		return;
	draft->rules.holidays = dates;
	draft->rules.exceptions = exceptions;
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (json_type(child) == JSON_OBJECT)
			read_exception(loader, child, draft, exceptions);
		else if (read_date(loader, child, &dates[draft->rules.nholidays]))
			draft->rules.nholidays++;
	}
}

static const struct member_reader calendar_members[] = {
    {"tz", read_zone},
    {"hours", read_hours},
    {"holidays", read_holidays},
    {NULL, NULL},
};

static void
check_draft(struct loader *loader, const struct json *value, const struct draft *draft)
{
	const char *name = json_key(value);

	if (!draft->has_zone)
		loader_fault(
		    loader, value, "calendar \"%s\" needs a \"tz\", as \"Europe/Berlin\"", name);
	if (!draft->has_hours)
		loader_fault(loader, value, "calendar \"%s\" needs \"hours\"", name);
	else if (!draft->works && loader->faults == draft->faults_before)
		loader_fault(loader, value, "calendar \"%s\" has no working time", name);
}

/* A faulty calendar keeps its name, so that targets that use it give no second fault. */
static void
read_calendar(struct loader *loader, const struct json *value)
{
	struct draft draft = {.faults_before = loader->faults};
	const char *name = json_key(value);
	struct calendar *calendar = NULL;
	char why[CALENDAR_WHY];

	if (strcmp(name, ALWAYS) == 0) {
		loader_fault(
		    loader, value, "the calendar \"24x7\" is built in: choose another name");
		return;
	}
	if (*name == '\0')
		loader_fault(loader, value, "a calendar needs a name");
	if (loader_object(loader, value, calendar_members, &draft))
		check_draft(loader, value, &draft);
	if (loader->faults == draft.faults_before) {
		calendar = calendar_new(&draft.rules, why);
		if (calendar == NULL)
			loader_fault(loader, value, "calendar \"%s\": %s", name, why);
	}
	add_calendar(loader->policy, name, calendar);
}

void
calendars_read(struct loader *loader, const struct json *value, void *into)
{
	const struct json *child;

	(void)into;
	if (!loader_is(loader, value, JSON_OBJECT))
		return;
	for (child = json_first(value); child != NULL; child = json_next(child))
		read_calendar(loader, child);
}
