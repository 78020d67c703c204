/* view_communication.c: the view `communication`: how clients were answered and kept informed */
#include "report/view/by_key.h"
#include "report/view/figures.h"

static const char *const grade_titles[RESPONSE_HUMAN + 1] = {"no answer yet, or none",
    "a change of status only", "an assignment only", "an automatic mail", "an internal note",
    "a bot", "a message without a name", "a named person"};

static int64_t
graded(const struct group *group)
{
	int64_t sum = 0, part;
	int i;

	for (i = 0; i <= RESPONSE_HUMAN; i++) {
		part = count_of(group, COUNT_GRADES + i);
		sum = part > INT64_MAX - sum ? INT64_MAX : sum + part;
	}
	return sum;
}

/* The best grade first. */
void
figures_grades(struct view *view, const struct group *all)
{
	static const struct column columns[] = {
	    {.name = "grade", .title = "", .keep = true, .part = PART_LABEL},
	    {.name = "tickets", .title = "tickets", .number = true, .part = PART_VALUE},
	    {.name = "share", .title = "share", .number = true},
	    {.name = "bar", .title = "", .reader = FOR_PEOPLE}};
	struct section *section = view_section(
	    view, "first_response", "First response by", SHAPE_KEYED, COLUMNS(columns));
	int64_t whole = graded(all), part;
	bool unknown = count_of(all, COUNT_GRADE_UNKNOWN) > 0;
	struct cell *row;
	int grade;

	section->chart = CHART_BARS;
	for (grade = RESPONSE_HUMAN; grade >= 0; grade--) {
		part = count_of(all, COUNT_GRADES + grade);
		row = view_row(view, section);
		row[0] = cell_named(response_word((enum response)grade), grade_titles[grade]);
		row[1] = cell_int(part);
		row[2] = cell_share(part, whole, unknown);
		row[3] = row[2];
		if (row[3].type == CELL_PERMILLE)
			row[3].type = CELL_BAR;
	}
	row = view_row(view, section);
	row[0] = cell_named("not_judged", "not judged: no evidence");
	row[1] = cell_int(count_of(all, COUNT_GRADE_UNKNOWN));
}

static struct cell
silence(const struct group *group, enum spread spread, int per_mille)
{
	return cell_quantile(CELL_WORK, spread_of(group, spread), per_mille,
	    count_of(group, COUNT_TALK_UNKNOWN) > 0);
}

/* A number of the tickets whose messages were recorded; not judged where there is no such one. */
static struct cell
told(const struct group *group, int count, enum tone tone)
{
	if (count_of(group, COUNT_TALKS) == 0 && count_of(group, COUNT_TALK_UNKNOWN) > 0)
		return (struct cell){.type = CELL_NOT_JUDGED};
	return cell_alarm(count_of(group, count), tone);
}

static struct cell
promised(const struct group *group, int count, enum tone tone)
{
	int64_t tickets = count_of(group, COUNT_TALKS) + count_of(group, COUNT_TALK_UNKNOWN);

	if (tickets > 0 && count_of(group, COUNT_PROMISES_UNKNOWN) == tickets)
		return (struct cell){.type = CELL_NOT_JUDGED};
	return cell_alarm(count_of(group, count), tone);
}

void
figures_words(struct view *view, const struct group *all)
{
	struct section *facts = view_facts(view, "words", "Words of named people to the client");
	bool unknown = count_of(all, COUNT_TALK_UNKNOWN) > 0;

	view_fact(view, facts, "tickets", "tickets", cell_int(count_of(all, COUNT_TALKS)));
	view_fact(view, facts, "not_judged", "  not judged: no evidence",
	    cell_int(count_of(all, COUNT_TALK_UNKNOWN)));
	view_fact(view, facts, "words", "words", told(all, COUNT_WORDS, TONE_PLAIN));
	view_fact(view, facts, "by_owner", "  by the owner at that time",
	    cell_share(count_of(all, COUNT_WORDS_BY_OWNER), count_of(all, COUNT_WORDS_JUDGED),
		unknown || count_of(all, COUNT_WORDS) > 0));
	view_fact(view, facts, "wordless", "tickets without a word",
	    told(all, COUNT_WORDLESS, TONE_WARN));
	view_fact(view, facts, "silence_p50", "usual silence, median ticket",
	    silence(all, SPREAD_SILENCE, 500));
	view_fact(view, facts, "longest_p50", "longest silence, median ticket",
	    silence(all, SPREAD_LONGEST_SILENCE, 500));
	view_fact(view, facts, "longest_p90", "longest silence, 90 % of tickets within",
	    silence(all, SPREAD_LONGEST_SILENCE, 900));
	view_fact(view, facts, "longest_max", "longest silence of all",
	    silence(all, SPREAD_LONGEST_SILENCE, 1000));
	view_fact(view, facts, "waited_p50", "client waited for an answer, median ticket",
	    silence(all, SPREAD_LONGEST_WAIT, 500));
	view_fact(view, facts, "waited_p90", "client waited, 90 % of tickets within",
	    silence(all, SPREAD_LONGEST_WAIT, 900));
	view_fact(view, facts, "unanswered", "client messages that wait now",
	    told(all, COUNT_UNANSWERED, TONE_BAD));
	view_fact(view, facts, "unanswered_tickets", "  of so many tickets",
	    told(all, COUNT_UNANSWERED_TICKETS, TONE_BAD));
	view_fact(view, facts, "left", "client messages left without an answer at the end",
	    told(all, COUNT_LEFT, TONE_WARN));
}

void
figures_promises(struct view *view, const struct group *all)
{
	struct section *facts = view_facts(view, "promises", "Promises to clients");
	int64_t kept = count_of(all, COUNT_PROMISES_KEPT);
	int64_t missed = count_of(all, COUNT_PROMISES_MISSED);

	view_fact(view, facts, "kept", "kept", promised(all, COUNT_PROMISES_KEPT, TONE_PLAIN));
	view_fact(view, facts, "missed", "missed", promised(all, COUNT_PROMISES_MISSED, TONE_BAD));
	view_fact(view, facts, "share_kept", "share kept",
	    cell_share(kept, kept + missed, count_of(all, COUNT_PROMISES_UNKNOWN) > 0));
	view_fact(view, facts, "open", "open now", promised(all, COUNT_PROMISES_OPEN, TONE_PLAIN));
	view_fact(view, facts, "not_judged", "tickets not judged: no evidence",
	    cell_int(count_of(all, COUNT_PROMISES_UNKNOWN)));
}

static const struct column columns[] = {{.name = "key"}, {.name = "kind"},
    {.name = "human", .title = "first by a person", .group = 1, .number = true},
    {.name = "human_share", .title = "share", .group = 1, .number = true},
    {.name = "unanswered_first", .title = "no answer", .group = 1, .number = true},
    {.name = "response_unknown", .title = "not judged", .group = 1, .number = true},
    {.name = "unanswered", .title = "wait now", .group = 1, .number = true},
    {.name = "left", .title = "left at the end", .group = 1, .number = true},
    {.name = "promises_kept", .title = "promises kept", .group = 1, .number = true},
    {.name = "promises_missed", .title = "promises missed", .group = 1, .number = true},
    {.name = "words", .title = "words", .group = 2, .number = true},
    {.name = "silence_p50", .title = "usual silence, median", .group = 2, .number = true},
    {.name = "longest_p50", .title = "longest, median", .group = 2, .number = true},
    {.name = "longest_p90", .title = "longest, 90 %", .group = 2, .number = true},
    {.name = "longest_max", .title = "longest of all", .group = 2, .number = true},
    {.name = "waited_p90", .title = "client waited, 90 %", .group = 2, .number = true},
    {.name = "not_judged", .title = "not judged", .group = 2, .number = true}};

static const char *const group_titles[] = {"Answers and promises", "Words and silences"};

static bool
keeps(const struct group *group)
{
	return count_of(group, COUNT_TALKS) > 0 || count_of(group, COUNT_TALK_UNKNOWN) > 0;
}

static void
fill(const struct key_row *row, struct cell *cells)
{
	const struct group *group = row->group;
	int64_t human = count_of(group, COUNT_GRADES + RESPONSE_HUMAN);
	int64_t unknown = count_of(group, COUNT_GRADE_UNKNOWN);
	bool blind = graded(group) == 0 && unknown > 0;
	struct cell no = {.type = CELL_NOT_JUDGED};

	*cells++ = blind ? no : cell_int(human);
	*cells++ = cell_share(human, graded(group), unknown > 0);
	*cells++ =
	    blind ? no : cell_alarm(count_of(group, COUNT_GRADES + RESPONSE_NONE), TONE_WARN);
	*cells++ = cell_int(unknown);
	*cells++ = told(group, COUNT_UNANSWERED, TONE_BAD);
	*cells++ = told(group, COUNT_LEFT, TONE_WARN);
	*cells++ = promised(group, COUNT_PROMISES_KEPT, TONE_PLAIN);
	*cells++ = promised(group, COUNT_PROMISES_MISSED, TONE_BAD);
	*cells++ = told(group, COUNT_WORDS, TONE_PLAIN);
	*cells++ = silence(group, SPREAD_SILENCE, 500);
	*cells++ = silence(group, SPREAD_LONGEST_SILENCE, 500);
	*cells++ = silence(group, SPREAD_LONGEST_SILENCE, 900);
	*cells++ = silence(group, SPREAD_LONGEST_SILENCE, 1000);
	*cells++ = silence(group, SPREAD_LONGEST_WAIT, 900);
	*cells++ = cell_int(count_of(group, COUNT_TALK_UNKNOWN));
}

void
view_communication(struct view *view, const struct report *report)
{
	struct key_table table = {.columns = columns,
	    .ncolumns = sizeof(columns) / sizeof(columns[0]),
	    .groups = group_titles,
	    .ngroups = 2,
	    .order = {COUNT_UNANSWERED, COUNT_PROMISES_MISSED, COUNT_TALKS},
	    .keeps = keeps,
	    .fill = fill};
	const struct group *all = report_all(report);

	view->main = 3;
	figures_grades(view, all);
	figures_words(view, all);
	figures_promises(view, all);
	table.name = "clients";
	table.title = "By client";
	by_key_section(view, report, BY_CLIENT, &table);
	table.name = "teams";
	table.title = "By team, at the end or now";
	by_key_section(view, report, BY_TEAM, &table);
}
