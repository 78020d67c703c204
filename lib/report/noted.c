/* noted.c: tickets that a review names, the first of each kind */
#include "report/noted.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

void
noted_start(struct noted *noted, int64_t limit)
{
	int kind;

	*noted = (struct noted){0};
	for (kind = 0; kind < NOTED_KINDS; kind++)
		noted->kinds[kind].limit = kind == NOTED_SILENT ? NOTED_SILENCES : limit;
}

static int
compare(const void *a, const void *b)
{
	const struct note *x = a, *y = b;
	int order;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	order = text_cmp(x->source, y->source);
	if (order == 0)
		order = text_cmp(x->id, y->id);
	return order != 0 ? order : (int)x->metric - (int)y->metric;
}

static int
compare_pointers(const void *a, const void *b)
{
	return compare(*(const struct note *const *)a, *(const struct note *const *)b);
}

static void
own_texts(struct note *note)
{
	const char **texts[] = {
	    &note->source, &note->id, &note->title, &note->rule, &note->finding};
	size_t i, at = 0, ntexts = sizeof(texts) / sizeof(texts[0]);
	struct buf all = {0};

	for (i = 0; i < ntexts; i++)
		if (*texts[i] != NULL)
			buf_add(&all, *texts[i], strlen(*texts[i]) + 1);
	note->memory = mem_alloc(all.n + 1);
	if (all.n > 0)
		memcpy(note->memory, all.p, all.n);
	buf_free(&all);
	for (i = 0; i < ntexts; i++) {
		if (*texts[i] == NULL)
			continue;
		*texts[i] = note->memory + at;
		at += strlen(*texts[i]) + 1;
	}
}

/* Twice the limit are kept before the worse half goes: a sort for so many is cheap for each. */
void
noted_put(struct noted *noted, enum noted_kind kind, const struct note *note)
{
	size_t limit = (size_t)noted->kinds[kind].limit, count = noted->kinds[kind].count;
	struct note *list = noted->kinds[kind].list;

	if (limit > 0 && count / 2 >= limit) {
		qsort(list, count, sizeof(*list), compare);
		while (count > limit)
			mem_free(list[--count].memory);
	}
	list = mem_push(list, count, &noted->kinds[kind].cap, sizeof(*list));
	list[count] = *note;
	own_texts(&list[count]);
	noted->kinds[kind].list = list;
	noted->kinds[kind].count = count + 1;
}

const struct note **
noted_sorted(const struct noted *noted, enum noted_kind kind, struct arena *arena, size_t *n)
{
	size_t count = noted->kinds[kind].count, limit = (size_t)noted->kinds[kind].limit, i;
	const struct note **list = arena_calloc(arena, count + 1, sizeof(*list));

	for (i = 0; i < count; i++)
		list[i] = &noted->kinds[kind].list[i];
	qsort(list, count, sizeof(const struct note *), compare_pointers);
	*n = limit > 0 && count > limit ? limit : count;
	return list;
}

void
noted_free(struct noted *noted)
{
	size_t i;
	int kind;

	for (kind = 0; kind < NOTED_KINDS; kind++) {
		for (i = 0; i < noted->kinds[kind].count; i++)
			mem_free(noted->kinds[kind].list[i].memory);
		mem_free(noted->kinds[kind].list);
	}
	*noted = (struct noted){0};
}
