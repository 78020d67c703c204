/* render_md.c: a report in GitHub-flavoured Markdown */
#include "out/markdown.h"
#include "out/text.h"
#include "report/format/chart.h"
#include "report/format/render.h"
#include "time/instant.h"

#define SPARK_MAX 60 /* rows of a sparkline, the last ones */

struct md {
	struct buf *out;
	struct buf words;
	int64_t as_of;
};

static void
add_cell(struct md *md, const struct cell *cell)
{
	struct slice words;

	buf_clear(&md->words);
	cell_words(cell, md->as_of, &md->words);
	words = buf_slice(&md->words);
	if (cell->tone == TONE_BAD && words.n > 0)
		buf_addz(md->out, "**");
	markdown_add(md->out, slice_trim(words));
	if (cell->tone == TONE_BAD && words.n > 0)
		buf_addz(md->out, "**");
}

/* Bars, the only columns for people that have no heading, cannot be drawn here. */
static bool
is_drawn(const struct section *section, size_t column, int group)
{
	return column_is_in(section, column, group) &&
	    (section->columns[column].reader != FOR_PEOPLE ||
		section->columns[column].title[0] != '\0');
}

static void
add_table(struct md *md, const struct section *section, int group)
{
	size_t row, i;

	for (i = 0; i < section->ncolumns; i++)
		if (is_drawn(section, i, group))
			buf_addf(md->out, "| %s ", section->columns[i].title);
	buf_addz(md->out, "|\n");
	for (i = 0; i < section->ncolumns; i++)
		if (is_drawn(section, i, group))
			buf_addz(md->out, section->columns[i].number ? "| ---: " : "| --- ");
	buf_addz(md->out, "|\n");
	for (row = 0; row < section->nrows; row++) {
		if (row_is_idle(section, row, group))
			continue;
		for (i = 0; i < section->ncolumns; i++) {
			if (!is_drawn(section, i, group))
				continue;
			buf_addz(md->out, "| ");
			add_cell(md, &section->cells[row * section->ncolumns + i]);
			buf_addc(md->out, ' ');
		}
		buf_addz(md->out, "|\n");
	}
	buf_addc(md->out, '\n');
}

static void
add_sparklines(struct md *md, const struct section *section)
{
	int64_t numbers[SPARK_MAX];
	size_t i, n = section->nrows < SPARK_MAX ? section->nrows : SPARK_MAX;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
		chart_series(section, i, numbers, n);
		buf_addf(md->out, "- %s: `", section->columns[i].title);
		text_add_sparkline(md->out, numbers, n, true);
		buf_addz(md->out, "` ");
		add_cell(md, &section->cells[(section->nrows - 1) * section->ncolumns + i]);
		buf_addc(md->out, '\n');
	}
	buf_addc(md->out, '\n');
}

static void
add_section(struct md *md, const struct section *section)
{
	int group;

	if (section->picture)
		return;
	if (section->title != NULL)
		buf_addf(md->out, "### %s\n\n", section->title);
	if (section->nrows == 0 && section->empty != NULL) {
		buf_addf(md->out, "%s\n\n", section->empty);
		return;
	}
	if (section->chart == CHART_LINE && chart_is_drawn(section))
		add_sparklines(md, section);
	if (section->groups == NULL)
		add_table(md, section, 0);
	for (group = 1; group <= section->ngroups; group++) {
		buf_addf(md->out, "### %s\n\n", section->groups[group - 1]);
		add_table(md, section, group);
	}
}

static void
add_view(struct md *md, const struct view *view)
{
	size_t i;

	buf_addf(md->out, "## %s\n\n", view->title);
	for (i = 0; i < view->nnotes; i++)
		buf_addf(md->out, "%s\n\n", view->notes[i]);
	for (i = 0; i < view->nsections; i++)
		add_section(md, &view->sections[i]);
}

int
render_md(const struct page *page, struct buf *out)
{
	struct md md = {.out = out, .as_of = page->options->as_of};
	char as_of[INSTANT_TEXT];
	size_t i;

	instant_format(page->options->as_of, as_of);
	buf_addf(out, "# SLA report as of %s\n\n", as_of);
	if (page->options->client != NULL) {
		buf_addz(out, "Client: ");
		markdown_add(out, slice_z(page->options->client));
		buf_addz(out, "\n\n");
	}
	buf_addz(out, "Policy: ");
	markdown_add(out, slice_z(page->policy));
	buf_addz(out, "\n\n");
	for (i = 0; i < page->nviews; i++)
		add_view(&md, &page->views[i]);
	buf_addz(out, NOT_JUDGED_NOTE "\n\n");
	buf_addf(out, "%lld tickets, %lld refused upstream\n", (long long)page->tickets,
	    (long long)page->refused);
	for (i = 0; i < page->ninputs; i++) {
		buf_clear(&md.words);
		input_words(&page->inputs[i], &md.words);
		buf_addc(out, '\n');
		markdown_add(out, buf_slice(&md.words));
		buf_addc(out, '\n');
	}
	buf_free(&md.words);
	return 0;
}
