/* targets.c: the policy's "targets": what was promised to whom */
#include "base/buf.h"
#include "policy/candidates.h"
#include "policy/loader.h"

#include <string.h>

/* A target being read; what depends on other members waits for the end. */
struct draft {
	struct rule *rule;
	const struct json *match, *from, *until;
	bool promises;
};

static void
read_name(struct loader *loader, const struct json *value, void *into)
{
	struct draft *draft = into;
	const char *name = loader_text(loader, value);

	if (name != NULL)
		draft->rule->target.name = name;
}

static void
read_match(struct loader *loader, const struct json *value, void *into)
{
	struct draft *draft = into;

	match_compile(loader, value, &draft->rule->match);
	loader->policy->vary |= draft->rule->match.varies;
}

static void
read_calendar(struct loader *loader, const struct json *value, void *into)
{
	struct target *target = &((struct draft *)into)->rule->target;
	const char *name = loader_text(loader, value);

	if (name == NULL)
		return;
	target->calendar_name = name;
	if (!calendars_find(loader->policy, name, &target->calendar))
		loader_fault(loader, value, "there is no calendar \"%s\"", name);
}

static void
read_metric(struct loader *loader, const struct json *value, void *into)
{
	struct draft *draft = into;
	int metric = word_value(WORDS_METRIC, slice_z(json_key(value)));
	const char *text = json_text(value), *fault;
	struct duration duration;

	draft->promises = true;
	if (text == NULL) {
		loader_fault(loader, value,
		    "\"%s\" must be a duration in quotes, as \"15m\" or \"2bd\"", json_key(value));
		return;
	}
	fault = units_duration(text, &duration);
	if (fault != NULL) {
		loader_fault(loader, value, "the duration \"%s\" %s", text, fault);
		return;
	}
	draft->rule->target.seconds[metric] = duration.seconds;
	draft->rule->target.days[metric] = duration.days;
}

static void
read_exclude(struct loader *loader, const struct json *value, void *into)
{
	struct draft *draft = into;

	if (loader_is(loader, value, JSON_BOOL))
		draft->rule->target.exclude = json_bool(value, false);
}

static void
read_from(struct loader *loader, const struct json *value, void *into)
{
	(void)loader;
	((struct draft *)into)->from = value;
}

static void
read_until(struct loader *loader, const struct json *value, void *into)
{
	(void)loader;
	((struct draft *)into)->until = value;
}

static const struct member_reader target_members[] = {
    {"name", read_name},
    {"match", read_match},
    {"calendar", read_calendar},
#define METRIC(id, word) {word, read_metric},
#include "data/ticket.def"
#undef METRIC
    {"exclude", read_exclude},
    {"from", read_from},
    {"until", read_until},
    {NULL, NULL},
};

/* A date is its local midnight in the target's calendar. */
static int64_t
read_bound(struct loader *loader, const struct json *value, const struct zone *zone)
{
	const char *text = json_text(value);
	struct calendar_date date;
	int64_t instant;

	if (value == NULL)
		return INSTANT_NONE;
	if (text != NULL && units_date(slice_z(text), &date))
		return zone_day_start(zone, units_day(&date));
	if (text != NULL && instant_parse(slice_z(text), &instant))
		return instant;
	loader_fault(loader, value,
	    "\"%s\" must be a date, as \"2026-01-31\", or an RFC 3339 instant, from 1950 to 2100",
	    json_key(value));
	return INSTANT_NONE;
}

static void
finish(struct loader *loader, const struct json *value, struct draft *draft)
{
	struct target *target = &draft->rule->target;
	const struct zone *zone =
	    target->calendar != NULL ? calendar_zone(target->calendar) : zone_utc();

	target->from = read_bound(loader, draft->from, zone);
	target->until = read_bound(loader, draft->until, zone);
	if (target->from != INSTANT_NONE && target->until != INSTANT_NONE &&
	    target->from >= target->until)
		loader_fault(loader, draft->until, "\"until\" must be after \"from\"");
	if (target->exclude && draft->promises)
		loader_fault(loader, value,
		    "a target with \"exclude\" promises nothing: it cannot have durations");
	else if (!target->exclude && !draft->promises)
		loader_fault(loader, value,
		    "target \"%s\" promises nothing: give a duration or \"exclude\": true",
		    target->name);
}

static void
read_target(struct loader *loader, const struct json *value, struct rule *rule, size_t number)
{
	struct target *target = &rule->target;
	struct draft draft = {.rule = rule};
	struct buf name = {0};
	size_t i;

	buf_addf(&name, "target %zu", number);
	target->name = arena_text(&loader->policy->arena, buf_slice(&name));
	buf_free(&name);
	target->calendar_name = "24x7";
	calendars_find(loader->policy, target->calendar_name, &target->calendar);
	for (i = 0; i < METRICS; i++)
		target->seconds[i] = target->days[i] = -1;
	if (loader_object(loader, value, target_members, &draft))
		finish(loader, value, &draft);
}

/* The metrics that a target gives, bits 1 << enum metric. */
static unsigned
metrics_of(const struct target *target)
{
	unsigned bits = 0;
	int i;

	for (i = 1; i < METRICS; i++)
		if (target->seconds[i] >= 0 || target->days[i] >= 0)
			bits |= 1u << i;
	return bits;
}

void
targets_read(struct loader *loader, const struct json *value, void *into)
{
	struct policy *policy = loader->policy;
	const struct json *child;

	(void)into;
	if (!loader_is(loader, value, JSON_ARRAY))
		return;
	policy->rules = arena_calloc(&policy->arena, json_count(value) + 1, sizeof(*policy->rules));
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		read_target(loader, child, &policy->rules[policy->nrules], policy->nrules + 1);
		policy->granted |= metrics_of(&policy->rules[policy->nrules].target);
		policy->nrules++;
	}
}

static bool
in_force(const struct target *target, int64_t opened)
{
	return (target->from == INSTANT_NONE || opened >= target->from) &&
	    (target->until == INSTANT_NONE || opened < target->until);
}

const struct target *
policy_target(const struct policy *policy, const struct facts *facts, int64_t opened)
{
	const struct rule *rule;
	const uint32_t *list;
	size_t i, n;

	list = candidates_of(policy->candidates, policy, facts->ticket->client, &n);
	for (i = 0; i < n; i++) {
		rule = &policy->rules[list[i]];
		if (in_force(&rule->target, opened) && match_fits(&rule->match, facts))
			return &rule->target;
	}
	return NULL;
}

bool
policy_grants(const struct policy *policy, enum metric metric)
{
	return (policy->granted >> metric & 1) != 0;
}

bool
policy_targets_vary(const struct policy *policy)
{
	return policy->vary;
}
