/* causes.c: what would have helped: breaches by the first cause that could be seen */
#include "risk/causes.h"

#include "base/mem.h"
#include "base/num.h"
#include "out/csv_writer.h"
#include "out/json_writer.h"
#include "sla/pauses.h"
#include "sla/stall.h"
#include "stat/histogram.h"
#include "time/instant.h"

#define LATE 750 /* per mille of the target */

const char *
trouble_word(enum trouble trouble)
{
	static const char *const words[TROUBLES] = {"not_accepted", "orphaned", "handed_over_late",
	    "stalled", "client_silent", "work", "unknown"};

	return words[trouble];
}

/*
 * The limit of a rule as the ticket was at an instant; fallback -1: that of the priority. -1: the
 * policy turned the rule off.
 */
static int64_t
limit_of(const struct analysis *analysis, const char *rule, int64_t at, int64_t fallback)
{
	static const int64_t limits[PRIORITIES] = LEDGER_LIMITS;
	const struct timeline *timeline = &analysis->timeline;
	struct facts facts = span_facts(timeline, timeline_at(timeline, at));
	int64_t limit = fallback >= 0 ? fallback : limits[facts.priority];

	return policy_threshold(analysis->policy, rule, &facts, &limit) != THRESHOLD_OFF ? limit
											 : -1;
}

/* Takes what was seen, if that was before the clock ran out and before anything else. */
static void
note(struct breach_cause *cause, enum trouble trouble, int64_t seen, int64_t breached)
{
	if (seen == INSTANT_NONE || seen >= breached ||
	    (cause->seen != INSTANT_NONE &&
		(seen > cause->seen || (seen == cause->seen && trouble > cause->trouble))))
		return;
	*cause = (struct breach_cause){trouble, seen};
}

/* When a wait of so many working seconds passes its limit. */
static int64_t
passes(struct calendar *calendar, int64_t from, int64_t waited, int64_t limit)
{
	return limit >= 0 && waited > limit ? calendar_add(calendar, from, limit) : INSTANT_NONE;
}

static void
look_at_handoffs(struct breach_cause *cause, const struct analysis *analysis, int64_t breached)
{
	const struct ledger *ledger = &analysis->ledger;
	const struct handoff *one;
	int64_t limit;
	size_t i;

	for (i = 0; i < ledger->nhandoffs; i++) {
		one = &ledger->handoffs[i];
		limit = limit_of(analysis, "not-accepted", one->at, -1);
		note(cause, TROUBLE_NOT_ACCEPTED,
		    passes(ledger->calendar, one->at, one->waited_least, limit), breached);
		limit = limit_of(analysis, "late-handoff", one->at, LATE);
		if (limit >= 0 && one->budget_used >= limit)
			note(cause, TROUBLE_LATE_HANDOFF, one->at, breached);
	}
}

static void
look_at_orphans(struct breach_cause *cause, const struct analysis *analysis, int64_t breached)
{
	const struct ledger *ledger = &analysis->ledger;
	const struct orphan *one;
	size_t i;

	for (i = 0; i < ledger->norphans; i++) {
		one = &ledger->orphans[i];
		note(cause, TROUBLE_ORPHANED,
		    passes(ledger->calendar, one->from,
			calendar_between(ledger->calendar, one->from, one->sure),
			limit_of(analysis, "orphaned", one->from, -1)),
		    breached);
	}
}

static bool
was_asked(const struct ticket *ticket, const struct pause_span *pause)
{
	if (!ticket_has(ticket, EVIDENCE_MESSAGE) || !ticket_has(ticket, EVIDENCE_PUBLIC))
		return true;
	return pause->asked_at != INSTANT_NONE &&
	    pause->from - pause->asked_at <= STALL_ASKED_WITHIN;
}

/* Where the clock stands while the client is asked, his silence costs nothing. */
static void
look_at_client(struct breach_cause *cause, const struct analysis *analysis, int64_t breached,
    struct arena *arena)
{
	const struct clock *clock = &analysis->clocks[METRIC_RESOLVE];
	const struct pause_span *one;
	struct pauses pauses;
	int64_t to;
	size_t i;

	pauses_find(&pauses, &analysis->timeline, arena);
	for (i = 0; i < pauses.count; i++) {
		one = &pauses.list[i];
		if (one->state != STATE_WAITING_CLIENT || !was_asked(analysis->ticket, one))
			continue;
		to = one->reply_at != INSTANT_NONE ? one->reply_at : one->to;
		note(cause, TROUBLE_CLIENT,
		    passes(clock->calendar, one->from, clock_worked_between(clock, one->from, to),
			limit_of(analysis, "client-silent", one->from, -1)),
		    breached);
	}
}

void
breach_cause_find(struct breach_cause *cause, const struct analysis *analysis,
    const struct stall_table *stalls, struct arena *arena)
{
	const struct clock *clock = &analysis->clocks[METRIC_RESOLVE];
	const struct ticket *ticket = analysis->ticket;

	*cause = (struct breach_cause){TROUBLE_WORK, INSTANT_NONE};
	if (ticket_has(ticket, EVIDENCE_OWNER))
		look_at_orphans(cause, analysis, clock->breached);
	look_at_handoffs(cause, analysis, clock->breached);
	note(cause, TROUBLE_STALLED,
	    stall_first(&analysis->timeline, &analysis->ledger, stalls, arena), clock->breached);
	look_at_client(cause, analysis, clock->breached, arena);
	if (cause->seen == INSTANT_NONE &&
	    (!ticket_has(ticket, EVIDENCE_OWNER) || !stall_has_evidence(ticket)))
		cause->trouble = TROUBLE_UNKNOWN;
}

struct causes {
	int64_t promised, met, breached, unknown; /* resolve clocks; the rest are open */
	int64_t counts[TROUBLES];
	struct histogram left[TROUBLES]; /* working seconds from what was seen to the breach */
};

struct causes *
causes_new(void)
{
	return mem_calloc(1, sizeof(struct causes));
}

void
causes_free(struct causes *causes)
{
	int i;

	for (i = 0; causes != NULL && i < TROUBLES; i++)
		histogram_free(&causes->left[i]);
	mem_free(causes);
}

void
causes_add(struct causes *causes, const struct analysis *analysis, const struct stall_table *stalls,
    struct arena *arena)
{
	const struct clock *clock = &analysis->clocks[METRIC_RESOLVE];
	struct breach_cause cause;

	causes->promised += clock->state != CLOCK_NONE;
	causes->met += clock->state == CLOCK_MET;
	causes->unknown += clock->state == CLOCK_UNKNOWN;
	if (clock->state != CLOCK_BREACHED)
		return;
	breach_cause_find(&cause, analysis, stalls, arena);
	causes->breached++;
	causes->counts[cause.trouble]++;
	if (cause.seen != INSTANT_NONE)
		histogram_add(&causes->left[cause.trouble],
		    calendar_between(clock->calendar, cause.seen, clock->breached));
}

static int64_t
share_of(const struct causes *causes, int trouble)
{
	return causes->breached > 0 ? num_muldiv(causes->counts[trouble], 1000, causes->breached)
				    : 0;
}

void
causes_write_text(const struct causes *causes, struct buf *out)
{
	int64_t open = causes->promised - causes->met - causes->breached - causes->unknown, share;
	char left[40];
	int i;

	buf_addf(out, "resolve: %lld breached, %lld met, %lld open, %lld unknown\n\n",
	    (long long)causes->breached, (long long)causes->met, (long long)open,
	    (long long)causes->unknown);
	buf_addz(out, "first cause seen  breaches  share  median time left\n");
	for (i = 0; i < TROUBLES; i++) {
		share = share_of(causes, i);
		instant_format_working(
		    histogram_quantile(&causes->left[i], 500), left, sizeof(left));
		buf_addf(out, "%-16s  %8lld  %3lld.%lld%%  %s\n", trouble_word((enum trouble)i),
		    (long long)causes->counts[i], (long long)share / 10, (long long)share % 10,
		    causes->left[i].count > 0 ? left : "-");
	}
}

void
causes_write_json(const struct causes *causes, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	int i;

	jsonw_open(&w, NULL, '{');
	jsonw_text(&w, "metric", word_of(WORDS_METRIC, METRIC_RESOLVE));
	jsonw_i64(&w, "promised", causes->promised);
	jsonw_i64(&w, "breached", causes->breached);
	jsonw_i64(&w, "met", causes->met);
	jsonw_i64(&w, "unknown", causes->unknown);
	jsonw_open(&w, "causes", '[');
	for (i = 0; i < TROUBLES; i++) {
		jsonw_open(&w, NULL, '{');
		jsonw_text(&w, "cause", trouble_word((enum trouble)i));
		jsonw_i64(&w, "breaches", causes->counts[i]);
		jsonw_i64(&w, "share", share_of(causes, i));
		if (causes->left[i].count > 0)
			jsonw_i64(&w, "left_p50", histogram_quantile(&causes->left[i], 500));
		else
			jsonw_null(&w, "left_p50");
		jsonw_close(&w, '}');
	}
	jsonw_close(&w, ']');
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
}

void
causes_csv_header(struct buf *out)
{
	buf_addz(out, "source,ticket,cause,seen,breached\n");
}

static void
instant_cell(struct csv_writer *w, int64_t instant)
{
	char text[INSTANT_TEXT];

	if (instant == INSTANT_NONE) {
		csvw_empty(w);
		return;
	}
	instant_format(instant, text);
	csvw_text(w, text);
}

void
causes_csv_ticket(struct buf *out, const struct analysis *analysis,
    const struct stall_table *stalls, struct arena *arena)
{
	const struct clock *clock = &analysis->clocks[METRIC_RESOLVE];
	struct csv_writer w = csv_writer_to(out, true);
	struct breach_cause cause;

	if (clock->state != CLOCK_BREACHED)
		return;
	breach_cause_find(&cause, analysis, stalls, arena);
	csvw_text(&w, analysis->ticket->source);
	csvw_text(&w, analysis->ticket->id);
	csvw_text(&w, trouble_word(cause.trouble));
	instant_cell(&w, cause.seen);
	instant_cell(&w, clock->breached);
	csvw_end(&w);
}
