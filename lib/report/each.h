/* each.h: a report for each client, made in one pass */
/* Rank: report. */
#ifndef SLA_REPORT_EACH_H
#define SLA_REPORT_EACH_H

#include "report/report.h"

/* The reports, numbers only, by client. */
struct each;

/*
 * options: those of every report but client and trace, as report_new() takes them; no gates, for
 * these judge one report. traced: each one is traced, too. each_free() frees it with the reports.
 */
struct each *each_new(const struct report_options *options, bool traced);
void each_free(struct each *each); /* NULL is fine */

/* The report of a client, made where there is none; NULL for no client, which is counted. */
struct report *each_report(struct each *each, const char *client);
/* Tickets that had no client and so no report. */
int64_t each_without(const struct each *each);

/* Tells every report; as report_refused() and report_input() do. */
void each_refused(struct each *each, int64_t refused);
void each_input(struct each *each, const char *name, const char *digest);

/*
 * Writes each report to a file of its own, and its trace to another; file_names.h names them. A
 * report without a ticket as of then is not written. One file that cannot be written does not keep
 * the others from it. traces NULL: none. How many were written; -1 after diagnostics.
 */
int64_t each_write(const struct each *each, const char *pattern, const char *traces);

#endif
