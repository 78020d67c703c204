/* scope.c: what a report is of: whose tickets, what time, which inputs */
#include "report/count/aggregate.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "time/instant.h"

#define NAMES_TOLD 3

bool
report_takes(struct report *report, const struct ticket *ticket)
{
	const char *client = report->options.client;

	if (client == NULL || text_same(ticket->client, client))
		return true;
	if (ticket->client != NULL)
		intern_add(&report->clients, slice_z(ticket->client));
	return false;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The clients whose names have the text in them, in whatever case. */
static size_t
clients_like(const struct report *report, const char *text, const char **names)
{
	struct buf pattern = {0};
	size_t i, n = 0;

	buf_addf(&pattern, "*%s*", text);
	for (i = 0; i < report->clients.count; i++) {
		names[n] = intern_text(&report->clients, (uint32_t)i);
		n += glob_match(buf_z(&pattern), names[n]);
	}
	buf_free(&pattern);
	if (n > 1)
		qsort(names, n, sizeof(*names), compare_texts);
	return n;
}

bool
report_has_client(const struct report *report)
{
	const char *client = report->options.client, **names;
	struct arena arena = {0};
	struct buf like = {0};
	size_t i, n;

	if (client == NULL || count_of(report_all(report), COUNT_TICKETS) > 0 || report->later > 0)
		return true;
	names = arena_calloc(&arena, report->clients.count + 1, sizeof(*names));
	n = clients_like(report, client, names);
	for (i = 0; i < n && i < NAMES_TOLD; i++)
		buf_addf(&like, "%s \"%s\"", i == 0 ? "; like it" : ",", names[i]);
	diag(DIAG_USAGE, NOWHERE,
	    "--client: no ticket is of \"%s\"; there are %zu other clients%s%s", client,
	    report->clients.count, buf_z(&like), n > NAMES_TOLD ? " ..." : "");
	buf_free(&like);
	arena_free(&arena);
	return false;
}

void
report_settle(struct report_options *options)
{
	enum period period = options->period_given ? options->period : PERIOD_QUARTER;
	uint32_t number;

	if ((options->views & (1U << REPORT_QBR)) == 0)
		return;
	options->compare = true;
	if (options->since != INSTANT_NONE)
		return;
	number = period_at(period, options->zone, options->as_of);
	options->since = period_start(period, options->zone, number - 1);
	options->until = period_start(period, options->zone, number);
	options->last_period = true;
}

void
report_input(struct report *report, const char *name, const char *digest)
{
	struct report_input *input;

	report->inputs =
	    mem_push(report->inputs, report->ninputs, &report->inputs_cap, sizeof(*report->inputs));
	input = &report->inputs[report->ninputs++];
	input->name = mem_dupz(name);
	input->digest = mem_dupz(digest);
}

bool
report_wants_digests(const struct report_options *options)
{
	return (options->views & (1U << REPORT_QBR)) != 0 || options->trace != NULL ||
	    (options->partial && options->client != NULL);
}

static int
compare_inputs(const void *a, const void *b)
{
	const struct report_input *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : strcmp(x->digest, y->digest);
}

/* One that several pieces were made of is named once. */
const struct report_input *
report_inputs(const struct report *report, struct arena *arena, size_t *n)
{
	struct report_input *list = arena_calloc(arena, report->ninputs + 1, sizeof(*list));
	size_t i;

	*n = 0;
	if (report->ninputs == 0)
		return list;
	memcpy(list, report->inputs, report->ninputs * sizeof(*list));
	qsort(list, report->ninputs, sizeof(*list), compare_inputs);
	for (i = 0; i < report->ninputs; i++)
		if (i == 0 || compare_inputs(&list[i], &list[*n - 1]) != 0)
			list[(*n)++] = list[i];
	return list;
}

void
report_forget_inputs(struct report *report)
{
	size_t i;

	for (i = 0; i < report->ninputs; i++) {
		mem_free(report->inputs[i].name);
		mem_free(report->inputs[i].digest);
	}
	mem_free(report->inputs);
}
