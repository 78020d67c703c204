/* finding.c: what a rule found in a ticket */
#include "sla/finding.h"

#include "base/slice.h"

static const char *const words[] = {NULL, "low", "medium", "high", "critical"};

const char *
severity_word(enum severity severity)
{
	return words[severity];
}

enum severity
severity_of(const char *word)
{
	size_t i;

	for (i = 1; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_same(words[i], word))
			return (enum severity)i;
	return SEVERITY_NONE;
}
