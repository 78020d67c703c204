/* view_holders.c: the views `owners` and `teams`: a row for each holder of tickets */
#include "report/view/by_key.h"
#include "report/view/figures.h"

static const struct column columns[] = {{.name = "holder"}, {.name = "kind"},
    {.name = "open", .title = "open now", .group = 1, .number = true},
    {.name = "at_risk", .title = "at risk", .group = 1, .number = true},
    {.name = "overdue", .title = "past target, open", .group = 1, .number = true},
    {.name = "orphaned", .title = "orphaned", .group = 1, .number = true},
    FIGURE_RESULT_COLUMNS("", "resolve ", 2, PART_NONE),
    {.name = "sla_time", .title = "SLA time used", .group = 2, .number = true},
    {.name = "handed_out", .title = "handed out", .group = 3, .number = true},
    {.name = "handed_in", .title = "handed in", .group = 3, .number = true},
    {.name = "returned", .title = "came back", .group = 3, .number = true},
    {.name = "held", .title = "tickets held", .group = 3, .number = true},
    {.name = "held_p50", .title = "held, median", .group = 3, .number = true},
    {.name = "held_p90", .title = "held, 90 %", .group = 3, .number = true},
    {.name = "accepted_p50", .title = "accepted in, median", .group = 3, .number = true}};

static const char *const group_titles[] = {
    "Open now", "Results: tickets held at the end by", "Handoffs: time held, per ticket"};

static bool
keeps(const struct group *group)
{
	return count_of(group, COUNT_TICKETS) > 0 || count_of(group, COUNT_HANDED_OUT) > 0 ||
	    count_of(group, COUNT_HANDED_IN) > 0 || spread_of(group, SPREAD_HELD)->count > 0;
}

static void
fill(const struct key_row *row, struct cell *cells)
{
	const struct group *group = row->group;
	const struct histogram *held = spread_of(group, SPREAD_HELD);
	bool named = cells[-2].type == CELL_TEXT;

	*cells++ = cell_int(count_of(group, COUNT_OPEN));
	*cells++ = cell_alarm(count_of(group, COUNT_AT_RISK), TONE_WARN);
	*cells++ = cell_alarm(count_of(group, COUNT_OVERDUE), TONE_BAD);
	*cells++ = cell_alarm(count_of(group, COUNT_ORPHANED), TONE_BAD);
	figure_results(row->view, cells, group, METRIC_RESOLVE);
	cells += FIGURE_RESULTS;
	*cells++ = cell_of(CELL_WORK, count_of(group, COUNT_SLA_TIME));
	/* Nobody cannot be handed a ticket; what is not known has no handoffs to be counted. */
	if (named) {
		cells[0] = cell_int(count_of(group, COUNT_HANDED_OUT));
		cells[1] = cell_int(count_of(group, COUNT_HANDED_IN));
		cells[2] = cell_int(count_of(group, COUNT_RETURNED));
	}
	cells += 3;
	*cells++ = cell_int(held->count);
	*cells++ = cell_quantile(CELL_SECONDS, held, 500, false);
	*cells++ = cell_quantile(CELL_SECONDS, held, 900, false);
	*cells++ = cell_quantile(CELL_WORK, spread_of(group, SPREAD_ACCEPTED), 500,
	    count_of(group, COUNT_ACCEPTANCE_UNKNOWN) > 0);
}

static void
view_holders(
    struct view *view, const struct report *report, enum dimension dimension, const char *name)
{
	const struct key_table table = {.name = name,
	    .columns = columns,
	    .ncolumns = sizeof(columns) / sizeof(columns[0]),
	    .groups = group_titles,
	    .ngroups = (int)(sizeof(group_titles) / sizeof(group_titles[0])),
	    .order = {COUNT_AT_RISK, COUNT_OVERDUE, COUNT_OPEN},
	    .keeps = keeps,
	    .fill = fill};

	view->main = 0;
	by_key_section(view, report, dimension, &table);
}

void
view_owners(struct view *view, const struct report *report)
{
	view_holders(view, report, BY_OWNER, "owners");
}

void
view_teams(struct view *view, const struct report *report)
{
	view_holders(view, report, BY_TEAM, "teams");
}
