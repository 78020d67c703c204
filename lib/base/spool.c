/* spool.c: what does not fit into memory, in a temporary file */
#include "base/spool.h"

#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* So much is written at once. */
#define CHUNK ((size_t)256 << 10)

static int
fail(struct spool *spool, const char *file, const char *what)
{
	spool->failed = true;
	return diag_system(file, what);
}

static int
open_file(struct spool *spool)
{
	const char *folder = getenv("TMPDIR");
	struct buf path = {0};
	int result = 0;

	if (folder == NULL || *folder == '\0')
		folder = "/tmp";
	buf_addf(&path, "%s/sla-XXXXXX", folder);
	buf_z(&path);
	spool->fd = mkstemp(path.p);
	if (spool->fd == -1) {
		result = fail(spool, folder, "cannot make a temporary file there (TMPDIR)");
	} else {
		unlink(path.p);
		fcntl(spool->fd, F_SETFD, FD_CLOEXEC);
		spool->open = true;
	}
	buf_free(&path);
	return result;
}

static int
write_out(struct spool *spool)
{
	size_t done = 0;
	ssize_t n;

	if (!spool->open && open_file(spool) == -1)
		return -1;
	while (done < spool->out.n) {
		n = pwrite(spool->fd, spool->out.p + done, spool->out.n - done,
		    (off_t)(spool->written + (int64_t)done));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return fail(spool, NULL, "cannot write to a temporary file in TMPDIR");
		done += (size_t)n;
	}
	spool->written += (int64_t)spool->out.n;
	buf_clear(&spool->out);
	return 0;
}

int
spool_add(struct spool *spool, struct slice bytes)
{
	if (spool->failed)
		return -1;
	buf_adds(&spool->out, bytes);
	return spool->out.n >= CHUNK ? write_out(spool) : 0;
}

static int
read_file(struct spool *spool, int64_t at, char *p, size_t n)
{
	ssize_t got;

	while (n > 0) {
		got = pread(spool->fd, p, n, (off_t)at);
		if (got == -1 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO; /* it is not as long as it was written */
		if (got <= 0)
			return fail(spool, NULL, "cannot read a temporary file");
		p += got;
		at += got;
		n -= (size_t)got;
	}
	return 0;
}

int
spool_read(struct spool *spool, int64_t at, char *p, size_t n)
{
	size_t front;

	if (spool->failed)
		return -1;
	if (at < spool->written) {
		front = (size_t)(spool->written - at) < n ? (size_t)(spool->written - at) : n;
		if (read_file(spool, at, p, front) == -1)
			return -1;
		at += (int64_t)front;
		p += front;
		n -= front;
	}
	if (n > 0)
		memcpy(p, spool->out.p + (at - spool->written), n);
	return 0;
}

void
spool_free(struct spool *spool)
{
	if (spool->open)
		close(spool->fd);
	buf_free(&spool->out);
	*spool = (struct spool){0};
}
