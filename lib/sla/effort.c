/* effort.c: how much was done, how much of it again, and by how many people */
#include "sla/effort.h"

#include "base/intern.h"
#include "base/num.h"
#include "sla/act.h"
#include "time/instant.h"

#include <math.h>

static const struct effort effort_unknown = {-1, -1};

/* What was done after an instant; nothing where there is none. */
static struct effort
effort_after(const struct timeline *timeline, int64_t after)
{
	struct effort effort = {0, 0};
	const struct event *event;
	size_t i = timeline->ntouches;

	while (after != INSTANT_NONE && i-- > 0 && timeline->touches[i].at > after) {
		event = timeline->touches[i].event;
		if (!event_is_act(event))
			continue;
		effort.touches++;
		if (event->kind == EVENT_WORK && event->seconds > 0)
			effort.seconds += event->seconds;
	}
	return effort;
}

static int64_t
first_end(const struct timeline *timeline)
{
	size_t i;

	for (i = 0; i < timeline->nspans; i++)
		if (!timeline->spans[i].live)
			return timeline->spans[i].from;
	return timeline->ended ? timeline->as_of : INSTANT_NONE;
}

static int64_t
first_return(const struct ledger *ledger)
{
	int64_t first = INSTANT_NONE;
	size_t i;

	for (i = 0; i < ledger->nchanges; i++)
		if (ledger->changes[i].kind != RETURN_NONE &&
		    (first == INSTANT_NONE || ledger->changes[i].at < first))
			first = ledger->changes[i].at;
	return first;
}

static void
note_first(int64_t *first, bool known, int64_t at)
{
	if (known && at != INSTANT_NONE && (*first == INSTANT_NONE || at < *first))
		*first = at;
}

void
rework_build(struct rework *rework, const struct timeline *timeline, const struct ledger *ledger,
    const struct clock *resolve)
{
	const struct ticket *ticket = timeline->ticket;
	bool ends = ticket_has(ticket, EVIDENCE_STATUS);
	bool moves = ticket_has(ticket, EVIDENCE_OWNER) || ticket_has(ticket, EVIDENCE_TEAM);
	bool judged = resolve->state != CLOCK_NONE && resolve->state != CLOCK_UNKNOWN;
	int64_t ended, returned, first = INSTANT_NONE;

	*rework = (struct rework){.known = ticket_has(ticket, EVIDENCE_WORK)};
	rework->all = rework->resolved = rework->returned = rework->breached = rework->any =
	    effort_unknown;
	if (!rework->known)
		return;
	ended = first_end(timeline);
	returned = first_return(ledger);
	note_first(&first, ends, ended);
	note_first(&first, moves, returned);
	note_first(&first, judged, resolve->breached);
	rework->all = effort_after(timeline, INSTANT_MIN - 1);
	if (ends)
		rework->resolved = effort_after(timeline, ended);
	if (moves)
		rework->returned = effort_after(timeline, returned);
	if (judged)
		rework->breached = effort_after(timeline, resolve->breached);
	rework->any = effort_after(timeline, first);
}

/* H / log n of n counts with that sum, per mille, rounded down. */
static int64_t
entropy_of(const int64_t *counts, size_t n, int64_t sum)
{
	double h = 0, p;
	size_t i;

	if (n < 2)
		return 0;
	for (i = 0; i < n; i++) {
		p = (double)counts[i] / (double)sum;
		h -= p * log(p);
	}
	/* What is exactly a whole number must not fall below it by the rounding of a logarithm. */
	return (int64_t)(h / log((double)n) * 1000 + 1e-6);
}

void
concentration_build(
    struct concentration *concentration, const struct timeline *timeline, struct arena *arena)
{
	int64_t *counts = arena_alloc(arena, (timeline->ntouches + 1) * sizeof(*counts));
	struct intern names = {0};
	const struct event *event;
	uint32_t number;
	size_t i, n = 0;

	*concentration = (struct concentration){0};
	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->by == NULL || !event_is_act(event))
			continue;
		number = intern_add(&names, slice_z(event->by));
		if (number == n)
			counts[n++] = 0;
		counts[number]++;
		concentration->acts++;
		if (concentration->top == NULL || counts[number] > concentration->top_acts) {
			concentration->top = event->by;
			concentration->top_acts = counts[number];
		}
	}
	intern_free(&names);
	if (n == 0)
		return;
	concentration->known = true;
	concentration->people = (int64_t)n;
	concentration->share = num_muldiv(concentration->top_acts, 1000, concentration->acts);
	concentration->entropy = entropy_of(counts, n, concentration->acts);
}
