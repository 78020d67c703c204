/* news.c: what the worklist tells that the last one did not */
#include "report/news.h"

#include <stdlib.h>

#include "base/mem.h"
#include "out/json_writer.h"
#include "report/count/aggregate.h"

/* The loss with its urgency rounded down to what a severity stands for, or an overdue clock. */
static int64_t
weight_of(int64_t loss, enum priority priority)
{
	static const int64_t steps[] = {1000, 500, 300, 150, 50};
	int64_t weight = worklist_weight(priority);
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (loss / weight >= steps[i])
			return steps[i] * weight;
	return 0;
}

static void
add_key(struct buf *key, const char *source, const char *id, const char *action)
{
	baseline_add_part(key, source);
	baseline_add_part(key, id);
	buf_addz(key, action);
}

static bool
read_work(const struct json *line, struct buf *key, int64_t *weight)
{
	const char *id = json_text(json_get(line, "id"));
	const char *action = json_text(json_get(line, "action"));
	const char *word = json_text(json_get(line, "priority"));
	int priority = word != NULL ? word_value(WORDS_PRIORITY, slice_z(word)) : 0;
	int64_t loss;

	if (id == NULL || action == NULL || (word != NULL && priority == 0) ||
	    !json_i64(json_get(line, "loss"), &loss) || loss < 0)
		return false;
	add_key(key, json_text(json_get(line, "source")), id, action);
	*weight = weight_of(loss, (enum priority)priority);
	return true;
}

struct baseline *
worklist_baseline(const char *path)
{
	return baseline_load(path,
	    "a baseline of the worklist holds tickets as --write-baseline writes them", read_work);
}

/* The members are those of a ticket in -f ndjson. */
static void
keep_line(struct worklist *worklist, const struct work *work)
{
	struct buf line = {0};
	struct json_writer w = json_writer_to(&line);

	jsonw_open(&w, NULL, '{');
	jsonw_text(&w, "source", work->source);
	jsonw_text(&w, "id", work->id);
	jsonw_text(&w, "action", work->action);
	jsonw_text(&w, "priority",
	    work->priority != PRIORITY_NONE ? word_of(WORDS_PRIORITY, (int)work->priority) : NULL);
	jsonw_i64(&w, "loss", work->loss);
	jsonw_close(&w, '}');
	worklist->lines = mem_push(
	    worklist->lines, worklist->nlines, &worklist->lines_cap, sizeof(*worklist->lines));
	worklist->lines[worklist->nlines++] = arena_text(&worklist->arena, buf_slice(&line));
	buf_free(&line);
}

bool
worklist_news(struct worklist *worklist, struct work *work)
{
	struct buf key = {0};

	if (worklist->keeps_lines)
		keep_line(worklist, work);
	if (worklist->baseline == NULL)
		return true;
	add_key(&key, work->source, work->id, work->action);
	work->news = baseline_news(
	    worklist->baseline, buf_slice(&key), weight_of(work->loss, work->priority));
	buf_free(&key);
	worklist->news[work->news]++;
	return !worklist->new_only || work->news != BASELINE_KNOWN;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
report_write_baseline(struct report *report, struct buf *out)
{
	const struct worklist *worklist = &report->worklist;
	size_t i;

	if (worklist->nlines > 1)
		qsort(worklist->lines, worklist->nlines, sizeof(*worklist->lines), compare_texts);
	for (i = 0; i < worklist->nlines; i++) {
		buf_addz(out, worklist->lines[i]);
		buf_addc(out, '\n');
	}
}
