/* progress_line.c: how far the work has come, on a terminal */
#include "cli/progress_line.h"

#include "base/input.h"
#include "cli/wall_clock.h"
#include "time/instant.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t
total_size(const struct options *options)
{
	int64_t sum = 0;
	struct stat st;
	size_t i;

	for (i = 0; i < options->nfiles; i++) {
		if (stat(options->files[i], &st) != 0 || !S_ISREG(st.st_mode))
			return -1;
		sum += (int64_t)st.st_size;
	}
	return options->nfiles > 0 ? sum : -1;
}

void
progress_line_start(struct progress_line *line, const struct options *options)
{
	*line = (struct progress_line){.shown = !options->quiet && isatty(STDERR_FILENO)};
	if (!line->shown)
		return;
	line->size = total_size(options);
	line->began = wall_clock_monotonic_ms();
	line->next = line->began + 500;
}

static void
draw(const struct progress_line *line, int64_t tickets, int64_t now)
{
	int64_t bytes = input_total(), took = now - line->began + 1;
	char text[160], left[48] = "";
	int n;

	if (line->size > bytes && bytes > 0) {
		instant_format_duration((line->size - bytes) * took / bytes / 1000, left, 40);
		strncat(left, " left", sizeof(left) - strlen(left) - 1);
	}
	n = snprintf(text, sizeof(text), "\r%lld MB, %lld tickets, %lld MB/s %s\033[K",
	    (long long)(bytes / 1000000), (long long)tickets, (long long)(bytes / 1000 / took),
	    left);
	if (n > 0 && write(STDERR_FILENO, text, (size_t)n) == -1)
		return;
}

void
progress_line_tick(struct progress_line *line, int64_t tickets)
{
	int64_t now;

	if (!line->shown || tickets % 64 != 0)
		return;
	now = wall_clock_monotonic_ms();
	if (now < line->next)
		return;
	line->next = now + 200;
	draw(line, tickets, now);
}

void
progress_line_end(struct progress_line *line)
{
	if (line->shown && write(STDERR_FILENO, "\r\033[K", 4) == -1)
		line->shown = false;
}
