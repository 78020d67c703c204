/* fuzz_scan.c: what the scanner accepts is sound and cut up rightly */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/json.h"
#include "data/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static bool
inside(struct slice part, struct slice whole)
{
	return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

/* A slice of the accepted line is a JSON value by itself, but for the check of its own keys. */
static void
check_value(struct slice value, struct slice line)
{
	struct scan scan = {0};

	require(inside(value, line) && value.n > 0);
	if (!scan_value(&scan, value))
		require(strcmp(scan.error, "a key given twice") == 0);
	scan_free(&scan);
}

static void
check_members(const struct scan *scan)
{
	size_t i, behind = 0;

	for (i = 0; i < scan->nmembers; i++) {
		const struct member *m = &scan->members[i];

		require(m->start >= behind && m->end <= scan->object_end);
		require(scan->line.p[m->start] == '"');
		require(m->value.p + m->value.n == scan->line.p + m->end);
		check_value(m->value, scan->line);
		behind = m->end;
	}
	for (i = 0; i < scan->nelements; i++)
		check_value(scan->elements[i], scan->line);
	for (i = 0; i < scan->npairs; i++)
		check_value(scan->pairs[i].value, scan->line);
	require(scan->line.p[scan->object_end] == '}');
}

/* As the scanner of a string's plain bytes is written twice. */
static void
check_plain(struct slice text)
{
	require(scan_plain(text) == scan_plain_portable(text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scan scan = {.split = "events"};
	struct arena arena = {0};
	struct slice line = {malloc(size > 0 ? size : 1), size};
	size_t whole;

	memcpy((void *)(uintptr_t)line.p, data, size);
	check_plain(line);
	if (scan_line(&scan, line)) {
		require(utf8_valid(line.p, line.n));
		check_members(&scan);
		whole = scan.object_end;
		require(json_parse_scanned(&arena, line) != NULL);
		require(!scan_line(&scan, (struct slice){line.p, whole}));
	} else {
		require(scan.error != NULL && scan.error_at <= size);
	}
	scan_free(&scan);
	arena_free(&arena);
	free((void *)(uintptr_t)line.p);
	return 0;
}
