/* ingest.c: the files of an export into the store, row by row */
#include "ingest/ingest.h"

#include "base/diag.h"
#include "base/mem.h"
#include "data/charset.h"
#include "data/csv_reader.h"
#include "ingest/build.h"
#include "ingest/ingest_json.h"
#include "ingest/json_rows.h"
#include "ingest/rows.h"

#include <string.h>

/* What of a bad field a message shows. */
#define SHOWN 80
/* Enough to see a bracket behind blanks. */
#define PEEK  64

struct ingest *
ingest_new(const struct map *map, struct rejects *rejects)
{
	struct ingest *ingest = mem_calloc(1, sizeof(*ingest));

	ingest->map = map;
	ingest->rejects = rejects;
	ingest->store.ncells = map->nslots;
	return ingest;
}

static bool
is_blank(const struct csv_row *row)
{
	size_t i;

	for (i = 0; i < row->nfields; i++)
		if (slice_trim(row->fields[i]).n > 0)
			return false;
	return true;
}

static void
reject_fault(struct ingest *ingest, const struct csv_row *row, const struct row_fault *fault,
    struct place place)
{
	size_t shown = fault->text.n < SHOWN ? fault->text.n : SHOWN;

	while (shown < fault->text.n && shown > 0 && (fault->text.p[shown] & 0xC0) == 0x80)
		shown--;
	place.column = csv_field_column(row, ingest->delimiter, fault->index);
	if (fault->what != NULL && (fault->id != DIAG_BAD_DATE || fault->text.n == 0))
		rejects_add(ingest->rejects, fault->id, place, row->raw, "%s", fault->what);
	else
		rejects_add(ingest->rejects, fault->id, place, row->raw, "\"%.*s\"%s%s%s",
		    (int)shown, fault->text.n > 0 ? fault->text.p : "",
		    shown < fault->text.n ? "..." : "", fault->what != NULL ? ": " : "",
		    fault->what != NULL ? fault->what : "");
	ingest->counts.refused++;
}

static void
read_row(struct ingest *ingest, const struct csv_row *row, size_t nfields, struct place place)
{
	struct row_fault fault;

	if (row->nfields != nfields) {
		if (is_blank(row)) {
			ingest->counts.blank++;
			return;
		}
		rejects_add(ingest->rejects, DIAG_ROW_LENGTH, place, row->raw,
		    "%zu, the header has %zu", row->nfields, nfields);
		ingest->counts.refused++;
	} else if (rows_add(ingest, row, place, &fault)) {
		ingest->counts.used++;
	} else if (fault.id == DIAG_NO_TICKET && is_blank(row)) {
		ingest->counts.blank++;
	} else {
		reject_fault(ingest, row, &fault, place);
	}
}

static void
refuse_row(struct ingest *ingest, const struct csv_row *row, struct place place)
{
	place.line = row->error_line;
	place.column = row->error_column;
	rejects_add(ingest->rejects, DIAG_BAD_CSV, place, row->raw, "%s", row->error);
	ingest->counts.refused++;
}

static int
read_rows(struct ingest *ingest, struct csv_reader *reader, size_t nfields, const char *file)
{
	struct csv_row row;
	enum csv_result result;
	struct place place = {file, 0, 0};

	while ((result = csv_reader_next(reader, &row)) != CSV_END) {
		if (result == CSV_FAILED)
			return -1;
		ingest->counts.rows++;
		place.line = row.line;
		if (result == CSV_BLANK)
			ingest->counts.blank++;
		else if (result == CSV_REFUSED)
			refuse_row(ingest, &row, place);
		else
			read_row(ingest, &row, nfields, place);
	}
	return 0;
}

/* The field of that name; of several the first, with a warning. */
static bool
find_column(const struct csv_row *header, const char *name, const char *file, size_t *index)
{
	bool found = false;
	size_t i;

	for (i = 0; i < header->nfields; i++) {
		if (!slice_eqz(slice_trim(header->fields[i]), name))
			continue;
		if (found) {
			diag(DIAG_HEADER_TWICE, (struct place){file, header->line, 0},
			    "\"%s\": the first one is read", name);
			break;
		}
		found = true;
		*index = i;
	}
	return found;
}

/* The first of the names with bars between them that the header has; one may hold bars itself. */
static bool
find_one_of(const struct csv_row *header, const char *names, const char *file, size_t *index)
{
	struct buf name = {0};
	bool found = find_column(header, names, file, index);
	size_t n;

	while (!found && *names != '\0') {
		n = strcspn(names, "|");
		buf_clear(&name);
		buf_add(&name, names, n);
		found = find_column(header, buf_z(&name), file, index);
		names += n + (names[n] == '|');
	}
	buf_free(&name);
	return found;
}

/* Every column that the map wants and the header lacks is named. */
static int
read_header(struct ingest *ingest, const struct csv_row *header, const char *file)
{
	const struct map_slot *slot;
	struct row_slot *in;
	int result = 0;
	size_t i;

	rows_begin(ingest);
	for (i = 0; i < ingest->map->nslots; i++) {
		slot = &ingest->map->slots[i];
		in = &ingest->slots[i];
		in->read = in->cached = false;
		if (slot->column == NULL)
			continue;
		in->read = find_one_of(header, slot->column, file, &in->index);
		if (!in->read && !slot->optional)
			result = diag(DIAG_BAD_HEADER, (struct place){file, header->line, 0},
			    "no column \"%s\" for %s", slot->column, slot->name);
	}
	return result;
}

static int
read_table(struct ingest *ingest, struct csv_reader *reader, const char *file)
{
	struct csv_row header;
	enum csv_result result;

	while ((result = csv_reader_next(reader, &header)) == CSV_BLANK) {
		ingest->counts.rows++;
		ingest->counts.blank++;
	}
	if (result == CSV_FAILED)
		return -1;
	if (result == CSV_END)
		return diag(DIAG_BAD_HEADER, (struct place){file, 1, 0}, "the file is empty");
	if (result == CSV_REFUSED)
		return diag(DIAG_BAD_HEADER,
		    (struct place){file, header.error_line, header.error_column}, "%s",
		    header.error);
	ingest->delimiter = csv_reader_delimiter(reader);
	if (read_header(ingest, &header, file) == -1)
		return -1;
	return read_rows(ingest, reader, header.nfields, file);
}

/* What was decided about the bytes, where the map does not say it and it is not the common form. */
static void
say_form(const struct ingest *ingest, const char *file, const char *encoding)
{
	const struct map *map = ingest->map;
	bool comma = ingest->delimiter == ',' || ingest->delimiter == '\0';
	struct place place = {file, 0, 0};

	if (map->encoding == NULL && strcmp(encoding, "UTF-8") != 0)
		diag(DIAG_NOTICE, place, "read as %s (--encoding says another)", encoding);
	if (map->delimiter == '\0' && !comma)
		diag(DIAG_NOTICE, place, "its fields are taken to end at each %s",
		    ingest->delimiter == '\t'      ? "tab"
			: ingest->delimiter == ';' ? "semicolon"
						   : "|");
}

static int
read_csv(struct ingest *ingest, struct input *input)
{
	struct csv_options options = {
	    .delimiter = ingest->map->delimiter, .detect = ingest->map->delimiter == '\0'};
	struct csv_reader *reader;
	int result;

	options.charset = charset_open(input, ingest->map->encoding);
	if (options.charset == NULL)
		return -1;
	reader = csv_reader_new(input, options);
	result = read_table(ingest, reader, input->name);
	say_form(ingest, input->name, charset_name(options.charset));
	csv_reader_free(reader);
	charset_close(options.charset);
	return result;
}

int
ingest_file(struct ingest *ingest, struct input *input)
{
	struct slice start;

	if (input_peek(input, PEEK, &start) == -1)
		return -1;
	return json_rows_fit(start) ? ingest_json(ingest, input) : read_csv(ingest, input);
}

/* What is not worth a line for each row. */
static void
say_counts(const struct ingest *ingest)
{
	if (ingest->folds > 0)
		diag(DIAG_LOCAL_TIME, ingest->first_fold,
		    "%lld that happened twice in %s: the first of the two is taken",
		    (long long)ingest->folds, zone_name(ingest->map->zone));
	if (ingest->gaps > 0)
		diag(DIAG_LOCAL_TIME, ingest->first_gap,
		    "%lld that did not exist in %s: read with the offset before the change",
		    (long long)ingest->gaps, zone_name(ingest->map->zone));
	if (ingest->endless > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "%lld tickets have ended, and no column tells when: they have no such event",
		    (long long)ingest->endless);
}

/* -1, after a diagnostic each, where a column can be read in two ways. */
static int
decide_dates(struct ingest *ingest)
{
	const struct map *map = ingest->map;
	const char *name;
	int result = 0;
	size_t i;

	for (i = 0; i < map->nslots; i++) {
		name = map->slots[i].column != NULL ? map->slots[i].column : map->slots[i].name;
		if (date_column_decide(&ingest->dates[i], name, &ingest->orders[i]) == -1)
			result = -1;
	}
	return result;
}

int
ingest_each(
    struct ingest *ingest, int (*emit)(void *context, const struct ticket *ticket), void *context)
{
	struct builder *builder;
	const struct ticket *ticket;
	int result = 0;
	uint32_t i;

	if (decide_dates(ingest) == -1)
		return -1;
	builder = builder_new(ingest);
	for (i = 0; i < ingest->store.ids.count && result == 0; i++) {
		ticket = builder_ticket(builder, i);
		ingest->counts.tickets++;
		ingest->counts.events += (int64_t)ticket->nevents;
		result = emit(context, ticket);
	}
	builder_free(builder);
	say_counts(ingest);
	return result;
}

const struct ingest_counts *
ingest_counts(const struct ingest *ingest)
{
	return &ingest->counts;
}

void
ingest_free(struct ingest *ingest)
{
	size_t i;

	if (ingest == NULL)
		return;
	for (i = 0; i < MAP_SLOTS; i++) {
		buf_free(&ingest->slots[i].text);
		date_column_free(&ingest->dates[i]);
	}
	for (i = 0; i < TABLES; i++)
		mem_free(ingest->values[i]);
	intern_free(&ingest->texts);
	store_free(&ingest->store);
	mem_free(ingest);
}
