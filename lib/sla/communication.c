/* communication.c: the record of how the client was kept informed */
#include "sla/communication.h"

#include "base/intern.h"
#include "base/num.h"
#include "sla/window.h"
#include "time/instant.h"

#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Sorts the values. */
static struct gap_lengths
spread_of(int64_t *values, size_t n)
{
	if (n == 0)
		return (struct gap_lengths){-1, -1, -1};
	qsort(values, n, sizeof(*values), compare);
	return (struct gap_lengths){
	    values[(n + 1) / 2 - 1], values[(n * 9 + 9) / 10 - 1], values[n - 1]};
}

static void
measure_silences(struct communication *communication, const struct dialogue *dialogue,
    const struct ledger *ledger, struct arena *arena)
{
	int64_t *values = arena_alloc(arena, (dialogue->nsilences + 1) * sizeof(*values));
	const struct silence *one;
	size_t i, n = dialogue->nsilences;

	communication->gaps = (int64_t)n;
	for (i = 0; i < n; i++) {
		one = &dialogue->silences[i];
		values[i] = one->to - one->from;
		if (one->open)
			communication->silent_since = one->from;
	}
	communication->elapsed = communication->working = spread_of(values, n);
	if (calendar_is_always(ledger->calendar))
		return;
	for (i = 0; i < n; i++)
		values[i] = calendar_between(
		    ledger->calendar, dialogue->silences[i].from, dialogue->silences[i].to);
	communication->working = spread_of(values, n);
}

static void
list_speakers(
    struct communication *communication, const struct dialogue *dialogue, struct arena *arena)
{
	struct intern names = {0};
	const struct word *word;
	struct speaker *one;
	int64_t owners = 0, told = 0;
	uint32_t number;
	size_t i;

	communication->speakers =
	    arena_alloc(arena, (dialogue->nwords + 1) * sizeof(*communication->speakers));
	for (i = 0; i < dialogue->nwords; i++) {
		word = &dialogue->words[i];
		number = intern_add(&names, slice_z(word->by));
		one = &communication->speakers[number];
		if (number == communication->nspeakers) {
			communication->nspeakers++;
			*one = (struct speaker){word->by, 0, word->by_owner < 0 ? -1 : 0};
		}
		one->messages++;
		told += word->by_owner >= 0;
		owners += word->by_owner == 1;
		if (word->by_owner >= 0)
			one->as_owner = (one->as_owner < 0 ? 0 : one->as_owner) + word->by_owner;
	}
	if (told > 0)
		communication->spoken_by_owner = num_muldiv(owners, 1000, told);
	intern_free(&names);
}

static void
measure_waits(struct communication *communication, const struct dialogue *dialogue,
    const struct ledger *ledger)
{
	const struct wait *one;
	int64_t worked;
	size_t i;

	for (i = 0; i < dialogue->nwaits; i++) {
		one = &dialogue->waits[i];
		worked = calendar_between(ledger->calendar, one->from, one->to);
		if (worked > communication->longest_wait)
			communication->longest_wait = worked;
		if (one->open) {
			communication->unanswered = one->messages;
			communication->unanswered_since = one->from;
		} else if (!one->answered) {
			communication->unanswered_left += one->messages;
		}
	}
}

static void
count_promises(struct communication *communication, const struct dialogue *dialogue)
{
	const struct promise *one;
	size_t i;

	communication->promises_known = dialogue->has_promises;
	for (i = 0; i < dialogue->npromises; i++) {
		one = &dialogue->promises[i];
		communication->kept += one->state == PROMISE_KEPT;
		communication->missed += one->state == PROMISE_MISSED;
		if (one->state != PROMISE_OPEN)
			continue;
		communication->open++;
		if (communication->next_promise == INSTANT_NONE ||
		    one->to < communication->next_promise)
			communication->next_promise = one->to;
	}
}

static void
tell_response(struct communication *communication, const struct dialogue *dialogue)
{
	if (dialogue->response == NULL)
		return;
	communication->response_at = dialogue->response->at;
	communication->response_by = dialogue->response->by;
}

void
communication_of(struct communication *communication, const struct dialogue *dialogue,
    const struct timeline *timeline, const struct ledger *ledger, const struct policy *policy,
    struct arena *arena)
{
	*communication = (struct communication){.known = dialogue->has_messages,
	    .response_known =
		windows_have_evidence(timeline, METRIC_FIRST_RESPONSE, policy_conventions(policy)),
	    .grade = dialogue->response_grade,
	    .response_at = INSTANT_NONE,
	    .best = dialogue->best,
	    .human_at = dialogue->first[RESPONSE_HUMAN],
	    .messages = (int64_t)dialogue->nwords,
	    .spoken_by_owner = -1,
	    .working = {-1, -1, -1},
	    .elapsed = {-1, -1, -1},
	    .silent_since = INSTANT_NONE,
	    .unanswered_since = INSTANT_NONE,
	    .longest_wait = -1,
	    .next_promise = INSTANT_NONE};
	if (communication->response_known)
		tell_response(communication, dialogue);
	if (!communication->known)
		return;
	list_speakers(communication, dialogue, arena);
	measure_silences(communication, dialogue, ledger, arena);
	measure_waits(communication, dialogue, ledger);
	count_promises(communication, dialogue);
}
