/* verdict.h: the PSA's own verdict beside the replayed one, and what a difference is due to */
/* Rank: sla. */
#ifndef SLA_SLA_VERDICT_H
#define SLA_SLA_VERDICT_H

#include "sla/analysis.h"

/* What makes the replay come out as the PSA has it: the first that does. */
enum difference {
	DIFFERENCE_NONE,       /* they agree, or one of them gives no verdict */
	DIFFERENCE_EDITED_DUE, /* by the due instant that the PSA shows now: it was moved */
	DIFFERENCE_PAUSE,      /* were nothing paused, or were all waiting states */
	DIFFERENCE_HOLIDAY,    /* were the calendar's holidays and exceptions common days */
	DIFFERENCE_ZONE,       /* were its hours those of another zone of the policy, or UTC */
	DIFFERENCE_CALENDAR, /* were every hour counted, or those of another calendar of the policy */
	DIFFERENCE_REOPEN,   /* by another convention for reopening */
	DIFFERENCE_PRIORITY, /* by another convention for a change of the priority */
	DIFFERENCE_RESPONSE, /* by another idea of what answers a client */
	DIFFERENCE_UNKNOWN   /* none of these explains it alone */
};

struct psa_verdict {
	int says;    /* the PSA, as of then: 1 met, 0 missed, -1 none */
	int agrees;  /* 1, 0; -1 where one of them gives no verdict */
	int64_t due; /* the PSA's due instant as of then, INSTANT_NONE where it has none */
	enum difference why;
};

/*
 * Compares one metric. What the PSA recorded after the as-of instant does not exist
 * yet. Only a difference costs more than a look.
 */
void verdict_find(struct psa_verdict *verdict, const struct analysis *analysis, enum metric metric,
    struct arena *arena);

/* "edited_due", "pause" …; NULL for DIFFERENCE_NONE. */
const char *difference_word(enum difference why);

#endif
