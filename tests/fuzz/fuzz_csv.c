/* fuzz_csv.c: the CSV reader loses no byte and does not depend on how the bytes come */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/csv_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static void
check_row(const struct csv_row *row, size_t field_limit)
{
	size_t i;

	require(row->nfields > 0);
	for (i = 0; i < row->nfields; i++) {
		const struct slice *field = &row->fields[i];

		require(field->p != NULL || field->n == 0);
		if (field->p == NULL)
			continue;
		require(field->p[field->n] == '\0' && strlen(field->p) == field->n);
		require(field->n <= field_limit && utf8_valid(field->p, field->n));
		require(csv_field_column(row, ',', i) >= 0);
	}
}

/* Everything the reader says; the raw bytes one behind the other in *raw. */
static void
read_all(const char *text, size_t n, size_t chunk, struct csv_options options, struct buf *said,
    struct buf *raw)
{
	struct input input = {.size = -1, .name = "fuzz", .open = true};
	struct csv_reader *reader;
	struct csv_row row;
	enum csv_result result;
	int ends[2];
	size_t i;

	require(pipe(ends) == 0);
	require(write(ends[1], text, n) == (ssize_t)n);
	close(ends[1]);
	input.fd = ends[0];
	reader = csv_reader_new(&input, options);
	csv_reader_chunk(reader, chunk);
	while ((result = csv_reader_next(reader, &row)) != CSV_END) {
		require(result != CSV_FAILED && row.line >= 1);
		if (result == CSV_ROW)
			check_row(&row, options.field_limit);
		buf_addf(said, "%d %lld %lld:%lld %s\n", (int)result, (long long)row.line,
		    (long long)row.error_line, (long long)row.error_column,
		    row.error != NULL ? row.error : "");
		for (i = 0; i < row.nfields; i++) {
			buf_adds(said, row.fields[i]);
			buf_addc(said, '\n');
		}
		buf_adds(raw, row.raw);
	}
	csv_reader_free(reader);
	close(ends[0]);
}

/* A mark before a row is dropped: behind the first bytes the law of the raw bytes is not for it. */
static bool
marked_within(const char *text, size_t n)
{
	size_t i;

	for (i = 1; i + 3 <= n; i++)
		if (memcmp(text + i, "\xEF\xBB\xBF", 3) == 0)
			return true;
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv_options options = {.field_limit = 1 << 20, .row_limit = 1 << 20};
	struct buf said = {0}, other = {0}, raw = {0}, other_raw = {0};
	const char *text = (const char *)data + 2;
	size_t bom;

	if (size < 2 || size > 32768) /* a pipe holds 64 KiB */
		return 0;
	size -= 2;
	if (data[1] % 4 == 1)
		options.field_limit = data[1] / 4 + 1;
	if (data[1] % 4 == 2)
		options.row_limit = data[1] / 4 + 1;
	read_all(text, size, 65536, options, &said, &raw);
	read_all(text, size, data[0] % 64 + 1, options, &other, &other_raw);
	require(slice_eq(buf_slice(&said), buf_slice(&other)));
	bom = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	if (data[1] % 4 != 2 && !marked_within(text, size))
		require(slice_eq(buf_slice(&raw), (struct slice){text + bom, size - bom}) &&
		    slice_eq(buf_slice(&raw), buf_slice(&other_raw)));
	buf_free(&said);
	buf_free(&other);
	buf_free(&raw);
	buf_free(&other_raw);
	return 0;
}
