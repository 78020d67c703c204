/* csv_reader.c: rows of a CSV file, read strictly through libcsv */
#include "data/csv_reader.h"

#include "base/buf.h"
#include "base/mem.h"
#include "data/charset.h"
#include "data/csv_form.h"

#include <csv.h>
#include <string.h>

#define CHUNK_SIZE  ((size_t)64 * 1024)
#define FIELD_LIMIT ((size_t)16 << 20)
#define ROW_LIMIT   ((size_t)64 << 20)
#define NOT_THERE   SIZE_MAX
#define MARK        "\xEF\xBB\xBF" /* the byte order mark in UTF-8 */
#define SMALL       ((size_t)16)   /* fields up to this size are copied in one move */

/* The next place of a byte in the buffer, remembered so that no byte is searched twice. */
struct search {
	char byte;
	size_t at;       /* NOT_THERE where there is none before `searched` */
	size_t searched; /* offset up to which the buffer is known */
};

struct csv_reader {
	struct input *input;
	struct csv_options options;
	struct csv_parser parser;
	size_t chunk;
	bool ended;    /* the input has no more bytes */
	bool skipping; /* the rest of a line that was too long is to be dropped */
	/* Bytes as they came, those of the present row at least. */
	struct buf bytes;
	size_t row;  /* where the present row begins */
	size_t next; /* where the physical line to come begins */
	int64_t row_line, next_line;
	struct search lf, cr;
	/* What libcsv made of the present row. */
	char *text;
	size_t ntext, text_cap;
	struct slice *fields;
	size_t nfields, fields_cap;
	bool complete;
	const char *fault; /* why it will be refused although its quotes are sound */
	int64_t fault_line, fault_column;
	size_t long_field; /* the first field beyond the limit, or NOT_THERE */
};

/* A field, and the physical line on which it begins. */
struct spot {
	size_t at, line_start;
	int64_t line;
};

/* libcsv would trim blanks: RFC 4180, section 2.4 has them belong to the field. */
static int
never_blank(unsigned char c)
{
	(void)c;
	return 0;
}

static void *
resize(void *p, size_t size)
{
	return mem_grow(p, size, 1);
}

static void
start_parser(struct csv_reader *reader)
{
	csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
	csv_set_delim(&reader->parser, (unsigned char)reader->options.delimiter);
	csv_set_space_func(&reader->parser, never_blank);
	csv_set_realloc_func(&reader->parser, resize);
	csv_set_free_func(&reader->parser, mem_free);
	csv_set_blk_size(&reader->parser, CHUNK_SIZE);
}

struct csv_reader *
csv_reader_new(struct input *input, struct csv_options options)
{
	struct csv_reader *reader = mem_calloc(1, sizeof(*reader));

	if (options.delimiter == '\0')
		options.delimiter = ',';
	if (options.field_limit == 0)
		options.field_limit = FIELD_LIMIT;
	if (options.row_limit == 0)
		options.row_limit = ROW_LIMIT;
	reader->input = input;
	reader->options = options;
	reader->chunk = CHUNK_SIZE;
	reader->next_line = 1;
	reader->lf = (struct search){'\n', NOT_THERE, 0};
	reader->cr = (struct search){'\r', NOT_THERE, 0};
	start_parser(reader);
	return reader;
}

void
csv_reader_chunk(struct csv_reader *reader, size_t size)
{
	reader->chunk = size;
}

void
csv_reader_free(struct csv_reader *reader)
{
	if (reader == NULL)
		return;
	csv_free(&reader->parser);
	buf_free(&reader->bytes);
	mem_free(reader->text);
	mem_free(reader->fields);
	mem_free(reader);
}

static void
take_field(void *p, size_t n, void *data)
{
	struct csv_reader *reader = data;
	char *to = reader->text + reader->ntext;
	size_t i = reader->nfields++;

	if (i == reader->fields_cap)
		reader->fields =
		    mem_push(reader->fields, i, &reader->fields_cap, sizeof(*reader->fields));
	reader->fields[i] = (struct slice){p != NULL ? to : NULL, n};
	if (p == NULL)
		return;
	if (n <= SMALL) /* what is copied too much lies within libcsv's block and our room */
		memcpy(to, p, SMALL);
	else
		memcpy(to, p, n);
	to[n] = '\0';
	reader->ntext += n + 1;
	if (n > reader->options.field_limit && reader->long_field == NOT_THERE)
		reader->long_field = i;
}

static void
end_row(int byte, void *data)
{
	struct csv_reader *reader = data;

	(void)byte;
	reader->complete = true;
}

/*
 * Room for the fields of a row of n bytes: each field's NUL stands where a delimiter or line
 * end stood, and the quotes are left out. Fields taken before move along.
 */
static void
reserve_text(struct csv_reader *reader, size_t n)
{
	size_t need = n + 2 + SMALL, i;
	char *text;

	if (need <= reader->text_cap)
		return;
	reader->text_cap = need > CHUNK_SIZE / 2 ? need * 2 : CHUNK_SIZE;
	text = mem_alloc(reader->text_cap);
	if (reader->ntext > 0)
		memcpy(text, reader->text, reader->ntext);
	for (i = 0; i < reader->nfields; i++)
		if (reader->fields[i].p != NULL)
			reader->fields[i].p = text + (reader->fields[i].p - reader->text);
	mem_free(reader->text);
	reader->text = text;
}

/* Drops `n` bytes in front of a search's buffer. */
static void
shift_search(struct search *search, size_t n)
{
	search->searched -= search->searched < n ? search->searched : n;
	if (search->at != NOT_THERE)
		search->at = search->at < n ? NOT_THERE : search->at - n;
}

/* More bytes behind the buffer's: 1, 0 at the end, -1 after a diagnostic. */
static int
fill(struct csv_reader *reader)
{
	struct buf *bytes = &reader->bytes;
	size_t drop = reader->row;
	int64_t got;

	if (drop > 0) {
		bytes->n -= drop;
		memmove(bytes->p, bytes->p + drop, bytes->n);
		reader->row = 0;
		reader->next -= drop;
		shift_search(&reader->lf, drop);
		shift_search(&reader->cr, drop);
	}
	buf_reserve(bytes, reader->chunk);
	if (reader->options.charset != NULL)
		got = charset_read(reader->options.charset, bytes->p + bytes->n, reader->chunk);
	else
		got = input_read(reader->input, bytes->p + bytes->n, reader->chunk);
	if (got > 0)
		bytes->n += (size_t)got;
	reader->ended = got == 0;
	return got > 0 ? 1 : (int)got;
}

/* The first place of the byte at or behind `from`, or NOT_THERE. */
static inline size_t
find(struct search *search, const struct buf *bytes, size_t from)
{
	const char *p;

	if (search->at != NOT_THERE && search->at >= from)
		return search->at;
	if (search->searched > from)
		from = search->searched;
	p = from < bytes->n ? memchr(bytes->p + from, search->byte, bytes->n - from) : NULL;
	search->at = p != NULL ? (size_t)(p - bytes->p) : NOT_THERE;
	search->searched = p != NULL ? search->at + 1 : bytes->n;
	return search->at;
}

/*
 * The offset behind the physical line at reader->next, its LF, CRLF or CR included; NOT_THERE
 * where more bytes are needed to tell.
 */
static size_t
line_end(struct csv_reader *reader)
{
	const struct buf *bytes = &reader->bytes;
	size_t lf = find(&reader->lf, bytes, reader->next);
	size_t cr = find(&reader->cr, bytes, reader->next);

	if (cr < lf) {
		if (cr + 1 < bytes->n)
			return bytes->p[cr + 1] == '\n' ? cr + 2 : cr + 1;
		return reader->ended ? cr + 1 : NOT_THERE;
	}
	if (lf != NOT_THERE)
		return lf + 1;
	return reader->ended ? bytes->n : NOT_THERE;
}

static bool
ends_in_cr(const struct buf *bytes)
{
	return bytes->n > 0 && bytes->p[bytes->n - 1] == '\r';
}

/* Drops the rest of a line that was too long. -1 after a diagnostic. */
static int
skip_line(struct csv_reader *reader)
{
	size_t end;

	while ((end = line_end(reader)) == NOT_THERE) {
		reader->next = reader->bytes.n - (ends_in_cr(&reader->bytes) ? 1 : 0);
		reader->row = reader->next;
		if (fill(reader) == -1)
			return -1;
	}
	reader->next = end;
	reader->next_line++;
	reader->skipping = false;
	return 0;
}

/* Characters (UTF-8 sequences) from `from` up to `to`, and one. */
static int64_t
column_of(const char *from, const char *to)
{
	int64_t column = 1;

	for (; from < to; from++)
		if (((unsigned char)*from & 0xC0) != 0x80)
			column++;
	return column;
}

/* The field that holds the byte at offset `upto`, all fields before being sound. */
static struct spot
field_at(const struct csv_reader *reader, size_t upto)
{
	struct spot spot = {reader->row, reader->row, reader->row_line};
	size_t i, start = reader->row;
	int64_t line = reader->row_line;
	const char *p = reader->bytes.p;
	bool quoted = false;

	for (i = reader->row; i < upto; i++) {
		if (p[i] == '"') {
			quoted = !quoted;
		} else if (p[i] == reader->options.delimiter && !quoted) {
			spot = (struct spot){i + 1, start, line};
		} else if (p[i] == '\n' ||
		    (p[i] == '\r' && (i + 1 == reader->bytes.n || p[i + 1] != '\n'))) {
			line++;
			start = i + 1;
		}
	}
	return spot;
}

static enum csv_result
refuse(struct csv_reader *reader, struct csv_row *row, const char *what)
{
	size_t n = reader->next - reader->row;

	row->raw = (struct slice){reader->bytes.p + reader->row, n};
	if (n > reader->options.row_limit)
		row->raw.n = reader->options.row_limit;
	row->line = reader->row_line;
	row->error = what;
	if (row->error_line == 0)
		row->error_line = reader->row_line;
	return CSV_REFUSED;
}

/*
 * Refuses a row whose quotes are wrong from offset `at` on. What came behind the line on which
 * the faulty field begins may be sound, only swallowed by its quote: it is read again. That
 * costs no more than reading everything twice: all the lines that an open quote swallows hold
 * an even number of quotes, so that none of them can swallow others in its turn.
 */
static enum csv_result
refuse_from(struct csv_reader *reader, struct csv_row *row, size_t at, const char *what)
{
	struct spot spot = field_at(reader, at);
	const char *p = reader->bytes.p;

	csv_free(&reader->parser);
	start_parser(reader);
	row->error_line = spot.line;
	row->error_column = column_of(p + spot.line_start, p + spot.at);
	reader->next = spot.at;
	reader->next_line = spot.line + 1;
	reader->lf = (struct search){'\n', NOT_THERE, spot.at};
	reader->cr = (struct search){'\r', NOT_THERE, spot.at};
	reader->next = line_end(reader);
	return refuse(reader, row, what);
}

/* libcsv stopped at offset `at`, in the physical line number reader->next_line. */
static enum csv_result
malformed(struct csv_reader *reader, struct csv_row *row, size_t at)
{
	struct spot spot = field_at(reader, at);
	const char *p = reader->bytes.p;
	enum csv_result result;

	if (spot.line != reader->next_line)
		return refuse_from(
		    reader, row, at, "a quote that is not closed where its field ends");
	result = refuse_from(reader, row, at,
	    p[spot.at] == '"' ? "text behind a closing quote"
			      : "a quote in a field that does not begin with one");
	row->error_column = column_of(p + spot.line_start, p + at);
	return result;
}

/* Notes what libcsv does not look at: the row is refused once it is complete. */
static void
check_bytes(struct csv_reader *reader, const char *p, size_t n)
{
	const char *nul = memchr(p, '\0', n);
	size_t i = 0, step;

	if (nul == NULL && utf8_valid(p, n))
		return;
	if (reader->fault != NULL)
		return;
	reader->fault = "a NUL byte";
	reader->fault_line = reader->next_line;
	if (nul == NULL) {
		reader->fault = "not UTF-8";
		while ((step = utf8_length(p + i, n - i)) > 0)
			i += step;
		nul = p + i;
	}
	reader->fault_column = column_of(p, nul);
}

/* The present row is complete. */
static enum csv_result
finish(struct csv_reader *reader, struct csv_row *row)
{
	row->fields = reader->fields;
	row->nfields = reader->nfields;
	row->line = reader->row_line;
	row->raw = (struct slice){reader->bytes.p + reader->row, reader->next - reader->row};
	if (reader->fault == NULL && reader->long_field == NOT_THERE)
		return CSV_ROW;
	if (reader->fault == NULL) {
		row->error_column =
		    csv_field_column(row, reader->options.delimiter, reader->long_field);
		reader->fault = "a field longer than the limit";
		reader->fault_line = reader->row_line;
		reader->fault_column = row->error_column;
	}
	row->error_line = reader->fault_line;
	row->error_column = reader->fault_column;
	row->nfields = 0;
	return refuse(reader, row, reader->fault);
}

/* More than row_limit bytes without an end. */
static enum csv_result
too_long(struct csv_reader *reader, struct csv_row *row, size_t end)
{
	if (reader->next > reader->row)
		return refuse_from(reader, row, reader->next,
		    "a quote that is not closed within the longest row allowed");
	reader->skipping = end == NOT_THERE;
	reader->next = end == NOT_THERE ? reader->bytes.n : end;
	reader->next_line += end == NOT_THERE ? 0 : 1;
	return refuse(reader, row, "a row longer than the limit");
}

/*
 * Looks for the end of the physical line to come: 1 with *end set, NOT_THERE where the row has
 * become too long before an end was seen; 0 where there is no line; -1 after a diagnostic.
 */
static int
next_line(struct csv_reader *reader, size_t *end)
{
	while ((*end = line_end(reader)) == NOT_THERE) {
		if (reader->bytes.n - reader->row > reader->options.row_limit &&
		    !ends_in_cr(&reader->bytes))
			return 1;
		if (fill(reader) == -1)
			return -1;
	}
	return *end > reader->next;
}

/* The next delimiter with a byte order mark behind it; n where there is none. */
static size_t
marked_delimiter(const char *p, size_t n, char delimiter)
{
	const char *hit = p;

	while ((hit = memchr(hit, 0xEF, n - (size_t)(hit - p))) != NULL) {
		if (hit > p && hit[-1] == delimiter && (size_t)(p + n - hit) >= 3 &&
		    memcmp(hit, MARK, 3) == 0)
			return (size_t)(hit - p) - 1;
		hit++;
	}
	return n;
}

/* A mark where a field begins, as files that were joined by columns have it, is not part of it. */
static size_t
parse(struct csv_reader *reader, const char *p, size_t n)
{
	size_t at = 0, upto, before;

	while ((upto = at + marked_delimiter(p + at, n - at, reader->options.delimiter)) < n) {
		at += csv_parse(&reader->parser, p + at, upto - at, take_field, end_row, reader);
		if (at < upto)
			return at;
		before = reader->nfields;
		if (csv_parse(&reader->parser, p + at, 1, take_field, end_row, reader) != 1)
			return at;
		at += reader->nfields > before ? 4 : 1;
	}
	return at + csv_parse(&reader->parser, p + at, n - at, take_field, end_row, reader);
}

/* Hands a physical line to libcsv. The offset at which it stopped, `end` where all is well. */
static size_t
feed(struct csv_reader *reader, size_t end)
{
	const char *p = reader->bytes.p + reader->next;
	size_t n = end - reader->next, used;

	check_bytes(reader, p, n);
	reserve_text(reader, end - reader->row);
	used = parse(reader, p, n);
	if (used == n && p[n - 1] != '\n' && p[n - 1] != '\r') /* the last line has no end */
		csv_parse(&reader->parser, "\n", 1, take_field, end_row, reader);
	return reader->next + used;
}

/* Finds the delimiter out from the first chunk. -1 after a diagnostic. */
static int
detect(struct csv_reader *reader)
{
	struct buf *bytes = &reader->bytes;

	while (!reader->ended && bytes->n < CHUNK_SIZE)
		if (fill(reader) == -1)
			return -1;
	reader->options.delimiter = csv_likely_delimiter(buf_slice(bytes));
	csv_set_delim(&reader->parser, (unsigned char)reader->options.delimiter);
	return 0;
}

char
csv_reader_delimiter(const struct csv_reader *reader)
{
	return reader->options.delimiter;
}

/* A byte order mark before a row, whose first line ends at `end`, is not part of it. */
static void
skip_bom(struct csv_reader *reader, size_t end)
{
	if (reader->next != reader->row || end - reader->next < 3 ||
	    memcmp(reader->bytes.p + reader->next, MARK, 3) != 0)
		return;
	reader->next += 3;
	reader->row += 3;
}

static int
begin_row(struct csv_reader *reader)
{
	if (reader->bytes.p == NULL && reader->options.detect && detect(reader) == -1)
		return -1;
	if (reader->skipping && skip_line(reader) == -1)
		return -1;
	reader->row = reader->next;
	reader->row_line = reader->next_line;
	reader->ntext = reader->nfields = 0;
	reader->complete = false;
	reader->fault = NULL;
	reader->long_field = NOT_THERE;
	return 0;
}

static bool
is_blank_line(const struct csv_reader *reader, size_t end)
{
	const char *p = reader->bytes.p + reader->next;

	return reader->next == reader->row && (*p == '\n' || *p == '\r') && end - reader->next <= 2;
}

enum csv_result
csv_reader_next(struct csv_reader *reader, struct csv_row *row)
{
	size_t end, stopped;
	int got;

	*row = (struct csv_row){0};
	if (begin_row(reader) == -1)
		return CSV_FAILED;
	while (!reader->complete) {
		got = next_line(reader, &end);
		if (got == -1)
			return CSV_FAILED;
		if (got == 0)
			return reader->next == reader->row
			    ? CSV_END
			    : refuse_from(reader, row, reader->next, "a quote that is not closed");
		if (end == NOT_THERE || end - reader->row > reader->options.row_limit)
			return too_long(reader, row, end);
		skip_bom(reader, end);
		if (end == reader->next && reader->next == reader->row)
			return CSV_END; /* nothing but a mark */
		if (is_blank_line(reader, end)) {
			row->line = reader->next_line++;
			row->raw = (struct slice){reader->bytes.p + reader->row, end - reader->row};
			reader->next = end;
			return CSV_BLANK;
		}
		stopped = feed(reader, end);
		if (stopped != end)
			return malformed(reader, row, stopped);
		reader->next = end;
		reader->next_line++;
	}
	return finish(reader, row);
}

int64_t
csv_field_column(const struct csv_row *row, char delimiter, size_t index)
{
	const char *p = row->raw.p, *end = p + row->raw.n;
	bool quoted = false;

	if (index >= row->nfields)
		return 0;
	for (; index > 0 && p < end; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (*p == delimiter && !quoted)
			index--;
		else if (*p == '\n' || *p == '\r')
			return 0;
	}
	return column_of(row->raw.p, p);
}
