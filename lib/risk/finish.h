/* finish.h: when open tickets will be done, by how long such tickets took lately */
/* Rank: risk. */
#ifndef SLA_RISK_FINISH_H
#define SLA_RISK_FINISH_H

#include "data/json.h"
#include "out/json_writer.h"
#include "sla/analysis.h"
#include "sla/risk_record.h"

/*
 * A life table: for each age the share of the tickets of that age that ended before they were
 * a quarter older, by priority and team. Ages are working seconds of the ticket's calendar since
 * its opening or latest reopening. A ticket that is still open counts for the ages that it has
 * left behind, and no further: that is what is known of it (Kaplan and Meier, JASA 53, 1958, in
 * steps). What was seen at an instant weighs half after the half-life. A row of few tickets
 * is drawn to the wider one: priority and team to the priority, that to all.
 */
struct finish;

/*
 * landmarks: ages in seconds at which tickets are judged to settle the half-life and to prove the
 * expectations; they must live as long. NULL: none. The caller frees it.
 */
struct finish *finish_new(const int64_t *landmarks, size_t nlandmarks);
void finish_free(struct finish *finish);

/* Takes in all that is known of a ticket as of its analysis. Its policy must live as long. */
void finish_add(struct finish *finish, const struct analysis *analysis);

/*
 * Settles, after the last ticket, on the half-life of 3.5, 7, 14 or 28 days whose expectations
 * came truest for tickets before `now`, each judged by what was known at its instant; then counts
 * everything that was known at `now`. One that was read from JSON keeps its half-life, and counts
 * only what came since; nothing, if no ticket has ended since: the stream then has open tickets
 * alone, and would teach that none ever ends.
 */
void finish_settle(struct finish *finish, int64_t now);

/* When the ticket will end, given that it has come to its age. Not known: fewer than 30 ended. */
void finish_expect(
    const struct finish *finish, const struct analysis *analysis, struct expected_finish *expected);

/* Of those for which the instant that was said has come, so that it is known. */
struct coverage_count {
	size_t judged, ended; /* by then */
};

struct coverage {
	size_t rows; /* at which something was said */
	struct coverage_count p50, p90;
};

/* Not a number where nothing was judged. */
double coverage_share(const struct coverage_count *count);

/*
 * Judges the tickets opened at `split` or later at the landmarks, each by what was known at its
 * instant, with the half-life settled on what was known at the split. by_landmark: one for each
 * landmark, zeroed.
 */
void finish_prove(
    struct finish *finish, int64_t split, struct coverage *all, struct coverage *by_landmark);

/* half_life in seconds, until, latest, and the rows. */
void finish_to_json(const struct finish *finish, struct json_writer *w, const char *key);
/* Reads what finish_to_json() wrote; NULL where it is not that. The caller frees it. */
struct finish *finish_from_json(const struct json *object);

#endif
