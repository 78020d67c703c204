/* charset.c: the bytes of a file as UTF-8, whatever they were written in */
#include "data/charset.h"

#include "base/diag.h"
#include "base/mem.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>
#include <unistd.h>

#define PIPE_SEEN ((size_t)1 << 20)
#define CHUNK     ((size_t)64 * 1024)
#define UTF16_AT  ((size_t)4096) /* bytes in which zero bytes are counted */

struct charset {
	struct input *input;
	const char *name;
	bool converts, ended;
	iconv_t how;
	size_t unit;    /* bytes that are passed over where there is no character */
	struct buf raw; /* read and not yet converted */
};

/* What of UTF-8 a text has been seen to hold; a sequence may go over the end of a piece. */
struct seen {
	bool utf8, other;
};

/* How many bytes were looked at: fewer than n where the last sequence may go on. */
static size_t
look(struct seen *seen, const char *p, size_t n, bool last)
{
	size_t i = 0, step;

	if (utf8_valid(p, n)) {
		for (; !seen->utf8 && i < n; i++)
			seen->utf8 = ((unsigned char)p[i] & 0x80) != 0;
		return n;
	}
	while (i < n && !(seen->utf8 && seen->other)) {
		step = utf8_length(p + i, n - i);
		if (step == 0 && !last && n - i < 4)
			return i;
		seen->utf8 |= step > 1;
		seen->other |= step == 0;
		i += step > 0 ? step : 1;
	}
	return n;
}

/* The rest of a regular file and what was read ahead, without moving. -1 after a diagnostic. */
static int
look_at_file(const struct input *input, struct seen *seen)
{
	off_t at = lseek(input->fd, 0, SEEK_CUR);
	struct buf piece = {0};
	ssize_t got = at == -1 ? -1 : 1;

	at -= (off_t)input->ahead.n;

	buf_reserve(&piece, CHUNK);
	while (got > 0 && !(seen->utf8 && seen->other)) {
		got = pread(input->fd, piece.p, CHUNK, at);
		if (got > 0)
			at += (off_t)look(seen, piece.p, (size_t)got, (size_t)got < CHUNK);
	}
	buf_free(&piece);
	return got < 0 ? diag_system(input->name, "cannot read") : 0;
}

/* UTF-16 by its mark, or by the zero bytes that ASCII has in it; else NULL. */
static const char *
utf16(struct slice start)
{
	size_t n = start.n < UTF16_AT ? start.n & ~(size_t)1 : UTF16_AT, i, zeros[2] = {0, 0};

	if (start.n >= 2 && start.p[0] == '\xFF' && start.p[1] == '\xFE')
		return "UTF-16LE";
	if (start.n >= 2 && start.p[0] == '\xFE' && start.p[1] == '\xFF')
		return "UTF-16BE";
	for (i = 0; i < n; i++)
		zeros[i & 1] += start.p[i] == '\0';
	if (n < 4 || zeros[0] + zeros[1] < n / 4)
		return NULL;
	if (zeros[0] * 8 <= zeros[1])
		return "UTF-16LE";
	return zeros[1] * 8 <= zeros[0] ? "UTF-16BE" : NULL;
}

static const char *
find_out(struct input *input)
{
	bool pipe = input->size < 0;
	struct seen seen = {false, false};
	struct slice start;
	const char *name;
	int result = 0;

	if (!pipe)
		result = look_at_file(input, &seen);
	if (result == -1 || input_peek(input, pipe ? PIPE_SEEN : UTF16_AT, &start) == -1)
		return NULL;
	if (pipe)
		look(&seen, start.p, start.n, start.n < PIPE_SEEN);
	name = utf16(start);
	if (name != NULL)
		return name;
	return seen.other && !seen.utf8 ? "WINDOWS-1252" : "UTF-8";
}

bool
charset_start(struct slice start, struct buf *utf8)
{
	const char *name = utf16(start);
	size_t left = start.n, room = start.n * 2;
	struct buf copy = {0}; /* iconv(3) wants bytes that it might change */
	char *from, *to;
	iconv_t how = name != NULL ? iconv_open("UTF-8", name) : NULL;

	if (name == NULL || how == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr) */
		return false;
	buf_clear(utf8);
	buf_reserve(utf8, room);
	buf_adds(&copy, start);
	from = copy.p;
	to = utf8->p;
	while (iconv(how, &from, &left, &to, &room) == (size_t)-1 && errno == EILSEQ && left > 2) {
		from += 2;
		left -= 2;
	}
	utf8->n = (size_t)(to - utf8->p);
	buf_free(&copy);
	iconv_close(how);
	return true;
}

struct charset *
charset_open(struct input *input, const char *name)
{
	struct place place = {input->name, 0, 0};
	struct charset *charset;
	iconv_t how = NULL;

	if (name == NULL)
		name = find_out(input);
	if (name == NULL)
		return NULL;
	if (strcasecmp(name, "UTF-8") != 0) {
		how = iconv_open("UTF-8", name);
		if (how == (iconv_t)-1) { /* NOLINT(performance-no-int-to-ptr) */
			diag(DIAG_USAGE, place, "no encoding \"%s\": see iconv -l", name);
			return NULL;
		}
	}
	charset = mem_calloc(1, sizeof(*charset));
	charset->input = input;
	charset->name = name;
	charset->converts = how != NULL;
	charset->how = how;
	charset->unit = strncasecmp(name, "UTF-16", 6) == 0 ? 2 : 1;
	return charset;
}

/* -1 after a diagnostic. */
static int
read_more(struct charset *charset)
{
	struct buf *raw = &charset->raw;
	int64_t got;

	buf_reserve(raw, CHUNK);
	got = input_read(charset->input, raw->p + raw->n, CHUNK);
	if (got == -1)
		return -1;
	raw->n += (size_t)got;
	charset->ended = got == 0;
	return 0;
}

static void
drop(struct buf *raw, size_t n)
{
	size_t i;

	if (n > raw->n)
		n = raw->n;
	raw->n -= n;
	for (i = 0; i < raw->n; i++)
		raw->p[i] = raw->p[i + n];
}

/* What of the raw bytes can be converted, into p: how many bytes that gave. */
static size_t
convert(struct charset *charset, char *p, size_t n)
{
	struct buf *raw = &charset->raw;
	char *from = raw->p, *to = p;
	size_t left = raw->n, room = n - 1;
	bool bad;

	bad = iconv(charset->how, &from, &left, &to, &room) == (size_t)-1 &&
	    (errno == EILSEQ || (errno == EINVAL && charset->ended));
	drop(raw, raw->n - left);
	if (bad) {
		*to++ = '\xFF';
		drop(raw, charset->unit);
	}
	return (size_t)(to - p);
}

int64_t
charset_read(struct charset *charset, char *p, size_t n)
{
	size_t made = 0;

	if (!charset->converts)
		return input_read(charset->input, p, n);
	while (made == 0) {
		if (charset->raw.n < 8 && !charset->ended && read_more(charset) == -1)
			return -1;
		if (charset->raw.n == 0)
			return 0;
		made = convert(charset, p, n);
	}
	return (int64_t)made;
}

const char *
charset_name(const struct charset *charset)
{
	return charset->name;
}

void
charset_close(struct charset *charset)
{
	if (charset == NULL)
		return;
	if (charset->converts)
		iconv_close(charset->how);
	buf_free(&charset->raw);
	mem_free(charset);
}
