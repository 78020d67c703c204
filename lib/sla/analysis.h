/* analysis.h: everything that is computed of one ticket as of an instant */
/* Rank: sla. */
#ifndef SLA_SLA_ANALYSIS_H
#define SLA_SLA_ANALYSIS_H

#include "sla/account.h"
#include "sla/clock.h"
#include "sla/ledger.h"
#include "sla/progress.h"
#include "sla/timeline.h"

/* Why a ticket has no clocks although targets were given. */
enum exclusion { EXCLUDED_NOT, EXCLUDED_POLICY, EXCLUDED_MERGED, EXCLUDED_CHILD };

/* Lives in the arena it was built in, and points into the ticket and the policy. */
struct analysis {
	const struct ticket *ticket;
	const struct policy *policy;
	struct timeline timeline;
	enum exclusion exclusion;
	struct clock clocks[METRICS]; /* by enum metric; CLOCK_NONE where nothing was promised */
	struct ledger ledger;
	struct progress progress;
	struct account account; /* zero unless asked for: WITH_ACCOUNT */
};

#define ALL_METRICS  ((1u << METRICS) - 1)
/* A bit beside those of the metrics: what the ownership record and the rules read. */
#define WITH_ACCOUNT (1u << METRICS)

/*
 * metrics: bit 1 << enum metric of the clocks that are wanted; the ledger needs resolve,
 * which is always replayed. False where the ticket was opened after as_of: there is
 * nothing to tell then.
 */
bool analysis_build(struct analysis *analysis, const struct ticket *ticket,
    const struct policy *policy, int64_t as_of, unsigned metrics, struct arena *arena);

/* "policy", "merged", "child"; NULL for EXCLUDED_NOT. */
const char *exclusion_word(enum exclusion exclusion);

#endif
