/* check.c: what is right in a policy and yet cannot be meant */
#include "base/diag.h"
#include "policy/loader.h"

/* An open end is further than any instant. */
static int64_t
end_of(const struct target *target)
{
	return target->until == INSTANT_NONE ? INT64_MAX : target->until;
}

/* Whether `wide` is in force whenever `narrow` is; INSTANT_NONE is before any instant. */
static bool
outlasts(const struct target *wide, const struct target *narrow)
{
	return wide->from <= narrow->from && end_of(wide) >= end_of(narrow);
}

static bool
overlap(const struct target *a, const struct target *b)
{
	return a->from < end_of(b) && b->from < end_of(a);
}

static bool
same_match(const struct match *a, const struct match *b)
{
	return match_covers(a, b) && match_covers(b, a);
}

static void
check_target(
    struct loader *loader, const struct json *value, const struct rule *rules, size_t number)
{
	const struct rule *rule = &rules[number], *earlier;
	size_t i;

	for (i = 0; i < number; i++) {
		earlier = &rules[i];
		if (outlasts(&earlier->target, &rule->target) &&
		    match_covers(&earlier->match, &rule->match)) {
			loader_fault(loader, value,
			    "no ticket reaches target \"%s\": the earlier \"%s\" takes them all",
			    rule->target.name, earlier->target.name);
			return;
		}
		if (text_cmp(earlier->target.name, rule->target.name) == 0 &&
		    overlap(&earlier->target, &rule->target) &&
		    same_match(&earlier->match, &rule->match)) {
			loader_fault(loader, value,
			    "two targets \"%s\" with the same match are in force at one time",
			    rule->target.name);
			return;
		}
	}
}

static bool
is_used(const struct policy *policy, const struct calendar *calendar)
{
	size_t i;

	for (i = 0; i < policy->nrules; i++)
		if (policy->rules[i].target.calendar == calendar)
			return true;
	for (i = 0; i < policy->npersons; i++)
		if (policy->persons[i].calendar == calendar)
			return true;
	return false;
}

static void
check_calendars(struct loader *loader)
{
	const struct policy *policy = loader->policy;
	const struct calendar_place *place;
	size_t i;

	/* Number 0 is the built-in one. */
	for (i = 1; i < policy->ncalendars; i++) {
		place = &loader->calendar_places[i - 1];
		if (place->extended || is_used(policy, policy->calendars[i]))
			continue;
		diag(DIAG_NOTICE,
		    place_of(loader->file, loader->text,
			json_offset(loader->text, loader->root, place->value)),
		    "no target and nobody of the roster uses the calendar \"%s\"",
		    json_key(place->value));
	}
}

void
check_promises(struct loader *loader)
{
	const struct json *value = json_first(json_get(loader->root, "targets"));
	size_t i;

	for (i = 0; i < loader->policy->nrules; i++, value = json_next(value))
		check_target(loader, value, loader->policy->rules, i);
	money_check(loader);
	check_calendars(loader);
}
