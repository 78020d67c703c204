/* count_standing.c: what is counted of a ticket as a whole: how it stands, its clocks, its life */
#include "report/count/aggregate.h"
#include "time/instant.h"

struct clock_of {
	const struct standing *standing;
	enum metric metric;
};

static void
add_clock(struct group *group, const void *what)
{
	const struct clock_of *one = what;
	const struct risk_clock *clock = &one->standing->risk->clocks[one->metric];
	int base = COUNT_CLOCKS + (int)one->metric * CLOCK_COUNTS;

	group_count(group, base + (int)clock->state, 1);
	if (standing_is_overdue(one->standing, clock))
		group_count(group, base + CLOCK_OVERDUE, 1);
}

static void
add_resolution(struct group *group, const void *what)
{
	const struct clock_of *one = what;

	group_spread(group, SPREAD_RESOLVED_IN, one->standing->risk->clocks[one->metric].elapsed);
}

/* How long it took: of tickets that have ended, in time or not. */
static void
count_resolution(
    struct report *report, const struct subject *subject, const struct standing *standing)
{
	const struct clock_of one = {standing, METRIC_RESOLVE};
	const struct risk_clock *clock = &standing->risk->clocks[METRIC_RESOLVE];
	struct subject then = *subject;

	if ((clock->state != CLOCK_MET && clock->state != CLOCK_BREACHED) ||
	    clock->stopped == INSTANT_NONE)
		return;
	then.at = clock->stopped;
	report_tally(report, FAMILY_RESOLUTION, &then, add_resolution, &one);
}

static void
add_breach(struct group *group, const void *what)
{
	(void)what;
	group_count(group, COUNT_BREACHES, 1);
}

static void
add_verdict(struct group *group, const void *what)
{
	const struct clock_of *one = what;
	const struct risk_clock *clock = &one->standing->risk->clocks[one->metric];
	enum verdict verdict = clock->verdict.agrees == 1 ? VERDICT_AGREES
	    : clock->verdict.agrees == 0                  ? VERDICT_DIFFERS
							  : VERDICT_NONE;

	if (clock->state != CLOCK_NONE)
		group_count(group, COUNT_VERDICTS + (int)one->metric * VERDICTS + (int)verdict, 1);
}

static void
count_clocks(struct report *report, const struct subject *subject, const struct standing *standing)
{
	struct clock_of one = {.standing = standing};
	struct subject then = *subject;
	int metric;

	if (standing->risk == NULL || standing->risk->exclusion != EXCLUDED_NOT)
		return;
	for (metric = 1; metric < METRICS; metric++) {
		one.metric = (enum metric)metric;
		then.at = standing_decided_at(standing, &standing->risk->clocks[metric]);
		report_tally(report, FAMILY_CLOCKS, &then, add_clock, &one);
		report_tally(report, FAMILY_VERDICTS, &then, add_verdict, &one);
		if (standing->risk->clocks[metric].state == CLOCK_BREACHED)
			report_tally(report, FAMILY_BREACHES, &then, add_breach, NULL);
	}
	count_resolution(report, subject, standing);
}

static void
add_exclusion(struct group *group, const struct standing *standing)
{
	static const int excluded[] = {
	    -1, COUNT_EXCLUDED_POLICY, COUNT_EXCLUDED_MERGED, COUNT_EXCLUDED_CHILD};

	if (standing->risk == NULL)
		group_count(group, COUNT_NO_RISK, 1);
	else if (standing->risk->exclusion != EXCLUDED_NOT)
		group_count(group, excluded[standing->risk->exclusion], 1);
}

static void
add_standing(struct group *group, const void *what)
{
	const struct standing *standing = what;
	const struct ownership *ownership = standing->ownership;

	group_count(group, COUNT_TICKETS, 1);
	if (standing->head == NULL || standing->head->state == STATE_NONE)
		group_count(group, COUNT_STATE_UNKNOWN, 1);
	group_count(group, COUNT_OPEN, standing->open);
	group_count(group, COUNT_AT_RISK, standing->at_risk);
	group_count(group, COUNT_NO_OUTLOOK, standing->open && standing->probability < 0);
	group_count(group, COUNT_OVERDUE, standing->overdue);
	group_count(group, COUNT_ORPHANED, standing->orphaned);
	group_count(group, COUNT_NEEDING, standing_needs_someone(standing));
	group_count(group, COUNT_NO_OWNERSHIP, ownership == NULL);
	group_count(group, COUNT_NO_RULES, ownership != NULL && !ownership->judged);
	if (standing->open && ownership != NULL && ownership->cause < CAUSES)
		group_count(group, COUNT_NOW_OWNED + (int)ownership->cause, 1);
	if (ownership != NULL && ownership->communication.known) {
		group_count(group, COUNT_UNANSWERED, ownership->communication.unanswered);
		group_count(
		    group, COUNT_UNANSWERED_TICKETS, ownership->communication.unanswered > 0);
		group_count(group, COUNT_PROMISES_OPEN, ownership->communication.open);
	}
	add_exclusion(group, standing);
}

static void
add_opened(struct group *group, const void *what)
{
	(void)what;
	group_count(group, COUNT_OPENED, 1);
}

static void
add_ended(struct group *group, const void *what)
{
	(void)what;
	group_count(group, COUNT_ENDED, 1);
}

static void
count_flow(struct report *report, const struct subject *subject, const struct standing *standing)
{
	struct subject then = *subject;

	if (standing->ticket->opened != INSTANT_NONE) {
		then.at = standing->ticket->opened;
		report_tally(report, FAMILY_FLOW, &then, add_opened, NULL);
	}
	if (standing->ended != INSTANT_NONE) {
		then.at = standing->ended;
		report_tally(report, FAMILY_FLOW, &then, add_ended, NULL);
	}
}

static void
add_life(struct group *group, const void *what)
{
	const struct ownership *ownership = what;
	int cause;

	for (cause = 0; cause < CAUSES; cause++)
		group_count(group, COUNT_LIFE_OWNED + cause, ownership->causes[cause]);
	group_count(group, COUNT_HANDED_ON, ownership->nhandoffs > 0);
	group_count(group, COUNT_NO_OWNER_EVIDENCE, ownership->owner_changes < 0);
	group_count(group, COUNT_NO_TEAM_EVIDENCE, ownership->team_changes < 0);
	/* Without evidence of either there is no such thing as "no handoffs". */
	if (ownership->owner_changes >= 0 || ownership->team_changes >= 0)
		group_spread(group, SPREAD_HANDOFFS, (int64_t)ownership->nhandoffs);
	group_count(group, COUNT_OWNER_DIRECT, ownership->owner_returns.direct);
	group_count(group, COUNT_OWNER_INDIRECT, ownership->owner_returns.indirect);
	group_count(group, COUNT_TEAM_DIRECT, ownership->team_returns.direct);
	group_count(group, COUNT_TEAM_INDIRECT, ownership->team_returns.indirect);
}

void
count_standing(
    struct report *report, const struct subject *subject, const struct standing *standing)
{
	struct subject life = *subject;

	life.at = standing->anchor;
	report_tally(report, FAMILY_STANDING, subject, add_standing, standing);
	count_flow(report, subject, standing);
	count_clocks(report, subject, standing);
	if (standing->ownership != NULL)
		report_tally(report, FAMILY_LIFE, &life, add_life, standing->ownership);
}
