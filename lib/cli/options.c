/* options.c: the options that the four programs share, and their own, as tables */
#include "cli/options.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/output.h"
#include "cli/signals.h"
#include "time/instant.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define REJECTS 200 /* letters of shared options that have only a long name */
#define SEAL    201

static const struct option_row shared_rows[] = {
    {'f', "format", "FORMAT", "form of the output"},
    {'I', "input", "FORMAT", "form of the input: ndjson or csv (told from its start)"},
    {'n', "now", "INSTANT", "the as-of instant, RFC 3339; later events do not exist"},
    {'o', "output", "FILE", "write FILE, complete or not at all"},
    {'p', "policy", "FILE", "the policy, sla-policy(5)"},
    {REJECTS, "rejects", "FILE", "keep what is refused, with reason and place"},
    {SEAL, "seal", NULL, "end the stream with a seal that counts its tickets"},
    {'q', "quiet", NULL, "errors only"},
    {'v', "verbose", NULL, "every message, none held back"},
    {'h', "help", NULL, "this text"},
    {'V', "version", NULL, "the version"},
    {0, NULL, NULL, NULL},
};

#define MAX_ROWS 64

/* getopt_long's two descriptions of one table. */
struct table {
	const struct option_row *rows[MAX_ROWS];
	struct option longs[MAX_ROWS + 1];
	char shorts[2 * MAX_ROWS + 2];
	size_t n;
};

static void
add_row(struct table *table, const struct option_row *row)
{
	size_t length = strlen(table->shorts);

	if (table->n == MAX_ROWS)
		return;
	table->rows[table->n] = row;
	table->longs[table->n++] = (struct option){
	    row->name, row->argument != NULL ? required_argument : no_argument, NULL, row->letter};
	if (row->letter > 127)
		return;
	table->shorts[length] = (char)row->letter;
	table->shorts[length + 1] = row->argument != NULL ? ':' : '\0';
}

/* The shared options that the program takes, then its own. "r" stands for --rejects, "s" for --seal. */
static void
build_table(struct table *table, const struct program *program)
{
	const struct option_row *row;
	int mark;

	*table = (struct table){.shorts = ":"};
	for (row = program->rows; row != NULL && row->name != NULL; row++)
		add_row(table, row);
	for (row = shared_rows; row->name != NULL; row++) {
		mark = row->letter == REJECTS ? 'r' : row->letter == SEAL ? 's' : row->letter;
		if (strchr(program->shared, mark) != NULL || strchr("qvhV", mark) != NULL)
			add_row(table, row);
	}
}

static int
print_text(struct buf *text)
{
	struct output output;

	if (output_open(&output, NULL) == -1)
		return diag_finish();
	buf_adds(&output.buf, buf_slice(text));
	output_commit(&output);
	buf_free(text);
	return diag_finish();
}

static int
print_help(const struct program *program, const struct table *table)
{
	const struct option_row *row;
	struct buf text = {0};
	size_t i, start;

	buf_addf(&text, "usage: %s\noptions:\n", program->synopsis);
	for (i = 0; i < table->n; i++) {
		row = table->rows[i];
		start = text.n;
		if (row->letter <= 127)
			buf_addf(&text, "  -%c, ", row->letter);
		else
			buf_addz(&text, "      ");
		buf_addf(&text, "--%s", row->name);
		if (row->argument != NULL)
			buf_addf(&text, " %s", row->argument);
		do
			buf_addc(&text, ' ');
		while (text.n - start < 30);
		buf_addf(&text, "%s\n", row->help);
	}
	buf_addf(&text, "%s(1) has the whole manual; sla(7) the overview.\n", program->name);
	return print_text(&text);
}

static int
print_version(const struct program *program)
{
	struct buf text = {0};

	buf_addf(&text, "%s %s\n", program->name, SLA_VERSION);
	return print_text(&text);
}

static bool
take_form(struct options *options, const char *value)
{
	if (strcmp(value, "ndjson") == 0)
		options->form = STREAM_NDJSON;
	else if (strcmp(value, "csv") == 0)
		options->form = STREAM_CSV;
	else {
		diag(DIAG_USAGE, NOWHERE, "-I takes ndjson or csv, not \"%s\"", value);
		return false;
	}
	return true;
}

static bool
take_instant(struct options *options, const char *value)
{
	if (instant_parse(slice_z(value), &options->as_of))
		return true;
	diag(DIAG_USAGE, NOWHERE,
	    "-n takes an RFC 3339 instant such as 2026-03-20T12:00:00Z, not \"%s\"", value);
	return false;
}

static bool
take_shared(struct options *options, int letter, const char *value)
{
	switch (letter) {
	case 'f':
		options->format = value;
		return true;
	case 'I':
		return take_form(options, value);
	case 'n':
		return take_instant(options, value);
	case 'o':
		options->output = value;
		return true;
	case 'p':
		options->policy = value;
		return true;
	case REJECTS:
		options->rejects = value;
		return true;
	case SEAL:
		options->seal = true;
		return true;
	case 'q':
		options->quiet = true;
		return true;
	case 'v':
		options->verbose = true;
		return true;
	default:
		return false;
	}
}

static bool
is_own(const struct program *program, int letter)
{
	const struct option_row *row;

	for (row = program->rows; row != NULL && row->name != NULL; row++)
		if (row->letter == letter)
			return true;
	return false;
}

static int
usage_error(const struct program *program, int what, char **argv)
{
	const char *given = argv[optind - 1];

	if (what == ':')
		diag(DIAG_USAGE, NOWHERE, "option %s needs a value", given);
	else if (optopt > 0 && optopt < 128)
		diag(DIAG_USAGE, NOWHERE, "unknown option -%c", optopt);
	else
		diag(DIAG_USAGE, NOWHERE, "unknown option %s", given);
	diag(DIAG_NOTICE, NOWHERE, "%s -h lists the options", program->name);
	return diag_finish();
}

int
options_read(struct options *options, const struct program *program, int argc, char **argv)
{
	struct table table;
	int letter;

	*options = (struct options){.as_of = INSTANT_NONE};
	diag_start(program->name);
	signals_start();
	build_table(&table, program);
	opterr = 0;
	while ((letter = getopt_long(argc, argv, table.shorts, table.longs, NULL)) != -1) {
		if (letter == '?' || letter == ':')
			return usage_error(program, letter, argv);
		if (letter == 'h')
			return print_help(program, &table);
		if (letter == 'V')
			return print_version(program);
		if (!(is_own(program, letter) ? program->take(program->context, letter, optarg)
					      : take_shared(options, letter, optarg)))
			return diag_finish();
	}
	diag_verbosity(options->quiet, options->verbose);
	options->files = argv + optind;
	options->nfiles = (size_t)(argc - optind);
	return -1;
}

bool
options_number(const char *option, const char *value, int64_t low, int64_t *number)
{
	if (num_i64(slice_z(value), number) && *number >= low)
		return true;
	diag(DIAG_USAGE, NOWHERE, "%s takes a whole number of at least %lld, not \"%s\"", option,
	    (long long)low, value);
	return false;
}
