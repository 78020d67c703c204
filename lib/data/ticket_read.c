/* ticket_read.c: tickets and events from JSON, as sla-stream(5) has them */
#include "base/mem.h"
#include "data/json.h"
#include "data/ticket_json.h"
#include "data/walk.h"
#include "time/instant.h"

#include <string.h>

/* What is being read: where texts go, and what to say where it fails. */
struct reading {
	struct arena *arena;
	struct arena *scratch; /* for what is looked at only */
	const char *fault;
};

/* A member that is understood: how it is read, and where to in the ticket or event. */
struct known {
	struct slice key;
	bool (*read)(
	    struct reading *reading, struct slice raw, const struct known *known, void *object);
	size_t offset;
	enum vocabulary words;
};

static bool
wrong(struct reading *reading, const char *what)
{
	reading->fault = what;
	return false;
}

static inline void *
target(void *object, const struct known *known)
{
	return (char *)object + known->offset;
}

static bool
read_text(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	const char **text = target(object, known);

	if (raw_type(raw) == JSON_NULL)
		return true;
	if (raw_type(raw) != JSON_TEXT)
		return wrong(reading, "must be a string or null");
	*text = raw_text(raw, reading->arena);
	return true;
}

static bool
parse_instant(struct reading *reading, struct slice raw, int64_t *instant)
{
	if (raw_type(raw) == JSON_NULL)
		return true;
	if (raw_type(raw) != JSON_TEXT || !instant_parse(raw_chars(raw, reading->scratch), instant))
		return wrong(reading, "must be an RFC 3339 instant from 1950 to 2100, or null");
	return true;
}

static bool
read_instant(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	return parse_instant(reading, raw, target(object, known));
}

static bool
parse_word(struct reading *reading, struct slice raw, enum vocabulary words, int *number)
{
	if (raw_type(raw) == JSON_NULL)
		return true;
	if (raw_type(raw) != JSON_TEXT)
		return wrong(reading, "must be a string or null");
	*number = word_value(words, raw_chars(raw, reading->scratch));
	return *number != 0 || wrong(reading, "has a word that sla-stream(5) does not know");
}

static size_t
count_children(struct slice raw, struct arena *scratch)
{
	struct walk walk = walk_into(raw, scratch);
	size_t n = 0;

	while (walk_next(&walk))
		n++;
	return n;
}

static bool
read_texts(struct reading *reading, struct slice raw, const char ***texts, size_t *count)
{
	struct walk walk = walk_into(raw, reading->scratch);
	size_t i = 0;

	if (raw_type(raw) == JSON_NULL)
		return true;
	if (raw_type(raw) != JSON_ARRAY)
		return wrong(reading, "must be an array of strings");
	*texts = arena_calloc(
	    reading->arena, count_children(raw, reading->scratch) + 1, sizeof(**texts));
	while (walk_next(&walk)) {
		if (raw_type(walk.value) != JSON_TEXT)
			return wrong(reading, "must be an array of strings");
		(*texts)[i++] = raw_text(walk.value, reading->arena);
	}
	*count = i;
	return true;
}

static bool
read_category(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct ticket *ticket = object;

	(void)known;
	return read_texts(reading, raw, &ticket->category, &ticket->ncategory);
}

static bool
read_assignees(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct ticket *ticket = object;

	(void)known;
	return read_texts(reading, raw, &ticket->assignees, &ticket->nassignees);
}

static bool
read_has(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct walk walk = walk_into(raw, reading->scratch);
	struct ticket *ticket = object;
	int word;

	(void)known;
	if (raw_type(raw) != JSON_NULL && raw_type(raw) != JSON_ARRAY)
		return wrong(reading, "must be an array of strings");
	while (walk_next(&walk)) {
		word = 0;
		if (raw_type(walk.value) == JSON_TEXT)
			word = word_value(WORDS_EVIDENCE, raw_chars(walk.value, reading->scratch));
		ticket->has |= 1u << word; /* words of a later version: bit 0, never asked for */
	}
	return true;
}

static bool
read_verdict(struct reading *reading, struct slice raw, struct psa_sla *verdict)
{
	struct slice met = raw_get(raw, "met", reading->scratch);

	verdict->known = true;
	if (raw_type(met) == JSON_BOOL)
		verdict->met = met.p[0] == 't' ? 1 : 0;
	return parse_instant(reading, raw_get(raw, "due", reading->scratch), &verdict->due) &&
	    parse_instant(reading, raw_get(raw, "at", reading->scratch), &verdict->at);
}

static bool
read_verdicts(struct reading *reading, struct slice sla, struct psa_sla *verdicts)
{
	struct walk walk = walk_into(sla, reading->scratch);
	int metric;

	while (walk_next(&walk)) {
		if (!walk.object)
			return wrong(reading, "sla must be an object");
		metric = word_value(WORDS_METRIC, walk.key);
		if (metric != 0 && raw_type(walk.value) == JSON_OBJECT &&
		    !read_verdict(reading, walk.value, &verdicts[metric]))
			return false;
	}
	return true;
}

static bool
read_psa(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct ticket *ticket = object;

	(void)known;
	if (raw_type(raw) == JSON_NULL)
		return true;
	if (raw_type(raw) != JSON_OBJECT)
		return wrong(reading, "must be an object");
	ticket->psa = (struct slice){arena_text(reading->arena, raw), raw.n};
	return read_verdicts(reading, raw_get(raw, "sla", reading->scratch), ticket->sla);
}

static bool
parse_number(struct reading *reading, struct slice raw, int64_t *number)
{
	return raw_type(raw) == JSON_NUMBER &&
	    json_i64(json_parse_scanned(reading->scratch, raw), number);
}

static bool
read_version(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	int64_t version;

	(void)known;
	(void)object;
	if (slice_eq(raw, SLICE("1")) || (parse_number(reading, raw, &version) && version == 1))
		return true;
	return wrong(reading, "is a stream version that this program does not know");
}

static bool
read_state(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct ticket *ticket = object;
	int number = 0;
	bool read = parse_word(reading, raw, known->words, &number);

	ticket->state = (enum state)number;
	return read;
}

static bool
read_priority(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct ticket *ticket = object;
	int number = 0;
	bool read = parse_word(reading, raw, known->words, &number);

	ticket->priority = (enum priority)number;
	return read;
}

static bool
read_channel(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct ticket *ticket = object;
	int number = 0;
	bool read = parse_word(reading, raw, known->words, &number);

	ticket->channel = (enum channel)number;
	return read;
}

/* The members that are not a ticket's facts, or are read apart. */
static bool
pass_over(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	(void)reading;
	(void)raw;
	(void)known;
	(void)object;
	return true;
}

/* In the order in which ticket_to_json() writes them, which is how they are found soonest. */
#define TEXT(member)                                                             \
	{                                                                        \
		SLICE_OF(#member), read_text, offsetof(struct ticket, member), 0 \
	}
#define INSTANT(member)                                                             \
	{                                                                           \
		SLICE_OF(#member), read_instant, offsetof(struct ticket, member), 0 \
	}
#define SLICE_OF(literal)                    \
	{                                    \
		literal, sizeof(literal) - 1 \
	}

static const struct known ticket_members[] = {
    {SLICE_OF("v"), read_version, 0, 0},
    TEXT(source),
    TEXT(id),
    TEXT(title),
    TEXT(client),
    TEXT(contact),
    TEXT(type),
    TEXT(team),
    TEXT(owner),
    {SLICE_OF("priority"), read_priority, 0, WORDS_PRIORITY},
    {SLICE_OF("state"), read_state, 0, WORDS_STATE},
    INSTANT(opened),
    INSTANT(resolved),
    INSTANT(closed),
    TEXT(agreement),
    TEXT(board),
    TEXT(site),
    {SLICE_OF("category"), read_category, 0, 0},
    {SLICE_OF("channel"), read_channel, 0, WORDS_CHANNEL},
    TEXT(severity),
    TEXT(impact),
    TEXT(parent),
    TEXT(merged_into),
    {SLICE_OF("assignees"), read_assignees, 0, 0},
    {SLICE_OF("has"), read_has, 0, 0},
    {SLICE_OF("psa"), read_psa, 0, 0},
    {SLICE_OF("events"), pass_over, 0, 0},
    {SLICE_OF("ownership"), pass_over, 0, 0},
    {SLICE_OF("risk"), pass_over, 0, 0},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The row of a key, or NULL: looked for from row *next on, and around. */
static const struct known *
find_known(const struct known *all, size_t count, struct slice key, size_t *next)
{
	size_t i, at = *next;

	for (i = 0; i < count; i++, at++) {
		if (at >= count)
			at = 0;
		if (slice_eq(all[at].key, key)) {
			*next = at + 1;
			return &all[at];
		}
	}
	return NULL;
}

static void
clear_ticket(struct ticket *ticket)
{
	int i;

	memset(ticket, 0, sizeof(*ticket));
	ticket->opened = ticket->resolved = ticket->closed = INSTANT_NONE;
	for (i = 0; i < METRICS; i++)
		ticket->sla[i] = (struct psa_sla){false, -1, INSTANT_NONE, INSTANT_NONE};
}

bool
ticket_from_scan(
    const struct scan *scan, struct arena *arena, struct ticket *ticket, struct ticket_fault *fault)
{
	struct reading reading = {arena, arena, NULL};
	const struct member *member;
	const struct known *known;
	size_t i, next = 0;

	clear_ticket(ticket);
	for (i = 0; i < scan->nmembers; i++) {
		member = &scan->members[i];
		known = find_known(ticket_members, COUNT(ticket_members), member->key, &next);
		if (known != NULL && !known->read(&reading, member->value, known, ticket)) {
			*fault = (struct ticket_fault){reading.fault, member->start};
			return false;
		}
	}
	if (ticket->id == NULL || scan_find(scan, "v") == NULL) {
		*fault = (struct ticket_fault){"is no ticket: it has no `v` or no `id`", 0};
		return false;
	}
	return true;
}

static bool
read_number_of_word(
    struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	uint8_t *place = target(object, known);
	int number = 0;

	if (!parse_word(reading, raw, known->words, &number))
		return false;
	*place = (uint8_t)number;
	return true;
}

static bool
read_visibility(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct event *event = object;
	struct slice word;

	(void)known;
	if (raw_type(raw) == JSON_NULL)
		return true;
	word = raw_type(raw) == JSON_TEXT ? raw_chars(raw, reading->scratch) : SLICE("");
	if (slice_eqz(word, "public"))
		event->visibility = VISIBILITY_PUBLIC;
	else if (slice_eqz(word, "internal"))
		event->visibility = VISIBILITY_INTERNAL;
	else
		return wrong(reading, "visibility must be public or internal");
	return true;
}

static bool
has_instants(const struct event *event)
{
	return event->kind == EVENT_DUE || event->kind == EVENT_PROMISE ||
	    event->kind == EVENT_SCHEDULED;
}

/* `from` and `to` are instants where the kind promises or plans, else texts. */
static bool
read_from(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct event *event = object;

	event->has_from = true;
	if (has_instants(event))
		return parse_instant(reading, raw, &event->from_at);
	return read_text(reading, raw, known, object);
}

static bool
read_to(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	struct event *event = object;

	if (has_instants(event))
		return parse_instant(reading, raw, &event->to_at);
	return read_text(reading, raw, known, object);
}

static bool
read_seconds(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	int64_t *seconds = target(object, known);

	if (raw_type(raw) == JSON_NULL)
		return true;
	if (!parse_number(reading, raw, seconds) || *seconds < 0)
		return wrong(reading, "seconds must be a whole number, not negative");
	return true;
}

static bool
read_bool(struct reading *reading, struct slice raw, const struct known *known, void *object)
{
	bool *place = target(object, known);

	(void)reading;
	*place = raw.p[0] == 't';
	return true;
}

/* In the order in which event_to_json() writes them. */
static const struct known event_members[] = {
    {SLICE_OF("at"), read_instant, offsetof(struct event, at), 0},
    {SLICE_OF("kind"), pass_over, 0, 0},
    {SLICE_OF("by"), read_text, offsetof(struct event, by), 0},
    {SLICE_OF("role"), read_number_of_word, offsetof(struct event, role), WORDS_ROLE},
    {SLICE_OF("metric"), read_number_of_word, offsetof(struct event, metric), WORDS_METRIC},
    {SLICE_OF("from"), read_from, offsetof(struct event, from), 0},
    {SLICE_OF("to"), read_to, offsetof(struct event, to), 0},
    {SLICE_OF("state"), read_number_of_word, offsetof(struct event, state), WORDS_STATE},
    {SLICE_OF("visibility"), read_visibility, 0, 0},
    {SLICE_OF("auto"), read_bool, offsetof(struct event, automatic), 0},
    {SLICE_OF("bot"), read_bool, offsetof(struct event, bot), 0},
    {SLICE_OF("text"), read_text, offsetof(struct event, text), 0},
    {SLICE_OF("seconds"), read_seconds, offsetof(struct event, seconds), 0},
    {SLICE_OF("inferred"), read_bool, offsetof(struct event, inferred), 0},
    {SLICE_OF("after"), read_instant, offsetof(struct event, after), 0},
};

/* The kind comes first, as the others depend on it: 1 known, 0 unknown, -1 a fault. */
static int
read_kind(struct reading *reading, const struct pair *pairs, size_t npairs, struct event *event)
{
	size_t i = 0;

	while (i < npairs && !slice_eq(pairs[i].key, SLICE("kind")))
		i++;
	if (i == npairs || raw_type(pairs[i].value) != JSON_TEXT) {
		wrong(reading, "an event must be an object with a kind");
		return -1;
	}
	event->kind =
	    (uint8_t)word_value(WORDS_EVENT_KIND, raw_chars(pairs[i].value, reading->scratch));
	return event->kind != EVENT_NONE;
}

/* 1 read, 0 of an unknown kind, -1 a fault. */
static int
read_event(struct reading *reading, const struct pair *pairs, size_t npairs, struct event *event)
{
	const struct known *known;
	size_t i, next = 0;
	int kind;

	*event = (struct event){.at = INSTANT_NONE,
	    .after = INSTANT_NONE,
	    .from_at = INSTANT_NONE,
	    .to_at = INSTANT_NONE,
	    .seconds = -1};
	kind = read_kind(reading, pairs, npairs, event);
	if (kind != 1)
		return kind;
	for (i = 0; i < npairs; i++) {
		known = find_known(event_members, COUNT(event_members), pairs[i].key, &next);
		if (known != NULL && !known->read(reading, pairs[i].value, known, event))
			return -1;
	}
	if (event->at == INSTANT_NONE) {
		wrong(reading, "an event must have an instant `at`");
		return -1;
	}
	return 1;
}

/* How many of the pairs from `first` on belong to the element. */
static size_t
pairs_of(const struct scan *scan, struct slice element, size_t first)
{
	const char *end = element.p + element.n;
	size_t i = first;

	while (i < scan->npairs && scan->pairs[i].value.p < end)
		i++;
	return i - first;
}

static void
settle_opened(struct ticket *ticket)
{
	size_t i;

	if (ticket->nevents == 0 || ticket->opened != INSTANT_NONE)
		return;
	ticket->opened = ticket->events[0].at;
	for (i = 0; i < ticket->nevents; i++)
		if (ticket->events[i].kind == EVENT_OPENED) {
			ticket->opened = ticket->events[i].at;
			return;
		}
}

bool
ticket_events_from_scan(const struct scan *scan, struct arena *arena, struct arena *scratch,
    struct ticket *ticket, struct ticket_fault *fault)
{
	struct reading reading = {arena, scratch, NULL};
	size_t i, pair = 0, npairs;
	int read;

	ticket->events = arena_alloc(arena, (scan->nelements + 1) * sizeof(*ticket->events));
	ticket->nevents = 0;
	for (i = 0; i < scan->nelements; i++) {
		arena_reset(scratch);
		npairs = pairs_of(scan, scan->elements[i], pair);
		read = read_event(
		    &reading, scan->pairs + pair, npairs, &ticket->events[ticket->nevents]);
		pair += npairs;
		if (read == -1) {
			*fault = (struct ticket_fault){
			    reading.fault, (size_t)(scan->elements[i].p - scan->line.p)};
			return false;
		}
		ticket->events[ticket->nevents].seq = (uint32_t)i;
		ticket->nevents += (size_t)read;
	}
	events_sort(ticket->events, ticket->nevents);
	settle_opened(ticket);
	if (ticket->opened != INSTANT_NONE)
		return true;
	*fault = (struct ticket_fault){"has no instant: neither `opened` nor an event", 0};
	return false;
}
