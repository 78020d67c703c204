/* terminal.c: what standard output can show */
#include "cli/terminal.h"

#include "base/num.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *
variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

static bool
is_utf8_locale(void)
{
	const char *locale = variable("LC_ALL");

	if (locale == NULL)
		locale = variable("LC_CTYPE");
	if (locale == NULL)
		locale = variable("LANG");
	return locale != NULL && (glob_match("*utf-8*", locale) || glob_match("*utf8*", locale));
}

static void
ask_width(int *width)
{
	const char *columns = variable("COLUMNS");
	struct winsize size;
	int64_t number;

	if (columns != NULL && num_i64(slice_z(columns), &number) && number > 0 && number < 10000)
		*width = (int)number;
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		*width = size.ws_col;
}

void
terminal_ask(bool standard, int *width, bool *colour, bool *utf8)
{
	bool terminal = standard && isatty(STDOUT_FILENO) == 1;

	*colour = terminal && variable("NO_COLOR") == NULL;
	*utf8 = !terminal || is_utf8_locale();
	if (terminal)
		ask_width(width);
}
