/* view_clients.c: the view `clients`: what each client got of what was promised */
#include "report/view/by_key.h"
#include "report/view/figures.h"

static const struct column columns[] = {{.name = "client"}, {.name = "kind"},
    {.name = "open", .title = "open now", .group = 1, .number = true},
    {.name = "at_risk", .title = "at risk", .group = 1, .number = true},
    {.name = "overdue", .title = "past target, open", .group = 1, .number = true},
    {.name = "orphaned", .title = "orphaned", .group = 1, .number = true},
    {.name = "opened", .title = "opened", .group = 1, .number = true},
    {.name = "ended", .title = "ended", .group = 1, .number = true},
    {.name = "orphan_share", .title = "life without an owner", .group = 1, .number = true},
    {.name = "handoffs_per_ticket", .title = "handoffs per ticket", .group = 1, .number = true},
    FIGURE_RESULT_COLUMNS("", "", 2, PART_NONE),
    {.name = "before", .title = "share met before", .group = 2, .number = true},
    {.name = "change", .title = "change", .group = 2, .number = true},
    FIGURE_RESULT_COLUMNS("first_response_", "", 3, PART_NONE)};

static const char *const group_titles[] = {"Tickets", "Resolve targets", "First response targets"};

static bool
keeps(const struct group *group)
{
	return count_of(group, COUNT_TICKETS) > 0;
}

static void
fill(const struct key_row *row, struct cell *cells)
{
	const struct group *group = row->group;
	struct cell now = figure_attainment(group, METRIC_RESOLVE);
	struct cell earlier = {.type = CELL_NULL};

	if (row->before != NULL)
		earlier = figure_attainment(row->before, METRIC_RESOLVE);
	*cells++ = cell_int(count_of(group, COUNT_OPEN));
	*cells++ = cell_alarm(count_of(group, COUNT_AT_RISK), TONE_WARN);
	*cells++ = cell_alarm(count_of(group, COUNT_OVERDUE), TONE_BAD);
	*cells++ = cell_alarm(count_of(group, COUNT_ORPHANED), TONE_BAD);
	*cells++ = cell_int(count_of(group, COUNT_OPENED));
	*cells++ = cell_int(count_of(group, COUNT_ENDED));
	*cells++ = figure_orphan_share(group);
	*cells++ = figure_handoffs_per_ticket(group);
	figure_results(row->view, cells, group, METRIC_RESOLVE);
	cells += FIGURE_RESULTS;
	*cells++ = earlier;
	*cells++ = cell_change(&now, &earlier);
	figure_results(row->view, cells, group, METRIC_FIRST_RESPONSE);
}

void
view_clients(struct view *view, const struct report *report)
{
	const struct key_table table = {.name = "clients",
	    .columns = columns,
	    .ncolumns = sizeof(columns) / sizeof(columns[0]),
	    .groups = group_titles,
	    .ngroups = (int)(sizeof(group_titles) / sizeof(group_titles[0])),
	    .order = {COUNT_AT_RISK, COUNT_OVERDUE, COUNT_OPEN},
	    .keeps = keeps,
	    .fill = fill};

	view->main = 0;
	by_key_section(view, report, BY_CLIENT, &table);
}
