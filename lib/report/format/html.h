/* html.h: what the parts of the HTML renderer share */
/* Rank: report. */
#ifndef SLA_REPORT_FORMAT_HTML_H
#define SLA_REPORT_FORMAT_HTML_H

#include "report/format/render.h"

struct html {
	struct buf *out;
	struct buf words, more; /* scratch of html_words() and html_clipped() */
	int64_t as_of;
	int pictures; /* drawn so far */
	bool mail;    /* for mail programs: no pictures, no script, simple style */
};

/* The page. With mail: the form for mail programs, which draw no SVG and know little CSS. */
void html_page(const struct page *page, struct buf *out, bool mail);

/* A cell's words; valid until the next call. Not yet safe: xml_add() and svg.h make them so. */
struct slice html_words(struct html *html, const struct cell *cell);
/* The same, safe, and cut to so many columns; valid until the next call of either. */
struct slice html_clipped(struct html *html, const struct cell *cell, int columns);

/* The classes of the column's parts, "k-bad s1": by its tone, then by its place among its like. */
const char *html_series_class(const struct section *section, size_t column, char class[16]);
const char *html_tone_class(enum tone tone, int shade, char class[16]);

/* The section's picture, where it has one to be drawn. title is what it shows. */
void html_chart(struct html *html, const struct section *section, const char *title);
void html_line(struct html *html, const struct section *section, const char *title);
void html_network(struct html *html, const struct section *section, const char *title);
void html_timeline(struct html *html, const struct section *section, const char *title);

/* What the colours stand for: an entry a ROLE_VALUE column, or by the caller. */
void html_legend_begin(struct html *html);
void html_legend_entry(struct html *html, const char *class, struct slice words);
void html_legend_end(struct html *html);

/* The style sheet and the script, made of lines; the caller frees the buffer. */
void html_style(struct buf *out, bool mail);
void html_script(struct buf *out);

#endif
