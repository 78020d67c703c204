/* count_budget.c: the clocks that the policy's budgets are about */
#include "report/count/aggregate.h"
#include "time/instant.h"

static void
add_decision(struct group *group, enum clock_state state)
{
	group_count(group, COUNT_BUDGET_MET, state == CLOCK_MET);
	group_count(group, COUNT_BUDGET_BREACHED, state == CLOCK_BREACHED);
	group_count(group, COUNT_BUDGET_BLIND, state == CLOCK_UNKNOWN);
}

/* In every span that holds the instant; a miss of the period besides on its day. */
static void
count_clock(struct report *report, struct key key, int64_t at, const struct term *term,
    enum clock_state state)
{
	struct groups *groups = report->groups[WINDOW_ASKED];
	uint32_t span;

	for (span = SPAN_PERIOD; span < BUDGET_SPANS; span++) {
		if (!window_holds(&term->spans[span], at))
			continue;
		key.parts[2] = span;
		add_decision(groups_at(&groups[BY_BUDGET], key), state);
	}
	if (state != CLOCK_BREACHED || !window_holds(&term->spans[SPAN_PERIOD], at))
		return;
	key.parts[2] = term_day(term, at);
	add_decision(groups_at(&groups[BY_BUDGET_DAY], key), state);
}

/* A miss that has no instant of its own counts with the ticket's life, as what is not judged. */
static int64_t
decided_at(const struct standing *standing, const struct risk_clock *clock)
{
	if (clock->state == CLOCK_BREACHED && clock->breached == INSTANT_NONE)
		return standing->anchor;
	return standing_decided_at(standing, clock);
}

/* Its client's, and all clients' together. */
static void
count_term(struct report *report, const struct subject *subject, const struct standing *standing,
    size_t number)
{
	const struct term *term = &report->terms[number];
	const struct risk_clock *clock = &standing->risk->clocks[term->budget.metric];
	int64_t at = decided_at(standing, clock);
	struct key key = {.parts = {(uint32_t)number + 1, ALL_CLIENTS}};

	if (!instant_in_range(at) || clock->state == CLOCK_NONE)
		return;
	count_clock(report, key, at, term, clock->state);
	key.parts[1] = subject->parts[KEY_CLIENT];
	count_clock(report, key, at, term, clock->state);
}

/* Of the budgets of one metric and one kind of period a ticket counts in the first that it fits. */
void
count_budgets(struct report *report, const struct subject *subject, const struct standing *standing)
{
	unsigned taken[METRICS] = {0}, bit;
	const struct budget *budget;
	struct facts facts;
	size_t i;

	if (report->options.terms == NULL || report->nterms == 0 ||
	    !report_wants(report, BY_BUDGET) || standing->risk == NULL ||
	    standing->risk->exclusion != EXCLUDED_NOT)
		return;
	standing_facts(standing, &facts);
	for (i = 0; i < report->nterms; i++) {
		budget = &report->terms[i].budget;
		bit = 1U << budget->period;
		if ((taken[budget->metric] & bit) != 0 ||
		    !policy_budget_fits(report->options.terms, i, &facts))
			continue;
		taken[budget->metric] |= bit;
		count_term(report, subject, standing, i);
	}
}
