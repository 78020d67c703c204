/* html_line.c: numbers over time as lines */
#include <stdio.h>

#include "base/num.h"
#include "out/svg.h"
#include "report/format/chart.h"
#include "report/format/html.h"

#define TOP    10
#define PLOT   160 /* pixels of the plane */
#define MARGIN 100 /* ten-thousandths left free at each side */

struct line {
	struct html *html;
	const struct section *section;
	int64_t most; /* the number at the top of the plane */
	enum cell_type type;
};

static const struct cell *
cell_at(const struct line *line, size_t row, size_t column)
{
	return &line->section->cells[row * line->section->ncolumns + column];
}

/* Where a row stands, of `width`. One row alone stands in the middle. */
static int64_t
row_x(const struct line *line, size_t row, int64_t width)
{
	int64_t last = (int64_t)line->section->nrows - 1;

	return last == 0 ? width / 2 : (int64_t)row * width / last;
}

static int64_t
number_y(const struct line *line, int64_t number)
{
	return PLOT - num_muldiv(number, PLOT, line->most);
}

/* The top of the plane: 100 % for shares; else 1, 2 or 5 times a power of ten, or a round duration. */
static void
find_most(struct line *line)
{
	static const int64_t hours[] = {1, 2, 4, 8, 12, 24, 48, 96, 168, 336, 672};
	const struct section *section = line->section;
	int64_t most = 1, round = 1;
	const struct cell *cell;
	size_t row, i, n = 0;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
		for (row = 0; row < section->nrows; row++) {
			cell = cell_at(line, row, i);
			if (chart_number(cell) >= 0)
				line->type = cell->type;
			if (chart_number(cell) > most)
				most = chart_number(cell);
		}
	}
	if (line->type == CELL_PERMILLE && most <= 1000) {
		line->most = 1000;
		return;
	}
	if (line->type == CELL_SECONDS || line->type == CELL_WORK) {
		while (n < sizeof(hours) / sizeof(hours[0]) && hours[n] * 3600 < most)
			n++;
		line->most = n < sizeof(hours) / sizeof(hours[0]) ? hours[n] * 3600 : most;
		return;
	}
	while (round <= INT64_MAX / 10 && round * 10 <= most)
		round *= 10;
	line->most = most <= round ? round
	    : most <= 2 * round    ? 2 * round
	    : most <= 5 * round    ? 5 * round
				   : 10 * round;
}

/* Rules at nothing, the half and the top, and what they stand for. */
static void
add_scale(struct line *line)
{
	struct cell cell = {.type = line->type};
	int64_t y;
	int i;

	for (i = 0; i <= 2; i++) {
		cell.number = line->most / 2 * i;
		if (i == 2)
			cell.number = line->most;
		if (i == 1 && line->most % 2 != 0)
			continue;
		y = TOP + number_y(line, cell.number);
		svg_rule(line->html->out, 0, y, SVG_WIDTH, "g");
		svg_text(line->html->out, SVG_WIDTH, y - 3, "s r", html_words(line->html, &cell));
	}
}

/* Gaps break the line. */
static void
add_path(struct line *line, size_t column, const char *class)
{
	struct buf data = {0};
	char classes[32];
	bool gap = true;
	int64_t number;
	size_t row;

	for (row = 0; row < line->section->nrows; row++) {
		number = chart_number(cell_at(line, row, column));
		if (number >= 0)
			buf_addf(&data, "%c%lld %lld", gap ? 'M' : 'L',
			    (long long)row_x(line, row, 1000), (long long)number_y(line, number));
		gap = number < 0;
	}
	snprintf(classes, sizeof(classes), "line %s", class);
	if (data.n > 0)
		svg_curve(line->html->out, buf_z(&data), classes, (struct slice){0});
	buf_free(&data);
}

static void
add_dots(struct line *line, size_t column, const char *class)
{
	size_t label = chart_column(line->section, PART_LABEL, 0), row;
	struct buf tip = {0};
	int64_t number;

	for (row = 0; row < line->section->nrows; row++) {
		number = chart_number(cell_at(line, row, column));
		if (number < 0)
			continue;
		buf_clear(&tip);
		buf_adds(&tip, html_words(line->html, cell_at(line, row, label)));
		buf_addf(&tip, ", %s: ", line->section->columns[column].title);
		buf_adds(&tip, html_words(line->html, cell_at(line, row, column)));
		svg_dot(line->html->out, MARGIN + row_x(line, row, SVG_WIDTH - 2 * MARGIN),
		    TOP + number_y(line, number), class, buf_slice(&tip));
	}
	buf_free(&tip);
}

/* The first, the middle and the last row's names, below the plane. */
static void
add_labels(struct line *line)
{
	static const char *const classes[] = {"s", "s m", "s r"};
	size_t label = chart_column(line->section, PART_LABEL, 0), n = line->section->nrows, i, row;

	for (i = 0; i < 3; i++) {
		row = (n - 1) * i / 2;
		if ((i == 1 && (n < 3 || n % 2 == 0)) || (i == 2 && n < 2))
			continue;
		svg_text(line->html->out, n == 1 ? SVG_WIDTH / 2 : (int64_t)i * SVG_WIDTH / 2,
		    TOP + PLOT + 16, n == 1 ? "s m" : classes[i],
		    html_clipped(line->html, cell_at(line, row, label), 16));
	}
}

/* Of each line where it begins, where it ends, its least and its most. */
static void
describe(struct line *line, struct buf *text)
{
	const struct section *section = line->section;
	struct cell low = {0}, high = {0}, last = {0};
	const struct cell *cell;
	size_t i, row;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
		low = high = last = (struct cell){0};
		for (row = 0; row < section->nrows; row++) {
			cell = cell_at(line, row, i);
			if (chart_number(cell) < 0)
				continue;
			if (low.type == CELL_NULL || cell->number < low.number)
				low = *cell;
			if (high.type == CELL_NULL || cell->number > high.number)
				high = *cell;
			last = *cell;
		}
		buf_addf(text, "%s: ", section->columns[i].title);
		buf_adds(text, html_words(line->html, &last));
		buf_addz(text, " at the end, at least ");
		buf_adds(text, html_words(line->html, &low));
		buf_addz(text, ", at most ");
		buf_adds(text, html_words(line->html, &high));
		buf_addz(text, ". ");
	}
	buf_addz(text, "All figures are in the table.");
}

void
html_line(struct html *html, const struct section *section, const char *title)
{
	struct line line = {.html = html, .section = section, .most = 1, .type = CELL_INT};
	struct buf text = {0};
	char class[16];
	size_t i;

	find_most(&line);
	describe(&line, &text);
	svg_begin(html->out, ++html->pictures, title, buf_z(&text), TOP + PLOT + 24);
	add_scale(&line);
	svg_plane(html->out, (struct svg_box){MARGIN, TOP, SVG_WIDTH - (int64_t)2 * MARGIN, PLOT});
	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++)
		add_path(&line, i, html_series_class(section, i, class));
	svg_plane_end(html->out);
	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++)
		add_dots(&line, i, html_series_class(section, i, class));
	add_labels(&line);
	svg_end(html->out);
	buf_free(&text);
}
