/* ticket_ids.c: which tickets a report has counted */
#include "report/count/ticket_ids.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

void
ticket_ids_add(struct ticket_ids *ids, const char *source, const char *id)
{
	struct buf text = {0};
	uint64_t number = 0;
	char hex[65];
	int i;

	buf_add(&text, source, strlen(source) + 1);
	buf_addz(&text, id);
	hash_sha256(buf_slice(&text), hex);
	buf_free(&text);
	for (i = 0; i < 16; i++)
		number = number << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
	ticket_ids_push(ids, number);
}

void
ticket_ids_push(struct ticket_ids *ids, uint64_t id)
{
	ids->list = mem_push(ids->list, ids->count, &ids->cap, sizeof(*ids->list));
	ids->list[ids->count++] = id;
}

static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

void
ticket_ids_sort(struct ticket_ids *ids)
{
	size_t i, n = 0;

	if (ids->count > 1)
		qsort(ids->list, ids->count, sizeof(*ids->list), compare);
	for (i = 0; i < ids->count; i++)
		if (n == 0 || ids->list[i] != ids->list[n - 1])
			ids->list[n++] = ids->list[i];
	ids->count = n;
}

size_t
ticket_ids_common(const struct ticket_ids *a, const struct ticket_ids *b)
{
	size_t i = 0, k = 0, n = 0;

	while (i < a->count && k < b->count) {
		if (a->list[i] == b->list[k])
			n++;
		if (a->list[i] <= b->list[k])
			i++;
		else
			k++;
	}
	return n;
}

void
ticket_ids_free(struct ticket_ids *ids)
{
	mem_free(ids->list);
	*ids = (struct ticket_ids){0};
}
