/* chart.h: what feeds the picture of a section */
/* Rank: report. */
#ifndef SLA_REPORT_FORMAT_CHART_H
#define SLA_REPORT_FORMAT_CHART_H

#include "report/view/view.h"

/*
 * The first column from `from` on that has the part in the section's chart, ncolumns where there is
 * none. For PART_LABEL that is the first column where no other one has it.
 */
size_t chart_column(const struct section *section, enum part part, size_t from);

/* The number that a cell adds to a picture; -1: it leaves a gap. */
int64_t chart_number(const struct cell *cell);

/* Whether there is anything to draw: a chart, a row, and a number above 0, or a stretch of time. */
bool chart_is_drawn(const struct section *section);

/* The column's numbers of the last n rows, in their order; n <= nrows. */
void chart_series(const struct section *section, size_t column, int64_t *numbers, size_t n);

#endif
