/* ending.h: how a ticket was ended: by whom, and whether the client was told */
/* Rank: sla. */
#ifndef SLA_SLA_ENDING_H
#define SLA_SLA_ENDING_H

#include "sla/dialogue.h"
#include "sla/timeline.h"

#include <stdbool.h>
#include <stdint.h>

/* Working seconds before the end in which a word tells of it, unless the policy says otherwise. */
#define WORD_WITHIN (INT64_C(8) * 3600)

enum ended_by {
	ENDED_BY_NONE, /* the event ended nothing, or nobody knows who owned it or who ended it */
	ENDED_BY_OWNER,
	ENDED_BY_OTHER
};

/*
 * Whether the owner of the moment before ended the ticket, by an event `resolved` or `closed` of the
 * timeline. NONE for the client, a machine, and what was over at its opening. *owner: who
 * owned it, NULL for NONE.
 */
enum ended_by
ended_by(const struct timeline *timeline, const struct event *event, const char **owner);

/*
 * Whether a ticket that is resolved or closed was ended without a public message of a person
 * in `limit` working seconds before or at any time after; of an end that was inferred, before the
 * snapshot that did not show it. False while it is open, or cancelled.
 */
bool ended_without_word(const struct timeline *timeline, const struct dialogue *dialogue,
    struct calendar *calendar, int64_t limit);

#endif
