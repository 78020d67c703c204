/* dialogue.c: who told the client what and when, and what was left without an answer */
#include "sla/dialogue.h"

#include "sla/act.h"
#include "sla/response.h"
#include "sla/window.h"
#include "time/instant.h"

const char *
response_word(enum response grade)
{
	static const char *const words[] = {
	    "none", "status", "assigned", "auto", "internal", "bot", "public", "human"};

	return words[grade];
}

const char *
promise_word(enum promise_state state)
{
	static const char *const words[] = {"open", "kept", "missed"};

	return words[state];
}

/* What holds while the events are walked. */
struct walk {
	struct dialogue *dialogue;
	const struct timeline *timeline;
	size_t span; /* that holds the instant */
	enum response counts;
	struct wait *wait; /* the one that is open, or NULL */
	int64_t late;      /* messages of the client since the end, without an answer */
	size_t promise;    /* the first one that nothing has settled yet */
};

/* The state after all that happened at that instant. */
static const struct span *
span_of(struct walk *walk, int64_t at)
{
	const struct timeline *timeline = walk->timeline;

	while (walk->span < timeline->nspans && timeline->spans[walk->span].to <= at)
		walk->span++;
	return walk->span < timeline->nspans ? &timeline->spans[walk->span] : &timeline->now;
}

static void
note_grade(struct walk *walk, const struct event *event, enum response grade)
{
	struct dialogue *dialogue = walk->dialogue;

	if (dialogue->first[grade] == INSTANT_NONE)
		dialogue->first[grade] = event->at;
	if (grade > dialogue->best)
		dialogue->best = grade;
	if (dialogue->response == NULL && grade >= walk->counts) {
		dialogue->response = event;
		dialogue->response_grade = grade;
	}
}

static void
note_word(struct walk *walk, const struct event *event, const struct span *span)
{
	struct word *word = &walk->dialogue->words[walk->dialogue->nwords++];

	*word = (struct word){event->at, event->by, -1};
	if (span->owner_known && ticket_has(walk->timeline->ticket, EVIDENCE_ACTOR))
		word->by_owner = text_same(span->owner, event->by);
}

static void
wait_since(struct walk *walk, int64_t at, int64_t messages)
{
	struct dialogue *dialogue = walk->dialogue;

	if (walk->wait == NULL) {
		walk->wait = &dialogue->waits[dialogue->nwaits++];
		*walk->wait = (struct wait){.from = at, .to = at};
	}
	walk->wait->messages += messages;
}

/* What came after the end reopens a ticket as a rule, by a second or a day. */
static void
note_reopening(struct walk *walk, int64_t at)
{
	if (walk->late > 0)
		wait_since(walk, at, walk->late);
	walk->late = 0;
}

static void
end_wait(struct walk *walk, int64_t at, bool answered)
{
	if (walk->wait == NULL)
		return;
	walk->wait->to = at;
	walk->wait->answered = answered;
	walk->wait = NULL;
}

/* What comes at the instant of a promise may be what made it: only the end settles it, too. */
static void
settle_promises(struct walk *walk, int64_t at, bool ended)
{
	struct dialogue *dialogue = walk->dialogue;

	for (; walk->promise < dialogue->npromises; walk->promise++) {
		if (dialogue->promises[walk->promise].at >= at && !ended)
			break;
		dialogue->promises[walk->promise].told_at = at;
	}
}

static void
note_answer(struct walk *walk, int64_t at)
{
	struct dialogue *dialogue = walk->dialogue;

	if (dialogue->answer_at == INSTANT_NONE)
		dialogue->answer_at = at;
	dialogue->last_answer_at = at;
	walk->late = 0;
	end_wait(walk, at, true);
	settle_promises(walk, at, false);
}

static bool
is_machine_answer(const struct event *event, enum response grade)
{
	return grade == RESPONSE_BOT ||
	    (grade == RESPONSE_AUTO && event->visibility == VISIBILITY_PUBLIC);
}

static void
note_message(struct walk *walk, const struct event *event, enum response grade)
{
	const struct span *span = span_of(walk, event->at);
	struct dialogue *dialogue = walk->dialogue;

	if (grade == RESPONSE_HUMAN)
		note_word(walk, event, span);
	if (dialogue->machine_at == INSTANT_NONE && is_machine_answer(event, grade))
		dialogue->machine_at = event->at;
	if (grade >= RESPONSE_PUBLIC) {
		note_answer(walk, event->at);
	} else if (event_is_client_message(event)) {
		if (span->live)
			wait_since(walk, event->at, 1);
		else
			walk->late++;
	}
}

static void
note_promise(struct walk *walk, const struct event *event)
{
	struct dialogue *dialogue = walk->dialogue;

	if (event->to_at == INSTANT_NONE || event->to_at <= event->at)
		return;
	dialogue->promises[dialogue->npromises++] =
	    (struct promise){event->at, event->to_at, INSTANT_NONE, PROMISE_OPEN, event->by};
	if (!span_of(walk, event->at)->live)
		settle_promises(walk, event->at, true);
}

/* The status that ended the ticket, if the event did. */
static bool
ends(struct walk *walk, const struct event *event)
{
	return event->kind == EVENT_STATUS && state_is_ended((enum state)event->state) &&
	    !span_of(walk, event->at)->live;
}

static void
walk_events(struct walk *walk)
{
	const struct timeline *timeline = walk->timeline;
	const struct event *event;
	enum response grade;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->at < timeline->opened)
			continue;
		grade = response_grade(event);
		if (grade != RESPONSE_NONE)
			note_grade(walk, event, grade);
		if (event->kind == EVENT_MESSAGE)
			note_message(walk, event, grade);
		else if (event->kind == EVENT_PROMISE)
			note_promise(walk, event);
		else if (event->kind == EVENT_STATUS && span_of(walk, event->at)->live)
			note_reopening(walk, event->at);
		else if (ends(walk, event)) {
			end_wait(walk, event->at, false);
			settle_promises(walk, event->at, true);
		}
	}
	if (walk->wait != NULL) {
		walk->wait->open = true;
		walk->wait->to = timeline->as_of;
	}
}

/* Cuts each live stretch at the words that were said in it. */
static void
build_silences(struct dialogue *dialogue, const struct timeline *timeline)
{
	int64_t from = INSTANT_NONE, to;
	const struct span *span;
	size_t i, next = 0;

	for (i = 0; i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		from = !span->live ? INSTANT_NONE : from == INSTANT_NONE ? span->from : from;
		for (; next < dialogue->nwords && dialogue->words[next].at < span->to; next++) {
			to = dialogue->words[next].at;
			if (!span->live || to <= from)
				continue;
			dialogue->silences[dialogue->nsilences++] =
			    (struct silence){from, to, false};
			from = to;
		}
		if (!span->live || from >= span->to ||
		    (i + 1 < timeline->nspans && timeline->spans[i + 1].live))
			continue;
		dialogue->silences[dialogue->nsilences++] =
		    (struct silence){from, span->to, i + 1 == timeline->nspans && !timeline->ended};
	}
}

static void
judge_promises(struct dialogue *dialogue, int64_t as_of)
{
	struct promise *one;
	size_t i;

	for (i = 0; i < dialogue->npromises; i++) {
		one = &dialogue->promises[i];
		if (one->told_at != INSTANT_NONE && one->told_at <= one->to)
			one->state = PROMISE_KEPT;
		else if (one->to < as_of)
			one->state = PROMISE_MISSED;
	}
}

static void
reserve(struct dialogue *dialogue, const struct timeline *timeline, struct arena *arena)
{
	size_t i, messages = 0, promises = 0;

	for (i = 0; i < timeline->ntouches; i++) {
		messages += timeline->touches[i].event->kind == EVENT_MESSAGE;
		promises += timeline->touches[i].event->kind == EVENT_PROMISE;
	}
	dialogue->words = arena_alloc(arena, (messages + 1) * sizeof(*dialogue->words));
	dialogue->waits = arena_alloc(arena, (messages + 1) * sizeof(*dialogue->waits));
	dialogue->silences =
	    arena_alloc(arena, (messages + timeline->nspans + 1) * sizeof(*dialogue->silences));
	dialogue->promises = arena_alloc(arena, (promises + 1) * sizeof(*dialogue->promises));
}

void
dialogue_build(struct dialogue *dialogue, const struct timeline *timeline,
    const struct policy *policy, struct arena *arena)
{
	struct walk walk = {.dialogue = dialogue,
	    .timeline = timeline,
	    .counts = policy_conventions(policy)->first_response};
	int grade;

	*dialogue =
	    (struct dialogue){.has_messages = ticket_has(timeline->ticket, EVIDENCE_MESSAGE) &&
		    ticket_has(timeline->ticket, EVIDENCE_PUBLIC)};
	dialogue->machine_at = dialogue->answer_at = dialogue->last_answer_at = INSTANT_NONE;
	dialogue->has_promises =
	    dialogue->has_messages && ticket_has(timeline->ticket, EVIDENCE_PROMISE);
	for (grade = 0; grade <= RESPONSE_HUMAN; grade++)
		dialogue->first[grade] = INSTANT_NONE;
	if (!dialogue->has_messages && walk.counts > RESPONSE_INTERNAL)
		return; /* nothing of it was recorded, a first response included */
	reserve(dialogue, timeline, arena);
	walk_events(&walk);
	if (!dialogue->has_messages)
		return;
	build_silences(dialogue, timeline);
	judge_promises(dialogue, timeline->as_of);
}
