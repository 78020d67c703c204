/* baseline.c: the findings of an earlier run, so that only what is new need be told */
#include "owners/baseline.h"

#include "base/diag.h"
#include "base/input.h"
#include "base/intern.h"
#include "base/mem.h"
#include "data/json.h"
#include "time/instant.h"

struct baseline {
	struct intern keys;
	enum severity *severities; /* by number of the key */
	size_t cap;
};

/* The parts are kept apart by a byte that no text of the stream holds. */
static void
add_key(struct buf *key, const char *source, const char *ticket, const char *rule, int64_t first)
{
	buf_clear(key);
	buf_addz(key, source != NULL ? source : "");
	buf_addc(key, '\0');
	buf_addz(key, ticket);
	buf_addc(key, '\0');
	buf_addf(key, "%s %lld", rule, (long long)first);
}

static bool
read_finding(struct baseline *baseline, const struct json *value, struct buf *key)
{
	const char *ticket = json_text(json_get(value, "ticket"));
	const char *rule = json_text(json_get(value, "rule"));
	const char *severity = json_text(json_get(value, "severity"));
	const char *evidence = json_text(json_first(json_get(value, "evidence")));
	enum severity worst;
	int64_t first;
	uint32_t number;
	size_t known = baseline->keys.count;

	if (ticket == NULL || rule == NULL || severity == NULL || evidence == NULL ||
	    severity_of(severity) == SEVERITY_NONE || !instant_parse(slice_z(evidence), &first))
		return false;
	add_key(key, json_text(json_get(value, "source")), ticket, rule, first);
	number = intern_add(&baseline->keys, buf_slice(key));
	worst = severity_of(severity);
	baseline->severities =
	    mem_push(baseline->severities, number, &baseline->cap, sizeof(*baseline->severities));
	if (number < known && baseline->severities[number] > worst)
		worst = baseline->severities[number];
	baseline->severities[number] = worst;
	return true;
}

static int
read_lines(struct baseline *baseline, struct input *input)
{
	struct arena arena = {0};
	struct buf key = {0};
	struct lines lines = {0};
	struct slice line;
	struct place place = {.file = input->name};
	const struct json *value;
	struct json_error error;
	int result;

	lines_start(&lines, input);
	while ((result = lines_next(&lines, &line)) == 1) {
		arena_reset(&arena);
		place.line = lines.number;
		value = line.n > 0 ? json_parse(&arena, line, &error) : NULL;
		if (line.n > 0 && (value == NULL || !read_finding(baseline, value, &key))) {
			diag(DIAG_BAD_BASELINE, place,
			    "a baseline holds findings as --findings writes them (-f ndjson)");
			result = -1;
			break;
		}
	}
	lines_free(&lines);
	buf_free(&key);
	arena_free(&arena);
	return result;
}

struct baseline *
baseline_load(const char *path)
{
	struct baseline *baseline = mem_calloc(1, sizeof(*baseline));
	struct input input = {0};
	int result = input_open(&input, path);

	if (result == 0)
		result = read_lines(baseline, &input);
	input_close(&input);
	if (result == 0)
		return baseline;
	baseline_free(baseline);
	return NULL;
}

void
baseline_free(struct baseline *baseline)
{
	if (baseline == NULL)
		return;
	intern_free(&baseline->keys);
	mem_free(baseline->severities);
	mem_free(baseline);
}

bool
baseline_is_new(
    const struct baseline *baseline, const struct ticket *ticket, const struct finding *finding)
{
	struct buf key = {0};
	uint32_t number;

	add_key(&key, ticket->source, ticket->id, finding->rule, finding->evidence[0]);
	number = intern_find(&baseline->keys, buf_slice(&key));
	buf_free(&key);
	return number == INTERN_NONE || baseline->severities[number] < finding->severity;
}

void
baseline_filter(const struct baseline *baseline, const struct ticket *ticket,
    const struct findings *findings, struct findings *fresh, struct arena *arena)
{
	size_t i;

	*fresh = *findings;
	fresh->list = arena_alloc(arena, (findings->count + 1) * sizeof(*fresh->list));
	fresh->count = 0;
	for (i = 0; i < findings->count; i++)
		if (baseline_is_new(baseline, ticket, &findings->list[i]))
			fresh->list[fresh->count++] = findings->list[i];
}
