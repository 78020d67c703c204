/* render_csv.c: one view as a flat table; one of several tables as name,value */
#include "out/csv_writer.h"
#include "report/format/render.h"
#include "time/instant.h"

static void
write_cell(struct csv_writer *w, const struct cell *cell)
{
	char text[INSTANT_TEXT];

	switch (cell->type) {
	case CELL_NULL:
	case CELL_NOT_JUDGED:
	case CELL_SPECIAL:
		csvw_text(w, cell->name);
		break;
	case CELL_TEXT:
		csvw_text(w, cell->name != NULL ? cell->name : cell->text);
		break;
	case CELL_INSTANT:
	case CELL_DUE:
		instant_format(cell->number, text);
		csvw_text(w, text);
		break;
	default:
		csvw_i64(w, cell->number);
		break;
	}
}

static void
write_table(struct csv_writer *w, const struct section *section)
{
	size_t i, column;

	for (column = 0; column < section->ncolumns; column++)
		if (section->columns[column].reader != FOR_PEOPLE)
			csvw_text(w, section->columns[column].name);
	csvw_end(w);
	for (i = 0; i < section->nrows; i++) {
		for (column = 0; column < section->ncolumns; column++)
			if (section->columns[column].reader != FOR_PEOPLE)
				write_cell(w, &section->cells[i * section->ncolumns + column]);
		csvw_end(w);
	}
}

/* section.key.column: the names that a gate may use, too. */
static void
write_values(struct csv_writer *w, const struct section *section, const struct cell *row)
{
	bool facts = section->shape == SHAPE_FACTS;
	struct buf name = {0};
	const char *key;
	size_t i, column;

	for (column = section->nkeys; column < section->ncolumns; column++) {
		if (section->columns[column].reader == FOR_PEOPLE)
			continue;
		buf_clear(&name);
		buf_addz(&name, section->name);
		for (i = 0; i < section->nkeys; i++) {
			key = row[i].name != NULL ? row[i].name : row[i].text;
			buf_addf(&name, ".%s", row[i].type == CELL_SPECIAL ? "none" : key);
		}
		if (!facts)
			buf_addf(&name, ".%s", section->columns[column].name);
		csvw_slice(w, buf_slice(&name));
		write_cell(w, &row[column]);
		csvw_end(w);
	}
	buf_free(&name);
}

int
render_csv(const struct page *page, struct buf *out)
{
	struct csv_writer w = csv_writer_to(out, !page->options->csv_raw);
	const struct view *view = &page->views[0];
	const struct section *section;
	size_t i, row;

	if (view->main >= 0) {
		write_table(&w, &view->sections[view->main]);
		return 0;
	}
	csvw_text(&w, "name");
	csvw_text(&w, "value");
	csvw_end(&w);
	for (i = 0; i < view->nsections; i++) {
		section = &view->sections[i];
		for (row = 0; row < section->nrows; row++)
			write_values(&w, section, &section->cells[row * section->ncolumns]);
	}
	return 0;
}
