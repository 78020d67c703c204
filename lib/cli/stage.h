/* stage.h: the loop of a program that reads the stream */
/* Rank: cli. */
#ifndef SLA_CLI_STAGE_H
#define SLA_CLI_STAGE_H

#include "cli/options.h"
#include "policy/policy.h"
#include "sla/analysis.h"

#include <stdbool.h>

/* What a program does with the stream. Any function may be NULL but each. */
struct stage {
	void *context;
	/* Before the first ticket. */
	void (*begin)(void *context, struct buf *out);
	/* The ticket's annotations suffice: no events are read, analysis is NULL. */
	bool (*suffices)(void *context, const struct record *record);
	/* One ticket; appends to out. */
	void (*each)(
	    void *context, const struct analysis *analysis, struct record *record, struct buf *out);
	/* A ticket that was opened after the as-of instant. */
	void (*later)(void *context, struct record *record, struct buf *out);
	/* The stream has ended. false: nothing may be put in place (reported). */
	bool (*end)(void *context, const struct stream_counts *counts, struct buf *out);
	/* After end: appends some more, and is asked again while there is: 1; 0 at the end; -1: as
	 * with end. What it appends is written in between. */
	int (*more)(void *context, struct buf *out);
	unsigned metrics;   /* the clocks it looks at, as for analysis_build() */
	bool digests;       /* the files' digests are wanted: end() is given them */
	bool writes_stream; /* what it writes is the stream: sealed if asked or if the input was */
};

/* Everything that was opened for a run; each() may look at it. */
struct stage_run {
	const char *preset; /* conventions in place of the policy's own; NULL: its own */
	struct policy *policy;
	int64_t as_of;
};

/*
 * Opens, settles the as-of instant (-n, else the stream's own, else the wall
 * clock), walks the stream, commits the output. Returns the exit status.
 */
int stage_run(const struct stage *stage, const struct options *options, struct stage_run *run);

#endif
