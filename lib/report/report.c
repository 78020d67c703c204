/* report.c: the tables of views and formats, and the way from numbers to a page */
#include "report/report.h"

#include <stdlib.h>

#include "base/diag.h"
#include "out/mime.h"
#include "report/format/render.h"
#include "time/instant.h"

#define BY(id) (UINT64_C(1) << BY_##id)

static const struct {
	const char *name, *title;
	void (*fill)(struct view *view, const struct report *report);
	uint64_t dimensions; /* that it reads, beside the one of all tickets */
} views[REPORT_VIEWS] = {
    [REPORT_SUMMARY] = {"summary", "Summary", view_summary, BY(PRIORITY) | BY(RULE)},
    [REPORT_WORKLIST] = {"worklist", "Worklist", view_worklist, 0},
    [REPORT_OWNERS] = {"owners", "Owners", view_owners, BY(OWNER)},
    [REPORT_TEAMS] = {"teams", "Teams", view_teams, BY(TEAM)},
    [REPORT_TREND] = {"trend", "Trend", view_trend, BY(PERIOD) | BY(HOUR)},
    [REPORT_CLIENTS] = {"clients", "Clients", view_clients, BY(CLIENT)},
    [REPORT_ATTRIBUTION] = {"attribution", "Where the time of missed targets went",
	view_attribution, BY(CLIENT) | BY(TEAM) | BY(PRIORITY)},
    [REPORT_HANDOFFS] = {"handoffs", "Handoffs", view_handoffs, BY(OWNER_PAIR) | BY(TEAM_PAIR)},
    [REPORT_COMMUNICATION] = {"communication", "Communication", view_communication,
	BY(CLIENT) | BY(TEAM)},
    [REPORT_CONSISTENCY] = {"consistency", "Consistency", view_consistency,
	BY(TEAM) | BY(TEAM_WEEK)},
    [REPORT_REWORK] = {"rework", "Rework", view_rework,
	BY(CLIENT) | BY(TEAM) | BY(PRIORITY) | BY(CURRENCY) | BY(CURRENCY_CLIENT) |
	    BY(CURRENCY_TEAM) | BY(CURRENCY_PRIORITY)},
    [REPORT_BUDGET] = {"budget", "Budgets", view_budget, BY(BUDGET) | BY(BUDGET_DAY)},
    [REPORT_CONFORMANCE] = {"conformance", "Conformance", view_conformance,
	BY(CHECK) | BY(CLIENT) | BY(TEAM) | BY(TEAM_CHECK) | BY(VARIANT)},
    [REPORT_CONVENTIONS] = {"conventions", "Conventions", view_conventions, BY(RULES)},
    [REPORT_QBR] = {"qbr", "Business review", view_qbr, BY(PRIORITY)},
};

static const struct {
	const char *name;
	int (*render)(const struct page *page, struct buf *out);
} formats[REPORT_FORMATS] = {
    [REPORT_TEXT] = {"text", render_text},
    [REPORT_MD] = {"md", render_md},
    [REPORT_HTML] = {"html", render_html},
    [REPORT_MAIL] = {"mail", render_mail},
    [REPORT_CSV] = {"csv", render_csv},
    [REPORT_JSON] = {"json", render_json},
    [REPORT_NDJSON] = {"ndjson", render_ndjson},
    [REPORT_PROMETHEUS] = {"prometheus", render_prometheus},
    [REPORT_JUNIT] = {"junit", render_junit},
    [REPORT_XLSX] = {"xlsx", render_xlsx},
};

const char *
report_view_name(int view)
{
	return view >= 0 && view < REPORT_VIEWS ? views[view].name : NULL;
}

const char *
report_format_name(int format)
{
	return format >= 0 && format < REPORT_FORMATS ? formats[format].name : NULL;
}

int
report_view_of(const char *name)
{
	int i;

	for (i = 0; i < REPORT_VIEWS; i++)
		if (text_same(views[i].name, name))
			return i;
	return -1;
}

int
report_format_of(const char *name)
{
	int i;

	for (i = 0; i < REPORT_FORMATS; i++)
		if (text_same(formats[i].name, name))
			return i;
	return -1;
}

uint64_t
report_dimensions(unsigned wanted)
{
	uint64_t dimensions = BY(ALL);
	int i;

	for (i = 0; i < REPORT_VIEWS; i++)
		if ((wanted & 1U << i) != 0)
			dimensions |= views[i].dimensions;
	return dimensions;
}

struct report_options
report_defaults(void)
{
	return (struct report_options){.views = REPORT_COMMON_VIEWS,
	    .limit = REPORT_LIMIT,
	    .width = REPORT_WIDTH,
	    .as_of = INSTANT_NONE,
	    .since = INSTANT_NONE,
	    .until = INSTANT_NONE,
	    .period = PERIOD_MONTH,
	    .zone = zone_utc()};
}

static const char *
check_mail(const struct report_options *options)
{
	bool given =
	    options->mail_to != NULL || options->mail_from != NULL || options->subject != NULL;

	if (options->format != REPORT_MAIL)
		return given ? "--mail-to, --mail-from and --subject go with -f mail" : NULL;
	if (options->mail_to == NULL)
		return "mail needs a recipient: --mail-to";
	if (!mime_is_mailboxes(options->mail_to))
		return "--mail-to takes addresses with commas between them: "
		       "ann@example.org, \"Lee, Bo\" <bo@example.org>";
	if (options->mail_from != NULL && !mime_is_mailboxes(options->mail_from))
		return "--mail-from takes an address: Desk <desk@example.org>";
	if (options->subject != NULL && !utf8_valid(options->subject, strlen(options->subject)))
		return "--subject must be UTF-8";
	return NULL;
}

const char *
report_options_check(const struct report_options *options)
{
	if (options->views == 0 || options->views >> REPORT_VIEWS != 0)
		return "there is no such view";
	if ((options->views & (1U << REPORT_QBR)) != 0 && options->client == NULL)
		return "the view qbr is of one client: it needs --client or --each client";
	if ((options->views & (1U << REPORT_QBR)) != 0 && options->since == INSTANT_NONE &&
	    options->until != INSTANT_NONE)
		return "the view qbr with --until needs --since";
	if (options->limit < 0)
		return "the limit must not be negative";
	if (options->since != INSTANT_NONE && options->until != INSTANT_NONE &&
	    options->since >= options->until)
		return "--since must be earlier than --until";
	if (options->new_only && options->baseline == NULL)
		return "--new-only needs --baseline FILE";
	if (options->partial &&
	    (options->baseline != NULL || options->new_only || options->write_baseline))
		return "a baseline goes with --merge, not with --partial";
	if (options->compare && options->since == INSTANT_NONE)
		return "--compare needs --since: the beginning of what is compared";
	if (options->format == REPORT_CSV && (options->views & (options->views - 1)) != 0)
		return "csv holds one view: name it, for example --view worklist";
	return check_mail(options);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The title names a policy with which no record was made. */
static bool
is_other_policy(const struct report *report)
{
	const char *hash = report->options.policy_hash;

	return hash != NULL && report->policies.count > 0 &&
	    intern_find(&report->policies, slice_z(hash)) == INTERN_NONE;
}

static bool
are_mixed(const struct report *report)
{
	return report->policies.count + (report->without_policy ? 1 : 0) > 1;
}

bool
report_policies_differ(const struct report *report)
{
	return is_other_policy(report) || are_mixed(report);
}

/* The policy as people read it: its title, and the hashes that the records carry. */
static const char *
policy_words(const struct report *report, struct arena *arena)
{
	const struct intern *policies = &report->policies;
	const char **hashes = arena_calloc(arena, policies->count + 1, sizeof(*hashes));
	const char *title = report->options.policy, *copy;
	struct buf text = {0};
	size_t i;

	for (i = 0; i < policies->count; i++)
		hashes[i] = intern_text(policies, (uint32_t)i);
	qsort(hashes, policies->count, sizeof(*hashes), compare_texts);
	if (policies->count == 0)
		title = "no policy: PSA due dates";
	if (is_other_policy(report))
		buf_addz(&text, "another policy than ");
	buf_addz(&text, title != NULL ? title : "policy");
	for (i = 0; i < policies->count; i++)
		buf_addf(&text, "%s %s", i == 0 ? " sha256" : ",", hashes[i]);
	if (policies->count > 0 && report->without_policy)
		buf_addz(&text, ", and no policy: PSA due dates");
	if (are_mixed(report))
		buf_addz(&text, " (the records were made with different policies)");
	copy = arena_text(arena, buf_slice(&text));
	buf_free(&text);
	return copy;
}

static void
add_bound(struct buf *text, int64_t instant, const struct zone *zone)
{
	struct civil civil;

	zone_local(zone, instant, &civil);
	buf_addf(text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
	if (civil.hour != 0 || civil.minute != 0 || civil.second != 0)
		buf_addf(text, " %02d:%02d", civil.hour, civil.minute);
}

static void
add_window(struct buf *text, const struct window *window, const struct zone *zone)
{
	if (window->since != INSTANT_NONE) {
		buf_addz(text, " since ");
		add_bound(text, window->since, zone);
	}
	if (window->until != INSTANT_NONE) {
		buf_addz(text, window->since != INSTANT_NONE ? " until " : " until ");
		add_bound(text, window->until, zone);
	}
}

/* What time is asked for, for people; NULL: all of it. */
static const char *
window_words(const struct report *report, struct arena *arena)
{
	const struct report_options *options = &report->options;
	struct buf text = {0};
	const char *copy;

	if (options->since == INSTANT_NONE && options->until == INSTANT_NONE)
		return NULL;
	buf_addz(&text, "What happened");
	add_window(&text, &report->windows[WINDOW_ASKED], options->zone);
	if (options->last_period)
		buf_addf(&text, ", the last whole %s",
		    period_word(options->period_given ? options->period : PERIOD_QUARTER));
	if (options->compare) {
		buf_addz(&text, ", compared with the time");
		add_window(&text, &report->windows[WINDOW_BEFORE], options->zone);
	}
	buf_addf(&text, " (%s). What is open, at risk or on the worklist is as of now.",
	    zone_name(options->zone));
	copy = arena_text(arena, buf_slice(&text));
	buf_free(&text);
	return copy;
}

/* All gates, judged as gates_tell() tells them. */
static void
judge_gates(struct page *page, const struct report *report, struct arena *arena)
{
	const struct gates *gates = report->options.gates;
	struct verdict_words *list;
	struct buf words = {0};
	size_t i;

	page->ngates = gates != NULL ? gates_count(gates) : 0;
	list = arena_calloc(arena, page->ngates + 1, sizeof(*list));
	for (i = 0; i < page->ngates; i++) {
		buf_clear(&words);
		list[i].text = gates_text(gates, i);
		list[i].outcome = gates_judge(report, i, &words);
		list[i].words = arena_text(arena, buf_slice(&words));
	}
	page->gates = list;
	buf_free(&words);
}

bool
report_has_tickets(const struct report *report)
{
	if (report->refused == 0 || report->later > 0 ||
	    count_of(report_all(report), COUNT_TICKETS) > 0)
		return true;
	diag(DIAG_INPUT_REFUSED, NOWHERE, "nothing of the input is a ticket: no report is made");
	return false;
}

int
report_render(const struct report *report, struct buf *out)
{
	const struct report_options *options = &report->options;
	struct view list[REPORT_VIEWS];
	struct arena arena = {0};
	struct page page = {.options = options,
	    .views = list,
	    .title = is_other_policy(report) ? NULL : options->policy,
	    .tickets = count_of(report_all(report), COUNT_TICKETS),
	    .refused = report->refused};
	const char *window;
	int i, result;

	if (report_options_check(options) != NULL)
		return -1;
	window = window_words(report, &arena);
	for (i = 0; i < REPORT_VIEWS; i++) {
		if ((options->views & (1U << i)) == 0)
			continue;
		list[page.nviews] =
		    (struct view){.name = views[i].name, .title = views[i].title, .arena = &arena};
		if (window != NULL)
			view_note(&list[page.nviews], window);
		views[i].fill(&list[page.nviews++], report);
	}
	page.inputs = report_inputs(report, &arena, &page.ninputs);
	page.policy = policy_words(report, &arena);
	judge_gates(&page, report, &arena);
	if (report->policies.count == 1 && !report->without_policy)
		page.hash = intern_text(&report->policies, 0);
	result = formats[options->format].render(&page, out);
	arena_free(&arena);
	return result;
}
