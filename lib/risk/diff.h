/* diff.h: the PSA's verdicts against the replayed ones, and which rules explain them best */
/* Rank: risk. */
#ifndef SLA_RISK_DIFF_H
#define SLA_RISK_DIFF_H

#include "base/buf.h"
#include "sla/analysis.h"

#include <stdint.h>

/* Appends the header row of the differences. */
void diff_header(struct buf *out);
/*
 * Appends a row for each metric of the ticket on which the PSA gives a verdict: CSV
 * `source,ticket,metric,psa_met,psa_due,state,due,agrees,why`.
 */
void diff_ticket(struct buf *out, const struct analysis *analysis, struct arena *arena);

/* One set of rules that was tried. */
struct fit_row {
	char name[64];
	struct clock_rules rules;
	struct conventions conventions; /* what rules points at */
	int64_t judged, agreed;
};

struct fit;

/*
 * Tries the policy as it is, each preset, no pauses, and each calendar of the policy
 * in place of the targets' own. The caller frees it.
 */
struct fit *fit_new(const struct policy *policy);
void fit_add(struct fit *fit, const struct analysis *analysis, struct arena *arena);
/*
 * Appends CSV `rules,judged,agreed,per_mille`, the best first (per_mille rounded down,
 * ties by the order of trying).
 */
void fit_write(struct fit *fit, struct buf *out);
void fit_free(struct fit *fit);

#endif
