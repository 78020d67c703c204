/* merge.h: a ticket as it is stored and as tonight's list shows it, into one */
/* Rank: ingest. */
#ifndef SLA_INGEST_MERGE_H
#define SLA_INGEST_MERGE_H

#include "base/arena.h"
#include "data/ticket.h"

/* What is compared from list to list; from WATCH_DUE on a due instant for each metric. */
enum watch {
	WATCH_OWNER,
	WATCH_TEAM,
	WATCH_PRIORITY,
	WATCH_STATUS,
	WATCH_DUE,
	WATCHES = WATCH_DUE + METRICS
};

/* When lists showed a ticket. */
struct showing {
	int64_t seen;           /* as-of instant of the latest list that had it */
	int64_t at;             /* of the latest row: its own instant, else that of the list */
	int64_t known[WATCHES]; /* the latest row that showed the value; INSTANT_NONE: none did */
};

/*
 * The stored ticket with what the new one adds: a value that differs is an event, inferred
 * between the two rows that showed it, unless the new one's own events tell the instant. The
 * new one's facts count where it has them. *showing is the stored one's and becomes that of
 * both. The result lives in arena and in both tickets.
 */
struct ticket *merge_tickets(struct arena *arena, const struct ticket *stored,
    struct showing *showing, const struct ticket *fresh, const struct showing *tonight);

/* A ticket that no list had before: its due instants become events, too. */
struct ticket *
merge_first(struct arena *arena, const struct ticket *fresh, const struct showing *tonight);

/* The due instant of a metric that a ticket shows in the end, INSTANT_NONE where it has none. */
int64_t merge_due(const struct ticket *ticket, enum metric metric);

/*
 * The member psa of both: the fresh one's, and what only the stored one has. Verdicts that did
 * not change keep the instant since when they are shown. Sets ticket->psa; ticket->sla has to
 * be that of the fresh ticket, and becomes that of both.
 */
void merge_psa(struct arena *arena, const struct ticket *stored, const struct ticket *fresh,
    struct ticket *ticket);

#endif
