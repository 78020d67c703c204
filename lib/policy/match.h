/* match.h: whether a ticket fits the "match" of a target, compiled once */
/* Rank: policy. */
#ifndef SLA_POLICY_MATCH_H
#define SLA_POLICY_MATCH_H

#include "policy/policy.h"

#include <stdbool.h>
#include <stddef.h>

struct condition;
struct json;
struct loader;

/* A value; its conditions live in the policy's arena. Zero-initialised it fits every ticket. */
struct match {
	const struct condition *conditions;
	size_t nconditions;
	bool varies; /* asks for owner, team, state or priority, which events change */
};

/* Compiles the JSON object (NULL: every ticket) into *match, reporting its faults. */
void match_compile(struct loader *loader, const struct json *value, struct match *match);

bool match_fits(const struct match *match, const struct facts *facts);

/* Whether it could fit a ticket of that client, NULL where it is unknown. */
bool match_fits_client(const struct match *match, const char *client);

/*
 * Whether every ticket that fits `narrow` provably fits `wide`, as is read from the patterns:
 * true is certain, false may only mean that it could not be proved.
 */
bool match_covers(const struct match *wide, const struct match *narrow);

#endif
