/* html_charts.c: pictures whose rows stand below each other: bars, stacked bars, heat maps */
#include <stdio.h>

#include "base/num.h"
#include "out/svg.h"
#include "out/text.h"
#include "out/xml.h"
#include "report/format/chart.h"
#include "report/format/html.h"

#define ROWS_MAX     40 /* in a picture; the table has them all */
#define LABEL_MAX    44 /* columns of a label: with its number it fits a phone */
#define HEAT_LABEL   900
#define HEAT_HEIGHT  22
#define HEAT_SHADES  5
#define COLUMNS_MANY 12 /* so many headings do not fit: every third is shown */

const char *
html_tone_class(enum tone tone, int shade, char class[16])
{
	static const char *const tones[] = {"plain", "plain", "good", "warn", "bad"};

	snprintf(class, 16, "k-%s s%d", tones[tone], shade < 5 ? shade : 5);
	return class;
}

const char *
html_series_class(const struct section *section, size_t column, char class[16])
{
	enum tone tone = section->columns[column].tone;
	int shade = 1;
	size_t i;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < column; i++)
		shade += section->columns[i].tone == tone;
	return html_tone_class(tone, shade, class);
}

void
html_legend_begin(struct html *html)
{
	buf_addz(html->out, "<ul class=\"legend\">");
}

void
html_legend_entry(struct html *html, const char *class, struct slice words)
{
	buf_addf(html->out, "<li><i class=\"%s\"></i>", class);
	xml_add(html->out, words);
	buf_addz(html->out, "</li>");
}

void
html_legend_end(struct html *html)
{
	buf_addz(html->out, "</ul>\n");
}

static void
add_legend(struct html *html, const struct section *section)
{
	char class[16];
	size_t i;

	html_legend_begin(html);
	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++)
		html_legend_entry(
		    html, html_series_class(section, i, class), slice_z(section->columns[i].title));
	html_legend_end(html);
}

static size_t
drawn_rows(const struct section *section)
{
	return section->nrows < ROWS_MAX ? section->nrows : ROWS_MAX;
}

static const struct cell *
cell_at(const struct section *section, size_t row, size_t column)
{
	return &section->cells[row * section->ncolumns + column];
}

static size_t
count_values(const struct section *section)
{
	size_t i, n = 0;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++)
		n++;
	return n;
}

/* The largest number of all; shares go up to 1000 in any case. */
static int64_t
largest(const struct section *section)
{
	int64_t most = 1, number;
	size_t row, i;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
		for (row = 0; row < section->nrows; row++) {
			number = chart_number(cell_at(section, row, i));
			if (cell_at(section, row, i)->type == CELL_PERMILLE && most < 1000)
				most = 1000;
			if (number > most)
				most = number;
		}
	}
	return most;
}

/* What is there is seen, however little. */
static int64_t
extent(int64_t number, int64_t whole, int64_t width)
{
	int64_t x = number > 0 ? num_muldiv(number, width, whole) : 0;

	return number > 0 && x < 20 ? 20 : x;
}

/* "label, title: words" into the scratch. */
static struct slice
tip_of(struct html *html, struct buf *tip, const struct section *section, size_t row, size_t column)
{
	buf_clear(tip);
	buf_adds(
	    tip, html_words(html, cell_at(section, row, chart_column(section, PART_LABEL, 0))));
	buf_addf(tip, ", %s: ", section->columns[column].title);
	buf_adds(tip, html_words(html, cell_at(section, row, column)));
	return buf_slice(tip);
}

/* The largest numbers, in words, for those who do not see the picture. */
static void
describe(struct html *html, struct buf *text, const struct section *section)
{
	struct buf tip = {0};
	size_t row, i, told = 0;

	for (row = 0; row < section->nrows && told < 8; row++) {
		for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
			if (chart_number(cell_at(section, row, i)) <= 0 || told >= 8)
				continue;
			buf_addz(text, told++ > 0 ? "; " : "");
			buf_adds(text, tip_of(html, &tip, section, row, i));
		}
	}
	buf_addz(text, ". All figures are in the table.");
	buf_free(&tip);
}

static void
begin(struct html *html, const struct section *section, const char *title, int64_t height)
{
	struct buf text = {0};

	describe(html, &text, section);
	svg_begin(html->out, ++html->pictures, title, buf_z(&text), height);
	buf_free(&text);
}

static void
add_label(struct html *html, const struct section *section, size_t row, int64_t y)
{
	svg_text(html->out, 0, y, "t",
	    html_clipped(
		html, cell_at(section, row, chart_column(section, PART_LABEL, 0)), LABEL_MAX));
}

static void
add_bars(struct html *html, const struct section *section, const char *title)
{
	size_t row, i, rows = drawn_rows(section), values = count_values(section);
	int64_t most = largest(section), y = 0, each = values == 1 ? 10 : 7;
	struct buf tip = {0};
	char class[16];

	begin(html, section, title, (int64_t)rows * (26 + each * (int64_t)values));
	for (row = 0; row < rows; row++) {
		add_label(html, section, row, y + 12);
		i = chart_column(section, PART_VALUE, 0);
		if (values == 1)
			svg_text(html->out, SVG_WIDTH, y + 12, "r",
			    html_words(html, cell_at(section, row, i)));
		for (y += 18; i < section->ncolumns; i = chart_column(section, PART_VALUE, i + 1)) {
			svg_rect(html->out, (struct svg_box){0, y, SVG_WIDTH, each - 1}, "k-none",
			    (struct slice){0});
			svg_rect(html->out,
			    (struct svg_box){0, y,
				extent(chart_number(cell_at(section, row, i)), most, SVG_WIDTH),
				each - 1},
			    html_series_class(section, i, class),
			    tip_of(html, &tip, section, row, i));
			y += each;
		}
		y += 8;
	}
	svg_end(html->out);
	buf_free(&tip);
}

static int64_t
row_sum(const struct section *section, size_t row)
{
	int64_t sum = 0, number;
	size_t i;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
		number = chart_number(cell_at(section, row, i));
		if (number > 0)
			sum = number > INT64_MAX - sum ? INT64_MAX : sum + number;
	}
	return sum;
}

/* The parts of one row, from the left without a gap; rounding never adds up to more than all. */
static void
add_parts(struct html *html, const struct section *section, size_t row, int64_t y, int64_t sum)
{
	int64_t before = 0, from, to, number;
	struct buf tip = {0};
	char class[16];
	size_t i;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++) {
		number = chart_number(cell_at(section, row, i));
		if (number <= 0)
			continue;
		from = num_muldiv(before, SVG_WIDTH, sum);
		before = number > sum - before ? sum : before + number;
		to = num_muldiv(before, SVG_WIDTH, sum);
		tip_of(html, &tip, section, row, i);
		buf_addf(&tip, " (%lld %%)", (long long)num_muldiv(number, 100, sum));
		svg_rect(html->out, (struct svg_box){from, y, to - from, 16},
		    html_series_class(section, i, class), buf_slice(&tip));
	}
	buf_free(&tip);
}

static void
add_stacked(struct html *html, const struct section *section, const char *title)
{
	size_t row, rows = drawn_rows(section), first = chart_column(section, PART_VALUE, 0);
	struct cell total;
	int64_t y;

	begin(html, section, title, (int64_t)rows * 42);
	for (row = 0; row < rows; row++) {
		y = (int64_t)row * 42;
		total = *cell_at(section, row, first);
		total.number = row_sum(section, row);
		add_label(html, section, row, y + 12);
		if (total.type >= CELL_INT && total.type != CELL_PERMILLE)
			svg_text(html->out, SVG_WIDTH, y + 12, "r", html_words(html, &total));
		if (total.number > 0)
			add_parts(html, section, row, y + 18, total.number);
		else
			svg_rect(html->out, (struct svg_box){0, y + 18, SVG_WIDTH, 16}, "k-none",
			    (struct slice){0});
	}
	svg_end(html->out);
}

/* One of HEAT_SHADES, the darkest for the most; none for nothing. */
static const char *
heat_class(enum tone tone, int64_t number, int64_t most, char class[16])
{
	if (number <= 0)
		return "k-none";
	return html_tone_class(
	    tone, HEAT_SHADES - (int)num_muldiv(number - 1, HEAT_SHADES, most), class);
}

static void
add_heat_row(struct html *html, const struct section *section, size_t row, int64_t y, int64_t most)
{
	int64_t width = SVG_WIDTH - HEAT_LABEL, n = (int64_t)count_values(section), at = 0, number;
	struct buf tip = {0};
	char class[16];
	size_t i;

	svg_text(html->out, 0, y + 15, "t",
	    html_clipped(html, cell_at(section, row, chart_column(section, PART_LABEL, 0)), 4));
	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++, at++) {
		number = chart_number(cell_at(section, row, i));
		svg_rect(html->out,
		    (struct svg_box){HEAT_LABEL + at * width / n, y,
			(at + 1) * width / n - at * width / n, HEAT_HEIGHT},
		    heat_class(section->columns[i].tone, number, most, class),
		    number > 0 ? tip_of(html, &tip, section, row, i) : (struct slice){0});
	}
	buf_free(&tip);
}

static void
add_heat(struct html *html, const struct section *section, const char *title)
{
	int64_t width = SVG_WIDTH - HEAT_LABEL, n = (int64_t)count_values(section), at = 0;
	size_t row, i, rows = drawn_rows(section);

	begin(html, section, title, (int64_t)rows * HEAT_HEIGHT + 20);
	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++, at++)
		if (n <= COLUMNS_MANY || at % 3 == 0)
			svg_text(html->out, HEAT_LABEL + at * width / n, 11, "s",
			    slice_z(section->columns[i].title));
	for (row = 0; row < rows; row++)
		add_heat_row(html, section, row, 18 + (int64_t)row * HEAT_HEIGHT, largest(section));
	svg_end(html->out);
}

/* The least number of each shade, which a colour alone does not tell. */
static void
add_heat_legend(struct html *html, const struct section *section)
{
	enum tone tone = section->columns[chart_column(section, PART_VALUE, 0)].tone;
	int64_t most = largest(section), number, last = -1;
	int shade;
	char class[16], words[48];

	html_legend_begin(html);
	html_legend_entry(html, "k-none", SLICE("none"));
	for (shade = 0; shade < HEAT_SHADES; shade++) {
		number = (shade * most + HEAT_SHADES - 1) / HEAT_SHADES + 1;
		if (number == last || number > most)
			continue;
		last = number;
		snprintf(words, sizeof(words), "from %lld", (long long)number);
		html_legend_entry(html, heat_class(tone, number, most, class), slice_z(words));
	}
	html_legend_end(html);
}

void
html_chart(struct html *html, const struct section *section, const char *title)
{
	if (html->mail || !chart_is_drawn(section))
		return;
	buf_addz(html->out, "<figure>\n");
	if (section->chart == CHART_HEAT)
		add_heat_legend(html, section);
	else if (section->chart != CHART_TIMELINE && count_values(section) > 1)
		add_legend(html, section);
	switch (section->chart) {
	case CHART_BARS:
		add_bars(html, section, title);
		break;
	case CHART_STACKED:
		add_stacked(html, section, title);
		break;
	case CHART_HEAT:
		add_heat(html, section, title);
		break;
	case CHART_LINE:
		html_line(html, section, title);
		break;
	case CHART_NETWORK:
		html_network(html, section, title);
		break;
	default:
		html_timeline(html, section, title);
		break;
	}
	if (section->nrows > ROWS_MAX &&
	    (section->chart == CHART_BARS || section->chart == CHART_STACKED))
		buf_addf(html->out, "<figcaption>The first %d of %zu rows.</figcaption>\n",
		    ROWS_MAX, section->nrows);
	buf_addz(html->out, "</figure>\n");
}
