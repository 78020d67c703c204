/* slice.c: a view of text by pointer and length, and what can be asked of it */
#include "base/slice.h"

#include <stdint.h>
#include <string.h>

int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct slice
slice_trim(struct slice a)
{
	while (a.n > 0 && is_blank(a.p[0])) {
		a.p++;
		a.n--;
	}
	while (a.n > 0 && is_blank(a.p[a.n - 1]))
		a.n--;
	return a;
}

int
text_cmp(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* One character of text: a whole UTF-8 sequence, so that `?` fits "é". */
static const char *
next_character(const char *text)
{
	text++;
	while (is_continuation(*text))
		text++;
	return text;
}

/* Goes back to the last star only, so it cannot take exponential time. */
bool
glob_match(const char *pattern, const char *text)
{
	const char *star = NULL, *resume = NULL;

	while (*text != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			resume = text;
		} else if (*pattern == '?') {
			pattern++;
			text = next_character(text);
		} else if (lower(*pattern) == lower(*text)) {
			pattern++;
			text++;
		} else if (star != NULL) {
			pattern = star;
			resume = next_character(resume);
			text = resume;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

/* Table 3-7 of the Unicode standard: lead byte, range of the second byte. */
size_t
utf8_length(const char *p, size_t n)
{
	unsigned char lead = (unsigned char)p[0], low = 0x80, high = 0xBF;
	size_t length, i;

	if (lead < 0x80)
		return 1;
	if (lead >= 0xC2 && lead <= 0xDF)
		length = 2;
	else if (lead >= 0xE0 && lead <= 0xEF)
		length = 3;
	else if (lead >= 0xF0 && lead <= 0xF4)
		length = 4;
	else
		return 0;
	if (lead == 0xE0)
		low = 0xA0;
	else if (lead == 0xED)
		high = 0x9F;
	else if (lead == 0xF0)
		low = 0x90;
	else if (lead == 0xF4)
		high = 0x8F;
	if (length > n || (unsigned char)p[1] < low || (unsigned char)p[1] > high)
		return 0;
	for (i = 2; i < length; i++)
		if (!is_continuation(p[i]))
			return 0;
	return length;
}

/* How many bytes at the start are ASCII, in steps of 32 and 8: maybe a few less. */
static size_t
ascii_run(const char *p, size_t n)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t v[4];
	size_t i = 0;

	for (; n - i >= sizeof(v); i += sizeof(v)) {
		memcpy(v, p + i, sizeof(v));
		if (((v[0] | v[1] | v[2] | v[3]) & high) != 0)
			break;
	}
	for (; n - i >= sizeof(v[0]); i += sizeof(v[0])) {
		memcpy(v, p + i, sizeof(v[0]));
		if ((v[0] & high) != 0)
			break;
	}
	return i;
}

bool
utf8_valid(const char *p, size_t n)
{
	size_t i = 0, step;

	while (i < n) {
		if ((unsigned char)p[i] < 0x80) {
			step = ascii_run(p + i, n - i);
			i += step > 0 ? step : 1;
			continue;
		}
		step = utf8_length(p + i, n - i);
		if (step == 0)
			return false;
		i += step;
	}
	return true;
}
