/* commitments.c: a CSV file of commitments, checked row by row */
#include "report/commitments.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/input.h"
#include "base/intern.h"
#include "base/mem.h"
#include "data/csv_reader.h"
#include "report/window.h"
#include "time/instant.h"

#define COMMA ','

enum column { CLIENT, ID, TEXT, DUE, STATE, COLUMNS };

static const char *const names[COLUMNS] = {"client", "id", "text", "due", "state"};
static const char *const words[COMMITMENT_STATES] = {"open", "done", "dropped"};

struct table {
	struct commitments *commitments;
	const char *path;
	const struct zone *zone;
	size_t fields[COLUMNS]; /* where each column is; nfields: not yet seen */
	size_t nfields;         /* of the header; 0: not yet read */
	struct csv_row row;
	struct intern keys; /* client NUL id: which there were */
};

const char *
commitment_word(int state)
{
	return state >= 0 && state < COMMITMENT_STATES ? words[state] : NULL;
}

static struct place
place_of_field(const struct table *table, size_t field)
{
	struct place place = {table->path, table->row.line, 0};

	if (field < table->row.nfields)
		place.column = csv_field_column(&table->row, COMMA, field);
	return place;
}

static struct slice
cell(const struct table *table, enum column column)
{
	struct slice text = table->row.fields[table->fields[column]];

	return text.p == NULL ? text : slice_trim(text);
}

static int
read_column(struct table *table, size_t field)
{
	struct slice name = slice_trim(table->row.fields[field]);
	int i;

	for (i = 0; i < COLUMNS; i++)
		if (slice_eqz(name, names[i]))
			break;
	if (i == COLUMNS)
		return diag(DIAG_BAD_HEADER, place_of_field(table, field),
		    "no column \"%.*s\" is known; there are: client, id, text, due, state",
		    (int)(name.n < 100 ? name.n : 100), name.n > 0 ? name.p : "");
	if (table->fields[i] < table->nfields)
		return diag(DIAG_BAD_HEADER, place_of_field(table, field),
		    "the column \"%s\" is there twice", names[i]);
	table->fields[i] = field;
	return 0;
}

static int
read_header(struct table *table)
{
	size_t i;
	int result = 0;

	table->nfields = table->row.nfields;
	for (i = 0; i < COLUMNS; i++)
		table->fields[i] = table->nfields;
	for (i = 0; i < table->nfields; i++)
		if (read_column(table, i) == -1)
			result = -1;
	for (i = 0; i < COLUMNS; i++)
		if (table->fields[i] == table->nfields)
			result = diag(DIAG_BAD_HEADER, place_of_field(table, table->nfields),
			    "there is no column \"%s\"", names[i]);
	return result;
}

static void
refuse(struct table *table, enum column column, const char *what)
{
	table->commitments->refused++;
	diag(DIAG_INPUT_REFUSED, place_of_field(table, table->fields[column]), "%s", what);
}

/* A day is over when the next one begins. */
static bool
read_due(const struct table *table, struct slice text, struct commitment *one)
{
	struct civil civil;
	int64_t start;

	one->late_at = INSTANT_NONE;
	if (text.n == 0)
		return true;
	one->due = arena_text(&table->commitments->arena, text);
	if (!window_bound(one->due, table->zone, &start))
		return false;
	one->late_at = start;
	if (text.n != 10)
		return true;
	zone_local(table->zone, start, &civil);
	one->late_at =
	    zone_day_start(table->zone, instant_days(civil.year, civil.month, civil.day) + 1);
	return true;
}

/* In either case, as glob_match() takes letters. */
static bool
read_state(const struct table *table, enum commitment_state *state)
{
	const char *text = arena_text(&table->commitments->arena, cell(table, STATE));
	int i;

	for (i = 0; i < COMMITMENT_STATES; i++) {
		*state = (enum commitment_state)i;
		if (glob_match(words[i], text))
			return true;
	}
	return false;
}

static bool
is_new(struct table *table)
{
	struct slice client = cell(table, CLIENT), id = cell(table, ID);
	size_t count = table->keys.count;
	struct buf key = {0};

	buf_adds(&key, client);
	buf_addc(&key, '\0');
	buf_adds(&key, id);
	intern_add(&table->keys, buf_slice(&key));
	buf_free(&key);
	return table->keys.count > count;
}

static void
read_row(struct table *table)
{
	struct commitments *all = table->commitments;
	struct commitment one = {.due = NULL};
	int i;

	if (table->row.nfields != table->nfields) {
		all->refused++;
		diag(DIAG_ROW_LENGTH, place_of_field(table, table->row.nfields),
		    "%zu, the header has %zu", table->row.nfields, table->nfields);
		return;
	}
	for (i = CLIENT; i <= TEXT; i++) {
		if (cell(table, (enum column)i).n > 0)
			continue;
		refuse(table, (enum column)i, "a commitment needs a client, an id and a text");
		return;
	}
	if (!read_state(table, &one.state)) {
		refuse(table, STATE, "a state is open, done or dropped");
		return;
	}
	if (!read_due(table, cell(table, DUE), &one)) {
		refuse(table, DUE, "due is a day, as 2026-03-31, an instant, or empty");
		return;
	}
	if (!is_new(table)) {
		refuse(table, ID, "this client has a commitment of this id already");
		return;
	}
	one.client = arena_text(&all->arena, cell(table, CLIENT));
	one.id = arena_text(&all->arena, cell(table, ID));
	one.text = arena_text(&all->arena, cell(table, TEXT));
	all->list = mem_push(all->list, all->count, &all->cap, sizeof(*all->list));
	all->list[all->count++] = one;
}

static int64_t
late_key(const struct commitment *one)
{
	return one->late_at == INSTANT_NONE ? INT64_MAX : one->late_at;
}

static int
compare(const void *a, const void *b)
{
	const struct commitment *x = a, *y = b;
	int order = strcmp(x->client, y->client);

	if (order != 0)
		return order;
	if (x->state != y->state)
		return (int)x->state - (int)y->state;
	if (late_key(x) != late_key(y))
		return late_key(x) < late_key(y) ? -1 : 1;
	return strcmp(x->id, y->id);
}

/* -1 where nothing more can be read. */
static int
take(struct table *table, enum csv_result result)
{
	struct place place = {table->path, table->row.error_line, table->row.error_column};

	if (result == CSV_FAILED)
		return -1;
	if (result == CSV_REFUSED) {
		table->commitments->refused++;
		diag(DIAG_BAD_CSV, place, "%s", table->row.error);
		return table->nfields > 0 ? 0 : -1;
	}
	if (result == CSV_BLANK)
		return 0;
	if (table->nfields == 0)
		return read_header(table);
	read_row(table);
	return 0;
}

static int
read_all(struct table *table, struct input *input)
{
	struct csv_reader *reader = csv_reader_new(input, (struct csv_options){.delimiter = COMMA});
	enum csv_result result;
	int sound = 0;

	while (sound == 0 && (result = csv_reader_next(reader, &table->row)) != CSV_END)
		sound = take(table, result);
	if (sound == 0 && table->nfields == 0)
		sound =
		    diag(DIAG_BAD_HEADER, (struct place){table->path, 1, 0}, "the file is empty");
	csv_reader_free(reader);
	intern_free(&table->keys);
	return sound;
}

int
commitments_read(struct commitments *commitments, const char *path, const struct zone *zone)
{
	struct table table = {.commitments = commitments, .path = path, .zone = zone};
	struct input input = {0};
	int result;

	if (input_open(&input, path) == -1)
		return -1;
	result = read_all(&table, &input);
	input_close(&input);
	if (commitments->count > 1)
		qsort(commitments->list, commitments->count, sizeof(*commitments->list), compare);
	return result;
}

void
commitments_free(struct commitments *commitments)
{
	mem_free(commitments->list);
	arena_free(&commitments->arena);
	*commitments = (struct commitments){0};
}
