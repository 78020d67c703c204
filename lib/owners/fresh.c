/* fresh.c: the findings that an earlier run did not tell yet */
#include "owners/fresh.h"

#include "time/instant.h"

static void
add_key(struct buf *key, const char *source, const char *ticket, const char *rule, int64_t first)
{
	baseline_add_part(key, source);
	baseline_add_part(key, ticket);
	buf_addf(key, "%s %lld", rule, (long long)first);
}

static bool
read_finding(const struct json *line, struct buf *key, int64_t *weight)
{
	const char *ticket = json_text(json_get(line, "ticket"));
	const char *rule = json_text(json_get(line, "rule"));
	const char *severity = json_text(json_get(line, "severity"));
	const char *evidence = json_text(json_first(json_get(line, "evidence")));
	int64_t first;

	if (ticket == NULL || rule == NULL || severity == NULL || evidence == NULL ||
	    severity_of(severity) == SEVERITY_NONE || !instant_parse(slice_z(evidence), &first))
		return false;
	add_key(key, json_text(json_get(line, "source")), ticket, rule, first);
	*weight = (int64_t)severity_of(severity);
	return true;
}

struct baseline *
findings_baseline(const char *path)
{
	return baseline_load(
	    path, "a baseline holds findings as --findings writes them (-f ndjson)", read_finding);
}

static bool
is_new(const struct baseline *baseline, const struct ticket *ticket, const struct finding *finding)
{
	struct buf key = {0};
	enum baseline_news news;

	add_key(&key, ticket->source, ticket->id, finding->rule, finding->evidence[0]);
	news = baseline_news(baseline, buf_slice(&key), (int64_t)finding->severity);
	buf_free(&key);
	return news != BASELINE_KNOWN;
}

void
findings_fresh(const struct baseline *baseline, const struct ticket *ticket,
    const struct findings *findings, struct findings *fresh, struct arena *arena)
{
	size_t i;

	*fresh = *findings;
	fresh->list = arena_alloc(arena, (findings->count + 1) * sizeof(*fresh->list));
	fresh->count = 0;
	for (i = 0; i < findings->count; i++)
		if (is_new(baseline, ticket, &findings->list[i]))
			fresh->list[fresh->count++] = findings->list[i];
}
