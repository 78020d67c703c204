/* view_worklist.c: the view `worklist`: who must do what, by when, and why */
#include "report/view/view.h"

static const struct column columns[] = {
    {.name = "rank", .title = "", .line = 1, .number = true, .keep = true},
    {.name = "who", .title = "who", .line = 1},
    {.name = "what", .title = "what", .line = 1},
    {.name = "by", .title = "by when", .line = 1},
    {.name = "why", .title = "why", .line = 3},
    {.name = "id", .title = "ticket", .line = 2, .keep = true},
    {.name = "priority", .title = "priority", .line = 2, .keep = true},
    {.name = "state", .title = "state", .line = 2},
    {.name = "client", .title = "client", .line = 2},
    {.name = "title", .title = "title", .line = 2},
    {.name = "who_kind", .reader = FOR_MACHINES},
    {.name = "action", .reader = FOR_MACHINES},
    {.name = "overdue", .reader = FOR_MACHINES},
    {.name = "source", .reader = FOR_MACHINES},
    {.name = "owner", .reader = FOR_MACHINES},
    {.name = "team", .reader = FOR_MACHINES},
    {.name = "cause", .reader = FOR_MACHINES},
    {.name = "probability", .reader = FOR_MACHINES},
    {.name = "metric", .reader = FOR_MACHINES},
    {.name = "loss", .reader = FOR_MACHINES},
    {.name = "findings", .reader = FOR_MACHINES},
    {.name = "rule", .reader = FOR_MACHINES},
    {.name = "news", .title = "news", .line = 2},
};

/* Columns by place, in the order above. */
enum {
	RANK,
	WHO,
	WHAT,
	BY,
	WHY,
	ID,
	PRIORITY,
	STATE,
	CLIENT,
	TITLE,
	WHO_KIND,
	ACTION,
	OVERDUE,
	SOURCE,
	OWNER,
	TEAM,
	CAUSE,
	PROBABILITY,
	METRIC,
	LOSS,
	FINDINGS,
	RULE,
	NEWS, /* the last one: only where there is a baseline */
	COLUMNS
};

_Static_assert(sizeof(columns) / sizeof(columns[0]) == COLUMNS, "a place for each column");

static const char *
team_words(struct view *view, const char *team, const char *why)
{
	struct buf text = {0};
	char *copy;

	buf_addf(&text, "team %s (%s)", team, why);
	copy = arena_text(view->arena, buf_slice(&text));
	buf_free(&text);
	return copy;
}

/* Who must act: the owner; where there is none to act, the team's dispatcher. */
static void
fill_who(struct view *view, struct cell *row, const struct work *work)
{
	bool lost = work->cause == CAUSE_GONE || work->cause == CAUSE_AWAY;
	const char *why = work->cause == CAUSE_GONE ? "the owner has left"
	    : work->cause == CAUSE_AWAY             ? "the owner is away"
	    : work->owner_known == KNOWN_NOT        ? "owner not known"
						    : "no owner";

	if (work->owner != NULL && !lost) {
		row[WHO] = cell_text(work->owner);
		row[WHO_KIND] = cell_text("owner");
	} else if (work->team != NULL) {
		row[WHO] = cell_named(work->team, team_words(view, work->team, why));
		row[WHO_KIND] = cell_text("team");
	} else if (work->owner_known == KNOWN_NOT) {
		row[WHO] = cell_special("(not known)");
		row[WHO_KIND] = cell_text("unknown");
	} else {
		row[WHO] = cell_special(lost ? "(nobody: the owner is not there)" : "(nobody)");
		row[WHO_KIND] = cell_text("nobody");
	}
	row[OWNER] = cell_text(work->owner);
	row[TEAM] = cell_text(work->team);
}

static void
fill(struct view *view, struct cell *row, const struct work *work, int64_t as_of)
{
	static const struct cell no_priority = {.type = CELL_SPECIAL, .text = "no priority"};
	const char *state = word_of(WORDS_STATE, (int)work->state);

	fill_who(view, row, work);
	row[WHAT] = cell_text(work->what);
	row[BY] = cell_instant(CELL_DUE, work->by);
	row[BY].tone = work->overdue ? TONE_BAD : work->at_risk ? TONE_WARN : TONE_PLAIN;
	row[WHY] = cell_text(work->why);
	row[ID] = cell_text(work->id);
	row[PRIORITY] = work->priority != PRIORITY_NONE
	    ? cell_text(word_of(WORDS_PRIORITY, (int)work->priority))
	    : no_priority;
	row[STATE] = cell_text(state);
	row[CLIENT] = cell_text(work->client);
	row[TITLE] = cell_text(work->title);
	row[ACTION] = cell_text(work->action);
	if (work->overdue && row[BY].type == CELL_DUE && work->by < as_of)
		row[OVERDUE] = cell_of(CELL_SECONDS, as_of - work->by);
	row[SOURCE] = cell_text(work->source);
	row[CAUSE] = cell_text(work->cause < CAUSES ? cause_word(work->cause) : NULL);
	row[PROBABILITY] = cell_of(CELL_PERMILLE, work->probability);
	row[METRIC] = cell_text(word_of(WORDS_METRIC, (int)work->metric));
	row[LOSS] = cell_int(work->loss);
	row[FINDINGS] = cell_int(work->findings);
	row[RULE] = cell_text(work->rule);
}

/* By what the baseline knows of the ticket. */
static void
fill_news(struct cell *row, const struct work *work)
{
	static const char *const words[][2] = {[BASELINE_NEW] = {"new", "new since last time"},
	    [BASELINE_WORSE] = {"worse", "worse than last time"},
	    [BASELINE_KNOWN] = {"known", "as last time"}};

	row[NEWS] = cell_named(words[work->news][0], words[work->news][1]);
	row[NEWS].tone = work->news == BASELINE_KNOWN ? TONE_PLAIN : TONE_BOLD;
}

static void
add_counts(struct view *view, const struct report *report)
{
	const struct worklist *worklist = &report->worklist;
	struct section *facts = view_facts(view, "counts", NULL);

	view_fact(view, facts, "needing", "tickets that need someone",
	    cell_int(count_of(report_all(report), COUNT_NEEDING)));
	if (worklist->baseline != NULL) {
		view_fact(view, facts, "new", "  new since the baseline",
		    cell_int(worklist->news[BASELINE_NEW]));
		view_fact(view, facts, "worse", "  worse than in the baseline",
		    cell_int(worklist->news[BASELINE_WORSE]));
		view_fact(view, facts, "known",
		    worklist->new_only ? "  known from the baseline, left out"
				       : "  known from the baseline",
		    cell_int(worklist->news[BASELINE_KNOWN]));
	}
	view_fact(view, facts, "shown", "shown, the most urgent first",
	    cell_int((int64_t)worklist->count));
}

static const struct column lane_columns[] = {
    {.name = "id", .title = "ticket", .part = PART_LABEL},
    {.name = "source", .reader = FOR_MACHINES},
    {.name = "from", .title = "from", .part = PART_FROM},
    {.name = "to", .title = "to", .part = PART_TO},
    {.name = "cause", .title = "whose it was", .part = PART_KIND},
    {.name = "holder", .title = "held by", .part = PART_NOTE},
    {.name = "clock", .title = "resolve clock", .part = PART_KIND},
};

enum { LANE_ID, LANE_SOURCE, LANE_FROM, LANE_TO, LANE_CAUSE, LANE_HOLDER, LANE_CLOCK };

static struct cell
cause_cell(enum cause cause)
{
	static const struct {
		const char *words;
		enum tone tone;
	} causes[CAUSES] = {[CAUSE_OWNED] = {"a person's", TONE_PLAIN},
	    [CAUSE_UNKNOWN] = {"not known", TONE_PLAIN},
	    [CAUSE_NOBODY] = {"nobody's", TONE_BAD},
	    [CAUSE_QUEUE] = {"in a team's queue", TONE_WARN},
	    [CAUSE_GONE] = {"of one who has left", TONE_BAD},
	    [CAUSE_AWAY] = {"of one who is away", TONE_WARN}};
	struct cell cell = cell_named(cause_word(cause), causes[cause].words);

	if (cause == CAUSE_UNKNOWN)
		return cell_special(causes[cause].words);
	cell.tone = causes[cause].tone;
	return cell;
}

static struct cell
clock_cell(enum lane_clock clock)
{
	static const struct {
		const char *words;
		enum tone tone;
	} clocks[LANE_CLOCKS] = {[LANE_RUNNING] = {"clock running", TONE_GOOD},
	    [LANE_PAUSED] = {"clock paused", TONE_PLAIN},
	    [LANE_LATE] = {"running past its target", TONE_BAD}};
	struct cell cell;

	if (clock == LANE_NO_CLOCK)
		return cell_text(NULL);
	if (clock == LANE_PAUSED)
		return cell_special(clocks[clock].words);
	cell = cell_named(lane_clock_word(clock), clocks[clock].words);
	cell.tone = clocks[clock].tone;
	return cell;
}

/* "3. INC0000045, the latest 40 of 57 changes: Mail is down" */
static const char *
lane_label(struct view *view, size_t rank, const struct work *work)
{
	struct buf text = {0};
	char *copy;

	buf_addf(&text, "%zu. %s", rank, work->id);
	if (work->lane.cut > 0)
		buf_addf(&text, ", the latest %zu of %lld changes", work->lane.nspans,
		    (long long)(work->lane.cut + (int64_t)work->lane.nspans));
	if (work->title != NULL)
		buf_addf(&text, ": %s", work->title);
	copy = arena_text(view->arena, buf_slice(&text));
	buf_free(&text);
	return copy;
}

static void
add_lane(struct view *view, struct section *section, size_t rank, const struct work *work)
{
	const char *label = lane_label(view, rank, work);
	const struct lane_span *span;
	struct cell *row;
	size_t i;

	for (i = 0; i < work->lane.nspans; i++) {
		span = &work->lane.spans[i];
		row = view_row(view, section);
		row[LANE_ID] = cell_named(work->id, label);
		row[LANE_SOURCE] = cell_text(work->source);
		row[LANE_FROM] = cell_instant(CELL_INSTANT, span->from);
		row[LANE_TO] = cell_instant(CELL_INSTANT, span->to);
		row[LANE_CAUSE] = cause_cell(span->cause);
		row[LANE_HOLDER] = cell_text(span->holder);
		row[LANE_CLOCK] = clock_cell(span->clock);
	}
}

static bool
any_clock(const struct worklist *worklist)
{
	size_t i, k;

	for (i = 0; i < worklist->count; i++)
		for (k = 0; k < worklist->heap[i].lane.nspans; k++)
			if (worklist->heap[i].lane.spans[k].clock != LANE_NO_CLOCK)
				return true;
	return false;
}

/* Only where it is drawn: it is made of the events, which other forms need not read. */
static void
add_lanes(struct view *view, const struct report *report, const struct work *const *list)
{
	struct section *section;
	size_t i;

	if (report->options.format != REPORT_HTML || report->worklist.count == 0)
		return;
	section = view_section(view, "history",
	    any_clock(&report->worklist) ? "Who held them, and where the resolve clock ran"
					 : "Who held them",
	    SHAPE_TABLE, lane_columns, sizeof(lane_columns) / sizeof(lane_columns[0]));
	section->chart = CHART_TIMELINE;
	section->picture = true;
	section->empty = "The stream has no events to draw.";
	for (i = 0; i < report->worklist.count; i++)
		add_lane(view, section, i + 1, list[i]);
}

void
view_worklist(struct view *view, const struct report *report)
{
	const struct worklist *worklist = &report->worklist;
	const struct work **list = worklist_sorted(worklist, view->arena);
	struct section *section;
	struct cell *row;
	size_t i;

	add_counts(view, report);
	section = view_section(view, "tickets", NULL, SHAPE_CARDS, columns,
	    worklist->baseline != NULL ? COLUMNS : NEWS);
	section->empty =
	    worklist->new_only ? "No ticket is new on the list." : "No ticket needs anyone.";
	section->nkeys = 0;
	view->main = 1;
	for (i = 0; i < worklist->count; i++) {
		row = view_row(view, section);
		row[RANK] = cell_int((int64_t)i + 1);
		fill(view, row, list[i], report->options.as_of);
		if (worklist->baseline != NULL)
			fill_news(row, list[i]);
	}
	add_lanes(view, report, list);
}
