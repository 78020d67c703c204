/* piece_group.c: a group of a dimension as a line of a piece */
#include "base/num.h"
#include "report/piece/piece_text.h"

#define SAFE_NUMBER ((INT64_C(1) << 53) - 1)

void
piece_put_number(struct json_writer *w, const char *key, int64_t number)
{
	struct buf digits = {0};

	if (number <= SAFE_NUMBER && number >= -SAFE_NUMBER) {
		jsonw_i64(w, key, number);
		return;
	}
	buf_add_i64(&digits, number);
	jsonw_text(w, key, buf_z(&digits));
	buf_free(&digits);
}

bool
piece_get_number(const struct json *value, int64_t *number)
{
	if (json_type(value) == JSON_TEXT)
		return num_i64(slice_z(json_text(value)), number);
	return json_i64(value, number);
}

static void
put_counts(struct json_writer *w, const struct group *group)
{
	size_t i;
	int k, used;

	jsonw_open(w, "counts", '{');
	for (i = 0; i < COUNT_ROWS; i++) {
		used = 0;
		for (k = 0; k < count_rows[i].length; k++)
			if (count_of(group, count_rows[i].first + k) > 0)
				used = k + 1;
		if (used == 0)
			continue;
		if (count_rows[i].length == 1) {
			piece_put_number(
			    w, count_rows[i].name, count_of(group, count_rows[i].first));
			continue;
		}
		jsonw_open(w, count_rows[i].name, '[');
		for (k = 0; k < used; k++)
			piece_put_number(w, NULL, count_of(group, count_rows[i].first + k));
		jsonw_close(w, ']');
	}
	jsonw_close(w, '}');
}

/* [sum, min, max, bucket, count, bucket, count, ...] */
static void
put_spreads(struct json_writer *w, const struct group *group)
{
	const struct histogram *spread;
	uint32_t bucket;
	int64_t count;
	size_t i;
	int k;

	jsonw_open(w, "spreads", '{');
	for (k = 0; k < SPREADS; k++) {
		spread = spread_of(group, (enum spread)k);
		if (spread->count == 0)
			continue;
		jsonw_open(w, spread_rows[k].name, '[');
		piece_put_number(w, NULL, spread->sum);
		piece_put_number(w, NULL, spread->min);
		piece_put_number(w, NULL, spread->max);
		for (i = 0; i < spread->ncells; i++) {
			histogram_cell_at(spread, i, &bucket, &count);
			jsonw_i64(w, NULL, bucket);
			piece_put_number(w, NULL, count);
		}
		jsonw_close(w, ']');
	}
	jsonw_close(w, '}');
}

/* A name as text, everything else as its number. */
static void
put_key(
    struct json_writer *w, const struct report *report, enum dimension dimension, struct key key)
{
	enum key_part part;
	const char *name;
	int i;

	jsonw_open(w, "key", '[');
	for (i = 0; i < KEY_PARTS; i++) {
		part = dimension_part(dimension, i);
		if (part == KEY_NONE)
			continue;
		name = key_part_is_name(part) ? report_name_of(report, key.parts[i]) : NULL;
		if (name != NULL)
			jsonw_text(w, NULL, name);
		else
			jsonw_i64(w, NULL, key.parts[i]);
	}
	jsonw_close(w, ']');
}

void
piece_put_group(struct buf *out, const struct report *report, int window, enum dimension dimension,
    size_t index)
{
	const struct groups *groups = &report->groups[window][dimension];
	struct json_writer w = json_writer_to(out);

	jsonw_open(&w, NULL, '{');
	jsonw_open(&w, "group", '{');
	jsonw_i64(&w, "window", window);
	jsonw_text(&w, "by", dimension_name(dimension));
	put_key(&w, report, dimension, groups_key(groups, index));
	put_counts(&w, &groups->list[index]);
	put_spreads(&w, &groups->list[index]);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
}

static const char *
get_key(struct report *report, enum dimension dimension, const struct json *value, struct key *key)
{
	const struct json *one = json_first(value);
	enum key_part part;
	int64_t number;
	int i;

	*key = (struct key){{0}};
	for (i = 0; i < KEY_PARTS; i++) {
		part = dimension_part(dimension, i);
		if (part == KEY_NONE)
			continue;
		if (key_part_is_name(part) && json_type(one) == JSON_TEXT)
			key->parts[i] = report_name(report, KNOWN_NAME, json_text(one));
		else if (json_i64(one, &number) && number >= 0 && number <= key_part_most(part))
			key->parts[i] = (uint32_t)number;
		else
			return "a key that does not fit its dimension";
		one = json_next(one);
	}
	return one == NULL ? NULL : "a key that does not fit its dimension";
}

/* The row of the table of that name, looked for from *at on: they come in its order. */
static bool
find_measure(const char *name, size_t *at)
{
	for (; *at < COUNT_ROWS; (*at)++)
		if (strcmp(count_rows[*at].name, name) == 0)
			return true;
	return false;
}

static bool
get_count(struct group *group, int count, const struct json *value)
{
	int64_t number;

	if (!piece_get_number(value, &number) || number < 0 || group->layout->counts[count] < 0)
		return false;
	group_count(group, count, number);
	return true;
}

static bool
get_counts(struct group *group, const struct json *value)
{
	const struct json *one, *item;
	size_t at = 0;
	int k;

	for (one = json_first(value); one != NULL; one = json_next(one)) {
		if (!find_measure(json_key(one), &at))
			return false;
		if (count_rows[at].length == 1 && !get_count(group, count_rows[at].first, one))
			return false;
		item = count_rows[at].length > 1 ? json_first(one) : NULL;
		for (k = 0; item != NULL; item = json_next(item), k++)
			if (k >= count_rows[at].length ||
			    !get_count(group, count_rows[at].first + k, item))
				return false;
	}
	return true;
}

static bool
get_spread(struct histogram *spread, const struct json *value)
{
	const struct json *one = json_first(value);
	int64_t bucket, count, sum, min, max;

	if (!piece_get_number(one, &sum) || !piece_get_number(json_next(one), &min) ||
	    !piece_get_number(json_next(json_next(one)), &max))
		return false;
	one = json_next(json_next(json_next(one)));
	for (; one != NULL; one = json_next(json_next(one)))
		if (!json_i64(one, &bucket) || bucket < 0 || bucket > UINT32_MAX ||
		    !piece_get_number(json_next(one), &count) ||
		    !histogram_put(spread, (uint32_t)bucket, count))
			return false;
	return histogram_bound(spread, sum, min, max);
}

static bool
get_spreads(struct group *group, const struct json *value)
{
	const struct json *one;
	struct histogram spread;
	bool sound = true;
	int k;

	for (one = json_first(value); one != NULL && sound; one = json_next(one)) {
		for (k = 0; k < SPREADS; k++)
			if (strcmp(spread_rows[k].name, json_key(one)) == 0)
				break;
		if (k == SPREADS || group->layout->spreads[k] < 0)
			return false;
		spread = (struct histogram){0};
		sound = get_spread(&spread, one);
		if (sound)
			histogram_merge(&group->spreads[group->layout->spreads[k]], &spread);
		histogram_free(&spread);
	}
	return sound;
}

const char *
piece_get_group(struct report *report, const struct json *value)
{
	const char *name = json_text(json_get(value, "by")), *fault;
	int64_t window;
	struct group *group;
	struct key key;
	int dimension;

	for (dimension = 0; name != NULL && dimension < DIMENSIONS; dimension++)
		if (strcmp(dimension_name((enum dimension)dimension), name) == 0)
			break;
	if (name == NULL || dimension == DIMENSIONS)
		return "a dimension that this program does not have";
	if (!json_i64(json_get(value, "window"), &window) || window < 0 || window >= WINDOWS)
		return "a time that this program does not have";
	fault = get_key(report, (enum dimension)dimension, json_get(value, "key"), &key);
	if (fault != NULL)
		return fault;
	group = groups_at(&report->groups[window][dimension], key);
	if (!get_counts(group, json_get(value, "counts")))
		return "a count that its dimension does not have, or that is no number";
	if (!get_spreads(group, json_get(value, "spreads")))
		return "a histogram that is none";
	return NULL;
}
