/* life_table.c: for each age the share that ended before the next, fading, by priority and team */
#include "risk/life_table.h"

#include "base/intern.h"
#include "base/mem.h"
#include "time/instant.h"

#include <math.h>

#define FIRST_STEP 300
#define FEWEST     30
/* A row is drawn to the wider one as if so many of its tickets had been seen besides; a step of all
 * tickets to the step before it. Chosen within the training period of the ServiceNow log. */
#define PRIOR      20.0
#define PRIOR_STEP 2.0
/* The weights grow by powers of two; before they get too large all are brought down. */
#define MOST_POWER 60.0

/* Weights of the tickets that left each step, and of those among them that ended. */
struct row {
	double left[LIFE_STEPS], ended[LIFE_STEPS];
	int64_t tickets; /* that ended, each counted whole */
	bool used;
};

struct life_table {
	struct intern teams;
	struct intern keys; /* of the rows by team: their numbers less those of the fixed rows */
	struct row *rows;   /* all tickets, then by priority, then by priority and team */
	size_t cap;
	double half_life;
	int64_t base;   /* the instant whose weight is 1 */
	int64_t latest; /* that was counted */
};

#define BY_PRIORITY 1
#define BY_TEAM     (BY_PRIORITY + PRIORITIES)

int64_t
life_step_from(int step)
{
	static int64_t from[LIFE_STEPS + 1];
	double edge = FIRST_STEP;
	int i;

	if (from[1] == 0)
		for (i = 1; i <= LIFE_STEPS; i++, edge *= 1.25)
			from[i] = (int64_t)edge;
	return from[step];
}

int
life_step_of(int64_t age)
{
	int low = 0, high = LIFE_STEPS, middle;

	while (low + 1 < high) {
		middle = (low + high) / 2;
		if (life_step_from(middle) <= age)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct life_table *
life_table_new(void)
{
	struct life_table *table = mem_calloc(1, sizeof(*table));

	table->rows = mem_calloc(BY_TEAM, sizeof(*table->rows));
	table->cap = BY_TEAM;
	life_table_clear(table, SECONDS_PER_DAY);
	return table;
}

void
life_table_free(struct life_table *table)
{
	if (table == NULL)
		return;
	intern_free(&table->teams);
	intern_free(&table->keys);
	mem_free(table->rows);
	mem_free(table);
}

static size_t
count_rows(const struct life_table *table)
{
	return BY_TEAM + table->keys.count;
}

void
life_table_clear(struct life_table *table, int64_t half_life)
{
	size_t i;

	for (i = 0; i < count_rows(table); i++)
		table->rows[i] = (struct row){0};
	table->half_life = (double)half_life;
	table->base = table->latest = INSTANT_NONE;
}

uint32_t
life_table_team(struct life_table *table, const char *team)
{
	return team != NULL ? intern_add(&table->teams, slice_z(team)) : INTERN_NONE;
}

uint32_t
life_table_find_team(const struct life_table *table, const char *team)
{
	return team != NULL ? intern_find(&table->teams, slice_z(team)) : INTERN_NONE;
}

static struct slice
key_of(char text[8], enum priority priority, uint32_t team)
{
	text[0] = (char)('0' + priority);
	memcpy(text + 1, &team, sizeof(team));
	return (struct slice){text, 1 + sizeof(team)};
}

/* The row of a team, made where there is none. */
static struct row *
team_row(struct life_table *table, enum priority priority, uint32_t team)
{
	size_t n = count_rows(table);
	char text[8];
	size_t number = BY_TEAM + intern_add(&table->keys, key_of(text, priority, team));

	if (number == n) {
		table->rows = mem_push(table->rows, n, &table->cap, sizeof(*table->rows));
		table->rows[n] = (struct row){0};
	}
	return &table->rows[number];
}

static const struct row *
find_team_row(const struct life_table *table, enum priority priority, uint32_t team)
{
	char text[8];
	uint32_t number = intern_find(&table->keys, key_of(text, priority, team));

	return number != INTERN_NONE ? &table->rows[BY_TEAM + number] : NULL;
}

/* The power of two that an instant weighs. */
static double
power_at(const struct life_table *table, int64_t at)
{
	return (double)(at - table->base) / table->half_life;
}

static void
bring_down(struct life_table *table, int64_t at)
{
	double share = exp2(-power_at(table, at));
	size_t i;
	int step;

	for (i = 0; i < count_rows(table); i++)
		for (step = 0; step < LIFE_STEPS; step++) {
			table->rows[i].left[step] *= share;
			table->rows[i].ended[step] *= share;
		}
	table->base = at;
}

static void
count_in(struct row *row, int step, bool ended, double weight)
{
	row->used = true;
	row->left[step] += weight;
	if (ended) {
		row->ended[step] += weight;
		row->tickets++;
	}
}

void
life_table_count(struct life_table *table, int64_t at, int step, enum priority priority,
    uint32_t team, bool ended)
{
	double weight;

	if (table->base == INSTANT_NONE)
		table->base = at;
	if (power_at(table, at) > MOST_POWER)
		bring_down(table, at);
	table->latest = at;
	weight = exp2(power_at(table, at));
	count_in(&table->rows[0], step, ended, weight);
	count_in(&table->rows[BY_PRIORITY + priority], step, ended, weight);
	if (team != INTERN_NONE)
		count_in(team_row(table, priority, team), step, ended, weight);
}

/* The share that ended in the step, drawn to what is wider. */
static double
share_of(const struct row *row, int step, double wider, double prior)
{
	return (row->ended[step] + prior * wider) / (row->left[step] + prior);
}

/* Walks over the steps from an age on until so much of the hazard has gathered. */
struct gathering {
	double sum, before; /* of the hazard, to the end and to the beginning of the step */
	double from, to;    /* the part of the step, in seconds */
};

static int64_t
cross(const struct gathering *now, double target, int64_t age)
{
	double at =
	    now->from + (now->to - now->from) * (target - now->before) / (now->sum - now->before);

	return (int64_t)ceil(at) - age;
}

bool
life_table_left(const struct life_table *table, enum priority priority, uint32_t team, int64_t age,
    struct life_left *left)
{
	const struct row *all = &table->rows[0], *one = &table->rows[BY_PRIORITY + priority];
	const struct row *narrow =
	    team != INTERN_NONE ? find_team_row(table, priority, team) : NULL;
	double weight, wide = 0.1, share, hazard;
	struct gathering now = {0, 0, 0, (double)age};
	int step, first = life_step_of(age);

	*left = (struct life_left){INT64_MAX, INT64_MAX};
	if (all->tickets < FEWEST)
		return false;
	weight = exp2(power_at(table, table->latest));
	for (step = 0; step < LIFE_STEPS - 1 && left->p90 == INT64_MAX; step++) {
		wide = share_of(all, step, wide, PRIOR_STEP * weight);
		if (step < first)
			continue;
		share = share_of(one, step, wide, PRIOR * weight);
		if (narrow != NULL)
			share = share_of(narrow, step, share, PRIOR * weight);
		hazard = -log1p(-fmin(share, 0.999999));
		now.from = now.to;
		now.to = (double)life_step_from(step + 1);
		now.before = now.sum;
		now.sum += hazard * (now.to - now.from) /
		    (double)(life_step_from(step + 1) - life_step_from(step));
		if (left->p50 == INT64_MAX && now.sum >= log(2))
			left->p50 = cross(&now, log(2), age);
		if (now.sum >= log(10))
			left->p90 = cross(&now, log(10), age);
	}
	return true;
}

static void
write_row(struct json_writer *w, const struct row *row, const char *priority, const char *team,
    double weight)
{
	int step, n = LIFE_STEPS;

	while (n > 0 && row->left[n - 1] <= 0)
		n--;
	jsonw_open(w, NULL, '{');
	jsonw_text(w, "priority", priority);
	jsonw_text(w, "team", team);
	jsonw_i64(w, "ended", row->tickets);
	jsonw_open(w, "steps", '[');
	for (step = 0; step < n; step++) {
		jsonw_begin(w, NULL);
		buf_addf(
		    w->out, "[%.6g,%.6g]", row->left[step] / weight, row->ended[step] / weight);
	}
	jsonw_close(w, ']');
	jsonw_close(w, '}');
}

void
life_table_to_json(const struct life_table *table, struct json_writer *w, const char *key)
{
	double weight = table->base != INSTANT_NONE ? exp2(power_at(table, table->latest)) : 1;
	struct slice name;
	uint32_t team;
	size_t i;
	int priority;

	jsonw_open(w, key, '[');
	write_row(w, &table->rows[0], NULL, NULL, weight);
	for (priority = 0; priority < PRIORITIES; priority++)
		if (table->rows[BY_PRIORITY + priority].used)
			write_row(w, &table->rows[BY_PRIORITY + priority],
			    priority == 0 ? "none" : word_of(WORDS_PRIORITY, priority), NULL,
			    weight);
	for (i = 0; i < table->keys.count; i++) {
		name = table->keys.texts[i];
		memcpy(&team, name.p + 1, sizeof(team));
		priority = name.p[0] - '0';
		if (table->rows[BY_TEAM + i].used)
			write_row(w, &table->rows[BY_TEAM + i],
			    priority == 0 ? "none" : word_of(WORDS_PRIORITY, priority),
			    intern_text(&table->teams, team), weight);
	}
	jsonw_close(w, ']');
}

static bool
read_steps(struct row *row, const struct json *steps)
{
	const struct json *one = json_first(steps), *left;
	int step;

	for (step = 0; step < LIFE_STEPS && one != NULL; step++, one = json_next(one)) {
		left = json_first(one);
		if (!json_double(left, &row->left[step]) ||
		    !json_double(json_next(left), &row->ended[step]) || row->ended[step] < 0 ||
		    row->left[step] < row->ended[step])
			return false;
	}
	return one == NULL && json_type(steps) == JSON_ARRAY;
}

static bool
read_row(struct life_table *table, const struct json *json)
{
	const char *priority = json_text(json_get(json, "priority"));
	const char *team = json_text(json_get(json, "team"));
	struct row *row;
	int number;

	if (priority == NULL) {
		row = &table->rows[0];
	} else {
		number = word_value(WORDS_PRIORITY, slice_z(priority));
		if (number == 0 && strcmp(priority, "none") != 0)
			return false;
		row = team == NULL
		    ? &table->rows[BY_PRIORITY + number]
		    : team_row(table, (enum priority)number, life_table_team(table, team));
	}
	row->used = true;
	return json_i64(json_get(json, "ended"), &row->tickets) && row->tickets >= 0 &&
	    read_steps(row, json_get(json, "steps"));
}

bool
life_table_from_json(struct life_table *table, const struct json *rows, int64_t latest)
{
	const struct json *one;

	table->base = table->latest = latest;
	for (one = json_first(rows); one != NULL; one = json_next(one))
		if (!read_row(table, one))
			return false;
	return json_type(rows) == JSON_ARRAY;
}

int64_t
life_table_latest(const struct life_table *table)
{
	return table->latest;
}
