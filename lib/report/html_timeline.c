/* html_timeline.c: lanes of time: who had a ticket when, and where its clock ran */
#include <stdio.h>

#include "base/mem.h"
#include "base/num.h"
#include "out/svg.h"
#include "out/text.h"
#include "report/chart.h"
#include "report/html.h"

#define LANES_MAX  50
#define LANE       66 /* pixels of a lane */
#define LABEL_MAX  44
#define STRIPS_MAX 2
#define PHONE      340 /* pixels: what a phone has at least */
#define LETTER     7   /* of a letter, on average and some more */
#define KINDS_MAX  16

/* What the colours stand for: the kinds of all strips, by first appearance. */
struct kinds {
	struct {
		const struct cell *cell;
		int shade;
	} list[KINDS_MAX];
	size_t count;
};

struct timeline_picture {
	struct html *html;
	const struct section *section;
	size_t label, from, to, note;
	size_t strips[STRIPS_MAX], nstrips;
	struct kinds kinds;
};

static const struct cell *
cell_at(const struct timeline_picture *picture, size_t row, size_t column)
{
	return &picture->section->cells[row * picture->section->ncolumns + column];
}

static bool
is_kind(const struct cell *cell)
{
	return cell->type == CELL_TEXT || cell->type == CELL_SPECIAL;
}

/* The kind's shade among those of its tone; what is beyond the list shares the last one. */
static int
shade_of(struct kinds *kinds, const struct cell *cell)
{
	int shade = 1;
	size_t i;

	for (i = 0; i < kinds->count; i++) {
		if (text_same(kinds->list[i].cell->text, cell->text))
			return kinds->list[i].shade;
		shade += kinds->list[i].cell->tone == cell->tone;
	}
	if (kinds->count < KINDS_MAX) {
		kinds->list[kinds->count].cell = cell;
		kinds->list[kinds->count++].shade = shade;
	}
	return shade;
}

static void
find_columns(struct timeline_picture *picture)
{
	const struct section *section = picture->section;
	size_t i, row, strip;

	picture->label = chart_column(section, PART_LABEL, 0);
	picture->from = chart_column(section, PART_FROM, 0);
	picture->to = chart_column(section, PART_TO, 0);
	picture->note = chart_column(section, PART_NOTE, 0);
	for (i = 0; (i = chart_column(section, PART_KIND, i)) < section->ncolumns; i++)
		if (picture->nstrips < STRIPS_MAX)
			picture->strips[picture->nstrips++] = i;
	for (strip = 0; strip < picture->nstrips; strip++)
		for (row = 0; row < section->nrows; row++)
			if (is_kind(cell_at(picture, row, picture->strips[strip])))
				shade_of(
				    &picture->kinds, cell_at(picture, row, picture->strips[strip]));
}

static void
add_legend(struct timeline_picture *picture)
{
	char class[16];
	size_t i;

	html_legend_begin(picture->html);
	for (i = 0; i < picture->kinds.count; i++)
		html_legend_entry(picture->html,
		    html_tone_class(
			picture->kinds.list[i].cell->tone, picture->kinds.list[i].shade, class),
		    html_words(picture->html, picture->kinds.list[i].cell));
	html_legend_end(picture->html);
}

/* The row after the last one of the lane that begins at `row`. */
static size_t
lane_end(const struct timeline_picture *picture, size_t row)
{
	const struct cell *first = cell_at(picture, row, picture->label);

	for (row++; row < picture->section->nrows; row++)
		if (!text_same(first->text, cell_at(picture, row, picture->label)->text))
			break;
	return row;
}

static size_t
count_lanes(const struct timeline_picture *picture)
{
	size_t row, lanes = 0;

	for (row = 0; row < picture->section->nrows; row = lane_end(picture, row))
		lanes++;
	return lanes;
}

/* "kind, note: from to to" */
static void
tip_of(struct timeline_picture *picture, struct buf *tip, size_t row, size_t column)
{
	struct html *html = picture->html;

	buf_clear(tip);
	buf_adds(tip, html_words(html, cell_at(picture, row, column)));
	if (picture->note < picture->section->ncolumns) {
		buf_addz(tip, ", ");
		buf_adds(tip, html_words(html, cell_at(picture, row, picture->note)));
	}
	buf_addz(tip, ": ");
	buf_adds(tip, html_words(html, cell_at(picture, row, picture->from)));
	buf_addz(tip, " to ");
	buf_adds(tip, html_words(html, cell_at(picture, row, picture->to)));
}

/* A name is written into its stretch where it fits even on a phone. */
static void
add_note(struct timeline_picture *picture, size_t row, int64_t x, int64_t width, int64_t y)
{
	int columns = (int)(width * PHONE / SVG_WIDTH / LETTER) - 1;
	struct slice words;

	if (picture->note == picture->section->ncolumns || columns < 3)
		return;
	words = html_clipped(picture->html, cell_at(picture, row, picture->note), LABEL_MAX);
	if (text_width(words) <= columns)
		svg_text(picture->html->out, x + 80, y, "o", words);
}

static void
add_stretch(struct timeline_picture *picture, size_t row, int64_t start, int64_t length, int64_t y)
{
	int64_t from = cell_at(picture, row, picture->from)->number - start;
	int64_t to = cell_at(picture, row, picture->to)->number - start;
	int64_t x = num_muldiv(from, SVG_WIDTH, length), end = num_muldiv(to, SVG_WIDTH, length);
	const struct cell *cell;
	struct buf tip = {0};
	char class[16];
	size_t strip;

	for (strip = 0; strip < picture->nstrips; strip++) {
		cell = cell_at(picture, row, picture->strips[strip]);
		if (!is_kind(cell))
			continue;
		tip_of(picture, &tip, row, picture->strips[strip]);
		svg_rect(picture->html->out,
		    (struct svg_box){x, strip == 0 ? y : y + 18, end - x, strip == 0 ? 17 : 7},
		    html_tone_class(cell->tone, shade_of(&picture->kinds, cell), class),
		    buf_slice(&tip));
		if (strip == 0)
			add_note(picture, row, x, end - x, y + 13);
	}
	buf_free(&tip);
}

static void
add_lane(struct timeline_picture *picture, size_t row, size_t end, int64_t y)
{
	const struct cell *first = cell_at(picture, row, picture->from);
	const struct cell *last = cell_at(picture, end - 1, picture->to);
	struct html *html = picture->html;

	svg_text(html->out, 0, y + 12, "t",
	    html_clipped(html, cell_at(picture, row, picture->label), LABEL_MAX));
	svg_text(html->out, 0, y + 54, "s", html_words(html, first));
	svg_text(html->out, SVG_WIDTH, y + 54, "s r", html_words(html, last));
	if (last->number <= first->number)
		return;
	for (; row < end; row++)
		add_stretch(picture, row, first->number, last->number - first->number, y + 17);
}

void
html_timeline(struct html *html, const struct section *section, const char *title)
{
	struct timeline_picture picture = {.html = html, .section = section};
	size_t row, end, lanes, lane = 0;
	char text[128];

	find_columns(&picture);
	add_legend(&picture);
	lanes = count_lanes(&picture);
	snprintf(text, sizeof(text), "%zu lanes, one below the other; the table has each stretch.",
	    lanes);
	if (lanes > LANES_MAX)
		lanes = LANES_MAX;
	svg_begin(html->out, ++html->pictures, title, text, (int64_t)lanes * LANE);
	for (row = 0; row < section->nrows && lane < lanes; row = end, lane++) {
		end = lane_end(&picture, row);
		add_lane(&picture, row, end, (int64_t)lane * LANE);
	}
	svg_end(html->out);
}
