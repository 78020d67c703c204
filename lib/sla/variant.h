/* variant.h: the path that a ticket took through the states */
/* Rank: sla. */
#ifndef SLA_SLA_VARIANT_H
#define SLA_SLA_VARIANT_H

#include "sla/timeline.h"

#include <stdbool.h>
#include <stddef.h>

#define VARIANT_STEPS 12 /* of a path that is kept */

/* The states in order, each one once where it is told again; those of one instant too. */
struct variant {
	enum state states[VARIANT_STEPS];
	size_t nstates;
	bool more; /* the path goes on */
};

void variant_of(struct variant *variant, const struct timeline *timeline);

#endif
