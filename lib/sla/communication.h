/* communication.h: the record of how the client was kept informed */
/* Rank: sla. */
#ifndef SLA_SLA_COMMUNICATION_H
#define SLA_SLA_COMMUNICATION_H

#include "sla/dialogue.h"
#include "sla/ledger.h"

/* The silences of a ticket, in seconds of one kind; all -1 where there is none. */
struct gap_lengths {
	int64_t p50, p90, max; /* nearest rank: the least one that is not below that share */
};

/* Who spoke to the client. */
struct speaker {
	const char *name;
	int64_t messages;
	int64_t as_owner; /* how many while he was the owner; -1: not known */
};

/*
 * The member `communication` of sla-stream(5). -1 and INSTANT_NONE: null there. known false:
 * the source records no messages that tell who can see them, and all but the first response
 * is null.
 */
struct communication {
	bool known;          /* evidence: message and public */
	bool response_known; /* evidence of what the policy counts as a first response */
	enum response grade; /* of that first response; RESPONSE_NONE: none yet */
	int64_t response_at;
	const char *response_by;
	enum response best;       /* the best grade so far */
	int64_t human_at;         /* the first word of a named person */
	int64_t messages;         /* words of named people to the client */
	int64_t spoken_by_owner;  /* per mille of those; -1: none, or not known */
	struct speaker *speakers; /* in order of first appearance */
	size_t nspeakers;
	int64_t gaps;               /* how many silences, the running one included */
	struct gap_lengths working; /* working seconds of the ticket's calendar */
	struct gap_lengths elapsed; /* seconds */
	int64_t silent_since;       /* of the running silence; INSTANT_NONE: the ticket has ended */
	int64_t unanswered;         /* messages of the client that wait now */
	int64_t unanswered_since;
	int64_t unanswered_left; /* that had no answer when the ticket ended */
	int64_t longest_wait;    /* working seconds of the longest wait; -1: nobody waited */
	bool promises_known;     /* evidence: promise, message and public */
	int64_t kept, missed, open;
	int64_t next_promise; /* the instant of the earliest open promise */
};

void communication_of(struct communication *communication, const struct dialogue *dialogue,
    const struct timeline *timeline, const struct ledger *ledger, const struct policy *policy,
    struct arena *arena);

#endif
