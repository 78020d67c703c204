/* event_log_write.c: the stream's second form, a CSV row an event */
#include "data/event_log.h"
#include "out/csv_writer.h"
#include "out/json_writer.h"
#include "time/instant.h"

#include <string.h>

/* A cell's function appends one cell. event is NULL for a ticket without events. */
struct cells {
	struct csv_writer w;
	const struct ticket *ticket;
	const struct event *event;
	size_t seq;
	bool texts; /* with what was said */
};

void
event_log_write_header(bool texts, struct buf *out)
{
	struct csv_writer w = csv_writer_to(out, false);

#define TICKET(name) csvw_text(&w, #name);
#define EVENT(name)  csvw_text(&w, #name);
#define KEPT(name) \
	if (texts) \
		csvw_text(&w, #name);
#include "data/event_log.def"
#undef TICKET
#undef EVENT
#undef KEPT
	csvw_end(&w);
}

static void
instant_cell(struct cells *cells, int64_t instant)
{
	char text[21];

	if (instant == INSTANT_NONE) {
		csvw_empty(&cells->w);
		return;
	}
	instant_format(instant, text);
	csvw_text(&cells->w, text);
}

static void
list_cell(struct cells *cells, const char **texts, size_t count)
{
	struct buf json = {0};
	struct json_writer w = json_writer_to(&json);
	size_t i;

	if (count == 0) {
		csvw_empty(&cells->w);
		return;
	}
	jsonw_open(&w, NULL, '[');
	for (i = 0; i < count; i++)
		jsonw_text(&w, NULL, texts[i]);
	jsonw_close(&w, ']');
	csvw_slice(&cells->w, buf_slice(&json));
	buf_free(&json);
}

static void
has_cell(struct cells *cells)
{
	char words[128] = "";
	int i;

	for (i = 1; i < EVIDENCES; i++) {
		if (!ticket_has(cells->ticket, (enum evidence)i))
			continue;
		if (words[0] != '\0')
			strncat(words, " ", sizeof(words) - strlen(words) - 1);
		strncat(words, word_of(WORDS_EVIDENCE, i), sizeof(words) - strlen(words) - 1);
	}
	csvw_text(&cells->w, words[0] != '\0' ? words : NULL);
}

static void
flag_cell(struct cells *cells, bool flag)
{
	csvw_text(&cells->w, flag ? "true" : NULL);
}

static void
end_cell(struct cells *cells, const char *text, int64_t instant, bool present)
{
	const struct event *event = cells->event;

	if (event->kind == EVENT_DUE || event->kind == EVENT_PROMISE ||
	    event->kind == EVENT_SCHEDULED) {
		if (present && instant == INSTANT_NONE)
			csvw_slice(&cells->w, (struct slice){NULL, 0}); /* null */
		else
			instant_cell(cells, present ? instant : INSTANT_NONE);
	} else if (event->kind == EVENT_OWNER || event->kind == EVENT_TEAM ||
	    event->kind == EVENT_ASSIGNEE || event->kind == EVENT_STATUS ||
	    event->kind == EVENT_PRIORITY || event->kind == EVENT_ESCALATED) {
		if (present)
			csvw_slice(&cells->w, slice_z(text)); /* quoted when null */
		else
			csvw_empty(&cells->w);
	} else {
		csvw_empty(&cells->w);
	}
}

static const char *
visibility_word(const struct event *event)
{
	if (event->kind != EVENT_MESSAGE || event->visibility == VISIBILITY_NONE)
		return NULL;
	return event->visibility == VISIBILITY_PUBLIC ? "public" : "internal";
}

static void
event_cells(struct cells *cells)
{
	const struct event *event = cells->event;
	bool message = event->kind == EVENT_MESSAGE;
	struct csv_writer *w = &cells->w;

	instant_cell(cells, event->at);
	csvw_text(w, word_of(WORDS_EVENT_KIND, event->kind));
	csvw_text(w, event->by);
	csvw_text(w, word_of(WORDS_ROLE, event->role));
	csvw_text(w, event->kind == EVENT_DUE ? word_of(WORDS_METRIC, event->metric) : NULL);
	end_cell(cells, event->from, event->from_at,
	    event->has_from && event->kind != EVENT_PROMISE && event->kind != EVENT_SCHEDULED);
	end_cell(cells, event->to, event->to_at, true);
	csvw_text(w, word_of(WORDS_STATE, event->state));
	csvw_text(w, visibility_word(event));
	flag_cell(cells, message && event->automatic);
	flag_cell(cells, message && event->bot);
	if (cells->texts)
		csvw_text(w, message ? event->text : NULL);
	if (event->kind == EVENT_WORK && event->seconds >= 0)
		csvw_i64(w, event->seconds);
	else
		csvw_empty(w);
	flag_cell(cells, event->inferred);
	instant_cell(cells, event->after);
}

static void
no_event_cells(struct cells *cells)
{
	size_t i, n = cells->texts ? 1 : 0;

#define TICKET(name)
#define EVENT(name) n++;
#define KEPT(name)
#include "data/event_log.def"
#undef TICKET
#undef EVENT
#undef KEPT
	for (i = 0; i < n; i++)
		csvw_empty(&cells->w);
}

static void
ticket_cells(struct cells *cells)
{
	const struct ticket *ticket = cells->ticket;
	struct csv_writer *w = &cells->w;

	csvw_text(w, ticket->title);
	csvw_text(w, ticket->client);
	csvw_text(w, ticket->contact);
	csvw_text(w, ticket->type);
	csvw_text(w, ticket->team);
	csvw_text(w, ticket->owner);
	csvw_text(w, word_of(WORDS_PRIORITY, (int)ticket->priority));
	csvw_text(w, word_of(WORDS_STATE, (int)ticket->state));
	instant_cell(cells, ticket->opened);
	instant_cell(cells, ticket->resolved);
	instant_cell(cells, ticket->closed);
	csvw_text(w, ticket->agreement);
	csvw_text(w, ticket->board);
	csvw_text(w, ticket->site);
	list_cell(cells, ticket->category, ticket->ncategory);
	csvw_text(w, word_of(WORDS_CHANNEL, (int)ticket->channel));
	csvw_text(w, ticket->severity);
	csvw_text(w, ticket->impact);
	csvw_text(w, ticket->parent);
	csvw_text(w, ticket->merged_into);
	list_cell(cells, ticket->assignees, ticket->nassignees);
	has_cell(cells);
	if (ticket->psa.n > 0)
		csvw_slice(w, ticket->psa);
	else
		csvw_empty(w);
}

static void
write_row(struct cells *cells)
{
	csvw_text(&cells->w, cells->ticket->source);
	csvw_text(&cells->w, cells->ticket->id);
	csvw_i64(&cells->w, (int64_t)cells->seq);
	csvw_i64(&cells->w, (int64_t)cells->ticket->nevents);
	if (cells->event != NULL)
		event_cells(cells);
	else
		no_event_cells(cells);
	ticket_cells(cells);
	csvw_end(&cells->w);
}

void
event_log_write(const struct ticket *ticket, bool texts, struct buf *out)
{
	struct cells cells = {.w = csv_writer_to(out, false), .ticket = ticket, .texts = texts};
	size_t i;

	if (ticket->nevents == 0)
		write_row(&cells);
	for (i = 0; i < ticket->nevents; i++) {
		cells.event = &ticket->events[i];
		cells.seq = i + 1;
		write_row(&cells);
	}
}
