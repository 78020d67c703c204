/* habits.h: how long the desk's work usually rests, and how long it takes */
/* Rank: risk. */
#ifndef SLA_RISK_HABITS_H
#define SLA_RISK_HABITS_H

#include "risk/finish.h"
#include "sla/stall_table.h"

/* What was learned from a history: both NULL where nothing was. habits_free(). */
struct habits {
	struct stall_table *stalls;
	struct finish *finish;
};

/* landmarks: as for finish_new(). */
void habits_begin(struct habits *habits, const int64_t *landmarks, size_t nlandmarks);
void habits_free(struct habits *habits);

/* Takes in what is known of a ticket as of its analysis. */
void habits_add(struct habits *habits, const struct analysis *analysis, struct arena *arena);

/*
 * Learns from the tickets of a file of the stream all that was known at `now`. Tickets opened later
 * are left out. -1 after a diagnostic: the file cannot be read, or is no such stream.
 */
int habits_learn(struct habits *habits, const char *path, const struct policy *policy, int64_t now);

/* As two members of the object that is open. */
void habits_to_json(const struct habits *habits, struct json_writer *w);
/* Into habits that are zero. False where it is not that. */
bool habits_from_json(struct habits *habits, const struct json *object);

/* The member risk without probabilities: the clocks, and what the habits tell of the ticket. */
void habits_tell(struct risk *risk, const struct habits *habits, const struct analysis *analysis,
    struct arena *arena);

#endif
