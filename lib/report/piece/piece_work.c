/* piece_work.c: a ticket of the worklist as a line of a piece */
#include <string.h>

#include "report/piece/piece_text.h"
#include "time/instant.h"

enum work_text {
	WORK_SOURCE,
	WORK_ID,
	WORK_TITLE,
	WORK_CLIENT,
	WORK_OWNER,
	WORK_TEAM,
	WORK_RULE,
	WORK_ACTION,
	WORK_WHAT,
	WORK_WHY,
	WORK_TEXTS
};

static const char *const text_names[WORK_TEXTS] = {
    "source", "id", "title", "client", "owner", "team", "rule", "action", "what", "why"};

enum work_number {
	WORK_LOSS,
	WORK_BY,
	WORK_STATE,
	WORK_PRIORITY,
	WORK_OWNER_KNOWN,
	WORK_TEAM_KNOWN,
	WORK_CAUSE,
	WORK_PROBABILITY,
	WORK_METRIC,
	WORK_OVERDUE,
	WORK_AT_RISK,
	WORK_FINDINGS,
	WORK_NUMBERS
};

/* Enumerations have a largest value; INT64_MAX is any number. */
static const struct {
	const char *name;
	int64_t least, most;
} numbers[WORK_NUMBERS] = {
    [WORK_LOSS] = {"loss", INT64_MIN, INT64_MAX},
    [WORK_BY] = {"by", INT64_MIN, INT64_MAX},
    [WORK_STATE] = {"state", 0, STATES - 1},
    [WORK_PRIORITY] = {"priority", 0, PRIORITIES - 1},
    [WORK_OWNER_KNOWN] = {"owner_known", 0, KNOWN_NAME},
    [WORK_TEAM_KNOWN] = {"team_known", 0, KNOWN_NAME},
    [WORK_CAUSE] = {"cause", 0, CAUSES},
    [WORK_PROBABILITY] = {"probability", -1, 1000},
    [WORK_METRIC] = {"metric", 0, METRICS - 1},
    [WORK_OVERDUE] = {"overdue", 0, 1},
    [WORK_AT_RISK] = {"at_risk", 0, 1},
    [WORK_FINDINGS] = {"findings", 0, INT64_MAX},
};

/* A span is an array: from, to, cause, clock, holder. */
static void
put_lane(struct json_writer *w, const struct lane *lane)
{
	const struct lane_span *span;
	size_t i;

	jsonw_i64(w, "cut", lane->cut);
	jsonw_open(w, "spans", '[');
	for (i = 0; i < lane->nspans; i++) {
		span = &lane->spans[i];
		jsonw_open(w, NULL, '[');
		jsonw_i64(w, NULL, span->from);
		jsonw_i64(w, NULL, span->to);
		jsonw_text(w, NULL, cause_word(span->cause));
		jsonw_text(w, NULL, lane_clock_word(span->clock));
		jsonw_text(w, NULL, span->holder);
		jsonw_close(w, ']');
	}
	jsonw_close(w, ']');
}

static bool
get_span(struct lane_span *span, const struct json *value)
{
	const struct json *to = json_next(json_first(value)), *cause = json_next(to);
	const struct json *clock = json_next(cause), *holder = json_next(clock);
	int word = CAUSE_OWNED;

	while (word < CAUSES && !text_same(cause_word((enum cause)word), json_text(cause)))
		word++;
	span->cause = (enum cause)word;
	span->clock = lane_clock_of(json_text(clock));
	span->holder = json_text(holder);
	return json_i64(json_first(value), &span->from) && json_i64(to, &span->to) &&
	    span->from < span->to && instant_in_range(span->from) && instant_in_range(span->to) &&
	    word < CAUSES && span->clock < LANE_CLOCKS && holder != NULL;
}

/* Spans go forward; there are no more than a lane may have. */
static bool
get_lane(struct lane *lane, const struct json *value, struct arena *arena)
{
	const struct json *one;
	struct lane_span *span;

	*lane = (struct lane){.spans = NULL};
	if (json_get(value, "spans") == NULL)
		return true;
	lane->spans = arena_alloc(arena, LANE_SPANS * sizeof(*lane->spans));
	for (one = json_first(json_get(value, "spans")); one != NULL; one = json_next(one)) {
		span = &lane->spans[lane->nspans];
		if (lane->nspans == LANE_SPANS || !get_span(span, one) ||
		    (lane->nspans > 0 && span->from < span[-1].to))
			return false;
		lane->nspans++;
	}
	return lane->nspans > 0 && json_i64(json_get(value, "cut"), &lane->cut) && lane->cut >= 0;
}

void
piece_put_work(struct buf *out, const struct work *work)
{
	const char *const texts[WORK_TEXTS] = {work->source, work->id, work->title, work->client,
	    work->owner, work->team, work->rule, work->action, work->what, work->why};
	const int64_t values[WORK_NUMBERS] = {work->loss, work->by, (int64_t)work->state,
	    (int64_t)work->priority, (int64_t)work->owner_known, (int64_t)work->team_known,
	    (int64_t)work->cause, work->probability, (int64_t)work->metric, work->overdue,
	    work->at_risk, work->findings};
	struct json_writer w = json_writer_to(out);
	int i;

	jsonw_open(&w, NULL, '{');
	jsonw_open(&w, "work", '{');
	for (i = 0; i < WORK_NUMBERS; i++)
		piece_put_number(&w, numbers[i].name, values[i]);
	for (i = 0; i < WORK_TEXTS; i++)
		if (texts[i] != NULL)
			jsonw_text(&w, text_names[i], texts[i]);
	if (work->lane.nspans > 0)
		put_lane(&w, &work->lane);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
}

const char *
piece_get_work(struct work *work, const struct json *value, struct arena *arena)
{
	const char *texts[WORK_TEXTS];
	struct lane lane;
	int64_t n[WORK_NUMBERS];
	int i;

	for (i = 0; i < WORK_NUMBERS; i++)
		if (!piece_get_number(json_get(value, numbers[i].name), &n[i]) ||
		    n[i] < numbers[i].least || n[i] > numbers[i].most)
			return "a ticket of the worklist with a number that is none";
	for (i = 0; i < WORK_TEXTS; i++)
		texts[i] = json_text(json_get(value, text_names[i]));
	if (texts[WORK_SOURCE] == NULL || texts[WORK_ID] == NULL || texts[WORK_ACTION] == NULL ||
	    texts[WORK_WHAT] == NULL || texts[WORK_WHY] == NULL ||
	    (n[WORK_OWNER_KNOWN] == KNOWN_NAME) != (texts[WORK_OWNER] != NULL) ||
	    (n[WORK_TEAM_KNOWN] == KNOWN_NAME) != (texts[WORK_TEAM] != NULL))
		return "a ticket of the worklist that lacks something";
	if (!get_lane(&lane, value, arena))
		return "a ticket of the worklist with a history that is none";
	*work = (struct work){.loss = n[WORK_LOSS],
	    .by = n[WORK_BY],
	    .source = texts[WORK_SOURCE],
	    .id = texts[WORK_ID],
	    .title = texts[WORK_TITLE],
	    .client = texts[WORK_CLIENT],
	    .owner = texts[WORK_OWNER],
	    .team = texts[WORK_TEAM],
	    .why = texts[WORK_WHY],
	    .rule = texts[WORK_RULE],
	    .action = texts[WORK_ACTION],
	    .what = texts[WORK_WHAT],
	    .state = (enum state)n[WORK_STATE],
	    .priority = (enum priority)n[WORK_PRIORITY],
	    .owner_known = (enum known)n[WORK_OWNER_KNOWN],
	    .team_known = (enum known)n[WORK_TEAM_KNOWN],
	    .cause = (enum cause)n[WORK_CAUSE],
	    .probability = n[WORK_PROBABILITY],
	    .metric = (enum metric)n[WORK_METRIC],
	    .overdue = n[WORK_OVERDUE] != 0,
	    .at_risk = n[WORK_AT_RISK] != 0,
	    .findings = n[WORK_FINDINGS],
	    .lane = lane};
	return NULL;
}
