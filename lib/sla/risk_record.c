/* risk_record.c: the member `risk`, from an analysis, to JSON and back */
#include "sla/risk_record.h"

#include "time/instant.h"

static void
clock_of(struct risk_clock *out, const struct analysis *analysis, enum metric metric,
    struct arena *arena)
{
	const struct clock *clock = &analysis->clocks[metric];

	*out = (struct risk_clock){.state = clock->state,
	    .verdict = {-1, -1, INSTANT_NONE, DIFFERENCE_NONE},
	    .outlook = {.probability = -1}};
	if (clock->state == CLOCK_NONE)
		return;
	out->from_psa = clock->from_psa;
	out->target = clock->target_name;
	out->calendar = clock->calendar_name;
	out->allowed = clock->allowed;
	out->elapsed = clock->elapsed;
	out->paused = clock->paused;
	out->remaining = clock_remaining(clock);
	out->due = clock->due;
	out->breached = clock->breached;
	out->stopped = clock->stopped;
	out->cycles = clock->cycles;
	out->missed = clock->missed;
	verdict_find(&out->verdict, analysis, metric, arena);
}

void
risk_of(struct risk *risk, const struct analysis *analysis, const struct stall_table *table,
    struct arena *arena)
{
	int metric;

	*risk = (struct risk){.exclusion = analysis->exclusion,
	    .age = analysis->timeline.life,
	    .progress_at = analysis->progress.last,
	    .activity_at = analysis->progress.last_activity};
	record_head_of(&risk->head, analysis);
	stall_find(
	    &risk->stall, &analysis->timeline, &analysis->ledger, analysis->policy, table, arena);
	for (metric = 1; metric < METRICS; metric++)
		clock_of(&risk->clocks[metric], analysis, (enum metric)metric, arena);
}

static void
write_yes_no(struct json_writer *w, const char *key, int verdict)
{
	if (verdict < 0)
		jsonw_null(w, key);
	else
		jsonw_bool(w, key, verdict == 1);
}

static void
write_outlook(struct json_writer *w, const struct outlook *outlook)
{
	size_t i;

	record_known(w, "probability", outlook->probability);
	jsonw_open(w, "reasons", '[');
	for (i = 0; i < outlook->nreasons; i++)
		jsonw_text(w, NULL, outlook->reasons[i]);
	jsonw_close(w, ']');
}

static void
write_clock(struct json_writer *w, enum metric metric, const struct risk_clock *clock)
{
	jsonw_open(w, word_of(WORDS_METRIC, (int)metric), '{');
	jsonw_text(w, "state", clock_state_word(clock->state));
	jsonw_text(w, "by", clock->from_psa ? "psa" : "policy");
	jsonw_text(w, "name", clock->target);
	jsonw_text(w, "calendar", clock->calendar);
	jsonw_i64(w, "target", clock->allowed);
	if (clock->state == CLOCK_UNKNOWN) {
		/* What cannot be judged has no numbers that look as if it were. */
		write_yes_no(w, "psa_met", clock->verdict.says);
		jsonw_close(w, '}');
		return;
	}
	jsonw_i64(w, "elapsed", clock->elapsed);
	jsonw_i64(w, "paused", clock->paused);
	jsonw_i64(w, "remaining", clock->remaining);
	record_instant(w, "due", clock->due);
	record_instant(w, "breached", clock->breached);
	record_instant(w, "stopped", clock->stopped);
	jsonw_i64(w, "cycles", clock->cycles);
	jsonw_i64(w, "missed", clock->missed);
	write_yes_no(w, "psa_met", clock->verdict.says);
	record_instant(w, "psa_due", clock->verdict.due);
	write_yes_no(w, "agrees", clock->verdict.agrees);
	jsonw_text(w, "why", difference_word(clock->verdict.why));
	write_outlook(w, &clock->outlook);
	jsonw_close(w, '}');
}

static void
write_stall(struct json_writer *w, const struct stall *stall)
{
	const struct stall_threshold *threshold = &stall->threshold;

	if (!stall->known) {
		jsonw_null(w, "stall");
		return;
	}
	jsonw_open(w, "stall", '{');
	record_instant(w, "since", stall->since);
	record_instant(w, "expected_by", stall->expected);
	jsonw_i64(w, "rested", stall->rested);
	record_known(w, "threshold", threshold->seconds < INT64_MAX ? threshold->seconds : -1);
	jsonw_text(w, "level", stall_level_word(threshold->level));
	jsonw_i64(w, "dwells", threshold->dwells);
	jsonw_text(w, "held", stall_hold_word(stall->hold));
	jsonw_text(w, "mover", mover_word(stall->mover));
	jsonw_text(w, "who", stall->who);
	jsonw_close(w, '}');
}

static void
write_finish(struct json_writer *w, const struct expected_finish *finish)
{
	if (!finish->known) {
		jsonw_null(w, "finish");
		return;
	}
	jsonw_open(w, "finish", '{');
	record_instant(w, "p50", finish->p50);
	record_instant(w, "p90", finish->p90);
	jsonw_close(w, '}');
}

void
risk_to_json(const struct risk *risk, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	int metric;

	jsonw_open(&w, NULL, '{');
	record_head_to_json(&risk->head, &w);
	jsonw_text(&w, "excluded", exclusion_word(risk->exclusion));
	jsonw_i64(&w, "age", risk->age);
	record_instant(&w, "progress_at", risk->progress_at);
	record_instant(&w, "activity_at", risk->activity_at);
	write_stall(&w, &risk->stall);
	write_finish(&w, &risk->finish);
	jsonw_open(&w, "clocks", '{');
	for (metric = 1; metric < METRICS; metric++)
		if (risk->clocks[metric].state != CLOCK_NONE)
			write_clock(&w, (enum metric)metric, &risk->clocks[metric]);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
}

static int
read_yes_no(const struct json *object, const char *key)
{
	const struct json *value = json_get(object, key);

	return json_type(value) == JSON_BOOL ? (int)json_bool(value, false) : -1;
}

static enum difference
read_difference(const struct json *object)
{
	const char *text = json_text(json_get(object, "why"));
	int i;

	for (i = DIFFERENCE_EDITED_DUE; i <= DIFFERENCE_UNKNOWN; i++)
		if (text_same(difference_word((enum difference)i), text))
			return (enum difference)i;
	return DIFFERENCE_NONE;
}

static enum clock_state
read_state(const struct json *object)
{
	const char *text = json_text(json_get(object, "state"));
	int i;

	for (i = CLOCK_RUNNING; i <= CLOCK_UNKNOWN; i++)
		if (text_same(clock_state_word((enum clock_state)i), text))
			return (enum clock_state)i;
	return CLOCK_NONE;
}

/* Zero where it is not there; may be negative. */
static int64_t
read_number(const struct json *object, const char *key)
{
	int64_t number = 0;

	json_i64(json_get(object, key), &number);
	return number;
}

static void
read_outlook(struct outlook *outlook, const struct json *object, struct arena *arena)
{
	const struct json *one = json_first(json_get(object, "reasons"));

	outlook->probability = record_read_known(object, "probability");
	for (; one != NULL && outlook->nreasons < RISK_REASONS; one = json_next(one))
		if (json_text(one) != NULL)
			outlook->reasons[outlook->nreasons++] = arena_textz(arena, json_text(one));
}

static void
read_clock(struct risk_clock *clock, const struct json *one, struct arena *arena)
{
	*clock = (struct risk_clock){.state = read_state(one),
	    .from_psa = text_same(json_text(json_get(one, "by")), "psa"),
	    .target = record_read_text(one, "name", arena),
	    .calendar = record_read_text(one, "calendar", arena),
	    .allowed = read_number(one, "target"),
	    .elapsed = read_number(one, "elapsed"),
	    .paused = read_number(one, "paused"),
	    .remaining = read_number(one, "remaining"),
	    .due = record_read_instant(one, "due"),
	    .breached = record_read_instant(one, "breached"),
	    .stopped = record_read_instant(one, "stopped"),
	    .cycles = (int)read_number(one, "cycles"),
	    .missed = (int)read_number(one, "missed"),
	    .verdict = {read_yes_no(one, "psa_met"), read_yes_no(one, "agrees"),
		record_read_instant(one, "psa_due"), read_difference(one)}};
	read_outlook(&clock->outlook, one, arena);
}

static enum exclusion
read_exclusion(const struct json *object)
{
	const char *text = json_text(json_get(object, "excluded"));
	int i;

	for (i = EXCLUDED_POLICY; i <= EXCLUDED_CHILD; i++)
		if (text_same(exclusion_word((enum exclusion)i), text))
			return (enum exclusion)i;
	return EXCLUDED_NOT;
}

/* The words' tables begin with the unknown, whose word is NULL: an absent member is that. */
static void
read_stall(struct stall *stall, const struct json *object, struct arena *arena)
{
	const char *level = json_text(json_get(object, "level"));
	const char *held = json_text(json_get(object, "held"));
	const char *mover = json_text(json_get(object, "mover"));
	struct stall_threshold *threshold = &stall->threshold;
	int i;

	*stall = (struct stall){.known = true,
	    .rested = read_number(object, "rested"),
	    .expected = record_read_instant(object, "expected_by"),
	    .since = record_read_instant(object, "since"),
	    .who = record_read_text(object, "who", arena)};
	threshold->seconds = record_read_known(object, "threshold");
	if (threshold->seconds == -1)
		threshold->seconds = INT64_MAX;
	threshold->dwells = read_number(object, "dwells");
	for (i = STALL_BY_DEFAULT; i < STALL_LEVELS; i++)
		if (text_same(level, stall_level_word((enum stall_level)i)))
			threshold->level = (enum stall_level)i;
	for (i = HOLD_NONE; i <= HOLD_SCHEDULE; i++)
		if (text_same(held, stall_hold_word((enum stall_hold)i)))
			stall->hold = (enum stall_hold)i;
	for (i = MOVER_UNKNOWN; i <= MOVER_NOBODY; i++)
		if (text_same(mover, mover_word((enum mover)i)))
			stall->mover = (enum mover)i;
}

bool
risk_from_json(struct risk *risk, struct slice text, struct arena *arena)
{
	const struct json *object = json_parse_scanned(arena, text), *one, *finish;
	int metric;

	*risk = (struct risk){0};
	if (json_type(object) != JSON_OBJECT)
		return false;
	record_head_from_json(&risk->head, object, arena);
	risk->exclusion = read_exclusion(object);
	risk->age = read_number(object, "age");
	risk->progress_at = record_read_instant(object, "progress_at");
	risk->activity_at = record_read_instant(object, "activity_at");
	risk->stall = (struct stall){.expected = INSTANT_NONE, .since = INSTANT_NONE};
	if (json_type(json_get(object, "stall")) == JSON_OBJECT)
		read_stall(&risk->stall, json_get(object, "stall"), arena);
	finish = json_get(object, "finish");
	risk->finish = (struct expected_finish){json_type(finish) == JSON_OBJECT,
	    record_read_instant(finish, "p50"), record_read_instant(finish, "p90")};
	for (one = json_first(json_get(object, "clocks")); one != NULL; one = json_next(one)) {
		metric = word_value(WORDS_METRIC, slice_z(json_key(one)));
		if (metric != 0)
			read_clock(&risk->clocks[metric], one, arena);
	}
	return risk->head.as_of != INSTANT_NONE;
}
