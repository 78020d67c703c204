/* view_qbr.h: the parts of the view `qbr` that name tickets and commitments one by one */
/* Rank: report. */
#ifndef SLA_REPORT_VIEW_VIEW_QBR_H
#define SLA_REPORT_VIEW_VIEW_QBR_H

#include "report/view/view.h"

void qbr_missed(struct view *view, const struct report *report);
void qbr_silences(struct view *view, const struct report *report);
void qbr_reopened(struct view *view, const struct report *report);
void qbr_commitments(struct view *view, const struct report *report);

#endif
