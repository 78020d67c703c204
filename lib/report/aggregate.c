/* aggregate.c: tickets into counts and histograms */
#include "report/aggregate.h"

#include "base/mem.h"
#include "time/instant.h"

int64_t
clock_count(const struct group *group, enum metric metric, int state)
{
	return group->counts[COUNT_CLOCKS + (int)metric * CLOCK_COUNTS + state];
}

int64_t
verdict_count(const struct group *group, enum metric metric, enum verdict verdict)
{
	return group->counts[COUNT_VERDICTS + (int)metric * VERDICTS + (int)verdict];
}

const char *
group_name(const struct groups *groups, size_t index)
{
	return index < KNOWN_NAME ? NULL
				  : intern_text(&groups->names, (uint32_t)(index - KNOWN_NAME));
}

/* A negative number, which only a forged stream can hold, counts as nothing. */
static void
add(struct group *group, int count, int64_t number)
{
	int64_t *sum = &group->counts[count];

	if (number > 0)
		*sum = number > INT64_MAX - *sum ? INT64_MAX : *sum + number;
}

/* The place of a key's group. Pointers into the list do not outlive the next call. */
static size_t
group_at(struct groups *groups, enum known known, const char *name)
{
	size_t index = (size_t)known;

	if (known == KNOWN_NAME)
		index += intern_add(&groups->names, slice_z(name));
	while (groups->count <= index) {
		groups->list =
		    mem_push(groups->list, groups->count, &groups->cap, sizeof(*groups->list));
		groups->list[groups->count++] = (struct group){.held = -1};
	}
	return index;
}

static struct group *
group_of(struct groups *groups, enum known known, const char *name)
{
	size_t index = group_at(groups, known, name);

	return &groups->list[index];
}

static void
add_clock(struct group *group, const struct standing *standing, enum metric metric)
{
	const struct risk_clock *clock = &standing->risk->clocks[metric];
	int base = COUNT_CLOCKS + (int)metric * CLOCK_COUNTS;
	enum verdict verdict = clock->verdict.agrees == 1 ? VERDICT_AGREES
	    : clock->verdict.agrees == 0                  ? VERDICT_DIFFERS
							  : VERDICT_NONE;

	add(group, base + (int)clock->state, 1);
	if (standing_is_overdue(standing, clock))
		add(group, base + CLOCK_OVERDUE, 1);
	if (clock->state != CLOCK_NONE)
		add(group, COUNT_VERDICTS + (int)metric * VERDICTS + (int)verdict, 1);
}

static void
add_risk(struct group *group, const struct standing *standing)
{
	static const int excluded[] = {
	    -1, COUNT_EXCLUDED_POLICY, COUNT_EXCLUDED_MERGED, COUNT_EXCLUDED_CHILD};
	int metric;

	if (standing->risk == NULL) {
		add(group, COUNT_NO_RISK, 1);
		return;
	}
	if (standing->risk->exclusion != EXCLUDED_NOT) {
		add(group, excluded[standing->risk->exclusion], 1);
		return;
	}
	for (metric = 1; metric < METRICS; metric++)
		add_clock(group, standing, (enum metric)metric);
}

/* What every kind of group counts. */
static void
add_standing(struct group *group, const struct standing *standing)
{
	const struct ownership *ownership = standing->ownership;

	add(group, COUNT_TICKETS, 1);
	if (standing->head == NULL || standing->head->state == STATE_NONE)
		add(group, COUNT_STATE_UNKNOWN, 1);
	add(group, COUNT_OPEN, standing->open);
	add(group, COUNT_AT_RISK, standing->at_risk);
	add(group, COUNT_NO_OUTLOOK, standing->open && standing->probability < 0);
	add(group, COUNT_OVERDUE, standing->overdue);
	add(group, COUNT_ORPHANED, standing->orphaned);
	add(group, COUNT_NEEDING, standing_needs_someone(standing));
	if (standing->open && ownership != NULL && ownership->cause < CAUSES)
		add(group, COUNT_NOW_OWNED + (int)ownership->cause, 1);
	add_risk(group, standing);
}

/* How the resolve clock stands, for whom the ticket was with at the end, as of then. */
static void
add_result(struct group *group, const struct standing *standing)
{
	enum clock_state state;

	if (standing->risk == NULL)
		return;
	state = standing->risk->clocks[METRIC_RESOLVE].state;
	add(group, COUNT_END_MET, state == CLOCK_MET);
	add(group, COUNT_END_BREACHED, state == CLOCK_BREACHED);
	add(group, COUNT_END_UNKNOWN, state == CLOCK_UNKNOWN);
}

static void
add_ownership(struct group *group, const struct ownership *ownership)
{
	int cause;

	if (ownership == NULL) {
		add(group, COUNT_NO_OWNERSHIP, 1);
		return;
	}
	add(group, COUNT_NO_RULES, !ownership->judged);
	for (cause = 0; cause < CAUSES; cause++)
		add(group, COUNT_LIFE_OWNED + cause, ownership->causes[cause]);
	add(group, COUNT_HANDOFFS, (int64_t)ownership->nhandoffs);
	add(group, COUNT_HANDED_ON, ownership->nhandoffs > 0);
	add(group, COUNT_NO_OWNER_EVIDENCE, ownership->owner_changes < 0);
	add(group, COUNT_NO_TEAM_EVIDENCE, ownership->team_changes < 0);
	/* Without evidence of either there is no such thing as "no handoffs". */
	if (ownership->owner_changes >= 0 || ownership->team_changes >= 0)
		histogram_add(&group->spreads[SPREAD_HANDOFFS], (int64_t)ownership->nhandoffs);
	add(group, COUNT_OWNER_DIRECT, ownership->owner_returns.direct);
	add(group, COUNT_OWNER_INDIRECT, ownership->owner_returns.indirect);
	add(group, COUNT_TEAM_DIRECT, ownership->team_returns.direct);
	add(group, COUNT_TEAM_INDIRECT, ownership->team_returns.indirect);
}

static void
add_acceptance(struct group *group, const struct handoff *handoff)
{
	if (handoff->acceptance == ACCEPTANCE_UNKNOWN)
		add(group, COUNT_ACCEPTANCE_UNKNOWN, 1);
	else if (handoff->acceptance == ACCEPTANCE_ACCEPTED)
		histogram_add(&group->spreads[SPREAD_ACCEPTED], handoff->accepted_in);
	else
		add(group, COUNT_NOT_ACCEPTED, 1);
}

/* One handoff, for the people or the teams on its two sides. */
static void
add_sides(struct groups *groups, const struct handoff *handoff, const char *from, const char *to,
    enum return_kind returned)
{
	struct group *receiver;

	if (text_same(from, to))
		return;
	if (from != NULL)
		add(group_of(groups, KNOWN_NAME, from), COUNT_HANDED_OUT, 1);
	if (to == NULL)
		return;
	receiver = group_of(groups, KNOWN_NAME, to);
	add(receiver, COUNT_HANDED_IN, 1);
	add(receiver, COUNT_RETURNED, returned != RETURN_NONE);
	add_acceptance(receiver, handoff);
}

static void
add_handoffs(struct report *report, const struct ownership *ownership)
{
	const struct handoff *one;
	size_t i;

	for (i = 0; i < ownership->nhandoffs; i++) {
		one = &ownership->handoffs[i];
		add_acceptance(&report->all, one);
		add_sides(&report->owners, one, one->from.owner, one->to.owner, one->person_return);
		add_sides(&report->teams, one, one->from.team, one->to.team, one->team_return);
	}
}

static void
hold(struct groups *groups, size_t index, const struct holding *holding)
{
	struct group *group = &groups->list[index];

	if (group->held < 0) {
		group->held = 0;
		groups->touched = mem_push(groups->touched, groups->ntouched, &groups->touched_cap,
		    sizeof(*groups->touched));
		groups->touched[groups->ntouched++] = index;
	}
	if (holding->seconds > 0 && holding->seconds <= INT64_MAX - group->held)
		group->held += holding->seconds;
	if (holding->worked > 0)
		add(group, COUNT_SLA_TIME, holding->worked);
}

/* One value a ticket for each holder, however many turns there were. */
static void
flush_held(struct groups *groups)
{
	struct group *group;

	while (groups->ntouched > 0) {
		group = &groups->list[groups->touched[--groups->ntouched]];
		histogram_add(&group->spreads[SPREAD_HELD], group->held);
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

static void
add_holdings(struct report *report, const struct standing *standing)
{
	const struct ownership *ownership = standing->ownership;
	bool owners = ticket_has(standing->ticket, EVIDENCE_OWNER);
	bool teams = ticket_has(standing->ticket, EVIDENCE_TEAM);
	const struct holding *one;
	size_t i;

	for (i = 0; i < ownership->nholdings; i++) {
		one = &ownership->holdings[i];
		hold(&report->owners,
		    group_at(&report->owners, held_by(one->holder.owner, owners && one->known),
			one->holder.owner),
		    one);
		hold(&report->teams,
		    group_at(&report->teams, held_by(one->holder.team, teams && one->known),
			one->holder.team),
		    one);
	}
	flush_held(&report->owners);
	flush_held(&report->teams);
}

static void
add_findings(struct groups *rules, const struct findings *findings)
{
	struct group *rule;
	size_t i;

	for (i = 0; i < findings->count; i++) {
		rule = group_of(rules, KNOWN_NAME, findings->list[i].rule);
		add(rule, COUNT_FINDINGS, 1);
		if (findings->list[i].severity != SEVERITY_NONE)
			add(rule, COUNT_LOW + (int)findings->list[i].severity - 1, 1);
	}
	for (i = 0; i < findings->nnot_judged; i++)
		add(group_of(rules, KNOWN_NAME, findings->not_judged[i]), COUNT_NOT_JUDGED, 1);
}

static void
add_policy(struct report *report, const struct record_head *head)
{
	if (head == NULL)
		return;
	if (head->policy == NULL)
		report->without_policy = true;
	else
		intern_add(&report->policies, slice_z(head->policy));
}

struct report *
report_new(const struct report_options *options)
{
	struct report *report = mem_calloc(1, sizeof(*report));

	report->options = *options;
	if (report->options.width < 40)
		report->options.width = 40;
	report->worklist.limit = options->limit;
	return report;
}

void
report_add(struct report *report, const struct ticket *ticket, const struct ownership *ownership,
    const struct risk *risk)
{
	struct standing standing;
	struct group *group;

	standing_of(&standing, ticket, ownership, risk);
	add_policy(report, standing.head);
	add_standing(&report->all, &standing);
	add_ownership(&report->all, ownership);
	add_standing(
	    &report->priorities[standing.head != NULL ? standing.head->priority : PRIORITY_NONE],
	    &standing);
	if (standing.head != NULL) {
		group = group_of(&report->owners, standing.owner_known, standing.head->owner);
		add_standing(group, &standing);
		add_result(group, &standing);
		group = group_of(&report->teams, standing.team_known, standing.head->team);
		add_standing(group, &standing);
		add_result(group, &standing);
	}
	if (ownership != NULL) {
		add_handoffs(report, ownership);
		add_holdings(report, &standing);
		add_findings(&report->rules, &ownership->findings);
	}
	if ((report->options.views & (1U << REPORT_WORKLIST)) != 0 &&
	    standing_needs_someone(&standing))
		worklist_add(&report->worklist, &standing);
}

void
report_add_later(struct report *report)
{
	report->later++;
}

void
report_refused(struct report *report, int64_t refused)
{
	report->refused = refused;
}

static void
free_group(struct group *group)
{
	int i;

	for (i = 0; i < SPREADS; i++)
		histogram_free(&group->spreads[i]);
}

static void
free_groups(struct groups *groups)
{
	size_t i;

	for (i = 0; i < groups->count; i++)
		free_group(&groups->list[i]);
	mem_free(groups->list);
	mem_free(groups->touched);
	intern_free(&groups->names);
}

void
report_free(struct report *report)
{
	int i;

	if (report == NULL)
		return;
	free_group(&report->all);
	for (i = 0; i < PRIORITIES; i++)
		free_group(&report->priorities[i]);
	free_groups(&report->owners);
	free_groups(&report->teams);
	free_groups(&report->rules);
	intern_free(&report->policies);
	worklist_free(&report->worklist);
	mem_free(report);
}
