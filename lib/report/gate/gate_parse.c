/* gate_parse.c: a gate's text into a tree */
#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "policy/units.h"
#include "report/gate/gate_tree.h"

#define DEPTH   40    /* of parentheses and "not" */
#define LENGTH  10000 /* of a gate, which also bounds how deep a chain's tree is */
#define PERCENT 1000  /* of a share's scale: three digits behind the point */

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_OPERATOR, TOKEN_OPEN, TOKEN_CLOSE };

struct token {
	enum token_kind kind;
	struct slice text; /* of QUOTED without the quotes */
	size_t at, end;    /* where it stands in the gate, quotes and all */
	enum gate_operator operator;
};

struct parser {
	struct gates *gates;
	const char *text;
	struct token token; /* the next one */
	size_t behind;      /* where the one before it ended */
	int depth;
	bool failed; /* a fault was reported: only the first one is */
};

static const char *const operators[GATE_OPERATORS] = {"=", "!=", "<", "<=", ">", ">="};

const char *const gate_filters[GATE_FILTERS] = {
    "client", "owner", "priority", "source", "team", "type"};

static bool fail(struct parser *parser, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Reports the first fault. Always false. */
static bool
fail(struct parser *parser, size_t at, const char *format, ...)
{
	char words[512];
	va_list args;

	if (parser->failed)
		return false;
	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	diag(DIAG_USAGE, NOWHERE, "--fail-if \"%s\": column %zu: %s", parser->text, at + 1, words);
	parser->failed = true;
	return false;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_word(char c)
{
	return c != '\0' && !is_blank(c) && strchr("()<>=!\"'", c) == NULL;
}

/* Either quote; there is no escape: text that holds the one stands in the other. */
static void
read_quoted(struct parser *parser, struct token *token)
{
	const char *start = parser->text + token->at + 1;
	const char *end = strchr(start, parser->text[token->at]);

	if (end == NULL) {
		fail(parser, token->at, "this quote is not closed");
		end = start + strlen(start);
		token->end = (size_t)(end - parser->text);
	} else {
		token->end = (size_t)(end - parser->text) + 1;
	}
	token->kind = TOKEN_QUOTED;
	token->text = (struct slice){start, (size_t)(end - start)};
}

static void
read_operator(struct parser *parser, struct token *token)
{
	const char *p = parser->text + token->at;
	size_t n = p[1] == '=' && p[0] != '=' ? 2 : 1;
	int i;

	token->kind = TOKEN_OPERATOR;
	token->text = (struct slice){p, n};
	token->end = token->at + n;
	for (i = 0; i < GATE_OPERATORS; i++)
		if (slice_eqz(token->text, operators[i]))
			token->operator=(enum gate_operator) i;
	if (n == 1 && p[0] == '!')
		fail(parser, token->at, "\"!\" alone: write != or not");
	if (p[0] == '=' && p[1] == '=')
		fail(parser, token->at, "write = for equality");
}

static void
advance(struct parser *parser)
{
	struct token *token = &parser->token;
	size_t at = token->end;
	const char *text = parser->text;

	parser->behind = token->end;
	while (is_blank(text[at]))
		at++;
	*token = (struct token){.at = at, .end = at};
	if (text[at] == '\0')
		return;
	if (text[at] == '"' || text[at] == '\'') {
		read_quoted(parser, token);
	} else if (is_word(text[at])) {
		while (is_word(text[token->end]))
			token->end++;
		token->kind = TOKEN_WORD;
		token->text = (struct slice){text + at, token->end - at};
	} else if (text[at] == '(' || text[at] == ')') {
		token->kind = text[at] == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
		token->end = at + 1;
	} else {
		read_operator(parser, token);
	}
}

/* Whether the next token is the keyword, in capitals or not; then it is taken. */
static bool
take_keyword(struct parser *parser, const char *word)
{
	struct slice text = parser->token.text;

	if (parser->token.kind != TOKEN_WORD || text.n != strlen(word) ||
	    strncasecmp(text.p, word, text.n) != 0)
		return false;
	advance(parser);
	return true;
}

static struct gate_node *
new_node(struct parser *parser, enum gate_node_kind kind, size_t at)
{
	struct gate_node *node = arena_calloc(&parser->gates->arena, 1, sizeof(*node));

	node->kind = kind;
	node->column = at + 1;
	return node;
}

static struct slice
text_since(const struct parser *parser, size_t at)
{
	return (struct slice){parser->text + at, parser->behind - at};
}

/* "5", "5.25": digits and at most three behind a point, as thousandths. */
static bool
read_thousandths(struct slice text, int64_t *thousandths)
{
	const char *point = text.n > 0 ? memchr(text.p, '.', text.n) : NULL;
	struct slice whole = {text.p, point != NULL ? (size_t)(point - text.p) : text.n}, part;
	int64_t n, fraction = 0;
	size_t digits;

	if (whole.n == 0 || !num_i64(whole, &n) || n < 0 || n > 1000000)
		return false;
	*thousandths = n * 1000;
	if (point == NULL)
		return true;
	part = (struct slice){point + 1, text.n - whole.n - 1};
	if (part.n > 3 || part.n == 0 || part.p[0] == '-' || !num_i64(part, &fraction))
		return false;
	for (digits = part.n; digits < 3; digits++)
		fraction *= 10;
	*thousandths += fraction;
	return true;
}

static bool
read_share(struct parser *parser, struct gate_node *node, const struct token *value)
{
	struct slice text = value->text;

	node->scale = (int64_t)100 * PERCENT;
	if (text.n > 0 && text.p[text.n - 1] == '%') {
		text.n--;
		if (read_thousandths(text, &node->limit))
			return true;
	}
	return fail(parser, value->at, "%s is a share: compare it with one such as 5%% or 99.5%%",
	    node->measure->name);
}

static bool
read_count(struct parser *parser, struct gate_node *node, const struct token *value)
{
	node->scale = 1;
	if (num_i64(value->text, &node->limit) && node->limit >= 0)
		return true;
	return fail(parser, value->at, "%s is a count: compare it with a whole number",
	    node->measure->name);
}

static bool
read_time(struct parser *parser, struct gate_node *node, const struct token *value)
{
	const char *text = arena_text(&parser->gates->arena, value->text), *fault;
	struct duration duration;

	fault = units_duration(text, &duration);
	if (fault == NULL && duration.seconds < 0)
		fault = "is in business days: write hours";
	if (fault != NULL)
		return fail(parser, value->at, "%s is a duration such as 4h or 1h30m: \"%s\" %s",
		    node->measure->name, text, fault);
	node->limit = duration.seconds;
	node->scale = 1;
	return true;
}

static bool
read_limit(struct parser *parser, struct gate_node *node, const struct token *value)
{
	if (node->measure->unit == GATE_SHARE)
		return read_share(parser, node, value);
	if (node->measure->unit == GATE_COUNT)
		return read_count(parser, node, value);
	return read_time(parser, node, value);
}

static bool
read_pattern(struct parser *parser, struct gate_node *node, const struct token *value)
{
	if (node->operator!= GATE_EQ && node->operator!= GATE_NE)
		return fail(parser, node->column - 1, "a filter takes = or !=");
	node->pure = true;
	if (value->kind == TOKEN_WORD && slice_eqz(value->text, "none"))
		return true;
	if (node->filter == FILTER_PRIORITY && word_value(WORDS_PRIORITY, value->text) == 0)
		return fail(parser, value->at, "a priority is P1 to P5, or none");
	node->pattern = arena_text(&parser->gates->arena, value->text);
	return true;
}

static bool
refuse_name(struct parser *parser, const struct token *name)
{
	const char *near = gate_name_near(name->text);

	return fail(parser, name->at,
	    "no measure or filter is called \"%.*s\"%s%s%s; --print-gates lists the measures, and the "
	    "filters are client, owner, priority, source, team, type",
	    name->text.n < 100 ? (int)name->text.n : 100, name->text.p,
	    near != NULL ? " (is it " : "", near != NULL ? near : "", near != NULL ? "?)" : "");
}

static bool
find_name(struct parser *parser, struct gate_node *node, const struct token *name)
{
	int i;

	for (i = 0; i < GATE_FILTERS; i++) {
		if (!slice_eqz(name->text, gate_filters[i]))
			continue;
		node->kind = NODE_FILTER;
		node->filter = (enum gate_filter)i;
		return true;
	}
	node->measure = gate_measure_of(name->text, &node->metric);
	return node->measure != NULL || refuse_name(parser, name);
}

static struct gate_node *
parse_comparison(struct parser *parser)
{
	struct token name = parser->token, value;
	struct gate_node *node = new_node(parser, NODE_MEASURE, name.at);

	if (name.kind != TOKEN_WORD) {
		fail(parser, name.at, "here the name of a measure or of a filter must stand");
		return NULL;
	}
	advance(parser);
	if (!find_name(parser, node, &name))
		return NULL;
	if (parser->token.kind != TOKEN_OPERATOR) {
		fail(parser, parser->token.at, "here one of = != < <= > >= must stand");
		return NULL;
	}
	node->operator= parser->token.operator;
	advance(parser);
	value = parser->token;
	if (value.kind != TOKEN_WORD && value.kind != TOKEN_QUOTED) {
		fail(parser, value.at, "here a value must stand");
		return NULL;
	}
	advance(parser);
	node->text = text_since(parser, name.at);
	if (!(node->kind == NODE_FILTER ? read_pattern(parser, node, &value)
					: read_limit(parser, node, &value)))
		return NULL;
	return node;
}

static struct gate_node *parse_either(struct parser *parser);

static struct gate_node *
parse_closed(struct parser *parser)
{
	size_t at = parser->token.at;
	struct gate_node *node;

	advance(parser);
	node = parse_either(parser);
	if (node == NULL)
		return NULL;
	if (parser->token.kind != TOKEN_CLOSE) {
		fail(parser, parser->token.at, "the parenthesis of column %zu is not closed here",
		    at + 1);
		return NULL;
	}
	advance(parser);
	node->closed = true;
	node->text = text_since(parser, at);
	return node;
}

static struct gate_node *
parse_one(struct parser *parser)
{
	size_t at = parser->token.at;
	struct gate_node *node, *inner;

	if (parser->depth == DEPTH) {
		fail(parser, at, "this stands too deep: %d parentheses and \"not\" at most", DEPTH);
		return NULL;
	}
	parser->depth++;
	if (take_keyword(parser, "not")) {
		inner = parse_one(parser);
		node = inner != NULL ? new_node(parser, NODE_NOT, at) : NULL;
		if (node != NULL) {
			node->a = inner;
			node->pure = inner->pure;
			node->text = text_since(parser, at);
		}
	} else {
		node = parser->token.kind == TOKEN_OPEN ? parse_closed(parser)
							: parse_comparison(parser);
	}
	parser->depth--;
	return node;
}

static struct gate_node *
join(struct parser *parser, enum gate_node_kind kind, struct gate_node *a, struct gate_node *b)
{
	struct gate_node *node = new_node(parser, kind, a->column - 1);

	node->a = a;
	node->b = b;
	node->pure = a->pure && b->pure;
	node->text = text_since(parser, (size_t)(a->text.p - parser->text));
	return node;
}

static struct gate_node *
parse_both(struct parser *parser)
{
	struct gate_node *a = parse_one(parser), *b;

	while (a != NULL && take_keyword(parser, "and")) {
		b = parse_one(parser);
		a = b != NULL ? join(parser, NODE_AND, a, b) : NULL;
	}
	return a;
}

/* A filter chooses tickets: what it would mean as a condition of its own is anybody's guess. */
static struct gate_node *
parse_either(struct parser *parser)
{
	struct gate_node *a = parse_both(parser), *b;

	while (a != NULL && take_keyword(parser, "or")) {
		b = parse_both(parser);
		if (b == NULL)
			return NULL;
		if (a->pure != b->pure) {
			fail(parser, (a->pure ? a : b)->column - 1,
			    "a filter cannot be an alternative to a measure: join it to one by "
			    "\"and\"");
			return NULL;
		}
		a = join(parser, NODE_OR, a, b);
	}
	return a;
}

/* The filters around a measure, the innermost first. */
struct scope {
	const struct gate_node *filter;
	const struct scope *up;
};

static void
add_words(const struct scope *scope, struct buf *words)
{
	if (scope == NULL)
		return;
	add_words(scope->up, words);
	if (words->n > 0)
		buf_addz(words, " and ");
	buf_adds(words, scope->filter->text);
}

static size_t
selection_of(struct gates *gates, const struct scope *scope)
{
	struct gate_selection *one;
	const struct scope *up;
	struct buf words = {0};
	size_t i, n = 0;

	add_words(scope, &words);
	for (i = 0; i < gates->nselections; i++)
		if (strcmp(gates->selections[i].words, buf_z(&words)) == 0)
			break;
	if (i == gates->nselections) {
		gates->selections = mem_push(gates->selections, gates->nselections,
		    &gates->selections_cap, sizeof(*gates->selections));
		one = &gates->selections[gates->nselections++];
		*one = (struct gate_selection){
		    .words = arena_text(&gates->arena, slice_z(buf_z(&words)))};
		for (up = scope; up != NULL; up = up->up)
			one->nfilters++;
		one->filters =
		    arena_calloc(&gates->arena, one->nfilters + 1, sizeof(*one->filters));
		for (up = scope; up != NULL; up = up->up)
			one->filters[n++] = up->filter;
	}
	buf_free(&words);
	return i;
}

/* The filters of a chain of "and", inside what is around it. */
static const struct scope *
gather(struct gates *gates, const struct gate_node *node, bool first, const struct scope *around)
{
	struct scope *scope;

	if (node->pure) {
		scope = arena_alloc(&gates->arena, sizeof(*scope));
		*scope = (struct scope){node, around};
		return scope;
	}
	if (node->kind != NODE_AND || (node->closed && !first))
		return around;
	return gather(gates, node->b, false, gather(gates, node->a, false, around));
}

static void resolve(struct gates *gates, struct gate_node *node, const struct scope *scope);

static void
resolve_chain(struct gates *gates, struct gate_node *node, bool first, const struct scope *scope)
{
	if (node->pure)
		return;
	if (node->kind != NODE_AND || (node->closed && !first)) {
		resolve(gates, node, scope);
		return;
	}
	resolve_chain(gates, node->a, false, scope);
	resolve_chain(gates, node->b, false, scope);
}

static void
resolve(struct gates *gates, struct gate_node *node, const struct scope *scope)
{
	if (node->kind == NODE_MEASURE) {
		node->selection = selection_of(gates, scope);
	} else if (node->kind == NODE_NOT) {
		resolve(gates, node->a, scope);
	} else if (node->kind == NODE_OR) {
		resolve(gates, node->a, scope);
		resolve(gates, node->b, scope);
	} else {
		resolve_chain(gates, node, true, gather(gates, node, true, scope));
	}
}

struct gate_node *
gate_parse(struct gates *gates, const char *text)
{
	struct parser parser = {.gates = gates, .text = text};
	struct gate_node *root;

	if (strlen(text) > LENGTH) {
		diag(DIAG_USAGE, NOWHERE, "--fail-if: longer than %d bytes", LENGTH);
		return NULL;
	}
	advance(&parser);
	root = parse_either(&parser);
	if (root != NULL && parser.token.kind != TOKEN_END)
		fail(&parser, parser.token.at, "here \"and\", \"or\" or the end must stand");
	if (root != NULL && root->pure)
		fail(&parser, 0, "this only chooses tickets: add what is to be judged of them");
	if (root == NULL || parser.failed)
		return NULL;
	resolve(gates, root, NULL);
	return root;
}
