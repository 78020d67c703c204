/* roster.h: reading the people of a roster; lib/policy only */
/* Rank: policy. */
#ifndef SLA_POLICY_ROSTER_H
#define SLA_POLICY_ROSTER_H

#include "base/diag.h"
#include "base/input.h"
#include "policy/loader.h"

/* What may be told of a person: the columns of the table, the members of the objects. */
enum roster_column {
	ROSTER_NAME,
	ROSTER_ALIASES,
	ROSTER_TEAM,
	ROSTER_TIER,
	ROSTER_CALENDAR,
	ROSTER_FROM,
	ROSTER_UNTIL,
	ROSTER_AWAY,
	ROSTER_COLUMNS
};

extern const char *const roster_columns[ROSTER_COLUMNS];

/* A roster being read, in either form. */
struct roster {
	struct loader *loader;
	const char *path;
	/* Where that column of the present entry stands; ROSTER_COLUMNS: the entry itself. */
	struct place (*place)(const struct roster *roster, enum roster_column column);
};

/* One person as the file tells it, without blanks at the ends; empty: not told. */
struct roster_entry {
	struct slice cells[ROSTER_COLUMNS]; /* aliases and away are not looked at here */
	struct slice *aliases, *away;
	size_t naliases, naway;
};

/* Reports DIAG_BAD_ROSTER and counts it. Always false. */
bool roster_fault(struct roster *roster, enum roster_column column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds the person to the policy, or reports what is wrong with it. */
void roster_add(struct roster *roster, const struct roster_entry *entry);

/* The forms. What they cannot read they report. */
void roster_read_csv(struct roster *roster, struct input *input);
void roster_read_json(struct roster *roster, struct slice text);
/* The people in an array that is root itself or below it; json_parse(text) gave root. */
void roster_read_people(
    struct roster *roster, struct slice text, const struct json *root, const struct json *array);

/*
 * Makes the name (any case, blanks at the ends do not matter) one of the person
 * with that index. Returns the index of the person who has it: another one's
 * where it was taken.
 */
uint32_t roster_add_name(struct policy *policy, struct slice name, uint32_t person);

#endif
