/* floor_csv.c: reads a CSV file with bare libcsv and does nothing with it */
#include "base/diag.h"
#include "base/input.h"

#include <csv.h>

#define CHUNK ((size_t)64 * 1024) /* as lib/data/csv_reader.c */

static int
never_blank(unsigned char c)
{
	(void)c;
	return 0;
}

static void
field(void *p, size_t n, void *data)
{
	(void)p;
	(void)n;
	(void)data;
}

static void
row(int byte, void *data)
{
	(void)byte;
	(void)data;
}

/* The parser as lib/data/csv_reader.c has it. */
static int
parse(struct input *input)
{
	static char chunk[CHUNK];
	struct csv_parser parser;
	int64_t got;

	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
	csv_set_space_func(&parser, never_blank);
	csv_set_blk_size(&parser, CHUNK);
	while ((got = input_read(input, chunk, sizeof(chunk))) > 0)
		if (csv_parse(&parser, chunk, (size_t)got, field, row, NULL) != (size_t)got)
			got = diag(DIAG_USAGE, NOWHERE, "%s", csv_strerror(csv_error(&parser)));
	csv_free(&parser);
	return got == 0 ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct input input;

	diag_start("floor_csv");
	if (input_open(&input, argc > 1 ? argv[1] : "-") == 0) {
		parse(&input);
		input_close(&input);
	}
	return diag_finish();
}
