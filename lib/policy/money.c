/* money.c: the policy's "budgets" and "costs": what may be missed, and what an hour of work costs */
#include "policy/loader.h"

#include <string.h>

#define PER_UNIT     1000 /* a rate is in thousandths of the currency's unit */
#define HIGHEST_RATE 1e9
#define ROUNDING     0.01 /* more than the error of a double there, less than a digit more */

/* Either entry: what the readers of a match and a name fill in. */
struct entry {
	struct match match;
	const char *name;
};

struct budget_rule {
	struct entry entry;
	struct budget budget;
};

struct cost_rule {
	struct entry entry;
	struct cost cost;
};

static void
read_match(struct loader *loader, const struct json *value, void *into)
{
	match_compile(loader, value, &((struct entry *)into)->match);
}

static void
read_name(struct loader *loader, const struct json *value, void *into)
{
	((struct entry *)into)->name = loader_text(loader, value);
}

static void
read_period(struct loader *loader, const struct json *value, void *into)
{
	const char *text = json_text(value);
	int period = text != NULL ? period_of_word(text) : -1;

	if (period == -1)
		loader_fault(
		    loader, value, "\"period\" must be one of: week, month, quarter, year");
	else
		((struct budget_rule *)into)->budget.period = (enum period)period;
}

static void
read_metric(struct loader *loader, const struct json *value, void *into)
{
	const char *text = json_text(value);
	int metric = text != NULL ? word_value(WORDS_METRIC, slice_z(text)) : METRIC_NONE;

	if (metric == METRIC_NONE)
		loader_fault(loader, value, "\"metric\" must be a metric, as \"resolve\"");
	((struct budget_rule *)into)->budget.metric = (enum metric)metric;
}

/* "5%" or "0.5%" per mille, -1 where it is not one: at most 100, at most one decimal. */
static int
share_of(const char *text)
{
	size_t whole = strspn(text, "0123456789");
	int share = 0;
	size_t i;

	if (whole == 0 || whole > 3 || (whole > 1 && text[0] == '0'))
		return -1;
	for (i = 0; i < whole; i++)
		share = share * 10 + (text[i] - '0');
	share *= 10;
	text += whole;
	if (*text == '.') {
		if (strspn(text + 1, "0123456789") != 1)
			return -1;
		share += text[1] - '0';
		text += 2;
	}
	return share <= 1000 && strcmp(text, "%") == 0 ? share : -1;
}

static void
read_allowed(struct loader *loader, const struct json *value, void *into)
{
	const char *text = json_text(value);
	int share = text != NULL ? share_of(text) : -1;

	if (share == -1)
		loader_fault(loader, value,
		    "\"allowed\" must be a share from \"0%%\" to \"100%%\", as \"5%%\" or \"0.5%%\"");
	((struct budget_rule *)into)->budget.allowed = share;
}

static void
read_currency(struct loader *loader, const struct json *value, void *into)
{
	const char *text = json_text(value);

	if (text == NULL || strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
		loader_fault(loader, value,
		    "\"currency\" must be three capital letters of ISO 4217, as \"EUR\"");
	else
		((struct cost_rule *)into)->cost.currency =
		    arena_textz(&loader->policy->arena, text);
}

static void
read_per_hour(struct loader *loader, const struct json *value, void *into)
{
	double number, off;
	int64_t rate;

	if (!json_double(value, &number) || number < 0 || number > HIGHEST_RATE) {
		loader_fault(loader, value, "\"per_hour\" must be a number that is not negative");
		return;
	}
	rate = (int64_t)(number * PER_UNIT + 0.5);
	off = number * PER_UNIT - (double)rate;
	if (off > ROUNDING || off < -ROUNDING)
		loader_fault(loader, value, "\"per_hour\" must have at most three decimals");
	((struct cost_rule *)into)->cost.per_hour = rate;
}

static const struct member_reader budget_members[] = {
    {"name", read_name},
    {"match", read_match},
    {"period", read_period},
    {"metric", read_metric},
    {"allowed", read_allowed},
    {NULL, NULL},
};

static const struct member_reader cost_members[] = {
    {"name", read_name},
    {"match", read_match},
    {"currency", read_currency},
    {"per_hour", read_per_hour},
    {NULL, NULL},
};

/* Each entry must have all members but name and match, the table's first two. */
static void
read_entry(struct loader *loader, const struct json *value, const struct member_reader *readers,
    void *into)
{
	const struct member_reader *reader;

	if (!loader_object(loader, value, readers, into))
		return;
	for (reader = readers + 2; reader->key != NULL; reader++)
		if (json_get(value, reader->key) == NULL)
			loader_fault(loader, value, "\"%s\" is missing", reader->key);
}

/* A report tells budgets apart by their names: a nameless one is called by its number. */
static void
name_budget(struct loader *loader, const struct json *value, struct budget_rule *rule)
{
	const struct budget_rule *rules = loader->policy->budgets;
	struct buf name = {0};
	const struct budget_rule *one;

	buf_addf(&name, "budget %d", (int)(rule - rules) + 1);
	rule->budget.name = rule->entry.name != NULL
	    ? rule->entry.name
	    : arena_text(&loader->policy->arena, buf_slice(&name));
	buf_free(&name);
	for (one = rules; one < rule; one++)
		if (text_same(one->budget.name, rule->budget.name))
			loader_fault(
			    loader, value, "two budgets are called \"%s\"", rule->budget.name);
}

void
budgets_read(struct loader *loader, const struct json *value, void *into)
{
	struct policy *policy = loader->policy;
	const struct json *child;
	struct budget_rule *rule;

	(void)into;
	if (!loader_is(loader, value, JSON_ARRAY))
		return;
	policy->budgets = arena_calloc(&policy->arena, json_count(value) + 1, sizeof(*rule));
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		rule = &policy->budgets[policy->nbudgets++];
		read_entry(loader, child, budget_members, rule);
		name_budget(loader, child, rule);
	}
}

void
costs_read(struct loader *loader, const struct json *value, void *into)
{
	struct policy *policy = loader->policy;
	const struct json *child;

	(void)into;
	if (!loader_is(loader, value, JSON_ARRAY))
		return;
	policy->costs = arena_calloc(&policy->arena, json_count(value) + 1, sizeof(*policy->costs));
	for (child = json_first(value); child != NULL; child = json_next(child))
		read_entry(loader, child, cost_members, &policy->costs[policy->ncosts++]);
}

static void
check_budget(struct loader *loader, const struct json *value, const struct budget_rule *rule)
{
	const struct budget_rule *one;

	for (one = loader->policy->budgets; one < rule; one++) {
		if (one->budget.metric != rule->budget.metric ||
		    one->budget.period != rule->budget.period ||
		    !match_covers(&one->entry.match, &rule->entry.match))
			continue;
		loader_fault(loader, value,
		    "no ticket reaches budget \"%s\": the earlier \"%s\" takes them all",
		    rule->budget.name, one->budget.name);
		return;
	}
}

static void
check_cost(struct loader *loader, const struct json *value, const struct cost_rule *rule)
{
	const struct cost_rule *rules = loader->policy->costs, *one;

	for (one = rules; one < rule; one++) {
		if (!match_covers(&one->entry.match, &rule->entry.match))
			continue;
		loader_fault(loader, value,
		    "no ticket reaches cost %d: the earlier cost %d takes them all",
		    (int)(rule - rules) + 1, (int)(one - rules) + 1);
		return;
	}
}

void
money_check(struct loader *loader)
{
	const struct json *value = json_first(json_get(loader->root, "budgets"));
	size_t i;

	for (i = 0; i < loader->policy->nbudgets; i++, value = json_next(value))
		check_budget(loader, value, &loader->policy->budgets[i]);
	value = json_first(json_get(loader->root, "costs"));
	for (i = 0; i < loader->policy->ncosts; i++, value = json_next(value))
		check_cost(loader, value, &loader->policy->costs[i]);
}

const struct budget *
policy_budget(const struct policy *policy, size_t i)
{
	return i < policy->nbudgets ? &policy->budgets[i].budget : NULL;
}

bool
policy_budget_fits(const struct policy *policy, size_t i, const struct facts *facts)
{
	return match_fits(&policy->budgets[i].entry.match, facts);
}

bool
policy_has_costs(const struct policy *policy)
{
	return policy->ncosts > 0;
}

const struct cost *
policy_cost(const struct policy *policy, const struct facts *facts)
{
	size_t i;

	for (i = 0; i < policy->ncosts; i++)
		if (match_fits(&policy->costs[i].entry.match, facts))
			return &policy->costs[i].cost;
	return NULL;
}
