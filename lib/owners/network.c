/* network.c: who gives tickets to whom, over all of a stream */
#include "owners/network.h"

#include "base/intern.h"
#include "base/mem.h"
#include "base/num.h"
#include "out/csv_writer.h"
#include "out/dot.h"
#include "stat/histogram.h"

#include <stdlib.h>
#include <string.h>

struct arc {
	const char *from, *to;
	int64_t count, returns;
	struct histogram accepted; /* working seconds */
};

struct network {
	enum network_kind kind;
	struct intern nodes, pairs; /* a pair is the numbers of two nodes, as bytes */
	struct arc *arcs;           /* by number in pairs, until they are sorted to be written */
	size_t cap;
};

static const char *const names[] = {NULL, "owner", "team", "work"};

enum network_kind
network_kind_of(const char *name)
{
	int kind;

	for (kind = NETWORK_OWNER; kind <= NETWORK_WORK; kind++)
		if (strcmp(names[kind], name) == 0)
			return (enum network_kind)kind;
	return NETWORK_NONE;
}

struct network *
network_new(enum network_kind kind)
{
	struct network *network = mem_calloc(1, sizeof(*network));

	network->kind = kind;
	return network;
}

void
network_free(struct network *network)
{
	size_t i;

	if (network == NULL)
		return;
	for (i = 0; i < network->pairs.count; i++)
		histogram_free(&network->arcs[i].accepted);
	mem_free(network->arcs);
	intern_free(&network->nodes);
	intern_free(&network->pairs);
	mem_free(network);
}

static struct arc *
arc_of(struct network *network, const char *from, const char *to)
{
	uint32_t pair[2] = {
	    intern_add(&network->nodes, slice_z(from)), intern_add(&network->nodes, slice_z(to))};
	size_t known = network->pairs.count;
	uint32_t number =
	    intern_add(&network->pairs, (struct slice){(const char *)pair, sizeof(pair)});

	if (number == known) {
		network->arcs =
		    mem_push(network->arcs, number, &network->cap, sizeof(*network->arcs));
		network->arcs[number] = (struct arc){.from = intern_text(&network->nodes, pair[0]),
		    .to = intern_text(&network->nodes, pair[1])};
	}
	return &network->arcs[number];
}

/* The handoff at that instant to that holder, if the change was one. */
static const struct handoff *
handoff_at(const struct ledger *ledger, const struct change *change)
{
	const struct handoff *handoff;
	const char *to;
	size_t i;

	for (i = 0; i < ledger->nhandoffs && ledger->handoffs[i].at <= change->at; i++) {
		handoff = &ledger->handoffs[i];
		to = change->team ? handoff->to.team : handoff->to.owner;
		if (handoff->at == change->at && text_same(to, change->to))
			return handoff;
	}
	return NULL;
}

static void
add_changes(struct network *network, const struct ledger *ledger)
{
	const struct handoff *handoff;
	const struct change *change;
	struct arc *arc;
	size_t i;

	for (i = 0; i < ledger->nchanges; i++) {
		change = &ledger->changes[i];
		if (change->team != (network->kind == NETWORK_TEAM))
			continue;
		arc = arc_of(network, change->from, change->to);
		arc->count++;
		arc->returns += change->kind != RETURN_NONE;
		handoff = handoff_at(ledger, change);
		if (handoff != NULL && handoff->acceptance == ACCEPTANCE_ACCEPTED)
			histogram_add(&arc->accepted, handoff->accepted_in);
	}
}

static void
add_work(struct network *network, const struct timeline *timeline)
{
	const char *last = NULL;
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->by == NULL || event->kind == EVENT_RESOLVED ||
		    event->kind == EVENT_REOPENED || event->kind == EVENT_CLOSED)
			continue;
		if (last != NULL)
			arc_of(network, last, event->by)->count++;
		last = event->by;
	}
}

void
network_add(struct network *network, const struct analysis *analysis)
{
	if (network->kind == NETWORK_WORK)
		add_work(network, &analysis->timeline);
	else
		add_changes(network, &analysis->ledger);
}

static int
by_count(const void *a, const void *b)
{
	const struct arc *x = a, *y = b;
	int order;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	order = strcmp(x->from, y->from);
	return order != 0 ? order : strcmp(x->to, y->to);
}

static void
sort_arcs(struct network *network)
{
	if (network->pairs.count > 0)
		qsort(network->arcs, network->pairs.count, sizeof(*network->arcs), by_count);
}

void
network_write_csv(struct network *network, struct buf *out, bool raw)
{
	struct csv_writer w = csv_writer_to(out, !raw);
	const struct arc *arc;
	size_t i;

	sort_arcs(network);
	buf_addz(out, "from,to,count,accepted,acceptance_median,returns,return_rate\n");
	for (i = 0; i < network->pairs.count; i++) {
		arc = &network->arcs[i];
		csvw_text(&w, arc->from);
		csvw_text(&w, arc->to);
		csvw_i64(&w, arc->count);
		if (arc->accepted.count > 0) {
			csvw_i64(&w, arc->accepted.count);
			csvw_i64(&w, histogram_quantile(&arc->accepted, 500));
		} else {
			csvw_empty(&w);
			csvw_empty(&w);
		}
		if (network->kind != NETWORK_WORK) {
			csvw_i64(&w, arc->returns);
			csvw_i64(&w, num_muldiv(arc->returns, 1000, arc->count));
		} else {
			csvw_empty(&w);
			csvw_empty(&w);
		}
		csvw_end(&w);
	}
}

void
network_write_dot(struct network *network, struct buf *out)
{
	const struct arc *arc;
	size_t i;

	sort_arcs(network);
	buf_addf(out, "digraph %s {\n\tnode [shape=box];\n", names[network->kind]);
	for (i = 0; i < network->pairs.count; i++) {
		arc = &network->arcs[i];
		buf_addc(out, '\t');
		dot_string(out, slice_z(arc->from));
		buf_addz(out, " -> ");
		dot_string(out, slice_z(arc->to));
		/* The widest line is that of the busiest arc. */
		buf_addf(out, " [label=\"%lld\", weight=%lld, penwidth=%lld];\n",
		    (long long)arc->count, (long long)arc->count,
		    (long long)(1 + num_muldiv(arc->count, 7, network->arcs[0].count)));
	}
	buf_addz(out, "}\n");
}
