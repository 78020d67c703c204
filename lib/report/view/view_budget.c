/* view_budget.c: the view `budget`: what may be missed in a period, and how much of that is used */
#include <stdlib.h>
#include <string.h>

#include "report/view/by_key.h"
#include "report/view/figures.h"

/* Those that name the row come first, of all clients together only the budget. */
static const struct column columns[] = {{.name = "budget", .title = "budget", .part = PART_LABEL},
    {.name = "client", .title = "client"}, {.name = "kind", .reader = FOR_MACHINES},
    {.name = "metric", .title = "clock", .group = 1},
    {.name = "period", .title = "period", .group = 1}, {.name = "since", .reader = FOR_MACHINES},
    {.name = "until", .reader = FOR_MACHINES},
    {.name = "may_miss", .title = "may miss", .group = 1, .number = true},
    {.name = "decided", .title = "decided", .group = 2, .number = true},
    {.name = "missed", .title = "missed", .group = 2, .number = true},
    {.name = "not_judged", .title = "not judged", .group = 2, .number = true},
    {.name = "allowed", .title = "allowed so far", .group = 2, .number = true},
    {.name = "remaining", .title = "remaining", .group = 2, .number = true},
    {.name = "used",
	.title = "used",
	.group = 2,
	.number = true,
	.part = PART_VALUE,
	.tone = TONE_BAD},
    {.name = "burn_7d", .title = "burn rate, 7 days", .group = 3, .number = true},
    {.name = "burn_28d", .title = "burn rate, 28 days", .group = 3, .number = true},
    {.name = "expected_allowed", .title = "expected allowance", .group = 3, .number = true},
    {.name = "used_up_since", .reader = FOR_MACHINES},
    {.name = "used_up_at", .reader = FOR_MACHINES},
    {.name = "used_up", .title = "used up", .reader = FOR_PEOPLE, .group = 3}};

static const char *const group_titles[] = {
    "What may be missed", "So far in the period", "Pace, and how it will end"};

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))
#define NAMES    3 /* budget, client, kind */
#define NGROUPS  3

/* A budget, of one client or of all. */
struct row {
	uint32_t budget, client;
	const char *name; /* of the client; NULL: not known */
	struct outcome outcome;
	const struct group *spans[BUDGET_SPANS];
};

static const struct group *
span_of(const struct report *report, const struct row *row, uint32_t span)
{
	return groups_find(report_groups(report, BY_BUDGET),
	    (struct key){.parts = {row->budget, row->client, span}});
}

static void
set_row(struct row *row, const struct report *report, uint32_t budget, uint32_t client)
{
	uint32_t span;

	*row = (struct row){.budget = budget, .client = client};
	row->name = report_name_of(report, client);
	for (span = SPAN_PERIOD; span < BUDGET_SPANS; span++)
		row->spans[span] = span_of(report, row, span);
	budget_outcome(&row->outcome, &report->terms[budget - 1], row->spans);
}

/* In the policy's order of budgets the most overdrawn first, then by name, the nameless last. */
static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int64_t left = x->outcome.allowed - x->outcome.breached;
	int64_t other = y->outcome.allowed - y->outcome.breached;

	if (x->budget != y->budget)
		return x->budget < y->budget ? -1 : 1;
	if (left != other)
		return left < other ? -1 : 1;
	if (x->outcome.breached != y->outcome.breached)
		return x->outcome.breached > y->outcome.breached ? -1 : 1;
	return x->name != NULL && y->name != NULL ? strcmp(x->name, y->name)
						  : (x->name == NULL) - (y->name == NULL);
}

/* Each client has a group for some of the spans: it is met first with the first of these. */
static bool
is_first_span(const struct report *report, const struct key *key)
{
	struct row row = {.budget = key->parts[0], .client = key->parts[1]};
	uint32_t span;

	for (span = SPAN_PERIOD; span < key->parts[2]; span++)
		if (span_of(report, &row, span) != NULL)
			return false;
	return true;
}

static struct row *
sorted_rows(struct view *view, const struct report *report, size_t *n)
{
	const struct groups *groups = report_groups(report, BY_BUDGET);
	struct row *rows = arena_calloc(view->arena, groups->count + 1, sizeof(*rows));
	struct key key;
	size_t i;

	for (*n = 0, i = 0; i < groups->count; i++) {
		key = groups_key(groups, i);
		if (key.parts[0] == 0 || key.parts[0] > report->nterms ||
		    key.parts[1] == ALL_CLIENTS || !is_first_span(report, &key))
			continue;
		set_row(&rows[(*n)++], report, key.parts[0], key.parts[1]);
	}
	if (*n > 1)
		qsort(rows, *n, sizeof(*rows), compare_rows);
	return rows;
}

/* The day with the miss that was one too many; 0 where there is none. */
static uint32_t
used_up_day(const struct report *report, const struct row *row)
{
	const struct groups *groups = report_groups(report, BY_BUDGET_DAY);
	int64_t missed = 0;
	uint32_t day;

	if (row->outcome.breached <= row->outcome.expected)
		return 0;
	for (day = 1; day <= BUDGET_DAYS; day++) {
		missed += count_of(
		    groups_find(groups, (struct key){.parts = {row->budget, row->client, day}}),
		    COUNT_BUDGET_BREACHED);
		if (missed > row->outcome.expected)
			return day;
	}
	return 0;
}

static const char *
date_words(struct view *view, const struct zone *zone, const char *before, int64_t instant)
{
	struct buf text = {0};
	struct civil civil;
	const char *copy;

	zone_local(zone, instant, &civil);
	buf_addf(&text, "%s%04d-%02d-%02d", before, civil.year, civil.month, civil.day);
	copy = arena_text(view->arena, buf_slice(&text));
	buf_free(&text);
	return copy;
}

/* The last three cells: since when, or when it will be, and either for people. */
static void
fill_end(struct view *view, const struct report *report, const struct row *row, struct cell *cells)
{
	const struct term *term = &report->terms[row->budget - 1];
	uint32_t day = used_up_day(report, row);

	if (day > 0) {
		cells[0] = cell_instant(CELL_INSTANT, term_day_start(term, day));
		cells[2] = cell_text(date_words(view, term->zone, "since ", cells[0].number));
		cells[0].tone = cells[2].tone = TONE_BAD;
	} else if (row->outcome.used_up_at != INSTANT_NONE) {
		cells[1] = cell_instant(CELL_INSTANT, row->outcome.used_up_at);
		cells[2] = cell_text(date_words(view, term->zone, "on ", cells[1].number));
		cells[1].tone = cells[2].tone = TONE_WARN;
	}
}

/* How fast: not judged where only clocks that cannot be are there. */
static struct cell
burn(enum cell_type type, const struct group *group, const struct budget *budget, enum tone over)
{
	struct cell cell = cell_of(type, budget_burn(group, budget));

	if (cell.type == CELL_NULL && budget_decided(group) == 0 &&
	    count_of(group, COUNT_BUDGET_BLIND) > 0)
		cell.type = CELL_NOT_JUDGED;
	else if (cell.type != CELL_NULL && cell.number > 1000)
		cell.tone = over;
	return cell;
}

static void
fill(struct view *view, const struct report *report, const struct row *row, struct cell *cells)
{
	const struct term *term = &report->terms[row->budget - 1];
	const struct outcome *outcome = &row->outcome;
	int64_t remaining = outcome->allowed - outcome->breached;
	char text[PERIOD_TEXT];

	period_format(term->budget.period, term->period, text);
	cells[0] = cell_named(
	    word_of(WORDS_METRIC, (int)term->budget.metric), metric_title(term->budget.metric));
	cells[1] = cell_text(arena_textz(view->arena, text));
	cells[2] = cell_instant(CELL_INSTANT, term->start);
	cells[3] = cell_instant(CELL_INSTANT, term->end);
	cells[4] = cell_of(CELL_PERMILLE, term->budget.allowed);
	cells[5] = cell_int(outcome->decided);
	cells[6] = cell_int(outcome->breached);
	cells[7] = cell_int(outcome->unknown);
	cells[8] = cell_int(outcome->allowed);
	cells[9] = cell_int(remaining);
	cells[9].tone = remaining < 0 ? TONE_BAD : TONE_PLAIN;
	cells[10] = burn(CELL_PERMILLE, row->spans[SPAN_PERIOD], &term->budget, TONE_BAD);
	cells[11] = burn(CELL_RATIO, row->spans[SPAN_SHORT], &term->budget, TONE_WARN);
	cells[12] = burn(CELL_RATIO, row->spans[SPAN_LONG], &term->budget, TONE_WARN);
	cells[13] = cell_int(outcome->expected);
	fill_end(view, report, row, cells + 14);
}

static void
add_budgets(struct view *view, const struct report *report)
{
	struct column *own = arena_calloc(view->arena, NCOLUMNS, sizeof(*own));
	struct section *section;
	struct cell *cells;
	struct row row;
	uint32_t i;

	own[0] = columns[0];
	memcpy(own + 1, columns + NAMES, (NCOLUMNS - NAMES) * sizeof(*own));
	section =
	    view_section(view, "budgets", "All clients", SHAPE_TABLE, own, NCOLUMNS - NAMES + 1);
	section->groups = group_titles;
	section->ngroups = NGROUPS;
	section->chart = CHART_BARS;
	for (i = 1; i <= report->nterms; i++) {
		set_row(&row, report, i, ALL_CLIENTS);
		cells = view_row(view, section);
		cells[0] = cell_text(report->terms[i - 1].budget.name);
		fill(view, report, &row, cells + 1);
	}
}

/*
 * What may be missed people have read in the table before this one. Bars have the client's name,
 * which with several budgets would be there more than once: then there are none.
 */
static struct section *
clients_section(struct view *view, const struct report *report)
{
	struct column *own = arena_calloc(view->arena, NCOLUMNS, sizeof(*own));
	struct section *section;
	size_t i;

	memcpy(own, columns, sizeof(columns));
	own[0].part = PART_NONE;
	own[1].part = PART_LABEL;
	for (i = NAMES; i < NCOLUMNS; i++) {
		if (own[i].group == 1)
			own[i].reader = FOR_MACHINES;
		if (own[i].group > 0)
			own[i].group--;
	}
	section = view_section(view, "clients", "By client", SHAPE_TABLE, own, NCOLUMNS);
	section->groups = group_titles + 1;
	section->ngroups = NGROUPS - 1;
	section->nkeys = 2;
	section->chart = report->nterms == 1 ? CHART_BARS : CHART_NONE;
	section->empty = report->nterms == 0 ? "The policy has no budgets."
					     : "No clock of any budget was decided.";
	return section;
}

static void
add_clients(struct view *view, const struct report *report)
{
	struct section *section = clients_section(view, report);
	struct cell *cells;
	struct row *rows;
	size_t i, n;

	rows = sorted_rows(view, report, &n);
	for (i = 0; i < n; i++) {
		cells = view_row(view, section);
		cells[0] = cell_text(report->terms[rows[i].budget - 1].budget.name);
		cells[1] = by_key_cell(report, BY_CLIENT, rows[i].client);
		cells[2] = cell_text(rows[i].name != NULL ? "client" : "unknown");
		fill(view, report, &rows[i], cells + NAMES);
	}
}

void
view_budget(struct view *view, const struct report *report)
{
	if (report->nterms > 0) {
		view_note(view,
		    "A budget is the share of a period's clocks that may miss their target. It is "
		    "told for the whole period that holds the last instant asked for. A burn rate "
		    "of 1 uses exactly what is allowed. The expected allowance is what may be missed by "
		    "the period's end, estimated at the pace of the last 28 days.");
		add_budgets(view, report);
	}
	view->main = (int)view->nsections;
	add_clients(view, report);
}
