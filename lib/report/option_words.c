/* option_words.c: the words that options take for views, formats and periods */
#include "base/diag.h"
#include "report/report.h"

static void
tell_views(const char *name)
{
	struct buf names = {0};
	int i;

	for (i = 0; report_view_name(i) != NULL; i++)
		buf_addf(&names, "%s, ", report_view_name(i));
	diag(DIAG_USAGE, NOWHERE, "--view takes %sor all, not \"%s\"", buf_z(&names), name);
	buf_free(&names);
}

bool
report_views_read(const char *list, unsigned *views, bool *all)
{
	struct slice rest = slice_z(list);
	char name[32];
	size_t n;
	int view;

	*all = strcmp(list, "all") == 0;
	*views = *all ? REPORT_ALL_VIEWS : 0;
	while (!*all) {
		const char *comma = rest.n > 0 ? memchr(rest.p, ',', rest.n) : NULL;

		n = comma != NULL ? (size_t)(comma - rest.p) : rest.n;
		if (n >= sizeof(name))
			n = sizeof(name) - 1;
		memcpy(name, rest.p, n);
		name[n] = '\0';
		view = report_view_of(name);
		if (view == -1) {
			tell_views(name);
			return false;
		}
		*views |= 1u << view;
		if (comma == NULL)
			break;
		rest = slice_z(comma + 1);
	}
	return true;
}

int
report_format_read(const char *word, enum report_format *format)
{
	int i, number = report_format_of(word);
	struct buf names = {0};

	if (number != -1) {
		*format = (enum report_format)number;
		return 0;
	}
	for (i = 0; report_format_name(i) != NULL; i++)
		buf_addf(&names, "%s%s", i == 0 ? "" : ", ", report_format_name(i));
	diag(DIAG_USAGE, NOWHERE, "-f takes one of %s, not \"%s\"", buf_z(&names), word);
	buf_free(&names);
	return -1;
}

int
report_period_read(const char *word, struct report_options *options)
{
	int period = period_of_word(word);

	if (period == -1)
		return diag(DIAG_USAGE, NOWHERE,
		    "--period takes week, month, quarter or year, not \"%s\"", word);
	options->period = (enum period)period;
	options->period_given = true;
	return 0;
}
