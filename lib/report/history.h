/* history.h: what no record of a ticket tells, but only its history */
/* Rank: report. */
#ifndef SLA_REPORT_HISTORY_H
#define SLA_REPORT_HISTORY_H

#include "report/report.h"
#include "sla/analysis.h"

/*
 * One set of rules that the clocks are replayed by: the policy's own with one member of its
 * conventions changed, or with all that a preset has a source for.
 */
struct rule_set {
	const char *name; /* "policy", "reopen=restart"; of a preset its own */
	const char
	    *member; /* NULL: the policy as it is; "preset"; "pause" is that of all metrics */
	const char *word;
	bool first_response_only; /* it can change no other clock */
};

/* Whether a view or a gate needs report_add_history() for each ticket. */
bool report_wants_history(const struct report_options *options);

/* The sets in their order; false beyond the last. */
bool rule_set_at(size_t i, struct rule_set *set);
/* Changes *conventions to what the set says; false where they were so before. */
bool rule_set_apply(const struct rule_set *set, struct conventions *conventions);

/*
 * Takes of the ticket that report_add() has just taken, with the same records, what the views and
 * gates want: its clocks under every set of rules, whether it followed the process, and its path.
 * Memory is taken from arena.
 */
void report_add_history(struct report *report, const struct analysis *analysis,
    const struct ownership *ownership, const struct risk *risk, struct arena *arena);

/* Of a ticket that nothing excludes. */
void count_conformance(struct report *report, const struct analysis *analysis,
    const struct standing *standing, struct arena *arena);

#endif
