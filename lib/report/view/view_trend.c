/* view_trend.c: the view `trend`: how it went, period by period, and when targets were missed */
#include <stdlib.h>

#include "report/view/figures.h"

static const struct column columns[] = {
    {.name = "period", .title = "period", .keep = true, .part = PART_LABEL},
    {.name = "since", .reader = FOR_MACHINES}, {.name = "window", .reader = FOR_MACHINES},
    {.name = "opened", .title = "opened", .group = 1, .number = true},
    {.name = "ended", .title = "ended", .group = 1, .number = true},
    FIGURE_RESULT_COLUMNS("", "resolve ", 1, PART_VALUE),
    {.name = "change", .title = "change", .group = 1, .number = true},
    {.name = "orphan_share",
	.title = "life without an owner",
	.group = 2,
	.number = true,
	.part = PART_VALUE,
	.tone = TONE_BAD},
    {.name = "handoffs", .title = "handoffs", .group = 2, .number = true},
    {.name = "handoffs_per_ticket", .title = "handoffs per ticket", .group = 2, .number = true},
    {.name = "accepted_p50", .title = "accepted in, median", .group = 2, .number = true},
    {.name = "first_response_attainment",
	.title = "first response, share met",
	.group = 2,
	.number = true},
    {.name = "first_response_not_judged",
	.title = "first response, not judged",
	.group = 2,
	.number = true}};

static const char *const group_titles[] = {
    "What came, what ended, and in time", "Ownership and answers"};

static void
fill_result(
    struct view *view, struct cell *row, const struct group *group, const struct group *before)
{
	struct cell attainment = figure_attainment(group, METRIC_RESOLVE);
	struct cell earlier = figure_attainment(before, METRIC_RESOLVE);

	row[0] = cell_int(count_of(group, COUNT_OPENED));
	row[1] = cell_int(count_of(group, COUNT_ENDED));
	figure_results(view, row + 2, group, METRIC_RESOLVE);
	row[9] = cell_change(&attainment, &earlier);
}

static void
fill_ownership(struct cell *row, const struct group *group)
{
	row[0] = figure_orphan_share(group);
	row[1] = cell_int(count_of(group, COUNT_HANDOFFS));
	row[2] = figure_handoffs_per_ticket(group);
	row[3] = cell_quantile(CELL_WORK, spread_of(group, SPREAD_ACCEPTED), 500,
	    count_of(group, COUNT_ACCEPTANCE_UNKNOWN) > 0);
	row[4] = figure_attainment(group, METRIC_FIRST_RESPONSE);
	row[5] = cell_int(clock_count(group, METRIC_FIRST_RESPONSE, CLOCK_UNKNOWN));
}

/* The first and the last period of a window that anything was counted in; false: none. */
static bool
find_ends(const struct report *report, int window, uint32_t ends[2])
{
	const struct groups *groups = &report->groups[window][BY_PERIOD];
	uint32_t number;
	size_t i;

	for (i = 0; i < groups->count; i++) {
		number = groups_key(groups, i).parts[0];
		if (i == 0 || number < ends[0])
			ends[0] = number;
		if (i == 0 || number > ends[1])
			ends[1] = number;
	}
	return groups->count > 0;
}

/* Periods in which nothing happened have a row all the same. */
static void
add_periods(struct view *view, const struct report *report, struct section *section, int window)
{
	const struct report_options *options = &report->options;
	const struct group *group, *before = NULL;
	char text[PERIOD_TEXT];
	uint32_t ends[2], number;
	struct cell *row;

	if (!find_ends(report, window, ends))
		return;
	for (number = ends[0]; number <= ends[1]; number++) {
		group = report_group(report, window, BY_PERIOD, number);
		if (number == ends[0] && window == WINDOW_ASKED)
			before = report_group(report, WINDOW_BEFORE, BY_PERIOD, number - 1);
		period_format(options->period, number, text);
		row = view_row(view, section);
		row[0] = cell_text(arena_textz(view->arena, text));
		row[1] = cell_instant(
		    CELL_INSTANT, period_start(options->period, options->zone, number));
		row[2] = cell_text(window == WINDOW_ASKED ? "asked" : "before");
		fill_result(view, row + 3, group, before);
		fill_ownership(row + 13, group);
		before = group;
	}
}

#define HOUR(hh)                                                                                  \
	{                                                                                         \
		.name = "h" hh, .title = hh, .number = true, .part = PART_VALUE, .tone = TONE_BAD \
	}

static void
add_hours(struct view *view, const struct report *report)
{
	static const struct column hours[] = {
	    {.name = "weekday", .title = "", .keep = true, .part = PART_LABEL}, HOUR("00"),
	    HOUR("01"), HOUR("02"), HOUR("03"), HOUR("04"), HOUR("05"), HOUR("06"), HOUR("07"),
	    HOUR("08"), HOUR("09"), HOUR("10"), HOUR("11"), HOUR("12"), HOUR("13"), HOUR("14"),
	    HOUR("15"), HOUR("16"), HOUR("17"), HOUR("18"), HOUR("19"), HOUR("20"), HOUR("21"),
	    HOUR("22"), HOUR("23")};
	static const char *const days[][2] = {{"monday", "Mon"}, {"tuesday", "Tue"},
	    {"wednesday", "Wed"}, {"thursday", "Thu"}, {"friday", "Fri"}, {"saturday", "Sat"},
	    {"sunday", "Sun"}};
	struct section *section = view_section(
	    view, "breaches", "Targets missed, by weekday and hour", SHAPE_KEYED, COLUMNS(hours));
	const struct groups *groups = report_groups(report, BY_HOUR);
	struct cell *row;
	struct key key = {{0}};
	uint32_t day, hour;

	section->chart = CHART_HEAT;
	for (day = 1; day <= 7; day++) {
		row = view_row(view, section);
		row[0] = cell_named(days[day - 1][0], days[day - 1][1]);
		for (hour = 1; hour <= 24; hour++) {
			key.parts[0] = day;
			key.parts[1] = hour;
			row[hour] = cell_int(count_of(groups_find(groups, key), COUNT_BREACHES));
		}
	}
}

void
view_trend(struct view *view, const struct report *report)
{
	struct section *section =
	    view_section(view, "periods", NULL, SHAPE_TABLE, COLUMNS(columns));

	section->groups = group_titles;
	section->ngroups = (int)(sizeof(group_titles) / sizeof(group_titles[0]));
	section->empty = "Nothing happened.";
	section->chart = CHART_LINE;
	view->main = 0;
	if (report->options.compare)
		add_periods(view, report, section, WINDOW_BEFORE);
	add_periods(view, report, section, WINDOW_ASKED);
	figures_compared(view, report);
	add_hours(view, report);
}
