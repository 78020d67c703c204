/* count_account.c: what is counted of how clients were kept informed, and of effort */
#include "report/count/aggregate.h"
#include "time/instant.h"

static void
add_words(struct group *group, const struct communication *talk)
{
	size_t i;

	group_count(group, COUNT_WORDS, talk->messages);
	group_count(group, COUNT_WORDLESS, talk->messages == 0);
	for (i = 0; i < talk->nspeakers; i++) {
		if (talk->speakers[i].as_owner < 0)
			continue;
		group_count(group, COUNT_WORDS_JUDGED, talk->speakers[i].messages);
		group_count(group, COUNT_WORDS_BY_OWNER, talk->speakers[i].as_owner);
	}
}

static void
add_promises(struct group *group, const struct communication *talk)
{
	if (!talk->promises_known) {
		group_count(group, COUNT_PROMISES_UNKNOWN, 1);
		return;
	}
	group_count(group, COUNT_PROMISES_KEPT, talk->kept);
	group_count(group, COUNT_PROMISES_MISSED, talk->missed);
}

static void
add_talk(struct group *group, const void *what)
{
	const struct communication *talk = what;

	add_promises(group, talk);
	if (!talk->known) {
		group_count(group, COUNT_TALK_UNKNOWN, 1);
		return;
	}
	group_count(group, COUNT_TALKS, 1);
	add_words(group, talk);
	if (talk->working.p50 >= 0) {
		group_spread(group, SPREAD_SILENCE, talk->working.p50);
		group_spread(group, SPREAD_LONGEST_SILENCE, talk->working.max);
	}
	if (talk->longest_wait >= 0)
		group_spread(group, SPREAD_LONGEST_WAIT, talk->longest_wait);
	group_count(group, COUNT_LEFT, talk->unanswered_left);
}

static void
add_grade(struct group *group, const void *what)
{
	const struct communication *talk = what;

	if (talk->response_known)
		group_count(group, COUNT_GRADES + (int)talk->grade, 1);
	else
		group_count(group, COUNT_GRADE_UNKNOWN, 1);
}

static void
add_rework(struct group *group, const void *what)
{
	const struct rework *rework = what;
	const struct effort *efforts[EFFORTS] = {
	    &rework->all, &rework->resolved, &rework->returned, &rework->breached, &rework->any};
	int i;

	if (!rework->known) {
		group_count(group, COUNT_EFFORT_UNKNOWN, 1);
		return;
	}
	group_count(group, COUNT_EFFORT_KNOWN, 1);
	group_count(group, COUNT_REWORKED, rework->any.touches > 0);
	for (i = 0; i < EFFORTS; i++) {
		group_count(group, COUNT_WORK + i, efforts[i]->seconds);
		group_count(group, COUNT_TOUCHES + i, efforts[i]->touches);
		group_count(group, COUNT_EFFORT_BLIND + i, efforts[i]->touches < 0);
	}
}

/* The first response counts when it was given, all else with the ticket's life. */
void
count_account(struct report *report, const struct subject *subject, const struct standing *standing)
{
	const struct communication *talk = &standing->ownership->communication;
	struct subject then = *subject;

	then.at = talk->response_known && instant_in_range(talk->response_at) ? talk->response_at
									      : standing->anchor;
	report_tally(report, FAMILY_TALK, &then, add_grade, talk);
	then.at = standing->anchor;
	report_tally(report, FAMILY_TALK, &then, add_talk, talk);
	report_tally(report, FAMILY_REWORK, &then, add_rework, &standing->ownership->rework);
}
