/* findings.h: the findings as an output of their own */
/* Rank: owners. */
#ifndef SLA_OWNERS_FINDINGS_H
#define SLA_OWNERS_FINDINGS_H

#include "base/buf.h"
#include "data/ticket.h"
#include "sla/finding.h"
#include "sla/ownership.h"

#include <stdbool.h>

/* How one output is written, from its begin to its end. */
struct findings_style {
	bool colour; /* for a terminal */
	bool raw;    /* csv: no guard against what a spreadsheet takes for a formula */
	bool begun;  /* something stands before: zero it first */
	int64_t tickets, counts[SEVERITY_CRITICAL + 1]; /* text: of what stands before */
	int64_t as_of;                                  /* of the run */
};

/* One form of the findings, a row each. */
struct findings_format {
	const char *name;
	/* What stands before the first finding; NULL: nothing. */
	void (*begin)(struct buf *out);
	/* One ticket's findings, of which there is at least one. */
	void (*ticket)(struct buf *out, const struct ticket *ticket,
	    const struct ownership *ownership, struct findings_style *style);
	/* What stands behind the last finding; NULL: nothing. */
	void (*end)(struct buf *out, const struct findings_style *style);
};

/* NULL where there is none of that name. */
const struct findings_format *findings_format(const char *name);
/* "ndjson, csv, text …": for messages. */
extern const char findings_format_names[];

#endif
