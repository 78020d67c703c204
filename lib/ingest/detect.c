/* detect.c: the system that an export comes from, told from how its files begin */
#include "ingest/detect.h"

#include "base/diag.h"
#include "base/mem.h"
#include "data/charset.h"
#include "data/csv_form.h"
#include "data/scan.h"
#include "ingest/part_fit.h"

/* What is looked at: a header, or envelopes with their first records. */
#define LOOKED_AT ((size_t)1 << 20)
/* A first record may be longer, but not than this. */
#define LONGEST   ((size_t)64 << 20)
/* Records of each list. */
#define RECORDS   3
/* More built-in maps than there will be: a bit each. */
#define SOURCES   64

/* What was seen of one file. */
struct seen {
	const char *file;
	bool json;
	bool empty;              /* JSON without a record: it fits every map, and tells none */
	uint64_t fits;           /* bit of each map */
	uint64_t rows;           /* of those that it fits not as lookups alone */
	uint64_t parts[SOURCES]; /* of each map: a bit for each part that fits */
};

struct detection {
	struct map *maps[SOURCES];
	size_t nmaps;
	uint64_t left; /* the maps that fit all files so far */
	struct seen *files;
	size_t nfiles, cap;
	/* Of the file that is being looked at. */
	struct slice start; /* in UTF-8 */
	struct buf utf8;    /* holds it where the file is UTF-16 */
	struct scan scan;
	struct arena arena;
	double share; /* of the members of the nearest part that are there */
	struct buf nearest, missing;
};

struct detection *
detect_new(void)
{
	struct detection *d = mem_calloc(1, sizeof(*d));
	const char *name;

	while (d->nmaps < SOURCES && (name = map_builtin_name(d->nmaps)) != NULL)
		d->maps[d->nmaps++] = map_builtin(name);
	d->left = UINT64_MAX;
	return d;
}

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

static struct slice
skip_line_ends(struct slice text)
{
	while (text.n > 0 && (*text.p == '\n' || *text.p == '\r'))
		text = (struct slice){text.p + 1, text.n - 1};
	return text;
}

static struct slice
first_line(struct slice text)
{
	size_t n = 0;

	while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r')
		n++;
	return (struct slice){text.p, n};
}

/* The first line that is not blank, and no hint. */
static struct slice
header_of(struct slice start)
{
	struct slice line;

	if (start.n >= 3 && memcmp(start.p, "\xEF\xBB\xBF", 3) == 0)
		start = (struct slice){start.p + 3, start.n - 3};
	start = skip_line_ends(start);
	line = first_line(start);
	if (csv_is_hint(line))
		line =
		    first_line(skip_line_ends((struct slice){line.p + line.n, start.n - line.n}));
	return line;
}

/* The names of a header; it need not be parsed strictly for that. */
static void
split_header(struct detection *d, struct csv_row *row)
{
	struct slice header = header_of(d->start), *fields;
	size_t i, from = 0;

	fields = arena_calloc(&d->arena, header.n + 1, sizeof(*fields));
	row->fields = fields;
	for (i = 0; i <= header.n; i++) {
		if (i < header.n && !is_delimiter(header.p[i]))
			continue;
		fields[row->nfields++] = unquoted((struct slice){header.p + from, i - from});
		from = i + 1;
	}
}

/* One part against a record or a header: fit tells how far it goes. */
static void
weigh(struct detection *d, struct seen *seen, size_t map, size_t part, struct fit fit,
    const struct buf *missing)
{
	const struct map_part *p = d->maps[map]->parts[part];
	double share = fit.wanted > 0 ? (double)fit.there / (double)fit.wanted : 0;

	if (fit.wanted > 0 && fit_is_whole(fit)) {
		seen->fits |= UINT64_C(1) << map;
		seen->rows |= p->rows != ROW_LOOKUP ? UINT64_C(1) << map : 0;
		seen->parts[map] |= UINT64_C(1) << part;
	}
	if (share <= d->share)
		return;
	d->share = share;
	buf_clear(&d->nearest);
	buf_addf(&d->nearest, "%s%s%s", d->maps[map]->name, p->name != NULL ? " " : "",
	    p->name != NULL ? p->name : "");
	buf_clear(&d->missing);
	buf_adds(&d->missing, buf_slice(missing));
}

static void
try_record(
    struct detection *d, struct seen *seen, size_t map, const struct json_row *row, const char *in)
{
	struct buf missing = {0};
	struct fit fit;
	size_t i;

	for (i = 0; i < d->maps[map]->nparts; i++) {
		buf_clear(&missing);
		fit = part_fit_json(d->maps[map]->parts[i], row, in, &missing);
		weigh(d, seen, map, i, fit, &missing);
	}
	buf_free(&missing);
}

/* The first records of each list, as far as the beginning goes. Whether there are none at all. */
static bool
try_json(struct detection *d, struct seen *seen, size_t map)
{
	struct json_rows rows = {.names = part_names(d->maps[map], &d->arena), .ended = true};
	struct json_row row = {.n = 1, .any_case = d->maps[map]->any_case, .arena = &d->arena};
	enum json_result result;
	size_t list = 0, n = 0;
	bool none = true;

	buf_adds(&rows.buf, d->start);
	while ((result = json_rows_next(&rows, &row.at[0])) == JSON_ROWS_RECORD) {
		none = false;
		n = rows.list == list ? n + 1 : 0;
		list = rows.list;
		if (n < RECORDS && *row.at[0].p == '{' && scan_value(&d->scan, row.at[0]))
			try_record(d, seen, map, &row, rows.in);
	}
	json_rows_free(&rows);
	return none && result == JSON_ROWS_END;
}

static void
try_csv(struct detection *d, struct seen *seen, size_t map, const struct csv_row *header)
{
	struct buf missing = {0};
	struct fit fit;
	size_t i;

	for (i = 0; i < d->maps[map]->nparts; i++) {
		buf_clear(&missing);
		fit = part_fit_csv(d->maps[map]->parts[i], header, &missing);
		weigh(d, seen, map, i, fit, &missing);
	}
	buf_free(&missing);
}

static struct seen *
look(struct detection *d, const char *file)
{
	struct csv_row header = {0};
	struct seen *seen;
	bool empty;
	size_t i;

	d->files = mem_push(d->files, d->nfiles, &d->cap, sizeof(*d->files));
	seen = &d->files[d->nfiles++];
	*seen = (struct seen){.file = file, .json = json_rows_fit(d->start)};
	d->share = 0;
	buf_clear(&d->nearest);
	empty = seen->json;
	if (!seen->json)
		split_header(d, &header);
	for (i = 0; i < d->nmaps; i++)
		if (d->maps[i] != NULL && seen->json)
			empty &= try_json(d, seen, i);
		else if (d->maps[i] != NULL)
			try_csv(d, seen, i, &header);
	if (empty)
		seen->fits = UINT64_MAX;
	seen->empty = empty;
	arena_reset(&d->arena);
	return seen;
}

/* The names of the maps of a set. */
static void
list_maps(const struct detection *d, uint64_t set, struct buf *names)
{
	size_t i;

	for (i = 0; i < d->nmaps; i++)
		if ((set >> i & 1) != 0)
			buf_addf(names, "%s%s", names->n > 0 ? ", " : "", d->maps[i]->name);
}

static int
refuse(struct detection *d, const struct seen *seen)
{
	struct place place = {seen->file, 0, 0};
	const char *help = "give -s NAME, or --map FILE with a map of your own, sla-map(5)";
	struct buf these = {0}, before = {0};

	if (seen->fits != 0) {
		list_maps(d, seen->fits, &these);
		list_maps(d, d->left, &before);
		diag(DIAG_BAD_HEADER, place, "it is of %s, the files before are of %s",
		    buf_z(&these), buf_z(&before));
	} else if (d->nearest.n > 0) {
		diag(DIAG_BAD_HEADER, place,
		    "no built-in map fits; the nearest is %s, which wants %s: %s",
		    buf_z(&d->nearest), buf_z(&d->missing), help);
	} else {
		diag(DIAG_BAD_HEADER, place, "no built-in map fits: %s", help);
	}
	buf_free(&these);
	buf_free(&before);
	return -1;
}

/* What the file begins with; *all: there is no more of it. -1 after a diagnostic. */
static int
begin(struct detection *d, struct input *input, size_t want, bool *all)
{
	if (input_peek(input, want, &d->start) == -1)
		return -1;
	*all = d->start.n < want;
	if (charset_start(d->start, &d->utf8))
		d->start = buf_slice(&d->utf8);
	return 0;
}

int
detect_file(struct detection *d, struct input *input)
{
	size_t want = LOOKED_AT;
	struct seen *seen;
	bool all;

	if (begin(d, input, want, &all) == -1)
		return -1;
	if (d->start.n == 0)
		return diag(
		    DIAG_BAD_HEADER, (struct place){input->name, 1, 0}, "the file is empty");
	seen = look(d, input->name);
	while (seen->json && seen->fits == 0 && !all && want < LONGEST) {
		want *= 8;
		if (begin(d, input, want, &all) == -1)
			return -1;
		d->nfiles--;
		seen = look(d, input->name);
	}
	if ((seen->fits & d->left) == 0)
		return refuse(d, seen);
	d->left &= seen->fits;
	return 0;
}

/* The roles of a file, in the order of the map. */
static void
say_file(const struct detection *d, const struct seen *seen, size_t map)
{
	struct buf roles = {0};
	const char *name;
	size_t i;

	if (seen->empty)
		buf_addz(&roles, ": no record");
	for (i = 0; i < d->maps[map]->nparts; i++) {
		name = d->maps[map]->parts[i]->name;
		if (name != NULL && (seen->parts[map] >> i & 1) != 0)
			buf_addf(&roles, "%s%s", roles.n > 0 ? ", " : ": ", name);
	}
	diag(DIAG_NOTICE, (struct place){seen->file, 0, 0},
	    "read as %s of %s%s (-s or --map says another)", seen->json ? "JSON" : "CSV",
	    d->maps[map]->name, buf_z(&roles));
	buf_free(&roles);
}

/* Users are much the same everywhere: of a file with more than these the lookups tell nothing. */
static uint64_t
told_by_rows(const struct detection *d)
{
	uint64_t left = d->left;
	size_t i;

	for (i = 0; i < d->nfiles; i++)
		if ((d->left & d->files[i].rows) != 0)
			left &= d->files[i].rows;
	return left != 0 ? left : d->left;
}

const char *
detect_source(const struct detection *d)
{
	uint64_t left = told_by_rows(d);
	struct buf names = {0};
	size_t i, map = 0;

	if (d->nfiles == 0)
		return NULL;
	if (left == UINT64_MAX) {
		diag(DIAG_BAD_HEADER, (struct place){d->files[0].file, 0, 0},
		    "it has no record that tells the system: give -s NAME or --map FILE");
		return NULL;
	}
	if ((left & (left - 1)) != 0) {
		list_maps(d, left, &names);
		diag(DIAG_BAD_HEADER, (struct place){d->files[0].file, 0, 0},
		    "it may be of %s: give -s NAME or --map FILE", buf_z(&names));
		buf_free(&names);
		return NULL;
	}
	while ((left >> map & 1) == 0)
		map++;
	for (i = 0; i < d->nfiles; i++)
		say_file(d, &d->files[i], map);
	return map_builtin_name(map);
}

void
detect_free(struct detection *d)
{
	size_t i;

	if (d == NULL)
		return;
	for (i = 0; i < d->nmaps; i++)
		map_free(d->maps[i]);
	scan_free(&d->scan);
	arena_free(&d->arena);
	buf_free(&d->utf8);
	buf_free(&d->nearest);
	buf_free(&d->missing);
	mem_free(d->files);
	mem_free(d);
}
