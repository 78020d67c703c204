/* file_names.h: names of files for clients, safe on every file system */
/* Rank: report. */
#ifndef SLA_REPORT_FILE_NAMES_H
#define SLA_REPORT_FILE_NAMES_H

#include "base/arena.h"

#include <stddef.h>

#define FILE_NAME_MOST 100 /* bytes of a name, without what tells it apart */

/*
 * names[i] becomes the name for texts[i], in arena. The texts must differ from each other; the names
 * then do so even where the file system takes no notice of case, and they do not depend on the order
 * of the texts. Bytes outside [A-Za-z0-9._-] become '-', a '.' or '-' in front '_', no text "_".
 * Names that would be the same, or were too long, get "-" and the first 8 hex digits of the text's
 * SHA-256 behind them; 16, 32 or all 64 where they still would be.
 */
void file_names(const char *const *texts, size_t n, const char **names, struct arena *arena);

/* NULL, or what is wrong with a pattern for them: it must have "%s" once, in its last part. */
const char *file_pattern_fault(const char *pattern);
/* The pattern with the name in the place of "%s". */
const char *file_pattern_fill(const char *pattern, const char *name, struct arena *arena);

#endif
