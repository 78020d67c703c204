/* conformance.h: how far a ticket followed the process that was agreed, rule by rule */
/* Rank: sla. */
#ifndef SLA_SLA_CONFORMANCE_H
#define SLA_SLA_CONFORMANCE_H

#include "sla/analysis.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a rule makes of one ticket. A rule says what must or must not happen in which order, as the
 * constraints of DECLARE (Pesic and van der Aalst 2006) do, and leaves all else free: tickets take
 * many paths.
 */
enum conformity {
	CONFORMITY_IDLE, /* does not apply: what it speaks of never happened, or it is switched off */
	CONFORMITY_CONFORMS,
	CONFORMITY_DEVIATES,
	CONFORMITY_UNKNOWN, /* not judged: the evidence is missing, or cannot say which came first */
	CONFORMITIES
};

enum constraint {
	CONSTRAINT_PRECEDENCE, /* B only after A */
	CONSTRAINT_RESPONSE,   /* after A there must come B */
	CONSTRAINT_EXISTENCE,  /* with A there must be B, before or after */
	CONSTRAINT_ABSENCE     /* after A never B */
};

/* A rule at work on one ticket. */
struct conforming {
	const struct analysis *analysis;
	int64_t limit; /* the policy's, else the rule's own */
	struct arena *arena;
};

/* One row of the table. sla-report(1) defines each rule in words. */
struct conformance_rule {
	const char *slug, *words; /* one line, for people */
	enum constraint constraint;
	/*
	 * The rule of sla-owners(1) that finds the deviations from this one, by the same function
	 * of lib/sla and the same limit of the policy's; NULL: there is none.
	 */
	const char *finding;
	unsigned needs; /* evidence, bits 1 << enum evidence: all of these … */
	bool (*evident)(const struct analysis *analysis); /* … and this; NULL: no more */
	int64_t limit;
	enum conformity (*judge)(const struct conforming *one);
};

extern const struct conformance_rule conformance_rules[];
extern const size_t nconformance_rules;

/* "precedence", "response", "responded existence", "absence". */
const char *constraint_word(enum constraint constraint);

/*
 * What a rule makes of a ticket that was analysed WITH_ACCOUNT and for which METRIC_RESOLVE was
 * replayed. IDLE where the policy's thresholds have the rule, or its finding, switched off. Memory
 * is taken from arena.
 */
enum conformity conformance_judge(
    const struct conformance_rule *rule, const struct analysis *analysis, struct arena *arena);

#endif
