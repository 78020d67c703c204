/* check_store.c: rows kept in memory and in a file are the same rows, in the same order */
#include "ingest/store.h"

#include "base/mem.h"
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *store_suite(void);

#define CELLS 7

/* Every row as it was added, for comparison. */
struct added {
	uint32_t ticket;
	int64_t cells[CELLS];
};

static uint32_t
number_of(struct store *store, uint64_t ticket)
{
	char id[24];

	snprintf(id, sizeof(id), "T%llu", (unsigned long long)ticket);
	return store_ticket(store, slice_z(id));
}

/* Cells repeat within a ticket, as they do in exports. */
static void
draw(struct added *row, uint64_t *state)
{
	size_t i;

	for (i = 0; i < CELLS; i++)
		if (rnd_below(state, 3) == 0)
			row->cells[i] = rnd_below(state, 20) == 0 ? (int64_t)rnd(state)
								  : (int64_t)rnd_below(state, 4);
}

static void
check_ticket(struct store *store, const struct added *rows, size_t nrows, uint32_t ticket)
{
	size_t i, n = 0, count = store->tickets[ticket].nrows;
	int64_t *cells = mem_calloc(count * CELLS, sizeof(*cells));

	store_rows(store, ticket, cells);
	for (i = 0; i < nrows; i++)
		if (rows[i].ticket == ticket) {
			ck_assert_uint_lt(n, count);
			ck_assert_mem_eq(cells + n * CELLS, rows[i].cells, sizeof(rows[i].cells));
			n++;
		}
	ck_assert_uint_eq(n, count);
	mem_free(cells);
}

/* limit: bytes; spread: how many tickets are being written to at once. */
static void
fill_and_check(size_t limit, uint64_t spread, size_t nrows)
{
	struct added *rows = mem_calloc(nrows, sizeof(*rows));
	struct store store = {.ncells = CELLS, .limit = limit};
	uint64_t state = test_seed() + limit + spread;
	size_t i, tickets;

	for (i = 0; i < nrows; i++) {
		if (i > 0)
			memcpy(rows[i].cells, rows[i - 1].cells, sizeof(rows[i].cells));
		rows[i].ticket = number_of(&store, i / 12 + rnd_below(&state, spread));
		draw(&rows[i], &state);
		store_add(&store, rows[i].ticket, rows[i].cells);
		ck_assert(!store.failed);
	}
	ck_assert((store.spool.written > 0) == (limit > 0));
	tickets = store.ids.count;
	for (i = 0; i < tickets; i += light() ? 97 : 11)
		check_ticket(&store, rows, nrows, (uint32_t)i);
	check_ticket(&store, rows, nrows, 0);
	check_ticket(&store, rows, nrows, (uint32_t)tickets - 1);
	store_free(&store);
	mem_free(rows);
}

START_TEST(same_rows)
{
	fill_and_check(0, 1, 20000);
	fill_and_check(1, 1, 20000);
	fill_and_check(4096, 50, 20000);
	fill_and_check(65536, 1000, 20000);
	fill_and_check(300000, 3, 20000);
}
END_TEST

/* Where no file can be made, that is told once, and nothing breaks. */
START_TEST(no_file)
{
	struct store store = {.ncells = CELLS, .limit = 1};
	int64_t cells[CELLS] = {0}, got[CELLS];
	uint32_t i;

	setenv("TMPDIR", "/nonexistent", 1);
	for (i = 0; i < 20000 && !store.failed; i++) {
		cells[1] = i;
		store_add(&store, number_of(&store, i), cells);
	}
	ck_assert(store.failed);
	store_rows(&store, 0, got);
	ck_assert_int_eq(got[0], 0);
	ck_assert_int_eq(got[1], CELL_ABSENT);
	store_free(&store);
}
END_TEST

Suite *
store_suite(void)
{
	Suite *suite = suite_create("store");
	TCase *tcase = tcase_create("store");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, same_rows);
	tcase_add_test(tcase, no_file);
	suite_add_tcase(suite, tcase);
	return suite;
}
