/* rules_explain.c: what a rule means, for people */
#include "out/text.h"
#include "owners/rules.h"
#include "owners/rules_tools.h"

#include <string.h>

#define WIDTH 78

static void
paragraph(struct buf *out, const char *title, const char *text)
{
	struct buf line = {0};

	buf_addf(&line, "%s: %s", title, text);
	text_add_wrapped(out, buf_slice(&line), WIDTH, 4);
	buf_free(&line);
}

static void
add_limit(struct buf *out, const struct rule *rule, int64_t limit)
{
	if (strstr(rule->unit, "time") != NULL && strcmp(rule->unit, "times") != 0)
		buf_addz(out, working_words(limit).text);
	else
		buf_addf(out, "%lld", (long long)limit);
}

static void
limits(struct buf *out, const struct rule *rule)
{
	struct buf text = {0};
	int i;

	add_limit(&text, rule, rule->limits[0]);
	for (i = 1; i < PRIORITIES; i++) {
		if (rule->limits[i] == rule->limits[0])
			continue;
		buf_addf(&text, ", P%d ", i);
		add_limit(&text, rule, rule->limits[i]);
	}
	buf_addf(&text, " (%s)", rule->unit);
	buf_addc(&text, '\0');
	paragraph(out, "Limit", text.p);
	buf_free(&text);
}

static void
evidence(struct buf *out, const struct rule *rule)
{
	struct buf text = {0};
	int i;

	for (i = 1; word_of(WORDS_EVIDENCE, i) != NULL; i++)
		if ((rule->needs >> i & 1) != 0)
			buf_addf(&text, "%s%s", text.n > 0 ? ", " : "", word_of(WORDS_EVIDENCE, i));
	for (i = 1; word_of(WORDS_EVIDENCE, i) != NULL; i++)
		if ((rule->needs_any >> i & 1) != 0)
			buf_addf(&text, "%s%s",
			    text.n == 0                                    ? ""
				: (rule->needs_any & ((1u << i) - 1)) != 0 ? " or "
									   : "; ",
			    word_of(WORDS_EVIDENCE, i));
	if (rule->evident != NULL)
		buf_addf(&text, "%s%s", text.n > 0 ? ", " : "",
		    strcmp(rule->slug, "due-moved") == 0 ? "due events" : "a roster");
	if (text.n == 0)
		buf_addz(&text, "none");
	buf_addz(&text, "; without it the rule is not judged");
	buf_addc(&text, '\0');
	paragraph(out, "Evidence", text.p);
	buf_free(&text);
}

/* The rules that tell the same stretch better. */
static void
yields(struct buf *out, const struct rule *rule)
{
	struct buf text = {0};
	size_t i, n = 0;

	while (rules_on_orphans[n] != NULL && strcmp(rules_on_orphans[n], rule->slug) != 0)
		n++;
	for (i = 0; rules_on_orphans[n] != NULL && i < n; i++)
		buf_addf(&text, "%s%s", text.n > 0 ? " or " : "to ", rules_on_orphans[i]);
	if (text.n > 0) {
		buf_addz(
		    &text, ", where that finds the stretch that goes on: a stretch is told once");
		buf_addc(&text, '\0');
		paragraph(out, "Yields", text.p);
	}
	buf_free(&text);
}

bool
rules_explain(const char *slug, struct buf *out)
{
	const struct rule *rule = rules_find(slug);

	if (rule == NULL)
		return false;
	buf_addf(out, "%s: %s\n", rule->slug, rule->help);
	paragraph(out, "Severity", severity_word(rule->severity));
	paragraph(out, "Definition", rule->definition);
	paragraph(out, "Why", rule->rationale);
	evidence(out, rule);
	limits(out, rule);
	yields(out, rule);
	if (strcmp(rule->unit, "no limit") != 0)
		buf_addf(out, "Tune: \"thresholds\": {\"%s\": %s} in the policy\n", rule->slug,
		    strstr(rule->unit, "time") != NULL && strcmp(rule->unit, "times") != 0
			? "\"2h\""
			: "5");
	buf_addf(out,
	    "Silence: \"thresholds\": {\"%s\": \"off\"}, or for some tickets:\n"
	    "    {\"%s\": [{\"match\": {\"team\": \"Vendors*\"}, \"limit\": \"off\"}]}\n",
	    rule->slug, rule->slug);
	return true;
}
