/* count_holders.c: what is counted of those who held a ticket, of handoffs, and of findings */
#include "base/mem.h"
#include "report/count/aggregate.h"
#include "time/instant.h"

#define LATE_BUDGET 750 /* per mille of the resolve target: DESIGN section 6, late-handoff */

static void
add_acceptance(struct group *group, const struct handoff *handoff)
{
	if (handoff->acceptance == ACCEPTANCE_UNKNOWN)
		group_count(group, COUNT_ACCEPTANCE_UNKNOWN, 1);
	else if (handoff->acceptance == ACCEPTANCE_ACCEPTED)
		group_spread(group, SPREAD_ACCEPTED, handoff->accepted_in);
	else
		group_count(group, COUNT_NOT_ACCEPTED, 1);
}

static struct group *
named_group(struct report *report, struct groups *groups, const char *name)
{
	return groups_at(groups, (struct key){.parts = {report_name(report, KNOWN_NAME, name)}});
}

/* One handoff, for the people or the teams on its two sides. */
static void
add_sides(struct report *report, enum dimension dimension, const struct handoff *handoff,
    const char *from, const char *to, enum return_kind returned)
{
	struct groups *window = report_window(report, handoff->at);
	struct group *receiver;

	if (window == NULL || !report_wants(report, dimension) || text_same(from, to))
		return;
	if (from != NULL)
		group_count(named_group(report, &window[dimension], from), COUNT_HANDED_OUT, 1);
	if (to == NULL)
		return;
	receiver = named_group(report, &window[dimension], to);
	group_count(receiver, COUNT_HANDED_IN, 1);
	group_count(receiver, COUNT_RETURNED, returned != RETURN_NONE);
	add_acceptance(receiver, handoff);
}

static void
add_handoff(struct group *group, const void *what)
{
	const struct handoff *handoff = what;

	group_count(group, COUNT_HANDOFFS, 1);
	group_count(group, COUNT_LATE, handoff->budget_used >= LATE_BUDGET);
	group_count(group, COUNT_BUDGET_UNKNOWN, handoff->budget_used < 0);
	group_count(group, COUNT_IDLE, handoff->idle == 1);
	group_count(group, COUNT_IDLE_UNKNOWN, handoff->idle < 0);
	group_count(group, COUNT_GAVE_BACK,
	    handoff->person_return != RETURN_NONE || handoff->team_return != RETURN_NONE);
	group_count(group, COUNT_BETWEEN_TEAMS, handoff->kind != HANDOFF_PERSON);
	group_count(group, COUNT_ADDED, handoff->added);
	add_acceptance(group, handoff);
}

/* Who gave to whom: known names that differ. */
static void
add_pair(struct report *report, enum dimension dimension, const struct handoff *handoff,
    const char *from, const char *to)
{
	struct groups *window = report_window(report, handoff->at);
	struct key key = {{0}};

	if (window == NULL || !report_wants(report, dimension) || from == NULL || to == NULL ||
	    text_same(from, to))
		return;
	key.parts[0] = report_name(report, KNOWN_NAME, from);
	key.parts[1] = report_name(report, KNOWN_NAME, to);
	add_handoff(groups_at(&window[dimension], key), handoff);
}

static void
count_handoffs(
    struct report *report, const struct subject *subject, const struct ownership *ownership)
{
	struct subject then = *subject;
	const struct handoff *one;
	size_t i;

	for (i = 0; i < ownership->nhandoffs; i++) {
		one = &ownership->handoffs[i];
		then.at = one->at;
		report_tally(report, FAMILY_HANDOFFS, &then, add_handoff, one);
		add_pair(report, BY_OWNER_PAIR, one, one->from.owner, one->to.owner);
		add_pair(report, BY_TEAM_PAIR, one, one->from.team, one->to.team);
		add_sides(
		    report, BY_OWNER, one, one->from.owner, one->to.owner, one->person_return);
		add_sides(report, BY_TEAM, one, one->from.team, one->to.team, one->team_return);
	}
}

static void
hold(struct groups *groups, uint32_t name, const struct holding *holding)
{
	struct group *group = groups_at(groups, (struct key){.parts = {name}});

	if (group->held < 0) {
		group->held = 0;
		groups->touched = mem_push(groups->touched, groups->ntouched, &groups->touched_cap,
		    sizeof(*groups->touched));
		groups->touched[groups->ntouched++] = (size_t)(group - groups->list);
	}
	if (holding->seconds > 0 && holding->seconds <= INT64_MAX - group->held)
		group->held += holding->seconds;
	group_count(group, COUNT_SLA_TIME, holding->worked);
}

/* One value a ticket for each holder, however many turns there were. */
static void
flush_held(struct groups *groups)
{
	struct group *group;

	while (groups->ntouched > 0) {
		group = &groups->list[groups->touched[--groups->ntouched]];
		group_spread(group, SPREAD_HELD, group->held);
		group->held = -1;
	}
}

/* Time without a name is nobody's only where the evidence is there to say so. */
static enum known
held_by(const char *name, bool evidence)
{
	if (name != NULL)
		return KNOWN_NAME;
	return evidence ? KNOWN_NOBODY : KNOWN_NOT;
}

/* Of all holders of one kind. */
static void
count_holdings(struct report *report, const struct standing *standing, enum dimension dimension)
{
	struct groups *window = report_window(report, standing->anchor);
	const struct ownership *ownership = standing->ownership;
	bool team = dimension == BY_TEAM;
	bool evidence = ticket_has(standing->ticket, team ? EVIDENCE_TEAM : EVIDENCE_OWNER);
	const struct holding *one;
	enum known known;
	const char *name;
	size_t i;

	if (window == NULL || !report_wants(report, dimension))
		return;
	for (i = 0; i < ownership->nholdings; i++) {
		one = &ownership->holdings[i];
		name = team ? one->holder.team : one->holder.owner;
		known = held_by(name, evidence && one->known);
		hold(&window[dimension], report_name(report, known, name), one);
	}
	flush_held(&window[dimension]);
}

void
count_holders(struct report *report, const struct subject *subject, const struct standing *standing)
{
	count_handoffs(report, subject, standing->ownership);
	count_holdings(report, standing, BY_OWNER);
	count_holdings(report, standing, BY_TEAM);
}

static void
add_finding(struct group *group, const void *what)
{
	const struct finding *finding = what;

	group_count(group, COUNT_FINDINGS, 1);
	if (finding->severity != SEVERITY_NONE)
		group_count(group, COUNT_LOW + (int)finding->severity - 1, 1);
}

static void
add_not_judged(struct group *group, const void *what)
{
	(void)what;
	group_count(group, COUNT_NOT_JUDGED, 1);
}

/* A finding counts when it began; a rule that could not be judged, when the ticket's life does. */
void
count_findings(struct report *report, const struct standing *standing)
{
	const struct findings *findings = &standing->ownership->findings;
	struct subject rule = {.at = INSTANT_NONE};
	size_t i;

	for (i = 0; i < findings->count; i++) {
		rule.parts[KEY_RULE] = report_name(report, KNOWN_NAME, findings->list[i].rule);
		rule.at = findings->list[i].since;
		report_tally(report, FAMILY_FINDINGS, &rule, add_finding, &findings->list[i]);
	}
	rule.at = standing->anchor;
	for (i = 0; i < findings->nnot_judged; i++) {
		rule.parts[KEY_RULE] = report_name(report, KNOWN_NAME, findings->not_judged[i]);
		report_tally(report, FAMILY_FINDINGS, &rule, add_not_judged, NULL);
	}
}
