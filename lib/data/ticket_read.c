/* ticket_read.c: tickets and events from JSON, as sla-stream(5) has them */
#include "base/mem.h"
#include "data/json.h"
#include "data/ticket_json.h"
#include "time/instant.h"

#include <string.h>

/* What is being read: where texts go, and what to say where it fails. */
struct reading {
	struct arena *arena;
	const char *fault;
};

static bool
wrong(struct reading *reading, const char *what)
{
	reading->fault = what;
	return false;
}

static bool
read_text(struct reading *reading, const struct json *value, const char **text)
{
	if (json_is_null(value))
		return true;
	if (json_type(value) != JSON_TEXT)
		return wrong(reading, "must be a string or null");
	*text = arena_textz(reading->arena, json_text(value));
	return true;
}

static bool
read_instant(struct reading *reading, const struct json *value, int64_t *instant)
{
	if (json_is_null(value))
		return true;
	if (json_type(value) != JSON_TEXT || !instant_parse(slice_z(json_text(value)), instant))
		return wrong(reading, "must be an RFC 3339 instant from 1950 to 2100, or null");
	return true;
}

static bool
read_word(struct reading *reading, const struct json *value, enum vocabulary words, int *number)
{
	if (json_is_null(value))
		return true;
	if (json_type(value) != JSON_TEXT)
		return wrong(reading, "must be a string or null");
	*number = word_value(words, slice_z(json_text(value)));
	return *number != 0 || wrong(reading, "has a word that sla-stream(5) does not know");
}

static bool
read_texts(
    struct reading *reading, const struct json *value, const char ***texts, size_t *count)
{
	const struct json *child;
	size_t i = 0;

	if (json_is_null(value))
		return true;
	if (json_type(value) != JSON_ARRAY)
		return wrong(reading, "must be an array of strings");
	*texts = arena_calloc(reading->arena, json_count(value) + 1, sizeof(**texts));
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		if (json_type(child) != JSON_TEXT)
			return wrong(reading, "must be an array of strings");
		(*texts)[i++] = arena_textz(reading->arena, json_text(child));
	}
	*count = i;
	return true;
}

static bool
read_has(struct reading *reading, const struct json *value, unsigned *has)
{
	const struct json *child;
	int word;

	if (!json_is_null(value) && json_type(value) != JSON_ARRAY)
		return wrong(reading, "must be an array of strings");
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		word = 0;
		if (json_type(child) == JSON_TEXT)
			word = word_value(WORDS_EVIDENCE, slice_z(json_text(child)));
		*has |= 1u << word; /* words of a later version: bit 0, never asked for */
	}
	return true;
}

static bool
read_verdicts(struct reading *reading, const struct json *sla, struct psa_sla *verdicts)
{
	const struct json *one;
	struct psa_sla *verdict;
	int metric;

	for (one = json_first(sla); one != NULL; one = json_next(one)) {
		if (json_key(one) == NULL)
			return wrong(reading, "sla must be an object");
		metric = word_value(WORDS_METRIC, slice_z(json_key(one)));
		if (metric == 0 || json_type(one) != JSON_OBJECT)
			continue;
		verdict = &verdicts[metric];
		verdict->known = true;
		if (json_type(json_get(one, "met")) == JSON_BOOL)
			verdict->met = json_bool(json_get(one, "met"), false) ? 1 : 0;
		if (!read_instant(reading, json_get(one, "due"), &verdict->due) ||
		    !read_instant(reading, json_get(one, "at"), &verdict->at))
			return false;
	}
	return true;
}

static bool
read_psa(struct reading *reading, const struct json *value, struct slice raw,
    struct ticket *ticket)
{
	if (json_is_null(value))
		return true;
	if (json_type(value) != JSON_OBJECT)
		return wrong(reading, "must be an object");
	ticket->psa = (struct slice){arena_text(reading->arena, raw), raw.n};
	return read_verdicts(reading, json_get(value, "sla"), ticket->sla);
}

static bool
read_version(struct reading *reading, const struct json *value)
{
	int64_t version;

	if (json_i64(value, &version) && version == 1)
		return true;
	return wrong(reading, "is a stream version that this program does not know");
}

/* The members that are plain texts: a row each. */
static const struct {
	const char *key;
	size_t offset;
} text_members[] = {
    {"source", offsetof(struct ticket, source)},
    {"id", offsetof(struct ticket, id)},
    {"title", offsetof(struct ticket, title)},
    {"client", offsetof(struct ticket, client)},
    {"contact", offsetof(struct ticket, contact)},
    {"type", offsetof(struct ticket, type)},
    {"team", offsetof(struct ticket, team)},
    {"owner", offsetof(struct ticket, owner)},
    {"agreement", offsetof(struct ticket, agreement)},
    {"board", offsetof(struct ticket, board)},
    {"site", offsetof(struct ticket, site)},
    {"severity", offsetof(struct ticket, severity)},
    {"impact", offsetof(struct ticket, impact)},
    {"parent", offsetof(struct ticket, parent)},
    {"merged_into", offsetof(struct ticket, merged_into)},
};

static const char **
text_member(struct ticket *ticket, struct slice key)
{
	size_t i;

	for (i = 0; i < sizeof(text_members) / sizeof(text_members[0]); i++)
		if (slice_eqz(key, text_members[i].key))
			return (const char **)(void *)((char *)ticket + text_members[i].offset);
	return NULL;
}

static bool
read_vocabulary_member(struct reading *reading, const struct json *value, struct slice key,
    struct ticket *ticket, bool *mine)
{
	int number = 0;
	bool read;

	*mine = true;
	if (slice_eqz(key, "state")) {
		read = read_word(reading, value, WORDS_STATE, &number);
		ticket->state = (enum state)number;
	} else if (slice_eqz(key, "priority")) {
		read = read_word(reading, value, WORDS_PRIORITY, &number);
		ticket->priority = (enum priority)number;
	} else if (slice_eqz(key, "channel")) {
		read = read_word(reading, value, WORDS_CHANNEL, &number);
		ticket->channel = (enum channel)number;
	} else {
		*mine = false;
		read = true;
	}
	return read;
}

static bool
read_member(struct reading *reading, const struct json *value, const struct member *member,
    struct ticket *ticket)
{
	struct slice key = member->key;
	const char **text = text_member(ticket, key);
	bool mine;

	if (text != NULL)
		return read_text(reading, value, text);
	if (!read_vocabulary_member(reading, value, key, ticket, &mine) || mine)
		return reading->fault == NULL;
	if (slice_eqz(key, "opened"))
		return read_instant(reading, value, &ticket->opened);
	if (slice_eqz(key, "resolved"))
		return read_instant(reading, value, &ticket->resolved);
	if (slice_eqz(key, "closed"))
		return read_instant(reading, value, &ticket->closed);
	if (slice_eqz(key, "category"))
		return read_texts(reading, value, &ticket->category, &ticket->ncategory);
	if (slice_eqz(key, "assignees"))
		return read_texts(reading, value, &ticket->assignees, &ticket->nassignees);
	if (slice_eqz(key, "has"))
		return read_has(reading, value, &ticket->has);
	if (slice_eqz(key, "psa"))
		return read_psa(reading, value, member->value, ticket);
	if (slice_eqz(key, "v"))
		return read_version(reading, value);
	return true;
}

/* The members that are not a ticket's facts, or are read apart: never parsed here. */
static bool
is_passed_over(struct slice key)
{
	return slice_eqz(key, "events") || slice_eqz(key, "ownership") || slice_eqz(key, "risk");
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
ticket_from_scan(const struct scan *scan, struct arena *arena, struct ticket *ticket,
    struct ticket_fault *fault)
{
	struct reading reading = {arena, NULL};
	const struct member *member;
	const struct json *value;
	size_t i;

	clear_ticket(ticket);
	for (i = 0; i < scan->nmembers; i++) {
		member = &scan->members[i];
		if (is_passed_over(member->key))
			continue;
		value = json_parse_scanned(arena, member->value);
		if (value == NULL)
			reading.fault = "cannot be parsed";
		if (value == NULL || !read_member(&reading, value, member, ticket)) {
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
read_role(struct reading *reading, const struct json *value, struct event *event)
{
	int role = 0;

	if (!read_word(reading, value, WORDS_ROLE, &role))
		return false;
	event->role = (uint8_t)role;
	return true;
}

static bool
read_visibility(struct reading *reading, const struct json *value, struct event *event)
{
	struct slice word = slice_z(json_text(value));

	if (json_is_null(value))
		return true;
	if (slice_eqz(word, "public"))
		event->visibility = VISIBILITY_PUBLIC;
	else if (slice_eqz(word, "internal"))
		event->visibility = VISIBILITY_INTERNAL;
	else
		return wrong(reading, "visibility must be public or internal");
	return true;
}

/* `from` and `to` are instants where the kind promises or plans, else texts. */
static bool
read_end(struct reading *reading, const struct json *value, struct event *event, bool is_from)
{
	bool instant = event->kind == EVENT_DUE || event->kind == EVENT_PROMISE ||
	    event->kind == EVENT_SCHEDULED;

	if (is_from)
		event->has_from = true;
	if (instant)
		return read_instant(reading, value, is_from ? &event->from_at : &event->to_at);
	return read_text(reading, value, is_from ? &event->from : &event->to);
}

static bool
read_seconds(struct reading *reading, const struct json *value, struct event *event)
{
	if (json_is_null(value))
		return true;
	if (!json_i64(value, &event->seconds) || event->seconds < 0)
		return wrong(reading, "seconds must be a whole number, not negative");
	return true;
}

static bool
read_numbered(struct reading *reading, const struct json *value, enum vocabulary words,
    uint8_t *target)
{
	int number = 0;

	if (!read_word(reading, value, words, &number))
		return false;
	*target = (uint8_t)number;
	return true;
}

static bool
read_event_member(struct reading *reading, const struct json *value, struct event *event)
{
	const char *key = json_key(value);

	if (strcmp(key, "at") == 0)
		return read_instant(reading, value, &event->at);
	if (strcmp(key, "by") == 0)
		return read_text(reading, value, &event->by);
	if (strcmp(key, "from") == 0)
		return read_end(reading, value, event, true);
	if (strcmp(key, "to") == 0)
		return read_end(reading, value, event, false);
	if (strcmp(key, "role") == 0)
		return read_role(reading, value, event);
	if (strcmp(key, "after") == 0)
		return read_instant(reading, value, &event->after);
	if (strcmp(key, "state") == 0)
		return read_numbered(reading, value, WORDS_STATE, &event->state);
	if (strcmp(key, "visibility") == 0)
		return read_visibility(reading, value, event);
	if (strcmp(key, "metric") == 0)
		return read_numbered(reading, value, WORDS_METRIC, &event->metric);
	if (strcmp(key, "seconds") == 0)
		return read_seconds(reading, value, event);
	if (strcmp(key, "auto") == 0)
		event->automatic = json_bool(value, false);
	else if (strcmp(key, "bot") == 0)
		event->bot = json_bool(value, false);
	else if (strcmp(key, "inferred") == 0)
		event->inferred = json_bool(value, false);
	return true;
}

/* 1 read, 0 of an unknown kind, -1 a fault. */
static int
read_event(struct reading *reading, const struct json *object, struct event *event)
{
	const struct json *kind = json_get(object, "kind"), *child;
	const char *word = json_text(kind);

	*event = (struct event){.at = INSTANT_NONE,
	    .after = INSTANT_NONE,
	    .from_at = INSTANT_NONE,
	    .to_at = INSTANT_NONE,
	    .seconds = -1};
	if (json_type(object) != JSON_OBJECT || word == NULL) {
		wrong(reading, "an event must be an object with a kind");
		return -1;
	}
	event->kind = (uint8_t)word_value(WORDS_EVENT_KIND, slice_z(word));
	if (event->kind == EVENT_NONE)
		return 0;
	for (child = json_first(object); child != NULL; child = json_next(child))
		if (!read_event_member(reading, child, event))
			return -1;
	if (event->at == INSTANT_NONE) {
		wrong(reading, "an event must have an instant `at`");
		return -1;
	}
	return 1;
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
	struct reading reading = {arena, NULL};
	const struct json *object;
	size_t i;
	int read;

	ticket->events = arena_alloc(arena, (scan->nelements + 1) * sizeof(*ticket->events));
	ticket->nevents = 0;
	for (i = 0; i < scan->nelements; i++) {
		arena_reset(scratch);
		object = json_parse_scanned(scratch, scan->elements[i]);
		read = read_event(&reading, object, &ticket->events[ticket->nevents]);
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
