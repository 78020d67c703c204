/* mime.h: headers and bodies of mail, lines ended by LF as sendmail reads them */
/* Rank: out. */
#ifndef SLA_OUT_MIME_H
#define SLA_OUT_MIME_H

#include "base/buf.h"

#include <stdbool.h>

/*
 * Whether text is a list of mailboxes, with commas between them: `ann@example.org`, `root`,
 * `Ann <ann@example.org>`, `"Lee, Ann" <ann@example.org>`. Addresses are ASCII; no control byte.
 */
bool mime_is_mailboxes(const char *text);

/*
 * `name: text` and a line end, in lines of at most 76 bytes. Where text is not printable ASCII, or
 * a word of it does not fit, it is written in encoded words (RFC 2047). Control bytes and what
 * text_add_safe() hides are shown first, so that no text begins another header.
 */
void mime_header(struct buf *out, const char *name, struct slice text);

/* The same for mailboxes that mime_is_mailboxes() accepts: a line each. */
void mime_mailboxes(struct buf *out, const char *name, const char *mailboxes);

/* Bodies in lines of at most 76 bytes, each ended by LF. */
void mime_quoted_printable(struct buf *out, struct slice text);
void mime_base64(struct buf *out, struct slice bytes);

#endif
