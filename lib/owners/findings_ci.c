/* findings_ci.c: the findings in the forms that CI systems read */
#include "owners/findings_ci.h"

#include "data/ticket_json.h"
#include "out/json_writer.h"
#include "out/text.h"
#include "out/xml.h"
#include "owners/rules.h"
#include "time/instant.h"

#include <string.h>

/* "source/id", or the id alone; the caller frees the buffer. */
static const char *
ticket_name(struct buf *name, const struct ticket *ticket)
{
	if (ticket->source != NULL)
		buf_addf(name, "%s/", ticket->source);
	buf_addz(name, ticket->id);
	buf_addc(name, '\0');
	return name->p;
}

void
junit_begin(struct buf *out)
{
	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
}

static void
junit_case(struct buf *out, const char *name, const struct finding *finding)
{
	char since[21];

	instant_format(finding->since, since);
	buf_addz(out, "    <testcase");
	xml_attribute(out, "classname", finding->rule);
	xml_attribute(out, "name", name);
	buf_addz(out, ">\n      <failure");
	xml_attribute(out, "type", severity_word(finding->severity));
	xml_attribute(out, "message", finding->text);
	buf_addf(out, ">since %s, %s: ", since, finding->rule);
	xml_add(out, slice_z(finding->text));
	buf_addz(out, "</failure>\n    </testcase>\n");
}

/* The rules take no time that anybody would want to know. */
static void
junit_suite(struct buf *out, const char *name, size_t tests, size_t failures, int64_t as_of)
{
	char timestamp[21];

	instant_format(as_of, timestamp);
	buf_addz(out, "  <testsuite");
	xml_attribute(out, "name", name);
	buf_addf(out,
	    " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" time=\"0\" "
	    "timestamp=\"%s\">\n",
	    tests, failures, timestamp);
}

void
junit_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style)
{
	const struct findings *findings = &ownership->findings;
	struct buf name = {0};
	size_t i;

	style->begun = true;
	ticket_name(&name, ticket);
	junit_suite(out, name.p, findings->count, findings->count, style->as_of);
	for (i = 0; i < findings->count; i++)
		junit_case(out, name.p, &findings->list[i]);
	buf_addz(out, "  </testsuite>\n");
	buf_free(&name);
}

void
junit_end(struct buf *out, const struct findings_style *style)
{
	if (!style->begun) {
		junit_suite(out, "sla-owners", 1, 0, style->as_of);
		buf_addz(out,
		    "    <testcase classname=\"sla-owners\" name=\"findings\">\n"
		    "      <system-out>no findings</system-out>\n    </testcase>\n"
		    "  </testsuite>\n");
	}
	buf_addz(out, "</testsuites>\n");
}

static const char *
sarif_level(enum severity severity)
{
	return severity >= SEVERITY_HIGH  ? "error"
	    : severity == SEVERITY_MEDIUM ? "warning"
					  : "note";
}

static void
text_object(struct json_writer *w, const char *key, const char *text)
{
	jsonw_open(w, key, '{');
	jsonw_text(w, "text", text);
	jsonw_close(w, '}');
}

static void
sarif_rule(struct json_writer *w, const struct rule *rule)
{
	jsonw_open(w, NULL, '{');
	jsonw_text(w, "id", rule->slug);
	text_object(w, "shortDescription", rule->help);
	text_object(w, "fullDescription", rule->definition);
	text_object(w, "help", rule->rationale);
	jsonw_open(w, "defaultConfiguration", '{');
	jsonw_text(w, "level", sarif_level(rule->severity));
	jsonw_close(w, '}');
	jsonw_close(w, '}');
}

void
sarif_begin(struct buf *out)
{
	struct json_writer w = json_writer_to(out);
	size_t i;

	jsonw_open(&w, NULL, '{');
	jsonw_text(&w, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	jsonw_text(&w, "version", "2.1.0");
	jsonw_open(&w, "runs", '[');
	jsonw_open(&w, NULL, '{');
	jsonw_open(&w, "tool", '{');
	jsonw_open(&w, "driver", '{');
	jsonw_text(&w, "name", "sla-owners");
	jsonw_text(&w, "version", SLA_VERSION);
	jsonw_open(&w, "rules", '[');
	for (i = 0; i < nrules; i++)
		sarif_rule(&w, &rules[i]);
	jsonw_close(&w, ']');
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
	jsonw_text(&w, "columnKind", "unicodeCodePoints");
	jsonw_open(&w, "results", '[');
}

static size_t
rule_index(const char *slug)
{
	size_t i;

	for (i = 0; i < nrules && strcmp(rules[i].slug, slug) != 0; i++)
		;
	return i;
}

/* A ticket has no file: its place is a name. The fingerprint is the finding's key. */
static void
sarif_place(struct json_writer *w, const char *name, const struct finding *finding)
{
	struct buf key = {0};
	char first[21];

	jsonw_open(w, "locations", '[');
	jsonw_open(w, NULL, '{');
	jsonw_open(w, "logicalLocations", '[');
	jsonw_open(w, NULL, '{');
	jsonw_text(w, "fullyQualifiedName", name);
	jsonw_text(w, "kind", "resource");
	jsonw_close(w, '}');
	jsonw_close(w, ']');
	jsonw_close(w, '}');
	jsonw_close(w, ']');
	instant_format(finding->evidence[0], first);
	buf_addf(&key, "%s/%s/%s", name, finding->rule, first);
	jsonw_open(w, "partialFingerprints", '{');
	jsonw_slice(w, "slaFinding/v1", buf_slice(&key));
	jsonw_close(w, '}');
	buf_free(&key);
}

static void
sarif_properties(struct json_writer *w, const struct finding *finding)
{
	jsonw_open(w, "properties", '{');
	jsonw_text(w, "severity", severity_word(finding->severity));
	jsonw_begin(w, "since");
	json_add_instant(w->out, finding->since);
	jsonw_text(w, "who", finding->who);
	jsonw_close(w, '}');
}

void
sarif_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style)
{
	const struct finding *one;
	struct json_writer w = json_writer_to(out);
	struct buf name = {0};
	size_t i;

	ticket_name(&name, ticket);
	w.comma = style->begun;
	style->begun = true;
	for (i = 0; i < ownership->findings.count; i++) {
		one = &ownership->findings.list[i];
		jsonw_open(&w, NULL, '{');
		jsonw_text(&w, "ruleId", one->rule);
		jsonw_i64(&w, "ruleIndex", (int64_t)rule_index(one->rule));
		jsonw_text(&w, "level", sarif_level(one->severity));
		text_object(&w, "message", one->text);
		sarif_place(&w, name.p, one);
		sarif_properties(&w, one);
		jsonw_close(&w, '}');
	}
	buf_free(&name);
}

void
sarif_end(struct buf *out, const struct findings_style *style)
{
	(void)style;
	buf_addz(out, "]}]}\n");
}

/* As the runner reads a command's text; in a property `:` and `,` stand for themselves no more. */
static void
github_escaped(struct buf *out, const char *text, bool property)
{
	struct buf safe = {0};
	size_t i;
	char c;

	text_add_safe(&safe, slice_z(text), true);
	for (i = 0; i < safe.n; i++) {
		c = safe.p[i];
		if (c == '%' || (property && (c == ':' || c == ',')))
			buf_addf(out, "%%%02X", (unsigned)c);
		else
			buf_addc(out, c);
	}
	buf_free(&safe);
}

void
github_ticket(struct buf *out, const struct ticket *ticket, const struct ownership *ownership,
    struct findings_style *style)
{
	const struct finding *one;
	struct buf title = {0};
	size_t i;

	(void)style;
	for (i = 0; i < ownership->findings.count; i++) {
		one = &ownership->findings.list[i];
		buf_clear(&title);
		buf_addf(&title, "%s %s", ticket->id, one->rule);
		buf_addc(&title, '\0');
		buf_addf(out, "::%s title=",
		    one->severity >= SEVERITY_HIGH         ? "error"
			: one->severity == SEVERITY_MEDIUM ? "warning"
							   : "notice");
		github_escaped(out, title.p, true);
		buf_addz(out, "::");
		github_escaped(out, one->text, false);
		buf_addc(out, '\n');
	}
	buf_free(&title);
}
