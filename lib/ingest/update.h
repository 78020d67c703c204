/* update.h: tonight's list and the stored stream, into the stream of both */
/* Rank: ingest. */
#ifndef SLA_INGEST_UPDATE_H
#define SLA_INGEST_UPDATE_H

#include "base/slice.h"
#include "data/ticket.h"
#include "ingest/merge.h"

#include <stdbool.h>
#include <stdint.h>

/* One run of --update: the store is locked from open to free. */
struct update;

struct update_counts {
	int64_t tickets, events;  /* of the stream of both */
	int64_t fresh, changed;   /* new ones, and those with a new event */
	int64_t absent;           /* stored, and not in this list */
	bool same_list, old_list; /* nothing was changed: the list is stored already, or older */
};

/*
 * Locks the store and looks at its end; one that is missing is begun. NULL after a
 * diagnostic: it is in use, it is no store, or it is not whole. path must outlive it.
 */
struct update *update_open(const char *path, int64_t as_of);

/* A ticket of tonight's list, which is kept. -1 after a diagnostic. */
int update_add(struct update *update, const struct ticket *ticket, const struct showing *showing);

/*
 * Writes the new store beside the old one, in the old order, new tickets behind, and hands out
 * each: its line without LF, and the ticket. refused goes into the seal. -1 after a
 * diagnostic, or what emit returned if not 0. Call it once.
 */
int update_each(struct update *update, int64_t refused,
    int (*emit)(void *context, struct slice line, const struct ticket *ticket), void *context);

/* Puts the new store in the place of the old one. -1 after a diagnostic. */
int update_commit(struct update *update);

const struct update_counts *update_counts(const struct update *update);

/* Without a commit the store is as it was. NULL is fine. */
void update_free(struct update *update);

#endif
