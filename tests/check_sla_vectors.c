/* check_sla_vectors.c: 230 clock vectors of a dozen products, each as a stream and a policy */
#include "base/buf.h"
#include "data/json.h"
#include "out/json_writer.h"
#include "sla/risk_record.h"
#include "tests/story.h"
#include "tests/support.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define VECTORS      "oracles/sla-clock/dev.jsonl"
#define VECTOR_COUNT 230
#define NO_TARGET    100000000 /* the source states elapsed time only */

static char *file;
static struct slice lines[VECTOR_COUNT + 1];
static int nlines;

static void
load(void)
{
	const char *path = shared_path(VECTORS);
	size_t n, start = 0, i;

	if (path == NULL || file != NULL)
		return;
	file = slurp(path, &n);
	for (i = 0; i < n && nlines <= VECTOR_COUNT; i++)
		if (file[i] == '\n') {
			lines[nlines++] = (struct slice){file + start, i - start};
			start = i + 1;
		}
}

static const char *
text(const struct json *object, const char *key)
{
	const char *value = json_text(json_get(object, key));

	return value != NULL ? value : "";
}

static bool
is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static const char *
metric_of(const struct json *vector)
{
	const char *metric = text(vector, "metric");

	if (is(metric, "next_reply"))
		return "next_response";
	return is(metric, "periodic_update") ? "update" : metric;
}

/* The vector's calendar as a policy's; "24x7" needs none. */
static void
write_calendar(struct json_writer *w, const struct json *calendar)
{
	const struct json *day, *hours, *one;
	char range[32];

	jsonw_open(w, "calendars", '{');
	if (json_type(calendar) == JSON_OBJECT) {
		jsonw_open(w, "c", '{');
		jsonw_text(w, "tz", text(calendar, "tz"));
		jsonw_open(w, "hours", '{');
		for (day = json_first(json_get(calendar, "hours")); day; day = json_next(day)) {
			jsonw_open(w, json_key(day), '[');
			for (hours = json_first(day); hours; hours = json_next(hours)) {
				one = json_first(hours);
				snprintf(range, sizeof(range), "%s-%s", json_text(one),
				    json_text(json_next(one)));
				jsonw_text(w, NULL, range);
			}
			jsonw_close(w, ']');
		}
		jsonw_close(w, '}');
		jsonw_open(w, "holidays", '[');
		for (one = json_first(json_get(calendar, "holidays")); one; one = json_next(one))
			jsonw_text(w, NULL, json_text(one));
		jsonw_close(w, ']');
		jsonw_close(w, '}');
	}
	jsonw_close(w, '}');
}

static void
write_target(struct json_writer *w, const struct json *vector, const char *priority,
    const struct json *seconds)
{
	bool always = json_type(json_get(vector, "calendar")) == JSON_TEXT;
	int64_t number = NO_TARGET;
	char duration[32];

	json_i64(seconds, &number);
	snprintf(duration, sizeof(duration), "%llds", (long long)number);
	jsonw_open(w, NULL, '{');
	if (priority != NULL) {
		jsonw_open(w, "match", '{');
		jsonw_text(w, "priority", priority);
		jsonw_close(w, '}');
	}
	jsonw_text(w, "calendar", always ? "24x7" : "c");
	jsonw_text(w, metric_of(vector), duration);
	jsonw_close(w, '}');
}

/* A product's own names of priorities, in the order of its targets. */
static const char *
priority_of(const struct json *vector, const char *name)
{
	static const char *const words[] = {"P1", "P2", "P3", "P4", "P5"};
	const struct json *one = json_first(json_get(vector, "targets_by_priority"));
	size_t i;

	for (i = 0; one != NULL && i < 5; i++, one = json_next(one))
		if (is(json_key(one), name))
			return words[i];
	return "P3";
}

static void
write_targets(struct json_writer *w, const struct json *vector)
{
	const struct json *one = json_first(json_get(vector, "targets_by_priority"));

	jsonw_open(w, "targets", '[');
	if (one == NULL)
		write_target(w, vector, NULL, json_get(vector, "target_seconds"));
	for (; one != NULL; one = json_next(one))
		write_target(w, vector, priority_of(vector, json_key(one)), one);
	jsonw_close(w, ']');
}

static void
write_conventions(struct json_writer *w, const struct json *vector)
{
	const struct json *given = json_get(vector, "convention");

	jsonw_open(w, "conventions", '{');
	jsonw_open(w, "pause", '{');
	jsonw_open(w, metric_of(vector), '[');
	jsonw_text(w, NULL, "on_hold");
	jsonw_close(w, ']');
	jsonw_close(w, '}');
	jsonw_text(
	    w, "first_response", is(text(given, "first_response"), "status") ? "status" : "public");
	if (is(text(given, "zero_target"), "first_business_moment"))
		jsonw_text(w, "zero_target", "first_business_instant");
	if (is(text(given, "boundary"), "next_interval_start"))
		jsonw_text(w, "deadline", "next_opening");
	if (is(text(given, "periodic_start"), "any_public_message"))
		jsonw_text(w, "update_restart", "any");
	jsonw_close(w, '}');
}

static void
make_policy(struct buf *out, const struct json *vector)
{
	struct json_writer w = json_writer_to(out);

	jsonw_open(&w, NULL, '{');
	write_calendar(&w, json_get(vector, "calendar"));
	write_targets(&w, vector);
	write_conventions(&w, vector);
	jsonw_close(&w, '}');
}

/* Two independent status fields at most; paused while any of them says so. */
struct fields {
	char names[2][32];
	bool paused[2];
	size_t n;
};

static bool
is_pause(const struct json *vector, const char *status)
{
	const struct json *one =
	    json_first(json_get(json_get(vector, "convention"), "pause_statuses"));

	for (; one != NULL; one = json_next(one))
		if (is(json_text(one), status))
			return true;
	return false;
}

static const char *
state_of(struct fields *fields, const struct json *vector, const char *field, const char *status)
{
	static const char *const ended[] = {
	    "closed", "Closed", "resolved", "Resolved", "solved", "Solved"};
	size_t i = 0;

	while (i < fields->n && !is(fields->names[i], field))
		i++;
	ck_assert_uint_lt(i, 2);
	if (i == fields->n)
		snprintf(fields->names[fields->n++], sizeof(fields->names[0]), "%s", field);
	fields->paused[i] = is_pause(vector, status);
	if (fields->paused[0] || fields->paused[1])
		return "on_hold";
	for (i = 0; i < sizeof(ended) / sizeof(ended[0]); i++)
		if (is(metric_of(vector), "resolve") && is(status, ended[i]))
			return "resolved";
	return "open";
}

static void
write_status(struct json_writer *w, const char *to, const char *state)
{
	jsonw_text(w, "kind", "status");
	jsonw_text(w, "from", "before");
	jsonw_text(w, "to", to);
	jsonw_text(w, "state", state);
	jsonw_close(w, '}');
}

static void
write_opened(struct json_writer *w, struct fields *fields, const struct json *vector,
    const struct json *event)
{
	const char *status = text(event, "status"), *state = "new";

	if (status[0] != '\0')
		state = state_of(fields, vector, "status", status);
	jsonw_text(w, "kind", "opened");
	jsonw_text(w, "state", is(state, "open") ? "new" : state);
	jsonw_close(w, '}');
	if (text(event, "priority")[0] == '\0')
		return;
	jsonw_open(w, NULL, '{');
	jsonw_text(w, "at", text(event, "at"));
	jsonw_text(w, "kind", "priority");
	jsonw_text(w, "to", priority_of(vector, text(event, "priority")));
	jsonw_close(w, '}');
}

static void
write_message(struct json_writer *w, const struct json *event, bool is_public)
{
	const char *from = text(event, "from");

	jsonw_text(w, "kind", "message");
	jsonw_text(w, "by", "somebody");
	jsonw_text(w, "role", from[0] != '\0' ? from : "agent");
	jsonw_text(w, "visibility", is_public ? "public" : "internal");
	jsonw_close(w, '}');
}

static void
write_change(struct json_writer *w, const char *kind, const char *to)
{
	jsonw_text(w, "kind", kind);
	jsonw_text(w, "to", to);
	jsonw_close(w, '}');
}

static void
write_event(struct json_writer *w, struct fields *fields, const struct json *vector,
    const struct json *event)
{
	const char *kind = text(event, "kind"), *field = text(event, "field");

	jsonw_open(w, NULL, '{');
	jsonw_text(w, "at", text(event, "at"));
	if (is(kind, "opened"))
		write_opened(w, fields, vector, event);
	else if (is(kind, "status"))
		write_status(w, text(event, "to"),
		    state_of(
			fields, vector, field[0] != '\0' ? field : "status", text(event, "to")));
	else if (is(kind, "reopened"))
		write_status(w, "open", "open");
	else if (is(kind, "assigned"))
		write_change(w, "owner", text(event, "to")[0] ? text(event, "to") : "somebody");
	else if (is(kind, "priority"))
		write_change(w, "priority", priority_of(vector, text(event, "to")));
	else if (is(kind, "message") || is(kind, "note"))
		write_message(
		    w, event, is(kind, "message") && json_bool(json_get(event, "public"), false));
	else
		write_status(w, kind, kind); /* resolved, closed */
}

/* Returns the last event's instant. */
static const char *
make_line(struct buf *out, const struct json *vector)
{
	const struct json *event = json_first(json_get(vector, "events"));
	struct json_writer w = json_writer_to(out);
	struct fields fields = {0};
	const char *last = "";

	buf_addz(out,
	    "{\"v\":1,\"source\":\"vector\",\"id\":\"1\",\"has\":[\"owner\",\"status\","
	    "\"priority\",\"message\",\"public\"],\"events\":");
	jsonw_open(&w, NULL, '[');
	for (; event != NULL; event = json_next(event)) {
		last = text(event, "at");
		write_event(&w, &fields, vector, event);
	}
	jsonw_close(&w, ']');
	buf_addc(out, '}');
	return last;
}

static void
expect_number(const struct json *vector, const char *key, int64_t got)
{
	int64_t want;

	if (json_i64(json_get(json_get(vector, "expect"), key), &want))
		ck_assert_msg(got == want, "%s: %s is %lld, not %lld", text(vector, "id"), key,
		    (long long)got, (long long)want);
}

static void
expect_instant(const struct json *vector, const char *key, int64_t got)
{
	const char *want = text(json_get(vector, "expect"), key);

	if (want[0] != '\0')
		ck_assert_msg(got == instant_of(want), "%s: %s is %lld, not %s", text(vector, "id"),
		    key, (long long)got, want);
}

START_TEST(test_vector)
{
	struct arena arena = {0};
	struct json_error error;
	struct buf policy = {0}, line = {0};
	const struct json *vector;
	const struct clock *clock;
	const char *as_of, *state;
	struct story story;
	struct risk risk;

	if (_i >= nlines) {
		skip_test("no " VECTORS);
		return;
	}
	vector = json_parse(&arena, lines[_i], &error);
	ck_assert_ptr_nonnull(vector);
	make_policy(&policy, vector);
	as_of = make_line(&line, vector);
	if (text(vector, "as_of")[0] != '\0')
		as_of = text(vector, "as_of");
	story_tell(&story, buf_z(&line), buf_z(&policy), as_of);
	risk_of(&risk, &story.analysis, NULL, &story.arena);
	clock = &story.analysis.clocks[word_value(WORDS_METRIC, slice_z(metric_of(vector)))];
	ck_assert_msg(clock->state != CLOCK_NONE, "%s: no clock", text(vector, "id"));
	expect_number(vector, "elapsed_business_seconds", clock->elapsed);
	expect_number(vector, "paused_business_seconds", clock->paused);
	expect_number(vector, "remaining", clock_remaining(clock));
	expect_instant(vector, "due_at", clock->due);
	expect_instant(vector, "breached_at", clock->breached);
	state = text(json_get(vector, "expect"), "state");
	ck_assert_msg(state[0] == '\0' || is(state, clock_state_word(clock->state)),
	    "%s: %s, not %s", text(vector, "id"), clock_state_word(clock->state), state);
	story_end(&story);
	buf_free(&policy);
	buf_free(&line);
	arena_free(&arena);
}
END_TEST

Suite *sla_vectors_suite(void);

Suite *
sla_vectors_suite(void)
{
	Suite *suite = suite_create("sla_vectors");
	TCase *cases = tcase_create("vectors");

	load();
	/* Where the file is missing one skipped test stands for them all. */
	tcase_add_loop_test(cases, test_vector, 0, nlines > 0 ? nlines : 1);
	suite_add_tcase(suite, cases);
	return suite;
}
