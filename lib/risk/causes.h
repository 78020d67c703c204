/* causes.h: what would have helped: breaches by the first cause that could be seen */
/* Rank: risk. */
#ifndef SLA_RISK_CAUSES_H
#define SLA_RISK_CAUSES_H

#include "base/buf.h"
#include "sla/analysis.h"
#include "sla/stall_table.h"

/*
 * What could be seen of a ticket before its resolve clock ran out. Each is seen at an instant; the
 * first counts, of one instant the first in this order. A limit is that of the policy's rule of
 * that name, else LEDGER_LIMITS by the priority of then; working seconds of the ticket's calendar.
 */
enum trouble {
	TROUBLE_NOT_ACCEPTED, /* a handoff not accepted within not-accepted: at that limit */
	TROUBLE_ORPHANED,     /* a stretch without an accountable owner: at the limit of orphaned */
	TROUBLE_LATE_HANDOFF, /* handed over with late-handoff (750) per mille used: then */
	TROUBLE_STALLED,      /* no progress for the threshold of a stall: then */
	TROUBLE_CLIENT,       /* the clock ran on while a question to the client was open, for the
	                         limit of client-silent: then */
	TROUBLE_WORK,         /* none of these: owned and moving, and still too long */
	TROUBLE_UNKNOWN,      /* none, but the source records no owners, or no progress */
	TROUBLES
};

struct breach_cause {
	enum trouble trouble;
	int64_t seen; /* INSTANT_NONE with WORK and UNKNOWN */
};

/* Of a ticket whose resolve clock was breached. */
void breach_cause_find(struct breach_cause *cause, const struct analysis *analysis,
    const struct stall_table *stalls, struct arena *arena);

/* "not_accepted", "orphaned", "handed_over_late", "stalled", "client_silent", "work", "unknown". */
const char *trouble_word(enum trouble trouble);

/* The breaches of a history. */
struct causes;

struct causes *causes_new(void);
void causes_free(struct causes *causes);
/* Counts the ticket, if something was promised for it. */
void causes_add(struct causes *causes, const struct analysis *analysis,
    const struct stall_table *stalls, struct arena *arena);

/* For people, and as one JSON object. */
void causes_write_text(const struct causes *causes, struct buf *out);
void causes_write_json(const struct causes *causes, struct buf *out);

/* CSV: a row for a breached ticket, nothing for others. */
void causes_csv_header(struct buf *out);
void causes_csv_ticket(struct buf *out, const struct analysis *analysis,
    const struct stall_table *stalls, struct arena *arena);

#endif
