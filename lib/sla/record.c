/* record.c: what the members `ownership` and `risk` have in common */
#include "sla/record.h"

#include "time/instant.h"

void
record_head_of(struct record_head *head, const struct analysis *analysis)
{
	const struct span *now = &analysis->timeline.now;

	*head = (struct record_head){analysis->timeline.as_of, policy_hash(analysis->policy),
	    now->state, now->owner, now->team, now->priority};
}

void
record_head_to_json(const struct record_head *head, struct json_writer *w)
{
	record_instant(w, "as_of", head->as_of);
	jsonw_word(w, "policy", head->policy);
	jsonw_word(w, "state", word_of(WORDS_STATE, (int)head->state));
	jsonw_text(w, "owner", head->owner);
	jsonw_text(w, "team", head->team);
	jsonw_word(w, "priority", word_of(WORDS_PRIORITY, (int)head->priority));
}

int64_t
record_read_instant(const struct json *object, const char *key)
{
	const char *text = json_text(json_get(object, key));
	int64_t instant;

	if (text == NULL || !instant_parse(slice_z(text), &instant))
		return INSTANT_NONE;
	return instant;
}

int64_t
record_read_known(const struct json *object, const char *key)
{
	int64_t number;

	return json_i64(json_get(object, key), &number) ? number : -1;
}

int64_t
record_read_count(const struct json *object, const char *key)
{
	int64_t number = record_read_known(object, key);

	return number > 0 ? number : 0;
}

int
record_read_word(
    const struct json *object, const char *key, const char *(*word)(int), int count, int fallback)
{
	const char *text = json_text(json_get(object, key));
	int i;

	for (i = 0; i < count; i++)
		if (text_same(word(i), text))
			return i;
	return fallback;
}

const char *
record_read_text(const struct json *object, const char *key, struct arena *arena)
{
	return arena_textz(arena, json_text(json_get(object, key)));
}

static int
read_word(const struct json *object, const char *key, enum vocabulary words)
{
	return word_value(words, slice_z(json_text(json_get(object, key))));
}

void
record_head_from_json(struct record_head *head, const struct json *object, struct arena *arena)
{
	head->as_of = record_read_instant(object, "as_of");
	head->policy = record_read_text(object, "policy", arena);
	head->state = (enum state)read_word(object, "state", WORDS_STATE);
	head->owner = record_read_text(object, "owner", arena);
	head->team = record_read_text(object, "team", arena);
	head->priority = (enum priority)read_word(object, "priority", WORDS_PRIORITY);
}

int64_t
record_as_of(struct slice annotation)
{
	static const char start[] = "{\"as_of\":\"";
	size_t n = sizeof(start) - 1;
	int64_t instant;

	if (annotation.n < n + 20 || memcmp(annotation.p, start, n) != 0 ||
	    !instant_parse((struct slice){annotation.p + n, 20}, &instant))
		return INSTANT_NONE;
	return instant;
}
