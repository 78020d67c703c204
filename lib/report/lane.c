/* lane.c: a ticket's history for a picture: who held it when, and where its clock ran */
#include "report/lane.h"

#include "report/count/aggregate.h"
#include "time/instant.h"

static const char *const clock_words[LANE_CLOCKS] = {
    [LANE_RUNNING] = "running", [LANE_PAUSED] = "paused", [LANE_LATE] = "late"};

const char *
lane_clock_word(enum lane_clock clock)
{
	return clock_words[clock];
}

enum lane_clock
lane_clock_of(const char *word)
{
	int clock = LANE_NO_CLOCK;

	while (clock < LANE_CLOCKS && !text_same(clock_words[clock], word))
		clock++;
	return (enum lane_clock)clock;
}

/* At an instant of the ticket's life. *until is lowered to where that may change. */
static enum lane_clock
clock_at(const struct clock *clock, int64_t at, int64_t *until)
{
	int64_t start = clock->started;
	bool runs = false;
	size_t i;

	if (clock->state == CLOCK_NONE || clock->state == CLOCK_UNKNOWN)
		return LANE_NO_CLOCK;
	/* Restarted, it has runs of before. */
	if (clock->nruns > 0 && clock->runs[0].from < start)
		start = clock->runs[0].from;
	if (start > at && start < *until)
		*until = start;
	for (i = 0; i < clock->nruns; i++) {
		runs = runs || (clock->runs[i].from <= at && at < clock->runs[i].to);
		if (clock->runs[i].from > at && clock->runs[i].from < *until)
			*until = clock->runs[i].from;
		if (clock->runs[i].to > at && clock->runs[i].to < *until)
			*until = clock->runs[i].to;
	}
	if (clock->breached > at && clock->breached < *until)
		*until = clock->breached;
	if (at < start)
		return LANE_NO_CLOCK;
	if (!runs)
		return LANE_PAUSED;
	return clock->breached != INSTANT_NONE && clock->breached <= at ? LANE_LATE : LANE_RUNNING;
}

static const char *
holder_of(const struct stretch *stretch)
{
	switch (stretch->cause) {
	case CAUSE_QUEUE:
		return stretch->span->team;
	case CAUSE_NOBODY:
	case CAUSE_UNKNOWN:
		return NULL;
	default:
		return stretch->span->owner;
	}
}

/* One with the last where nothing changed between them. */
static void
add_span(struct lane *lane, struct lane_span span)
{
	struct lane_span *last = lane->nspans > 0 ? &lane->spans[lane->nspans - 1] : NULL;

	if (last != NULL && last->to == span.from && last->cause == span.cause &&
	    last->clock == span.clock && text_same(last->holder, span.holder))
		last->to = span.to;
	else
		lane->spans[lane->nspans++] = span;
}

void
lane_of(struct lane *lane, const struct analysis *analysis, bool with_clock, struct arena *arena)
{
	static const struct clock none = {.state = CLOCK_NONE};
	const struct clock *clock = with_clock ? &analysis->clocks[METRIC_RESOLVE] : &none;
	const struct ledger *ledger = &analysis->ledger;
	const struct stretch *stretch;
	struct lane_span span;
	size_t i, most = ledger->nstretches + 2 * clock->nruns + 3;

	*lane = (struct lane){.spans = arena_alloc(arena, most * sizeof(*lane->spans))};
	for (i = 0; i < ledger->nstretches; i++) {
		stretch = &ledger->stretches[i];
		span = (struct lane_span){.cause = stretch->cause, .holder = holder_of(stretch)};
		for (span.from = stretch->from; span.from < stretch->to; span.from = span.to) {
			span.to = stretch->to;
			span.clock = clock_at(clock, span.from, &span.to);
			add_span(lane, span);
		}
	}
	if (lane->nspans <= LANE_SPANS)
		return;
	lane->cut = (int64_t)lane->nspans - LANE_SPANS;
	lane->spans += lane->cut;
	lane->nspans = LANE_SPANS;
}

bool
report_wants_lane(const struct report_options *options, const struct ticket *ticket,
    const struct ownership *ownership, const struct risk *risk)
{
	struct standing standing;

	if (options->client != NULL && !text_same(options->client, ticket->client))
		return false;
	if (!options->partial &&
	    (options->format != REPORT_HTML || (options->views & 1U << REPORT_WORKLIST) == 0))
		return false;
	standing_of(&standing, ticket, ownership, risk);
	return standing_needs_someone(&standing);
}

/* Of a ticket without events nothing was recorded that could be drawn. */
void
report_add_lane(
    struct report *report, const struct analysis *analysis, const char *policy, struct arena *arena)
{
	if (analysis->ticket->nevents > 0)
		lane_of(&report->lane, analysis, text_same(policy, policy_hash(analysis->policy)),
		    arena);
}
