/* rows_ticket.c: a ticket's own row, with its final values and the dates of its ends */
#include "ingest/build.h"

int64_t
build_final_at(const struct builder *b)
{
	int64_t at = cell_instant(row_cell(b, b->final, FIELD_AT));

	return at != INSTANT_NONE ? at : b->ingest->as_of;
}

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
 * The ends, as far as no history has told of them. A ticket that is open again has had them
 * before an instant that nothing tells: then its dates are left to psa.
 */
static void
add_ends(struct builder *b, const char *word, enum state final)
{
	int64_t resolved = cell_instant(last_cell(b, FIELD_RESOLVED));
	int64_t closed = cell_instant(last_cell(b, FIELD_CLOSED));
	bool both = resolved != INSTANT_NONE && closed != INSTANT_NONE;
	int64_t since = b->state_since > b->opened ? b->state_since : b->opened;

	if (!state_is_ended(final) || b->state == final)
		return;
	if (resolved != INSTANT_NONE && resolved >= since && !(both && resolved > closed) &&
	    !state_is_ended(b->state))
		add_end(b, resolved, final == STATE_RESOLVED ? word : NULL, STATE_RESOLVED);
	if (closed != INSTANT_NONE && closed >= since && final != STATE_RESOLVED)
		add_end(b, closed, word, final);
}

static enum state
final_state(const struct builder *b)
{
	int64_t status = row_cell(b, b->final, FIELD_STATUS);

	if (cell_known(status))
		return cell_state(b, status);
	if (cell_known(last_cell(b, FIELD_CLOSED)))
		return STATE_CLOSED;
	return cell_known(last_cell(b, FIELD_RESOLVED)) ? STATE_RESOLVED : STATE_NONE;
}

/*
 * What the row shows of one value. A history that records every change and told of none says
 * that it has been so since the opening; where its last change leads elsewhere, or there is no
 * history, the row is a snapshot: true at its instant at the latest.
 */
static void
add_shown(struct builder *b, enum event_kind kind, enum evidence evidence, const char *value,
    const struct carried *last, int64_t at)
{
	bool told = (b->told >> evidence & 1) != 0;
	struct event event;

	if (!last->known) {
		if (value == NULL || (!told && at == INSTANT_NONE))
			return;
		event = told ? event_at(kind, b->opened) : seen_at(kind, at, b->opened);
	} else {
		if (at == INSTANT_NONE || at < last->at || text_same(value, last->text))
			return;
		event = seen_at(kind, at, last->at);
		event.has_from = true;
		event.from = last->text;
	}
	event.to = value;
	build_add(b, event);
}

static void
add_holders(struct builder *b, int64_t at)
{
	const int64_t *row = b->final;
	int64_t team = row_cell(b, row, FIELD_TEAM), owner = row_cell(b, row, FIELD_OWNER);
	const char *priority = priority_word(b, row_cell(b, row, FIELD_PRIORITY));

	if (priority != NULL)
		add_shown(b, EVENT_PRIORITY, EVIDENCE_PRIORITY, priority, &b->priority_word, at);
	if (team != CELL_ABSENT)
		add_shown(b, EVENT_TEAM, EVIDENCE_TEAM, cell_text(b, team), &b->team, at);
	if (owner != CELL_ABSENT)
		add_shown(b, EVENT_OWNER, EVIDENCE_OWNER, cell_text(b, owner), &b->owner, at);
}

/* A history of states that told of none: it has been in that one since the opening. */
static void
add_unchanged(struct builder *b, const char *word, enum state final)
{
	bool told = (b->told >> EVIDENCE_STATUS & 1) != 0;
	struct event event = event_at(EVENT_STATUS, b->opened);

	if (!told || b->status_word.known || word == NULL || state_is_ended(final))
		return;
	event.to = word;
	build_status(b, event, final);
	b->status_word = (struct carried){true, word, b->opened};
}

static void
add_present(struct builder *b, const char *word, enum state final, int64_t at)
{
	int64_t after = b->state_since != INSTANT_NONE ? b->state_since : b->opened;
	struct event event;

	if (b->status_word.known && b->status_word.at > after)
		after = b->status_word.at;
	if (word == NULL || (final != STATE_NONE && final == b->state) || at < after ||
	    (final == STATE_NONE && text_same(word, b->status_word.text)))
		return;
	event = seen_at(EVENT_STATUS, at, after);
	event.to = word;
	if (b->status_word.known) {
		event.has_from = true;
		event.from = b->status_word.text;
	}
	build_status(b, event, final);
}

/* The last due instant of the metric that a row says the ticket was opened with. */
static int64_t
due_of(const struct builder *b, enum metric metric)
{
	const struct map_part *part;
	size_t i, j;

	for (i = b->nrows; i > b->nevents; i--) {
		part = row_part(b, b->rows[i - 1]);
		for (j = 0; j < part->nslots; j++)
			if (part->slots[j].field == FIELD_DUE && part->slots[j].metric == metric &&
			    cell_known(b->rows[i - 1][j + 1]))
				return b->rows[i - 1][j + 1];
	}
	return INSTANT_NONE;
}

static void
add_dues(struct builder *b)
{
	struct event event = event_at(EVENT_DUE, b->opened);
	int metric;

	event.has_from = true; /* null: before the opening nothing was promised */
	for (metric = 1; metric < METRICS; metric++) {
		event.metric = (uint8_t)metric;
		event.to_at = due_of(b, (enum metric)metric);
		if (event.to_at != INSTANT_NONE)
			build_add(b, event);
	}
}

/*
 * Whether there is a gap between the opening and the first evidence: what is claimed, and no
 * history tells, is shown by a row of a later instant; or only such rows tell of the ticket.
 */
static bool
is_shown_late(const struct builder *b)
{
	unsigned claims = b->ticket.has &
	    (1U << EVIDENCE_OWNER | 1U << EVIDENCE_TEAM | 1U << EVIDENCE_STATUS |
		1U << EVIDENCE_PRIORITY);
	int64_t at;

	if (build_is_unmatched(b))
		return true;
	if (b->final != NULL) {
		at = build_final_at(b);
		return at != INSTANT_NONE && at > b->opened &&
		    (b->told == 0 || (claims & ~b->told) != 0);
	}
	return b->nevents > 0 && row_part(b, b->rows[0])->rows == ROW_SNAPSHOT &&
	    row_cell(b, b->rows[0], FIELD_AT) > b->opened;
}

void
build_opening(struct builder *b)
{
	struct event opened = event_at(EVENT_OPENED, b->opened);

	if (b->opening)
		return;
	opened.by = cell_text(b, last_cell(b, FIELD_OPENED_BY));
	opened.inferred = is_shown_late(b);
	opened.state = (uint8_t)b->first_state;
	build_add(b, opened);
}

/* Of several rows with one id the last counts. */
void
build_final_row(struct builder *b)
{
	const char *word = cell_text(b, row_cell(b, b->final, FIELD_STATUS));
	enum state final = final_state(b);
	int64_t at = build_final_at(b);

	add_dues(b);
	add_unchanged(b, word, final);
	add_ends(b, word, final);
	add_holders(b, at);
	if (at != INSTANT_NONE)
		add_present(b, word, final, at);
	else if (state_is_ended(final) && b->state != final)
		b->ingest->endless++;
	/* Without an event that says so the state is still what the row shows. */
	b->state = final != STATE_NONE ? final : b->state;
}
