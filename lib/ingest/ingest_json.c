/* ingest_json.c: the records of a JSON export into the store, as rows */
#include "ingest/ingest_json.h"
#include "base/diag.h"
#include "data/scan.h"
#include "ingest/json_rows.h"
#include "ingest/rows.h"

/* What of a bad value a message shows. */
#define SHOWN 80

/* One file being read. */
struct records {
	struct ingest *ingest;
	const char *file;
	struct scan scan;
	struct arena arena; /* of the record */
	struct slice fields[MAP_SLOTS];
};

static void
refuse(struct records *r, struct place place, struct slice record, const struct row_fault *fault)
{
	size_t shown = fault->text.n < SHOWN ? fault->text.n : SHOWN;

	while (shown < fault->text.n && shown > 0 && (fault->text.p[shown] & 0xC0) == 0x80)
		shown--;
	rejects_add(r->ingest->rejects, fault->id, place, record, "%s: \"%.*s\"%s%s",
	    r->ingest->map->slots[fault->index].column, (int)shown,
	    fault->text.n > 0 ? fault->text.p : "", fault->what != NULL ? ": " : "",
	    fault->what != NULL ? fault->what : "");
	r->ingest->counts.refused++;
}

/* The fields stand in the order of the slots; a member that is not there has no value. */
static void
read_record(struct records *r, struct slice record, struct place place)
{
	const struct map *map = r->ingest->map;
	struct csv_row row = {.fields = r->fields, .nfields = map->nslots, .raw = record};
	struct row_fault fault;
	size_t i;

	arena_reset(&r->arena);
	for (i = 0; i < map->nslots; i++)
		r->fields[i] = map->slots[i].column == NULL
		    ? (struct slice){NULL, 0}
		    : json_rows_field(record, map->slots[i].column, &r->arena);
	if (rows_add(r->ingest, &row, place, &fault))
		r->ingest->counts.used++;
	else
		refuse(r, place, record, &fault);
}

static void
take_record(struct records *r, struct slice record, struct place place)
{
	r->ingest->counts.rows++;
	if (!scan_value(&r->scan, record))
		rejects_add(r->ingest->rejects, DIAG_BAD_JSON, place, record,
		    "%s, at byte %zu of the record", r->scan.error, r->scan.error_at + 1);
	else if (*record.p != '{')
		rejects_add(
		    r->ingest->rejects, DIAG_BAD_JSON, place, record, "a record is an object");
	else {
		read_record(r, record, place);
		return;
	}
	r->ingest->counts.refused++;
}

struct slice
ingest_id_key(const struct map *map)
{
	struct slice path = slice_z(map->slots[map->slot_of[FIELD_ID]].column);
	size_t n = 0;

	while (n < path.n && path.p[n] != '.' && path.p[n] != '|')
		n++;
	return (struct slice){path.p, n};
}

static int
read_records(struct records *r, struct json_rows *rows)
{
	struct place place = {r->file, 0, 0};
	enum json_result result;
	struct slice record;

	while ((result = json_rows_next(rows, &record)) == JSON_ROWS_RECORD) {
		place.line = rows->found_line;
		place.column = rows->found_column;
		take_record(r, record, place);
	}
	if (result == JSON_ROWS_END)
		return 0;
	place.line = rows->line;
	place.column = rows->column;
	return rows->failed ? -1 : diag(DIAG_BAD_JSON, place, "%s", rows->error);
}

int
ingest_json(struct ingest *ingest, struct input *input)
{
	struct json_rows rows = {.input = input, .id_key = ingest_id_key(ingest->map)};
	struct records records = {.ingest = ingest, .file = input->name};
	int result;
	size_t i;

	rows_begin(ingest);
	for (i = 0; i < ingest->map->nslots; i++) {
		ingest->slots[i].read = ingest->map->slots[i].column != NULL;
		ingest->slots[i].cached = false;
		ingest->slots[i].index = i;
	}
	result = read_records(&records, &rows);
	json_rows_free(&rows);
	scan_free(&records.scan);
	arena_free(&records.arena);
	return result;
}
