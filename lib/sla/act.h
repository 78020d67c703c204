/* act.h: what counts as somebody's doing */
/* Rank: sla. */
#ifndef SLA_SLA_ACT_H
#define SLA_SLA_ACT_H

#include "data/ticket.h"

#include <stdbool.h>

/*
 * Whether an event is an act of those who serve: a message, work, or a change of status,
 * priority, team, owner or assignee, an escalation, a promise or a plan, unless the client or a
 * machine did it. The opening, `due`, and `resolved`, `reopened`, `closed` are none: they only
 * repeat a status. Who did it may be unknown.
 */
bool event_is_act(const struct event *event);

/* The opening or a status, where it tells the state. */
bool event_tells_state(const struct event *event);

/* A `due` that moves the due instant to a later one; both are known. */
bool event_moves_due_back(const struct event *event);

/* A message of the client that is not internal. */
bool event_is_client_message(const struct event *event);

#endif
