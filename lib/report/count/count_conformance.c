/* count_conformance.c: whether tickets followed the process, and by which paths they ended */
#include "report/count/aggregate.h"
#include "report/count/variants.h"
#include "report/history.h"
#include "sla/conformance.h"
#include "time/instant.h"

/* What all rules make of one ticket. */
struct course {
	int64_t results[CONFORMITIES]; /* how many rules */
	bool stateless;                /* ended, and no state was recorded */
};

static void
add_check(struct group *group, const void *what)
{
	const enum conformity *result = what;

	group_count(group, COUNT_CHECKS + (int)*result, 1);
}

static void
add_course(struct group *group, const void *what)
{
	const struct course *course = what;
	int64_t deviating = course->results[CONFORMITY_DEVIATES];
	int64_t checks = course->results[CONFORMITY_CONFORMS] + deviating;

	group_count(group, COUNT_PROCESS_TICKETS, 1);
	group_count(group, COUNT_PROCESS_JUDGED, checks > 0);
	group_count(group, COUNT_PROCESS_CONFORMING, checks > 0 && deviating == 0);
	group_count(
	    group, COUNT_PROCESS_UNKNOWN, checks == 0 && course->results[CONFORMITY_UNKNOWN] > 0);
	group_count(group, COUNT_CHECKS_MADE, checks);
	group_count(group, COUNT_CHECKS_DEVIATING, deviating);
	group_count(group, COUNT_PATHS_STATELESS, course->stateless);
}

/* A ticket that has ended, and by which path. */
struct ending {
	const struct timeline *timeline;
	const struct risk *risk; /* NULL: not computed */
};

static void
add_path(struct group *group, const void *what)
{
	const struct ending *ending = what;
	enum clock_state resolve =
	    ending->risk != NULL ? ending->risk->clocks[METRIC_RESOLVE].state : CLOCK_UNKNOWN;

	group_count(group, COUNT_PATHS, 1);
	group_count(group, COUNT_PATHS_MET, resolve == CLOCK_MET);
	group_count(group, COUNT_PATHS_BREACHED, resolve == CLOCK_BREACHED);
	group_count(group, COUNT_PATHS_UNKNOWN, resolve == CLOCK_UNKNOWN);
	group_spread(
	    group, SPREAD_ENDED_IN, ending->timeline->now_since - ending->timeline->opened);
}

static void
count_path(struct report *report, struct subject *subject, const struct ending *ending)
{
	struct variant variant;
	struct buf name = {0};

	variant_of(&variant, ending->timeline);
	variant_words(&name, &variant, variants_steps(report, subject->at));
	subject->parts[KEY_VARIANT] = report_name(report, KNOWN_NAME, buf_z(&name));
	buf_free(&name);
	report_tally(report, FAMILY_PATHS, subject, add_path, ending);
	variants_bound(report);
}

void
count_conformance(struct report *report, const struct analysis *analysis,
    const struct standing *standing, struct arena *arena)
{
	struct subject subject = report_subject(report, standing);
	struct ending ending = {&analysis->timeline, standing->risk};
	bool has_states = ticket_has(analysis->ticket, EVIDENCE_STATUS);
	struct course course = {.stateless = analysis->timeline.ended && !has_states};
	enum conformity result;
	size_t i;

	subject.at = standing->anchor;
	for (i = 0; i < nconformance_rules; i++) {
		result = conformance_judge(&conformance_rules[i], analysis, arena);
		course.results[result]++;
		subject.parts[KEY_RULE] =
		    report_name(report, KNOWN_NAME, conformance_rules[i].slug);
		report_tally(report, FAMILY_CHECKS, &subject, add_check, &result);
	}
	report_tally(report, FAMILY_CONFORMANCE, &subject, add_course, &course);
	if (analysis->timeline.ended && has_states && report_wants(report, BY_VARIANT))
		count_path(report, &subject, &ending);
}
