/* attribution.c: where the time of a ticket that was promised something went */
#include "sla/attribution.h"

#include "sla/progress.h"
#include "sla/stall.h"

const char *
whereabouts_word(enum whereabouts whereabouts)
{
	static const char *const words[] = {"after_hours", "waiting_client", "waiting_vendor",
	    "on_hold", "unknown", "nobody", "queue", "not_accepted", "stalled", "worked"};

	return words[whereabouts];
}

/* The life, walked from one change of anything that matters to the next. */
struct walk {
	struct attribution *attribution;
	const struct timeline *timeline;
	const struct ledger *ledger;
	size_t touch, handoff; /* the next ones */
	unsigned visited;      /* states, for progress_step() */
	int64_t rested;        /* working seconds since the latest progress, waits left out */
	int64_t moved_at;      /* that progress, or the opening, or a reopening */
};

static enum whereabouts
of_state(enum state state)
{
	switch (state) {
	case STATE_WAITING_CLIENT:
		return WENT_WAITING_CLIENT;
	case STATE_WAITING_VENDOR:
		return WENT_WAITING_VENDOR;
	case STATE_ON_HOLD:
	case STATE_SCHEDULED:
		return WENT_ON_HOLD;
	default:
		return WENT_WORKED;
	}
}

static enum whereabouts
of_cause(enum cause cause)
{
	switch (cause) {
	case CAUSE_OWNED:
		return WENT_WORKED;
	case CAUSE_UNKNOWN:
		return WENT_UNKNOWN;
	case CAUSE_QUEUE:
		return WENT_QUEUE;
	default:
		return WENT_NOBODY;
	}
}

/* Where a stretch went before it is asked whether anything moved. */
static enum whereabouts
of_stretch(const struct stretch *stretch)
{
	enum whereabouts by_state = of_state(stretch->span->state);

	return by_state != WENT_WORKED ? by_state : of_cause(stretch->cause);
}

/* All progress up to an instant. */
static void
move_to(struct walk *walk, int64_t at)
{
	const struct timeline *timeline = walk->timeline;
	const struct event *event;

	for (; walk->touch < timeline->ntouches && timeline->touches[walk->touch].at <= at;
	     walk->touch++) {
		event = timeline->touches[walk->touch].event;
		if (progress_step(event, &walk->visited) || event->kind == EVENT_REOPENED) {
			walk->moved_at = event->at;
			walk->rested = 0;
		}
	}
}

/* Where one handoff cannot tell, the time spent waiting for acceptance cannot either. */
static bool
knows_acceptance(const struct ledger *ledger, const struct ticket *ticket)
{
	size_t i;

	for (i = 0; i < ledger->nhandoffs; i++)
		if (ledger->handoffs[i].acceptance == ACCEPTANCE_UNKNOWN)
			return false;
	return ticket_has(ticket, EVIDENCE_ACTOR);
}

/* The end of the wait for acceptance that an instant lies in; else the instant itself. */
static int64_t
accepted_at(struct walk *walk, int64_t at)
{
	const struct ledger *ledger = walk->ledger;
	const struct handoff *one;

	while (
	    walk->handoff + 1 < ledger->nhandoffs && ledger->handoffs[walk->handoff + 1].at <= at)
		walk->handoff++;
	if (walk->handoff == ledger->nhandoffs || !walk->attribution->acceptance_known)
		return at;
	one = &ledger->handoffs[walk->handoff];
	return one->at <= at && one->until > at ? one->until : at;
}

/* Where nothing changes before the next event, acceptance or stretch: [from, to). */
static int64_t
piece_end(struct walk *walk, int64_t from, int64_t to, bool *accepted)
{
	const struct timeline *timeline = walk->timeline;
	int64_t until = accepted_at(walk, from);

	*accepted = until == from;
	if (!*accepted && until < to)
		to = until;
	if (walk->touch < timeline->ntouches && timeline->touches[walk->touch].at < to)
		to = timeline->touches[walk->touch].at;
	return to;
}

/* What is past the threshold has stalled; waits do not bring it nearer. */
static void
count_owned(struct walk *walk, int64_t worked, enum priority priority)
{
	int64_t *seconds = walk->attribution->seconds;
	int64_t limit = stall_default_threshold(priority, walk->ledger->calendar, walk->moved_at);
	int64_t left = limit > walk->rested ? limit - walk->rested : 0;

	seconds[WENT_WORKED] += worked < left ? worked : left;
	seconds[WENT_STALLED] += worked < left ? 0 : worked - left;
}

static void
count_piece(
    struct walk *walk, const struct stretch *stretch, int64_t from, int64_t to, bool accepted)
{
	int64_t *seconds = walk->attribution->seconds;
	int64_t worked = calendar_between(walk->ledger->calendar, from, to);
	enum whereabouts where = of_stretch(stretch);

	seconds[WENT_AFTER_HOURS] += to - from - worked;
	if (where == WENT_WORKED && !accepted)
		where = WENT_NOT_ACCEPTED;
	if (where == WENT_WORKED)
		count_owned(walk, worked, stretch->span->priority);
	else
		seconds[where] += worked;
	if (of_state(stretch->span->state) == WENT_WORKED)
		walk->rested += worked;
}

void
attribution_build(struct attribution *attribution, const struct timeline *timeline,
    const struct ledger *ledger, const struct clock *resolve)
{
	struct walk walk = {.attribution = attribution,
	    .timeline = timeline,
	    .ledger = ledger,
	    .moved_at = timeline->opened};
	const struct stretch *stretch;
	int64_t at, next;
	bool accepted;
	size_t i;

	*attribution =
	    (struct attribution){.known = resolve->state != CLOCK_NONE && resolve->calendar != NULL,
		.acceptance_known = knows_acceptance(ledger, timeline->ticket)};
	for (i = 0; attribution->known && i < ledger->nstretches; i++) {
		stretch = &ledger->stretches[i];
		for (at = stretch->from; at < stretch->to; at = next) {
			move_to(&walk, at);
			next = piece_end(&walk, at, stretch->to, &accepted);
			count_piece(&walk, stretch, at, next, accepted);
		}
	}
}
