/* story.h: a ticket written as a line of the stream, judged for a test */
/* Rank: tests. */
#ifndef SLA_TESTS_STORY_H
#define SLA_TESTS_STORY_H

#include "base/arena.h"
#include "data/scan.h"
#include "sla/analysis.h"

struct story {
	struct arena arena, scratch;
	struct scan scan;
	struct ticket ticket;
	struct policy *policy;
	struct analysis analysis;
	bool begun; /* false: opened after the as-of instant */
};

/*
 * Reads the line and judges it by the policy's text (NULL: none) as of the
 * instant. A line or policy that cannot be read fails the test.
 */
void story_tell(struct story *story, const char *line, const char *policy, const char *as_of);
void story_end(struct story *story);

/* The instant that a text of RFC 3339 names; fails the test where it names none. */
int64_t instant_of(const char *text);

#endif
