/* csv_form.c: what the beginning of a CSV file tells of its form */
#include "data/csv_form.h"

#include <stdbool.h>
#include <string.h>

#define MARK      "\xEF\xBB\xBF" /* the byte order mark in UTF-8 */
#define TYPE_HINT "#TYPE "

bool
csv_is_hint(struct slice line)
{
	if (line.n >= 3 && memcmp(line.p, MARK, 3) == 0)
		line = (struct slice){line.p + 3, line.n - 3};
	while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	return (line.n == 5 && memcmp(line.p, "sep=", 4) == 0) ||
	    (line.n > strlen(TYPE_HINT) && memcmp(line.p, TYPE_HINT, strlen(TYPE_HINT)) == 0);
}

/* Behind the blank lines that the text begins with, and a hint that names no delimiter. */
static size_t
header_start(struct slice text)
{
	size_t i = 0, from;
	bool hint = false;

	do {
		while (i < text.n && (text.p[i] == '\n' || text.p[i] == '\r'))
			i++;
		from = i;
		while (i < text.n && text.p[i] != '\n' && text.p[i] != '\r')
			i++;
		hint =
		    !hint && i - from > 5 && csv_is_hint((struct slice){text.p + from, i - from});
	} while (hint);
	return from;
}

char
csv_likely_delimiter(struct slice text)
{
	static const char candidates[] = ",;\t|";
	size_t counts[sizeof(candidates)] = {0}, i, best = 0;
	const char *found;
	bool quoted = false;

	for (i = header_start(text); i < text.n; i++) {
		if ((text.p[i] == '\n' || text.p[i] == '\r') && !quoted)
			break;
		if (text.p[i] == '"')
			quoted = !quoted;
		found = quoted || text.p[i] == '\0' ? NULL : strchr(candidates, text.p[i]);
		if (found != NULL)
			counts[found - candidates]++;
	}
	for (i = 1; i < sizeof(candidates) - 1; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}
