/* variants.c: tickets by the path that they took, in bounded memory */
#include "report/count/variants.h"

#include <string.h>

#define ARROW " > "
#define MORE  "..."

void
variant_words(struct buf *out, const struct variant *variant, size_t steps)
{
	size_t i;

	for (i = 0; i < variant->nstates && i < steps; i++)
		buf_addf(out, "%s%s", i == 0 ? "" : ARROW,
		    word_of(WORDS_STATE, (int)variant->states[i]));
	if (variant->more || variant->nstates > steps)
		buf_addz(out, ARROW MORE);
}

size_t
variant_cut(struct buf *out, const char *name, size_t steps)
{
	const char *at = name, *next;
	size_t n = 0;

	for (; at != NULL && n < steps && strcmp(at, MORE) != 0; at = next, n++) {
		next = strstr(at, ARROW);
		buf_add(out, at, next == NULL ? strlen(at) : (size_t)(next - at));
		if (next == NULL)
			return 0;
		next += strlen(ARROW);
		buf_addz(out, ARROW);
	}
	buf_addz(out, MORE);
	return n;
}

size_t
variants_steps(struct report *report, int64_t at)
{
	bool before = report_window(report, at) == report->groups[WINDOW_BEFORE];

	return report->variant_steps[before ? WINDOW_BEFORE : WINDOW_ASKED];
}

/* Of pieces that were cut each to its own length the shortest rules: it had no other choice. */
static size_t
shortest(const struct report *report, int window)
{
	const struct groups *groups = &report->groups[window][BY_VARIANT];
	size_t least = report->variant_steps[window], steps, i;
	struct buf rest = {0};

	for (i = 0; i < groups->count; i++) {
		buf_clear(&rest);
		steps = variant_cut(
		    &rest, report_name_of(report, groups_key(groups, i).parts[0]), VARIANT_STEPS);
		if (steps > 0 && steps < least)
			least = steps;
	}
	buf_free(&rest);
	return least;
}

static void
cut_all(struct report *report, int window, size_t steps)
{
	struct groups *groups = &report->groups[window][BY_VARIANT], old = *groups;
	struct buf name = {0};
	struct key key = {{0}};
	size_t i;

	*groups = (struct groups){.layout = old.layout};
	for (i = 0; i < old.count; i++) {
		buf_clear(&name);
		variant_cut(&name, report_name_of(report, groups_key(&old, i).parts[0]), steps);
		key.parts[0] = report_name(report, KNOWN_NAME, buf_z(&name));
		group_merge(groups_at(groups, key), &old.list[i]);
	}
	groups_free(&old);
	buf_free(&name);
	report->variant_steps[window] = steps;
}

void
variants_bound(struct report *report)
{
	int window;

	for (window = 0; window < WINDOWS; window++)
		while (report->groups[window][BY_VARIANT].count > VARIANTS_MOST)
			cut_all(report, window, report->variant_steps[window] - 1);
}

void
variants_settle(struct report *report)
{
	size_t steps;
	int window;

	for (window = 0; window < WINDOWS; window++) {
		steps = shortest(report, window);
		if (steps < report->variant_steps[window])
			cut_all(report, window, steps);
	}
	variants_bound(report);
}
