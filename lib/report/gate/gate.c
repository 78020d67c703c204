/* gate.c: collecting what the gates are about, and judging them */
#include "report/gate/gate.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "report/gate/gate_tree.h"

struct gates *
gates_new(void)
{
	return mem_calloc(1, sizeof(struct gates));
}

void
gates_free(struct gates *gates)
{
	if (gates == NULL)
		return;
	mem_free(gates->chosen);
	mem_free(gates->selections);
	mem_free(gates->list);
	arena_free(&gates->arena);
	mem_free(gates);
}

int
gates_add(struct gates *gates, const char *text)
{
	const char *copy = arena_textz(&gates->arena, text);
	struct gate_node *root = gate_parse(gates, copy);

	if (root == NULL)
		return -1;
	gates->list = mem_push(gates->list, gates->count, &gates->cap, sizeof(*gates->list));
	gates->list[gates->count++] = (struct gate){copy, root};
	return 0;
}

size_t
gates_count(const struct gates *gates)
{
	return gates->count;
}

const char *
gates_text(const struct gates *gates, size_t gate)
{
	return gates->list[gate].text;
}

const char *
gates_selection(const struct gates *gates, size_t i)
{
	return i < gates->nselections ? gates->selections[i].words : NULL;
}

static bool
wants_history(const struct gate_node *node)
{
	switch (node->kind) {
	case NODE_MEASURE:
		return node->measure->history;
	case NODE_FILTER:
		return false;
	case NODE_NOT:
		return wants_history(node->a);
	default:
		return wants_history(node->a) || wants_history(node->b);
	}
}

bool
gates_want_history(const struct gates *gates)
{
	size_t i;

	for (i = 0; i < gates->count; i++)
		if (wants_history(gates->list[i].root))
			return true;
	return false;
}

/* The facts are those as of then: no final value may choose. */
static const char *
fact_of(const struct standing *standing, enum gate_filter filter)
{
	const struct record_head *head = standing->head;
	const struct ticket *ticket = standing->ticket;

	switch (filter) {
	case FILTER_CLIENT:
		return ticket->client;
	case FILTER_OWNER:
		return head != NULL ? head->owner : NULL;
	case FILTER_PRIORITY:
		return head != NULL ? word_of(WORDS_PRIORITY, (int)head->priority) : NULL;
	case FILTER_SOURCE:
		return ticket->source;
	case FILTER_TEAM:
		return head != NULL ? head->team : NULL;
	default:
		return ticket->type;
	}
}

static bool
fits(const struct gate_node *node, const struct standing *standing)
{
	const char *fact;
	bool same;

	switch (node->kind) {
	case NODE_AND:
		return fits(node->a, standing) && fits(node->b, standing);
	case NODE_OR:
		return fits(node->a, standing) || fits(node->b, standing);
	case NODE_NOT:
		return !fits(node->a, standing);
	default:
		fact = fact_of(standing, node->filter);
		same = node->pattern == NULL || fact == NULL ? node->pattern == fact
							     : glob_match(node->pattern, fact);
		return same == (node->operator== GATE_EQ);
	}
}

void
gates_bind(struct gates *gates, struct report *report)
{
	size_t i;

	for (i = 0; i < gates->nselections; i++)
		gates->selections[i].name =
		    report_name(report, KNOWN_NAME, gates->selections[i].words);
	gates->chosen = mem_grow(gates->chosen, gates->nselections + 1, sizeof(*gates->chosen));
	gates->nchosen = 0;
}

void
gates_choose(struct gates *gates, const struct standing *standing)
{
	const struct gate_selection *one;
	size_t i, n;

	gates->nchosen = 0;
	for (i = 0; i < gates->nselections; i++) {
		one = &gates->selections[i];
		for (n = 0; n < one->nfilters && fits(one->filters[n], standing); n++)
			continue;
		if (n == one->nfilters)
			gates->chosen[gates->nchosen++] = one->name;
	}
}

const uint32_t *
gates_chosen(const struct gates *gates, size_t *n)
{
	*n = gates->nchosen;
	return gates->chosen;
}

/* Kleene's three values. */
enum truth { IS_FALSE, IS_UNKNOWN, IS_TRUE };

static const struct group *
group_of(const struct report *report, size_t selection)
{
	struct key key = {.parts = {report->options.gates->selections[selection].name}};

	return groups_find(&report->groups[WINDOW_ASKED][BY_SELECTION], key);
}

static struct gate_value
value_of(const struct report *report, const struct gate_node *node)
{
	const struct group *group = group_of(report, node->selection);

	return node->measure->read(group, node->metric, node->measure->what);
}

static enum truth
compare(const struct gate_node *node, const struct gate_value *value)
{
	int order = num_compare_products(value->part, node->scale, node->limit, value->whole);
	const bool holds[GATE_OPERATORS] = {[GATE_EQ] = order == 0,
	    [GATE_NE] = order != 0,
	    [GATE_LT] = order<0, [GATE_LE] = order <= 0, [GATE_GT] = order> 0,
	    [GATE_GE] = order >= 0};

	return holds[node->operator] ? IS_TRUE : IS_FALSE;
}

/* Of the measures below, each by the tickets that its filters chose. */
static enum truth
judge(const struct report *report, const struct gate_node *node)
{
	struct gate_value value;
	enum truth a, b;

	if (node->pure) /* it has chosen its tickets */
		return IS_TRUE;
	if (node->kind == NODE_MEASURE) {
		value = value_of(report, node);
		return value.judged ? compare(node, &value) : IS_UNKNOWN;
	}
	a = judge(report, node->a);
	if (node->kind == NODE_NOT)
		return (enum truth)(IS_TRUE - a);
	b = judge(report, node->b);
	if (node->kind == NODE_AND)
		return a < b ? a : b;
	return a > b ? a : b;
}

static void
add_part(const struct report *report, const struct gate_node *node, struct buf *words)
{
	struct gate_value value = value_of(report, node);
	const char *where = report->options.gates->selections[node->selection].words;
	bool clock = node->measure->clock && node->metric != METRIC_RESOLVE;

	if (words->n > 0)
		buf_addz(words, ", ");
	if (clock)
		buf_addf(words, "%s.", word_of(WORDS_METRIC, (int)node->metric));
	buf_addf(words, "%s is ", node->measure->name);
	if (value.judged)
		gate_value_words(node->measure->unit, &value, words);
	else
		buf_addz(words, "not judged: no evidence");
	if (where[0] != '\0')
		buf_addf(words, " where %s", where);
}

/* The measures that made the node come out as it did. */
static void
explain(
    const struct report *report, const struct gate_node *node, enum truth truth, struct buf *words)
{
	if (node->pure || judge(report, node) != truth)
		return;
	if (node->kind == NODE_MEASURE) {
		add_part(report, node, words);
	} else if (node->kind == NODE_NOT) {
		explain(report, node->a, (enum truth)(IS_TRUE - truth), words);
	} else {
		explain(report, node->a, truth, words);
		explain(report, node->b, truth, words);
	}
}

enum gate_outcome
gates_judge(const struct report *report, size_t gate, struct buf *words)
{
	const struct gate_node *root = report->options.gates->list[gate].root;
	enum truth truth = judge(report, root);

	if (truth == IS_FALSE)
		return GATE_PASSED;
	explain(report, root, truth, words);
	return truth == IS_TRUE ? GATE_TRIPPED : GATE_NOT_JUDGED;
}

/* A name that was misspelt chooses nothing, and what it guards never trips. */
static void
tell_empty(const struct report *report)
{
	const struct gates *gates = report->options.gates;
	const struct gate_selection *one;
	size_t i;

	for (i = 0; i < gates->nselections; i++) {
		one = &gates->selections[i];
		if (one->nfilters > 0 && count_of(group_of(report, i), COUNT_TICKETS) == 0)
			diag(DIAG_NOTICE, NOWHERE, "--fail-if: no ticket fits %s", one->words);
	}
}

void
gates_tell(const struct report *report)
{
	const struct gates *gates = report->options.gates;
	struct buf words = {0};
	enum gate_outcome outcome;
	size_t i;

	for (i = 0; i < gates->count; i++) {
		buf_clear(&words);
		outcome = gates_judge(report, i, &words);
		if (outcome != GATE_PASSED)
			diag(outcome == GATE_TRIPPED ? DIAG_GATE_TRIPPED : DIAG_GATE_NOT_JUDGED,
			    NOWHERE, "%s: %s", gates->list[i].text, buf_z(&words));
	}
	buf_free(&words);
	tell_empty(report);
}
