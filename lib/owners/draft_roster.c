/* draft_roster.c: a first roster from the people that a stream shows */
#include "owners/draft_roster.h"

#include "base/intern.h"
#include "base/mem.h"
#include "out/csv_writer.h"

#include <stdlib.h>
#include <string.h>

/* A person in a team; NULL: in none. */
struct place_held {
	const char *name, *team;
	int64_t seconds;
};

struct draft_roster {
	struct intern texts, pairs; /* a pair is the numbers of two texts, as bytes */
	struct place_held *held;    /* by number in pairs, until they are sorted */
	size_t cap;
};

struct draft_roster *
draft_roster_new(void)
{
	return mem_calloc(1, sizeof(struct draft_roster));
}

void
draft_roster_free(struct draft_roster *draft)
{
	if (draft == NULL)
		return;
	intern_free(&draft->texts);
	intern_free(&draft->pairs);
	mem_free(draft->held);
	mem_free(draft);
}

static struct place_held *
held_of(struct draft_roster *draft, const char *name, const char *team)
{
	uint32_t pair[2] = {intern_add(&draft->texts, slice_z(name)),
	    team != NULL ? intern_add(&draft->texts, slice_z(team)) : INTERN_NONE};
	size_t known = draft->pairs.count;
	uint32_t number =
	    intern_add(&draft->pairs, (struct slice){(const char *)pair, sizeof(pair)});

	if (number == known) {
		draft->held = mem_push(draft->held, number, &draft->cap, sizeof(*draft->held));
		draft->held[number] =
		    (struct place_held){.name = intern_text(&draft->texts, pair[0]),
			.team = team != NULL ? intern_text(&draft->texts, pair[1]) : NULL};
	}
	return &draft->held[number];
}

void
draft_roster_add(struct draft_roster *draft, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	const struct span *span;
	size_t i;

	for (i = 0; i < timeline->nspans; i++) {
		span = &timeline->spans[i];
		if (span->owner != NULL)
			held_of(draft, span->owner, span->team)->seconds += span->to - span->from;
	}
	if (timeline->now.owner != NULL)
		held_of(draft, timeline->now.owner, timeline->now.team);
}

/* By name; of one name a team before none, then the longest, then by team. */
static int
by_name(const void *a, const void *b)
{
	const struct place_held *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (order != 0)
		return order;
	if ((x->team == NULL) != (y->team == NULL))
		return x->team == NULL ? 1 : -1;
	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? 1 : -1;
	return x->team == NULL ? 0 : strcmp(x->team, y->team);
}

void
draft_roster_write(struct draft_roster *draft, struct buf *out)
{
	struct csv_writer w = csv_writer_to(out, false); /* it is read again, not looked at */
	size_t i, n = draft->pairs.count;
	int k;

	if (n > 0)
		qsort(draft->held, n, sizeof(*draft->held), by_name);
	buf_addz(out, "name,aliases,team,tier,calendar,from,until,away\n");
	for (i = 0; i < n; i++) {
		if (i > 0 && strcmp(draft->held[i].name, draft->held[i - 1].name) == 0)
			continue;
		csvw_text(&w, draft->held[i].name);
		csvw_empty(&w);
		if (draft->held[i].team != NULL)
			csvw_text(&w, draft->held[i].team);
		else
			csvw_empty(&w);
		for (k = 0; k < 5; k++)
			csvw_empty(&w);
		csvw_end(&w);
	}
}
