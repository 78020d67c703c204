/* privacy_psa.h: the member `psa` without texts that are known to nobody */
/* Rank: ingest. */
#ifndef SLA_INGEST_PRIVACY_PSA_H
#define SLA_INGEST_PRIVACY_PSA_H

#include "base/arena.h"
#include "base/buf.h"

/*
 * Appends the object psa to out, nothing where none of it is left. Numbers, booleans, nulls,
 * instants, `status` and `priority` stay; of other texts what find() gives, NULL for nothing.
 */
void privacy_psa(struct slice psa, struct arena *arena,
    const char *(*find)(void *context, const char *text), void *context, struct buf *out);

#endif
