/* candidates.h: which targets can fit a ticket of a client, so that few of thousands are tried */
/* Rank: policy. */
#ifndef SLA_POLICY_CANDIDATES_H
#define SLA_POLICY_CANDIDATES_H

#include <stddef.h>
#include <stdint.h>

struct policy;

/* Lists of a policy's targets by client, made when a client is first asked for. */
struct candidates;

/* Never NULL; candidates_free() at the end. */
struct candidates *candidates_new(void);
void candidates_free(struct candidates *candidates);

/*
 * The indices, ascending, of the policy's rules whose pattern for `client` (NULL: unknown) fits, or
 * that have none. Sets *n; valid until the next call.
 */
const uint32_t *candidates_of(
    struct candidates *candidates, const struct policy *policy, const char *client, size_t *n);

#endif
