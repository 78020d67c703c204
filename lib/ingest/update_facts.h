/* update_facts.h: what the store knows beside its tickets, as JSON */
/* Rank: ingest. */
#ifndef SLA_INGEST_UPDATE_FACTS_H
#define SLA_INGEST_UPDATE_FACTS_H

#include "base/buf.h"
#include "data/scan.h"
#include "ingest/merge.h"

/* What the last list was: the member `store` of the seal. */
struct list_facts {
	int64_t as_of; /* INSTANT_NONE: there was none */
	char hash[65]; /* of its tickets */
};

/* Appends the member's value of a ticket. */
void showing_to_json(const struct showing *showing, struct buf *out);
/* Reads it from a line that was scanned; false where there is none, or it is unusable. */
bool showing_from_scan(const struct scan *scan, struct arena *arena, struct showing *showing);

/* Appends the seal of a store, with its LF. */
void list_facts_to_seal(
    const struct list_facts *facts, int64_t tickets, int64_t refused, struct buf *out);
/* Reads the last line of a store; false where it is not its seal. */
bool list_facts_from_seal(struct slice line, struct list_facts *facts);

#endif
