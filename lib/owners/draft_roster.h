/* draft_roster.h: a first roster from the people that a stream shows */
/* Rank: owners. */
#ifndef SLA_OWNERS_DRAFT_ROSTER_H
#define SLA_OWNERS_DRAFT_ROSTER_H

#include "base/buf.h"
#include "sla/analysis.h"

struct draft_roster;

/* The caller frees it. */
struct draft_roster *draft_roster_new(void);
void draft_roster_free(struct draft_roster *draft);

/* Takes note of everybody who owned the ticket, and with which team for how long. */
void draft_roster_add(struct draft_roster *draft, const struct analysis *analysis);

/*
 * Appends a roster as sla-policy(5) has it, by name: the team is the one that the person held
 * tickets in for the longest, of equal ones the first by name; the rest is empty, to be filled in.
 */
void draft_roster_write(struct draft_roster *draft, struct buf *out);

#endif
