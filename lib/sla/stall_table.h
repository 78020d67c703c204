/* stall_table.h: how long work usually rests before it moves on, learned from the past */
/* Rank: sla. */
#ifndef SLA_SLA_STALL_TABLE_H
#define SLA_SLA_STALL_TABLE_H

#include "data/json.h"
#include "data/ticket.h"
#include "out/json_writer.h"

/* So many dwells make a row that may be used. */
#define STALL_FEWEST 30

/* Which row a threshold comes from, the widest first. */
enum stall_level {
	STALL_BY_DEFAULT,  /* nothing was learned, or too little */
	STALL_BY_STATE,    /* state */
	STALL_BY_PRIORITY, /* state and priority */
	STALL_BY_TEAM,     /* state, priority and team */
	STALL_LEVELS
};

struct stall_threshold {
	int64_t seconds; /* working seconds; INT64_MAX: the calendar never gets there */
	enum stall_level level;
	int64_t dwells; /* that the row was learned from; 0 with the default */
};

/*
 * Counts of completed dwells by state, state and priority, and all three with the team. An
 * unknown state, priority or team is a value like others, but has no row by team.
 */
struct stall_table;

/* The caller frees it. */
struct stall_table *stall_table_new(void);
void stall_table_free(struct stall_table *table);

/* Counts one dwell of so many working seconds. */
void stall_table_add(struct stall_table *table, enum state state, enum priority priority,
    const char *team, int64_t rested);

/*
 * The p90 (nearest rank, within 1 %) of the narrowest row with STALL_FEWEST dwells or more.
 * False where there is none: the default is to be used.
 */
bool stall_table_look_up(const struct stall_table *table, enum state state, enum priority priority,
    const char *team, struct stall_threshold *threshold);

/* The rows that may be used, as an array: state, priority, team (or null), dwells, p90. */
void stall_table_to_json(const struct stall_table *table, struct json_writer *w, const char *key);
/* Reads what stall_table_to_json() wrote; NULL where it is not that. */
struct stall_table *stall_table_from_json(const struct json *array);

/* "default", "state", "priority", "team". */
const char *stall_level_word(enum stall_level level);
/* For people, behind "tickets": "of this team in this state", and so on; NULL for the default. */
const char *stall_level_phrase(enum stall_level level);

#endif
