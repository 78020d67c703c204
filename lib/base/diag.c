/* diag.c: what the programs say on standard error, and the exit status it makes */
#include "base/diag.h"

#include "base/buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SHOWN_OF_A_KIND 20

enum level { NOTE, WARNING, ERROR };

static const char *const level_names[] = {"note", "warning", "error"};

static const struct {
	enum level level;
	int status;
	const char *text;
} rows[] = {
#define DIAG(id, level, status, text) {level, status, text},
#include "base/diag.def"
#undef DIAG
};

static struct {
	const char *program;
	bool quiet, verbose, discreet;
	int status;
	int64_t counts[DIAG_COUNT];
} state = {.program = "sla"};

void
diag_start(const char *program)
{
	memset(&state, 0, sizeof(state));
	state.program = program;
}

void
diag_verbosity(bool quiet, bool verbose)
{
	state.quiet = quiet;
	state.verbose = verbose;
}

void
diag_discreet(void)
{
	state.discreet = true;
}

bool
diag_is_discreet(void)
{
	return state.discreet;
}

/* A terminal must not obey what a ticket says: C0, DEL, C1 and bad UTF-8 become \xHH. */
static void
add_scrubbed(struct buf *out, struct slice text)
{
	size_t i = 0, n;
	unsigned char c;

	while (i < text.n) {
		c = (unsigned char)text.p[i];
		n = utf8_length(text.p + i, text.n - i);
		if (n == 0 || c < 0x20 || c == 0x7F) {
			buf_addf(out, "\\x%02X", c);
			n = 1;
		} else if (c == 0xC2 && (unsigned char)text.p[i + 1] < 0xA0) {
			buf_addf(out, "\\x%02X", (unsigned char)text.p[i + 1]);
		} else {
			buf_add(out, text.p + i, n);
		}
		i += n;
	}
}

static void
add_place(struct buf *out, struct place place)
{
	if (place.file == NULL)
		return;
	add_scrubbed(out, slice_z(place.file));
	if (place.line > 0)
		buf_addf(out, ":%lld", (long long)place.line);
	if (place.line > 0 && place.column > 0)
		buf_addf(out, ":%lld", (long long)place.column);
	buf_addz(out, ": ");
}

/* One write, so that lines of a pipeline's programs do not mix. */
static void
print_line(enum diag_id id, struct place place, struct slice detail)
{
	struct buf line = {0};
	ssize_t ignored;

	buf_addf(&line, "%s: ", state.program);
	add_place(&line, place);
	buf_addf(&line, "%s: ", level_names[rows[id].level]);
	if (id != DIAG_SYSTEM && id != DIAG_USAGE && id != DIAG_NOTICE && id != DIAG_SUPPRESSED)
		buf_addf(&line, "%s: ", rows[id].text);
	add_scrubbed(&line, detail);
	buf_addc(&line, '\n');
	ignored = write(STDERR_FILENO, line.p, line.n);
	(void)ignored;
	buf_free(&line);
}

static bool
is_shown(enum diag_id id)
{
	if (rows[id].level == NOTE)
		return !state.quiet;
	if (rows[id].level == WARNING && state.quiet)
		return false;
	return state.verbose || state.counts[id] <= SHOWN_OF_A_KIND;
}

/* Messages about rows quote what the rows hold; others quote options and names of columns. */
static bool
quotes_content(enum diag_id id)
{
	return (rows[id].status == 2 && id != DIAG_BAD_HEADER) || id == DIAG_UNMAPPED ||
	    id == DIAG_DATA_ORDER;
}

/* From the first quote to the last: content may hold quotes itself. */
static void
leave_out_content(char *text, size_t size)
{
	static const char instead[] = "(not shown)";
	char *first = strchr(text, '"'), *last = strrchr(text, '"');
	size_t at, n = sizeof(instead) - 1, rest;

	if (first == NULL)
		return;
	at = (size_t)(first - text);
	/* One that was cut off has lost the quote at its end. */
	rest = last == first || strlen(text) + 1 >= size ? 0 : strlen(last + 1);
	if (at + n + rest + 1 > size) {
		*first = '\0';
		return;
	}
	memmove(first + n, last + 1, rest);
	memcpy(first, instead, n);
	first[n + rest] = '\0';
}

int
diag(enum diag_id id, struct place place, const char *format, ...)
{
	struct buf detail = {0};
	va_list args;
	char text[4096];
	int n;

	state.counts[id]++;
	diag_raise(rows[id].status);
	if (!is_shown(id))
		return -1;
	va_start(args, format);
	n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (n < 0)
		return -1;
	if (state.discreet && quotes_content(id))
		leave_out_content(text, sizeof(text));
	buf_addz(&detail, text);
	if ((size_t)n >= sizeof(text))
		buf_addz(&detail, "...");
	print_line(id, place, buf_slice(&detail));
	buf_free(&detail);
	return -1;
}

const char *
diag_text(enum diag_id id)
{
	return rows[id].text;
}

int
diag_system(const char *file, const char *what)
{
	return diag(DIAG_SYSTEM, (struct place){file, 0, 0}, "%s: %s", what, strerror(errno));
}

void
diag_raise(int status)
{
	if (status > state.status)
		state.status = status;
}

int
diag_status(void)
{
	return state.status;
}

int64_t
diag_count(enum diag_id id)
{
	return state.counts[id];
}

int
diag_finish(void)
{
	size_t id;

	for (id = 0; id < DIAG_COUNT; id++)
		if (!state.verbose && !state.quiet && rows[id].level != NOTE &&
		    state.counts[id] > SHOWN_OF_A_KIND)
			diag(DIAG_SUPPRESSED, NOWHERE, "%lld more of: %s (-v shows all)",
			    (long long)(state.counts[id] - SHOWN_OF_A_KIND), rows[id].text);
	return state.status;
}
