/* check_csv.c: rows of CSV are read strictly, whatever the size of the reads */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/csv_reader.h"
#include "data/json.h"
#include "tests/support.h"

/* An input that reads the text from a temporary file, kept open by *file. */
static struct input
input_of(struct slice text, FILE **file)
{
	struct input input = {.size = -1, .name = "test.csv", .open = true};

	*file = tmpfile();
	ck_assert_ptr_nonnull(*file);
	ck_assert_uint_eq(fwrite(text.p, 1, text.n, *file), text.n);
	ck_assert_int_eq(fflush(*file), 0);
	input.fd = fileno(*file);
	ck_assert(lseek(input.fd, 0, SEEK_SET) == 0);
	return input;
}

/* `1:a|b` a row, `~` for an unquoted empty field; `2-` blank; `3!line:column text` refused. */
static void
add_result(struct buf *to, enum csv_result result, const struct csv_row *row)
{
	size_t i;

	buf_addf(to, "%lld", (long long)row->line);
	if (result == CSV_BLANK)
		buf_addc(to, '-');
	if (result == CSV_REFUSED)
		buf_addf(to, "!%lld:%lld %s", (long long)row->error_line,
		    (long long)row->error_column, row->error);
	for (i = 0; result == CSV_ROW && i < row->nfields; i++) {
		buf_addc(to, i == 0 ? ':' : '|');
		if (row->fields[i].p == NULL)
			buf_addc(to, '~');
		else
			ck_assert_int_eq(row->fields[i].p[row->fields[i].n], '\0');
		buf_adds(to, row->fields[i]);
	}
	buf_addc(to, ';');
}

/* Everything the reader says about the text; raw gets the rows' bytes. */
static void
read_all(
    struct slice text, struct csv_options options, size_t chunk, struct buf *to, struct buf *raw)
{
	FILE *file;
	struct input input = input_of(text, &file);
	struct csv_reader *reader = csv_reader_new(&input, options);
	struct csv_row row;
	enum csv_result result;

	buf_clear(to);
	buf_clear(raw);
	csv_reader_chunk(reader, chunk);
	while ((result = csv_reader_next(reader, &row)) != CSV_END) {
		ck_assert_int_ne(result, CSV_FAILED);
		add_result(to, result, &row);
		buf_adds(raw, row.raw);
	}
	ck_assert_int_eq(csv_reader_next(reader, &row), CSV_END);
	csv_reader_free(reader);
	fclose(file);
}

#define LONG16 "0123456789abcdef"

static const struct {
	const char *text;
	const char *want;
	struct csv_options options;
} cases[] = {
    {"", "", {0}},
    {"\n", "1-;", {0}},
    {"\r", "1-;", {0}},
    {"\r\n", "1-;", {0}},
    {"\xEF\xBB\xBF", "", {0}},
    {"\xEF\xBB\xBF\"a\",b\n", "1:a|b;", {0}},
    {"a,b\nc,d\n", "1:a|b;2:c|d;", {0}},
    {"a,b\nc,d", "1:a|b;2:c|d;", {0}},
    {"a,b\r\nc,d\r\n", "1:a|b;2:c|d;", {0}},
    {"a,b\rc,d\r", "1:a|b;2:c|d;", {0}},
    {"a,b\rc,d", "1:a|b;2:c|d;", {0}},
    {"a\r\rb\n\rc\n", "1:a;2-;3:b;4-;5:c;", {0}},
    {"a\n\nb\n\n\n", "1:a;2-;3:b;4-;5-;", {0}},
    {"a,,\"\",\n,\n", "1:a|~||~;2:~|~;", {0}},
    {"\"\"\n", "1:;", {0}},
    {"\"\"", "1:;", {0}},
    {" a ,\tb\t, \n \n", "1: a |\tb\t| ;2: ;", {0}},
    {"\"a,\"\"b\"\"\",c\n", "1:a,\"b\"|c;", {0}},
    {"\"a\nb\",\"c\r\nd\",\"e\rf\"\ng\n", "1:a\nb|c\r\nd|e\rf;5:g;", {0}},
    {"\"a\n\n\nb\"\nc", "1:a\n\n\nb;5:c;", {0}},
    {"a;b,c\n", "1:a|b,c;", {.delimiter = ';'}},
    {"a\tb\n", "1:a|b;", {.delimiter = '\t'}},
    {"a;b,c;d\n", "1:a|b,c|d;", {.detect = true}},
    {"\n\"a;;\",b\n", "1-;2:a;;|b;", {.detect = true}},
    {"a\tb\r1\t2;3;4", "1:a|b;2:1|2;3;4;", {.detect = true}},
    {"a\n", "1:a;", {.detect = true}},
    {"a,b\n\xEF\xBB\xBF\"c\",d\n\xEF\xBB\xBF", "1:a|b;2:c|d;", {0}},
    {"a,\xEF\xBB\xBF\"b,c\",d\n\xEF\xBB\xBF"
     "x,\xEF\xBB\xBFy,\xEF\xBB\xBF\n",
	"1:a|b,c|d;2:x|y|~;", {0}},
    {"a;\xEF\xBB\xBF\"b;\xEF\xBB\xBF\";\xEF\xBB\xBF\xEF\xBB\xBF\n",
	"1:a|b;\xEF\xBB\xBF|\xEF\xBB\xBF;", {.delimiter = ';'}},
    {"a,b\xEF\xBB\xBF,\"c\"\xEF\xBB\xBF\nd\n", "1!1:9 text behind a closing quote;2:d;", {0}},
    {LONG16 LONG16 "," LONG16 "," LONG16 "x\n", "1:" LONG16 LONG16 "|" LONG16 "|" LONG16 "x;", {0}},
    {"gr\xC3\xBC\xC3\x9F,\xF0\x9F\x98\x8E\n", "1:gr\xC3\xBC\xC3\x9F|\xF0\x9F\x98\x8E;", {0}},
    /* Wrong quotes: the row is refused, the next one read. */
    {"a,b\"c,d\ne,f\n", "1!1:4 a quote in a field that does not begin with one;2:e|f;", {0}},
    {"\xC3\xA9,\"b\"c,d\ne\n", "1!1:6 text behind a closing quote;2:e;", {0}},
    {"a, \"b\"\nc\n", "1!1:4 a quote in a field that does not begin with one;2:c;", {0}},
    {"a,\"b\" ,c\nd\n", "1!1:6 text behind a closing quote;2:d;", {0}},
    {"x\"\r\ny\"\r\nz",
	"1!1:2 a quote in a field that does not begin with one;"
	"2!2:2 a quote in a field that does not begin with one;3:z;",
	{0}},
    {"a\"b\rc\r", "1!1:2 a quote in a field that does not begin with one;2:c;", {0}},
    {"a,\"b\nc,d\n", "1!1:3 a quote that is not closed;2:c|d;", {0}},
    {"a\n\"b", "1:a;2!2:1 a quote that is not closed;", {0}},
    {"\"", "1!1:1 a quote that is not closed;", {0}},
    {"\"\"\"", "1!1:1 a quote that is not closed;", {0}},
    {"\"a\nb\",\"c\nd\ne\n", "1!2:4 a quote that is not closed;3:d;4:e;", {0}},
    {"a,\"b\nc\nd\nx,\"y z\",w\nv\n",
	"1!1:3 a quote that is not closed where its field ends;2:c;3:d;4:x|y z|w;5:v;", {0}},
    {"\"a\nb\"c\nd\n",
	"1!1:1 a quote that is not closed where its field ends;"
	"2!2:2 a quote in a field that does not begin with one;3:d;",
	{0}},
    {"a,\"b\r\nc,d\r\n", "1!1:3 a quote that is not closed;2:c|d;", {0}},
    {"a,\"b\rc,d\r", "1!1:3 a quote that is not closed;2:c|d;", {0}},
    /* Bytes that are no text. */
    {"a,\xFF"
     "b\nc\n",
	"1!1:3 not UTF-8;2:c;", {0}},
    {"a,\"x\n\xC3\xA9\xC3\"\nc\n", "1!2:2 not UTF-8;3:c;", {0}},
    {"a,b\xC3", "1!1:4 not UTF-8;", {0}},
    {"\xFF\xFE"
     "a\n",
	"1!1:1 not UTF-8;", {0}},
    /* Limits. */
    {"abcd,abcd\na,abcde\nab\n", "1:abcd|abcd;2!2:3 a field longer than the limit;3:ab;",
	{.field_limit = 4}},
    {"a,\"b\nc\",abcde\nab\n", "1!1:0 a field longer than the limit;3:ab;", {.field_limit = 4}},
    {"abc\nabcdef\nab\n", "1:abc;2!2:0 a row longer than the limit;3:ab;", {.row_limit = 6}},
    {"abcdefghijkl\r\nab\r\n", "1!1:0 a row longer than the limit;2:ab;", {.row_limit = 6}},
    {"abcdefghijkl\rab\r", "1!1:0 a row longer than the limit;2:ab;", {.row_limit = 6}},
    {"abcdefghijkl", "1!1:0 a row longer than the limit;", {.row_limit = 6}},
    {"a,\"b\nc\nd\ne\nf\ng\n",
	"1!1:3 a quote that is not closed within the longest row allowed;2:c;3:d;4:e;5:f;6:g;",
	{.row_limit = 8}},
    {"a,\"b\nccccccccc\nd\n",
	"1!1:3 a quote that is not closed within the longest row allowed;"
	"2!2:0 a row longer than the limit;3:d;",
	{.row_limit = 8}},
};

START_TEST(test_cases)
{
	struct slice text = slice_z(cases[_i].text), whole = text;
	struct buf got = {0}, raw = {0};
	size_t chunk;

	if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
		whole = (struct slice){text.p + 3, text.n - 3};
	for (chunk = 1; chunk <= 65; chunk++) {
		read_all(text, cases[_i].options, chunk, &got, &raw);
		ck_assert_msg(strcmp(buf_z(&got), cases[_i].want) == 0, "%s\nby %zu: %s\nwant: %s",
		    text.p, chunk, buf_z(&got), cases[_i].want);
		if (cases[_i].options.row_limit == 0 && strstr(whole.p, "\xEF\xBB\xBF") == NULL)
			ck_assert_msg(slice_eq(buf_slice(&raw), whole), "raw of %s", text.p);
	}
	buf_free(&got);
	buf_free(&raw);
}
END_TEST

START_TEST(test_nul)
{
	struct buf got = {0}, raw = {0};

	read_all(SLICE("a,b\0c\nd\0\n\0\ne\n"), (struct csv_options){0}, 7, &got, &raw);
	ck_assert_str_eq(buf_z(&got), "1!1:4 a NUL byte;2!2:2 a NUL byte;3!3:1 a NUL byte;4:e;");
	buf_free(&got);
	buf_free(&raw);
}
END_TEST

/* Random CSV-like bytes: any size of the reads gives the same, and no byte is lost. */
START_TEST(test_chunks_agree)
{
	static const char alphabet[] = "ab,,\"\"\"\n\n\r\xC3\xA9";
	struct buf one = {0}, other = {0}, raw = {0};
	uint64_t seed = test_seed();
	size_t i, n, round, rounds = light() ? 200 : 2000;
	struct csv_options options = {0};
	char text[100];

	for (round = 0; round < rounds; round++) {
		n = rnd_below(&seed, sizeof(text));
		for (i = 0; i < n; i++)
			text[i] = alphabet[rnd_below(&seed, sizeof(alphabet) - 1)];
		read_all((struct slice){text, n}, options, 65536, &one, &raw);
		ck_assert(slice_eq(buf_slice(&raw), (struct slice){text, n}));
		read_all((struct slice){text, n}, options, 1 + rnd_below(&seed, 20), &other, &raw);
		ck_assert(slice_eq(buf_slice(&one), buf_slice(&other)));
		ck_assert(slice_eq(buf_slice(&raw), (struct slice){text, n}));
	}
	buf_free(&one);
	buf_free(&other);
	buf_free(&raw);
}
END_TEST

/* Many lines behind an open quote are read twice, not once for each of them. */
START_TEST(test_stray_quote_cost)
{
	struct buf text = {0}, got = {0}, raw = {0};
	size_t i, lines = 20000;

	for (i = 0; i < lines; i++)
		buf_addz(&text, i % 5000 == 7 ? "stray,\"quote\n" : "a,\"b\",\"\"\"c\"\n");
	read_all(buf_slice(&text), (struct csv_options){0}, 65536, &got, &raw);
	ck_assert(slice_eq(buf_slice(&text), buf_slice(&raw)));
	for (i = 0, lines = 0; i < got.n; i++)
		lines += got.p[i] == '!';
	ck_assert_uint_eq(lines, 4);
	buf_free(&text);
	buf_free(&got);
	buf_free(&raw);
}
END_TEST

START_TEST(test_columns)
{
	static const struct {
		size_t index;
		int64_t column;
	} want[] = {{0, 1}, {1, 4}, {2, 11}, {3, 0}, {4, 0}};
	FILE *file;
	struct input input = input_of(SLICE("\xEF\xBB\xBF\xC3\xA9"
					    "a,\"b,\"\"\",\"c\nd\",e\n"),
	    &file);
	struct csv_reader *reader = csv_reader_new(&input, (struct csv_options){0});
	struct csv_row row;
	size_t i;

	ck_assert_int_eq(csv_reader_next(reader, &row), CSV_ROW);
	ck_assert_uint_eq(row.nfields, 4);
	for (i = 0; i < sizeof(want) / sizeof(*want); i++)
		ck_assert_int_eq(csv_field_column(&row, ',', want[i].index), want[i].column);
	csv_reader_free(reader);
	fclose(file);
}
END_TEST

/* Fields of many sizes in a row of many lines: what was taken before moves along. */
START_TEST(test_large)
{
	struct buf text = {0}, got = {0}, raw = {0}, want = {0};
	size_t i, k;

	buf_addz(&want, "1:");
	for (i = 0; i < 400; i++) {
		buf_addz(&text, i == 0 ? "\"" : ",\"");
		buf_addz(&want, i == 0 ? "" : "|");
		for (k = 0; k < i * 7; k++) {
			buf_addc(&text, k % 50 == 49 ? '\n' : (char)('a' + k % 26));
			buf_addc(&want, k % 50 == 49 ? '\n' : (char)('a' + k % 26));
		}
		buf_addc(&text, '"');
	}
	buf_addc(&want, ';');
	for (i = 1; i < 100000; i *= 17) {
		read_all(buf_slice(&text), (struct csv_options){0}, i, &got, &raw);
		ck_assert(slice_eq(buf_slice(&got), buf_slice(&want)));
	}
	buf_free(&text);
	buf_free(&got);
	buf_free(&raw);
	buf_free(&want);
}
END_TEST

/* Files of the suites of others that are not read as those expect, and why. */
static const struct {
	const char *file;
	int refused; /* rows; 0 where only the rows differ */
	const char *why;
} deviations[] = {
    {"013-", 1, "a quote in a field without quotes is refused, not kept"},
    {"018-", 1, "the same: blanks belong to the field"},
    {"019-", 1, "the same"},
    {"020-", 1, "an open quote swallows its own line only"},
    {"021-", 1, "text behind a closing quote is refused, not guessed at"},
    {"022-", 1, "the same"},
    {"023-", 1, "the same"},
    {"024-", 2, "the same, on both lines"},
    {"040-", 0, "there is no row behind the last line end"},
    {"location_coordinates", 1, "not UTF-8"},
    {"bad-missing-quote", 1, "as the suite expects"},
    {"bad-quotes-with-unescaped-quote", 1, "as the suite expects"},
    {"bad-unescaped-quote", 1, "as the suite expects"},
};

/* Rows to be refused in a file; -1 where the suite's rows are expected, all of them. */
static int
deviation(const char *name)
{
	size_t i, n = sizeof(deviations) / sizeof(*deviations);

	for (i = 0; i < n; i++)
		if (strncmp(name, deviations[i].file, strlen(deviations[i].file)) == 0)
			return deviations[i].refused;
	return -1;
}

/* The cells a suite expects, in the form of join_rows(), from any of the three layouts. */
static void
join_json(const struct json *root, struct buf *to)
{
	const struct json *row = json_first(json_get(root, "data")), *cell;

	if (row == NULL)
		row = json_type(root) == JSON_ARRAY ? json_first(root) : NULL;
	if (json_type(row) == JSON_OBJECT) {
		for (cell = json_first(row); cell != NULL; cell = json_next(cell))
			buf_addf(to, "%s|", json_key(cell));
		buf_addc(to, '\n');
	}
	for (; row != NULL; row = json_next(row)) {
		for (cell = json_first(row); cell != NULL; cell = json_next(cell))
			buf_addf(to, "%s|", json_text(cell));
		buf_addc(to, '\n');
	}
}

/* The cells read, a blank line as one empty cell; how many rows were refused. */
static int
join_rows(struct slice text, struct buf *to)
{
	FILE *file;
	struct input input = input_of(text, &file);
	struct csv_reader *reader = csv_reader_new(&input, (struct csv_options){0});
	struct csv_row row;
	enum csv_result result;
	int refused = 0;
	size_t i;

	while ((result = csv_reader_next(reader, &row)) != CSV_END) {
		refused += result == CSV_REFUSED;
		for (i = 0; i < row.nfields; i++) {
			buf_adds(to, row.fields[i]);
			buf_addc(to, '|');
		}
		buf_addz(to, result == CSV_BLANK ? "|\n" : "\n");
	}
	csv_reader_free(reader);
	fclose(file);
	return refused;
}

static char *
read_in(const char *folder, const char *name, size_t stem, const char *suffix, size_t *n)
{
	struct buf path = {0};
	char *text;

	buf_addf(&path, "%s/%.*s%s", folder, (int)stem, name, suffix);
	text = slurp(buf_z(&path), n);
	buf_free(&path);
	return text;
}

/* One file against its expected rows, where the suite has them. */
static void
run_file(const char *csv_folder, const char *json_folder, const char *name)
{
	size_t stem = strlen(name) - 4, ncsv, njson;
	char *csv = read_in(csv_folder, name, stem, ".csv", &ncsv);
	char *json = read_in(json_folder, name, stem, ".json", &njson);
	int expected = deviation(name), refused;
	struct buf got = {0}, want = {0};
	struct arena arena = {0};
	struct json_error error;
	const struct json *root;

	ck_assert_ptr_nonnull(csv);
	refused = join_rows((struct slice){csv, ncsv}, &got);
	ck_assert_msg(refused == (expected > 0 ? expected : 0), "%s: %d refused", name, refused);
	if (json != NULL && expected == -1) {
		root = json_parse(&arena, (struct slice){json, njson}, &error);
		ck_assert_msg(root != NULL, "%s: %s", name, error.what);
		join_json(root, &want);
	}
	/* sineemore's header-no-rows.json is empty: it does not show the header. */
	if (want.n > 0)
		ck_assert_msg(strcmp(buf_z(&got), buf_z(&want)) == 0, "%s: %s\nwant: %s", name,
		    buf_z(&got), buf_z(&want));
	arena_free(&arena);
	free(csv);
	free(json);
	buf_free(&got);
	buf_free(&want);
}

static const struct {
	const char *csv, *json;
	int files;
} suites[] = {
    {"oracles/csv/csv-spectrum/csvs", "oracles/csv/csv-spectrum/json", 12},
    {"oracles/csv/sineemore/csv", "oracles/csv/sineemore/json", 25},
    {"oracles/csv/papaparse", "oracles/csv/papaparse", 41},
};

START_TEST(test_suites)
{
	const char *path = shared_path(suites[_i].csv);
	char *csv_folder, *json_folder;
	struct dirent *entry;
	int files = 0;
	size_t n;
	DIR *dir;

	if (path == NULL) {
		skip_test("no shared/oracles/csv");
		return;
	}
	csv_folder = strdup(path);
	json_folder = strdup(shared_path(suites[_i].json));
	dir = opendir(csv_folder);
	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir)) != NULL) {
		n = strlen(entry->d_name);
		if (n < 4 || strcmp(entry->d_name + n - 4, ".csv") != 0)
			continue;
		run_file(csv_folder, json_folder, entry->d_name);
		files++;
	}
	closedir(dir);
	ck_assert_int_ge(files, suites[_i].files);
	free(csv_folder);
	free(json_folder);
}
END_TEST

Suite *csv_suite(void);

Suite *
csv_suite(void)
{
	Suite *suite = suite_create("csv");
	TCase *tc = tcase_create("csv");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, test_cases, 0, (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_test(tc, test_nul);
	tcase_add_test(tc, test_chunks_agree);
	tcase_add_test(tc, test_stray_quote_cost);
	tcase_add_test(tc, test_columns);
	tcase_add_test(tc, test_large);
	tcase_add_loop_test(tc, test_suites, 0, (int)(sizeof(suites) / sizeof(*suites)));
	suite_add_tcase(suite, tc);
	return suite;
}
