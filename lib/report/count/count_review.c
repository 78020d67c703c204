/* count_review.c: what a client's review counts and names beside what every view does */
#include "report/count/aggregate.h"
#include "time/instant.h"

/* How often the resolve clock was started again; -1 where it cannot be told. */
static int64_t
reopenings(const struct standing *standing)
{
	const struct risk_clock *clock = &standing->risk->clocks[METRIC_RESOLVE];

	if (clock->state == CLOCK_NONE || clock->state == CLOCK_UNKNOWN || clock->cycles < 1)
		return -1;
	return clock->cycles - 1;
}

static void
add_review(struct group *group, const void *what)
{
	int64_t times = reopenings(what);

	group_count(group, COUNT_REOPEN_KNOWN, times >= 0);
	group_count(group, COUNT_REOPENED, times > 0);
	group_count(group, COUNT_REOPENINGS, times);
	group_count(group, COUNT_REOPEN_UNKNOWN, times < 0);
}

void
count_review(struct report *report, const struct subject *subject, const struct standing *standing)
{
	struct subject life = *subject;

	if (standing->risk == NULL || standing->risk->exclusion != EXCLUDED_NOT)
		return;
	life.at = standing->anchor;
	report_tally(report, FAMILY_REVIEW, &life, add_review, standing);
}

/* As report_window() has it: what has no instant is a fact of the as-of one. */
static bool
is_asked(const struct report *report, int64_t at)
{
	return at == INSTANT_NONE || window_holds(&report->windows[WINDOW_ASKED], at);
}

static struct note
note_of(const struct standing *standing)
{
	const struct ticket *ticket = standing->ticket;

	return (struct note){.more = -1,
	    .at = standing->ended,
	    .source = ticket->source,
	    .id = ticket->id,
	    .title = ticket->title,
	    .priority = standing->head->priority,
	    .state = standing->head->state};
}

/* What was found first, of what had begun by then: nothing later can have been the cause. */
static void
find_first(struct note *note, const struct findings *findings)
{
	const struct finding *first = NULL, *one;
	size_t i;

	for (i = 0; i < findings->count; i++) {
		one = &findings->list[i];
		if (one->since == INSTANT_NONE || one->since > note->at ||
		    (first != NULL && one->since >= first->since))
			continue;
		first = one;
	}
	note->rule = first != NULL ? first->rule : NULL;
	note->finding = first != NULL ? first->text : NULL;
}

static void
note_missed(struct report *report, const struct standing *standing, enum metric metric)
{
	const struct risk_clock *clock = &standing->risk->clocks[metric];
	const struct ownership *ownership = standing->ownership;
	struct note note = note_of(standing);

	if (clock->state != CLOCK_BREACHED || !is_asked(report, clock->breached))
		return;
	note.rank = note.priority == PRIORITY_NONE ? 1 : 1 + PRIORITIES - (int)note.priority;
	note.amount = clock->elapsed > clock->allowed ? clock->elapsed - clock->allowed : -1;
	note.at = clock->breached;
	note.metric = metric;
	note.running = standing_is_overdue(standing, clock);
	note.missed_for = MISSED_BLIND;
	if (ownership != NULL)
		find_first(&note, &ownership->findings);
	/* Where the time went is told of the time of the resolve target alone. */
	if (ownership != NULL && metric == METRIC_RESOLVE) {
		note.missed_for = missed_for(&ownership->attribution, clock);
		note.attributed = ownership->attribution.known;
		note.acceptance_known = ownership->attribution.acceptance_known;
		memcpy(note.went, ownership->attribution.seconds, sizeof(note.went));
		if (note.attributed)
			note.more = ownership_gap(&ownership->attribution);
	}
	noted_put(&report->noted, NOTED_MISSED, &note);
}

static void
note_life(struct report *report, const struct standing *standing)
{
	struct note note = note_of(standing);
	const struct communication *talk;

	if (!is_asked(report, standing->anchor))
		return;
	if (standing->ownership != NULL) {
		talk = &standing->ownership->communication;
		note.amount = talk->working.max;
		note.more = talk->longest_wait;
		if (talk->known && talk->working.max >= 0)
			noted_put(&report->noted, NOTED_SILENT, &note);
	}
	if (standing->risk == NULL || standing->risk->exclusion != EXCLUDED_NOT)
		return;
	note.amount = reopenings(standing);
	note.more = -1;
	if (note.amount > 0)
		noted_put(&report->noted, NOTED_REOPENED, &note);
}

void
note_ticket(struct report *report, const struct standing *standing)
{
	int metric;

	if (standing->head == NULL)
		return;
	note_life(report, standing);
	if (standing->risk == NULL || standing->risk->exclusion != EXCLUDED_NOT)
		return;
	for (metric = 1; metric < METRICS; metric++)
		note_missed(report, standing, (enum metric)metric);
}
