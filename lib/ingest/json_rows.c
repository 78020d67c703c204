/* json_rows.c: the records of a JSON export, whatever is around them */
#include "ingest/json_rows.h"

#include <stdio.h>

#define READ_SIZE   ((size_t)128 * 1024)
/* A record, or a member beside the records, that is larger is not one. */
#define VALUE_LIMIT ((size_t)64 << 20)

/* Members that hold records, in the systems that we know. */
static const char *const envelopes[] = {"data", "items", "item", "tickets", "ticket", "result",
    "results", "issues", "values", "incidents", "getticketlist", "getticketconversationlist",
    "getticketnotelist", "audits", "audit", "ticket_events", "ticket_metric_events",
    "ticket_metrics", "comments", "conversations", "notes", "actions", "activities",
    "activities_data", "time_entries", "history", "tickethistory", "ticket_timers",
    "helpdesk_ticket"};

static bool
begins(struct slice start)
{
	if (start.n >= 3 && memcmp(start.p, "\xEF\xBB\xBF", 3) == 0)
		start = (struct slice){start.p + 3, start.n - 3};
	start = slice_trim(start);
	return start.n > 0 && (*start.p == '[' || *start.p == '{');
}

bool
json_rows_fit(struct slice start)
{
	struct buf utf8 = {0};
	bool fits = charset_start(start, &utf8) ? begins(buf_slice(&utf8)) : begins(start);

	buf_free(&utf8);
	return fits;
}

static int64_t
read_some(struct json_rows *r, char *p)
{
	return r->charset != NULL ? charset_read(r->charset, p, READ_SIZE)
				  : input_read(r->input, p, READ_SIZE);
}

/* The byte `ahead` of what is consumed; -1 at the end, and where reading failed. */
static int
byte_at(struct json_rows *r, size_t ahead)
{
	int64_t got;

	while (r->at + ahead >= r->buf.n) {
		if (r->ended || ahead > VALUE_LIMIT)
			return -1;
		buf_reserve(&r->buf, READ_SIZE);
		got = read_some(r, r->buf.p + r->buf.n);
		r->ended = got <= 0;
		r->failed = got == -1;
		r->buf.n += got > 0 ? (size_t)got : 0;
	}
	return (unsigned char)r->buf.p[r->at + ahead];
}

static bool
is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Columns count characters, so the later bytes of one do not. */
static void
consume(struct json_rows *r, size_t n)
{
	const char *p = r->buf.p + r->at;
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] == '\n') {
			r->line++;
			r->column = 1;
		} else if ((p[i] & 0xC0) != 0x80) {
			r->column++;
		}
	}
	r->at += n;
}

/* What was handed out is dropped, so that only one record is ever kept. */
static void
drop_consumed(struct json_rows *r)
{
	if (r->at < READ_SIZE && r->at < r->buf.n)
		return;
	r->buf.n -= r->at;
	if (r->buf.n > 0)
		memmove(r->buf.p, r->buf.p + r->at, r->buf.n);
	r->at = 0;
}

static size_t
skip_blanks(struct json_rows *r, size_t at)
{
	while (is_blank(byte_at(r, at)))
		at++;
	return at;
}

/* A byte order mark before a value at the top: each page may have one. It is no character. */
static bool
skip_mark(struct json_rows *r)
{
	if (r->depth > 0 || byte_at(r, 0) != 0xEF || byte_at(r, 1) != 0xBB || byte_at(r, 2) != 0xBF)
		return false;
	r->at += 3;
	return true;
}

static enum json_result
fail(struct json_rows *r, size_t at, const char *what)
{
	if (byte_at(r, at) != -1)
		consume(r, at);
	else
		what = at > VALUE_LIMIT ? "a value of more than 64 MiB"
					: "the file ends inside a value";
	r->error = what;
	return JSON_ROWS_FAILED;
}

/* Behind the string that begins at `at`; 0 where it does not end. */
static size_t
string_end(struct json_rows *r, size_t at)
{
	int c;

	for (at++; (c = byte_at(r, at)) != '"'; at++) {
		if (c == -1)
			return 0;
		if (c == '\\')
			at++;
	}
	return at + 1;
}

/* Behind the value that begins at `at`; 0 where it does not end. Its inside is not checked. */
static size_t
value_end(struct json_rows *r, size_t at)
{
	size_t depth = 0;
	int c;

	for (;;) {
		c = byte_at(r, at);
		if (c == '"') {
			at = string_end(r, at);
			if (at == 0)
				return 0;
			if (depth == 0)
				return at;
			continue;
		}
		if (depth == 0 && (c == -1 || c == ',' || c == ']' || c == '}' || is_blank(c)))
			return at;
		if (c == -1)
			return 0;
		depth += c == '[' || c == '{';
		at++;
		if ((c == ']' || c == '}') && --depth == 0)
			return at;
	}
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
same_name(struct slice a, struct slice b)
{
	size_t i;

	if (a.n != b.n)
		return false;
	for (i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

static bool
is_among(const struct slice *names, size_t n, struct slice key)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (same_name(names[i], key))
			return true;
	return false;
}

/* Whether a member with that key and first byte holds records. */
static bool
is_envelope(const struct json_rows *r, struct slice key, int first)
{
	size_t i;

	if (first != '[' && first != '{')
		return false;
	for (i = 0; i < sizeof(envelopes) / sizeof(*envelopes); i++)
		if (same_name(key, slice_z(envelopes[i])))
			return true;
	return is_among(r->names.lists, r->names.nlists, key);
}

/* Goes into the container that stands next. */
static bool
enter(struct json_rows *r, const char *name)
{
	if (r->depth == JSON_ROWS_DEPTH)
		return false;
	r->list++;
	snprintf(r->open[r->depth].name, JSON_ROWS_NAME, "%s", name);
	r->open[r->depth].object = byte_at(r, 0) == '{';
	r->open[r->depth++].filled = false;
	consume(r, 1);
	return true;
}

/* What the object that stands next is; at: its end, or the value that holds the records. */
enum shape { SHAPE_RECORD, SHAPE_ENVELOPE, SHAPE_BROKEN };

/* A member of an object: its key, the offset of its value. False where it is broken. */
static bool
read_key(struct json_rows *r, size_t *at, struct slice *key)
{
	size_t start = *at, end;

	if (byte_at(r, start) != '"')
		return false;
	end = string_end(r, start);
	if (end == 0)
		return false;
	*at = skip_blanks(r, end);
	if (byte_at(r, *at) != ':')
		return false;
	*at = skip_blanks(r, *at + 1);
	byte_at(r, *at); /* may move the buffer: the key is taken behind it */
	*key = (struct slice){r->buf.p + r->at + start + 1, end - start - 2};
	return true;
}

/* A name that is too long for its place is none. */
static void
keep_name(char *name, struct slice key)
{
	snprintf(name, JSON_ROWS_NAME, "%.*s", key.n < JSON_ROWS_NAME ? (int)key.n : 0,
	    key.n > 0 ? key.p : "");
}

/* name: gets that of the member which holds the records. */
static enum shape
shape_of(struct json_rows *r, size_t *at, char *name)
{
	bool record = false;
	struct slice key;
	size_t end;
	int c;

	for (*at = skip_blanks(r, 1); byte_at(r, *at) != '}'; *at = skip_blanks(r, *at + 1)) {
		if (!read_key(r, at, &key))
			return SHAPE_BROKEN;
		c = byte_at(r, *at);
		record = record || is_among(r->names.ids, r->names.nids, key);
		if (!record && is_envelope(r, key, c)) {
			keep_name(name, key);
			return SHAPE_ENVELOPE;
		}
		end = value_end(r, *at);
		if (end == 0)
			return SHAPE_BROKEN;
		*at = skip_blanks(r, end);
		if (byte_at(r, *at) == '}')
			break;
		if (byte_at(r, *at) != ',')
			return SHAPE_BROKEN;
	}
	(*at)++;
	return SHAPE_RECORD;
}

static enum json_result
hand_out(struct json_rows *r, size_t end, struct slice *record)
{
	r->found_line = r->line;
	r->found_column = r->column;
	*record = (struct slice){r->buf.p + r->at, end};
	if (r->depth > 0)
		r->open[r->depth - 1].filled = true;
	consume(r, end);
	return JSON_ROWS_RECORD;
}

static enum json_result take_object(struct json_rows *r, struct slice *record, const char *name);

/* A member of an envelope that holds records: one, or a list of them, which is entered. */
static enum json_result
take_list(struct json_rows *r, struct slice *record, const char *name)
{
	if (byte_at(r, 0) == '{')
		return take_object(r, record, name);
	return enter(r, name) ? JSON_ROWS_END : fail(r, 0, "nested too deep");
}

/* The rest of an envelope behind a list: another one, else counts and pages, which are skipped. */
static enum json_result
leave_object(struct json_rows *r, struct slice *record)
{
	char name[JSON_ROWS_NAME];
	struct slice key;
	size_t at = 0, end;

	while (byte_at(r, at) == ',') {
		at = skip_blanks(r, at + 1);
		if (!read_key(r, &at, &key))
			return fail(r, at, "a member is wanted here");
		if (r->names.all && is_envelope(r, key, byte_at(r, at))) {
			keep_name(name, key);
			consume(r, at);
			return take_list(r, record, name);
		}
		end = value_end(r, at);
		if (end == 0)
			return fail(r, at, "a value that does not end");
		consume(r, skip_blanks(r, end));
		drop_consumed(r);
		at = 0;
	}
	if (byte_at(r, at) != '}')
		return fail(r, at, "a comma or a closing brace is wanted here");
	consume(r, 1);
	r->depth--;
	return JSON_ROWS_END;
}

/* A map that names a member which is an object wants that object, whatever is in it. */
static enum shape
shape_under(struct json_rows *r, const char *name, size_t *end, char *inner)
{
	if (*name == '\0' || !is_among(r->names.lists, r->names.nlists, slice_z(name)))
		return shape_of(r, end, inner);
	*end = value_end(r, 0);
	return *end == 0 ? SHAPE_BROKEN : SHAPE_RECORD;
}

/* An object among the records, or around them. JSON_ROWS_END: it was entered. */
static enum json_result
take_object(struct json_rows *r, struct slice *record, const char *name)
{
	char inner[JSON_ROWS_NAME];
	size_t end;

	switch (shape_under(r, name, &end, inner)) {
	case SHAPE_RECORD:
		r->list++;
		snprintf(r->single, sizeof(r->single), "%s", name);
		r->in = r->single;
		return hand_out(r, end, record);
	case SHAPE_BROKEN:
		return fail(r, end, "a key with a colon, or a value, is wanted here");
	case SHAPE_ENVELOPE:
		break;
	}
	if (!enter(r, name))
		return fail(r, 0, "nested too deep");
	consume(r, end - 1);
	return take_list(r, record, inner);
}

/* Inside an array: the next element, or its end (JSON_ROWS_END). */
static enum json_result
take_element(struct json_rows *r, struct slice *record)
{
	size_t end;

	if (byte_at(r, 0) == ']') {
		r->depth--;
		consume(r, 1);
		return JSON_ROWS_END;
	}
	if (r->open[r->depth - 1].filled) {
		if (byte_at(r, 0) != ',')
			return fail(r, 0, "a comma or a closing bracket is wanted here");
		consume(r, skip_blanks(r, 1));
	}
	end = value_end(r, 0);
	if (end == 0 && (byte_at(r, 0) == ',' || byte_at(r, 0) == ']' || byte_at(r, 0) == '}'))
		return fail(r, 0, "a value is wanted here");
	if (end == 0 || byte_at(r, 0) == -1)
		return fail(r, r->buf.n - r->at, "a value that does not end");
	r->in = r->open[r->depth - 1].name;
	if (*r->in != '\0' && byte_at(r, 0) != '{') {
		/* A list of ids whose records stand beside it. */
		r->open[r->depth - 1].filled = true;
		consume(r, end);
		return JSON_ROWS_END;
	}
	return hand_out(r, end, record);
}

static enum json_result
take_next(struct json_rows *r, struct slice *record)
{
	int c = byte_at(r, 0);

	if (r->depth > 0 && r->open[r->depth - 1].object)
		return leave_object(r, record);
	if (r->depth > 0)
		return take_element(r, record);
	if (c == '{')
		return take_object(r, record, "");
	if (c != '[')
		return fail(r, 0, "an object or an array is wanted here");
	return enter(r, "") ? JSON_ROWS_END : fail(r, 0, "nested too deep");
}

enum json_result
json_rows_next(struct json_rows *r, struct slice *record)
{
	enum json_result result = JSON_ROWS_END;

	if (!r->began) {
		r->began = true;
		r->line = r->column = 1;
	}
	while (result == JSON_ROWS_END) {
		drop_consumed(r);
		consume(r, skip_blanks(r, 0));
		if (skip_mark(r))
			continue;
		if (byte_at(r, 0) == -1 && r->depth == 0)
			return r->failed ? JSON_ROWS_FAILED : JSON_ROWS_END;
		result = take_next(r, record);
	}
	return result;
}

void
json_rows_free(struct json_rows *rows)
{
	buf_free(&rows->buf);
}
