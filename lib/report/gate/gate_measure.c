/* gate_measure.c: the numbers that a gate may ask for, a row each */
#include "report/gate/gate_tree.h"

#include "report/format/render.h"

static struct gate_value
no_value(void)
{
	return (struct gate_value){.whole = 1};
}

static struct gate_value
number(int64_t n)
{
	return (struct gate_value){.judged = true, .part = n, .whole = 1};
}

static struct gate_value
share(int64_t part, int64_t whole)
{
	return (struct gate_value){.judged = whole > 0, .part = part, .whole = whole};
}

static struct gate_value
read_count(const struct group *group, enum metric metric, int count)
{
	(void)metric;
	return number(count_of(group, count));
}

/* What the clocks of open tickets promise; without any outlook nothing is known. */
static struct gate_value
read_at_risk(const struct group *group, enum metric metric, int count)
{
	(void)metric;
	return count_of(group, COUNT_OPEN) > 0 &&
		count_of(group, COUNT_NO_OUTLOOK) == count_of(group, COUNT_OPEN)
	    ? no_value()
	    : number(count_of(group, count));
}

/* Of whom nothing is known may be orphaned or not. */
static struct gate_value
read_orphaned(const struct group *group, enum metric metric, int count)
{
	(void)metric;
	return count_of(group, COUNT_OPEN) > 0 &&
		count_of(group, COUNT_NOW_UNKNOWN) == count_of(group, COUNT_OPEN)
	    ? no_value()
	    : number(count_of(group, count));
}

static struct gate_value
read_findings(const struct group *group, enum metric metric, int count)
{
	bool blind = count_of(group, COUNT_NO_RULES) + count_of(group, COUNT_NO_OWNERSHIP) ==
	    count_of(group, COUNT_TICKETS);

	(void)metric;
	return count_of(group, COUNT_TICKETS) > 0 && blind ? no_value()
							   : number(count_of(group, count));
}

static struct gate_value
read_handoffs(const struct group *group, enum metric metric, int count)
{
	bool blind =
	    spread_of(group, SPREAD_HANDOFFS)->count == 0 && count_of(group, COUNT_TICKETS) > 0;

	(void)metric;
	return blind ? no_value() : number(count_of(group, count));
}

static struct gate_value
read_handoffs_quantile(const struct group *group, enum metric metric, int per_mille)
{
	const struct histogram *spread = spread_of(group, SPREAD_HANDOFFS);

	(void)metric;
	return spread->count == 0 ? no_value() : number(histogram_quantile(spread, per_mille));
}

static struct gate_value
read_acceptance_quantile(const struct group *group, enum metric metric, int per_mille)
{
	const struct histogram *spread = spread_of(group, SPREAD_ACCEPTED);

	(void)metric;
	return spread->count == 0 ? no_value() : number(histogram_quantile(spread, per_mille));
}

static struct gate_value
read_orphan_share(const struct group *group, enum metric metric, int what)
{
	int64_t life = 0, orphan = 0, part;
	int cause;

	(void)metric;
	(void)what;
	for (cause = 0; cause < CAUSES; cause++) {
		part = count_of(group, COUNT_LIFE_OWNED + cause);
		life = part > INT64_MAX - life ? INT64_MAX : life + part;
		if (cause_is_orphan((enum cause)cause))
			orphan = part > INT64_MAX - orphan ? INT64_MAX : orphan + part;
	}
	if (count_of(group, COUNT_LIFE_UNKNOWN) == life)
		return no_value();
	return share(orphan, life);
}

/* A state of the clock. Where all that there are could not be judged, none of the others is known. */
static struct gate_value
read_clock(const struct group *group, enum metric metric, int state)
{
	int64_t unknown = clock_count(group, metric, CLOCK_UNKNOWN), known = 0;
	int one;

	for (one = CLOCK_RUNNING; one < CLOCK_UNKNOWN; one++)
		known += clock_count(group, metric, one);
	if (state != CLOCK_UNKNOWN && state != CLOCK_NONE && unknown > 0 && known == 0)
		return no_value();
	return number(clock_count(group, metric, state));
}

static struct gate_value
read_rate(const struct group *group, enum metric metric, int state)
{
	int64_t met = clock_count(group, metric, CLOCK_MET);
	int64_t breached = clock_count(group, metric, CLOCK_BREACHED);

	return share(state == CLOCK_MET ? met : breached, met + breached);
}

static struct gate_value
read_differs(const struct group *group, enum metric metric, int what)
{
	int64_t differs = verdict_count(group, metric, VERDICT_DIFFERS);

	(void)what;
	return differs + verdict_count(group, metric, VERDICT_AGREES) == 0 ? no_value()
									   : number(differs);
}

/* Of the tickets that some rule of the process could be held against. */
static struct gate_value
read_conformance(const struct group *group, enum metric metric, int what)
{
	(void)metric;
	(void)what;
	return share(
	    count_of(group, COUNT_PROCESS_CONFORMING), count_of(group, COUNT_PROCESS_JUDGED));
}

static struct gate_value
read_deviating(const struct group *group, enum metric metric, int what)
{
	int64_t judged = count_of(group, COUNT_PROCESS_JUDGED);

	(void)metric;
	(void)what;
	return judged == 0 ? no_value()
			   : number(judged - count_of(group, COUNT_PROCESS_CONFORMING));
}

static const struct gate_measure measures[] = {
    {"acceptance_p50", GATE_WORKING, false, read_acceptance_quantile, 500,
	"working time from a handoff to its acceptance, median", false},
    {"acceptance_p90", GATE_WORKING, false, read_acceptance_quantile, 900,
	"working time from a handoff to its acceptance, 90 % quantile", false},
    {"at_risk", GATE_COUNT, false, read_at_risk, COUNT_AT_RISK,
	"open tickets likely to miss a target", false},
    {"attainment", GATE_SHARE, true, read_rate, CLOCK_MET, "clocks met, of met and breached",
	false},
    {"breach_rate", GATE_SHARE, true, read_rate, CLOCK_BREACHED,
	"clocks breached, of met and breached", false},
    {"breached", GATE_COUNT, true, read_clock, CLOCK_BREACHED, "clocks breached", false},
    {"conformance", GATE_SHARE, false, read_conformance, 0,
	"tickets that followed every rule of the process, of those judged", true},
    {"deviating", GATE_COUNT, false, read_deviating, 0,
	"tickets that deviate from some rule of the process", true},
    {"findings", GATE_COUNT, false, read_findings, COUNT_FINDINGS, "findings of all rules", false},
    {"findings_critical", GATE_COUNT, false, read_findings, COUNT_CRITICAL,
	"findings of severity critical", false},
    {"findings_high", GATE_COUNT, false, read_findings, COUNT_HIGH, "findings of severity high",
	false},
    {"handed_on", GATE_COUNT, false, read_handoffs, COUNT_HANDED_ON, "tickets handed on at all",
	false},
    {"handoffs", GATE_COUNT, false, read_handoffs, COUNT_HANDOFFS, "handoffs", false},
    {"handoffs_max", GATE_COUNT, false, read_handoffs_quantile, 1000,
	"handoffs per ticket, the most", false},
    {"handoffs_p90", GATE_COUNT, false, read_handoffs_quantile, 900,
	"handoffs per ticket, 90 % quantile", false},
    {"met", GATE_COUNT, true, read_clock, CLOCK_MET, "clocks met", false},
    {"needing_someone", GATE_COUNT, false, read_count, COUNT_NEEDING, "tickets on the worklist",
	false},
    {"no_target", GATE_COUNT, true, read_clock, CLOCK_NONE, "tickets without such a target", false},
    {"not_judged", GATE_COUNT, true, read_clock, CLOCK_UNKNOWN, "clocks without evidence", false},
    {"open", GATE_COUNT, false, read_count, COUNT_OPEN, "open tickets", false},
    {"orphan_share", GATE_SHARE, false, read_orphan_share, 0,
	"time in which nobody was accountable, of all time", false},
    {"orphaned_open", GATE_COUNT, false, read_orphaned, COUNT_ORPHANED,
	"open tickets for which nobody is accountable now", false},
    {"overdue", GATE_COUNT, false, read_count, COUNT_OVERDUE,
	"open tickets past a target that still runs", false},
    {"owner_unknown", GATE_COUNT, false, read_count, COUNT_NOW_UNKNOWN,
	"open tickets whose owner is not known", false},
    {"paused", GATE_COUNT, true, read_clock, CLOCK_PAUSED, "clocks that stand", false},
    {"psa_differs", GATE_COUNT, true, read_differs, 0, "clocks that the PSA judges differently",
	false},
    {"running", GATE_COUNT, true, read_clock, CLOCK_RUNNING, "clocks that run", false},
    {"still_open", GATE_COUNT, true, read_clock, CLOCK_OVERDUE, "clocks breached that still run",
	false},
    {"tickets", GATE_COUNT, false, read_count, COUNT_TICKETS, "tickets looked at", false},
};

#define MEASURES (sizeof(measures) / sizeof(measures[0]))

/* Takes "pickup." off the front. */
static bool
take_metric(struct slice *name, enum metric *metric)
{
	const char *dot = name->n > 0 ? memchr(name->p, '.', name->n) : NULL;
	struct slice word = {name->p, dot != NULL ? (size_t)(dot - name->p) : 0};

	*metric = METRIC_RESOLVE;
	if (dot == NULL)
		return false;
	*metric = (enum metric)word_value(WORDS_METRIC, word);
	name->p += word.n + 1;
	name->n -= word.n + 1;
	return true;
}

const struct gate_measure *
gate_measure_of(struct slice name, enum metric *metric)
{
	bool of_clock = take_metric(&name, metric);
	size_t i;

	if (*metric == METRIC_NONE)
		return NULL;
	for (i = 0; i < MEASURES; i++)
		if (slice_eqz(name, measures[i].name) && (measures[i].clock || !of_clock))
			return &measures[i];
	return NULL;
}

/* Levenshtein's distance, for names of less than NAME bytes; more than 2 is all the same. */
#define NAME 24

static size_t
distance(struct slice a, const char *b)
{
	size_t row[NAME + 1], n = strlen(b), i, j, diagonal, above, least;

	if (a.n >= NAME || n >= NAME)
		return NAME;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 1; i <= a.n; i++) {
		diagonal = row[0];
		row[0] = i;
		for (j = 1; j <= n; j++) {
			above = row[j];
			least = above < row[j - 1] ? above : row[j - 1];
			least++;
			diagonal += a.p[i - 1] != b[j - 1];
			row[j] = diagonal < least ? diagonal : least;
			diagonal = above;
		}
	}
	return row[n];
}

const char *
gate_name_near(struct slice name)
{
	const char *best = NULL;
	size_t i, one, least = 3;
	enum metric metric;

	take_metric(&name, &metric);
	for (i = 0; i < MEASURES + GATE_FILTERS; i++) {
		const char *other = i < MEASURES ? measures[i].name : gate_filters[i - MEASURES];

		one = distance(name, other);
		if (one < least && one < strlen(other)) {
			least = one;
			best = other;
		}
	}
	return best;
}

void
gate_value_words(enum gate_unit unit, const struct gate_value *value, struct buf *out)
{
	static const enum cell_type types[GATE_UNITS] = {
	    CELL_INT, CELL_PERMILLE, CELL_SECONDS, CELL_WORK};
	struct cell cell = {.type = types[unit], .number = value->part};

	if (unit == GATE_SHARE)
		cell = cell_share(value->part, value->whole, true);
	cell_words(&cell, 0, out);
	if (unit == GATE_SHARE)
		buf_addf(out, " (%lld of %lld)", (long long)value->part, (long long)value->whole);
}

void
gates_list(struct buf *out)
{
	static const char *const units[GATE_UNITS] = {"count", "share", "elapsed", "working"};
	size_t i;

	for (i = 0; i < MEASURES; i++)
		buf_addf(out, "%s%s\t%s\t%s\n", measures[i].clock ? "[CLOCK.]" : "",
		    measures[i].name, units[measures[i].unit], measures[i].help);
}
