/* roster.c: the people of a roster, whatever its form */
#include "policy/roster.h"

#include "base/diag.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/num.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIER_LIMIT 99

const char *const roster_columns[ROSTER_COLUMNS] = {
    "name", "aliases", "team", "tier", "calendar", "from", "until", "away"};

bool
roster_fault(struct roster *roster, enum roster_column column, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	roster->loader->faults++;
	diag(DIAG_BAD_ROSTER, roster->place(roster, column), "%s", text);
	return false;
}

static void
add_name(struct roster *roster, enum roster_column column, struct slice name, uint32_t person)
{
	struct policy *policy = roster->loader->policy;
	uint32_t holder = roster_add_name(policy, name, person);

	if (holder != person)
		roster_fault(roster, column, "the name \"%.*s\" is already that of \"%s\"",
		    (int)(name.n < 200 ? name.n : 200), name.p, policy->persons[holder].name);
}

static void
read_names(struct roster *roster, const struct roster_entry *entry, uint32_t person)
{
	size_t i;

	add_name(roster, ROSTER_NAME, entry->cells[ROSTER_NAME], person);
	for (i = 0; i < entry->naliases; i++)
		add_name(roster, ROSTER_ALIASES, entry->aliases[i], person);
}

static void
read_tier(struct roster *roster, const struct roster_entry *entry, struct person *person)
{
	struct slice text = entry->cells[ROSTER_TIER];
	int64_t tier;

	if (text.n == 0)
		return;
	if (!num_i64(text, &tier) || tier < 1 || tier > TIER_LIMIT)
		roster_fault(
		    roster, ROSTER_TIER, "a tier must be a number from 1 to %d", TIER_LIMIT);
	else
		person->tier = (int)tier;
}

static void
read_calendar(struct roster *roster, const struct roster_entry *entry, struct person *person)
{
	struct policy *policy = roster->loader->policy;
	struct slice text = entry->cells[ROSTER_CALENDAR];
	const char *name;

	if (text.n == 0)
		return;
	name = arena_text(&policy->arena, text);
	if (!calendars_find(policy, name, &person->calendar))
		roster_fault(roster, ROSTER_CALENDAR, "the policy has no calendar \"%s\"", name);
}

static const struct zone *
person_zone(const struct person *person)
{
	return person->calendar != NULL ? calendar_zone(person->calendar) : zone_utc();
}

static int64_t
read_bound(struct roster *roster, const struct roster_entry *entry, enum roster_column column,
    const struct person *person)
{
	struct slice text = entry->cells[column];
	struct calendar_date date;

	if (text.n == 0)
		return INSTANT_NONE;
	if (units_date(text, &date))
		return zone_day_start(person_zone(person), units_day(&date));
	roster_fault(roster, column, "\"%s\" must be a date from 1950 to 2100, as 2026-01-31",
	    roster_columns[column]);
	return INSTANT_NONE;
}

/* "YYYY-MM-DD..YYYY-MM-DD" or one date, the last day included. */
static bool
read_absence(
    struct roster *roster, struct slice text, const struct zone *zone, struct absence *absence)
{
	struct calendar_date first, last;
	bool range = text.n == 22 && memcmp(text.p + 10, "..", 2) == 0;

	if (!units_date((struct slice){text.p, range ? 10 : text.n}, &first))
		return roster_fault(roster, ROSTER_AWAY,
		    "an absence must look like 2026-08-03..2026-08-14, or be one date");
	last = first;
	if (range && !units_date((struct slice){text.p + 12, 10}, &last))
		return roster_fault(roster, ROSTER_AWAY, "an absence must end with a date");
	if (units_day(&last) < units_day(&first))
		return roster_fault(roster, ROSTER_AWAY, "an absence ends before it begins");
	absence->from = zone_day_start(zone, units_day(&first));
	absence->until = zone_day_start(zone, units_day(&last) + 1);
	return true;
}

static int
absence_cmp(const void *a, const void *b)
{
	const struct absence *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* Sorts, and unites what overlaps or touches. Returns how many are left. */
static size_t
unite(struct absence *away, size_t n)
{
	size_t i, kept = 0;

	if (n == 0)
		return 0;
	qsort(away, n, sizeof(*away), absence_cmp);
	for (i = 1; i < n; i++) {
		if (away[i].from > away[kept].until)
			away[++kept] = away[i];
		else if (away[i].until > away[kept].until)
			away[kept].until = away[i].until;
	}
	return kept + 1;
}

static void
read_away(struct roster *roster, const struct roster_entry *entry, struct person *person)
{
	struct absence *away =
	    arena_calloc(&roster->loader->policy->arena, entry->naway + 1, sizeof(*away));
	size_t i, n = 0;

	for (i = 0; i < entry->naway; i++)
		if (read_absence(roster, entry->away[i], person_zone(person), &away[n]))
			n++;
	person->away = away;
	person->naway = unite(away, n);
}

void
roster_add(struct roster *roster, const struct roster_entry *entry)
{
	struct policy *policy = roster->loader->policy;
	struct slice team = entry->cells[ROSTER_TEAM];
	struct person *person;

	if (entry->cells[ROSTER_NAME].n == 0) {
		roster_fault(roster, ROSTER_NAME, "a person needs a name");
		return;
	}
	policy->persons = mem_push(
	    policy->persons, policy->npersons, &policy->persons_cap, sizeof(*policy->persons));
	person = &policy->persons[policy->npersons++];
	*person = (struct person){.name = arena_text(&policy->arena, entry->cells[ROSTER_NAME]),
	    .team = team.n > 0 ? arena_text(&policy->arena, team) : NULL};
	read_names(roster, entry, (uint32_t)(policy->npersons - 1));
	read_tier(roster, entry, person);
	read_calendar(roster, entry, person);
	person->from = read_bound(roster, entry, ROSTER_FROM, person);
	person->until = read_bound(roster, entry, ROSTER_UNTIL, person);
	if (person->from != INSTANT_NONE && person->until != INSTANT_NONE &&
	    person->from >= person->until)
		roster_fault(roster, ROSTER_UNTIL, "\"until\" must be after \"from\"");
	read_away(roster, entry, person);
}

/* No header of a CSV file begins like an array. */
static bool
is_json(struct slice bytes)
{
	size_t i = bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	while (i < bytes.n && strchr(" \t\r\n", bytes.p[i]) != NULL && bytes.p[i] != '\0')
		i++;
	return i < bytes.n && bytes.p[i] == '[';
}

/* The hash is of the bytes that lie in the file, whatever its reader makes of them. */
static void
read_file(struct roster *roster, const struct json *value, const char *name)
{
	struct buf path = {0}, bytes = {0};
	struct input input;

	if (loader_slurp(roster->loader, name, &path, &bytes) == -1) {
		loader_fault(roster->loader, value, "the roster cannot be read");
	} else if (is_json(buf_slice(&bytes))) {
		roster->path = buf_z(&path);
		roster_read_json(roster, buf_slice(&bytes));
	} else if (input_open(&input, buf_z(&path)) == -1) {
		loader_fault(roster->loader, value, "the roster cannot be read");
	} else {
		roster->path = buf_z(&path);
		roster_read_csv(roster, &input);
		input_close(&input);
	}
	buf_free(&bytes);
	buf_free(&path);
}

void
roster_read(struct loader *loader, const struct json *value)
{
	struct roster roster = {.loader = loader};
	const char *name;

	loader->policy->has_roster = true;
	if (json_type(value) == JSON_ARRAY) {
		roster.path = loader->file;
		roster_read_people(&roster, loader->text, loader->root, value);
		return;
	}
	name = loader_text(loader, value);
	if (name != NULL)
		read_file(&roster, value, name);
}
