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
	/* The second walk. */
	const struct policy *policy;
	int64_t as_of;
	struct score *scores; /* by sample; NULL: it has not begun */
	char name[32];
	char *files[1];
	struct rejects rejects;
	struct stream_reader *reader;
	size_t judged, sample; /* so far: tickets of the history, and its samples */
	struct buf json;
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
judge(struct scoring *scoring, const struct analysis *analysis, struct record *record)
{
	const struct history *history = &scoring->history;
	struct risk risk;

	habits_tell(&risk, scoring->habits, analysis, record->arena);
	pace_judge(&risk, analysis, record->arena);
	if (scoring->sample < history->nsamples &&
	    history->samples[scoring->sample].ticket == scoring->judged) {
		if (risk.clocks[METRIC_RESOLVE].outlook.probability >= 0)
			model_tell(
			    &risk, &scoring->scores[scoring->sample], analysis, record->arena);
		scoring->sample++;
	}
	scoring->judged++;
	buf_clear(&scoring->json);
	risk_to_json(&risk, &scoring->json);
}

int
scoring_finish(struct scoring *scoring, const struct policy *policy, int64_t as_of)
{
	drain(scoring);
	if (scoring->failed)
		return -1;
	history_finish(&scoring->history);
	if (scoring->habits == &scoring->model->habits)
		finish_settle(scoring->habits->finish, as_of);
	model_check_drift(scoring->model, &scoring->history);
	scoring->policy = policy;
	scoring->as_of = as_of;
	scoring->scores = model_score(scoring->model, &scoring->history);
	if (scoring->scores == NULL || rejects_open(&scoring->rejects, NULL) == -1)
		return -1;
	snprintf(scoring->name, sizeof(scoring->name), "/dev/fd/%d", scoring->fd);
	scoring->files[0] = scoring->name;
	scoring->reader = stream_reader_new(scoring->files, 1, STREAM_NDJSON, &scoring->rejects);
	return 0;
}

int
scoring_next(struct scoring *scoring, struct buf *out)
{
	struct analysis analysis;
	struct record record;
	int got = stream_next(scoring->reader, &record);

	if (got != 1 || !stream_read_events(scoring->reader, &record))
		return got;
	if (!analysis_build(&analysis, &record.ticket, scoring->policy, scoring->as_of, ALL_METRICS,
		record.arena)) {
		stream_write_line(out, &record);
		return 1;
	}
	judge(scoring, &analysis, &record);
	stream_write_annotated(out, &record, "risk", buf_slice(&scoring->json));
	return 1;
}

void
scoring_free(struct scoring *scoring)
{
	if (scoring == NULL)
		return;
	if (scoring->reader != NULL) {
		stream_reader_free(scoring->reader);
		rejects_close(&scoring->rejects);
	}
	if (scoring->fd != -1)
		close(scoring->fd);
	mem_free(scoring->scores);
	buf_free(&scoring->json);
	model_free(scoring->model);
	habits_free(&scoring->learned);
	history_free(&scoring->history);
	buf_free(&scoring->lines);
	mem_free(scoring);
}
