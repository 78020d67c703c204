/* group.c: counts and histograms by key */
#include "report/count/group.h"

#include "base/mem.h"

const struct count_row count_rows[COUNT_ROWS] = {
#define COUNT(family, id, name)             {name, COUNT_##id, 1, FAMILY_##family},
#define COUNTS_OF(family, id, name, length) {name, COUNT_##id, (length), FAMILY_##family},
#include "report/count/measures.def"
#undef COUNT
#undef COUNTS_OF
};

const struct spread_row spread_rows[SPREADS] = {
#define SPREAD(family, id, name) {name, FAMILY_##family},
#include "report/count/measures.def"
#undef SPREAD
};

void
layout_of(struct layout *layout, unsigned families)
{
	bool counted;
	size_t i;
	int k;

	*layout = (struct layout){0};
	for (i = 0; i < COUNT_ROWS; i++) {
		counted = (count_rows[i].family & families) != 0;
		for (k = 0; k < count_rows[i].length; k++)
			layout->counts[count_rows[i].first + k] =
			    (int16_t)(counted ? (int)layout->ncounts++ : -1);
	}
	for (i = 0; i < SPREADS; i++)
		layout->spreads[i] =
		    (int16_t)((spread_rows[i].family & families) != 0 ? (int)layout->nspreads++
								      : -1);
}

static struct slice
key_bytes(const struct key *key)
{
	return (struct slice){(const char *)key->parts, sizeof(key->parts)};
}

struct group *
groups_at(struct groups *groups, struct key key)
{
	struct group *group;

	if (groups->count > 0 && memcmp(&key, &groups->latest, sizeof(key)) == 0)
		return &groups->list[groups->latest_at];
	groups->latest = key;
	groups->latest_at = intern_add(&groups->keys, key_bytes(&key));
	if (groups->latest_at < groups->count)
		return &groups->list[groups->latest_at];
	groups->list = mem_push(groups->list, groups->count, &groups->cap, sizeof(*groups->list));
	group = &groups->list[groups->count++];
	*group = (struct group){.layout = &groups->layout, .held = -1};
	group->counts =
	    arena_calloc(&groups->arena, groups->layout.ncounts, sizeof(*group->counts));
	group->spreads =
	    arena_calloc(&groups->arena, groups->layout.nspreads, sizeof(*group->spreads));
	return group;
}

const struct group *
groups_find(const struct groups *groups, struct key key)
{
	uint32_t index = intern_find(&groups->keys, key_bytes(&key));

	return index == INTERN_NONE ? NULL : &groups->list[index];
}

struct key
groups_key(const struct groups *groups, size_t index)
{
	struct key key;

	memcpy(key.parts, intern_text(&groups->keys, (uint32_t)index), sizeof(key.parts));
	return key;
}

void
groups_free(struct groups *groups)
{
	size_t i, k;

	for (i = 0; i < groups->count; i++)
		for (k = 0; k < groups->layout.nspreads; k++)
			histogram_free(&groups->list[i].spreads[k]);
	mem_free(groups->list);
	mem_free(groups->touched);
	intern_free(&groups->keys);
	arena_free(&groups->arena);
}

static void
add_count(struct group *group, int count, int64_t number)
{
	int at = group->layout->counts[count];
	int64_t *sum;

	if (at < 0 || number <= 0)
		return;
	sum = &group->counts[at];
	*sum = number > INT64_MAX - *sum ? INT64_MAX : *sum + number;
}

void
group_count(struct group *group, int count, int64_t number)
{
	struct tap *tap = group->layout->tap;

	if (tap != NULL && number > 0 && group->layout->counts[count] >= 0)
		tap->take(tap, group, count, number);
	add_count(group, count, number);
}

void
group_spread(struct group *group, enum spread spread, int64_t value)
{
	int at = group->layout->spreads[spread];

	if (at < 0)
		return;
	if (group->layout->tap != NULL)
		group->layout->tap->take(group->layout->tap, group, COUNTS + (int)spread, value);
	histogram_add(&group->spreads[at], value);
}

void
group_merge(struct group *group, const struct group *from)
{
	size_t i;

	for (i = 0; i < COUNTS; i++)
		add_count(group, (int)i, count_of(from, (int)i));
	for (i = 0; i < group->layout->nspreads; i++)
		histogram_merge(&group->spreads[i], &from->spreads[i]);
}

int64_t
count_of(const struct group *group, int count)
{
	int at = group != NULL ? group->layout->counts[count] : -1;

	return at < 0 ? 0 : group->counts[at];
}

const struct histogram *
spread_of(const struct group *group, enum spread spread)
{
	static const struct histogram none;
	int at = group != NULL ? group->layout->spreads[spread] : -1;

	return at < 0 ? &none : &group->spreads[at];
}

int64_t
clock_count(const struct group *group, enum metric metric, int state)
{
	return count_of(group, COUNT_CLOCKS + (int)metric * CLOCK_COUNTS + state);
}

int64_t
verdict_count(const struct group *group, enum metric metric, enum verdict verdict)
{
	return count_of(group, COUNT_VERDICTS + (int)metric * VERDICTS + (int)verdict);
}
