/* ownership.c: the member `ownership`, from an analysis and to JSON */
#include "sla/ownership.h"

#include "sla/account_json.h"
#include "time/instant.h"

static void
sum_orphans(struct ownership *ownership, const struct ledger *ledger)
{
	const struct orphan *one;
	int64_t worked;
	size_t i;

	ownership->orphan_since = INSTANT_NONE;
	for (i = 0; i < ledger->norphans; i++) {
		one = &ledger->orphans[i];
		worked = calendar_between(ledger->calendar, one->from, one->to);
		ownership->orphan_total += worked;
		if (worked > ownership->orphan_longest)
			ownership->orphan_longest = worked;
		if (one->open)
			ownership->orphan_since = one->from;
	}
}

static int64_t
owner_since(const struct timeline *timeline)
{
	const char *owner = timeline->now.owner;
	size_t i = timeline->nspans;

	if (owner == NULL)
		return INSTANT_NONE;
	while (i > 0 && text_same(timeline->spans[i - 1].owner, owner))
		i--;
	return i < timeline->nspans ? timeline->spans[i].from : timeline->as_of;
}

void
ownership_of(
    struct ownership *ownership, const struct analysis *analysis, const struct findings *findings)
{
	const struct ledger *ledger = &analysis->ledger;
	const struct account *account = &analysis->account;
	const struct ticket *ticket = analysis->ticket;

	*ownership = (struct ownership){.life = analysis->timeline.life,
	    .cause = ledger_cause_now(&analysis->timeline, analysis->policy),
	    .owner_since = owner_since(&analysis->timeline),
	    .owner_changes = ticket_has(ticket, EVIDENCE_OWNER) ? ledger->owner_changes : -1,
	    .team_changes = ticket_has(ticket, EVIDENCE_TEAM) ? ledger->team_changes : -1,
	    .owner_returns = ledger->owner_returns,
	    .team_returns = ledger->team_returns,
	    .handoffs = ledger->handoffs,
	    .nhandoffs = ledger->nhandoffs,
	    .holdings = ledger->holdings,
	    .nholdings = ledger->nholdings,
	    .communication = account->communication,
	    .concentration = account->concentration,
	    .rework = account->rework,
	    .attribution = account->attribution,
	    .escalation = account->escalation,
	    .judged = findings != NULL};
	record_head_of(&ownership->head, analysis);
	memcpy(ownership->causes, ledger->causes, sizeof(ownership->causes));
	sum_orphans(ownership, ledger);
	if (findings != NULL)
		ownership->findings = *findings;
}

static void
write_causes(struct json_writer *w, const struct ownership *ownership)
{
	int i;

	jsonw_open(w, "causes", '{');
	for (i = 0; i < CAUSES; i++)
		jsonw_i64(w, cause_word((enum cause)i), ownership->causes[i]);
	jsonw_close(w, '}');
	jsonw_open(w, "orphan", '{');
	jsonw_i64(w, "total", ownership->orphan_total);
	jsonw_i64(w, "longest", ownership->orphan_longest);
	record_instant(w, "since", ownership->orphan_since);
	jsonw_close(w, '}');
}

static void
write_returns(
    struct json_writer *w, const char *key, int64_t changes, const struct returns *returns)
{
	if (changes < 0) {
		jsonw_null(w, key);
		return;
	}
	jsonw_open(w, key, '{');
	jsonw_i64(w, "changes", changes);
	jsonw_i64(w, "direct", returns->direct);
	jsonw_i64(w, "indirect", returns->indirect);
	jsonw_close(w, '}');
}

static void
write_holder(struct json_writer *w, const char *key, const struct holder *holder)
{
	jsonw_open(w, key, '{');
	jsonw_text(w, "owner", holder->owner);
	jsonw_text(w, "team", holder->team);
	jsonw_close(w, '}');
}

static void
write_truth(struct json_writer *w, const char *key, int truth)
{
	if (truth < 0)
		jsonw_null(w, key);
	else
		jsonw_bool(w, key, truth != 0);
}

static void
write_handoff(struct json_writer *w, const struct handoff *handoff)
{
	jsonw_open(w, NULL, '{');
	record_instant(w, "at", handoff->at);
	if (handoff->after != INSTANT_NONE)
		record_instant(w, "after", handoff->after);
	write_holder(w, "from", &handoff->from);
	write_holder(w, "to", &handoff->to);
	jsonw_word(w, "kind", handoff_word(handoff->kind));
	jsonw_word(w, "direction", direction_word(handoff->direction));
	jsonw_i64(w, "held", handoff->held);
	write_truth(w, "idle", handoff->idle);
	record_known(w, "budget_used", handoff->budget_used);
	jsonw_word(w, "acceptance", acceptance_word(handoff->acceptance));
	record_known(w, "accepted_in", handoff->accepted_in);
	record_known(w, "waited", handoff->waited);
	record_known(w, "added", handoff->added);
	jsonw_word(w, "person_return", return_word(handoff->person_return));
	jsonw_word(w, "team_return", return_word(handoff->team_return));
	jsonw_close(w, '}');
}

static void
write_handoffs(struct json_writer *w, const struct ownership *ownership)
{
	size_t i;

	jsonw_open(w, "handoffs", '[');
	for (i = 0; i < ownership->nhandoffs; i++)
		write_handoff(w, &ownership->handoffs[i]);
	jsonw_close(w, ']');
}

static void
write_holdings(struct json_writer *w, const struct ownership *ownership)
{
	const struct holding *one;
	size_t i;

	jsonw_open(w, "holders", '[');
	for (i = 0; i < ownership->nholdings; i++) {
		one = &ownership->holdings[i];
		jsonw_open(w, NULL, '{');
		jsonw_text(w, "owner", one->holder.owner);
		jsonw_text(w, "team", one->holder.team);
		if (!one->known)
			jsonw_bool(w, "known", false);
		jsonw_i64(w, "seconds", one->seconds);
		record_known(w, "worked", one->worked);
		record_known(w, "share", one->share);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

static void
write_finding(struct json_writer *w, const struct finding *finding)
{
	size_t i;

	jsonw_open(w, NULL, '{');
	jsonw_word(w, "rule", finding->rule);
	jsonw_word(w, "severity", severity_word(finding->severity));
	record_instant(w, "since", finding->since);
	jsonw_text(w, "who", finding->who);
	jsonw_open(w, "evidence", '[');
	for (i = 0; i < finding->nevidence; i++)
		record_instant(w, NULL, finding->evidence[i]);
	jsonw_close(w, ']');
	jsonw_text(w, "text", finding->text);
	jsonw_close(w, '}');
}

static void
write_findings(struct json_writer *w, const struct ownership *ownership)
{
	size_t i;

	if (!ownership->judged)
		return;
	jsonw_open(w, "findings", '[');
	for (i = 0; i < ownership->findings.count; i++)
		write_finding(w, &ownership->findings.list[i]);
	jsonw_close(w, ']');
	jsonw_open(w, "not_judged", '[');
	for (i = 0; i < ownership->findings.nnot_judged; i++)
		jsonw_word(w, NULL, ownership->findings.not_judged[i]);
	jsonw_close(w, ']');
}

void
ownership_to_json(const struct ownership *ownership, struct buf *out)
{
	struct json_writer w = json_writer_to(out);

	jsonw_open(&w, NULL, '{');
	record_head_to_json(&ownership->head, &w);
	jsonw_word(&w, "cause", cause_word(ownership->cause));
	record_instant(&w, "owner_since", ownership->owner_since);
	jsonw_i64(&w, "life", ownership->life);
	write_causes(&w, ownership);
	write_returns(&w, "owners", ownership->owner_changes, &ownership->owner_returns);
	write_returns(&w, "teams", ownership->team_changes, &ownership->team_returns);
	write_handoffs(&w, ownership);
	write_holdings(&w, ownership);
	account_to_json(ownership, &w);
	write_findings(&w, ownership);
	jsonw_close(&w, '}');
}
