/* ticket.h: a ticket with its whole history, as sla-stream(5) has it */
/* Rank: data. */
#ifndef SLA_DATA_TICKET_H
#define SLA_DATA_TICKET_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of every vocabulary 0 is "not known". */
enum event_kind {
	EVENT_NONE,
#define EVENT_KIND(id, word) EVENT_##id,
#include "data/ticket.def"
#undef EVENT_KIND
	EVENT_KINDS
};

enum state {
	STATE_NONE,
#define STATE(id, word) STATE_##id,
#include "data/ticket.def"
#undef STATE
	STATES
};

enum evidence {
	EVIDENCE_NONE,
#define EVIDENCE(id, word) EVIDENCE_##id,
#include "data/ticket.def"
#undef EVIDENCE
	EVIDENCES
};

enum metric {
	METRIC_NONE,
#define METRIC(id, word) METRIC_##id,
#include "data/ticket.def"
#undef METRIC
	METRICS
};

enum role {
	ROLE_NONE,
#define ROLE(id, word) ROLE_##id,
#include "data/ticket.def"
#undef ROLE
	ROLES
};

enum priority {
	PRIORITY_NONE,
#define PRIORITY(id, word) PRIORITY_##id,
#include "data/ticket.def"
#undef PRIORITY
	PRIORITIES
};

enum channel {
	CHANNEL_NONE,
#define CHANNEL(id, word) CHANNEL_##id,
#include "data/ticket.def"
#undef CHANNEL
	CHANNELS
};

enum vocabulary {
	WORDS_EVENT_KIND,
	WORDS_STATE,
	WORDS_EVIDENCE,
	WORDS_METRIC,
	WORDS_ROLE,
	WORDS_PRIORITY,
	WORDS_CHANNEL
};

/* The word of a value, NULL for 0; the value of a word, 0 where it has none. */
const char *word_of(enum vocabulary vocabulary, int value);
int word_value(enum vocabulary vocabulary, struct slice word);

enum visibility { VISIBILITY_NONE, VISIBILITY_PUBLIC, VISIBILITY_INTERNAL };

/*
 * One event. Instants are INSTANT_NONE where they do not apply. Texts are NULL
 * where null or absent; has_from tells a `from` of null from one that is absent.
 */
struct event {
	int64_t at;
	int64_t after;   /* inferred: the snapshot before; the true instant lies in (after, at] */
	int64_t from_at; /* due: the instant before */
	int64_t to_at;   /* due, promise, scheduled: the instant promised or planned */
	int64_t seconds; /* work: effort, -1 where unknown */
	const char *by;
	const char *from; /* owner, team, assignee, escalated, status (the PSA's word), priority */
	const char *to;
	const char *text; /* message: what was said, NULL unless it was kept */
	uint32_t seq;     /* order of input, the last key of the order */
	uint8_t kind, state, role, visibility, metric;
	bool automatic, bot, inferred, has_from;
};

/* The PSA's own verdict on one metric. */
struct psa_sla {
	bool known;  /* psa.sla has this metric */
	int8_t met;  /* 1, 0, -1 not decided or not known */
	int64_t due; /* INSTANT_NONE where not known */
	int64_t at;  /* since when the export shows the verdict */
};

/*
 * One ticket. It owns nothing: texts and arrays live in the arena it was read
 * or built with. Facts here are FINAL values; the past is told by events alone.
 */
struct ticket {
	/* Every text goes here, in front: lib/ingest/privacy.def has a row for each. */
	const char *source, *id, *title, *client, *contact, *type, *team, *owner;
	const char *agreement, *board, *site, *severity, *impact, *parent, *merged_into;
	const char **category, **assignees;
	size_t ncategory, nassignees;
	int64_t opened, resolved, closed;
	enum state state;
	enum priority priority;
	enum channel channel;
	unsigned has;     /* bit 1 << enum evidence */
	struct slice psa; /* the raw JSON object, empty where there is none */
	struct psa_sla sla[METRICS];
	struct event *events;
	size_t nevents;
};

bool ticket_has(const struct ticket *ticket, enum evidence evidence);

/* The event that repeats such a change of state, EVENT_NONE where none does: sla-stream(5). */
enum event_kind state_mark(enum state from, enum state to);

bool state_is_ended(enum state state);   /* resolved, closed, cancelled */
bool state_is_waiting(enum state state); /* waiting_client, waiting_vendor, on_hold, scheduled */

/* Into the order of sla-stream(5): by instant, then kind, then seq. Stable, in place. */
void events_sort(struct event *events, size_t nevents);

#endif
