/* made.h: tickets with records made by hand, for the tests of the report */
#ifndef SLA_TESTS_MADE_H
#define SLA_TESTS_MADE_H

#include <stdio.h>

#include "report/report.h"
#include "tests/support.h"
#include "time/instant.h"

#define AS_OF INT64_C(1458475200) /* 2016-03-20T12:00:00Z */
#define HOUR  INT64_C(3600)

/* One ticket with its records, in one piece. */
struct made {
	struct ticket ticket;
	struct ownership ownership;
	struct risk risk;
	struct handoff handoff;
	struct holding holdings[2];
	struct finding finding;
	const char *not_judged[1];
	char id[16];
};

static inline void
start(struct made *made, const char *id, const char *owner, const char *team)
{
	int metric;

	*made = (struct made){.ticket = {.source = "test",
				  .state = STATE_CLOSED, /* the final state must not count */
				  .owner = "Final",
				  .has = 1U << EVIDENCE_OWNER | 1U << EVIDENCE_TEAM},
	    .holdings = {{{owner, team}, true, 10 * HOUR, -1, -1}}};
	snprintf(made->id, sizeof(made->id), "%s", id);
	made->ticket.id = made->id;
	made->ownership =
	    (struct ownership){.head = {AS_OF, NULL, STATE_OPEN, owner, team, PRIORITY_P3},
		.life = 10 * HOUR,
		.cause = owner != NULL ? CAUSE_OWNED
		    : team != NULL     ? CAUSE_QUEUE
				       : CAUSE_NOBODY,
		.orphan_since = owner != NULL ? INSTANT_NONE : AS_OF - 10 * HOUR,
		.owner_since = INSTANT_NONE,
		.holdings = made->holdings,
		.nholdings = 1,
		.judged = true};
	made->ownership.causes[made->ownership.cause] = 10 * HOUR;
	made->risk = (struct risk){.head = made->ownership.head};
	for (metric = 0; metric < METRICS; metric++)
		made->risk.clocks[metric] = (struct risk_clock){.due = INSTANT_NONE,
		    .breached = INSTANT_NONE,
		    .stopped = INSTANT_NONE,
		    .verdict = {-1, -1, INSTANT_NONE, DIFFERENCE_NONE},
		    .outlook = {.probability = -1}};
}

static inline struct risk_clock *
set_clock(struct made *made, enum metric metric, enum clock_state state, int64_t due)
{
	struct risk_clock *clock = &made->risk.clocks[metric];

	clock->state = state;
	clock->due = due;
	clock->allowed = 8 * HOUR;
	clock->elapsed = 4 * HOUR;
	if (state == CLOCK_MET)
		clock->stopped = AS_OF - HOUR;
	return clock;
}

static inline void
set_finding(struct made *made, const char *rule, enum severity severity, const char *text)
{
	made->finding = (struct finding){
	    .rule = rule, .severity = severity, .evidence = {AS_OF}, .nevidence = 1, .text = text};
	made->ownership.findings.list = &made->finding;
	made->ownership.findings.count = 1;
}

/* A policy with budgets and costs, whose names are hard to write; policy_free(). */
static inline struct policy *
made_terms(void)
{
	return policy_parse("terms.json", NULL,
	    slice_z(
		"{\"budgets\":[{\"name\":\"=1+1|\\u001b[2J\\n::error::\\\"<b>\",\"metric\":\"resolve\","
		"\"match\":{\"priority\":[\"P1\",\"P2\"]},\"period\":\"quarter\",\"allowed\":\"5%\"},"
		"{\"name\":\"\u202Eb\",\"metric\":\"resolve\",\"period\":\"quarter\",\"allowed\":\"40%\"},"
		"{\"metric\":\"pickup\",\"period\":\"week\",\"allowed\":\"0%\"}],"
		"\"costs\":[{\"match\":{\"team\":\"Desk\"},\"currency\":\"EUR\",\"per_hour\":80.125},"
		"{\"match\":{\"priority\":\"P*\"},\"currency\":\"JPY\",\"per_hour\":9000}]}"));
}

static inline void
add(struct report *report, const struct made *made)
{
	report_add(report, &made->ticket, &made->ownership, &made->risk);
}

static inline void
render(struct report *report, struct buf *out)
{
	buf_clear(out);
	ck_assert_int_eq(report_render(report, out), 0);
}

#endif
