/* check_scan.c: the line scanner accepts JSON and nothing else, and finds the members */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "data/scan.h"
#include "tests/support.h"

static const char *const sound[] = {
    "null",
    " true ",
    "false",
    "0",
    "-0",
    "-0.0e-0",
    "10.25E+3",
    "1e9999",
    "\"\"",
    "\"\x7F\"",
    "[]",
    "{}",
    "[ ]\r\n",
    "{\t}",
    "[[],{},[{}]]",
    "{\"a\":{\"a\":1,\"a\":2}}",
    "{ \"a\" : [ 1 , -2.5 , \"x\" ] , \"b\" : null }",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\uD834\\udd1e\"",
    "\"a string long enough for more than one step, gr\xC3\xBC\xC3\x9F dich \xF0\x9F\x98\x8E\"",
    "[123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890]",
};

static const struct {
	const char *text;
	size_t at;
	const char *error;
} faulty[] = {
    {"", 0, "the text ends too early"},
    {"  ", 2, "the text ends too early"},
    {"nul", 3, "the text ends too early"},
    {"nulL", 0, "not a JSON value"},
    {"True", 0, "not a JSON value"},
    {"NaN", 0, "not a JSON value"},
    {"'a'", 0, "not a JSON value"},
    {"\xEF\xBB\xBF{}", 0, "not a JSON value"},
    {"1 2", 2, "something behind the JSON value"},
    {"{}}", 2, "something behind the JSON value"},
    {"{}\f", 2, "something behind the JSON value"},
    {"[01]", 1, "a number with a leading zero"},
    {"-01", 1, "a number with a leading zero"},
    {"[2.]", 3, "a number without digits behind the point"},
    {"[-.5]", 2, "a number without digits"},
    {"[-]", 2, "a number without digits"},
    {"-", 1, "the text ends too early"},
    {"+1", 0, "not a JSON value"},
    {".5", 0, "not a JSON value"},
    {"[0.e1]", 3, "a number without digits behind the point"},
    {"[1e]", 3, "a number without digits in its exponent"},
    {"[1e+]", 4, "a number without digits in its exponent"},
    {"[0x1]", 2, "a comma or ] is missing"},
    {"[1 2]", 3, "a comma or ] is missing"},
    {"[1,]", 3, "a value is missing"},
    {"[,1]", 1, "a value is missing"},
    {"[1}", 2, "a comma or ] is missing"},
    {"{\"a\":1]", 6, "a comma or } is missing"},
    {"{\"a\":1,}", 7, "a key in quotes is missing"},
    {"{a:1}", 1, "a key in quotes is missing"},
    {"{\"a\" 1}", 5, "a colon is missing behind the key"},
    {"{\"a\":}", 5, "a value is missing"},
    {"{\"a\"", 4, "the text ends too early"},
    {"[\"a\nb\"]", 3, "a control byte in a string"},
    {"[\"a\tb\"]", 3, "a control byte in a string"},
    {"[\"ab\x1F\"]", 4, "a control byte in a string"},
    {"\"abc", 4, "a string without an end"},
    {"\"abc\\", 5, "a string without an end"},
    {"\"abc\\\"", 6, "a string without an end"},
    {"\"\\x41\"", 1, "an unknown escape in a string"},
    {"\"\\u12G4\"", 1, "a \\u without four hexadecimal digits"},
    {"\"\\u12", 1, "a \\u without four hexadecimal digits"},
    {"\"a\\u0000b\"", 2, "\\u0000 in a string"},
    {"\"\\uD834\"", 1, "half of a surrogate pair in a string"},
    {"\"\\uD834\\u0041\"", 1, "half of a surrogate pair in a string"},
    {"\"\\uDD1E\\uD834\"", 1, "half of a surrogate pair in a string"},
    {"\"ab\xFF\"", 3, "not UTF-8"},
    {"\"\xC0\x80\"", 1, "not UTF-8"},
    {"\"\xE0\x80\x80\"", 1, "not UTF-8"},
    {"\"\xED\xA0\x80\"", 1, "not UTF-8"},
    {"\"\xF4\x90\x80\x80\"", 1, "not UTF-8"},
    {"\"\xC3\xA9\xC3\"", 3, "not UTF-8"},
    {"{\"a\":1,\"b\":2,\"a\":3}", 13, "a key given twice"},
    {"{\"a\":1,\"\\u0061\":3}", 7, "a key given twice"},
    {"{\"\":1,\"\":3}", 6, "a key given twice"},
};

static struct slice
exact(const char *text, size_t n)
{
	char *copy = malloc(n > 0 ? n : 1);

	ck_assert_ptr_nonnull(copy);
	if (n > 0)
		memcpy(copy, text, n);
	return (struct slice){copy, n};
}

/* Scans a copy with no byte to spare behind it, so that sanitizers see a read too far. */
static bool
accepts(struct scan *scan, const char *text, size_t n)
{
	struct slice copy = exact(text, n);
	bool ok = scan_value(scan, copy);

	free((void *)(uintptr_t)copy.p);
	return ok;
}

START_TEST(test_sound)
{
	struct scan scan = {0};
	const char *text = sound[_i];

	ck_assert_msg(
	    accepts(&scan, text, strlen(text)), "%s: %s at %zu", text, scan.error, scan.error_at);
	scan_free(&scan);
}
END_TEST

START_TEST(test_faulty)
{
	struct scan scan = {0};
	const char *text = faulty[_i].text;

	ck_assert_msg(!accepts(&scan, text, strlen(text)), "accepted: %s", text);
	ck_assert_msg(strcmp(scan.error, faulty[_i].error) == 0 && scan.error_at == faulty[_i].at,
	    "%s: %s at %zu", text, scan.error, scan.error_at);
	scan_free(&scan);
}
END_TEST

START_TEST(test_nul)
{
	struct scan scan = {0};

	ck_assert(!accepts(&scan, "{}\0", 3));
	ck_assert_uint_eq(scan.error_at, 2);
	ck_assert(!accepts(&scan, "\0", 1));
	ck_assert(!accepts(&scan, "[\"a\0b\"]", 7));
	ck_assert_str_eq(scan.error, "a control byte in a string");
	ck_assert(!scan_value(&scan, (struct slice){NULL, 0}));
	scan_free(&scan);
}
END_TEST

START_TEST(test_line)
{
	static const char line[] =
	    " {\"v\":1, \"k\\u00e9y\" : \"x\" ,\"events\":[{\"at\":[]} , 2,\"],\",[3]],\"o\":{\"events\":[7]}}\r";
	static const char *const elements[] = {"{\"at\":[]}", "2", "\"],\"", "[3]"};
	struct scan scan = {.split = "events"};
	const struct member *m;
	size_t i;

	ck_assert(scan_line(&scan, slice_z(line)));
	ck_assert_uint_eq(scan.nmembers, 4);
	m = scan_find(&scan, "k\xC3\xA9y");
	ck_assert_ptr_nonnull(m);
	ck_assert(slice_eqz(m->value, "\"x\""));
	ck_assert(memcmp(line + m->start, "\"k\\u00e9y\" : \"x\"", m->end - m->start) == 0);
	ck_assert_int_eq(line[scan.object_end], '}');
	ck_assert_uint_eq(scan.object_end, strlen(line) - 2);
	ck_assert_uint_eq(scan.nelements, 4);
	for (i = 0; i < 4; i++)
		ck_assert(slice_eqz(scan.elements[i], elements[i]));
	ck_assert(slice_eqz(scan_find(&scan, "o")->value, "{\"events\":[7]}"));
	ck_assert_ptr_null(scan_find(&scan, "at"));
	ck_assert(!scan_line(&scan, SLICE("[1]")));
	ck_assert_str_eq(scan.error, "not a JSON object");
	ck_assert(scan_line(&scan, SLICE("{\"events\":{\"a\":[1]}}")));
	ck_assert_uint_eq(scan.nelements, 0);
	ck_assert(scan_value(&scan, SLICE("[{\"events\":[1]}]")));
	ck_assert_uint_eq(scan.nelements + scan.nmembers, 0);
	scan_free(&scan);
}
END_TEST

START_TEST(test_depth)
{
	struct scan scan = {0};
	struct buf text = {0};
	size_t i, depth;

	for (depth = SCAN_DEPTH; depth <= SCAN_DEPTH + 1; depth++) {
		buf_clear(&text);
		for (i = 0; i < depth; i++)
			buf_addz(&text, i % 3 == 1 ? "{\"k\":" : "[");
		buf_addc(&text, '0');
		for (i = depth; i-- > 0;)
			buf_addc(&text, i % 3 == 1 ? '}' : ']');
		ck_assert(accepts(&scan, text.p, text.n) == (depth == SCAN_DEPTH));
	}
	ck_assert_str_eq(scan.error, "nested too deeply");
	buf_free(&text);
	scan_free(&scan);
}
END_TEST

START_TEST(test_many_members)
{
	struct scan scan = {0};
	struct buf text = {0};
	int i, count;

	for (count = 4096; count <= 4097; count++) {
		buf_clear(&text);
		for (i = 0; i < count; i++)
			buf_addf(&text, "%c\"k%d\":%d", i == 0 ? '{' : ',', i, i);
		buf_addc(&text, '}');
		ck_assert(accepts(&scan, text.p, text.n) == (count == 4096));
	}
	ck_assert_str_eq(scan.error, "an object with more than 4096 members");
	buf_free(&text);
	scan_free(&scan);
}
END_TEST

/* A line cut off anywhere is refused, and without a look behind its end. */
START_TEST(test_truncated)
{
	static const char line[] =
	    "{\"v\":1,\"t\":\"gr\xC3\xBC\xC3\x9F \\u00e9\\ud834\\udd1e and more text than a step\","
	    "\"n\":-1.5e+10,\"w\":[true,false,null,{}],\"events\":[{\"at\":\"x\"}]}";
	struct scan scan = {.split = "events"};
	size_t n;

	for (n = 0; n < sizeof(line) - 1; n++)
		ck_assert_msg(!accepts(&scan, line, n), "accepted %zu bytes", n);
	ck_assert(accepts(&scan, line, n));
	scan_free(&scan);
}
END_TEST

/* Every byte at every place of a string, so that each lane of a step sees it. */
START_TEST(test_lanes)
{
	struct scan scan = {0};
	char text[64];
	size_t n, at;
	bool want;

	for (n = 3; n < sizeof(text); n += light() ? 13 : 1) {
		memset(text, 'a', n);
		text[0] = text[n - 1] = '"';
		for (at = 1; at < n - 1; at++) {
			text[at] = (char)_i;
			want = _i >= 0x20 && _i < 0x80 && _i != '"' &&
			    (_i != '\\' || (at + 2 < n && strchr("bf", text[at + 1]) != NULL));
			ck_assert_msg(
			    accepts(&scan, text, n) == want, "%d at %zu of %zu", _i, at, n);
			text[at] = 'a';
		}
	}
	scan_free(&scan);
}
END_TEST

START_TEST(test_plain_agree)
{
	static const char odd[] = "\"\\\x01\x1F\x20\x7F\x80\xFF!#[]\x21\x5B\x5D\xA0";
	uint64_t seed = test_seed();
	char text[80];
	size_t i, n, round, rounds = light() ? 20000 : 200000;
	struct slice copy;

	for (round = 0; round < rounds; round++) {
		n = rnd_below(&seed, sizeof(text));
		memset(text, 'x', n);
		for (i = rnd_below(&seed, 4); n > 0 && i > 0; i--)
			text[rnd_below(&seed, n)] = odd[rnd_below(&seed, sizeof(odd))];
		copy = exact(text, n);
		ck_assert_uint_eq(scan_plain(copy), scan_plain_portable(copy));
		for (i = 0; i < n; i++)
			if ((unsigned char)text[i] < 0x20 || (unsigned char)text[i] >= 0x80 ||
			    text[i] == '"' || text[i] == '\\')
				break;
		ck_assert_uint_eq(scan_plain(copy), i);
		free((void *)(uintptr_t)copy.p);
	}
}
END_TEST

/* The bits of a code point in n bytes, right or not. */
static size_t
encode(char *to, uint32_t code, size_t n)
{
	static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	size_t i;

	for (i = n; i-- > 1; code >>= 6)
		to[i] = (char)(0x80 | (code & 0x3F));
	to[0] = (char)(lead[n] | code);
	return n;
}

/* All code points in all lengths that can hold them: only the shortest is right. */
START_TEST(test_utf8)
{
	static const uint32_t limit[] = {0, 0x80, 0x800, 0x10000, 0x200000};
	struct scan scan = {0};
	char text[8] = "\"";
	uint32_t code, step = light() ? 37 : 1;
	size_t n = (size_t)_i;
	bool want;

	for (code = 0x80; code < limit[n]; code += step) {
		encode(text + 1, code, n);
		text[1 + n] = '"';
		want =
		    code >= limit[n - 1] && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
		ck_assert_msg(scan_value(&scan, (struct slice){text, n + 2}) == want,
		    "U+%04X in %zu bytes", code, n);
		ck_assert(utf8_valid(text, n + 2) == want);
	}
	scan_free(&scan);
}
END_TEST

Suite *scan_suite(void);

Suite *
scan_suite(void)
{
	Suite *suite = suite_create("scan");
	TCase *tc = tcase_create("scan");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, test_sound, 0, (int)(sizeof(sound) / sizeof(*sound)));
	tcase_add_loop_test(tc, test_faulty, 0, (int)(sizeof(faulty) / sizeof(*faulty)));
	tcase_add_test(tc, test_nul);
	tcase_add_test(tc, test_line);
	tcase_add_test(tc, test_depth);
	tcase_add_test(tc, test_many_members);
	tcase_add_test(tc, test_truncated);
	tcase_add_loop_test(tc, test_lanes, 0, 256);
	tcase_add_test(tc, test_plain_agree);
	tcase_add_loop_test(tc, test_utf8, 2, 5);
	suite_add_tcase(suite, tc);
	return suite;
}
