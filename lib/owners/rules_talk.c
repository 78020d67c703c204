/* rules_talk.c: rules on whether the client was kept informed */
#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "sla/response.h"
#include "time/instant.h"

/* A public message that a person of the desk wrote. */
static bool
is_word(const struct event *event)
{
	return response_grade(event) == RESPONSE_HUMAN;
}

static bool
is_from_client(const struct event *event)
{
	return event->kind == EVENT_MESSAGE && event->role == ROLE_CLIENT;
}

/* The first word to the client in (after, until]; INSTANT_NONE: there was none. */
static int64_t
word_between(const struct timeline *timeline, int64_t after, int64_t until)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->at > after && event->at <= until && is_word(event))
			return event->at;
	}
	return INSTANT_NONE;
}

static int64_t
last_word(const struct timeline *timeline)
{
	int64_t last = INSTANT_NONE;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++)
		if (is_word(timeline->touches[i].event))
			last = timeline->touches[i].at;
	return last;
}

void
judge_silent(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	int64_t last = last_word(timeline), gap;
	struct words took, limit = duration_words(judging->limit);
	bool ever = last != INSTANT_NONE;

	if (!is_open(judging))
		return;
	if (!ever)
		last = timeline->opened;
	gap = calendar_between(judging->analysis->ledger.calendar, last, timeline->as_of);
	if (gap <= judging->limit)
		return;
	took = duration_words(gap);
	finding_add(judging, true, last, actor_now(judging),
	    "Tell the client where it stands: %s for %s of working time, allowed %s",
	    ever ? "no word from a person" : "no word from a person at all", took.text, limit.text);
}

/* An automatic answer, and nobody behind it. */
void
judge_hollow_response(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct event *first = NULL;
	int64_t word, end, waited;
	struct words took;
	size_t i;

	for (i = 0; i < timeline->ntouches && first == NULL; i++)
		if (response_grade(timeline->touches[i].event) >= RESPONSE_BOT ||
		    response_grade(timeline->touches[i].event) == RESPONSE_AUTO)
			first = timeline->touches[i].event;
	if (first == NULL || response_grade(first) > RESPONSE_BOT)
		return;
	word = word_between(timeline, first->at, timeline->as_of);
	end = word != INSTANT_NONE ? word : timeline->ended ? timeline->now_since : timeline->as_of;
	waited = end < first->at
	    ? 0
	    : calendar_between(judging->analysis->ledger.calendar, first->at, end);
	if (waited <= judging->limit)
		return;
	took = duration_words(waited);
	finding_add(judging, is_open(judging) && word == INSTANT_NONE, first->at,
	    actor_now(judging), "The first answer was a machine's, and %s %s of working time%s",
	    word != INSTANT_NONE ? "a person wrote only after" : "no person has written for",
	    took.text, word == INSTANT_NONE && is_open(judging) ? ": write to the client" : "");
}

void
judge_client_waiting(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	int64_t since = INSTANT_NONE, waited;
	const struct event *event;
	struct words took, limit = duration_words(judging->limit);
	size_t i;

	if (!is_open(judging))
		return;
	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (is_from_client(event) && since == INSTANT_NONE)
			since = event->at;
		else if (is_word(event))
			since = INSTANT_NONE;
	}
	if (since == INSTANT_NONE)
		return;
	waited = calendar_between(judging->analysis->ledger.calendar, since, timeline->as_of);
	if (waited <= judging->limit)
		return;
	took = duration_words(waited);
	finding_add(judging, true, since, actor_now(judging),
	    "Answer the client, who wrote %s of working time ago, allowed %s", took.text,
	    limit.text);
}

void
judge_promise_missed(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct event *event;
	char text[INSTANT_TEXT];
	bool open;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind != EVENT_PROMISE || event->to_at == INSTANT_NONE ||
		    event->to_at + judging->limit >= timeline->as_of ||
		    word_between(timeline, event->at, event->to_at + judging->limit) !=
			INSTANT_NONE)
			continue;
		if (timeline->ended && timeline->now_since <= event->to_at + judging->limit)
			continue;
		open = is_open(judging) &&
		    word_between(timeline, event->to_at, timeline->as_of) == INSTANT_NONE;
		instant_format(event->to_at, text);
		finding_add(judging, open, event->at,
		    event->by != NULL ? event->by : actor_now(judging),
		    "%s the client was promised word by %s, and got none by then",
		    open ? "Write now:" : "Too late:", text);
	}
}

void
judge_closed_without_word(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	struct calendar *calendar = judging->analysis->ledger.calendar;
	int64_t last = last_word(timeline);
	struct words limit = duration_words(judging->limit);

	if (is_open(judging) || timeline->now.state == STATE_CANCELLED)
		return;
	if (last >= timeline->now_since ||
	    (last != INSTANT_NONE &&
		calendar_between(calendar, last, timeline->now_since) <= judging->limit))
		return;
	finding_add(judging, true, timeline->now_since, actor_now(judging),
	    "Tell the client that it is done: ended without a word from a person in the %s of "
	    "working time before, or since",
	    limit.text);
}
