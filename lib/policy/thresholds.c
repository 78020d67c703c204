/* thresholds.c: the policy's "thresholds": from where on a rule speaks up */
#include "policy/loader.h"

#include <string.h>

static bool
is_slug(const char *text)
{
	return *text >= 'a' && *text <= 'z' &&
	    text[strspn(text, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

/* A duration, a whole number or "off". */
static void
read_limit(struct loader *loader, const struct json *value, void *into)
{
	struct threshold_entry *entry = into;
	const char *text = json_text(value), *fault;
	struct duration duration;

	entry->kind = THRESHOLD_SET;
	if (text != NULL && strcmp(text, "off") == 0) {
		entry->kind = THRESHOLD_OFF;
	} else if (text != NULL) {
		fault = units_duration(text, &duration);
		if (fault == NULL && duration.days != -1)
			fault = "cannot be in business days here: write hours";
		if (fault != NULL)
			loader_fault(loader, value, "the threshold \"%s\" %s", text, fault);
		else
			entry->limit = duration.seconds;
	} else if (!json_i64(value, &entry->limit) || entry->limit < 0) {
		loader_fault(loader, value,
		    "a threshold must be a duration, as \"15m\", a whole number that is not "
		    "negative, or \"off\"");
	}
}

static void
read_match(struct loader *loader, const struct json *value, void *into)
{
	struct threshold_entry *entry = into;

	match_compile(loader, value, &entry->match);
}

static const struct member_reader entry_members[] = {
    {"match", read_match},
    {"limit", read_limit},
    {NULL, NULL},
};

static void
read_entries(struct loader *loader, const struct json *value, struct threshold_rule *rule)
{
	size_t n = json_type(value) == JSON_ARRAY ? json_count(value) : 1;
	struct threshold_entry *entries =
	    arena_calloc(&loader->policy->arena, n + 1, sizeof(*entries));
	const struct json *child;

	rule->entries = entries;
	if (json_type(value) != JSON_ARRAY) {
		read_limit(loader, value, &entries[rule->nentries++]);
		return;
	}
	if (n == 0)
		loader_fault(loader, value, "\"%s\" is empty", rule->rule);
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (loader_object(loader, child, entry_members, &entries[rule->nentries++]) &&
		    json_get(child, "limit") == NULL)
			loader_fault(loader, child, "a threshold needs a \"limit\"");
	}
}

void
thresholds_read(struct loader *loader, const struct json *value, void *into)
{
	struct policy *policy = loader->policy;
	struct threshold_rule *rules;
	const struct json *child;

	(void)into;
	if (!loader_is(loader, value, JSON_OBJECT))
		return;
	rules = arena_calloc(&policy->arena, json_count(value) + 1, sizeof(*rules));
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (!is_slug(json_key(child)))
			loader_fault(loader, child,
			    "\"%s\" is no rule's name: small letters and hyphens", json_key(child));
		rules[policy->nthresholds].rule = arena_textz(&policy->arena, json_key(child));
		read_entries(loader, child, &rules[policy->nthresholds++]);
	}
	policy->thresholds = rules;
}

static const struct threshold_rule *
find_rule(const struct policy *policy, const char *name)
{
	size_t i;

	/* Each rule of each ticket asks: most names differ in the first letter. */
	for (i = 0; i < policy->nthresholds; i++)
		if (policy->thresholds[i].rule[0] == name[0] &&
		    strcmp(policy->thresholds[i].rule, name) == 0)
			return &policy->thresholds[i];
	return NULL;
}

enum threshold
policy_threshold(
    const struct policy *policy, const char *rule, const struct facts *facts, int64_t *limit)
{
	const struct threshold_rule *found = find_rule(policy, rule);
	size_t i;

	for (i = 0; found != NULL && i < found->nentries; i++) {
		if (!match_fits(&found->entries[i].match, facts))
			continue;
		if (found->entries[i].kind == THRESHOLD_SET)
			*limit = found->entries[i].limit;
		return found->entries[i].kind;
	}
	return THRESHOLD_DEFAULT;
}
