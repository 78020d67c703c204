/* calc.c: a calculator of business time for scripts and spreadsheets */
#include "risk/calc.h"

#include "base/num.h"
#include "data/csv_reader.h"
#include "out/csv_writer.h"
#include "time/instant.h"

#include <stdio.h>

/* One row while it is computed. */
struct calculation {
	const struct policy *policy;
	const struct csv_row *row;
	struct calendar *calendar;
	int64_t from, to, seconds;
	bool adds;    /* `+SECONDS`: the result is an instant */
	size_t fault; /* index of the field that is at fault */
	const char *why;
};

static bool
fail(struct calculation *calculation, size_t field, const char *why)
{
	calculation->fault = field;
	calculation->why = why;
	return false;
}

static bool
read_end(struct calculation *calculation)
{
	struct slice text = calculation->row->fields[2];

	calculation->adds = text.n > 0 && text.p[0] == '+';
	if (!calculation->adds)
		return instant_parse(text, &calculation->to) ||
		    fail(calculation, 2, "neither an RFC 3339 instant nor +SECONDS");
	text = (struct slice){text.p + 1, text.n - 1};
	return (num_i64(text, &calculation->seconds) && calculation->seconds >= 0) ||
	    fail(calculation, 2, "+SECONDS takes a whole number, not negative");
}

static bool
read_row(struct calculation *calculation)
{
	const struct csv_row *row = calculation->row;

	if (row->nfields != 3)
		return fail(calculation, 0, "a row has three fields: calendar,from,to");
	calculation->calendar =
	    policy_calendar(calculation->policy, row->fields[0].p != NULL ? row->fields[0].p : "");
	if (calculation->calendar == NULL)
		return fail(calculation, 0, "the policy has no calendar of that name");
	if (!instant_parse(row->fields[1], &calculation->from))
		return fail(calculation, 1, "not an RFC 3339 instant from 1950 to 2100");
	return read_end(calculation);
}

static int64_t
add_time(const struct calculation *calculation)
{
	if (policy_conventions(calculation->policy)->deadline == DEADLINE_NEXT_OPENING)
		return calendar_add_opening(
		    calculation->calendar, calculation->from, calculation->seconds);
	return calendar_add(calculation->calendar, calculation->from, calculation->seconds);
}

static bool
compute(struct calculation *calculation, char result[32])
{
	int64_t number;

	if (!read_row(calculation))
		return false;
	if (calculation->adds) {
		number = add_time(calculation);
		if (number == INSTANT_NONE)
			return fail(calculation, 2, "no such instant before 2101");
		instant_format(number, result);
		return true;
	}
	number = calendar_between(calculation->calendar, calculation->from, calculation->to);
	if (number < 0)
		return fail(calculation, 2, "`to` is before `from`");
	snprintf(result, 32, "%lld", (long long)number);
	return true;
}

static void
write_row(struct output *output, const struct csv_row *row, const char *result)
{
	struct csv_writer w = csv_writer_to(&output->buf, false);
	size_t i;

	for (i = 0; i < row->nfields; i++) {
		if (row->fields[i].p == NULL)
			csvw_empty(&w);
		else
			csvw_slice(&w, row->fields[i]);
	}
	csvw_text(&w, result);
	csvw_end(&w);
	output_flush(output);
}

static void
take_row(struct calculation *calculation, const char *file, struct rejects *rejects,
    struct output *output)
{
	const struct csv_row *row = calculation->row;
	struct place place = {file, row->line, 0};
	char result[32];

	if (compute(calculation, result)) {
		write_row(output, row, result);
		return;
	}
	place.column = csv_field_column(row, ',', calculation->fault);
	rejects_add(rejects, DIAG_INPUT_REFUSED, place, row->raw, "%s", calculation->why);
	write_row(output, row, NULL);
}

int
calc_run(struct input *input, const struct policy *policy, struct rejects *rejects,
    struct output *output)
{
	struct csv_reader *reader = csv_reader_new(input, (struct csv_options){0});
	struct csv_row row;
	enum csv_result result;

	while ((result = csv_reader_next(reader, &row)) != CSV_END && result != CSV_FAILED) {
		struct calculation calculation = {.policy = policy, .row = &row};

		if (result == CSV_ROW)
			take_row(&calculation, input->name, rejects, output);
		else if (result == CSV_REFUSED)
			rejects_add(rejects, DIAG_BAD_CSV,
			    (struct place){input->name, row.error_line, row.error_column}, row.raw,
			    "%s", row.error);
		if (output->failed)
			break;
	}
	csv_reader_free(reader);
	return result == CSV_FAILED || output->failed ? -1 : 0;
}

int
calc_files(char *const *files, size_t nfiles, const char *rejected, const struct policy *policy,
    struct output *output)
{
	static char standard_input[] = "-";
	char *const standard[] = {standard_input};
	size_t i, n = nfiles > 0 ? nfiles : 1;
	struct rejects rejects;
	struct input input;
	int result = rejects_open(&rejects, rejected);

	for (i = 0; i < n && result == 0; i++) {
		result = input_open(&input, nfiles > 0 ? files[i] : standard[i]);
		if (result == 0)
			result = calc_run(&input, policy, &rejects, output);
		input_close(&input);
	}
	rejects_close(&rejects);
	return result;
}

static void
write_local(struct csv_writer *w, const struct calendar *calendar, int64_t instant)
{
	struct civil civil;
	char text[40];

	zone_local(calendar_zone(calendar), instant, &civil);
	snprintf(text, sizeof(text), "%04d-%02d-%02d %02d:%02d:%02d", civil.year, civil.month,
	    civil.day, civil.hour, civil.minute, civil.second);
	csvw_text(w, text);
}

static void
write_segment(struct output *output, const struct calendar *calendar, int64_t start, int64_t end)
{
	struct csv_writer w = csv_writer_to(&output->buf, false);
	char text[21];

	instant_format(start, text);
	csvw_text(&w, text);
	instant_format(end, text);
	csvw_text(&w, text);
	csvw_i64(&w, end - start);
	write_local(&w, calendar, start);
	write_local(&w, calendar, end);
	csvw_end(&w);
	output_flush(output);
}

int
calc_explain_calendar(const struct policy *policy, const char *name, const char *from,
    const char *to, struct output *output)
{
	struct calendar *calendar = policy_calendar(policy, name);
	int64_t first, last, start, end;

	if (calendar == NULL)
		return diag(DIAG_USAGE, NOWHERE, "the policy has no calendar \"%s\"", name);
	if (!instant_parse(slice_z(from), &first) || !instant_parse(slice_z(to), &last) ||
	    last < first)
		return diag(DIAG_USAGE, NOWHERE,
		    "--explain-calendar takes NAME FROM TO, two RFC 3339 instants in order");
	buf_addz(&output->buf, "from,to,seconds,local_from,local_to\n");
	while (first < last && calendar_segment(calendar, first, &start, &end) && start < last) {
		start = start > first ? start : first;
		end = end < last ? end : last;
		write_segment(output, calendar, start, end);
		first = end;
	}
	return 0;
}
