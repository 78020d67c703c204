/* ingest.c: the files of an export into the store, row by row */
#include "ingest/ingest.h"

#include "base/diag.h"
#include "base/mem.h"
#include "data/charset.h"
#include "data/csv_form.h"
#include "data/csv_reader.h"
#include "ingest/build.h"
#include "ingest/ingest_json.h"
#include "ingest/json_rows.h"
#include "ingest/part_fit.h"
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
	size_t i;

	ingest->map = map;
	ingest->as_of = INSTANT_NONE;
	ingest->rejects = rejects;
	ingest->parts = mem_calloc(map->nparts, sizeof(*ingest->parts));
	for (i = 0; i < map->nparts; i++)
		if (map->parts[i]->nslots + 1 > ingest->store.ncells)
			ingest->store.ncells = map->parts[i]->nslots + 1;
	return ingest;
}

void
ingest_memory(struct ingest *ingest, int64_t bytes)
{
	ingest->store.limit = (size_t)bytes;
	ingest->store.texts = &ingest->texts;
}

void
ingest_keep_text(struct ingest *ingest)
{
	ingest->keep_text = true;
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

/* Every part that fits the header takes its share of the row. */
static void
take_parts(struct ingest *ingest, const struct csv_row *row, struct place place)
{
	struct row_source source = {.csv = row};
	struct row_fault fault = {0};
	bool used = false, refused = false;
	enum row_result result;
	size_t i;

	for (i = 0; i < ingest->map->nparts; i++) {
		if (!ingest->parts[i].fits)
			continue;
		result = rows_add(ingest, i, &source, place, &fault);
		used |= result == ROW_TAKEN;
		if (result == ROW_REFUSED && !refused) {
			reject_fault(ingest, row, &fault, place);
			refused = true;
		}
	}
	ingest->counts.used += used && !refused;
	ingest->counts.blank += !used && !refused;
}

static void
read_row(struct ingest *ingest, const struct csv_row *row, size_t nfields, struct place place)
{
	if (row->nfields != nfields) {
		if (is_blank(row)) {
			ingest->counts.blank++;
			return;
		}
		rejects_add(ingest->rejects, DIAG_ROW_LENGTH, place, row->raw,
		    "%zu, the header has %zu", row->nfields, nfields);
		ingest->counts.refused++;
	} else if (is_blank(row)) {
		ingest->counts.blank++;
	} else {
		take_parts(ingest, row, place);
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
		if (ingest->store.failed)
			return -1;
	}
	return 0;
}

/* Whether the header has one of the ways to the column's value; a plain one's field is kept. */
static bool
find_slot(struct ingest *ingest, size_t part, size_t number)
{
	const struct map_slot *slot = &ingest->map->parts[part]->slots[number];
	struct part_in *into = &ingest->parts[part];
	bool found = false;
	size_t i, j, path, column;

	for (i = 0; i < slot->nexprs; i++) {
		found |= slot->exprs[i].constant != NULL;
		for (j = 0; j < slot->exprs[i].npaths; j++) {
			path = slot->exprs[i].paths[j];
			column = into->columns[path];
			found |= strcmp(ingest->map->parts[part]->paths[path], MAP_FILE_PATH) == 0;
			if (column == SIZE_MAX)
				continue;
			if (!found)
				into->slots[number].index = column;
			found = true;
		}
	}
	return found;
}

static bool
has_column(const struct map_part *part, const struct part_in *into, enum field field)
{
	int slot = part->slot_of[field];

	return slot != -1 && (part->slots[slot].constant != NULL || into->slots[slot].read);
}

/*
 * The evidence that rows cannot give because the file lacks an optional column: what is not
 * recorded is not known. at: whether rows have an instant, without which they are no history.
 */
static unsigned
lacking(const struct map_part *part, const struct part_in *into, bool at)
{
	static const enum field shown[] = {FIELD_OWNER, FIELD_TEAM, FIELD_PRIORITY};
	static const enum evidence of[] = {EVIDENCE_OWNER, EVIDENCE_TEAM, EVIDENCE_PRIORITY};
	unsigned lacks = 0;
	size_t i;

	if (part->rows == ROW_EVENT)
		return (has_column(part, into, FIELD_BY) ? 0 : 1U << EVIDENCE_ACTOR) |
		    (has_column(part, into, FIELD_VISIBILITY) ? 0 : 1U << EVIDENCE_PUBLIC);
	for (i = 0; i < 3; i++)
		if (!at || !has_column(part, into, shown[i]))
			lacks |= 1U << of[i];
	if ((!at || !has_column(part, into, FIELD_STATUS)) &&
	    !has_column(part, into, FIELD_RESOLVED) && !has_column(part, into, FIELD_CLOSED))
		lacks |= 1U << EVIDENCE_STATUS;
	return lacks;
}

/* Every column that the map wants and the header lacks is named. */
static int
read_header(struct ingest *ingest, size_t part, const struct csv_row *header, const char *file)
{
	const struct map_part *p = ingest->map->parts[part];
	struct part_in *into = &ingest->parts[part];
	struct place place = {file, header->line, 0};
	int result = 0;
	bool twice;
	size_t i;

	rows_begin(ingest, part);
	into->given = true;
	into->columns = mem_grow(into->columns, p->npaths + 1, sizeof(*into->columns));
	for (i = 0; i < p->npaths; i++) {
		twice = false;
		into->columns[i] = header_find(header, p->paths[i], &twice);
		if (twice)
			diag(
			    DIAG_HEADER_TWICE, place, "\"%s\": the first one is read", p->paths[i]);
	}
	for (i = 0; i < p->nslots; i++) {
		into->slots[i].cached = false;
		into->slots[i].read =
		    rows_wants(ingest, &p->slots[i]) && find_slot(ingest, part, i);
		if (p->slots[i].constant == NULL && !into->slots[i].read && !p->slots[i].optional)
			result = diag(DIAG_BAD_HEADER, place, "no column \"%s\" for %s",
			    p->slots[i].column, p->slots[i].name);
	}
	into->lacks |= lacking(p, into, has_column(p, into, FIELD_AT));
	into->unlisted |= lacking(p, into, true);
	return result;
}

/* The parts whose rows these are; where the map is one part there is nothing to choose. */
static int
choose_parts(struct ingest *ingest, const struct csv_row *header, const char *file)
{
	const struct map *map = ingest->map;
	int result = 0;
	bool any = false;
	size_t i;

	for (i = 0; i < map->nparts; i++) {
		ingest->parts[i].fits =
		    map_is_single(map) || fit_is_whole(part_fit_csv(map->parts[i], header, NULL));
		any |= ingest->parts[i].fits;
		if (ingest->parts[i].fits && read_header(ingest, i, header, file) == -1)
			result = -1;
	}
	if (!any)
		return diag(DIAG_BAD_HEADER, (struct place){file, header->line, 0},
		    "no part of the map fits it");
	return result;
}

/* The first row that is not blank. */
static enum csv_result
first_row(struct ingest *ingest, struct csv_reader *reader, struct csv_row *row)
{
	enum csv_result result;

	while ((result = csv_reader_next(reader, row)) == CSV_BLANK) {
		ingest->counts.rows++;
		ingest->counts.blank++;
	}
	return result;
}

static int
read_table(struct ingest *ingest, struct csv_reader *reader, const char *file)
{
	struct csv_row header;
	enum csv_result result = first_row(ingest, reader, &header);

	if (result == CSV_ROW && csv_is_hint(header.raw))
		result = first_row(ingest, reader, &header);
	if (result == CSV_FAILED)
		return -1;
	if (result == CSV_END)
		return diag(DIAG_BAD_HEADER, (struct place){file, 1, 0}, "the file is empty");
	if (result == CSV_REFUSED)
		return diag(DIAG_BAD_HEADER,
		    (struct place){file, header.error_line, header.error_column}, "%s",
		    header.error);
	ingest->delimiter = csv_reader_delimiter(reader);
	if (choose_parts(ingest, &header, file) == -1)
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

/* What all files have in common may be said by a map. */
static void
keep_form(struct ingest *ingest, const char *encoding)
{
	bool same = ingest->form.known && ingest->form.delimiter == ingest->delimiter &&
	    strcmp(ingest->form.encoding, encoding) == 0;

	ingest->form.mixed |= ingest->form.known && !same;
	if (ingest->form.known)
		return;
	ingest->form.known = true;
	ingest->form.delimiter = ingest->delimiter;
	ingest->form.encoding = mem_dupz(encoding);
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
	keep_form(ingest, charset_name(options.charset));
	csv_reader_free(reader);
	charset_close(options.charset);
	return result;
}

int
ingest_file(struct ingest *ingest, struct input *input)
{
	struct slice start;
	const char *name;

	if (input_peek(input, PEEK, &start) == -1)
		return -1;
	name = strrchr(input->name, '/');
	ingest->file = name != NULL ? name + 1 : input->name;
	return json_rows_fit(start) ? ingest_json(ingest, input) : read_csv(ingest, input);
}

/* Ids that were asked for, and that no file beside the tickets names. */
static void
say_unknown(const struct ingest *ingest)
{
	size_t i;

	for (i = 0; i < ingest->map->nparts; i++)
		if (ingest->parts[i].unknown.count > 0)
			diag(DIAG_NOTICE, NOWHERE, "%zu ids without a name stay ids: %s %s",
			    ingest->parts[i].unknown.count,
			    ingest->parts[i].given ? "they are not in the files of"
						   : "no file given has the",
			    ingest->map->parts[i]->name);
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
	say_unknown(ingest);
	if (ingest->repeated > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "%lld rows came more than once: the last of each is taken",
		    (long long)ingest->repeated);
	if (ingest->undated > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "%lld tickets are named by rows without an instant only: they are left out",
		    (long long)ingest->undated);
	if (ingest->unmatched > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "%lld tickets have no row of their own, only notes, changes or times: they are "
		    "marked unmatched",
		    (long long)ingest->unmatched);
	if (ingest->endless > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "%lld tickets have ended, and no column tells when: they have no such event",
		    (long long)ingest->endless);
}

/* -1, after a diagnostic each, where a column can be read in two ways. */
static int
decide_dates(struct ingest *ingest)
{
	const struct map_part *part;
	struct part_in *in;
	const char *name;
	int result = 0;
	size_t i, j;

	for (i = 0; i < ingest->map->nparts; i++) {
		part = ingest->map->parts[i];
		in = &ingest->parts[i];
		for (j = 0; j < part->nslots; j++) {
			name = part->slots[j].column != NULL ? part->slots[j].column
							     : part->slots[j].name;
			if (date_column_decide(&in->dates[j], name, &in->orders[j]) == -1)
				result = -1;
		}
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
	builder = ingest->builder = builder_new(ingest);
	for (i = 0; i < ingest->store.ids.count && result == 0; i++) {
		if (join_taken(ingest, i))
			continue;
		ticket = builder_ticket(builder, i);
		if (ingest->store.failed) {
			result = -1;
			break;
		}
		if (ticket == NULL) {
			ingest->undated++;
			continue;
		}
		ingest->counts.tickets++;
		ingest->counts.events += (int64_t)ticket->nevents;
		result = emit(context, ticket);
	}
	builder_free(builder);
	ingest->builder = NULL;
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
	if (ingest == NULL)
		return;
	rows_free(ingest);
	mem_free(ingest->form.encoding);
	store_free(&ingest->store);
	mem_free(ingest);
}
