/* measure.c: runs a command with its output thrown away and says what it cost */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Only a child that has been waited for counts; what it waited for itself counts too. */
static int
run(char **argv)
{
	pid_t child = fork();
	int status, null;

	if (child == 0) {
		null = open("/dev/null", O_WRONLY);
		if (null != -1 && dup2(null, STDOUT_FILENO) != -1)
			execvp(argv[0], argv);
		_exit(127);
	}
	if (child == -1)
		return 127;
	while (waitpid(child, &status, 0) == -1)
		if (errno != EINTR)
			return 127;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/*
 * measure command [argument ...]: prints user and system seconds, wall seconds, and the largest
 * resident size in KiB of one process; exits as the command did.
 */
int
main(int argc, char **argv)
{
	double begun = now();
	struct rusage used;
	int status = argc > 1 ? run(argv + 1) : 127;

	getrusage(RUSAGE_CHILDREN, &used);
	printf("%.3f %.3f %.3f %ld\n", seconds(used.ru_utime), seconds(used.ru_stime),
	    now() - begun, used.ru_maxrss);
	return status;
}
