/* roster_csv.c: a roster as a table, a row for each person */
#include "base/diag.h"
#include "data/csv_reader.h"
#include "policy/roster.h"

#include <string.h>

#define COMMA ','

/* A table being read. */
struct table {
	struct roster roster; /* first: place_in_row() is given this */
	bool has_header;
	size_t nfields;                /* of the header */
	size_t fields[ROSTER_COLUMNS]; /* where each column is; nfields: nowhere */
	size_t at; /* the field that a fault of the header is about; else nfields */
	struct csv_row row;
};

static struct place
place_in_row(const struct roster *roster, enum roster_column column)
{
	const struct table *table = (const struct table *)(const void *)roster;
	struct place place = {roster->path, table->row.line, 0};
	size_t field = column < ROSTER_COLUMNS ? table->fields[column] : table->at;

	if (field < table->row.nfields)
		place.column = csv_field_column(&table->row, COMMA, field);
	return place;
}

static void
read_column(struct table *table, size_t field)
{
	struct slice name = slice_trim(table->row.fields[field]);
	size_t i;

	table->at = field;
	if (name.n > 0 && (name.p[0] == '_' || (name.n > 1 && memcmp(name.p, "x-", 2) == 0)))
		return;
	for (i = 0; i < ROSTER_COLUMNS && !slice_eqz(name, roster_columns[i]); i++)
		;
	if (i == ROSTER_COLUMNS)
		roster_fault(&table->roster, ROSTER_COLUMNS,
		    "unknown column \"%.*s\"; there are: name, aliases, team, tier, calendar, "
		    "from, until, away",
		    (int)(name.n < 100 ? name.n : 100), name.n > 0 ? name.p : "");
	else if (table->fields[i] < table->nfields)
		roster_fault(&table->roster, ROSTER_COLUMNS, "the column \"%s\" is there twice",
		    roster_columns[i]);
	else
		table->fields[i] = field;
}

static void
read_header(struct table *table)
{
	size_t i;

	table->has_header = true;
	table->nfields = table->row.nfields;
	for (i = 0; i < ROSTER_COLUMNS; i++)
		table->fields[i] = table->nfields;
	for (i = 0; i < table->nfields; i++)
		read_column(table, i);
	table->at = 0;
	if (table->fields[ROSTER_NAME] == table->nfields)
		roster_fault(&table->roster, ROSTER_COLUMNS, "there is no column \"name\"");
	table->at = table->nfields;
}

/* What stands between semicolons and is not empty. */
static size_t
split(struct table *table, struct slice list, struct slice **parts)
{
	size_t i, n = 1, from = 0;
	struct slice part;

	if (list.n == 0) /* then there is no text to point into */
		return 0;
	for (i = 0; i < list.n; i++)
		n += list.p[i] == ';';
	*parts = arena_alloc(&table->roster.loader->scratch, n * sizeof(**parts));
	for (n = 0, i = 0; i <= list.n; i++) {
		if (i < list.n && list.p[i] != ';')
			continue;
		part = slice_trim((struct slice){list.p + from, i - from});
		from = i + 1;
		if (part.n > 0)
			(*parts)[n++] = part;
	}
	return n;
}

static void
read_row(struct table *table)
{
	struct roster_entry entry = {0};
	size_t i, field;

	if (!table->has_header) {
		read_header(table);
		return;
	}
	if (table->fields[ROSTER_NAME] == table->nfields)
		return;
	if (table->row.nfields != table->nfields) {
		table->at = table->row.nfields;
		roster_fault(&table->roster, ROSTER_COLUMNS, "%zu fields, where the header has %zu",
		    table->row.nfields, table->nfields);
		return;
	}
	for (i = 0; i < ROSTER_COLUMNS; i++) {
		field = table->fields[i];
		entry.cells[i] = field < table->nfields ? slice_trim(table->row.fields[field])
							: (struct slice){"", 0};
	}
	entry.naliases = split(table, entry.cells[ROSTER_ALIASES], &entry.aliases);
	entry.naway = split(table, entry.cells[ROSTER_AWAY], &entry.away);
	roster_add(&table->roster, &entry);
}

static void
refuse_row(struct table *table)
{
	const struct csv_row *row = &table->row;

	/* Where it is the header that is lost, nothing can be said of the rows behind it. */
	table->has_header = true;
	table->roster.loader->faults++;
	diag(DIAG_BAD_ROSTER,
	    (struct place){table->roster.path, row->error_line, row->error_column}, "%s",
	    row->error);
}

void
roster_read_csv(struct roster *roster, struct input *input)
{
	struct csv_reader *reader = csv_reader_new(input, (struct csv_options){.delimiter = COMMA});
	struct table table = {.roster = *roster};
	enum csv_result result;

	table.roster.place = place_in_row;
	while ((result = csv_reader_next(reader, &table.row)) != CSV_END && result != CSV_FAILED) {
		if (result == CSV_ROW)
			read_row(&table);
		else if (result == CSV_REFUSED)
			refuse_row(&table);
	}
	if (result == CSV_FAILED)
		roster->loader->faults++;
	table.row = (struct csv_row){.line = 1};
	table.at = 0;
	if (result == CSV_END && !table.has_header)
		roster_fault(&table.roster, ROSTER_COLUMNS, "there is no header line");
	csv_reader_free(reader);
}
