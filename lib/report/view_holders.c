/* view_holders.c: the views `owners` and `teams`: a row for each holder of tickets */
#include <stdlib.h>

#include "report/view.h"

#define RESULTS                                                                             \
	{.name = "open", .title = "open now", .group = 1, .number = true},                  \
	    {.name = "at_risk", .title = "at risk", .group = 1, .number = true},            \
	{                                                                                   \
		.name = "overdue", .title = "past target, open", .group = 1, .number = true \
	}
#define REST                                                                                       \
	{.name = "met", .title = "resolve met", .group = 2, .number = true},                       \
	    {.name = "breached", .title = "resolve breached", .group = 2, .number = true},         \
	    {.name = "attainment", .title = "share met", .group = 2, .number = true},              \
	    {.name = "not_judged", .title = "not judged", .group = 2, .number = true},             \
	    {.name = "sla_time", .title = "SLA time used", .group = 2, .number = true},            \
	    {.name = "handed_out", .title = "handed out", .group = 3, .number = true},             \
	    {.name = "handed_in", .title = "handed in", .group = 3, .number = true},               \
	    {.name = "returned", .title = "came back", .group = 3, .number = true},                \
	    {.name = "held", .title = "tickets held", .group = 3, .number = true},                 \
	    {.name = "held_p50", .title = "held, median", .group = 3, .number = true},             \
	    {.name = "held_p90", .title = "held, 90 %", .group = 3, .number = true},               \
	{                                                                                          \
		.name = "accepted_p50", .title = "accepted in, median", .group = 3, .number = true \
	}

static const struct column owner_columns[] = {
    {.name = "owner", .title = "owner"}, {.name = "kind", .reader = FOR_MACHINES}, RESULTS, REST};

static const struct column team_columns[] = {{.name = "team", .title = "team"},
    {.name = "kind", .reader = FOR_MACHINES}, RESULTS,
    {.name = "orphaned", .title = "orphaned", .group = 1, .number = true}, REST};

static const char *const group_titles[] = {
    "Open now", "Results: tickets held at the end by", "Handoffs: time held, per ticket"};

struct holder_row {
	const struct group *group;
	const char *name; /* NULL: nobody, or not known */
	size_t index;
};

/* The most tickets at risk, past their target and open first; then by name. */
static int
compare_rows(const void *a, const void *b)
{
	static const int keys[] = {COUNT_AT_RISK, COUNT_OVERDUE, COUNT_OPEN};
	const struct holder_row *x = a, *y = b;
	int64_t nx, ny;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		nx = x->group->counts[keys[i]];
		ny = y->group->counts[keys[i]];
		if (nx != ny)
			return nx > ny ? -1 : 1;
	}
	if (x->name == NULL && y->name == NULL)
		return x->index < y->index ? -1 : 1;
	return text_cmp(x->name, y->name);
}

static bool
is_empty(const struct group *group)
{
	return group->counts[COUNT_TICKETS] == 0 && group->counts[COUNT_HANDED_OUT] == 0 &&
	    group->counts[COUNT_HANDED_IN] == 0 && group->spreads[SPREAD_HELD].count == 0;
}

static size_t
sorted_rows(struct holder_row *rows, const struct groups *groups)
{
	size_t i, n = 0;

	for (i = 0; i < groups->count; i++)
		if (!is_empty(&groups->list[i]))
			rows[n++] = (struct holder_row){&groups->list[i], group_name(groups, i), i};
	qsort(rows, n, sizeof(*rows), compare_rows);
	return n;
}

static void
fill_name(struct cell *row, const struct holder_row *holder, bool team)
{
	static const char *const kinds[2][3] = {
	    {"nobody", "unknown", "person"}, {"none", "unknown", "team"}};
	static const char *const words[2][2] = {
	    {"(nobody)", "(not known)"}, {"(no team)", "(not known)"}};
	size_t kind = holder->index < KNOWN_NAME ? holder->index : KNOWN_NAME;

	row[0] = holder->name != NULL ? cell_text(holder->name) : cell_special(words[team][kind]);
	row[1] = cell_text(kinds[team][kind]);
}

/* Nobody cannot be handed a ticket; what is not known has no handoffs that could be counted. */
static void
fill_handoffs(struct cell *row, const struct holder_row *holder)
{
	const int64_t *n = holder->group->counts;
	const struct histogram *held = &holder->group->spreads[SPREAD_HELD];

	if (holder->name != NULL) {
		row[0] = cell_int(n[COUNT_HANDED_OUT]);
		row[1] = cell_int(n[COUNT_HANDED_IN]);
		row[2] = cell_int(n[COUNT_RETURNED]);
	}
	row[3] = cell_int(held->count);
	row[4] = cell_quantile(CELL_SECONDS, held, 500, false);
	row[5] = cell_quantile(CELL_SECONDS, held, 900, false);
	row[6] = cell_quantile(CELL_WORK, &holder->group->spreads[SPREAD_ACCEPTED], 500,
	    n[COUNT_ACCEPTANCE_UNKNOWN] > 0);
}

static void
fill(struct cell *row, const struct holder_row *holder, bool team)
{
	const int64_t *n = holder->group->counts;
	int64_t met = n[COUNT_END_MET], breached = n[COUNT_END_BREACHED];
	int64_t unknown = n[COUNT_END_UNKNOWN];

	fill_name(row, holder, team);
	row += 2;
	*row++ = cell_int(n[COUNT_OPEN]);
	*row++ = cell_alarm(n[COUNT_AT_RISK], TONE_WARN);
	*row++ = cell_alarm(n[COUNT_OVERDUE], TONE_BAD);
	if (team)
		*row++ = cell_alarm(n[COUNT_ORPHANED], TONE_BAD);
	*row++ = cell_int(met);
	*row++ = cell_int(breached);
	*row++ = cell_share(met, met + breached, unknown > 0);
	*row++ = cell_int(unknown);
	*row++ = cell_of(CELL_WORK, n[COUNT_SLA_TIME]);
	fill_handoffs(row, holder);
}

static void
view_holders(struct view *view, const struct groups *groups, bool team)
{
	struct holder_row *rows = arena_calloc(view->arena, groups->count + 1, sizeof(*rows));
	size_t i, n = sorted_rows(rows, groups);
	struct section *section;

	if (team)
		section = view_section(view, "teams", NULL, SHAPE_TABLE, team_columns,
		    sizeof(team_columns) / sizeof(team_columns[0]));
	else
		section = view_section(view, "owners", NULL, SHAPE_TABLE, owner_columns,
		    sizeof(owner_columns) / sizeof(owner_columns[0]));
	section->groups = group_titles;
	section->ngroups = (int)(sizeof(group_titles) / sizeof(group_titles[0]));
	section->empty = "None.";
	view->main = 0;
	for (i = 0; i < n; i++)
		fill(view_row(view, section), &rows[i], team);
}

void
view_owners(struct view *view, const struct report *report)
{
	view_holders(view, &report->owners, false);
}

void
view_teams(struct view *view, const struct report *report)
{
	view_holders(view, &report->teams, true);
}
