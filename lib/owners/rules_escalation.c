/* rules_escalation.c: rules on tickets that nobody takes on, or too late, or for too short */
#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "sla/act.h"
#include "sla/ending.h"
#include "time/instant.h"

void
judge_hot_potato(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	const struct handoff *one;
	struct words held;
	size_t i;

	for (i = 0; i < ledger->nhandoffs; i++) {
		one = &ledger->handoffs[i];
		if (one->held_most >= judging->limit || one->idle != 1)
			continue;
		held = working_words(one->held);
		finding_add(judging, is_open(judging), one->at, actor_now(judging),
		    "%s passed it on to %s after %s without work or a word to the client%s",
		    holder_name(&one->from), holder_name(&one->to), held.text,
		    is_open(judging) ? ": ask why before it moves again" : "");
	}
}

void
judge_absent_owner(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	const struct stretch *last;
	struct words since;

	if (!is_open(judging) || ledger->nstretches == 0)
		return;
	last = &ledger->stretches[ledger->nstretches - 1];
	if ((last->cause != CAUSE_GONE && last->cause != CAUSE_AWAY) ||
	    calendar_between(ledger->calendar, last->from, last->to) < judging->limit)
		return;
	since = duration_words(last->to - last->from);
	finding_add(judging, true, last->from, span_now(judging)->team,
	    "Give it to somebody who is there: %s %s, %s so far", span_now(judging)->owner,
	    last->cause == CAUSE_GONE ? "has left" : "is away", since.text);
}

/* The owner when the ticket was ended, and who ended it. */
void
judge_resolved_by_other(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct event *event;
	const char *owner;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (ended_by(timeline, event, &owner) != ENDED_BY_OTHER)
			continue;
		finding_add(judging, false, event->at, owner,
		    "%s ended it while %s owned it: make the owner the one who does the work",
		    event->by, owner);
	}
}

static int64_t
last_reopened(const struct timeline *timeline)
{
	int64_t at = INSTANT_NONE;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++)
		if (timeline->touches[i].event->kind == EVENT_REOPENED)
			at = timeline->touches[i].at;
	return at;
}

void
judge_reopened_unowned(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct ledger *ledger = &judging->analysis->ledger;
	int64_t at = last_reopened(timeline), waited;
	const struct orphan *orphan;
	struct words took;

	if (at == INSTANT_NONE || !is_open(judging) || ledger->norphans == 0)
		return;
	orphan = &ledger->orphans[ledger->norphans - 1];
	if (!orphan->open || orphan->from > at)
		return;
	waited = calendar_between(ledger->calendar, at, timeline->as_of);
	if (waited <= judging->limit)
		return;
	took = working_words(waited);
	finding_add(judging, true, at, span_now(judging)->team,
	    "Assign an owner now: reopened %s of working time ago, and nobody has it", took.text);
}

void
judge_escalated_late(struct judging *judging)
{
	const struct escalation *one = &judging->analysis->account.escalation;

	if (one->how == ESCALATION_NONE || one->budget_used < 0 ||
	    one->budget_used < judging->limit)
		return;
	finding_add(judging, is_open(judging), one->at, actor_now(judging),
	    "First escalated with %lld%% of the resolve time already used%s",
	    (long long)(one->budget_used / 10),
	    is_open(judging) ? ": tell the client where it stands" : "");
}

void
judge_due_moved(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	struct finding *finding = NULL;
	const struct event *event;
	struct words later;
	int64_t count = 0;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (!event_moves_due_back(event) || ++count < judging->limit)
			continue;
		later = duration_words(event->to_at - event->from_at);
		if (finding != NULL)
			finding_evidence(finding, event->at);
		else
			finding = finding_add(judging, is_open(judging), event->at,
			    event->by != NULL ? event->by : actor_now(judging),
			    "The due instant of %s was moved back by %s%s",
			    word_of(WORDS_METRIC, event->metric), later.text,
			    is_open(judging) ? ": does the client know?" : "");
	}
}
