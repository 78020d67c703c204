/* html_network.c: who hands to whom, as flows from the left to the right */
#include <stdio.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/num.h"
#include "out/svg.h"
#include "out/text.h"
#include "report/format/chart.h"
#include "report/format/html.h"

#define PLACES 12    /* on a side; the last one is for all others where there are more */
#define FLOWS  32000 /* hundredths of a pixel for all flows together */
#define LEAST  1600  /* of a place, so that its name fits */
#define GAP    600
#define LEFT   3400 /* where the flows begin and end, in ten-thousandths */
#define RIGHT  6600
#define BAR    60
#define NARROW 15 /* columns of a name on a phone */
#define WIDE   40

struct node {
	const char *name;
	uint32_t number; /* in its side's names */
	int64_t weight;
};

struct side {
	struct intern names;
	struct node *nodes; /* the heaviest first */
	size_t *places;     /* by number */
	size_t cap, nplaces;
	int64_t weights[PLACES];
	int64_t y[PLACES], height[PLACES]; /* hundredths of a pixel */
	int64_t used[PLACES];              /* by the flows that were drawn */
};

struct network {
	struct html *html;
	const struct section *section;
	struct side sides[2];
	struct intern pairs; /* "from\x1Fto" of each edge */
	int64_t flows[PLACES][PLACES], both[PLACES][PLACES];
	int64_t total;
};

static int64_t
add(int64_t a, int64_t b)
{
	return b > INT64_MAX - a ? INT64_MAX : a + b;
}

static uint32_t
add_node(struct side *side, struct slice name, int64_t weight)
{
	uint32_t number = intern_add(&side->names, name);

	if (number + 1 > side->nplaces) {
		side->nodes =
		    mem_push(side->nodes, side->nplaces, &side->cap, sizeof(*side->nodes));
		side->nodes[side->nplaces++] =
		    (struct node){.name = intern_text(&side->names, number), .number = number};
	}
	side->nodes[number].weight = add(side->nodes[number].weight, weight);
	return number;
}

static int
compare(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* The heaviest get a place of their own. */
static void
rank(struct side *side)
{
	size_t i, n = side->nplaces;

	side->places = mem_calloc(n + 1, sizeof(*side->places));
	if (n > 0)
		qsort(side->nodes, n, sizeof(*side->nodes), compare);
	for (i = 0; i < n; i++) {
		size_t place = i < PLACES ? i : PLACES - 1;

		side->places[side->nodes[i].number] = place;
		side->weights[place] = add(side->weights[place], side->nodes[i].weight);
	}
	side->nplaces = n < PLACES ? n : PLACES;
}

static void
lay_out(struct side *side, int64_t total)
{
	int64_t y = 0;
	size_t i;

	for (i = 0; i < side->nplaces; i++) {
		side->y[i] = y;
		side->height[i] = num_muldiv(side->weights[i], FLOWS, total);
		if (side->height[i] < LEAST)
			side->height[i] = LEAST;
		y += side->height[i] + GAP;
	}
}

static int64_t
bottom(const struct side *side)
{
	size_t last = side->nplaces - 1;

	return side->y[last] + side->height[last];
}

/* The row's number, and its ends: in words, which the caller keeps. -1: no edge. */
static int64_t
edge_of(struct network *network, size_t row, struct buf *from, struct buf *to)
{
	const struct section *section = network->section;
	const struct cell *cells = &section->cells[row * section->ncolumns];

	buf_clear(from);
	buf_clear(to);
	buf_adds(from, html_words(network->html, &cells[chart_column(section, PART_LABEL, 0)]));
	buf_adds(to, html_words(network->html, &cells[chart_column(section, PART_TARGET, 0)]));
	return chart_number(&cells[chart_column(section, PART_VALUE, 0)]);
}

static uint32_t
pair_number(struct intern *pairs, const struct buf *from, const struct buf *to, bool find)
{
	struct buf key = {0};
	uint32_t number;

	buf_adds(&key, buf_slice(from));
	buf_addc(&key, 0x1F);
	buf_adds(&key, buf_slice(to));
	number = find ? intern_find(pairs, buf_slice(&key)) : intern_add(pairs, buf_slice(&key));
	buf_free(&key);
	return number;
}

static void
collect(struct network *network)
{
	struct buf from = {0}, to = {0};
	int64_t weight;
	size_t row, a, b;

	for (row = 0; row < network->section->nrows; row++) {
		weight = edge_of(network, row, &from, &to);
		if (weight <= 0)
			continue;
		add_node(&network->sides[0], buf_slice(&from), weight);
		add_node(&network->sides[1], buf_slice(&to), weight);
		pair_number(&network->pairs, &from, &to, false);
		network->total = add(network->total, weight);
	}
	rank(&network->sides[0]);
	rank(&network->sides[1]);
	for (row = 0; row < network->section->nrows; row++) {
		weight = edge_of(network, row, &from, &to);
		if (weight <= 0)
			continue;
		a = network->sides[0]
			.places[intern_find(&network->sides[0].names, buf_slice(&from))];
		b = network->sides[1].places[intern_find(&network->sides[1].names, buf_slice(&to))];
		if (pair_number(&network->pairs, &to, &from, true) != INTERN_NONE)
			network->both[a][b] = add(network->both[a][b], weight);
		else
			network->flows[a][b] = add(network->flows[a][b], weight);
	}
	buf_free(&from);
	buf_free(&to);
}

static const char *
place_name(const struct side *side, size_t place, char others[32])
{
	size_t more = side->names.count - PLACES + 1;

	if (place + 1 < PLACES || side->names.count <= PLACES)
		return side->nodes[place].name;
	snprintf(others, 32, "%zu others", more);
	return others;
}

static void
add_y(struct buf *data, int64_t hundredths)
{
	buf_addf(data, "%lld.%02d ", (long long)(hundredths / 100), (int)(hundredths % 100));
}

/* The flow from place a to place b: as thick at both ends as it is heavy. */
static void
add_flow(struct network *network, size_t a, size_t b, int64_t weight, const char *class)
{
	struct side *left = &network->sides[0], *right = &network->sides[1];
	int64_t thick = num_muldiv(weight, FLOWS, network->total), y[2];
	struct buf data = {0}, tip = {0};
	char others[2][32];

	if (weight <= 0)
		return;
	y[0] = left->y[a] + left->used[a];
	y[1] = right->y[b] + right->used[b];
	left->used[a] += thick;
	right->used[b] += thick;
	thick = thick < 50 ? 50 : thick;
	buf_addz(&data, "M0 ");
	add_y(&data, y[0]);
	buf_addz(&data, "C500 ");
	add_y(&data, y[0]);
	buf_addz(&data, "500 ");
	add_y(&data, y[1]);
	buf_addz(&data, "1000 ");
	add_y(&data, y[1]);
	buf_addz(&data, "V");
	add_y(&data, y[1] + thick);
	buf_addz(&data, "C500 ");
	add_y(&data, y[1] + thick);
	buf_addz(&data, "500 ");
	add_y(&data, y[0] + thick);
	buf_addz(&data, "0 ");
	add_y(&data, y[0] + thick);
	buf_addc(&data, 'Z');
	buf_addf(&tip, "%s to %s: %lld", place_name(left, a, others[0]),
	    place_name(right, b, others[1]), (long long)weight);
	svg_curve(network->html->out, buf_z(&data), class, buf_slice(&tip));
	buf_free(&data);
	buf_free(&tip);
}

static void
add_name(struct network *network, const struct side *side, size_t place, int64_t x, bool right)
{
	int64_t y = (side->y[place] + side->height[place] / 2) / 100 + 4;
	struct cell name = {.type = CELL_SPECIAL};
	struct buf wide = {0};
	char others[32];

	name.text = place_name(side, place, others);
	svg_text(network->html->out, x, y, right ? "narrow-only r" : "narrow-only",
	    html_clipped(network->html, &name, NARROW));
	buf_adds(&wide, html_clipped(network->html, &name, WIDE));
	buf_addf(&wide, " \xC2\xB7 %lld", (long long)side->weights[place]);
	svg_text(network->html->out, x, y, right ? "wide-only r" : "wide-only", buf_slice(&wide));
	buf_free(&wide);
}

static void
draw(struct network *network, int64_t height)
{
	struct side *left = &network->sides[0], *right = &network->sides[1];
	struct buf *out = network->html->out;
	size_t a, b;

	svg_plane(out, (struct svg_box){LEFT, 0, RIGHT - LEFT, height});
	for (a = 0; a < left->nplaces; a++) {
		for (b = 0; b < right->nplaces; b++) {
			add_flow(network, a, b, network->flows[a][b], "flow k-plain");
			add_flow(network, a, b, network->both[a][b], "flow k-warn");
		}
	}
	svg_plane_end(out);
	for (a = 0; a < left->nplaces; a++) {
		svg_rect(out,
		    (struct svg_box){LEFT - BAR, left->y[a] / 100, BAR, left->height[a] / 100},
		    "k-plain", (struct slice){0});
		add_name(network, left, a, LEFT - (int64_t)2 * BAR, true);
	}
	for (b = 0; b < right->nplaces; b++) {
		svg_rect(out,
		    (struct svg_box){RIGHT, right->y[b] / 100, BAR, right->height[b] / 100},
		    "k-plain", (struct slice){0});
		add_name(network, right, b, RIGHT + (int64_t)2 * BAR, false);
	}
}

static void
describe(const struct network *network, struct buf *text)
{
	const struct side *left = &network->sides[0], *right = &network->sides[1];

	buf_addf(text, "%lld in all, from %zu to %zu. ", (long long)network->total,
	    left->names.count, right->names.count);
	buf_addf(text, "Most from %s: %lld; most to %s: %lld. All figures are in the table.",
	    left->nodes[0].name, (long long)left->nodes[0].weight, right->nodes[0].name,
	    (long long)right->nodes[0].weight);
}

static void
free_side(struct side *side)
{
	intern_free(&side->names);
	mem_free(side->nodes);
	mem_free(side->places);
}

void
html_network(struct html *html, const struct section *section, const char *title)
{
	struct network *network = mem_calloc(1, sizeof(*network));
	struct buf text = {0};
	int64_t height;

	network->html = html;
	network->section = section;
	collect(network);
	lay_out(&network->sides[0], network->total);
	lay_out(&network->sides[1], network->total);
	height = bottom(&network->sides[0]);
	if (bottom(&network->sides[1]) > height)
		height = bottom(&network->sides[1]);
	html_legend_begin(html);
	html_legend_entry(html, "k-plain", SLICE("one way"));
	html_legend_entry(html, "k-warn", SLICE("between two that also hand back"));
	html_legend_end(html);
	describe(network, &text);
	svg_begin(html->out, ++html->pictures, title, buf_z(&text), height / 100 + 1);
	draw(network, height / 100 + 1);
	svg_end(html->out);
	buf_free(&text);
	intern_free(&network->pairs);
	free_side(&network->sides[0]);
	free_side(&network->sides[1]);
	mem_free(network);
}
