/* render_prometheus.c: the numbers of a report as gauges, for node_exporter's textfile collector */
#include "out/prometheus.h"
#include "report/format/chart.h"
#include "report/format/render.h"

struct prometheus {
	struct buf *out;
	struct buf name, help, label;
};

static bool
is_ratio(enum cell_type type)
{
	return type == CELL_PERMILLE || type == CELL_CHANGE || type == CELL_RATIO;
}

/* Whether the number is in thousandths. */
static bool
is_per_mille(enum cell_type type)
{
	return is_ratio(type) || type == CELL_MONEY;
}

/* Appends the unit unless the name ends in it. */
static void
add_unit(struct buf *name, const char *unit)
{
	size_t n = strlen(unit);

	if (name->n < n || memcmp(name->p + name->n - n, unit, n) != 0)
		buf_addz(name, unit);
}

/* sla_VIEW_SECTION_COLUMN_UNIT; a section with its view's name is not named again. */
static const char *
family_name(struct prometheus *prom, const struct view *view, const struct section *section,
    const char *column, enum cell_type type)
{
	buf_clear(&prom->name);
	buf_addz(&prom->name, "sla_");
	prom_add_name(&prom->name, view->name);
	if (!text_same(view->name, section->name)) {
		buf_addc(&prom->name, '_');
		prom_add_name(&prom->name, section->name);
	}
	buf_addc(&prom->name, '_');
	prom_add_name(&prom->name, column);
	if (type == CELL_SECONDS || type == CELL_WORK)
		add_unit(&prom->name, "_seconds");
	else if (is_ratio(type))
		add_unit(&prom->name, "_ratio");
	else if (type == CELL_INSTANT || type == CELL_DUE)
		add_unit(&prom->name, "_timestamp_seconds");
	return buf_z(&prom->name);
}

static void
begin_family(struct prometheus *prom, const struct view *view, const struct section *section,
    const char *name, const char *title)
{
	buf_clear(&prom->help);
	buf_addf(&prom->help, "%s", view->title);
	if (section->title != NULL)
		buf_addf(&prom->help, ", %s", section->title);
	buf_addz(&prom->help, ": ");
	buf_adds(&prom->help, slice_trim(slice_z(title)));
	prom_family(prom->out, name, buf_z(&prom->help));
}

/* The row's names. Words in parentheses stand for no name; a name that looks so is quoted. */
static void
add_labels(struct prometheus *prom, struct prom_sample *sample, const struct section *section,
    const struct cell *row)
{
	size_t i;

	for (i = 0; i < section->nkeys; i++) {
		buf_clear(&prom->label);
		if (row[i].type == CELL_TEXT && row[i].name != NULL)
			buf_addz(&prom->label, row[i].name);
		else if (row[i].type != CELL_NULL)
			cell_words(&row[i], 0, &prom->label);
		prom_label(sample, section->columns[i].name, buf_slice(&prom->label));
	}
}

/* What the numbers of a column are; CELL_NULL: it has none. */
static enum cell_type
column_type(const struct section *section, size_t column)
{
	const struct cell *cell;
	size_t row;

	for (row = 0; row < section->nrows; row++) {
		cell = &section->cells[row * section->ncolumns + column];
		if (cell->type >= CELL_INT)
			return cell->type;
	}
	return CELL_NULL;
}

static void
add_column(
    struct prometheus *prom, const struct view *view, const struct section *section, size_t column)
{
	enum cell_type type = column_type(section, column);
	struct prom_sample sample;
	const struct cell *row;
	const char *name;
	size_t i;

	if (type == CELL_NULL || type == CELL_BAR)
		return;
	name = family_name(prom, view, section, section->columns[column].name, type);
	begin_family(prom, view, section, name, section->columns[column].title);
	for (i = 0; i < section->nrows; i++) {
		row = &section->cells[i * section->ncolumns];
		if (row[column].type < CELL_INT)
			continue;
		sample = prom_begin(prom->out, name);
		add_labels(prom, &sample, section, row);
		prom_end(&sample, row[column].number, is_per_mille(type));
	}
}

static void
add_facts(struct prometheus *prom, const struct view *view, const struct section *section)
{
	struct prom_sample sample;
	const struct cell *row;
	const char *name;
	size_t i;

	for (i = 0; i < section->nrows; i++) {
		row = &section->cells[i * section->ncolumns];
		if (row[1].type < CELL_INT)
			continue;
		name = family_name(prom, view, section, row[0].name, row[1].type);
		begin_family(prom, view, section, name, row[0].text);
		sample = prom_begin(prom->out, name);
		prom_end(&sample, row[1].number, is_per_mille(row[1].type));
	}
}

/* Tickets one by one are no time series; neither is what a picture is made of. */
static void
add_section(struct prometheus *prom, const struct view *view, const struct section *section)
{
	size_t i;

	if (section->shape == SHAPE_CARDS || section->list || section->picture)
		return;
	if (section->shape == SHAPE_FACTS) {
		add_facts(prom, view, section);
		return;
	}
	for (i = section->nkeys; i < section->ncolumns; i++)
		if (section->columns[i].reader != FOR_PEOPLE)
			add_column(prom, view, section, i);
}

static void
add_number(struct buf *out, const char *name, const char *help, int64_t number)
{
	struct prom_sample sample;

	prom_family(out, name, help);
	sample = prom_begin(out, name);
	prom_end(&sample, number, false);
}

static void
add_info(const struct page *page, struct buf *out)
{
	struct prom_sample sample;

	prom_family(out, "sla_report_info", "The program's version and the policy's SHA-256.");
	sample = prom_begin(out, "sla_report_info");
	prom_label(&sample, "version", slice_z(SLA_VERSION));
	prom_label(&sample, "policy_sha256", slice_z(page->hash));
	if (page->options->client != NULL)
		prom_label(&sample, "client", slice_z(page->options->client));
	prom_end(&sample, 1, false);
}

static void
add_inputs(const struct page *page, struct buf *out)
{
	struct prom_sample sample;
	size_t i;

	if (page->ninputs == 0)
		return;
	prom_family(out, "sla_report_input_info", "An input and its SHA-256.");
	for (i = 0; i < page->ninputs; i++) {
		sample = prom_begin(out, "sla_report_input_info");
		prom_label(&sample, "name", slice_z(page->inputs[i].name));
		prom_label(&sample, "sha256", slice_z(page->inputs[i].digest));
		prom_end(&sample, 1, false);
	}
}

int
render_prometheus(const struct page *page, struct buf *out)
{
	struct prometheus prom = {.out = out};
	size_t i, n;

	add_info(page, out);
	add_inputs(page, out);
	add_number(out, "sla_report_as_of_timestamp_seconds",
	    "The instant that the report is as of.", page->options->as_of);
	add_number(out, "sla_report_tickets", "Tickets in the report.", page->tickets);
	add_number(out, "sla_report_refused", "Tickets refused upstream.", page->refused);
	for (i = 0; i < page->nviews; i++)
		for (n = 0; n < page->views[i].nsections; n++)
			add_section(&prom, &page->views[i], &page->views[i].sections[n]);
	buf_free(&prom.name);
	buf_free(&prom.help);
	buf_free(&prom.label);
	return 0;
}
