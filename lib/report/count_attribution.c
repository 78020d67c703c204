/* count_attribution.c: where the time went of tickets that missed their resolve target */
#include "report/aggregate.h"

struct case_of {
	const struct attribution *attribution;
	const struct risk_clock *clock;
};

/* Working seconds in which nobody could be expected to work on the ticket. */
static int64_t
ownership_gap(const struct attribution *attribution)
{
	return attribution->seconds[WENT_NOBODY] + attribution->seconds[WENT_QUEUE] +
	    attribution->seconds[WENT_NOT_ACCEPTED];
}

/* By how much the target was missed, so far: without a gap of that length it would not have been. */
static void
add_reason(struct group *group, const struct case_of *one)
{
	int64_t late = one->clock->elapsed - one->clock->allowed;
	int64_t gap = ownership_gap(one->attribution);

	if (late <= 0)
		return; /* an earlier target was missed, which the ticket no longer has */
	if (gap >= late)
		group_count(group, COUNT_MISSED_BY_OWNERSHIP, 1);
	else if (gap + one->attribution->seconds[WENT_STALLED] >= late)
		group_count(group, COUNT_MISSED_BY_STALL, 1);
}

static void
add_missed(struct group *group, const void *what)
{
	const struct case_of *one = what;
	int i;

	group_count(group, COUNT_MISSED, 1);
	if (!one->attribution->known) {
		group_count(group, COUNT_MISSED_BLIND, 1);
		return;
	}
	group_count(group, COUNT_MISSED_ACCEPTANCE_BLIND, !one->attribution->acceptance_known);
	for (i = 0; i < WHEREABOUTS; i++)
		group_count(group, COUNT_MISSED_WENT + i, one->attribution->seconds[i]);
	add_reason(group, one);
}

static void
add_met(struct group *group, const void *what)
{
	const struct case_of *one = what;
	int i;

	if (!one->attribution->known)
		return;
	group_count(group, COUNT_MET_ACCEPTANCE_BLIND, !one->attribution->acceptance_known);
	for (i = 0; i < WHEREABOUTS; i++)
		group_count(group, COUNT_MET_WENT + i, one->attribution->seconds[i]);
}

void
count_attribution(
    struct report *report, const struct subject *subject, const struct standing *standing)
{
	struct subject then = *subject;
	struct case_of one;

	if (standing->risk == NULL)
		return;
	one.attribution = &standing->ownership->attribution;
	one.clock = &standing->risk->clocks[METRIC_RESOLVE];
	if (one.clock->state == CLOCK_BREACHED) {
		then.at = one.clock->breached;
		report_tally(report, FAMILY_ATTRIBUTION, &then, add_missed, &one);
	} else if (one.clock->state == CLOCK_MET) {
		then.at = one.clock->stopped;
		report_tally(report, FAMILY_ATTRIBUTION, &then, add_met, &one);
	}
}
