/* view_summary.c: the view `summary`: all tickets on one page */
#include <stdlib.h>

#include "report/view/figures.h"

static int64_t
total_of(const struct group *group, enum metric metric)
{
	int64_t total = 0;
	int state;

	for (state = CLOCK_RUNNING; state <= CLOCK_UNKNOWN; state++)
		total += clock_count(group, metric, state);
	return total;
}

/* Whether any clock of the metric could be judged at all. */
static bool
is_judged(const struct group *all, enum metric metric)
{
	return total_of(all, metric) > clock_count(all, metric, CLOCK_UNKNOWN);
}

/* The three that every report shows; another one where there is such a clock. */
static bool
is_shown(const struct group *all, enum metric metric)
{
	return metric == METRIC_PICKUP || metric == METRIC_FIRST_RESPONSE ||
	    metric == METRIC_RESOLVE || total_of(all, metric) > 0;
}

void
figures_tickets(struct view *view, const struct report *report)
{
	const struct group *all = report_all(report);
	struct section *facts = view_facts(view, "tickets", "Tickets");
	bool blind_risk = count_of(all, COUNT_OPEN) > 0 &&
	    count_of(all, COUNT_NO_OUTLOOK) == count_of(all, COUNT_OPEN);
	bool blind_owner = count_of(all, COUNT_OPEN) > 0 &&
	    count_of(all, COUNT_NOW_UNKNOWN) == count_of(all, COUNT_OPEN);
	struct cell no = {.type = CELL_NOT_JUDGED};

	view_fact(view, facts, "tickets", "tickets", cell_int(count_of(all, COUNT_TICKETS)));
	view_fact(view, facts, "open", "open", cell_key(cell_int(count_of(all, COUNT_OPEN))));
	view_fact(view, facts, "at_risk", "  likely to miss a target",
	    cell_key(blind_risk ? no : cell_alarm(count_of(all, COUNT_AT_RISK), TONE_WARN)));
	view_fact(view, facts, "overdue", "  past a target and running",
	    cell_key(cell_alarm(count_of(all, COUNT_OVERDUE), TONE_BAD)));
	view_fact(view, facts, "orphaned", "  orphaned now",
	    cell_key(blind_owner ? no : cell_alarm(count_of(all, COUNT_ORPHANED), TONE_BAD)));
	view_fact(view, facts, "owner_unknown", "  owner not known: not judged, no evidence",
	    cell_int(count_of(all, COUNT_NOW_UNKNOWN)));
	view_fact(view, facts, "needing_someone", "  on the worklist",
	    cell_int(count_of(all, COUNT_NEEDING)));
	view_fact(view, facts, "later", "opened later, not looked at", cell_int(report->later));
	view_fact(view, facts, "excluded_policy", "excluded by the policy",
	    cell_int(count_of(all, COUNT_EXCLUDED_POLICY)));
	view_fact(view, facts, "excluded_merged", "excluded, merged into another",
	    cell_int(count_of(all, COUNT_EXCLUDED_MERGED)));
	view_fact(view, facts, "excluded_child", "excluded, part of another",
	    cell_int(count_of(all, COUNT_EXCLUDED_CHILD)));
	view_fact(
	    view, facts, "refused", "refused upstream", cell_alarm(report->refused, TONE_WARN));
}

/* What fill_clock() fills. */
#define CLOCK_COLUMNS                                                     \
	{.name = "running", .title = "running", .number = true},          \
	    {.name = "paused", .title = "paused", .number = true},        \
	    {.name = "met", .title = "met", .number = true},              \
	    {.name = "breached", .title = "breached", .number = true},    \
	    {.name = "overdue", .title = "still open", .number = true},   \
	    {.name = "attainment", .title = "share met", .number = true}, \
	    {.name = "unknown", .title = "not judged", .number = true},   \
	{                                                                 \
		.name = "none", .title = "no target", .number = true      \
	}

static const struct column clock_columns[] = {
    {.name = "metric", .title = "clock", .keep = true}, CLOCK_COLUMNS};

static const struct column priority_columns[] = {{.name = "metric", .title = "clock", .keep = true},
    {.name = "priority", .title = "", .keep = true}, CLOCK_COLUMNS};

static void
fill_clock(struct cell *row, const struct group *group, enum metric metric)
{
	int64_t met = clock_count(group, metric, CLOCK_MET);
	int64_t breached = clock_count(group, metric, CLOCK_BREACHED);
	int64_t unknown = clock_count(group, metric, CLOCK_UNKNOWN);

	row[0] = cell_int(clock_count(group, metric, CLOCK_RUNNING));
	row[1] = cell_int(clock_count(group, metric, CLOCK_PAUSED));
	row[2] = cell_int(met);
	row[3] = cell_int(breached);
	row[4] = cell_alarm(clock_count(group, metric, CLOCK_OVERDUE), TONE_BAD);
	row[5] = cell_share(met, met + breached, unknown > 0);
	row[6] = cell_int(unknown);
	row[7] = cell_int(clock_count(group, metric, CLOCK_NONE));
}

static void
add_clocks(struct view *view, const struct report *report)
{
	struct section *section =
	    view_section(view, "clocks", "Clocks", SHAPE_KEYED, COLUMNS(clock_columns));
	struct cell *row;
	int metric;

	for (metric = 1; metric < METRICS; metric++) {
		if (!is_shown(report_all(report), (enum metric)metric))
			continue;
		row = view_row(view, section);
		row[0] =
		    cell_named(word_of(WORDS_METRIC, metric), metric_title((enum metric)metric));
		fill_clock(row + 1, report_all(report), (enum metric)metric);
		row[6].key = metric == METRIC_RESOLVE;
	}
}

static void
add_priorities(struct view *view, const struct report *report)
{
	struct section *section = view_section(
	    view, "priorities", "Clocks by priority", SHAPE_TABLE, COLUMNS(priority_columns));
	const struct group *group;
	struct cell *row;
	int metric, i, priority;

	section->nkeys = 2;
	section->empty = "No clock could be judged.";
	for (metric = 1; metric < METRICS; metric++) {
		for (i = 1; is_judged(report_all(report), (enum metric)metric) && i <= PRIORITIES;
		     i++) {
			priority = i % PRIORITIES; /* what is not known comes last */
			group = report_group(report, WINDOW_ASKED, BY_PRIORITY, (uint32_t)priority);
			if (total_of(group, (enum metric)metric) == 0)
				continue;
			row = view_row(view, section);
			row[0] = cell_named(
			    word_of(WORDS_METRIC, metric), metric_title((enum metric)metric));
			row[1] = priority == PRIORITY_NONE
			    ? cell_special("(none)")
			    : cell_text(word_of(WORDS_PRIORITY, priority));
			fill_clock(row + 2, group, (enum metric)metric);
		}
	}
}

static void
add_causes(struct view *view, const struct report *report)
{
	static const struct column columns[] = {{.name = "cause", .title = "held by", .keep = true},
	    {.name = "open_now", .title = "open now", .number = true},
	    {.name = "seconds", .title = "time", .number = true},
	    {.name = "share", .title = "share", .number = true},
	    {.name = "bar", .title = "", .reader = FOR_PEOPLE}};
	static const char *const titles[CAUSES] = {"an owner", "not known: no evidence",
	    "nobody: no team either", "a queue: a team, no owner", "an owner who has left",
	    "an owner who is away"};
	struct section *section =
	    view_section(view, "life", "Whose the time was", SHAPE_KEYED, COLUMNS(columns));
	const struct group *all = report_all(report);
	int64_t life = 0, part;
	struct cell *row;
	int cause;

	for (cause = 0; cause < CAUSES; cause++) {
		part = count_of(all, COUNT_LIFE_OWNED + cause);
		life = part > INT64_MAX - life ? INT64_MAX : life + part;
	}
	for (cause = 0; cause < CAUSES; cause++) {
		row = view_row(view, section);
		row[0] = cell_named(cause_word((enum cause)cause), titles[cause]);
		row[1] = cell_alarm(count_of(all, COUNT_NOW_OWNED + cause),
		    cause_is_orphan((enum cause)cause) ? TONE_BAD : TONE_PLAIN);
		row[2] = cell_of(CELL_SECONDS, count_of(all, COUNT_LIFE_OWNED + cause));
		row[3] = cell_share(count_of(all, COUNT_LIFE_OWNED + cause), life, false);
		row[4] = cell_share(count_of(all, COUNT_LIFE_OWNED + cause), life, false);
		if (row[4].type == CELL_PERMILLE)
			row[4].type = CELL_BAR;
	}
}

static void
add_handoffs(struct view *view, const struct report *report)
{
	const struct group *all = report_all(report);
	const struct histogram *spread = spread_of(all, SPREAD_HANDOFFS);
	bool blind = spread->count == 0 && count_of(all, COUNT_TICKETS) > 0;
	bool owners = count_of(all, COUNT_NO_OWNER_EVIDENCE) + count_of(all, COUNT_NO_OWNERSHIP) <
	    count_of(all, COUNT_TICKETS);
	bool teams = count_of(all, COUNT_NO_TEAM_EVIDENCE) + count_of(all, COUNT_NO_OWNERSHIP) <
	    count_of(all, COUNT_TICKETS);
	struct section *facts = view_facts(view, "handoffs", "Handoffs");
	struct cell no = {.type = CELL_NOT_JUDGED};

	view_fact(view, facts, "handoffs", "handoffs",
	    blind ? no : cell_int(count_of(all, COUNT_HANDOFFS)));
	view_fact(view, facts, "tickets", "tickets handed on at all",
	    blind ? no : cell_int(count_of(all, COUNT_HANDED_ON)));
	view_fact(
	    view, facts, "p50", "per ticket, median", cell_quantile(CELL_INT, spread, 500, blind));
	view_fact(view, facts, "p90", "per ticket, 90 % have at most",
	    cell_quantile(CELL_INT, spread, 900, blind));
	view_fact(view, facts, "owner_direct", "returns A B A between people",
	    owners ? cell_int(count_of(all, COUNT_OWNER_DIRECT)) : no);
	view_fact(view, facts, "owner_indirect", "returns A ... A between people",
	    owners ? cell_int(count_of(all, COUNT_OWNER_INDIRECT)) : no);
	view_fact(view, facts, "team_direct", "returns A B A between teams",
	    teams ? cell_int(count_of(all, COUNT_TEAM_DIRECT)) : no);
	view_fact(view, facts, "team_indirect", "returns A ... A between teams",
	    teams ? cell_int(count_of(all, COUNT_TEAM_INDIRECT)) : no);
	view_fact(view, facts, "accepted_p50", "accepted within, median",
	    cell_quantile(CELL_WORK, spread_of(all, SPREAD_ACCEPTED), 500,
		count_of(all, COUNT_ACCEPTANCE_UNKNOWN) > 0));
	view_fact(
	    view, facts, "accepted", "accepted", cell_int(spread_of(all, SPREAD_ACCEPTED)->count));
	view_fact(view, facts, "not_accepted", "not accepted: pending or passed on",
	    cell_int(count_of(all, COUNT_NOT_ACCEPTED)));
	view_fact(view, facts, "acceptance_unknown", "acceptance not judged: no evidence",
	    cell_int(count_of(all, COUNT_ACCEPTANCE_UNKNOWN)));
}

struct ranked {
	const struct group *group;
	const char *name;
};

static int
compare_rules(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int64_t nx = count_of(x->group, COUNT_FINDINGS), ny = count_of(y->group, COUNT_FINDINGS);

	if (nx != ny)
		return nx > ny ? -1 : 1;
	return text_cmp(x->name, y->name);
}

static void
add_findings(struct view *view, const struct report *report)
{
	static const struct column columns[] = {{.name = "rule", .title = "rule"},
	    {.name = "findings", .title = "findings", .number = true},
	    {.name = "critical", .title = "critical", .number = true},
	    {.name = "high", .title = "high", .number = true},
	    {.name = "medium", .title = "medium", .number = true},
	    {.name = "low", .title = "low", .number = true},
	    {.name = "not_judged", .title = "not judged", .number = true}};
	struct section *section =
	    view_section(view, "findings", "Findings", SHAPE_TABLE, COLUMNS(columns));
	const struct groups *rules = report_groups(report, BY_RULE);
	struct ranked *list = arena_calloc(view->arena, rules->count + 1, sizeof(*list));
	const struct group *one;
	struct cell *row;
	size_t i, count = 0;

	section->empty = "None.";
	for (i = 0; i < rules->count; i++)
		list[count++] = (struct ranked){
		    &rules->list[i], report_name_of(report, groups_key(rules, i).parts[0])};
	qsort(list, count, sizeof(*list), compare_rules);
	for (i = 0; i < count; i++) {
		one = list[i].group;
		row = view_row(view, section);
		row[0] = cell_text(list[i].name);
		row[1] = cell_int(count_of(one, COUNT_FINDINGS));
		row[2] = cell_alarm(count_of(one, COUNT_CRITICAL), TONE_BAD);
		row[3] = cell_alarm(count_of(one, COUNT_HIGH), TONE_WARN);
		row[4] = cell_int(count_of(one, COUNT_MEDIUM));
		row[5] = cell_int(count_of(one, COUNT_LOW));
		row[6] = cell_int(count_of(one, COUNT_NOT_JUDGED));
	}
}

static void
add_verdicts(struct view *view, const struct report *report)
{
	static const struct column columns[] = {{.name = "metric", .title = "clock", .keep = true},
	    {.name = "agree", .title = "the PSA agrees", .number = true},
	    {.name = "differ", .title = "it differs", .number = true},
	    {.name = "not_comparable", .title = "not comparable", .number = true}};
	struct section *section =
	    view_section(view, "psa", "The PSA's own verdicts", SHAPE_KEYED, COLUMNS(columns));
	const struct group *all = report_all(report);
	struct cell *row;
	int metric;

	for (metric = 1; metric < METRICS; metric++) {
		if (!is_shown(all, (enum metric)metric))
			continue;
		row = view_row(view, section);
		row[0] =
		    cell_named(word_of(WORDS_METRIC, metric), metric_title((enum metric)metric));
		row[1] = cell_int(verdict_count(all, (enum metric)metric, VERDICT_AGREES));
		row[2] =
		    cell_alarm(verdict_count(all, (enum metric)metric, VERDICT_DIFFERS), TONE_WARN);
		row[3] = cell_int(verdict_count(all, (enum metric)metric, VERDICT_NONE));
	}
}

static void
note_missing(struct view *view, int64_t tickets, const char *what)
{
	char *text;
	struct buf note = {0};

	if (tickets == 0)
		return;
	buf_addf(&note, "%lld %s %s", (long long)tickets,
	    tickets == 1 ? "ticket has" : "tickets have", what);
	text = arena_text(view->arena, buf_slice(&note));
	buf_free(&note);
	view_note(view, text);
}

void
view_summary(struct view *view, const struct report *report)
{
	const struct group *all = report_all(report);

	view->main = -1;
	note_missing(view, count_of(all, COUNT_NO_OWNERSHIP),
	    "no `ownership`: owners are not judged there.");
	note_missing(view, count_of(all, COUNT_NO_RISK), "no `risk`: clocks are not judged there.");
	note_missing(view, count_of(all, COUNT_NO_RULES),
	    "not been through sla-owners: findings are not judged there.");
	note_missing(view, count_of(all, COUNT_STATE_UNKNOWN), "no known state.");
	figures_compared(view, report);
	figures_tickets(view, report);
	add_clocks(view, report);
	add_priorities(view, report);
	add_causes(view, report);
	add_handoffs(view, report);
	add_findings(view, report);
	add_verdicts(view, report);
}
