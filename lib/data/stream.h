/* stream.h: tickets in, line by line, from either form of the stream; and out again */
/* Rank: data. */
#ifndef SLA_DATA_STREAM_H
#define SLA_DATA_STREAM_H

#include "base/arena.h"
#include "base/output.h"
#include "data/rejects.h"
#include "data/scan.h"
#include "data/ticket.h"

#include <stdbool.h>
#include <stdint.h>

enum stream_form { STREAM_GUESS, STREAM_NDJSON, STREAM_CSV };

/* One ticket as it came. Everything lives until the next call on the reader. */
struct record {
	struct slice line;       /* without its LF */
	const struct scan *scan; /* the line's members */
	struct ticket ticket;    /* facts; events once stream_read_events() was called */
	struct slice ownership;  /* raw JSON of the annotations, empty where there is none */
	struct slice risk;
	struct place place;  /* file and line */
	struct arena *arena; /* for whatever is computed of this ticket */
};

/* A file that was read to its end, and the SHA-256 of its bytes in hex. */
struct stream_input {
	const char *name; /* the operand; "standard input" */
	char digest[65];
};

/* What the seals said, and what came. */
struct stream_counts {
	int64_t tickets; /* handed out */
	int64_t refused; /* here, and by the stages before as their seals say */
	bool sealed;     /* the last thing in the stream was a seal, and every seal fitted */
	bool broken;     /* a seal did not fit: reported */
	const struct stream_input *inputs; /* only where stream_digest() asked for them */
	size_t ninputs;
};

struct stream_reader;

/*
 * Reads the files in order; none: standard input. The names and rejects must
 * outlive the reader. The caller frees it.
 */
struct stream_reader *stream_reader_new(
    char *const *files, size_t nfiles, enum stream_form form, struct rejects *rejects);

/* From here on each file's digest is taken, which costs time. Before anything is read. */
void stream_digest(struct stream_reader *reader);

/*
 * The start of the first file, before anything of it was taken: at least `want`
 * bytes unless it is shorter. 0, or -1 after a diagnostic.
 */
int stream_peek(struct stream_reader *reader, size_t want, struct slice *start);

/*
 * The next ticket: 1; 0 at the end; -1 after a diagnostic, where a file cannot be read, or is a
 * stream in neither form. Lines that are not tickets are reported, counted, given to rejects, and
 * passed over.
 */
int stream_next(struct stream_reader *reader, struct record *record);

/*
 * Reads the events of the record just handed out. False where they are unusable:
 * then the ticket has been refused, and is not counted as handed out.
 */
bool stream_read_events(struct stream_reader *reader, struct record *record);

/* Complete only after stream_next() has returned 0. */
const struct stream_counts *stream_counts(const struct stream_reader *reader);

void stream_reader_free(struct stream_reader *reader);

/*
 * Appends the record's line with the member `key` set to json: at the end of the
 * object, an older one of that name taken out, all other bytes copied as they are.
 */
void stream_write_annotated(
    struct buf *out, const struct record *record, const char *key, struct slice json);

/* Appends the line as it came. */
void stream_write_line(struct buf *out, const struct record *record);

/* Appends the seal: the last line of a sealed stream. */
void stream_write_seal(struct buf *out, int64_t tickets, int64_t refused);

#endif
