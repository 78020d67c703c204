/* rules_pause.c: rules on clocks that are stopped without a good reason */
#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "sla/response.h"
#include "time/instant.h"

/* A stay in one waiting state; open: it lasts at as-of. */
struct pause {
	int64_t from, to;
	enum state state;
	bool open;
};

static bool
is_waiting(enum state state)
{
	return state == STATE_WAITING_CLIENT || state == STATE_WAITING_VENDOR ||
	    state == STATE_ON_HOLD || state == STATE_SCHEDULED;
}

/* The next pause at or after span *i, which is moved behind it. */
static bool
next_pause(const struct timeline *timeline, size_t *i, struct pause *pause)
{
	const struct span *spans = timeline->spans;

	while (*i < timeline->nspans && !is_waiting(spans[*i].state))
		++*i;
	if (*i == timeline->nspans)
		return false;
	*pause = (struct pause){.from = spans[*i].from, .state = spans[*i].state};
	while (*i < timeline->nspans && spans[*i].state == pause->state)
		pause->to = spans[(*i)++].to;
	pause->open = *i == timeline->nspans && timeline->now.state == pause->state;
	return true;
}

/* Whether the client was written to in [from, to]. */
static bool
client_was_asked(const struct timeline *timeline, int64_t from, int64_t to)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->at >= from && event->at <= to &&
		    response_grade(event) >= RESPONSE_PUBLIC)
			return true;
	}
	return false;
}

void
judge_pause_without_question(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	struct words limit = duration_words(judging->limit);
	struct pause pause;
	size_t i = 0;

	while (next_pause(timeline, &i, &pause)) {
		if (pause.state != STATE_WAITING_CLIENT ||
		    client_was_asked(timeline, pause.from - judging->limit, pause.from))
			continue;
		finding_add(judging, pause.open, pause.from, actor_now(judging),
		    "%s waiting for the client, who was asked nothing in the %s before",
		    pause.open ? "Ask, or go on: it is" : "Was", limit.text);
	}
}

/* The first message of the client in (from, to]; INSTANT_NONE: none. */
static int64_t
client_wrote(const struct timeline *timeline, int64_t from, int64_t to)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->at > from && event->at <= to && event->kind == EVENT_MESSAGE &&
		    event->role == ROLE_CLIENT)
			return event->at;
	}
	return INSTANT_NONE;
}

void
judge_pause_after_reply(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	struct calendar *calendar = judging->analysis->ledger.calendar;
	struct pause pause;
	struct words took;
	int64_t replied, lasted;
	size_t i = 0;

	while (next_pause(timeline, &i, &pause)) {
		replied = pause.state == STATE_WAITING_CLIENT
		    ? client_wrote(timeline, pause.from, pause.to)
		    : INSTANT_NONE;
		if (replied == INSTANT_NONE)
			continue;
		lasted = calendar_between(calendar, replied, pause.to);
		if (lasted <= judging->limit)
			continue;
		took = duration_words(lasted);
		finding_add(judging, pause.open, replied, actor_now(judging),
		    "%s still waiting for the client %s of working time after the reply",
		    pause.open ? "Take it up again: it is" : "Was", took.text);
	}
}

void
judge_pause_near_deadline(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	const struct clock *resolve = &judging->analysis->clocks[METRIC_RESOLVE];
	struct pause pause;
	int64_t used;
	size_t i = 0;

	while (next_pause(timeline, &i, &pause)) {
		used = clock_used_at(resolve, pause.from);
		if (used < judging->limit || used >= 1000 || pause.from == timeline->opened)
			continue;
		finding_add(judging, pause.open, pause.from, actor_now(judging),
		    "%s with %lld%% of the resolve time used: %s",
		    pause.open ? "Stopped" : "Was stopped", (long long)(used / 10),
		    word_of(WORDS_STATE, (int)pause.state));
	}
}

/* Whether somebody worked, or wrote to the client, in [from, to]. */
static bool
moved_on(const struct timeline *timeline, int64_t from, int64_t to)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->at >= from && event->at <= to &&
		    (event->kind == EVENT_WORK || response_grade(event) == RESPONSE_HUMAN))
			return true;
	}
	return false;
}

void
judge_pause_flip_flop(struct judging *judging)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	int64_t left[STATES], count = 0;
	struct finding *finding = NULL;
	struct pause pause;
	size_t i = 0;

	for (i = 0; i < STATES; i++)
		left[i] = INSTANT_NONE;
	for (i = 0; next_pause(timeline, &i, &pause);) {
		if (left[pause.state] != INSTANT_NONE &&
		    pause.from - left[pause.state] < SECONDS_PER_DAY &&
		    !moved_on(timeline, left[pause.state], pause.from) &&
		    ++count >= judging->limit) {
			if (finding != NULL)
				finding_evidence(finding, pause.from);
			else
				finding = finding_add(judging, is_open(judging), pause.from,
				    actor_now(judging),
				    "Back in %s within a day, and nothing was done between%s",
				    word_of(WORDS_STATE, (int)pause.state),
				    is_open(judging) ? ": settle what it waits for" : "");
		}
		left[pause.state] = pause.to;
	}
}
