/* piece_text.h: the lines of a piece, written and read back */
/* Rank: report. */
#ifndef SLA_REPORT_PIECE_PIECE_TEXT_H
#define SLA_REPORT_PIECE_PIECE_TEXT_H

#include "data/json.h"
#include "out/json_writer.h"
#include "report/count/aggregate.h"

#define PIECE_VERSION  1
#define PIECE_ID_CHARS 16

/* A number; beyond what a JSON number holds for sure, as text. */
void piece_put_number(struct json_writer *w, const char *key, int64_t number);
/* False where it is no such number. */
bool piece_get_number(const struct json *value, int64_t *number);

/* The options that choose the time, in words: pieces and merge must have the same. */
const char *piece_time_words(const struct report_options *options, struct arena *arena);

/* `{"group":{…}}`, without its LF. */
void piece_put_group(struct buf *out, const struct report *report, int window,
    enum dimension dimension, size_t index);
/* Adds the group to the report's own. NULL, or what is wrong with it: static text. */
const char *piece_get_group(struct report *report, const struct json *value);

/* `{"note":{…}}`: a ticket that a client's review names. */
void piece_put_note(struct buf *out, enum noted_kind kind, const struct note *note);
/* Its texts live as long as the value's. NULL, or what is wrong with it. */
const char *piece_get_note(struct note *note, enum noted_kind *kind, const struct json *value);

/* `{"work":{…}}`: a ticket of the worklist. */
void piece_put_work(struct buf *out, const struct work *work);
/* Its texts live as long as the value's, its lane in arena. */
const char *piece_get_work(struct work *work, const struct json *value, struct arena *arena);

#endif
