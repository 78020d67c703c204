/* escalation.c: when a ticket was first raised, and how late that was */
#include "sla/escalation.h"

#include "time/instant.h"

const char *
escalation_word(enum escalation_how how)
{
	static const char *const words[] = {NULL, "event", "handoff", "priority"};

	return words[how];
}

/* P1 is the most urgent; a first priority raises nothing. */
static bool
raises(const struct event *event)
{
	int from, to;

	if (event->kind != EVENT_PRIORITY || event->from == NULL || event->to == NULL)
		return false;
	from = word_value(WORDS_PRIORITY, slice_z(event->from));
	to = word_value(WORDS_PRIORITY, slice_z(event->to));
	return from != PRIORITY_NONE && to != PRIORITY_NONE && to < from;
}

/* An earlier one takes its place; of one instant the one that is named first. */
static void
note(struct escalation *escalation, enum escalation_how how, int64_t at)
{
	if (escalation->how != ESCALATION_NONE &&
	    (escalation->at < at || (escalation->at == at && escalation->how < how)))
		return;
	escalation->how = how;
	escalation->at = at;
}

static unsigned
kinds_of(enum escalation_how how)
{
	return how == ESCALATION_PRIORITY ? 1u << EVENT_PRIORITY
	    : how == ESCALATION_HANDOFF   ? 1u << EVENT_OWNER | 1u << EVENT_TEAM
					  : 1u << EVENT_ESCALATED;
}

void
escalation_find(struct escalation *escalation, const struct timeline *timeline,
    const struct ledger *ledger, const struct clock *resolve)
{
	const struct event *event;
	size_t i;

	*escalation = (struct escalation){ESCALATION_NONE, INSTANT_NONE, -1};
	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->kind == EVENT_ESCALATED)
			note(escalation, ESCALATION_EVENT, event->at);
		else if (raises(event))
			note(escalation, ESCALATION_PRIORITY, event->at);
	}
	for (i = 0; i < ledger->nhandoffs; i++)
		if (ledger->handoffs[i].direction == DIRECTION_UP)
			note(escalation, ESCALATION_HANDOFF, ledger->handoffs[i].at);
	if (escalation->how != ESCALATION_NONE)
		escalation->budget_used = clock_used_at(resolve,
		    timeline_sure_until(timeline, escalation->at, kinds_of(escalation->how)));
}
