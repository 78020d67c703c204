/* privacy_psa.c: the member `psa` without texts that are known to nobody */
#include "ingest/privacy_psa.h"

#include "data/walk.h"
#include "out/json_writer.h"
#include "time/instant.h"

struct writing {
	struct json_writer w;
	struct arena *arena;
	const char *(*find)(void *context, const char *text);
	void *context;
	int depth;
};

static const char *
key_of(struct writing *writing, const struct walk *walk)
{
	return walk->object ? arena_text(writing->arena, walk->key) : NULL;
}

/* The PSA's words for a status and a priority, as in the events. */
static bool
is_word(const struct writing *writing, const struct walk *walk)
{
	return writing->depth == 1 && walk->object &&
	    (slice_eq(walk->key, SLICE("status")) || slice_eq(walk->key, SLICE("priority")));
}

static void
write_text(struct writing *writing, const struct walk *walk)
{
	const char *text = raw_text(walk->value, writing->arena);
	int64_t instant;

	if (!is_word(writing, walk) && !instant_parse(slice_z(text), &instant))
		text = writing->find(writing->context, text);
	if (text != NULL)
		jsonw_text(&writing->w, key_of(writing, walk), text);
}

/* Ingest itself nests no deeper than psa.sla.METRIC.met; what is deeper is not its own. */
#define DEEPEST 8

static void write_children(struct writing *writing, struct slice raw);

static void
write_value(struct writing *writing, const struct walk *walk)
{
	bool object = raw_type(walk->value) == JSON_OBJECT;

	if (raw_type(walk->value) == JSON_TEXT) {
		write_text(writing, walk);
	} else if (!object && raw_type(walk->value) != JSON_ARRAY) {
		jsonw_raw(&writing->w, key_of(writing, walk), walk->value);
	} else if (writing->depth < DEEPEST) {
		jsonw_open(&writing->w, key_of(writing, walk), object ? '{' : '[');
		write_children(writing, walk->value);
		jsonw_close(&writing->w, object ? '}' : ']');
	}
}

static void
write_children(struct writing *writing, struct slice raw)
{
	struct walk walk = walk_into(raw, writing->arena);

	writing->depth++;
	while (walk_next(&walk))
		write_value(writing, &walk);
	writing->depth--;
}

void
privacy_psa(struct slice psa, struct arena *arena,
    const char *(*find)(void *context, const char *text), void *context, struct buf *out)
{
	struct writing writing = {json_writer_to(out), arena, find, context, 0};
	size_t start = out->n;

	if (psa.n == 0)
		return;
	jsonw_open(&writing.w, NULL, '{');
	write_children(&writing, psa);
	jsonw_close(&writing.w, '}');
	if (out->n - start == 2)
		out->n = start;
}
