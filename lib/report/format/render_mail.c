/* render_mail.c: a report as a mail of two forms, text and HTML, for sendmail -t */
#include "base/hash.h"
#include "out/mime.h"
#include "report/format/html.h"
#include "time/instant.h"

#define SUBJECT_FIGURES 3
#define TEXT_WIDTH      76

/* The as-of instant as RFC 5322 has it: the same report is the same mail. */
static void
add_date(struct buf *out, int64_t instant)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {
	    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil civil;

	instant_to_civil(instant, &civil);
	buf_addf(out, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\n",
	    days[instant_weekday(instant_day_of(instant))], civil.day, months[civil.month - 1],
	    civil.year, civil.hour, civil.minute, civil.second);
}

/* "67 past a target and running": a key figure that is bad news. */
static void
add_news(struct buf *out, const struct page *page, const struct section *section, size_t *told)
{
	const struct cell *cell;
	struct buf name = {0};
	size_t i;

	for (i = 0; i < section->nrows * section->ncolumns && *told < SUBJECT_FIGURES; i++) {
		cell = &section->cells[i];
		if (!cell->key || cell->tone != TONE_BAD || section->shape != SHAPE_FACTS)
			continue;
		buf_addz(out, (*told)++ == 0 ? ": " : ", ");
		cell_words(cell, page->options->as_of, out);
		buf_clear(&name);
		cell_words(cell - i % section->ncolumns, page->options->as_of, &name);
		buf_addc(out, ' ');
		buf_adds(out, slice_trim(buf_slice(&name)));
	}
	buf_free(&name);
}

static void
add_subject(struct buf *out, const struct page *page)
{
	struct cell as_of = {.type = CELL_INSTANT, .number = page->options->as_of};
	struct buf subject = {0};
	size_t view, i, told = 0;

	if (page->options->subject != NULL) {
		mime_header(out, "Subject", slice_z(page->options->subject));
		return;
	}
	if (page->options->client != NULL)
		buf_addf(&subject, "%s: ", page->options->client);
	buf_addz(&subject, "SLA report ");
	cell_words(&as_of, 0, &subject);
	for (view = 0; view < page->nviews; view++)
		for (i = 0; i < page->views[view].nsections; i++)
			add_news(&subject, page, &page->views[view].sections[i], &told);
	mime_header(out, "Subject", buf_slice(&subject));
	buf_free(&subject);
}

static void
render_parts(const struct page *page, struct buf *text, struct buf *html)
{
	struct report_options options = *page->options;
	struct page plain = *page;

	options.width = TEXT_WIDTH;
	options.colour = false;
	options.utf8 = true;
	plain.options = &options;
	render_text(&plain, text);
	html_page(page, html, true);
}

/* "=_" cannot stand in quoted-printable nor in base64, so that no body holds the boundary. */
static void
add_parts(struct buf *out, const struct buf *text, const struct buf *html)
{
	char hash[65];

	hash_sha256(buf_slice(html), hash);
	buf_addf(out,
	    "MIME-Version: 1.0\nContent-Type: multipart/alternative;\n boundary=\"=_%.32s\"\n\n"
	    "--=_%.32s\nContent-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n",
	    hash, hash);
	mime_quoted_printable(out, buf_slice(text));
	buf_addf(out,
	    "\n--=_%.32s\nContent-Type: text/html; charset=utf-8\n"
	    "Content-Transfer-Encoding: base64\n\n",
	    hash);
	mime_base64(out, buf_slice(html));
	buf_addf(out, "\n--=_%.32s--\n", hash);
}

int
render_mail(const struct page *page, struct buf *out)
{
	struct buf text = {0}, html = {0};

	render_parts(page, &text, &html);
	if (page->options->mail_from != NULL)
		mime_mailboxes(out, "From", page->options->mail_from);
	mime_mailboxes(out, "To", page->options->mail_to);
	add_subject(out, page);
	add_date(out, page->options->as_of);
	buf_addz(out, "Auto-Submitted: auto-generated\n");
	add_parts(out, &text, &html);
	buf_free(&text);
	buf_free(&html);
	return 0;
}
