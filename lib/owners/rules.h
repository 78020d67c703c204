/* rules.h: what is wrong with the ownership of a ticket, as a table of rules */
/* Rank: owners. */
#ifndef SLA_OWNERS_RULES_H
#define SLA_OWNERS_RULES_H

#include "base/buf.h"
#include "sla/analysis.h"
#include "sla/finding.h"
#include "sla/pauses.h"

/* A rule at work on one ticket. */
struct judging {
	const struct analysis *analysis;
	const struct rule *rule;
	int64_t limit; /* the policy's, else the rule's own */
	struct findings *findings;
	size_t cap;
	struct pauses *pauses; /* NULL until a rule asks for them */
	struct arena *arena;
};

/* One row of the table. Sources of the definitions: DESIGN §6 and §7, sla-owners(1). */
struct rule {
	const char *slug;
	enum severity severity; /* while the ticket is open; what is over is `low` */
	const char *help;       /* one line */
	unsigned needs;         /* evidence, bits 1 << enum evidence: all of these … */
	unsigned needs_any;     /* … and any of these; 0: none needed */
	bool (*evident)(const struct analysis *analysis); /* … and this; NULL: no more */
	int64_t limits[PRIORITIES]; /* by priority, [0] for a priority that is not known */
	const char *unit; /* of the limit, for the help: "working time", "per mille", "times" */
	void (*judge)(struct judging *judging);
	const char *definition, *rationale; /* sentences, for --explain */
};

extern const struct rule rules[];
extern const size_t nrules;

/*
 * Slugs of the rules on a stretch without an owner that goes on, the more specific ones first; NULL
 * ends them. Only the first that finds it tells it.
 */
extern const char *const rules_on_orphans[];

/* NULL: there is no such rule. */
const struct rule *rules_find(const char *slug);

/* Appends what a rule means, why it is there, how to tune and to silence it. False: no such rule. */
bool rules_explain(const char *slug, struct buf *out);

/*
 * Runs every rule that the policy has not switched off and for which the source
 * has the evidence; lists the others in not_judged. Of a stretch without an owner that goes on
 * only the most specific finding is kept. Lives in arena.
 */
void rules_judge(struct findings *findings, const struct analysis *analysis, struct arena *arena);

#endif
