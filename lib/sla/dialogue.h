/* dialogue.h: who told the client what and when, and what was left without an answer */
/* Rank: sla. */
#ifndef SLA_SLA_DIALOGUE_H
#define SLA_SLA_DIALOGUE_H

#include "policy/policy.h"
#include "sla/timeline.h"

#include <stdbool.h>
#include <stdint.h>

/* A public message of a named person other than the client: response_grade() human. */
struct word {
	int64_t at;
	const char *by;
	int by_owner; /* whether that was the owner then: 1, 0, -1 not known */
};

/* Live time [from, to) without such a word: from the opening, a reopening or the word before. */
struct silence {
	int64_t from, to;
	bool open; /* still so at the as-of instant */
};

/*
 * A stretch [from, to) in which messages of the client had no answer: from the oldest of them, or
 * from the reopening if that came after the end of the ticket, to the next public answer, the end,
 * or the as-of instant.
 */
struct wait {
	int64_t from, to;
	int64_t messages;
	bool answered; /* by a public message; else the ticket ended, or it is open */
	bool open;     /* still waiting at the as-of instant */
};

enum promise_state { PROMISE_OPEN, PROMISE_KEPT, PROMISE_MISSED };

/* "You will hear from us by `to`". */
struct promise {
	int64_t at, to;
	/* The first public answer after it was made, or the end of the ticket; INSTANT_NONE: neither. */
	int64_t told_at;
	enum promise_state state; /* kept: told_at is not later than `to` */
	const char *by;           /* who promised; NULL: not known */
};

/* All in order of time; lives in the arena. Only what was recorded: look at the evidence too. */
struct dialogue {
	struct word *words;
	size_t nwords;
	struct silence *silences;
	size_t nsilences;
	struct wait *waits;
	size_t nwaits;
	struct promise *promises; /* those for an instant after they were made */
	size_t npromises;
	int64_t first[RESPONSE_HUMAN +
	    1];                       /* the first event of exactly that grade, else INSTANT_NONE */
	const struct event *response; /* the first that the policy counts as a response, or NULL */
	enum response response_grade; /* that one's; RESPONSE_NONE */
	enum response best;           /* the best grade so far */
	int64_t machine_at;           /* the first public message of a machine; INSTANT_NONE */
	int64_t answer_at;      /* the first public message that is no machine's; INSTANT_NONE */
	int64_t last_answer_at; /* the latest of these; INSTANT_NONE */
	bool has_messages;      /* evidence: message and public */
	bool has_promises;      /* and promise */
};

void dialogue_build(struct dialogue *dialogue, const struct timeline *timeline,
    const struct policy *policy, struct arena *arena);

/* "none", "status" … "human". */
const char *response_word(enum response grade);
const char *promise_word(enum promise_state state); /* "open", "kept", "missed" */

#endif
