/* ownership_read.c: the member `ownership` from JSON */
#include "sla/ownership.h"

#include "sla/account_json.h"
#include "time/instant.h"

static const char *
cause_text(int value)
{
	return cause_word((enum cause)value);
}

static const char *
acceptance_text(int value)
{
	return acceptance_word((enum acceptance)value);
}

static const char *
return_text(int value)
{
	return return_word((enum return_kind)value);
}

static const char *
direction_text(int value)
{
	return direction_word((enum direction)value);
}

static const char *
kind_text(int value)
{
	return handoff_word((enum handoff_kind)value);
}

static void
read_causes(struct ownership *ownership, const struct json *object)
{
	const struct json *causes = json_get(object, "causes");
	const struct json *orphan = json_get(object, "orphan");
	int i;

	ownership->cause =
	    (enum cause)record_read_word(object, "cause", cause_text, CAUSES, CAUSES);
	for (i = 0; i < CAUSES; i++)
		ownership->causes[i] = record_read_count(causes, cause_word((enum cause)i));
	ownership->orphan_total = record_read_count(orphan, "total");
	ownership->orphan_longest = record_read_count(orphan, "longest");
	ownership->orphan_since = record_read_instant(orphan, "since");
}

static int64_t
read_returns(const struct json *object, const char *key, struct returns *returns)
{
	const struct json *one = json_get(object, key);

	returns->direct = record_read_count(one, "direct");
	returns->indirect = record_read_count(one, "indirect");
	return record_read_known(one, "changes");
}

static struct holder
read_holder(const struct json *object, struct arena *arena)
{
	return (struct holder){
	    record_read_text(object, "owner", arena), record_read_text(object, "team", arena)};
}

/* 1, 0, -1 for null. */
static int
read_truth(const struct json *object, const char *key)
{
	const struct json *value = json_get(object, key);

	return json_type(value) == JSON_BOOL ? json_bool(value, false) : -1;
}

static void
read_handoff(struct handoff *handoff, const struct json *one, struct arena *arena)
{
	*handoff = (struct handoff){.at = record_read_instant(one, "at"),
	    .after = record_read_instant(one, "after"),
	    .from = read_holder(json_get(one, "from"), arena),
	    .to = read_holder(json_get(one, "to"), arena),
	    .kind = (enum handoff_kind)record_read_word(one, "kind", kind_text, 3, HANDOFF_PERSON),
	    .direction = (enum direction)record_read_word(
		one, "direction", direction_text, 4, DIRECTION_UNKNOWN),
	    .idle = read_truth(one, "idle"),
	    .held = record_read_count(one, "held"),
	    .budget_used = record_read_known(one, "budget_used"),
	    .acceptance = (enum acceptance)record_read_word(
		one, "acceptance", acceptance_text, 4, ACCEPTANCE_UNKNOWN),
	    .accepted_in = record_read_known(one, "accepted_in"),
	    .waited = record_read_known(one, "waited"),
	    .until = INSTANT_NONE,
	    .added = record_read_known(one, "added"),
	    .person_return = (enum return_kind)record_read_word(
		one, "person_return", return_text, 3, RETURN_NONE),
	    .team_return = (enum return_kind)record_read_word(
		one, "team_return", return_text, 3, RETURN_NONE)};
}

static void
read_lists(struct ownership *ownership, const struct json *object, struct arena *arena)
{
	const struct json *handoffs = json_get(object, "handoffs");
	const struct json *holders = json_get(object, "holders"), *one;

	ownership->handoffs =
	    arena_calloc(arena, json_count(handoffs) + 1, sizeof(*ownership->handoffs));
	for (one = json_first(handoffs); one != NULL; one = json_next(one))
		read_handoff(&ownership->handoffs[ownership->nhandoffs++], one, arena);
	ownership->holdings =
	    arena_calloc(arena, json_count(holders) + 1, sizeof(*ownership->holdings));
	for (one = json_first(holders); one != NULL; one = json_next(one))
		ownership->holdings[ownership->nholdings++] =
		    (struct holding){read_holder(one, arena),
			json_bool(json_get(one, "known"), true), record_read_count(one, "seconds"),
			record_read_known(one, "worked"), record_read_known(one, "share")};
}

static void
read_finding(struct finding *finding, const struct json *one, struct arena *arena)
{
	const struct json *evidence;
	int64_t instant;

	*finding = (struct finding){.rule = record_read_text(one, "rule", arena),
	    .severity = severity_of(json_text(json_get(one, "severity"))),
	    .since = record_read_instant(one, "since"),
	    .who = record_read_text(one, "who", arena),
	    .text = record_read_text(one, "text", arena)};
	for (evidence = json_first(json_get(one, "evidence"));
	     evidence != NULL && finding->nevidence < FINDING_EVIDENCE;
	     evidence = json_next(evidence))
		if (json_text(evidence) != NULL &&
		    instant_parse(slice_z(json_text(evidence)), &instant))
			finding->evidence[finding->nevidence++] = instant;
}

static void
read_findings(struct ownership *ownership, const struct json *object, struct arena *arena)
{
	const struct json *list = json_get(object, "findings");
	const struct json *not_judged = json_get(object, "not_judged"), *one;
	struct findings *findings = &ownership->findings;

	ownership->judged = json_type(list) == JSON_ARRAY;
	findings->list = arena_calloc(arena, json_count(list) + 1, sizeof(*findings->list));
	for (one = json_first(list); one != NULL; one = json_next(one))
		read_finding(&findings->list[findings->count++], one, arena);
	findings->not_judged =
	    arena_calloc(arena, json_count(not_judged) + 1, sizeof(*findings->not_judged));
	for (one = json_first(not_judged); one != NULL; one = json_next(one))
		if (json_text(one) != NULL)
			findings->not_judged[findings->nnot_judged++] =
			    arena_textz(arena, json_text(one));
}

bool
ownership_from_json(struct ownership *ownership, struct slice text, struct arena *arena)
{
	const struct json *object = json_parse_scanned(arena, text);

	*ownership = (struct ownership){0};
	if (json_type(object) != JSON_OBJECT)
		return false;
	record_head_from_json(&ownership->head, object, arena);
	ownership->owner_since = record_read_instant(object, "owner_since");
	ownership->life = record_read_count(object, "life");
	read_causes(ownership, object);
	ownership->owner_changes = read_returns(object, "owners", &ownership->owner_returns);
	ownership->team_changes = read_returns(object, "teams", &ownership->team_returns);
	read_lists(ownership, object, arena);
	account_from_json(ownership, object, arena);
	read_findings(ownership, object, arena);
	return ownership->head.as_of != INSTANT_NONE;
}
