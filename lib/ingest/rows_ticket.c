/* rows_ticket.c: rows that are a ticket each, with its final values and the dates of its ends */
#include "ingest/build.h"

/* A change to a state at an instant that a column tells. */
static void
add_end(struct builder *b, int64_t at, const char *word, enum state state)
{
	struct event event = event_at(EVENT_STATUS, at);

	event.to = word;
	build_status(b, event, state);
}

/* An event that is only known to have happened by the row's own instant. */
static struct event
seen_at(enum event_kind kind, int64_t at, int64_t after)
{
	struct event event = event_at(kind, at);

	event.inferred = after < at && after != INSTANT_NONE;
	event.after = event.inferred ? after : INSTANT_NONE;
	return event;
}

/*
 * The ends. A ticket that is open again has had them before an instant that
 * nothing tells: then its dates are left to psa.
 */
static void
add_ends(struct builder *b, const int64_t *row, const char *word, enum state final)
{
	int64_t resolved = cell_instant(row_cell(b, row, FIELD_RESOLVED));
	int64_t closed = cell_instant(row_cell(b, row, FIELD_CLOSED));
	bool both = resolved != INSTANT_NONE && closed != INSTANT_NONE;

	if (!state_is_ended(final))
		return;
	if (resolved != INSTANT_NONE && resolved >= b->opened && !(both && resolved > closed))
		add_end(b, resolved, final == STATE_RESOLVED ? word : NULL, STATE_RESOLVED);
	if (closed != INSTANT_NONE && closed >= b->opened && final != STATE_RESOLVED)
		add_end(b, closed, word, final);
}

static enum state
final_state(const struct builder *b, const int64_t *row)
{
	int64_t status = row_cell(b, row, FIELD_STATUS);

	if (cell_known(status))
		return (enum state)rows_value(b->ingest, TABLE_STATES, status);
	if (cell_known(row_cell(b, row, FIELD_CLOSED)))
		return STATE_CLOSED;
	return cell_known(row_cell(b, row, FIELD_RESOLVED)) ? STATE_RESOLVED : STATE_NONE;
}

/* The row as a snapshot: only where it says as of when it is. */
static void
add_holders(struct builder *b, const int64_t *row, int64_t at)
{
	struct event event = seen_at(EVENT_PRIORITY, at, b->opened);

	event.to = priority_word(b, row_cell(b, row, FIELD_PRIORITY));
	if (event.to != NULL)
		build_add(b, event);
	event.kind = EVENT_TEAM;
	event.to = cell_text(b, row_cell(b, row, FIELD_TEAM));
	if (event.to != NULL)
		build_add(b, event);
	event.kind = EVENT_OWNER;
	event.to = cell_text(b, row_cell(b, row, FIELD_OWNER));
	if (event.to != NULL)
		build_add(b, event);
}

static void
add_present(struct builder *b, const char *word, enum state final, int64_t at)
{
	int64_t after = b->state_since != INSTANT_NONE ? b->state_since : b->opened;
	struct event event = seen_at(EVENT_STATUS, at, after);

	if (word == NULL || (final != STATE_NONE && final == b->state))
		return;
	event.to = word;
	build_status(b, event, final);
}

/* The due instants that the map says the ticket was opened with. */
static void
add_dues(struct builder *b, const int64_t *row)
{
	const struct map *map = b->ingest->map;
	struct event event = event_at(EVENT_DUE, b->opened);
	size_t i;

	event.has_from = true; /* null: before the opening nothing was promised */
	for (i = 0; i < map->nslots; i++) {
		if (map->slots[i].field != FIELD_DUE || !cell_known(row[i]))
			continue;
		event.metric = (uint8_t)map->slots[i].metric;
		event.to_at = row[i];
		build_add(b, event);
	}
}

/* Of several rows with one id the last counts. */
void
build_ticket_row(struct builder *b)
{
	const int64_t *row = b->rows[b->nrows - 1];
	const char *word = cell_text(b, row_cell(b, row, FIELD_STATUS));
	enum state final = final_state(b, row);
	int64_t at = cell_instant(row_cell(b, row, FIELD_AT));
	struct event opened;

	b->opened = cell_instant(row_cell(b, row, FIELD_OPENED));
	opened = event_at(EVENT_OPENED, b->opened);
	opened.by = cell_text(b, last_cell(b, FIELD_OPENED_BY));
	opened.inferred = at != INSTANT_NONE && at > b->opened;
	build_add(b, opened);
	add_dues(b, row);
	add_ends(b, row, word, final);
	if (at != INSTANT_NONE) {
		add_holders(b, row, at);
		add_present(b, word, final, at);
	} else if (state_is_ended(final) && b->state != final) {
		b->ingest->endless++;
	}
	/* Without an event that says so the state is still what the row shows. */
	b->state = final;
}
