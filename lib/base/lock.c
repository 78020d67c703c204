/* lock.c: one process at a time */
#include "base/lock.h"

#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int
say_held(int fd, const char *path)
{
	struct flock who = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	struct place place = {path, 0, 0};

	if (fcntl(fd, F_GETLK, &who) == 0 && who.l_type != F_UNLCK && who.l_pid > 0)
		return diag(DIAG_SYSTEM, place, "process %ld has this lock: try again after it",
		    (long)who.l_pid);
	return diag(DIAG_SYSTEM, place, "another process has this lock: try again after it");
}

int
lock_take(const char *path)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);

	if (fd == -1)
		return diag_system(path, "cannot open the lock");
	if (fcntl(fd, F_SETLK, &lock) == 0)
		return fd;
	if (errno == EACCES || errno == EAGAIN)
		say_held(fd, path);
	else
		diag_system(path, "cannot take the lock");
	close(fd);
	return -1;
}

void
lock_drop(int lock)
{
	if (lock != -1)
		close(lock);
}
