/* budget.c: what of a budget is used, and when it will be used up */
#include "report/budget.h"

#include "base/num.h"
#include "time/instant.h"

static int64_t
day_of(const struct zone *zone, int64_t instant)
{
	struct civil civil;

	zone_local(zone, instant, &civil);
	return instant_days(civil.year, civil.month, civil.day);
}

void
term_set(struct term *term, const struct zone *zone, int64_t last)
{
	enum period period = term->budget.period;

	term->zone = zone;
	term->period = period_at(period, zone, last);
	term->start = period_start(period, zone, term->period);
	term->end = period_start(period, zone, term->period + 1);
	term->first_day = day_of(zone, term->start);
	term->spans[SPAN_PERIOD] = (struct window){term->start, last + 1};
	term->spans[SPAN_SHORT] = (struct window){last + 1 - BUDGET_SHORT, last + 1};
	term->spans[SPAN_LONG] = (struct window){last + 1 - BUDGET_LONG, last + 1};
}

uint32_t
term_day(const struct term *term, int64_t instant)
{
	return (uint32_t)(day_of(term->zone, instant) - term->first_day) + 1;
}

int64_t
term_day_start(const struct term *term, uint32_t day)
{
	return zone_day_start(term->zone, term->first_day + (int64_t)day - 1);
}

/* Of numbers that are not negative. */
static int64_t
sum(int64_t a, int64_t b)
{
	return b > INT64_MAX - a ? INT64_MAX : a + b;
}

int64_t
budget_decided(const struct group *group)
{
	return sum(count_of(group, COUNT_BUDGET_MET), count_of(group, COUNT_BUDGET_BREACHED));
}

int64_t
budget_burn(const struct group *group, const struct budget *budget)
{
	int64_t decided = budget_decided(group);

	if (decided == 0 || budget->allowed == 0)
		return -1;
	return num_muldiv(count_of(group, COUNT_BUDGET_BREACHED), 1000000, decided) /
	    budget->allowed;
}

/* a * b / c, rounded up. */
static int64_t
muldiv_up(int64_t a, int64_t b, int64_t c)
{
	int64_t down = num_muldiv(a, b, c);

	return num_compare_products(down, c, a, b) < 0 ? down + 1 : down;
}

/* The miss that is one too many, if the misses of the long span come again as often. */
static int64_t
used_up_at(const struct outcome *outcome, const struct term *term, int64_t pace)
{
	int64_t last = term->spans[SPAN_PERIOD].until - 1, wait;

	if (pace == 0 || outcome->breached > outcome->expected)
		return INSTANT_NONE;
	wait = muldiv_up(outcome->expected - outcome->breached + 1, BUDGET_LONG, pace);
	return wait < term->end - last ? last + wait : INSTANT_NONE;
}

void
budget_outcome(struct outcome *outcome, const struct term *term,
    const struct group *const groups[BUDGET_SPANS])
{
	int64_t left = term->end - term->spans[SPAN_PERIOD].until, more;

	outcome->decided = budget_decided(groups[SPAN_PERIOD]);
	outcome->breached = count_of(groups[SPAN_PERIOD], COUNT_BUDGET_BREACHED);
	outcome->unknown = count_of(groups[SPAN_PERIOD], COUNT_BUDGET_BLIND);
	outcome->allowed = num_muldiv(outcome->decided, term->budget.allowed, 1000);
	more = num_muldiv(budget_decided(groups[SPAN_LONG]), left, BUDGET_LONG);
	outcome->expected = num_muldiv(sum(outcome->decided, more), term->budget.allowed, 1000);
	outcome->used_up_at =
	    used_up_at(outcome, term, count_of(groups[SPAN_LONG], COUNT_BUDGET_BREACHED));
}
