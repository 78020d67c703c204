/* calc.h: a calculator of business time for scripts and spreadsheets */
/* Rank: risk. */
#ifndef SLA_RISK_CALC_H
#define SLA_RISK_CALC_H

#include "base/input.h"
#include "base/output.h"
#include "data/rejects.h"
#include "policy/policy.h"

/*
 * Reads CSV rows `calendar,from,to` or `calendar,from,+SECONDS` (instants RFC 3339, no
 * header) and writes each with a last column: the working seconds in [from, to), or
 * the instant at which so many have passed. A row that cannot be computed (a calendar
 * the policy does not have, `to` before `from`) gets an empty one, is reported and
 * counted by rejects. -1 after a system error.
 */
int calc_run(struct input *input, const struct policy *policy, struct rejects *rejects,
    struct output *output);

/*
 * The same for files in order, `-` or none being standard input. rejected: the file for the
 * rejects, or NULL. -1 after a system error.
 */
int calc_files(char *const *files, size_t nfiles, const char *rejected, const struct policy *policy,
    struct output *output);

/*
 * Writes the working segments of a calendar that lie in [from, to), cut to it: CSV
 * `from,to,seconds,local_from,local_to` with a header. -1 after a diagnostic.
 */
int calc_explain_calendar(const struct policy *policy, const char *name, const char *from,
    const char *to, struct output *output);

#endif
