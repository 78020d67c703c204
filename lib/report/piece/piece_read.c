/* piece_read.c: pieces into one report */
#include <stdio.h>

#include "base/diag.h"
#include "base/input.h"
#include "base/mem.h"
#include "report/count/variants.h"
#include "report/history.h"
#include "report/piece/piece.h"
#include "report/piece/piece_text.h"
#include "time/instant.h"

/* What the head of a piece says; texts live in the merge's arena. */
struct head {
	const char *version, *title, *hash;
	const char *time;     /* piece_time_words() */
	const char *policies; /* the hashes, one behind the other; "" where there is none */
	const char *client;   /* NULL: all */
	int64_t as_of, limit, later, refused;
	const struct json *selections, *hashes, *inputs;
	const struct budget *budgets;
	size_t nbudgets;
	const char *terms; /* the budgets in words; NULL: none */
	bool without_policy, history, costs;
};

struct merge {
	const struct report_options *wanted;
	char *const *files;
	struct report *report; /* NULL until the first head was read */
	struct head first;
	struct arena arena, line; /* of the whole merge; of the line at hand */
	struct ticket_ids *ids;   /* of each piece, sorted */
	size_t piece;             /* which one is read */
	struct lines lines;
	int64_t groups, works, notes; /* of this piece, so far */
	bool ended;
};

static int
refuse(const struct merge *merge, const char *what, const char *detail)
{
	struct place place = {.file = merge->files[merge->piece], .line = merge->lines.number};

	return diag(DIAG_BAD_PIECE, place, "%s%s", what, detail);
}

/* Unlike the first piece, whose value is `is`. */
static int
refuse_unlike(const struct merge *merge, const char *what, const char *is, const char *other)
{
	struct place place = {.file = merge->files[merge->piece], .line = 1};

	return diag(DIAG_BAD_PIECE, place, "its %s is %s, that of %s is %s", what,
	    other != NULL ? other : "none", merge->files[0], is != NULL ? is : "none");
}

static const char *
join_hashes(struct arena *arena, const struct json *hashes)
{
	const struct json *one;
	struct buf text = {0};
	const char *copy;

	for (one = json_first(hashes); one != NULL; one = json_next(one))
		buf_addf(&text, "%s%s", text.n > 0 ? ", " : "",
		    json_text(one) != NULL ? json_text(one) : "?");
	copy = arena_text(arena, buf_slice(&text));
	buf_free(&text);
	return copy;
}

static bool
get_budget(struct budget *budget, const struct json *value)
{
	const char *metric = json_text(json_get(value, "metric"));
	const char *period = json_text(json_get(value, "period"));
	int number = period != NULL ? period_of_word(period) : -1;
	int64_t allowed;

	*budget = (struct budget){.name = json_text(json_get(value, "name"))};
	if (budget->name == NULL || metric == NULL || number == -1 ||
	    !json_i64(json_get(value, "allowed"), &allowed) || allowed < 0 || allowed > 1000)
		return false;
	budget->metric = (enum metric)word_value(WORDS_METRIC, slice_z(metric));
	budget->period = (enum period)number;
	budget->allowed = (int)allowed;
	return budget->metric != METRIC_NONE;
}

static bool
get_budgets(struct arena *arena, const struct json *list, struct head *head)
{
	struct budget *budgets = arena_calloc(arena, json_count(list) + 1, sizeof(*budgets)), *one;
	struct buf words = {0};
	const struct json *value;
	bool sound = true;

	for (value = json_first(list); value != NULL && sound; value = json_next(value)) {
		one = &budgets[head->nbudgets++];
		sound = get_budget(one, value);
		if (sound)
			buf_addf(&words, "%s\"%s\" (%s, %s, %d)", head->nbudgets > 1 ? ", " : "",
			    one->name, word_of(WORDS_METRIC, (int)one->metric),
			    period_word(one->period), one->allowed);
	}
	head->budgets = budgets;
	head->terms = words.n > 0 ? arena_text(arena, buf_slice(&words)) : NULL;
	buf_free(&words);
	return sound;
}

static bool
get_head(struct merge *merge, const struct json *value, struct head *head)
{
	const char *as_of = json_text(json_get(value, "as_of"));

	*head = (struct head){.version = json_text(json_get(value, "version")),
	    .title = json_text(json_get(value, "title")),
	    .hash = json_text(json_get(value, "sha256")),
	    .time = json_text(json_get(value, "time")),
	    .client = json_text(json_get(value, "client")),
	    .inputs = json_get(value, "inputs"),
	    .hashes = json_get(value, "policies"),
	    .selections = json_get(value, "selections"),
	    .costs = json_bool(json_get(value, "costs"), false),
	    .history = json_bool(json_get(value, "history"), false),
	    .without_policy = json_bool(json_get(value, "without_policy"), false)};
	head->policies = join_hashes(&merge->arena, head->hashes);
	return get_budgets(&merge->arena, json_get(value, "budgets"), head) &&
	    head->version != NULL && head->time != NULL && as_of != NULL &&
	    instant_parse(slice_z(as_of), &head->as_of) &&
	    json_i64(json_get(value, "limit"), &head->limit) && head->limit >= 0 &&
	    json_i64(json_get(value, "later"), &head->later) && head->later >= 0 &&
	    json_i64(json_get(value, "refused"), &head->refused) && head->refused >= 0;
}

/* A piece without a ticket knows no policy. */
static int
compare_heads(const struct merge *merge, const struct head *head)
{
	const struct head *first = &merge->first;
	char ours[INSTANT_TEXT], theirs[INSTANT_TEXT], limit[24], other[24];

	instant_format(first->as_of, ours);
	instant_format(head->as_of, theirs);
	if (head->as_of != first->as_of)
		return refuse_unlike(merge, "as-of instant", ours, theirs);
	if (!text_same(head->title, first->title))
		return refuse_unlike(merge, "policy", first->title, head->title);
	if (head->policies[0] != '\0' && first->policies[0] != '\0' &&
	    strcmp(head->policies, first->policies) != 0)
		return refuse_unlike(merge, "policy", first->policies, head->policies);
	if (!text_same(head->terms, first->terms))
		return refuse_unlike(merge, "list of budgets", first->terms, head->terms);
	if (head->costs != first->costs)
		return refuse_unlike(merge, "policy", first->costs ? "with costs" : "without costs",
		    head->costs ? "with costs" : "without costs");
	if (!text_same(head->hash, first->hash))
		return refuse_unlike(merge, "policy", first->hash, head->hash);
	if (head->limit == first->limit)
		return 0;
	snprintf(limit, sizeof(limit), "%lld", (long long)first->limit);
	snprintf(other, sizeof(other), "%lld", (long long)head->limit);
	return refuse_unlike(merge, "--limit", limit, other);
}

/* The numbers of a gate's tickets are there only if the piece was made with that gate. */
static int
check_selections(const struct merge *merge, const struct head *head)
{
	const struct gates *gates = merge->wanted->gates;
	const struct json *one;
	const char *words;
	size_t i;

	for (i = 0; gates != NULL && (words = gates_selection(gates, i)) != NULL; i++) {
		for (one = json_first(head->selections); one != NULL; one = json_next(one))
			if (text_same(json_text(one), words))
				break;
		if (one == NULL)
			return refuse(
			    merge, "made without this gate; give --partial the same ", "--fail-if");
	}
	return 0;
}

static int
check_time(struct merge *merge, const struct head *head)
{
	const char *asked = piece_time_words(&merge->report->options, &merge->arena);
	const char *client = merge->wanted->client;
	struct place place = {.file = merge->files[merge->piece], .line = 1};

	if (!text_same(head->client, client))
		return diag(DIAG_BAD_PIECE, place,
		    "it is of %s, asked for is %s: give both the same --client",
		    head->client != NULL ? head->client : "all clients",
		    client != NULL ? client : "all clients");

	if (strcmp(asked, head->time) == 0)
		return 0;
	return diag(
	    DIAG_BAD_PIECE, place, "its numbers are %s, asked for are those %s", head->time, asked);
}

static int
start_report(struct merge *merge, const struct head *head)
{
	struct report_options options = *merge->wanted;
	size_t i;

	if (options.limit < 0)
		options.limit = head->limit;
	if (head->limit > 0 && (options.limit == 0 || options.limit > head->limit))
		return refuse(merge, "its worklist is shorter than --limit", "");
	if (head->limit > 0 && (options.baseline != NULL || options.write_baseline))
		return refuse(
		    merge, "its worklist is cut: a baseline needs pieces made with ", "--limit 0");
	options.as_of = head->as_of;
	options.policy = head->title;
	options.policy_hash = head->hash;
	report_settle(&options);
	merge->first = *head;
	merge->report = report_new(&options);
	for (i = 0; i < head->nbudgets; i++)
		report_add_term(merge->report, &head->budgets[i]);
	merge->report->priced = head->costs;
	return 0;
}

/* Name and digest by turns. */
static int
take_inputs(struct merge *merge, const struct json *inputs)
{
	const struct json *name, *digest;

	for (name = json_first(inputs); name != NULL; name = json_next(digest)) {
		digest = json_next(name);
		if (json_text(name) == NULL || json_text(digest) == NULL)
			return refuse(merge, "inputs that are none", "");
		if (report_wants_digests(&merge->report->options))
			report_input(merge->report, json_text(name), json_text(digest));
	}
	return 0;
}

static int
take_head(struct merge *merge, const struct json *root)
{
	const struct json *one, *value = json_get(root, "piece");
	struct head head;
	int64_t version = 0;

	if (value == NULL || !json_i64(json_get(root, "v"), &version))
		return refuse(merge, "this is no piece of a report", "");
	if (version != PIECE_VERSION || !get_head(merge, value, &head))
		return refuse(merge, "a head that this program does not know", "");
	if (strcmp(head.version, SLA_VERSION) != 0)
		return refuse(merge, "made by another version, ", head.version);
	if ((merge->report != NULL ? compare_heads(merge, &head) : start_report(merge, &head)) ==
	    -1)
		return -1;
	if (report_wants_history(merge->wanted) && !head.history)
		return refuse(merge,
		    "made without the view or the gate that needs histories; give ",
		    "--partial the same --view and --fail-if");
	if (check_selections(merge, &head) == -1 || check_time(merge, &head) == -1)
		return -1;
	if (merge->first.policies[0] == '\0')
		merge->first.policies = head.policies;
	for (one = json_first(head.hashes); one != NULL; one = json_next(one))
		if (json_text(one) != NULL)
			intern_add(&merge->report->policies, slice_z(json_text(one)));
	if (take_inputs(merge, head.inputs) == -1)
		return -1;
	merge->report->without_policy |= head.without_policy;
	merge->report->later += head.later;
	merge->report->refused += head.refused;
	return 0;
}

static bool
get_id(const char *hex, uint64_t *id)
{
	const char *digits = "0123456789abcdef", *at;
	size_t i;

	if (hex == NULL || strlen(hex) != PIECE_ID_CHARS)
		return false;
	for (*id = 0, i = 0; i < PIECE_ID_CHARS; i++) {
		at = strchr(digits, hex[i]);
		if (at == NULL)
			return false;
		*id = *id << 4 | (uint64_t)(at - digits);
	}
	return true;
}

static const char *
take_ids(struct ticket_ids *ids, const struct json *value)
{
	const struct json *one;
	uint64_t id;

	for (one = json_first(value); one != NULL; one = json_next(one)) {
		if (!get_id(json_text(one), &id))
			return "an id of a ticket that is none";
		if (ids->count > 0 && ids->list[ids->count - 1] >= id)
			return "ids of tickets that are not in order";
		ticket_ids_push(ids, id);
	}
	return NULL;
}

static const char *
take_end(struct merge *merge, const struct json *value)
{
	const struct ticket_ids *ids = &merge->ids[merge->piece];
	int64_t groups, works, notes, nids;

	merge->ended = true;
	if (!json_i64(json_get(value, "groups"), &groups) ||
	    !json_i64(json_get(value, "works"), &works) ||
	    !json_i64(json_get(value, "notes"), &notes) ||
	    !json_i64(json_get(value, "ids"), &nids) || groups != merge->groups ||
	    works != merge->works || notes != merge->notes || nids != (int64_t)ids->count)
		return "its end does not count what is in it";
	return NULL;
}

static const char *
take_work(struct merge *merge, const struct json *value)
{
	struct work work;
	const char *fault = piece_get_work(&work, value, &merge->line);

	if (fault == NULL)
		worklist_put(&merge->report->worklist, &work);
	merge->works++;
	return fault;
}

static const char *
take_note(struct merge *merge, const struct json *value)
{
	enum noted_kind kind;
	struct note note;
	const char *fault = piece_get_note(&note, &kind, value);

	if (fault == NULL)
		noted_put(&merge->report->noted, kind, &note);
	merge->notes++;
	return fault;
}

static const char *
take_line(struct merge *merge, const struct json *root)
{
	const struct json *value = json_first(root);
	const char *key = value != NULL ? json_key(value) : NULL;

	if (merge->ended)
		return "there is something behind its end";
	if (text_same(key, "group")) {
		merge->groups++;
		return piece_get_group(merge->report, value);
	}
	if (text_same(key, "work"))
		return take_work(merge, value);
	if (text_same(key, "note"))
		return take_note(merge, value);
	if (text_same(key, "ids"))
		return take_ids(&merge->ids[merge->piece], value);
	if (text_same(key, "end"))
		return take_end(merge, value);
	return "a line that this program does not know";
}

/* The head stays for the whole merge, what follows for a line. */
static int
read_lines(struct merge *merge)
{
	const struct json *root;
	struct json_error error;
	struct slice line;
	const char *fault;
	int got;

	while ((got = lines_next(&merge->lines, &line)) == 1) {
		arena_reset(&merge->line);
		root = json_parse(
		    merge->lines.number == 1 ? &merge->arena : &merge->line, line, &error);
		if (root == NULL)
			return refuse(merge, "not JSON: ", error.what);
		if (merge->lines.number == 1) {
			if (take_head(merge, root) == -1)
				return -1;
			continue;
		}
		fault = take_line(merge, root);
		if (fault != NULL)
			return refuse(merge, fault, "");
	}
	if (got == 0 && !merge->ended)
		return refuse(merge, "it is cut off: it has no end", "");
	return got;
}

static int
compare_tickets(const struct merge *merge)
{
	struct place place = {.file = merge->files[merge->piece]};
	size_t i, common;

	for (i = 0; i < merge->piece; i++) {
		common = ticket_ids_common(&merge->ids[i], &merge->ids[merge->piece]);
		if (common > 0)
			return diag(DIAG_BAD_PIECE, place, "%zu of its tickets %s in %s, too",
			    common, common == 1 ? "is" : "are", merge->files[i]);
	}
	return 0;
}

static int
read_piece(struct merge *merge)
{
	struct input input = {0};
	int result;

	merge->groups = merge->works = merge->notes = 0;
	merge->ended = false;
	if (input_open(&input, merge->files[merge->piece]) == -1)
		return -1;
	lines_start(&merge->lines, &input);
	result = read_lines(merge);
	lines_free(&merge->lines);
	input_close(&input);
	return result == 0 ? compare_tickets(merge) : -1;
}

static void
keep_ids(const struct merge *merge, size_t npieces)
{
	struct ticket_ids *all = &merge->report->ids;
	size_t i, k;

	for (i = 0; i < npieces; i++)
		for (k = 0; k < merge->ids[i].count; k++)
			ticket_ids_push(all, merge->ids[i].list[k]);
}

/* As one of the report's texts it outlives the merge. */
static const char *
keep_text(struct report *report, const char *text)
{
	return text == NULL
	    ? NULL
	    : intern_text(&report->names, intern_add(&report->names, slice_z(text)));
}

struct report *
pieces_merge(const struct report_options *options, char *const *files, size_t nfiles)
{
	struct merge merge = {.wanted = options, .files = files};
	bool sound = nfiles > 0;
	size_t i;

	merge.ids = mem_calloc(nfiles + 1, sizeof(*merge.ids));
	for (; merge.piece < nfiles && sound; merge.piece++)
		sound = read_piece(&merge) == 0;
	if (sound) {
		variants_settle(merge.report);
		merge.report->options.policy = keep_text(merge.report, merge.first.title);
		merge.report->options.policy_hash = keep_text(merge.report, merge.first.hash);
		if (options->partial)
			keep_ids(&merge, nfiles);
	} else {
		report_free(merge.report);
		merge.report = NULL;
	}
	for (i = 0; i < nfiles; i++)
		ticket_ids_free(&merge.ids[i]);
	mem_free(merge.ids);
	arena_free(&merge.arena);
	arena_free(&merge.line);
	return merge.report;
}
