/* coverage.c: how far the expected finish came true, for people and for programs */
#include "risk/coverage.h"

#include "base/mem.h"
#include "time/instant.h"

#include <math.h>
#include <stdio.h>

static void
write_row(struct buf *out, const char *name, const struct coverage *coverage)
{
	if (coverage->rows == 0)
		return;
	buf_addf(out, "%-12s %7zu  %6.3f %6.3f\n", name, coverage->rows,
	    coverage_share(&coverage->p50), coverage_share(&coverage->p90));
}

void
coverage_write_text(struct buf *out, struct finish *finish, int64_t split, const int64_t *landmarks,
    size_t nlandmarks)
{
	struct coverage *each = mem_calloc(nlandmarks + 1, sizeof(*each)), all;
	char name[40];
	size_t i;

	finish_prove(finish, split, &all, each);
	buf_addz(out, "\nended by         rows     p50    p90\n");
	write_row(out, "all", &all);
	for (i = 0; i < nlandmarks; i++) {
		instant_format_duration(landmarks[i], name, sizeof(name));
		write_row(out, name, &each[i]);
	}
	mem_free(each);
}

static void
write_share(struct json_writer *w, const char *key, const struct coverage_count *count)
{
	double share = coverage_share(count);

	jsonw_begin(w, key);
	buf_addf(w->out, isnan(share) ? "null" : "%.4f", share);
}

static void
write_object(struct json_writer *w, const char *key, const struct coverage *coverage)
{
	jsonw_open(w, key, '{');
	jsonw_i64(w, "rows", (int64_t)coverage->rows);
	write_share(w, "p50", &coverage->p50);
	write_share(w, "p90", &coverage->p90);
	jsonw_close(w, '}');
}

void
coverage_write_json(struct json_writer *w, struct finish *finish, int64_t split,
    const int64_t *landmarks, size_t nlandmarks)
{
	struct coverage *each = mem_calloc(nlandmarks + 1, sizeof(*each)), all;
	char name[24];
	size_t i;

	finish_prove(finish, split, &all, each);
	jsonw_open(w, "finish", '{');
	write_object(w, "all", &all);
	jsonw_open(w, "by_landmark", '{');
	for (i = 0; i < nlandmarks; i++) {
		snprintf(name, sizeof(name), "%lld", (long long)landmarks[i]);
		write_object(w, name, &each[i]);
	}
	jsonw_close(w, '}');
	jsonw_close(w, '}');
	mem_free(each);
}
