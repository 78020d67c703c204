/* options.h: the options that the four programs share, and their own, as tables */
/* Rank: cli. */
#ifndef SLA_CLI_OPTIONS_H
#define SLA_CLI_OPTIONS_H

#include "data/stream.h"

#include <stdbool.h>
#include <stdint.h>

/* One option. A letter above 255 has only its long name. */
struct option_row {
	int letter;
	const char *name;
	const char *argument; /* how the help calls its value; NULL: it takes none */
	const char *help;
};

#define LONG_ONLY(n) (256 + (n))

/* What a program says of itself. */
struct program {
	const char *name;
	const char *synopsis;          /* as the manual page has it, lines ended by \n */
	const char *shared;            /* letters of the shared options it takes */
	const struct option_row *rows; /* its own, ended by a row of zeros */
	/* Takes one of its own options; false after a diagnostic. */
	bool (*take)(void *context, int letter, const char *value);
	void *context;
};

/* What the shared options said. Texts point into argv. */
struct options {
	char *const *files;
	size_t nfiles;
	const char *format;    /* -f, NULL where not given */
	enum stream_form form; /* -I */
	const char *output;    /* -o */
	const char *policy;    /* -p */
	const char *rejects;   /* --rejects */
	int64_t as_of;         /* -n, INSTANT_NONE where not given */
	bool seal;             /* --seal */
	bool quiet, verbose;
};

/*
 * Starts diagnostics and signals, reads the command line. -1: go on; else the
 * status to exit with (after -h, -V, or a usage error).
 */
int options_read(struct options *options, const struct program *program, int argc, char **argv);

/* A whole number of at least low; false after a diagnostic that names the option. */
bool options_number(const char *option, const char *value, int64_t low, int64_t *number);

#endif
