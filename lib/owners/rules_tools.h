/* rules_tools.h: what the rules share, inside lib/owners */
/* Rank: owners. */
#ifndef SLA_OWNERS_RULES_TOOLS_H
#define SLA_OWNERS_RULES_TOOLS_H

#include "owners/rules.h"

struct words {
	char text[40];
};

/* The span at as-of. */
const struct span *span_now(const struct judging *judging);
/* Whether the ticket's life goes on. */
bool is_open(const struct judging *judging);
/* Who can act on an open ticket: its owner, else its team; NULL: whoever dispatches. */
const char *actor_now(const struct judging *judging);
/* No time, number or share passes this limit. */
#define LIMIT_OFF INT64_MAX
/* The limit of the rule that judges for such a ticket; LIMIT_OFF where the policy turns it off. */
int64_t limit_for(const struct judging *judging, const struct facts *facts);
/*
 * The rule's limit for the ticket as it was in the second before the instant, when something was
 * over: what became known later does not judge it. LIMIT_OFF where the rule was off.
 */
int64_t limit_before(const struct judging *judging, int64_t instant);
/* The owner, else the team, else "nobody". */
const char *holder_name(const struct holder *holder);
/* Seconds as "2h 5m", working ones as "26h 5m". */
struct words duration_words(int64_t seconds);
struct words working_words(int64_t seconds);

/*
 * A finding with its first piece of evidence, `since`. open: somebody can still act, so that it has
 * the rule's severity; what is over is low. Valid until the next one is added.
 */
struct finding *finding_add(struct judging *judging, bool open, int64_t since, const char *who,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
/* More evidence, as far as there is room. */
void finding_evidence(struct finding *finding, int64_t instant);

#endif
