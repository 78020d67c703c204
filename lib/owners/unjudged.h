/* unjudged.h: how often a rule could not be judged for want of evidence */
/* Rank: owners. */
#ifndef SLA_OWNERS_UNJUDGED_H
#define SLA_OWNERS_UNJUDGED_H

#include "sla/finding.h"

#define RULES_LIMIT 64 /* more rules than there are */

/* Zero it first. */
struct unjudged {
	int64_t tickets;
	int64_t counts[RULES_LIMIT]; /* by row of the table of rules */
};

/* What the rules made of one more ticket. */
void unjudged_add(struct unjudged *unjudged, const struct findings *findings);

/* One note with all rules that were not judged, and on how many tickets; nothing where all were. */
void unjudged_tell(const struct unjudged *unjudged);

#endif
