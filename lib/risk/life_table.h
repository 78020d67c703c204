/* life_table.h: for each age the share that ended before the next, fading, by priority and team */
/* Rank: risk. */
#ifndef SLA_RISK_LIFE_TABLE_H
#define SLA_RISK_LIFE_TABLE_H

#include "data/json.h"
#include "data/ticket.h"
#include "out/json_writer.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Ages are cut into steps, each a quarter longer than the one before: the first is five minutes,
 * the last begins after more than a year. See risk/finish.h for what is counted.
 */
#define LIFE_STEPS 54

/* The step that holds an age, and where a step begins: seconds. */
int life_step_of(int64_t age);
int64_t life_step_from(int step);

struct life_table;

/* No row yet, and a half-life of a day. The caller frees it. */
struct life_table *life_table_new(void);
void life_table_free(struct life_table *table);
/* Forgets all counts, but not the teams. half_life: seconds. */
void life_table_clear(struct life_table *table, int64_t half_life);

/* The number of a team, INTERN_NONE for NULL; `find`: and for one that was never counted. */
uint32_t life_table_team(struct life_table *table, const char *team);
uint32_t life_table_find_team(const struct life_table *table, const char *team);

/* A ticket left the step at an instant, not before the last one that was counted. */
void life_table_count(struct life_table *table, int64_t at, int step, enum priority priority,
    uint32_t team, bool ended);

/* Seconds until half, and nine in ten, of such tickets have ended; INT64_MAX: nobody knows. */
struct life_left {
	int64_t p50, p90;
};

/* False where fewer than 30 tickets ended in all that was counted. */
bool life_table_left(const struct life_table *table, enum priority priority, uint32_t team,
    int64_t age, struct life_left *left);

/* As an array of rows: priority, team, ended, and for each step how many left it and ended in it. */
void life_table_to_json(const struct life_table *table, struct json_writer *w, const char *key);
/* Into a table that was cleared. latest: as below when it was written. False where it is not that. */
bool life_table_from_json(struct life_table *table, const struct json *rows, int64_t latest);
/* The latest instant that was counted; INSTANT_NONE. */
int64_t life_table_latest(const struct life_table *table);

#endif
