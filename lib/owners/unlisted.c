/* unlisted.c: people whom a stream shows and the roster does not list */
#include "owners/unlisted.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/mem.h"
#include "sla/act.h"

#include <stdlib.h>
#include <string.h>

#define NAMED 10 /* in the one note for all */

struct stranger {
	const char *name;
	int64_t tickets;
	int64_t latest; /* the ticket that was counted last, by its number */
};

struct unlisted {
	struct intern names;
	struct stranger *strangers; /* by number in names, until they are sorted */
	size_t cap;
	int64_t tickets;
};

struct unlisted *
unlisted_new(void)
{
	return mem_calloc(1, sizeof(struct unlisted));
}

void
unlisted_free(struct unlisted *unlisted)
{
	if (unlisted == NULL)
		return;
	intern_free(&unlisted->names);
	mem_free(unlisted->strangers);
	mem_free(unlisted);
}

static void
see(struct unlisted *unlisted, const struct policy *policy, const char *name)
{
	size_t known = unlisted->names.count;
	struct stranger *one;
	uint32_t number;

	if (policy_person(policy, name) != NULL)
		return;
	number = intern_add(&unlisted->names, slice_z(name));
	if (number == known) {
		unlisted->strangers = mem_push(
		    unlisted->strangers, known, &unlisted->cap, sizeof(*unlisted->strangers));
		unlisted->strangers[number] =
		    (struct stranger){intern_text(&unlisted->names, number), 0, 0};
	}
	one = &unlisted->strangers[number];
	one->tickets += one->latest != unlisted->tickets;
	one->latest = unlisted->tickets;
}

void
unlisted_add(struct unlisted *unlisted, const struct analysis *analysis)
{
	const struct timeline *timeline = &analysis->timeline;
	const char *owner, *last = NULL;
	const struct event *event;
	size_t i;

	if (!policy_has_roster(analysis->policy))
		return;
	unlisted->tickets++;
	for (i = 0; i <= timeline->nspans; i++) {
		owner = i < timeline->nspans ? timeline->spans[i].owner : timeline->now.owner;
		if (owner != NULL && !text_same(owner, last))
			see(unlisted, analysis->policy, owner);
		last = owner;
	}
	if (!ticket_has(timeline->ticket, EVIDENCE_ACTOR))
		return;
	for (i = 0; i < timeline->ntouches; i++) {
		event = timeline->touches[i].event;
		if (event->by != NULL && event_is_act(event))
			see(unlisted, analysis->policy, event->by);
	}
}

static int
by_tickets(const void *a, const void *b)
{
	const struct stranger *x = a, *y = b;

	if (x->tickets != y->tickets)
		return x->tickets < y->tickets ? 1 : -1;
	return strcmp(x->name, y->name);
}

static void
add_words(struct buf *text, const struct stranger *one)
{
	buf_addf(text, "%s (%lld ticket%s)", one->name, (long long)one->tickets,
	    one->tickets == 1 ? "" : "s");
}

void
unlisted_tell(struct unlisted *unlisted, bool all)
{
	size_t i, n = unlisted->names.count;
	struct buf text = {0};

	if (n == 0)
		return;
	qsort(unlisted->strangers, n, sizeof(*unlisted->strangers), by_tickets);
	for (i = 0; i < n && (all || i < NAMED); i++) {
		if (all)
			buf_clear(&text);
		else if (i > 0)
			buf_addz(&text, ", ");
		add_words(&text, &unlisted->strangers[i]);
		if (all)
			diag(DIAG_NOTICE, NOWHERE, "not in the roster: %s", buf_z(&text));
	}
	if (!all && n > NAMED)
		buf_addf(&text, " and %zu more (-v names all)", n - NAMED);
	if (!all)
		diag(DIAG_NOTICE, NOWHERE, "not in the roster, %zu %s: %s", n,
		    n == 1 ? "person" : "people", buf_z(&text));
	buf_free(&text);
}
