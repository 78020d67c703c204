/* coverage.h: how far the expected finish came true, for people and for programs */
/* Rank: risk. */
#ifndef SLA_RISK_COVERAGE_H
#define SLA_RISK_COVERAGE_H

#include "out/json_writer.h"
#include "risk/finish.h"

/*
 * Proves the finish on the tickets opened at `split` or later, and appends a table: all, and
 * each landmark.
 */
void coverage_write_text(struct buf *out, struct finish *finish, int64_t split,
    const int64_t *landmarks, size_t nlandmarks);
/* The same as a member `finish` of the object that is open. */
void coverage_write_json(struct json_writer *w, struct finish *finish, int64_t split,
    const int64_t *landmarks, size_t nlandmarks);

#endif
