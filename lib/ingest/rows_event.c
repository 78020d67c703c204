/* rows_event.c: rows that are an event each */
#include "ingest/build.h"

/* The last known value of one kind: histories without old values get it as `from`. */
struct carried {
	bool known;
	const char *text;
};

struct events_in {
	struct builder *b;
	struct carried owner, team, status, priority;
	const int64_t *row;
	bool opened;
};

static struct event
begin_event(const struct events_in *in, enum event_kind kind)
{
	const struct builder *b = in->b;
	struct event event = event_at(kind, row_cell(b, in->row, FIELD_AT));

	event.by = cell_text(b, row_cell(b, in->row, FIELD_BY));
	event.role = (uint8_t)rows_value(b->ingest, TABLE_ROLES, row_cell(b, in->row, FIELD_ROLE));
	return event;
}

/* nobody: a missing `from` says that there was nobody, where the map has the column. */
static void
set_from(const struct events_in *in, struct event *event, const char *from,
    const struct carried *carried, bool nobody)
{
	int64_t cell = row_cell(in->b, in->row, FIELD_FROM);

	if (cell_known(cell) || (cell == CELL_NONE && nobody)) {
		event->has_from = true;
		event->from = from;
	} else if (cell == CELL_ABSENT && carried != NULL && carried->known) {
		event->has_from = true;
		event->from = carried->text;
	}
}

static void
add_change(struct events_in *in, enum event_kind kind, struct carried *carried)
{
	struct event event = begin_event(in, kind);

	event.to = cell_text(in->b, row_cell(in->b, in->row, FIELD_TO));
	set_from(in, &event, cell_text(in->b, row_cell(in->b, in->row, FIELD_FROM)), carried,
	    kind != EVENT_ESCALATED);
	build_add(in->b, event);
	if (carried != NULL)
		*carried = (struct carried){true, event.to};
}

static void
add_priority(struct events_in *in)
{
	struct event event = begin_event(in, EVENT_PRIORITY);
	int64_t to = row_cell(in->b, in->row, FIELD_TO);

	if (!cell_known(to))
		return;
	event.to = priority_word(in->b, to);
	set_from(in, &event, priority_word(in->b, row_cell(in->b, in->row, FIELD_FROM)),
	    &in->priority, false);
	build_add(in->b, event);
	in->priority = (struct carried){true, event.to};
	in->b->priority = cell_text(in->b, to);
	in->b->ticket.priority = (enum priority)rows_value(in->b->ingest, TABLE_PRIORITIES, to);
}

/* given: the state that the kind itself means (resolved, closed, reopened), else STATE_NONE. */
static void
add_status(struct events_in *in, enum state given)
{
	struct event event = begin_event(in, EVENT_STATUS);
	int64_t to = row_cell(in->b, in->row, FIELD_TO);

	event.to = cell_text(in->b, to);
	set_from(
	    in, &event, cell_text(in->b, row_cell(in->b, in->row, FIELD_FROM)), &in->status, false);
	if (given == STATE_NONE)
		given = (enum state)rows_value(in->b->ingest, TABLE_STATES, to);
	build_status(in->b, event, given);
	if (event.to != NULL)
		in->status = (struct carried){true, in->b->status = event.to};
}

static void
add_message(struct events_in *in)
{
	struct builder *b = in->b;
	struct event event = begin_event(in, EVENT_MESSAGE);

	event.visibility = (uint8_t)rows_value(
	    b->ingest, TABLE_VISIBILITIES, row_cell(b, in->row, FIELD_VISIBILITY));
	event.automatic = row_cell(b, in->row, FIELD_AUTO) == 2;
	event.bot = row_cell(b, in->row, FIELD_BOT) == 2;
	build_add(b, event);
}

static void
add_work(struct events_in *in)
{
	struct event event = begin_event(in, EVENT_WORK);
	int64_t seconds = row_cell(in->b, in->row, FIELD_SECONDS);

	event.seconds = cell_known(seconds) && seconds >= 0 ? seconds : -1;
	build_add(in->b, event);
}

/* due, promise, scheduled: their ends are instants. */
static void
add_instants(struct events_in *in, enum event_kind kind)
{
	struct event event = begin_event(in, kind);
	int64_t from = row_cell(in->b, in->row, FIELD_FROM);

	event.to_at = cell_instant(row_cell(in->b, in->row, FIELD_TO));
	event.from_at = cell_instant(from);
	event.has_from = kind == EVENT_DUE && from != CELL_ABSENT;
	event.metric = (uint8_t)rows_value(
	    in->b->ingest, TABLE_METRICS, row_cell(in->b, in->row, FIELD_METRIC));
	build_add(in->b, event);
}

/* A ticket opens once: at the column's instant, else at the first row of that kind. */
static void
add_opened(struct events_in *in)
{
	struct builder *b = in->b;
	struct event event = begin_event(in, EVENT_OPENED);
	int64_t to = row_cell(b, in->row, FIELD_TO);

	if (in->opened)
		return;
	in->opened = true;
	if (b->ingest->map->slot_of[FIELD_OPENED] == -1 || !cell_known(last_cell(b, FIELD_OPENED)))
		b->opened = event.at;
	event.at = b->opened;
	event.state = (uint8_t)rows_value(b->ingest, TABLE_STATES, to);
	if (event.state != STATE_NONE) {
		b->state = (enum state)event.state;
		b->state_since = event.at;
	}
	if (cell_known(to))
		in->status = (struct carried){true, b->status = cell_text(b, to)};
	build_add(b, event);
}

static void
add_row(struct events_in *in, enum event_kind kind)
{
	switch (kind) {
	case EVENT_OPENED:
		add_opened(in);
		break;
	case EVENT_OWNER:
		add_change(in, kind, &in->owner);
		break;
	case EVENT_TEAM:
		add_change(in, kind, &in->team);
		break;
	case EVENT_ASSIGNEE:
	case EVENT_ESCALATED:
		add_change(in, kind, NULL);
		break;
	case EVENT_PRIORITY:
		add_priority(in);
		break;
	case EVENT_STATUS:
		add_status(in, STATE_NONE);
		break;
	case EVENT_RESOLVED:
		add_status(in, STATE_RESOLVED);
		break;
	case EVENT_CLOSED:
		add_status(in, STATE_CLOSED);
		break;
	case EVENT_REOPENED:
		add_status(in, STATE_OPEN);
		break;
	case EVENT_MESSAGE:
		add_message(in);
		break;
	case EVENT_WORK:
		add_work(in);
		break;
	case EVENT_DUE:
	case EVENT_PROMISE:
	case EVENT_SCHEDULED:
		add_instants(in, kind);
		break;
	default:
		break;
	}
}

void
build_events(struct builder *b)
{
	struct events_in in = {.b = b};
	struct event opened;
	size_t i;

	for (i = 0; i < b->nrows; i++) {
		in.row = b->rows[i];
		add_row(&in,
		    (enum event_kind)rows_value(
			b->ingest, TABLE_KINDS, row_cell(b, in.row, FIELD_KIND)));
	}
	if (!in.opened) {
		opened = event_at(EVENT_OPENED, b->opened);
		opened.by = cell_text(b, last_cell(b, FIELD_OPENED_BY));
		build_add(b, opened);
	}
	b->ticket.owner = in.owner.text;
	b->ticket.team = in.team.text;
}
