/* fresh.h: the findings that an earlier run did not tell yet */
/* Rank: owners. */
#ifndef SLA_OWNERS_FRESH_H
#define SLA_OWNERS_FRESH_H

#include "base/arena.h"
#include "data/baseline.h"
#include "data/ticket.h"
#include "sla/finding.h"

/*
 * Reads findings in their ndjson form (sla-owners(1)). A finding is known by source, ticket, rule
 * and the first instant of its evidence; its weight is its severity. NULL after a diagnostic; the
 * caller frees it.
 */
struct baseline *findings_baseline(const char *path);

/*
 * The findings of a ticket that the baseline lacks, or has with a lower severity, in *fresh; its
 * list lives in arena.
 */
void findings_fresh(const struct baseline *baseline, const struct ticket *ticket,
    const struct findings *findings, struct findings *fresh, struct arena *arena);

#endif
