/* candidates.c: which targets can fit a ticket of a client, so that few of thousands are tried */
#include "policy/candidates.h"

#include "base/mem.h"
#include "policy/loader.h"

/* Kept numbers before all are forgotten: clients beyond reason must not fill the memory. */
#define KEPT_MAX ((size_t)1 << 20)

struct list {
	size_t first, n; /* in the numbers */
};

struct candidates {
	struct intern clients; /* the empty text is the unknown one */
	struct list *lists;    /* by number in clients */
	size_t lists_cap;
	uint32_t *numbers;
	size_t nnumbers, numbers_cap;
};

struct candidates *
candidates_new(void)
{
	return mem_calloc(1, sizeof(struct candidates));
}

void
candidates_free(struct candidates *candidates)
{
	if (candidates == NULL)
		return;
	intern_free(&candidates->clients);
	mem_free(candidates->lists);
	mem_free(candidates->numbers);
	mem_free(candidates);
}

static void
make_list(struct candidates *c, const struct policy *policy, const char *client, uint32_t number)
{
	size_t i, first = c->nnumbers;

	for (i = 0; i < policy->nrules; i++) {
		if (!match_fits_client(&policy->rules[i].match, client))
			continue;
		c->numbers =
		    mem_push(c->numbers, c->nnumbers, &c->numbers_cap, sizeof(*c->numbers));
		c->numbers[c->nnumbers++] = (uint32_t)i;
	}
	c->lists = mem_push(c->lists, number, &c->lists_cap, sizeof(*c->lists));
	c->lists[number] = (struct list){first, c->nnumbers - first};
}

const uint32_t *
candidates_of(struct candidates *c, const struct policy *policy, const char *client, size_t *n)
{
	struct slice key = slice_z(client != NULL ? client : "");
	size_t known = c->clients.count;
	uint32_t number;

	if (c->nnumbers + known > KEPT_MAX) {
		intern_free(&c->clients);
		known = c->nnumbers = 0;
	}
	number = intern_add(&c->clients, key);
	if (number == known)
		make_list(c, policy, client, number);
	*n = c->lists[number].n;
	return *n > 0 ? c->numbers + c->lists[number].first : NULL;
}
