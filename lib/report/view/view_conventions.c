/* view_conventions.c: the view `conventions`: the score under other rules, side by side */
#include "report/history.h"
#include "report/view/figures.h"

static const struct column columns[] = {
    {.name = "rules", .title = "rules", .keep = true},
    {.name = "now", .title = "", .reader = FOR_PEOPLE, .keep = true},
    {.name = "as_now", .reader = FOR_MACHINES},
    {.name = "met", .title = "met", .number = true},
    {.name = "breached", .title = "breached", .number = true},
    {.name = "attainment", .title = "share met", .number = true},
    {.name = "newly_breached", .title = "newly breached", .number = true},
    {.name = "no_longer_breached", .title = "no longer breached", .number = true},
    {.name = "unknown", .title = "not judged", .number = true},
};

static const struct group *
group_of(const struct report *report, const char *name)
{
	uint32_t number = intern_find(&report->names, slice_z(name));

	return number == INTERN_NONE
	    ? NULL
	    : report_group(report, WINDOW_ASKED, BY_RULES, (uint32_t)KNOWN_NAME + number);
}

static int64_t
rules_count(const struct group *group, enum metric metric, int state)
{
	return count_of(group, COUNT_RULES_CLOCKS + (int)metric * CLOCK_COUNTS + state);
}

/* Whether any clock of the metric could be judged by the policy's own rules. */
static bool
is_judged(const struct report *report, enum metric metric)
{
	const struct group *own = group_of(report, "policy");

	return rules_count(own, metric, CLOCK_MET) + rules_count(own, metric, CLOCK_BREACHED) +
	    rules_count(own, metric, CLOCK_RUNNING) + rules_count(own, metric, CLOCK_PAUSED) >
	    0;
}

static const char *
title_of(struct view *view, const struct rule_set *set)
{
	struct buf words = {0};
	const char *copy;

	if (set->member == NULL)
		return "the policy's own";
	if (!text_same(set->member, "preset"))
		return set->name;
	buf_addf(&words, "as %s counts", set->word);
	copy = arena_text(view->arena, buf_slice(&words));
	buf_free(&words);
	return copy;
}

static void
fill(struct view *view, struct section *section, const struct report *report, enum metric metric,
    const struct rule_set *set)
{
	const struct group *group = group_of(report, set->name);
	int64_t met = rules_count(group, metric, CLOCK_MET);
	int64_t breached = rules_count(group, metric, CLOCK_BREACHED);
	int64_t unknown = rules_count(group, metric, CLOCK_UNKNOWN);
	bool as_now = count_of(group, COUNT_AS_NOW) > 0;
	struct cell *row = view_row(view, section);

	row[0] = cell_named(set->name, title_of(view, set));
	row[0].tone = set->member == NULL ? TONE_BOLD : TONE_PLAIN;
	row[1] = as_now && set->member != NULL ? cell_text("now") : cell_special("");
	row[2] = cell_int(as_now);
	row[3] = cell_int(met);
	row[4] = cell_int(breached);
	row[5] = cell_share(met, met + breached, unknown > 0);
	row[6] = cell_alarm(count_of(group, COUNT_NEWLY_BREACHED + (int)metric), TONE_BAD);
	row[7] = cell_alarm(count_of(group, COUNT_NO_LONGER_BREACHED + (int)metric), TONE_WARN);
	row[8] = cell_int(unknown);
}

static void
add_metric(struct view *view, const struct report *report, enum metric metric)
{
	struct section *section = view_section(view, word_of(WORDS_METRIC, (int)metric),
	    metric_title(metric), SHAPE_TABLE, columns, sizeof(columns) / sizeof(columns[0]));
	struct rule_set set;
	size_t i;

	section->empty = "No such clock could be judged.";
	for (i = 0; is_judged(report, metric) && rule_set_at(i, &set); i++)
		if (!set.first_response_only || metric == METRIC_FIRST_RESPONSE)
			fill(view, section, report, metric, &set);
}

/* The clocks that every report shows; another one where it could be judged. */
void
view_conventions(struct view *view, const struct report *report)
{
	int metric;

	view->main = -1;
	view_note(view,
	    "How much of the score is definition: every clock judged again with one rule "
	    "changed, or by the rules of a known service desk, nothing else changed. The policy is "
	    "that of -p: without it only the due instants of the PSA are judged.");
	for (metric = 1; metric < METRICS; metric++)
		if (metric == METRIC_FIRST_RESPONSE || metric == METRIC_RESOLVE ||
		    is_judged(report, (enum metric)metric))
			add_metric(view, report, (enum metric)metric);
}
