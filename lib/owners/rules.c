/* rules.c: what is wrong with the ownership of a ticket, as a table of rules */
#include "owners/rules.h"

#include "base/buf.h"
#include "base/mem.h"
#include "time/instant.h"

#include <stdarg.h>
#include <stdio.h>

#define BIT(evidence) (1u << EVIDENCE_##evidence)
#define MINUTES(n)    ((int64_t)(n)*60)
#define HOURS(n)      ((int64_t)(n)*3600)
/* By priority: not known, P1 … P5 (DESIGN §6, orphan). */
#define BY_PRIORITY                                                           \
	{                                                                     \
		HOURS(8), MINUTES(15), HOURS(1), HOURS(4), HOURS(8), HOURS(8) \
	}
#define ALWAYS(n)                            \
	{                                    \
		(n), (n), (n), (n), (n), (n) \
	}

static const struct span *
now(const struct judging *judging)
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
static struct finding *__attribute__((format(printf, 5, 6)))
add(struct judging *judging, bool open, int64_t since, const char *who, const char *format, ...)
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

static void
add_evidence(struct finding *finding, int64_t instant)
{
	if (finding->nevidence < FINDING_EVIDENCE)
		finding->evidence[finding->nevidence++] = instant;
}

struct words {
	char text[40];
};

static struct words
duration(int64_t seconds)
{
	struct words words = {""};

	instant_format_duration(seconds, words.text, sizeof(words.text));
	return words;
}

static const char *
name_of(const struct holder *holder)
{
	if (holder->owner != NULL)
		return holder->owner;
	return holder->team != NULL ? holder->team : "nobody";
}

/* Who can act on an open ticket: its owner, else its team; NULL: whoever dispatches. */
static const char *
actor_now(const struct judging *judging)
{
	const struct span *span = now(judging);

	return span->owner != NULL ? span->owner : span->team;
}

static bool
is_open(const struct judging *judging)
{
	return !judging->analysis->timeline.ended;
}

static const struct stretch *
stretch_at(const struct ledger *ledger, int64_t from)
{
	size_t i = 0;

	while (ledger->stretches[i].from != from)
		i++;
	return &ledger->stretches[i];
}

static const char *
orphan_words(enum cause cause)
{
	switch (cause) {
	case CAUSE_QUEUE:
		return "in a queue with no owner";
	case CAUSE_NOBODY:
		return "with no owner and no team";
	case CAUSE_AWAY:
		return "with an owner who is away";
	default:
		return "with an owner who has left";
	}
}

/* While it lasts, it is told as it is now; what is over, as it began. */
static void
judge_orphan(struct judging *judging, const struct orphan *orphan)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	int64_t worked = calendar_between(ledger->calendar, orphan->from, orphan->to);
	const struct stretch *first = stretch_at(ledger, orphan->from);
	const struct stretch *last = &ledger->stretches[ledger->nstretches - 1];
	const struct stretch *told = orphan->open ? last : first;
	struct words took = duration(worked), limit = duration(judging->limit);
	const char *team = orphan->open ? now(judging)->team : first->span->team;
	const char *in = team != NULL ? " in " : "", *name = team != NULL ? team : "";

	if (worked <= judging->limit)
		return;
	if (orphan->open)
		add(judging, true, orphan->from, team,
		    "Assign an owner now%s%s: %s for %s of working time, allowed %s", in, name,
		    orphan_words(told->cause), took.text, limit.text);
	else
		add_evidence(add(judging, false, orphan->from, team,
				 "Was %s%s%s for %s of working time, allowed %s",
				 orphan_words(told->cause), in, name, took.text, limit.text),
		    orphan->to);
}

static void
judge_orphaned(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	size_t i;

	for (i = 0; i < ledger->norphans; i++)
		judge_orphan(judging, &ledger->orphans[i]);
}

static void
judge_not_accepted(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	const struct handoff *one;
	struct words waited, limit;
	size_t i;

	for (i = 0; i < ledger->nhandoffs; i++) {
		one = &ledger->handoffs[i];
		if (one->waited <= judging->limit || one->acceptance == ACCEPTANCE_UNKNOWN)
			continue;
		waited = duration(one->waited);
		limit = duration(judging->limit);
		if (one->acceptance == ACCEPTANCE_PENDING)
			add(judging, true, one->at, name_of(&one->to),
			    "%s must accept or pass it back: handed over by %s %s of working time "
			    "ago, no act since, allowed %s",
			    name_of(&one->to), name_of(&one->from), waited.text, limit.text);
		else
			add(judging, false, one->at, name_of(&one->to),
			    "%s %s %s of working time after %s handed it over, allowed %s",
			    name_of(&one->to),
			    one->acceptance == ACCEPTANCE_ACCEPTED ? "accepted only"
								   : "lost it unaccepted",
			    waited.text, name_of(&one->from), limit.text);
	}
}

/*
 * Team and person going back at one instant are one return: a change of the team is
 * left out where there is one of the person.
 */
static bool
counts_as_return(const struct ledger *ledger, const struct change *change)
{
	size_t i;

	if (change->kind != RETURN_DIRECT)
		return false;
	for (i = 0; change->team && i < ledger->nchanges && !ledger->changes[i].team; i++)
		if (ledger->changes[i].at == change->at && ledger->changes[i].kind == RETURN_DIRECT)
			return false;
	return true;
}

static void
judge_ping_pong(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	const struct change *one;
	struct finding *finding = NULL;
	int64_t count = 0, limit = judging->limit > 0 ? judging->limit : 1;
	size_t i;

	for (i = 0; i < ledger->nchanges; i++)
		count += counts_as_return(ledger, &ledger->changes[i]);
	if (count < limit)
		return;
	for (i = 0; i < ledger->nchanges; i++) {
		one = &ledger->changes[i];
		if (!counts_as_return(ledger, one))
			continue;
		if (finding != NULL)
			add_evidence(finding, one->at);
		else
			finding = add(judging, is_open(judging), one->at, actor_now(judging),
			    "%s %lld time%s, first from %s to %s",
			    is_open(judging) ? "Settle who owns it: sent straight back"
					     : "Was sent straight back",
			    (long long)count, count == 1 ? "" : "s", one->from, one->to);
	}
}

static void
judge_too_many_handoffs(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	int64_t count = (int64_t)ledger->nhandoffs;
	struct finding *finding;
	size_t i, first = (size_t)(judging->limit > 0 ? judging->limit : 0);

	if (count <= judging->limit)
		return;
	finding = add(judging, is_open(judging), ledger->handoffs[first].at, actor_now(judging),
	    is_open(judging) ? "Name one owner to the end: %lld handoffs so far, allowed %lld"
			     : "Was handed over %lld times, allowed %lld",
	    (long long)count, (long long)judging->limit);
	for (i = first + 1; i < ledger->nhandoffs; i++)
		add_evidence(finding, ledger->handoffs[i].at);
}

static void
judge_late_handoff(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	const struct handoff *one;
	struct finding *finding = NULL;
	size_t i;

	for (i = 0; i < ledger->nhandoffs; i++) {
		one = &ledger->handoffs[i];
		if (one->budget_used < judging->limit)
			continue;
		if (finding != NULL)
			add_evidence(finding, one->at);
		else
			finding = add(judging, is_open(judging), one->at, actor_now(judging),
			    "%s got it from %s with %lld%% of the resolve time already used%s",
			    name_of(&one->to), name_of(&one->from),
			    (long long)(one->budget_used / 10),
			    is_open(judging) ? ": say now if it cannot be met" : "");
	}
}

const struct rule rules[] = {
    {"orphaned", SEVERITY_HIGH, "nobody accountable for longer than allowed", BIT(OWNER), 0,
	BY_PRIORITY, "working time", judge_orphaned},
    {"not-accepted", SEVERITY_HIGH, "handed over, and the receiver has not acted in time",
	BIT(OWNER) | BIT(ACTOR), 0, BY_PRIORITY, "working time", judge_not_accepted},
    {"ping-pong", SEVERITY_MEDIUM, "handed straight back to where it came from", 0,
	BIT(OWNER) | BIT(TEAM), ALWAYS(1), "times", judge_ping_pong},
    {"too-many-handoffs", SEVERITY_MEDIUM, "more changes of the holder than allowed", 0,
	BIT(OWNER) | BIT(TEAM), ALWAYS(3), "times", judge_too_many_handoffs},
    {"late-handoff", SEVERITY_HIGH, "handed over when most of the resolve time was used", 0,
	BIT(OWNER) | BIT(TEAM), ALWAYS(750), "per mille", judge_late_handoff},
};

const size_t nrules = sizeof(rules) / sizeof(rules[0]);

static bool
has_evidence(const struct rule *rule, const struct ticket *ticket)
{
	return (ticket->has & rule->needs) == rule->needs &&
	    (rule->needs_any == 0 || (ticket->has & rule->needs_any) != 0);
}

void
rules_judge(struct findings *findings, const struct analysis *analysis, struct arena *arena)
{
	struct judging judging = {.analysis = analysis, .findings = findings, .arena = arena};
	struct facts facts = span_facts(&analysis->timeline, &analysis->timeline.now);
	size_t i;

	*findings = (struct findings){0};
	findings->not_judged = arena_alloc(arena, nrules * sizeof(*findings->not_judged));
	for (i = 0; i < nrules; i++) {
		judging.rule = &rules[i];
		judging.limit = rules[i].limits[facts.priority];
		if (policy_threshold(analysis->policy, rules[i].slug, &facts, &judging.limit) ==
		    THRESHOLD_OFF)
			continue;
		if (has_evidence(&rules[i], analysis->ticket))
			rules[i].judge(&judging);
		else
			findings->not_judged[findings->nnot_judged++] = rules[i].slug;
	}
}
