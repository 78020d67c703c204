/* charset.h: the bytes of a file as UTF-8, whatever they were written in */
/* Rank: data. */
#ifndef SLA_DATA_CHARSET_H
#define SLA_DATA_CHARSET_H

#include "base/input.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct charset;

/*
 * Reads from input, which the caller opens and closes. name: one that iconv(3) knows, or NULL to
 * find out: a byte order mark says UTF-16, and so do zero bytes at every other place; bytes
 * that are not UTF-8, in a file without one character in UTF-8 beyond ASCII, are Windows-1252.
 * A regular file is looked at as a whole, a pipe as far as its first MiB. NULL after a
 * diagnostic: the input could not be read, or nobody knows the name.
 */
struct charset *charset_open(struct input *input, const char *name);

/*
 * The next bytes, in UTF-8, into p, which has room for n, at least 8: how many; 0 at the end; -1
 * after a diagnostic. What is no character there comes as the byte 0xFF, which UTF-8 lacks, so
 * that the row that holds it is refused at its place. A byte order mark is a character.
 */
int64_t charset_read(struct charset *charset, char *p, size_t n);

/*
 * Whether what a file begins with is UTF-16, by the same signs: then it is put into utf8, as far
 * as its last whole character and without what is none. The caller frees utf8.
 */
bool charset_start(struct slice start, struct buf *utf8);

/* As people write it: "UTF-8", "UTF-16LE", "WINDOWS-1252". */
const char *charset_name(const struct charset *charset);
void charset_close(struct charset *charset); /* NULL is fine */

#endif
