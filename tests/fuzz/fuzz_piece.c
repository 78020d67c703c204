/* fuzz_piece.c: any bytes as a piece of a report; a sound one is written and read again */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/piece/piece.h"

static char path[] = "/tmp/fuzz_piece.XXXXXX";

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
clean_up(void)
{
	unlink(path);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	int fd = mkstemp(path);

	(void)argc;
	(void)argv;
	if (fd == -1)
		abort();
	close(fd);
	atexit(clean_up);
	return 0;
}

static struct report *
merge_bytes(const void *data, size_t size)
{
	struct report_options options = report_defaults();
	char *files[] = {path};
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd == -1 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	options.limit = -1;
	options.partial = true;
	return pieces_merge(&options, files, 1);
}

/* What was read gives a piece that gives the same piece; every view can be drawn of it. */
static void
write_again(struct report *report)
{
	struct buf first = {0}, second = {0}, page = {0};
	struct report *again;

	report_render(report, &page);
	piece_write(report, &first);
	again = merge_bytes(first.p, first.n);
	if (again == NULL)
		abort();
	piece_write(again, &second);
	if (first.n != second.n || memcmp(first.p, second.p, first.n) != 0)
		abort();
	report_free(again);
	buf_free(&first);
	buf_free(&second);
	buf_free(&page);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct report *report = merge_bytes(data, size);

	if (report != NULL)
		write_again(report);
	report_free(report);
	return 0;
}
