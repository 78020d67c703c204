/* fuzz_json.c: every value of a text that is accepted can be asked for and found again */
#include <math.h>
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

static void
check_value(struct slice text, const struct json *root, const struct json *value)
{
	size_t at = json_offset(text, root, value);
	struct place place = place_of("x", text, at);
	const char *string = json_text(value);
	int64_t number;
	double real;

	require(at < text.n && place.line >= 1 && place.column >= 1);
	require((json_key(value) != NULL ? '"' : text.p[at]) == text.p[at]);
	require(string == NULL || utf8_valid(string, strlen(string)));
	if (json_i64(value, &number))
		require(json_double(value, &real) && fabs(real - (double)number) < 0.5);
}

/* All values, by a stack of the containers that are open. */
static void
check_tree(struct slice text, const struct json *root)
{
	const struct json *open[SCAN_DEPTH + 1], *value = root;
	size_t depth = 0, seen = 0;

	while (value != NULL && seen++ < 300) {
		check_value(text, root, value);
		if (json_first(value) != NULL) {
			require(depth <= SCAN_DEPTH);
			open[depth++] = value;
			value = json_first(value);
			continue;
		}
		while (depth > 0 && json_next(value) == NULL)
			value = open[--depth];
		value = depth > 0 ? json_next(value) : NULL;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct scan scan = {0};
	struct json_error error = {0};
	const struct json *root;
	char *copy = malloc(size > 0 ? size : 1);
	struct slice text = {copy, size};

	memcpy(copy, data, size);
	root = json_parse(&arena, text, &error);
	if (root != NULL) {
		check_tree(text, root);
		require(size >= 3 && memcmp(copy, "\xEF\xBB\xBF", 3) == 0
			? true
			: scan_value(&scan, text));
	} else {
		require(error.what != NULL && error.at <= size);
	}
	scan_free(&scan);
	arena_free(&arena);
	free(copy);
	return 0;
}
