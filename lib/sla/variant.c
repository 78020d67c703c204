/* variant.c: the path that a ticket took through the states */
#include "sla/variant.h"

#include "sla/act.h"

void
variant_of(struct variant *variant, const struct timeline *timeline)
{
	enum state last = STATE_NONE, state;
	size_t i;

	*variant = (struct variant){.nstates = 0};
	for (i = 0; i < timeline->ntouches && !variant->more; i++) {
		state = (enum state)timeline->touches[i].event->state;
		if (!event_tells_state(timeline->touches[i].event) || state == last)
			continue;
		last = state;
		if (variant->nstates == VARIANT_STEPS)
			variant->more = true;
		else
			variant->states[variant->nstates++] = state;
	}
}
