/* sla-report.c: turns the stream into what a leader reads */
#include "base/diag.h"
#include "base/num.h"
#include "cli/options.h"
#include "cli/stage.h"
#include "cli/terminal.h"
#include "report/report.h"

#include <string.h>

enum {
	VIEW = LONG_ONLY(1),
	LIMIT = LONG_ONLY(2),
	SEALED = LONG_ONLY(3),
	RAW = LONG_ONLY(4),
	MAIL_TO = LONG_ONLY(5),
	MAIL_FROM = LONG_ONLY(6),
	SUBJECT = LONG_ONLY(7)
};

static const struct option_row rows[] = {
    {VIEW, "view", "LIST", "summary, worklist, owners, teams: some of them, with commas"},
    {LIMIT, "limit", "N", "tickets on the worklist (20; 0: all that need someone)"},
    {SEALED, "sealed", NULL, "refuse a stream that is not sealed, is short or empty"},
    {RAW, "csv-raw", NULL, "csv: no ' in front of text that looks like a formula"},
    {MAIL_TO, "mail-to", "LIST", "mail: to whom, with commas"},
    {MAIL_FROM, "mail-from", "ADDRESS", "mail: from whom"},
    {SUBJECT, "subject", "TEXT", "mail: instead of the day and the worst figures"},
    {0, NULL, NULL, NULL},
};

struct command {
	struct options options;
	struct report_options wanted;
	struct report *report;
	struct stage_run run;
	bool sealed;
	int64_t computed; /* tickets whose records were not in the stream */
};

static bool
take_views(struct command *command, const char *list)
{
	struct slice rest = slice_z(list);
	char name[32];
	size_t n;
	int view;

	command->wanted.views = 0;
	for (;;) {
		const char *comma = rest.n > 0 ? memchr(rest.p, ',', rest.n) : NULL;

		n = comma != NULL ? (size_t)(comma - rest.p) : rest.n;
		if (n >= sizeof(name))
			n = sizeof(name) - 1;
		memcpy(name, rest.p, n);
		name[n] = '\0';
		view = report_view_of(name);
		if (view == -1) {
			diag(DIAG_USAGE, NOWHERE, "--view: there is no view \"%s\"", name);
			return false;
		}
		command->wanted.views |= 1u << view;
		if (comma == NULL)
			return true;
		rest = slice_z(comma + 1);
	}
}

static bool
take(void *context, int letter, const char *value)
{
	struct command *command = context;

	switch (letter) {
	case VIEW:
		return take_views(command, value);
	case LIMIT:
		return options_number("--limit", value, 0, &command->wanted.limit);
	case MAIL_TO:
		command->wanted.mail_to = value;
		return true;
	case MAIL_FROM:
		command->wanted.mail_from = value;
		return true;
	case SUBJECT:
		command->wanted.subject = value;
		return true;
	case SEALED:
		command->sealed = true;
		return true;
	default:
		command->wanted.csv_raw = true;
		return true;
	}
}

static void
begin(void *context, struct buf *out)
{
	struct command *command = context;

	(void)out;
	command->wanted.as_of = command->run.as_of;
	command->wanted.policy =
	    command->options.policy != NULL ? policy_title(command->run.policy) : NULL;
	command->report = report_new(&command->wanted);
}

static bool
suffices(void *context, const struct record *record)
{
	(void)context;
	return record->ownership.n > 0 && record->risk.n > 0;
}

/* A record that the stream has is taken as it is; one that it lacks is computed. */
static void
add(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct command *command = context;
	struct ownership ownership;
	struct risk risk;
	bool owned = true, risked = true;

	(void)out;
	if (record->ownership.n == 0 && analysis != NULL)
		ownership_of(&ownership, analysis, NULL);
	else
		owned = ownership_from_json(&ownership, record->ownership, record->arena);
	if (record->risk.n == 0 && analysis != NULL)
		risk_of(&risk, analysis, NULL, record->arena);
	else
		risked = risk_from_json(&risk, record->risk, record->arena);
	if (!owned || !risked)
		diag(DIAG_BAD_MEMBER, record->place, "`%s` is not what sla-%s writes",
		    owned ? "risk" : "ownership", owned ? "risk" : "owners");
	command->computed += record->ownership.n == 0 || record->risk.n == 0;
	report_add(
	    command->report, &record->ticket, owned ? &ownership : NULL, risked ? &risk : NULL);
}

static void
later(void *context, struct record *record, struct buf *out)
{
	struct command *command = context;

	(void)record;
	(void)out;
	report_add_later(command->report);
}

static bool
is_whole(const struct command *command, const struct stream_counts *counts)
{
	if (!command->sealed)
		return true;
	if (counts->sealed && counts->tickets > 0)
		return true;
	diag(DIAG_SEAL_MISSING, NOWHERE, "%s: no report is made",
	    counts->sealed ? "it holds no ticket"
			   : "a program before this one did not finish, or --seal was not given");
	return false;
}

static bool
end(void *context, const struct stream_counts *counts, struct buf *out)
{
	struct command *command = context;

	if (!is_whole(command, counts))
		return false;
	if (command->computed > 0)
		diag(DIAG_NOTICE, NOWHERE,
		    "%lld tickets came without `ownership` or `risk`: clocks and ledger computed here, "
		    "no findings, no probabilities",
		    (long long)command->computed);
	report_refused(command->report, counts->refused);
	return report_render(command->report, out) == 0;
}

static int
unknown_format(const char *format)
{
	struct buf names = {0};
	int i;

	for (i = 0; report_format_name(i) != NULL; i++)
		buf_addf(&names, "%s%s", i == 0 ? "" : ", ", report_format_name(i));
	diag(DIAG_USAGE, NOWHERE, "-f takes one of %s, not \"%s\"", buf_z(&names), format);
	buf_free(&names);
	return -1;
}

static int
choose(struct command *command)
{
	const char *format = command->options.format, *fault;
	int number = format != NULL ? report_format_of(format) : REPORT_TEXT;

	if (number == -1)
		return unknown_format(format);
	command->wanted.format = (enum report_format)number;
	fault = report_options_check(&command->wanted);
	if (fault != NULL)
		return diag(DIAG_USAGE, NOWHERE, "%s", fault);
	terminal_ask(command->options.output == NULL, &command->wanted.width,
	    &command->wanted.colour, &command->wanted.utf8);
	return 0;
}

int
main(int argc, char **argv)
{
	struct command command = {.wanted = report_defaults()};
	struct program program = {.name = "sla-report",
	    .synopsis = "sla-report [-qv] [-f format] [-I format] [-n instant] [-o file] "
			"[-p policy] [--csv-raw] [--limit n] [--mail-from address] "
			"[--mail-to list] [--rejects file] [--sealed] [--subject text] "
			"[--view list] [file ...]\n",
	    .shared = "fInopr",
	    .rows = rows,
	    .take = take,
	    .context = &command};
	struct stage stage = {.context = &command,
	    .metrics = ALL_METRICS | WITH_ACCOUNT,
	    .begin = begin,
	    .suffices = suffices,
	    .each = add,
	    .later = later,
	    .end = end};
	int status = options_read(&command.options, &program, argc, argv);

	if (status != -1)
		return status;
	if (choose(&command) == -1)
		return diag_finish();
	status = stage_run(&stage, &command.options, &command.run);
	report_free(command.report);
	return status;
}
