/* by_key.c: tables with a row for each client, owner, team or priority */
#include "report/view/by_key.h"

#include <stdlib.h>

/* How the keys of a dimension are called: by name, and what stands for none and not known. */
struct wording {
	const char *name, *named, *none, *none_words;
};

static const struct wording *
wording_of(enum dimension dimension)
{
	static const struct wording owner = {"owner", "person", "nobody", "(nobody)"};
	static const struct wording team = {"team", "team", "none", "(no team)"};
	static const struct wording priority = {"priority", "priority", "none", "(none)"};
	static const struct wording client = {"client", "client", "none", "(no client)"};

	switch (dimension) {
	case BY_OWNER:
		return &owner;
	case BY_TEAM:
		return &team;
	case BY_PRIORITY:
		return &priority;
	default:
		return &client;
	}
}

struct row {
	const struct group *group;
	const char *name; /* NULL: none, or not known */
	uint32_t value;
	const int *order;
};

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int64_t nx, ny;
	size_t i;

	for (i = 0; i < 3; i++) {
		nx = count_of(x->group, x->order[i]);
		ny = count_of(y->group, x->order[i]);
		if (nx != ny)
			return nx > ny ? -1 : 1;
	}
	if (x->name == NULL && y->name == NULL)
		return x->value < y->value ? -1 : 1;
	return text_cmp(x->name, y->name);
}

static int
compare_priorities(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	/* What is not known comes last. */
	return (x->value - 1) < (y->value - 1) ? -1 : 1;
}

static const char *
name_of(const struct report *report, enum dimension dimension, uint32_t value)
{
	if (dimension == BY_PRIORITY)
		return word_of(WORDS_PRIORITY, (int)value);
	return report_name_of(report, value);
}

static bool
is_unknown(enum dimension dimension, uint32_t value)
{
	return dimension != BY_PRIORITY && value == (uint32_t)KNOWN_NOT;
}

struct cell
by_key_cell(const struct report *report, enum dimension dimension, uint32_t value)
{
	const char *name = name_of(report, dimension, value);

	if (name != NULL)
		return cell_text(name);
	return cell_special(
	    is_unknown(dimension, value) ? "(not known)" : wording_of(dimension)->none_words);
}

static struct cell
kind_cell(enum dimension dimension, const struct row *row)
{
	if (row->name != NULL)
		return cell_text(wording_of(dimension)->named);
	return cell_text(
	    is_unknown(dimension, row->value) ? "unknown" : wording_of(dimension)->none);
}

static size_t
sorted_rows(struct row *rows, const struct report *report, enum dimension dimension,
    const struct key_table *table)
{
	const struct groups *groups = report_groups(report, dimension);
	uint32_t value;
	size_t i, n = 0;

	for (i = 0; i < groups->count; i++) {
		value = groups_key(groups, i).parts[0];
		if (table->keeps(&groups->list[i]))
			rows[n++] = (struct row){&groups->list[i],
			    name_of(report, dimension, value), value, table->order};
	}
	qsort(rows, n, sizeof(*rows), dimension == BY_PRIORITY ? compare_priorities : compare_rows);
	return n;
}

static const struct column *
columns_of(struct view *view, enum dimension dimension, const struct key_table *table)
{
	struct column *columns = arena_calloc(view->arena, table->ncolumns, sizeof(*columns));

	memcpy(columns, table->columns, table->ncolumns * sizeof(*columns));
	columns[0] = (struct column){.name = wording_of(dimension)->name,
	    .title = wording_of(dimension)->name,
	    .part = PART_LABEL};
	columns[1] = (struct column){.name = "kind", .reader = FOR_MACHINES};
	return columns;
}

struct section *
by_key_section(struct view *view, const struct report *report, enum dimension dimension,
    const struct key_table *table)
{
	const struct groups *groups = report_groups(report, dimension);
	struct row *rows = arena_calloc(view->arena, groups->count + 1, sizeof(*rows));
	size_t i, n = sorted_rows(rows, report, dimension, table);
	struct section *section = view_section(view, table->name, table->title, SHAPE_TABLE,
	    columns_of(view, dimension, table), table->ncolumns);
	struct key_row filled = {.view = view, .report = report};
	struct cell *row;

	section->groups = table->groups;
	section->ngroups = table->ngroups;
	section->chart = table->chart;
	section->empty = "None.";
	for (i = 0; i < n; i++) {
		row = view_row(view, section);
		row[0] = by_key_cell(report, dimension, rows[i].value);
		row[1] = kind_cell(dimension, &rows[i]);
		filled.group = rows[i].group;
		filled.before = report_group(report, WINDOW_BEFORE, dimension, rows[i].value);
		filled.value = rows[i].value;
		table->fill(&filled, row + 2);
	}
	return section;
}
