/* render.h: the formats, a function each */
/* Rank: report. */
#ifndef SLA_REPORT_FORMAT_RENDER_H
#define SLA_REPORT_FORMAT_RENDER_H

#include "out/json_writer.h"
#include "report/view/view.h"

/* A gate of --fail-if, judged. */
struct verdict_words {
	const char *text, *words; /* as it was given; what gates_judge() says of it */
	enum gate_outcome outcome;
};

/* What stands at the top and at the end of every report. */
struct page {
	const struct report_options *options;
	const struct view *views;
	size_t nviews;
	const struct verdict_words *gates; /* of the report's options, in their order */
	size_t ngates;
	const char *policy;                /* for people: the title and the hash */
	const char *title;                 /* of the policy, NULL where nobody said */
	const char *hash;                  /* NULL: none, or more than one */
	const struct report_input *inputs; /* what it was made of, where that is to be told */
	size_t ninputs;
	int64_t tickets, refused;
};

/* Append the page. 0; -1 after a diagnostic, where the system fails them. */
int render_text(const struct page *page, struct buf *out);
int render_md(const struct page *page, struct buf *out);
int render_csv(const struct page *page, struct buf *out);
int render_json(const struct page *page, struct buf *out);
int render_ndjson(const struct page *page, struct buf *out);
int render_prometheus(const struct page *page, struct buf *out);
int render_junit(const struct page *page, struct buf *out);
int render_html(const struct page *page, struct buf *out);
int render_mail(const struct page *page, struct buf *out);
int render_xlsx(const struct page *page, struct buf *out);

/* The words for a cell, as people read it; not yet safe for any format. Bars give nothing. */
void cell_words(const struct cell *cell, int64_t as_of, struct buf *out);

/* Whether column i belongs into table `group` (from 1, or 0: all in one) for people. */
bool column_is_in(const struct section *section, size_t i, int group);

/* Whether a row has nothing but zeros and nothings beside its name in table `group` (from 1). */
bool row_is_idle(const struct section *section, size_t row, int group);

/* What machines read of a cell, an instant, and of what stands around the views. */
void json_cell(struct json_writer *w, const char *key, const struct cell *cell);
void json_instant(struct json_writer *w, const char *key, int64_t instant);
void json_page(struct json_writer *w, const struct page *page);

/* "input NAME, SHA-256 HEX", as people read it; not yet safe for any format. */
void input_words(const struct report_input *input, struct buf *out);

#define NOT_JUDGED_NOTE "? and \"not judged\": no evidence"

#endif
