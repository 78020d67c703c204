/* news.h: what the worklist tells that the last one did not */
/* Rank: report. */
#ifndef SLA_REPORT_NEWS_H
#define SLA_REPORT_NEWS_H

#include "report/report.h"
#include "report/worklist.h"

/*
 * A ticket of the worklist is known by its source, its id and its action; its weight is its loss
 * with the urgency rounded down to one of 50, 150, 300, 500 and 1000 per mille. So a probability
 * that creeps up from night to night is no news until it reaches the next of them.
 */

/* Reads what report_write_baseline() wrote. NULL after a diagnostic; the caller frees it. */
struct baseline *worklist_baseline(const char *path);

/*
 * Appends a line for each ticket that needs someone, listed or not, in the order of their bytes.
 * The report must have been made with options.write_baseline.
 */
void report_write_baseline(struct report *report, struct buf *out);

/* Sets work->news, counts it, and keeps the line; false where the list leaves the ticket out. */
bool worklist_news(struct worklist *worklist, struct work *work);

#endif
