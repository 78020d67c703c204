/* baseline.c: what an earlier run told, so that only what is new need be told */
#include "data/baseline.h"

#include "base/diag.h"
#include "base/input.h"
#include "base/intern.h"
#include "base/mem.h"

struct baseline {
	struct intern keys;
	int64_t *weights; /* by number of the key */
	size_t cap;
};

void
baseline_add_part(struct buf *key, const char *text)
{
	buf_addz(key, text != NULL ? text : "");
	buf_addc(key, '\0');
}

static void
add(struct baseline *baseline, struct slice key, int64_t weight)
{
	size_t known = baseline->keys.count;
	uint32_t number = intern_add(&baseline->keys, key);

	baseline->weights =
	    mem_push(baseline->weights, number, &baseline->cap, sizeof(*baseline->weights));
	if (number < known && baseline->weights[number] > weight)
		return;
	baseline->weights[number] = weight;
}

static int
read_lines(struct baseline *baseline, struct input *input, const char *holds, baseline_reads *read)
{
	struct arena arena = {0};
	struct buf key = {0};
	struct lines lines = {0};
	struct slice line;
	struct place place = {.file = input->name};
	const struct json *value;
	struct json_error error;
	int64_t weight;
	int result;

	lines_start(&lines, input);
	while ((result = lines_next(&lines, &line)) == 1) {
		if (line.n == 0)
			continue;
		arena_reset(&arena);
		buf_clear(&key);
		place.line = lines.number;
		value = json_parse(&arena, line, &error);
		if (value == NULL || !read(value, &key, &weight)) {
			diag(DIAG_BAD_BASELINE, place, "%s", holds);
			result = -1;
			break;
		}
		add(baseline, buf_slice(&key), weight);
	}
	lines_free(&lines);
	buf_free(&key);
	arena_free(&arena);
	return result;
}

struct baseline *
baseline_load(const char *path, const char *holds, baseline_reads *read)
{
	struct baseline *baseline = mem_calloc(1, sizeof(*baseline));
	struct input input = {0};
	int result = input_open(&input, path);

	if (result == 0)
		result = read_lines(baseline, &input, holds, read);
	input_close(&input);
	if (result == 0)
		return baseline;
	baseline_free(baseline);
	return NULL;
}

void
baseline_free(struct baseline *baseline)
{
	if (baseline == NULL)
		return;
	intern_free(&baseline->keys);
	mem_free(baseline->weights);
	mem_free(baseline);
}

enum baseline_news
baseline_news(const struct baseline *baseline, struct slice key, int64_t weight)
{
	uint32_t number = intern_find(&baseline->keys, key);

	if (number == INTERN_NONE)
		return BASELINE_NEW;
	return baseline->weights[number] < weight ? BASELINE_WORSE : BASELINE_KNOWN;
}
