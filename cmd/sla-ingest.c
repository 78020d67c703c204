/* sla-ingest.c: turns a PSA's exports into the stream */
#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "cli/options.h"
#include "cli/progress_line.h"
#include "cli/wall_clock.h"
#include "data/event_log.h"
#include "data/ticket_json.h"
#include "ingest/detect.h"
#include "ingest/ingest.h"
#include "ingest/privacy.h"
#include "ingest/showing.h"
#include "ingest/update.h"
#include "time/instant.h"

#include <string.h>

enum {
	SOURCE = 's',
	MAP = LONG_ONLY(1),
	LIST = LONG_ONLY(2),
	PRINT = LONG_ONLY(3),
	ENCODING = LONG_ONLY(4),
	ZONE = LONG_ONLY(5),
	ORDER = LONG_ONLY(6),
	REDACT = LONG_ONLY(7),
	PSEUDONYMS = LONG_ONLY(8),
	PSEUDONYMIZE = LONG_ONLY(9),
	UPDATE = LONG_ONLY(10),
	WRITE = LONG_ONLY(11),
	MEMORY = LONG_ONLY(12),
	KEEP = LONG_ONLY(13)
};

static const struct option_row rows[] = {
    {SOURCE, "source", "NAME", "the export's system: a built-in map; auto tells it from the files"},
    {MAP, "map", "FILE", "a map of your own, sla-map(5)"},
    {ENCODING, "encoding", "NAME", "how the text is written: UTF-8, WINDOWS-1252, ..."},
    {ZONE, "tz", "ZONE", "the time zone of dates that name none: Europe/Berlin, ..."},
    {ORDER, "date-order", "ORDER", "of dates like 03/04/2026 whose order is open: dmy, mdy"},
    {MEMORY, "memory", "SIZE", "what rows may take before they go to a file: 64M, 1G (default)"},
    {REDACT, "redact", "CLASS,...", "leave out title, client, contact, people"},
    {PSEUDONYMS, "pseudonyms", "FILE", "write pseudonyms for names; FILE holds the key"},
    {PSEUDONYMIZE, "pseudonymize", "CLASS,...", "pseudonyms for these classes, not for all"},
    {KEEP, "keep-text", NULL, "keep what messages say; otherwise it is not read"},
    {UPDATE, "update", "STORE", "compare tonight's list with the stored stream, and store both"},
    {WRITE, "write-map", "FILE", "write the map with what was found out, for the next run"},
    {LIST, "list-sources", NULL, "name the built-in maps"},
    {PRINT, "print-map", "NAME", "print a built-in map, to start your own from"},
    {0, NULL, NULL, NULL},
};

/* What the command line asks for, and the run. */
struct command {
	const char *source, *map_file, *print_map, *encoding, *zone, *order, *store, *write_map;
	bool list, keep_text;
	struct options options;
	struct privacy_rules rules;
	struct privacy *privacy;
	struct ingest *ingest;
	int64_t memory;        /* bytes */
	struct update *update; /* with --update */
	struct map *map;
	struct input *inputs; /* those that were opened to tell the system, and cannot be again */
	struct rejects rejects;
	struct output output;
	struct progress_line progress;
	bool csv;
	int64_t written;
};

#define DEFAULT_MEMORY (INT64_C(1) << 30)

/* Bytes, or K, M or G of them: each 1024 times the one before. */
static bool
take_memory(struct command *command, const char *value)
{
	static const char units[] = "KMG";
	struct slice number = slice_z(value);
	const char *unit = number.n > 0 ? strchr(units, value[number.n - 1]) : NULL;
	int shift = unit != NULL ? 10 * (int)(unit - units + 1) : 0;

	number.n -= unit != NULL;
	if (num_i64(number, &command->memory) && command->memory > 0 &&
	    command->memory <= INT64_MAX >> 20 >> shift) {
		command->memory <<= shift;
		return true;
	}
	diag(DIAG_USAGE, NOWHERE, "--memory takes a size such as 256M or 2G, not \"%s\"", value);
	return false;
}

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
	else if (letter == MEMORY)
		return take_memory(command, value);
	else if (letter == REDACT)
		return privacy_read_classes("--redact", value, &command->rules.redact);
	else if (letter == PSEUDONYMS)
		command->rules.key_file = value;
	else if (letter == PSEUDONYMIZE)
		return privacy_read_classes("--pseudonymize", value, &command->rules.pseudonymize);
	else if (letter == UPDATE)
		command->store = value;
	else if (letter == WRITE)
		command->write_map = value;
	else if (letter == KEEP)
		command->keep_text = true;
	else if (letter == LIST)
		command->list = true;
	else
		command->print_map = value;
	return true;
}

/* line: the ticket as a line, or empty where there is none yet. */
static int
write_ticket(struct command *command, struct slice line, const struct ticket *ticket)
{
	if (command->csv)
		event_log_write(ticket, command->keep_text, &command->output.buf);
	else if (line.n == 0)
		ticket_to_json(ticket, &command->output.buf);
	else
		buf_adds(&command->output.buf, line);
	if (line.n > 0 && !command->csv)
		buf_addc(&command->output.buf, '\n');
	command->written++;
	output_flush(&command->output);
	progress_line_tick(&command->progress, command->written);
	return command->output.failed ? -1 : 0;
}

static int
emit_stored(void *context, struct slice line, const struct ticket *ticket)
{
	return write_ticket(context, line, ticket);
}

static int
emit(void *context, const struct ticket *ticket)
{
	struct command *command = context;
	struct showing showing;

	ticket = privacy_apply(command->privacy, ticket);
	if (command->update == NULL)
		return write_ticket(command, (struct slice){NULL, 0}, ticket);
	ingest_showing(command->ingest, ticket, &showing);
	return update_add(command->update, ticket, &showing);
}

/* The files to read: standard input where none is named. */
static char *const *
operands(const struct command *command, size_t *n)
{
	static char standard_input[] = "-";
	static char *const standard[] = {standard_input};

	*n = command->options.nfiles > 0 ? command->options.nfiles : 1;
	return command->options.nfiles > 0 ? command->options.files : standard;
}

static int
read_files(struct command *command, struct ingest *ingest)
{
	size_t i, n;
	char *const *files = operands(command, &n);
	struct input input;
	int result = 0;

	for (i = 0; i < n && result == 0; i++) {
		input = (struct input){0};
		if (command->inputs != NULL && command->inputs[i].open) {
			input = command->inputs[i];
			command->inputs[i] = (struct input){0};
		} else if (input_open(&input, files[i]) == -1) {
			return -1;
		}
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

static void
say_update(const struct update_counts *counts, const char *store)
{
	struct place place = {store, 0, 0};

	if (counts->same_list || counts->old_list)
		diag(DIAG_NOTICE, place, "nothing is changed: %s",
		    counts->same_list ? "this list is the one that it had last"
				      : "this list is older than the one that it had last");
	diag(DIAG_NOTICE, place,
	    "it holds %lld tickets, %lld events: %lld tickets are new, %lld have changed, %lld are "
	    "not in this list",
	    (long long)counts->tickets, (long long)counts->events, (long long)counts->fresh,
	    (long long)counts->changed, (long long)counts->absent);
}

/* Only behind a run that came to its end: a map of half an export would be half a map. */
static int
write_map(const struct command *command, const struct ingest *ingest)
{
	struct output output;

	if (command->write_map == NULL)
		return 0;
	if (output_open(&output, command->write_map) == -1)
		return -1;
	ingest_pin_map(ingest, &output.buf);
	return output_commit(&output);
}

static int
ingest(struct command *command)
{
	int64_t refused = 0;
	int result = read_files(command, command->ingest);

	if (result == 0 && command->csv)
		event_log_write_header(command->keep_text, &command->output.buf);
	if (result == 0)
		result = ingest_each(command->ingest, emit, command);
	refused = ingest_counts(command->ingest)->refused;
	if (result == 0 && command->update != NULL)
		result = update_each(command->update, refused, emit_stored, command);
	if (result == 0 && command->options.seal && !command->csv)
		stream_write_seal(&command->output.buf, command->written, refused);
	progress_line_end(&command->progress);
	if (result == 0)
		result = write_map(command, command->ingest);
	if (result == 0)
		say_counts(ingest_counts(command->ingest));
	if (result == 0 && command->update != NULL)
		say_update(update_counts(command->update), command->store);
	return result;
}

static int
begin_update(struct command *command)
{
	int64_t as_of = command->options.as_of;

	if (command->store == NULL)
		return 0;
	if (as_of == INSTANT_NONE)
		as_of = wall_clock();
	if (ingest_list(command->ingest, as_of) == -1)
		return -1;
	command->update = update_open(command->store, as_of);
	return command->update != NULL ? 0 : -1;
}

/* The store first: what it holds then can be written out once more, but not the other way. */
static int
finish(struct command *command)
{
	if (command->update != NULL && update_commit(command->update) == -1)
		return -1;
	return output_commit(&command->output);
}

static int
run(struct command *command)
{
	const struct options *options = &command->options;

	if (rejects_open(&command->rejects, options->rejects) == -1)
		return diag_finish();
	command->ingest = ingest_new(command->map, &command->rejects);
	ingest_memory(command->ingest, command->memory);
	if (command->keep_text)
		ingest_keep_text(command->ingest);
	if (begin_update(command) == 0 && output_open(&command->output, options->output) == 0) {
		progress_line_start(&command->progress, options);
		if (ingest(command) == -1 || finish(command) == -1)
			output_abort(&command->output);
	}
	update_free(command->update);
	ingest_free(command->ingest);
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
	if (command->store == NULL && command->options.as_of != INSTANT_NONE)
		return diag(DIAG_USAGE, NOWHERE, "-n is for --update: the instant of the list");
	if (command->store != NULL && command->options.output != NULL &&
	    strcmp(command->store, command->options.output) == 0)
		return diag(DIAG_USAGE, NOWHERE, "the store is no place for -o, too");
	if (command->csv && command->options.seal)
		return diag(DIAG_USAGE, NOWHERE,
		    "--seal is for ndjson: the event log counts its rows by itself");
	if (format == NULL || command->csv || strcmp(format, "ndjson") == 0)
		return 0;
	return diag(DIAG_USAGE, NOWHERE, "-f takes ndjson or csv, not \"%s\"", format);
}

/* Before a row is read: no message may show what is to stay hidden. */
static int
choose_privacy(struct command *command)
{
	const struct privacy_rules *rules = &command->rules;
	bool hides = rules->redact != 0 || rules->pseudonymize != 0 || rules->key_file != NULL;

	if (command->keep_text && hides)
		return diag(DIAG_USAGE, NOWHERE,
		    "--keep-text goes with no --redact and no --pseudonyms: texts may hold any name");
	command->privacy = privacy_new(rules);
	if (hides)
		diag_discreet();
	return command->privacy != NULL ? 0 : -1;
}

/* Looks at each file; one that is no regular file stays open, for it cannot be read again. */
static int
look_at_files(struct command *command, struct detection *detection)
{
	size_t i, n;
	char *const *files = operands(command, &n);
	struct input *input;
	int result = 0;

	command->inputs = mem_calloc(n, sizeof(*command->inputs));
	for (i = 0; i < n && result == 0; i++) {
		input = &command->inputs[i];
		result = input_open(input, files[i]);
		if (result == 0)
			result = detect_file(detection, input);
		if (input->open && input->size != -1 && strcmp(files[i], "-") != 0)
			input_close(input);
	}
	return result;
}

static const char *
detect(struct command *command)
{
	struct detection *detection = detect_new();
	const char *name = NULL;

	if (look_at_files(command, detection) == 0)
		name = detect_source(detection);
	detect_free(detection);
	return name;
}

static int
choose_map(struct command *command)
{
	const char *name = command->source;

	if (command->source != NULL && command->map_file != NULL)
		return diag(
		    DIAG_USAGE, NOWHERE, "give either -s NAME (see --list-sources) or --map FILE");
	if (command->map_file == NULL && (name == NULL || strcmp(name, "auto") == 0)) {
		name = detect(command);
		if (name == NULL)
			return -1;
	}
	command->map = command->map_file != NULL ? map_load(command->map_file) : map_builtin(name);
	if (command->map == NULL)
		return -1;
	if (command->encoding != NULL)
		command->map->encoding = command->encoding;
	if (command->zone != NULL && map_set_zone(command->map, command->zone) == -1)
		return -1;
	return command->order != NULL ? map_set_order(command->map, command->order) : 0;
}

static void
close_inputs(struct command *command)
{
	size_t i, n;

	operands(command, &n);
	for (i = 0; command->inputs != NULL && i < n; i++)
		input_close(&command->inputs[i]);
	mem_free(command->inputs);
}

int
main(int argc, char **argv)
{
	struct command command = {.memory = DEFAULT_MEMORY};
	struct program program = {.name = "sla-ingest",
	    .synopsis =
		"sla-ingest [-qv] [--date-order order] [--encoding name] [-f format] "
		"[--keep-text] [--memory size] [-o file] [--pseudonymize class,...] [--pseudonyms file] "
		"[--redact class,...] "
		"[--rejects file] [--seal] [-s source | --map file] [--tz zone] "
		"[--update store [-n instant]] [--write-map file] [file ...]\n"
		"       sla-ingest --list-sources\n"
		"       sla-ingest --print-map source\n",
	    .shared = "fnors",
	    .rows = rows,
	    .take = take,
	    .context = &command};
	int status = options_read(&command.options, &program, argc, argv);

	if (status != -1)
		return status;
	if (command.list || command.print_map != NULL)
		return print_maps(&command);
	if (choose_form(&command) == 0 && choose_privacy(&command) == 0 &&
	    choose_map(&command) == 0)
		status = run(&command);
	else
		status = diag_finish();
	close_inputs(&command);
	map_free(command.map);
	privacy_free(command.privacy);
	return status;
}
