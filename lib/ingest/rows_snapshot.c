/* rows_snapshot.c: rows that each show the ticket at one instant; their differences are events */
#include "ingest/build.h"

/* A value as the rows before showed it. */
struct watch {
	int64_t cell;     /* CELL_ABSENT: not known yet */
	int64_t known_at; /* the instant of the last row that showed a value */
};

/* Where the comparison of rows stands. */
struct comparison {
	struct builder *b;
	struct watch owner, team, status, priority;
	int64_t at, previous; /* of this row and of the one before, INSTANT_NONE for the first */
};

/*
 * An event of this row, true somewhere after the last row that showed another
 * value; plain where the first row is the opening itself.
 */
static struct event
difference(const struct comparison *c, const struct watch *watch, enum event_kind kind)
{
	struct event event = event_at(kind, c->at);

	if (watch->cell != CELL_ABSENT)
		event.after = watch->known_at;
	else if (c->b->opened < c->at)
		event.after = c->b->opened;
	else
		event.after = c->previous;
	event.inferred = event.after != INSTANT_NONE;
	return event;
}

/* Owner and team: nobody is a value like others, but for the first row it is no event. */
static void
compare_holder(struct comparison *c, struct watch *watch, enum field field, const int64_t *row,
    enum event_kind kind)
{
	int64_t cell = row_cell(c->b, row, field);
	struct event event;

	if (cell == CELL_ABSENT)
		return;
	if (cell != watch->cell && (watch->cell != CELL_ABSENT || cell != CELL_NONE)) {
		event = difference(c, watch, kind);
		event.has_from = watch->cell != CELL_ABSENT;
		event.from = cell_text(c->b, watch->cell);
		event.to = cell_text(c->b, cell);
		build_add(c->b, event);
	}
	*watch = (struct watch){cell, c->at};
}

/* A priority that is not there was not recorded. Words that mean the same are no change. */
static void
compare_priority(struct comparison *c, const int64_t *row)
{
	int64_t cell = row_cell(c->b, row, FIELD_PRIORITY);
	const char *to = priority_word(c->b, cell), *from = priority_word(c->b, c->priority.cell);
	struct event event;

	if (!cell_known(cell))
		return;
	if (to != from) {
		event = difference(c, &c->priority, EVENT_PRIORITY);
		event.has_from = c->priority.cell != CELL_ABSENT;
		event.from = from;
		event.to = to;
		build_add(c->b, event);
	}
	c->priority = (struct watch){cell, c->at};
}

static void
compare_status(struct comparison *c, const int64_t *row)
{
	int64_t cell = row_cell(c->b, row, FIELD_STATUS);
	struct event event;

	if (!cell_known(cell))
		return;
	if (cell != c->status.cell) {
		event = difference(c, &c->status, EVENT_STATUS);
		event.has_from = c->status.cell != CELL_ABSENT;
		event.from = cell_text(c->b, c->status.cell);
		event.to = cell_text(c->b, cell);
		build_status(c->b, event, cell_state(c->b, cell));
	}
	c->status = (struct watch){cell, c->at};
}

struct comparison *
comparison_new(struct builder *b)
{
	struct comparison *c = arena_calloc(&b->arena, 1, sizeof(*c));
	struct watch unknown = {CELL_ABSENT, INSTANT_NONE};

	c->b = b;
	c->owner = c->team = c->status = c->priority = unknown;
	c->previous = INSTANT_NONE;
	return c;
}

void
compare_row(struct comparison *c, const int64_t *row)
{
	c->at = row_cell(c->b, row, FIELD_AT);
	compare_priority(c, row);
	compare_holder(c, &c->team, FIELD_TEAM, row, EVENT_TEAM);
	compare_holder(c, &c->owner, FIELD_OWNER, row, EVENT_OWNER);
	compare_status(c, row);
	c->previous = c->at;
}
