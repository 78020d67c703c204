/* check_leak.c: nothing that comes after an instant changes what is said as of it */
#include "base/buf.h"
#include "base/mem.h"
#include "data/ticket_json.h"
#include "risk/arguments.h"
#include "risk/model.h"
#include "risk/pace.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAIRS 500

/* A real incident log, and the same cut off at an instant. */
struct log {
	struct arena arena;
	char *lines;
	struct ticket *tickets, *cut;
	size_t count, cap;
	struct policy *policy;
	struct model *model;
	const struct json *habits; /* those of the model's file */
};

static void
add_ticket(struct log *log, struct slice line)
{
	struct ticket_fault fault = {NULL, 0};
	struct arena scratch = {0};
	struct scan scan = {.split = "events"};

	log->tickets = mem_push(log->tickets, log->count, &log->cap, sizeof(*log->tickets));
	ck_assert(scan_line(&scan, line));
	ck_assert(ticket_from_scan(&scan, &log->arena, &log->tickets[log->count], &fault));
	ck_assert(ticket_events_from_scan(
	    &scan, &log->arena, &scratch, &log->tickets[log->count], &fault));
	log->count++;
	scan_free(&scan);
	arena_free(&scratch);
}

/* False, and the test is skipped, where the log or the program that reads it is missing. */
static bool
log_read(struct log *log)
{
	char path[] = "/tmp/sla-check-XXXXXX", command[200];
	char *at, *end;
	int fd = mkstemp(path);
	FILE *run;

	*log = (struct log){0};
	ck_assert_int_ne(fd, -1);
	close(fd);
	snprintf(command, sizeof(command),
	    "sla-ingest -q -s servicenow-log examples/incidents.csv >%s 2>/dev/null", path);
	run = popen(command, "r");
	if (run != NULL && pclose(run) == 0)
		log->lines = slurp(path, NULL);
	unlink(path);
	if (log->lines == NULL) {
		skip_test("sla-ingest is not in the PATH, or the example log is not here");
		return false;
	}
	for (at = log->lines; (end = strchr(at, '\n')) != NULL; at = end + 1)
		add_ticket(log, (struct slice){at, (size_t)(end - at)});
	log->policy = policy_load("examples/policy.json");
	ck_assert_ptr_nonnull(log->policy);
	log->cut = mem_calloc(log->count + 1, sizeof(*log->cut));
	return true;
}

static void
log_free(struct log *log)
{
	mem_free(log->tickets);
	mem_free(log->cut);
	free(log->lines);
	model_free(log->model);
	policy_free(log->policy);
	arena_free(&log->arena);
}

/*
 * As an export of that instant would have been: no later event, no final fact but those that no
 * event tells of, and no verdict of the PSA that came later.
 */
static void
log_cut(struct log *log, int64_t at)
{
	struct ticket *ticket;
	size_t i, m;

	for (i = 0; i < log->count; i++) {
		ticket = &log->cut[i];
		*ticket = log->tickets[i];
		while (ticket->nevents > 0 && ticket->events[ticket->nevents - 1].at > at)
			ticket->nevents--;
		ticket->state = STATE_NONE;
		ticket->priority = PRIORITY_NONE;
		ticket->owner = ticket->team = NULL;
		ticket->resolved = ticket->closed = INSTANT_NONE;
		for (m = 0; m < METRICS; m++)
			if (ticket->sla[m].at != INSTANT_NONE && ticket->sla[m].at > at)
				ticket->sla[m] =
				    (struct psa_sla){false, -1, INSTANT_NONE, INSTANT_NONE};
	}
}

/* Everything that is said of one ticket as of the instant, with and without a model. */
static void
judge(
    const struct log *log, const struct ticket *tickets, size_t which, int64_t at, struct buf *out)
{
	struct history history = {.label = log->model->label};
	struct habits learned = {0}, modelled = {0};
	struct analysis analysis;
	struct arena arena = {0};
	struct score *scores;
	struct risk risk;
	size_t i, found = 0;

	habits_begin(&learned, landmarks_usual, LANDMARKS_USUAL);
	ck_assert(habits_from_json(&modelled, log->habits));
	for (i = 0; i < log->count; i++) {
		if (analysis_build(
			&analysis, &tickets[i], log->policy, at, 1u << METRIC_RESOLVE, &arena)) {
			history_add(&history, &analysis, &arena);
			habits_add(&learned, &analysis, &arena);
			finish_add(modelled.finish, &analysis);
			if (i == which)
				found = history.nsamples;
		}
		arena_reset(&arena);
	}
	finish_settle(learned.finish, at);
	finish_settle(modelled.finish, at);
	history_finish(&history);
	scores = model_score(log->model, &history);
	ck_assert(found > 0);
	ck_assert(analysis_build(&analysis, &tickets[which], log->policy, at, ALL_METRICS, &arena));
	habits_tell(&risk, &learned, &analysis, &arena);
	pace_judge(&risk, &analysis, &arena);
	risk_to_json(&risk, out);
	habits_tell(&risk, &modelled, &analysis, &arena);
	model_tell(&risk, &scores[found - 1], &analysis, &arena);
	risk_to_json(&risk, out);
	mem_free(scores);
	history_free(&history);
	habits_free(&learned);
	habits_free(&modelled);
	arena_free(&arena);
}

static void
train_model(struct log *log, int64_t now)
{
	char path[] = "/tmp/sla-check-XXXXXX";
	struct json_error error;
	struct history history = {
	    .label = LABEL_CLOCK, .landmarks = landmarks_usual, .nlandmarks = LANDMARKS_USUAL};
	struct habits habits;
	struct analysis analysis;
	struct arena arena = {0};
	struct buf out = {0};
	size_t i;
	int fd = mkstemp(path);

	ck_assert_int_ne(fd, -1);
	habits_begin(&habits, landmarks_usual, LANDMARKS_USUAL);
	for (i = 0; i < log->count; i++) {
		if (analysis_build(&analysis, &log->tickets[i], log->policy, now,
			1u << METRIC_RESOLVE, &arena)) {
			history_add(&history, &analysis, &arena);
			habits_add(&habits, &analysis, &arena);
		}
		arena_reset(&arena);
	}
	history_finish(&history);
	finish_settle(habits.finish, now);
	ck_assert_int_eq(model_train(&history, &habits, now, policy_hash(log->policy), &out), 0);
	ck_assert_int_eq(write(fd, out.p, out.n), (ssize_t)out.n);
	close(fd);
	log->model = model_load(path, policy_hash(log->policy));
	unlink(path);
	ck_assert_ptr_nonnull(log->model);
	log->habits = json_parse(&log->arena, buf_slice(&out), &error);
	history_free(&history);
	habits_free(&habits);
	arena_free(&arena);
	buf_free(&out);
}

/* A ticket and a landmark at which it was open. */
static size_t
draw(const struct log *log, uint64_t *state, int64_t *at)
{
	struct timeline timeline;
	struct arena arena = {0};
	size_t which;
	bool open;

	do {
		which = (size_t)rnd_below(state, log->count);
		*at =
		    log->tickets[which].opened + landmarks_usual[rnd_below(state, LANDMARKS_USUAL)];
		open =
		    timeline_build(&timeline, &log->tickets[which], *at, &arena) && !timeline.ended;
		arena_reset(&arena);
	} while (!open);
	arena_free(&arena);
	return which;
}

START_TEST(test_leak)
{
	struct buf whole = {0}, cut = {0};
	uint64_t state = test_seed();
	struct log log;
	int64_t at;
	size_t which;
	int i, pairs = light() ? PAIRS / 10 : PAIRS;

	if (!log_read(&log))
		return;
	ck_assert(instant_parse(SLICE("2016-03-14T00:00:00Z"), &at));
	train_model(&log, at);
	for (i = 0; i < pairs; i++) {
		which = draw(&log, &state, &at);
		log_cut(&log, at);
		buf_clear(&whole);
		buf_clear(&cut);
		judge(&log, log.tickets, which, at, &whole);
		judge(&log, log.cut, which, at, &cut);
		ck_assert_msg(slice_eq(buf_slice(&whole), buf_slice(&cut)),
		    "%s at %lld:\n%.400s\n%.400s", log.tickets[which].id, (long long)at,
		    buf_z(&whole), buf_z(&cut));
	}
	buf_free(&whole);
	buf_free(&cut);
	log_free(&log);
}
END_TEST

Suite *leak_suite(void);

Suite *
leak_suite(void)
{
	Suite *suite = suite_create("leak");
	TCase *cases = tcase_create("leak");

	tcase_set_timeout(cases, 300);
	tcase_add_test(cases, test_leak);
	suite_add_tcase(suite, cases);
	return suite;
}
