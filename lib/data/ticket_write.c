/* ticket_write.c: tickets and events to JSON, as sla-stream(5) has them */
#include "data/ticket_json.h"
#include "out/json_writer.h"
#include "time/instant.h"

void
json_add_instant(struct buf *out, int64_t instant)
{
	if (instant == INSTANT_NONE) {
		buf_add(out, "null", 4);
		return;
	}
	buf_reserve(out, 1 + INSTANT_TEXT);
	out->p[out->n] = '"';
	instant_format(instant, out->p + out->n + 1);
	out->p[out->n + INSTANT_TEXT] = '"'; /* over the NUL */
	out->n += 1 + INSTANT_TEXT;
}

static void
write_instant(struct json_writer *w, const char *key, int64_t instant)
{
	jsonw_begin(w, key);
	json_add_instant(w->out, instant);
}

static void
write_known_text(struct json_writer *w, const char *key, const char *text)
{
	if (text != NULL)
		jsonw_text(w, key, text);
}

static void
write_texts(struct json_writer *w, const char *key, const char **texts, size_t count)
{
	size_t i;

	if (count == 0)
		return;
	jsonw_open(w, key, '[');
	for (i = 0; i < count; i++)
		jsonw_text(w, NULL, texts[i]);
	jsonw_close(w, ']');
}

static bool
has_instant_ends(const struct event *event)
{
	return event->kind == EVENT_DUE || event->kind == EVENT_PROMISE ||
	    event->kind == EVENT_SCHEDULED;
}

static bool
has_text_ends(const struct event *event)
{
	return event->kind == EVENT_OWNER || event->kind == EVENT_TEAM ||
	    event->kind == EVENT_ASSIGNEE || event->kind == EVENT_STATUS ||
	    event->kind == EVENT_PRIORITY || event->kind == EVENT_ESCALATED;
}

static void
write_ends(struct json_writer *w, const struct event *event)
{
	if (event->kind == EVENT_DUE && event->metric != METRIC_NONE)
		jsonw_text(w, "metric", word_of(WORDS_METRIC, event->metric));
	if (has_text_ends(event)) {
		if (event->has_from)
			jsonw_text(w, "from", event->from);
		jsonw_text(w, "to", event->to);
	} else if (has_instant_ends(event)) {
		if (event->has_from && event->kind == EVENT_DUE)
			write_instant(w, "from", event->from_at);
		write_instant(w, "to", event->to_at);
	}
}

static void
write_message(struct json_writer *w, const struct event *event)
{
	if (event->visibility != VISIBILITY_NONE)
		jsonw_text(w, "visibility",
		    event->visibility == VISIBILITY_PUBLIC ? "public" : "internal");
	if (event->automatic)
		jsonw_bool(w, "auto", true);
	if (event->bot)
		jsonw_bool(w, "bot", true);
	write_known_text(w, "text", event->text);
}

void
event_to_json(const struct event *event, struct buf *out)
{
	struct json_writer w = json_writer_to(out);

	jsonw_open(&w, NULL, '{');
	write_instant(&w, "at", event->at);
	jsonw_text(&w, "kind", word_of(WORDS_EVENT_KIND, event->kind));
	write_known_text(&w, "by", event->by);
	write_known_text(&w, "role", word_of(WORDS_ROLE, event->role));
	write_ends(&w, event);
	write_known_text(&w, "state", word_of(WORDS_STATE, event->state));
	if (event->kind == EVENT_MESSAGE)
		write_message(&w, event);
	if (event->kind == EVENT_WORK && event->seconds >= 0)
		jsonw_i64(&w, "seconds", event->seconds);
	if (event->inferred)
		jsonw_bool(&w, "inferred", true);
	if (event->after != INSTANT_NONE)
		write_instant(&w, "after", event->after);
	jsonw_close(&w, '}');
}

static void
write_has(struct json_writer *w, const struct ticket *ticket)
{
	int i;

	jsonw_open(w, "has", '[');
	for (i = 1; i < EVIDENCES; i++)
		if (ticket_has(ticket, (enum evidence)i))
			jsonw_text(w, NULL, word_of(WORDS_EVIDENCE, i));
	jsonw_close(w, ']');
}

/* Members that sla-stream(5) promises always, null where unknown. */
static void
write_core(struct json_writer *w, const struct ticket *ticket)
{
	jsonw_i64(w, "v", 1);
	jsonw_text(w, "source", ticket->source);
	jsonw_text(w, "id", ticket->id);
	jsonw_text(w, "title", ticket->title);
	jsonw_text(w, "client", ticket->client);
	jsonw_text(w, "contact", ticket->contact);
	jsonw_text(w, "type", ticket->type);
	jsonw_text(w, "team", ticket->team);
	jsonw_text(w, "owner", ticket->owner);
	jsonw_text(w, "priority", word_of(WORDS_PRIORITY, (int)ticket->priority));
	jsonw_text(w, "state", word_of(WORDS_STATE, (int)ticket->state));
	write_instant(w, "opened", ticket->opened);
	write_instant(w, "resolved", ticket->resolved);
	write_instant(w, "closed", ticket->closed);
}

static void
write_further(struct json_writer *w, const struct ticket *ticket)
{
	write_known_text(w, "agreement", ticket->agreement);
	write_known_text(w, "board", ticket->board);
	write_known_text(w, "site", ticket->site);
	write_texts(w, "category", ticket->category, ticket->ncategory);
	write_known_text(w, "channel", word_of(WORDS_CHANNEL, (int)ticket->channel));
	write_known_text(w, "severity", ticket->severity);
	write_known_text(w, "impact", ticket->impact);
	write_known_text(w, "parent", ticket->parent);
	write_known_text(w, "merged_into", ticket->merged_into);
	write_texts(w, "assignees", ticket->assignees, ticket->nassignees);
}

void
ticket_to_json(const struct ticket *ticket, struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	size_t i;

	jsonw_open(&w, NULL, '{');
	write_core(&w, ticket);
	write_further(&w, ticket);
	write_has(&w, ticket);
	if (ticket->psa.n > 0)
		jsonw_raw(&w, "psa", ticket->psa);
	jsonw_open(&w, "events", '[');
	for (i = 0; i < ticket->nevents; i++) {
		jsonw_begin(&w, NULL);
		event_to_json(&ticket->events[i], out);
	}
	jsonw_close(&w, ']');
	jsonw_close(&w, '}');
	buf_addc(out, '\n');
}
