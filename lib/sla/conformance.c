/* conformance.c: the rules of the process, as a table */
#include "sla/conformance.h"

#include "sla/conformance_judges.h"
#include "sla/ending.h"
#include "sla/pauses.h"

#define BIT(evidence) (1U << EVIDENCE_##evidence)

static bool
has_response(const struct analysis *analysis)
{
	return analysis->account.communication.response_known;
}

/* Only a source that records due instants can show that one was moved. */
static bool
has_due(const struct analysis *analysis)
{
	return timeline_first(&analysis->timeline, EVENT_DUE) != NULL;
}

const struct conformance_rule conformance_rules[] = {
    {"owner-before-work", "an owner before the first work", CONSTRAINT_PRECEDENCE, NULL,
	BIT(OWNER) | BIT(WORK), NULL, 0, conform_owner_before_work},
    {"owner-before-word", "an owner before the first public word", CONSTRAINT_PRECEDENCE, NULL,
	BIT(OWNER) | BIT(MESSAGE) | BIT(PUBLIC), NULL, 0, conform_owner_before_word},
    {"owner-before-end", "an owner before resolved or closed", CONSTRAINT_PRECEDENCE, NULL,
	BIT(OWNER) | BIT(STATUS), NULL, 0, conform_owner_before_end},
    {"answer-before-end", "a first answer before resolved or closed", CONSTRAINT_PRECEDENCE, NULL,
	BIT(STATUS), has_response, 0, conform_answer_before_end},
    {"work-before-end", "work before resolved or closed", CONSTRAINT_PRECEDENCE, NULL,
	BIT(WORK) | BIT(STATUS), NULL, 0, conform_work_before_end},
    {"question-before-waiting", "a word to the client before waiting for it", CONSTRAINT_PRECEDENCE,
	"pause-without-question", BIT(STATUS) | BIT(MESSAGE) | BIT(PUBLIC), NULL, QUESTION_WITHIN,
	conform_question_before_waiting},
    {"client-answered", "client's messages answered before the end", CONSTRAINT_RESPONSE, NULL,
	BIT(MESSAGE) | BIT(PUBLIC), NULL, 0, conform_client_answered},
    {"word-at-end", "a word to the client with the end", CONSTRAINT_EXISTENCE,
	"closed-without-word", BIT(STATUS) | BIT(MESSAGE) | BIT(PUBLIC), NULL, WORD_WITHIN,
	conform_word_at_end},
    {"resolved-before-closed", "resolved before closed", CONSTRAINT_PRECEDENCE, NULL, BIT(STATUS),
	NULL, 0, conform_resolved_before_closed},
    {"begun-before-closed", "begun before closed: not from new", CONSTRAINT_PRECEDENCE, NULL,
	BIT(STATUS), NULL, 0, conform_begun_before_closed},
    {"stays-closed", "not opened again after closed", CONSTRAINT_ABSENCE, NULL, BIT(STATUS), NULL,
	0, conform_stays_closed},
    {"priority-kept", "priority not lowered after a miss", CONSTRAINT_ABSENCE, NULL, BIT(PRIORITY),
	NULL, 0, conform_priority_kept},
    {"due-kept", "due instant not moved back once passed", CONSTRAINT_ABSENCE, NULL, 0, has_due, 0,
	conform_due_kept},
    {"ended-by-owner", "resolved or closed by the owner alone", CONSTRAINT_ABSENCE,
	"resolved-by-other", BIT(OWNER) | BIT(ACTOR), NULL, 0, conform_ended_by_owner},
};

const size_t nconformance_rules = sizeof(conformance_rules) / sizeof(conformance_rules[0]);

const char *
constraint_word(enum constraint constraint)
{
	static const char *const words[] = {
	    "precedence", "response", "responded existence", "absence"};

	return words[constraint];
}

enum conformity
conformance_judge(
    const struct conformance_rule *rule, const struct analysis *analysis, struct arena *arena)
{
	struct conforming one = {analysis, rule->limit, arena};
	struct facts facts = span_facts(&analysis->timeline, &analysis->timeline.now);

	if (policy_threshold(analysis->policy, rule->finding != NULL ? rule->finding : rule->slug,
		&facts, &one.limit) == THRESHOLD_OFF)
		return CONFORMITY_IDLE;
	if ((analysis->ticket->has & rule->needs) != rule->needs ||
	    (rule->evident != NULL && !rule->evident(analysis)))
		return CONFORMITY_UNKNOWN;
	return rule->judge(&one);
}
