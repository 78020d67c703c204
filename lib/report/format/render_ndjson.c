/* render_ndjson.c: a report as JSON lines: one that tells what it is, then one for each row */
#include "report/format/render.h"

/* The members that every line begins with, so that lines of many nights may stand in one file. */
static void
begin_line(struct json_writer *w, const struct page *page)
{
	jsonw_open(w, NULL, '{');
	jsonw_i64(w, "v", 1);
	json_instant(w, "as_of", page->options->as_of);
}

static void
end_line(struct json_writer *w)
{
	jsonw_close(w, '}');
	buf_addc(w->out, '\n');
	w->comma = false;
}

static void
write_rows(struct json_writer *w, const struct page *page, const struct view *view,
    const struct section *section)
{
	const struct cell *cells;
	size_t row, i;

	for (row = 0; row < section->nrows; row++) {
		cells = &section->cells[row * section->ncolumns];
		begin_line(w, page);
		jsonw_text(w, "view", view->name);
		jsonw_text(w, "section", section->name);
		for (i = 0; i < section->ncolumns; i++)
			if (section->columns[i].reader != FOR_PEOPLE)
				json_cell(w, section->columns[i].name, &cells[i]);
		end_line(w);
	}
}

int
render_ndjson(const struct page *page, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	const struct view *view;
	size_t i, n;

	begin_line(&w, page);
	jsonw_open(&w, "report", '{');
	json_page(&w, page);
	jsonw_close(&w, '}');
	end_line(&w);
	for (i = 0; i < page->nviews; i++) {
		view = &page->views[i];
		for (n = 0; n < view->nnotes; n++) {
			begin_line(&w, page);
			jsonw_text(&w, "view", view->name);
			jsonw_text(&w, "note", view->notes[n]);
			end_line(&w);
		}
		for (n = 0; n < view->nsections; n++)
			write_rows(&w, page, view, &view->sections[n]);
	}
	return 0;
}
