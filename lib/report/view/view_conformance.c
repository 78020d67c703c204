/* view_conformance.c: the view `conformance`: how far tickets followed the process that was agreed */
#include <stdlib.h>

#include "report/count/variants.h"
#include "report/view/by_key.h"
#include "report/view/figures.h"
#include "sla/conformance.h"
#include "stat/interval.h"

/* Of tickets that some rule could be held against, those that deviate from none. */
static struct cell
fitness(const struct group *group)
{
	return cell_share(count_of(group, COUNT_PROCESS_CONFORMING),
	    count_of(group, COUNT_PROCESS_JUDGED), count_of(group, COUNT_PROCESS_UNKNOWN) > 0);
}

static int64_t
deviating(const struct group *group)
{
	return count_of(group, COUNT_PROCESS_JUDGED) - count_of(group, COUNT_PROCESS_CONFORMING);
}

static void
add_before(struct view *view, struct section *facts, const struct report *report)
{
	struct cell now = fitness(report_all(report));
	struct cell before = fitness(report_group(report, WINDOW_BEFORE, BY_ALL, 0));

	view_fact(view, facts, "fitness_before", "  the same in the time before", before);
	view_fact(view, facts, "fitness_change", "  change", cell_change(&now, &before));
}

static void
add_facts(struct view *view, const struct report *report)
{
	const struct group *all = report_all(report);
	struct section *facts = view_facts(view, "tickets", "Tickets");
	int64_t judged = count_of(all, COUNT_PROCESS_JUDGED);
	int64_t unknown = count_of(all, COUNT_PROCESS_UNKNOWN);
	int64_t checks = count_of(all, COUNT_CHECKS_MADE);

	view_fact(view, facts, "tickets", "tickets looked at",
	    cell_int(count_of(all, COUNT_PROCESS_TICKETS)));
	view_fact(view, facts, "judged", "  at least one rule could be judged", cell_int(judged));
	view_fact(
	    view, facts, "not_judged", "  not judged: no evidence for any", cell_int(unknown));
	view_fact(view, facts, "idle", "  no rule applied, so far",
	    cell_int(count_of(all, COUNT_PROCESS_TICKETS) - judged - unknown));
	view_fact(view, facts, "deviating", "tickets that deviate from a rule",
	    judged == 0 && unknown > 0 ? (struct cell){.type = CELL_NOT_JUDGED}
				       : cell_alarm(deviating(all), TONE_WARN));
	view_fact(view, facts, "fitness", "fitness: no deviation, of those judged",
	    cell_key(fitness(all)));
	view_fact(view, facts, "interval", "  95 % interval",
	    cell_interval(view, count_of(all, COUNT_PROCESS_CONFORMING), judged));
	if (report->options.compare)
		add_before(view, facts, report);
	view_fact(view, facts, "checks", "checks: a ticket and a rule each", cell_int(checks));
	view_fact(view, facts, "checks_fitness", "  that conform",
	    cell_share(checks - count_of(all, COUNT_CHECKS_DEVIATING), checks, unknown > 0));
}

static const struct group *
check_group(const struct report *report, const char *slug)
{
	uint32_t number = intern_find(&report->names, slice_z(slug));

	return number == INTERN_NONE
	    ? NULL
	    : report_group(report, WINDOW_ASKED, BY_CHECK, (uint32_t)KNOWN_NAME + number);
}

static int64_t
checked(const struct group *group, enum conformity result)
{
	return count_of(group, COUNT_CHECKS + (int)result);
}

/* Deviations, checks, and the one of the other. */
static void
fill_checks(struct cell cells[3], const struct group *group)
{
	int64_t deviates = checked(group, CONFORMITY_DEVIATES);
	int64_t all = deviates + checked(group, CONFORMITY_CONFORMS);
	bool unknown = checked(group, CONFORMITY_UNKNOWN) > 0;

	cells[0] = all == 0 && unknown ? (struct cell){.type = CELL_NOT_JUDGED}
				       : cell_alarm(deviates, TONE_WARN);
	cells[1] = cell_int(all);
	cells[2] = cell_share(deviates, all, unknown);
}

static void
add_rules(struct view *view, const struct report *report)
{
	static const struct column columns[] = {
	    {.name = "rule", .title = "rule", .part = PART_LABEL},
	    {.name = "constraint", .reader = FOR_MACHINES},
	    {.name = "deviates", .title = "deviate", .number = true},
	    {.name = "checks", .title = "of", .number = true},
	    {.name = "share",
		.title = "share",
		.number = true,
		.part = PART_VALUE,
		.tone = TONE_BAD},
	    {.name = "idle", .title = "not due", .number = true},
	    {.name = "not_judged", .title = "not judged", .number = true}};
	struct section *section = view_section(
	    view, "rules", "Rules, and how many tickets deviate", SHAPE_KEYED, COLUMNS(columns));
	const struct conformance_rule *rule;
	const struct group *group;
	struct cell *row;
	size_t i;

	section->chart = CHART_BARS;
	for (i = 0; i < nconformance_rules; i++) {
		rule = &conformance_rules[i];
		group = check_group(report, rule->slug);
		row = view_row(view, section);
		row[0] = cell_named(rule->slug, rule->words);
		row[1] = cell_text(constraint_word(rule->constraint));
		fill_checks(&row[2], group);
		row[5] = cell_int(checked(group, CONFORMITY_IDLE));
		row[6] = cell_int(checked(group, CONFORMITY_UNKNOWN));
	}
}

static const struct column key_columns[] = {{.name = "key"}, {.name = "kind"},
    {.name = "deviating", .title = "deviate", .number = true},
    {.name = "judged", .title = "of", .number = true},
    {.name = "fitness", .title = "fitness", .number = true, .part = PART_VALUE, .tone = TONE_GOOD},
    {.name = "fitness_low", .reader = FOR_MACHINES},
    {.name = "fitness_high", .reader = FOR_MACHINES},
    {.name = "interval", .title = "95 % interval", .reader = FOR_PEOPLE, .number = true},
    {.name = "deviations", .title = "deviations", .number = true},
    {.name = "checks", .reader = FOR_MACHINES},
    {.name = "not_judged", .title = "not judged", .number = true}};

static bool
keeps(const struct group *group)
{
	return count_of(group, COUNT_PROCESS_JUDGED) > 0 ||
	    count_of(group, COUNT_PROCESS_UNKNOWN) > 0;
}

static void
fill_key(const struct key_row *row, struct cell *cells)
{
	const struct group *group = row->group;
	int64_t judged = count_of(group, COUNT_PROCESS_JUDGED);
	int64_t conforming = count_of(group, COUNT_PROCESS_CONFORMING);
	struct interval interval = interval_wilson(conforming, judged);

	cells[0] = judged == 0 ? (struct cell){.type = CELL_NOT_JUDGED}
			       : cell_alarm(deviating(group), TONE_WARN);
	cells[1] = cell_int(judged);
	cells[2] = fitness(group);
	if (judged > 0) {
		cells[3] = cell_of(CELL_PERMILLE, interval.low);
		cells[4] = cell_of(CELL_PERMILLE, interval.high);
	}
	cells[5] = cell_interval(row->view, conforming, judged);
	cells[6] = cell_int(count_of(group, COUNT_CHECKS_DEVIATING));
	cells[7] = cell_int(count_of(group, COUNT_CHECKS_MADE));
	cells[8] = cell_int(count_of(group, COUNT_PROCESS_UNKNOWN));
}

static void
add_keys(struct view *view, const struct report *report)
{
	struct key_table table = {.columns = key_columns,
	    .ncolumns = sizeof(key_columns) / sizeof(key_columns[0]),
	    .chart = CHART_BARS,
	    .order = {COUNT_CHECKS_DEVIATING, COUNT_PROCESS_JUDGED, COUNT_PROCESS_TICKETS},
	    .keeps = keeps,
	    .fill = fill_key};

	table.name = "teams";
	table.title = "By team, at the end or now";
	by_key_section(view, report, BY_TEAM, &table);
	table.name = "clients";
	table.title = "By client";
	by_key_section(view, report, BY_CLIENT, &table);
}

/* A group that is ranked by a count, the largest first, then by its texts. */
struct ranked {
	const struct group *group;
	int64_t number;
	const char *first, *second;
	uint32_t value; /* of the first part */
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order;

	if (x->number != y->number)
		return x->number > y->number ? -1 : 1;
	order = text_cmp(x->first, y->first);
	if (order == 0 && x->value != y->value)
		return x->value < y->value ? -1 : 1; /* nobody, and not known */
	return order != 0 ? order : text_cmp(x->second, y->second);
}

/* The groups whose count is not 0; in the view's arena. */
static struct ranked *
rank(struct view *view, const struct report *report, enum dimension dimension, int count, size_t *n)
{
	const struct groups *groups = report_groups(report, dimension);
	struct ranked *list = arena_calloc(view->arena, groups->count + 1, sizeof(*list));
	const struct group *one;
	struct key key;
	size_t i;

	*n = 0;
	for (i = 0; i < groups->count; i++) {
		one = &groups->list[i];
		key = groups_key(groups, i);
		if (count_of(one, count) > 0)
			list[(*n)++] = (struct ranked){one, count_of(one, count),
			    report_name_of(report, key.parts[0]),
			    report_name_of(report, key.parts[1]), key.parts[0]};
	}
	qsort(list, *n, sizeof(*list), compare_ranked);
	return list;
}

static size_t
shown(const struct report *report, size_t n)
{
	size_t limit = (size_t)report->options.limit;

	return limit == 0 || n < limit ? n : limit;
}

static const char *
words_of(const char *slug)
{
	size_t i;

	for (i = 0; i < nconformance_rules; i++)
		if (text_same(conformance_rules[i].slug, slug))
			return conformance_rules[i].words;
	return slug;
}

static void
add_team_rules(struct view *view, const struct report *report)
{
	static const struct column columns[] = {
	    {.name = "team", .title = "team", .part = PART_LABEL},
	    {.name = "rule", .title = "rule"},
	    {.name = "deviates", .title = "deviate", .number = true, .part = PART_VALUE},
	    {.name = "checks", .title = "of", .number = true},
	    {.name = "share", .title = "share", .number = true}};
	struct section *section = view_section(
	    view, "team_rules", "Deviations by team and rule", SHAPE_TABLE, COLUMNS(columns));
	const struct ranked *list;
	struct cell *row;
	size_t i, n;

	section->nkeys = 2;
	section->empty = "None.";
	list = rank(view, report, BY_TEAM_CHECK, COUNT_CHECKS + CONFORMITY_DEVIATES, &n);
	for (i = 0; i < shown(report, n); i++) {
		row = view_row(view, section);
		row[0] = by_key_cell(report, BY_TEAM, list[i].value);
		row[1] = cell_named(list[i].second, words_of(list[i].second));
		fill_checks(&row[2], list[i].group);
	}
}

static void
fill_path(struct cell *row, const struct ranked *one, int64_t whole)
{
	int64_t met = count_of(one->group, COUNT_PATHS_MET);
	int64_t breached = count_of(one->group, COUNT_PATHS_BREACHED);
	int64_t unknown = count_of(one->group, COUNT_PATHS_UNKNOWN);

	row[0] = cell_text(one->first);
	row[1] = cell_int(one->number);
	row[2] = cell_share(one->number, whole, false);
	row[3] = cell_int(met);
	row[4] = cell_int(breached);
	row[5] = cell_share(met, met + breached, unknown > 0);
	row[6] = cell_int(unknown);
	row[7] = cell_quantile(CELL_SECONDS, spread_of(one->group, SPREAD_ENDED_IN), 500, false);
}

static void
add_paths(struct view *view, const struct report *report, const struct ranked *list, size_t n)
{
	static const struct column columns[] = {
	    {.name = "path", .title = "path", .part = PART_LABEL},
	    {.name = "tickets", .title = "tickets", .group = 1, .number = true, .part = PART_VALUE},
	    {.name = "share", .title = "share", .group = 1, .number = true},
	    {.name = "met", .title = "met", .group = 2, .number = true},
	    {.name = "breached", .title = "breached", .group = 2, .number = true},
	    {.name = "attainment", .title = "share met", .group = 2, .number = true},
	    {.name = "not_judged", .title = "not judged", .group = 2, .number = true},
	    {.name = "p50", .title = "ended in, median", .group = 2, .number = true}};
	static const char *const titles[] = {"How many tickets took it", "How they went"};
	struct section *section = view_section(
	    view, "variants", "Paths, the most frequent first", SHAPE_TABLE, COLUMNS(columns));
	int64_t whole = count_of(report_all(report), COUNT_PATHS);
	size_t i;

	section->chart = CHART_BARS;
	section->groups = titles;
	section->ngroups = 2;
	section->empty = "No ticket with known states has ended.";
	for (i = 0; i < shown(report, n); i++)
		fill_path(view_row(view, section), &list[i], whole);
}

/* Common paths, and how many tickets are on none of those that are shown. */
static void
add_variants(struct view *view, const struct report *report)
{
	const struct group *all = report_all(report);
	struct section *facts = view_facts(view, "paths", "Paths through the states");
	int64_t whole = count_of(all, COUNT_PATHS), rest = whole;
	const struct ranked *list;
	size_t i, n;

	list = rank(view, report, BY_VARIANT, COUNT_PATHS, &n);
	for (i = 0; i < shown(report, n); i++)
		rest -= list[i].number;
	view_fact(view, facts, "ended", "tickets that ended", cell_int(whole));
	view_fact(view, facts, "not_judged", "  not judged: no states recorded",
	    cell_int(count_of(all, COUNT_PATHS_STATELESS)));
	view_fact(view, facts, "distinct", "different paths", cell_int((int64_t)n));
	view_fact(view, facts, "steps", "  told apart up to so many states",
	    cell_int((int64_t)report->variant_steps[WINDOW_ASKED]));
	view_fact(view, facts, "shown", "  shown below, the most frequent",
	    cell_int((int64_t)shown(report, n)));
	view_fact(view, facts, "others", "tickets on the other paths", cell_int(rest));
	view_fact(view, facts, "others_share", "  of those that ended",
	    cell_share(rest, whole, count_of(all, COUNT_PATHS_STATELESS) > 0));
	add_paths(view, report, list, n);
}

void
view_conformance(struct view *view, const struct report *report)
{
	view->main = 1;
	view_note(view,
	    "How far tickets followed the process: each rule says what must come before, after or "
	    "never after something, and leaves the rest free. A deviation is a question, not a "
	    "fault.");
	add_facts(view, report);
	add_rules(view, report);
	add_keys(view, report);
	add_team_rules(view, report);
	add_variants(view, report);
}
