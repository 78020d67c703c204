/* roster.h: the people of a roster by name; lib/policy only */
/* Rank: policy. */
#ifndef SLA_POLICY_ROSTER_H
#define SLA_POLICY_ROSTER_H

#include "policy/loader.h"

/*
 * Makes the name (any case, blanks at the ends do not matter) one of the person
 * with that index. Returns the index of the person who has it: another one's
 * where it was taken.
 */
uint32_t roster_add_name(struct policy *policy, struct slice name, uint32_t person);

#endif
