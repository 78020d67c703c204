/* handoff.c: the part of the ledger that tells of changes of the holder */
#include "sla/handoff.h"

#include "base/intern.h"
#include "sla/act.h"
#include "sla/response.h"
#include "time/instant.h"

const char *
acceptance_word(enum acceptance acceptance)
{
	static const char *const words[] = {"unknown", "pending", "accepted", "lost"};

	return words[acceptance];
}

const char *
return_word(enum return_kind kind)
{
	static const char *const words[] = {NULL, "direct", "indirect"};

	return words[kind];
}

const char *
handoff_word(enum handoff_kind kind)
{
	static const char *const words[] = {"person", "team", "both"};

	return words[kind];
}

const char *
direction_word(enum direction direction)
{
	static const char *const words[] = {NULL, "up", "down", "sideways"};

	return words[direction];
}

/* 0 where the roster gives none. */
static int
tier_of(const struct holder *holder, const struct policy *policy)
{
	const struct person *person;

	if (holder->owner == NULL)
		return policy_team_tier(policy, holder->team);
	person = policy_person(policy, holder->owner);
	return person != NULL ? person->tier : 0;
}

static enum direction
direction_of(const struct handoff *handoff, const struct policy *policy)
{
	int from, to;

	if (!policy_has_roster(policy))
		return DIRECTION_UNKNOWN;
	from = tier_of(&handoff->from, policy);
	to = tier_of(&handoff->to, policy);
	if (from == 0 || to == 0)
		return DIRECTION_UNKNOWN;
	return to > from ? DIRECTION_UP : to < from ? DIRECTION_DOWN : DIRECTION_SIDEWAYS;
}

static enum handoff_kind
kind_of(const struct holder *from, const struct holder *to)
{
	bool team = !text_same(from->team, to->team);
	bool person =
	    from->owner != NULL && to->owner != NULL && !text_same(from->owner, to->owner);

	if (team && person)
		return HANDOFF_BOTH;
	return team ? HANDOFF_TEAM : HANDOFF_PERSON;
}

/*
 * Whether the span's holder is another than the one so far. *holder is brought up
 * to date where it is the same one, better known.
 */
static bool
is_other(struct holder *holder, const struct span *span)
{
	if (span->owner == NULL && span->team == NULL)
		return false;
	if (span->owner == NULL) /* a queue: another's, or a gap in the same team */
		return !text_same(holder->team, span->team);
	if (holder->owner == NULL && text_same(holder->team, span->team)) {
		holder->owner = span->owner; /* picked up from the queue */
		return false;
	}
	if (holder->owner != NULL && text_same(holder->owner, span->owner)) {
		holder->team = span->team;
		return false;
	}
	return true;
}

/* The snapshot before, where the change at that instant was inferred; else INSTANT_NONE. */
static int64_t
inferred_after(const struct timeline *timeline, int64_t at)
{
	int64_t sure = timeline_sure_until(timeline, at, 1u << EVENT_OWNER | 1u << EVENT_TEAM);

	return sure < at ? sure : INSTANT_NONE;
}

static bool
is_act_of(const struct event *event, const char *person)
{
	return (event->kind == EVENT_MESSAGE || event->kind == EVENT_WORK ||
		   event->kind == EVENT_STATUS) &&
	    text_same(event->by, person);
}

/* An act of the receiver; of a queue, that one of its people picks the ticket up. */
static bool
accepts(const struct handoff *handoff, const struct event *event)
{
	if (handoff->to.owner != NULL)
		return is_act_of(event, handoff->to.owner);
	return event->kind == EVENT_OWNER && event->to != NULL;
}

/* What nobody put a name to may have been the receiver's doing. */
static bool
may_accept(const struct handoff *handoff, const struct event *event)
{
	return handoff->to.owner != NULL && event_is_act(event) && is_act_of(event, NULL);
}

static struct calendar *
calendar_of(const struct handoff *handoff, const struct policy *policy, struct calendar *fallback)
{
	const struct person *person = NULL;

	if (handoff->to.owner != NULL && policy_has_roster(policy))
		person = policy_person(policy, handoff->to.owner);
	return person != NULL && person->calendar != NULL ? person->calendar : fallback;
}

/* The end of the receiver's turn: the next handoff, the end of this life, or as-of. */
static int64_t
turn_end(const struct ledger *ledger, const struct timeline *timeline, size_t index)
{
	int64_t at = ledger->handoffs[index].at;
	int64_t end = timeline->as_of;
	const struct span *span;
	size_t i;

	if (index + 1 < ledger->nhandoffs)
		end = ledger->handoffs[index + 1].at;
	for (i = (size_t)(timeline_at(timeline, at) - timeline->spans); i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		if (span->from >= end)
			break;
		if (!span->live)
			return span->from;
	}
	return end;
}

/* What ended a wait may be inferred: a change of the holder, or the end of the ticket. */
static int64_t
sure_end(const struct timeline *timeline, int64_t from, int64_t end)
{
	int64_t sure = timeline_sure_until(
	    timeline, end, 1u << EVENT_OWNER | 1u << EVENT_TEAM | 1u << EVENT_STATUS);

	return sure > from ? sure : from;
}

static void
find_acceptance(struct ledger *ledger, const struct timeline *timeline, const struct policy *policy,
    const struct clock *resolve, size_t index, size_t *touch)
{
	struct handoff *handoff = &ledger->handoffs[index];
	struct calendar *calendar = calendar_of(handoff, policy, ledger->calendar);
	int64_t end =
	    handoff->at < timeline->as_of ? turn_end(ledger, timeline, index) : timeline->as_of;
	const struct touch *one;
	bool unnamed = false;

	handoff->acceptance =
	    end < timeline->as_of || timeline->ended ? ACCEPTANCE_LOST : ACCEPTANCE_PENDING;
	for (; *touch < timeline->ntouches && timeline->touches[*touch].at <= end; ++*touch) {
		one = &timeline->touches[*touch];
		unnamed |= one->at > handoff->at && may_accept(handoff, one->event);
		if (one->at <= handoff->at || !accepts(handoff, one->event))
			continue;
		handoff->acceptance = ACCEPTANCE_ACCEPTED;
		end = one->at;
		handoff->accepted_in = calendar_between(calendar, handoff->at, end);
		break;
	}
	if (unnamed && handoff->acceptance != ACCEPTANCE_ACCEPTED) {
		handoff->acceptance = ACCEPTANCE_UNKNOWN;
		return;
	}
	handoff->waited = calendar_between(calendar, handoff->at, end);
	handoff->waited_least =
	    calendar_between(calendar, handoff->at, sure_end(timeline, handoff->at, end));
	handoff->until = end;
	if (resolve->state != CLOCK_NONE && resolve->calendar != NULL)
		handoff->added = clock_worked_between(resolve, handoff->at, end);
}

static void
find_acceptances(struct ledger *ledger, const struct timeline *timeline,
    const struct policy *policy, const struct clock *resolve)
{
	size_t i, touch = 0;

	if (!ticket_has(timeline->ticket, EVIDENCE_ACTOR))
		return;
	for (i = 0; i < ledger->nhandoffs; i++)
		find_acceptance(ledger, timeline, policy, resolve, i, &touch);
}

/* Whether nothing was done from an instant until before another; *touch only moves on. */
static int
idle_between(const struct timeline *timeline, size_t *touch, int64_t from, int64_t to)
{
	const struct event *event;
	int idle = 1;

	if (!ticket_has(timeline->ticket, EVIDENCE_WORK) &&
	    !(ticket_has(timeline->ticket, EVIDENCE_MESSAGE) &&
		ticket_has(timeline->ticket, EVIDENCE_PUBLIC)))
		return -1;
	while (*touch < timeline->ntouches && timeline->touches[*touch].at < from)
		++*touch;
	for (; *touch < timeline->ntouches && timeline->touches[*touch].at < to; ++*touch) {
		event = timeline->touches[*touch].event;
		if (event->kind == EVENT_WORK || response_grade(event) >= RESPONSE_PUBLIC)
			idle = 0;
	}
	return idle;
}

void
handoffs_build(struct ledger *ledger, const struct timeline *timeline, const struct policy *policy,
    const struct clock *resolve, struct arena *arena)
{
	struct holder holder = {NULL, NULL};
	struct handoff *handoff;
	const struct span *span;
	int64_t since = timeline->opened, since_after = INSTANT_NONE;
	size_t i, seen = 0;
	bool held = false;

	ledger->handoffs = arena_alloc(arena, (timeline->nspans + 2) * sizeof(*ledger->handoffs));
	for (i = 0; i <= timeline->nspans; i++) {
		span = i < timeline->nspans ? &timeline->spans[i] : &timeline->now;
		if (!held) {
			holder = (struct holder){span->owner, span->team};
			held = holder.owner != NULL || holder.team != NULL;
			since = span->from;
			since_after = inferred_after(timeline, since);
			continue;
		}
		if (!is_other(&holder, span))
			continue;
		handoff = &ledger->handoffs[ledger->nhandoffs++];
		*handoff = (struct handoff){.at = span->from,
		    .after = inferred_after(timeline, span->from),
		    .from = holder,
		    .to = {span->owner, span->team},
		    .held = calendar_between(ledger->calendar, since, span->from),
		    .accepted_in = -1,
		    .waited = -1,
		    .waited_least = -1,
		    .until = INSTANT_NONE,
		    .added = -1};
		handoff->held_most = since_after == INSTANT_NONE
		    ? handoff->held
		    : calendar_between(ledger->calendar, since_after, span->from);
		handoff->budget_used = clock_used_at(
		    resolve, handoff->after != INSTANT_NONE ? handoff->after : span->from);
		handoff->kind = kind_of(&handoff->from, &handoff->to);
		handoff->direction = direction_of(handoff, policy);
		handoff->idle = idle_between(timeline, &seen, since, span->from);
		holder = handoff->to;
		since = span->from;
		since_after = handoff->after;
	}
	find_acceptances(ledger, timeline, policy, resolve);
}

/* The values a ticket went through, by owner or by team. */
struct walk {
	const char *last, *before; /* the latest value, and the one before it */
	struct intern older;       /* all before these: few tickets have any */
	int64_t *changes;
	struct returns *returns;
	enum event_kind kind;
	size_t handoff; /* the next one that may be marked */
};

/* True with *kind where the value changed: the first one is no change. */
static bool
step(struct walk *walk, const char *value, enum return_kind *kind)
{
	*kind = RETURN_NONE;
	if (walk->last == NULL || text_same(walk->last, value)) {
		walk->last = value;
		return false;
	}
	if (text_same(walk->before, value))
		*kind = RETURN_DIRECT;
	else if (walk->older.count > 0 && intern_find(&walk->older, slice_z(value)) != INTERN_NONE)
		*kind = RETURN_INDIRECT;
	if (walk->before != NULL)
		intern_add(&walk->older, slice_z(walk->before));
	++*walk->changes;
	walk->before = walk->last;
	walk->last = value;
	walk->returns->direct += *kind == RETURN_DIRECT;
	walk->returns->indirect += *kind == RETURN_INDIRECT;
	return true;
}

static void
mark(struct walk *walk, struct ledger *ledger, const struct event *event, enum return_kind kind)
{
	int64_t at = event->at;
	struct handoff *handoff;

	ledger->changes[ledger->nchanges++] =
	    (struct change){at, walk->before, event->to, kind, walk->kind == EVENT_TEAM};
	if (kind == RETURN_NONE)
		return;
	while (walk->handoff < ledger->nhandoffs && ledger->handoffs[walk->handoff].at < at)
		walk->handoff++;
	if (walk->handoff == ledger->nhandoffs || ledger->handoffs[walk->handoff].at != at)
		return;
	handoff = &ledger->handoffs[walk->handoff];
	if (walk->kind == EVENT_OWNER && handoff->person_return == RETURN_NONE)
		handoff->person_return = kind;
	else if (walk->kind == EVENT_TEAM && handoff->team_return == RETURN_NONE)
		handoff->team_return = kind;
}

static size_t
count_kind(const struct timeline *timeline, enum event_kind kind)
{
	size_t i, n = 0;

	for (i = 0; i < timeline->ntouches; i++)
		n += timeline->touches[i].event->kind == kind;
	return n;
}

static void
walk_values(struct walk *walk, struct ledger *ledger, const struct timeline *timeline)
{
	const struct event *event;
	enum return_kind kind;
	bool first = true;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind != walk->kind)
			continue;
		if (first && event->from != NULL)
			step(walk, event->from, &kind);
		first = false;
		if (event->to != NULL && step(walk, event->to, &kind))
			mark(walk, ledger, event, kind);
	}
}

void
returns_build(struct ledger *ledger, const struct timeline *timeline, struct arena *arena)
{
	struct walk walks[] = {
	    {.kind = EVENT_OWNER,
		.changes = &ledger->owner_changes,
		.returns = &ledger->owner_returns},
	    {.kind = EVENT_TEAM,
		.changes = &ledger->team_changes,
		.returns = &ledger->team_returns},
	};
	size_t i;

	ledger->changes = arena_alloc(arena, (timeline->ntouches + 1) * sizeof(*ledger->changes));
	for (i = 0; i < 2; i++) {
		/* One event is a first assignment or one change: never a return. */
		if (count_kind(timeline, walks[i].kind) < 1)
			continue;
		walk_values(&walks[i], ledger, timeline);
		intern_free(&walks[i].older);
	}
}
