/* view_handoffs.c: the view `handoffs`: who gave tickets to whom, and how that went */
#include <stdlib.h>

#include "report/view/figures.h"

static const struct column columns[] = {{.name = "from", .title = "from", .part = PART_LABEL},
    {.name = "to", .title = "to", .part = PART_TARGET},
    {.name = "handoffs", .title = "handoffs", .number = true, .part = PART_VALUE},
    {.name = "late", .title = "late", .number = true},
    {.name = "returns", .title = "given back", .number = true},
    {.name = "accepted_p50", .title = "accepted in, median", .number = true},
    {.name = "accepted_p90", .title = "accepted in, 90 %", .number = true},
    {.name = "not_accepted", .title = "not accepted", .number = true},
    {.name = "acceptance_unknown", .title = "not judged", .number = true}};

static const struct column person_columns[] = {
    {.name = "from", .title = "from", .part = PART_LABEL},
    {.name = "to", .title = "to", .part = PART_TARGET},
    {.name = "handoffs", .title = "handoffs", .number = true, .part = PART_VALUE},
    {.name = "late", .title = "late", .number = true},
    {.name = "returns", .title = "given back", .number = true}};

struct handed {
	const struct group *group;
	const char *from, *to;
};

static int
compare_pairs(const void *a, const void *b)
{
	const struct handed *x = a, *y = b;
	int64_t nx = count_of(x->group, COUNT_HANDOFFS), ny = count_of(y->group, COUNT_HANDOFFS);
	int order;

	if (nx != ny)
		return nx > ny ? -1 : 1;
	order = text_cmp(x->from, y->from);
	return order != 0 ? order : text_cmp(x->to, y->to);
}

static struct handed *
sorted_pairs(struct view *view, const struct report *report, const struct groups *groups)
{
	struct handed *pairs = arena_calloc(view->arena, groups->count + 1, sizeof(*pairs));
	struct key key;
	size_t i;

	for (i = 0; i < groups->count; i++) {
		key = groups_key(groups, i);
		pairs[i] = (struct handed){&groups->list[i], report_name_of(report, key.parts[0]),
		    report_name_of(report, key.parts[1])};
	}
	qsort(pairs, groups->count, sizeof(*pairs), compare_pairs);
	return pairs;
}

static void
fill_pair(struct cell *row, const struct handed *pair, bool acceptance)
{
	const struct histogram *accepted = spread_of(pair->group, SPREAD_ACCEPTED);
	int64_t unknown = count_of(pair->group, COUNT_ACCEPTANCE_UNKNOWN);

	row[0] = cell_text(pair->from);
	row[1] = cell_text(pair->to);
	row[2] = cell_int(count_of(pair->group, COUNT_HANDOFFS));
	row[3] = cell_alarm(count_of(pair->group, COUNT_LATE), TONE_WARN);
	row[4] = cell_int(count_of(pair->group, COUNT_GAVE_BACK));
	if (!acceptance)
		return;
	row[5] = cell_quantile(CELL_WORK, accepted, 500, unknown > 0);
	row[6] = cell_quantile(CELL_WORK, accepted, 900, unknown > 0);
	row[7] = cell_int(count_of(pair->group, COUNT_NOT_ACCEPTED));
	row[8] = cell_int(unknown);
}

/* The pairs with the most handoffs, as many as the options' limit says. */
static void
add_pairs(struct view *view, const struct report *report, struct section *section,
    enum dimension dimension)
{
	const struct groups *groups = report_groups(report, dimension);
	const struct handed *pairs = sorted_pairs(view, report, groups);
	size_t limit = (size_t)report->options.limit, i;

	section->nkeys = 2;
	section->empty = "None.";
	section->chart = CHART_NETWORK;
	for (i = 0; i < groups->count && (limit == 0 || i < limit); i++)
		fill_pair(view_row(view, section), &pairs[i], dimension == BY_TEAM_PAIR);
}

struct section *
figures_handoffs(struct view *view, const struct group *all, const char *title)
{
	const struct histogram *accepted = spread_of(all, SPREAD_ACCEPTED);
	struct section *facts = view_facts(view, "handoffs", title);
	int64_t handoffs = count_of(all, COUNT_HANDOFFS);
	int64_t judged = handoffs - count_of(all, COUNT_BUDGET_UNKNOWN);
	int64_t busy = handoffs - count_of(all, COUNT_IDLE_UNKNOWN);
	bool unknown = count_of(all, COUNT_ACCEPTANCE_UNKNOWN) > 0;

	view_fact(view, facts, "handoffs", "handoffs", cell_int(handoffs));
	view_fact(view, facts, "per_ticket", "per ticket", figure_handoffs_per_ticket(all));
	view_fact(view, facts, "between_teams", "to another team",
	    cell_int(count_of(all, COUNT_BETWEEN_TEAMS)));
	view_fact(view, facts, "returns", "given back to one who had it before",
	    cell_alarm(count_of(all, COUNT_GAVE_BACK), TONE_WARN));
	view_fact(view, facts, "late", "late: 75 % of the resolve target used or more",
	    cell_alarm(count_of(all, COUNT_LATE), TONE_WARN));
	view_fact(view, facts, "late_share", "  of those with a target",
	    cell_share(count_of(all, COUNT_LATE), judged, handoffs > 0));
	view_fact(view, facts, "no_target", "  without a target: not judged",
	    cell_int(count_of(all, COUNT_BUDGET_UNKNOWN)));
	view_fact(view, facts, "idle", "passed on without work or a word",
	    cell_share(count_of(all, COUNT_IDLE), busy, handoffs > 0));
	view_fact(view, facts, "idle_unknown", "  not judged: no evidence",
	    cell_int(count_of(all, COUNT_IDLE_UNKNOWN)));
	view_fact(view, facts, "accepted_p50", "accepted in, median",
	    cell_quantile(CELL_WORK, accepted, 500, unknown));
	view_fact(view, facts, "accepted_p90", "accepted in, 90 %",
	    cell_quantile(CELL_WORK, accepted, 900, unknown));
	view_fact(view, facts, "not_accepted", "not accepted: pending or passed on",
	    cell_int(count_of(all, COUNT_NOT_ACCEPTED)));
	view_fact(view, facts, "acceptance_unknown", "acceptance not judged: no evidence",
	    cell_int(count_of(all, COUNT_ACCEPTANCE_UNKNOWN)));
	view_fact(view, facts, "added", "resolve time that ran until acceptance",
	    handoffs > 0 && count_of(all, COUNT_ACCEPTANCE_UNKNOWN) == handoffs
		? (struct cell){.type = CELL_NOT_JUDGED}
		: cell_of(CELL_WORK, count_of(all, COUNT_ADDED)));
	return facts;
}

static void
add_facts(struct view *view, const struct report *report)
{
	struct section *facts = figures_handoffs(view, report_all(report), NULL);

	view_fact(view, facts, "team_pairs", "pairs of teams",
	    cell_int((int64_t)report_groups(report, BY_TEAM_PAIR)->count));
	view_fact(view, facts, "owner_pairs", "pairs of people",
	    cell_int((int64_t)report_groups(report, BY_OWNER_PAIR)->count));
}

void
view_handoffs(struct view *view, const struct report *report)
{
	view->main = 1;
	add_facts(view, report);
	add_pairs(view, report,
	    view_section(
		view, "teams", "From team to team, the most first", SHAPE_TABLE, COLUMNS(columns)),
	    BY_TEAM_PAIR);
	add_pairs(view, report,
	    view_section(view, "people", "From person to person, the most first", SHAPE_TABLE,
		COLUMNS(person_columns)),
	    BY_OWNER_PAIR);
}
