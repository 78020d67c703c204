/* rules.c: what is wrong with the ownership of a ticket, as a table of rules */
#include "owners/rules.h"

#include "owners/rules_judges.h"
#include "owners/rules_tools.h"
#include "sla/ending.h"

#include <string.h>

#define BIT(evidence) (1u << EVIDENCE_##evidence)
#define MINUTES(n)    ((int64_t)(n)*60)
#define HOURS(n)      ((int64_t)(n)*3600)
#define ALWAYS(n)                            \
	{                                    \
		(n), (n), (n), (n), (n), (n) \
	}
/* How long a client may go without a word: as the update targets of most desks have it. */
#define TALK_BY_PRIORITY                                                      \
	{                                                                     \
		HOURS(16), HOURS(1), HOURS(4), HOURS(8), HOURS(16), HOURS(16) \
	}

static bool
has_roster(const struct analysis *analysis)
{
	return policy_has_roster(analysis->policy);
}

/* Only a source that records due instants can show that one was moved. */
static bool
has_due(const struct analysis *analysis)
{
	return timeline_first(&analysis->timeline, EVENT_DUE) != NULL;
}

const struct rule rules[] = {
    {"orphaned", SEVERITY_HIGH, "nobody accountable for longer than allowed", BIT(OWNER), 0, NULL,
	LEDGER_LIMITS, "working time", judge_orphaned,
	"An unbroken stretch with no owner, or with one who has left or is away, was longer than the "
	"limit; waiting states count too.",
	"What nobody owns nobody finishes. Most late tickets were early ones in a queue."},
    {"not-accepted", SEVERITY_HIGH, "handed over, and the receiver has not acted in time",
	BIT(OWNER) | BIT(ACTOR), 0, NULL, LEDGER_LIMITS, "working time", judge_not_accepted,
	"After a handoff the receiver neither wrote, worked nor changed the status within the limit, "
	"in the receiver's own hours if the roster has them.",
	"A name in the field is no acceptance: each handoff is a wait that the client pays for."},
    {"ping-pong", SEVERITY_MEDIUM, "handed straight back to where it came from", 0,
	BIT(OWNER) | BIT(TEAM), NULL, ALWAYS(1), "times", judge_ping_pong,
	"Sent straight back to the person or team before (A B A) at least this often, by way of a "
	"queue too.",
	"Two teams disagree on whose it is; the ticket will not settle that."},
    {"too-many-handoffs", SEVERITY_MEDIUM, "more changes of the holder than allowed", 0,
	BIT(OWNER) | BIT(TEAM), NULL, ALWAYS(3), "times", judge_too_many_handoffs,
	"More handoffs than the limit.",
	"Every handoff loses context and time; past the third somebody must take it to the end."},
    {"hot-potato", SEVERITY_MEDIUM, "passed on at once, without work or a word",
	BIT(WORK) | BIT(MESSAGE) | BIT(PUBLIC), BIT(OWNER) | BIT(TEAM), NULL, ALWAYS(MINUTES(15)),
	"working time", judge_hot_potato,
	"Held for less than the limit with no work and no public message, then passed on.",
	"It was moved, not worked on: routing is wrong, or somebody keeps a queue clean."},
    {"late-handoff", SEVERITY_HIGH, "handed over when most of the resolve time was used",
	BIT(STATUS), BIT(OWNER) | BIT(TEAM), NULL, ALWAYS(750), "per mille", judge_late_handoff,
	"Handed over when at least this share of the resolve target was used.",
	"The receiver inherits a miss; the client should hear of it now."},
    {"absent-owner", SEVERITY_HIGH, "the owner has left or is away", BIT(OWNER), 0, has_roster,
	ALWAYS(0), "working time", judge_absent_owner,
	"The owner at the as-of instant is not employed or is absent, by the roster, for the limit or "
	"longer.",
	"The ticket looks owned, so nobody picks it up."},
    {"diffused", SEVERITY_LOW, "many act, and nobody leads", BIT(ACTOR), 0, NULL, ALWAYS(400),
	"per mille", judge_diffused,
	"Four people or more acted, and the most active one did less than this share of all acts.",
	"Where everybody helps a little nobody feels the promise."},
    {"resolved-by-other", SEVERITY_LOW, "ended by another than the owner", BIT(OWNER) | BIT(ACTOR),
	0, NULL, ALWAYS(0), "no limit", judge_resolved_by_other,
	"Somebody else than the owner of that moment resolved or closed it.",
	"The owner field is not true, and with it every figure by owner."},
    {"silent", SEVERITY_MEDIUM, "no word to the client for longer than allowed",
	BIT(MESSAGE) | BIT(PUBLIC), 0, NULL, TALK_BY_PRIORITY, "working time", judge_silent,
	"An open ticket without a public message of a person for longer than the limit, through hold "
	"too.",
	"Clients forgive delay sooner than silence."},
    {"hollow-response", SEVERITY_MEDIUM, "answered by a machine, and no person followed",
	BIT(MESSAGE) | BIT(PUBLIC), 0, NULL, LEDGER_LIMITS, "working time", judge_hollow_response,
	"The first answer was automatic or a bot's, and no person wrote within the limit after it.",
	"The response target is met on paper only."},
    {"client-waiting", SEVERITY_HIGH, "a client's message is unanswered",
	BIT(MESSAGE) | BIT(PUBLIC), 0, NULL, LEDGER_LIMITS, "working time", judge_client_waiting,
	"The oldest message of the client since the last public answer of a person is older than the "
	"limit.",
	"The client has asked and hears nothing."},
    {"promise-missed", SEVERITY_HIGH, "word was promised, and did not come in time",
	BIT(PROMISE) | BIT(MESSAGE) | BIT(PUBLIC), 0, NULL, ALWAYS(0), "elapsed time",
	judge_promise_missed,
	"No public message of a person came between the promise and its instant, with this much "
	"grace.",
	"A broken promise of an update costs more trust than none."},
    {"closed-without-word", SEVERITY_MEDIUM, "ended without telling the client",
	BIT(STATUS) | BIT(MESSAGE) | BIT(PUBLIC), 0, NULL, ALWAYS(WORD_WITHIN), "working time",
	judge_closed_without_word,
	"Resolved or closed, and no public message of a person in the working time before or at any "
	"time after; not for cancelled tickets.",
	"The client finds out by trying, or reopens."},
    {"pause-without-question", SEVERITY_MEDIUM, "waiting for a client who was not asked",
	BIT(STATUS) | BIT(MESSAGE) | BIT(PUBLIC), 0, NULL, ALWAYS(QUESTION_WITHIN), "elapsed time",
	judge_pause_without_question,
	"The state became waiting_client, and no public message went out within the limit before.",
	"The clock was stopped, not the wait: the commonest way to make a number look good."},
    {"pause-after-reply", SEVERITY_HIGH, "still waiting for a client who has replied",
	BIT(STATUS) | BIT(MESSAGE), 0, NULL, ALWAYS(HOURS(1)), "working time",
	judge_pause_after_reply,
	"The client wrote during waiting_client, and the state stayed for longer than the limit.",
	"The next move is ours, and the clock does not know."},
    {"pause-near-deadline", SEVERITY_MEDIUM, "the clock was stopped shortly before it ran out",
	BIT(STATUS), 0, NULL, ALWAYS(900), "per mille", judge_pause_near_deadline,
	"A waiting state began when at least this share of the resolve target was used, and not all.",
	"It may be honest; a habit of it is not."},
    {"pause-flip-flop", SEVERITY_LOW, "in and out of a waiting state without progress",
	BIT(STATUS) | BIT(WORK) | BIT(MESSAGE) | BIT(PUBLIC), 0, NULL, ALWAYS(2), "times",
	judge_pause_flip_flop,
	"Back in a waiting state that was left less than a day before, with no progress between, at "
	"least this often; progress is work, a public message of a person, or a state that the ticket "
	"has not been in before.",
	"Status changes stand in for work."},
    {"due-moved", SEVERITY_MEDIUM, "the due instant was moved back", 0, 0, has_due, ALWAYS(1),
	"times", judge_due_moved,
	"The PSA's due instant was moved to a later one at least this often.",
	"The promise was changed on one side."},
    {"reopened-unowned", SEVERITY_HIGH, "reopened, and nobody has it", BIT(OWNER) | BIT(STATUS), 0,
	NULL, ALWAYS(MINUTES(15)), "working time", judge_reopened_unowned,
	"Open again with no owner, or one who has left or is away, since the reopening and for longer "
	"than the limit.",
	"It counts as done in everybody's mind, and the client is back."},
    {"escalated-late", SEVERITY_MEDIUM, "first escalated when most of the time was used",
	BIT(STATUS), BIT(OWNER) | BIT(TEAM) | BIT(PRIORITY), NULL, ALWAYS(750), "per mille",
	judge_escalated_late,
	"The first escalation, raise of the priority or handoff to a higher tier of the roster came "
	"when at least this share of the resolve target was used.",
	"The risk was hidden rather than raised."},
    {"no-history", SEVERITY_LOW, "the export has only the final row", 0, 0, NULL, ALWAYS(0),
	"no limit", judge_no_history,
	"The source records neither owners, teams, status nor messages of this ticket.",
	"Nothing can be judged, which is not the same as nothing being wrong."},
    {"time-travel", SEVERITY_LOW, "an event lies before the opening", 0, 0, NULL, ALWAYS(0),
	"no limit", judge_time_travel, "The first event is earlier than the opening.",
	"A clock or a time zone of the export is wrong; durations cannot be trusted."},
    {"unknown-person", SEVERITY_LOW, "an owner is not in the roster", BIT(OWNER), 0, has_roster,
	ALWAYS(0), "no limit", judge_unknown_person,
	"Somebody owned the ticket whom the roster does not list, by name or alias.",
	"Absence, shifts and tiers of this person are not known, so nothing is judged by them."},
};

const size_t nrules = sizeof(rules) / sizeof(rules[0]);

static bool
has_evidence(const struct rule *rule, const struct analysis *analysis)
{
	const struct ticket *ticket = analysis->ticket;

	if (rule->evident != NULL && !rule->evident(analysis))
		return false;
	return (ticket->has & rule->needs) == rule->needs &&
	    (rule->needs_any == 0 || (ticket->has & rule->needs_any) != 0);
}

const struct rule *
rules_find(const char *slug)
{
	size_t i;

	for (i = 0; i < nrules; i++)
		if (strcmp(rules[i].slug, slug) == 0)
			return &rules[i];
	return NULL;
}

/* The more specific ones first. */
const char *const rules_on_orphans[] = {"absent-owner", "reopened-unowned", "orphaned", NULL};

/* The place in that list of a finding on the stretch that goes on; what is over is low. */
static int
place_now(const struct finding *finding)
{
	int i = 0;

	while (rules_on_orphans[i] != NULL && strcmp(rules_on_orphans[i], finding->rule) != 0)
		i++;
	return rules_on_orphans[i] != NULL && finding->severity != SEVERITY_LOW ? i : -1;
}

/* A stretch is told once: leaves out the findings on it that say less than another one. */
static void
keep_most_specific(struct findings *findings)
{
	int first = -1, place;
	size_t i, kept = 0;

	for (i = 0; i < findings->count; i++) {
		place = place_now(&findings->list[i]);
		if (place != -1 && (first == -1 || place < first))
			first = place;
	}
	for (i = 0; i < findings->count; i++) {
		place = place_now(&findings->list[i]);
		if (place == -1 || place == first)
			findings->list[kept++] = findings->list[i];
	}
	findings->count = kept;
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
		judging.limit = limit_for(&judging, &facts);
		if (judging.limit == LIMIT_OFF)
			continue;
		if (has_evidence(&rules[i], analysis))
			rules[i].judge(&judging);
		else
			findings->not_judged[findings->nnot_judged++] = rules[i].slug;
	}
	keep_most_specific(findings);
}
