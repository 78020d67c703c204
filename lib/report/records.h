/* records.h: the records of the ticket at hand, as the stream has them or computed */
/* Rank: report. */
#ifndef SLA_REPORT_RECORDS_H
#define SLA_REPORT_RECORDS_H

#include "data/stream.h"
#include "report/report.h"
#include "sla/analysis.h"

/* Lives as long as the record's arena. */
struct records {
	struct ownership ownership;
	struct risk risk;
	bool has_ownership, has_risk;
};

/* Those of the stream; one that is there but cannot be read is reported, and not had. */
void records_read(struct records *records, const struct record *record);

/* Whether no events are needed: both records came, and nothing of the report wants a history. */
bool records_suffice(const struct records *records, const struct record *record,
    const struct report_options *options);

/* Computes those that did not come. True where there was one, or no analysis to compute it from. */
bool
records_complete(struct records *records, const struct analysis *analysis, struct record *record);

/* Gives the ticket to the report, with the history that it wants. analysis NULL: they sufficed. */
void records_add(const struct records *records, struct report *report,
    const struct report_options *options, const struct analysis *analysis, struct record *record);

#endif
