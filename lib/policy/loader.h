/* loader.h: what the parts of the policy's reader share; lib/policy only */
/* Rank: policy. */
#ifndef SLA_POLICY_LOADER_H
#define SLA_POLICY_LOADER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/intern.h"
#include "data/json.h"
#include "policy/match.h"
#include "policy/policy.h"
#include "policy/units.h"

#include <stdbool.h>
#include <stdint.h>

/* Larger than any list of clients, people or holidays that somebody keeps. */
#define FILE_LIMIT ((size_t)64 << 20)

/* A target and what selects it. */
struct rule {
	struct target target;
	struct match match;
};

struct threshold_entry {
	struct match match;
	enum threshold kind; /* SET or OFF */
	int64_t limit;
};

struct threshold_rule {
	const char *rule;
	const struct threshold_entry *entries;
	size_t nentries;
};

/* Defined where they are read. */
struct budget_rule;
struct cost_rule;

/* Everything here lives in the arena, but for the zones, the calendars and the two tables. */
struct policy {
	struct arena arena;
	const char *title;
	char hash[65]; /* empty: no policy */
	struct zone **zones;
	size_t nzones, zones_cap;
	struct intern calendar_names;
	struct calendar **calendars; /* by number in calendar_names; NULL: faulty */
	size_t ncalendars, calendars_cap;
	struct rule *rules;
	size_t nrules;
	struct candidates *candidates;
	unsigned granted; /* metrics that some target gives, bits 1 << enum metric */
	bool vary;        /* a target is matched by owner, team, state or priority */
	struct conventions conventions;
	const struct threshold_rule *thresholds;
	size_t nthresholds;
	struct budget_rule *budgets;
	size_t nbudgets;
	struct cost_rule *costs;
	size_t ncosts;
	bool has_roster;
	struct person *persons;
	size_t npersons, persons_cap;
	struct intern person_names; /* names and aliases, folded */
	uint32_t *person_of;        /* by number in person_names: an index in persons */
	size_t person_of_cap;
};

/* The state of a load: where faults are, and how many. */
struct loader {
	struct policy *policy;
	struct arena scratch; /* the parsed JSON, and what is needed only while loading */
	const char *file;
	const char *folder;
	struct slice text;
	const struct json *root;
	int64_t faults;
	bool strict;       /* look for what no reader of the policy minds: policy_check() */
	struct buf hashes; /* those of the files that the policy names, in hex */
	/* Of the calendars but "24x7", by their number - 1, in the scratch arena. */
	struct calendar_place *calendar_places;
};

/* For the check alone: where a calendar stands, and whether another one extends it. */
struct calendar_place {
	const struct json *value;
	bool extended;
};

/* A member that an object may have. */
struct member_reader {
	const char *key;
	void (*read)(struct loader *loader, const struct json *value, void *into);
};

/* Reports DIAG_BAD_POLICY at the value and counts it. Always false. */
bool loader_fault(struct loader *loader, const struct json *value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Gives each member of the object to its reader, a row of the table that ends
 * with a NULL key. Reports members that are in no row, save for comments:
 * "about" (a text) and names that begin with "x-" or "_". False where value is
 * no object at all.
 */
bool loader_object(struct loader *loader, const struct json *value,
    const struct member_reader *readers, void *into);

/* A string that is not empty, copied into the policy; NULL after a fault. */
const char *loader_text(struct loader *loader, const struct json *value);
/* Whether value is of that type, with a fault where not. */
bool loader_is(struct loader *loader, const struct json *value, enum json_type type);

/*
 * The bytes of a file that the policy names, relative to its folder; path gets where that is.
 * Adds its SHA-256 to the hashes. -1 after the system's diagnostic, without a fault.
 */
int loader_slurp(struct loader *loader, const char *name, struct buf *path, struct buf *bytes);

/* Adds the calendar that is always there. */
void calendars_start(struct policy *policy);
void calendars_read(struct loader *loader, const struct json *value, void *into);
/* False where the policy has none of that name; *calendar is NULL where that one was faulty. */
bool calendars_find(const struct policy *policy, const char *name, struct calendar **calendar);

void targets_read(struct loader *loader, const struct json *value, void *into);
void conventions_default(struct conventions *conventions);
void conventions_read(struct loader *loader, const struct json *value, void *into);
void thresholds_read(struct loader *loader, const struct json *value, void *into);
void budgets_read(struct loader *loader, const struct json *value, void *into);
void costs_read(struct loader *loader, const struct json *value, void *into);
/*
 * Reads the roster that value names. Its faults are DIAG_BAD_ROSTER.
 */
void roster_read(struct loader *loader, const struct json *value);

/* What policy_check() looks for, in a policy without faults; money_check() of budgets and costs. */
void money_check(struct loader *loader);
void check_promises(struct loader *loader);

#endif
