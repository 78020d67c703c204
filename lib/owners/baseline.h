/* baseline.h: the findings of an earlier run, so that only what is new need be told */
/* Rank: owners. */
#ifndef SLA_OWNERS_BASELINE_H
#define SLA_OWNERS_BASELINE_H

#include "base/arena.h"
#include "data/ticket.h"
#include "sla/finding.h"

#include <stdbool.h>

struct baseline;

/*
 * Reads findings in their ndjson form (sla-owners(1)), an empty file too. NULL after a diagnostic;
 * the caller frees it.
 */
struct baseline *baseline_load(const char *path);
void baseline_free(struct baseline *baseline);

/*
 * Whether the baseline lacks the finding, or has it with a lower severity. A finding is known by
 * source, ticket, rule and the first instant of its evidence.
 */
bool baseline_is_new(
    const struct baseline *baseline, const struct ticket *ticket, const struct finding *finding);

/* The findings of a ticket that are new, in *fresh; its list lives in arena. */
void baseline_filter(const struct baseline *baseline, const struct ticket *ticket,
    const struct findings *findings, struct findings *fresh, struct arena *arena);

#endif
