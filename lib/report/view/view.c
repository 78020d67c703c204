/* view.c: building views */
#include "report/view/view.h"

#include "base/buf.h"
#include "base/num.h"
#include "stat/interval.h"
#include "time/instant.h"

/* The list with room for one more; it moves, in the arena, each time that it is full. */
static void *
roomy(struct arena *arena, void *list, size_t count, size_t size)
{
	void *larger;

	if ((count & (count - 1)) != 0)
		return list;
	larger = arena_calloc(arena, count > 0 ? count * 2 : 1, size);
	if (count > 0)
		memcpy(larger, list, count * size);
	return larger;
}

struct section *
view_section(struct view *view, const char *name, const char *title, enum shape shape,
    const struct column *columns, size_t ncolumns)
{
	struct section *section = &view->sections[view->nsections++];

	*section = (struct section){.name = name,
	    .title = title,
	    .shape = shape,
	    .columns = columns,
	    .ncolumns = ncolumns,
	    .nkeys = 1};
	return section;
}

struct cell *
view_row(struct view *view, struct section *section)
{
	struct cell *cells;
	size_t old = section->cap;

	if (section->nrows == section->cap) {
		section->cap = old > 0 ? old * 2 : 16;
		cells = arena_calloc(
		    view->arena, section->cap, section->ncolumns * sizeof(*section->cells));
		if (old > 0)
			memcpy(cells, section->cells, old * section->ncolumns * sizeof(*cells));
		section->cells = cells;
	}
	return &section->cells[section->nrows++ * section->ncolumns];
}

struct section *
view_facts(struct view *view, const char *name, const char *title)
{
	static const struct column columns[] = {{.name = "name", .title = "", .keep = true},
	    {.name = "value", .title = "", .number = true}};

	return view_section(view, name, title, SHAPE_FACTS, columns, 2);
}

void
view_fact(struct view *view, struct section *section, const char *name, const char *title,
    struct cell value)
{
	struct cell *row = view_row(view, section);

	row[0] = cell_named(name, title);
	row[1] = value;
}

void
view_note(struct view *view, const char *text)
{
	view->notes = roomy(view->arena, view->notes, view->nnotes, sizeof(*view->notes));
	view->notes[view->nnotes++] = text;
}

struct cell
cell_text(const char *text)
{
	return (struct cell){.type = text != NULL ? CELL_TEXT : CELL_NULL, .text = text};
}

struct cell
cell_named(const char *name, const char *text)
{
	return (struct cell){.type = CELL_TEXT, .text = text, .name = name};
}

struct cell
cell_special(const char *text)
{
	return (struct cell){.type = CELL_SPECIAL, .text = text};
}

struct cell
cell_int(int64_t number)
{
	return (struct cell){.type = CELL_INT, .number = number};
}

struct cell
cell_of(enum cell_type type, int64_t number)
{
	struct cell cell = {.type = number < 0 ? CELL_NULL : type, .number = number};

	return cell;
}

struct cell
cell_instant(enum cell_type type, int64_t instant)
{
	struct cell cell = {.type = instant == INSTANT_NONE ? CELL_NULL : type, .number = instant};

	return cell;
}

struct cell
cell_key(struct cell cell)
{
	cell.key = true;
	return cell;
}

struct cell
cell_alarm(int64_t number, enum tone tone)
{
	return (struct cell){
	    .type = CELL_INT, .number = number, .tone = number > 0 ? tone : TONE_PLAIN};
}

struct cell
cell_share(int64_t part, int64_t whole, bool unknown)
{
	if (whole <= 0)
		return (struct cell){.type = unknown ? CELL_NOT_JUDGED : CELL_NULL};
	return cell_of(CELL_PERMILLE, num_muldiv(part, 1000, whole));
}

struct cell
cell_change(const struct cell *now, const struct cell *before)
{
	if (now->type != CELL_PERMILLE || before->type != CELL_PERMILLE)
		return (struct cell){.type = CELL_NULL};
	return (struct cell){.type = CELL_CHANGE, .number = now->number - before->number};
}

struct cell
cell_ratio(int64_t part, int64_t whole, bool unknown)
{
	struct cell cell = cell_share(part, whole, unknown);

	if (cell.type == CELL_PERMILLE)
		cell.type = CELL_RATIO;
	return cell;
}

struct cell
cell_interval(struct view *view, int64_t part, int64_t whole)
{
	struct interval interval = interval_wilson(part, whole);
	struct buf text = {0};
	struct cell cell = {.type = CELL_NULL};

	if (whole <= 0 || whole >= INTERVAL_COUNT)
		return cell;
	buf_addf(&text, "%d - %d %%", interval.low / 10, (interval.high + 9) / 10);
	cell = cell_text(arena_text(view->arena, buf_slice(&text)));
	buf_free(&text);
	return cell;
}

struct cell
cell_quantile(enum cell_type type, const struct histogram *spread, int per_mille, bool unknown)
{
	if (spread->count == 0)
		return (struct cell){.type = unknown ? CELL_NOT_JUDGED : CELL_NULL};
	return cell_of(type, histogram_quantile(spread, per_mille));
}
