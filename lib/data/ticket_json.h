/* ticket_json.h: tickets and events from JSON and to JSON, as sla-stream(5) has them */
/* Rank: data. */
#ifndef SLA_DATA_TICKET_JSON_H
#define SLA_DATA_TICKET_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "data/scan.h"
#include "data/ticket.h"

#include <stdbool.h>

/* Why a ticket cannot be used, and at which byte of its line. */
struct ticket_fault {
	const char *what; /* static text */
	size_t at;
};

/*
 * Reads the ticket's facts (not its events) from a line that scan_line() has
 * accepted, texts copied into arena. False with *fault set where a member has
 * the wrong type or a word that sla-stream(5) does not know, or where `v` is
 * not 1 or `id` is missing.
 */
bool ticket_from_scan(const struct scan *scan, struct arena *arena, struct ticket *ticket,
    struct ticket_fault *fault);

/*
 * Reads the events, sorted, into ticket->events. scan->split must be "events".
 * scratch is reset. An event of an unknown kind is left out; a known one with
 * an unusable member is a fault. Sets ticket->opened from the events where the
 * line has none; a ticket with no instant at all is a fault.
 */
bool ticket_events_from_scan(const struct scan *scan, struct arena *arena, struct arena *scratch,
    struct ticket *ticket, struct ticket_fault *fault);

/* The ticket as one line, with a LF behind it. */
void ticket_to_json(const struct ticket *ticket, struct buf *out);
/* One event as a JSON object. */
void event_to_json(const struct event *event, struct buf *out);

/* A JSON string with the instant, null for INSTANT_NONE. Appends. */
void json_add_instant(struct buf *out, int64_t instant);

#endif
