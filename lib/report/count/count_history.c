/* count_history.c: what only a ticket's history tells: its clocks under other conventions */
#include "report/history.h"

#include "report/count/aggregate.h"
#include "report/trace.h"

/* Replays under one set of rules, and whether that changes what the policy's own rules say. */
struct trial {
	const struct clock *own, *other;
	enum metric metric;
};

static bool
is_known(const struct clock *clock)
{
	return clock->state != CLOCK_NONE && clock->state != CLOCK_UNKNOWN;
}

/* INSTANT_NONE where it is not decided yet, or cannot be. */
static int64_t
decided_at(const struct clock *clock)
{
	return clock->state == CLOCK_MET     ? clock->stopped
	    : clock->state == CLOCK_BREACHED ? clock->breached
					     : INSTANT_NONE;
}

static void
add_trial(struct group *group, const void *what)
{
	const struct trial *trial = what;
	bool was = trial->own->state == CLOCK_BREACHED, is = trial->other->state == CLOCK_BREACHED;
	int metric = (int)trial->metric;

	group_count(
	    group, COUNT_RULES_CLOCKS + metric * CLOCK_COUNTS + (int)trial->other->state, 1);
	if (!is_known(trial->own) || !is_known(trial->other))
		return;
	group_count(group, COUNT_NEWLY_BREACHED + metric, is && !was);
	group_count(group, COUNT_NO_LONGER_BREACHED + metric, was && !is);
}

static void
add_as_now(struct group *group, const void *what)
{
	(void)what;
	group_count(group, COUNT_AS_NOW, 1);
}

static void
try_rules(struct report *report, const struct analysis *analysis, const struct rule_set *set,
    struct arena *arena)
{
	struct conventions conventions = *policy_conventions(analysis->policy);
	struct clock_rules rules = clock_rules_of(analysis->policy);
	struct subject subject = {.at = INSTANT_NONE};
	struct clock other;
	struct trial trial;
	int metric;

	subject.parts[KEY_RULES] = report_name(report, KNOWN_NAME, set->name);
	if (!rule_set_apply(set, &conventions))
		report_tally(report, FAMILY_CONVENTION, &subject, add_as_now, NULL);
	rules.conventions = &conventions;
	for (metric = 1; metric < METRICS; metric++) {
		clock_replay_as(&other, &analysis->timeline, analysis->policy, &rules,
		    (enum metric)metric, arena);
		trial = (struct trial){&analysis->clocks[metric], &other, (enum metric)metric};
		subject.at = decided_at(&other);
		report_tally(report, FAMILY_CONVENTION, &subject, add_trial, &trial);
	}
}

static bool
gates_ask(const struct report_options *options)
{
	return options->gates != NULL && gates_want_history(options->gates);
}

void
report_add_history(struct report *report, const struct analysis *analysis,
    const struct ownership *ownership, const struct risk *risk, struct arena *arena)
{
	struct standing standing;
	struct rule_set set;
	size_t i;

	if (analysis->exclusion != EXCLUDED_NOT || !report_takes(report, analysis->ticket))
		return;
	if (report->options.trace != NULL)
		trace_ticket(report->options.trace, analysis->ticket);
	for (i = 0; report_wants(report, BY_RULES) && rule_set_at(i, &set); i++)
		try_rules(report, analysis, &set, arena);
	if (!report_wants(report, BY_CHECK) && !gates_ask(&report->options))
		return;
	standing_of(&standing, analysis->ticket, ownership, risk);
	count_conformance(report, analysis, &standing, arena);
}

bool
report_wants_history(const struct report_options *options)
{
	return (options->views & (1U << REPORT_CONVENTIONS | 1U << REPORT_CONFORMANCE)) != 0 ||
	    gates_ask(options);
}
