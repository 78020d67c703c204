/* ledger.h: who was accountable for each second of a ticket's life, and each handoff */
/* Rank: sla. */
#ifndef SLA_SLA_LEDGER_H
#define SLA_SLA_LEDGER_H

#include "sla/clock.h"
#include "sla/timeline.h"

#include <stdbool.h>
#include <stdint.h>

/* DESIGN §6: the cause of each second of life. The first two are no orphans. */
enum cause {
	CAUSE_OWNED,   /* a person had it; off shift counts as owned */
	CAUSE_UNKNOWN, /* before the first evidence of owner */
	CAUSE_NOBODY,  /* no owner, no team */
	CAUSE_QUEUE,   /* a team, no owner */
	CAUSE_GONE,    /* an owner outside employment, by the roster */
	CAUSE_AWAY,    /* an owner who is absent, by the roster */
	CAUSES
};

/* A stretch of life [from, to) with one cause. */
struct stretch {
	int64_t from, to;
	enum cause cause;
	const struct span *span;
};

/* An unbroken stretch of life in which nobody was accountable. */
struct orphan {
	int64_t from, to;
	int64_t sure; /* it lasted until then at least: before `to` where its end was inferred */
	bool open;    /* still so at the as-of instant */
};

struct holder {
	const char *owner, *team; /* NULL: nobody, or none */
};

enum return_kind { RETURN_NONE, RETURN_DIRECT, RETURN_INDIRECT };
enum handoff_kind { HANDOFF_PERSON, HANDOFF_TEAM, HANDOFF_BOTH };

/* By the tiers of the roster; a team's tier is that of its people, if they all have the same. */
enum direction { DIRECTION_UNKNOWN, DIRECTION_UP, DIRECTION_DOWN, DIRECTION_SIDEWAYS };

enum acceptance {
	ACCEPTANCE_UNKNOWN, /* the source cannot say who acts */
	ACCEPTANCE_PENDING, /* not yet */
	ACCEPTANCE_ACCEPTED,
	ACCEPTANCE_LOST /* the ticket moved on or ended before */
};

/* The holder (the owner, or the team where there is none) changed from A to B. */
struct handoff {
	int64_t at, after; /* after: INSTANT_NONE unless inferred */
	struct holder from, to;
	enum handoff_kind kind;
	enum direction direction;
	int idle;     /* 1: no work and no public message while A had it, 0: some, -1 not known */
	int64_t held; /* working seconds that A had it, in the ticket's calendar */
	/* Of the resolve clock just before, or at `after`: at least that; per mille; -1 no target. */
	int64_t budget_used;
	/* Working seconds that A had it at most: from `after` where A got it by an inferred change. */
	int64_t held_most;
	enum acceptance acceptance;
	int64_t accepted_in; /* working seconds; -1 unless accepted */
	int64_t waited;      /* working seconds to the acceptance, its loss, or as-of; -1 unknown */
	int64_t waited_least; /* the same, to what was sure where that was inferred */
	int64_t until;        /* the end of that wait; INSTANT_NONE where unknown */
	int64_t added; /* what ran on the resolve clock in it; -1 unknown, or no such clock */
	enum return_kind person_return, team_return;
};

/* Time with one owner and team, over all of the life. */
struct holding {
	struct holder holder;
	bool known;      /* false: before the first evidence, so that NULL is no "nobody" */
	int64_t seconds; /* of life */
	int64_t worked;  /* the resolve clock's working seconds in it; -1 without one */
	int64_t share;   /* worked over all that the clock worked, per mille; -1 without one */
};

struct returns {
	int64_t direct, indirect;
};

/* One change of the owner or of the team, gaps skipped, whether or not a handoff came with it. */
struct change {
	int64_t at;
	const char *from, *to;
	enum return_kind kind; /* RETURN_NONE: to one who never had it */
	bool team;
};

struct ledger {
	int64_t causes[CAUSES];    /* seconds; they add up to the life */
	struct stretch *stretches; /* the life, in order, without gaps but at its ends */
	size_t nstretches;
	struct orphan *orphans;
	size_t norphans;
	struct handoff *handoffs;
	size_t nhandoffs;
	struct holding *holdings; /* by first appearance */
	size_t nholdings;
	int64_t owner_changes, team_changes; /* between different known values, gaps skipped */
	struct returns owner_returns, team_returns;
	struct change *changes; /* of the owner, then of the team, each in order */
	size_t nchanges;
	struct calendar *calendar; /* the ticket's: of the resolve target, else 24x7 */
	const char *calendar_name;
};

/*
 * Folds a timeline into the ledger. resolve is the resolve clock (CLOCK_NONE
 * where nothing was promised). Lives in arena.
 */
void ledger_build(struct ledger *ledger, const struct timeline *timeline,
    const struct policy *policy, const struct clock *resolve, struct arena *arena);

/*
 * DESIGN section 6, by enum priority: working seconds that an orphan span, or the wait for an
 * acceptance, may take where the policy says nothing.
 */
#define LEDGER_LIMITS                                 \
	{                                             \
		28800, 900, 3600, 14400, 28800, 28800 \
	}

/* The cause at the as-of instant; CAUSES where the ticket's life has ended. */
enum cause ledger_cause_now(const struct timeline *timeline, const struct policy *policy);

bool cause_is_orphan(enum cause cause);
const char *cause_word(enum cause cause);
const char *acceptance_word(enum acceptance acceptance);
const char *return_word(enum return_kind kind);       /* NULL for none */
const char *direction_word(enum direction direction); /* NULL for UNKNOWN */
const char *handoff_word(enum handoff_kind kind);

#endif
