/* clock.h: the SLA clocks of a ticket, replayed from its timeline */
/* Rank: sla. */
#ifndef SLA_SLA_CLOCK_H
#define SLA_SLA_CLOCK_H

#include "policy/policy.h"
#include "sla/timeline.h"

#include <stdbool.h>
#include <stdint.h>

enum clock_state {
	CLOCK_NONE, /* nothing was promised, or the ticket is excluded */
	CLOCK_RUNNING,
	CLOCK_PAUSED,
	CLOCK_MET,      /* stopped, and not later than the target allows */
	CLOCK_BREACHED, /* stopped too late, or running past its target */
	CLOCK_UNKNOWN   /* the evidence is missing, or cannot say which of met and breached */
};

/* A stretch [from, to) in which the clock ran under one target. */
struct clock_run {
	int64_t from, to;
	int64_t elapsed; /* working seconds on the clock at `from` */
	int64_t allowed; /* working seconds that the target grants */
	struct calendar *calendar;
};

/*
 * One metric's clock as of the timeline's instant. Durations are working seconds
 * of the target's calendar; instants INSTANT_NONE where they do not apply.
 */
struct clock {
	enum metric metric;
	enum clock_state state;
	bool unseen;   /* unknown because the source records neither its pauses nor what stops it */
	bool from_psa; /* judged by the PSA's own due instant: no policy was given */
	const char *target_name;   /* NULL for the PSA's */
	const char *calendar_name; /* NULL for the PSA's: elapsed time counts */
	struct calendar *calendar; /* of the target in force last */
	int64_t allowed;           /* what that target grants */
	int64_t started;
	int64_t stopped;  /* the last stop, if it stands stopped */
	int64_t elapsed;  /* pauses excluded */
	int64_t paused;   /* working seconds that pauses took off the clock */
	int64_t due;      /* when it is or was missed unless stopped; none while paused */
	int64_t breached; /* when the allowed time was used up and passed */
	int cycles;       /* how often it was started: windows, and reopenings */
	int missed;       /* windows before the one that is told which were breached */
	struct clock_run *runs;
	size_t nruns;
};

/* By what a clock is replayed. */
struct clock_rules {
	const struct conventions *conventions;
	struct calendar *calendar; /* in place of every target's; NULL: the targets' own */
	const struct zone *zone;   /* in place of the calendars'; NULL: theirs */
	bool no_holidays;          /* as if the calendars had none */
};

/* What the policy itself says. */
struct clock_rules clock_rules_of(const struct policy *policy);

/* The same under other rules than the policy's: to ask what a difference is due to. */
void
clock_replay_as(struct clock *clock, const struct timeline *timeline, const struct policy *policy,
    const struct clock_rules *rules, enum metric metric, struct arena *arena);

/*
 * Replays one metric through its windows (sla/window.h), the last of which is told:
 * the one that is open, else the latest. Definitions: DESIGN §5, sla-policy(5).
 * Exactly at the target is met. The runs live in arena.
 */
void clock_replay(struct clock *clock, const struct timeline *timeline, const struct policy *policy,
    enum metric metric, struct arena *arena);

/* Allowed minus elapsed: negative when breached. */
int64_t clock_remaining(const struct clock *clock);

/* Working seconds on the clock at an instant. */
int64_t clock_elapsed_at(const struct clock *clock, int64_t instant);

/*
 * The share of the allowed time that was used just before an instant, per mille;
 * over 1000 when breached by then. -1 where there is no target, and where the source does not
 * record what stops the clock.
 */
int64_t clock_used_at(const struct clock *clock, int64_t instant);

/* The clock's working seconds that lie in [from, to). */
int64_t clock_worked_between(const struct clock *clock, int64_t from, int64_t to);

/* The word of sla-stream(5), NULL for CLOCK_NONE. */
const char *clock_state_word(enum clock_state state);

#endif
