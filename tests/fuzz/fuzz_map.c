/* fuzz_map.c: any map, and any file read through any map */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "data/ticket_json.h"
#include "ingest/ingest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void __sanitizer_set_report_fd(void *fd);

static int
emit(void *context, const struct ticket *ticket)
{
	struct buf *out = context;

	buf_clear(out);
	ticket_to_json(ticket, out);
	return 0;
}

/* What comes behind the map, as a file; pipes hold at least 64 KiB, so that nothing blocks. */
static void
read_through(const struct map *map, struct slice csv)
{
	struct rejects rejects = {0};
	struct buf out = {0};
	struct ingest *ingest;
	struct input input;
	int ends[2];

	if (csv.n > 60000 || pipe(ends) == -1)
		return;
	if (write(ends[1], csv.p, csv.n) == (ssize_t)csv.n) {
		close(ends[1]);
		input = (struct input){.fd = ends[0], .open = true, .name = "fuzz", .size = -1};
		ingest = ingest_new(map, &rejects);
		ingest_file(ingest, &input);
		ingest_each(ingest, emit, &out);
		ingest_free(ingest);
		input_close(&input);
	} else {
		close(ends[1]);
		close(ends[0]);
	}
	buf_free(&out);
}

/* Nearly every input is a fault that is reported: not into the log, which is the fuzzer's. */
static void
hush(bool quiet)
{
	static int null = -1, log = -1;

	if (null == -1) {
		null = open("/dev/null", O_WRONLY);
		log = dup(STDERR_FILENO);
		__sanitizer_set_report_fd((void *)(intptr_t)log);
	}
	dup2(quiet ? null : log, STDERR_FILENO);
}

/* The map, a NUL byte, the rows; without one the whole is tried as a map, and as a log. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct map *builtin;
	struct slice text = {(const char *)data, size}, rest = text;
	const char *nul = size > 0 ? memchr(data, '\0', size) : NULL;
	struct map *map;

	diag_start("fuzz");
	hush(true);
	if (builtin == NULL)
		builtin = map_builtin("servicenow-log");
	if (nul != NULL) {
		text.n = (size_t)(nul - text.p);
		rest = (struct slice){nul + 1, size - text.n - 1};
	}
	map = map_parse("fuzz", text);
	read_through(map != NULL ? map : builtin, rest);
	map_free(map);
	hush(false);
	return 0;
}
