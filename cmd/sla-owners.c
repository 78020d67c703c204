/* sla-owners.c: who was accountable at every moment, and what each handoff cost */
#include "base/diag.h"
#include "cli/options.h"
#include "cli/stage.h"
#include "cli/terminal.h"
#include "owners/draft_roster.h"
#include "owners/findings.h"
#include "owners/fresh.h"
#include "owners/network.h"
#include "owners/rules.h"
#include "owners/unjudged.h"
#include "owners/unlisted.h"
#include "sla/ownership.h"

enum {
	FINDINGS = LONG_ONLY(1),
	FINDINGS_TO = LONG_ONLY(2),
	FAIL_ON = LONG_ONLY(3),
	RULES = LONG_ONLY(4),
	NETWORK = LONG_ONLY(5),
	BASELINE = LONG_ONLY(6),
	WRITE_BASELINE = LONG_ONLY(7),
	NEW_ONLY = LONG_ONLY(8),
	EXPLAIN = LONG_ONLY(9),
	DRAFT_ROSTER = LONG_ONLY(10),
	CSV_RAW = LONG_ONLY(11),
	MIN_SEVERITY = LONG_ONLY(12)
};

static const struct option_row rows[] = {
    {FINDINGS, "findings", NULL, "write the findings instead of the stream"},
    {FINDINGS_TO, "findings-to", "FILE", "write the findings to FILE beside the stream"},
    {BASELINE, "baseline", "FILE", "know the findings of an earlier run: --fail-on minds new ones"},
    {WRITE_BASELINE, "write-baseline", "FILE", "write all findings to FILE, for --baseline"},
    {NEW_ONLY, "new-only", NULL,
	"write only findings that the baseline lacks, or has as less severe"},
    {CSV_RAW, "csv-raw", NULL, "csv: no ' in front of text that looks like a formula"},
    {FAIL_ON, "fail-on", "SEVERITY", "exit 1 on a finding of low, medium, high, critical or worse"},
    {MIN_SEVERITY, "min-severity", "SEVERITY", "write only findings of that severity or worse"},
    {DRAFT_ROSTER, "draft-roster", NULL, "write a first roster from the people seen"},
    {RULES, "rules", NULL, "list the rules"},
    {EXPLAIN, "explain", "RULE", "tell what a rule means, why, and how to tune or silence it"},
    {NETWORK, "network", "KIND", "write who gives to whom: owner, team or work"},
    {0, NULL, NULL, NULL},
};

struct command {
	struct options options;
	bool findings, list_rules, new_only, draft_roster;
	const char *findings_file, *baseline_file, *new_baseline_file;
	const char *explain; /* a rule */
	struct draft_roster *draft;
	struct unlisted *unlisted;
	struct unjudged unjudged;
	struct baseline *baseline;
	enum severity fail_on;
	enum network_kind network_kind;
	struct network *network;
	enum severity least; /* to be written */
	const struct findings_format *format;
	struct stage_run stage_run;
	struct findings_style style, baseline_style;
	struct output findings_output, baseline_output;
	struct buf json;
	int64_t counts[SEVERITY_CRITICAL + 1];
};

/* A word of a fixed list was expected. */
static bool
refuse(const char *what, const char *value)
{
	diag(DIAG_USAGE, NOWHERE, "%s, not \"%s\"", what, value);
	return false;
}

static bool
take(void *context, int letter, const char *value)
{
	struct command *command = context;

	switch (letter) {
	case FINDINGS:
		command->findings = true;
		break;
	case RULES:
		command->list_rules = true;
		break;
	case DRAFT_ROSTER:
		command->draft_roster = true;
		break;
	case CSV_RAW:
		command->style.raw = true;
		break;
	case EXPLAIN:
		command->explain = value;
		break;
	case FINDINGS_TO:
		command->findings_file = value;
		break;
	case BASELINE:
		command->baseline_file = value;
		break;
	case WRITE_BASELINE:
		command->new_baseline_file = value;
		break;
	case NEW_ONLY:
		command->new_only = true;
		break;
	case NETWORK:
		command->network_kind = network_kind_of(value);
		return command->network_kind != NETWORK_NONE ||
		    refuse("--network takes owner, team or work", value);
	case MIN_SEVERITY:
		command->least = severity_of(value);
		return command->least != SEVERITY_NONE ||
		    refuse("--min-severity takes low, medium, high or critical", value);
	default:
		command->fail_on = severity_of(value);
		return command->fail_on != SEVERITY_NONE ||
		    refuse("--fail-on takes low, medium, high or critical", value);
	}
	return true;
}

/* Where the findings go. */
static struct buf *
findings_buf(struct command *command, struct buf *out)
{
	return command->findings ? out : &command->findings_output.buf;
}

static void
begin(void *context, struct buf *out)
{
	struct command *command = context;

	command->style.as_of = command->stage_run.as_of;
	if (command->format != NULL && command->format->begin != NULL)
		command->format->begin(findings_buf(command, out));
}

/* Those that are severe enough to be written; the list is the caller's own. */
static void
drop_minor(struct findings *findings, enum severity least)
{
	size_t i, kept = 0;

	for (i = 0; i < findings->count; i++)
		if (findings->list[i].severity >= least)
			findings->list[kept++] = findings->list[i];
	findings->count = kept;
}

/* The findings of one ticket to all that wants them; those of ownership are all there are. */
static void
tell(struct command *command, struct ownership *ownership, const struct record *record,
    struct buf *out)
{
	const struct findings all = ownership->findings;
	struct findings fresh = all;
	size_t i;

	if (all.count > 0 && command->new_baseline_file != NULL) {
		findings_format("ndjson")->ticket(&command->baseline_output.buf, &record->ticket,
		    ownership, &command->baseline_style);
		output_flush(&command->baseline_output);
	}
	if (command->baseline != NULL)
		findings_fresh(command->baseline, &record->ticket, &all, &fresh, record->arena);
	for (i = 0; i < fresh.count; i++)
		command->counts[fresh.list[i].severity]++;
	if (command->new_only)
		ownership->findings = fresh;
	drop_minor(&ownership->findings, command->least);
	if (command->format == NULL || ownership->findings.count == 0)
		return;
	command->format->ticket(
	    findings_buf(command, out), &record->ticket, ownership, &command->style);
	if (command->findings_file != NULL)
		output_flush(&command->findings_output);
}

static void
annotate(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct command *command = context;
	struct findings findings;
	struct ownership ownership;

	unlisted_add(command->unlisted, analysis);
	rules_judge(&findings, analysis, record->arena);
	unjudged_add(&command->unjudged, &findings);
	ownership_of(&ownership, analysis, &findings);
	if (!command->findings) {
		buf_clear(&command->json);
		ownership_to_json(&ownership, &command->json);
		stream_write_annotated(out, record, "ownership", buf_slice(&command->json));
	}
	tell(command, &ownership, record, out);
}

static void
pass(void *context, struct record *record, struct buf *out)
{
	const struct command *command = context;

	if (!command->findings)
		stream_write_line(out, record);
}

/* The gate: the worst severity there is, against the one asked for. */
static void
judge_gate(const struct command *command)
{
	int severity;

	for (severity = SEVERITY_CRITICAL; severity > SEVERITY_NONE; severity--) {
		if (command->fail_on == SEVERITY_NONE || severity < (int)command->fail_on ||
		    command->counts[severity] == 0)
			continue;
		diag(DIAG_NOTICE, NOWHERE, "--fail-on %s: %lld %sfindings of severity %s",
		    severity_word(command->fail_on), (long long)command->counts[severity],
		    command->baseline != NULL ? "new " : "",
		    severity_word((enum severity)severity));
		diag_raise(1);
	}
}

static bool
end(void *context, const struct stream_counts *counts, struct buf *out)
{
	struct command *command = context;

	(void)counts;
	if (command->format != NULL && command->format->end != NULL)
		command->format->end(findings_buf(command, out), &command->style);
	unjudged_tell(&command->unjudged);
	unlisted_tell(command->unlisted, command->options.verbose);
	judge_gate(command);
	if (command->findings_file != NULL && output_commit(&command->findings_output) == -1)
		return false;
	return command->new_baseline_file == NULL || output_commit(&command->baseline_output) == 0;
}

static int
print_rules(const struct command *command)
{
	struct output output;
	size_t i;

	if (output_open(&output, command->options.output) == -1)
		return diag_finish();
	if (command->explain != NULL && !rules_explain(command->explain, &output.buf)) {
		output_abort(&output);
		diag(DIAG_USAGE, NOWHERE, "there is no rule \"%s\"; --rules lists them",
		    command->explain);
		return diag_finish();
	}
	for (i = 0; i < nrules && command->explain == NULL; i++)
		buf_addf(&output.buf, "%-22s %-7s %s\n", rules[i].slug,
		    severity_word(rules[i].severity), rules[i].help);
	output_commit(&output);
	return diag_finish();
}

static void
add_to_draft(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	const struct command *command = context;

	(void)record;
	(void)out;
	draft_roster_add(command->draft, analysis);
}

static bool
end_draft(void *context, const struct stream_counts *counts, struct buf *out)
{
	const struct command *command = context;

	(void)counts;
	draft_roster_write(command->draft, out);
	return true;
}

/* No findings are made where something else is asked for. */
static bool
stands_alone(const struct command *command, const char *option)
{
	if (!command->findings && command->findings_file == NULL && !command->new_only &&
	    command->baseline_file == NULL && command->new_baseline_file == NULL &&
	    command->fail_on == SEVERITY_NONE && command->least == SEVERITY_NONE)
		return true;
	diag(DIAG_USAGE, NOWHERE, "%s stands alone: no findings come with it", option);
	return false;
}

static int
run_draft(struct command *command)
{
	struct stage stage = {.context = command, .each = add_to_draft, .end = end_draft};
	struct stage_run state = {0};
	int status;

	if (!stands_alone(command, "--draft-roster"))
		return diag_finish();
	if (command->options.format != NULL) {
		diag(DIAG_USAGE, NOWHERE, "--draft-roster writes CSV: no -f goes with it");
		return diag_finish();
	}
	command->draft = draft_roster_new();
	status = stage_run(&stage, &command->options, &state);
	draft_roster_free(command->draft);
	return status;
}

static void
add_to_network(
    void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	const struct command *command = context;

	(void)record;
	(void)out;
	network_add(command->network, analysis);
}

static bool
end_network(void *context, const struct stream_counts *counts, struct buf *out)
{
	const struct command *command = context;

	(void)counts;
	if (text_same(command->options.format, "dot"))
		network_write_dot(command->network, out);
	else
		network_write_csv(command->network, out, command->style.raw);
	return true;
}

static int
run_network(struct command *command)
{
	struct stage stage = {.context = command,
	    .metrics = 1u << METRIC_RESOLVE,
	    .each = add_to_network,
	    .end = end_network};
	struct stage_run state = {0};
	const char *format = command->options.format;
	int status;

	if (!stands_alone(command, "--network"))
		return diag_finish();
	if (format != NULL && !text_same(format, "csv") && !text_same(format, "dot")) {
		diag(DIAG_USAGE, NOWHERE, "with --network -f takes csv or dot, not \"%s\"", format);
		return diag_finish();
	}
	command->network = network_new(command->network_kind);
	status = stage_run(&stage, &command->options, &state);
	network_free(command->network);
	return status;
}

/* -f is the form of the findings; the stream has one form. */
static int
choose_format(struct command *command)
{
	const char *name = command->options.format;

	if (!command->findings && command->findings_file == NULL)
		return name == NULL ? 0
				    : diag(DIAG_USAGE, NOWHERE,
					  "-f is for --findings, --findings-to and --network");
	if (command->findings && command->findings_file != NULL)
		return diag(DIAG_USAGE, NOWHERE, "give --findings or --findings-to, not both");
	command->format = findings_format(name != NULL ? name : "ndjson");
	if (command->format == NULL)
		return diag(
		    DIAG_USAGE, NOWHERE, "-f takes %s, not \"%s\"", findings_format_names, name);
	return 0;
}

/* The files beside the stream; what was opened is ended by run(). */
static int
open_files(struct command *command)
{
	if (command->new_only && command->baseline_file == NULL)
		return diag(DIAG_USAGE, NOWHERE, "--new-only needs --baseline FILE");
	if (command->baseline_file != NULL) {
		command->baseline = findings_baseline(command->baseline_file);
		if (command->baseline == NULL)
			return -1;
	}
	if (command->findings_file != NULL &&
	    output_open(&command->findings_output, command->findings_file) == -1)
		return -1;
	if (command->new_baseline_file != NULL)
		return output_open(&command->baseline_output, command->new_baseline_file);
	return 0;
}

static int
run(struct command *command)
{
	struct stage stage = {.context = command,
	    .metrics = 1u << METRIC_RESOLVE | WITH_ACCOUNT,
	    .begin = begin,
	    .each = annotate,
	    .later = pass,
	    .end = end,
	    .writes_stream = !command->findings};
	bool utf8;
	int width = 0;
	int status;

	terminal_ask(command->findings && command->options.output == NULL, &width,
	    &command->style.colour, &utf8);
	command->unlisted = unlisted_new();
	if (choose_format(command) == -1 || open_files(command) == -1)
		status = diag_finish();
	else
		status = stage_run(&stage, &command->options, &command->stage_run);
	output_abort(&command->findings_output);
	output_abort(&command->baseline_output);
	baseline_free(command->baseline);
	unlisted_free(command->unlisted);
	return status;
}

int
main(int argc, char **argv)
{
	struct command command = {.findings_output = {.fd = -1}, .baseline_output = {.fd = -1}};
	struct program program = {.name = "sla-owners",
	    .synopsis =
		"sla-owners [-qv] [-f format] [-I format] [-n instant] [-o file] "
		"[-p policy] [--baseline file] [--csv-raw] [--fail-on severity] "
		"[--findings | --findings-to file] [--min-severity severity] [--new-only] "
		"[--rejects file] "
		"[--seal] [--write-baseline file] [file ...]\n"
		"       sla-owners --network kind [-qv] [-f format] [-I format] [-n instant] "
		"[-o file] [-p policy] [--csv-raw] [--rejects file] [file ...]\n"
		"       sla-owners --draft-roster [-qv] [-I format] [-n instant] [-o file] "
		"[--rejects file] [file ...]\n"
		"       sla-owners --explain rule | --rules\n",
	    .shared = "fInoprs",
	    .rows = rows,
	    .take = take,
	    .context = &command};
	int status = options_read(&command.options, &program, argc, argv);

	if (status == -1)
		status = command.list_rules || command.explain != NULL ? print_rules(&command)
		    : command.network_kind != NETWORK_NONE             ? run_network(&command)
		    : command.draft_roster                             ? run_draft(&command)
								       : run(&command);
	buf_free(&command.json);
	return status;
}
