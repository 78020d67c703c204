/* part_fit.c: which parts of a map the records of a file are of */
#include "ingest/part_fit.h"

#include <strings.h>

static void
note(struct buf *missing, const char *what)
{
	if (missing != NULL)
		buf_addf(missing, "%s%s", missing->n > 0 ? ", " : "", what);
}

struct fit
part_fit_json(
    const struct map_part *part, const struct json_row *row, const char *in, struct buf *missing)
{
	struct fit fit = {0, part->ndetect + (part->in != NULL) + (part->each != NULL)};
	size_t i;

	if (part->in != NULL && strcasecmp(part->in, in) != 0)
		note(missing, part->in);
	else
		fit.there += part->in != NULL;
	if (part->each != NULL && !json_path_leads(row, part->each))
		note(missing, part->each);
	else
		fit.there += part->each != NULL;
	for (i = 0; i < part->ndetect; i++)
		if (json_path_has(row, part->detect[i]))
			fit.there++;
		else
			note(missing, part->detect[i]);
	return fit;
}

static size_t
find_column(const struct csv_row *header, struct slice name, bool *twice)
{
	size_t i, found = SIZE_MAX;

	for (i = 0; i < header->nfields; i++) {
		if (!slice_eq(slice_trim(header->fields[i]), name))
			continue;
		if (found != SIZE_MAX) {
			*twice = true;
			break;
		}
		found = i;
	}
	return found;
}

/* A name may hold bars itself, so that the whole is tried first. */
size_t
header_find(const struct csv_row *header, const char *names, bool *twice)
{
	size_t n, found = find_column(header, slice_z(names), twice);

	while (found == SIZE_MAX && *names != '\0') {
		n = strcspn(names, "|");
		found = find_column(header, (struct slice){names, n}, twice);
		names += n + (names[n] == '|');
	}
	return found;
}

/* Lookups in the rows of tickets are for references that are objects: a CSV may have no such. */
static bool
has_key(const struct map_part *part, const struct csv_row *header)
{
	const struct map_slot *slot = &part->slots[part->slot_of[FIELD_KEY]];
	bool twice = false;
	size_t i, j;

	for (i = 0; i < slot->nexprs; i++)
		for (j = 0; j < slot->exprs[i].npaths; j++)
			if (header_find(header, part->paths[slot->exprs[i].paths[j]], &twice) !=
			    SIZE_MAX)
				return true;
	return false;
}

struct fit
part_fit_csv(const struct map_part *part, const struct csv_row *header, struct buf *missing)
{
	struct fit fit = {0, part->ndetect + (part->in != NULL) + (part->each != NULL)};
	bool twice = false;
	size_t i;

	if (part->in != NULL)
		note(missing, part->in);
	if (part->each != NULL)
		note(missing, part->each);
	for (i = 0; i < part->ndetect; i++)
		if (header_find(header, part->detect[i], &twice) != SIZE_MAX)
			fit.there++;
		else
			note(missing, part->detect[i]);
	if (part->rows == ROW_LOOKUP && fit_is_whole(fit) && !has_key(part, header)) {
		note(missing, part->slots[part->slot_of[FIELD_KEY]].column);
		fit.wanted++;
	}
	return fit;
}

/* The first name on each way of a path, without what leads out of the row. */
static size_t
add_first_names(const char *path, struct slice *names, size_t n)
{
	size_t length;

	while (*path != '\0') {
		path += strspn(path, "^");
		length = strcspn(path, ".|");
		if (length > 0)
			names[n++] = (struct slice){path, length};
		path += strcspn(path, "|");
		path += *path == '|';
	}
	return n;
}

static size_t
count_ways(const struct map_part *part)
{
	const char *p;
	size_t i, n = 0;

	for (i = 0; i < part->npaths; i++)
		for (n++, p = part->paths[i]; *p != '\0'; p++)
			n += *p == '|';
	return n;
}

static size_t
add_slot_names(const struct map_part *part, enum field field, struct slice *names, size_t n)
{
	const struct map_slot *slot;
	size_t i, j;

	if (part->slot_of[field] == -1)
		return n;
	slot = &part->slots[part->slot_of[field]];
	for (i = 0; i < slot->nexprs; i++)
		for (j = 0; j < slot->exprs[i].npaths; j++)
			n = add_first_names(part->paths[slot->exprs[i].paths[j]], names, n);
	return n;
}

struct json_names
part_names(const struct map *map, struct arena *arena)
{
	struct slice *ids, *lists = arena_calloc(arena, map->nparts + 1, sizeof(*lists));
	struct json_names names = {.lists = lists, .all = !map_is_single(map)};
	size_t i, room = 1;

	for (i = 0; i < map->nparts; i++)
		room += 2 * count_ways(map->parts[i]);
	ids = arena_calloc(arena, room, sizeof(*ids));
	names.ids = ids;
	for (i = 0; i < map->nparts; i++) {
		names.nids = add_slot_names(map->parts[i], FIELD_ID, ids, names.nids);
		names.nids = add_slot_names(map->parts[i], FIELD_KEY, ids, names.nids);
		if (map->parts[i]->in != NULL)
			lists[names.nlists++] = slice_z(map->parts[i]->in);
	}
	return names;
}
