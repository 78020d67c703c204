/* signals.c: dying cleanly */
#include "cli/signals.h"

#include "base/output.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void
die(int number)
{
	output_remove_all();
	/* SA_RESETHAND has put the default back: this time it kills. */
	raise(number);
}

void
signals_start(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
	struct sigaction action, old;
	size_t i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = die;
	action.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	signal(SIGXFSZ, SIG_IGN); /* a file grown too large is a write error */
	atexit(output_remove_all);
}
