/* network.h: who gives tickets to whom, over all of a stream */
/* Rank: owners. */
#ifndef SLA_OWNERS_NETWORK_H
#define SLA_OWNERS_NETWORK_H

#include "base/buf.h"
#include "sla/analysis.h"

/*
 * OWNER, TEAM: an arc for each change of the owner or team, gaps skipped. WORK: the handover of
 * work of process mining (van der Aalst, Reijers, Song: Discovering Social Networks from Event
 * Logs, CSCW 14, 2005): an arc from who acted to who acted next on the same ticket, to oneself
 * too; every event with a `by` is an act but resolved, reopened and closed, which repeat a status.
 */
enum network_kind { NETWORK_NONE, NETWORK_OWNER, NETWORK_TEAM, NETWORK_WORK };

struct network;

/* NETWORK_NONE where there is none of that name. */
enum network_kind network_kind_of(const char *name);

/* The caller frees it. */
struct network *network_new(enum network_kind kind);
void network_free(struct network *network);

void network_add(struct network *network, const struct analysis *analysis);

/*
 * Appends the arcs, the busiest first, then by name: CSV
 * `from,to,count,accepted,acceptance_median,returns,return_rate` (working seconds; per mille;
 * empty where not known; raw: no guard against formulas), or a Graphviz digraph.
 */
void network_write_csv(struct network *network, struct buf *out, bool raw);
void network_write_dot(struct network *network, struct buf *out);

#endif
