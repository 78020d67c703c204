/* ingest_json.c: the records of a JSON export into the store, as rows */
#include "ingest/ingest_json.h"

#include "base/diag.h"
#include "data/scan.h"
#include "ingest/part_fit.h"
#include "ingest/rows.h"

/* What of a bad value a message shows. */
#define SHOWN 80
/* Enough to tell UTF-16. */
#define START 4096

/* One file being read. */
struct records {
	struct ingest *ingest;
	const char *file;
	struct scan scan;
	struct arena arena; /* of the record */
	struct arena names;
	struct json_row row;
	struct place place;
	size_t part;    /* whose rows are being taken */
	size_t list;    /* that is being read */
	bool decided;   /* what parts its records are of */
	bool any;       /* of this file something fitted */
	bool used, bad; /* what became of the record so far */
	int64_t records, refused;
};

static void
refuse(struct records *r, const struct row_fault *fault)
{
	size_t shown = fault->text.n < SHOWN ? fault->text.n : SHOWN;
	const struct map_slot *slot = fault->slot;

	while (shown < fault->text.n && shown > 0 && (fault->text.p[shown] & 0xC0) == 0x80)
		shown--;
	rejects_add(r->ingest->rejects, fault->id, r->place, r->row.at[r->row.n - 1],
	    "%s: \"%.*s\"%s%s", slot->column != NULL ? slot->column : slot->name, (int)shown,
	    fault->text.n > 0 ? fault->text.p : "", fault->what != NULL ? ": " : "",
	    fault->what != NULL ? fault->what : "");
	r->bad = true;
}

/* A row, which is the record or nested in it. */
static int
take_row(void *context)
{
	struct records *r = context;
	struct arena_mark mark = arena_mark(&r->arena);
	struct row_source source = {.json = &r->row};
	struct row_fault fault = {0};
	enum row_result result = rows_add(r->ingest, r->part, &source, r->place, &fault);

	if (result == ROW_REFUSED)
		refuse(r, &fault);
	r->used |= result == ROW_TAKEN;
	arena_rewind(&r->arena, mark);
	return r->ingest->store.failed ? -1 : 0;
}

/*
 * The records of a list are of one kind, which its first one tells; only rows nested in them
 * may be there in one and not in the next.
 */
static bool
fits(struct records *r, const char *in)
{
	const struct map *map = r->ingest->map;
	const struct map_part *part = map->parts[r->part];
	struct part_in *into = &r->ingest->parts[r->part];

	if (map_is_single(map))
		into->fits = part->each == NULL || json_path_leads(&r->row, part->each);
	else if (!r->decided || part->each != NULL)
		into->fits = fit_is_whole(part_fit_json(part, &r->row, in, NULL));
	into->given |= into->fits;
	return into->fits;
}

static void
take_parts(struct records *r, const char *in)
{
	const struct map *map = r->ingest->map;
	bool any = false;

	for (r->part = 0; r->part < map->nparts; r->part++) {
		if (!fits(r, in))
			continue;
		any = true;
		if (map->parts[r->part]->each != NULL)
			json_path_each(&r->row, map->parts[r->part]->each, take_row, r);
		else
			take_row(r);
	}
	r->decided |= any;
	r->any |= any;
}

static void
take_record(struct records *r, const struct json_rows *rows, struct slice record)
{
	struct ingest_counts *counts = &r->ingest->counts;

	counts->rows++;
	r->records++;
	arena_reset(&r->arena);
	r->used = r->bad = false;
	r->row.at[0] = record;
	r->row.n = 1;
	if (!scan_value(&r->scan, record)) {
		rejects_add(r->ingest->rejects, DIAG_BAD_JSON, r->place, record,
		    "%s, at byte %zu of the record", r->scan.error, r->scan.error_at + 1);
		r->bad = true;
	} else if (*record.p != '{') {
		rejects_add(
		    r->ingest->rejects, DIAG_BAD_JSON, r->place, record, "a record is an object");
		r->bad = true;
	} else {
		r->row.members = r->scan.members;
		r->row.nmembers = r->scan.nmembers;
		take_parts(r, rows->in);
	}
	counts->refused += r->bad;
	r->refused += r->bad;
	counts->used += !r->bad && r->used;
	counts->blank += !r->bad && !r->used;
}

static int
read_records(struct records *r, struct json_rows *rows)
{
	enum json_result result;
	struct slice record;

	while ((result = json_rows_next(rows, &record)) == JSON_ROWS_RECORD) {
		r->place.line = rows->found_line;
		r->place.column = rows->found_column;
		if (rows->list != r->list)
			r->decided = false;
		r->list = rows->list;
		take_record(r, rows, record);
	}
	if (result == JSON_ROWS_END)
		return 0;
	r->place.line = rows->line;
	r->place.column = rows->column;
	return rows->failed ? -1 : diag(DIAG_BAD_JSON, r->place, "%s", rows->error);
}

/* JSON is UTF-8, or UTF-16 as its first bytes tell, whatever the map says of CSV beside it. */
static int
open_rows(struct json_rows *rows, struct input *input)
{
	struct slice start;
	struct buf utf8 = {0};
	bool wide;

	rows->input = input;
	if (input_peek(input, START, &start) == -1)
		return -1;
	wide = charset_start(start, &utf8);
	buf_free(&utf8);
	if (!wide)
		return 0;
	rows->charset = charset_open(input, NULL);
	if (rows->charset == NULL)
		return -1;
	diag(DIAG_NOTICE, (struct place){input->name, 0, 0}, "read as %s",
	    charset_name(rows->charset));
	return 0;
}

int
ingest_json(struct ingest *ingest, struct input *input)
{
	struct json_rows rows = {0};
	struct records r = {.ingest = ingest, .file = input->name, .place = {input->name, 0, 0}};
	const struct map *map = ingest->map;
	int result;
	size_t i, j;

	if (open_rows(&rows, input) == -1)
		return -1;
	rows.names = part_names(map, &r.names);
	r.row.any_case = map->any_case;
	r.row.arena = &r.arena;
	for (i = 0; i < map->nparts; i++) {
		rows_begin(ingest, i);
		for (j = 0; j < map->parts[i]->nslots; j++) {
			ingest->parts[i].slots[j].read =
			    rows_wants(ingest, &map->parts[i]->slots[j]);
			ingest->parts[i].slots[j].cached = false;
			ingest->parts[i].slots[j].index = j;
		}
		ingest->parts[i].given |= map_is_single(map);
	}
	result = read_records(&r, &rows);
	if (result == 0 && r.records > 0 && !r.any && !map_is_single(map) && r.refused == 0)
		result = diag(DIAG_BAD_HEADER, (struct place){input->name, 1, 0},
		    "no part of the map fits its records");
	json_rows_free(&rows);
	charset_close(rows.charset);
	scan_free(&r.scan);
	arena_free(&r.arena);
	arena_free(&r.names);
	return result;
}
