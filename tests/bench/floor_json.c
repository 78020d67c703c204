/* floor_json.c: parses each line of a stream with bare cJSON and does nothing with it */
#include "base/arena.h"
#include "base/diag.h"
#include "base/input.h"

#include <cjson/cJSON.h>

static struct arena arena;

static void *
take(size_t size)
{
	return arena_alloc(&arena, size);
}

static void
leave_it(void *p)
{
	(void)p;
}

static void
parse(struct input *input)
{
	struct lines lines = {0};
	struct slice line;

	lines_start(&lines, input);
	while (lines_next(&lines, &line) == 1) {
		arena_reset(&arena);
		if (cJSON_ParseWithLengthOpts(line.p, line.n, NULL, 0) == NULL)
			diag(DIAG_BAD_JSON, (struct place){input->name, lines.number, 0},
			    "cJSON refuses it");
	}
	lines_free(&lines);
}

int
main(int argc, char **argv)
{
	cJSON_Hooks hooks = {take, leave_it};
	struct input input;

	diag_start("floor_json");
	cJSON_InitHooks(&hooks);
	if (input_open(&input, argc > 1 ? argv[1] : "-") == 0) {
		parse(&input);
		input_close(&input);
	}
	arena_free(&arena);
	return diag_finish();
}
