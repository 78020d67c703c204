/* rules_tools.c: what the rules share: findings, words, and who can act */
#include "owners/rules_tools.h"

#include "base/buf.h"
#include "base/mem.h"
#include "time/instant.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct span *
span_now(const struct judging *judging)
{
	return &judging->analysis->timeline.now;
}

static const char *format_text(struct judging *judging, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static const char *
format_text(struct judging *judging, const char *format, va_list args)
{
	char text[512];
	int n = vsnprintf(text, sizeof(text), format, args);
	size_t length = n < 0 ? 0 : (size_t)n;

	if (length >= sizeof(text)) {
		length = sizeof(text) - 1;
		while (length > 0 && !utf8_valid(text, length))
			length--; /* cut between characters */
	}
	return arena_text(judging->arena, (struct slice){text, length});
}

/* A finding with its first piece of evidence; open: somebody can still act. */
struct finding *
finding_add(
    struct judging *judging, bool open, int64_t since, const char *who, const char *format, ...)
{
	struct findings *findings = judging->findings;
	struct finding *grown, *finding;
	va_list args;

	if (findings->count == judging->cap) {
		judging->cap = judging->cap > 0 ? judging->cap * 2 : 4;
		grown = arena_alloc(judging->arena, judging->cap * sizeof(*grown));
		if (findings->count > 0)
			memcpy(grown, findings->list, findings->count * sizeof(*grown));
		findings->list = grown;
	}
	finding = &findings->list[findings->count++];
	*finding = (struct finding){.rule = judging->rule->slug,
	    .severity = open ? judging->rule->severity : SEVERITY_LOW,
	    .since = since,
	    .who = who,
	    .evidence = {since},
	    .nevidence = 1};
	va_start(args, format);
	finding->text = format_text(judging, format, args);
	va_end(args);
	return finding;
}

void
finding_evidence(struct finding *finding, int64_t instant)
{
	if (finding->nevidence < FINDING_EVIDENCE)
		finding->evidence[finding->nevidence++] = instant;
}

struct words
duration_words(int64_t seconds)
{
	struct words words = {""};

	instant_format_duration(seconds, words.text, sizeof(words.text));
	return words;
}

struct words
working_words(int64_t seconds)
{
	struct words words = {""};

	instant_format_working(seconds, words.text, sizeof(words.text));
	return words;
}

const char *
holder_name(const struct holder *holder)
{
	if (holder->owner != NULL)
		return holder->owner;
	return holder->team != NULL ? holder->team : "nobody";
}

/* Who can act on an open ticket: its owner, else its team; NULL: whoever dispatches. */
const char *
actor_now(const struct judging *judging)
{
	const struct span *span = span_now(judging);

	return span->owner != NULL ? span->owner : span->team;
}

int64_t
limit_for(const struct judging *judging, const struct facts *facts)
{
	int64_t limit = judging->rule->limits[facts->priority];

	if (policy_threshold(judging->analysis->policy, judging->rule->slug, facts, &limit) ==
	    THRESHOLD_OFF)
		return LIMIT_OFF;
	return limit;
}

int64_t
limit_before(const struct judging *judging, int64_t instant)
{
	const struct timeline *timeline = &judging->analysis->timeline;
	struct facts facts = span_facts(timeline, timeline_at(timeline, instant - 1));

	return limit_for(judging, &facts);
}

bool
is_open(const struct judging *judging)
{
	return !judging->analysis->timeline.ended;
}
