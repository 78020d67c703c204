/* worklist.c: the tickets that need someone, the most urgent first */
#include "report/worklist.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "report/news.h"
#include "time/instant.h"

static int64_t
urgency_of(const struct standing *standing)
{
	static const int64_t by_severity[] = {0, 50, 150, 300, 500};
	int64_t urgency = standing->probability, floor = standing->orphaned ? 300 : 0;

	if (standing->overdue)
		return 1000;
	if (standing->finding != NULL && by_severity[standing->finding->severity] > floor)
		floor = by_severity[standing->finding->severity];
	return urgency > floor ? urgency : floor;
}

int64_t
worklist_weight(enum priority priority)
{
	static const int64_t weights[PRIORITIES] = {4, 16, 8, 4, 2, 1};

	return weights[priority];
}

static int64_t
due_key(int64_t by)
{
	return by == INSTANT_NONE ? INT64_MAX : by;
}

/* <0: a comes first. */
static int
compare(const struct work *a, const struct work *b)
{
	int order;

	if (a->loss != b->loss)
		return a->loss > b->loss ? -1 : 1;
	if (a->by != b->by)
		return due_key(a->by) < due_key(b->by) ? -1 : 1;
	order = text_cmp(a->source, b->source);
	return order != 0 ? order : text_cmp(a->id, b->id);
}

/* What to do, the first that fits: who must have it comes before what must be done. */
static void
choose_action(struct work *work, const struct standing *standing)
{
	static const char *const orphans[CAUSES][2] = {
	    [CAUSE_NOBODY] = {"assign-team", "give it a team and an owner"},
	    [CAUSE_QUEUE] = {"assign-owner", "assign an owner"},
	    [CAUSE_GONE] = {"reassign", "assign another owner"},
	    [CAUSE_AWAY] = {"cover", "assign someone while the owner is away"}};
	bool trouble = standing->overdue || standing->probability >= LISTED_PROBABILITY;

	work->action = "follow-up";
	work->what = "follow up the finding";
	if (standing->orphaned) {
		work->action = orphans[work->cause][0];
		work->what = orphans[work->cause][1];
	} else if (trouble && standing->worst_metric == METRIC_PICKUP) {
		work->action = "take";
		work->what = "take it";
	} else if (trouble &&
	    (standing->worst_metric == METRIC_FIRST_RESPONSE ||
		standing->worst_metric == METRIC_NEXT_RESPONSE)) {
		work->action = "answer";
		work->what = "answer the client";
	} else if (trouble && standing->worst_metric == METRIC_UPDATE) {
		work->action = "update";
		work->what = "tell the client how it stands";
	} else if (standing->overdue) {
		work->action = "re-agree";
		work->what = "resolve or re-agree";
	} else if (trouble) {
		work->action = "resolve";
		work->what = "resolve in time";
	}
}

static void
add_part(struct buf *out, const char *text)
{
	if (out->n > 0)
		buf_addz(out, "; ");
	buf_addz(out, text);
}

static void
add_orphan_reason(struct buf *out, const struct standing *standing)
{
	int64_t since = standing->ownership->orphan_since;
	char instant[INSTANT_TEXT];

	if (!standing->orphaned)
		return;
	add_part(out, "nobody has had it");
	if (since == INSTANT_NONE)
		return;
	instant_format(since, instant);
	buf_addf(out, " since %s", instant);
}

static void
add_words(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		buf_addc(out, *text == '_' ? ' ' : *text);
}

/* The most severe finding's sentence, then the clock and the outlook's reasons. */
static void
add_why(struct buf *out, const struct standing *standing)
{
	const struct risk_clock *worst = standing->worst;
	size_t i;

	if (standing->finding != NULL && standing->finding->text != NULL) {
		add_part(out, standing->finding->text);
		if (standing->nfindings > 1)
			buf_addf(out, " (and %zu more %s)", standing->nfindings - 1,
			    standing->nfindings == 2 ? "finding" : "findings");
	} else {
		add_orphan_reason(out, standing);
	}
	if (worst == NULL || standing->probability < LISTED_PROBABILITY)
		return;
	add_part(out, "");
	add_words(out, word_of(WORDS_METRIC, (int)standing->worst_metric));
	buf_addz(out, standing_is_overdue(standing, worst) ? " target passed" : " target at risk");
	for (i = 0; i < worst->outlook.nreasons; i++)
		buf_addf(out, "%s%s", i == 0 ? ": " : ", ", worst->outlook.reasons[i]);
}

static void
copy_text(struct buf *all, const char *text)
{
	if (text != NULL)
		buf_add(all, text, strlen(text) + 1);
}

/* Sets the text to its copy, which is the next one. */
static void
move_text(const char **text, const char **next)
{
	if (*text == NULL)
		return;
	*text = *next;
	*next += strlen(*next) + 1;
}

/* Moves the lane and the texts into one piece of memory that the work owns. */
static void
own_texts(struct work *work)
{
	const char **texts[] = {&work->source, &work->id, &work->title, &work->client, &work->owner,
	    &work->team, &work->why, &work->rule, &work->action, &work->what};
	size_t i, ntexts = sizeof(texts) / sizeof(texts[0]);
	size_t nspans = work->lane.nspans, size = nspans * sizeof(*work->lane.spans);
	struct buf all = {0};
	const char *next;

	for (i = 0; i < ntexts; i++)
		copy_text(&all, *texts[i]);
	for (i = 0; i < nspans; i++)
		copy_text(&all, work->lane.spans[i].holder);
	work->memory = mem_alloc(size + all.n + 1);
	if (nspans > 0)
		memcpy(work->memory, work->lane.spans, size);
	if (all.n > 0)
		memcpy(work->memory + size, all.p, all.n);
	buf_free(&all);
	next = work->memory + size;
	for (i = 0; i < ntexts; i++)
		move_text(texts[i], &next);
	work->lane.spans = (struct lane_span *)(void *)work->memory;
	for (i = 0; i < nspans; i++)
		move_text(&work->lane.spans[i].holder, &next);
}

static void
work_of(struct work *work, const struct standing *standing)
{
	const struct ticket *ticket = standing->ticket;
	const struct record_head *head = standing->head;

	*work =
	    (struct work){.loss = urgency_of(standing) * worklist_weight(standing->head->priority),
		.by = standing->by,
		.source = ticket->source,
		.id = ticket->id,
		.title = ticket->title,
		.client = ticket->client,
		.owner = head->owner,
		.team = head->team,
		.rule = standing->finding != NULL ? standing->finding->rule : NULL,
		.state = head->state,
		.priority = head->priority,
		.owner_known = standing->owner_known,
		.team_known = standing->team_known,
		.cause = standing->ownership != NULL ? standing->ownership->cause : CAUSES,
		.probability = standing->probability,
		.metric = standing->worst_metric,
		.overdue = standing->overdue,
		.at_risk = standing->at_risk,
		.findings = (int64_t)standing->nfindings};
	choose_action(work, standing);
}

static void
swap(struct work *a, struct work *b)
{
	struct work keep = *a;

	*a = *b;
	*b = keep;
}

static void
sift_up(struct work *heap, size_t i)
{
	for (; i > 0 && compare(&heap[i], &heap[(i - 1) / 2]) > 0; i = (i - 1) / 2)
		swap(&heap[i], &heap[(i - 1) / 2]);
}

static void
sift_down(struct work *heap, size_t count)
{
	size_t i = 0, child;

	for (child = 1; child < count; child = 2 * i + 1) {
		if (child + 1 < count && compare(&heap[child + 1], &heap[child]) > 0)
			child++;
		if (compare(&heap[child], &heap[i]) <= 0)
			return;
		swap(&heap[child], &heap[i]);
		i = child;
	}
}

static bool
is_wanted(const struct worklist *worklist, const struct work *work)
{
	return worklist->limit == 0 || worklist->count < (size_t)worklist->limit ||
	    compare(work, &worklist->heap[0]) < 0;
}

/* Takes one that is wanted, whose texts are another's. */
static void
keep(struct worklist *worklist, struct work work)
{
	bool full = worklist->limit > 0 && worklist->count >= (size_t)worklist->limit;

	own_texts(&work);
	if (full) {
		mem_free(worklist->heap[0].memory);
		worklist->heap[0] = work;
		sift_down(worklist->heap, worklist->count);
		return;
	}
	worklist->heap =
	    mem_push(worklist->heap, worklist->count, &worklist->cap, sizeof(*worklist->heap));
	worklist->heap[worklist->count++] = work;
	if (worklist->limit > 0)
		sift_up(worklist->heap, worklist->count - 1);
}

void
worklist_put(struct worklist *worklist, const struct work *borrowed)
{
	struct work work = *borrowed;

	if (worklist_news(worklist, &work) && is_wanted(worklist, &work))
		keep(worklist, work);
}

void
worklist_add(struct worklist *worklist, const struct standing *standing, const struct lane *lane)
{
	struct buf why = {0};
	struct work work;

	work_of(&work, standing);
	if (!worklist_news(worklist, &work) || !is_wanted(worklist, &work))
		return; /* the reasons are not worth their while */
	add_why(&why, standing);
	work.lane = *lane;
	work.why = buf_z(&why);
	keep(worklist, work);
	buf_free(&why);
}

static int
compare_pointers(const void *a, const void *b)
{
	return compare(*(const struct work *const *)a, *(const struct work *const *)b);
}

const struct work **
worklist_sorted(const struct worklist *worklist, struct arena *arena)
{
	const struct work **list = arena_calloc(arena, worklist->count + 1, sizeof(*list));
	size_t i;

	for (i = 0; i < worklist->count; i++)
		list[i] = &worklist->heap[i];
	qsort(list, worklist->count, sizeof(const struct work *), compare_pointers);
	return list;
}

void
worklist_free(struct worklist *worklist)
{
	size_t i;

	for (i = 0; i < worklist->count; i++)
		mem_free(worklist->heap[i].memory);
	mem_free(worklist->heap);
	mem_free(worklist->lines);
	arena_free(&worklist->arena);
	*worklist = (struct worklist){.limit = worklist->limit};
}
