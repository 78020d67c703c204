/* features.h: what is known of a ticket at an instant, as numbers */
/* Rank: risk. */
#ifndef SLA_RISK_FEATURES_H
#define SLA_RISK_FEATURES_H

#include "sla/analysis.h"

/* The clocks that an analysis needs for them. */
#define FEATURE_METRICS                                                             \
	(1U << METRIC_RESOLVE | 1U << METRIC_PICKUP | 1U << METRIC_FIRST_RESPONSE | \
	    1U << METRIC_NEXT_RESPONSE | 1U << METRIC_UPDATE)

#define FEATURE_VERSION 2

enum feature {
#define FEATURE(id, family, unit, evidence, help) FEATURE_##id,
#define RATE(id, family, help)                    FEATURE_RATE_##id,
#include "risk/features.def"
#undef FEATURE
#undef RATE
	FEATURES
};

enum rate {
#define FEATURE(id, family, unit, evidence, help)
#define RATE(id, family, help) RATE_##id,
#include "risk/features.def"
#undef FEATURE
#undef RATE
	RATES
};

/* What belongs together in a reason, and is left out together to see what it adds. */
enum family {
	FAMILY_ELAPSED,
	FAMILY_STALL,
	FAMILY_STATE,
	FAMILY_OWNERSHIP,
	FAMILY_KIND,
	FAMILY_HOUR,
	FAMILY_LOAD,
	FAMILY_PAST,
	FAMILY_LIFE,
	FAMILY_TEAM,
	FAMILY_SUBJECT,
	FAMILY_CLIENT,
	FAMILIES
};

struct feature_row {
	const char *name;
	enum family family;
	const char *unit, *help;
	enum evidence evidence; /* EVIDENCE_NONE: every source has it */
};

/* By enum feature. */
extern const struct feature_row feature_rows[FEATURES];
const char *family_word(enum family family);

/*
 * Fills in those features that the ticket alone tells as of the analysis; the others
 * are left as they are. NaN: no evidence, or nothing was promised. x has room for FEATURES.
 */
void features_of(float *x, const struct analysis *analysis);

#endif
