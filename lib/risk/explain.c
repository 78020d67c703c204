/* explain.c: one ticket's clocks as a story */
#include "risk/explain.h"

#include "out/text.h"
#include "risk/pace.h"
#include "sla/risk_record.h"
#include "time/instant.h"

static void
add_instant(struct buf *out, int64_t instant)
{
	char text[21];

	instant_format(instant, text);
	buf_addz(out, text);
}

static void
add_duration(struct buf *out, int64_t seconds)
{
	char text[40];

	instant_format_working(seconds < 0 ? -seconds : seconds, text, sizeof(text));
	buf_addz(out, text);
}

/* One line of the story: the instant, what the clock does from then on, what is on it. */
static void
add_step(struct buf *out, int64_t at, const char *what, int64_t elapsed)
{
	buf_addz(out, "  ");
	add_instant(out, at);
	buf_addf(out, "  %-8s", what);
	add_duration(out, elapsed);
	buf_addz(out, " on the clock");
}

static const char *
state_or_unknown(enum state state)
{
	const char *word = word_of(WORDS_STATE, (int)state);

	return word != NULL ? word : "state not known";
}

/* What the clock of a metric waits for; the end of the ticket stops it besides. */
static const char *
what_stops(enum metric metric)
{
	switch (metric) {
	case METRIC_PICKUP:
		return "picked up";
	case METRIC_PLAN:
		return "planned";
	case METRIC_TEAM:
		return "left the team";
	case METRIC_RESOLVE:
		return "resolved";
	default:
		return "answered";
	}
}

/* Why the clock does not run at an instant. */
static void
add_gap(struct buf *out, const struct analysis *analysis, const struct clock *clock,
    const struct clock_run *run)
{
	const struct span *span = timeline_at(&analysis->timeline, run->to);
	int64_t elapsed = run->elapsed + calendar_between(run->calendar, run->from, run->to);
	bool over = clock->stopped != INSTANT_NONE && run->to >= clock->stopped;

	if (run->to >= analysis->timeline.as_of && !over) {
		add_step(out, run->to, "as of", elapsed);
		buf_addc(out, '\n');
		return;
	}
	add_step(out, run->to, over || !span->live ? "stops" : "stands", elapsed);
	buf_addf(out, ": %s\n",
	    over && span->live ? what_stops(clock->metric) : state_or_unknown(span->state));
}

static void
add_runs(struct buf *out, const struct analysis *analysis, const struct clock *clock)
{
	const struct clock_run *run, *next;
	size_t i;

	for (i = 0; i < clock->nruns; i++) {
		run = &clock->runs[i];
		next = i + 1 < clock->nruns ? run + 1 : NULL;
		if (run->calendar == NULL)
			continue;
		add_step(out, run->from, "runs", run->elapsed);
		buf_addz(out, ", ");
		add_duration(out, run->allowed);
		buf_addz(out, " allowed\n");
		if (next == NULL || next->from > run->to)
			add_gap(out, analysis, clock, run);
	}
}

static void
add_sums(struct buf *out, const struct clock *clock)
{
	buf_addz(out, "  in all ");
	add_duration(out, clock->elapsed);
	buf_addz(out, " of ");
	add_duration(out, clock->allowed);
	buf_addz(out, ", pauses took ");
	add_duration(out, clock->paused);
	buf_addz(out, clock_remaining(clock) < 0 ? "; over by " : "; left ");
	add_duration(out, clock_remaining(clock));
	if (clock->due != INSTANT_NONE) {
		buf_addz(out, "; due ");
		add_instant(out, clock->due);
	}
	if (clock->missed > 0)
		buf_addf(out, "; %d earlier wait%s missed", clock->missed,
		    clock->missed == 1 ? "" : "s");
	buf_addc(out, '\n');
}

static void
add_outlook(struct buf *out, const struct outlook *outlook)
{
	size_t i;

	if (outlook->probability < 0)
		return;
	buf_addf(out, "  risk of a miss by the pace rule: %lld of 1000\n",
	    (long long)outlook->probability);
	for (i = 0; i < outlook->nreasons; i++) {
		buf_addz(out, "    ");
		buf_addz(out, outlook->reasons[i]);
		buf_addc(out, '\n');
	}
}

static void
add_mover(struct buf *out, const struct stall *stall, bool utf8)
{
	static const char *const words[] = {[MOVER_OWNER] = "its owner",
	    [MOVER_TEAM] = "its team",
	    [MOVER_CLIENT] = "the client",
	    [MOVER_NOBODY] = "whoever dispatches: it has no owner and no team"};

	if (stall->mover == MOVER_UNKNOWN)
		return;
	buf_addf(out, "  who can move it: %s", words[stall->mover]);
	if (stall->who != NULL) {
		buf_addz(out, ", ");
		text_add_safe(out, slice_z(stall->who), utf8);
	}
	buf_addc(out, '\n');
}

static void
add_stall(struct buf *out, const struct stall *stall, const struct progress *progress, bool utf8)
{
	if (!stall->known)
		return;
	if (stall->since != INSTANT_NONE) {
		buf_addz(out, "stalled since ");
		add_instant(out, stall->since);
	} else if (progress->any) {
		buf_addz(out, "not stalled, the latest progress was at ");
		add_instant(out, progress->last);
	} else {
		buf_addz(out, "not stalled, without progress since the opening");
	}
	buf_addz(out, "\n  at rest for ");
	add_duration(out, stall->rested);
	if (stall->threshold.seconds < INT64_MAX) {
		buf_addz(out, " of working time; ");
		if (stall->threshold.level == STALL_BY_DEFAULT)
			buf_addz(out, "allowed are ");
		else
			buf_addf(out, "nine in ten tickets %s move within ",
			    stall_level_phrase(stall->threshold.level));
		add_duration(out, stall->threshold.seconds);
	}
	if (stall->since == INSTANT_NONE && stall->expected != INSTANT_NONE) {
		buf_addz(out, ", until ");
		add_instant(out, stall->expected);
	}
	if (stall->hold != HOLD_NONE)
		buf_addz(out,
		    stall->hold == HOLD_CLIENT ? "; no time counts while the client is asked"
					       : "; no time counts before it is planned");
	buf_addc(out, '\n');
	add_mover(out, stall, utf8);
}

static void
add_finish(struct buf *out, const struct expected_finish *finish)
{
	if (!finish->known || finish->p50 == INSTANT_NONE)
		return;
	buf_addz(out, "done: half of such tickets by ");
	add_instant(out, finish->p50);
	if (finish->p90 != INSTANT_NONE) {
		buf_addz(out, ", nine in ten by ");
		add_instant(out, finish->p90);
	}
	buf_addc(out, '\n');
}

static void
add_clock(struct buf *out, const struct analysis *analysis, const struct clock *clock,
    const struct risk_clock *record, bool utf8)
{
	buf_addf(out, "%s: %s", word_of(WORDS_METRIC, (int)clock->metric),
	    clock_state_word(clock->state));
	if (clock->from_psa) {
		buf_addz(out, ", by the PSA's own due instant\n");
	} else {
		buf_addz(out, ", by target ");
		text_add_safe(out, slice_z(clock->target_name), utf8);
		buf_addz(out, " in calendar ");
		text_add_safe(out, slice_z(clock->calendar_name), utf8);
		buf_addc(out, '\n');
	}
	add_runs(out, analysis, clock);
	if (clock->state == CLOCK_UNKNOWN)
		buf_addz(out, "  not judged: the source cannot say when it stopped\n");
	else
		add_sums(out, clock);
	add_outlook(out, &record->outlook);
	if (record->verdict.says == -1)
		return;
	buf_addf(out, "  the PSA says %s", record->verdict.says == 1 ? "met" : "missed");
	if (record->verdict.agrees == 0)
		buf_addf(out, ": they differ (%s)", difference_word(record->verdict.why));
	buf_addc(out, '\n');
}

void
explain_clocks(struct buf *out, const struct analysis *analysis, const struct habits *habits,
    struct arena *arena, bool utf8)
{
	const struct span *now = &analysis->timeline.now;
	struct risk risk;
	int metric, told = 0;

	habits_tell(&risk, habits, analysis, arena);
	pace_judge(&risk, analysis, arena);
	text_add_safe(out, slice_z(analysis->ticket->id), utf8);
	buf_addz(out, " as of ");
	add_instant(out, analysis->timeline.as_of);
	buf_addf(out, ": %s\n", state_or_unknown(now->state));
	if (analysis->exclusion != EXCLUDED_NOT)
		buf_addf(out, "no clocks: excluded (%s)\n", exclusion_word(analysis->exclusion));
	for (metric = 1; metric < METRICS; metric++) {
		if (analysis->clocks[metric].state == CLOCK_NONE)
			continue;
		add_clock(out, analysis, &analysis->clocks[metric], &risk.clocks[metric], utf8);
		told++;
	}
	if (told == 0 && analysis->exclusion == EXCLUDED_NOT)
		buf_addz(out, "no clocks: nothing was promised\n");
	add_stall(out, &risk.stall, &analysis->progress, utf8);
	add_finish(out, &risk.finish);
}
