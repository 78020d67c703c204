/* stage.c: the loop of a program that reads the stream */
#include "cli/stage.h"

#include "base/diag.h"
#include "base/output.h"
#include "cli/progress_line.h"
#include "cli/wall_clock.h"
#include "sla/record.h"
#include "time/instant.h"

#include <string.h>

/* How much of the stream is looked at for its as-of instant before the clock is asked. */
#define LOOK_AHEAD ((size_t)1 << 20)

struct loop {
	const struct stage *stage;
	const struct options *options;
	struct stage_run *run;
	struct stream_reader *reader;
	struct output output;
	struct rejects rejects;
	struct progress_line progress;
	int64_t written, later;
};

static const char *
find_text(struct slice text, const char *what)
{
	size_t n = strlen(what);
	const char *at = text.p, *end = text.p + text.n;

	while (at != NULL && (size_t)(end - at) >= n) {
		if (memcmp(at, what, n) == 0)
			return at + n;
		at = memchr(at + 1, '"', (size_t)(end - at) - 1);
	}
	return NULL;
}

/* Quotes in a ticket's text are escaped, so that these can only be members. */
static int64_t
as_of_in(struct slice text)
{
	static const char *const marks[] = {
	    "\"ownership\":{\"as_of\":\"", "\"risk\":{\"as_of\":\""};
	const char *at;
	int64_t instant;
	size_t i;

	for (i = 0; i < 2; i++) {
		at = text.n > 0 ? find_text(text, marks[i]) : NULL;
		if (at != NULL && text.p + text.n - at >= 20 &&
		    instant_parse((struct slice){at, 20}, &instant))
			return instant;
	}
	return INSTANT_NONE;
}

/* Tickets opened later carry no annotation, so that the first one need not tell. */
static int
settle_as_of(struct loop *loop)
{
	struct slice start;
	size_t want;

	loop->run->as_of = loop->options->as_of;
	for (want = 65536; loop->run->as_of == INSTANT_NONE && want <= LOOK_AHEAD; want *= 4) {
		if (stream_peek(loop->reader, want, &start) == -1)
			return -1;
		loop->run->as_of = as_of_in(start);
		if (start.n < want)
			break;
	}
	if (loop->run->as_of == INSTANT_NONE)
		loop->run->as_of = wall_clock();
	return 0;
}

static int
check_as_of(const struct loop *loop, const struct record *record, struct slice annotation)
{
	char ours[21], theirs[21];
	int64_t as_of = record_as_of(annotation);

	if (annotation.n == 0 || as_of == loop->run->as_of)
		return 0;
	if (as_of == INSTANT_NONE)
		return diag(DIAG_AS_OF_DIFFERS, record->place, "an annotation without an as_of");
	instant_format(loop->run->as_of, ours);
	instant_format(as_of, theirs);
	return diag(DIAG_AS_OF_DIFFERS, record->place,
	    "this ticket was judged as of %s, the rest as of %s: give every program the same -n",
	    theirs, ours);
}

/* -1 where the run must end. */
static int
take(struct loop *loop, struct record *record)
{
	const struct stage *stage = loop->stage;
	struct analysis analysis;
	bool suffices;

	if (check_as_of(loop, record, record->ownership) == -1 ||
	    check_as_of(loop, record, record->risk) == -1)
		return -1;
	suffices = stage->suffices != NULL && stage->suffices(stage->context, record);
	if (!suffices && !stream_read_events(loop->reader, record))
		return 0;
	if (suffices) {
		stage->each(stage->context, NULL, record, &loop->output.buf);
	} else if (analysis_build(&analysis, &record->ticket, loop->run->policy, loop->run->as_of,
		       stage->metrics, record->arena)) {
		stage->each(stage->context, &analysis, record, &loop->output.buf);
	} else {
		loop->later++;
		if (stage->later != NULL)
			stage->later(stage->context, record, &loop->output.buf);
	}
	loop->written++;
	output_flush(&loop->output);
	return loop->output.failed ? -1 : 0;
}

static int
walk(struct loop *loop)
{
	struct record record;
	int got;

	if (settle_as_of(loop) == -1)
		return -1;
	if (loop->stage->begin != NULL)
		loop->stage->begin(loop->stage->context, &loop->output.buf);
	while ((got = stream_next(loop->reader, &record)) == 1) {
		if (take(loop, &record) == -1)
			return -1;
		progress_line_tick(&loop->progress, loop->written);
	}
	return got;
}

/*
 * A stream that came through a pipe without a seal may be what a program left that
 * died: to seal it would hide that. For files the user vouches.
 */
static bool
may_seal(const struct loop *loop, const struct stream_counts *counts)
{
	if (counts->sealed || counts->broken || !loop->options->seal)
		return counts->sealed;
	if (loop->options->nfiles > 0)
		return true;
	diag(DIAG_SEAL_MISSING, NOWHERE,
	    "it came without a seal and gets none: give --seal to the program before, too");
	return false;
}

static int
finish(struct loop *loop)
{
	const struct stream_counts *counts = stream_counts(loop->reader);
	const struct stage *stage = loop->stage;
	int got = stage->more != NULL;

	if (stage->end != NULL && !stage->end(stage->context, counts, &loop->output.buf))
		return -1;
	while (got == 1) {
		got = stage->more(stage->context, &loop->output.buf);
		output_flush(&loop->output);
		if (got == -1 || loop->output.failed)
			return -1;
	}
	if (stage->writes_stream && may_seal(loop, counts))
		stream_write_seal(&loop->output.buf, loop->written, counts->refused);
	if (loop->later > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "%lld of %lld tickets were opened after the as-of instant: not judged",
		    (long long)loop->later, (long long)loop->written);
	return 0;
}

static int
open_all(struct loop *loop)
{
	const struct options *options = loop->options;

	loop->run->policy = options->policy != NULL ? policy_load(options->policy) : policy_none();
	if (loop->run->policy == NULL)
		return -1;
	if (loop->run->preset != NULL && !policy_use_preset(loop->run->policy, loop->run->preset))
		return diag(DIAG_USAGE, NOWHERE,
		    "--convention: no preset \"%s\"; sla-policy(5) lists them", loop->run->preset);
	if (rejects_open(&loop->rejects, options->rejects) == -1)
		return -1;
	loop->reader =
	    stream_reader_new(options->files, options->nfiles, options->form, &loop->rejects);
	if (loop->stage->digests)
		stream_digest(loop->reader);
	return output_open(&loop->output, options->output);
}

int
stage_run(const struct stage *stage, const struct options *options, struct stage_run *run)
{
	struct loop loop = {.stage = stage, .options = options, .run = run};
	bool opened = open_all(&loop) == 0, done = false;

	progress_line_start(&loop.progress, options);
	if (opened)
		done = walk(&loop) == 0 && finish(&loop) == 0;
	progress_line_end(&loop.progress);
	if (done)
		output_commit(&loop.output);
	else if (opened)
		output_abort(&loop.output);
	rejects_close(&loop.rejects);
	stream_reader_free(loop.reader);
	policy_free(run->policy);
	run->policy = NULL;
	return diag_finish();
}
