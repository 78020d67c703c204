/* render_junit.c: a report as JUnit XML: a case for each row, failed where a number is bad news */
#include "out/xml.h"
#include "report/format/render.h"
#include "time/instant.h"

struct junit {
	struct buf *out;
	int64_t as_of;
	struct buf name, words; /* scratch */
};

enum result { RESULT_PASSED, RESULT_FAILED, RESULT_SKIPPED };

/* Failed: some cell is bad news. Skipped: there is a cell that could not be judged, and no number. */
static enum result
result_of(const struct section *section, const struct cell *row)
{
	bool blind = false, number = false;
	size_t i;

	for (i = section->nkeys; i < section->ncolumns; i++) {
		if (row[i].tone == TONE_BAD)
			return RESULT_FAILED;
		blind = blind || row[i].type == CELL_NOT_JUDGED;
		number = number || row[i].type >= CELL_INT;
	}
	return blind && !number ? RESULT_SKIPPED : RESULT_PASSED;
}

/* The row's keys; of a card, which has none, its ticket. Blanks in front only indent a fact. */
static struct slice
case_name(struct junit *junit, const struct section *section, const struct cell *row)
{
	size_t i, first = 0, n = section->nkeys;

	for (i = 0; n == 0 && i < section->ncolumns; i++) {
		if (section->columns[i].line == 2) {
			first = i;
			n = 1;
		}
	}
	buf_clear(&junit->name);
	for (i = first; i < first + n; i++) {
		buf_addz(&junit->name, i > first ? " " : "");
		cell_words(&row[i], junit->as_of, &junit->name);
	}
	return slice_trim(buf_slice(&junit->name));
}

/* The cells as `title: words`, with the tone given or with any, one behind the other. */
static const char *
row_words(
    struct junit *junit, const struct section *section, const struct cell *row, bool bad_alone)
{
	size_t i;

	buf_clear(&junit->words);
	for (i = section->nkeys; i < section->ncolumns; i++) {
		if (!column_is_in(section, i, 0) || row[i].type == CELL_BAR ||
		    row[i].type == CELL_NULL || (bad_alone && row[i].tone != TONE_BAD))
			continue;
		buf_addz(&junit->words, junit->words.n > 0 ? ", " : "");
		if (section->columns[i].title[0] != '\0')
			buf_addf(&junit->words, "%s: ", section->columns[i].title);
		cell_words(&row[i], junit->as_of, &junit->words);
	}
	return buf_z(&junit->words);
}

static void
add_case(struct junit *junit, const struct view *view, const struct section *section,
    const struct cell *row)
{
	enum result result = result_of(section, row);

	buf_addf(
	    junit->out, "    <testcase classname=\"%s.%s\" name=\"", view->name, section->name);
	xml_add(junit->out, case_name(junit, section, row));
	buf_addz(junit->out, "\">\n      ");
	if (result == RESULT_SKIPPED) {
		buf_addz(junit->out, "<skipped message=\"not judged: no evidence\"/>\n");
	} else if (result == RESULT_FAILED) {
		buf_addz(junit->out, "<failure type=\"bad\"");
		xml_attribute(junit->out, "message", row_words(junit, section, row, true));
		buf_addc(junit->out, '>');
		row_words(junit, section, row, false);
		xml_add(junit->out, buf_slice(&junit->words));
		buf_addz(junit->out, "</failure>\n");
	} else {
		buf_addz(junit->out, "<system-out>");
		row_words(junit, section, row, false);
		xml_add(junit->out, buf_slice(&junit->words));
		buf_addz(junit->out, "</system-out>\n");
	}
	buf_addz(junit->out, "    </testcase>\n");
}

static void
count_results(const struct view *view, int64_t counts[3])
{
	const struct section *section;
	size_t i, row;

	for (i = 0; i < view->nsections; i++) {
		section = &view->sections[i];
		for (row = 0; row < section->nrows && !section->picture; row++)
			counts[result_of(section, &section->cells[row * section->ncolumns])]++;
	}
}

static void
begin_suite(struct junit *junit, const char *name, const int64_t counts[3])
{
	char as_of[INSTANT_TEXT];

	instant_format(junit->as_of, as_of);
	buf_addf(junit->out,
	    "  <testsuite name=\"%s\" tests=\"%lld\" failures=\"%lld\" errors=\"0\" "
	    "skipped=\"%lld\" time=\"0\" timestamp=\"%.19s\">\n",
	    name, (long long)(counts[0] + counts[1] + counts[2]), (long long)counts[RESULT_FAILED],
	    (long long)counts[RESULT_SKIPPED], as_of);
}

static void
add_suite(struct junit *junit, const struct view *view)
{
	int64_t counts[3] = {0};
	const struct section *section;
	size_t i, row;

	count_results(view, counts);
	begin_suite(junit, view->name, counts);
	for (i = 0; i < view->nsections; i++) {
		section = &view->sections[i];
		for (row = 0; row < section->nrows && !section->picture; row++)
			add_case(junit, view, section, &section->cells[row * section->ncolumns]);
	}
	buf_addz(junit->out, "  </testsuite>\n");
}

static void
add_gate(struct junit *junit, const struct verdict_words *gate)
{
	buf_addz(junit->out, "    <testcase classname=\"gates\"");
	xml_attribute(junit->out, "name", gate->text);
	if (gate->outcome == GATE_PASSED) {
		buf_addz(junit->out, "/>\n");
		return;
	}
	buf_addz(junit->out,
	    gate->outcome == GATE_TRIPPED ? ">\n      <failure type=\"gate\""
					  : ">\n      <skipped");
	xml_attribute(junit->out, "message", gate->words);
	buf_addz(junit->out, "/>\n    </testcase>\n");
}

/* The gates come first: a CI system shows what failed in this order. */
static void
add_gates(struct junit *junit, const struct page *page)
{
	static const enum result results[] = {[GATE_PASSED] = RESULT_PASSED,
	    [GATE_TRIPPED] = RESULT_FAILED,
	    [GATE_NOT_JUDGED] = RESULT_SKIPPED};
	int64_t counts[3] = {0};
	size_t i;

	if (page->ngates == 0)
		return;
	for (i = 0; i < page->ngates; i++)
		counts[results[page->gates[i].outcome]]++;
	begin_suite(junit, "gates", counts);
	for (i = 0; i < page->ngates; i++)
		add_gate(junit, &page->gates[i]);
	buf_addz(junit->out, "  </testsuite>\n");
}

int
render_junit(const struct page *page, struct buf *out)
{
	struct junit junit = {.out = out, .as_of = page->options->as_of};
	size_t i;

	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
	add_gates(&junit, page);
	for (i = 0; i < page->nviews; i++)
		add_suite(&junit, &page->views[i]);
	buf_addz(out, "</testsuites>\n");
	buf_free(&junit.name);
	buf_free(&junit.words);
	return 0;
}
