/* input.c: files in, byte by byte and line by line */
#include "base/input.h"

#include "base/diag.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_SIZE ((size_t)128 * 1024)

static int64_t total;

int
input_open(struct input *input, const char *path)
{
	bool standard = strcmp(path, "-") == 0;
	struct stat st;

	*input = (struct input){.fd = STDIN_FILENO, .size = -1};
	input->name = standard ? "(standard input)" : path;
	if (!standard) {
		input->fd = open(path, O_RDONLY | O_CLOEXEC);
		if (input->fd == -1)
			return diag_system(path, "cannot open");
	}
	input->open = true;
	if (fstat(input->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		diag(DIAG_SYSTEM, (struct place){input->name, 0, 0}, "is a directory");
		input_close(input);
		return -1;
	}
	if (fstat(input->fd, &st) == 0 && S_ISREG(st.st_mode))
		input->size = (int64_t)st.st_size;
	return 0;
}

/* What input_peek() has read already. */
static int64_t
take_ahead(struct input *input, char *p, size_t n)
{
	if (n > input->ahead.n)
		n = input->ahead.n;
	memcpy(p, input->ahead.p, n);
	input->ahead.n -= n;
	memmove(input->ahead.p, input->ahead.p + n, input->ahead.n);
	return (int64_t)n;
}

/* What people give by mistake, and nothing here reads: by its first bytes. */
static const struct {
	const char *magic, *advice;
} packed[] = {
    {"\x1f\x8b", "it is compressed: unpack it first, as with gzip -dc"},
    {"\xfd"
     "7zXZ",
	"it is compressed: unpack it first, as with xz -dc"},
    {"\x28\xb5\x2f\xfd", "it is compressed: unpack it first, as with zstd -dc"},
    {"PK\x03\x04", "it is a ZIP archive or a workbook: unpack it, or save it as CSV"},
    {"\xd0\xcf\x11\xe0", "it is a workbook: save it as CSV"},
};

static int
refuse_packed(const struct input *input, struct slice start)
{
	size_t i, n;

	for (i = 0; i < sizeof(packed) / sizeof(packed[0]); i++) {
		n = strlen(packed[i].magic);
		if (start.n >= n && memcmp(start.p, packed[i].magic, n) == 0)
			return diag(DIAG_INPUT_REFUSED, (struct place){input->name, 0, 0}, "%s",
			    packed[i].advice);
	}
	return 0;
}

int64_t
input_read(struct input *input, char *p, size_t n)
{
	ssize_t got;

	if (input->ahead.n > 0)
		return take_ahead(input, p, n);

	do
		got = read(input->fd, p, n);
	while (got == -1 && errno == EINTR);
	if (got == -1)
		return diag_system(input->name, "cannot read");
	input->bytes_read += got;
	total += got;
	if (input->digest != NULL)
		hash_run_add(input->digest, (struct slice){p, (size_t)got});
	return got;
}

int
input_peek(struct input *input, size_t want, struct slice *start)
{
	struct buf ahead = input->ahead;
	int64_t got = 1;

	input->ahead = (struct buf){0}; /* so that input_read() asks the system */
	while (ahead.n < want && got > 0) {
		buf_reserve(&ahead, READ_SIZE);
		got = input_read(input, ahead.p + ahead.n, READ_SIZE);
		ahead.n += got > 0 ? (size_t)got : 0;
	}
	input->ahead = ahead;
	*start = buf_slice(&input->ahead);
	if (got == -1)
		return -1;
	return input->bytes_read == (int64_t)start->n ? refuse_packed(input, *start) : 0;
}

void
input_close(struct input *input)
{
	buf_free(&input->ahead);
	if (input->open && input->fd != STDIN_FILENO)
		close(input->fd);
	input->open = false;
}

int
input_slurp(const char *path, size_t limit, struct buf *buf)
{
	struct input input;
	int64_t got;

	if (input_open(&input, path) == -1)
		return -1;
	do {
		buf_reserve(buf, READ_SIZE);
		got = input_read(&input, buf->p + buf->n, READ_SIZE);
		if (got > 0)
			buf->n += (size_t)got;
	} while (got > 0 && buf->n <= limit);
	input_close(&input);
	if (buf->n > limit)
		return diag(
		    DIAG_SYSTEM, (struct place){path, 0, 0}, "larger than %zu bytes", limit);
	return got == 0 ? 0 : -1;
}

int64_t
input_total(void)
{
	return total;
}

void
lines_start(struct lines *lines, struct input *input)
{
	struct buf buf = lines->buf;

	buf.n = 0;
	*lines = (struct lines){.input = input, .buf = buf, .limit = LINE_LIMIT};
}

/* More bytes behind those not yet returned: 1, 0 at the end, -1 on error. */
static int
fill(struct lines *lines)
{
	int64_t got;

	if (lines->start > 0) {
		lines->buf.n -= lines->start;
		memmove(lines->buf.p, lines->buf.p + lines->start, lines->buf.n);
		lines->scanned -= lines->start;
		lines->start = 0;
	}
	if (lines->buf.n > lines->limit)
		return diag(DIAG_TOO_LONG, (struct place){lines->input->name, lines->number + 1, 0},
		    "a line of more than %zu bytes", lines->limit);
	buf_reserve(&lines->buf, READ_SIZE);
	got = input_read(lines->input, lines->buf.p + lines->buf.n, READ_SIZE);
	if (got <= 0)
		return (int)got;
	lines->buf.n += (size_t)got;
	return 1;
}

static int
take(struct lines *lines, size_t end, size_t next, struct slice *line)
{
	*line = (struct slice){lines->buf.p + lines->start, end - lines->start};
	lines->start = next;
	lines->scanned = next;
	lines->number++;
	return 1;
}

int
lines_next(struct lines *lines, struct slice *line)
{
	const char *newline;
	size_t at;
	int more;

	while (!lines->ended) {
		newline = lines->buf.n > lines->scanned
		    ? memchr(lines->buf.p + lines->scanned, '\n', lines->buf.n - lines->scanned)
		    : NULL;
		if (newline != NULL) {
			at = (size_t)(newline - lines->buf.p);
			return take(lines, at, at + 1, line);
		}
		lines->scanned = lines->buf.n;
		more = fill(lines);
		if (more == -1)
			return -1;
		lines->ended = more == 0;
	}
	if (lines->start == lines->buf.n)
		return 0;
	return take(lines, lines->buf.n, lines->buf.n, line);
}

void
lines_free(struct lines *lines)
{
	buf_free(&lines->buf);
}
