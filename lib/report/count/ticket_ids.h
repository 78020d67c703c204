/* ticket_ids.h: which tickets a report has counted, in 8 bytes each */
/* Rank: report. */
#ifndef SLA_REPORT_COUNT_TICKET_IDS_H
#define SLA_REPORT_COUNT_TICKET_IDS_H

#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The first 64 bits of the SHA-256 of `source NUL id`. Of a million tickets two different ones share
 * theirs with a chance of 3 in 100 million. Zero-initialise ({0}), ticket_ids_free().
 */
struct ticket_ids {
	uint64_t *list;
	size_t count, cap;
};

void ticket_ids_add(struct ticket_ids *ids, const char *source, const char *id);
void ticket_ids_push(struct ticket_ids *ids, uint64_t id);
/* Sorts them, each once. */
void ticket_ids_sort(struct ticket_ids *ids);
/* How many are in both of two sorted lists. */
size_t ticket_ids_common(const struct ticket_ids *a, const struct ticket_ids *b);
void ticket_ids_free(struct ticket_ids *ids);

#endif
