/* event_log.h: the stream's second form, a CSV row an event */
/* Rank: data. */
#ifndef SLA_DATA_EVENT_LOG_H
#define SLA_DATA_EVENT_LOG_H

#include "base/input.h"
#include "data/rejects.h"
#include "data/ticket.h"

/* Reads the event log and gives its tickets back as lines of the first form. */
struct event_log;

/* Reads from input, which the caller opens and closes, and which rejects must outlive. */
struct event_log *event_log_new(struct input *input, struct rejects *rejects);

/*
 * The next whole ticket as one line of NDJSON (no LF) into *line, and the row's
 * line number on which it begins: 1; 0 at the end; -1 after a diagnostic, where the input cannot be
 * read, or is no event log at all: its first row is no header of one.
 * A ticket whose rows are apart, missing or unusable is refused, with a hint.
 */
int event_log_next(struct event_log *log, struct buf *line, int64_t *number);

/* Tickets refused since this was last asked. */
int64_t event_log_refused(struct event_log *log);
void event_log_free(struct event_log *log); /* NULL is fine */

/*
 * Appends the header row; then the rows of a ticket, its events in order. texts: with the column
 * `text`, for what was said.
 */
void event_log_write_header(bool texts, struct buf *out);
void event_log_write(const struct ticket *ticket, bool texts, struct buf *out);

#endif
