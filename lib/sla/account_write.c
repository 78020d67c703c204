/* account_write.c: the account's members of `ownership`, to JSON */
#include "sla/account_json.h"

#include "time/instant.h"

static void
write_response(struct json_writer *w, const struct communication *communication)
{
	if (!communication->response_known) {
		jsonw_null(w, "first_response");
		return;
	}
	jsonw_open(w, "first_response", '{');
	jsonw_word(w, "grade", response_word(communication->grade));
	record_instant(w, "at", communication->response_at);
	jsonw_text(w, "by", communication->response_by);
	jsonw_close(w, '}');
}

static void
write_speakers(struct json_writer *w, const struct communication *communication)
{
	const struct speaker *one;
	size_t i;

	jsonw_open(w, "speakers", '[');
	for (i = 0; i < communication->nspeakers; i++) {
		one = &communication->speakers[i];
		jsonw_open(w, NULL, '{');
		jsonw_text(w, "name", one->name);
		jsonw_i64(w, "messages", one->messages);
		record_known(w, "as_owner", one->as_owner);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

static void
write_spread(struct json_writer *w, const char *key, const struct gap_lengths *spread)
{
	if (spread->max < 0) {
		jsonw_null(w, key);
		return;
	}
	jsonw_open(w, key, '{');
	jsonw_i64(w, "p50", spread->p50);
	jsonw_i64(w, "p90", spread->p90);
	jsonw_i64(w, "max", spread->max);
	jsonw_close(w, '}');
}

static void
write_silences(struct json_writer *w, const struct communication *communication)
{
	jsonw_open(w, "gaps", '{');
	jsonw_i64(w, "count", communication->gaps);
	write_spread(w, "working", &communication->working);
	write_spread(w, "elapsed", &communication->elapsed);
	record_instant(w, "since", communication->silent_since);
	jsonw_close(w, '}');
}

static void
write_waits(struct json_writer *w, const struct communication *communication)
{
	jsonw_open(w, "unanswered", '{');
	jsonw_i64(w, "messages", communication->unanswered);
	record_instant(w, "since", communication->unanswered_since);
	jsonw_i64(w, "left", communication->unanswered_left);
	record_known(w, "longest", communication->longest_wait);
	jsonw_close(w, '}');
}

static void
write_promises(struct json_writer *w, const struct communication *communication)
{
	if (!communication->promises_known) {
		jsonw_null(w, "promises");
		return;
	}
	jsonw_open(w, "promises", '{');
	jsonw_i64(w, "kept", communication->kept);
	jsonw_i64(w, "missed", communication->missed);
	jsonw_i64(w, "open", communication->open);
	record_instant(w, "next", communication->next_promise);
	jsonw_close(w, '}');
}

static void
write_communication(struct json_writer *w, const struct communication *communication)
{
	write_response(w, communication);
	if (!communication->known) {
		jsonw_null(w, "communication");
		return;
	}
	jsonw_open(w, "communication", '{');
	jsonw_word(w, "best", response_word(communication->best));
	record_instant(w, "human_at", communication->human_at);
	jsonw_i64(w, "messages", communication->messages);
	record_known(w, "spoken_by_owner", communication->spoken_by_owner);
	write_speakers(w, communication);
	write_silences(w, communication);
	write_waits(w, communication);
	write_promises(w, communication);
	jsonw_close(w, '}');
}

static void
write_concentration(struct json_writer *w, const struct concentration *concentration)
{
	if (!concentration->known) {
		jsonw_null(w, "concentration");
		return;
	}
	jsonw_open(w, "concentration", '{');
	jsonw_i64(w, "people", concentration->people);
	jsonw_i64(w, "acts", concentration->acts);
	jsonw_text(w, "top", concentration->top);
	jsonw_i64(w, "top_acts", concentration->top_acts);
	jsonw_i64(w, "share", concentration->share);
	jsonw_i64(w, "entropy", concentration->entropy);
	jsonw_close(w, '}');
}

static void
write_effort(struct json_writer *w, const char *key, const struct effort *effort)
{
	if (effort->touches < 0) {
		jsonw_null(w, key);
		return;
	}
	jsonw_open(w, key, '{');
	jsonw_i64(w, "seconds", effort->seconds);
	jsonw_i64(w, "touches", effort->touches);
	jsonw_close(w, '}');
}

static void
write_rework(struct json_writer *w, const struct rework *rework)
{
	if (!rework->known) {
		jsonw_null(w, "rework");
		return;
	}
	jsonw_open(w, "rework", '{');
	write_effort(w, "all", &rework->all);
	write_effort(w, "resolved", &rework->resolved);
	write_effort(w, "returned", &rework->returned);
	write_effort(w, "breached", &rework->breached);
	write_effort(w, "any", &rework->any);
	jsonw_close(w, '}');
}

static void
write_attribution(struct json_writer *w, const struct attribution *attribution)
{
	int i;

	if (!attribution->known) {
		jsonw_null(w, "attribution");
		return;
	}
	jsonw_open(w, "attribution", '{');
	for (i = 0; i < WHEREABOUTS; i++)
		record_known(w, whereabouts_word((enum whereabouts)i),
		    i == WENT_NOT_ACCEPTED && !attribution->acceptance_known
			? -1
			: attribution->seconds[i]);
	jsonw_close(w, '}');
}

static void
write_escalation(struct json_writer *w, const struct escalation *escalation)
{
	if (escalation->how == ESCALATION_NONE) {
		jsonw_null(w, "escalation");
		return;
	}
	jsonw_open(w, "escalation", '{');
	jsonw_word(w, "how", escalation_word(escalation->how));
	record_instant(w, "at", escalation->at);
	record_known(w, "budget_used", escalation->budget_used);
	jsonw_close(w, '}');
}

void
account_to_json(const struct ownership *ownership, struct json_writer *w)
{
	write_communication(w, &ownership->communication);
	write_concentration(w, &ownership->concentration);
	write_rework(w, &ownership->rework);
	write_attribution(w, &ownership->attribution);
	write_escalation(w, &ownership->escalation);
}
