/* count_money.c: what effort costs, by the policy's costs */
#include "base/num.h"
#include "report/count/aggregate.h"

struct priced {
	const struct effort *efforts[EFFORTS];
	const struct cost *cost; /* NULL: the policy has none for it */
};

static void
add_priced(struct group *group, const void *what)
{
	const struct priced *one = what;
	int i;

	group_count(group, COUNT_PRICED, 1);
	for (i = 0; i < EFFORTS; i++) {
		group_count(group, COUNT_PRICED_WORK + i, one->efforts[i]->seconds);
		group_count(group, COUNT_PRICED_BLIND + i, one->efforts[i]->touches < 0);
		if (one->cost != NULL && one->efforts[i]->seconds > 0)
			group_count(group, COUNT_PRICE + i,
			    num_muldiv(one->efforts[i]->seconds, one->cost->per_hour, 1));
	}
}

/* With the ticket's life, as the effort itself. */
void
count_costs(struct report *report, const struct subject *subject, const struct standing *standing)
{
	const struct rework *rework = &standing->ownership->rework;
	struct priced one = {.efforts = {&rework->all, &rework->resolved, &rework->returned,
				 &rework->breached, &rework->any}};
	struct subject then = *subject;
	struct facts facts;

	if (report->options.terms == NULL || !report->priced || !rework->known ||
	    !report_wants(report, BY_CURRENCY))
		return;
	standing_facts(standing, &facts);
	one.cost = policy_cost(report->options.terms, &facts);
	then.at = standing->anchor;
	then.parts[KEY_CURRENCY] = report_name(report, one.cost != NULL ? KNOWN_NAME : KNOWN_NOT,
	    one.cost != NULL ? one.cost->currency : NULL);
	report_tally(report, FAMILY_COST, &then, add_priced, &one);
}
