/* view_rework.c: the view `rework`: effort that was spent again */
#include "report/view/by_key.h"
#include "report/view/figures.h"

static bool
is_blind(const struct group *group)
{
	return count_of(group, COUNT_EFFORT_KNOWN) == 0 &&
	    count_of(group, COUNT_EFFORT_UNKNOWN) > 0;
}

/* Seconds or touches; not judged where no ticket could tell. */
static struct cell
effort(const struct group *group, enum cell_type type, int first, enum effort_kind kind)
{
	int64_t tickets = count_of(group, COUNT_EFFORT_KNOWN);

	if (is_blind(group) ||
	    (tickets > 0 && count_of(group, COUNT_EFFORT_BLIND + (int)kind) == tickets))
		return (struct cell){.type = CELL_NOT_JUDGED};
	return cell_of(type, count_of(group, first + (int)kind));
}

static struct cell
share(const struct group *group, enum effort_kind kind)
{
	struct cell part = effort(group, CELL_WORK, COUNT_WORK, kind);

	if (part.type == CELL_NOT_JUDGED)
		return part;
	return cell_share(part.number, count_of(group, COUNT_WORK + EFFORT_ALL), false);
}

static void
add_kinds(struct view *view, const struct group *all)
{
	static const struct column columns[] = {
	    {.name = "effort", .title = "", .keep = true, .part = PART_LABEL},
	    {.name = "seconds", .title = "time", .number = true},
	    {.name = "share",
		.title = "share",
		.number = true,
		.part = PART_VALUE,
		.tone = TONE_BAD},
	    {.name = "touches", .title = "acts", .number = true},
	    {.name = "not_judged", .title = "not judged", .number = true}};
	static const char *const names[EFFORTS] = {
	    "all", "resolved", "returned", "breached", "any"};
	static const char *const titles[EFFORTS] = {"all effort", "after it was resolved",
	    "after it came back to a holder", "after the target was missed",
	    "spent again: after the first of these"};
	struct section *section =
	    view_section(view, "effort", "Effort", SHAPE_KEYED, COLUMNS(columns));
	struct cell *row;
	int i;

	section->chart = CHART_BARS;
	for (i = 0; i < EFFORTS; i++) {
		row = view_row(view, section);
		row[0] = cell_named(names[i], titles[i]);
		row[1] = effort(all, CELL_WORK, COUNT_WORK, (enum effort_kind)i);
		row[2] = share(all, (enum effort_kind)i);
		row[3] = effort(all, CELL_INT, COUNT_TOUCHES, (enum effort_kind)i);
		row[4] = cell_int(
		    count_of(all, COUNT_EFFORT_UNKNOWN) + count_of(all, COUNT_EFFORT_BLIND + i));
	}
}

static void
add_facts(struct view *view, const struct group *all)
{
	struct section *facts = view_facts(view, "tickets", "Tickets");
	int64_t known = count_of(all, COUNT_EFFORT_KNOWN);
	struct cell no = {.type = CELL_NOT_JUDGED};

	view_fact(view, facts, "known", "tickets with recorded effort", cell_int(known));
	view_fact(view, facts, "not_judged", "  not judged: no evidence",
	    cell_int(count_of(all, COUNT_EFFORT_UNKNOWN)));
	view_fact(view, facts, "reworked", "with effort spent again",
	    is_blind(all) ? no : cell_alarm(count_of(all, COUNT_REWORKED), TONE_WARN));
	view_fact(view, facts, "reworked_share", "  of those with recorded effort",
	    cell_share(count_of(all, COUNT_REWORKED), known, is_blind(all)));
}

static const struct column columns[] = {{.name = "key"}, {.name = "kind"},
    {.name = "tickets", .title = "tickets", .number = true},
    {.name = "reworked", .title = "with rework", .number = true},
    {.name = "all", .title = "all effort", .number = true},
    {.name = "again", .title = "spent again", .number = true, .part = PART_VALUE, .tone = TONE_BAD},
    {.name = "share", .title = "share", .number = true},
    {.name = "touches", .title = "acts again", .number = true},
    {.name = "not_judged", .title = "not judged", .number = true}};

static bool
keeps(const struct group *group)
{
	return count_of(group, COUNT_EFFORT_KNOWN) > 0 || count_of(group, COUNT_EFFORT_UNKNOWN) > 0;
}

static void
fill(const struct key_row *row, struct cell *cells)
{
	const struct group *group = row->group;

	cells[0] = cell_int(count_of(group, COUNT_EFFORT_KNOWN));
	cells[1] = cell_alarm(count_of(group, COUNT_REWORKED), TONE_WARN);
	cells[2] = effort(group, CELL_WORK, COUNT_WORK, EFFORT_ALL);
	cells[3] = effort(group, CELL_WORK, COUNT_WORK, EFFORT_ANY);
	cells[4] = share(group, EFFORT_ANY);
	cells[5] = effort(group, CELL_INT, COUNT_TOUCHES, EFFORT_ANY);
	cells[6] = cell_int(count_of(group, COUNT_EFFORT_UNKNOWN));
}

void
view_rework(struct view *view, const struct report *report)
{
	struct key_table table = {.columns = columns,
	    .ncolumns = sizeof(columns) / sizeof(columns[0]),
	    .chart = CHART_BARS,
	    .order = {COUNT_WORK + EFFORT_ANY, COUNT_REWORKED, COUNT_EFFORT_KNOWN},
	    .keeps = keeps,
	    .fill = fill};
	const struct group *all = report_all(report);

	view->main = 2;
	add_facts(view, all);
	add_kinds(view, all);
	table.name = "clients";
	table.title = "By client";
	by_key_section(view, report, BY_CLIENT, &table);
	table.name = "teams";
	table.title = "By team, at the end or now";
	by_key_section(view, report, BY_TEAM, &table);
	table.name = "priorities";
	table.title = "By priority";
	by_key_section(view, report, BY_PRIORITY, &table);
	money_sections(view, report);
}
