/* load.c: how many open tickets an owner or a team had, at every moment */
#include "risk/load.h"

#include "base/mem.h"

#include <stdlib.h>

uint32_t
load_holder(struct load *load, const char *name)
{
	return name != NULL ? intern_add(&load->holders, slice_z(name)) : INTERN_NONE;
}

static void
change(struct load *load, uint32_t holder, int64_t at, int32_t tickets)
{
	if (holder == INTERN_NONE)
		return;
	load->changes = mem_push(load->changes, load->nchanges, &load->cap, sizeof(*load->changes));
	load->changes[load->nchanges++] = (struct load_change){at, holder, tickets};
}

static uint32_t
holder_in(struct load *load, enum load_kind kind, const struct span *span)
{
	if (!span->live)
		return INTERN_NONE;
	return load_holder(load, kind == LOAD_OWNER ? span->owner : span->team);
}

/* The last span goes on: at the as-of instant itself it still holds. */
void
load_add(struct load *load, enum load_kind kind, const struct timeline *timeline)
{
	uint32_t before = INTERN_NONE, now;
	const struct span *span;
	int64_t at;
	size_t i;

	for (i = 0; i <= timeline->nspans; i++) {
		span = i < timeline->nspans ? &timeline->spans[i] : &timeline->now;
		at = i < timeline->nspans ? span->from : timeline->as_of;
		now = holder_in(load, kind, span);
		if (now != before) {
			change(load, before, at, -1);
			change(load, now, at, 1);
		}
		before = now;
	}
}

static int
compare(const void *a, const void *b)
{
	const struct load_change *x = a, *y = b;

	if (x->holder != y->holder)
		return x->holder < y->holder ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

void
load_settle(struct load *load)
{
	size_t i;

	if (load->nchanges > 0)
		qsort(load->changes, load->nchanges, sizeof(*load->changes), compare);
	for (i = 1; i < load->nchanges; i++)
		if (load->changes[i].holder == load->changes[i - 1].holder)
			load->changes[i].tickets += load->changes[i - 1].tickets;
}

int64_t
load_at(const struct load *load, uint32_t holder, int64_t at)
{
	size_t low = 0, high = load->nchanges, middle;
	const struct load_change *one;

	/* The first change that is another holder's, or later. */
	while (low < high) {
		middle = low + (high - low) / 2;
		one = &load->changes[middle];
		if (one->holder > holder || (one->holder == holder && one->at > at))
			high = middle;
		else
			low = middle + 1;
	}
	if (low == 0 || load->changes[low - 1].holder != holder)
		return 0;
	return load->changes[low - 1].tickets;
}

void
load_free(struct load *load)
{
	intern_free(&load->holders);
	mem_free(load->changes);
	*load = (struct load){0};
}
