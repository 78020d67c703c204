/* csv_writer.c: the one writer of CSV */
#include "out/csv_writer.h"

struct csv_writer
csv_writer_to(struct buf *out, bool guard)
{
	return (struct csv_writer){.out = out, .guard = guard};
}

static bool
is_formula(struct slice text)
{
	/* U+FF1D, FF0B, FF0D, FF20: East Asian spreadsheets read these as = + - @. */
	static const char wide[][4] = {
	    "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
	size_t i;

	if (text.n == 0)
		return false;
	if (memchr("=+-@\t\r\n", text.p[0], 7) != NULL)
		return true;
	for (i = 0; text.n >= 3 && i < sizeof(wide) / sizeof(wide[0]); i++)
		if (memcmp(text.p, wide[i], 3) == 0)
			return true;
	return false;
}

static bool
needs_quotes(struct slice text)
{
	size_t i;

	if (text.n == 0 || text.p[0] == ' ' || text.p[text.n - 1] == ' ')
		return true;
	if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
		return true; /* a byte order mark, where a row or a file begins with it */
	for (i = 0; i < text.n; i++)
		if (memchr(",\"\r\n", text.p[i], 4) != NULL)
			return true;
	return false;
}

static void
begin(struct csv_writer *w)
{
	if (w->comma)
		buf_addc(w->out, ',');
	w->comma = true;
}

void
csvw_slice(struct csv_writer *w, struct slice text)
{
	bool guard = w->guard && is_formula(text);
	size_t i;

	begin(w);
	if (!needs_quotes(text)) {
		if (guard)
			buf_addc(w->out, '\'');
		buf_adds(w->out, text);
		return;
	}
	buf_addz(w->out, guard ? "\"'" : "\"");
	for (i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_addc(w->out, '"');
		buf_addc(w->out, text.p[i]);
	}
	buf_addc(w->out, '"');
}

void
csvw_text(struct csv_writer *w, const char *text)
{
	if (text == NULL)
		begin(w);
	else
		csvw_slice(w, slice_z(text));
}

void
csvw_i64(struct csv_writer *w, int64_t number)
{
	begin(w);
	buf_add_i64(w->out, number);
}

void
csvw_empty(struct csv_writer *w)
{
	begin(w);
}

void
csvw_end(struct csv_writer *w)
{
	buf_addc(w->out, '\n');
	w->comma = false;
}
