/* standing.c: how one ticket stands at the as-of instant, in the terms of a report */
#include "report/standing.h"

#include "time/instant.h"

bool
standing_is_overdue(const struct standing *standing, const struct risk_clock *clock)
{
	return standing->open && clock->state == CLOCK_BREACHED && clock->stopped == INSTANT_NONE;
}

static int64_t
probability_of(const struct standing *standing, const struct risk_clock *clock)
{
	int64_t probability = clock->outlook.probability;

	if (standing_is_overdue(standing, clock))
		return 1000;
	if (!standing->open || (clock->state != CLOCK_RUNNING && clock->state != CLOCK_PAUSED))
		return -2; /* not running: no candidate at all */
	return probability > 1000 ? 1000 : probability;
}

static void
look_at_clock(struct standing *standing, enum metric metric)
{
	const struct risk_clock *clock = &standing->risk->clocks[metric];
	int64_t probability = probability_of(standing, clock);
	int64_t due = clock->due != INSTANT_NONE ? clock->due : clock->breached;

	if (probability == -2)
		return;
	if (standing_is_overdue(standing, clock))
		standing->overdue = true;
	else if (clock->state == CLOCK_RUNNING && probability >= RISKY_PROBABILITY)
		standing->at_risk = true;
	if (standing->worst == NULL || probability > standing->probability) {
		standing->worst = clock;
		standing->worst_metric = metric;
		standing->probability = probability;
	}
	if (clock->state == CLOCK_PAUSED || due == INSTANT_NONE)
		return;
	if (standing->by == INSTANT_NONE || due < standing->by)
		standing->by = due;
}

static void
look_at_findings(struct standing *standing)
{
	const struct findings *findings = &standing->ownership->findings;
	size_t i;

	standing->nfindings = findings->count;
	for (i = 0; i < findings->count; i++)
		if (standing->finding == NULL ||
		    findings->list[i].severity > standing->finding->severity)
			standing->finding = &findings->list[i];
}

/* What a person promised the client is a deadline, too. */
static void
look_at_promise(struct standing *standing)
{
	const struct communication *talk = &standing->ownership->communication;

	if (!standing->open || !talk->promises_known || talk->open <= 0 ||
	    talk->next_promise == INSTANT_NONE)
		return;
	if (standing->by == INSTANT_NONE || talk->next_promise < standing->by)
		standing->by = talk->next_promise;
}

/*
 * Nobody and not known are told apart by the evidence: a source that cannot record owners says
 * nothing of them; neither does a life, or the present, before the first evidence.
 */
static enum known
owner_known(const struct standing *standing)
{
	const struct ownership *ownership = standing->ownership;

	if (standing->head != NULL && standing->head->owner != NULL)
		return KNOWN_NAME;
	if (ownership == NULL || !ticket_has(standing->ticket, EVIDENCE_OWNER))
		return KNOWN_NOT;
	if (ownership->cause == CAUSE_UNKNOWN)
		return KNOWN_NOT;
	if (ownership->cause == CAUSES && ownership->causes[CAUSE_UNKNOWN] == ownership->life)
		return KNOWN_NOT;
	return KNOWN_NOBODY;
}

static enum known
team_known(const struct standing *standing)
{
	if (standing->head != NULL && standing->head->team != NULL)
		return KNOWN_NAME;
	return standing->head != NULL && ticket_has(standing->ticket, EVIDENCE_TEAM) ? KNOWN_NOBODY
										     : KNOWN_NOT;
}

static int64_t
ended_at(const struct standing *standing)
{
	const struct ticket *ticket = standing->ticket;
	const struct risk *risk = standing->risk;
	int64_t as_of = standing->head->as_of;

	if (risk != NULL && risk->clocks[METRIC_RESOLVE].state != CLOCK_NONE &&
	    risk->clocks[METRIC_RESOLVE].stopped != INSTANT_NONE)
		return risk->clocks[METRIC_RESOLVE].stopped;
	if (ticket->resolved != INSTANT_NONE && ticket->resolved <= as_of)
		return ticket->resolved;
	if (ticket->closed != INSTANT_NONE && ticket->closed <= as_of)
		return ticket->closed;
	return risk != NULL && risk->activity_at != INSTANT_NONE ? risk->activity_at : as_of;
}

void
standing_of(struct standing *standing, const struct ticket *ticket,
    const struct ownership *ownership, const struct risk *risk)
{
	int metric;

	*standing = (struct standing){.ticket = ticket,
	    .ownership = ownership,
	    .risk = risk,
	    .probability = -1,
	    .by = INSTANT_NONE,
	    .ended = INSTANT_NONE,
	    .anchor = INSTANT_NONE};
	if (ownership != NULL)
		standing->head = &ownership->head;
	else if (risk != NULL)
		standing->head = &risk->head;
	standing->open = standing->head != NULL && !state_is_ended(standing->head->state);
	if (standing->head != NULL && !standing->open)
		standing->ended = ended_at(standing);
	if (standing->head != NULL)
		standing->anchor = standing->open ? standing->head->as_of : standing->ended;
	standing->owner_known = owner_known(standing);
	standing->team_known = team_known(standing);
	for (metric = 1; risk != NULL && metric < METRICS; metric++)
		look_at_clock(standing, (enum metric)metric);
	if (ownership == NULL)
		return;
	standing->orphaned =
	    standing->open && ownership->cause < CAUSES && cause_is_orphan(ownership->cause);
	look_at_findings(standing);
	look_at_promise(standing);
}

void
standing_facts(const struct standing *standing, struct facts *facts)
{
	const struct record_head *head = standing->head;

	*facts = (struct facts){.ticket = standing->ticket};
	if (head == NULL)
		return;
	facts->owner = head->owner;
	facts->team = head->team;
	facts->priority = head->priority;
	facts->state = head->state;
}

int64_t
standing_decided_at(const struct standing *standing, const struct risk_clock *clock)
{
	switch (clock->state) {
	case CLOCK_RUNNING:
	case CLOCK_PAUSED:
		return INSTANT_NONE;
	case CLOCK_MET:
		return clock->stopped;
	case CLOCK_BREACHED:
		return clock->breached;
	default:
		return standing->anchor;
	}
}

bool
standing_needs_someone(const struct standing *standing)
{
	return standing->open &&
	    (standing->overdue || standing->orphaned || standing->nfindings > 0 ||
		standing->probability >= LISTED_PROBABILITY);
}
