/* view_money.c: what effort costs, and what was spent again, by currency */
#include <stdlib.h>
#include <string.h>

#include "report/view/by_key.h"
#include "report/view/figures.h"

#define HOUR 3600

/* A group of a dimension whose first part is the currency. */
struct row {
	const struct group *group;
	const char *currency, *name; /* NULL: none fits, none known */
	uint32_t value;              /* the second part; 0 where there is none */
	enum dimension by;
};

/* What has no name last. */
static int
compare_names(const char *a, const char *b)
{
	return a != NULL && b != NULL ? strcmp(a, b) : (a == NULL) - (b == NULL);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int64_t spent = count_of(x->group, COUNT_PRICE + EFFORT_ANY);
	int64_t other = count_of(y->group, COUNT_PRICE + EFFORT_ANY);
	int order = compare_names(x->currency, y->currency);

	if (order != 0)
		return order;
	if (x->by == BY_PRIORITY)
		return (x->value - 1) < (y->value - 1) ? -1 : 1;
	if (spent != other)
		return spent > other ? -1 : 1;
	order = compare_names(x->name, y->name);
	return order != 0 ? order : x->value < y->value ? -1 : 1;
}

static bool
is_blind(const struct group *group, enum effort_kind kind)
{
	return count_of(group, COUNT_PRICED_BLIND + (int)kind) == count_of(group, COUNT_PRICED);
}

static struct cell
time_spent(const struct row *row, enum effort_kind kind)
{
	if (is_blind(row->group, kind))
		return (struct cell){.type = CELL_NOT_JUDGED};
	return cell_of(CELL_WORK, count_of(row->group, COUNT_PRICED_WORK + (int)kind));
}

/* Rounded down only here, once for the sum of all tickets. */
static struct cell
price(const struct row *row, enum effort_kind kind)
{
	if (row->currency == NULL)
		return (struct cell){.type = CELL_NULL};
	if (is_blind(row->group, kind))
		return (struct cell){.type = CELL_NOT_JUDGED};
	return cell_of(CELL_MONEY, count_of(row->group, COUNT_PRICE + (int)kind) / HOUR);
}

static struct cell
currency(const struct row *row)
{
	return row->currency != NULL ? cell_text(row->currency) : cell_special("(not priced)");
}

static void
fill(struct cell *cells, const struct row *row)
{
	cells[0] = cell_int(count_of(row->group, COUNT_PRICED));
	cells[1] = time_spent(row, EFFORT_ALL);
	cells[2] = time_spent(row, EFFORT_ANY);
	cells[3] = price(row, EFFORT_ALL);
	cells[4] = price(row, EFFORT_ANY);
	cells[5] = cell_int(count_of(row->group, COUNT_PRICED_BLIND + EFFORT_ANY));
}

static const char *
name_of(const struct report *report, enum dimension by, uint32_t value)
{
	return by == BY_PRIORITY ? word_of(WORDS_PRIORITY, (int)value)
				 : report_name_of(report, value);
}

static struct row *
sorted_rows(struct view *view, const struct report *report, enum dimension dimension,
    enum dimension by, size_t *n)
{
	const struct groups *groups = report_groups(report, dimension);
	struct row *rows = arena_calloc(view->arena, groups->count + 1, sizeof(*rows));
	struct key key;
	size_t i;

	for (i = 0; i < groups->count; i++) {
		key = groups_key(groups, i);
		rows[i] = (struct row){.group = &groups->list[i],
		    .currency = report_name_of(report, key.parts[0]),
		    .name = by != BY_ALL ? name_of(report, by, key.parts[1]) : NULL,
		    .value = key.parts[1],
		    .by = by};
	}
	*n = groups->count;
	if (*n > 1)
		qsort(rows, *n, sizeof(*rows), compare_rows);
	return rows;
}

/* By what there is a row, the currency, and the figures; those of single causes only in all. */
static const struct column columns[] = {{.name = "client", .title = "client"},
    {.name = "currency", .title = "currency", .keep = true},
    {.name = "tickets", .title = "tickets", .group = 1, .number = true},
    {.name = "time", .title = "all effort", .group = 1, .number = true},
    {.name = "time_again", .title = "spent again", .group = 1, .number = true},
    {.name = "cost", .title = "cost, all", .group = 2, .number = true},
    {.name = "cost_again", .title = "cost, again", .group = 2, .number = true},
    {.name = "not_judged", .title = "not judged", .group = 1, .number = true},
    {.name = "cost_resolved", .title = "after resolved", .group = 2, .number = true},
    {.name = "cost_returned", .title = "after a return", .group = 2, .number = true},
    {.name = "cost_breached", .title = "after a miss", .group = 2, .number = true}};

static const char *const group_titles[] = {"Effort", "Its cost"};

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))
#define SINGLE   3 /* the last columns */

static void
add_all(struct view *view, const struct report *report)
{
	struct section *section = view_section(
	    view, "money", "What it costs, by currency", SHAPE_TABLE, columns + 1, NCOLUMNS - 1);
	struct cell *cells;
	struct row *rows;
	size_t i, n;

	section->groups = group_titles;
	section->ngroups = 2;
	section->empty = "No ticket has recorded effort.";
	rows = sorted_rows(view, report, BY_CURRENCY, BY_ALL, &n);
	for (i = 0; i < n; i++) {
		cells = view_row(view, section);
		cells[0] = currency(&rows[i]);
		fill(cells + 1, &rows[i]);
		cells[7] = price(&rows[i], EFFORT_RESOLVED);
		cells[8] = price(&rows[i], EFFORT_RETURNED);
		cells[9] = price(&rows[i], EFFORT_BREACHED);
	}
}

static const struct table {
	enum dimension dimension, by;
	const char *name, *title, *key;
} tables[] = {
    {BY_CURRENCY_CLIENT, BY_CLIENT, "money_clients", "What it costs, by client", "client"},
    {BY_CURRENCY_TEAM, BY_TEAM, "money_teams", "What it costs, by team", "team"},
    {BY_CURRENCY_PRIORITY, BY_PRIORITY, "money_priorities", "What it costs, by priority",
	"priority"}};

static void
add_table(struct view *view, const struct report *report, const struct table *table)
{
	struct column *own = arena_calloc(view->arena, NCOLUMNS, sizeof(*own));
	struct section *section =
	    view_section(view, table->name, table->title, SHAPE_TABLE, own, NCOLUMNS - SINGLE);
	struct cell *cells;
	struct row *rows;
	size_t i, n;

	memcpy(own, columns, sizeof(columns));
	own[0].name = own[0].title = table->key;
	section->empty = "None.";
	section->nkeys = 2;
	rows = sorted_rows(view, report, table->dimension, table->by, &n);
	for (i = 0; i < n; i++) {
		cells = view_row(view, section);
		cells[0] = by_key_cell(report, table->by, rows[i].value);
		cells[1] = currency(&rows[i]);
		fill(cells + 2, &rows[i]);
	}
}

void
money_sections(struct view *view, const struct report *report)
{
	size_t i;

	if (!report->priced)
		return;
	add_all(view, report);
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		add_table(view, report, &tables[i]);
}
