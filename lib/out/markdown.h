/* markdown.h: text that stays text in GitHub-flavoured Markdown */
/* Rank: out. */
#ifndef SLA_OUT_MARKDOWN_H
#define SLA_OUT_MARKDOWN_H

#include "base/buf.h"

/*
 * text for a paragraph or a table's cell: nothing in it can end the cell, be HTML, emphasis, code, a
 * link, a mention or a reference. Line breaks become blanks; control bytes and characters that turn
 * the direction of text are shown as text_add_safe() shows them.
 */
void markdown_add(struct buf *out, struct slice text);

#endif
