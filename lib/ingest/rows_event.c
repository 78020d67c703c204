/* rows_event.c: rows that are an event each */
#include "ingest/build.h"

#include <string.h>

/* Where the walk through the events stands. */
struct event_walk {
	struct builder *b;
	const int64_t *row;
};

/* Which lookups the cell goes through, 0 for none. */
static int64_t
ref_of(int64_t cell)
{
	return cell >> CELL_REF_SHIFT & 0xFF;
}

/* Whether the cell goes through lookups, and those have no name for it. */
static bool
is_nameless(const struct builder *b, int64_t cell)
{
	return ref_of(cell) != 0 && (uint32_t)rows_resolve(b->ingest, cell) == (uint32_t)cell;
}

/*
 * Ids are compared, not the names that lookups give: but where the two are ids of different kinds,
 * such as a user's number and her login, only the names can tell, if there are both.
 */
static enum role
role_by_contact(const struct builder *b, int64_t by)
{
	int64_t contact = last_cell(b, FIELD_CONTACT);
	const char *who, *client;

	if (!cell_known(by) || !cell_known(contact))
		return ROLE_NONE;
	if ((uint32_t)by == (uint32_t)contact)
		return ROLE_CLIENT;
	if (ref_of(by) == ref_of(contact))
		return ROLE_AGENT;
	who = cell_text(b, by);
	client = cell_text(b, contact);
	if (who == NULL || client == NULL)
		return ROLE_NONE;
	if (strcmp(who, client) == 0)
		return ROLE_CLIENT;
	return is_nameless(b, by) || is_nameless(b, contact) ? ROLE_NONE : ROLE_AGENT;
}

static struct event
begin_event(const struct event_walk *in, enum event_kind kind)
{
	const struct builder *b = in->b;
	struct event event = event_at(kind, row_cell(b, in->row, FIELD_AT));

	event.by = cell_text(b, row_cell(b, in->row, FIELD_BY));
	event.role = (uint8_t)rows_value(b->ingest, TABLE_ROLES, row_cell(b, in->row, FIELD_ROLE));
	if (event.role == 0 && row_part(b, in->row)->client_is_contact)
		event.role = (uint8_t)role_by_contact(b, row_cell(b, in->row, FIELD_BY));
	return event;
}

/* nobody: a missing `from` says that there was nobody, where the map has the column. */
static void
set_from(const struct event_walk *in, struct event *event, const char *from,
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
add_change(struct event_walk *in, enum event_kind kind, struct carried *carried)
{
	struct event event = begin_event(in, kind);

	event.to = cell_text(in->b, row_cell(in->b, in->row, FIELD_TO));
	set_from(in, &event, cell_text(in->b, row_cell(in->b, in->row, FIELD_FROM)), carried,
	    kind != EVENT_ESCALATED);
	build_add(in->b, event);
	if (carried != NULL)
		*carried = (struct carried){true, event.to, event.at};
}

static void
add_priority(struct event_walk *in)
{
	struct event event = begin_event(in, EVENT_PRIORITY);
	int64_t to = row_cell(in->b, in->row, FIELD_TO);

	if (!cell_known(to))
		return;
	event.to = priority_word(in->b, to);
	set_from(in, &event, priority_word(in->b, row_cell(in->b, in->row, FIELD_FROM)),
	    &in->b->priority_word, false);
	build_add(in->b, event);
	in->b->priority_word = (struct carried){true, event.to, event.at};
	in->b->priority = cell_text(in->b, to);
	in->b->ticket.priority = (enum priority)rows_value(in->b->ingest, TABLE_PRIORITIES, to);
}

/* given: the state that the kind itself means (resolved, closed, reopened), else STATE_NONE. */
static void
add_status(struct event_walk *in, enum state given)
{
	struct event event = begin_event(in, EVENT_STATUS);
	int64_t to = row_cell(in->b, in->row, FIELD_TO);

	event.to = cell_text(in->b, to);
	set_from(in, &event, cell_text(in->b, row_cell(in->b, in->row, FIELD_FROM)),
	    &in->b->status_word, false);
	if (given == STATE_NONE)
		given = cell_state(in->b, to);
	if (in->b->state == STATE_NONE && !in->b->status_word.known) {
		in->b->first_state = cell_state(in->b, row_cell(in->b, in->row, FIELD_FROM));
		in->b->state = in->b->first_state;
	}
	build_status(in->b, event, given);
	if (event.to != NULL)
		in->b->status_word = (struct carried){true, in->b->status = event.to, event.at};
}

static void
add_message(struct event_walk *in)
{
	struct builder *b = in->b;
	struct event event = begin_event(in, EVENT_MESSAGE);

	event.visibility = (uint8_t)rows_value(
	    b->ingest, TABLE_VISIBILITIES, row_cell(b, in->row, FIELD_VISIBILITY));
	event.automatic = row_cell(b, in->row, FIELD_AUTO) == 2;
	event.bot = row_cell(b, in->row, FIELD_BOT) == 2;
	event.text = cell_text(b, row_cell(b, in->row, FIELD_TEXT));
	build_add(b, event);
}

static void
add_work(struct event_walk *in)
{
	struct event event = begin_event(in, EVENT_WORK);
	int64_t seconds = row_cell(in->b, in->row, FIELD_SECONDS);

	int64_t started = row_cell(in->b, in->row, FIELD_STARTED);
	int64_t ended = row_cell(in->b, in->row, FIELD_ENDED);

	if (!cell_known(seconds) && cell_known(started) && cell_known(ended))
		seconds = ended - started;
	event.seconds = cell_known(seconds) && seconds >= 0 ? seconds : -1;
	build_add(in->b, event);
}

/* due, promise, scheduled: their ends are instants. */
static void
add_instants(struct event_walk *in, enum event_kind kind)
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
add_opened(struct event_walk *in)
{
	struct builder *b = in->b;
	struct event event = begin_event(in, EVENT_OPENED);
	int64_t to = row_cell(b, in->row, FIELD_TO);

	if (b->opening)
		return;
	b->opening = true;
	if (!cell_known(last_cell(b, FIELD_OPENED)))
		b->opened = event.at;
	event.at = b->opened;
	event.state = (uint8_t)cell_state(b, to);
	if (event.state != STATE_NONE) {
		b->state = (enum state)event.state;
		b->state_since = event.at;
	}
	if (cell_known(to))
		b->status_word = (struct carried){true, b->status = cell_text(b, to), event.at};
	build_add(b, event);
}

static void
add_row(struct event_walk *in, enum event_kind kind)
{
	switch (kind) {
	case EVENT_OPENED:
		add_opened(in);
		break;
	case EVENT_OWNER:
		add_change(in, kind, &in->b->owner);
		break;
	case EVENT_TEAM:
		add_change(in, kind, &in->b->team);
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

struct event_walk *
walk_events(struct builder *b)
{
	struct event_walk *walk = arena_calloc(&b->arena, 1, sizeof(*walk));

	walk->b = b;
	return walk;
}

void
walk_event(struct event_walk *walk, const int64_t *row)
{
	struct builder *b = walk->b;

	walk->row = row;
	add_row(walk,
	    (enum event_kind)rows_value(b->ingest, TABLE_KINDS, row_cell(b, row, FIELD_KIND)));
	b->ticket.owner = b->owner.text;
	b->ticket.team = b->team.text;
}
