/* check_walk.c: reading values where they stand in a checked JSON text */
#include <string.h>

#include "base/buf.h"
#include "data/scan.h"
#include "data/walk.h"
#include "tests/support.h"

/* What walk_next() comes to, as key=value lines. */
static const struct {
	const char *text, *children;
} walks[] = {
    {"{}", ""},
    {" [ ] ", ""},
    {"null", ""},
    {"\"{}\"", ""},
    {"{\"a\":1,\"b\":\"x\"}", "a=1\nb=\"x\"\n"},
    {"{ \"a\" : [ 1, {\"}\":\"]\"} ] ,\n\"b\":{\"\\\"\":[[]]}}",
	"a=[ 1, {\"}\":\"]\"} ]\nb={\"\\\"\":[[]]}\n"},
    {"[true,false , null,-1.5e3,\"\\\\\"]", "=true\n=false\n=null\n=-1.5e3\n=\"\\\\\"\n"},
    {"{\"a\":1,\"\\u0061\":2}", "a=1\na=2\n"},
    {"{\"0123456789abcdef0123\":\"0123456789abcdef\\\"0123\"}",
	"0123456789abcdef0123=\"0123456789abcdef\\\"0123\"\n"},
};

START_TEST(test_walk)
{
	struct arena arena = {0};
	struct buf found = {0};
	struct walk walk = walk_into(slice_trim(slice_z(walks[_i].text)), &arena);

	while (walk_next(&walk)) {
		buf_adds(&found, walk.key);
		buf_addc(&found, '=');
		buf_adds(&found, walk.value);
		buf_addc(&found, '\n');
	}
	ck_assert(!walk_next(&walk));
	ck_assert_str_eq(buf_z(&found), walks[_i].children);
	buf_free(&found);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *raw, *text;
} texts[] = {
    {"\"\"", ""},
    {"\"plain, of more than sixteen bytes\"", "plain, of more than sixteen bytes"},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
    {"\"\\u0041\\u00e9\\u20AC\\uD83D\\ude00.\"", "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80."},
    {"\"\xC3\xA9\"", "\xC3\xA9"},
};

START_TEST(test_text)
{
	struct arena arena = {0};
	struct slice raw = slice_z(texts[_i].raw);
	const char *copy = raw_text(raw, &arena);

	ck_assert_str_eq(copy, texts[_i].text);
	ck_assert(slice_eqz(raw_chars(raw, &arena), texts[_i].text));
	arena_free(&arena);
}
END_TEST

START_TEST(test_get)
{
	struct arena arena = {0};
	struct slice object = SLICE("{\"a\":{\"b\":1},\"b\":2,\"b\":3}");

	ck_assert(slice_eqz(raw_get(object, "b", &arena), "2"));
	ck_assert_uint_eq(raw_get(object, "c", &arena).n, 0);
	ck_assert_uint_eq(raw_get(SLICE("[1]"), "b", &arena).n, 0);
	ck_assert_int_eq(raw_type(raw_get(object, "c", &arena)), JSON_NULL);
	arena_free(&arena);
}
END_TEST

/* The members of the split array's objects, and of nothing else. */
START_TEST(test_pairs)
{
	struct scan scan = {.split = "e"};
	struct slice line =
	    SLICE("{\"x\":[{\"no\":1}],\"e\":[{\"a\":{\"no\":[{\"no\":1}]},\"\\u0062\":\"2\"},"
		  "[{\"no\":1},3],{},{\"c\":[1, 2]}],\"y\":{\"no\":{\"no\":1}}}");

	ck_assert(scan_line(&scan, line));
	ck_assert_uint_eq(scan.nelements, 4);
	ck_assert_uint_eq(scan.npairs, 3);
	ck_assert(slice_eqz(scan.pairs[0].key, "a"));
	ck_assert(slice_eqz(scan.pairs[0].value, "{\"no\":[{\"no\":1}]}"));
	ck_assert(slice_eqz(scan.pairs[1].key, "b"));
	ck_assert(slice_eqz(scan.pairs[1].value, "\"2\""));
	ck_assert(slice_eqz(scan.pairs[2].key, "c"));
	ck_assert(slice_eqz(scan.pairs[2].value, "[1, 2]"));
	scan_free(&scan);
}
END_TEST

/* Every length on both sides of the moves that bytes_same() and bytes_copy() make. */
START_TEST(test_bytes)
{
	char from[40], to[40];
	size_t n = (size_t)_i, i;

	for (i = 0; i < sizeof(from); i++)
		from[i] = (char)('a' + i % 26);
	memset(to, '.', sizeof(to));
	bytes_copy(to, from, n);
	ck_assert_int_eq(memcmp(to, from, n), 0);
	ck_assert_int_eq(to[n], '.');
	ck_assert(bytes_same(to, from, n));
	for (i = 0; i < n; i++) {
		to[i]++;
		ck_assert(!bytes_same(to, from, n));
		to[i]--;
	}
}
END_TEST

Suite *walk_suite(void);

Suite *
walk_suite(void)
{
	Suite *suite = suite_create("walk");
	TCase *tc = tcase_create("walk");

	tcase_add_loop_test(tc, test_walk, 0, (int)(sizeof(walks) / sizeof(walks[0])));
	tcase_add_loop_test(tc, test_text, 0, (int)(sizeof(texts) / sizeof(texts[0])));
	tcase_add_test(tc, test_get);
	tcase_add_test(tc, test_pairs);
	tcase_add_loop_test(tc, test_bytes, 0, 36);
	suite_add_tcase(suite, tc);
	return suite;
}
