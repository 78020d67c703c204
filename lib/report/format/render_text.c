/* render_text.c: a report for the terminal, fitted to its width */
#include "out/text.h"
#include "report/format/chart.h"
#include "report/format/render.h"
#include "time/instant.h"

#define GAP         2 /* blanks between columns */
#define BAR_WIDTH   24
#define LEAST_WIDTH 8  /* to which a column of text may be narrowed */
#define COLUMN_MAX  32 /* in one table */
#define SPARK_MAX   20 /* columns of a sparkline: with any title it fits 40 columns */

struct text {
	struct buf *out;
	struct buf words, safe; /* scratch: a cell's words, and what is safe of them */
	const struct report_options *options;
};

/* One table: some columns of a section. */
struct table {
	const struct section *section;
	size_t columns[COLUMN_MAX];
	int widths[COLUMN_MAX], least[COLUMN_MAX];
	size_t n;
	int gap, group;
};

static struct slice
safe_words(struct text *text, const struct cell *cell)
{
	buf_clear(&text->words);
	buf_clear(&text->safe);
	cell_words(cell, text->options->as_of, &text->words);
	text_add_safe(&text->safe, buf_slice(&text->words), text->options->utf8);
	return buf_slice(&text->safe);
}

static void
add_line(struct text *text, enum text_tone tone, const char *line)
{
	text_tone_on(text->out, tone, text->options->colour);
	buf_addz(text->out, line);
	text_tone_off(text->out, tone, text->options->colour);
	buf_addc(text->out, '\n');
}

static void
add_wrapped(struct text *text, const char *words)
{
	buf_clear(&text->safe);
	text_add_safe(&text->safe, slice_z(words), text->options->utf8);
	text_add_wrapped(text->out, buf_slice(&text->safe), text->options->width - 3, 2);
}

static void
end_line(struct buf *out)
{
	while (out->n > 0 && out->p[out->n - 1] == ' ')
		out->n--;
	buf_addc(out, '\n');
}

/* The next word of a heading, which stand below each other. */
static struct slice
next_word(struct slice *rest)
{
	struct slice word = *rest;
	const char *blank = word.n > 0 ? memchr(word.p, ' ', word.n) : NULL;

	if (blank != NULL)
		word.n = (size_t)(blank - word.p);
	rest->p += word.n;
	rest->n -= word.n;
	*rest = slice_trim(*rest);
	return word;
}

static int
heading_width(const char *title)
{
	struct slice rest = slice_z(title);
	int width = 0, one;

	while (rest.n > 0) {
		one = text_width(next_word(&rest));
		if (one > width)
			width = one;
	}
	return width;
}

static void
measure(struct text *text, struct table *table, size_t i)
{
	const struct section *section = table->section;
	const struct column *column = &section->columns[table->columns[i]];
	const struct cell *cell;
	size_t row;
	int width;

	table->widths[i] = heading_width(column->title);
	for (row = 0; row < section->nrows; row++) {
		cell = &section->cells[row * section->ncolumns + table->columns[i]];
		width = cell->type == CELL_BAR ? BAR_WIDTH : text_width(safe_words(text, cell));
		if (width > table->widths[i])
			table->widths[i] = width;
	}
	table->least[i] = table->widths[i];
	if (!column->number && !column->keep && table->least[i] > LEAST_WIDTH)
		table->least[i] = LEAST_WIDTH;
}

static void
table_of(struct text *text, struct table *table, const struct section *section, int group)
{
	size_t i;

	*table = (struct table){.section = section, .group = group};
	for (i = 0; i < section->ncolumns && table->n < COLUMN_MAX; i++)
		if (column_is_in(section, i, group))
			table->columns[table->n++] = i;
	for (i = 0; i < table->n; i++)
		measure(text, table, i);
}

/* Headings stand at the bottom of as many lines as the longest one has words. */
static void
add_headings(struct text *text, const struct table *table)
{
	struct slice rest[COLUMN_MAX], word, count;
	size_t words[COLUMN_MAX] = {0}, most = 0, line, i;
	const struct column *column;

	for (i = 0; i < table->n; i++) {
		rest[i] = slice_z(table->section->columns[table->columns[i]].title);
		for (count = rest[i]; count.n > 0; words[i]++)
			next_word(&count);
		if (words[i] > most)
			most = words[i];
	}
	for (line = 0; line < most; line++) {
		text_tone_on(text->out, TEXT_BOLD, text->options->colour);
		for (i = 0; i < table->n; i++) {
			column = &table->section->columns[table->columns[i]];
			word = line + words[i] >= most ? next_word(&rest[i]) : (struct slice){0};
			buf_add(text->out, "  ", i > 0 ? (size_t)table->gap : 0);
			text_add_fitted(
			    text->out, word, table->widths[i], column->number, text->options->utf8);
		}
		text_tone_off(text->out, TEXT_BOLD, text->options->colour);
		end_line(text->out);
	}
}

static void
add_cell(struct text *text, const struct cell *cell, int width, bool number)
{
	struct slice words = safe_words(text, cell);

	text_tone_on(text->out, (enum text_tone)cell->tone, text->options->colour);
	if (cell->type == CELL_BAR)
		text_add_bar(text->out, cell->number, width, text->options->utf8);
	else
		text_add_fitted(text->out, words, width, number, text->options->utf8);
	text_tone_off(text->out, (enum text_tone)cell->tone, text->options->colour);
}

static void
add_rows(struct text *text, const struct table *table)
{
	const struct section *section = table->section;
	size_t row, i;

	for (row = 0; row < section->nrows; row++) {
		if (row_is_idle(section, row, table->group))
			continue;
		for (i = 0; i < table->n; i++) {
			buf_add(text->out, "  ", i > 0 ? (size_t)table->gap : 0);
			add_cell(text, &section->cells[row * section->ncolumns + table->columns[i]],
			    table->widths[i], section->columns[table->columns[i]].number);
		}
		end_line(text->out);
	}
}

/* Where not even the narrowed columns fit: a line a cell. */
static void
add_list(struct text *text, const struct table *table)
{
	const struct section *section = table->section;
	size_t row, i;

	for (row = 0; row < section->nrows; row++) {
		for (i = 0; i < table->n && !row_is_idle(section, row, table->group); i++) {
			if (section->cells[row * section->ncolumns + table->columns[i]].type ==
			    CELL_BAR)
				continue;
			buf_addf(text->out, i > 0 ? "  %s " : "%s ",
			    section->columns[table->columns[i]].title);
			text_add_wrapped(text->out,
			    safe_words(
				text, &section->cells[row * section->ncolumns + table->columns[i]]),
			    text->options->width -
				text_width(slice_z(section->columns[table->columns[i]].title)) - 3,
			    4);
		}
	}
}

static bool
fits(const struct text *text, struct table *table)
{
	return text_fit(table->widths, table->least, table->n, table->gap, text->options->width);
}

static void
add_table(struct text *text, const struct section *section, int group)
{
	struct table table;

	table_of(text, &table, section, group);
	table.gap = GAP;
	if (!fits(text, &table))
		table.gap = 1;
	if (fits(text, &table)) {
		add_headings(text, &table);
		add_rows(text, &table);
	} else {
		add_list(text, &table);
	}
	buf_addc(text->out, '\n');
}

/* One line of a card: its cells that say something, one behind the other. */
static bool
line_words(struct text *text, struct buf *line, const struct section *section,
    const struct cell *row, int number)
{
	const char *dot = text->options->utf8 ? " \xC2\xB7 " : " | ";
	size_t i;

	buf_clear(line);
	for (i = 0; i < section->ncolumns; i++) {
		if (section->columns[i].line != number || row[i].type == CELL_NULL)
			continue;
		if (line->n > 0)
			buf_addz(line, section->columns[i - 1].number ? ". " : dot);
		buf_addz(line, row[i].type == CELL_DUE ? "by " : "");
		buf_adds(line, safe_words(text, &row[i]));
	}
	return line->n > 0;
}

static enum text_tone
card_tone(const struct section *section, const struct cell *row)
{
	size_t i;

	for (i = 0; i < section->ncolumns; i++)
		if (row[i].tone != TONE_PLAIN)
			return (enum text_tone)row[i].tone;
	return TEXT_BOLD;
}

static void
add_cards(struct text *text, const struct section *section)
{
	const struct cell *row;
	struct buf line = {0};
	size_t i;
	int number;

	for (i = 0; i < section->nrows; i++) {
		row = &section->cells[i * section->ncolumns];
		for (number = 1; number <= 3; number++) {
			if (!line_words(text, &line, section, row, number))
				continue;
			if (number == 1)
				text_tone_on(
				    text->out, card_tone(section, row), text->options->colour);
			buf_addz(text->out, number == 1 ? "" : "   ");
			text_add_wrapped(text->out, buf_slice(&line), text->options->width - 4, 3);
			if (number == 1)
				text_tone_off(
				    text->out, card_tone(section, row), text->options->colour);
		}
		buf_addc(text->out, '\n');
	}
	buf_free(&line);
}

/* A sparkline a value, with the last number; of the last rows where not all fit. */
static void
add_sparklines(struct text *text, const struct section *section)
{
	int64_t numbers[SPARK_MAX];
	size_t i, n = section->nrows < SPARK_MAX ? section->nrows : SPARK_MAX;
	const struct cell *last;
	int wide = 0;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++)
		if (text_width(slice_z(section->columns[i].title)) > wide)
			wide = text_width(slice_z(section->columns[i].title));
	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
		chart_series(section, i, numbers, n);
		last = &section->cells[(section->nrows - 1) * section->ncolumns + i];
		text_add_fitted(text->out, slice_z(section->columns[i].title), wide, false,
		    text->options->utf8);
		buf_addz(text->out, "  ");
		text_add_sparkline(text->out, numbers, n, text->options->utf8);
		buf_addz(text->out, "  ");
		buf_adds(text->out, safe_words(text, last));
		end_line(text->out);
	}
	buf_addc(text->out, '\n');
}

static void
add_section(struct text *text, const struct section *section)
{
	int group;

	if (section->picture)
		return;
	if (section->title != NULL)
		add_line(text, TEXT_BOLD, section->title);
	if (section->nrows == 0 && section->empty != NULL) {
		add_line(text, TEXT_PLAIN, section->empty);
		buf_addc(text->out, '\n');
		return;
	}
	if (section->chart == CHART_LINE && chart_is_drawn(section))
		add_sparklines(text, section);
	if (section->shape == SHAPE_CARDS)
		add_cards(text, section);
	else if (section->groups == NULL)
		add_table(text, section, 0);
	for (group = 1; group <= section->ngroups; group++) {
		add_line(text, TEXT_BOLD, section->groups[group - 1]);
		add_table(text, section, group);
	}
}

static void
add_view(struct text *text, const struct view *view)
{
	const char *dash = text->options->utf8 ? "\xE2\x94\x80" : "-";
	int i, left = text->options->width - (int)strlen(view->title) - 1;
	size_t n;

	text_tone_on(text->out, TEXT_BOLD, text->options->colour);
	buf_addf(text->out, "%s ", view->title);
	for (i = 0; i < left; i++)
		buf_addz(text->out, dash);
	text_tone_off(text->out, TEXT_BOLD, text->options->colour);
	buf_addz(text->out, "\n\n");
	for (n = 0; n < view->nnotes; n++)
		add_wrapped(text, view->notes[n]);
	if (view->nnotes > 0)
		buf_addc(text->out, '\n');
	for (n = 0; n < view->nsections; n++)
		add_section(text, &view->sections[n]);
}

static void
add_client(struct text *text)
{
	struct buf line = {0};

	if (text->options->client == NULL)
		return;
	buf_addf(&line, "client: %s", text->options->client);
	add_wrapped(text, buf_z(&line));
	buf_free(&line);
}

static void
add_inputs(struct text *text, const struct page *page)
{
	struct buf line = {0};
	size_t i;

	for (i = 0; i < page->ninputs; i++) {
		buf_clear(&line);
		input_words(&page->inputs[i], &line);
		add_wrapped(text, buf_z(&line));
	}
	buf_free(&line);
}

int
render_text(const struct page *page, struct buf *out)
{
	struct text text = {.out = out, .options = page->options};
	char as_of[INSTANT_TEXT];
	size_t i;

	instant_format(page->options->as_of, as_of);
	text_tone_on(out, TEXT_BOLD, page->options->colour);
	buf_addf(out, "SLA report as of %s", as_of);
	text_tone_off(out, TEXT_BOLD, page->options->colour);
	buf_addc(out, '\n');
	add_client(&text);
	add_wrapped(&text, page->policy);
	buf_addc(out, '\n');
	for (i = 0; i < page->nviews; i++)
		add_view(&text, &page->views[i]);
	buf_addz(out, NOT_JUDGED_NOTE "\n");
	buf_addf(out, "%lld tickets, %lld refused upstream\n", (long long)page->tickets,
	    (long long)page->refused);
	add_inputs(&text, page);
	buf_free(&text.words);
	buf_free(&text.safe);
	return 0;
}
