/* rule_sets.c: the sets of rules whose scores stand side by side */
#include <stdio.h>
#include <string.h>

#include "policy/presets.h"
#include "report/history.h"

static const struct rule_set sets[] = {
    {"policy", NULL, NULL, false},
    {"reopen=continue", "reopen", "continue", false},
    {"reopen=restart", "reopen", "restart", false},
    {"reopen=count_closed", "reopen", "count_closed", false},
    {"priority_change=carry", "priority_change", "carry", false},
    {"priority_change=restart", "priority_change", "restart", false},
    {"priority_change=retroactive", "priority_change", "retroactive", false},
    {"pause=none", "pause", "none", false},
    {"pause=client", "pause", "waiting_client", false},
    {"pause=client,vendor", "pause", "waiting_client waiting_vendor", false},
    {"pause=any", "pause", "waiting_client waiting_vendor on_hold scheduled", false},
    {"start=opened", "start", "opened", false},
    {"start=status", "start", "status", false},
    {"first_response=status", "first_response", "status", true},
    {"first_response=assigned", "first_response", "assigned", true},
    {"first_response=auto", "first_response", "auto", true},
    {"first_response=internal", "first_response", "internal", true},
    {"first_response=bot", "first_response", "bot", true},
    {"first_response=public", "first_response", "public", true},
    {"first_response=human", "first_response", "human", true},
};

#define SETS (sizeof(sets) / sizeof(sets[0]))

bool
rule_set_at(size_t i, struct rule_set *set)
{
	const char *preset;

	if (i < SETS) {
		*set = sets[i];
		return true;
	}
	preset = conventions_preset_name(i - SETS);
	if (preset == NULL)
		return false;
	*set = (struct rule_set){preset, "preset", preset, false};
	return true;
}

static void
set_pauses(struct conventions *conventions, const char *states)
{
	char member[32];
	int metric;

	for (metric = 1; metric < METRICS; metric++) {
		snprintf(member, sizeof(member), "pause.%s", word_of(WORDS_METRIC, metric));
		conventions_set(conventions, member, states);
	}
}

static bool
same(const struct conventions *a, const struct conventions *b)
{
	return a->reopen == b->reopen && a->priority_change == b->priority_change &&
	    a->first_response == b->first_response && a->start == b->start &&
	    a->deadline == b->deadline && a->zero_target == b->zero_target &&
	    a->update_restart == b->update_restart && a->end_of_day == b->end_of_day &&
	    memcmp(a->pause, b->pause, sizeof(a->pause)) == 0;
}

bool
rule_set_apply(const struct rule_set *set, struct conventions *conventions)
{
	struct conventions before = *conventions;

	if (set->member == NULL)
		return false;
	if (strcmp(set->member, "preset") == 0)
		conventions_preset(set->word, conventions);
	else if (strcmp(set->member, "pause") == 0)
		set_pauses(conventions, set->word);
	else
		conventions_set(conventions, set->member, set->word);
	return !same(&before, conventions);
}
