/* check_out.c: tests of the writers of CSV, text and Markdown */
#include <string.h>

#include "out/csv_writer.h"
#include "out/markdown.h"
#include "out/text.h"
#include "tests/support.h"

static const struct {
	const char *text, *raw, *guarded;
} cells[] = {
    {"plain", "plain", "plain"},
    {"", "\"\"", "\"\""},
    {NULL, "", ""},
    {"a,b", "\"a,b\"", "\"a,b\""},
    {"say \"x\"", "\"say \"\"x\"\"\"", "\"say \"\"x\"\"\""},
    {"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
    {" x", "\" x\"", "\" x\""},
    {"=1+1", "=1+1", "'=1+1"},
    {"+49", "+49", "'+49"},
    {"-5", "-5", "'-5"},
    {"@x", "@x", "'@x"},
    {"\tx", "\tx", "'\tx"},
    {"\rx", "\"\rx\"", "\"'\rx\""},
    {"\nx", "\"\nx\"", "\"'\nx\""},
    {"=a,\"b\"", "\"=a,\"\"b\"\"\"", "\"'=a,\"\"b\"\"\""},
    {"\xEF\xBC\x9D"
     "1",
	"\xEF\xBC\x9D"
	"1",
	"'\xEF\xBC\x9D"
	"1"},
    {"a=1", "a=1", "a=1"},
};

START_TEST(csv_cells)
{
	struct buf out = {0};
	struct csv_writer w = csv_writer_to(&out, false);

	csvw_text(&w, cells[_i].text);
	ck_assert_str_eq(buf_z(&out), cells[_i].raw);
	buf_clear(&out);
	w = csv_writer_to(&out, true);
	csvw_text(&w, cells[_i].text);
	ck_assert_str_eq(buf_z(&out), cells[_i].guarded);
	buf_free(&out);
}
END_TEST

START_TEST(csv_rows)
{
	struct buf out = {0};
	struct csv_writer w = csv_writer_to(&out, true);

	csvw_i64(&w, -5);
	csvw_empty(&w);
	csvw_text(&w, "a");
	csvw_end(&w);
	csvw_empty(&w);
	csvw_i64(&w, INT64_MIN);
	csvw_end(&w);
	ck_assert_str_eq(buf_z(&out), "-5,,a\n,-9223372036854775808\n");
	buf_free(&out);
}
END_TEST

static const struct {
	const char *text, *utf8, *ascii;
} safe[] = {
    {"plain", "plain", "plain"},
    {"a\x1B[31m", "a\\x1B[31m", "a\\x1B[31m"},
    {"\t\r\n\x7F", "\\x09\\x0D\\x0A\\x7F", "\\x09\\x0D\\x0A\\x7F"},
    {"\xC2\x9B"
     "1m",
	"\\x9B1m", "\\x9B1m"},
    {"\x9B\xFF", "\\x9B\\xFF", "\\x9B\\xFF"},
    {"\xE2\x80\xAEgpj", "\\u202Egpj", "\\u202Egpj"},
    {"\xE2\x81\xA6x\xE2\x81\xA9", "\\u2066x\\u2069", "\\u2066x\\u2069"},
    {"\xE2\x80\x8B\xEF\xBB\xBF", "\\u200B\\uFEFF", "\\u200B\\uFEFF"},
    {"M\xC3\xBCller", "M\xC3\xBCller", "M\\u00FCller"},
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "\\u1F600"},
    {"::error::x", "\\x3A:error::x", "\\x3A:error::x"},
    {"a ##[group] b::c", "a \\x23#[group] b::c", "a \\x23#[group] b::c"},
    {"#1 a:b", "#1 a:b", "#1 a:b"},
};

START_TEST(text_is_safe)
{
	struct buf out = {0};

	text_add_safe(&out, slice_z(safe[_i].text), true);
	ck_assert_str_eq(buf_z(&out), safe[_i].utf8);
	buf_clear(&out);
	text_add_safe(&out, slice_z(safe[_i].text), false);
	ck_assert_str_eq(buf_z(&out), safe[_i].ascii);
	buf_free(&out);
}
END_TEST

static bool
is_harmless(const struct buf *out, bool utf8)
{
	unsigned char c, before = 0;
	size_t i;

	for (i = 0; i < out->n; i++) {
		c = (unsigned char)out->p[i];
		if (c < 0x20 || c == 0x7F || (c >= 0x80 && !utf8) || (before == 0xC2 && c < 0xA0))
			return false;
		before = c;
	}
	return utf8_valid(out->p, out->n);
}

/* Whatever the bytes: nothing that a terminal obeys comes out. */
START_TEST(text_is_safe_always)
{
	static const char likely[] = "\xC2\x9B\xE2\x80\xAE\x1B::##";
	uint64_t state = test_seed();
	struct buf out = {0};
	char bytes[32];
	size_t i, n;
	int round;

	for (round = 0; round < (light() ? 2000 : 20000); round++) {
		n = rnd_below(&state, sizeof(bytes) + 1);
		for (i = 0; i < n; i++)
			bytes[i] = rnd_below(&state, 2) == 0
			    ? (char)rnd_below(&state, 256)
			    : likely[rnd_below(&state, sizeof(likely) - 1)];
		buf_clear(&out);
		text_add_safe(&out, (struct slice){bytes, n}, round % 2 != 0);
		ck_assert(is_harmless(&out, round % 2 != 0));
	}
	buf_free(&out);
}
END_TEST

static const struct {
	int64_t numbers[9];
	size_t n;
	const char *utf8, *ascii;
} sparks[] = {
    {{0}, 0, "", ""},
    {{0}, 1, "\xE2\x96\x81", "_"},
    {{0, 1, 500, 999, 1000}, 5, "\xE2\x96\x81\xE2\x96\x82\xE2\x96\x84\xE2\x96\x87\xE2\x96\x88",
	"_.~*#"},
    {{3, -1, 6}, 3, "\xE2\x96\x84 \xE2\x96\x88", "~ #"},
    {{0, 1, 2, 3, 4, 5, 6, 7}, 8,
	"\xE2\x96\x81\xE2\x96\x82\xE2\x96\x83\xE2\x96\x84\xE2\x96\x85\xE2\x96\x86\xE2\x96\x87\xE2\x96\x88",
	"_.-~=+*#"},
    {{INT64_MAX, INT64_MAX / 2, 0}, 3, "\xE2\x96\x88\xE2\x96\x84\xE2\x96\x81", "#~_"},
};

START_TEST(sparkline)
{
	struct buf out = {0};

	text_add_sparkline(&out, sparks[_i].numbers, sparks[_i].n, true);
	ck_assert_str_eq(buf_z(&out), sparks[_i].utf8);
	buf_clear(&out);
	text_add_sparkline(&out, sparks[_i].numbers, sparks[_i].n, false);
	ck_assert_str_eq(buf_z(&out), sparks[_i].ascii);
	buf_free(&out);
}
END_TEST

static const struct {
	const char *text;
	int width;
} widths[] = {
    {"", 0},
    {"abc", 3},
    {"M\xC3\xBCller", 6},
    {"e\xCC\x81", 1},                /* e, combining acute */
    {"\xE6\x97\xA5\xE6\x9C\xAC", 4}, /* two han */
    {"\xEF\xBC\xA1", 2},             /* full-width A */
    {"\xEF\xBD\xB1", 1},             /* half-width katakana */
    {"\xED\x95\x9C\xEA\xB8\x80", 4}, /* hangul */
    {"\xF0\x9F\x98\x80", 2},         /* emoji */
    {"\xE2\x98\x80\xEF\xB8\x8F", 1}, /* sun, variation selector */
    {"\xD7\xA9\xD6\xB8", 1},         /* hebrew with a point */
    {"\xE0\xB8\x81\xE0\xB8\xB4", 1}, /* thai with a vowel above */
    {"\xF0\xA0\x80\x80", 2},         /* U+20000 */
    {"\xF4\x8F\xBF\xBF", 1},         /* U+10FFFF */
    {"\xFF", 1},
};

START_TEST(width)
{
	ck_assert_int_eq(text_width(slice_z(widths[_i].text)), widths[_i].width);
}
END_TEST

static const struct {
	const char *text;
	int width;
	bool right, utf8;
	const char *fitted;
} fitted[] = {
    {"abc", 5, false, true, "abc  "},
    {"abc", 5, true, true, "  abc"},
    {"abc", 3, false, true, "abc"},
    {"abcd", 3, false, true, "ab\xE2\x80\xA6"},
    {"abcd", 3, true, false, "ab~"},
    {"abcd", 0, false, true, ""},
    {"\xE6\x97\xA5\xE6\x9C\xAC", 3, false, true, "\xE6\x97\xA5\xE2\x80\xA6"},
    {"\xE6\x97\xA5\xE6\x9C\xAC", 2, false, true, "\xE2\x80\xA6 "},
    {"\xE6\x97\xA5\xE6\x9C\xAC", 5, false, true, "\xE6\x97\xA5\xE6\x9C\xAC "},
    {"abe\xCC\x81", 3, false, true, "abe\xCC\x81"},
};

START_TEST(fits)
{
	struct buf out = {0};

	text_add_fitted(
	    &out, slice_z(fitted[_i].text), fitted[_i].width, fitted[_i].right, fitted[_i].utf8);
	ck_assert_str_eq(buf_z(&out), fitted[_i].fitted);
	buf_free(&out);
}
END_TEST

static const struct {
	const char *text, *wrapped;
} wrapped[] = {
    {"one two three", "one two\n  three\n"},
    {"one", "one\n"},
    {"", "\n"},
    {"  one  ", "one  \n"},
    {"abcdefghijkl", "abcdefghij\n  kl\n"},
    {"abcdefghij::x y", "abcdefghij\n  \\::x y\n"},
    {"\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5\xE6\x9C\xAC",
	"\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5\xE6\x9C\xAC\xE6\x97\xA5\n  \xE6\x9C\xAC\n"},
};

START_TEST(wraps)
{
	struct buf out = {0};

	text_add_wrapped(&out, slice_z(wrapped[_i].text), 10, 2);
	ck_assert_str_eq(buf_z(&out), wrapped[_i].wrapped);
	buf_free(&out);
}
END_TEST

START_TEST(bars)
{
	struct buf out = {0};
	int64_t share;

	text_add_bar(&out, 500, 4, false);
	ck_assert_str_eq(buf_z(&out), "##  ");
	buf_clear(&out);
	text_add_bar(&out, 1, 4, false);
	ck_assert_str_eq(buf_z(&out), "#   ");
	buf_clear(&out);
	text_add_bar(&out, 1, 4, true);
	ck_assert_str_eq(buf_z(&out), "\xE2\x96\x8F   ");
	buf_clear(&out);
	text_add_bar(&out, 625, 2, true);
	ck_assert_str_eq(buf_z(&out), "\xE2\x96\x88\xE2\x96\x8E");
	for (share = -10; share <= 1010; share++) {
		buf_clear(&out);
		text_add_bar(&out, share, 13, share % 2 != 0);
		ck_assert_int_eq(text_width(buf_slice(&out)), 13);
	}
	buf_free(&out);
}
END_TEST

START_TEST(columns_fit)
{
	int all[] = {10, 30, 20}, least[] = {10, 8, 8};
	int tight[] = {10, 30, 20};

	ck_assert(text_fit(all, least, 3, 2, 50));
	ck_assert_int_eq(all[0], 10);
	ck_assert_int_eq(all[1] + all[2], 36);
	ck_assert_int_le(all[1] - all[2], 1);
	ck_assert(text_fit(tight, least, 3, 2, 30));
	ck_assert(!text_fit(tight, least, 3, 2, 29));
	ck_assert(text_fit(tight, least, 0, 2, 0));
}
END_TEST

START_TEST(tones)
{
	struct buf out = {0};

	text_tone_on(&out, TEXT_BAD, false);
	text_tone_off(&out, TEXT_BAD, false);
	text_tone_on(&out, TEXT_PLAIN, true);
	text_tone_off(&out, TEXT_PLAIN, true);
	ck_assert_uint_eq(out.n, 0);
	text_tone_on(&out, TEXT_BAD, true);
	text_tone_off(&out, TEXT_BAD, true);
	ck_assert_str_eq(buf_z(&out), "\x1B[31m\x1B[0m");
	buf_free(&out);
}
END_TEST

static const struct {
	const char *text, *markdown;
} markdown[] = {
    {"plain text, 5 %", "plain text, 5 %"},
    {"a|b", "a\\|b"},
    {"two\r\nlines\tx", "two  lines x"},
    {"`code` *b* _i_ ~s~", "\\`code\\` \\*b\\* \\_i\\_ \\~s\\~"},
    {"<script>&amp;", "&lt;script&gt;&amp;amp;"},
    {"[x](y)", "\\[x\\](y)"},
    {"![i]", "\\!\\[i\\]"},
    {"a\\|b", "a\\\\\\|b"},
    {"@admin #12", "&#64;admin &#35;12"},
    {"https://x.y www.x.y", "https&#58;//x.y www&#46;x.y"},
    {"\x1B[1m\xE2\x80\xAE", "\\\\x1B\\[1m\\\\u202E"},
    {"$x$", "\\$x\\$"},
};

START_TEST(markdown_is_text)
{
	struct buf out = {0};

	markdown_add(&out, slice_z(markdown[_i].text));
	ck_assert_str_eq(buf_z(&out), markdown[_i].markdown);
	buf_free(&out);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

Suite *out_suite(void);

Suite *
out_suite(void)
{
	Suite *suite = suite_create("out");
	TCase *csv = tcase_create("csv"), *text = tcase_create("text");
	TCase *md = tcase_create("markdown");

	tcase_add_loop_test(csv, csv_cells, 0, COUNT(cells));
	tcase_add_test(csv, csv_rows);
	tcase_add_loop_test(text, text_is_safe, 0, COUNT(safe));
	tcase_add_test(text, text_is_safe_always);
	tcase_add_loop_test(text, width, 0, COUNT(widths));
	tcase_add_loop_test(text, fits, 0, COUNT(fitted));
	tcase_add_loop_test(text, wraps, 0, COUNT(wrapped));
	tcase_add_test(text, bars);
	tcase_add_loop_test(text, sparkline, 0, COUNT(sparks));
	tcase_add_test(text, columns_fit);
	tcase_add_test(text, tones);
	tcase_add_loop_test(md, markdown_is_text, 0, COUNT(markdown));
	suite_add_tcase(suite, csv);
	suite_add_tcase(suite, text);
	suite_add_tcase(suite, md);
	return suite;
}
