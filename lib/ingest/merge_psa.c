/* merge_psa.c: the member psa of a ticket as it is stored and as tonight's list shows it */
#include "base/buf.h"
#include "data/ticket_json.h"
#include "data/walk.h"
#include "ingest/build.h"
#include "ingest/merge.h"
#include "out/json_writer.h"
#include "time/instant.h"

/* The PSA's dates are there where they are not the ticket's own: sla-stream(5). */
static bool
is_date(struct slice key)
{
	return slice_eq(key, SLICE("resolved")) || slice_eq(key, SLICE("closed"));
}

static void
write_date(struct json_writer *w, const char *key, int64_t instant)
{
	jsonw_begin(w, key);
	json_add_instant(w->out, instant);
}

/* The fresh ticket's own word for its end, in psa or as the ticket's end. */
static void
write_end(struct json_writer *w, struct arena *arena, const struct ticket *fresh, const char *key,
    int64_t own, int64_t merged)
{
	struct slice date = raw_get(fresh->psa, key, arena);

	if (date.n > 0)
		jsonw_raw(w, key, date);
	else if (own != INSTANT_NONE && own != merged)
		write_date(w, key, own);
}

static void
copy_members(struct json_writer *w, struct arena *arena, struct slice psa, struct slice but)
{
	struct walk walk = walk_into(psa, arena);

	while (walk_next(&walk))
		if (!is_date(walk.key) && !slice_eq(walk.key, SLICE("sla")) &&
		    raw_get(but, arena_text(arena, walk.key), arena).n == 0)
			jsonw_raw(w, arena_text(arena, walk.key), walk.value);
}

static void
merge_verdict(struct psa_sla *fresh, const struct psa_sla *stored)
{
	if (!stored->known)
		return;
	if (!fresh->known) {
		*fresh = *stored;
		return;
	}
	if (fresh->met == stored->met && stored->at != INSTANT_NONE)
		fresh->at = stored->at;
}

void
merge_psa(struct arena *arena, const struct ticket *stored, const struct ticket *fresh,
    struct ticket *ticket)
{
	struct buf psa = {0};
	struct json_writer w = json_writer_to(&psa);
	int i;

	for (i = 1; i < METRICS; i++)
		merge_verdict(&ticket->sla[i], &stored->sla[i]);
	jsonw_open(&w, NULL, '{');
	copy_members(&w, arena, fresh->psa, (struct slice){NULL, 0});
	copy_members(&w, arena, stored->psa, fresh->psa);
	write_end(&w, arena, fresh, "resolved", fresh->resolved, ticket->resolved);
	write_end(&w, arena, fresh, "closed", fresh->closed, ticket->closed);
	build_psa_sla(&w, ticket->sla);
	jsonw_close(&w, '}');
	ticket->psa = (struct slice){NULL, 0};
	if (psa.n > 2)
		ticket->psa = (struct slice){arena_text(arena, buf_slice(&psa)), psa.n};
	buf_free(&psa);
}
