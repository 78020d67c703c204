/* ledger.c: who was accountable for each second of a ticket's life */
#include "sla/ledger.h"

#include "base/num.h"
#include "sla/handoff.h"
#include "time/instant.h"

bool
cause_is_orphan(enum cause cause)
{
	return cause == CAUSE_NOBODY || cause == CAUSE_QUEUE || cause == CAUSE_GONE ||
	    cause == CAUSE_AWAY;
}

const char *
cause_word(enum cause cause)
{
	static const char *const words[] = {
	    "owned", "unknown", "nobody", "queue", "gone", "away", NULL};

	return words[cause];
}

/* Lowers *next to a boundary that lies behind the instant. */
static void
note_boundary(int64_t boundary, int64_t instant, int64_t *next)
{
	if (boundary != INSTANT_NONE && boundary > instant && boundary < *next)
		*next = boundary;
}

/* What the roster says of a person at an instant, and until when it says so. */
static enum cause
person_cause(const struct person *person, int64_t instant, int64_t *next)
{
	enum cause cause = CAUSE_OWNED;
	size_t i;

	note_boundary(person->from, instant, next);
	note_boundary(person->until, instant, next);
	for (i = 0; i < person->naway; i++) {
		note_boundary(person->away[i].from, instant, next);
		note_boundary(person->away[i].until, instant, next);
		if (person->away[i].from <= instant && instant < person->away[i].until)
			cause = CAUSE_AWAY;
	}
	if ((person->from != INSTANT_NONE && instant < person->from) ||
	    (person->until != INSTANT_NONE && instant >= person->until))
		cause = CAUSE_GONE;
	return cause;
}

/* The cause at an instant of a span, and where it may change inside the span. */
static enum cause
cause_at(const struct span *span, const struct policy *policy, int64_t instant, int64_t *next)
{
	const struct person *person;

	if (!span->owner_known)
		return CAUSE_UNKNOWN;
	if (span->owner == NULL)
		return span->team != NULL ? CAUSE_QUEUE : CAUSE_NOBODY;
	person = policy_has_roster(policy) ? policy_person(policy, span->owner) : NULL;
	return person != NULL ? person_cause(person, instant, next) : CAUSE_OWNED;
}

enum cause
ledger_cause_now(const struct timeline *timeline, const struct policy *policy)
{
	int64_t next = INT64_MAX;

	if (timeline->ended)
		return CAUSES;
	return cause_at(&timeline->now, policy, timeline->as_of, &next);
}

/* The stretches of one span; NULL `out` only counts them. */
static size_t
split_span(const struct span *span, const struct policy *policy, struct stretch *out)
{
	int64_t at = span->from, next;
	enum cause cause;
	size_t n = 0;

	while (at < span->to) {
		next = span->to;
		cause = cause_at(span, policy, at, &next);
		if (out != NULL)
			out[n] = (struct stretch){at, next, cause, span};
		n++;
		at = next;
	}
	return n;
}

static void
build_stretches(struct ledger *ledger, const struct timeline *timeline, const struct policy *policy,
    struct arena *arena)
{
	struct stretch *one;
	size_t i, n = 0;

	for (i = 0; i < timeline->nspans; i++)
		if (timeline->spans[i].live)
			n += split_span(&timeline->spans[i], policy, NULL);
	ledger->stretches = arena_alloc(arena, (n + 1) * sizeof(*ledger->stretches));
	for (i = 0; i < timeline->nspans; i++)
		if (timeline->spans[i].live)
			ledger->nstretches += split_span(
			    &timeline->spans[i], policy, ledger->stretches + ledger->nstretches);
	for (i = 0; i < ledger->nstretches; i++) {
		one = &ledger->stretches[i];
		ledger->causes[one->cause] += one->to - one->from;
	}
}

/* Somebody became the owner, or the life ended. */
static int64_t
orphan_sure(const struct orphan *orphan, const struct timeline *timeline)
{
	bool lives = timeline_at(timeline, orphan->to)->live;
	int64_t sure =
	    timeline_sure_until(timeline, orphan->to, 1u << (lives ? EVENT_OWNER : EVENT_STATUS));

	return sure > orphan->from ? sure : orphan->from;
}

static void
build_orphans(struct ledger *ledger, const struct timeline *timeline, const struct policy *policy,
    struct arena *arena)
{
	const struct stretch *one;
	struct orphan *last = NULL;
	enum cause now = ledger_cause_now(timeline, policy);
	size_t i;

	ledger->orphans = arena_alloc(arena, (ledger->nstretches + 1) * sizeof(*ledger->orphans));
	for (i = 0; i < ledger->nstretches; i++) {
		one = &ledger->stretches[i];
		if (!cause_is_orphan(one->cause))
			continue;
		if (last != NULL && last->to == one->from) {
			last->to = one->to;
			continue;
		}
		last = &ledger->orphans[ledger->norphans++];
		*last = (struct orphan){one->from, one->to, one->to, false};
	}
	if (last != NULL && last->to == timeline->as_of && now != CAUSES && cause_is_orphan(now))
		last->open = true;
	for (i = 0; i < ledger->norphans; i++)
		ledger->orphans[i].sure = orphan_sure(&ledger->orphans[i], timeline);
}

static bool
is_known(const struct span *span)
{
	return span->owner_known || span->team_known;
}

static struct holding *
holding_of(struct ledger *ledger, const struct span *span)
{
	struct holding *one;
	size_t i;

	/* The latest first: a ticket mostly stays with, or goes back to, a recent holder. */
	for (i = ledger->nholdings; i-- > 0;) {
		one = &ledger->holdings[i];
		if (text_same(one->holder.owner, span->owner) &&
		    text_same(one->holder.team, span->team) && one->known == is_known(span))
			return one;
	}
	one = &ledger->holdings[ledger->nholdings++];
	*one = (struct holding){.holder = {span->owner, span->team}, .known = is_known(span)};
	return one;
}

static void
build_holdings(struct ledger *ledger, const struct timeline *timeline, const struct clock *resolve,
    struct arena *arena)
{
	bool judged = resolve->state != CLOCK_NONE && resolve->calendar != NULL;
	int64_t all = judged ? clock_worked_between(resolve, timeline->opened, timeline->as_of) : 0;
	const struct span *span;
	struct holding *one;
	size_t i;

	ledger->holdings = arena_alloc(arena, (timeline->nspans + 1) * sizeof(*ledger->holdings));
	for (i = 0; i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		if (!span->live)
			continue;
		one = holding_of(ledger, span);
		one->seconds += span->to - span->from;
		if (all > 0)
			one->worked += clock_worked_between(resolve, span->from, span->to);
	}
	for (i = 0; i < ledger->nholdings; i++) {
		one = &ledger->holdings[i];
		one->share = all > 0 ? num_muldiv(one->worked, 1000, all) : -1;
		if (!judged)
			one->worked = -1;
	}
}

void
ledger_build(struct ledger *ledger, const struct timeline *timeline, const struct policy *policy,
    const struct clock *resolve, struct arena *arena)
{
	*ledger = (struct ledger){0};
	ledger->calendar = policy_calendar(policy, "24x7");
	ledger->calendar_name = "24x7";
	if (resolve->state != CLOCK_NONE && resolve->calendar_name != NULL) {
		ledger->calendar = resolve->calendar;
		ledger->calendar_name = resolve->calendar_name;
	}
	build_stretches(ledger, timeline, policy, arena);
	build_orphans(ledger, timeline, policy, arena);
	build_holdings(ledger, timeline, resolve, arena);
	handoffs_build(ledger, timeline, policy, resolve, arena);
	returns_build(ledger, timeline, arena);
}
