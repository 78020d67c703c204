/* render_xlsx.c: a report as a workbook: a sheet for each section, with native charts */
#include <stdio.h>
#include <xlsxwriter.h>

#include "base/diag.h"
#include "base/intern.h"
#include "out/text.h"
#include "report/format/chart.h"
#include "report/format/render.h"
#include "time/instant.h"

#define NAME_MAX_CHARS 31    /* of a sheet */
#define TEXT_MAX       32000 /* bytes of a cell; the format takes 32767 characters */
#define ROWS_MAX       1048575
#define WIDEST         60 /* columns of letters */
#define CHART_WIDTH    900
#define CHART_ROWS     30 /* bars in a chart */
#define SERIES_MAX     12

/* Cell formats: by what the number is, then by tone. */
enum kind {
	KIND_TEXT,
	KIND_INT,
	KIND_DURATION,
	KIND_SHARE,
	KIND_CHANGE,
	KIND_RATIO,
	KIND_MONEY,
	KIND_INSTANT,
	KINDS
};

struct xlsx {
	lxw_workbook *book;
	lxw_format *formats[KINDS][TONE_BAD + 1];
	lxw_format *heading, *number_heading, *title, *wrapped;
	const struct page *page;
	struct intern names; /* of the sheets, in lower case */
	struct buf words, safe;
	bool full; /* a section has more rows than a sheet */
};

/* The text as it is, but for what XML or a reader's eye would stumble over; cut at TEXT_MAX. */
static const char *
safe_text(struct xlsx *xlsx, struct slice text)
{
	size_t i, n = 0, length;

	buf_clear(&xlsx->safe);
	text_add_safe(&xlsx->safe, text, true);
	for (i = 0; i < xlsx->safe.n; i += length) {
		length = utf8_length(xlsx->safe.p + i, xlsx->safe.n - i);
		if (i + length > TEXT_MAX)
			break;
		/* U+FFFE and U+FFFF are no characters of XML. */
		if (length == 3 && memcmp(xlsx->safe.p + i, "\xEF\xBF", 2) == 0 &&
		    (unsigned char)xlsx->safe.p[i + 2] >= 0xBE) {
			xlsx->safe.p[n++] = '?';
			continue;
		}
		memmove(xlsx->safe.p + n, xlsx->safe.p + i, length);
		n += length;
	}
	xlsx->safe.n = n;
	return buf_z(&xlsx->safe);
}

static const char *
safe_words(struct xlsx *xlsx, const struct cell *cell)
{
	buf_clear(&xlsx->words);
	cell_words(cell, xlsx->page->options->as_of, &xlsx->words);
	return safe_text(xlsx, slice_trim(buf_slice(&xlsx->words)));
}

static void
make_formats(struct xlsx *xlsx)
{
	static const char *const patterns[KINDS] = {"@", "#,##0", "[h]:mm:ss", "0.0%",
	    "+0.0%;-0.0%;0.0%", "0.00", "#,##0.00", "yyyy-mm-dd hh:mm"};
	static const lxw_color_t colours[] = {0, 0, 0x196B3A, 0x7D5200, 0xB3261E};
	lxw_format *format;
	int kind, tone;

	for (kind = 0; kind < KINDS; kind++) {
		for (tone = 0; tone <= TONE_BAD; tone++) {
			format = xlsx->formats[kind][tone] = workbook_add_format(xlsx->book);
			format_set_num_format(format, patterns[kind]);
			format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
			if (tone != TONE_PLAIN)
				format_set_bold(format);
			if (colours[tone] != 0)
				format_set_font_color(format, colours[tone]);
			if (kind == KIND_TEXT)
				format_set_text_wrap(format);
		}
	}
	xlsx->heading = workbook_add_format(xlsx->book);
	format_set_bold(xlsx->heading);
	format_set_text_wrap(xlsx->heading);
	format_set_bottom(xlsx->heading, LXW_BORDER_THIN);
	xlsx->number_heading = workbook_add_format(xlsx->book);
	format_set_bold(xlsx->number_heading);
	format_set_text_wrap(xlsx->number_heading);
	format_set_bottom(xlsx->number_heading, LXW_BORDER_THIN);
	format_set_align(xlsx->number_heading, LXW_ALIGN_RIGHT);
	xlsx->title = workbook_add_format(xlsx->book);
	format_set_bold(xlsx->title);
	format_set_font_size(xlsx->title, 16);
}

/*
 * What the cell shows and how: durations are days with a format that shows hours, shares are of 1,
 * instants are days since 1899-12-30, UTC. A name keeps its text whatever it looks like.
 */
static void
write_cell(struct xlsx *xlsx, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct cell *cell)
{
	double number = (double)cell->number;

	switch (cell->type) {
	case CELL_NULL:
		return;
	case CELL_INT:
		worksheet_write_number(
		    sheet, row, column, number, xlsx->formats[KIND_INT][cell->tone]);
		return;
	case CELL_SECONDS:
	case CELL_WORK:
		worksheet_write_number(
		    sheet, row, column, number / 86400, xlsx->formats[KIND_DURATION][cell->tone]);
		return;
	case CELL_PERMILLE:
	case CELL_BAR:
		worksheet_write_number(
		    sheet, row, column, number / 1000, xlsx->formats[KIND_SHARE][cell->tone]);
		return;
	case CELL_CHANGE:
		worksheet_write_number(
		    sheet, row, column, number / 1000, xlsx->formats[KIND_CHANGE][cell->tone]);
		return;
	case CELL_RATIO:
		worksheet_write_number(
		    sheet, row, column, number / 1000, xlsx->formats[KIND_RATIO][cell->tone]);
		return;
	case CELL_MONEY:
		worksheet_write_number(
		    sheet, row, column, number / 1000, xlsx->formats[KIND_MONEY][cell->tone]);
		return;
	case CELL_INSTANT:
	case CELL_DUE:
		worksheet_write_number(sheet, row, column, number / 86400 + 25569,
		    xlsx->formats[KIND_INSTANT][cell->tone]);
		return;
	default:
		worksheet_write_string(sheet, row, column, safe_words(xlsx, cell),
		    xlsx->formats[KIND_TEXT][cell->tone]);
		return;
	}
}

static bool
is_written(const struct section *section, size_t column)
{
	return section->columns[column].reader != FOR_PEOPLE;
}

/* The column of the sheet that a column of the section is in. */
static lxw_col_t
sheet_column(const struct section *section, size_t column)
{
	lxw_col_t at = 0;
	size_t i;

	for (i = 0; i < column; i++)
		at = (lxw_col_t)(at + is_written(section, i));
	return at;
}

/* As wide as its words, within reason. */
static double
column_width(struct xlsx *xlsx, const struct section *section, size_t column)
{
	int width = text_width(slice_z(section->columns[column].title)), one;
	size_t row;

	if (section->columns[column].number && width > 10)
		width = 10;
	for (row = 0; row < section->nrows && row < 1000; row++) {
		one = text_width(
		    slice_z(safe_words(xlsx, &section->cells[row * section->ncolumns + column])));
		if (one > width)
			width = one;
	}
	if (width < 8)
		width = 8;
	return width < WIDEST ? width + 2 : WIDEST;
}

static lxw_col_t
write_headings(struct xlsx *xlsx, lxw_worksheet *sheet, const struct section *section)
{
	const struct column *column;
	const char *title;
	lxw_col_t at = 0;
	size_t i;

	for (i = 0; i < section->ncolumns; i++) {
		column = &section->columns[i];
		if (!is_written(section, i))
			continue;
		title = column->title != NULL && column->title[0] != '\0' ? column->title
									  : column->name;
		worksheet_set_column(sheet, at, at, column_width(xlsx, section, i), NULL);
		worksheet_write_string(
		    sheet, 0, at++, title, column->number ? xlsx->number_heading : xlsx->heading);
	}
	return at;
}

static void
write_rows(struct xlsx *xlsx, lxw_worksheet *sheet, const struct section *section)
{
	size_t row, i;
	lxw_col_t at;

	if (section->nrows > ROWS_MAX)
		xlsx->full = true;
	for (row = 0; row < section->nrows && row < ROWS_MAX; row++) {
		at = 0;
		for (i = 0; i < section->ncolumns; i++)
			if (is_written(section, i))
				write_cell(xlsx, sheet, (lxw_row_t)row + 1, at++,
				    &section->cells[row * section->ncolumns + i]);
	}
}

static uint8_t
chart_type(enum chart chart)
{
	return chart == CHART_LINE   ? LXW_CHART_LINE
	    : chart == CHART_STACKED ? LXW_CHART_BAR_STACKED_PERCENT
				     : LXW_CHART_BAR;
}

static lxw_color_t
series_colour(const struct section *section, size_t column)
{
	static const lxw_color_t colours[][4] = {{0x4A6785, 0x7F95AB, 0xA4B3C2, 0xC8D1DA},
	    {0x4A6785, 0x7F95AB, 0xA4B3C2, 0xC8D1DA}, {0x2F8F55, 0x6DB187, 0x97C7AA, 0xC1DDCC},
	    {0xC98A12, 0xD8AB59, 0xE4C488, 0xF1E0C3}, {0xC5372C, 0xD5736B, 0xE29B95, 0xF0C8C4}};
	enum tone tone = section->columns[column].tone;
	size_t i, shade = 0;

	for (i = 0; (i = chart_column(section, PART_VALUE, i)) < column; i++)
		shade += section->columns[i].tone == tone;
	return colours[tone][shade % 4];
}

static void
add_series(lxw_chart *chart, const struct section *section, const char *sheet, size_t column,
    lxw_row_t last)
{
	lxw_col_t label = sheet_column(section, chart_column(section, PART_LABEL, 0));
	lxw_col_t value = sheet_column(section, column);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_chart_fill fill = {.color = series_colour(section, column)};
	lxw_chart_line line = {.color = series_colour(section, column), .width = 2};

	chart_series_set_categories(series, sheet, 1, label, last, label);
	chart_series_set_values(series, sheet, 1, value, last, value);
	chart_series_set_name_range(series, sheet, 0, value);
	if (section->chart == CHART_LINE)
		chart_series_set_line(series, &line);
	else
		chart_series_set_fill(series, &fill);
}

/* Beside the table. A heat map colours the cells themselves. */
static void
add_chart(struct xlsx *xlsx, lxw_worksheet *sheet, const struct section *section, const char *name,
    lxw_col_t width)
{
	lxw_chart_options options = {.x_offset = 20, .y_offset = 20};
	size_t column, series = 0, rows = section->nrows;
	lxw_chart *chart;

	if (section->chart != CHART_LINE && rows > CHART_ROWS)
		rows = CHART_ROWS;
	chart = workbook_add_chart(xlsx->book, chart_type(section->chart));
	for (column = 0; (column = chart_column(section, PART_VALUE, column)) < section->ncolumns;
	     column++)
		if (is_written(section, column) && series++ < SERIES_MAX)
			add_series(chart, section, name, column, (lxw_row_t)rows);
	chart_title_set_name(
	    chart, safe_text(xlsx, slice_z(section->title != NULL ? section->title : name)));
	chart_legend_set_position(
	    chart, series > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
	/* The first row stands at the top, as in the table. */
	if (section->chart != CHART_LINE)
		chart_axis_set_reverse(chart->x_axis);
	options.x_scale = CHART_WIDTH / 480.0;
	options.y_scale = section->chart == CHART_LINE ? 1.25 : 0.5 + (double)rows / 12;
	worksheet_insert_chart_opt(sheet, 0, width, chart, &options);
}

static void
add_heat(lxw_worksheet *sheet, const struct section *section)
{
	size_t first = chart_column(section, PART_VALUE, 0), last = first, i;
	lxw_conditional_format format = {
	    .type = LXW_CONDITIONAL_2_COLOR_SCALE, .min_color = 0xFFFFFF, .max_color = 0xC5372C};

	for (i = first; (i = chart_column(section, PART_VALUE, i)) < section->ncolumns; i++)
		last = i;
	worksheet_conditional_format_range(sheet, 1, sheet_column(section, first),
	    (lxw_row_t)section->nrows, sheet_column(section, last), &format);
}

static void
add_picture(struct xlsx *xlsx, lxw_worksheet *sheet, const struct section *section,
    const char *name, lxw_col_t width)
{
	if (!chart_is_drawn(section))
		return;
	if (section->chart == CHART_HEAT)
		add_heat(sheet, section);
	else if (section->chart == CHART_BARS || section->chart == CHART_STACKED ||
	    section->chart == CHART_LINE)
		add_chart(xlsx, sheet, section, name, width);
}

/* "view section", or "view" where both are called the same; cut, and told apart by a number. */
static void
sheet_name(struct xlsx *xlsx, const struct view *view, const struct section *section,
    char name[NAME_MAX_CHARS + 1])
{
	size_t count = xlsx->names.count;
	int number = 2;

	if (text_same(view->name, section->name))
		snprintf(name, NAME_MAX_CHARS + 1, "%s", view->name);
	else
		snprintf(name, NAME_MAX_CHARS + 1, "%s %s", view->name, section->name);
	for (;;) {
		intern_add(&xlsx->names, slice_z(name));
		if (xlsx->names.count > count)
			return;
		snprintf(
		    name, NAME_MAX_CHARS + 1, "%.9s %.9s %d", view->name, section->name, number++);
	}
}

static void
add_sheet(struct xlsx *xlsx, const struct view *view, const struct section *section)
{
	char name[NAME_MAX_CHARS + 1];
	lxw_worksheet *sheet;
	lxw_col_t width;

	sheet_name(xlsx, view, section, name);
	sheet = workbook_add_worksheet(xlsx->book, name);
	width = write_headings(xlsx, sheet, section);
	write_rows(xlsx, sheet, section);
	worksheet_freeze_panes(sheet, 1, section->nkeys < 3 ? (lxw_col_t)section->nkeys : 0);
	if (section->nrows > 0 && section->shape != SHAPE_FACTS)
		worksheet_autofilter(
		    sheet, 0, 0, (lxw_row_t)section->nrows, (lxw_col_t)(width - 1));
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_repeat_rows(sheet, 0, 0);
	add_picture(xlsx, sheet, section, name, width);
}

/* Whose report it is and what it was made of, from a row on: the next free one. */
static lxw_row_t
add_origin(struct xlsx *xlsx, lxw_worksheet *sheet, lxw_row_t row)
{
	const struct page *page = xlsx->page;
	lxw_format *text = xlsx->formats[KIND_TEXT][TONE_PLAIN];
	struct buf words = {0};
	size_t i;

	if (page->options->client != NULL) {
		worksheet_write_string(sheet, row, 0, "client", text);
		worksheet_write_string(
		    sheet, row++, 1, safe_text(xlsx, slice_z(page->options->client)), text);
	}
	for (i = 0; i < page->ninputs; i++) {
		buf_clear(&words);
		input_words(&page->inputs[i], &words);
		worksheet_write_string(sheet, row, 0, "made from", text);
		worksheet_write_string(sheet, row++, 1, safe_text(xlsx, buf_slice(&words)), text);
	}
	buf_free(&words);
	return row;
}

/* The first sheet: what the report is, and what each view has to note. */
static void
add_front(struct xlsx *xlsx)
{
	const struct page *page = xlsx->page;
	lxw_worksheet *sheet = workbook_add_worksheet(xlsx->book, "report");
	lxw_format *text = xlsx->formats[KIND_TEXT][TONE_PLAIN];
	struct cell facts[] = {{.type = CELL_INSTANT, .number = page->options->as_of},
	    {.type = CELL_INT, .number = page->tickets},
	    {.type = CELL_INT, .number = page->refused}};
	static const char *const names[] = {"as of, UTC", "tickets", "refused upstream"};
	const struct view *view;
	lxw_row_t row;
	size_t i, n;

	worksheet_set_column(sheet, 0, 0, 22, NULL);
	worksheet_set_column(sheet, 1, 1, 90, NULL);
	worksheet_write_string(sheet, 0, 0, "SLA report", xlsx->title);
	for (row = 0; row < 3; row++) {
		worksheet_write_string(sheet, row + 2, 0, names[row], text);
		write_cell(xlsx, sheet, row + 2, 1, &facts[row]);
	}
	worksheet_write_string(sheet, 5, 0, "policy", text);
	worksheet_write_string(sheet, 5, 1, safe_text(xlsx, slice_z(page->policy)), text);
	worksheet_write_string(sheet, 6, 0, "notes", text);
	worksheet_write_string(sheet, 6, 1,
	    NOT_JUDGED_NOTE ". Instants are UTC, durations hours, minutes and seconds.", text);
	row = add_origin(xlsx, sheet, 7);
	for (i = 0; i < page->nviews; i++) {
		view = &page->views[i];
		for (n = 0; n < view->nnotes; n++, row++) {
			worksheet_write_string(sheet, row, 0, view->title, text);
			worksheet_write_string(
			    sheet, row, 1, safe_text(xlsx, slice_z(view->notes[n])), text);
		}
	}
}

/* The file is made as of the report's instant: the same report has the same bytes. */
static void
set_properties(struct xlsx *xlsx)
{
	int64_t as_of = xlsx->page->options->as_of;
	char title[] = "SLA report";
	lxw_doc_properties properties = {.title = title, .created = as_of};

	/* To the library 0 is the present. */
	if (as_of == 0)
		properties.created = 1;

	workbook_set_properties(xlsx->book, &properties);
}

static void
fill_book(struct xlsx *xlsx)
{
	size_t i, n;

	set_properties(xlsx);
	make_formats(xlsx);
	add_front(xlsx);
	for (i = 0; i < xlsx->page->nviews; i++)
		for (n = 0; n < xlsx->page->views[i].nsections; n++)
			add_sheet(xlsx, &xlsx->page->views[i], &xlsx->page->views[i].sections[n]);
}

static int
read_back(FILE *file, struct buf *out)
{
	size_t n;

	rewind(file);
	do {
		buf_reserve(out, 65536);
		n = fread(out->p + out->n, 1, 65536, file);
		out->n += n;
	} while (n > 0);
	return ferror(file) ? diag_system(NULL, "the workbook cannot be read back") : 0;
}

/*
 * The library writes to a path alone. A file without a name, which nothing can leave behind, has
 * one under /proc.
 */
int
render_xlsx(const struct page *page, struct buf *out)
{
	struct xlsx xlsx = {.page = page};
	FILE *file = tmpfile();
	lxw_error error;
	char path[64];
	int result;

	if (file == NULL)
		return diag_system(NULL, "no temporary file for the workbook");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	xlsx.book = workbook_new(path);
	if (xlsx.book == NULL) {
		fclose(file);
		return diag(DIAG_SYSTEM, NOWHERE, "no workbook can be made");
	}
	fill_book(&xlsx);
	error = workbook_close(xlsx.book);
	if (error != LXW_NO_ERROR)
		result = diag(DIAG_SYSTEM, NOWHERE, "the workbook: %s", lxw_strerror(error));
	else if (xlsx.full)
		result = diag(DIAG_SYSTEM, NOWHERE,
		    "a sheet holds %d rows: give --limit, or another format", ROWS_MAX);
	else
		result = read_back(file, out);
	fclose(file);
	intern_free(&xlsx.names);
	buf_free(&xlsx.words);
	buf_free(&xlsx.safe);
	return result;
}
