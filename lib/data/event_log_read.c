/* event_log_read.c: the stream's second form, read back to the first */
#include "base/mem.h"
#include "base/num.h"
#include "data/csv_reader.h"
#include "data/event_log.h"
#include "data/scan.h"
#include "out/json_writer.h"

#include <string.h>

enum column {
#define TICKET(name) COL_##name,
#define EVENT(name)  COL_##name,
#define KEPT(name)   COL_##name,
#include "data/event_log.def"
#undef TICKET
#undef EVENT
#undef KEPT
	COLUMNS
};

static const char *const names[] = {
#define TICKET(name) #name,
#define EVENT(name)  #name,
#define KEPT(name)   #name,
#include "data/event_log.def"
#undef TICKET
#undef EVENT
#undef KEPT
};

/* How a column's text becomes the value of a JSON member. */
enum shape { SKIP, TEXT, NUMBER, FLAG, WORDS, JSON };

struct event_log {
	struct input *input;
	struct rejects *rejects;
	struct csv_reader *csv;
	size_t places[COLUMNS]; /* index of the field + 1; 0: the file has no such column */
	size_t nfields;
	bool started;
	struct buf source, id; /* of the ticket that is being gathered */
	struct buf head, psa, events;
	struct buf raw;         /* its rows, for --rejects */
	int64_t of, seen, line; /* rows it must have, has, and where it begins */
	bool gathering, faulty;
	int64_t refused;
	struct scan scan;
	struct csv_row row;
	bool row_waits; /* row is the first of the next ticket */
};

struct event_log *
event_log_new(struct input *input, struct rejects *rejects)
{
	struct event_log *log = mem_calloc(1, sizeof(*log));

	log->input = input;
	log->rejects = rejects;
	log->csv = csv_reader_new(input, (struct csv_options){0});
	return log;
}

void
event_log_free(struct event_log *log)
{
	if (log == NULL)
		return;
	csv_reader_free(log->csv);
	buf_free(&log->source);
	buf_free(&log->id);
	buf_free(&log->head);
	buf_free(&log->psa);
	buf_free(&log->events);
	buf_free(&log->raw);
	scan_free(&log->scan);
	mem_free(log);
}

int64_t
event_log_refused(struct event_log *log)
{
	int64_t refused = log->refused;

	log->refused = 0;
	return refused;
}

static struct slice
cell(const struct event_log *log, enum column column)
{
	size_t place = log->places[column];

	if (place == 0 || place > log->row.nfields)
		return (struct slice){NULL, 0};
	return log->row.fields[place - 1];
}

static int
read_header(struct event_log *log)
{
	static const enum column needed[] = {COL_id, COL_seq, COL_of, COL_at, COL_kind};
	struct place place = {log->input->name, log->row.line, 0};
	size_t i, j;

	for (i = 0; i < log->row.nfields; i++)
		for (j = 0; j < COLUMNS; j++)
			if (log->places[j] == 0 && slice_eqz(log->row.fields[i], names[j]))
				log->places[j] = i + 1;
	log->nfields = log->row.nfields;
	for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (log->places[needed[i]] == 0)
			return diag(DIAG_BAD_HEADER, place,
			    "an event log needs the columns id, seq, of, at and kind: no `%s` "
			    "(a PSA's own CSV goes through sla-ingest first)",
			    names[needed[i]]);
	return 0;
}

static void
write_words(struct json_writer *w, const char *key, struct slice words)
{
	size_t i = 0, start;

	jsonw_open(w, key, '[');
	while (i < words.n) {
		while (i < words.n && words.p[i] == ' ')
			i++;
		start = i;
		while (i < words.n && words.p[i] != ' ')
			i++;
		if (i > start)
			jsonw_slice(w, NULL, (struct slice){words.p + start, i - start});
	}
	jsonw_close(w, ']');
}

/* False where the cell is not what the column holds. */
static bool
write_cell(struct event_log *log, struct json_writer *w, const char *key, enum column column,
    enum shape shape)
{
	struct slice text = cell(log, column);
	int64_t number;

	switch (shape) {
	case TEXT:
		jsonw_slice(w, key, text);
		return true;
	case NUMBER:
		if (!num_i64(text, &number))
			return false;
		jsonw_i64(w, key, number);
		return true;
	case FLAG:
		jsonw_bool(w, key, true);
		return slice_eqz(text, "true");
	case WORDS:
		write_words(w, key, text);
		return true;
	case JSON:
		jsonw_raw(w, key, text);
		return scan_value(&log->scan, text);
	default:
		return true;
	}
}

static enum shape
ticket_shape(enum column column)
{
	switch (column) {
	case COL_seq:
	case COL_of:
	case COL_psa: /* written behind `has`, as ingest writes it */
		return SKIP;
	case COL_category:
	case COL_assignees:
		return JSON;
	case COL_has:
		return WORDS;
	default:
		return TEXT;
	}
}

/* Members that sla-stream(5) has always, null where unknown. */
static bool
is_core(enum column column)
{
	return column == COL_source || column == COL_id ||
	    (column >= COL_title && column <= COL_closed);
}

static bool
write_ticket_cell(struct event_log *log, struct json_writer *w, enum column column)
{
	enum shape shape = ticket_shape(column);

	if (shape == SKIP)
		return true;
	if (cell(log, column).p != NULL || shape == WORDS)
		return write_cell(log, w, names[column], column, shape);
	if (is_core(column))
		jsonw_null(w, names[column]);
	return true;
}

static const char *
write_head(struct event_log *log)
{
	struct json_writer w = json_writer_to(&log->head);
	const char *fault = NULL;

	jsonw_open(&w, NULL, '{');
	jsonw_i64(&w, "v", 1);
#define TICKET(name)                                 \
	if (!write_ticket_cell(log, &w, COL_##name)) \
		fault = "column " #name " is not what an event log holds there";
#define EVENT(name)
#define KEPT(name)
#include "data/event_log.def"
#undef TICKET
#undef EVENT
#undef KEPT
	if (cell(log, COL_psa).p != NULL && !write_cell(log, &w, "psa", COL_psa, JSON))
		fault = "column psa is not JSON";
	return fault;
}

/* An unquoted empty cell is a member that is absent; a quoted one is null. */
static bool
write_end(struct event_log *log, struct json_writer *w, enum column column)
{
	struct slice text = cell(log, column);

	if (text.p == NULL)
		return true;
	if (text.n == 0) {
		jsonw_null(w, names[column]);
		return true;
	}
	return write_cell(log, w, names[column], column, TEXT);
}

static bool
write_known(struct event_log *log, struct json_writer *w, const char *key, enum column column,
    enum shape shape)
{
	if (cell(log, column).n == 0)
		return true;
	return write_cell(log, w, key, column, shape);
}

static bool
write_event(struct event_log *log)
{
	struct json_writer w = json_writer_to(&log->events);
	bool sound = true;

	w.comma = log->events.n > 0;
	jsonw_open(&w, NULL, '{');
	sound &= write_known(log, &w, "at", COL_at, TEXT);
	sound &= write_known(log, &w, "kind", COL_kind, TEXT);
	sound &= write_known(log, &w, "by", COL_by, TEXT);
	sound &= write_known(log, &w, "role", COL_role, TEXT);
	sound &= write_known(log, &w, "metric", COL_metric, TEXT);
	sound &= write_end(log, &w, COL_from);
	sound &= write_end(log, &w, COL_to);
	sound &= write_known(log, &w, "state", COL_event_state, TEXT);
	sound &= write_known(log, &w, "visibility", COL_visibility, TEXT);
	sound &= write_known(log, &w, "auto", COL_automatic, FLAG);
	sound &= write_known(log, &w, "bot", COL_bot, FLAG);
	sound &= write_known(log, &w, "text", COL_text, TEXT);
	sound &= write_known(log, &w, "seconds", COL_seconds, NUMBER);
	sound &= write_known(log, &w, "inferred", COL_inferred, FLAG);
	sound &= write_known(log, &w, "after", COL_after, TEXT);
	jsonw_close(&w, '}');
	return sound;
}

static void
refuse(struct event_log *log, enum diag_id id, const char *what)
{
	struct place place = {log->input->name, log->line, 0};

	rejects_add(log->rejects, id, place, buf_slice(&log->raw), "%s", what);
	log->refused++;
	log->faulty = true;
}

static void
begin(struct event_log *log)
{
	struct slice source = cell(log, COL_source), id = cell(log, COL_id);
	const char *fault;

	buf_clear(&log->source);
	buf_clear(&log->id);
	buf_clear(&log->head);
	buf_clear(&log->events);
	buf_clear(&log->raw);
	buf_adds(&log->source, source);
	buf_adds(&log->id, id);
	buf_adds(&log->raw, log->row.raw);
	log->gathering = true;
	log->faulty = false;
	log->line = log->row.line;
	log->seen = 0;
	fault = write_head(log);
	if (!num_i64(cell(log, COL_of), &log->of) || log->of < 0)
		fault = "column of is not a count";
	if (fault != NULL)
		refuse(log, DIAG_BAD_MEMBER, fault);
}

static bool
belongs(const struct event_log *log)
{
	return log->gathering && slice_eq(cell(log, COL_id), buf_slice(&log->id)) &&
	    slice_eq(cell(log, COL_source), buf_slice(&log->source));
}

static void
gather(struct event_log *log)
{
	int64_t seq = -1;

	if (log->seen > 0 || log->raw.n == 0)
		buf_adds(&log->raw, log->row.raw);
	if (log->faulty)
		return;
	num_i64(cell(log, COL_seq), &seq);
	if (log->of == 0 && seq == 0) {
		log->seen = 0; /* a ticket without events has one row all the same */
		return;
	}
	if (seq != ++log->seen || seq > log->of)
		refuse(log, DIAG_TICKET_APART,
		    "its rows are apart or missing: sort by source, id and seq first");
	else if (!write_event(log))
		refuse(log, DIAG_BAD_MEMBER, "an event's column is not what an event log holds");
}

/* The ticket gathered so far is whole, or refused: 1 a line, 0 nothing. */
static int
finish(struct event_log *log, struct buf *line, int64_t *number)
{
	if (!log->gathering)
		return 0;
	log->gathering = false;
	if (!log->faulty && log->seen != log->of)
		refuse(log, DIAG_TICKET_APART,
		    "its rows are apart or missing: sort by source, id and seq first");
	if (log->faulty)
		return 0;
	buf_clear(line);
	buf_adds(line, buf_slice(&log->head));
	buf_addz(line, ",\"events\":[");
	buf_adds(line, buf_slice(&log->events));
	buf_addz(line, "]}");
	*number = log->line;
	return 1;
}

static struct place
place_of_row(const struct event_log *log, enum diag_id id)
{
	struct place place = {log->input->name, log->row.line, 0};

	if (id == DIAG_BAD_CSV && log->row.error_line > 0) {
		place.line = log->row.error_line;
		place.column = log->row.error_column;
	}
	return place;
}

static void
refuse_row(struct event_log *log, enum diag_id id, const char *what)
{
	rejects_add(log->rejects, id, place_of_row(log, id), log->row.raw, "%s", what);
	log->refused++;
}

/* The next row with a ticket's event: 1, 0 at the end, -1. */
static int
next_row(struct event_log *log)
{
	if (log->row_waits) {
		log->row_waits = false;
		return 1;
	}
	for (;;) {
		switch (csv_reader_next(log->csv, &log->row)) {
		case CSV_END:
			return 0;
		case CSV_FAILED:
			return -1;
		case CSV_BLANK:
			continue;
		case CSV_REFUSED:
			if (!log->started)
				return diag(DIAG_BAD_CSV, place_of_row(log, DIAG_BAD_CSV),
				    "%s: the file is a ticket stream in neither form",
				    log->row.error);
			refuse_row(log, DIAG_BAD_CSV, log->row.error);
			continue;
		case CSV_ROW:
			break;
		}
		if (!log->started) {
			log->started = true;
			if (read_header(log) == -1)
				return -1;
		} else if (log->row.nfields != log->nfields) {
			refuse_row(log, DIAG_ROW_LENGTH, "row with a wrong number of fields");
		} else {
			return 1;
		}
	}
}

int
event_log_next(struct event_log *log, struct buf *line, int64_t *number)
{
	int got;

	for (;;) {
		got = next_row(log);
		if (got == -1)
			return -1;
		if (got == 1 && belongs(log)) {
			gather(log);
			continue;
		}
		log->row_waits = got == 1;
		if (finish(log, line, number) == 1)
			return 1;
		if (got == 0)
			return 0;
		log->row_waits = false;
		begin(log);
		gather(log);
	}
}
