/* update.c: tonight's list and the stored stream, into the stream of both */
#include "ingest/update.h"

#include "base/diag.h"
#include "base/hash.h"
#include "base/input.h"
#include "base/intern.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/spool.h"
#include "data/stream.h"
#include "data/ticket_json.h"
#include "ingest/update_facts.h"
#include "time/instant.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The seal of a store is shorter than this. */
#define TAIL 512

/* Where a ticket of tonight's list lies. */
struct entry {
	int64_t at;
	size_t n;
	struct showing showing;
	bool taken; /* the store has it, too */
};

struct update {
	const char *path;
	int64_t as_of;
	int lock;
	bool exists;
	struct list_facts stored, tonight;
	struct intern ids; /* source and id of tonight's tickets, in their order */
	struct entry *entries;
	size_t cap;
	struct spool spool; /* their lines */
	struct output output;
	struct buf key, line, text, json;
	struct scan scan;
	struct arena arena, scratch;
	struct rejects rejects;
	struct update_counts counts;
	int (*emit)(void *context, struct slice line, const struct ticket *ticket);
	void *context;
};

static int
say_no_store(const struct update *update)
{
	return diag(DIAG_INPUT_REFUSED, (struct place){update->path, 0, 0},
	    "it is no store of --update, or it is not whole: it has no seal of one at its end");
}

static int
read_tail(struct update *update, int fd, off_t size)
{
	char tail[TAIL];
	size_t n = size < TAIL ? (size_t)size : TAIL, start;

	if (pread(fd, tail, n, size - (off_t)n) != (ssize_t)n)
		return diag_system(update->path, "cannot read the store");
	if (n < 2 || tail[n - 1] != '\n')
		return say_no_store(update);
	for (start = --n; start > 0 && tail[start - 1] != '\n';)
		start--;
	if (!list_facts_from_seal((struct slice){tail + start, n - start}, &update->stored))
		return say_no_store(update);
	update->exists = true;
	return 0;
}

static int
look_at_end(struct update *update)
{
	struct stat st;
	int fd, result;

	if (stat(update->path, &st) == -1)
		return 0; /* missing: begun now, or told by the output why it cannot be */
	if (!S_ISREG(st.st_mode))
		return diag(
		    DIAG_SYSTEM, (struct place){update->path, 0, 0}, "a store is a regular file");
	fd = open(update->path, O_RDONLY | O_CLOEXEC);
	if (fd == -1 || fstat(fd, &st) == -1)
		result = diag_system(update->path, "cannot open the store");
	else
		result = read_tail(update, fd, st.st_size);
	if (fd != -1)
		close(fd);
	return result;
}

struct update *
update_open(const char *path, int64_t as_of)
{
	struct update *update = mem_calloc(1, sizeof(*update));
	struct buf lock = {0};

	update->path = path;
	update->as_of = as_of;
	update->scan.split = "events";
	update->output = (struct output){.fd = -1, .slot = -1};
	update->stored.as_of = INSTANT_NONE;
	rejects_open(&update->rejects, NULL);
	buf_addf(&lock, "%s.lock", path);
	update->lock = lock_take(buf_z(&lock));
	buf_free(&lock);
	if (update->lock != -1 && look_at_end(update) == 0)
		return update;
	update_free(update);
	return NULL;
}

void
update_free(struct update *update)
{
	if (update == NULL)
		return;
	output_abort(&update->output);
	lock_drop(update->lock);
	intern_free(&update->ids);
	mem_free(update->entries);
	spool_free(&update->spool);
	buf_free(&update->key);
	buf_free(&update->line);
	buf_free(&update->text);
	buf_free(&update->json);
	scan_free(&update->scan);
	arena_free(&update->arena);
	arena_free(&update->scratch);
	mem_free(update);
}

const struct update_counts *
update_counts(const struct update *update)
{
	return &update->counts;
}

/* Neither can hold a NUL. */
static struct slice
key_of(struct update *update, const struct ticket *ticket)
{
	buf_clear(&update->key);
	if (ticket->source != NULL)
		buf_addz(&update->key, ticket->source);
	buf_addc(&update->key, '\0');
	buf_addz(&update->key, ticket->id);
	return buf_slice(&update->key);
}

/*
 * A hash over all lines of the list. Where rows have no instant of their own the line has the
 * as-of instant in its place, which is not of the list: it is left out.
 */
static void
hash_line(struct update *update, struct slice line, bool dated)
{
	char instant[INSTANT_TEXT];
	size_t i = 0, n = sizeof(instant) - 1;

	instant_format(update->as_of, instant);
	buf_clear(&update->text);
	buf_addz(&update->text, update->tonight.hash);
	while (i < line.n)
		if (!dated && line.n - i >= n && memcmp(line.p + i, instant, n) == 0)
			i += n;
		else
			buf_addc(&update->text, line.p[i++]);
	hash_sha256(buf_slice(&update->text), update->tonight.hash);
}

int
update_add(struct update *update, const struct ticket *ticket, const struct showing *showing)
{
	size_t before = update->ids.count;
	struct entry *entry;

	if (intern_add(&update->ids, key_of(update, ticket)) != before)
		return 0;
	update->entries = mem_push(update->entries, before, &update->cap, sizeof(*update->entries));
	buf_clear(&update->line);
	ticket_to_json(ticket, &update->line);
	update->line.n--; /* the LF */
	entry = &update->entries[before];
	*entry = (struct entry){spool_size(&update->spool), update->line.n, *showing, false};
	hash_line(update, buf_slice(&update->line), showing->at != update->as_of);
	return spool_add(&update->spool, buf_slice(&update->line));
}

/* Tonight's ticket, from its line. */
static int
load(struct update *update, const struct entry *entry, struct ticket *ticket)
{
	struct ticket_fault fault;

	buf_clear(&update->line);
	buf_reserve(&update->line, entry->n);
	if (spool_read(&update->spool, entry->at, update->line.p, entry->n) == -1)
		return -1;
	update->line.n = entry->n;
	if (scan_line(&update->scan, buf_slice(&update->line)) &&
	    ticket_from_scan(&update->scan, &update->arena, ticket, &fault) &&
	    ticket_events_from_scan(
		&update->scan, &update->arena, &update->scratch, ticket, &fault))
		return 0;
	return diag(DIAG_BAD_JSON, NOWHERE, "a ticket of the list cannot be stored");
}

/* One ticket of the new store: ticket NULL: its line as it is. */
static int
put(struct update *update, struct slice line, const struct ticket *ticket)
{
	buf_adds(&update->output.buf, line);
	buf_addc(&update->output.buf, '\n');
	output_flush(&update->output);
	update->counts.tickets++;
	update->counts.events += (int64_t)ticket->nevents;
	if (update->output.failed)
		return -1;
	return update->emit(update->context, line, ticket);
}

static int
put_ticket(struct update *update, const struct ticket *ticket, const struct showing *showing)
{
	buf_clear(&update->text);
	ticket_to_json(ticket, &update->text);
	update->text.n -= 2; /* the brace and the LF */
	buf_addz(&update->text, ",\"store\":");
	showing_to_json(showing, &update->text);
	buf_addc(&update->text, '}');
	return put(update, buf_slice(&update->text), ticket);
}

static int
merge_one(struct update *update, const struct record *record, struct showing *stored,
    const struct entry *entry)
{
	struct ticket fresh, *merged;

	if (load(update, entry, &fresh) == -1)
		return -1;
	merged = merge_tickets(&update->arena, &record->ticket, stored, &fresh, &entry->showing);
	update->counts.changed += merged->nevents > record->ticket.nevents;
	return put_ticket(update, merged, stored);
}

/* A stored ticket: with its row of tonight, unless there is none or an older one. */
static int
take_stored(struct update *update, struct record *record)
{
	uint32_t number = intern_find(&update->ids, key_of(update, &record->ticket));
	struct entry *entry = number != INTERN_NONE ? &update->entries[number] : NULL;
	struct showing stored;

	arena_reset(&update->arena);
	if (!showing_from_scan(record->scan, &update->arena, &stored))
		return diag(DIAG_BAD_MEMBER, record->place, "`store` is not what --update writes");
	if (entry != NULL)
		entry->taken = true;
	else
		update->counts.absent++;
	if (entry == NULL || update->counts.same_list || update->counts.old_list ||
	    entry->showing.at < stored.at)
		return put(update, record->line, &record->ticket);
	return merge_one(update, record, &stored, entry);
}

static int
walk_store(struct update *update)
{
	char *path[] = {mem_dupz(update->path)};
	struct stream_reader *reader;
	struct record record;
	int got, result = 0;

	reader = stream_reader_new(path, 1, STREAM_NDJSON, &update->rejects);
	while (result == 0 && (got = stream_next(reader, &record)) != 0) {
		result = got == 1 && stream_read_events(reader, &record) ? 0 : -1;
		if (result == 0)
			result = take_stored(update, &record);
	}
	/* A store with a line that is refused would lose that ticket. */
	if (result == 0 && (update->rejects.count > 0 || !stream_counts(reader)->sealed))
		result = say_no_store(update);
	stream_reader_free(reader);
	mem_free(path[0]);
	return result;
}

static int
put_new(struct update *update)
{
	struct ticket fresh;
	struct entry *entry;
	size_t i;
	int result = 0;

	for (i = 0; i < update->ids.count && result == 0; i++) {
		entry = &update->entries[i];
		if (entry->taken)
			continue;
		arena_reset(&update->arena);
		result = load(update, entry, &fresh);
		if (result == 0)
			result = put_ticket(update,
			    merge_first(&update->arena, &fresh, &entry->showing), &entry->showing);
		update->counts.fresh++;
	}
	return result;
}

int
update_each(struct update *update, int64_t refused,
    int (*emit)(void *context, struct slice line, const struct ticket *ticket), void *context)
{
	struct update_counts *counts = &update->counts;
	int result = 0;

	update->emit = emit;
	update->context = context;
	update->tonight.as_of = update->as_of;
	counts->old_list = update->exists && update->as_of < update->stored.as_of;
	counts->same_list = update->exists && !counts->old_list &&
	    slice_eqz(slice_z(update->tonight.hash), update->stored.hash);
	if (output_open_private(&update->output, update->path) == -1)
		return -1;
	if (update->exists)
		result = walk_store(update);
	if (result == 0 && !counts->old_list && !counts->same_list)
		result = put_new(update);
	if (result == 0)
		list_facts_to_seal(&update->tonight, counts->tickets, refused, &update->output.buf);
	return result;
}

int
update_commit(struct update *update)
{
	if (!update->counts.same_list && !update->counts.old_list)
		return output_commit(&update->output);
	output_abort(&update->output);
	return 0;
}
