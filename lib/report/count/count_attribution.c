/* count_attribution.c: where the time went of tickets that missed their resolve target */
#include "report/count/aggregate.h"

struct case_of {
	const struct attribution *attribution;
	const struct risk_clock *clock;
};

int64_t
ownership_gap(const struct attribution *attribution)
{
	return attribution->seconds[WENT_NOBODY] + attribution->seconds[WENT_QUEUE] +
	    attribution->seconds[WENT_NOT_ACCEPTED];
}

enum missed_for
missed_for(const struct attribution *attribution, const struct risk_clock *resolve)
{
	int64_t late = resolve->elapsed - resolve->allowed;
	int64_t gap = ownership_gap(attribution);

	if (!attribution->known)
		return MISSED_BLIND;
	if (late <= 0)
		return MISSED_EARLIER;
	if (gap >= late)
		return MISSED_BY_OWNERSHIP;
	return gap + attribution->seconds[WENT_STALLED] >= late ? MISSED_BY_STALL
								: MISSED_OTHERWISE;
}

static void
add_missed(struct group *group, const void *what)
{
	const struct case_of *one = what;
	enum missed_for reason;
	int i;

	group_count(group, COUNT_MISSED, 1);
	if (!one->attribution->known) {
		group_count(group, COUNT_MISSED_BLIND, 1);
		return;
	}
	group_count(group, COUNT_MISSED_ACCEPTANCE_BLIND, !one->attribution->acceptance_known);
	for (i = 0; i < WHEREABOUTS; i++)
		group_count(group, COUNT_MISSED_WENT + i, one->attribution->seconds[i]);
	reason = missed_for(one->attribution, one->clock);
	group_count(group, COUNT_MISSED_BY_OWNERSHIP, reason == MISSED_BY_OWNERSHIP);
	group_count(group, COUNT_MISSED_BY_STALL, reason == MISSED_BY_STALL);
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
