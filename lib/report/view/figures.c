/* figures.c: figures that more than one view shows */
#include "report/view/figures.h"

#include "stat/interval.h"

const char *
metric_title(enum metric metric)
{
	static const char *const titles[METRICS] = {
	    NULL, "pickup", "first response", "plan", "next response", "update", "resolve", "team"};

	return titles[metric];
}

static int64_t
sum_of_causes(const struct group *group, bool orphans_only)
{
	int64_t sum = 0, part;
	int cause;

	for (cause = 0; cause < CAUSES; cause++) {
		if (orphans_only && !cause_is_orphan((enum cause)cause))
			continue;
		part = count_of(group, COUNT_LIFE_OWNED + cause);
		sum = part > INT64_MAX - sum ? INT64_MAX : sum + part;
	}
	return sum;
}

int64_t
figure_life(const struct group *group)
{
	return sum_of_causes(group, false);
}

int64_t
figure_orphan_time(const struct group *group)
{
	return sum_of_causes(group, true);
}

struct cell
figure_attainment(const struct group *group, enum metric metric)
{
	int64_t met = clock_count(group, metric, CLOCK_MET);
	int64_t breached = clock_count(group, metric, CLOCK_BREACHED);

	return cell_share(met, met + breached, clock_count(group, metric, CLOCK_UNKNOWN) > 0);
}

void
figure_results(struct view *view, struct cell *cells, const struct group *group, enum metric metric)
{
	int64_t met = clock_count(group, metric, CLOCK_MET);
	int64_t breached = clock_count(group, metric, CLOCK_BREACHED);
	struct interval interval = interval_wilson(met, met + breached);

	cells[0] = cell_int(met);
	cells[1] = cell_int(breached);
	cells[2] = figure_attainment(group, metric);
	if (met + breached > 0) {
		cells[3] = cell_of(CELL_PERMILLE, interval.low);
		cells[4] = cell_of(CELL_PERMILLE, interval.high);
	}
	cells[5] = cell_interval(view, met, met + breached);
	cells[6] = cell_int(clock_count(group, metric, CLOCK_UNKNOWN));
}

struct cell
figure_orphan_share(const struct group *group)
{
	int64_t unknown = count_of(group, COUNT_LIFE_UNKNOWN);

	return cell_share(figure_orphan_time(group), figure_life(group) - unknown, unknown > 0);
}

struct cell
figure_handoffs_per_ticket(const struct group *group)
{
	const struct histogram *handoffs = spread_of(group, SPREAD_HANDOFFS);

	return cell_ratio(handoffs->sum, handoffs->count,
	    count_of(group, COUNT_NO_OWNER_EVIDENCE) + count_of(group, COUNT_NO_TEAM_EVIDENCE) > 0);
}

static void
add_compared(struct view *view, struct section *section, const char *name, const char *title,
    const struct cell both[2])
{
	struct cell *row = view_row(view, section);

	row[0] = cell_named(name, title);
	row[1] = both[WINDOW_ASKED];
	row[2] = both[WINDOW_BEFORE];
	if (both[0].type == CELL_PERMILLE)
		row[3] = cell_change(&both[0], &both[1]);
	else if (both[0].type == CELL_INT && both[1].type == CELL_INT)
		row[3] = cell_int(both[0].number - both[1].number);
}

static void
add_compared_counts(
    struct view *view, struct section *section, const struct group *const groups[WINDOWS])
{
	static const struct {
		int count;
		const char *name, *title;
	} rows[] = {{COUNT_OPENED, "opened", "tickets opened"},
	    {COUNT_ENDED, "ended", "tickets ended"}, {COUNT_HANDOFFS, "handoffs", "handoffs"}};
	struct cell both[WINDOWS];
	size_t i;
	int k;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (k = 0; k < WINDOWS; k++)
			both[k] = cell_int(count_of(groups[k], rows[i].count));
		add_compared(view, section, rows[i].name, rows[i].title, both);
	}
}

static void
add_compared_clocks(
    struct view *view, struct section *section, const struct group *const groups[WINDOWS])
{
	static const enum metric metrics[] = {METRIC_PICKUP, METRIC_FIRST_RESPONSE, METRIC_RESOLVE};
	static const char *const names[][2] = {{"pickup_met", "pickup_breached"},
	    {"first_response_met", "first_response_breached"}, {"resolve_met", "resolve_breached"}};
	static const char *const titles[][2] = {{"pickup, share met", "pickup, breached"},
	    {"first response, share met", "first response, breached"},
	    {"resolve, share met", "resolve, breached"}};
	struct cell share[WINDOWS], breached[WINDOWS];
	size_t i;
	int k;

	for (i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++) {
		for (k = 0; k < WINDOWS; k++) {
			share[k] = figure_attainment(groups[k], metrics[i]);
			breached[k] = cell_int(clock_count(groups[k], metrics[i], CLOCK_BREACHED));
		}
		add_compared(view, section, names[i][0], titles[i][0], share);
		add_compared(view, section, names[i][1], titles[i][1], breached);
	}
}

void
figures_compared(struct view *view, const struct report *report)
{
	static const struct column columns[] = {{.name = "figure", .title = "", .keep = true},
	    {.name = "now", .title = "this time", .number = true},
	    {.name = "before", .title = "the time before", .number = true},
	    {.name = "change", .title = "change", .number = true}};
	const struct group *groups[WINDOWS];
	struct cell orphan[WINDOWS], handoffs[WINDOWS];
	struct section *section;
	int k;

	if (!report->options.compare)
		return;
	section = view_section(view, "compared", "Compared", SHAPE_KEYED, COLUMNS(columns));
	for (k = 0; k < WINDOWS; k++) {
		groups[k] = report_group(report, k, BY_ALL, 0);
		orphan[k] = figure_orphan_share(groups[k]);
		handoffs[k] = figure_handoffs_per_ticket(groups[k]);
	}
	add_compared_counts(view, section, groups);
	add_compared_clocks(view, section, groups);
	add_compared(view, section, "orphan_share", "life without an owner", orphan);
	add_compared(view, section, "handoffs_per_ticket", "handoffs per ticket", handoffs);
}
