/* roster_json.c: a roster as an array of objects, one for each person */
#include "base/diag.h"
#include "policy/roster.h"

#include <string.h>

/* An array being read. */
struct people {
	struct roster roster; /* first: place_of_member() is given this */
	struct slice text;
	const struct json *root;
	const struct json *value; /* the person, or a member that is at fault */
};

static struct place
place_of_member(const struct roster *roster, enum roster_column column)
{
	const struct people *people = (const struct people *)(const void *)roster;
	const struct json *value = NULL;

	if (column < ROSTER_COLUMNS)
		value = json_get(people->value, roster_columns[column]);
	return place_of(roster->path, people->text,
	    json_offset(people->text, people->root, value != NULL ? value : people->value));
}

/* name: what the fault is in; "" where it has no name. */
static void
fault_at(struct people *people, const struct json *value, const char *what, const char *name)
{
	const struct json *person = people->value;

	people->value = value;
	roster_fault(&people->roster, ROSTER_COLUMNS, "%s%s", what, name);
	people->value = person;
}

/* As in the policy's objects: for people and other programs. */
static bool
is_comment(const char *key)
{
	return key[0] == '_' || strncmp(key, "x-", 2) == 0 || strcmp(key, "about") == 0;
}

/* A text without blanks at its ends; empty for null and after a fault. */
static struct slice
text_of(struct people *people, const struct json *value)
{
	if (json_is_null(value))
		return (struct slice){"", 0};
	if (json_type(value) == JSON_TEXT)
		return slice_trim(slice_z(json_text(value)));
	fault_at(people, value, "this must be a string", "");
	return (struct slice){"", 0};
}

/* As text: it is looked at as that of the table is. */
static struct slice
tier_of(struct people *people, const struct json *value)
{
	struct buf text = {0};
	struct slice kept;
	int64_t tier = -1;

	if (json_is_null(value))
		return (struct slice){"", 0};
	json_i64(value, &tier);
	buf_add_i64(&text, tier);
	kept = slice_z(arena_text(&people->roster.loader->scratch, buf_slice(&text)));
	buf_free(&text);
	return kept;
}

/* An array of texts, or one text. */
static size_t
list_of(struct people *people, const struct json *value, struct slice **parts)
{
	const struct json *child = json_type(value) == JSON_ARRAY ? json_first(value) : value;
	struct slice part;
	size_t n = 0;

	*parts =
	    arena_alloc(&people->roster.loader->scratch, (json_count(value) + 1) * sizeof(**parts));
	for (; child != NULL; child = child == value ? NULL : json_next(child)) {
		part = text_of(people, child);
		if (part.n > 0)
			(*parts)[n++] = part;
	}
	return n;
}

static void
read_member(struct people *people, const struct json *member, struct roster_entry *entry)
{
	const char *key = json_key(member);
	int i = 0;

	if (is_comment(key))
		return;
	while (i < ROSTER_COLUMNS && strcmp(roster_columns[i], key) != 0)
		i++;
	switch (i) {
	case ROSTER_ALIASES:
		entry->naliases = list_of(people, member, &entry->aliases);
		break;
	case ROSTER_AWAY:
		entry->naway = list_of(people, member, &entry->away);
		break;
	case ROSTER_TIER:
		entry->cells[i] = tier_of(people, member);
		break;
	case ROSTER_COLUMNS:
		fault_at(people, member,
		    "there are name, aliases, team, tier, calendar, from, until, away, and no ",
		    key);
		break;
	default:
		entry->cells[i] = text_of(people, member);
	}
}

static void
read_person(struct people *people)
{
	struct roster_entry entry = {0};
	const struct json *member;
	int64_t faults = people->roster.loader->faults;

	if (json_type(people->value) != JSON_OBJECT) {
		fault_at(people, people->value, "a person must be an object", "");
		return;
	}
	for (member = json_first(people->value); member != NULL; member = json_next(member))
		read_member(people, member, &entry);
	if (people->roster.loader->faults == faults)
		roster_add(&people->roster, &entry);
}

void
roster_read_people(
    struct roster *roster, struct slice text, const struct json *root, const struct json *array)
{
	struct people people = {.roster = *roster, .text = text, .root = root};

	people.roster.place = place_of_member;
	for (people.value = json_first(array); people.value != NULL;
	     people.value = json_next(people.value))
		read_person(&people);
}

void
roster_read_json(struct roster *roster, struct slice text)
{
	struct json_error error;
	const struct json *root = json_parse(&roster->loader->scratch, text, &error);

	if (root != NULL) {
		roster_read_people(roster, text, root, root);
		return;
	}
	roster->loader->faults++;
	diag(DIAG_BAD_ROSTER, place_of(roster->path, text, error.at), "%s", error.what);
}
