/* check_render.c: tests of the report's formats: hostile text, widths, shapes */
#include <stdio.h>
#include <string.h>

#include "data/json.h"
#include "out/text.h"
#include "report/report.h"
#include "tests/made.h"
#include "tests/support.h"

static const char *const hostile[] = {"\x1B]0;pwned\x07\x1B[2J", "a|b\n## c\r\n::error::x",
    "=cmd|' /C calc'!A0", "\xE2\x80\xAEtxt.exe",
    "\xC2\x9B"
    "31m<b>`x`</b>",
    "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E"
    "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E",
    "::set-output name=x::", "%s%n%d", "\"quoted\", and 'more'"};

#define WIDTHS  5 /* of text that are tried */
#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static struct commitment promised[HOSTILE];
static struct commitments commitments = {.list = promised, .count = HOSTILE};

static void
make_commitments(void)
{
	size_t i;

	for (i = 0; i < HOSTILE; i++)
		promised[i] = (struct commitment){.client = hostile[0],
		    .id = hostile[i],
		    .text = hostile[i],
		    .due = hostile[i],
		    .late_at = AS_OF,
		    .state = COMMITMENT_OPEN};
}

static struct report *
hostile_report(enum report_format format, unsigned views, int width)
{
	struct report_options options = report_defaults();
	struct policy *terms = made_terms();
	struct report *report;
	struct made made;
	char id[16];
	size_t i;

	make_commitments();
	options.format = format;
	options.views = views;
	options.width = width;
	options.utf8 = true;
	options.as_of = AS_OF;
	options.policy = hostile[1];
	options.terms = terms;
	if ((views & 1U << REPORT_QBR) != 0) {
		options.client = hostile[0];
		options.commitments = &commitments;
		options.since = AS_OF - 24 * HOUR;
		report_settle(&options);
	}
	report = report_new(&options);
	for (i = 0; i < HOSTILE; i++) {
		snprintf(id, sizeof(id), "%zu", i);
		start(&made, id, hostile[i], hostile[(i + 1) % HOSTILE]);
		made.ticket.source = hostile[i];
		made.ticket.client = options.client != NULL ? options.client : hostile[i];
		made.ticket.title = hostile[i];
		made.ownership.head.policy = made.risk.head.policy = hostile[i];
		set_clock(&made, METRIC_RESOLVE, CLOCK_BREACHED, AS_OF - HOUR)->outlook =
		    (struct outlook){.reasons = {hostile[i]}, .nreasons = 1};
		made.ownership.rework =
		    (struct rework){.known = true, .all = {100, 2}, .any = {50, 1}};
		set_finding(&made, hostile[i], SEVERITY_HIGH, hostile[i]);
		made.finding.since = AS_OF - 2 * HOUR;
		made.risk.clocks[METRIC_RESOLVE].breached = AS_OF - HOUR;
		made.risk.clocks[METRIC_RESOLVE].cycles = 2;
		made.ownership.communication.known = true;
		if (options.client != NULL)
			report_input(report, hostile[i], hostile[(i + 2) % HOSTILE]);
		add(report, &made);
		made.ownership.cause = CAUSE_GONE;
		made.finding.text = NULL;
		add(report, &made);
	}
	policy_free(terms);
	return report;
}

static void
check_bytes(struct slice out)
{
	size_t i;

	ck_assert(utf8_valid(out.p, out.n));
	for (i = 0; i < out.n; i++) {
		ck_assert_msg((unsigned char)out.p[i] >= 0x20 || out.p[i] == '\n',
		    "byte %02x at %zu", (unsigned)(unsigned char)out.p[i], i);
		ck_assert_msg(i + 1 == out.n || (unsigned char)out.p[i] != 0xC2 ||
			(unsigned char)out.p[i + 1] >= 0xA0,
		    "C1 at %zu", i);
		ck_assert_msg(
		    i + 3 > out.n || memcmp(out.p + i, "\xE2\x80\xAE", 3) != 0, "bidi at %zu", i);
	}
}

/* No line is wider than asked for, and none begins as a CI command does. */
START_TEST(hostile_text)
{
	static const int widths[WIDTHS] = {40, 60, 80, 132, 250};
	struct report *report = hostile_report(
	    REPORT_TEXT, _i < WIDTHS ? REPORT_ALL_VIEWS : 1U << REPORT_QBR, widths[_i % WIDTHS]);
	struct buf out = {0};
	struct slice rest, line, bare;
	const char *end;

	render(report, &out);
	check_bytes(buf_slice(&out));
	for (rest = buf_slice(&out); rest.n > 0;
	     rest = (struct slice){end + 1, rest.n - line.n - 1}) {
		end = memchr(rest.p, '\n', rest.n);
		ck_assert_ptr_nonnull(end);
		line = (struct slice){rest.p, (size_t)(end - rest.p)};
		ck_assert_msg(text_width(line) <= widths[_i % WIDTHS], "%d columns: %.*s",
		    text_width(line), (int)line.n, line.p);
		bare = slice_trim(line);
		ck_assert(
		    bare.n < 2 || (memcmp(bare.p, "::", 2) != 0 && memcmp(bare.p, "##", 2) != 0));
	}
	report_free(report);
	buf_free(&out);
}
END_TEST

static int
count_bars(const char *line, size_t n)
{
	int bars = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (line[i] == '|' && (i == 0 || line[i - 1] != '\\'))
			bars++;
	return bars;
}

/* Every table keeps its shape, and nothing is HTML. */
START_TEST(hostile_md)
{
	struct report *report =
	    hostile_report(REPORT_MD, _i == 0 ? REPORT_ALL_VIEWS : 1U << REPORT_QBR, 80);
	struct buf out = {0};
	const char *p, *end;
	int bars = 0, now;

	render(report, &out);
	check_bytes(buf_slice(&out));
	for (p = buf_z(&out); *p != '\0'; p = end + 1) {
		end = strchr(p, '\n');
		ck_assert_ptr_nonnull(end);
		now = count_bars(p, (size_t)(end - p));
		ck_assert_msg(bars == 0 || now == 0 || bars == now, "%.*s", (int)(end - p), p);
		bars = now;
		ck_assert_ptr_null(memchr(p, '<', (size_t)(end - p)));
	}
	report_free(report);
	buf_free(&out);
}
END_TEST

/* Whether all of it up to the next comma or line is a number below 0. */
static bool
is_negative(const char *p)
{
	size_t digits = p[0] == '-' ? strspn(p + 1, "0123456789") : 0;

	return digits > 0 && (p[1 + digits] == ',' || p[1 + digits] == '\n');
}

/* No cell begins as a formula, unless the user wants it raw. */
START_TEST(hostile_csv)
{
	struct report *report = hostile_report(REPORT_CSV, 1U << _i, 80);
	struct buf out = {0};
	size_t i;
	bool quoted = false, begins = true;

	render(report, &out);
	for (i = 0; i < out.n; i++) {
		if (begins && out.p[i] == '"' && i + 1 < out.n)
			ck_assert_ptr_null(memchr("=@+-\t\r", out.p[i + 1], 6));
		else if (begins && !is_negative(out.p + i))
			ck_assert_ptr_null(memchr("=@+-\t\r", out.p[i], 6));
		if (out.p[i] == '"')
			quoted = !quoted;
		begins = !quoted && (out.p[i] == ',' || out.p[i] == '\n');
	}
	ck_assert(!quoted);
	report_free(report);
	buf_free(&out);
}
END_TEST

/* Every hostile name comes back as it was. */
START_TEST(hostile_json)
{
	struct report *report = hostile_report(REPORT_JSON, REPORT_ALL_VIEWS, 80);
	struct arena arena = {0};
	struct buf out = {0};
	struct json_error error;
	const struct json *root, *one;
	size_t seen = 0, i;

	render(report, &out);
	root = json_parse(&arena, buf_slice(&out), &error);
	ck_assert_ptr_nonnull(root);
	root = json_get(json_get(json_get(root, "views"), "owners"), "owners");
	for (i = 0; i < HOSTILE; i++)
		for (one = json_first(root); one != NULL; one = json_next(one))
			seen += (size_t)text_same(json_text(json_get(one, "owner")), hostile[i]);
	ck_assert_uint_eq(seen, HOSTILE);
	report_free(report);
	buf_free(&out);
	arena_free(&arena);
}
END_TEST

START_TEST(nothing_at_all)
{
	struct report_options options = report_defaults();
	struct report *report;
	struct buf out = {0};

	options.format = (enum report_format)_i;
	options.as_of = AS_OF;
	if (options.format == REPORT_CSV)
		options.views = 1U << REPORT_SUMMARY;
	if (options.format == REPORT_MAIL)
		options.mail_to = "ann@example.org";
	report = report_new(&options);
	render(report, &out);
	ck_assert_uint_gt(out.n, 0);
	report_free(report);
	buf_free(&out);
}
END_TEST

Suite *render_suite(void);

Suite *
render_suite(void)
{
	Suite *suite = suite_create("render");
	TCase *formats = tcase_create("formats");

	tcase_add_loop_test(formats, hostile_text, 0, 2 * WIDTHS);
	tcase_add_loop_test(formats, hostile_md, 0, 2);
	tcase_add_loop_test(formats, hostile_csv, 0, REPORT_VIEWS);
	tcase_add_test(formats, hostile_json);
	tcase_add_loop_test(formats, nothing_at_all, 0, REPORT_FORMATS);
	suite_add_tcase(suite, formats);
	return suite;
}
