/* view_attribution.c: the view `attribution`: where the time of missed resolve targets went */
#include "base/buf.h"
#include "report/view/by_key.h"
#include "report/view/figures.h"
#include "stat/interval.h"

/* From this share on, per mille, what is not most is still many. */
#define MANY 200

static const char *const titles[WHEREABOUTS] = {"after hours: the clock stood",
    "waiting for the client", "waiting for a vendor", "on hold or planned",
    "owner not known: no evidence", "nobody had it", "in a queue, without an owner",
    "handed over, not yet accepted", "had an owner, but stalled", "worked on"};

const char *
whereabouts_title(enum whereabouts where)
{
	return titles[where];
}

/* In the order in which they are shown: first what ownership is to blame for. */
static const enum whereabouts order[WHEREABOUTS] = {WENT_NOBODY, WENT_QUEUE, WENT_NOT_ACCEPTED,
    WENT_STALLED, WENT_WORKED, WENT_WAITING_CLIENT, WENT_WAITING_VENDOR, WENT_ON_HOLD, WENT_UNKNOWN,
    WENT_AFTER_HOURS};

/* Working seconds; first is COUNT_MISSED_WENT or COUNT_MET_WENT. */
static int64_t
working_time(const struct group *group, int first)
{
	int64_t sum = 0, part;
	int i;

	for (i = 0; i < WHEREABOUTS; i++) {
		part = i != WENT_AFTER_HOURS ? count_of(group, first + i) : 0;
		sum = part > INT64_MAX - sum ? INT64_MAX : sum + part;
	}
	return sum;
}

static struct cell
share_of(const struct group *group, int first, enum whereabouts where)
{
	int blind =
	    first == COUNT_MET_WENT ? COUNT_MET_ACCEPTANCE_BLIND : COUNT_MISSED_ACCEPTANCE_BLIND;

	if (where == WENT_AFTER_HOURS)
		return (struct cell){.type = CELL_NULL};
	if (where == WENT_NOT_ACCEPTED && count_of(group, blind) > 0 &&
	    count_of(group, first + (int)where) == 0)
		return (struct cell){.type = CELL_NOT_JUDGED};
	return cell_share(count_of(group, first + (int)where), working_time(group, first), false);
}

static void
add_where(struct view *view, const struct group *all)
{
	static const struct column columns[] = {
	    {.name = "where", .title = "", .keep = true, .part = PART_LABEL},
	    {.name = "missed_time", .title = "missed: time", .number = true},
	    {.name = "missed_share",
		.title = "missed: share",
		.number = true,
		.part = PART_VALUE,
		.tone = TONE_BAD},
	    {.name = "bar", .title = "", .reader = FOR_PEOPLE},
	    {.name = "met_time", .title = "met: time", .number = true},
	    {.name = "met_share",
		.title = "met: share",
		.number = true,
		.part = PART_VALUE,
		.tone = TONE_GOOD}};
	struct section *section =
	    view_section(view, "where", "Where the time went", SHAPE_KEYED, COLUMNS(columns));
	struct cell *row;
	int i;

	section->chart = CHART_BARS;
	for (i = 0; i < WHEREABOUTS; i++) {
		row = view_row(view, section);
		row[0] = cell_named(whereabouts_word(order[i]), titles[order[i]]);
		row[1] = cell_of(CELL_WORK, count_of(all, COUNT_MISSED_WENT + (int)order[i]));
		row[2] = share_of(all, COUNT_MISSED_WENT, order[i]);
		row[3] = row[2];
		if (row[3].type == CELL_PERMILLE)
			row[3].type = CELL_BAR;
		row[4] = cell_of(CELL_WORK, count_of(all, COUNT_MET_WENT + (int)order[i]));
		row[5] = share_of(all, COUNT_MET_WENT, order[i]);
	}
}

static int64_t
judged_of(const struct group *group)
{
	return count_of(group, COUNT_MISSED) - count_of(group, COUNT_MISSED_BLIND);
}

static int64_t
ownership_time(const struct group *group, int first)
{
	return count_of(group, first + WENT_NOBODY) + count_of(group, first + WENT_QUEUE) +
	    count_of(group, first + WENT_NOT_ACCEPTED);
}

void
figures_misses(struct view *view, const struct group *all)
{
	struct section *facts = view_facts(view, "misses", "Would they have been met?");
	int64_t judged = judged_of(all);
	int64_t ownership = count_of(all, COUNT_MISSED_BY_OWNERSHIP);
	int64_t stall = count_of(all, COUNT_MISSED_BY_STALL);

	view_fact(
	    view, facts, "missed", "resolve targets missed", cell_int(count_of(all, COUNT_MISSED)));
	view_fact(view, facts, "not_judged", "  not judged: no evidence",
	    cell_int(count_of(all, COUNT_MISSED_BLIND)));
	view_fact(view, facts, "by_ownership", "  met without the time nobody was accountable",
	    cell_alarm(ownership, TONE_BAD));
	view_fact(view, facts, "by_ownership_share", "    of those judged",
	    cell_share(ownership, judged, count_of(all, COUNT_MISSED) > 0));
	view_fact(view, facts, "by_ownership_interval", "    95 % interval",
	    cell_interval(view, ownership, judged));
	view_fact(view, facts, "by_stall", "  of the others: met without stalls too",
	    cell_alarm(stall, TONE_WARN));
	view_fact(view, facts, "otherwise", "  missed for other reasons",
	    cell_int(judged - ownership - stall));
}

static const char *
conclusion(int64_t part, int64_t whole)
{
	struct interval interval = interval_wilson(part, whole);

	if (whole == 0)
		return "No missed resolve target could be judged.";
	if (interval.low >= 500)
		return "Most misses come from ownership.";
	if (interval.high > 500)
		return "Whether most misses come from ownership cannot be said: they are too few, or it is "
		       "about half.";
	return part * 1000 / whole >= MANY ? "Most misses do not come from ownership, but many do."
					   : "The misses do not come from ownership.";
}

static void
add_share_words(struct buf *text, int64_t part, int64_t whole)
{
	int64_t share = cell_share(part, whole, false).number;

	buf_addf(text, "%lld.%lld %%", (long long)share / 10, (long long)share % 10);
}

/* What the page says, in words. */
static void
conclude(struct view *view, const struct group *all)
{
	int64_t judged = judged_of(all), part = count_of(all, COUNT_MISSED_BY_OWNERSHIP);
	struct buf text = {0};

	buf_addz(&text, conclusion(part, judged));
	if (judged > 0) {
		buf_addf(&text, " Of %lld missed resolve targets %lld (", (long long)judged,
		    (long long)part);
		add_share_words(&text, part, judged);
		buf_addz(&text,
		    ") would have been met without the time in which nobody was accountable: "
		    "nobody had the ticket, it lay in a queue, or the new holder had not accepted it. "
		    "Such time is ");
		add_share_words(&text, ownership_time(all, COUNT_MISSED_WENT),
		    working_time(all, COUNT_MISSED_WENT));
		buf_addz(&text, " of the working time of the missed, ");
		add_share_words(
		    &text, ownership_time(all, COUNT_MET_WENT), working_time(all, COUNT_MET_WENT));
		buf_addz(&text, " of that of the met.");
	}
	view_note(view, arena_text(view->arena, buf_slice(&text)));
	buf_clear(&text);
	if (count_of(all, COUNT_MISSED_ACCEPTANCE_BLIND) > 0) {
		buf_addf(&text,
		    "%lld of the missed cannot tell when a handoff was accepted: there that time "
		    "counts as stalled or worked on.",
		    (long long)count_of(all, COUNT_MISSED_ACCEPTANCE_BLIND));
		view_note(view, arena_text(view->arena, buf_slice(&text)));
	}
	buf_free(&text);
}

/* Red is what ownership is to blame for, amber what may be, green work, the rest nobody's fault. */
#define WHERE(id, words, colour)                                                            \
	{                                                                                   \
		.name = id, .title = words, .group = 2, .number = true, .part = PART_VALUE, \
		.tone = TONE_##colour                                                       \
	}

static const struct column key_columns[] = {{.name = "key"}, {.name = "kind"},
    {.name = "missed", .title = "missed", .group = 1, .number = true},
    {.name = "not_judged", .title = "not judged", .group = 1, .number = true},
    {.name = "by_ownership", .title = "by ownership", .group = 1, .number = true},
    {.name = "by_ownership_share", .title = "share", .group = 1, .number = true},
    {.name = "interval",
	.title = "95 % interval",
	.group = 1,
	.reader = FOR_PEOPLE,
	.number = true},
    {.name = "by_stall", .title = "by stalls", .group = 1, .number = true},
    {.name = "time", .title = "working time", .group = 1, .number = true},
    WHERE("nobody", "nobody", BAD), WHERE("queue", "queue", BAD),
    WHERE("not_accepted", "not accepted", WARN), WHERE("stalled", "stalled", WARN),
    WHERE("worked", "worked", GOOD), WHERE("waiting_client", "client", PLAIN),
    WHERE("waiting_vendor", "vendor", PLAIN), WHERE("on_hold", "on hold", PLAIN),
    WHERE("unknown", "not known", PLAIN)};

static const char *const key_groups[] = {"Missed, and why", "Share of their working time"};

static bool
keeps(const struct group *group)
{
	return count_of(group, COUNT_MISSED) > 0;
}

static void
fill(const struct key_row *row, struct cell *cells)
{
	const struct group *group = row->group;
	int64_t judged = judged_of(group), part = count_of(group, COUNT_MISSED_BY_OWNERSHIP);
	int i;

	*cells++ = cell_int(count_of(group, COUNT_MISSED));
	*cells++ = cell_int(count_of(group, COUNT_MISSED_BLIND));
	*cells++ = cell_int(part);
	*cells++ = cell_share(part, judged, true);
	*cells++ = cell_interval(row->view, part, judged);
	*cells++ = cell_int(count_of(group, COUNT_MISSED_BY_STALL));
	*cells++ = cell_of(CELL_WORK, working_time(group, COUNT_MISSED_WENT));
	for (i = 0; i < WHEREABOUTS - 1; i++)
		*cells++ = share_of(group, COUNT_MISSED_WENT, order[i]);
}

void
view_attribution(struct view *view, const struct report *report)
{
	struct key_table table = {.columns = key_columns,
	    .ncolumns = sizeof(key_columns) / sizeof(key_columns[0]),
	    .groups = key_groups,
	    .ngroups = 2,
	    .chart = CHART_STACKED,
	    .order = {COUNT_MISSED, COUNT_MISSED_BY_OWNERSHIP, COUNT_MISSED},
	    .keeps = keeps,
	    .fill = fill};
	const struct group *all = report_all(report);

	view->main = 2;
	conclude(view, all);
	figures_misses(view, all);
	add_where(view, all);
	table.name = "teams";
	table.title = "By team, at the end or now";
	by_key_section(view, report, BY_TEAM, &table);
	table.name = "clients";
	table.title = "By client";
	by_key_section(view, report, BY_CLIENT, &table);
	table.name = "priorities";
	table.title = "By priority";
	by_key_section(view, report, BY_PRIORITY, &table);
}
