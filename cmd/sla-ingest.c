/* sla-ingest.c: turns a PSA's exports into the stream */
#include "base/diag.h"
#include "cli/options.h"
#include "cli/progress_line.h"
#include "data/event_log.h"
#include "data/ticket_json.h"
#include "ingest/detect.h"
#include "ingest/ingest.h"

#include <string.h>

enum {
	SOURCE = 's',
	MAP = LONG_ONLY(1),
	LIST = LONG_ONLY(2),
	PRINT = LONG_ONLY(3),
	ENCODING = LONG_ONLY(4),
	ZONE = LONG_ONLY(5),
	ORDER = LONG_ONLY(6)
};

static const struct option_row rows[] = {
    {SOURCE, "source", "NAME", "the export's system: a built-in map; auto tells it from the files"},
    {MAP, "map", "FILE", "a map of your own, sla-map(5)"},
    {ENCODING, "encoding", "NAME", "how the text is written: UTF-8, WINDOWS-1252, ..."},
    {ZONE, "tz", "ZONE", "the time zone of dates that name none: Europe/Berlin, ..."},
    {ORDER, "date-order", "ORDER", "of dates like 03/04/2026 whose order is open: dmy, mdy"},
    {LIST, "list-sources", NULL, "name the built-in maps"},
    {PRINT, "print-map", "NAME", "print a built-in map, to start your own from"},
    {0, NULL, NULL, NULL},
};

/* What the command line asks for, and the run. */
struct command {
	const char *source, *map_file, *print_map, *encoding, *zone, *order;
	bool list;
	struct options options;
	struct map *map;
	const char *detected; /* where the system is told from the files */
	struct input first;   /* opened to tell the system */
	struct rejects rejects;
	struct output output;
	struct progress_line progress;
	bool csv;
	int64_t written;
};

static bool
take(void *context, int letter, const char *value)
{
	struct command *command = context;

	if (letter == SOURCE)
		command->source = value;
	else if (letter == MAP)
		command->map_file = value;
	else if (letter == ENCODING)
		command->encoding = value;
	else if (letter == ZONE)
		command->zone = value;
	else if (letter == ORDER)
		command->order = value;
	else if (letter == LIST)
		command->list = true;
	else
		command->print_map = value;
	return true;
}

static int
emit(void *context, const struct ticket *ticket)
{
	struct command *command = context;

	if (command->csv)
		event_log_write(ticket, &command->output.buf);
	else
		ticket_to_json(ticket, &command->output.buf);
	command->written++;
	output_flush(&command->output);
	progress_line_tick(&command->progress, command->written);
	return command->output.failed ? -1 : 0;
}

/* All files of a run are of one system. */
static int
check_source(const struct command *command, struct input *input)
{
	const char *name = detect_source(input);

	if (name == NULL || strcmp(name, command->detected) == 0)
		return name == NULL ? -1 : 0;
	return diag(DIAG_BAD_HEADER, (struct place){input->name, 0, 0},
	    "it is of %s, the files before are of %s", name, command->detected);
}

static int
read_files(struct command *command, struct ingest *ingest)
{
	static char standard_input[] = "-";
	char *const standard[] = {standard_input};
	const struct options *options = &command->options;
	char *const *files = options->nfiles > 0 ? options->files : standard;
	size_t i, n = options->nfiles > 0 ? options->nfiles : 1;
	struct input input;
	int result = 0;

	for (i = 0; i < n && result == 0; i++) {
		input = command->first;
		command->first = (struct input){0};
		if (!input.open && input_open(&input, files[i]) == -1)
			return -1;
		if (i > 0 && command->detected != NULL)
			result = check_source(command, &input);
		if (result == 0)
			result = ingest_file(ingest, &input);
		input_close(&input);
	}
	return result;
}

static void
say_counts(const struct ingest_counts *counts)
{
	diag(DIAG_COUNTS, NOWHERE,
	    "%lld rows = %lld used + %lld blank + %lld refused; %lld tickets, %lld events",
	    (long long)counts->rows, (long long)counts->used, (long long)counts->blank,
	    (long long)counts->refused, (long long)counts->tickets, (long long)counts->events);
}

static int
ingest(struct command *command)
{
	struct ingest *ingest = ingest_new(command->map, &command->rejects);
	int result = read_files(command, ingest);

	if (result == 0 && command->csv)
		event_log_write_header(&command->output.buf);
	if (result == 0)
		result = ingest_each(ingest, emit, command);
	if (result == 0 && command->options.seal && !command->csv)
		stream_write_seal(
		    &command->output.buf, command->written, ingest_counts(ingest)->refused);
	progress_line_end(&command->progress);
	if (result == 0)
		say_counts(ingest_counts(ingest));
	ingest_free(ingest);
	return result;
}

static int
run(struct command *command)
{
	const struct options *options = &command->options;
	int done = -1;

	if (rejects_open(&command->rejects, options->rejects) == -1)
		return diag_finish();
	if (output_open(&command->output, options->output) == 0) {
		progress_line_start(&command->progress, options);
		done = ingest(command);
		if (done == 0)
			output_commit(&command->output);
		else
			output_abort(&command->output);
	}
	rejects_close(&command->rejects);
	return diag_finish();
}

static int
print_maps(const struct command *command)
{
	struct output output;
	struct slice text;
	size_t i;

	if (output_open(&output, command->options.output) == -1)
		return diag_finish();
	for (i = 0; command->list && map_builtin_name(i) != NULL; i++)
		buf_addf(&output.buf, "%s\n", map_builtin_name(i));
	if (command->print_map != NULL) {
		text = map_builtin_text(command->print_map);
		buf_adds(&output.buf, text);
		if (text.n == 0)
			diag(DIAG_USAGE, NOWHERE, "no built-in map \"%s\": see --list-sources",
			    command->print_map);
	}
	output_commit(&output);
	return diag_finish();
}

static int
choose_form(struct command *command)
{
	const char *format = command->options.format;

	command->csv = format != NULL && strcmp(format, "csv") == 0;
	if (command->csv && command->options.seal)
		return diag(DIAG_USAGE, NOWHERE,
		    "--seal is for ndjson: the event log counts its rows by itself");
	if (format == NULL || command->csv || strcmp(format, "ndjson") == 0)
		return 0;
	return diag(DIAG_USAGE, NOWHERE, "-f takes ndjson or csv, not \"%s\"", format);
}

/* The system of the first file, which stays open: standard input cannot be read again. */
static int
detect_first(struct command *command)
{
	const struct options *options = &command->options;

	if (input_open(&command->first, options->nfiles > 0 ? options->files[0] : "-") == -1)
		return -1;
	command->detected = detect_source(&command->first);
	return command->detected != NULL ? 0 : -1;
}

static int
choose_map(struct command *command)
{
	bool detect = command->source == NULL || strcmp(command->source, "auto") == 0;

	if (command->source != NULL && command->map_file != NULL)
		return diag(
		    DIAG_USAGE, NOWHERE, "give either -s NAME (see --list-sources) or --map FILE");
	if (command->map_file == NULL && detect && detect_first(command) == -1)
		return -1;
	if (command->map_file != NULL)
		command->map = map_load(command->map_file);
	else
		command->map = map_builtin(detect ? command->detected : command->source);
	if (command->map == NULL)
		return -1;
	if (command->encoding != NULL)
		command->map->encoding = command->encoding;
	if (command->zone != NULL && map_set_zone(command->map, command->zone) == -1)
		return -1;
	return command->order != NULL ? map_set_order(command->map, command->order) : 0;
}

int
main(int argc, char **argv)
{
	struct command command = {0};
	struct program program = {.name = "sla-ingest",
	    .synopsis =
		"sla-ingest [-qv] [--date-order order] [--encoding name] [-f format] [-o file] "
		"[--rejects file] [--seal] [-s source | --map file] [--tz zone] "
		"[file ...]\n"
		"       sla-ingest --list-sources\n"
		"       sla-ingest --print-map source\n",
	    .shared = "fors",
	    .rows = rows,
	    .take = take,
	    .context = &command};
	int status = options_read(&command.options, &program, argc, argv);

	if (status != -1)
		return status;
	if (command.list || command.print_map != NULL)
		return print_maps(&command);
	if (choose_form(&command) == 0 && choose_map(&command) == 0)
		status = run(&command);
	else
		status = diag_finish();
	input_close(&command.first);
	map_free(command.map);
	return status;
}
