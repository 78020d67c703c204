/* xml.c: text in XML 1.0 */
#include "out/xml.h"

#include "out/text.h"

#include <stddef.h>

static const char *
reference(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* U+FFFE and U+FFFF are UTF-8, but no characters of XML. */
static bool
is_nonchar(const struct buf *text, size_t i)
{
	return text->n - i >= 3 && (unsigned char)text->p[i] == 0xEF &&
	    (unsigned char)text->p[i + 1] == 0xBF && (unsigned char)text->p[i + 2] >= 0xBE;
}

void
xml_add(struct buf *out, struct slice text)
{
	struct buf safe = {0};
	const char *entity;
	size_t i;

	text_add_safe(&safe, text, true);
	for (i = 0; i < safe.n; i++) {
		entity = reference(safe.p[i]);
		if (entity != NULL) {
			buf_addz(out, entity);
		} else if (is_nonchar(&safe, i)) {
			buf_addz(out, "?");
			i += 2;
		} else {
			buf_addc(out, safe.p[i]);
		}
	}
	buf_free(&safe);
}

void
xml_attribute(struct buf *out, const char *name, const char *text)
{
	if (text == NULL)
		return;
	buf_addf(out, " %s=\"", name);
	xml_add(out, slice_z(text));
	buf_addc(out, '"');
}
