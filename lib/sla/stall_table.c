/* stall_table.c: how long work usually rests before it moves on, learned from the past */
#include "sla/stall_table.h"

#include "base/intern.h"
#include "base/mem.h"
#include "stat/histogram.h"

/* What the dwells of one key come to. Read from JSON it has no histogram, but its p90. */
struct row {
	struct histogram dwells;
	enum stall_level level;
	enum state state;
	enum priority priority;
	const char *team; /* in the table's teams; NULL unless by team */
	int64_t count, p90;
};

struct stall_table {
	struct intern keys; /* of the rows, by number */
	struct intern teams;
	struct row *rows;
	size_t cap;
};

const char *
stall_level_word(enum stall_level level)
{
	static const char *const words[] = {"default", "state", "priority", "team"};

	return words[level];
}

const char *
stall_level_phrase(enum stall_level level)
{
	static const char *const phrases[] = {NULL, "in this state",
	    "of this priority in this state", "of this team and priority in this state"};

	return phrases[level];
}

struct stall_table *
stall_table_new(void)
{
	return mem_calloc(1, sizeof(struct stall_table));
}

void
stall_table_free(struct stall_table *table)
{
	size_t i;

	if (table == NULL)
		return;
	for (i = 0; i < table->keys.count; i++)
		histogram_free(&table->rows[i].dwells);
	mem_free(table->rows);
	intern_free(&table->keys);
	intern_free(&table->teams);
	mem_free(table);
}

/* A key of a level; a team is known by its number. INTERN_NONE as the team: none. */
static struct slice
key_of(
    char text[16], enum stall_level level, enum state state, enum priority priority, uint32_t team)
{
	text[0] = (char)('0' + level);
	text[1] = (char)('A' + state);
	text[2] = (char)('0' + (level >= STALL_BY_PRIORITY ? (int)priority : 0));
	memcpy(text + 3, &team, sizeof(team));
	return (struct slice){text, level == STALL_BY_TEAM ? 3 + sizeof(team) : 3};
}

static struct row *
row_of(struct stall_table *table, enum stall_level level, enum state state, enum priority priority,
    const char *team)
{
	uint32_t name =
	    level == STALL_BY_TEAM ? intern_add(&table->teams, slice_z(team)) : INTERN_NONE;
	char text[16];
	size_t count = table->keys.count;
	uint32_t number = intern_add(&table->keys, key_of(text, level, state, priority, name));

	if (number == count) {
		table->rows = mem_push(table->rows, number, &table->cap, sizeof(*table->rows));
		table->rows[number] = (struct row){.level = level,
		    .state = state,
		    .priority = priority,
		    .team = name != INTERN_NONE ? intern_text(&table->teams, name) : NULL};
	}
	return &table->rows[number];
}

void
stall_table_add(struct stall_table *table, enum state state, enum priority priority,
    const char *team, int64_t rested)
{
	int level;

	for (level = STALL_BY_STATE; level < STALL_LEVELS; level++)
		if (level != STALL_BY_TEAM || team != NULL)
			histogram_add(
			    &row_of(table, (enum stall_level)level, state, priority, team)->dwells,
			    rested);
}

/* Its dwells and their p90; false where they are too few. */
static bool
tell(const struct row *row, int64_t *dwells, int64_t *p90)
{
	*dwells = row->count > 0 ? row->count : row->dwells.count;
	*p90 = row->count > 0 ? row->p90 : histogram_quantile(&row->dwells, 900);
	return *dwells >= STALL_FEWEST;
}

bool
stall_table_look_up(const struct stall_table *table, enum state state, enum priority priority,
    const char *team, struct stall_threshold *threshold)
{
	uint32_t name = team != NULL ? intern_find(&table->teams, slice_z(team)) : INTERN_NONE;
	uint32_t number;
	int64_t dwells, p90;
	char text[16];
	int level;

	for (level = STALL_BY_TEAM; level > STALL_BY_DEFAULT; level--) {
		if (level == STALL_BY_TEAM && name == INTERN_NONE)
			continue;
		number = intern_find(
		    &table->keys, key_of(text, (enum stall_level)level, state, priority, name));
		if (number == INTERN_NONE || !tell(&table->rows[number], &dwells, &p90))
			continue;
		*threshold = (struct stall_threshold){p90, (enum stall_level)level, dwells};
		return true;
	}
	return false;
}

void
stall_table_to_json(const struct stall_table *table, struct json_writer *w, const char *key)
{
	const struct row *row;
	int64_t dwells, p90;
	size_t i;

	jsonw_open(w, key, '[');
	for (i = 0; i < table->keys.count; i++) {
		row = &table->rows[i];
		if (!tell(row, &dwells, &p90))
			continue;
		jsonw_open(w, NULL, '{');
		jsonw_text(w, "level", stall_level_word(row->level));
		jsonw_text(w, "state", word_of(WORDS_STATE, (int)row->state));
		if (row->level >= STALL_BY_PRIORITY)
			jsonw_text(w, "priority", word_of(WORDS_PRIORITY, (int)row->priority));
		if (row->level == STALL_BY_TEAM)
			jsonw_text(w, "team", row->team);
		jsonw_i64(w, "dwells", dwells);
		jsonw_i64(w, "p90", p90);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

static enum stall_level
read_level(const struct json *row)
{
	const char *text = json_text(json_get(row, "level"));
	int level;

	for (level = STALL_BY_STATE; level < STALL_LEVELS; level++)
		if (text_same(stall_level_word((enum stall_level)level), text))
			return (enum stall_level)level;
	return STALL_BY_DEFAULT;
}

static bool
read_row(struct stall_table *table, const struct json *json)
{
	enum stall_level level = read_level(json);
	const char *team = json_text(json_get(json, "team"));
	int64_t count, p90;
	struct row *row;

	if (level == STALL_BY_DEFAULT || (level == STALL_BY_TEAM && team == NULL) ||
	    !json_i64(json_get(json, "dwells"), &count) || count < STALL_FEWEST ||
	    !json_i64(json_get(json, "p90"), &p90) || p90 < 0)
		return false;
	row = row_of(table, level,
	    (enum state)word_value(WORDS_STATE, slice_z(json_text(json_get(json, "state")))),
	    (enum priority)word_value(
		WORDS_PRIORITY, slice_z(json_text(json_get(json, "priority")))),
	    team);
	row->count = count;
	row->p90 = p90;
	return true;
}

struct stall_table *
stall_table_from_json(const struct json *array)
{
	struct stall_table *table = stall_table_new();
	const struct json *one;

	for (one = json_first(array); one != NULL; one = json_next(one))
		if (!read_row(table, one))
			break;
	if (one == NULL && json_type(array) == JSON_ARRAY)
		return table;
	stall_table_free(table);
	return NULL;
}
