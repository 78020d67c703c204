/* progress_line.h: how far the work has come, on a terminal */
/* Rank: cli. */
#ifndef SLA_CLI_PROGRESS_LINE_H
#define SLA_CLI_PROGRESS_LINE_H

#include "cli/options.h"

#include <stdbool.h>
#include <stdint.h>

struct progress_line {
	bool shown;          /* standard error is a terminal, and -q was not given */
	int64_t size;        /* bytes of all inputs, -1 where one is not a file */
	int64_t began, next; /* monotonic ms */
};

void progress_line_start(struct progress_line *line, const struct options *options);
/* Cheap; call it once a ticket. Draws at most five times a second. */
void progress_line_tick(struct progress_line *line, int64_t tickets);
/* Wipes the line. */
void progress_line_end(struct progress_line *line);

#endif
