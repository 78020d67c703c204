/* verdict.c: the PSA's own verdict beside the replayed one, and what a difference is due to */
#include "sla/verdict.h"

#include "time/instant.h"

/* A question to the replay: would it then say what the PSA says? */
struct trial {
	const struct analysis *analysis;
	struct arena *arena;
	enum metric metric;
	int says;
};

#define WAITING                                                                          \
	(1u << STATE_WAITING_CLIENT | 1u << STATE_WAITING_VENDOR | 1u << STATE_ON_HOLD | \
	    1u << STATE_SCHEDULED)

const char *
difference_word(enum difference why)
{
	static const char *const words[] = {NULL, "edited_due", "pause", "holiday", "zone",
	    "calendar", "reopen", "priority_change", "first_response", "unknown"};

	return words[why];
}

static int
psa_says(const struct analysis *analysis, enum metric metric)
{
	const struct psa_sla *sla = &analysis->ticket->sla[metric];

	if (!sla->known || sla->at == INSTANT_NONE || sla->at > analysis->timeline.as_of)
		return -1;
	return sla->met;
}

/* The due instant that the PSA shows as of then, and how often it was set. */
static int64_t
psa_due(const struct analysis *analysis, enum metric metric, size_t *times)
{
	const struct timeline *timeline = &analysis->timeline;
	int64_t due = INSTANT_NONE;
	const struct event *event;
	size_t i;

	*times = 0;
	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind != EVENT_DUE || event->metric != metric)
			continue;
		due = event->to_at;
		++*times;
	}
	return due;
}

static bool
is_as_psa(const struct trial *trial, const struct clock_rules *rules)
{
	struct clock clock;

	clock_replay_as(&clock, &trial->analysis->timeline, trial->analysis->policy, rules,
	    trial->metric, trial->arena);
	return clock.state == (trial->says == 1 ? CLOCK_MET : CLOCK_BREACHED);
}

static bool
try_pauses(const struct trial *trial)
{
	struct conventions other = *policy_conventions(trial->analysis->policy);
	struct clock_rules rules = {.conventions = &other};

	other.pause[trial->metric] = 0;
	if (is_as_psa(trial, &rules))
		return true;
	other.pause[trial->metric] = WAITING;
	return is_as_psa(trial, &rules);
}

static bool
try_holidays(const struct trial *trial)
{
	struct clock_rules rules = clock_rules_of(trial->analysis->policy);

	rules.no_holidays = true;
	return is_as_psa(trial, &rules);
}

static bool
try_zones(const struct trial *trial)
{
	const struct policy *policy = trial->analysis->policy;
	struct clock_rules rules = clock_rules_of(policy);
	size_t i;

	for (i = 0; (rules.zone = policy_zone(policy, i)) != NULL; i++)
		if (is_as_psa(trial, &rules))
			return true;
	return false;
}

static bool
try_calendars(const struct trial *trial)
{
	const struct policy *policy = trial->analysis->policy;
	struct clock_rules rules = clock_rules_of(policy);
	const char *name;
	size_t i;

	for (i = 0; (name = policy_calendar_name(policy, i)) != NULL; i++) {
		rules.calendar = policy_calendar(policy, name);
		if (rules.calendar != NULL && is_as_psa(trial, &rules))
			return true;
	}
	return false;
}

static bool
try_reopen(const struct trial *trial)
{
	struct conventions other = *policy_conventions(trial->analysis->policy);
	struct clock_rules rules = {.conventions = &other};

	for (other.reopen = REOPEN_CONTINUE; other.reopen <= REOPEN_COUNT_CLOSED; other.reopen++)
		if (is_as_psa(trial, &rules))
			return true;
	return false;
}

static bool
try_priority(const struct trial *trial)
{
	struct conventions other = *policy_conventions(trial->analysis->policy);
	struct clock_rules rules = {.conventions = &other};

	for (other.priority_change = PRIORITY_CARRY; other.priority_change <= PRIORITY_RETROACTIVE;
	     other.priority_change++)
		if (is_as_psa(trial, &rules))
			return true;
	return false;
}

static bool
try_response(const struct trial *trial)
{
	struct conventions other = *policy_conventions(trial->analysis->policy);
	struct clock_rules rules = {.conventions = &other};

	if (trial->metric != METRIC_FIRST_RESPONSE)
		return false;
	for (other.first_response = RESPONSE_STATUS; other.first_response <= RESPONSE_HUMAN;
	     other.first_response++)
		if (is_as_psa(trial, &rules))
			return true;
	return false;
}

/* Likeliest first; a row each. */
static const struct {
	enum difference why;
	bool (*explains)(const struct trial *trial);
} trials[] = {
    {DIFFERENCE_PAUSE, try_pauses},
    {DIFFERENCE_HOLIDAY, try_holidays},
    {DIFFERENCE_ZONE, try_zones},
    {DIFFERENCE_CALENDAR, try_calendars},
    {DIFFERENCE_REOPEN, try_reopen},
    {DIFFERENCE_PRIORITY, try_priority},
    {DIFFERENCE_RESPONSE, try_response},
};

static enum difference
difference_of(const struct trial *trial, const struct clock *clock, int64_t due, size_t times)
{
	int64_t stopped =
	    clock->stopped != INSTANT_NONE ? clock->stopped : trial->analysis->timeline.as_of;
	size_t i;

	if (times > 1 && (stopped <= due) == (trial->says == 1))
		return DIFFERENCE_EDITED_DUE;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		if (!clock->from_psa && trials[i].explains(trial))
			return trials[i].why;
	return DIFFERENCE_UNKNOWN;
}

void
verdict_find(struct psa_verdict *verdict, const struct analysis *analysis, enum metric metric,
    struct arena *arena)
{
	const struct clock *clock = &analysis->clocks[metric];
	struct trial trial = {analysis, arena, metric, psa_says(analysis, metric)};
	size_t times;

	*verdict = (struct psa_verdict){trial.says, -1, INSTANT_NONE, DIFFERENCE_NONE};
	verdict->due = psa_due(analysis, metric, &times);
	if (trial.says == -1 || (clock->state != CLOCK_MET && clock->state != CLOCK_BREACHED))
		return;
	verdict->agrees = trial.says == (clock->state == CLOCK_MET);
	if (verdict->agrees == 0)
		verdict->why = difference_of(&trial, clock, verdict->due, times);
}
