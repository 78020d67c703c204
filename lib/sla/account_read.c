/* account_read.c: the account's members of `ownership`, from JSON */
#include "sla/account_json.h"

#include "time/instant.h"

static const char *
response_text(int value)
{
	return response_word((enum response)value);
}

static const char *
escalation_text(int value)
{
	return escalation_word((enum escalation_how)value);
}

static bool
is_object(const struct json *value)
{
	return json_type(value) == JSON_OBJECT;
}

static enum response
read_grade(const struct json *object, const char *key)
{
	return (enum response)record_read_word(
	    object, key, response_text, RESPONSE_HUMAN + 1, RESPONSE_NONE);
}

static void
read_response(struct communication *communication, const struct json *object, struct arena *arena)
{
	const struct json *one = json_get(object, "first_response");

	communication->response_known = is_object(one);
	communication->grade = read_grade(one, "grade");
	communication->response_at = record_read_instant(one, "at");
	communication->response_by = record_read_text(one, "by", arena);
}

static void
read_speakers(struct communication *communication, const struct json *object, struct arena *arena)
{
	const struct json *list = json_get(object, "speakers"), *one;
	struct speaker *speaker;

	communication->speakers =
	    arena_calloc(arena, json_count(list) + 1, sizeof(*communication->speakers));
	for (one = json_first(list); one != NULL; one = json_next(one)) {
		speaker = &communication->speakers[communication->nspeakers++];
		*speaker = (struct speaker){record_read_text(one, "name", arena),
		    record_read_count(one, "messages"), record_read_known(one, "as_owner")};
	}
}

static struct gap_lengths
read_spread(const struct json *object, const char *key)
{
	const struct json *one = json_get(object, key);

	return (struct gap_lengths){record_read_known(one, "p50"), record_read_known(one, "p90"),
	    record_read_known(one, "max")};
}

static void
read_silences(struct communication *communication, const struct json *gaps)
{
	communication->gaps = record_read_count(gaps, "count");
	communication->working = read_spread(gaps, "working");
	communication->elapsed = read_spread(gaps, "elapsed");
	communication->silent_since = record_read_instant(gaps, "since");
}

static void
read_waits(struct communication *communication, const struct json *unanswered)
{
	communication->unanswered = record_read_count(unanswered, "messages");
	communication->unanswered_since = record_read_instant(unanswered, "since");
	communication->unanswered_left = record_read_count(unanswered, "left");
	communication->longest_wait = record_read_known(unanswered, "longest");
}

static void
read_promises(struct communication *communication, const struct json *promises)
{
	communication->promises_known = is_object(promises);
	communication->kept = record_read_count(promises, "kept");
	communication->missed = record_read_count(promises, "missed");
	communication->open = record_read_count(promises, "open");
	communication->next_promise = record_read_instant(promises, "next");
}

static void
read_communication(
    struct communication *communication, const struct json *object, struct arena *arena)
{
	const struct json *one = json_get(object, "communication");

	read_response(communication, object, arena);
	communication->known = is_object(one);
	communication->best = read_grade(one, "best");
	communication->human_at = record_read_instant(one, "human_at");
	communication->messages = record_read_count(one, "messages");
	communication->spoken_by_owner = record_read_known(one, "spoken_by_owner");
	read_speakers(communication, one, arena);
	read_silences(communication, json_get(one, "gaps"));
	read_waits(communication, json_get(one, "unanswered"));
	read_promises(communication, json_get(one, "promises"));
}

static void
read_concentration(struct concentration *concentration, const struct json *one, struct arena *arena)
{
	*concentration = (struct concentration){is_object(one), record_read_count(one, "people"),
	    record_read_count(one, "acts"), record_read_text(one, "top", arena),
	    record_read_count(one, "top_acts"), record_read_count(one, "share"),
	    record_read_count(one, "entropy")};
}

static struct effort
read_effort(const struct json *object, const char *key)
{
	const struct json *one = json_get(object, key);

	return (struct effort){
	    record_read_known(one, "seconds"), record_read_known(one, "touches")};
}

static void
read_rework(struct rework *rework, const struct json *one)
{
	*rework = (struct rework){is_object(one), read_effort(one, "all"),
	    read_effort(one, "resolved"), read_effort(one, "returned"),
	    read_effort(one, "breached"), read_effort(one, "any")};
}

static void
read_attribution(struct attribution *attribution, const struct json *one)
{
	int i;

	*attribution = (struct attribution){.known = is_object(one)};
	for (i = 0; i < WHEREABOUTS; i++)
		attribution->seconds[i] =
		    record_read_count(one, whereabouts_word((enum whereabouts)i));
	attribution->acceptance_known =
	    record_read_known(one, whereabouts_word(WENT_NOT_ACCEPTED)) >= 0;
}

void
account_from_json(struct ownership *ownership, const struct json *object, struct arena *arena)
{
	const struct json *escalation = json_get(object, "escalation");

	read_communication(&ownership->communication, object, arena);
	read_concentration(&ownership->concentration, json_get(object, "concentration"), arena);
	read_rework(&ownership->rework, json_get(object, "rework"));
	read_attribution(&ownership->attribution, json_get(object, "attribution"));
	ownership->escalation = (struct escalation){
	    (enum escalation_how)record_read_word(
		escalation, "how", escalation_text, ESCALATION_PRIORITY + 1, ESCALATION_NONE),
	    record_read_instant(escalation, "at"), record_read_known(escalation, "budget_used")};
}
