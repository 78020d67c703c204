/* detect.c: the system that an export comes from, told from how it begins */
#include "ingest/detect.h"

#include "base/diag.h"
#include "data/scan.h"
#include "ingest/ingest_json.h"
#include "ingest/json_rows.h"

/* What is looked at: a header, or an envelope with its first record. */
#define LOOKED_AT ((size_t)1 << 20)

/* The beginning of a file, and the candidates so far. */
struct detection {
	struct slice start;
	bool json;
	struct scan scan;
	struct arena arena;
	const char *found, *nearest;
	size_t nfound;
	double share; /* of the members of the nearest map that are there */
	struct buf names, missing;
};

static bool
is_delimiter(char c)
{
	return c == ',' || c == ';' || c == '\t' || c == '|';
}

static struct slice
unquoted(struct slice name)
{
	name = slice_trim(name);
	if (name.n >= 2 && name.p[0] == '"' && name.p[name.n - 1] == '"')
		name = slice_trim((struct slice){name.p + 1, name.n - 2});
	return name;
}

/* Whether a header has the name; it need not be parsed strictly for that. */
static bool
header_has(struct slice header, const char *name)
{
	size_t i, from = 0;

	for (i = 0; i <= header.n; i++) {
		if (i < header.n && !is_delimiter(header.p[i]))
			continue;
		if (slice_eqz(unquoted((struct slice){header.p + from, i - from}), name))
			return true;
		from = i + 1;
	}
	return false;
}

static struct slice
header_of(struct slice start)
{
	size_t n = 0;

	if (start.n >= 3 && memcmp(start.p, "\xEF\xBB\xBF", 3) == 0)
		start = (struct slice){start.p + 3, start.n - 3};
	while (start.n > 0 && (*start.p == '\n' || *start.p == '\r'))
		start = (struct slice){start.p + 1, start.n - 1};
	while (n < start.n && start.p[n] != '\n' && start.p[n] != '\r')
		n++;
	return (struct slice){start.p, n};
}

/* Whether the first record can be had from the beginning; it is copied into the arena. */
static bool
first_record(struct detection *d, const struct map *map, struct slice *record)
{
	struct json_rows rows = {.id_key = ingest_id_key(map), .ended = true};
	bool had;

	buf_adds(&rows.buf, d->start);
	had = json_rows_next(&rows, record) == JSON_ROWS_RECORD;
	if (had)
		*record = (struct slice){arena_text(&d->arena, *record), record->n};
	json_rows_free(&rows);
	return had && scan_value(&d->scan, *record);
}

/* One map against the file. */
static void
try_map(struct detection *d, const char *name, const struct map *map)
{
	struct slice record = header_of(d->start);
	size_t i, there = 0;
	double share;

	if (map->ndetect == 0 || (d->json && !first_record(d, map, &record)))
		return;
	for (i = 0; i < map->ndetect; i++)
		there += d->json ? json_rows_has(record, map->detect[i], &d->arena)
				 : header_has(record, map->detect[i]);
	if (there == map->ndetect) {
		d->found = name;
		buf_addf(&d->names, "%s%s", d->nfound++ > 0 ? ", " : "", name);
	}
	share = (double)there / (double)map->ndetect;
	if (share <= d->share)
		return;
	d->share = share;
	d->nearest = name;
	buf_clear(&d->missing);
	for (i = 0; i < map->ndetect; i++)
		if (!(d->json ? json_rows_has(record, map->detect[i], &d->arena)
			      : header_has(record, map->detect[i])))
			buf_addf(&d->missing, "%s%s", d->missing.n > 0 ? ", " : "", map->detect[i]);
}

static const char *
decide(struct detection *d, const char *file)
{
	struct place place = {file, 0, 0};
	const char *help = "give -s NAME or --map FILE";

	if (d->nfound == 1) {
		diag(DIAG_NOTICE, place, "read as %s of %s (-s or --map says another)",
		    d->json ? "JSON" : "CSV", d->found);
		return d->found;
	}
	if (d->nfound > 1)
		diag(DIAG_BAD_HEADER, place, "it may be of %s: %s", buf_z(&d->names), help);
	else if (d->nearest != NULL)
		diag(DIAG_BAD_HEADER, place,
		    "no built-in map fits; the nearest is %s, which wants %s: %s", d->nearest,
		    buf_z(&d->missing), help);
	else
		diag(DIAG_BAD_HEADER, place, "no built-in map fits: %s", help);
	return NULL;
}

const char *
detect_source(struct input *input)
{
	struct detection d = {0};
	const char *name, *found = NULL;
	struct map *map;
	size_t i;

	if (input_peek(input, LOOKED_AT, &d.start) == -1)
		return NULL;
	d.json = json_rows_fit(d.start);
	for (i = 0; (name = map_builtin_name(i)) != NULL; i++) {
		map = map_builtin(name);
		if (map != NULL)
			try_map(&d, name, map);
		map_free(map);
	}
	if (d.start.n == 0)
		diag(DIAG_BAD_HEADER, (struct place){input->name, 1, 0}, "the file is empty");
	else
		found = decide(&d, input->name);
	scan_free(&d.scan);
	arena_free(&d.arena);
	buf_free(&d.names);
	buf_free(&d.missing);
	return found;
}
