/* check_json.c: JSON values are read strictly, and found again in the text */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "data/json.h"
#include "data/scan.h"
#include "tests/support.h"

#define PARSING   "oracles/json/JSONTestSuite_parsing"
#define TRANSFORM "oracles/json/JSONTestSuite_transform"

/* The y_ files that are refused. */
static const char *const refused[] = {
    "y_object_duplicated_key.json", /* which of the two is meant? */
    "y_object_duplicated_key_and_value.json",
    "y_object_escaped_null_in_key.json", /* texts end at a NUL, here and in most programs behind */
    "y_string_null_escape.json",
};

/* The i_ files that are accepted; all others of them are refused as no UTF-8 or no pair. */
static const char *const accepted[] = {
    "i_number_double_huge_neg_exp.json",
    "i_number_huge_exp.json",
    "i_number_neg_int_huge_exp.json",
    "i_number_pos_double_huge_exp.json",
    "i_number_real_neg_overflow.json", /* the grammar has it: json_double() says no */
    "i_number_real_pos_overflow.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json", /* json_i64() says no */
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
    "i_structure_500_nested_arrays.json",
    "i_structure_UTF-8_BOM_empty_object.json",
};

/* The transform files that are refused, and why. */
static const struct {
	const char *file, *error;
} transform[] = {
    {"object_same_key_different_values.json", "a key given twice"},
    {"object_same_key_same_value.json", "a key given twice"},
    {"object_same_key_unclear_values.json", "a key given twice"},
    {"string_1_escaped_invalid_codepoint.json", "half of a surrogate pair in a string"},
    {"string_1_invalid_codepoint.json", "not UTF-8"},
    {"string_2_escaped_invalid_codepoints.json", "half of a surrogate pair in a string"},
    {"string_2_invalid_codepoints.json", "not UTF-8"},
    {"string_3_escaped_invalid_codepoints.json", "half of a surrogate pair in a string"},
    {"string_3_invalid_codepoints.json", "not UTF-8"},
    {"string_with_escaped_NULL.json", "\\u0000 in a string"},
};

/* Digits only: a number of n characters. */
static const char *
digits(size_t n)
{
	static char text[128];

	memset(text, '7', n);
	text[n] = '\0';
	return text;
}

static bool
is_accepted(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(accepted) / sizeof(*accepted); i++)
		if (strcmp(accepted[i], name) == 0)
			return true;
	for (i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		if (strcmp(refused[i], name) == 0)
			return false;
	return name[0] == 'y';
}

static const char *
transform_error(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(transform) / sizeof(*transform); i++)
		if (strcmp(transform[i].file, name) == 0)
			return transform[i].error;
	return NULL;
}

/* Parses a file of the suite, from a copy without a byte to spare. NULL where refused. */
static const struct json *
parse_file(struct arena *arena, const char *folder, const char *name, struct json_error *error)
{
	char *path = malloc(strlen(folder) + strlen(name) + 2), *text, *copy;
	const struct json *root;
	size_t n;

	ck_assert_ptr_nonnull(path);
	memcpy(path, folder, strlen(folder));
	path[strlen(folder)] = '/';
	memcpy(path + strlen(folder) + 1, name, strlen(name) + 1);
	text = slurp(path, &n);
	ck_assert_msg(text != NULL, "%s", path);
	copy = malloc(n > 0 ? n : 1);
	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, n);
	root = json_parse(arena, (struct slice){copy, n}, error);
	free(copy);
	free(text);
	free(path);
	return root;
}

/* Every file of a folder of the suite; `want` says whether one is to be accepted. */
static void
run_folder(const char *rel, bool (*want)(const char *), int at_least)
{
	const char *path = shared_path(rel);
	struct arena arena = {0};
	struct json_error error;
	const struct json *root;
	struct dirent *entry;
	char folder[4096];
	int count = 0;
	DIR *dir;

	if (path == NULL) {
		skip_test("no shared/oracles/json");
		return;
	}
	ck_assert(strlen(path) < sizeof(folder));
	memcpy(folder, path, strlen(path) + 1);
	dir = opendir(folder);
	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		root = parse_file(&arena, folder, entry->d_name, &error);
		ck_assert_msg((root != NULL) == want(entry->d_name), "%s: %s", entry->d_name,
		    root != NULL ? "accepted" : error.what);
		arena_reset(&arena);
		count++;
	}
	closedir(dir);
	arena_free(&arena);
	ck_assert_int_ge(count, at_least);
}

static bool
want_transform(const char *name)
{
	return transform_error(name) == NULL;
}

START_TEST(test_suite_parsing)
{
	run_folder(PARSING, is_accepted, 318);
}
END_TEST

START_TEST(test_suite_transform)
{
	run_folder(TRANSFORM, want_transform, 22);
}
END_TEST

static const struct {
	const char *text;
	size_t at;
	const char *error;
} faulty[] = {
    {"", 0, "the text ends too early"},
    {"\xEF\xBB\xBF[01]", 4, "a number with a leading zero"},
    {"{\"a\":[{\"b\":1,\"c\":{},\"b\":2}]}", 20, "a key given twice"},
    {"[{\"a\":1,\"\\u0061\":1}]", 8, "a key given twice"},
    {"{\"a\":1,\"a\":1}", 7, "a key given twice"},
    {"[{\"b\":1,\"c\":2,\"d\":3,\"e\":4,\"f\":5,\"g\":6,\"h\":7,\"i\":8,\"j\":9,\"k\":1,\"l\":2,"
     "\"m\":3,\"e\":4}]",
	74, "a key given twice"},
};

START_TEST(test_faulty)
{
	struct arena arena = {0};
	struct json_error error = {0};

	ck_assert_ptr_null(json_parse(&arena, slice_z(faulty[_i].text), &error));
	ck_assert_msg(strcmp(error.what, faulty[_i].error) == 0 && error.at == faulty[_i].at,
	    "%s: %s at %zu", faulty[_i].text, error.what, error.at);
	arena_free(&arena);
}
END_TEST

/* An old cJSON reads the first 63 characters of a number and stumbles over the rest. */
START_TEST(test_long_number)
{
	struct arena arena = {0};
	struct json_error error;
	struct buf text = {0};
	const struct json *root;
	double got, want;
	size_t n;

	for (n = 1; n <= 120; n++) {
		buf_clear(&text);
		buf_addf(&text, "[\"%s\",%s]", digits(n), digits(n));
		root = json_parse(&arena, buf_slice(&text), &error);
		ck_assert(root != NULL || n > 63);
		if (root == NULL) {
			ck_assert_str_eq(error.what, "a number too long to be read");
			continue;
		}
		want = strtod(digits(n), NULL);
		ck_assert(json_double(json_next(json_first(root)), &got) && !(got < want));
		root = json_parse_scanned(&arena, slice_z(digits(n)));
		ck_assert(root == NULL || (json_double(root, &got) && !(got < want)));
	}
	buf_free(&text);
	arena_free(&arena);
}
END_TEST

static const struct {
	const char *text;
	bool ok;
	int64_t number;
} integers[] = {
    {"0", true, 0},
    {"-0", true, 0},
    {"1e3", true, 1000},
    {"-12.0", true, -12},
    {"9007199254740991", true, INT64_C(9007199254740991)},
    {"-9007199254740991", true, INT64_C(-9007199254740991)},
    {"9007199254740992", false, 0},
    {"9007199254740993", false, 0},
    {"-9007199254740992", false, 0},
    {"9223372036854775807", false, 0},
    {"1.5", false, 0},
    {"-0.5", false, 0},
    {"1e400", false, 0},
    {"-1e400", false, 0},
    {"\"1\"", false, 0},
    {"true", false, 0},
    {"null", false, 0},
};

START_TEST(test_i64)
{
	struct arena arena = {0};
	int64_t number = 42;
	const struct json *value = json_parse_scanned(&arena, slice_z(integers[_i].text));

	ck_assert_ptr_nonnull(value);
	ck_assert_msg(json_i64(value, &number) == integers[_i].ok, "%s", integers[_i].text);
	ck_assert_int_eq(number, integers[_i].ok ? integers[_i].number : 42);
	arena_free(&arena);
}
END_TEST

START_TEST(test_access)
{
	struct arena arena = {0};
	struct json_error error;
	double real = 0;
	const struct json *root = json_parse(&arena,
	    SLICE(
		"{\"Name\":\"a\\u00e9\\n\",\"name\":null,\"n\":[1,2.5,true],\"t\":false,\"o\":{}}"),
	    &error);
	const struct json *n = json_get(root, "n");

	ck_assert_str_eq(json_text(json_get(root, "Name")), "a\xC3\xA9\n");
	ck_assert(json_is_null(json_get(root, "name")));
	ck_assert_ptr_nonnull(json_get(root, "name"));
	ck_assert_ptr_null(json_get(root, "NAME"));
	ck_assert_ptr_null(json_get(n, "n"));
	ck_assert_ptr_null(json_get(NULL, "n"));
	ck_assert(json_is_null(NULL));
	ck_assert_uint_eq(json_count(n), 3);
	ck_assert_uint_eq(json_count(NULL), 0);
	ck_assert_uint_eq(json_count(json_get(root, "o")), 0);
	ck_assert_str_eq(json_key(json_next(json_first(root))), "name");
	ck_assert_ptr_null(json_key(json_first(n)));
	ck_assert(json_double(json_next(json_first(n)), &real));
	ck_assert_double_eq(real, 2.5);
	ck_assert(!json_double(NULL, &real));
	ck_assert(json_bool(json_next(json_next(json_first(n))), false));
	ck_assert(!json_bool(json_get(root, "t"), true));
	ck_assert(json_bool(json_get(root, "gone"), true));
	ck_assert_ptr_null(json_text(n));
	ck_assert_int_eq(json_type(root), JSON_OBJECT);
	ck_assert_int_eq(json_type(n), JSON_ARRAY);
	ck_assert_int_eq(json_type(json_first(n)), JSON_NUMBER);
	ck_assert_int_eq(json_type(json_get(root, "t")), JSON_BOOL);
	ck_assert_int_eq(json_type(json_get(root, "Name")), JSON_TEXT);
	ck_assert_int_eq(json_type(json_get(root, "name")), JSON_NULL);
	arena_free(&arena);
}
END_TEST

START_TEST(test_offset)
{
	static const char text[] =
	    "\xEF\xBB\xBF{\n  \"k\\\"ey\" : [1, -2e3 ,\"x:\\\"y\" , {}],\n  \"\xC3\xA9\": {\"a\":true, "
	    "\"b\" :null}\n}";
	struct slice all = slice_z(text);
	struct arena arena = {0};
	struct json_error error;
	const struct json *root = json_parse(&arena, all, &error), *list, *object;
	struct place place;

	ck_assert_ptr_nonnull(root);
	list = json_first(root);
	object = json_next(list);
#define AT(value) (text + json_offset(all, root, (value)))
	ck_assert_ptr_eq(AT(root), text + 3);
	ck_assert_ptr_eq(AT(list), strstr(text, "\"k"));
	ck_assert_ptr_eq(AT(json_first(list)), strstr(text, "1, -"));
	ck_assert_ptr_eq(AT(json_next(json_first(list))), strstr(text, "-2e3"));
	ck_assert_ptr_eq(AT(json_next(json_next(json_first(list)))), strstr(text, "\"x:"));
	ck_assert_ptr_eq(AT(object), strstr(text, "\"\xC3"));
	ck_assert_ptr_eq(AT(json_get(object, "a")), strstr(text, "\"a\""));
	ck_assert_ptr_eq(AT(json_get(object, "b")), strstr(text, "\"b\""));
	place = place_of("f", all, json_offset(all, root, json_get(object, "a")));
#undef AT
	ck_assert_int_eq(place.line, 3);
	ck_assert_int_eq(place.column, 9);
	place = place_of("f", all, 3);
	ck_assert_int_eq(place.line, 1);
	ck_assert_int_eq(place.column, 1);
	place = place_of(NULL, all, all.n + 10);
	ck_assert_int_eq(place.line, 4);
	ck_assert_int_eq(place.column, 2);
	arena_free(&arena);
}
END_TEST

/* Two arenas in turn, and one that is used again: nothing is left from the parse before. */
START_TEST(test_arenas)
{
	struct arena a = {0}, b = {0};
	const struct json *first, *second;
	int64_t number;
	int i;

	first = json_parse_scanned(&a, SLICE("{\"n\":1}"));
	for (i = 0; i < 1000; i++) {
		second = json_parse_scanned(&b, SLICE("{\"n\":2,\"t\":\"text\",\"l\":[1,2,3]}"));
		ck_assert(json_i64(json_get(second, "n"), &number) && number == 2);
		arena_reset(&b);
	}
	ck_assert(json_i64(json_get(first, "n"), &number) && number == 1);
	arena_free(&a);
	arena_free(&b);
}
END_TEST

Suite *json_suite(void);

Suite *
json_suite(void)
{
	Suite *suite = suite_create("json");
	TCase *tc = tcase_create("json");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, test_suite_parsing);
	tcase_add_test(tc, test_suite_transform);
	tcase_add_loop_test(tc, test_faulty, 0, (int)(sizeof(faulty) / sizeof(*faulty)));
	tcase_add_test(tc, test_long_number);
	tcase_add_loop_test(tc, test_i64, 0, (int)(sizeof(integers) / sizeof(*integers)));
	tcase_add_test(tc, test_access);
	tcase_add_test(tc, test_offset);
	tcase_add_test(tc, test_arenas);
	suite_add_tcase(suite, tc);
	return suite;
}
