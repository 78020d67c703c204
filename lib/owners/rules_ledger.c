/* rules_ledger.c: rules on who had the ticket, and how it was passed on */
#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "time/instant.h"

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
	int64_t worked = calendar_between(ledger->calendar, orphan->from, orphan->sure);
	const struct stretch *first = stretch_at(ledger, orphan->from);
	const struct stretch *last = &ledger->stretches[ledger->nstretches - 1];
	const struct stretch *told = orphan->open ? last : first;
	struct words took, limit;
	const char *team = orphan->open ? span_now(judging)->team : first->span->team;
	const char *in = team != NULL ? " in " : "", *name = team != NULL ? team : "";
	int64_t allowed = orphan->open ? judging->limit : limit_before(judging, orphan->to);

	if (worked <= allowed)
		return;
	took = working_words(worked);
	limit = working_words(allowed);
	if (orphan->open)
		finding_add(judging, true, orphan->from, team,
		    "Assign an owner now%s%s: %s for %s of working time, allowed %s", in, name,
		    orphan_words(told->cause), took.text, limit.text);
	else
		finding_evidence(
		    finding_add(judging, false, orphan->from, team,
			"Was %s%s%s for %s%s of working time, allowed %s",
			orphan_words(told->cause), in, name,
			orphan->sure < orphan->to ? "at least " : "", took.text, limit.text),
		    orphan->to);
}

void
judge_orphaned(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	size_t i;

	for (i = 0; i < ledger->norphans; i++)
		judge_orphan(judging, &ledger->orphans[i]);
}

void
judge_not_accepted(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	const struct handoff *one;
	struct words waited, limit;
	int64_t allowed;
	size_t i;

	for (i = 0; i < ledger->nhandoffs; i++) {
		one = &ledger->handoffs[i];
		if (one->acceptance == ACCEPTANCE_UNKNOWN)
			continue;
		allowed = one->acceptance == ACCEPTANCE_PENDING ? judging->limit
								: limit_before(judging, one->until);
		if (one->waited_least <= allowed)
			continue;
		waited = working_words(one->waited_least);
		limit = working_words(allowed);
		if (one->acceptance == ACCEPTANCE_PENDING)
			finding_add(judging, true, one->at, holder_name(&one->to),
			    "%s must accept or pass it back: handed over by %s %s of working time "
			    "ago, no act since, allowed %s",
			    holder_name(&one->to), holder_name(&one->from), waited.text,
			    limit.text);
		else
			finding_add(judging, false, one->at, holder_name(&one->to),
			    "%s %s %s of working time after %s handed it over, allowed %s",
			    holder_name(&one->to),
			    one->acceptance == ACCEPTANCE_ACCEPTED ? "accepted only"
								   : "lost it unaccepted",
			    waited.text, holder_name(&one->from), limit.text);
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

static struct finding *
add_return(struct judging *judging, int64_t count, const struct change *first)
{
	const char *what =
	    is_open(judging) ? "Settle who owns it: sent straight back" : "Was sent straight back";

	if (count == 1)
		return finding_add(judging, is_open(judging), first->at, actor_now(judging),
		    "%s once, from %s to %s", what, first->from, first->to);
	return finding_add(judging, is_open(judging), first->at, actor_now(judging),
	    "%s %lld times, first from %s to %s", what, (long long)count, first->from, first->to);
}

void
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
			finding_evidence(finding, one->at);
		else
			finding = add_return(judging, count, one);
	}
}

void
judge_too_many_handoffs(struct judging *judging)
{
	const struct ledger *ledger = &judging->analysis->ledger;
	int64_t count = (int64_t)ledger->nhandoffs;
	struct finding *finding;
	size_t i, first = (size_t)(judging->limit > 0 ? judging->limit : 0);

	if (count <= judging->limit)
		return;
	finding =
	    finding_add(judging, is_open(judging), ledger->handoffs[first].at, actor_now(judging),
		is_open(judging) ? "Name one owner to the end: %lld handoffs so far, allowed %lld"
				 : "Was handed over %lld times, allowed %lld",
		(long long)count, (long long)judging->limit);
	for (i = first + 1; i < ledger->nhandoffs; i++)
		finding_evidence(finding, ledger->handoffs[i].at);
}

/* What can still be done about it. */
static const char *
late_advice(const struct judging *judging, const struct handoff *handoff)
{
	if (!is_open(judging))
		return "";
	return handoff->budget_used > 1000 ? ": agree a new time with the client"
					   : ": say now if it cannot be met";
}

void
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
			finding_evidence(finding, one->at);
		else
			finding = finding_add(judging, is_open(judging), one->at,
			    actor_now(judging),
			    "%s got it from %s with %s%lld%% of the resolve time already used%s",
			    holder_name(&one->to), holder_name(&one->from),
			    one->after != INSTANT_NONE ? "at least " : "",
			    (long long)(one->budget_used / 10), late_advice(judging, one));
	}
}
