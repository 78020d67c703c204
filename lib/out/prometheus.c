/* prometheus.c: the text format of Prometheus, as node_exporter's textfile collector reads it */
#include "out/prometheus.h"

#include <stdlib.h>

/* A quote is escaped in labels alone; in HELP it is text. */
static void
add_escaped(struct buf *out, struct slice text, bool quote)
{
	size_t i;

	for (i = 0; i < text.n; i++) {
		if (text.p[i] == '\\' || (quote && text.p[i] == '"'))
			buf_addc(out, '\\');
		if (text.p[i] == '\n')
			buf_addz(out, "\\n");
		else
			buf_addc(out, text.p[i]);
	}
}

void
prom_add_name(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		bool word = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
		    (*text >= '0' && *text <= '9');

		buf_addc(out, word ? *text : '_');
	}
}

void
prom_family(struct buf *out, const char *name, const char *help)
{
	buf_addf(out, "# HELP %s ", name);
	add_escaped(out, slice_z(help), false);
	buf_addf(out, "\n# TYPE %s gauge\n", name);
}

struct prom_sample
prom_begin(struct buf *out, const char *name)
{
	buf_addz(out, name);
	return (struct prom_sample){.out = out};
}

void
prom_label(struct prom_sample *sample, const char *name, struct slice value)
{
	buf_addc(sample->out, sample->labelled ? ',' : '{');
	sample->labelled = true;
	buf_addf(sample->out, "%s=\"", name);
	add_escaped(sample->out, value, true);
	buf_addc(sample->out, '"');
}

void
prom_end(struct prom_sample *sample, int64_t number, bool per_mille)
{
	buf_addz(sample->out, sample->labelled ? "} " : " ");
	if (!per_mille)
		buf_add_i64(sample->out, number);
	else
		buf_addf(sample->out, "%s%lld.%03lld", number < 0 ? "-" : "", llabs(number / 1000),
		    llabs(number % 1000));
	buf_addc(sample->out, '\n');
}
