/* json_rows.c: the records of a JSON export, whatever is around them */
#include "ingest/json_rows.h"

#include "data/walk.h"

#define READ_SIZE   ((size_t)128 * 1024)
/* A record, or a member beside the records, that is larger is not one. */
#define VALUE_LIMIT ((size_t)64 << 20)

/* Members that hold records, in the systems that we know; letters of either case. */
static const char *const envelopes[] = {"data", "items", "item", "tickets", "ticket", "result",
    "results", "issues", "values", "incidents", "getticketlist"};

bool
json_rows_fit(struct slice start)
{
	if (start.n >= 3 && memcmp(start.p, "\xEF\xBB\xBF", 3) == 0)
		start = (struct slice){start.p + 3, start.n - 3};
	start = slice_trim(start);
	return start.n > 0 && (*start.p == '[' || *start.p == '{');
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
		got = input_read(r->input, r->buf.p + r->buf.n, READ_SIZE);
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

static bool
is_envelope(struct slice key)
{
	size_t i, j;

	for (i = 0; i < sizeof(envelopes) / sizeof(*envelopes); i++) {
		for (j = 0; j < key.n && envelopes[i][j] != '\0'; j++)
			if ((key.p[j] >= 'A' && key.p[j] <= 'Z' ? key.p[j] + 32 : key.p[j]) !=
			    envelopes[i][j])
				break;
		if (j == key.n && envelopes[i][j] == '\0')
			return true;
	}
	return false;
}

/* Goes into the container that stands next. */
static bool
enter(struct json_rows *r)
{
	if (r->depth == JSON_ROWS_DEPTH)
		return false;
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

static enum shape
shape_of(struct json_rows *r, size_t *at)
{
	bool record = false;
	struct slice key;
	size_t end;
	int c;

	for (*at = skip_blanks(r, 1); byte_at(r, *at) != '}'; *at = skip_blanks(r, *at + 1)) {
		if (!read_key(r, at, &key))
			return SHAPE_BROKEN;
		c = byte_at(r, *at);
		record = record || slice_eq(key, r->id_key);
		if (!record && (c == '[' || c == '{') && is_envelope(key))
			return SHAPE_ENVELOPE;
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

/* The rest of an envelope behind its records: counts, pages, side-loaded lists. */
static enum json_result
leave_object(struct json_rows *r)
{
	struct slice key;
	size_t at = 0, end;

	while (byte_at(r, at) == ',') {
		at = skip_blanks(r, at + 1);
		if (!read_key(r, &at, &key))
			return fail(r, at, "a member is wanted here");
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

/* An object among the records, or around them. JSON_ROWS_END: it was entered. */
static enum json_result
take_object(struct json_rows *r, struct slice *record)
{
	size_t end;

	switch (shape_of(r, &end)) {
	case SHAPE_RECORD:
		return hand_out(r, end, record);
	case SHAPE_BROKEN:
		return fail(r, end, "a key with a colon, or a value, is wanted here");
	case SHAPE_ENVELOPE:
		break;
	}
	if (!enter(r))
		return fail(r, 0, "nested too deep");
	consume(r, end - 1);
	if (byte_at(r, 0) == '[' && !enter(r))
		return fail(r, 0, "nested too deep");
	return byte_at(r, 0) == '{' ? take_object(r, record) : JSON_ROWS_END;
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
	if (end == 0 || byte_at(r, 0) == -1)
		return fail(r, r->buf.n - r->at, "a value that does not end");
	return hand_out(r, end, record);
}

static enum json_result
take_next(struct json_rows *r, struct slice *record)
{
	int c = byte_at(r, 0);

	if (r->depth > 0 && r->open[r->depth - 1].object)
		return leave_object(r);
	if (r->depth > 0)
		return take_element(r, record);
	if (c == '{')
		return take_object(r, record);
	if (c != '[')
		return fail(r, 0, "an object or an array is wanted here");
	return enter(r) ? JSON_ROWS_END : fail(r, 0, "nested too deep");
}

enum json_result
json_rows_next(struct json_rows *r, struct slice *record)
{
	enum json_result result = JSON_ROWS_END;

	if (!r->began) {
		r->began = true;
		r->line = r->column = 1;
		if (byte_at(r, 0) == 0xEF && byte_at(r, 1) == 0xBB && byte_at(r, 2) == 0xBF)
			r->at = 3;
	}
	while (result == JSON_ROWS_END) {
		drop_consumed(r);
		consume(r, skip_blanks(r, 0));
		if (byte_at(r, 0) == -1 && r->depth == 0)
			return r->failed ? JSON_ROWS_FAILED : JSON_ROWS_END;
		result = take_next(r, record);
	}
	return result;
}

static void add_values(struct slice raw, struct slice path, struct buf *text, struct arena *arena);

/* Every element's value at the path, joined. */
static void
add_elements(struct slice raw, struct slice path, struct buf *text, struct arena *arena)
{
	struct walk walk = walk_into(raw, arena);

	while (walk_next(&walk))
		if (raw_type(walk.value) != JSON_ARRAY)
			add_values(walk.value, path, text, arena);
}

/* As far as the path leads through objects; *path is what is left of it. */
static struct slice
follow(struct slice raw, struct slice *path, struct arena *arena)
{
	struct slice name;
	const char *dot;

	while (path->n > 0 && raw_type(raw) == JSON_OBJECT) {
		dot = memchr(path->p, '.', path->n);
		name = (struct slice){path->p, dot != NULL ? (size_t)(dot - path->p) : path->n};
		raw = raw_get(raw, arena_text(arena, name), arena);
		*path = dot != NULL ? (struct slice){dot + 1, path->n - name.n - 1}
				    : (struct slice){path->p, 0};
	}
	return raw;
}

static void
add_values(struct slice raw, struct slice path, struct buf *text, struct arena *arena)
{
	struct slice value;

	raw = follow(raw, &path, arena);
	if (raw_type(raw) == JSON_ARRAY) {
		add_elements(raw, path, text, arena);
		return;
	}
	if (path.n > 0 || raw_type(raw) == JSON_NULL || raw_type(raw) == JSON_OBJECT)
		return;
	value = raw_type(raw) == JSON_TEXT ? raw_chars(raw, arena) : raw;
	if (slice_trim(value).n == 0)
		return;
	if (text->n > 0)
		buf_addz(text, ", ");
	buf_adds(text, value);
}

struct slice
json_rows_field(struct slice record, const char *path, struct arena *arena)
{
	struct slice rest = slice_z(path), way;
	struct buf text = {0};
	const char *bar, *kept = NULL;
	size_t n;

	do {
		bar = memchr(rest.p, '|', rest.n);
		way = (struct slice){rest.p, bar != NULL ? (size_t)(bar - rest.p) : rest.n};
		add_values(record, way, &text, arena);
		rest = bar != NULL ? (struct slice){bar + 1, rest.n - way.n - 1}
				   : (struct slice){rest.p, 0};
	} while (text.n == 0 && rest.n > 0);
	n = text.n;
	if (n > 0)
		kept = arena_text(arena, buf_slice(&text));
	buf_free(&text);
	return (struct slice){kept, n};
}

bool
json_rows_has(struct slice record, const char *path, struct arena *arena)
{
	struct slice rest = slice_z(path);
	struct slice value = follow(record, &rest, arena);

	return rest.n == 0 && value.n > 0;
}

void
json_rows_free(struct json_rows *rows)
{
	buf_free(&rows->buf);
}
