/* rules_data.c: rules on the record itself: what it cannot tell, and what cannot be */
#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "time/instant.h"

void
judge_no_history(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	size_t i;

	if (judging->analysis->ticket->has != 0)
		return;
	for (i = 0; i < timeline->ntouches; i++)
		switch (timeline->touches[i].event->kind) {
		case EVENT_OPENED:
		case EVENT_STATUS:
		case EVENT_RESOLVED:
		case EVENT_CLOSED:
			break;
		default:
			return;
		}
	finding_add(judging, true, timeline->opened, NULL,
	    "Export its history too: with the final row alone nobody can tell who had it when");
}

void
judge_time_travel(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct event *event;
	struct words early;

	if (timeline->ntouches == 0 || timeline->touches[0].at >= timeline->opened)
		return;
	event = timeline->touches[0].event;
	early = duration_words(timeline->opened - event->at);
	finding_add(judging, true, event->at, NULL,
	    "Check the dates of the export: an event %s came %s before the opening",
	    word_of(WORDS_EVENT_KIND, event->kind), early.text);
}

void
judge_unknown_person(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct analysis *analysis = judging->analysis;
	const char *last = NULL;
	size_t i;

	for (i = 0; i < timeline->nspans; i++) {
		const char *owner = timeline->spans[i].owner;

		if (owner == NULL || text_same(owner, last))
			continue;
		last = owner;
		if (policy_person(analysis->policy, owner) != NULL)
			continue;
		finding_add(judging, true, timeline->spans[i].from, NULL,
		    "Put %s into the roster, or correct the name: nothing is known of this owner",
		    owner);
		return;
	}
}

void
judge_diffused(struct judging *judging)
{
	const struct concentration *one = &judging->analysis->account.concentration;

	if (one->people < 4 || one->share >= judging->limit)
		return;
	finding_add(judging, is_open(judging), judging->analysis->timeline.opened,
	    actor_now(judging), "%s: %lld acts by %lld people, and none did more than %lld of them",
	    is_open(judging) ? "Name one owner" : "Nobody led it", (long long)one->acts,
	    (long long)one->people, (long long)one->top_acts);
}
