/* stream.c: tickets in, line by line, from either form of the stream */
#include "data/stream.h"

#include "base/hash.h"
#include "base/input.h"
#include "base/mem.h"
#include "data/event_log.h"
#include "data/json.h"
#include "data/ticket_json.h"

#include <string.h>

struct stream_reader {
	char *const *files;
	size_t nfiles, next_file;
	enum stream_form asked, form; /* form: of the open file */
	struct rejects *rejects;
	struct input input;
	struct lines lines;
	struct event_log *log; /* while the open file is CSV */
	bool file_open;
	struct scan scan;
	struct arena arena, scratch;
	struct buf line;    /* a ticket of the CSV form, as NDJSON */
	int64_t since_seal; /* tickets handed out since the last seal */
	struct stream_counts counts;
	bool digests;
	struct stream_input *inputs;
	size_t inputs_cap;
};

static char *const standard_input[] = {(char[]){"-"}};

struct stream_reader *
stream_reader_new(char *const *files, size_t nfiles, enum stream_form form, struct rejects *rejects)
{
	struct stream_reader *reader = mem_calloc(1, sizeof(*reader));

	reader->files = nfiles > 0 ? files : standard_input;
	reader->nfiles = nfiles > 0 ? nfiles : 1;
	reader->asked = form;
	reader->rejects = rejects;
	reader->scan.split = "events";
	return reader;
}

const struct stream_counts *
stream_counts(const struct stream_reader *reader)
{
	return &reader->counts;
}

void
stream_digest(struct stream_reader *reader)
{
	reader->digests = true;
}

/* The open file has come to its end. */
static void
keep_digest(struct stream_reader *reader)
{
	struct stream_counts *counts = &reader->counts;
	struct stream_input *input;
	bool standard = strcmp(reader->files[reader->next_file - 1], "-") == 0;

	if (reader->input.digest == NULL)
		return;
	reader->inputs =
	    mem_push(reader->inputs, counts->ninputs, &reader->inputs_cap, sizeof(*input));
	counts->inputs = reader->inputs;
	input = &reader->inputs[counts->ninputs++];
	input->name = standard ? "standard input" : reader->input.name;
	hash_run_end(reader->input.digest, input->digest);
	reader->input.digest = NULL;
}

static void
close_file(struct stream_reader *reader)
{
	hash_run_free(reader->input.digest);
	reader->input.digest = NULL;
	event_log_free(reader->log);
	reader->log = NULL;
	input_close(&reader->input);
	reader->file_open = false;
}

void
stream_reader_free(struct stream_reader *reader)
{
	if (reader == NULL)
		return;
	close_file(reader);
	lines_free(&reader->lines);
	mem_free(reader->inputs);
	scan_free(&reader->scan);
	arena_free(&reader->arena);
	arena_free(&reader->scratch);
	buf_free(&reader->line);
	mem_free(reader);
}

/* A stream begins with `{`; a header row of the event log does not. */
static int
guess_form(struct stream_reader *reader)
{
	struct slice start;

	reader->form = reader->asked;
	if (reader->form != STREAM_GUESS)
		return 0;
	if (input_peek(&reader->input, 1, &start) == -1)
		return -1;
	if (start.n >= 3 && memcmp(start.p, "\xEF\xBB\xBF", 3) == 0)
		start = (struct slice){start.p + 3, start.n - 3};
	start = slice_trim(start);
	reader->form = start.n == 0 || start.p[0] == '{' ? STREAM_NDJSON : STREAM_CSV;
	return 0;
}

static int
open_next(struct stream_reader *reader)
{
	if (input_open(&reader->input, reader->files[reader->next_file++]) == -1)
		return -1;
	reader->file_open = true;
	if (reader->digests)
		reader->input.digest = hash_run_new();
	lines_start(&reader->lines, &reader->input);
	if (guess_form(reader) == -1)
		return -1;
	if (reader->form == STREAM_CSV)
		reader->log = event_log_new(&reader->input, reader->rejects);
	return 0;
}

static void
refuse(struct stream_reader *reader, struct record *record, enum diag_id id, size_t at,
    const char *what)
{
	struct place place = place_of(record->place.file, record->line, at);

	place.line = record->place.line;
	rejects_add(reader->rejects, id, place, record->line, "%s", what);
	reader->counts.refused++;
}

static void
refuse_member(struct stream_reader *reader, struct record *record, const struct ticket_fault *fault)
{
	char what[256];
	struct buf text = {0};
	size_t i, n = 0;

	for (i = 0; i < record->scan->nmembers; i++)
		if (record->scan->members[i].start <= fault->at &&
		    fault->at < record->scan->members[i].end)
			n = i + 1;
	if (n > 0)
		buf_addf(&text, "`%.*s` ", (int)(record->scan->members[n - 1].key.n & 63),
		    record->scan->members[n - 1].key.p);
	buf_addz(&text, fault->what);
	strncpy(what, buf_z(&text), sizeof(what) - 1);
	what[sizeof(what) - 1] = '\0';
	buf_free(&text);
	refuse(reader, record, DIAG_BAD_MEMBER, fault->at, what);
}

/* A seal: {"v":1,"end":{"tickets":N,"refused":M}}. */
static void
check_seal(struct stream_reader *reader, struct record *record, const struct member *end)
{
	const struct json *object = json_parse_scanned(&reader->arena, end->value);
	int64_t tickets = -1, refused = 0;

	json_i64(json_get(object, "tickets"), &tickets);
	json_i64(json_get(object, "refused"), &refused);
	reader->counts.sealed = !reader->counts.broken;
	if (tickets != reader->since_seal) {
		diag(DIAG_SEAL_BROKEN, record->place,
		    "it counts %lld tickets, %lld came: part of the stream is missing",
		    (long long)tickets, (long long)reader->since_seal);
		reader->counts.broken = true;
		reader->counts.sealed = false;
	}
	reader->counts.refused += refused;
	reader->since_seal = 0;
}

/* 1 a ticket, 0 a line that is none (a seal, or refused). */
static int
read_line(struct stream_reader *reader, struct record *record)
{
	const struct member *one;
	struct ticket_fault fault;

	arena_reset(&reader->arena);
	record->scan = &reader->scan;
	record->arena = &reader->arena;
	if (!scan_line(&reader->scan, record->line)) {
		refuse(reader, record, DIAG_BAD_JSON, reader->scan.error_at, reader->scan.error);
		reader->since_seal++; /* the stage before did write it */
		return 0;
	}
	one = scan_find(&reader->scan, "end");
	if (one != NULL && scan_find(&reader->scan, "id") == NULL) {
		check_seal(reader, record, one);
		return 0;
	}
	reader->counts.sealed = false;
	reader->since_seal++;
	if (!ticket_from_scan(&reader->scan, &reader->arena, &record->ticket, &fault)) {
		refuse_member(reader, record, &fault);
		return 0;
	}
	one = scan_find(&reader->scan, "ownership");
	record->ownership = one != NULL ? one->value : (struct slice){NULL, 0};
	one = scan_find(&reader->scan, "risk");
	record->risk = one != NULL ? one->value : (struct slice){NULL, 0};
	reader->counts.tickets++;
	return 1;
}

static bool
is_blank_line(struct slice line)
{
	return slice_trim(line).n == 0;
}

/* The next line of the open file into record: 1, 0 at its end, -1. */
static int
next_line(struct stream_reader *reader, struct record *record)
{
	int got;

	record->place = (struct place){reader->input.name, 0, 0};
	if (reader->form == STREAM_CSV) {
		got = event_log_next(reader->log, &reader->line, &record->place.line);
		reader->counts.refused += event_log_refused(reader->log);
		record->line = buf_slice(&reader->line);
		return got;
	}
	do
		got = lines_next(&reader->lines, &record->line);
	while (got == 1 && is_blank_line(record->line));
	record->place.line = reader->lines.number;
	if (got == 1 && reader->lines.number == 1 && record->line.n >= 3 &&
	    memcmp(record->line.p, "\xEF\xBB\xBF", 3) == 0)
		record->line = (struct slice){record->line.p + 3, record->line.n - 3};
	return got;
}

int
stream_peek(struct stream_reader *reader, size_t want, struct slice *start)
{
	*start = (struct slice){NULL, 0};
	if (!reader->file_open && reader->next_file < reader->nfiles && open_next(reader) == -1)
		return -1;
	return reader->file_open ? input_peek(&reader->input, want, start) : 0;
}

int
stream_next(struct stream_reader *reader, struct record *record)
{
	int got;

	for (;;) {
		if (!reader->file_open) {
			if (reader->next_file == reader->nfiles)
				return 0;
			if (open_next(reader) == -1)
				return -1;
		}
		got = next_line(reader, record);
		if (got == -1)
			return -1;
		if (got == 0) {
			keep_digest(reader);
			close_file(reader);
		} else if (read_line(reader, record) == 1) {
			return 1;
		}
	}
}

bool
stream_read_events(struct stream_reader *reader, struct record *record)
{
	struct ticket_fault fault;

	if (ticket_events_from_scan(
		&reader->scan, &reader->arena, &reader->scratch, &record->ticket, &fault))
		return true;
	refuse_member(reader, record, &fault);
	reader->counts.tickets--;
	return false;
}

void
stream_write_line(struct buf *out, const struct record *record)
{
	buf_adds(out, record->line);
	buf_addc(out, '\n');
}

/* Bytes [*from, *to) of the line are the old member with one comma beside it. */
static void
find_old(const struct record *record, const char *key, size_t *from, size_t *to)
{
	const struct member *members = record->scan->members;
	size_t i, n = record->scan->nmembers;

	*from = *to = record->scan->object_end;
	for (i = 0; i < n; i++)
		if (slice_eqz(members[i].key, key)) {
			*from = i > 0 ? members[i - 1].end : members[i].start;
			*to = i > 0 || i + 1 == n ? members[i].end : members[i + 1].start;
			return;
		}
}

void
stream_write_annotated(
    struct buf *out, const struct record *record, const char *key, struct slice json)
{
	const char *line = record->line.p;
	size_t from, to, end = record->scan->object_end;

	find_old(record, key, &from, &to);
	buf_add(out, line, from);
	buf_add(out, line + to, end - to);
	buf_add(out, ",\"", 2);
	buf_addz(out, key);
	buf_add(out, "\":", 2);
	buf_adds(out, json);
	buf_add(out, line + end, record->line.n - end);
	buf_addc(out, '\n');
}

void
stream_write_seal(struct buf *out, int64_t tickets, int64_t refused)
{
	buf_addf(out, "{\"v\":1,\"end\":{\"tickets\":%lld,\"refused\":%lld}}\n", (long long)tickets,
	    (long long)refused);
}
