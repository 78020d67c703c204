/* finding.h: what a rule found in a ticket */
/* Rank: sla. */
#ifndef SLA_SLA_FINDING_H
#define SLA_SLA_FINDING_H

#include <stddef.h>
#include <stdint.h>

enum severity { SEVERITY_NONE, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };

#define FINDING_EVIDENCE 8 /* instants that a finding names at most */

/* A value: texts belong to the arena of the ticket, or are static. */
struct finding {
	const char *rule; /* slug */
	enum severity severity;
	int64_t since;
	const char *who; /* who should act: a person, else a team; NULL: the dispatcher */
	int64_t evidence[FINDING_EVIDENCE];
	size_t nevidence; /* at least 1: the first one is part of the finding's key */
	const char *text; /* one sentence that a person can act on */
};

/* What the rules made of one ticket. */
struct findings {
	struct finding *list;
	size_t count;
	const char **not_judged; /* slugs of rules whose evidence the source cannot record */
	size_t nnot_judged;
};

/* "low" … "critical"; NULL for SEVERITY_NONE. The value of a word, SEVERITY_NONE where it is none. */
const char *severity_word(enum severity severity);
enum severity severity_of(const char *word);

#endif
