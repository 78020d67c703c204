/* view_qbr_lists.c: the tickets and commitments that the view `qbr` names */
#include "report/format/render.h"
#include "report/view/figures.h"
#include "report/view/view_qbr.h"
#include "time/instant.h"

#define PARTS_TOLD 3   /* of where the time of a missed ticket went */
#define PART_TOLD  100 /* per mille of its working time, at least */

/* Columns of missed targets by place. */
enum {
	ID,
	METRIC,
	PRIORITY,
	TITLE,
	WHEN,
	WHERE,
	WHY,
	FIRST,
	FINDING,
	SOURCE,
	STATE,
	AT,
	LATE,
	RUNNING,
	REASON,
	GAP,
	RULE,
	WENT,
	COLUMNS_OF_MISSED = WENT + WHEREABOUTS
};

static const struct column missed_columns[] = {
    {.name = "id", .title = "ticket", .line = 1, .keep = true},
    {.name = "metric", .title = "clock", .line = 1, .keep = true},
    {.name = "priority", .title = "priority", .line = 1, .keep = true},
    {.name = "title", .title = "title", .line = 1},
    {.name = "when", .title = "missed", .line = 2, .reader = FOR_PEOPLE},
    {.name = "where", .title = "where its time went", .line = 2, .reader = FOR_PEOPLE},
    {.name = "why", .title = "why", .line = 3, .reader = FOR_PEOPLE},
    {.name = "first", .title = "begun before it", .line = 3, .reader = FOR_PEOPLE},
    {.name = "finding", .reader = FOR_MACHINES}, {.name = "source", .reader = FOR_MACHINES},
    {.name = "state", .reader = FOR_MACHINES}, {.name = "missed_at", .reader = FOR_MACHINES},
    {.name = "late", .reader = FOR_MACHINES}, {.name = "still_open", .reader = FOR_MACHINES},
    {.name = "reason", .reader = FOR_MACHINES}, {.name = "ownership_gap", .reader = FOR_MACHINES},
    {.name = "rule", .reader = FOR_MACHINES}, {.name = "after_hours", .reader = FOR_MACHINES},
    {.name = "waiting_client", .reader = FOR_MACHINES},
    {.name = "waiting_vendor", .reader = FOR_MACHINES}, {.name = "on_hold", .reader = FOR_MACHINES},
    {.name = "unknown", .reader = FOR_MACHINES}, {.name = "nobody", .reader = FOR_MACHINES},
    {.name = "queue", .reader = FOR_MACHINES}, {.name = "not_accepted", .reader = FOR_MACHINES},
    {.name = "stalled", .reader = FOR_MACHINES}, {.name = "worked", .reader = FOR_MACHINES}};

_Static_assert(sizeof(missed_columns) / sizeof(missed_columns[0]) == COLUMNS_OF_MISSED,
    "a column for each place");

static const char *
keep(struct view *view, struct buf *text)
{
	const char *copy = arena_text(view->arena, buf_slice(text));

	buf_free(text);
	return copy;
}

static void
add_time(struct buf *out, enum cell_type type, int64_t number)
{
	struct cell cell = {.type = type, .number = number};

	cell_words(&cell, 0, out);
}

static struct cell
priority_cell(enum priority priority)
{
	return priority == PRIORITY_NONE ? cell_special("no priority")
					 : cell_text(word_of(WORDS_PRIORITY, (int)priority));
}

static const char *
when_words(struct view *view, const struct note *note)
{
	struct buf text = {0};

	buf_addz(&text, "missed ");
	if (note->at != INSTANT_NONE)
		add_time(&text, CELL_INSTANT, note->at);
	if (note->amount >= 0) {
		buf_addz(&text, note->running ? ", so far by " : ", by ");
		add_time(&text, CELL_WORK, note->amount);
	}
	buf_addz(&text, note->running ? ", still open" : "");
	return keep(view, &text);
}

/* The parts of the working time from the largest on, as long as they are worth a word. */
static const char *
where_words(struct view *view, const struct note *note)
{
	bool told[WHEREABOUTS] = {[WENT_AFTER_HOURS] = true};
	int64_t whole = 0;
	struct buf text = {0};
	int i, k, most;

	for (i = WENT_AFTER_HOURS + 1; i < WHEREABOUTS; i++)
		whole += note->went[i];
	for (k = 0; k < PARTS_TOLD; k++) {
		most = WENT_AFTER_HOURS;
		for (i = WENT_AFTER_HOURS + 1; i < WHEREABOUTS; i++)
			if (!told[i] &&
			    (most == WENT_AFTER_HOURS || note->went[i] > note->went[most]))
				most = i;
		if (note->went[most] <= 0 ||
		    cell_share(note->went[most], whole, false).number < PART_TOLD)
			break;
		told[most] = true;
		buf_addf(&text, "%s%s ", text.n > 0 ? ", " : "",
		    whereabouts_title((enum whereabouts)most));
		add_time(&text, CELL_WORK, note->went[most]);
	}
	return text.n > 0 ? keep(view, &text) : NULL;
}

static const char *
why_words(struct view *view, const struct note *note)
{
	static const char *const words[] = {[MISSED_BLIND] = "not judged: no evidence",
	    [MISSED_EARLIER] = "an earlier target was missed, which it no longer has",
	    [MISSED_BY_STALL] = "it would have been met without the stalls",
	    [MISSED_OTHERWISE] = "neither time without an owner nor stalls explain it"};
	struct buf text = {0};

	if (note->metric != METRIC_RESOLVE)
		return NULL;
	if (note->missed_for != MISSED_BY_OWNERSHIP)
		return words[note->missed_for];
	buf_addz(&text, "it would have been met without the ");
	add_time(&text, CELL_WORK, note->more);
	buf_addz(&text, " in which nobody was accountable");
	return keep(view, &text);
}

static const char *
first_words(struct view *view, const struct note *note)
{
	struct buf text = {0};

	if (note->finding == NULL)
		return NULL;
	buf_addf(&text, "begun before it: %s", note->finding);
	return keep(view, &text);
}

static const char *
reason_word(const struct note *note)
{
	static const char *const words[] = {[MISSED_BLIND] = NULL,
	    [MISSED_EARLIER] = "earlier_target",
	    [MISSED_BY_OWNERSHIP] = "ownership",
	    [MISSED_BY_STALL] = "stall",
	    [MISSED_OTHERWISE] = "otherwise"};

	return note->metric == METRIC_RESOLVE ? words[note->missed_for] : NULL;
}

static void
fill_missed(struct view *view, struct cell *row, const struct note *note)
{
	int i;

	row[ID] = cell_text(note->id);
	row[METRIC] =
	    cell_named(word_of(WORDS_METRIC, (int)note->metric), metric_title(note->metric));
	row[PRIORITY] = priority_cell(note->priority);
	row[TITLE] = cell_text(note->title);
	row[WHEN] = cell_text(when_words(view, note));
	row[WHEN].tone = note->running ? TONE_BAD : TONE_PLAIN;
	row[WHERE] = cell_text(note->attributed ? where_words(view, note) : NULL);
	row[WHY] = cell_text(why_words(view, note));
	row[FIRST] = cell_text(first_words(view, note));
	row[FINDING] = cell_text(note->finding);
	row[SOURCE] = cell_text(note->source);
	row[STATE] = cell_text(word_of(WORDS_STATE, (int)note->state));
	row[AT] = cell_instant(CELL_INSTANT, note->at);
	row[LATE] = cell_of(CELL_WORK, note->amount);
	row[RUNNING] = cell_int(note->running);
	row[REASON] = cell_text(reason_word(note));
	row[GAP] = cell_of(CELL_WORK, note->more);
	row[RULE] = cell_text(note->rule);
	for (i = 0; i < WHEREABOUTS && note->attributed; i++)
		row[WENT + i] = cell_of(CELL_WORK, note->went[i]);
	if (note->attributed && !note->acceptance_known)
		row[WENT + WENT_NOT_ACCEPTED] = (struct cell){.type = CELL_NOT_JUDGED};
}

/* How many, of each clock, and how many of them the list has. */
static void
count_missed(struct view *view, const struct report *report, size_t shown)
{
	struct section *facts = view_facts(view, "missed", "What was missed");
	const struct group *all = report_all(report);
	struct cell *row;
	int64_t missed = 0, of_clock;
	struct buf title = {0};
	int metric;

	row = view_row(view, facts);
	for (metric = 1; metric < METRICS; metric++) {
		of_clock = clock_count(all, (enum metric)metric, CLOCK_BREACHED);
		missed += of_clock;
		if (of_clock == 0 && metric != METRIC_RESOLVE && metric != METRIC_FIRST_RESPONSE)
			continue;
		buf_addf(&title, "  %s", metric_title((enum metric)metric));
		view_fact(view, facts, word_of(WORDS_METRIC, metric), keep(view, &title),
		    cell_int(of_clock));
	}
	row = facts->cells; /* the rows may have moved */
	row[0] = cell_named("missed", "targets missed");
	row[1] = cell_key(cell_alarm(missed, TONE_BAD));
	view_fact(view, facts, "shown", "listed below, the worst first", cell_int((int64_t)shown));
	view_fact(view, facts, "more", "and more", cell_int(missed - (int64_t)shown));
}

void
qbr_missed(struct view *view, const struct report *report)
{
	const struct note **list;
	struct section *section;
	size_t i, n;

	list = noted_sorted(&report->noted, NOTED_MISSED, view->arena, &n);
	count_missed(view, report, n);
	figures_misses(view, report_all(report));
	section = view_section(view, "missed_targets", "The targets that were missed", SHAPE_CARDS,
	    missed_columns, (size_t)COLUMNS_OF_MISSED);
	section->nkeys = 2;
	section->empty = "None.";
	for (i = 0; i < n; i++)
		fill_missed(view, view_row(view, section), list[i]);
}

static void
fill_note(struct cell *row, const struct note *note)
{
	row[0] = cell_text(note->id);
	row[1] = priority_cell(note->priority);
	row[2] = cell_text(note->title);
	row[3] = cell_text(note->source);
	row[4] = cell_instant(CELL_INSTANT, note->at);
}

void
qbr_silences(struct view *view, const struct report *report)
{
	static const struct column columns[] = {{.name = "id", .title = "ticket", .keep = true},
	    {.name = "priority", .title = "priority", .keep = true},
	    {.name = "title", .title = "title"}, {.name = "source", .reader = FOR_MACHINES},
	    {.name = "ended", .title = "ended", .keep = true},
	    {.name = "silence", .title = "longest silence", .number = true},
	    {.name = "waited", .title = "client waited", .number = true}};
	struct section *section = view_section(
	    view, "silences", "Longest silences, in working time", SHAPE_TABLE, COLUMNS(columns));
	bool blind = count_of(report_all(report), COUNT_TALK_UNKNOWN) > 0;
	const struct note **list;
	struct cell *row;
	size_t i, n;

	list = noted_sorted(&report->noted, NOTED_SILENT, view->arena, &n);
	section->list = true;
	section->empty = blind ? "Not judged: no evidence." : "None.";
	for (i = 0; i < n; i++) {
		row = view_row(view, section);
		fill_note(row, list[i]);
		row[5] = cell_of(CELL_WORK, list[i]->amount);
		row[6] = cell_of(CELL_WORK, list[i]->more);
	}
}

static struct cell
reopened(const struct group *group, int count, enum tone tone)
{
	if (count_of(group, COUNT_REOPEN_KNOWN) == 0 && count_of(group, COUNT_REOPEN_UNKNOWN) > 0)
		return (struct cell){.type = CELL_NOT_JUDGED};
	return cell_alarm(count_of(group, count), tone);
}

void
qbr_reopened(struct view *view, const struct report *report)
{
	static const struct column columns[] = {{.name = "id", .title = "ticket", .keep = true},
	    {.name = "priority", .title = "priority", .keep = true},
	    {.name = "title", .title = "title"}, {.name = "source", .reader = FOR_MACHINES},
	    {.name = "ended", .title = "ended", .keep = true},
	    {.name = "times", .title = "times reopened", .number = true}};
	const struct group *all = report_all(report);
	const struct group *before = report_group(report, WINDOW_BEFORE, BY_ALL, 0);
	struct section *facts = view_facts(view, "reopened", "Reopened"), *section;
	const struct note **list;
	struct cell *row;
	size_t i, n;

	list = noted_sorted(&report->noted, NOTED_REOPENED, view->arena, &n);
	view_fact(view, facts, "reopened", "tickets reopened",
	    cell_key(reopened(all, COUNT_REOPENED, TONE_WARN)));
	view_fact(view, facts, "times", "  how often", reopened(all, COUNT_REOPENINGS, TONE_PLAIN));
	view_fact(view, facts, "before", "tickets reopened, the time before",
	    reopened(before, COUNT_REOPENED, TONE_PLAIN));
	view_fact(view, facts, "not_judged", "not judged: no resolve clock, or no evidence",
	    cell_int(count_of(all, COUNT_REOPEN_UNKNOWN)));
	section = view_section(view, "reopened_tickets", "Reopened, the most often first",
	    SHAPE_TABLE, COLUMNS(columns));
	section->list = true;
	section->empty = "None.";
	for (i = 0; i < n; i++) {
		row = view_row(view, section);
		fill_note(row, list[i]);
		row[5] = cell_int(list[i]->amount);
	}
}

static bool
is_overdue(const struct commitment *one, int64_t as_of)
{
	return one->state == COMMITMENT_OPEN && one->late_at != INSTANT_NONE &&
	    one->late_at <= as_of;
}

static void
add_commitment(
    struct view *view, struct section *section, const struct commitment *one, int64_t as_of)
{
	struct cell *row = view_row(view, section);

	row[0] = cell_text(one->id);
	row[1] = cell_text(one->text);
	row[2] = cell_text(one->due);
	row[3] = cell_text(commitment_word((int)one->state));
	row[4] = cell_int(is_overdue(one, as_of));
	if (is_overdue(one, as_of)) {
		row[2].tone = TONE_BAD;
		row[3] = cell_named(row[3].text, "open, overdue");
	}
}

static void
count_commitments(struct view *view, struct section *facts, const int64_t *counts, int64_t overdue)
{
	view_fact(view, facts, "open", "carried over: open", cell_int(counts[COMMITMENT_OPEN]));
	view_fact(view, facts, "overdue", "  commitments overdue",
	    cell_key(cell_alarm(overdue, TONE_BAD)));
	view_fact(view, facts, "done", "done", cell_int(counts[COMMITMENT_DONE]));
	view_fact(view, facts, "dropped", "dropped", cell_int(counts[COMMITMENT_DROPPED]));
}

void
qbr_commitments(struct view *view, const struct report *report)
{
	static const struct column columns[] = {{.name = "id", .title = "commitment", .keep = true},
	    {.name = "text", .title = "what"}, {.name = "due", .title = "due", .keep = true},
	    {.name = "state", .title = "state", .keep = true},
	    {.name = "overdue", .reader = FOR_MACHINES}};
	const struct commitments *all = report->options.commitments;
	int64_t counts[COMMITMENT_STATES] = {0}, overdue = 0, as_of = report->options.as_of;
	struct section *facts = NULL, *section;
	size_t i;

	if (all != NULL)
		facts = view_facts(view, "commitments", "Commitments");
	section = view_section(view, "commitments_list",
	    all != NULL ? "Commitments, the open ones first" : "Commitments", SHAPE_TABLE,
	    COLUMNS(columns));
	section->list = true;
	section->empty = all != NULL ? "None of this client." : "No file of commitments was given.";
	for (i = 0; all != NULL && i < all->count; i++) {
		if (!text_same(all->list[i].client, report->options.client))
			continue;
		counts[all->list[i].state]++;
		overdue += is_overdue(&all->list[i], as_of);
		add_commitment(view, section, &all->list[i], as_of);
	}
	if (facts == NULL)
		return;
	count_commitments(view, facts, counts, overdue);
	view_fact(view, facts, "refused", "rows of the file that were refused",
	    cell_alarm(all->refused, TONE_WARN));
}
