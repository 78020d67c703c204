/* render_json.c: a report as one JSON object: machine names, whole numbers */
#include "report/format/render.h"
#include "time/instant.h"

void
json_instant(struct json_writer *w, const char *key, int64_t instant)
{
	char text[INSTANT_TEXT];

	instant_format(instant, text);
	jsonw_text(w, key, text[0] != '\0' ? text : NULL);
}

void
json_cell(struct json_writer *w, const char *key, const struct cell *cell)
{
	switch (cell->type) {
	case CELL_NULL:
	case CELL_NOT_JUDGED:
	case CELL_SPECIAL:
		jsonw_text(w, key, cell->name);
		break;
	case CELL_TEXT:
		jsonw_text(w, key, cell->name != NULL ? cell->name : cell->text);
		break;
	case CELL_INSTANT:
	case CELL_DUE:
		json_instant(w, key, cell->number);
		break;
	default:
		jsonw_i64(w, key, cell->number);
		break;
	}
}

static void
write_row(struct json_writer *w, const struct section *section, const struct cell *row)
{
	bool keyed = section->shape == SHAPE_KEYED;
	size_t i;

	if (section->shape == SHAPE_FACTS) {
		json_cell(w, row[0].name, &row[1]);
		return;
	}
	jsonw_open(w, keyed ? row[0].name : NULL, '{');
	for (i = keyed ? 1 : 0; i < section->ncolumns; i++)
		if (section->columns[i].reader != FOR_PEOPLE)
			json_cell(w, section->columns[i].name, &row[i]);
	jsonw_close(w, '}');
}

static void
write_section(struct json_writer *w, const struct section *section)
{
	bool array = section->shape == SHAPE_TABLE || section->shape == SHAPE_CARDS;
	size_t i;

	jsonw_open(w, section->name, array ? '[' : '{');
	for (i = 0; i < section->nrows; i++)
		write_row(w, section, &section->cells[i * section->ncolumns]);
	jsonw_close(w, array ? ']' : '}');
}

static void
write_view(struct json_writer *w, const struct view *view)
{
	size_t i;

	jsonw_open(w, view->name, '{');
	for (i = 0; i < view->nsections; i++)
		write_section(w, &view->sections[i]);
	jsonw_open(w, "notes", '[');
	for (i = 0; i < view->nnotes; i++)
		jsonw_text(w, NULL, view->notes[i]);
	jsonw_close(w, ']');
	jsonw_close(w, '}');
}

void
json_page(struct json_writer *w, const struct page *page)
{
	size_t i;

	jsonw_open(w, "policy", '{');
	jsonw_text(w, "title", page->title);
	jsonw_text(w, "sha256", page->hash);
	jsonw_text(w, "text", page->policy);
	jsonw_close(w, '}');
	if (page->options->client != NULL)
		jsonw_text(w, "client", page->options->client);
	jsonw_i64(w, "tickets", page->tickets);
	jsonw_i64(w, "refused", page->refused);
	if (page->ninputs == 0)
		return;
	jsonw_open(w, "inputs", '[');
	for (i = 0; i < page->ninputs; i++) {
		jsonw_open(w, NULL, '{');
		jsonw_text(w, "name", page->inputs[i].name);
		jsonw_text(w, "sha256", page->inputs[i].digest);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

int
render_json(const struct page *page, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	size_t i;

	jsonw_open(&w, NULL, '{');
	jsonw_i64(&w, "v", 1);
	json_instant(&w, "as_of", page->options->as_of);
	json_page(&w, page);
	jsonw_open(&w, "views", '{');
	for (i = 0; i < page->nviews; i++)
		write_view(&w, &page->views[i]);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
	return 0;
}
