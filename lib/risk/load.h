/* load.h: how many open tickets an owner or a team had, at every moment */
/* Rank: risk. */
#ifndef SLA_RISK_LOAD_H
#define SLA_RISK_LOAD_H

#include "base/intern.h"
#include "sla/timeline.h"

#include <stddef.h>
#include <stdint.h>

enum load_kind { LOAD_OWNER, LOAD_TEAM };

/* Of owners, or of teams. Zero-initialise ({0}); load_free(). */
struct load {
	struct intern holders; /* by name */
	struct load_change {
		int64_t at;
		uint32_t holder;
		int32_t tickets; /* more, or fewer; once settled: how many there are from then on */
	} * changes;
	size_t nchanges, cap;
};

/* A ticket's spans: from when until when who had it. */
void load_add(struct load *load, enum load_kind kind, const struct timeline *timeline);

/* After the last ticket. */
void load_settle(struct load *load);

/* The number of a holder, to be asked about later; INTERN_NONE for nobody (NULL). */
uint32_t load_holder(struct load *load, const char *name);

/* The open tickets of a holder at an instant, by what had happened until then. After load_settle(). */
int64_t load_at(const struct load *load, uint32_t holder, int64_t at);

void load_free(struct load *load);

#endif
