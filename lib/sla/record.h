/* record.h: what the members `ownership` and `risk` have in common */
/* Rank: sla. */
#ifndef SLA_SLA_RECORD_H
#define SLA_SLA_RECORD_H

#include "base/arena.h"
#include "data/json.h"
#include "data/ticket.h"
#include "data/ticket_json.h"
#include "out/json_writer.h"
#include "sla/analysis.h"

/* The head of either member: the ticket at the as-of instant, never its final facts. */
struct record_head {
	int64_t as_of;
	const char *policy; /* SHA-256 in hex, NULL: no policy */
	enum state state;
	const char *owner, *team;
	enum priority priority;
};

void record_head_of(struct record_head *head, const struct analysis *analysis);
/* as_of is always the first member: record_as_of() counts on it. */
void record_head_to_json(const struct record_head *head, struct json_writer *w);
void
record_head_from_json(struct record_head *head, const struct json *object, struct arena *arena);

/* The as_of of an annotation's raw JSON text, INSTANT_NONE where it has none. */
int64_t record_as_of(struct slice annotation);

/* For the members of the records: null for INSTANT_NONE, and for a negative share or duration. */
static inline void
record_instant(struct json_writer *w, const char *key, int64_t instant)
{
	jsonw_begin(w, key);
	json_add_instant(w->out, instant);
}

static inline void
record_known(struct json_writer *w, const char *key, int64_t number)
{
	jsonw_begin(w, key);
	if (number < 0)
		buf_adds(w->out, SLICE("null"));
	else
		buf_add_i64(w->out, number);
}

int64_t record_read_instant(const struct json *object, const char *key);
int64_t record_read_known(const struct json *object, const char *key); /* -1 where null */
int64_t record_read_count(const struct json *object, const char *key); /* 0 where null */
/* The value of one of `count` words; fallback where it is none of them. */
int record_read_word(
    const struct json *object, const char *key, const char *(*word)(int), int count, int fallback);
const char *record_read_text(const struct json *object, const char *key, struct arena *arena);

#endif
