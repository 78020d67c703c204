/* slice.h: a view of text by pointer and length, and what can be asked of it */
/* Rank: base. */
#ifndef SLA_BASE_SLICE_H
#define SLA_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A value: it owns nothing. p may be NULL when n is 0. Not NUL-terminated. */
struct slice {
	const char *p;
	size_t n;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

/*
 * memcmp(a, b, n) == 0 and memcpy(), but in line for what is short: member names, words and
 * instants are, and a call each would cost more than they do. Two moves that overlap do for
 * every length from 4 to 16.
 */
static inline bool
bytes_same(const char *a, const char *b, size_t n)
{
	uint64_t wide[4];
	uint32_t half[4];

	if (n > 16)
		return memcmp(a, b, n) == 0;
	if (n >= 8) {
		memcpy(&wide[0], a, 8);
		memcpy(&wide[1], b, 8);
		memcpy(&wide[2], a + n - 8, 8);
		memcpy(&wide[3], b + n - 8, 8);
		return ((wide[0] ^ wide[1]) | (wide[2] ^ wide[3])) == 0;
	}
	if (n >= 4) {
		memcpy(&half[0], a, 4);
		memcpy(&half[1], b, 4);
		memcpy(&half[2], a + n - 4, 4);
		memcpy(&half[3], b + n - 4, 4);
		return ((half[0] ^ half[1]) | (half[2] ^ half[3])) == 0;
	}
	return n == 0 || (a[0] == b[0] && a[n / 2] == b[n / 2] && a[n - 1] == b[n - 1]);
}

static inline void
bytes_copy(char *to, const char *p, size_t n)
{
	uint64_t first, last;
	uint32_t head, tail;

	if (n > 16) {
		memcpy(to, p, n);
	} else if (n >= 8) {
		memcpy(&first, p, 8);
		memcpy(&last, p + n - 8, 8);
		memcpy(to, &first, 8);
		memcpy(to + n - 8, &last, 8);
	} else if (n >= 4) {
		memcpy(&head, p, 4);
		memcpy(&tail, p + n - 4, 4);
		memcpy(to, &head, 4);
		memcpy(to + n - 4, &tail, 4);
	} else {
		while (n-- > 0)
			to[n] = p[n];
	}
}

/* NULL gives an empty slice. */
static inline struct slice
slice_z(const char *text)
{
	return (struct slice){text, text != NULL ? strlen(text) : 0};
}

static inline bool
slice_eq(struct slice a, struct slice b)
{
	return a.n == b.n && bytes_same(a.p, b.p, a.n);
}

static inline bool
slice_eqz(struct slice a, const char *text)
{
	return slice_eq(a, slice_z(text));
}

/* Bytewise order, the shorter first: <0, 0, >0. */
int slice_cmp(struct slice a, struct slice b);
/* Without the blanks (space, tab, CR, LF) at both ends. */
struct slice slice_trim(struct slice a);

/* Both NULL, or both the same text. NULL stands for "unknown" or "nobody". */
static inline bool
text_same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return a == b || strcmp(a, b) == 0;
}

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
