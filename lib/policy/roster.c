/* roster.c: reads the roster, a CSV file of people */
#include "policy/roster.h"

#include "base/diag.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/num.h"
#include "data/csv_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIER_LIMIT 99
#define COMMA      ','

enum column { NAME, ALIASES, TEAM, TIER, CALENDAR, FROM, UNTIL, AWAY, COLUMNS };

static const char *const column_names[COLUMNS] = {
    "name", "aliases", "team", "tier", "calendar", "from", "until", "away"};

/* A roster being read. */
struct roster {
	struct loader *loader;
	const char *path;
	bool has_header;
	size_t nfields;         /* of the header */
	size_t fields[COLUMNS]; /* where each column is; nfields: nowhere */
	struct csv_row row;
};

/* Reports a fault of the row, at a field unless that is >= nfields. */
static bool fault(struct roster *roster, size_t field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool
fault(struct roster *roster, size_t field, const char *format, ...)
{
	struct place place = {roster->path, roster->row.line, 0};
	char text[1024];
	va_list args;

	if (field < roster->row.nfields)
		place.column = csv_field_column(&roster->row, COMMA, field);
	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	roster->loader->faults++;
	diag(DIAG_BAD_ROSTER, place, "%s", text);
	return false;
}

static void
read_column(struct roster *roster, size_t field)
{
	struct slice name = slice_trim(roster->row.fields[field]);
	size_t i;

	if (name.n > 0 && (name.p[0] == '_' || (name.n > 1 && memcmp(name.p, "x-", 2) == 0)))
		return;
	for (i = 0; i < COLUMNS && !slice_eqz(name, column_names[i]); i++)
		;
	if (i == COLUMNS)
		fault(roster, field,
		    "unknown column \"%.*s\"; there are: name, aliases, team, tier, calendar, "
		    "from, until, away",
		    (int)(name.n < 100 ? name.n : 100), name.n > 0 ? name.p : "");
	else if (roster->fields[i] < roster->nfields)
		fault(roster, field, "the column \"%s\" is there twice", column_names[i]);
	else
		roster->fields[i] = field;
}

static void
read_header(struct roster *roster)
{
	size_t i;

	roster->has_header = true;
	roster->nfields = roster->row.nfields;
	for (i = 0; i < COLUMNS; i++)
		roster->fields[i] = roster->nfields;
	for (i = 0; i < roster->nfields; i++)
		read_column(roster, i);
	if (roster->fields[NAME] == roster->nfields)
		fault(roster, 0, "there is no column \"name\"");
}

/* The cell without blanks around it; empty where the roster has no such column. */
static struct slice
cell(const struct roster *roster, enum column column)
{
	size_t field = roster->fields[column];

	return field < roster->nfields ? slice_trim(roster->row.fields[field])
				       : (struct slice){"", 0};
}

/* The part of *list before the next ';', which *list moves behind; false where nothing is left. */
static bool
next_part(struct slice *list, struct slice *part)
{
	const char *end;

	if (list->n == 0)
		return false;
	end = memchr(list->p, ';', list->n);
	*part = (struct slice){list->p, end != NULL ? (size_t)(end - list->p) : list->n};
	list->p += part->n + (end != NULL ? 1 : 0);
	list->n -= part->n + (end != NULL ? 1 : 0);
	*part = slice_trim(*part);
	return true;
}

static void
add_name(struct roster *roster, enum column column, struct slice name, uint32_t person)
{
	struct policy *policy = roster->loader->policy;
	uint32_t holder = roster_add_name(policy, name, person);

	if (holder != person)
		fault(roster, roster->fields[column], "the name \"%.*s\" is already that of \"%s\"",
		    (int)(name.n < 200 ? name.n : 200), name.p, policy->persons[holder].name);
}

static void
read_names(struct roster *roster, uint32_t person)
{
	struct slice list = cell(roster, ALIASES), part;

	add_name(roster, NAME, cell(roster, NAME), person);
	while (next_part(&list, &part))
		if (part.n > 0)
			add_name(roster, ALIASES, part, person);
}

static void
read_tier(struct roster *roster, struct person *person)
{
	struct slice text = cell(roster, TIER);
	int64_t tier;

	if (text.n == 0)
		return;
	if (!num_i64(text, &tier) || tier < 1 || tier > TIER_LIMIT)
		fault(roster, roster->fields[TIER], "a tier must be a number from 1 to %d",
		    TIER_LIMIT);
	else
		person->tier = (int)tier;
}

static void
read_calendar(struct roster *roster, struct person *person)
{
	struct policy *policy = roster->loader->policy;
	struct slice text = cell(roster, CALENDAR);
	const char *name;

	if (text.n == 0)
		return;
	name = arena_text(&policy->arena, text);
	if (!calendars_find(policy, name, &person->calendar))
		fault(roster, roster->fields[CALENDAR], "the policy has no calendar \"%s\"", name);
}

static const struct zone *
person_zone(const struct person *person)
{
	return person->calendar != NULL ? calendar_zone(person->calendar) : zone_utc();
}

static int64_t
read_bound(struct roster *roster, enum column column, const struct person *person)
{
	struct slice text = cell(roster, column);
	struct calendar_date date;

	if (text.n == 0)
		return INSTANT_NONE;
	if (units_date(text, &date))
		return zone_day_start(person_zone(person), units_day(&date));
	fault(roster, roster->fields[column],
	    "\"%s\" must be a date from 1950 to 2100, as 2026-01-31", column_names[column]);
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
		return fault(roster, roster->fields[AWAY],
		    "an absence must look like 2026-08-03..2026-08-14, or be one date");
	last = first;
	if (range && !units_date((struct slice){text.p + 12, 10}, &last))
		return fault(roster, roster->fields[AWAY], "an absence must end with a date");
	if (units_day(&last) < units_day(&first))
		return fault(roster, roster->fields[AWAY], "an absence ends before it begins");
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
read_away(struct roster *roster, struct person *person)
{
	struct slice list = cell(roster, AWAY), part;
	struct absence *away;
	size_t i, n = 1;

	for (i = 0; i < list.n; i++)
		n += list.p[i] == ';';
	away = arena_calloc(&roster->loader->policy->arena, n, sizeof(*away));
	n = 0;
	while (next_part(&list, &part))
		if (part.n > 0 && read_absence(roster, part, person_zone(person), &away[n]))
			n++;
	person->away = away;
	person->naway = unite(away, n);
}

static const char *
text_cell(struct roster *roster, enum column column)
{
	struct slice text = cell(roster, column);

	return text.n > 0 ? arena_text(&roster->loader->policy->arena, text) : NULL;
}

static void
read_person(struct roster *roster)
{
	struct policy *policy = roster->loader->policy;
	struct person *person;

	if (roster->row.nfields != roster->nfields) {
		fault(roster, roster->row.nfields, "%zu fields, where the header has %zu",
		    roster->row.nfields, roster->nfields);
		return;
	}
	if (cell(roster, NAME).n == 0) {
		fault(roster, roster->fields[NAME], "a person needs a name");
		return;
	}
	policy->persons = mem_push(
	    policy->persons, policy->npersons, &policy->persons_cap, sizeof(*policy->persons));
	person = &policy->persons[policy->npersons++];
	*person = (struct person){.name = text_cell(roster, NAME), .team = text_cell(roster, TEAM)};
	read_names(roster, (uint32_t)(policy->npersons - 1));
	read_tier(roster, person);
	read_calendar(roster, person);
	person->from = read_bound(roster, FROM, person);
	person->until = read_bound(roster, UNTIL, person);
	if (person->from != INSTANT_NONE && person->until != INSTANT_NONE &&
	    person->from >= person->until)
		fault(roster, roster->fields[UNTIL], "\"until\" must be after \"from\"");
	read_away(roster, person);
}

static void
read_row(struct roster *roster)
{
	if (!roster->has_header)
		read_header(roster);
	else if (roster->fields[NAME] < roster->nfields)
		read_person(roster);
}

static void
refuse_row(struct roster *roster)
{
	const struct csv_row *row = &roster->row;

	/* Where it is the header that is lost, nothing can be said of the rows behind it. */
	roster->has_header = true;
	roster->loader->faults++;
	diag(DIAG_BAD_ROSTER, (struct place){roster->path, row->error_line, row->error_column},
	    "%s", row->error);
}

static void
read_rows(struct roster *roster, struct input *input)
{
	struct csv_reader *reader = csv_reader_new(input, (struct csv_options){.delimiter = COMMA});
	enum csv_result result;

	while (
	    (result = csv_reader_next(reader, &roster->row)) != CSV_END && result != CSV_FAILED) {
		if (result == CSV_ROW)
			read_row(roster);
		else if (result == CSV_REFUSED)
			refuse_row(roster);
	}
	if (result == CSV_FAILED)
		roster->loader->faults++;
	roster->row = (struct csv_row){.line = 1};
	if (result == CSV_END && !roster->has_header)
		fault(roster, 0, "there is no header line");
	csv_reader_free(reader);
}

/* The hash is of the bytes that lie in the file, whatever the CSV reader makes of them. */
void
roster_read(struct loader *loader, const struct json *value)
{
	const char *name = loader_text(loader, value);
	struct roster roster = {.loader = loader};
	struct buf path = {0}, bytes = {0};
	struct input input;

	if (name == NULL)
		return;
	loader->policy->has_roster = true;
	if (loader_slurp(loader, name, &path, &bytes) == 0 &&
	    input_open(&input, buf_z(&path)) == 0) {
		roster.path = buf_z(&path);
		read_rows(&roster, &input);
		input_close(&input);
	} else {
		loader_fault(loader, value, "the roster cannot be read");
	}
	buf_free(&bytes);
	buf_free(&path);
}
