/* rejects.c: what was refused, kept with its reason and its place */
#include "data/rejects.h"

#include "out/json_writer.h"

#include <nettle/base64.h>
#include <stdarg.h>
#include <stdio.h>

int
rejects_open(struct rejects *rejects, const char *path)
{
	*rejects = (struct rejects){.open = path != NULL};
	return path != NULL ? output_open_private(&rejects->output, path) : 0;
}

static void
add_base64(struct json_writer *w, struct slice raw)
{
	struct buf text = {0};

	buf_reserve(&text, BASE64_ENCODE_RAW_LENGTH(raw.n) + 1);
	base64_encode_raw(text.p, raw.n, (const uint8_t *)raw.p);
	text.n = BASE64_ENCODE_RAW_LENGTH(raw.n);
	jsonw_slice(w, "base64", buf_slice(&text));
	buf_free(&text);
}

static void
write_content(struct json_writer *w, struct slice raw)
{
	if (utf8_valid(raw.p, raw.n))
		jsonw_slice(w, "text", raw);
	else
		add_base64(w, raw);
}

static void
write_row(struct rejects *rejects, struct place place, struct slice raw, const char *reason)
{
	struct json_writer w = json_writer_to(&rejects->output.buf);

	jsonw_open(&w, NULL, '{');
	jsonw_text(&w, "file", place.file);
	jsonw_i64(&w, "line", place.line);
	jsonw_i64(&w, "column", place.column);
	jsonw_text(&w, "reason", reason);
	if (!diag_is_discreet())
		write_content(&w, raw);
	jsonw_close(&w, '}');
	buf_addc(w.out, '\n');
	output_flush(&rejects->output);
}

void
rejects_add(struct rejects *rejects, enum diag_id id, struct place place, struct slice raw,
    const char *format, ...)
{
	char reason[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	diag(id, place, "%s", reason);
	rejects->count++;
	if (rejects->open)
		write_row(rejects, place, raw, diag_is_discreet() ? diag_text(id) : reason);
}

int
rejects_close(struct rejects *rejects)
{
	if (!rejects->open)
		return 0;
	rejects->open = false;
	return output_commit(&rejects->output);
}
