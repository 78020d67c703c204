/* unlisted.h: people whom a stream shows and the roster does not list */
/* Rank: owners. */
#ifndef SLA_OWNERS_UNLISTED_H
#define SLA_OWNERS_UNLISTED_H

#include "sla/analysis.h"

struct unlisted;

/* The caller frees it. */
struct unlisted *unlisted_new(void);
void unlisted_free(struct unlisted *unlisted);

/*
 * Takes note of everybody who owned the ticket or, where the source has the evidence actor, acted on
 * it, and is in the roster neither by name nor by alias. Nothing without a roster.
 */
void unlisted_add(struct unlisted *unlisted, const struct analysis *analysis);

/*
 * One note for all of them, those with the most tickets first; nothing where there is nobody. all:
 * a note for each of them instead.
 */
void unlisted_tell(struct unlisted *unlisted, bool all);

#endif
