/* sla-risk.c: replays the SLA clocks and says which running one will be missed, and why */
#include "base/diag.h"
#include "base/output.h"
#include "cli/options.h"
#include "cli/stage.h"
#include "risk/arguments.h"
#include "risk/backtest.h"
#include "risk/calc.h"
#include "risk/causes.h"
#include "risk/diff.h"
#include "risk/explain.h"
#include "risk/habits.h"
#include "risk/pace.h"
#include "risk/scoring.h"
#include "sla/risk_record.h"
#include "time/instant.h"

#include <string.h>

enum {
	CALC = LONG_ONLY(1),
	CHECK = LONG_ONLY(2),
	PRINT = LONG_ONLY(3),
	CALENDAR = LONG_ONLY(4),
	EXPLAIN = LONG_ONLY(5),
	CONVENTION = LONG_ONLY(6),
	DIFF = LONG_ONLY(7),
	FIT = LONG_ONLY(8),
	BACKTEST = LONG_ONLY(9),
	LABEL = LONG_ONLY(10),
	LANDMARKS = LONG_ONLY(11),
	SPLIT = LONG_ONLY(12),
	PREDICTIONS = LONG_ONLY(13),
	ABLATE = LONG_ONLY(14),
	MODEL = LONG_ONLY(15),
	TRAIN = LONG_ONLY(16),
	LEARN = LONG_ONLY(17),
	CAUSES_OF = LONG_ONLY(18)
};

static const struct option_row rows[] = {
    {ABLATE, "ablate", NULL, "with --backtest: what each family of features adds"},
    {BACKTEST, "backtest", NULL, "learn from the older tickets, prove it on the newer ones"},
    {CALC, "calc", NULL,
	"business-time calculator: rows calendar,from,to or calendar,from,+SECONDS"},
    {CAUSES_OF, "causes", NULL, "what would have helped: the breaches by the first cause seen"},
    {CHECK, "check-policy", NULL, "name every fault of the policy, and do nothing else"},
    {CONVENTION, "convention", "NAME",
	"judge as that service desk does: a preset of sla-policy(5)"},
    {DIFF, "diff", NULL, "the PSA's verdicts beside the replayed ones, and why they differ"},
    {EXPLAIN, "explain", "ID", "tell the clocks of one ticket as a story"},
    {CALENDAR, "explain-calendar", NULL, "print the working segments: operands NAME FROM TO"},
    {FIT, "fit-convention", NULL,
	"which conventions and calendars explain the PSA's verdicts best"},
    {LABEL, "label", "WHOSE", "the verdict to learn: clock (the default) or psa"},
    {LANDMARKS, "landmarks", "LIST", "ages at which tickets are judged: 30m,1h,2h,..."},
    {LEARN, "learn", "FILE", "how long work rests and takes: from the tickets of this stream"},
    {MODEL, "model", "FILE", "judge by this model, made by --train"},
    {PREDICTIONS, "predictions", "FILE", "with --backtest: every probability and what came, CSV"},
    {SPLIT, "split", "WHERE", "with --backtest: a share of the tickets (0.7) or an instant"},
    {PRINT, "print-policy", NULL, "print a policy to start from, explained"},
    {TRAIN, "train", NULL, "learn a model from the tickets whose outcome is known"},
    {0, NULL, NULL, NULL},
};

struct command {
	struct options options;
	int mode; /* the letter of the option that asks for something else than the stream */
	const char *explain, *convention;
	int64_t explained;
	struct fit *fit;
	struct causes *causes; /* NULL: as CSV */
	struct history history;
	int64_t landmarks[LANDMARKS_MOST];
	struct backtest backtest;
	const char *predictions;
	const char *model, *learn;
	struct habits habits;
	bool failed; /* nothing more is to be written */
	struct scoring *scoring;
	struct stage_run run;
	struct buf json;
};

static bool
take_backtest(struct command *command, int letter, const char *value)
{
	switch (letter) {
	case LANDMARKS:
		command->history.landmarks = command->landmarks;
		return landmarks_read(
		    command->landmarks, LANDMARKS_MOST, &command->history.nlandmarks, value);
	case SPLIT:
		return split_read(&command->backtest, value);
	case MODEL:
		command->model = value;
		return true;
	case LEARN:
		command->learn = value;
		return true;
	case PREDICTIONS:
		command->predictions = value;
		return true;
	case ABLATE:
		command->backtest.ablate = true;
		return true;
	default:
		if (strcmp(value, "psa") == 0)
			command->history.label = LABEL_PSA;
		else if (strcmp(value, "clock") != 0) {
			diag(DIAG_USAGE, NOWHERE, "--label takes clock or psa");
			return false;
		}
		return true;
	}
}

static bool
take(void *context, int letter, const char *value)
{
	struct command *command = context;

	if (letter == CONVENTION) {
		command->convention = value;
		return true;
	}
	if (letter == LABEL || letter == LANDMARKS || letter == SPLIT || letter == PREDICTIONS ||
	    letter == MODEL || letter == ABLATE || letter == LEARN)
		return take_backtest(command, letter, value);
	if (command->mode != 0 && command->mode != letter) {
		diag(DIAG_USAGE, NOWHERE, "one thing at a time: two options ask for two");
		return false;
	}
	command->mode = letter;
	if (letter == EXPLAIN)
		command->explain = value;
	return true;
}

static void
begin_annotating(void *context, struct buf *out)
{
	struct command *command = context;

	(void)out;
	command->failed = command->learn != NULL &&
	    habits_learn(
		&command->habits, command->learn, command->run.policy, command->run.as_of) == -1;
}

static void
annotate(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct command *command = context;
	struct risk risk;

	if (command->failed)
		return;
	habits_tell(&risk, &command->habits, analysis, record->arena);
	pace_judge(&risk, analysis, record->arena);
	buf_clear(&command->json);
	risk_to_json(&risk, &command->json);
	stream_write_annotated(out, record, "risk", buf_slice(&command->json));
}

static void
pass(void *context, struct record *record, struct buf *out)
{
	const struct command *command = context;

	if (!command->failed)
		stream_write_line(out, record);
}

static bool
end_annotating(void *context, const struct stream_counts *counts, struct buf *out)
{
	const struct command *command = context;

	(void)counts;
	(void)out;
	return !command->failed;
}

static void
explain(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct command *command = context;

	if (command->failed || !text_same(record->ticket.id, command->explain))
		return;
	explain_clocks(out, analysis, &command->habits, record->arena, true);
	command->explained++;
}

static bool
end_explain(void *context, const struct stream_counts *counts, struct buf *out)
{
	const struct command *command = context;

	(void)counts;
	(void)out;
	if (command->failed)
		return false;
	if (command->explained == 0)
		diag(DIAG_INPUT_REFUSED, NOWHERE,
		    "no ticket \"%s\" in the stream, or it was opened after the as-of instant",
		    command->explain);
	return true;
}

static void
begin_diff(void *context, struct buf *out)
{
	(void)context;
	diff_header(out);
}

static void
diff(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	(void)context;
	diff_ticket(out, analysis, record->arena);
}

static void
begin_fit(void *context, struct buf *out)
{
	struct command *command = context;

	(void)out;
	command->fit = fit_new(command->run.policy);
}

static void
fit(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	const struct command *command = context;

	(void)out;
	fit_add(command->fit, analysis, record->arena);
}

static bool
end_fit(void *context, const struct stream_counts *counts, struct buf *out)
{
	const struct command *command = context;

	(void)counts;
	fit_write(command->fit, out);
	return true;
}

/* Text, json or csv. */
static void
begin_causes(void *context, struct buf *out)
{
	struct command *command = context;
	const char *format = command->options.format;

	begin_annotating(context, out);
	if (text_same(format, "csv"))
		causes_csv_header(out);
	else
		command->causes = causes_new();
}

static void
find_causes(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	const struct command *command = context;
	const struct stall_table *stalls = command->habits.stalls;

	if (command->causes == NULL)
		causes_csv_ticket(out, analysis, stalls, record->arena);
	else
		causes_add(command->causes, analysis, stalls, record->arena);
}

static bool
end_causes(void *context, const struct stream_counts *counts, struct buf *out)
{
	const struct command *command = context;
	const char *format = command->options.format;

	if (command->causes != NULL && text_same(format, "json"))
		causes_write_json(command->causes, out);
	else if (command->causes != NULL)
		causes_write_text(command->causes, out);
	return end_annotating(context, counts, out);
}

static void
begin_remembering(void *context, struct buf *out)
{
	struct command *command = context;

	(void)out;
	habits_begin(&command->habits, command->history.landmarks, command->history.nlandmarks);
}

static void
remember(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct command *command = context;

	(void)out;
	history_add(&command->history, analysis, record->arena);
	habits_add(&command->habits, analysis, record->arena);
}

static bool
end_backtest(void *context, const struct stream_counts *counts, struct buf *out)
{
	struct command *command = context;
	struct output output;
	int result;

	(void)counts;
	command->backtest.json = text_same(command->options.format, "json");
	command->backtest.finish = command->habits.finish;
	history_finish(&command->history);
	if (command->predictions == NULL)
		return backtest_run(&command->backtest, &command->history, out, NULL) == 0;
	if (output_open(&output, command->predictions) == -1)
		return false;
	result = backtest_run(&command->backtest, &command->history, out, &output.buf);
	if (result == 0)
		return output_commit(&output) == 0;
	output_abort(&output);
	return false;
}

static bool
end_train(void *context, const struct stream_counts *counts, struct buf *out)
{
	struct command *command = context;

	(void)counts;
	history_finish(&command->history);
	finish_settle(command->habits.finish, command->run.as_of);
	return model_train(&command->history, &command->habits, command->run.as_of,
		   policy_hash(command->run.policy), out) == 0;
}

static void
begin_scoring(void *context, struct buf *out)
{
	struct command *command = context;

	(void)out;
	command->scoring =
	    scoring_new(command->model, command->learn, command->run.policy, command->run.as_of);
}

static void
take_in(void *context, const struct analysis *analysis, struct record *record, struct buf *out)
{
	struct command *command = context;

	(void)out;
	if (command->scoring != NULL)
		scoring_add(command->scoring, analysis, record);
}

static void
take_in_later(void *context, struct record *record, struct buf *out)
{
	take_in(context, NULL, record, out);
}

static bool
end_scoring(void *context, const struct stream_counts *counts, struct buf *out)
{
	struct command *command = context;

	(void)counts;
	(void)out;
	return command->scoring != NULL &&
	    scoring_finish(command->scoring, command->run.policy, command->run.as_of) == 0;
}

static int
tell_next(void *context, struct buf *out)
{
	struct command *command = context;

	return scoring_next(command->scoring, out);
}

static int
run_model(struct command *command)
{
	struct stage scoring = {.context = command,
	    .metrics = ALL_METRICS,
	    .begin = begin_scoring,
	    .each = take_in,
	    .later = take_in_later,
	    .end = end_scoring,
	    .more = tell_next,
	    .writes_stream = true};
	struct stage training = {.context = command,
	    .metrics = 1u << METRIC_RESOLVE,
	    .begin = begin_remembering,
	    .each = remember,
	    .end = end_train};

	command->run.preset = command->convention;
	return stage_run(
	    command->mode == TRAIN ? &training : &scoring, &command->options, &command->run);
}

static int
run_stream(struct command *command)
{
	struct stage annotating = {.context = command,
	    .metrics = ALL_METRICS,
	    .begin = begin_annotating,
	    .each = annotate,
	    .later = pass,
	    .end = end_annotating,
	    .writes_stream = true};
	struct stage explaining = {.context = command,
	    .metrics = ALL_METRICS,
	    .begin = begin_annotating,
	    .each = explain,
	    .end = end_explain};
	struct stage differing = {
	    .context = command, .metrics = ALL_METRICS, .begin = begin_diff, .each = diff};
	struct stage fitting = {.context = command,
	    .metrics = ALL_METRICS,
	    .begin = begin_fit,
	    .each = fit,
	    .end = end_fit};
	struct stage proving = {.context = command,
	    .metrics = 1u << METRIC_RESOLVE,
	    .begin = begin_remembering,
	    .each = remember,
	    .end = end_backtest};
	struct stage looking_back = {.context = command,
	    .metrics = 1u << METRIC_RESOLVE,
	    .begin = begin_causes,
	    .each = find_causes,
	    .end = end_causes};
	const struct stage *stage = command->mode == BACKTEST ? &proving
	    : command->mode == CAUSES_OF                      ? &looking_back
	    : command->mode == EXPLAIN                        ? &explaining
	    : command->mode == DIFF                           ? &differing
	    : command->mode == FIT                            ? &fitting
							      : &annotating;

	command->run.preset = command->convention;
	return stage_run(stage, &command->options, &command->run);
}

/* --calc and --explain-calendar: the policy's calendars, no stream. */
static int
run_calendar(const struct command *command)
{
	const struct options *options = &command->options;
	struct policy *policy =
	    options->policy != NULL ? policy_load(options->policy) : policy_none();
	struct output output;
	int result = -1;

	if (policy == NULL || output_open(&output, options->output) == -1) {
		policy_free(policy);
		return diag_finish();
	}
	if (command->mode == CALC)
		result =
		    calc_files(options->files, options->nfiles, options->rejects, policy, &output);
	else if (options->nfiles == 3)
		result = calc_explain_calendar(
		    policy, options->files[0], options->files[1], options->files[2], &output);
	else
		diag(DIAG_USAGE, NOWHERE, "--explain-calendar takes NAME FROM TO");
	if (result == 0)
		output_commit(&output);
	else
		output_abort(&output);
	policy_free(policy);
	return diag_finish();
}

static int
print_policy(const struct command *command)
{
	struct output output;

	if (output_open(&output, command->options.output) == -1)
		return diag_finish();
	buf_addz(&output.buf, policy_starter());
	output_commit(&output);
	return diag_finish();
}

static int
check_policy(const struct command *command)
{
	const char *path = command->options.policy;

	if (path == NULL && command->options.nfiles == 1)
		path = command->options.files[0];
	if (path == NULL)
		diag(DIAG_USAGE, NOWHERE, "--check-policy needs -p POLICY");
	else
		policy_check(path);
	return diag_finish();
}

/* -f and --learn where they mean something, and nowhere else. */
static bool
check_options(const struct command *command)
{
	const char *format = command->options.format;
	int mode = command->mode;
	bool known = format == NULL ||
	    ((mode == BACKTEST || mode == CAUSES_OF) &&
		(text_same(format, "text") || text_same(format, "json"))) ||
	    (mode == CAUSES_OF && text_same(format, "csv"));

	if (!known)
		diag(DIAG_USAGE, NOWHERE,
		    "-f takes text or json with --backtest, text, json or csv with --causes");
	else if (command->learn != NULL && mode != 0 && mode != CAUSES_OF && mode != EXPLAIN)
		diag(DIAG_USAGE, NOWHERE, "--learn is for the stream, --causes and --explain");
	else
		return true;
	return false;
}

static int
run(struct command *command)
{
	if (!check_options(command))
		return diag_finish();
	switch (command->mode) {
	case CALC:
	case CALENDAR:
		return run_calendar(command);
	case CHECK:
		return check_policy(command);
	case PRINT:
		return print_policy(command);
	case TRAIN:
		return run_model(command);
	default:
		if (command->mode == 0 && command->model != NULL)
			return run_model(command);
		return run_stream(command);
	}
}

int
main(int argc, char **argv)
{
	struct command command = {.backtest = {.share = 0.7, .split = INSTANT_NONE}};
	struct program program = {.name = "sla-risk",
	    .synopsis =
		"sla-risk [-qv] [-I format] [-n instant] [-o file] [-p policy] "
		"[--convention name] [--diff | --explain id | --fit-convention] "
		"[--learn file] [--model file] [--rejects file] [--seal] [file ...]\n"
		"       sla-risk --backtest [-qv] [-f format] [-I format] [-n instant] [-o file] "
		"[-p policy] [--ablate] [--label whose] [--landmarks list] "
		"[--predictions file] [--rejects file] [--split where] [file ...]\n"
		"       sla-risk --calc [-q] [-o file] [-p policy] [--rejects file] [file ...]\n"
		"       sla-risk --causes [-qv] [-f format] [-I format] [-n instant] [-o file] "
		"[-p policy] [--convention name] [--learn file] [--rejects file] [file ...]\n"
		"       sla-risk --check-policy -p policy\n"
		"       sla-risk --explain-calendar [-o file] [-p policy] name from to\n"
		"       sla-risk --print-policy [-o file]\n"
		"       sla-risk --train [-qv] [-I format] [-n instant] [-o file] [-p policy] "
		"[--label whose] [--landmarks list] [--rejects file] [file ...]\n",
	    .shared = "fInoprs",
	    .rows = rows,
	    .take = take,
	    .context = &command};
	int status;

	command.history.landmarks = landmarks_usual;
	command.history.nlandmarks = LANDMARKS_USUAL;
	status = options_read(&command.options, &program, argc, argv);
	if (status == -1)
		status = run(&command);
	fit_free(command.fit);
	causes_free(command.causes);
	history_free(&command.history);
	scoring_free(command.scoring);
	habits_free(&command.habits);
	buf_free(&command.json);
	return status;
}
