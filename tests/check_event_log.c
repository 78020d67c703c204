/* check_event_log.c: a ticket goes out as rows of the event log and comes back as the same line */
#include "data/event_log.h"

#include "base/arena.h"
#include "data/ticket_json.h"
#include "tests/support.h"
#include "time/instant.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *event_log_suite(void);

#define TICKETS 40
#define EVENTS  12

/* What CSV, spreadsheets and JSON trip over. No empty one: in the log that is no text. */
static const char *const texts[] = {"Ann Lee", "a,b", "say \"hi\"", "\"", "\"\"", "line\nbreak",
    "cr\rlf\r\n", " front", "back ", " ", ";", "=1+1", "-", "@x", "\ttab", "\xEF\xBB\xBFmark",
    "Zo\xC3\xAB", "\xF0\x9F\x94\xA5", "\x01\x1B[31m\x7F", "null", "true", "[]", "{}", "0", "'",
    "\\", "\\n", "id", "2026-01-01T00:00:00Z", ",", "\n", "a\"b,\"c\"\n,", "\xE2\x80\xA8sep"};

static const char *const objects[] = {"{\"status\":\"A, \\\"b\\\"\\n\",\"n\":1}",
    "{\"sla\":{\"resolve\":{\"met\":null,\"due\":\"2026-01-01T00:00:00Z\",\"at\":null}}}",
    "{\"x\":[1.50,-0e2,{\"\":\"\\u0001\"}],\"y\":\"\xC3\xAB\"}"};

static const char *
any_text(uint64_t *state)
{
	return texts[rnd_below(state, sizeof(texts) / sizeof(texts[0]))];
}

static const char *
text_or_null(uint64_t *state)
{
	return rnd_below(state, 3) == 0 ? NULL : any_text(state);
}

static int64_t
instant_or_none(uint64_t *state)
{
	return rnd_below(state, 4) == 0
	    ? INSTANT_NONE
	    : INSTANT_MIN + (int64_t)rnd_below(state, (uint64_t)(INSTANT_MAX - INSTANT_MIN));
}

static const char **
any_list(struct arena *arena, uint64_t *state, size_t *count)
{
	const char **list = arena_calloc(arena, 4, sizeof(*list));
	size_t i;

	*count = rnd_below(state, 4);
	for (i = 0; i < *count; i++)
		list[i] = any_text(state);
	return list;
}

static bool
flag(uint64_t *state)
{
	return rnd_below(state, 2) == 0;
}

static void
draw_event(struct event *event, uint64_t *state)
{
	*event = (struct event){.kind = (uint8_t)(1 + rnd_below(state, EVENT_KINDS - 1)),
	    .at = INSTANT_MIN + (int64_t)rnd_below(state, 1000000),
	    .after = instant_or_none(state),
	    .from_at = instant_or_none(state),
	    .to_at = instant_or_none(state),
	    .seconds = (int64_t)rnd_below(state, 3) - 1,
	    .by = text_or_null(state),
	    .from = text_or_null(state),
	    .to = text_or_null(state),
	    .text = text_or_null(state),
	    .role = (uint8_t)rnd_below(state, ROLES),
	    .state = (uint8_t)rnd_below(state, STATES),
	    .visibility = (uint8_t)rnd_below(state, 3),
	    .metric = (uint8_t)rnd_below(state, METRICS),
	    .automatic = flag(state),
	    .bot = flag(state),
	    .inferred = flag(state),
	    .has_from = flag(state)};
}

static void
draw_ticket(struct ticket *t, struct arena *arena, uint64_t *state, int number)
{
	struct buf id = {0};
	size_t i;

	*t = (struct ticket){.source = text_or_null(state)};
	buf_addf(&id, "%s%d", any_text(state), number);
	t->id = arena_textz(arena, buf_z(&id));
	buf_free(&id);
	t->title = text_or_null(state);
	t->client = text_or_null(state);
	t->contact = text_or_null(state);
	t->type = text_or_null(state);
	t->team = text_or_null(state);
	t->owner = text_or_null(state);
	t->agreement = text_or_null(state);
	t->board = text_or_null(state);
	t->site = text_or_null(state);
	t->severity = text_or_null(state);
	t->impact = text_or_null(state);
	t->parent = text_or_null(state);
	t->merged_into = text_or_null(state);
	t->category = any_list(arena, state, &t->ncategory);
	t->assignees = any_list(arena, state, &t->nassignees);
	t->opened = instant_or_none(state);
	t->resolved = instant_or_none(state);
	t->closed = instant_or_none(state);
	t->state = (enum state)rnd_below(state, STATES);
	t->priority = (enum priority)rnd_below(state, PRIORITIES);
	t->channel = (enum channel)rnd_below(state, CHANNELS);
	t->has = (unsigned)rnd_below(state, 1U << EVIDENCES) & ~1U;
	if (flag(state))
		t->psa = slice_z(objects[rnd_below(state, 3)]);
	t->nevents = rnd_below(state, EVENTS);
	t->events = arena_calloc(arena, EVENTS, sizeof(*t->events));
	for (i = 0; i < t->nevents; i++)
		draw_event(&t->events[i], state);
}

/* The whole log read back, each ticket a line. */
static void
read_back(struct buf *csv, struct buf *lines)
{
	char path[] = "/tmp/sla-check-XXXXXX";
	struct input input = {.fd = mkstemp(path), .open = true, .name = "log", .size = -1};
	struct rejects rejects = {0};
	struct event_log *log;
	struct buf line = {0};
	int64_t number;

	unlink(path);
	ck_assert_int_eq(write(input.fd, csv->p, csv->n), (ssize_t)csv->n);
	ck_assert_int_eq(lseek(input.fd, 0, SEEK_SET), 0);
	log = event_log_new(&input, &rejects);
	while (event_log_next(log, &line, &number) == 1) {
		buf_adds(lines, buf_slice(&line));
		buf_addc(lines, '\n');
	}
	ck_assert_int_eq(event_log_refused(log), 0);
	event_log_free(log);
	buf_free(&line);
	input_close(&input);
}

START_TEST(identical)
{
	uint64_t state = test_seed() + (uint64_t)_i;
	struct arena arena = {0};
	struct buf csv = {0}, want = {0}, got = {0};
	struct ticket ticket;
	bool keep = flag(&state);
	size_t j;
	int i;

	event_log_write_header(keep, &csv);
	for (i = 0; i < TICKETS; i++) {
		draw_ticket(&ticket, &arena, &state, i);
		for (j = 0; j < ticket.nevents && !keep; j++)
			ticket.events[j].text = NULL;
		ticket_to_json(&ticket, &want);
		event_log_write(&ticket, keep, &csv);
	}
	read_back(&csv, &got);
	ck_assert_str_eq(buf_z(&got), buf_z(&want));
	arena_free(&arena);
	buf_free(&csv);
	buf_free(&want);
	buf_free(&got);
}
END_TEST

Suite *
event_log_suite(void)
{
	Suite *suite = suite_create("event_log");
	TCase *tcase = tcase_create("event_log");

	tcase_add_loop_test(tcase, identical, 0, 20);
	suite_add_tcase(suite, tcase);
	return suite;
}
