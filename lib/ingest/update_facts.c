/* update_facts.c: what the store knows beside its tickets, as JSON */
#include "ingest/update_facts.h"

#include "data/ticket_json.h"
#include "data/walk.h"
#include "out/json_writer.h"
#include "time/instant.h"

#include <string.h>

static const char *
watch_name(int watch, char name[64])
{
	static const char *const names[] = {"owner", "team", "priority", "status"};
	const char *metric;

	if (watch < WATCH_DUE)
		return names[watch];
	metric = word_of(WORDS_METRIC, watch - WATCH_DUE);
	if (metric == NULL)
		return NULL;
	name[0] = '\0';
	strncat(name, "due.", 63);
	strncat(name, metric, 63 - strlen(name));
	return name;
}

static void
write_instant(struct json_writer *w, const char *key, int64_t instant)
{
	jsonw_begin(w, key);
	json_add_instant(w->out, instant);
}

/* What a member that is missing means: that the latest row showed it; no due instant. */
static int64_t
usual(const struct showing *showing, int watch)
{
	return watch < WATCH_DUE ? showing->at : INSTANT_NONE;
}

void
showing_to_json(const struct showing *showing, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	const char *name;
	char room[64];
	int i;

	jsonw_open(&w, NULL, '{');
	write_instant(&w, "last_seen", showing->seen);
	write_instant(&w, "shown", showing->at);
	for (i = 0; i < WATCHES; i++) {
		name = watch_name(i, room);
		if (name != NULL && showing->known[i] != usual(showing, i))
			write_instant(&w, name, showing->known[i]);
	}
	jsonw_close(&w, '}');
}

static bool
read_instant(struct slice object, const char *key, struct arena *arena, int64_t *instant)
{
	struct slice raw = raw_get(object, key, arena);

	if (raw.n == 0)
		return true;
	if (raw_type(raw) == JSON_NULL) {
		*instant = INSTANT_NONE;
		return true;
	}
	return raw_type(raw) == JSON_TEXT && instant_parse(raw_chars(raw, arena), instant);
}

bool
showing_from_scan(const struct scan *scan, struct arena *arena, struct showing *showing)
{
	const struct member *member = scan_find(scan, "store");
	const char *name;
	char room[64];
	int i;

	showing->seen = showing->at = INSTANT_NONE;
	if (member == NULL || !read_instant(member->value, "last_seen", arena, &showing->seen) ||
	    !read_instant(member->value, "shown", arena, &showing->at) ||
	    showing->seen == INSTANT_NONE || showing->at == INSTANT_NONE)
		return false;
	for (i = 0; i < WATCHES; i++) {
		name = watch_name(i, room);
		showing->known[i] = usual(showing, i);
		if (name != NULL && !read_instant(member->value, name, arena, &showing->known[i]))
			return false;
	}
	return true;
}

void
list_facts_to_seal(
    const struct list_facts *facts, int64_t tickets, int64_t refused, struct buf *out)
{
	struct json_writer w = json_writer_to(out);

	jsonw_open(&w, NULL, '{');
	jsonw_i64(&w, "v", 1);
	jsonw_open(&w, "end", '{');
	jsonw_i64(&w, "tickets", tickets);
	jsonw_i64(&w, "refused", refused);
	jsonw_close(&w, '}');
	jsonw_open(&w, "store", '{');
	write_instant(&w, "as_of", facts->as_of);
	jsonw_text(&w, "list", facts->hash);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
}

bool
list_facts_from_seal(struct slice line, struct list_facts *facts)
{
	struct scan scan = {0};
	struct arena arena = {0};
	const struct member *store;
	struct slice hash;
	bool read = false;

	facts->as_of = INSTANT_NONE;
	store = scan_line(&scan, line) && scan_find(&scan, "end") != NULL
	    ? scan_find(&scan, "store")
	    : NULL;
	if (store != NULL && read_instant(store->value, "as_of", &arena, &facts->as_of)) {
		hash = raw_get(store->value, "list", &arena);
		if (raw_type(hash) == JSON_TEXT)
			hash = raw_chars(hash, &arena);
		read = hash.n == sizeof(facts->hash) - 1 && facts->as_of != INSTANT_NONE;
		if (read)
			memcpy(facts->hash, hash.p, hash.n);
		facts->hash[sizeof(facts->hash) - 1] = '\0';
	}
	scan_free(&scan);
	arena_free(&arena);
	return read;
}
