/* account_json.h: the account's members of `ownership`, to JSON and back; for ownership*.c alone */
/* Rank: sla. */
#ifndef SLA_SLA_ACCOUNT_JSON_H
#define SLA_SLA_ACCOUNT_JSON_H

#include "data/json.h"
#include "out/json_writer.h"
#include "sla/ownership.h"

/* first_response, communication, concentration, rework, attribution, escalation: in that order. */
void account_to_json(const struct ownership *ownership, struct json_writer *w);
void account_from_json(struct ownership *ownership, const struct json *object, struct arena *arena);

#endif
