/* sla-report.c: turns the stream into what a leader reads */
#include "base/diag.h"
#include "base/num.h"
#include "base/output.h"
#include "cli/options.h"
#include "cli/stage.h"
#include "cli/terminal.h"
#include "report/each.h"
#include "report/file_names.h"
#include "report/news.h"
#include "report/piece/piece.h"
#include "report/records.h"
#include "report/report.h"
#include "report/trace.h"
#include "time/instant.h"

#include <string.h>

enum {
	VIEW = LONG_ONLY(1),
	LIMIT = LONG_ONLY(2),
	SEALED = LONG_ONLY(3),
	RAW = LONG_ONLY(4),
	MAIL_TO = LONG_ONLY(5),
	MAIL_FROM = LONG_ONLY(6),
	SUBJECT = LONG_ONLY(7),
	SINCE = LONG_ONLY(8),
	UNTIL = LONG_ONLY(9),
	PERIOD = LONG_ONLY(10),
	ZONE = LONG_ONLY(11),
	COMPARE = LONG_ONLY(12),
	FAIL_IF = LONG_ONLY(20),
	PRINT_GATES = LONG_ONLY(21),
	PARTIAL = LONG_ONLY(22),
	MERGE = LONG_ONLY(23),
	BASELINE = LONG_ONLY(24),
	WRITE_BASELINE = LONG_ONLY(25),
	NEW_ONLY = LONG_ONLY(26),
	CLIENT = LONG_ONLY(30),
	COMMITMENTS = LONG_ONLY(31),
	EACH = LONG_ONLY(32),
	TRACE = LONG_ONLY(33)
};

static const struct option_row rows[] = {
    {VIEW, "view", "LIST", "some of the views, with commas; all of them (see the manual)"},
    {SINCE, "since", "TIME", "what happened from this day or instant on"},
    {UNTIL, "until", "TIME", "what happened before this day or instant"},
    {PERIOD, "period", "PERIOD", "week, month (this), quarter or year: the steps of the trend"},
    {ZONE, "tz", "ZONE", "whose clocks begin days and periods (UTC)"},
    {COMPARE, "compare", NULL, "set it beside the time before; needs --since"},
    {CLIENT, "client", "NAME", "only the tickets of this client"},
    {COMMITMENTS, "commitments", "FILE", "qbr: what was promised: client,id,text,due,state"},
    {EACH, "each", "client", "a report for each client, into the files of -o 'DIR/%s.html'"},
    {TRACE, "trace", "FILE", "list the tickets behind each number, as CSV"},
    {LIMIT, "limit", "N", "tickets on the worklist, pairs of handoffs (20; 0: all)"},
    {BASELINE, "baseline", "FILE", "know the worklist of an earlier run: tell what is new on it"},
    {WRITE_BASELINE, "write-baseline", "FILE", "write the whole worklist to FILE, for --baseline"},
    {NEW_ONLY, "new-only", NULL, "list only tickets that the baseline lacks, or has as less bad"},
    {SEALED, "sealed", NULL, "refuse a stream that is not sealed, is short or empty"},
    {FAIL_IF, "fail-if", "EXPR", "exit 1 where the numbers are so: 'breach_rate > 5%'; repeatable"},
    {MERGE, "merge", NULL, "operands are pieces of --partial: make the whole's report"},
    {PARTIAL, "partial", NULL, "write the numbers as a piece, for --merge"},
    {PRINT_GATES, "print-gates", NULL, "print the measures that --fail-if knows"},
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
	struct commitments commitments;
	const char *commitments_file;
	struct each *each; /* in place of report */
	const char *pattern;
	struct trace *trace;
	const char *trace_file;    /* with each: a pattern, too */
	bool by_client;            /* --each */
	const char *since, *until; /* as they were given */
	const char *baseline_file, *new_baseline_file;
	struct baseline *baseline;
	struct output baseline_output;
	struct zone *zone; /* NULL: UTC */
	bool sealed, print_gates, merge;
	bool all_views;         /* whatever there is for such a report */
	struct records records; /* of the ticket at hand */
	int64_t computed;       /* tickets whose records were not in the stream */
};

static bool
take_zone(struct command *command, const char *name)
{
	char why[ZONE_WHY];

	zone_free(command->zone);
	command->zone = zone_load(name, why);
	if (command->zone == NULL) {
		diag(DIAG_USAGE, NOWHERE, "--tz: \"%s\": %s", name, why);
		return false;
	}
	command->wanted.zone = command->zone;
	return true;
}

static bool
take(void *context, int letter, const char *value)
{
	struct command *command = context;

	switch (letter) {
	case VIEW:
		return report_views_read(value, &command->wanted.views, &command->all_views);
	case CLIENT:
		command->wanted.client = value;
		return true;
	case EACH:
		command->by_client = strcmp(value, "client") == 0;
		if (!command->by_client)
			diag(DIAG_USAGE, NOWHERE, "--each takes client, not \"%s\"", value);
		return command->by_client;
	case TRACE:
		command->trace_file = value;
		return true;
	case COMMITMENTS:
		command->commitments_file = value;
		return true;
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
	case SINCE:
		command->since = value;
		return true;
	case UNTIL:
		command->until = value;
		return true;
	case PERIOD:
		return report_period_read(value, &command->wanted) == 0;
	case ZONE:
		return take_zone(command, value);
	case COMPARE:
		command->wanted.compare = true;
		return true;
	case SEALED:
		command->sealed = true;
		return true;
	case FAIL_IF:
		return gates_add(command->wanted.gates, value) == 0;
	case PARTIAL:
		command->wanted.partial = true;
		return true;
	case MERGE:
		command->merge = true;
		return true;
	case BASELINE:
		command->baseline_file = value;
		return true;
	case WRITE_BASELINE:
		command->new_baseline_file = value;
		command->wanted.write_baseline = true;
		return true;
	case NEW_ONLY:
		command->wanted.new_only = true;
		return true;
	case PRINT_GATES:
		command->print_gates = true;
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
	command->wanted.policy_hash =
	    command->options.policy != NULL ? policy_hash(command->run.policy) : NULL;
	command->wanted.terms = command->run.policy;
	report_settle(&command->wanted);
	if (command->by_client)
		command->each = each_new(&command->wanted, command->trace_file != NULL);
	else
		command->report = report_new(&command->wanted);
}

/* NULL where the ticket is in no report. */
static struct report *
report_for(struct command *command, const struct ticket *ticket)
{
	return command->by_client ? each_report(command->each, ticket->client) : command->report;
}

static bool
suffices(void *context, const struct record *record)
{
	struct command *command = context;

	records_read(&command->records, record);
	return records_suffice(&command->records, record, &command->wanted);
}

/* A record that the stream has is taken as it is; one that it lacks is computed. */
static void
add(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct command *command = context;
	struct report *report = report_for(command, &record->ticket);

	(void)out;
	if (report == NULL)
		return;
	command->computed += records_complete(&command->records, analysis, record);
	records_add(&command->records, report, &command->wanted, analysis, record);
}

static void
later(void *context, struct record *record, struct buf *out)
{
	struct command *command = context;

	struct report *report = report_for(command, &record->ticket);

	(void)out;
	if (report != NULL)
		report_add_later(report, &record->ticket);
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
write_trace(struct command *command)
{
	struct output output;

	if (command->trace == NULL)
		return true;
	if (output_open_private(&output, command->trace_file) == -1 ||
	    trace_write(command->trace, !command->wanted.csv_raw, &output) == -1) {
		output_abort(&output);
		return false;
	}
	return output_commit(&output) == 0;
}

/* Where the pieces are not all there are, nothing may trip. */
static bool
write_report(struct command *command, struct buf *out)
{
	if (command->wanted.partial) {
		piece_write(command->report, out);
		return true;
	}
	if (!report_has_client(command->report) || !report_has_tickets(command->report) ||
	    report_render(command->report, out) == -1 || !write_trace(command))
		return false;
	gates_tell(command->report);
	if (report_policies_differ(command->report))
		diag(DIAG_POLICIES_DIFFER, NOWHERE,
		    "the report names them; give every program of the pipeline the same -p");
	if (command->new_baseline_file == NULL)
		return true;
	report_write_baseline(command->report, &command->baseline_output.buf);
	return output_commit(&command->baseline_output) == 0;
}

static bool
write_each(struct command *command)
{
	int64_t written = each_write(command->each, command->pattern, command->trace_file);
	int64_t without = each_without(command->each);

	if (written == 0)
		diag(DIAG_USAGE, NOWHERE, "--each client: no ticket has a client");
	if (written > 0 && without > 0)
		diag(DIAG_NOTICE, NOWHERE, "%lld reports; %lld tickets have no client: in none",
		    (long long)written, (long long)without);
	return written > 0;
}

static void
tell_counts(struct command *command, const struct stream_counts *counts)
{
	const struct stream_input *input;
	size_t i;

	if (command->by_client)
		each_refused(command->each, counts->refused);
	else
		report_refused(command->report, counts->refused);
	for (i = 0; i < counts->ninputs; i++) {
		input = &counts->inputs[i];
		if (command->by_client)
			each_input(command->each, input->name, input->digest);
		else
			report_input(command->report, input->name, input->digest);
	}
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
	tell_counts(command, counts);
	return command->by_client ? write_each(command) : write_report(command, out);
}

/* Only once the zone is known: a day begins by its clocks. */
static int
read_bound(
    const char *option, const char *text, const struct report_options *wanted, int64_t *instant)
{
	if (text == NULL || window_bound(text, wanted->zone, instant))
		return 0;
	return diag(DIAG_USAGE, NOWHERE, "%s takes a day, as 2026-03-01, or an instant, not \"%s\"",
	    option, text);
}

/* What was opened is ended by run(). */
static int
open_baselines(struct command *command)
{
	if (command->baseline_file != NULL) {
		command->baseline = worklist_baseline(command->baseline_file);
		if (command->baseline == NULL)
			return -1;
		command->wanted.baseline = command->baseline;
	}
	if (command->new_baseline_file != NULL)
		return output_open(&command->baseline_output, command->new_baseline_file);
	return 0;
}

static int
check_merge(const struct command *command)
{
	if (!command->merge)
		return 0;
	if (command->options.policy != NULL || command->sealed ||
	    command->options.as_of != INSTANT_NONE)
		return diag(DIAG_USAGE, NOWHERE,
		    "--merge takes no -n, -p or --sealed: they are those of the pieces");
	if (command->options.nfiles == 0)
		return diag(DIAG_USAGE, NOWHERE, "--merge needs pieces as operands");
	return 0;
}

/* A piece has numbers, neither the ids behind them nor those of each client alone. */
static int
check_tickets(const struct command *command)
{
	bool pieces = command->merge || command->wanted.partial;
	const char *fault;

	if (command->trace_file != NULL && pieces)
		return diag(DIAG_USAGE, NOWHERE,
		    "--trace needs the tickets: it goes with neither --partial nor --merge");
	if (command->trace_file != NULL && text_same(command->trace_file, command->options.output))
		return diag(DIAG_USAGE, NOWHERE, "--trace and -o must not be one file");
	if (!command->by_client)
		return 0;
	if (pieces)
		return diag(DIAG_USAGE, NOWHERE,
		    "--each needs the tickets: it goes with neither --partial nor --merge; make "
		    "pieces with --client");
	if (command->wanted.client != NULL || gates_count(command->wanted.gates) > 0)
		return diag(DIAG_USAGE, NOWHERE,
		    "--each makes many reports: --client and --fail-if are for one");
	if (command->wanted.write_baseline)
		return diag(
		    DIAG_USAGE, NOWHERE, "--each: --write-baseline is for a report of all clients");
	fault = file_pattern_fault(command->options.output);
	if (fault != NULL)
		return diag(DIAG_USAGE, NOWHERE, "--each: -o %s, as in -o 'DIR/%%s.html'", fault);
	fault = command->trace_file != NULL ? file_pattern_fault(command->trace_file) : NULL;
	if (fault != NULL)
		return diag(DIAG_USAGE, NOWHERE, "--each: --trace %s", fault);
	return 0;
}

/* With --each the ending of the files tells, where it is a format's name. */
static int
choose_format(struct command *command)
{
	const char *format = command->options.format, *dot;
	int number = REPORT_TEXT;

	if (command->wanted.partial && format != NULL)
		return diag(DIAG_USAGE, NOWHERE, "--partial has a form of its own: no -f");
	if (format != NULL)
		return report_format_read(format, &command->wanted.format);
	if (command->by_client && (dot = strrchr(command->options.output, '.')) != NULL)
		number = report_format_of(dot + 1);
	command->wanted.format = number == -1 ? REPORT_TEXT : (enum report_format)number;
	return 0;
}

static int
choose_views(struct command *command)
{
	unsigned qbr = 1U << REPORT_QBR;

	if (command->all_views && (command->wanted.client != NULL || command->by_client))
		command->wanted.views |= qbr;
	if (command->commitments_file != NULL && (command->wanted.views & qbr) == 0)
		return diag(DIAG_USAGE, NOWHERE, "--commitments goes with --view qbr");
	return 0;
}

static int
choose(struct command *command)
{
	struct report_options checked;
	const char *fault;

	if (check_merge(command) == -1 || check_tickets(command) == -1 ||
	    choose_format(command) == -1 || choose_views(command) == -1)
		return -1;
	if (read_bound("--since", command->since, &command->wanted, &command->wanted.since) == -1 ||
	    read_bound("--until", command->until, &command->wanted, &command->wanted.until) == -1)
		return -1;
	if (command->wanted.limit < 0 && !command->merge)
		command->wanted.limit = REPORT_LIMIT;
	if (open_baselines(command) == -1)
		return -1;
	checked = command->wanted;
	if (checked.limit < 0)
		checked.limit = 0; /* that of the pieces */
	if (command->by_client)
		checked.client = ""; /* each has one */
	fault = report_options_check(&checked);
	if (fault != NULL)
		return diag(DIAG_USAGE, NOWHERE, "%s", fault);
	terminal_ask(command->options.output == NULL, &command->wanted.width,
	    &command->wanted.colour, &command->wanted.utf8);
	return 0;
}

/* Nothing is read in vain: neither for a folder that is not there nor for a faulty list. */
static int
open_beside(struct command *command)
{
	if (command->by_client) {
		command->pattern = command->options.output;
		command->options.output = NULL;
		if (output_folder(command->pattern) == -1)
			return -1;
	} else if (command->trace_file != NULL) {
		command->trace = command->wanted.trace = trace_new();
	}
	if (command->trace_file != NULL && output_folder(command->trace_file) == -1)
		return -1;
	if (command->commitments_file == NULL)
		return 0;
	command->wanted.commitments = &command->commitments;
	return commitments_read(
	    &command->commitments, command->commitments_file, command->wanted.zone);
}

static int
print_gates(const struct command *command)
{
	struct output output;

	if (output_open(&output, command->options.output) == -1)
		return diag_finish();
	gates_list(&output.buf);
	output_commit(&output);
	return diag_finish();
}

/* The same as a run over the stream, but for where the numbers come from. */
static int
merge(struct command *command)
{
	struct output output;

	command->report =
	    pieces_merge(&command->wanted, command->options.files, command->options.nfiles);
	if (command->report == NULL || output_open(&output, command->options.output) == -1)
		return diag_finish();
	if (write_report(command, &output.buf))
		output_commit(&output);
	else
		output_abort(&output);
	return diag_finish();
}

/* What digests are for is known only once the options are settled. */
static int
read_stream(struct command *command, struct stage *stage)
{
	stage->digests = report_wants_digests(&command->wanted) || command->trace_file != NULL;
	return stage_run(stage, &command->options, &command->run);
}

static int
run(struct command *command)
{
	struct stage stage = {.context = command,
	    .metrics = ALL_METRICS | WITH_ACCOUNT,
	    .begin = begin,
	    .suffices = suffices,
	    .each = add,
	    .later = later,
	    .end = end};
	int status;

	if (command->print_gates)
		return print_gates(command);
	if (choose(command) == -1 || open_beside(command) == -1)
		status = diag_finish();
	else if (command->merge)
		status = merge(command);
	else
		status = read_stream(command, &stage);
	report_free(command->report);
	each_free(command->each);
	trace_free(command->trace);
	output_abort(&command->baseline_output);
	baseline_free(command->baseline);
	return status;
}

int
main(int argc, char **argv)
{
	struct command command = {.wanted = report_defaults(), .baseline_output = {.fd = -1}};
	struct program program = {.name = "sla-report",
	    .synopsis =
		"sla-report [-qv] [-f format] [-I format] [-n instant] [-o file] "
		"[-p policy] [--baseline file] [--client name] [--commitments file] [--compare] "
		"[--csv-raw] [--each client] [--fail-if expr] [--limit n] [--mail-from address] "
		"[--mail-to list] [--new-only] [--partial] [--period period] [--rejects file] "
		"[--sealed] [--since time] [--subject text] [--trace file] [--tz zone] "
		"[--until time] [--view list] [--write-baseline file] [file ...]\n"
		"       sla-report --merge [-qv] [-f format] [-o file] [--baseline file] "
		"[--client name] [--commitments file] [--compare] [--csv-raw] [--fail-if expr] "
		"[--limit n] [--mail-from address] [--mail-to list] [--new-only] [--partial] "
		"[--period period] [--since time] [--subject text] [--tz zone] [--until time] "
		"[--view list] [--write-baseline file] piece ...\n"
		"       sla-report --print-gates [-o file]\n",
	    .shared = "fInopr",
	    .rows = rows,
	    .take = take,
	    .context = &command};
	int status;

	command.wanted.limit = -1; /* not given */
	command.wanted.gates = gates_new();
	status = options_read(&command.options, &program, argc, argv);
	if (status == -1)
		status = run(&command);
	gates_free(command.wanted.gates);
	commitments_free(&command.commitments);
	zone_free(command.zone);
	return status;
}
