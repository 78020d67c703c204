/* rule_story.c: what came of a rule of sla-owners */
#include "tests/rule_story.h"

#include <string.h>

enum outcome
outcome_among(const struct findings *findings, const char *rule)
{
	size_t i;

	for (i = 0; i < findings->count; i++)
		if (strcmp(findings->list[i].rule, rule) == 0)
			return findings->list[i].severity == SEVERITY_LOW ? OVER : OPEN;
	for (i = 0; i < findings->nnot_judged; i++)
		if (strcmp(findings->not_judged[i], rule) == 0)
			return NOT_JUDGED;
	return QUIET;
}

enum outcome
rule_outcome(const struct rule_case *row)
{
	struct findings findings;
	struct story story;
	enum outcome outcome;

	story_tell(&story, row->line, row->policy, row->as_of);
	rules_judge(&findings, &story.analysis, &story.arena);
	outcome = outcome_among(&findings, row->rule);
	story_end(&story);
	return outcome;
}
