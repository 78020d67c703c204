/* slice.h: a view of text by pointer and length, and what can be asked of it */
/* Rank: base. */
#ifndef SLA_BASE_SLICE_H
#define SLA_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>

/* A value: it owns nothing. p may be NULL when n is 0. Not NUL-terminated. */
struct slice {
	const char *p;
	size_t n;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

struct slice slice_z(const char *text); /* NULL gives an empty slice */
bool slice_eq(struct slice a, struct slice b);
bool slice_eqz(struct slice a, const char *text);
/* Bytewise order, the shorter first: <0, 0, >0. */
int slice_cmp(struct slice a, struct slice b);
/* Without the blanks (space, tab, CR, LF) at both ends. */
struct slice slice_trim(struct slice a);

/* Both NULL, or both the same text. NULL stands for "unknown" or "nobody". */
bool text_same(const char *a, const char *b);
/* strcmp order with NULL first. */
int text_cmp(const char *a, const char *b);

/*
 * Whether text fits pattern: `*` any run, `?` one character, everything else
 * itself, ASCII letters in either case. Linear in text times pattern.
 */
bool glob_match(const char *pattern, const char *text);

/* Whether the bytes are well-formed UTF-8 (no surrogates, no overlong forms). */
bool utf8_valid(const char *p, size_t n);

/* Bytes of the UTF-8 sequence that begins at p, 0 where it is malformed. */
size_t utf8_length(const char *p, size_t n);

#endif
