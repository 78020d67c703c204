/* scoring.h: judges a whole stream by a model, which needs to see all of it first */
/* Rank: risk. */
#ifndef SLA_RISK_SCORING_H
#define SLA_RISK_SCORING_H

#include "data/stream.h"
#include "risk/model.h"

/* The stream lies in an unlinked temporary file of mode 0600 meanwhile. */
struct scoring;

/*
 * learn: the file whose habits stand in place of the model's; NULL: its own. NULL after a diagnostic:
 * no such model, or it does not fit.
 */
struct scoring *
scoring_new(const char *model, const char *learn, const struct policy *policy, int64_t as_of);
/* Takes in a ticket. analysis NULL: it was opened later, and is only passed on. */
void scoring_add(struct scoring *scoring, const struct analysis *analysis, struct record *record);
/* Settles what all tickets tell, after the last of them. -1 after a diagnostic. */
int scoring_finish(struct scoring *scoring, const struct policy *policy, int64_t as_of);
/*
 * Appends the next ticket in the order of input, with the member `risk` if it was judged: 1; 0 at
 * the end; -1 after a diagnostic.
 */
int scoring_next(struct scoring *scoring, struct buf *out);
void scoring_free(struct scoring *scoring);

#endif
