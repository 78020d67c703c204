/* analysis.c: everything that is computed of one ticket as of an instant */
#include "sla/analysis.h"

const char *
exclusion_word(enum exclusion exclusion)
{
	static const char *const words[] = {NULL, "policy", "merged", "child"};

	return words[exclusion];
}

static enum exclusion
exclusion_of(const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	struct facts facts = span_facts(timeline, &timeline->now);
	const struct target *target;

	if (analysis->ticket->merged_into != NULL)
		return EXCLUDED_MERGED;
	if (analysis->ticket->parent != NULL)
		return EXCLUDED_CHILD;
	target = policy_target(analysis->policy, &facts, timeline->opened);
	return target != NULL && target->exclude ? EXCLUDED_POLICY : EXCLUDED_NOT;
}

/* Without a policy the PSA may promise anything; else what some target grants. */
static bool
is_promised(const struct analysis *analysis, int metric)
{
	return policy_hash(analysis->policy) == NULL ||
	    policy_grants(analysis->policy, (enum metric)metric);
}

bool
analysis_build(struct analysis *analysis, const struct ticket *ticket, const struct policy *policy,
    int64_t as_of, unsigned metrics, struct arena *arena)
{
	int metric;

	analysis->ticket = ticket;
	analysis->policy = policy;
	if (!timeline_build(&analysis->timeline, ticket, as_of, arena))
		return false;
	analysis->exclusion = exclusion_of(analysis);
	for (metric = 1; metric < METRICS; metric++) {
		analysis->clocks[metric] = (struct clock){.metric = (enum metric)metric};
		if (analysis->exclusion == EXCLUDED_NOT &&
		    ((metrics >> metric & 1) != 0 || metric == METRIC_RESOLVE) &&
		    is_promised(analysis, metric))
			clock_replay(&analysis->clocks[metric], &analysis->timeline, policy,
			    (enum metric)metric, arena);
	}
	ledger_build(&analysis->ledger, &analysis->timeline, policy,
	    &analysis->clocks[METRIC_RESOLVE], arena);
	progress_find(&analysis->progress, &analysis->timeline);
	if ((metrics & WITH_ACCOUNT) != 0)
		account_build(&analysis->account, &analysis->timeline, policy, &analysis->ledger,
		    &analysis->clocks[METRIC_RESOLVE], arena);
	else
		analysis->account = (struct account){0};
	return true;
}
