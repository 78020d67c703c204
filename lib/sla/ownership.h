/* ownership.h: the member `ownership` of sla-stream(5) */
/* Rank: sla. */
#ifndef SLA_SLA_OWNERSHIP_H
#define SLA_SLA_OWNERSHIP_H

#include "sla/analysis.h"
#include "sla/finding.h"
#include "sla/record.h"

#include <stdbool.h>

/*
 * The member as its readers need it. Made from an analysis, or read from a line:
 * the same either way. It lives in the arena it was made in.
 */
struct ownership {
	struct record_head head;
	int64_t life;
	enum cause cause;                     /* at as_of; CAUSES where the life has ended */
	int64_t causes[CAUSES];               /* seconds */
	int64_t orphan_total, orphan_longest; /* working seconds of the ticket's calendar */
	int64_t orphan_since;                 /* INSTANT_NONE: not orphaned now */
	int64_t owner_since; /* of the present owner; INSTANT_NONE: nobody or unknown */
	int64_t owner_changes, team_changes; /* -1: no evidence */
	struct returns owner_returns, team_returns;
	struct handoff *handoffs;
	size_t nhandoffs;
	struct holding *holdings;
	size_t nholdings;
	struct communication communication;
	struct concentration concentration;
	struct rework rework;
	struct attribution attribution;
	struct escalation escalation; /* its member is null where there was none */
	struct findings findings;
	bool judged; /* the rules were run: findings are all there are */
};

/*
 * findings NULL: the rules were not run. The analysis must have been made with WITH_ACCOUNT;
 * without it nothing is known of communication, concentration, rework and attribution.
 */
void ownership_of(
    struct ownership *ownership, const struct analysis *analysis, const struct findings *findings);

void ownership_to_json(const struct ownership *ownership, struct buf *out);

/* False where the text is no such member. */
bool ownership_from_json(struct ownership *ownership, struct slice text, struct arena *arena);

#endif
