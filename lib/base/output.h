/* output.h: bytes out, complete or not at all */
/* Rank: base. */
#ifndef SLA_BASE_OUTPUT_H
#define SLA_BASE_OUTPUT_H

#include "base/buf.h"

#include <stdbool.h>

/*
 * Standard output, or a file that appears complete or not at all: written to a
 * temporary file beside it (mode 0600), given the old file's mode and owner,
 * fsync'ed, renamed over it, its folder fsync'ed. A symbolic link is resolved
 * first; what is not a regular file (a device, a FIFO) is written directly.
 * The first error is latched: later writes do nothing, output_commit() reports.
 */
struct output {
	struct buf buf; /* append with buf_add…(); output_flush() looks at its size */
	char *path;     /* resolved target, NULL for standard output */
	char *temporary;
	const char *name; /* for diagnostics */
	int fd;
	bool private; /* mode 0600 whatever the umask says */
	bool failed;
	int slot; /* in the list of files to remove on a signal */
};

/* path NULL or "-" is standard output. -1 after a diagnostic. */
int output_open(struct output *output, const char *path);
/* The same for files that nobody else may read: it gets mode 0600, whatever it had. */
int output_open_private(struct output *output, const char *path);

/* Whether the folder that path lies in is there; -1 after a diagnostic. */
int output_folder(const char *path);

/* Writes the buffer out when it has grown large. Cheap; call it once a record. */
void output_flush(struct output *output);
/* Writes the buffer out now. */
void output_drain(struct output *output);

/* Writes the rest and puts the file in its place. -1 after a diagnostic. */
int output_commit(struct output *output);
/* Removes the temporary file; the target is as it was. May follow a commit. */
void output_abort(struct output *output);

/* Async-signal-safe: removes every temporary file there is. */
void output_remove_all(void);

#endif
