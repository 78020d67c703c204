/* check_charset.c: files in many encodings come out as UTF-8 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "data/charset.h"
#include "tests/support.h"

Suite *charset_suite(void);

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *bytes;
	size_t n;
	const char *say;  /* the encoding asked for, or NULL */
	const char *name; /* the one decided on */
	const char *want;
} cases[] = {
    {BYTES(""), NULL, "UTF-8", ""},
    {BYTES("a,b\n"), NULL, "UTF-8", "a,b\n"},
    {BYTES("gr\xC3\xBC\xC3\x9F"), NULL, "UTF-8", "gr\xC3\xBC\xC3\x9F"},
    {BYTES("gr\xFC\xDF \x80"), NULL, "WINDOWS-1252", "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC"},
    {BYTES("gr\xFC"), NULL, "WINDOWS-1252", "gr\xC3\xBC"},
    /* 0x81 is nothing in Windows-1252: the byte that no UTF-8 has. */
    {BYTES("\xFC\x81z"), NULL, "WINDOWS-1252", "\xC3\xBC\xFFz"},
    /* Both: UTF-8 with a bad byte, which is not turned into other letters. */
    {BYTES("gr\xC3\xBC\xDF x"), NULL, "UTF-8", "gr\xC3\xBC\xDF x"},
    {BYTES("\xFF\xFE\xFC\0a\0"), NULL, "UTF-16LE", "\xEF\xBB\xBF\xC3\xBC\x61"},
    {BYTES("\xFE\xFF\0\xFC\0a"), NULL, "UTF-16BE", "\xEF\xBB\xBF\xC3\xBC\x61"},
    {BYTES("a\0,\0b\0\n\0"), NULL, "UTF-16LE", "a,b\n"},
    {BYTES("\0a\0,\0b\0\n"), NULL, "UTF-16BE", "a,b\n"},
    {BYTES("\xFF\xFE\x3D\xD8\x00\xDE"), NULL, "UTF-16LE", "\xEF\xBB\xBF\xF0\x9F\x98\x80"},
    /* Half a pair, and half a character at the end. */
    {BYTES("\xFF\xFE\x3D\xD8z\0q"), NULL, "UTF-16LE", "\xEF\xBB\xBF\xFFz\xFF"},
    {BYTES("\xA4"), "ISO-8859-15", "ISO-8859-15", "\xE2\x82\xAC"},
    {BYTES("gr\xFC"), "utf-8", "utf-8", "gr\xFC"},
};

static void
read_all(struct input *input, const char *say, const char *name, const char *want)
{
	struct charset *charset = charset_open(input, say);
	char got[256], piece[9];
	size_t n = 0;
	int64_t more;

	ck_assert_ptr_nonnull(charset);
	ck_assert_str_eq(charset_name(charset), name);
	while ((more = charset_read(charset, piece, sizeof(piece))) > 0) {
		ck_assert_uint_lt(n + (size_t)more, sizeof(got));
		memcpy(got + n, piece, (size_t)more);
		n += (size_t)more;
	}
	ck_assert_int_eq(more, 0);
	got[n] = '\0';
	ck_assert_str_eq(got, want);
	charset_close(charset);
}

START_TEST(test_file)
{
	FILE *file = tmpfile();
	struct input input;

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(cases[_i].bytes, 1, cases[_i].n, file), cases[_i].n);
	rewind(file);
	input = (struct input){.fd = fileno(file), .name = "t", .size = (int64_t)cases[_i].n};
	read_all(&input, cases[_i].say, cases[_i].name, cases[_i].want);
	input_close(&input);
	fclose(file);
}
END_TEST

START_TEST(test_pipe)
{
	int ends[2];
	struct input input;

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], cases[_i].bytes, cases[_i].n), (ssize_t)cases[_i].n);
	close(ends[1]);
	input = (struct input){.fd = ends[0], .name = "t", .size = -1};
	read_all(&input, cases[_i].say, cases[_i].name, cases[_i].want);
	input_close(&input);
	close(ends[0]);
}
END_TEST

/* A character over the edge of the pieces that are looked at, and a byte far behind them. */
START_TEST(test_far)
{
	static char text[200001];
	FILE *file = tmpfile();
	struct input input = {.name = "t", .size = sizeof(text)};
	struct charset *charset;

	memset(text, 'x', sizeof(text));
	text[65535] = '\xC3';
	text[65536] = '\xBC';
	text[200000] = '\xFC';
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, sizeof(text), file), sizeof(text));
	rewind(file);
	input.fd = fileno(file);
	charset = charset_open(&input, NULL);
	ck_assert_ptr_nonnull(charset);
	ck_assert_str_eq(charset_name(charset), "UTF-8");
	charset_close(charset);
	input_close(&input);
	fclose(file);
}
END_TEST

Suite *
charset_suite(void)
{
	Suite *suite = suite_create("charset");
	TCase *tc = tcase_create("charset");

	tcase_add_loop_test(tc, test_file, 0, (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_loop_test(tc, test_pipe, 0, (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_test(tc, test_far);
	suite_add_tcase(suite, tc);
	return suite;
}
