/* figures.h: figures that more than one view shows */
/* Rank: report. */
#ifndef SLA_REPORT_VIEW_FIGURES_H
#define SLA_REPORT_VIEW_FIGURES_H

#include "report/view/view.h"

#define COLUMNS(columns) (columns), sizeof(columns) / sizeof((columns)[0])

/* What people call the clock of a metric. */
const char *metric_title(enum metric metric);

/* Seconds of life, and those of them without anybody accountable. */
int64_t figure_life(const struct group *group);
int64_t figure_orphan_time(const struct group *group);

/* Met of met and breached; not judged where the only clocks are unknown. */
struct cell figure_attainment(const struct group *group, enum metric metric);
/* Met, breached, share met, the ends of its interval, the interval in words, not judged. */
#define FIGURE_RESULTS 7
/* Their columns, in that order; drawn: PART_VALUE where the share is in the section's chart. */
#define FIGURE_RESULT_COLUMNS(prefix, words, table, drawn)                              \
	{.name = prefix "met", .title = words "met", .group = (table), .number = true}, \
	    {.name = prefix "breached",                                                 \
		.title = words "breached",                                              \
		.group = (table),                                                       \
		.number = true},                                                        \
	    {.name = prefix "attainment",                                               \
		.title = "share met",                                                   \
		.group = (table),                                                       \
		.number = true,                                                         \
		.part = (drawn),                                                        \
		.tone = (drawn) == PART_NONE ? TONE_PLAIN : TONE_GOOD},                 \
	    {.name = prefix "attainment_low", .reader = FOR_MACHINES},                  \
	    {.name = prefix "attainment_high", .reader = FOR_MACHINES},                 \
	    {.name = prefix "interval",                                                 \
		.title = "95 % interval",                                               \
		.group = (table),                                                       \
		.reader = FOR_PEOPLE,                                                   \
		.number = true},                                                        \
	{                                                                               \
		.name = prefix "not_judged", .title = "not judged", .group = (table),   \
		.number = true                                                          \
	}
void figure_results(
    struct view *view, struct cell *cells, const struct group *group, enum metric metric);
/* Of the life whose owner is known, the part without anybody accountable. */
struct cell figure_orphan_share(const struct group *group);
/* Of tickets whose life is counted, by those whose handoffs could be recorded. */
struct cell figure_handoffs_per_ticket(const struct group *group);

/* Sections of what effort costs, in all and by client, team and priority; none without costs. */
void money_sections(struct view *view, const struct report *report);

/* What people call where time went. */
const char *whereabouts_title(enum whereabouts where);

/* Sections that more than one view has; the last one returns its own, to be added to. */
void figures_tickets(struct view *view, const struct report *report);
void figures_misses(struct view *view, const struct group *group);
void figures_grades(struct view *view, const struct group *group);
void figures_words(struct view *view, const struct group *group);
void figures_promises(struct view *view, const struct group *group);
struct section *figures_handoffs(struct view *view, const struct group *group, const char *title);

/* A section that sets the key figures of all tickets beside those of the time before. */
void figures_compared(struct view *view, const struct report *report);

#endif
