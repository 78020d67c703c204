/* store.c: the rows of an export, kept by ticket until all are read: in memory, then in a file */
#include "ingest/store.h"

#include "base/mem.h"

#include <string.h>

/* However much ids and texts take, so much of the limit is for rows: else each would be a block. */
#define LEAST_ROOM(limit) ((limit) / 4)

/* The size of a block, which is less than what it is made of, has 32 bits. */
#define MOST_ROOM ((size_t)1 << 31)

/* What stands in front of the records of a block. */
struct block_head {
	int64_t
	    before; /* the block of the same ticket before this one: its offset plus 1, 0: none */
	uint32_t before_size, nrows;
};

static void
grow(struct store *store)
{
	size_t cap = store->cap > 0 ? store->cap + store->cap / 2 : 1024;

	store->tickets = mem_grow(store->tickets, cap, sizeof(*store->tickets));
	memset(store->tickets + store->cap, 0, (cap - store->cap) * sizeof(*store->tickets));
	store->cap = cap;
}

/* Exports hold the rows of a ticket together more often than not: look there first. */
uint32_t
store_ticket(struct store *store, struct slice id)
{
	if (store->ids.count > 0 && slice_eq(store->ids.texts[store->latest], id))
		return store->latest;
	return intern_add(&store->ids, id);
}

static size_t
record_size(uint64_t changed)
{
	return sizeof(struct record) + (size_t)__builtin_popcountll(changed) * sizeof(int64_t);
}

/* Memory left for rows beside what ids, texts and tickets take. */
static size_t
room(const struct store *store)
{
	size_t least = LEAST_ROOM(store->limit), other = store->cap * sizeof(*store->tickets);
	size_t most = MOST_ROOM;

	other += intern_bytes(&store->ids);
	if (store->texts != NULL)
		other += intern_bytes(store->texts);
	if (other + least >= store->limit)
		most = least;
	else if (store->limit - other < most)
		most = store->limit - other;
	return most < MOST_ROOM ? most : MOST_ROOM;
}

/* The records of one ticket as a block at the end of the file. */
static void
write_block(struct store *store, struct store_ticket *ticket)
{
	struct block_head head = {.before = ticket->block, .before_size = ticket->size};
	const struct record *record = ticket->last;

	buf_clear(&store->block);
	buf_add(&store->block, (const char *)&head, sizeof(head));
	do {
		record = record->next;
		buf_add(&store->block, (const char *)record, record_size(record->changed));
		head.nrows++;
	} while (record != ticket->last);
	memcpy(store->block.p, &head, sizeof(head));
	ticket->block = spool_size(&store->spool) + 1;
	ticket->size = (uint32_t)store->block.n;
	ticket->last = NULL;
	if (spool_add(&store->spool, buf_slice(&store->block)) == -1)
		store->failed = true;
}

/* All rows in memory to the file, in the order of the tickets, as they will be read. */
static void
spill(struct store *store)
{
	size_t i, n = store->ids.count < store->cap ? store->ids.count : store->cap;

	for (i = 0; i < n && !store->failed; i++)
		if (store->tickets[i].last != NULL)
			write_block(store, &store->tickets[i]);
	arena_reset(&store->records);
	store->bytes = 0;
}

static struct record *
make_record(
    struct store *store, const struct store_ticket *ticket, bool follows, const int64_t *cells)
{
	struct record *record;
	size_t i, n = 0;
	uint64_t changed = 0;

	for (i = 0; i < store->ncells; i++)
		if (!follows || cells[i] != store->cells[i])
			changed |= UINT64_C(1) << i;
	record = arena_alloc(&store->records, record_size(changed));
	store->bytes += (record_size(changed) + 15) & ~(size_t)15;
	record->next = ticket->last != NULL ? ticket->last->next : record;
	record->changed = changed;
	for (i = 0; i < store->ncells; i++)
		if ((changed >> i & 1) != 0)
			record->cells[n++] = store->cells[i] = cells[i];
	return record;
}

void
store_add(struct store *store, uint32_t ticket, const int64_t *cells)
{
	struct store_ticket *t;
	struct record *record;

	while (ticket >= store->cap)
		grow(store);
	t = &store->tickets[ticket];
	record = make_record(store, t, ticket == store->latest && t->last != NULL, cells);
	if (t->last != NULL)
		t->last->next = record;
	t->last = record;
	t->nrows++;
	store->latest = ticket;
	if (store->limit > 0 && store->bytes >= room(store))
		spill(store);
}

/* The cells of a record, over those of the row before; the first of a block has every cell. */
static const int64_t *
unpack(const struct store *store, uint64_t changed, const char *packed, const int64_t *before,
    int64_t *cells)
{
	size_t i;

	for (i = 0; i < store->ncells; i++)
		if ((changed >> i & 1) != 0) {
			memcpy(&cells[i], packed, sizeof(*cells));
			packed += sizeof(*cells);
		} else {
			cells[i] = before[i];
		}
	return cells;
}

/* A block into store->block; false after a failure. */
static bool
read_block(struct store *store, int64_t block, uint32_t size, struct block_head *head)
{
	buf_clear(&store->block);
	buf_reserve(&store->block, size);
	if (spool_read(&store->spool, block - 1, store->block.p, size) == -1) {
		store->failed = true;
		return false;
	}
	memcpy(head, store->block.p, sizeof(*head));
	return true;
}

static void
unpack_block(const struct store *store, uint32_t nrows, int64_t *cells)
{
	const char *p = store->block.p + sizeof(struct block_head);
	const int64_t *before = cells;
	struct record record;

	for (; nrows > 0; nrows--) {
		memcpy(&record, p, sizeof(record));
		before = unpack(store, record.changed, p + sizeof(record), before, cells);
		p += record_size(record.changed);
		cells += store->ncells;
	}
}

/* Rows in the file, from the last block back to the first; where: behind the last row of them. */
static bool
read_blocks(struct store *store, const struct store_ticket *ticket, int64_t *where)
{
	struct block_head head = {.before = ticket->block, .before_size = ticket->size};

	while (head.before != 0) {
		if (!read_block(store, head.before, head.before_size, &head))
			return false;
		where -= head.nrows * store->ncells;
		unpack_block(store, head.nrows, where);
	}
	return true;
}

size_t
store_count(const struct store *store, uint32_t ticket)
{
	return ticket < store->cap ? store->tickets[ticket].nrows : 0;
}

void
store_rows(struct store *store, uint32_t ticket, int64_t *cells)
{
	const struct store_ticket *t = &store->tickets[ticket];
	const struct record *record = t->last;
	size_t i, in_memory = 0, all = t->nrows * store->ncells;
	const int64_t *before;

	for (i = 0; i < all; i++)
		cells[i] = i % store->ncells == 0 ? 0 : CELL_ABSENT;
	if (record != NULL)
		do {
			in_memory++;
			record = record->next;
		} while (record != t->last);
	cells += all - in_memory * store->ncells;
	if (!read_blocks(store, t, cells) || t->last == NULL)
		return;
	before = cells;
	for (record = t->last->next; in_memory > 0; in_memory--, record = record->next) {
		before = unpack(store, record->changed, (const char *)record->cells, before, cells);
		cells += store->ncells;
	}
}

void
store_free(struct store *store)
{
	arena_free(&store->records);
	intern_free(&store->ids);
	spool_free(&store->spool);
	buf_free(&store->block);
	mem_free(store->tickets);
	*store = (struct store){0};
}
