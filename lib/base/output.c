/* output.c: bytes out, complete or not at all */
#include "base/output.h"

#include "base/diag.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLUSH_SIZE ((size_t)64 * 1024)
#define SLOTS      64

/* Written with signals blocked, read by the signal handler. */
static const char *volatile temporaries[SLOTS];

static void
set_slot(int slot, const char *path)
{
	sigset_t all, old;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	temporaries[slot] = path;
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static int
free_slot(void)
{
	int i;

	for (i = 0; i < SLOTS; i++)
		if (temporaries[i] == NULL)
			return i;
	return -1;
}

void
output_remove_all(void)
{
	int i;

	for (i = 0; i < SLOTS; i++)
		if (temporaries[i] != NULL)
			unlink(temporaries[i]);
}

/* The file a path names in the end: links followed, though it may not exist yet. */
static char *
resolve(const char *path)
{
	char *real = realpath(path, NULL), *copy;
	char target[4096];
	ssize_t n;

	if (real != NULL) {
		copy = mem_dupz(real);
		mem_free(real);
		return copy;
	}
	n = readlink(path, target, sizeof(target) - 1);
	if (n <= 0)
		return mem_dupz(path);
	target[n] = '\0';
	if (target[0] != '/' && strrchr(path, '/') != NULL) {
		struct buf joined = {0};

		buf_add(&joined, path, (size_t)(strrchr(path, '/') - path) + 1);
		buf_addz(&joined, target);
		copy = mem_dupz(buf_z(&joined));
		buf_free(&joined);
		return copy;
	}
	return mem_dupz(target);
}

static char *
temporary_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
	struct buf name = {0};

	buf_add(&name, path, folder);
	buf_addf(&name, ".%s.XXXXXX", path + folder);
	buf_z(&name);
	return name.p;
}

static int
open_direct(struct output *output)
{
	output->fd = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	return output->fd == -1 ? diag_system(output->name, "cannot write") : 0;
}

static int
open_temporary(struct output *output)
{
	int slot = free_slot();

	if (slot == -1)
		return diag(DIAG_SYSTEM, NOWHERE, "too many output files at once");
	output->temporary = temporary_name(output->path);
	output->fd = mkstemp(output->temporary);
	if (output->fd == -1) {
		mem_free(output->temporary);
		output->temporary = NULL;
		return diag_system(output->name, "cannot make a temporary file beside it");
	}
	fcntl(output->fd, F_SETFD, FD_CLOEXEC);
	output->slot = slot;
	set_slot(slot, output->temporary);
	return 0;
}

int
output_open(struct output *output, const char *path)
{
	struct stat st;

	*output = (struct output){.fd = STDOUT_FILENO, .slot = -1, .name = "(standard output)"};
	if (path == NULL || strcmp(path, "-") == 0)
		return 0;
	output->name = path;
	output->path = resolve(path);
	if (stat(output->path, &st) == 0 && S_ISDIR(st.st_mode)) {
		output_abort(output);
		return diag(DIAG_SYSTEM, (struct place){path, 0, 0}, "is a directory");
	}
	if (stat(output->path, &st) == 0 && !S_ISREG(st.st_mode))
		return open_direct(output);
	return open_temporary(output);
}

int
output_open_private(struct output *output, const char *path)
{
	int opened = output_open(output, path);

	output->private = true;
	return opened;
}

static void
fail(struct output *output, const char *what)
{
	/* A reader that has gone is told by SIGPIPE; where that is ignored, die as quietly. */
	if (errno == EPIPE) {
		output_remove_all();
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	if (!output->failed)
		diag_system(output->name, what);
	output->failed = true;
}

void
output_drain(struct output *output)
{
	size_t done = 0;
	ssize_t n;

	while (!output->failed && done < output->buf.n) {
		n = write(output->fd, output->buf.p + done, output->buf.n - done);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			fail(output, "cannot write");
		else
			done += (size_t)n;
	}
	buf_clear(&output->buf);
}

void
output_flush(struct output *output)
{
	if (output->buf.n >= FLUSH_SIZE)
		output_drain(output);
}

/* The mode and owner of the file that is replaced; else what the umask leaves. */
static int
dress(const struct output *output)
{
	struct stat st;
	mode_t mask;

	if (stat(output->path, &st) == 0) {
		if (fchown(output->fd, st.st_uid, st.st_gid) == -1)
			st.st_mode &= 0777; /* not ours to give: no set-id bits then */
		if (output->private)
			st.st_mode = 0600;
		return fchmod(output->fd, st.st_mode & 07777);
	}
	if (output->private)
		return fchmod(output->fd, 0600);
	mask = umask(0);
	umask(mask);
	return fchmod(output->fd, 0666 & ~mask);
}

static void
add_folder(struct buf *folder, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		buf_addc(folder, '.');
	else
		buf_add(folder, path, slash == path ? 1 : (size_t)(slash - path));
}

int
output_folder(const char *path)
{
	struct buf folder = {0};
	struct stat st;
	int result = 0;

	add_folder(&folder, path);
	if (stat(buf_z(&folder), &st) == -1)
		result = diag_system(buf_z(&folder), "cannot write into this folder");
	else if (!S_ISDIR(st.st_mode))
		result = diag(DIAG_SYSTEM, (struct place){buf_z(&folder), 0, 0}, "is not a folder");
	buf_free(&folder);
	return result;
}

static int
sync_folder(const char *path)
{
	struct buf folder = {0};
	int fd, result;

	add_folder(&folder, path);
	fd = open(buf_z(&folder), O_RDONLY | O_CLOEXEC);
	buf_free(&folder);
	if (fd == -1)
		return -1;
	result = fsync(fd);
	if (result == -1 && errno == EINVAL)
		result = 0; /* a file system that cannot sync folders */
	close(fd);
	return result;
}

static void
put_in_place(struct output *output)
{
	int closed;

	if (dress(output) == -1 || fsync(output->fd) == -1)
		fail(output, "cannot finish");
	closed = close(output->fd);
	output->fd = -1;
	if (closed == -1)
		fail(output, "cannot close");
	if (output->failed)
		return;
	if (rename(output->temporary, output->path) == -1) {
		fail(output, "cannot put in place");
		return;
	}
	set_slot(output->slot, NULL);
	mem_free(output->temporary);
	output->temporary = NULL;
	if (sync_folder(output->path) == -1)
		fail(output, "cannot sync the folder");
}

int
output_commit(struct output *output)
{
	bool failed;

	output_drain(output);
	if (output->temporary != NULL && !output->failed)
		put_in_place(output);
	else if (output->path == NULL || output->temporary == NULL) {
		if (close(output->fd) == -1 && !output->failed)
			fail(output, "cannot close");
		output->fd = -1;
	}
	failed = output->failed;
	output_abort(output);
	return failed ? -1 : 0;
}

void
output_abort(struct output *output)
{
	if (output->temporary != NULL) {
		unlink(output->temporary);
		set_slot(output->slot, NULL);
		mem_free(output->temporary);
	}
	if (output->fd != -1 && output->path != NULL)
		close(output->fd);
	mem_free(output->path);
	buf_free(&output->buf);
	*output = (struct output){.fd = -1, .slot = -1, .name = output->name};
}
