/* view_qbr.c: the view `qbr`: one client, one period, beside the period before */
#include "report/view/view_qbr.h"

#include "report/view/figures.h"

static const struct column columns[] = {
    {.name = "metric", .title = "clock", .keep = true, .part = PART_LABEL},
    {.name = "priority", .title = "priority", .keep = true},
    FIGURE_RESULT_COLUMNS("", "", 0, PART_NONE), {.name = "met_before", .reader = FOR_MACHINES},
    {.name = "breached_before", .reader = FOR_MACHINES},
    {.name = "not_judged_before", .reader = FOR_MACHINES},
    {.name = "before", .title = "share before", .number = true},
    {.name = "change", .title = "change", .number = true}};

static int64_t
judged(const struct group *group, enum metric metric)
{
	return clock_count(group, metric, CLOCK_MET) + clock_count(group, metric, CLOCK_BREACHED) +
	    clock_count(group, metric, CLOCK_UNKNOWN);
}

/* A share before that lies inside the interval of the one now tells of no change. */
static enum tone
change_tone(const struct cell *row)
{
	const struct cell *low = &row[5], *high = &row[6], *before = &row[12];

	if (row[13].type != CELL_CHANGE ||
	    (before->number >= low->number && before->number <= high->number))
		return TONE_PLAIN;
	return row[13].number > 0 ? TONE_GOOD : TONE_WARN;
}

/* Without a clock in either time there is no row. */
static struct cell *
add_clock(struct view *view, struct section *section, const struct report *report,
    enum metric metric, enum dimension dimension, uint32_t value)
{
	const struct group *now = report_group(report, WINDOW_ASKED, dimension, value);
	const struct group *before = report_group(report, WINDOW_BEFORE, dimension, value);
	struct cell *row;

	if (judged(now, metric) + judged(before, metric) == 0)
		return NULL;
	row = view_row(view, section);
	row[0] = cell_named(word_of(WORDS_METRIC, (int)metric), metric_title(metric));
	if (dimension == BY_ALL)
		row[1] = cell_text("all");
	else
		row[1] = value == PRIORITY_NONE ? cell_special("(none)")
						: cell_text(word_of(WORDS_PRIORITY, (int)value));
	figure_results(view, row + 2, now, metric);
	row[9] = cell_int(clock_count(before, metric, CLOCK_MET));
	row[10] = cell_int(clock_count(before, metric, CLOCK_BREACHED));
	row[11] = cell_int(clock_count(before, metric, CLOCK_UNKNOWN));
	row[12] = figure_attainment(before, metric);
	row[13] = cell_change(&row[4], &row[12]);
	row[13].tone = change_tone(row);
	return row;
}

/* What was promised of every ticket, in all and by priority; what is not known comes last. */
static void
add_attainment(struct view *view, const struct report *report)
{
	static const enum metric metrics[] = {METRIC_RESOLVE, METRIC_FIRST_RESPONSE};
	struct section *section = view_section(
	    view, "attainment", "Promises kept, by priority", SHAPE_TABLE, COLUMNS(columns));
	struct cell *row;
	size_t i;
	uint32_t k;

	section->nkeys = 2;
	section->empty = "No resolve or first response target was decided in this time.";
	for (i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++) {
		row = add_clock(view, section, report, metrics[i], BY_ALL, 0);
		if (row == NULL)
			continue;
		row[4].key = true;
		for (k = 1; k <= PRIORITIES; k++)
			add_clock(view, section, report, metrics[i], BY_PRIORITY, k % PRIORITIES);
	}
}

/* The clocks of updates and answers, and of any other that there is. */
static void
add_discipline(struct view *view, const struct report *report)
{
	static const enum metric metrics[] = {
	    METRIC_UPDATE, METRIC_NEXT_RESPONSE, METRIC_PICKUP, METRIC_PLAN, METRIC_TEAM};
	struct section *section = view_section(
	    view, "discipline", "Updates, answers and pickup", SHAPE_TABLE, COLUMNS(columns));
	size_t i;

	section->nkeys = 2;
	section->empty = "No such target was decided in this time.";
	for (i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++)
		add_clock(view, section, report, metrics[i], BY_ALL, 0);
}

/* On a page that has the summary, too, these figures are at its head already. */
static void
add_tickets(struct view *view, const struct report *report)
{
	struct section *section = &view->sections[view->nsections];
	size_t i;

	figures_tickets(view, report);
	if ((report->options.views & (1U << REPORT_SUMMARY)) == 0)
		return;
	for (i = 0; i < section->nrows * section->ncolumns; i++)
		section->cells[i].key = false;
}

void
view_qbr(struct view *view, const struct report *report)
{
	const struct group *all = report_all(report);

	view->main = 0;
	add_attainment(view, report);
	figures_compared(view, report);
	qbr_missed(view, report);
	figures_grades(view, all);
	figures_words(view, all);
	figures_promises(view, all);
	add_discipline(view, report);
	qbr_silences(view, report);
	figures_handoffs(view, all, "Handoffs");
	qbr_reopened(view, report);
	add_tickets(view, report);
	qbr_commitments(view, report);
}
