/* input.h: files in, byte by byte and line by line */
/* Rank: base. */
#ifndef SLA_BASE_INPUT_H
#define SLA_BASE_INPUT_H

#include "base/buf.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/* One open file. Zero-initialise ({0}); input_close() may be called twice. */
struct input {
	int fd;
	bool open;
	const char *name;        /* as in diagnostics: the path, or "(standard input)" */
	int64_t bytes_read;      /* so far */
	int64_t size;            /* of a regular file, else -1 */
	struct buf ahead;        /* read by input_peek(), not yet by input_read() */
	struct hash_run *digest; /* gets the bytes as they are read; the opener's, NULL: none */
};

/*
 * Opens path; "-" is standard input. -1 after a diagnostic (missing, not
 * readable, a directory). path must outlive the input.
 */
int input_open(struct input *input, const char *path);
/* At least one byte into p, at most n: how many; 0 at the end; -1 after a diagnostic. */
int64_t input_read(struct input *input, char *p, size_t n);
/*
 * The bytes that come next, without taking them: at least `want` unless the input
 * ends before. 0, or -1 after a diagnostic; at the beginning that is also one of
 * what is compressed, or a workbook.
 */
int input_peek(struct input *input, size_t want, struct slice *start);
void input_close(struct input *input);

/* The whole of a small file (a policy, a map) into buf; -1 after a diagnostic. */
int input_slurp(const char *path, size_t limit, struct buf *buf);

/* Bytes read by all inputs of this process: what the progress line shows. */
int64_t input_total(void);

/* Lines of any length up to a limit. */
struct lines {
	struct input *input;
	struct buf buf;
	size_t start;   /* of the line to come, in buf */
	size_t scanned; /* bytes of buf already searched for a newline */
	size_t limit;   /* longest line, in bytes */
	int64_t number; /* of the line returned last, from 1 */
	bool ended;
};

/* The longest line that a stream may hold: 256 MiB. */
#define LINE_LIMIT ((size_t)256 << 20)

void lines_start(struct lines *lines, struct input *input);
/*
 * The next line without its LF into *line, valid until the next call: 1; 0 at
 * the end; -1 after a diagnostic. A last line without LF counts.
 */
int lines_next(struct lines *lines, struct slice *line);
void lines_free(struct lines *lines);

#endif
