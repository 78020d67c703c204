/* text.h: text for terminals: safe, measured, cut, wrapped; bars and colours */
/* Rank: out. */
#ifndef SLA_OUT_TEXT_H
#define SLA_OUT_TEXT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Appends text so that a terminal or a CI log shows rather than obeys it: control characters (C0,
 * DEL, C1) and bytes that are not UTF-8 as \xNN; characters that turn the direction of text, split
 * lines or cannot be seen as \uNNNN; a `::` or `##` that begins a word, as CI commands do, with its
 * first character as \xNN. Without utf8 everything beyond ASCII becomes \uNNNN, because a terminal
 * in another charset would take some of its bytes for controls. The functions below take such text.
 */
void text_add_safe(struct buf *out, struct slice text, bool utf8);

/*
 * Columns on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks, 1 for
 * others (after Unicode 15's EastAsianWidth and general categories Mn, Me).
 */
int text_width(struct slice text);

/* Bytes of the longest prefix that is at most width columns wide; *used is its width. */
size_t text_prefix(struct slice text, int width, int *used);

/*
 * Appends text in exactly width columns: cut, with an ellipsis for what is missing, or filled with
 * blanks, in front of it where right is set.
 */
void text_add_fitted(struct buf *out, struct slice text, int width, bool right, bool utf8);

/*
 * Appends text broken at blanks into lines of at most width columns, each but the first (which the
 * caller has begun) after indent blanks, and each ended by LF. Longer words are broken anywhere.
 */
void text_add_wrapped(struct buf *out, struct slice text, int width, int indent);

/* Appends a bar of exactly width columns, per_mille of them full: blocks in eighths, or `#`. */
void text_add_bar(struct buf *out, int64_t per_mille, int width, bool utf8);

/*
 * Appends a column for each of n numbers >= 0, as high as its share of the largest one; -1: a gap.
 * Eighths of a block, or without utf8 `_` to `#`. The least that is above 0 is seen.
 */
void text_add_sparkline(struct buf *out, const int64_t *numbers, size_t n, bool utf8);

/*
 * Narrows n columns that are gap apart until they fit into total: the widest of those above their
 * least[] first. False where even these do not fit.
 */
bool text_fit(int *widths, const int *least, size_t n, int gap, int total);

enum text_tone { TEXT_PLAIN, TEXT_BOLD, TEXT_GOOD, TEXT_WARN, TEXT_BAD };

/* The SGR sequences around text of a tone; nothing without colour, or for TEXT_PLAIN. */
void text_tone_on(struct buf *out, enum text_tone tone, bool colour);
void text_tone_off(struct buf *out, enum text_tone tone, bool colour);

#endif
