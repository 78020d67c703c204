/* pace.c: the documented rule that gives a probability where there is no model */
#include "risk/pace.h"

#include "base/buf.h"
#include "time/instant.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/* What one part of the rule adds to x, and how it reads. */
struct part {
	double weight;
	const char *text;
};

#define PARTS         4
#define MOST_HANDOFFS 4

static const char *__attribute__((format(printf, 2, 3)))
text_of(struct arena *arena, const char *format, ...)
{
	char text[160];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return arena_textz(arena, text);
}

static struct part
used_part(const struct clock *clock, struct arena *arena)
{
	double used = clock->allowed > 0 ? (double)clock->elapsed / (double)clock->allowed : 1;
	char left[40];

	instant_format_working(clock_remaining(clock), left, sizeof(left));
	return (struct part){4.5 * used,
	    text_of(arena, "%d%% of the time allowed is used, %s of working time left",
		(int)(100 * used), left)};
}

static struct part
orphan_part(const struct analysis *analysis, struct arena *arena)
{
	enum cause cause = ledger_cause_now(&analysis->timeline, analysis->policy);

	if (cause == CAUSES || !cause_is_orphan(cause))
		return (struct part){0, NULL};
	if (cause == CAUSE_QUEUE)
		return (struct part){
		    0.7, text_of(arena, "it has no owner, only the queue of a team")};
	if (cause == CAUSE_NOBODY)
		return (struct part){0.7, "it has neither owner nor team"};
	return (struct part){0.7, cause == CAUSE_AWAY ? "its owner is away" : "its owner has left"};
}

static struct part
handoff_part(const struct analysis *analysis, struct arena *arena)
{
	size_t n = analysis->ledger.nhandoffs;
	size_t counted = n < MOST_HANDOFFS ? n : MOST_HANDOFFS;

	if (n == 0)
		return (struct part){0, NULL};
	return (struct part){0.3 * (double)counted,
	    text_of(arena, "it was handed over %zu time%s", n, n == 1 ? "" : "s")};
}

const char *
idle_reason(const struct stall *stall, int64_t idle, struct arena *arena)
{
	char words[40], usual[40];

	instant_format_working(idle, words, sizeof(words));
	if (!stall->known || stall->threshold.level == STALL_BY_DEFAULT ||
	    stall->since == INSTANT_NONE)
		return text_of(arena, "nothing has moved for %s of working time", words);
	instant_format_working(stall->threshold.seconds, usual, sizeof(usual));
	return text_of(arena,
	    "nothing has moved for %s of working time; nine in ten tickets %s move within %s",
	    words, stall_level_phrase(stall->threshold.level), usual);
}

static struct part
idle_part(const struct analysis *analysis, const struct clock *clock, const struct stall *stall,
    struct arena *arena)
{
	int64_t idle =
	    calendar_between(clock->calendar, analysis->progress.last, analysis->timeline.as_of);
	double share = clock->allowed > 0 ? (double)idle / (double)clock->allowed : 1;

	return (struct part){
	    0.8 * (share < 1 ? share : 1), share < 0.1 ? NULL : idle_reason(stall, idle, arena)};
}

/* The weightiest part first; there are four. */
static void
sort_parts(struct part *parts)
{
	struct part swap;
	size_t i, j;

	for (i = 1; i < PARTS; i++)
		for (j = i; j > 0 && parts[j].weight > parts[j - 1].weight; j--) {
			swap = parts[j];
			parts[j] = parts[j - 1];
			parts[j - 1] = swap;
		}
}

static void
judge_clock(struct outlook *outlook, const struct analysis *analysis, const struct clock *clock,
    const struct stall *stall, struct arena *arena)
{
	struct part parts[PARTS] = {used_part(clock, arena), orphan_part(analysis, arena),
	    handoff_part(analysis, arena), idle_part(analysis, clock, stall, arena)};
	double x = clock->state == CLOCK_PAUSED ? -3.5 : -3.0;
	size_t i;

	sort_parts(parts);
	for (i = 0; i < PARTS; i++) {
		x += parts[i].weight;
		if (parts[i].text != NULL && outlook->nreasons < RISK_REASONS)
			outlook->reasons[outlook->nreasons++] = parts[i].text;
	}
	outlook->probability = (int64_t)lround(1000 / (1 + exp(-x)));
}

void
pace_judge(struct risk *risk, const struct analysis *analysis, struct arena *arena)
{
	const struct clock *clock;
	int metric;

	for (metric = 1; metric < METRICS; metric++) {
		clock = &analysis->clocks[metric];
		if (clock->state == CLOCK_RUNNING || clock->state == CLOCK_PAUSED)
			judge_clock(
			    &risk->clocks[metric].outlook, analysis, clock, &risk->stall, arena);
	}
}
