/* gate_tree.h: a gate's expression as a tree, and the numbers that it asks for */
/* Rank: report. */
#ifndef SLA_REPORT_GATE_GATE_TREE_H
#define SLA_REPORT_GATE_GATE_TREE_H

#include "base/arena.h"
#include "report/count/aggregate.h"
#include "report/gate/gate.h"

enum gate_unit { GATE_COUNT, GATE_SHARE, GATE_ELAPSED, GATE_WORKING, GATE_UNITS };

/* A number, or a share as part of whole; of what is no share the whole is 1. */
struct gate_value {
	bool judged;
	int64_t part, whole;
};

/* A row of the table of measures. */
struct gate_measure {
	const char *name;
	enum gate_unit unit;
	bool clock; /* of one clock: "pickup.breached"; without a clock's name that of resolve */
	struct gate_value (*read)(const struct group *group, enum metric metric, int what);
	int what;
	const char *help;
	bool history; /* no record tells it */
};

/* The measure of that name, and the clock it is asked of; NULL where there is none. */
const struct gate_measure *gate_measure_of(struct slice name, enum metric *metric);
/* The name that is nearest to a misspelt one, or NULL where none is near. */
const char *gate_name_near(struct slice name);
/* The value as people read it, "25.6 % (104 of 406)". */
void gate_value_words(enum gate_unit unit, const struct gate_value *value, struct buf *out);

enum gate_filter {
	FILTER_CLIENT,
	FILTER_OWNER,
	FILTER_PRIORITY,
	FILTER_SOURCE,
	FILTER_TEAM,
	FILTER_TYPE,
	GATE_FILTERS
};

extern const char *const gate_filters[GATE_FILTERS];

enum gate_node_kind { NODE_MEASURE, NODE_FILTER, NODE_AND, NODE_OR, NODE_NOT };
enum gate_operator { GATE_EQ, GATE_NE, GATE_LT, GATE_LE, GATE_GT, GATE_GE, GATE_OPERATORS };

/* Lives in the arena of the gates. */
struct gate_node {
	enum gate_node_kind kind;
	enum gate_operator operator;
	size_t column;                      /* from 1, in the gate's text */
	struct slice text;                  /* as it was written */
	bool pure;                          /* nothing but filters below */
	bool closed;                        /* in parentheses: its filters stay inside */
	struct gate_node *a, *b;            /* AND, OR; NOT has a alone */
	enum gate_filter filter;            /* FILTER */
	const char *pattern;                /* FILTER: a glob; NULL: none */
	const struct gate_measure *measure; /* MEASURE */
	enum metric metric;
	int64_t limit, scale; /* MEASURE: what the value is compared with is limit / scale */
	size_t selection;     /* MEASURE: the tickets it is taken from */
};

/* The tickets that fit some filters. Their numbers are a group of the report. */
struct gate_selection {
	const char *words; /* the filters as they were written; "" where there is none */
	const struct gate_node **filters;
	size_t nfilters;
	uint32_t name; /* of the words, in the report */
};

struct gate {
	const char *text;
	struct gate_node *root;
};

struct gates {
	struct arena arena;
	struct gate *list;
	size_t count, cap;
	struct gate_selection *selections;
	size_t nselections, selections_cap;
	uint32_t *chosen; /* the names of those that the ticket at hand is in */
	size_t nchosen;
};

/*
 * Parses text, which lives in the gates' arena, and chooses for each measure its selection, adding
 * those that are new. NULL after DIAG_USAGE.
 */
struct gate_node *gate_parse(struct gates *gates, const char *text);

#endif
