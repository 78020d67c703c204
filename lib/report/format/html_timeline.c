/* html_timeline.c: lanes of time: who had a ticket when, and where its clock ran */
#include <stdio.h>

#include "base/mem.h"
#include "base/num.h"
#include "out/svg.h"
#include "out/text.h"
#include "report/format/chart.h"
#include "report/format/html.h"

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

/* Where a lane is, and which time it shows. */
struct stretch_place {
	int64_t start, length, y;
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
		shade += kinds->list[i].cell->tone == cell->tone &&
		    kinds->list[i].cell->type == CELL_TEXT;
	}
	if (kinds->count < KINDS_MAX) {
		kinds->list[kinds->count].cell = cell;
		kinds->list[kinds->count++].shade = shade;
	}
	return shade;
}

/* What is no kind but its absence has the colour of nothing. */
static const char *
class_of(struct kinds *kinds, const struct cell *cell, char class[16])
{
	if (cell->type == CELL_SPECIAL)
		return "k-none";
	return html_tone_class(cell->tone, shade_of(kinds, cell), class);
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
		    class_of(&picture->kinds, picture->kinds.list[i].cell, class),
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

/* "kind, note: from to to"; the note is of the first strip. */
static void
tip_of(struct timeline_picture *picture, struct buf *tip, size_t row, size_t last, size_t strip)
{
	struct html *html = picture->html;

	buf_adds(tip, html_words(html, cell_at(picture, row, picture->strips[strip])));
	if (strip == 0 && picture->note < picture->section->ncolumns &&
	    cell_at(picture, row, picture->note)->type != CELL_NULL) {
		buf_addz(tip, ", ");
		buf_adds(tip, html_words(html, cell_at(picture, row, picture->note)));
	}
	buf_addz(tip, ": ");
	buf_adds(tip, html_words(html, cell_at(picture, row, picture->from)));
	buf_addz(tip, " to ");
	buf_adds(tip, html_words(html, cell_at(picture, last, picture->to)));
}

/* A name is written into its stretch where it fits even on a phone. */
static void
add_note(struct timeline_picture *picture, size_t row, enum tone tone, int64_t x, int64_t width,
    int64_t y)
{
	int columns = (int)(width * PHONE / SVG_WIDTH / LETTER) - 1;
	struct slice words;

	if (picture->note == picture->section->ncolumns || columns < 3 ||
	    cell_at(picture, row, picture->note)->type == CELL_NULL)
		return;
	words = html_clipped(picture->html, cell_at(picture, row, picture->note), LABEL_MAX);
	if (text_width(words) <= columns)
		svg_text(picture->html->out, x + 80, y, tone == TONE_WARN ? "o w" : "o", words);
}

/* Whether the next row of the lane goes on with what this one says in the strip. */
static bool
goes_on(const struct timeline_picture *picture, size_t row, size_t strip)
{
	const struct cell *kind = cell_at(picture, row, picture->strips[strip]);
	bool noted = strip == 0 && picture->note < picture->section->ncolumns;

	return text_same(kind->text, cell_at(picture, row + 1, picture->strips[strip])->text) &&
	    cell_at(picture, row, picture->to)->number ==
	    cell_at(picture, row + 1, picture->from)->number &&
	    (!noted ||
		text_same(cell_at(picture, row, picture->note)->text,
		    cell_at(picture, row + 1, picture->note)->text));
}

/* Rows [row, last] as one piece of the strip; the lane begins at `start`. */
static void
add_stretch(struct timeline_picture *picture, const struct stretch_place *place, size_t row,
    size_t last, size_t strip)
{
	int64_t from = cell_at(picture, row, picture->from)->number - place->start;
	int64_t to = cell_at(picture, last, picture->to)->number - place->start;
	int64_t x = num_muldiv(from, SVG_WIDTH, place->length);
	int64_t end = num_muldiv(to, SVG_WIDTH, place->length);
	const struct cell *kind = cell_at(picture, row, picture->strips[strip]);
	struct buf tip = {0};
	char class[16];

	if (!is_kind(kind))
		return;
	tip_of(picture, &tip, row, last, strip);
	svg_rect(picture->html->out,
	    (struct svg_box){
		x, strip == 0 ? place->y : place->y + 18, end - x, strip == 0 ? 17 : 7},
	    class_of(&picture->kinds, kind, class), buf_slice(&tip));
	if (strip == 0 && kind->type == CELL_TEXT && shade_of(&picture->kinds, kind) == 1)
		add_note(picture, row, kind->tone, x, end - x, place->y + 13);
	buf_free(&tip);
}

static void
add_strip(struct timeline_picture *picture, const struct stretch_place *place, size_t row,
    size_t end, size_t strip)
{
	size_t last;

	for (; row < end; row = last + 1) {
		for (last = row; last + 1 < end && goes_on(picture, last, strip); last++)
			continue;
		add_stretch(picture, place, row, last, strip);
	}
}

static void
add_lane(struct timeline_picture *picture, size_t row, size_t end, int64_t y)
{
	const struct cell *first = cell_at(picture, row, picture->from);
	const struct cell *last = cell_at(picture, end - 1, picture->to);
	struct html *html = picture->html;
	struct stretch_place place;
	size_t strip;

	svg_text(html->out, 0, y + 12, "t",
	    html_clipped(html, cell_at(picture, row, picture->label), LABEL_MAX));
	svg_text(html->out, 0, y + 54, "s", html_words(html, first));
	svg_text(html->out, SVG_WIDTH, y + 54, "s r", html_words(html, last));
	place = (struct stretch_place){first->number, last->number - first->number, y + 17};
	for (strip = 0; strip < picture->nstrips && place.length > 0; strip++)
		add_strip(picture, &place, row, end, strip);
}

void
html_timeline(struct html *html, const struct section *section, const char *title)
{
	struct timeline_picture picture = {.html = html, .section = section};
	size_t row, end, all, lanes, lane = 0;
	char text[128];

	find_columns(&picture);
	add_legend(&picture);
	all = lanes = count_lanes(&picture);
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
	if (all > lanes)
		buf_addf(html->out, "<figcaption>The first %zu of %zu.</figcaption>\n", lanes, all);
}
