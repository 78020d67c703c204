/* diag.h: what the programs say on standard error, and the exit status it makes */
/* Rank: base. */
#ifndef SLA_BASE_DIAG_H
#define SLA_BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>

enum diag_id {
#define DIAG(id, level, status, text) DIAG_##id,
#include "base/diag.def"
#undef DIAG
	DIAG_COUNT
};

/* Where: file NULL when there is none; line and column count from 1, 0 is unknown. */
struct place {
	const char *file;
	int64_t line;
	int64_t column;
};

#define NOWHERE ((struct place){0})

/*
 * The state behind these functions is the program's, one a process: the name in
 * front of each line, what is shown, and the worst exit status raised so far.
 */
void diag_start(const char *program);
/* -q: errors only. -v: every message, none held back after the first ones. */
void diag_verbosity(bool quiet, bool verbose);

/*
 * From here on messages name places only: what stands in quotes in a message about the data of
 * an export is content, and is left out.
 */
void diag_discreet(void);
bool diag_is_discreet(void);

/*
 * Prints `program: file:line:column: level: text: detail`, control bytes
 * escaped, and raises the exit status of that row of diag.def. Of one kind the
 * first 20 are shown; diag_finish() says how many were not. Always returns -1,
 * so that a caller may `return diag(...)`.
 */
int diag(enum diag_id id, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What a condition is called, as in diag.def. */
const char *diag_text(enum diag_id id);

/* diag(DIAG_SYSTEM) with the text of errno behind what. */
int diag_system(const char *file, const char *what);

/* Raises the exit status without a word: a gate that tripped, for example. */
void diag_raise(int status);
int diag_status(void);
/* How often the condition was reported, shown or not. */
int64_t diag_count(enum diag_id id);
/* Says what was held back. Returns the exit status. */
int diag_finish(void);

#endif
