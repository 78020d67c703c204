/* scoring.c: judges a whole stream by a model, which needs to see all of it first */
#include "risk/scoring.h"

#include "base/diag.h"
#include "base/mem.h"
#include "risk/pace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* So much is written to the temporary file at once. */
#define CHUNK ((size_t)1 << 18)

struct scoring {
	struct model *model;
	struct history history;
	struct habits learned; /* in place of the model's; empty: those */
	const struct habits *habits;
	struct buf lines; /* not yet in the file */
	int fd;
	bool failed;
	size_t judged; /* of the second walk: tickets of the history, and its samples */
	size_t sample;
};

static int
open_spool(void)
{
	const char *folder = getenv("TMPDIR");
	struct buf path = {0};
	int fd;

	buf_addf(&path, "%s/sla-risk.XXXXXX", folder != NULL && *folder != '\0' ? folder : "/tmp");
	buf_addc(&path, '\0');
	fd = mkstemp(path.p);
	if (fd == -1)
		diag_system(path.p, "cannot make a temporary file");
	else
		unlink(path.p);
	buf_free(&path);
	return fd;
}

struct scoring *
scoring_new(const char *model, const char *learn, const struct policy *policy, int64_t as_of)
{
	struct scoring *scoring = mem_calloc(1, sizeof(*scoring));

	scoring->fd = -1;
	scoring->model = model_load(model, policy_hash(policy));
	if (scoring->model != NULL &&
	    (learn == NULL || habits_learn(&scoring->learned, learn, policy, as_of) == 0))
		scoring->fd = open_spool();
	if (scoring->fd != -1) {
		scoring->history.label = scoring->model->label;
		scoring->habits = learn != NULL ? &scoring->learned : &scoring->model->habits;
		return scoring;
	}
	scoring_free(scoring);
	return NULL;
}

static void
drain(struct scoring *scoring)
{
	size_t at = 0;
	ssize_t n;

	while (at < scoring->lines.n && !scoring->failed) {
		n = write(scoring->fd, scoring->lines.p + at, scoring->lines.n - at);
		if (n > 0) {
			at += (size_t)n;
		} else if (errno != EINTR) {
			scoring->failed = true;
			diag_system(NULL, "cannot write to the temporary file");
		}
	}
	buf_clear(&scoring->lines);
}

void
scoring_add(struct scoring *scoring, const struct analysis *analysis, struct record *record)
{
	stream_write_line(&scoring->lines, record);
	if (scoring->lines.n > CHUNK)
		drain(scoring);
	if (analysis == NULL)
		return;
	history_add(&scoring->history, analysis, record->arena);
	if (scoring->habits == &scoring->model->habits)
		finish_add(scoring->habits->finish, analysis);
}

static void
judge(struct scoring *scoring, const struct score *scores, const struct analysis *analysis,
    struct record *record, struct buf *json)
{
	const struct history *history = &scoring->history;
	struct outlook *outlook;
	struct risk risk;

	habits_tell(&risk, scoring->habits, analysis, record->arena);
	pace_judge(&risk, analysis, record->arena);
	outlook = &risk.clocks[METRIC_RESOLVE].outlook;
	if (scoring->sample < history->nsamples &&
	    history->samples[scoring->sample].ticket == scoring->judged) {
		if (outlook->probability >= 0)
			model_tell(outlook, &scores[scoring->sample], analysis, record->arena);
		scoring->sample++;
	}
	scoring->judged++;
	buf_clear(json);
	risk_to_json(&risk, json);
}

static int
walk(struct scoring *scoring, const struct score *scores, const struct policy *policy,
    int64_t as_of, struct buf *out)
{
	char name[32], *files[] = {name};
	struct rejects rejects;
	struct stream_reader *reader;
	struct analysis analysis;
	struct record record;
	struct buf json = {0};
	int got = -1;

	snprintf(name, sizeof(name), "/dev/fd/%d", scoring->fd);
	if (rejects_open(&rejects, NULL) == -1)
		return -1;
	reader = stream_reader_new(files, 1, STREAM_NDJSON, &rejects);
	while ((got = stream_next(reader, &record)) == 1) {
		if (!stream_read_events(reader, &record))
			continue;
		if (!analysis_build(
			&analysis, &record.ticket, policy, as_of, ALL_METRICS, record.arena)) {
			stream_write_line(out, &record);
			continue;
		}
		judge(scoring, scores, &analysis, &record, &json);
		stream_write_annotated(out, &record, "risk", buf_slice(&json));
	}
	stream_reader_free(reader);
	rejects_close(&rejects);
	buf_free(&json);
	return got;
}

int
scoring_finish(struct scoring *scoring, const struct policy *policy, int64_t as_of, struct buf *out)
{
	struct score *scores;
	int result;

	drain(scoring);
	if (scoring->failed)
		return -1;
	history_finish(&scoring->history);
	if (scoring->habits == &scoring->model->habits)
		finish_settle(scoring->habits->finish, as_of);
	model_check_drift(scoring->model, &scoring->history);
	scores = model_score(scoring->model, &scoring->history);
	if (scores == NULL)
		return -1;
	result = walk(scoring, scores, policy, as_of, out);
	mem_free(scores);
	return result;
}

void
scoring_free(struct scoring *scoring)
{
	if (scoring == NULL)
		return;
	if (scoring->fd != -1)
		close(scoring->fd);
	model_free(scoring->model);
	habits_free(&scoring->learned);
	history_free(&scoring->history);
	buf_free(&scoring->lines);
	mem_free(scoring);
}
