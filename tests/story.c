/* story.c: a ticket written as a line of the stream, judged for a test */
#include "tests/story.h"

#include "data/ticket_json.h"
#include "time/instant.h"

#include <check.h>

int64_t
instant_of(const char *text)
{
	int64_t instant = INSTANT_NONE;

	ck_assert_msg(instant_parse(slice_z(text), &instant), "no instant: %s", text);
	return instant;
}

void
story_tell(struct story *story, const char *line, const char *policy, const char *as_of)
{
	struct ticket_fault fault = {NULL, 0};

	*story = (struct story){.scan = {.split = "events"}};
	ck_assert_msg(scan_line(&story->scan, slice_z(line)), "%s at %zu in %s", story->scan.error,
	    story->scan.error_at, line);
	ck_assert_msg(ticket_from_scan(&story->scan, &story->arena, &story->ticket, &fault) &&
		ticket_events_from_scan(
		    &story->scan, &story->arena, &story->scratch, &story->ticket, &fault),
	    "%s at %zu in %s", fault.what, fault.at, line);
	story->policy =
	    policy == NULL ? policy_none() : policy_parse("policy", NULL, slice_z(policy));
	ck_assert_ptr_nonnull(story->policy);
	story->begun = analysis_build(&story->analysis, &story->ticket, story->policy,
	    instant_of(as_of), ALL_METRICS | WITH_ACCOUNT, &story->arena);
}

void
story_end(struct story *story)
{
	policy_free(story->policy);
	scan_free(&story->scan);
	arena_free(&story->arena);
	arena_free(&story->scratch);
}
