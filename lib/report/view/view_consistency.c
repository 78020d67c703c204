/* view_consistency.c: the view `consistency`: how predictable each team is */
#include <stdlib.h>

#include "report/view/by_key.h"
#include "report/view/figures.h"

#define WEEK_COUNT 5 /* resolve clocks that a week must have decided to be looked at */

/* A week of a team, and the share met in it. */
struct week {
	uint32_t number;
	int64_t share;
};

static int
compare_weeks(const void *a, const void *b)
{
	const struct week *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static int
compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* How many weeks of a team there are at all: to take no more memory than they need. */
static size_t
count_weeks(const struct key_row *row)
{
	const struct groups *groups = report_groups(row->report, BY_TEAM_WEEK);
	size_t i, n = 0;

	for (i = 0; i < groups->count; i++)
		n += groups_key(groups, i).parts[0] == row->value;
	return n;
}

/* The weeks of a team that decided enough clocks, in order of time. */
static size_t
weeks_of(const struct key_row *row, struct week **weeks)
{
	const struct groups *groups = report_groups(row->report, BY_TEAM_WEEK);
	struct week *list = arena_calloc(row->view->arena, count_weeks(row) + 1, sizeof(*list));
	const struct group *one;
	int64_t met, judged;
	struct key key;
	size_t i, n = 0;

	for (i = 0; i < groups->count; i++) {
		key = groups_key(groups, i);
		one = &groups->list[i];
		met = clock_count(one, METRIC_RESOLVE, CLOCK_MET);
		judged = met + clock_count(one, METRIC_RESOLVE, CLOCK_BREACHED);
		if (key.parts[0] == row->value && judged >= WEEK_COUNT)
			list[n++] = (struct week){key.parts[1], met * 1000 / judged};
	}
	qsort(list, n, sizeof(*list), compare_weeks);
	*weeks = list;
	return n;
}

static void
fill_weeks(const struct key_row *row, struct cell cells[4])
{
	struct week *weeks;
	size_t n = weeks_of(row, &weeks), i;
	int64_t *changes = arena_calloc(row->view->arena, n + 1, sizeof(*changes));
	int64_t low = 1000, high = 0, change;

	cells[0] = cell_int((int64_t)n);
	for (i = 0; i < n; i++) {
		low = weeks[i].share < low ? weeks[i].share : low;
		high = weeks[i].share > high ? weeks[i].share : high;
		if (i == 0)
			continue;
		change = weeks[i].share - weeks[i - 1].share;
		changes[i - 1] = change < 0 ? -change : change;
	}
	if (n == 0)
		return;
	cells[1] = cell_of(CELL_PERMILLE, low);
	cells[2] = cell_of(CELL_PERMILLE, high);
	if (n == 1)
		return;
	qsort(changes, n - 1, sizeof(*changes), compare_numbers);
	/* The nearest rank: of n - 1 changes the one at place half of them, rounded up. */
	cells[3] = cell_of(CELL_PERMILLE, changes[n / 2 - 1]);
}

static const struct column columns[] = {{.name = "team"}, {.name = "kind"},
    {.name = "resolved", .title = "ended", .group = 1, .number = true},
    {.name = "p50", .title = "resolved in, median", .group = 1, .number = true},
    {.name = "p90", .title = "resolved in, 90 %", .group = 1, .number = true},
    {.name = "ratio", .title = "90 % / median", .group = 1, .number = true},
    {.name = "weeks", .title = "weeks judged", .group = 1, .number = true},
    {.name = "week_low", .title = "worst week", .group = 1, .number = true},
    {.name = "week_high", .title = "best week", .group = 1, .number = true},
    {.name = "week_change", .title = "usual change", .group = 1, .number = true},
    FIGURE_RESULT_COLUMNS("", "", 2, PART_VALUE)};

static const char *const group_titles[] = {
    "How long, and from week to week", "Share inside the promise"};

static bool
keeps(const struct group *group)
{
	return spread_of(group, SPREAD_RESOLVED_IN)->count > 0;
}

static void
fill_times(struct cell cells[4], const struct histogram *times)
{
	cells[0] = cell_int(times->count);
	cells[1] = cell_quantile(CELL_WORK, times, 500, false);
	cells[2] = cell_quantile(CELL_WORK, times, 900, false);
	cells[3] = cell_ratio(cells[2].number, cells[1].number, false);
}

static void
fill(const struct key_row *row, struct cell *cells)
{
	fill_times(cells, spread_of(row->group, SPREAD_RESOLVED_IN));
	fill_weeks(row, cells + 4);
	figure_results(row->view, cells + 8, row->group, METRIC_RESOLVE);
}

static void
add_facts(struct view *view, const struct group *all)
{
	struct section *facts = view_facts(view, "all", "All teams");
	struct cell cells[4];

	fill_times(cells, spread_of(all, SPREAD_RESOLVED_IN));
	view_fact(view, facts, "resolved", "tickets that ended, with a resolve target", cells[0]);
	view_fact(view, facts, "p50", "resolved in, median", cells[1]);
	view_fact(view, facts, "p90", "resolved in, 90 % within", cells[2]);
	view_fact(view, facts, "ratio", "90 % / median: 1 is perfectly even", cells[3]);
	view_fact(view, facts, "not_judged", "not judged: no evidence",
	    cell_int(clock_count(all, METRIC_RESOLVE, CLOCK_UNKNOWN)));
}

void
view_consistency(struct view *view, const struct report *report)
{
	const struct key_table table = {.name = "teams",
	    .title = NULL,
	    .columns = columns,
	    .ncolumns = sizeof(columns) / sizeof(columns[0]),
	    .groups = group_titles,
	    .ngroups = 2,
	    .chart = CHART_BARS,
	    .order = {COUNT_CLOCKS + METRIC_RESOLVE * CLOCK_COUNTS + CLOCK_MET,
		COUNT_CLOCKS + METRIC_RESOLVE * CLOCK_COUNTS + CLOCK_BREACHED, COUNT_TICKETS},
	    .keeps = keeps,
	    .fill = fill};

	view->main = 1;
	add_facts(view, report_all(report));
	by_key_section(view, report, BY_TEAM, &table);
}
