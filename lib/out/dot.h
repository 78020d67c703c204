/* dot.h: text in Graphviz DOT */
/* Rank: out. */
#ifndef SLA_OUT_DOT_H
#define SLA_OUT_DOT_H

#include "base/buf.h"

/*
 * text as a quoted DOT string, which the layout shows as it is: quotes and backslashes are escaped
 * (Graphviz gives a meaning to \n, \N and the like in labels), line breaks become blanks, and
 * control bytes are shown as text_add_safe() shows them.
 */
void dot_string(struct buf *out, struct slice text);

#endif
