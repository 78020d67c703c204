/* timeline.h: who had the ticket, and in what state, at every moment */
/* Rank: sla. */
#ifndef SLA_SLA_TIMELINE_H
#define SLA_SLA_TIMELINE_H

#include "base/arena.h"
#include "data/ticket.h"
#include "policy/policy.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A stretch [from, to) in which nothing changed. The spans of a timeline follow
 * each other without a gap from the opening to the as-of instant; none is empty.
 */
struct span {
	int64_t from, to;
	const char *owner, *team; /* NULL: nobody, or not known: see the flags */
	bool owner_known, team_known;
	bool live;        /* part of the ticket's life: not resolved, closed or cancelled */
	enum state state; /* STATE_NONE until the first status is known */
	enum priority priority;
};

/* What somebody did: a message, work, or a change, in order. */
struct touch {
	int64_t at;
	const struct event *event;
};

/*
 * A ticket's events up to an instant, folded once. Everything that is computed
 * of a ticket is a fold over this; nothing reads the raw events again. It lives
 * in the arena it was built in, and points into the ticket.
 */
struct timeline {
	const struct ticket *ticket;
	int64_t opened; /* the `opened` event, else the ticket's own `opened` */
	int64_t as_of;
	struct span *spans;
	size_t nspans;
	struct touch *touches; /* every event at or before as_of, in order */
	size_t ntouches;
	bool ended;        /* at as_of */
	int64_t now_since; /* the last change from live to ended or back; else the opening */
	int64_t life;      /* seconds */
	/* The state at as_of, which is the last span's unless the ticket was opened at as_of. */
	struct span now;
};

/*
 * Folds the ticket's events (sorted) at or before as_of. False where the ticket
 * was opened after as_of: then there is nothing to tell.
 *
 * Before the first event of a kind, owner and team are: that event's `from`; else, where the
 * opening is inferred from a later snapshot, not known until the next event of any kind;
 * else nobody where `has` names the evidence; else not known.
 */
bool timeline_build(
    struct timeline *timeline, const struct ticket *ticket, int64_t as_of, struct arena *arena);

/* The span that holds the instant; the last one for as_of itself. NULL before the opening. */
const struct span *timeline_at(const struct timeline *timeline, int64_t instant);

/* The first event of a kind; NULL where there is none. */
const struct event *timeline_first(const struct timeline *timeline, enum event_kind kind);

/*
 * The last instant at which what changed at `at` had certainly not changed yet: `at` itself, or,
 * where a change of one of the kinds (bits 1 << enum event_kind) was inferred from two snapshots,
 * that of the earlier one. What is held against somebody by its length ends there.
 */
int64_t timeline_sure_until(const struct timeline *timeline, int64_t at, unsigned kinds);

/* What a target's match is held against in that span. */
struct facts span_facts(const struct timeline *timeline, const struct span *span);

#endif
