/* policy.h: what was promised to whom, and by which rules it is judged */
/* Rank: policy. */
#ifndef SLA_POLICY_POLICY_H
#define SLA_POLICY_POLICY_H

#include "data/ticket.h"
#include "time/calendar.h"
#include "time/period.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A policy file (sla-policy(5)), read, checked and compiled. It owns everything
 * that its functions return.
 */
struct policy;

/* How a client was answered, the least first (DESIGN §5's one scale). */
enum response {
	RESPONSE_NONE,
	RESPONSE_STATUS,
	RESPONSE_ASSIGNED,
	RESPONSE_AUTO,
	RESPONSE_INTERNAL,
	RESPONSE_BOT,
	RESPONSE_PUBLIC,
	RESPONSE_HUMAN
};

enum reopen { REOPEN_CONTINUE, REOPEN_RESTART, REOPEN_COUNT_CLOSED };
enum priority_change { PRIORITY_CARRY, PRIORITY_RESTART, PRIORITY_RETROACTIVE };
/* STATUS: as the ticket leaves the state new. */
enum clock_start { START_OPENED, START_FIRST_BUSINESS_INSTANT, START_STATUS };
/* Where a target that uses up an interval exactly falls due. */
enum deadline { DEADLINE_CLOSING, DEADLINE_NEXT_OPENING };
enum zero_target { ZERO_IMMEDIATELY, ZERO_FIRST_BUSINESS_INSTANT };
/* What restarts the update clock: a named agent's public message, or anybody's public one. */
enum update_restart { UPDATE_AGENT, UPDATE_ANY };

/* All defaults but those of first_response and pause are zero: see conventions_read(). */
struct conventions {
	enum reopen reopen;
	enum priority_change priority_change;
	enum response first_response; /* the least that counts as one */
	unsigned pause[METRICS];      /* bit 1 << enum state: the clock of that metric stands */
	enum clock_start start;
	enum deadline deadline;
	enum zero_target zero_target;
	enum update_restart update_restart;
	bool end_of_day; /* targets in business days: to the last closing, not the same time */
};

/* The state of a ticket at one instant, which `match` is held against. */
struct facts {
	const struct ticket *ticket; /* members that no event changes: client, type, channel … */
	const char *owner, *team;    /* NULL: nobody or unknown */
	enum priority priority;
	enum state state;
};

/* One entry of "targets". */
struct target {
	const char *name;
	const char *calendar_name;
	struct calendar *calendar;
	bool exclude;             /* such tickets are promised nothing, and counted apart */
	int64_t seconds[METRICS]; /* working seconds, -1 where this metric has no target */
	int64_t days[METRICS];    /* business days ("2bd"), -1 where it is not in days */
	int64_t from, until; /* in force for tickets opened in [from, until); INSTANT_NONE: open */
};

/* A line of the roster. Instants are INSTANT_NONE where the cell was empty. */
struct person {
	const char *name; /* as the roster spells it */
	const char *team;
	int tier;                   /* 0 where not given */
	struct calendar *calendar;  /* NULL where not given */
	int64_t from, until;        /* employed in [from, until) */
	const struct absence *away; /* sorted, disjoint */
	size_t naway;
};

struct absence {
	int64_t from, until;
};

/* One entry of "budgets": how many clocks of a period may be missed. */
struct budget {
	const char *name; /* "budget 2" where the policy gives none; no two are the same */
	enum metric metric;
	enum period period;
	int allowed; /* per mille of the clocks that are decided in the period */
};

/* One entry of "costs". */
struct cost {
	const char *currency; /* three letters of ISO 4217 */
	int64_t per_hour;     /* in thousandths of the currency's unit */
};

/*
 * Reads a policy. NULL after diagnostics: DIAG_BAD_POLICY and DIAG_BAD_ROSTER,
 * each with file, line and column, for all faults and not only the first;
 * DIAG_SYSTEM where a file cannot be read. The caller owns it: policy_free().
 */
struct policy *policy_load(const char *path);
/*
 * Reads a policy from text, which is not needed afterwards. name stands in the
 * diagnostics; relative files are looked for in folder, or where the process is
 * where that is NULL.
 */
struct policy *policy_parse(const char *name, const char *folder, struct slice text);
/* The policy of those who have none: no targets, no roster, the default conventions. */
struct policy *policy_none(void);
/*
 * Reads a policy and looks for more than policy_load() minds: targets, budgets and costs that no
 * ticket reaches, targets of one name and one match that are in force together (DIAG_BAD_POLICY), and
 * calendars that nobody uses (DIAG_NOTICE). 0, or -1 after diagnostics of faults.
 */
int policy_check(const char *path);
/* A policy to begin with, explained by comments: JSON, static. */
const char *policy_starter(void);
void policy_free(struct policy *policy);

/*
 * In hex the SHA-256 of the policy's bytes or, where it names other files, that of the text
 * hex(policy) hex(ics) ... hex(roster), the .ics files in the order they are named; NULL for
 * policy_none().
 */
const char *policy_hash(const struct policy *policy);
/* What an output says it was made with: the path, or "no policy: PSA due dates". */
const char *policy_title(const struct policy *policy);

const struct conventions *policy_conventions(const struct policy *policy);

/*
 * The first target whose match fits the facts and that is in force for a ticket
 * opened at `opened`; NULL where nothing was promised. An excluding target is
 * returned too: look at ->exclude.
 */
const struct target *
policy_target(const struct policy *policy, const struct facts *facts, int64_t opened);

/* Whether any two facts of one ticket could give different targets by owner, team, state or priority. */
bool policy_targets_vary(const struct policy *policy);

/* Whether any target at all is given for the metric. */
bool policy_grants(const struct policy *policy, enum metric metric);

/* By name; NULL where the policy has none of that name. "24x7" is always there. */
struct calendar *policy_calendar(const struct policy *policy, const char *name);

/* The zones of the policy's calendars by index, UTC the last of them; NULL behind it. */
const struct zone *policy_zone(const struct policy *policy, size_t i);

/* The name of the policy's calendar with that index, NULL behind the last one. */
const char *policy_calendar_name(const struct policy *policy, size_t i);

/*
 * Puts a preset's conventions in place of the policy's own, and gives the policy another
 * hash and title. False where there is no preset of that name.
 */
bool policy_use_preset(struct policy *policy, const char *preset);

enum threshold { THRESHOLD_DEFAULT, THRESHOLD_SET, THRESHOLD_OFF };

/*
 * What the policy says of a rule's threshold for such a ticket. SET: *limit is
 * working seconds where the policy gave a duration, else the bare number.
 */
enum threshold policy_threshold(
    const struct policy *policy, const char *rule, const struct facts *facts, int64_t *limit);

/* The budgets in the order of the policy; NULL behind the last one. */
const struct budget *policy_budget(const struct policy *policy, size_t i);
/* Whether a ticket with these facts fits the match of budget i, which there must be. */
bool policy_budget_fits(const struct policy *policy, size_t i, const struct facts *facts);

bool policy_has_costs(const struct policy *policy);
/* The first cost whose match fits the facts; NULL where none does. */
const struct cost *policy_cost(const struct policy *policy, const struct facts *facts);

/* The person by name or alias (case and blanks at the ends do not matter); NULL where not listed. */
const struct person *policy_person(const struct policy *policy, const char *name);
/*
 * The tier of a team: that of the people whom the roster has in it, if all of them have the
 * same; 0 where they do not, and where there are none. NULL is none.
 */
int policy_team_tier(const struct policy *policy, const char *team);
/* Whether there is a roster at all. */
bool policy_has_roster(const struct policy *policy);

#endif
