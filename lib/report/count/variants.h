/* variants.h: tickets by the path that they took, in bounded memory */
/* Rank: report. */
#ifndef SLA_REPORT_COUNT_VARIANTS_H
#define SLA_REPORT_COUNT_VARIANTS_H

#include "report/count/aggregate.h"
#include "sla/variant.h"

/* More paths than these are not told apart. */
#define VARIANTS_MOST 10000

/*
 * Appends a path as it is a name, "new > open > closed", of at most `steps` states; " > ..." stands
 * for all that come after.
 */
void variant_words(struct buf *out, const struct variant *variant, size_t steps);
/* Appends such a name cut to `steps`; returns how many states stand before a "...", 0: no such. */
size_t variant_cut(struct buf *out, const char *name, size_t steps);

/*
 * The steps to which paths are told apart in the window that holds an instant. Where there would be
 * more than VARIANTS_MOST paths of so many steps, all are cut by one more step, and so on: the
 * largest number of steps at which there are not too many depends on the tickets alone, not on
 * their order, and common paths, which are short, stay whole.
 */
size_t variants_steps(struct report *report, int64_t at);

/* Cuts as far as it must be, after a ticket was added. */
void variants_bound(struct report *report);
/* The same after pieces were added, which may have been cut, each to its own length. */
void variants_settle(struct report *report);

#endif
