/* history.c: the whole desk's past: samples of tickets, and how such tickets fared by then */
#include "risk/history.h"

#include "base/mem.h"
#include "risk/pace.h"
#include "time/instant.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A past outcome counts half after two days: chosen on two origins inside the training period of
 * the ServiceNow log, beside its test figures; see sla-risk(1). */
#define HALF_LIFE   (2.0 * SECONDS_PER_DAY)
/* A rate of few outcomes is drawn to that of the desk: as if so many more had fared like it. */
#define PRIOR_COUNT 8.0
#define BUCKETS     9

/* Ages at which tickets are told apart that lived as long. */
static const int64_t bucket_from[BUCKETS] = {
    0, 3600, 4 * 3600, 12 * 3600, 86400, 2 * 86400, 4 * 86400, 7 * 86400, 14 * 86400};

static uint32_t
key_of(struct history *history, int kind, const char *a, const char *b, int number)
{
	char text[400];
	size_t n = 0;

	if (a == NULL || (b == NULL && kind == RATE_SUBJECT))
		return INTERN_NONE;
	text[n++] = (char)('A' + kind);
	text[n++] = (char)('0' + number);
	for (; *a != '\0' && n < 200; a++)
		text[n++] = *a;
	text[n++] = '\n';
	for (; b != NULL && *b != '\0' && n < sizeof(text); b++)
		text[n++] = *b;
	return intern_add(&history->texts, (struct slice){text, n});
}

static int
bucket_of(int64_t age)
{
	int bucket = 0;

	while (bucket + 1 < BUCKETS && age >= bucket_from[bucket + 1])
		bucket++;
	return bucket;
}

static bool
is_aged(int rate)
{
	return rate == RATE_DESK_AGED || rate == RATE_PRIORITY_AGED || rate == RATE_TEAM_AGED ||
	    rate == RATE_SUBJECT_AGED || rate == RATE_LIFE_AGED;
}

/* Told by the verdict; the others by how long the tickets lived. */
static bool
is_verdict(int rate)
{
	return rate == RATE_DESK || rate == RATE_DESK_AGED || rate == RATE_PRIORITY_AGED;
}

/* Whom the ticket's outcome counts for, as it stands in that span. */
static void
find_keys(uint32_t *keys, struct history *history, const struct analysis *analysis, int64_t age)
{
	const struct ticket *ticket = analysis->ticket;
	const struct span *now = &analysis->timeline.now;
	const char *priority = word_of(WORDS_PRIORITY, (int)now->priority);
	const char *category = ticket->ncategory > 0 ? ticket->category[0] : NULL;
	const char *subject = ticket->ncategory > 1 ? ticket->category[1] : NULL;
	const char *opener = ticket->nevents > 0 ? ticket->events[0].by : NULL;
	int bucket = bucket_of(age);

	keys[RATE_DESK] = key_of(history, RATE_DESK, "", NULL, 0);
	keys[RATE_DESK_AGED] = key_of(history, RATE_DESK_AGED, "", NULL, bucket);
	keys[RATE_DESK_LIFE] = key_of(history, RATE_DESK_LIFE, "", NULL, 0);
	keys[RATE_LIFE_AGED] = key_of(history, RATE_LIFE_AGED, "", NULL, bucket);
	keys[RATE_PRIORITY_AGED] = key_of(history, RATE_PRIORITY_AGED, priority, NULL, bucket);
	keys[RATE_TEAM_AGED] = key_of(history, RATE_TEAM_AGED, now->team, NULL, bucket);
	keys[RATE_TEAM] = key_of(history, RATE_TEAM, now->team, NULL, 0);
	keys[RATE_OWNER] = key_of(history, RATE_OWNER, now->owner, NULL, 0);
	keys[RATE_CATEGORY] = key_of(history, RATE_CATEGORY, category, NULL, 0);
	keys[RATE_SUBJECT] = key_of(history, RATE_SUBJECT, category, subject, 0);
	keys[RATE_SUBJECT_AGED] =
	    key_of(history, RATE_SUBJECT_AGED, subject != NULL ? category : NULL, subject, bucket);
	keys[RATE_SITE] = key_of(history, RATE_SITE, ticket->site, NULL, 0);
	keys[RATE_CLIENT] = key_of(history, RATE_CLIENT, ticket->client, NULL, 0);
	keys[RATE_CONTACT] = key_of(history, RATE_CONTACT, ticket->contact, NULL, 0);
	keys[RATE_OPENER] = key_of(history, RATE_OPENER, opener, NULL, 0);
	keys[RATE_CHANNEL_TEAM] = key_of(
	    history, RATE_CHANNEL_TEAM, now->team, word_of(WORDS_CHANNEL, (int)ticket->channel), 0);
}

static void
find_outcome(struct past *past, const struct history *history, const struct analysis *analysis)
{
	const struct psa_sla *sla = &analysis->ticket->sla[METRIC_RESOLVE];
	const struct clock *clock = &analysis->clocks[METRIC_RESOLVE];

	past->known = INSTANT_NONE;
	if (history->label == LABEL_PSA) {
		if (sla->met == -1 ||
		    (sla->at != INSTANT_NONE && sla->at > analysis->timeline.as_of))
			return;
		past->missed = sla->met == 0;
		past->known =
		    sla->at != INSTANT_NONE && sla->at > past->last ? sla->at : past->last;
	} else if (clock->state == CLOCK_MET) {
		past->known = clock->stopped;
	} else if (clock->state == CLOCK_BREACHED) {
		past->missed = true;
		past->known = clock->breached;
	}
}

static void
find_ends(struct past *past, const struct timeline *timeline)
{
	const struct event *event;
	size_t i;

	past->opened = timeline->opened;
	past->last = past->ended = timeline->opened;
	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind == EVENT_STATUS && state_is_ended((enum state)event->state)) {
			past->ended = event->at;
			past->over = true;
			break;
		}
		past->ended = event->at;
	}
	if (timeline->ntouches > 0)
		past->last = timeline->touches[timeline->ntouches - 1].at;
}

/* The first priority that is known, and that at the end. */
static void
find_priorities(struct past *past, const struct timeline *timeline)
{
	const struct span *span = timeline_at(timeline, past->ended);
	size_t i;

	past->ended_as = span != NULL ? span->priority : PRIORITY_NONE;
	for (i = 0; i < timeline->nspans && past->opened_as == PRIORITY_NONE; i++)
		past->opened_as = timeline->spans[i].priority;
}

/* The first event other than an opening that was only inferred from a later snapshot. */
static int64_t
first_evidence(const struct timeline *timeline)
{
	const struct event *event;
	size_t i;

	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind != EVENT_OPENED || !event->inferred)
			return event->at;
	}
	return INSTANT_MAX;
}

static void
add_sample(
    struct history *history, size_t ticket, const struct analysis *analysis, struct arena *arena)
{
	const struct timeline *timeline = &analysis->timeline;
	const struct clock *clock = &analysis->clocks[METRIC_RESOLVE];
	struct sample *sample;
	struct risk risk = {0};

	history->samples = mem_push(
	    history->samples, history->nsamples, &history->samples_cap, sizeof(*history->samples));
	sample = &history->samples[history->nsamples++];
	*sample = (struct sample){.ticket = ticket,
	    .at = timeline->as_of,
	    .landmark = timeline->as_of - timeline->opened,
	    .priority = timeline->now.priority,
	    .pace = -1,
	    .used = -1,
	    .lead = -1};
	find_keys(sample->keys, history, analysis, sample->landmark);
	sample->owner = load_holder(&history->owners, timeline->now.owner);
	sample->team = load_holder(&history->teams, timeline->now.team);
	features_of(sample->x, analysis);
	if (clock->state == CLOCK_RUNNING || clock->state == CLOCK_PAUSED ||
	    clock->state == CLOCK_BREACHED) {
		sample->used =
		    clock->allowed > 0 ? (double)clock->elapsed / (double)clock->allowed : 1;
		pace_judge(&risk, analysis, arena);
		sample->pace = clock->state == CLOCK_BREACHED
		    ? 1
		    : (double)risk.clocks[METRIC_RESOLVE].outlook.probability / 1000;
	}
}

/* How much working time was left from `at` until the clock, as it turned out, was or was not kept. */
static int64_t
find_lead(const struct clock *clock, int64_t at)
{
	int64_t until = clock->breached != INSTANT_NONE ? clock->breached : clock->due;

	if (clock->state == CLOCK_NONE || clock->state == CLOCK_UNKNOWN || until == INSTANT_NONE)
		return -1;
	if (at >= until)
		return 0;
	return clock->calendar != NULL ? calendar_between(clock->calendar, at, until) : until - at;
}

void
history_add(struct history *history, const struct analysis *analysis, struct arena *arena)
{
	const struct timeline *timeline = &analysis->timeline;
	int64_t first = first_evidence(timeline), at, until;
	struct past past = {0};
	struct analysis then;
	struct arena_mark mark;
	size_t i;

	past.id = intern_add(&history->ids, slice_z(analysis->ticket->id));
	find_ends(&past, timeline);
	find_priorities(&past, timeline);
	load_add(&history->owners, LOAD_OWNER, timeline);
	load_add(&history->teams, LOAD_TEAM, timeline);
	find_outcome(&past, history, analysis);
	find_keys(past.keys, history, analysis, past.ended - past.opened);
	/* A ticket that has not ended has every age up to now, though nothing happens to it. */
	until = past.over ? past.ended : timeline->as_of;
	for (i = 0; i < history->nlandmarks; i++) {
		at = past.opened + history->landmarks[i];
		if (at >= until || at < first)
			continue;
		mark = arena_mark(arena);
		if (analysis_build(
			&then, analysis->ticket, analysis->policy, at, FEATURE_METRICS, arena)) {
			add_sample(history, history->ntickets, &then, arena);
			history->samples[history->nsamples - 1].lead =
			    find_lead(&analysis->clocks[METRIC_RESOLVE], at);
		}
		arena_rewind(arena, mark);
	}
	if (history->nlandmarks == 0 && !timeline->ended)
		add_sample(history, history->ntickets, analysis, arena);
	history->tickets = mem_push(
	    history->tickets, history->ntickets, &history->tickets_cap, sizeof(*history->tickets));
	history->tickets[history->ntickets++] = past;
}

/* A fading count of outcomes. */
struct tally {
	double sum, all;
	int64_t at;
};

static void
fade(struct tally *tally, int64_t now)
{
	double share = exp2(-(double)(now - tally->at) / HALF_LIFE);

	if (tally->all > 0) {
		tally->sum *= share;
		tally->all *= share;
	}
	tally->at = now;
}

/* What is to be swept, by its instant and its place. */
struct order {
	int64_t at;
	size_t index;
};

static int
order_compare(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

struct sweep {
	struct history *history;
	struct order *outcomes, *samples;
	size_t noutcomes, next_outcome;
	struct tally *tallies;
};

static void
count_outcome(struct sweep *sweep, const struct past *past, bool verdict)
{
	double value = verdict ? past->missed : log1p((double)(past->ended - past->opened) / 60);
	int64_t at = verdict ? past->known : past->ended;
	struct tally *tally;
	uint32_t key;
	struct slice whole;
	char copy[400];
	int rate, bucket, top;

	for (rate = 0; rate < RATES; rate++) {
		if (past->keys[rate] == INTERN_NONE || is_verdict(rate) != verdict)
			continue;
		whole = sweep->history->texts.texts[past->keys[rate]];
		memcpy(copy, whole.p, whole.n);
		top = is_aged(rate) ? copy[1] - '0' : 0;
		for (bucket = 0; bucket <= top; bucket++) {
			copy[1] = (char)('0' + bucket);
			key = intern_find(&sweep->history->texts, (struct slice){copy, whole.n});
			if (key == INTERN_NONE)
				continue;
			tally = &sweep->tallies[key];
			fade(tally, at);
			tally->all += 1;
			tally->sum += value;
		}
	}
}

static void
advance(struct sweep *sweep, int64_t now)
{
	const struct history *history = sweep->history;

	while (sweep->next_outcome < sweep->noutcomes &&
	    sweep->outcomes[sweep->next_outcome].at <= now) {
		size_t index = sweep->outcomes[sweep->next_outcome++].index;

		count_outcome(sweep, &history->tickets[index / 2], index % 2 == 1);
	}
}

/* The rate of a key, drawn to the rate p of the wider group. */
static double
rate_of(struct sweep *sweep, uint32_t key, int64_t now, double p)
{
	struct tally *tally;

	if (key == INTERN_NONE)
		return p;
	tally = &sweep->tallies[key];
	fade(tally, now);
	return (tally->sum + PRIOR_COUNT * p) / (tally->all + PRIOR_COUNT);
}

static float
log_odds(double p)
{
	return (float)log(p / (1 - p));
}

static void
fill(struct sweep *sweep, struct sample *sample)
{
	double desk = rate_of(sweep, sample->keys[RATE_DESK], sample->at, 0.3);
	double life = rate_of(sweep, sample->keys[RATE_DESK_LIFE], sample->at, 6);
	double aged = rate_of(sweep, sample->keys[RATE_LIFE_AGED], sample->at, life);
	double aged_miss = rate_of(sweep, sample->keys[RATE_DESK_AGED], sample->at, desk);
	double wide, p;
	int rate;

	for (rate = 0; rate < RATES; rate++) {
		wide = rate == RATE_PRIORITY_AGED ? aged_miss
		    : rate == RATE_DESK           ? 0.3
		    : is_verdict(rate)            ? desk
		    : rate == RATE_DESK_LIFE      ? 6
		    : rate == RATE_LIFE_AGED      ? life
		    : is_aged(rate)               ? aged
						  : life;
		p = rate_of(sweep, sample->keys[rate], sample->at, wide);
		sample->x[FEATURE_RATE_DESK + rate] = is_verdict(rate) ? log_odds(p)
		    : rate == RATE_DESK_LIFE || rate == RATE_LIFE_AGED ? (float)p
								       : (float)(p - wide);
	}
}

static void
fill_load(const struct history *history, struct sample *sample)
{
	if (!isnan(sample->x[FEATURE_OWNED]))
		sample->x[FEATURE_OWNER_LOAD] =
		    (float)load_at(&history->owners, sample->owner, sample->at);
	sample->x[FEATURE_TEAM_LOAD] = sample->team != INTERN_NONE
	    ? (float)load_at(&history->teams, sample->team, sample->at)
	    : (float)NAN;
}

void
history_finish(struct history *history)
{
	struct sweep sweep = {.history = history};
	const struct past *past;
	size_t i;

	sweep.outcomes = mem_calloc(2 * history->ntickets + 1, sizeof(*sweep.outcomes));
	sweep.samples = mem_calloc(history->nsamples + 1, sizeof(*sweep.samples));
	sweep.tallies = mem_calloc(history->texts.count + 1, sizeof(*sweep.tallies));
	for (i = 0; i < history->ntickets; i++) {
		past = &history->tickets[i];
		if (past->known != INSTANT_NONE)
			sweep.outcomes[sweep.noutcomes++] = (struct order){past->known, 2 * i + 1};
		if (past->over)
			sweep.outcomes[sweep.noutcomes++] = (struct order){past->ended, 2 * i};
	}
	for (i = 0; i < history->nsamples; i++)
		sweep.samples[i] = (struct order){history->samples[i].at, i};
	qsort(sweep.outcomes, sweep.noutcomes, sizeof(struct order), order_compare);
	qsort(sweep.samples, history->nsamples, sizeof(struct order), order_compare);
	for (i = 0; i < history->nsamples; i++) {
		advance(&sweep, sweep.samples[i].at);
		fill(&sweep, &history->samples[sweep.samples[i].index]);
	}
	load_settle(&history->owners);
	load_settle(&history->teams);
	for (i = 0; i < history->nsamples; i++)
		fill_load(history, &history->samples[i]);
	mem_free(sweep.outcomes);
	mem_free(sweep.samples);
	mem_free(sweep.tallies);
}

void
history_free(struct history *history)
{
	intern_free(&history->ids);
	intern_free(&history->texts);
	load_free(&history->owners);
	load_free(&history->teams);
	mem_free(history->tickets);
	mem_free(history->samples);
	*history = (struct history){0};
}
