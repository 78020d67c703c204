/* dot.c: text in Graphviz DOT */
#include "out/dot.h"

#include "out/text.h"

void
dot_string(struct buf *out, struct slice text)
{
	struct buf safe = {0};
	size_t i;

	text_add_safe(&safe, text, true);
	buf_addc(out, '"');
	for (i = 0; i < safe.n; i++) {
		if (safe.p[i] == '"' || safe.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, safe.p[i]);
	}
	buf_addc(out, '"');
	buf_free(&safe);
}
