/* unjudged.c: how often a rule could not be judged for want of evidence */
#include "owners/unjudged.h"

#include "base/buf.h"
#include "base/diag.h"
#include "owners/rules.h"

void
unjudged_add(struct unjudged *unjudged, const struct findings *findings)
{
	size_t i, next = 0;

	unjudged->tickets++;
	/* They are listed in the order of the table, by its own slugs. */
	for (i = 0; i < nrules && i < RULES_LIMIT && next < findings->nnot_judged; i++)
		if (findings->not_judged[next] == rules[i].slug) {
			unjudged->counts[i]++;
			next++;
		}
}

/* Those of which that is true; how many they are. */
static size_t
add_rules(struct buf *text, const struct unjudged *unjudged, bool all)
{
	size_t i, n = 0;

	for (i = 0; i < nrules && i < RULES_LIMIT; i++) {
		if (unjudged->counts[i] == 0 || (unjudged->counts[i] == unjudged->tickets) != all)
			continue;
		buf_addf(text, "%s%s", n++ > 0 ? ", " : "", rules[i].slug);
		if (!all)
			buf_addf(text, " (%lld)", (long long)unjudged->counts[i]);
	}
	return n;
}

void
unjudged_tell(const struct unjudged *unjudged)
{
	struct buf all = {0}, some = {0};
	size_t nall = add_rules(&all, unjudged, true), nsome = add_rules(&some, unjudged, false);

	if (nall > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "not judged for want of evidence, in all of %lld ticket%s: %s",
		    (long long)unjudged->tickets, unjudged->tickets == 1 ? "" : "s", buf_z(&all));
	if (nsome > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "not judged for want of evidence, in some of %lld tickets: %s",
		    (long long)unjudged->tickets, buf_z(&some));
	buf_free(&all);
	buf_free(&some);
}
