/* render_html.c: a report as one HTML file that needs nothing else */
#include "base/hash.h"
#include "out/text.h"
#include "out/xml.h"
#include "report/format/chart.h"
#include "report/format/html.h"
#include "time/instant.h"

#define LONG 40 /* bytes of a text that needs a wide column */

struct slice
html_words(struct html *html, const struct cell *cell)
{
	buf_clear(&html->words);
	cell_words(cell, html->as_of, &html->words);
	return buf_slice(&html->words);
}

struct slice
html_clipped(struct html *html, const struct cell *cell, int columns)
{
	struct slice words = html_words(html, cell);
	int used;

	buf_clear(&html->more);
	text_add_safe(&html->more, words, true);
	if (text_width(buf_slice(&html->more)) > columns) {
		html->more.n = text_prefix(buf_slice(&html->more), columns - 1, &used);
		buf_addz(&html->more, "\xE2\x80\xA6");
	}
	return buf_slice(&html->more);
}

static void
add_words(struct html *html, const struct cell *cell)
{
	xml_add(html->out, slice_trim(html_words(html, cell)));
}

static const char *
tone_class(enum tone tone)
{
	static const char *const classes[] = {"", "", " good", " warn", " bad"};

	return classes[tone];
}

/* What a cell is sorted by, where that is a number; nothing judged stays last. */
static void
add_sort_value(struct html *html, const struct cell *cell)
{
	if (cell->type >= CELL_INT)
		buf_addf(html->out, " data-v=\"%lld\"", (long long)cell->number);
	else
		buf_addz(html->out, " data-v=\"\"");
}

static void
add_bar(struct html *html, const struct cell *cell)
{
	int64_t share = cell->number > 1000 ? 1000 : cell->number;

	if (cell->type != CELL_BAR || html->mail)
		return;
	buf_addf(html->out,
	    "<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"k-none\" width=\"100%%\" "
	    "height=\"100%%\"/><rect class=\"k-plain\" width=\"%lld.%lld%%\" height=\"100%%\"/></svg>",
	    (long long)(share / 10), (long long)(share % 10));
}

/* Blanks in front of a fact's title indent it. */
static bool
is_indented(const struct cell *cell)
{
	return cell->type == CELL_TEXT && cell->text[0] == ' ';
}

static void
add_cell(struct html *html, const struct section *section, size_t i, const struct cell *cell)
{
	const struct column *column = &section->columns[i];
	bool key = i < section->nkeys;
	struct buf class = {0};

	if (column->number)
		buf_addz(&class, " n");
	else if (!column->keep)
		buf_addz(&class, html_words(html, cell).n > LONG ? " x l" : " x");
	buf_addz(&class, tone_class(cell->tone));
	buf_addz(&class, is_indented(cell) ? " i" : "");
	buf_addz(html->out, key ? "<th scope=\"row\"" : "<td");
	if (class.n > 0)
		buf_addf(html->out, " class=\"%s\"", buf_z(&class) + 1);
	buf_free(&class);
	if (column->number && section->shape != SHAPE_FACTS)
		add_sort_value(html, cell);
	buf_addc(html->out, '>');
	if (cell->type == CELL_BAR)
		add_bar(html, cell);
	else
		add_words(html, cell);
	buf_addz(html->out, key ? "</th>" : "</td>");
}

static bool
is_drawn(const struct html *html, const struct section *section, size_t i, int group)
{
	return column_is_in(section, i, group) &&
	    !(html->mail && section->columns[i].reader == FOR_PEOPLE);
}

static void
add_head(struct html *html, const struct section *section, int group)
{
	const struct column *column;
	size_t i;

	buf_addz(html->out, "<thead><tr>");
	for (i = 0; i < section->ncolumns; i++) {
		column = &section->columns[i];
		if (!is_drawn(html, section, i, group))
			continue;
		if (column->title[0] == '\0') {
			buf_addz(html->out, "<td></td>");
			continue;
		}
		buf_addf(html->out, "<th scope=\"col\"%s>", column->number ? " class=\"n\"" : "");
		xml_add(html->out, slice_z(column->title));
		buf_addz(html->out, "</th>");
	}
	buf_addz(html->out, "</tr></thead>\n");
}

static void
add_table(struct html *html, const struct section *section, int group, const char *title)
{
	bool facts = section->shape == SHAPE_FACTS;
	size_t row, i;

	buf_addz(html->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
	xml_add(html->out, slice_z(title));
	buf_addf(html->out, "\"><table class=\"%s\"><caption class=\"vh\">",
	    facts ? "facts" : "wide sort");
	xml_add(html->out, slice_z(title));
	buf_addz(html->out, "</caption>\n");
	if (!facts)
		add_head(html, section, group);
	buf_addz(html->out, "<tbody>\n");
	for (row = 0; row < section->nrows; row++) {
		if (row_is_idle(section, row, group))
			continue;
		buf_addz(html->out, "<tr>");
		for (i = 0; i < section->ncolumns; i++)
			if (is_drawn(html, section, i, group))
				add_cell(
				    html, section, i, &section->cells[row * section->ncolumns + i]);
		buf_addz(html->out, "</tr>\n");
	}
	buf_addz(html->out, "</tbody></table></div>\n");
}

static enum tone
card_tone(const struct section *section, const struct cell *row)
{
	enum tone tone = TONE_PLAIN;
	size_t i;

	for (i = 0; i < section->ncolumns; i++)
		if (row[i].tone > tone)
			tone = row[i].tone;
	return tone;
}

/* One line of a card, its cells that say something one behind the other. */
static void
add_card_line(struct html *html, const struct section *section, const struct cell *row, int line)
{
	static const char *const classes[] = {"", "first", "second", "third"};
	bool begun = false;
	size_t i;

	for (i = 0; i < section->ncolumns; i++) {
		if (section->columns[i].line != line || row[i].type == CELL_NULL)
			continue;
		if (!begun)
			buf_addf(html->out, "<p class=\"%s\">", classes[line]);
		else
			buf_addz(html->out, section->columns[i - 1].number ? ". " : " \xC2\xB7 ");
		begun = true;
		if (row[i].tone > TONE_BOLD)
			buf_addf(html->out, "<span class=\"%s\">", tone_class(row[i].tone) + 1);
		buf_addz(html->out, row[i].type == CELL_DUE ? "by " : "");
		add_words(html, &row[i]);
		buf_addz(html->out, row[i].tone > TONE_BOLD ? "</span>" : "");
	}
	buf_addz(html->out, begun ? "</p>\n" : "");
}

static void
add_cards(struct html *html, const struct section *section)
{
	const struct cell *cells;
	size_t row;
	int line;

	buf_addz(html->out, "<ol class=\"list\">\n");
	for (row = 0; row < section->nrows; row++) {
		cells = &section->cells[row * section->ncolumns];
		buf_addf(html->out, "<li class=\"one%s\">", tone_class(card_tone(section, cells)));
		for (line = 1; line <= 3; line++)
			add_card_line(html, section, cells, line);
		buf_addz(html->out, "</li>\n");
	}
	buf_addz(html->out, "</ol>\n");
}

/* The table, folded away where it is only what the picture is made of. */
static void
add_tables(struct html *html, const struct section *section, const char *title)
{
	int group;

	if (section->picture)
		buf_addz(html->out, "<details><summary>The same as a table</summary>\n");
	if (section->groups == NULL)
		add_table(html, section, 0, title);
	for (group = 1; group <= section->ngroups; group++) {
		buf_addz(html->out, "<h3>");
		xml_add(html->out, slice_z(section->groups[group - 1]));
		buf_addz(html->out, "</h3>\n");
		add_table(html, section, group, section->groups[group - 1]);
	}
	buf_addz(html->out, section->picture ? "</details>\n" : "");
}

static void
add_section(struct html *html, const struct view *view, const struct section *section)
{
	const char *title = section->title != NULL ? section->title : view->title;

	if (html->mail && section->picture)
		return;
	buf_addf(html->out, "<div class=\"card%s\">\n",
	    section->shape == SHAPE_FACTS && section->nrows > 3 ? " half" : "");
	if (section->title != NULL) {
		buf_addz(html->out, "<h3>");
		xml_add(html->out, slice_z(section->title));
		buf_addz(html->out, "</h3>\n");
	}
	html_chart(html, section, title);
	if (section->nrows == 0 && section->empty != NULL) {
		buf_addf(html->out, "<p>%s</p>\n", section->empty);
	} else if (section->shape == SHAPE_CARDS) {
		add_cards(html, section);
	} else {
		add_tables(html, section, title);
	}
	buf_addz(html->out, "</div>\n");
}

static void
add_view(struct html *html, const struct view *view)
{
	size_t i;

	buf_addf(html->out, "<section id=\"%s\" aria-labelledby=\"%s-h\">\n<h2 id=\"%s-h\">",
	    view->name, view->name, view->name);
	xml_add(html->out, slice_z(view->title));
	buf_addz(html->out, "</h2>\n");
	for (i = 0; i < view->nnotes; i++) {
		buf_addz(html->out, "<p class=\"note\">");
		xml_add(html->out, slice_z(view->notes[i]));
		buf_addz(html->out, "</p>\n");
	}
	for (i = 0; i < view->nsections; i++)
		add_section(html, view, &view->sections[i]);
	buf_addz(html->out, "</section>\n");
}

/* A key figure: of a fact its title, of a table the row's name and the column's. */
static void
add_tile(struct html *html, const struct section *section, const struct cell *row, size_t i)
{
	buf_addz(html->out, "<div><dt>");
	add_words(html, &row[0]);
	if (section->shape != SHAPE_FACTS) {
		buf_addz(html->out, ", ");
		xml_add(html->out, slice_z(section->columns[i].title));
	}
	buf_addf(html->out, "</dt><dd class=\"figure%s\">", tone_class(row[i].tone));
	add_words(html, &row[i]);
	buf_addz(html->out, "</dd></div>\n");
}

static void
add_tiles(struct html *html, const struct page *page)
{
	const struct section *section;
	size_t view, n, i;
	bool begun = false;

	for (view = 0; view < page->nviews; view++) {
		for (n = 0; n < page->views[view].nsections; n++) {
			section = &page->views[view].sections[n];
			for (i = 0; i < section->nrows * section->ncolumns; i++) {
				if (!section->cells[i].key)
					continue;
				if (!begun)
					buf_addz(html->out, "<dl class=\"tiles\">\n");
				begun = true;
				add_tile(html, section, &section->cells[i - i % section->ncolumns],
				    i % section->ncolumns);
			}
		}
	}
	buf_addz(html->out, begun ? "</dl>\n" : "");
}

static void
add_nav(struct html *html, const struct page *page)
{
	size_t i;

	if (html->mail || page->nviews < 2)
		return;
	buf_addz(html->out, "<nav aria-label=\"Views\"><ul>\n");
	for (i = 0; i < page->nviews; i++) {
		buf_addf(html->out, "<li><a href=\"#%s\">", page->views[i].name);
		xml_add(html->out, slice_z(page->views[i].title));
		buf_addz(html->out, "</a></li>\n");
	}
	buf_addz(html->out, "</ul></nav>\n");
}

/* Nothing may be loaded or run but the style and the script that stand here. */
static void
add_policy(struct html *html, const struct buf *style, const struct buf *script)
{
	char hash[45];

	hash_sha256_base64(buf_slice(style), hash);
	buf_addf(html->out,
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	    "style-src 'sha256-%s'; ",
	    hash);
	hash_sha256_base64(buf_slice(script), hash);
	buf_addf(
	    html->out, "script-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n", hash);
}

static void
add_client(struct html *html, const struct page *page, const char *end)
{
	if (page->options->client == NULL)
		return;
	xml_add(html->out, slice_z(page->options->client));
	buf_addz(html->out, end);
}

static void
add_document_head(
    struct html *html, const struct page *page, const struct buf *style, const struct buf *script)
{
	struct cell as_of = {.type = CELL_INSTANT, .number = html->as_of};

	buf_addz(
	    html->out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	if (!html->mail)
		add_policy(html, style, script);
	buf_addz(html->out,
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	add_client(html, page, ": ");
	buf_addz(html->out, "SLA report as of ");
	add_words(html, &as_of);
	buf_addz(html->out, "</title>\n<style>");
	buf_adds(html->out, buf_slice(style));
	buf_addz(html->out, "</style>\n</head>\n<body>\n");
	if (!html->mail)
		buf_addz(html->out, "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
}

static void
add_page_head(struct html *html, const struct page *page)
{
	struct cell as_of = {.type = CELL_INSTANT, .number = html->as_of};
	char machine[INSTANT_TEXT];

	instant_format(html->as_of, machine);
	buf_addz(html->out, "<header>\n<h1>");
	add_client(html, page, ": ");
	buf_addf(html->out, "SLA report</h1>\n<p>as of <time datetime=\"%s\">", machine);
	add_words(html, &as_of);
	buf_addf(html->out, "</time> \xC2\xB7 %lld tickets</p>\n<p class=\"hash\">",
	    (long long)page->tickets);
	xml_add(html->out, slice_z(page->policy));
	buf_addz(html->out, "</p>\n");
	add_tiles(html, page);
	buf_addz(html->out, "</header>\n");
}

static void
add_inputs(struct html *html, const struct page *page)
{
	size_t i;

	for (i = 0; i < page->ninputs; i++) {
		buf_clear(&html->words);
		input_words(&page->inputs[i], &html->words);
		buf_addz(html->out, "\n<p class=\"hash\">");
		xml_add(html->out, buf_slice(&html->words));
		buf_addz(html->out, "</p>");
	}
}

void
html_page(const struct page *page, struct buf *out, bool mail)
{
	struct html html = {.out = out, .as_of = page->options->as_of, .mail = mail};
	struct buf style = {0}, script = {0};
	size_t i;

	html_style(&style, mail);
	html_script(&script);
	add_document_head(&html, page, &style, &script);
	add_page_head(&html, page);
	add_nav(&html, page);
	buf_addz(out, "<main id=\"main\" tabindex=\"-1\">\n");
	for (i = 0; i < page->nviews; i++)
		add_view(&html, &page->views[i]);
	buf_addz(out,
	    "</main>\n<footer><p>"
	    "? and \xE2\x80\x9Cnot judged\xE2\x80\x9D: no evidence. ");
	buf_addf(out, "Instants are UTC. %lld tickets, %lld refused upstream. sla-report %s.</p>",
	    (long long)page->tickets, (long long)page->refused, SLA_VERSION);
	add_inputs(&html, page);
	buf_addz(out, "</footer>\n");
	if (!mail) {
		buf_addz(out, "<script>");
		buf_adds(out, buf_slice(&script));
		buf_addz(out, "</script>\n");
	}
	buf_addz(out, "</body>\n</html>\n");
	buf_free(&style);
	buf_free(&script);
	buf_free(&html.words);
	buf_free(&html.more);
}

int
render_html(const struct page *page, struct buf *out)
{
	html_page(page, out, false);
	return 0;
}
