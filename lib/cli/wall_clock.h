/* wall_clock.h: the only place that looks at the time of day */
/* Rank: cli. */
#ifndef SLA_CLI_WALL_CLOCK_H
#define SLA_CLI_WALL_CLOCK_H

#include <stdint.h>

/* Now, in seconds since 1970. A program reads it once, and only where -n was not given. */
int64_t wall_clock(void);

/* Milliseconds that only ever grow: for the progress line. */
int64_t wall_clock_monotonic_ms(void);

#endif
