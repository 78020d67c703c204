/* stall.c: whether work has come to rest, since when, and who can move it */
#include "sla/stall.h"

#include "sla/act.h"
#include "sla/progress.h"
#include "sla/response.h"
#include "time/instant.h"

#define STALL_DAYS 2

int64_t
stall_default_threshold(enum priority priority, struct calendar *calendar, int64_t since)
{
	int64_t until;

	if (priority == PRIORITY_P1)
		return 3600;
	if (priority == PRIORITY_P2)
		return INT64_C(4) * 3600;
	if (calendar_is_always(calendar))
		return STALL_DAYS * INT64_C(86400);
	until = calendar_add_days(calendar, since, STALL_DAYS, CALENDAR_SAME_TIME);
	return until != INSTANT_NONE ? calendar_between(calendar, since, until) : INT64_MAX;
}

const char *
stall_hold_word(enum stall_hold hold)
{
	static const char *const words[] = {NULL, "client", "schedule"};

	return words[hold];
}

const char *
mover_word(enum mover mover)
{
	static const char *const words[] = {NULL, "owner", "team", "client", "nobody"};

	return words[mover];
}

/* A stretch that counts, and what counted before it in the same rest. */
struct piece {
	int64_t from, to, before;
};

/* What holds while the events are walked. */
struct walk {
	const struct timeline *timeline;
	struct calendar *calendar;
	struct piece *pieces; /* of the rest that goes on */
	size_t npieces;
	size_t span;          /* that holds `at` */
	int64_t at;           /* walked so far */
	int64_t moved_at;     /* where the rest began */
	int64_t rested;       /* working seconds since */
	int64_t planned;      /* the latest planned instant; INSTANT_NONE */
	int64_t asked_at;     /* the latest public message to the client; INSTANT_NONE */
	int64_t waited_at;    /* since when the state is waiting_client; INSTANT_NONE */
	bool answered;        /* the client wrote since he was asked */
	unsigned visited;     /* states, for progress_step() */
	struct dwell *dwells; /* NULL: not asked for */
	size_t ndwells;
	bool watched; /* for the first stall, by the thresholds of table */
	const struct stall_table *table;
	int64_t stalled_at; /* INSTANT_NONE: not yet */
};

bool
stall_has_evidence(const struct ticket *ticket)
{
	return ticket_has(ticket, EVIDENCE_STATUS) || ticket_has(ticket, EVIDENCE_WORK) ||
	    (ticket_has(ticket, EVIDENCE_MESSAGE) && ticket_has(ticket, EVIDENCE_PUBLIC));
}

/* The span that holds the instant walked to. */
static const struct span *
span_now(struct walk *walk)
{
	const struct timeline *timeline = walk->timeline;

	while (walk->span < timeline->nspans && timeline->spans[walk->span].to <= walk->at)
		walk->span++;
	return walk->span < timeline->nspans ? &timeline->spans[walk->span] : &timeline->now;
}

static bool
question_is_open(const struct walk *walk)
{
	const struct ticket *ticket = walk->timeline->ticket;

	if (!ticket_has(ticket, EVIDENCE_MESSAGE))
		return true;
	if (walk->answered)
		return false;
	return !ticket_has(ticket, EVIDENCE_PUBLIC) ||
	    (walk->asked_at != INSTANT_NONE && walk->waited_at != INSTANT_NONE &&
		walk->asked_at >= walk->waited_at - STALL_ASKED_WITHIN);
}

static enum stall_hold
hold_in(const struct walk *walk, const struct span *span, int64_t at)
{
	if (span->state == STATE_WAITING_CLIENT && question_is_open(walk))
		return HOLD_CLIENT;
	if (walk->planned != INSTANT_NONE ? at < walk->planned : span->state == STATE_SCHEDULED)
		return HOLD_SCHEDULE;
	return HOLD_NONE;
}

static void
find_threshold(struct stall_threshold *threshold, const struct walk *walk, const struct span *span)
{
	*threshold = (struct stall_threshold){.level = STALL_BY_DEFAULT};
	if (walk->table == NULL ||
	    !stall_table_look_up(walk->table, span->state, span->priority, span->team, threshold))
		threshold->seconds =
		    stall_default_threshold(span->priority, walk->calendar, walk->moved_at);
}

/* The threshold may have been passed before the piece: it is another one in another state. */
static void
watch(struct walk *walk, const struct span *span, const struct piece *piece)
{
	struct stall_threshold threshold;
	int64_t left;

	find_threshold(&threshold, walk, span);
	if (walk->rested <= threshold.seconds)
		return;
	left = threshold.seconds > piece->before ? threshold.seconds - piece->before : 0;
	walk->stalled_at = calendar_add(walk->calendar, piece->from, left);
}

/* Lets the time pass to an instant before which nothing happens. */
static void
rest_until(struct walk *walk, int64_t to)
{
	const struct span *span = span_now(walk);
	int64_t from = walk->at;

	if (to <= from)
		return;
	walk->at = to;
	if (!span->live)
		return;
	if (walk->planned != INSTANT_NONE && from < walk->planned && walk->planned < to &&
	    hold_in(walk, span, walk->planned) == HOLD_NONE)
		from = walk->planned;
	if (hold_in(walk, span, from) != HOLD_NONE)
		return;
	walk->pieces[walk->npieces++] = (struct piece){from, to, walk->rested};
	walk->rested += calendar_between(walk->calendar, from, to);
	if (walk->watched && walk->stalled_at == INSTANT_NONE)
		watch(walk, span, &walk->pieces[walk->npieces - 1]);
}

static void
begin_rest(struct walk *walk, int64_t at)
{
	walk->moved_at = at;
	walk->rested = 0;
	walk->npieces = 0;
}

/* The rest has ended with progress; what stood just before is that of the span before `at`. */
static void
end_rest(struct walk *walk, const struct span *span, int64_t at)
{
	if (walk->dwells != NULL && span != NULL && span->live && at > walk->moved_at &&
	    walk->npieces > 0)
		walk->dwells[walk->ndwells++] =
		    (struct dwell){at, walk->rested, span->state, span->priority, span->team};
	begin_rest(walk, at);
}

static void
note_talk(struct walk *walk, const struct event *event)
{
	if (event->kind == EVENT_STATUS || event->kind == EVENT_OPENED) {
		if (event->state != STATE_WAITING_CLIENT)
			walk->waited_at = INSTANT_NONE;
		else if (walk->waited_at == INSTANT_NONE)
			walk->waited_at = event->at;
	} else if (event->kind == EVENT_MESSAGE && response_grade(event) >= RESPONSE_PUBLIC) {
		walk->asked_at = event->at;
		walk->answered = false;
	} else if (event_is_client_message(event)) {
		walk->answered = true;
	} else if (event->kind == EVENT_SCHEDULED) {
		walk->planned = event->to_at;
	}
}

static void
walk_events(struct walk *walk)
{
	const struct timeline *timeline = walk->timeline;
	const struct event *event;
	const struct span *before = NULL;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->at > walk->at) {
			before = span_now(walk);
			rest_until(walk, event->at);
		}
		note_talk(walk, event);
		if (progress_step(event, &walk->visited) && event->at >= timeline->opened)
			end_rest(walk, before, event->at);
		else if (event->kind == EVENT_REOPENED)
			begin_rest(walk, event->at);
	}
	rest_until(walk, timeline->as_of);
}

static struct walk
walk_of(const struct timeline *timeline, const struct ledger *ledger, struct arena *arena)
{
	return (struct walk){.timeline = timeline,
	    .calendar = ledger->calendar,
	    .pieces = arena_alloc(arena, (timeline->ntouches + 2) * sizeof(struct piece)),
	    .at = timeline->opened,
	    .moved_at = timeline->opened,
	    .planned = INSTANT_NONE,
	    .asked_at = INSTANT_NONE,
	    .waited_at = INSTANT_NONE,
	    .stalled_at = INSTANT_NONE};
}

int64_t
stall_first(const struct timeline *timeline, const struct ledger *ledger,
    const struct stall_table *table, struct arena *arena)
{
	struct walk walk = walk_of(timeline, ledger, arena);

	walk.watched = true;
	walk.table = table;
	if (stall_has_evidence(timeline->ticket))
		walk_events(&walk);
	return walk.stalled_at;
}

size_t
dwells_find(struct dwell **dwells, const struct timeline *timeline, const struct ledger *ledger,
    struct arena *arena)
{
	struct walk walk = walk_of(timeline, ledger, arena);

	*dwells = arena_alloc(arena, (timeline->ntouches + 1) * sizeof(**dwells));
	walk.dwells = *dwells;
	if (stall_has_evidence(timeline->ticket))
		walk_events(&walk);
	return walk.ndwells;
}

/* When the rest came, or will come, to so many working seconds. */
static int64_t
reach(const struct walk *walk, int64_t seconds)
{
	const struct piece *piece;
	size_t i;
	int64_t from = walk->timeline->as_of;

	for (i = walk->npieces; i-- > 0;) {
		piece = &walk->pieces[i];
		if (piece->before < seconds && seconds <= walk->rested)
			return calendar_add(walk->calendar, piece->from, seconds - piece->before);
	}
	if (walk->rested >= seconds)
		return walk->moved_at;
	if (walk->planned != INSTANT_NONE && walk->planned > from)
		from = walk->planned;
	return calendar_add(walk->calendar, from, seconds - walk->rested);
}

static void
find_mover(struct stall *stall, const struct timeline *timeline, const struct policy *policy)
{
	const struct ticket *ticket = timeline->ticket;
	const struct span *now = &timeline->now;
	enum cause cause = ledger_cause_now(timeline, policy);

	stall->mover = MOVER_UNKNOWN;
	if (stall->hold == HOLD_CLIENT) {
		stall->mover = MOVER_CLIENT;
		stall->who = ticket->contact != NULL ? ticket->contact : ticket->client;
	} else if (cause == CAUSE_OWNED) {
		stall->mover = MOVER_OWNER;
		stall->who = now->owner;
	} else if (cause_is_orphan(cause)) {
		stall->mover = now->team != NULL ? MOVER_TEAM : MOVER_NOBODY;
		stall->who = now->team;
	}
}

void
stall_find(struct stall *stall, const struct timeline *timeline, const struct ledger *ledger,
    const struct policy *policy, const struct stall_table *table, struct arena *arena)
{
	const struct span *now = &timeline->now;
	struct walk walk;

	*stall = (struct stall){.expected = INSTANT_NONE, .since = INSTANT_NONE};
	if (timeline->ended || !stall_has_evidence(timeline->ticket))
		return;
	stall->known = true;
	walk = walk_of(timeline, ledger, arena);
	walk.table = table;
	walk_events(&walk);
	stall->rested = walk.rested;
	find_threshold(&stall->threshold, &walk, now);
	stall->hold = hold_in(&walk, now, timeline->as_of);
	find_mover(stall, timeline, policy);
	if (stall->hold == HOLD_CLIENT ||
	    (stall->hold == HOLD_SCHEDULE && walk.planned == INSTANT_NONE))
		return;
	stall->expected = reach(&walk, stall->threshold.seconds);
	if (stall->hold == HOLD_NONE && stall->rested > stall->threshold.seconds)
		stall->since = stall->expected;
}
