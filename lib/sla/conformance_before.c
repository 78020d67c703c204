/* conformance_before.c: rules on what must come before something else */
#include "sla/act.h"
#include "sla/conformance_judges.h"
#include "sla/pauses.h"
#include "time/instant.h"

/*
 * When something happened: not before `earliest`, at the latest `at`. They differ where it was
 * inferred from two snapshots. INSTANT_NONE: it never did.
 */
struct moment {
	int64_t earliest, at;
};

static struct moment
moment_of(const struct event *event)
{
	struct moment moment = {INSTANT_NONE, INSTANT_NONE};

	if (event == NULL)
		return moment;
	moment = (struct moment){event->at, event->at};
	if (event->inferred && event->after < event->at) /* INSTANT_NONE is, too */
		moment.earliest = event->after == INSTANT_NONE ? INSTANT_MIN : event->after + 1;
	return moment;
}

/* Whether `first` came not after `then`, which did happen. */
static enum conformity
in_order(const struct moment *first, const struct moment *then)
{
	if (first->at == INSTANT_NONE || first->earliest > then->at)
		return CONFORMITY_DEVIATES;
	return first->at <= then->earliest ? CONFORMITY_CONFORMS : CONFORMITY_UNKNOWN;
}

/* The first event by which somebody owned the ticket. */
static const struct event *
first_given(const struct timeline *timeline)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind == EVENT_OWNER && event->to != NULL)
			return event;
	}
	return NULL;
}

/* Where an owner's name is known before the first change of the owner, it is so from the opening. */
static enum conformity
owned_before(const struct conforming *one, const struct moment *then)
{
	const struct timeline *timeline = &one->analysis->timeline;
	const struct event *change = timeline_first(timeline, EVENT_OWNER);
	struct moment given = moment_of(first_given(timeline));
	const struct span *span = timeline_at(timeline, then->at);

	if (change != NULL && change->from != NULL)
		return CONFORMITY_CONFORMS;
	if (span != NULL && !span->owner_known)
		return CONFORMITY_UNKNOWN;
	return in_order(&given, then);
}

static struct moment
first_work(const struct timeline *timeline)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind == EVENT_WORK && event_is_act(event))
			return moment_of(event);
	}
	return moment_of(NULL);
}

/*
 * The first change from a live state to resolved or closed. What was over when it was opened was
 * not ended here.
 */
static struct moment
first_end(const struct timeline *timeline)
{
	const struct event *event;
	bool live = true;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (!event_tells_state(event))
			continue;
		if (live && event->kind == EVENT_STATUS &&
		    (event->state == STATE_RESOLVED || event->state == STATE_CLOSED))
			return moment_of(event);
		live = !state_is_ended((enum state)event->state);
	}
	return moment_of(NULL);
}

enum conformity
conform_owner_before_work(const struct conforming *one)
{
	struct moment work = first_work(&one->analysis->timeline);

	return work.at == INSTANT_NONE ? CONFORMITY_IDLE : owned_before(one, &work);
}

enum conformity
conform_owner_before_word(const struct conforming *one)
{
	int64_t at = one->analysis->account.dialogue.answer_at;
	struct moment word = {at, at};

	return at == INSTANT_NONE ? CONFORMITY_IDLE : owned_before(one, &word);
}

enum conformity
conform_owner_before_end(const struct conforming *one)
{
	struct moment end = first_end(&one->analysis->timeline);

	return end.at == INSTANT_NONE ? CONFORMITY_IDLE : owned_before(one, &end);
}

enum conformity
conform_answer_before_end(const struct conforming *one)
{
	struct moment end = first_end(&one->analysis->timeline);
	struct moment answer = moment_of(one->analysis->account.dialogue.response);

	return end.at == INSTANT_NONE ? CONFORMITY_IDLE : in_order(&answer, &end);
}

enum conformity
conform_work_before_end(const struct conforming *one)
{
	struct moment end = first_end(&one->analysis->timeline);
	struct moment work = first_work(&one->analysis->timeline);

	return end.at == INSTANT_NONE ? CONFORMITY_IDLE : in_order(&work, &end);
}

enum conformity
conform_question_before_waiting(const struct conforming *one)
{
	enum conformity result = CONFORMITY_IDLE;
	const struct pause_span *pause;
	struct pauses pauses;
	size_t i;

	pauses_find(&pauses, &one->analysis->timeline, one->arena);
	for (i = 0; i < pauses.count; i++) {
		pause = &pauses.list[i];
		if (pause->state != STATE_WAITING_CLIENT)
			continue;
		if (!pause_was_asked(pause, one->limit))
			return CONFORMITY_DEVIATES;
		result = CONFORMITY_CONFORMS;
	}
	return result;
}

/*
 * Each closing after a resolved state of the same life; one that was inferred may have come by way of
 * it, unseen.
 */
enum conformity
conform_resolved_before_closed(const struct conforming *one)
{
	const struct timeline *timeline = &one->analysis->timeline;
	enum conformity result = CONFORMITY_IDLE;
	const struct event *event;
	bool resolved = false, unseen = false;
	enum state state = STATE_NONE;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (!event_tells_state(event))
			continue;
		if (event->kind == EVENT_STATUS && event->state == STATE_CLOSED &&
		    state != STATE_CLOSED) {
			if (!resolved && !event->inferred)
				return CONFORMITY_DEVIATES;
			unseen |= !resolved;
			result = CONFORMITY_CONFORMS;
		}
		state = (enum state)event->state;
		resolved = state == STATE_RESOLVED || (resolved && state_is_ended(state));
	}
	return unseen ? CONFORMITY_UNKNOWN : result;
}

/* Not straight from new to closed, as far as the state before is known. */
enum conformity
conform_begun_before_closed(const struct conforming *one)
{
	const struct timeline *timeline = &one->analysis->timeline;
	enum conformity result = CONFORMITY_IDLE;
	const struct event *event;
	enum state before = STATE_NONE;
	bool unseen = false;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (!event_tells_state(event))
			continue;
		if (event->kind == EVENT_STATUS && event->state == STATE_CLOSED &&
		    before != STATE_CLOSED) {
			if (before == STATE_NEW && !event->inferred)
				return CONFORMITY_DEVIATES;
			unseen |= before == STATE_NEW || before == STATE_NONE;
			result = CONFORMITY_CONFORMS;
		}
		before = (enum state)event->state;
	}
	return unseen ? CONFORMITY_UNKNOWN : result;
}
