/* store.c: the rows of an export, kept by ticket until all are read */
#include "ingest/store.h"

#include "base/mem.h"

#include <string.h>

static void
grow(struct store *store)
{
	size_t cap = store->cap > 0 ? store->cap * 2 : 1024;

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

void
store_add(struct store *store, uint32_t ticket, const int64_t *cells)
{
	bool follows =
	    ticket == store->latest && ticket < store->cap && store->tickets[ticket].nrows > 0;
	struct store_ticket *t;
	struct record *record;
	size_t i, n = 0, size = sizeof(*record);
	uint64_t changed = 0;

	while (ticket >= store->cap)
		grow(store);
	for (i = 0; i < store->ncells; i++)
		if (!follows || cells[i] != store->cells[i]) {
			changed |= UINT64_C(1) << i;
			size += sizeof(*cells);
		}
	record = arena_alloc(&store->records, size);
	store->bytes += size;
	record->next = NULL;
	record->changed = changed;
	for (i = 0; i < store->ncells; i++)
		if ((changed >> i & 1) != 0)
			record->cells[n++] = store->cells[i] = cells[i];
	t = &store->tickets[ticket];
	if (t->last != NULL)
		t->last->next = record;
	else
		t->first = record;
	t->last = record;
	t->nrows++;
	store->latest = ticket;
}

void
store_rows(const struct store *store, uint32_t ticket, int64_t *cells)
{
	const struct record *record = store->tickets[ticket].first;
	const int64_t *before = cells; /* the first record has every cell */
	size_t i, n;

	for (; record != NULL; record = record->next) {
		for (i = n = 0; i < store->ncells; i++)
			cells[i] = (record->changed >> i & 1) != 0 ? record->cells[n++] : before[i];
		before = cells;
		cells += store->ncells;
	}
}

void
store_free(struct store *store)
{
	arena_free(&store->records);
	intern_free(&store->ids);
	mem_free(store->tickets);
	*store = (struct store){0};
}
