/* mime.c: headers and bodies of mail, lines ended by LF as sendmail reads them */
#include "out/mime.h"

#include "out/text.h"

#include <nettle/base64.h>

#define LINE       76
#define WORD_TEXT  45 /* bytes in an encoded word: 60 of base64, 72 with what stands around it */
#define WORD_FRAME 13 /* bytes around it, the blank in front among them */
#define LINE_DATA  57 /* bytes in a line of base64 */

/* The mailbox up to the next comma that is not quoted; *rest follows it; *more: there is one. */
static struct slice
next_mailbox(struct slice *rest, bool *more)
{
	struct slice one = *rest;
	bool quoted = false;
	size_t i;

	for (i = 0; i < rest->n && (quoted || rest->p[i] != ','); i++) {
		if (quoted && rest->p[i] == '\\' && i + 1 < rest->n)
			i++;
		else if (rest->p[i] == '"')
			quoted = !quoted;
	}
	one.n = i;
	*more = i < rest->n;
	*rest = *more ? (struct slice){rest->p + i + 1, rest->n - i - 1} : (struct slice){0};
	return slice_trim(one);
}

/* Takes `Name <address>` apart; the name is empty where there is none. */
static void
split_mailbox(struct slice mailbox, struct slice *name, struct slice *address)
{
	size_t i = mailbox.n;

	*name = (struct slice){0};
	*address = mailbox;
	if (mailbox.n == 0 || mailbox.p[mailbox.n - 1] != '>')
		return;
	while (i > 0 && mailbox.p[i - 1] != '<')
		i--;
	if (i == 0)
		return;
	*name = slice_trim((struct slice){mailbox.p, i - 1});
	*address = (struct slice){mailbox.p + i, mailbox.n - i - 1};
}

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5322 dot-atom, at most one @, no - in front that a mailer would take for an option. */
static bool
is_address(struct slice address)
{
	bool at = false, dot = true;
	size_t i;

	if (address.n == 0 || address.n > LINE - 6 || address.p[0] == '-')
		return false;
	for (i = 0; i < address.n; i++) {
		char c = address.p[i];

		if (c == '@' && !at && !dot) {
			at = dot = true;
		} else if (c == '.' && !dot) {
			dot = true;
		} else if (is_alnum(c) || c == '-' ||
		    (!at && strchr("!#$%&'*+/=?^_`{|}~", c) != NULL)) {
			dot = false;
		} else {
			return false;
		}
	}
	return !dot;
}

/* A name may hold quotes only around all of it. */
static bool
is_name(struct slice name)
{
	size_t i;
	bool quoted = name.n >= 2 && name.p[0] == '"' && name.p[name.n - 1] == '"';

	if (!utf8_valid(name.p, name.n))
		return false;
	for (i = 0; i < name.n; i++) {
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7F)
			return false;
		if (!quoted && strchr("\"<>()[]:;@\\,", name.p[i]) != NULL)
			return false;
	}
	return true;
}

bool
mime_is_mailboxes(const char *text)
{
	struct slice rest = slice_z(text), name, address;
	bool more;

	do {
		split_mailbox(next_mailbox(&rest, &more), &name, &address);
		if (!is_address(address) || !is_name(name))
			return false;
	} while (more);
	return true;
}

/* Printable ASCII, nothing that reads as an encoded word, and no word wider than a line. */
static bool
is_plain(struct slice text, size_t longest)
{
	size_t i, word = 0;

	for (i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] < 0x20 || (unsigned char)text.p[i] > 0x7E)
			return false;
		if (text.p[i] == '=' && i + 1 < text.n && text.p[i + 1] == '?')
			return false;
		word = text.p[i] == ' ' ? 0 : word + 1;
		if (word > longest)
			return false;
	}
	return text.n == 0 || (text.p[0] != ' ' && text.p[text.n - 1] != ' ');
}

static void
add_base64(struct buf *out, struct slice bytes)
{
	buf_reserve(out, BASE64_ENCODE_RAW_LENGTH(bytes.n));
	base64_encode_raw(out->p + out->n, bytes.n, (const uint8_t *)bytes.p);
	out->n += BASE64_ENCODE_RAW_LENGTH(bytes.n);
}

/* Encoded words, the first in this line, of which `used` bytes are; no character is split. */
static void
add_encoded(struct buf *out, struct slice text, size_t used)
{
	size_t n, length, room = (LINE - used - WORD_FRAME) / 4 * 3;

	while (text.n > 0) {
		for (n = 0; n < text.n; n += length) {
			length = utf8_length(text.p + n, text.n - n);
			length = length > 0 ? length : 1;
			if (n + length > room)
				break;
		}
		buf_addz(out, " =?UTF-8?B?");
		add_base64(out, (struct slice){text.p, n});
		buf_addz(out, "?=");
		text = (struct slice){text.p + n, text.n - n};
		buf_addz(out, text.n > 0 ? "\n" : "");
		room = WORD_TEXT;
	}
}

/* Words, a new line before each that would pass the end of this one. used: bytes in this line. */
static void
add_folded(struct buf *out, struct slice text, size_t used)
{
	const char *blank;
	size_t n;

	while (text.n > 0) {
		blank = memchr(text.p, ' ', text.n);
		n = blank != NULL && blank > text.p ? (size_t)(blank - text.p) : text.n;
		if (blank == text.p)
			n = 0;
		if (used + 1 + n > LINE) {
			buf_addc(out, '\n');
			used = 0;
		}
		buf_addc(out, ' ');
		buf_add(out, text.p, n);
		used += 1 + n;
		n += n < text.n;
		text = (struct slice){text.p + n, text.n - n};
	}
}

void
mime_header(struct buf *out, const char *name, struct slice text)
{
	struct buf safe = {0};

	text_add_safe(&safe, text, true);
	buf_addf(out, "%s:", name);
	if (is_plain(buf_slice(&safe), LINE - 2))
		add_folded(out, buf_slice(&safe), strlen(name) + 1);
	else
		add_encoded(out, buf_slice(&safe), strlen(name) + 1);
	buf_addc(out, '\n');
	buf_free(&safe);
}

/* The name without the quotes around it and the \ within them. */
static void
unquote(struct buf *out, struct slice name)
{
	bool quoted = name.n >= 2 && name.p[0] == '"';
	size_t i, end = quoted ? name.n - 1 : name.n;

	for (i = quoted; i < end; i++) {
		if (quoted && name.p[i] == '\\' && i + 1 < end)
			i++;
		buf_addc(out, name.p[i]);
	}
}

static void
add_name(struct buf *out, struct slice name, size_t used)
{
	struct buf plain = {0};
	size_t i;

	unquote(&plain, name);
	if (!is_plain(buf_slice(&plain), LINE) || plain.n > LINE / 2) {
		add_encoded(out, buf_slice(&plain), used);
		buf_free(&plain);
		return;
	}
	buf_addz(out, " \"");
	for (i = 0; i < plain.n; i++) {
		if (plain.p[i] == '"' || plain.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, plain.p[i]);
	}
	buf_addc(out, '"');
	buf_free(&plain);
}

void
mime_mailboxes(struct buf *out, const char *name, const char *mailboxes)
{
	struct slice rest = slice_z(mailboxes), person, address;
	size_t used;
	bool more;

	buf_addf(out, "%s:", name);
	for (used = strlen(name) + 1;; used = 0) {
		split_mailbox(next_mailbox(&rest, &more), &person, &address);
		if (person.n > 0)
			add_name(out, person, used);
		buf_addz(out, person.n > 0 ? "\n <" : " ");
		buf_adds(out, address);
		buf_addz(out, person.n > 0 ? ">" : "");
		buf_addz(out, more ? ",\n" : "\n");
		if (!more)
			return;
	}
}

/*
 * Printable ASCII as it is; "From " and a lone dot at the beginning of a line, which mailers change
 * or take for the end, and a blank at the end are encoded.
 */
static bool
is_kept(struct slice text, size_t i)
{
	unsigned char c = (unsigned char)text.p[i];
	bool begins = i == 0 || text.p[i - 1] == '\n';
	bool ends = i + 1 == text.n || text.p[i + 1] == '\n';

	if (c < 0x20 || c > 0x7E || c == '=')
		return false;
	if (c == ' ' && ends)
		return false;
	return !(begins && (c == '.' || (text.n - i >= 5 && memcmp(text.p + i, "From ", 5) == 0)));
}

void
mime_quoted_printable(struct buf *out, struct slice text)
{
	size_t i, used = 0, width;

	for (i = 0; i < text.n; i++) {
		if (text.p[i] == '\n') {
			buf_addc(out, '\n');
			used = 0;
			continue;
		}
		width = is_kept(text, i) ? 1 : 3;
		if (used + width > LINE - 1) {
			buf_addz(out, "=\n");
			used = 0;
		}
		if (width == 1)
			buf_addc(out, text.p[i]);
		else
			buf_addf(out, "=%02X", (unsigned)(unsigned char)text.p[i]);
		used += width;
	}
	buf_addz(out, used > 0 ? "=\n" : "");
}

void
mime_base64(struct buf *out, struct slice bytes)
{
	size_t n;

	while (bytes.n > 0) {
		n = bytes.n < LINE_DATA ? bytes.n : LINE_DATA;
		add_base64(out, (struct slice){bytes.p, n});
		buf_addc(out, '\n');
		bytes = (struct slice){bytes.p + n, bytes.n - n};
	}
}
