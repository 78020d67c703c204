/* measure_name.c: what the measures of a report are called one by one */
#include "report/count/aggregate.h"
#include "report/trace.h"

static const char *
metric_word(int metric)
{
	return metric == METRIC_NONE ? "none" : word_of(WORDS_METRIC, metric);
}

/* Of a clock: its metric, and its state or what the PSA says of it. */
static void
add_clock(struct buf *out, int index, int length, const char *word)
{
	buf_addf(out, ".%s.%s", metric_word(index / length), word);
}

/* The place in a row of counts; of a kind without words its number. */
static void
add_index(struct buf *out, int first, int index)
{
	static const char *const verdicts[VERDICTS] = {"agree", "differ", "not_comparable"};
	static const char *const efforts[EFFORTS] = {
	    "all", "resolved", "returned", "breached", "any"};
	static const char *const checks[CONFORMITIES] = {
	    "idle", "conforms", "deviates", "not_judged"};
	int state = index % CLOCK_COUNTS;

	switch (first) {
	case COUNT_MISSED_WENT:
	case COUNT_MET_WENT:
		buf_addf(out, ".%s", whereabouts_word((enum whereabouts)index));
		break;
	case COUNT_CHECKS:
		buf_addf(out, ".%s", checks[index]);
		break;
	case COUNT_GRADES:
		buf_addf(out, ".%s", response_word((enum response)index));
		break;
	case COUNT_WORK:
	case COUNT_TOUCHES:
	case COUNT_EFFORT_BLIND:
	case COUNT_PRICED_WORK:
	case COUNT_PRICED_BLIND:
	case COUNT_PRICE:
		buf_addf(out, ".%s", efforts[index]);
		break;
	case COUNT_CLOCKS:
	case COUNT_RULES_CLOCKS:
		add_clock(out, index, CLOCK_COUNTS,
		    state == CLOCK_NONE          ? "none"
			: state == CLOCK_OVERDUE ? "overdue"
						 : clock_state_word((enum clock_state)state));
		break;
	case COUNT_VERDICTS:
		add_clock(out, index, VERDICTS, verdicts[index % VERDICTS]);
		break;
	case COUNT_NEWLY_BREACHED:
	case COUNT_NO_LONGER_BREACHED:
		buf_addf(out, ".%s", metric_word(index));
		break;
	default:
		buf_addf(out, ".%d", index);
		break;
	}
}

void
measure_name(int measure, struct buf *out)
{
	size_t i;

	if (measure >= COUNTS) {
		buf_addf(out, "each.%s", spread_rows[measure - COUNTS].name);
		return;
	}
	for (i = 0; measure >= count_rows[i].first + count_rows[i].length; i++)
		continue;
	buf_addz(out, count_rows[i].name);
	if (count_rows[i].length > 1)
		add_index(out, count_rows[i].first, measure - count_rows[i].first);
}
