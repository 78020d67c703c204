/* records.c: the records of the ticket at hand, as the stream has them or computed */
#include "report/records.h"

#include "base/diag.h"
#include "report/history.h"
#include "report/lane.h"

void
records_read(struct records *records, const struct record *record)
{
	bool owned = record->ownership.n > 0, risked = record->risk.n > 0;

	records->has_ownership =
	    owned && ownership_from_json(&records->ownership, record->ownership, record->arena);
	records->has_risk = risked && risk_from_json(&records->risk, record->risk, record->arena);
	if (owned && !records->has_ownership)
		diag(DIAG_BAD_MEMBER, record->place, "`ownership` is not what sla-owners writes");
	else if (risked && !records->has_risk)
		diag(DIAG_BAD_MEMBER, record->place, "`risk` is not what sla-risk writes");
}

static const struct ownership *
ownership_of_records(const struct records *records)
{
	return records->has_ownership ? &records->ownership : NULL;
}

static const struct risk *
risk_of_records(const struct records *records)
{
	return records->has_risk ? &records->risk : NULL;
}

bool
records_suffice(const struct records *records, const struct record *record,
    const struct report_options *options)
{
	return !report_wants_history(options) && record->ownership.n > 0 && record->risk.n > 0 &&
	    (record->scan->nelements == 0 ||
		!report_wants_lane(options, &record->ticket, ownership_of_records(records),
		    risk_of_records(records)));
}

bool
records_complete(struct records *records, const struct analysis *analysis, struct record *record)
{
	bool owned = record->ownership.n > 0, risked = record->risk.n > 0;

	if (!owned && analysis != NULL) {
		ownership_of(&records->ownership, analysis, NULL);
		records->has_ownership = true;
	}
	if (!risked && analysis != NULL) {
		risk_of(&records->risk, analysis, NULL, record->arena);
		records->has_risk = true;
	}
	return !owned || !risked;
}

void
records_add(const struct records *records, struct report *report,
    const struct report_options *options, const struct analysis *analysis, struct record *record)
{
	const struct ownership *ownership = ownership_of_records(records);
	const struct risk *risk = risk_of_records(records);

	if (analysis != NULL && report_wants_lane(options, &record->ticket, ownership, risk))
		report_add_lane(
		    report, analysis, risk != NULL ? risk->head.policy : NULL, record->arena);
	report_add(report, &record->ticket, ownership, risk);
	if (analysis != NULL && report_wants_history(options))
		report_add_history(report, analysis, ownership, risk, record->arena);
}
