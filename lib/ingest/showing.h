/* showing.h: what tonight's list shows of its tickets, for --update */
/* Rank: ingest. */
#ifndef SLA_INGEST_SHOWING_H
#define SLA_INGEST_SHOWING_H

#include "data/ticket.h"
#include "ingest/ingest.h"
#include "ingest/merge.h"

#include <stdint.h>

/*
 * The export is a list as of that instant, which rows have that name none of their own. Before
 * the first file. -1 after a diagnostic: the map's rows show no tickets.
 */
int ingest_list(struct ingest *ingest, int64_t as_of);

/* What the list shows of the ticket that ingest_each() hands out now. */
void
ingest_showing(const struct ingest *ingest, const struct ticket *ticket, struct showing *showing);

#endif
