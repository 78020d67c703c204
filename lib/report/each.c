/* each.c: a report for each client, made in one pass */
#include "report/each.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/output.h"
#include "report/count/aggregate.h"
#include "report/file_names.h"
#include "report/trace.h"

struct one {
	const char *client;
	struct report *report;
	struct trace *trace; /* NULL: none */
};

struct each {
	struct report_options options;
	bool traced;
	struct intern clients;
	struct one *list; /* by number in clients */
	size_t count, cap;
	int64_t without;
};

struct each *
each_new(const struct report_options *options, bool traced)
{
	struct each *each = mem_calloc(1, sizeof(*each));

	each->options = *options;
	each->traced = traced;
	return each;
}

void
each_free(struct each *each)
{
	size_t i;

	if (each == NULL)
		return;
	for (i = 0; i < each->count; i++) {
		report_free(each->list[i].report);
		trace_free(each->list[i].trace);
	}
	mem_free(each->list);
	intern_free(&each->clients);
	mem_free(each);
}

struct report *
each_report(struct each *each, const char *client)
{
	struct report_options options = each->options;
	struct one *one;
	uint32_t number;

	if (client == NULL) {
		each->without++;
		return NULL;
	}
	number = intern_add(&each->clients, slice_z(client));
	if (number < each->count)
		return each->list[number].report;
	each->list = mem_push(each->list, each->count, &each->cap, sizeof(*each->list));
	one = &each->list[each->count++];
	one->client = intern_text(&each->clients, number);
	one->trace = each->traced ? trace_new() : NULL;
	options.client = one->client;
	options.trace = one->trace;
	one->report = report_new(&options);
	return one->report;
}

int64_t
each_without(const struct each *each)
{
	return each->without;
}

void
each_refused(struct each *each, int64_t refused)
{
	size_t i;

	for (i = 0; i < each->count; i++)
		report_refused(each->list[i].report, refused);
}

void
each_input(struct each *each, const char *name, const char *digest)
{
	size_t i;

	for (i = 0; i < each->count; i++)
		report_input(each->list[i].report, name, digest);
}

static int
compare(const void *a, const void *b)
{
	const struct one *const *x = a, *const *y = b;

	return strcmp((*x)->client, (*y)->client);
}

/* Those that have a ticket as of then, by name. */
static struct one **
sorted(const struct each *each, struct arena *arena, size_t *n)
{
	struct one **list = arena_calloc(arena, each->count + 1, sizeof(*list));
	size_t i;

	for (*n = 0, i = 0; i < each->count; i++)
		if (count_of(report_all(each->list[i].report), COUNT_TICKETS) > 0)
			list[(*n)++] = &each->list[i];
	qsort(list, *n, sizeof(struct one *), compare);
	return list;
}

static int
write_one(const struct each *each, const struct one *one, const char *path, const char *trace_path)
{
	struct output output, trace = {.fd = -1, .slot = -1};
	int result = output_open(&output, path);

	if (result == 0)
		result = report_render(one->report, &output.buf);
	if (result == 0 && trace_path != NULL) {
		result = output_open_private(&trace, trace_path);
		if (result == 0)
			result = trace_write(one->trace, !each->options.csv_raw, &trace);
	}
	if (result == -1) {
		output_abort(&trace);
		output_abort(&output);
		return -1;
	}
	if (trace_path != NULL)
		result = output_commit(&trace);
	return output_commit(&output) == -1 ? -1 : result;
}

int64_t
each_write(const struct each *each, const char *pattern, const char *traces)
{
	struct arena arena = {0};
	struct one **list;
	const char **names, **clients;
	size_t i, n;
	int64_t written = 0;
	bool failed = false;

	list = sorted(each, &arena, &n);
	clients = arena_calloc(&arena, n + 1, sizeof(*clients));
	names = arena_calloc(&arena, n + 1, sizeof(*names));
	for (i = 0; i < n; i++)
		clients[i] = list[i]->client;
	file_names(clients, n, names, &arena);
	for (i = 0; i < n; i++) {
		if (write_one(each, list[i], file_pattern_fill(pattern, names[i], &arena),
			traces != NULL ? file_pattern_fill(traces, names[i], &arena) : NULL) == -1)
			failed = true;
		else
			written++;
	}
	arena_free(&arena);
	return failed ? -1 : written;
}
