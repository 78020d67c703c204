/* rules_pause.c: rules on clocks that are stopped without a good reason */
#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "sla/pauses.h"
#include "time/instant.h"

static const struct pauses *
pauses_of(struct judging *judging)
{
	if (judging->pauses == NULL) {
		judging->pauses = arena_alloc(judging->arena, sizeof(*judging->pauses));
		pauses_find(judging->pauses, &judging->analysis->timeline, judging->arena);
	}
	return judging->pauses;
}

void
judge_pause_without_question(struct judging *judging)
{
	const struct pauses *pauses = pauses_of(judging);
	const struct pause_span *one;
	struct words limit;
	size_t i;

	for (i = 0; i < pauses->count; i++) {
		one = &pauses->list[i];
		if (one->state != STATE_WAITING_CLIENT || pause_was_asked(one, judging->limit))
			continue;
		limit = duration_words(judging->limit);
		finding_add(judging, one->open, one->from, actor_now(judging),
		    "%s waiting for the client, who was asked nothing in the %s before",
		    one->open ? "Ask, or go on: it is" : "Was", limit.text);
	}
}

void
judge_pause_after_reply(struct judging *judging)
{
	struct calendar *calendar = judging->analysis->ledger.calendar;
	const struct pauses *pauses = pauses_of(judging);
	const struct pause_span *one;
	struct words took;
	int64_t lasted;
	size_t i;

	for (i = 0; i < pauses->count; i++) {
		one = &pauses->list[i];
		if (one->state != STATE_WAITING_CLIENT || one->reply_at == INSTANT_NONE)
			continue;
		lasted = calendar_between(
		    calendar, one->reply_at, one->sure > one->reply_at ? one->sure : one->reply_at);
		if (lasted <= judging->limit)
			continue;
		took = working_words(lasted);
		finding_add(judging, one->open, one->reply_at, actor_now(judging),
		    "%s still waiting for the client %s of working time after the reply",
		    one->open ? "Take it up again: it is" : "Was", took.text);
	}
}

void
judge_pause_near_deadline(struct judging *judging)
{
	const struct clock *resolve = &judging->analysis->clocks[METRIC_RESOLVE];
	const struct pauses *pauses;
	const struct pause_span *one;
	int64_t used;
	size_t i;

	if (resolve->state == CLOCK_NONE)
		return;
	pauses = pauses_of(judging);
	for (i = 0; i < pauses->count; i++) {
		one = &pauses->list[i];
		used = clock_used_at(resolve, one->from);
		if (clock_used_at(resolve, one->after) < judging->limit || used >= 1000 ||
		    one->from == judging->analysis->timeline.opened)
			continue;
		finding_add(judging, one->open, one->from, actor_now(judging),
		    "%s with %lld%% of the resolve time used: %s",
		    one->open ? "Stopped" : "Was stopped", (long long)(used / 10),
		    word_of(WORDS_STATE, (int)one->state));
	}
}

void
judge_pause_flip_flop(struct judging *judging)
{
	struct finding *finding = NULL;
	const struct flip *one;
	struct flips flips;
	int64_t count = 0;
	size_t i;

	flips_find(&flips, &judging->analysis->timeline, judging->arena);
	for (i = 0; i < flips.count; i++) {
		one = &flips.list[i];
		if (!state_is_waiting(one->state) || ++count < judging->limit)
			continue;
		if (finding != NULL)
			finding_evidence(finding, one->back);
		else
			finding =
			    finding_add(judging, is_open(judging), one->back, actor_now(judging),
				"Back in %s within a day, and nothing was done between%s",
				word_of(WORDS_STATE, (int)one->state),
				is_open(judging) ? ": settle what it waits for" : "");
	}
}
