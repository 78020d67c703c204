/* pin_map.c: the map of a run with what was found out in it, for the runs to come */
#include "ingest/map_merge.h"
#include "ingest/rows.h"
#include "out/json_writer.h"

#include <string.h>

/* Where the writing stands. */
struct pin {
	const struct ingest *ingest;
	struct buf *out;
	size_t part;
	bool first; /* of the object that is being written */
};

static void
write_key(struct pin *pin, const char *key, size_t indent)
{
	size_t i;

	buf_addz(pin->out, pin->first ? "\n" : ",\n");
	pin->first = false;
	for (i = 0; i < indent; i++)
		buf_addc(pin->out, '\t');
	json_add_quoted(pin->out, slice_z(key));
	buf_addz(pin->out, ": ");
}

static void
close_object(struct pin *pin, size_t indent)
{
	size_t i;

	buf_addc(pin->out, '\n');
	for (i = 0; i < indent; i++)
		buf_addc(pin->out, '\t');
	buf_addc(pin->out, '}');
	pin->first = false;
}

/* The order of day and month that the values of a column were found to have; NULL: none. */
static const char *
order_of(const struct pin *pin, const char *name)
{
	const struct map_part *part = pin->ingest->map->parts[pin->part];
	const struct part_in *in = &pin->ingest->parts[pin->part];
	size_t i;

	for (i = 0; i < part->nslots; i++) {
		if (strcmp(part->slots[i].name, name) != 0 ||
		    (in->dates[i].day.text.n == 0 && in->dates[i].month.text.n == 0))
			continue;
		return in->orders[i] == ORDER_MONTH_FIRST ? "mdy" : "dmy";
	}
	return NULL;
}

/* A column with its order of dates. */
static void
write_column(struct pin *pin, const struct json *column, const char *order, size_t indent)
{
	const struct json *item;

	buf_addc(pin->out, '{');
	pin->first = true;
	if (json_type(column) == JSON_TEXT) {
		write_key(pin, "column", indent + 1);
		map_write_tree(pin->out, column, indent + 1);
	}
	for (item = json_first(column); item != NULL; item = json_next(item)) {
		if (strcmp(json_key(item), "dates") == 0)
			continue;
		write_key(pin, json_key(item), indent + 1);
		map_write_tree(pin->out, item, indent + 1);
	}
	write_key(pin, "dates", indent + 1);
	json_add_quoted(pin->out, slice_z(order));
	close_object(pin, indent);
}

static void
write_columns(struct pin *pin, const struct json *columns, size_t indent)
{
	const struct json *item;
	const char *order;

	buf_addc(pin->out, '{');
	pin->first = true;
	for (item = json_first(columns); item != NULL; item = json_next(item)) {
		order = json_type(item) != JSON_ARRAY ? order_of(pin, json_key(item)) : NULL;
		write_key(pin, json_key(item), indent + 1);
		if (order != NULL)
			write_column(pin, item, order, indent + 1);
		else
			map_write_tree(pin->out, item, indent + 1);
	}
	close_object(pin, indent);
}

static void
write_part(struct pin *pin, const struct json *part, size_t indent)
{
	const struct json *item;

	buf_addc(pin->out, '{');
	pin->first = true;
	for (item = json_first(part); item != NULL; item = json_next(item)) {
		write_key(pin, json_key(item), indent + 1);
		if (strcmp(json_key(item), "columns") == 0)
			write_columns(pin, item, indent + 1);
		else
			map_write_tree(pin->out, item, indent + 1);
	}
	close_object(pin, indent);
}

/* The parts stand in the map as in the file, before the lookups. */
static void
write_files(struct pin *pin, const struct json *files)
{
	const struct json *item;

	buf_addc(pin->out, '{');
	pin->first = true;
	for (item = json_first(files); item != NULL; item = json_next(item), pin->part++) {
		write_key(pin, json_key(item), 2);
		write_part(pin, item, 2);
	}
	close_object(pin, 1);
}

/* What was found out of the form of the files, where all have the same. */
static void
write_form(struct pin *pin)
{
	const struct ingest *ingest = pin->ingest;
	char delimiter[2] = {ingest->form.delimiter, '\0'};

	write_key(pin, "tz", 1);
	json_add_quoted(pin->out, slice_z(zone_name(ingest->map->zone)));
	if (!ingest->form.known || ingest->form.mixed)
		return;
	if (ingest->form.encoding != NULL) {
		write_key(pin, "encoding", 1);
		json_add_quoted(pin->out, slice_z(ingest->form.encoding));
	}
	if (*delimiter != '\0') {
		write_key(pin, "delimiter", 1);
		json_add_quoted(pin->out, slice_z(delimiter));
	}
}

void
ingest_pin_map(const struct ingest *ingest, struct buf *out)
{
	struct pin pin = {.ingest = ingest, .out = out, .first = true};
	struct arena arena = {0};
	struct json_error error;
	const struct json *item;
	const char *key;

	buf_addc(out, '{');
	item = json_first(json_parse(&arena, ingest->map->text, &error));
	for (; item != NULL; item = json_next(item)) {
		key = json_key(item);
		if (strcmp(key, "tz") == 0 || strcmp(key, "encoding") == 0 ||
		    strcmp(key, "delimiter") == 0)
			continue;
		write_key(&pin, key, 1);
		if (strcmp(key, "files") == 0)
			write_files(&pin, item);
		else if (strcmp(key, "columns") == 0)
			write_columns(&pin, item, 1);
		else
			map_write_tree(out, item, 1);
	}
	write_form(&pin);
	close_object(&pin, 0);
	buf_addc(out, '\n');
	arena_free(&arena);
}
