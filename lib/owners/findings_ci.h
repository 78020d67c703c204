/* findings_ci.h: the findings in the forms that CI systems read, inside lib/owners */
/* Rank: owners. */
#ifndef SLA_OWNERS_FINDINGS_CI_H
#define SLA_OWNERS_FINDINGS_CI_H

#include "owners/findings.h"

/*
 * JUnit XML as Jenkins' junit-10.xsd has it: a suite a ticket, a failed case a finding; one case that
 * passed where there is no finding, as a report without a test counts as broken.
 */
void junit_begin(struct buf *out);
void junit_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style);
void junit_end(struct buf *out, const struct findings_style *style);

/* SARIF 2.1.0 (OASIS, 2020): one run, a result a finding; rules are the table's. */
void sarif_begin(struct buf *out);
void sarif_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style);
void sarif_end(struct buf *out, const struct findings_style *style);

/* Workflow commands of GitHub Actions, a line a finding. */
void github_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style);

#endif
