/* report.c: the tables of views and formats, and the way from numbers to a page */
#include "report/report.h"

#include <stdlib.h>

#include "out/mime.h"
#include "report/render.h"
#include "time/instant.h"

static const struct {
	const char *name, *title;
	void (*fill)(struct view *view, const struct report *report);
} views[REPORT_VIEWS] = {
    [REPORT_SUMMARY] = {"summary", "Summary", view_summary},
    [REPORT_WORKLIST] = {"worklist", "Worklist", view_worklist},
    [REPORT_OWNERS] = {"owners", "Owners", view_owners},
    [REPORT_TEAMS] = {"teams", "Teams", view_teams},
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

struct report_options
report_defaults(void)
{
	return (struct report_options){.views = REPORT_ALL_VIEWS,
	    .limit = REPORT_LIMIT,
	    .width = REPORT_WIDTH,
	    .as_of = INSTANT_NONE};
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
	if ((options->views & REPORT_ALL_VIEWS) == 0 || (options->views & ~REPORT_ALL_VIEWS) != 0)
		return "there is no such view";
	if (options->limit < 0)
		return "the limit must not be negative";
	if (options->format == REPORT_CSV && (options->views & (options->views - 1)) != 0)
		return "csv holds one view: name it, for example --view worklist";
	return check_mail(options);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
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
	if (policies->count == 0 || report->without_policy)
		title = title != NULL && policies->count > 0 ? title : "no policy: PSA due dates";
	buf_addz(&text, title != NULL ? title : "policy");
	for (i = 0; i < policies->count; i++)
		buf_addf(&text, "%s %s", i == 0 ? " sha256" : ",", hashes[i]);
	if (policies->count > 1 || (policies->count > 0 && report->without_policy))
		buf_addz(&text, " (the records were made with different policies)");
	copy = arena_text(arena, buf_slice(&text));
	buf_free(&text);
	return copy;
}

int
report_render(const struct report *report, struct buf *out)
{
	const struct report_options *options = &report->options;
	struct view list[REPORT_VIEWS];
	struct arena arena = {0};
	struct page page = {.options = options,
	    .views = list,
	    .title = options->policy,
	    .tickets = report->all.counts[COUNT_TICKETS],
	    .refused = report->refused};
	int i, result;

	if (report_options_check(options) != NULL)
		return -1;
	for (i = 0; i < REPORT_VIEWS; i++) {
		if ((options->views & (1U << i)) == 0)
			continue;
		list[page.nviews] =
		    (struct view){.name = views[i].name, .title = views[i].title, .arena = &arena};
		views[i].fill(&list[page.nviews++], report);
	}
	page.policy = policy_words(report, &arena);
	if (report->policies.count == 1 && !report->without_policy)
		page.hash = intern_text(&report->policies, 0);
	result = formats[options->format].render(&page, out);
	arena_free(&arena);
	return result;
}
