/* csv_reader.h: rows of a CSV file, read strictly through libcsv */
/* Rank: data. */
#ifndef SLA_DATA_CSV_READER_H
#define SLA_DATA_CSV_READER_H

#include "base/input.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

struct charset;
struct csv_reader;

struct csv_options {
	char delimiter;     /* ',' where 0 */
	bool detect;        /* find the delimiter in the first line: , ; tab or | */
	size_t field_limit; /* bytes; 16 MiB where 0 */
	size_t row_limit;   /* bytes; 64 MiB where 0 */
	struct charset
	    *charset; /* what makes UTF-8 of the input, and outlives the reader, or NULL */
};

/* Valid until the next call on the reader. Fields are NUL-terminated too. */
struct csv_row {
	const struct slice *fields; /* p is NULL for a field with no quotes and no bytes */
	size_t nfields;
	int64_t line; /* physical line on which the row begins, from 1 */
	/*
	 * Its bytes as they came, line end included, the byte order mark not: for --rejects.
	 * Of a refused row at most row_limit bytes.
	 */
	struct slice raw;
	const char *error;                /* for CSV_REFUSED: static text */
	int64_t error_line, error_column; /* column in characters from 1, 0 unknown */
};

enum csv_result {
	CSV_END,   /* nothing more */
	CSV_ROW,   /* a row */
	CSV_BLANK, /* a line with nothing on it: counted apart, no fields */
	CSV_REFUSED, /* a row that is not CSV: error, error_line, raw say what; reading goes on behind it */
	CSV_FAILED /* the input could not be read: reported */
};

/*
 * Reads from input, which the caller opens and closes. Skips a byte order mark before a row, as
 * exports have it that were put one behind the other. Lines end in
 * LF, CRLF or a lone CR, each counting as one. Blanks belong to their field, a quote may only
 * stand around a whole field or doubled inside such, and the text is UTF-8 without NUL. Behind
 * a row with wrong quotes reading goes on with the line behind the one on which the faulty
 * field began, so that a stray quote costs its own row only. Rows of differing length are the
 * caller's business.
 */
struct csv_reader *csv_reader_new(struct input *input, struct csv_options options);
enum csv_result csv_reader_next(struct csv_reader *reader, struct csv_row *row);
/* The one in use; where it is to be detected, known after the first csv_reader_next(). */
char csv_reader_delimiter(const struct csv_reader *reader);
void csv_reader_free(struct csv_reader *reader);

/* For tests: bytes asked for at a time, at least 1. Before the first csv_reader_next(). */
void csv_reader_chunk(struct csv_reader *reader, size_t size);

/*
 * The 1-based column (in characters) at which field number `index` begins on the
 * physical line where the row begins, or 0 where it begins on a later line.
 */
int64_t csv_field_column(const struct csv_row *row, char delimiter, size_t index);

#endif
