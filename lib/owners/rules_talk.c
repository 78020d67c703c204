/* rules_talk.c: rules on whether the client was kept informed */
#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "sla/ending.h"
#include "time/instant.h"

/*
 * A message without a name breaks no silence in the record, as nobody knows that a person wrote it;
 * but it may be one, so that nobody is blamed either.
 */
void
judge_silent(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct dialogue *dialogue = &judging->analysis->account.dialogue;
	int64_t since = judging->analysis->account.communication.silent_since, gap;
	bool ever = dialogue->last_answer_at != INSTANT_NONE;
	struct words took, limit;

	if (since == INSTANT_NONE)
		return;
	if (ever && dialogue->last_answer_at > since)
		since = dialogue->last_answer_at;
	gap = calendar_between(judging->analysis->ledger.calendar, since, timeline->as_of);
	if (gap <= judging->limit)
		return;
	took = working_words(gap);
	limit = working_words(judging->limit);
	finding_add(judging, true, since, actor_now(judging),
	    "Tell the client where it stands: %s for %s of working time, allowed %s",
	    ever ? "no word from a person" : "no word from a person at all", took.text, limit.text);
}

/* An automatic answer, and nobody behind it. */
void
judge_hollow_response(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct dialogue *dialogue = &judging->analysis->account.dialogue;
	int64_t machine = dialogue->machine_at, word = dialogue->answer_at, end, waited;
	bool open = is_open(judging) && word == INSTANT_NONE;
	struct words took;

	if (machine == INSTANT_NONE || (word != INSTANT_NONE && word <= machine))
		return;
	end = word != INSTANT_NONE ? word : timeline->ended ? timeline->now_since : timeline->as_of;
	if (end <= machine)
		return;
	waited = calendar_between(judging->analysis->ledger.calendar, machine, end);
	if (waited <= (open ? judging->limit : limit_before(judging, end)))
		return;
	took = working_words(waited);
	finding_add(judging, open, machine, actor_now(judging),
	    "The first answer was a machine's, and %s %s of working time%s",
	    word != INSTANT_NONE ? "a person wrote only after" : "no person has written for",
	    took.text, open ? ": write to the client" : "");
}

void
judge_client_waiting(struct judging *judging)
{
	const struct communication *communication = &judging->analysis->account.communication;
	int64_t since = communication->unanswered_since, waited;
	struct words took, limit;

	if (since == INSTANT_NONE)
		return;
	waited = calendar_between(
	    judging->analysis->ledger.calendar, since, judging->analysis->timeline.as_of);
	if (waited <= judging->limit)
		return;
	took = working_words(waited);
	limit = working_words(judging->limit);
	finding_add(judging, true, since, actor_now(judging),
	    "Answer the client, who wrote %s of working time ago, allowed %s", took.text,
	    limit.text);
}

void
judge_promise_missed(struct judging *judging)
{
	const struct dialogue *dialogue = &judging->analysis->account.dialogue;
	int64_t as_of = judging->analysis->timeline.as_of;
	const struct promise *one;
	char text[INSTANT_TEXT];
	bool open;
	size_t i;

	for (i = 0; i < dialogue->npromises; i++) {
		one = &dialogue->promises[i];
		open = one->told_at == INSTANT_NONE;
		if (one->state != PROMISE_MISSED ||
		    (open ? as_of : one->told_at) - one->to <= judging->limit)
			continue;
		instant_format(one->to, text);
		finding_add(judging, open, one->at, one->by != NULL ? one->by : actor_now(judging),
		    "%s the client was promised word by %s, and got none by then",
		    open ? "Write now:" : "Too late:", text);
	}
}

void
judge_closed_without_word(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	struct words limit;

	if (!ended_without_word(timeline, &judging->analysis->account.dialogue,
		judging->analysis->ledger.calendar, judging->limit))
		return;
	limit = working_words(judging->limit);
	finding_add(judging, true, timeline->now_since, actor_now(judging),
	    "Tell the client that it is done: ended without a word from a person in the %s of "
	    "working time before, or since",
	    limit.text);
}
