/* calendar.c: questions about business time, each a look-up in compiled segments */
#include "time/calendar.h"
#include "base/mem.h"
#include "time/calendar_rules.h"

#define FIRST_YEAR  1950
#define LAST_YEAR   2100
/* A local day may lie a day off its UTC date, and another where a zone skipped one. */
#define MARGIN_DAYS 4

/* Tickets that follow each other ask for the same days again and again. */
#define CLOSINGS 256

struct closing {
	bool known;
	int64_t day, close; /* as day_close() has it */
};

struct calendar {
	struct rules *rules;
	bool always;
	int first_year, last_year; /* compiled so far; none when last_year is 0 */
	int64_t from, to;          /* the segments are right for [from, to): those years in UTC */
	struct segments segments;  /* and one more behind the last, which begins at INT64_MAX */
	uint32_t *index;           /* by UTC day: the first segment with an end after its start */
	struct segments scratch;   /* of one day */
	struct closing closings[CLOSINGS]; /* by day: what was asked of late */
	struct calendar *variants;         /* a list; of a variant: the next one */
	bool holidays;                     /* of a variant: they were kept */
};

struct calendar *
calendar_new(const struct calendar_rules *rules, char why[CALENDAR_WHY])
{
	struct rules *checked = rules_new(rules, why);
	struct calendar *calendar;

	if (checked == NULL)
		return NULL;
	calendar = mem_calloc(1, sizeof(*calendar));
	calendar->rules = checked;
	calendar->always = rules_always(checked);
	return calendar;
}

void
calendar_free(struct calendar *calendar)
{
	if (calendar == NULL)
		return;
	calendar_free(calendar->variants); /* as long as the policy has zones */
	rules_free(calendar->rules);
	mem_free(calendar->segments.segment);
	mem_free(calendar->scratch.segment);
	mem_free(calendar->index);
	mem_free(calendar);
}

const struct zone *
calendar_zone(const struct calendar *calendar)
{
	return rules_zone(calendar->rules);
}

struct calendar *
calendar_variant(struct calendar *calendar, const struct zone *zone, bool holidays)
{
	struct calendar *variant;

	if (zone == NULL)
		zone = calendar_zone(calendar);
	if (calendar->always || (zone == calendar_zone(calendar) && holidays))
		return calendar;
	for (variant = calendar->variants; variant != NULL; variant = variant->variants)
		if (calendar_zone(variant) == zone && variant->holidays == holidays)
			return variant;
	variant = mem_calloc(1, sizeof(*variant));
	variant->rules = rules_copy(calendar->rules, zone, holidays);
	variant->holidays = holidays;
	variant->variants = calendar->variants;
	calendar->variants = variant;
	return variant;
}

bool
calendar_is_always(const struct calendar *calendar)
{
	return calendar->always;
}

static void
add_end_mark(struct segments *segments)
{
	struct segment mark = {INT64_MAX, INT64_MAX, 0};

	if (segments->n > 0) {
		const struct segment *last = &segments->segment[segments->n - 1];

		mark.before = last->before + (last->end - last->start);
	}
	segments->segment = mem_push(segments->segment, segments->n, &segments->cap, sizeof(mark));
	segments->segment[segments->n++] = mark;
}

/* One entry a day of [from, to], the last day included as an upper bound for searches. */
static void
fill_index(struct calendar *calendar)
{
	const struct segment *s = calendar->segments.segment;
	size_t i, days = (size_t)((calendar->to - calendar->from) / SECONDS_PER_DAY) + 1;
	uint32_t k = 0;

	calendar->index = mem_grow(calendar->index, days, sizeof(*calendar->index));
	for (i = 0; i < days; i++) {
		while (s[k].end <= calendar->from + (int64_t)i * SECONDS_PER_DAY)
			k++;
		calendar->index[i] = k;
	}
}

static int
clip_year(int year)
{
	return year < FIRST_YEAR ? FIRST_YEAR : year > LAST_YEAR ? LAST_YEAR : year;
}

/*
 * Compiles the year of an instant too. Each time the years at least double, so the work stays in
 * proportion to the years used in the end, in whatever order they are asked for.
 */
static void
extend(struct calendar *calendar, int64_t instant)
{
	int span = calendar->last_year - calendar->first_year + 1;
	struct civil civil;
	int64_t first, last;

	instant_to_civil(instant, &civil);
	if (calendar->last_year == 0) {
		calendar->first_year = clip_year(civil.year - 1);
		calendar->last_year = clip_year(civil.year + 1);
	} else if (instant < calendar->from) {
		calendar->first_year = clip_year(civil.year < calendar->first_year - span
			? civil.year
			: calendar->first_year - span);
	} else {
		calendar->last_year =
		    clip_year(civil.year > calendar->last_year + span ? civil.year
								      : calendar->last_year + span);
	}
	first = instant_days(calendar->first_year, 1, 1);
	last = instant_days(calendar->last_year + 1, 1, 1);
	rules_compile(
	    calendar->rules, first - MARGIN_DAYS, last + MARGIN_DAYS, &calendar->segments);
	add_end_mark(&calendar->segments);
	calendar->from = first * SECONDS_PER_DAY;
	calendar->to = last * SECONDS_PER_DAY;
	fill_index(calendar);
}

static inline void
ensure(struct calendar *calendar, int64_t instant)
{
	if (instant < calendar->from || instant >= calendar->to)
		extend(calendar, instant);
}

/* Compiles later years; false when there are none left. */
static bool
extend_forward(struct calendar *calendar)
{
	if (calendar->last_year == LAST_YEAR)
		return false;
	extend(calendar, calendar->to);
	return true;
}

/* The first segment with an end after an instant in [from, to); it may be the end mark. */
static inline const struct segment *
find(const struct calendar *calendar, int64_t instant)
{
	size_t day = (size_t)(instant - calendar->from) / (size_t)SECONDS_PER_DAY;
	const struct segment *low = calendar->segments.segment + calendar->index[day];
	const struct segment *high = calendar->segments.segment + calendar->index[day + 1];

	while (high - low > 4) {
		const struct segment *middle = low + (high - low) / 2;

		if (middle->end <= instant)
			low = middle + 1;
		else
			high = middle;
	}
	while (low->end <= instant)
		low++;
	return low;
}

/* Working seconds from the first segment to an instant, given find() of it. */
static inline int64_t
sum_to(const struct segment *segment, int64_t instant)
{
	return segment->before + (instant > segment->start ? instant - segment->start : 0);
}

int64_t
calendar_between(struct calendar *calendar, int64_t from, int64_t to)
{
	if (to < from || from < INSTANT_MIN || to > INSTANT_MAX)
		return -1;
	if (calendar->always)
		return to - from;
	ensure(calendar, from);
	ensure(calendar, to);
	return sum_to(find(calendar, to), to) - sum_to(find(calendar, from), from);
}

/*
 * The first segment from `low` on that ends with a sum of at least target; the caller knows that
 * there is one. Steps that double, then halves, as most are near.
 */
static const struct segment *
find_sum(const struct calendar *calendar, const struct segment *low, int64_t target)
{
	const struct segment *mark = calendar->segments.segment + (calendar->segments.n - 1);
	ptrdiff_t step = 1;

	while (step < mark - low && low[step].before < target) {
		low += step;
		step *= 2;
	}
	if (step > mark - low)
		step = mark - low;
	/* Within low[0] .. low[step - 1]: their ends are the `before` of the next. */
	while (step > 1) {
		ptrdiff_t half = step / 2;

		if (low[half].before < target) {
			low += half;
			step -= half;
		} else {
			step = half;
		}
	}
	return low;
}

int64_t
calendar_add(struct calendar *calendar, int64_t from, int64_t seconds)
{
	if (!instant_in_range(from) || seconds < 0 || seconds > INSTANT_MAX - from)
		return INSTANT_NONE;
	if (seconds == 0 || calendar->always)
		return from + seconds;
	ensure(calendar, from);
	for (;;) {
		const struct segment *segment = find(calendar, from);
		const struct segment *mark =
		    calendar->segments.segment + (calendar->segments.n - 1);
		int64_t target = sum_to(segment, from) + seconds;

		if (target <= mark->before) {
			int64_t found;

			segment = find_sum(calendar, segment, target);
			found = segment->start + (target - segment->before);
			if (found < calendar->to)
				return found;
		}
		if (!extend_forward(calendar))
			return INSTANT_NONE;
	}
}

/* The first segment with an end after `instant` and a start in range, or NULL. */
static const struct segment *
next_segment(struct calendar *calendar, int64_t instant)
{
	const struct segment *segment;

	ensure(calendar, instant);
	for (;;) {
		segment = find(calendar, instant);
		if (segment->start < calendar->to)
			return segment;
		if (!extend_forward(calendar))
			return NULL;
	}
}

int64_t
calendar_next_open(struct calendar *calendar, int64_t instant)
{
	const struct segment *segment;

	if (!instant_in_range(instant))
		return INSTANT_NONE;
	if (calendar->always)
		return instant;
	segment = next_segment(calendar, instant);
	if (segment == NULL)
		return INSTANT_NONE;
	return segment->start > instant ? segment->start : instant;
}

int64_t
calendar_add_opening(struct calendar *calendar, int64_t from, int64_t seconds)
{
	return calendar_next_open(calendar, calendar_add(calendar, from, seconds));
}

bool
calendar_is_open(struct calendar *calendar, int64_t instant)
{
	if (!instant_in_range(instant))
		return false;
	if (calendar->always)
		return true;
	ensure(calendar, instant);
	return find(calendar, instant)->start <= instant;
}

bool
calendar_segment(struct calendar *calendar, int64_t instant, int64_t *start, int64_t *end)
{
	const struct segment *segment;

	if (!instant_in_range(instant))
		return false;
	*start = INSTANT_MIN;
	*end = INSTANT_MAX + 1;
	if (calendar->always)
		return true;
	/* A segment that reaches over the compiled years is not seen whole yet. */
	for (;;) {
		segment = next_segment(calendar, instant);
		if (segment == NULL)
			return false;
		if (segment->start < calendar->from && calendar->first_year > FIRST_YEAR)
			extend(calendar, calendar->from - 1);
		else if (segment->end < calendar->to || !extend_forward(calendar))
			break;
	}
	if (*start < segment->start)
		*start = segment->start;
	if (*end > segment->end)
		*end = segment->end;
	return true;
}

int64_t
calendar_next_close(struct calendar *calendar, int64_t instant)
{
	int64_t start, end;

	if (!calendar_segment(calendar, instant, &start, &end) || end > INSTANT_MAX)
		return INSTANT_NONE;
	return end;
}

/* When a civil day closes for the last time; INSTANT_NONE when it never opens. */
static int64_t
day_close(struct calendar *calendar, int64_t day)
{
	struct closing *kept = &calendar->closings[(uint64_t)day % CLOSINGS];
	struct segments *scratch = &calendar->scratch;

	if (kept->known && kept->day == day)
		return kept->close;
	rules_compile(calendar->rules, day, day, scratch);
	*kept = (struct closing){
	    true, day, scratch->n == 0 ? INSTANT_NONE : scratch->segment[scratch->n - 1].end};
	return kept->close;
}

int64_t
calendar_add_days(struct calendar *calendar, int64_t from, int64_t days, enum calendar_days mode)
{
	const struct zone *zone = calendar_zone(calendar);
	int64_t opening = calendar_next_open(calendar, from);
	int64_t local, day, left, close, same;

	if (opening == INSTANT_NONE || days < 0)
		return INSTANT_NONE;
	local = opening + zone_offset(zone, opening);
	day = instant_day_of(local);
	close = day_close(calendar, day);
	for (left = days; left > 0; left -= close != INSTANT_NONE) {
		if (++day * SECONDS_PER_DAY > INSTANT_MAX + SECONDS_PER_DAY)
			return INSTANT_NONE;
		close = day_close(calendar, day);
	}
	(void)zone_resolve(zone, local + (day - instant_day_of(local)) * SECONDS_PER_DAY, &same);
	if (days == 0)
		same = opening;
	/* None: hours that a change of the clocks pushed past midnight. */
	if (close != INSTANT_NONE && (mode == CALENDAR_END_OF_DAY || same > close))
		same = close;
	return same > INSTANT_MAX ? INSTANT_NONE : same;
}
