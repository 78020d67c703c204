/* prometheus.h: the text format of Prometheus, as node_exporter's textfile collector reads it */
/* Rank: out. */
#ifndef SLA_OUT_PROMETHEUS_H
#define SLA_OUT_PROMETHEUS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A family: `# HELP` and `# TYPE name gauge`. Its samples must follow at once. name holds only
 * letters, digits and _; help is text.
 */
void prom_family(struct buf *out, const char *name, const char *help);

/*
 * A sample: prom_begin(), prom_label() for each label, then prom_end(). The value is number, or with
 * per_mille a thousandth of it, as a decimal. There are no timestamps: a textfile must have none.
 */
struct prom_sample {
	struct buf *out;
	bool labelled;
};

struct prom_sample prom_begin(struct buf *out, const char *name);
void prom_label(struct prom_sample *sample, const char *name, struct slice value);
void prom_end(struct prom_sample *sample, int64_t number, bool per_mille);

/* Whatever may not be part of a metric's or a label's name becomes _. */
void prom_add_name(struct buf *out, const char *text);

#endif
