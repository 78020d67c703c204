/* markdown.c: text that stays text in GitHub-flavoured Markdown */
#include "out/markdown.h"

#include "out/text.h"

/* What stands for the character in Markdown, NULL where it may stand as it is. */
static const char *
entity(struct slice text, size_t i)
{
	char c = text.p[i];

	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '@': /* a mention */
		return "&#64;";
	case '#': /* a reference, a heading */
		return "&#35;";
	case ':': /* a bare link */
		return text.n - i >= 3 && memcmp(text.p + i, "://", 3) == 0 ? "&#58;" : NULL;
	case '.':
		return i >= 3 &&
			(memcmp(text.p + i - 3, "www", 3) == 0 ||
			    memcmp(text.p + i - 3, "WWW", 3) == 0)
		    ? "&#46;"
		    : NULL;
	default:
		return NULL;
	}
}

void
markdown_add(struct buf *out, struct slice text)
{
	struct buf flat = {0}, safe = {0};
	struct slice all;
	const char *instead;
	size_t i;

	for (i = 0; i < text.n; i++)
		buf_addc(&flat, memchr("\t\r\n", text.p[i], 3) != NULL ? ' ' : text.p[i]);
	text_add_safe(&safe, buf_slice(&flat), true);
	all = buf_slice(&safe);
	for (i = 0; i < all.n; i++) {
		instead = entity(all, i);
		if (instead != NULL) {
			buf_addz(out, instead);
			continue;
		}
		if (memchr("\\`*_[]~|!$", all.p[i], 10) != NULL)
			buf_addc(out, '\\');
		buf_addc(out, all.p[i]);
	}
	buf_free(&flat);
	buf_free(&safe);
}
