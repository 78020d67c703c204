/* lookups.c: what the ids of an export stand for, and which rows are one ticket's */
#include "base/mem.h"
#include "ingest/rows.h"

#include <string.h>

/* A value that is an id itself may lead on, but not in a ring. */
#define CHAIN 4

void
rows_learn(struct part_in *lookup, struct slice key, int64_t value, int64_t role)
{
	uint32_t number = intern_add(&lookup->keys, key);

	if (number >= lookup->nvalues) {
		lookup->nvalues = number < 512 ? 1024 : (size_t)number * 2;
		lookup->values = mem_grow(lookup->values, lookup->nvalues, sizeof(*lookup->values));
		lookup->roles = mem_grow(lookup->roles, lookup->nvalues, sizeof(*lookup->roles));
	}
	lookup->values[number] = value;
	lookup->roles[number] = role;
}

/* What one lookup has for the id; CELL_ABSENT where it has no such entry. */
static int64_t
try_lookup(struct part_in *lookup, bool role, struct slice id)
{
	uint32_t number = intern_find(&lookup->keys, id);

	if (number == INTERN_NONE)
		return CELL_ABSENT;
	return role ? lookup->roles[number] : lookup->values[number];
}

/* Of a status or the like the map's own tables may have the id: then no name is missed. */
static bool
is_listed(const struct map *map, int64_t cell, struct slice id)
{
	static const enum map_table tables[] = {TABLE_STATES, TABLE_PRIORITIES, TABLE_CHANNELS};
	size_t i;

	for (i = 0; i < 3 && (cell & CELL_LISTED) != 0; i++)
		if (map->tables[tables[i]].given && map_value(map, tables[i], id) != MAP_UNMAPPED)
			return true;
	return false;
}

/* One step: what the first lookup that knows the id has for it. */
static int64_t
step(struct ingest *ingest, int64_t cell)
{
	const struct map_ref *ref = &ingest->map->refs[(cell >> CELL_REF_SHIFT & 0xFF) - 1];
	struct slice id = ingest->texts.texts[(uint32_t)cell];
	bool role = false;
	int64_t found;
	size_t i;

	for (i = 0; i < ref->n; i++) {
		role = ref->tries[i].role;
		found = try_lookup(&ingest->parts[ref->tries[i].part], role, id);
		if (cell_known(found))
			return found;
	}
	if (role)
		return CELL_NONE;
	if (!is_listed(ingest->map, cell, id))
		intern_add(&ingest->parts[ref->tries[0].part].unknown, id);
	return (int64_t)(uint32_t)cell | (cell & CELL_NEUTRAL);
}

int64_t
rows_resolve(struct ingest *ingest, int64_t cell)
{
	int i;

	for (i = 0; cell_known(cell) && (cell >> CELL_REF_SHIFT & 0xFF) != 0; i++)
		cell = i < CHAIN ? step(ingest, cell)
				 : (int64_t)(uint32_t)cell | (cell & CELL_NEUTRAL);
	return cell;
}

int
rows_filled(struct ingest *ingest, enum map_table table, struct slice word)
{
	const struct map *map = ingest->map;
	int64_t cell;
	size_t i;

	for (i = 0; i < map->nparts; i++) {
		if (map->parts[i]->rows != ROW_LOOKUP || map->parts[i]->fills != table)
			continue;
		cell = try_lookup(&ingest->parts[i], false, word);
		if (cell == CELL_NONE)
			return 0;
		if (cell_known(cell))
			return map_own_value(table, ingest->texts.texts[(uint32_t)cell]);
	}
	return MAP_UNMAPPED;
}

static void
grow_joins(struct joins *joins, size_t wanted)
{
	size_t n = wanted < 1024 ? 1024 : wanted * 2, had = joins->n;
	uint32_t **lists[] = {&joins->ticket, &joins->first, &joins->next};
	size_t i;

	if (wanted <= had)
		return;
	for (i = 0; i < 3; i++) {
		*lists[i] = mem_grow(*lists[i], n, sizeof(**lists[i]));
		memset(*lists[i] + had, 0, (n - had) * sizeof(**lists[i]));
	}
	joins->n = n;
}

/* In the table of the ids a byte in front that no id begins with tells a key. */
uint32_t
join_key(struct ingest *ingest, struct slice key)
{
	struct buf *name = &ingest->list;

	buf_clear(name);
	buf_addc(name, LIST_SEPARATOR);
	buf_adds(name, key);
	return store_ticket(&ingest->store, buf_slice(name));
}

void
join_add(struct ingest *ingest, uint32_t stand_in, uint32_t ticket)
{
	struct joins *joins = &ingest->joins;

	grow_joins(joins, (size_t)(stand_in > ticket ? stand_in : ticket) + 1);
	if (joins->ticket[stand_in] != 0)
		return;
	joins->ticket[stand_in] = ticket + 1;
	joins->next[stand_in] = joins->first[ticket];
	joins->first[ticket] = stand_in + 1;
}

uint32_t
join_first(const struct ingest *ingest, uint32_t ticket)
{
	return ticket < ingest->joins.n ? ingest->joins.first[ticket] - 1 : INTERN_NONE;
}

uint32_t
join_next(const struct ingest *ingest, uint32_t stand_in)
{
	return stand_in < ingest->joins.n ? ingest->joins.next[stand_in] - 1 : INTERN_NONE;
}

bool
join_taken(const struct ingest *ingest, uint32_t number)
{
	return number < ingest->joins.n && ingest->joins.ticket[number] != 0;
}

const char *
join_id(const struct ingest *ingest, uint32_t number)
{
	const char *id = intern_text(&ingest->store.ids, number);

	return *id == LIST_SEPARATOR ? id + 1 : id;
}

void
rows_free(struct ingest *ingest)
{
	struct part_in *part;
	size_t i, j;

	for (i = 0; i < ingest->map->nparts; i++) {
		part = &ingest->parts[i];
		for (j = 0; j < MAP_SLOTS; j++) {
			buf_free(&part->slots[j].text);
			date_column_free(&part->dates[j]);
		}
		intern_free(&part->keys);
		intern_free(&part->unknown);
		mem_free(part->columns);
		mem_free(part->values);
		mem_free(part->roles);
	}
	for (i = 0; i < 2 * TABLES; i++)
		mem_free(ingest->values[i]);
	mem_free(ingest->joins.ticket);
	mem_free(ingest->joins.first);
	mem_free(ingest->joins.next);
	mem_free(ingest->parts);
	buf_free(&ingest->scratch);
	buf_free(&ingest->list);
	intern_free(&ingest->texts);
}
