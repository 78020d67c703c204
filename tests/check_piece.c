/* check_piece.c: tests of pieces: that they make the whole, and that no other text does */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/piece/piece.h"
#include "report/report.h"
#include "tests/capture.h"
#include "tests/made.h"
#include "tests/support.h"

#define TICKETS 200
#define PIECES  5

static char paths[PIECES][32];

static void
write_file(size_t piece, struct slice text)
{
	int fd;

	snprintf(paths[piece], sizeof(paths[piece]), "/tmp/check_piece.XXXXXX");
	fd = mkstemp(paths[piece]);
	ck_assert_int_ne(fd, -1);
	ck_assert_int_eq(write(fd, text.p, text.n), (ssize_t)text.n);
	close(fd);
}

static void
remove_files(size_t n)
{
	while (n-- > 0)
		unlink(paths[n]);
}

/* A ticket of any kind, with names that are hard to write. */
static void
any_ticket(struct made *made, int i, uint64_t *state)
{
	static const char *const owners[] = {NULL, "Ann \"A\"", "Bob\\\n", "\xE6\x97\xA5", ""};
	static const char *const teams[] = {NULL, "Desk", "[0]"};
	static const char *const clients[] = {NULL, "Acme, \"Ltd\"", "=\n", "(no client)"};
	char id[16];
	int metric;

	snprintf(id, sizeof(id), "T%d", i);
	start(made, id, owners[rnd_below(state, 5)], teams[rnd_below(state, 3)]);
	made->ownership.head.priority = (enum priority)rnd_below(state, PRIORITIES);
	made->ownership.head.policy = "00ff";
	if (rnd_below(state, 3) == 0) {
		made->ownership.head.state = STATE_CLOSED;
		made->ownership.cause = CAUSES;
	}
	made->risk.head = made->ownership.head;
	made->ticket.client = clients[rnd_below(state, 4)];
	made->ownership.rework = (struct rework){.known = rnd_below(state, 4) > 0,
	    .all = {(int64_t)rnd_below(state, 9999), 2},
	    .any = {(int64_t)rnd_below(state, 999), (int64_t)rnd_below(state, 3) - 1}};
	made->ticket.title = owners[rnd_below(state, 5)];
	made->ownership.attribution.known = rnd_below(state, 2) == 0;
	made->ownership.communication = (struct communication){.known = true,
	    .response_at = INSTANT_NONE,
	    .silent_since = INSTANT_NONE,
	    .unanswered_since = INSTANT_NONE,
	    .next_promise = INSTANT_NONE,
	    .longest_wait = -1,
	    .working = {60, 600, (int64_t)rnd_below(state, 100000)}};
	for (metric = 1; metric < METRICS; metric++)
		set_clock(made, (enum metric)metric,
		    (enum clock_state)rnd_below(state, CLOCK_UNKNOWN + 1),
		    AS_OF + ((int64_t)rnd_below(state, 9) - 4) * HOUR)
		    ->outlook.probability = (int64_t)rnd_below(state, 1001);
	made->risk.clocks[METRIC_RESOLVE].breached =
	    AS_OF - (int64_t)rnd_below(state, 100 * 24) * HOUR;
	made->risk.clocks[METRIC_PICKUP].breached =
	    AS_OF - (int64_t)rnd_below(state, 10 * 24) * HOUR;
	made->risk.clocks[METRIC_RESOLVE].cycles = (int)rnd_below(state, 4);
	made->handoff = (struct handoff){.at = AS_OF,
	    .from = {owners[rnd_below(state, 5)], teams[rnd_below(state, 3)]},
	    .to = {owners[rnd_below(state, 5)], teams[rnd_below(state, 3)]},
	    .acceptance = (enum acceptance)rnd_below(state, 4),
	    .accepted_in = (int64_t)rnd_below(state, 100000)};
	made->ownership.handoffs = &made->handoff;
	made->ownership.nhandoffs = 1;
	if (rnd_below(state, 4) == 0)
		set_finding(made, "ping-pong", (enum severity)(1 + rnd_below(state, 4)), "Do so.");
}

static struct report_options
options_of(struct gates *gates, bool partial)
{
	struct report_options options = report_defaults();

	options.as_of = AS_OF;
	options.gates = gates;
	options.partial = partial;
	if (partial)
		options.views = REPORT_ALL_VIEWS;
	options.policy = "gold.json";
	return options;
}

static struct gates *
two_gates(void)
{
	struct gates *gates = gates_new();

	ck_assert_int_eq(gates_add(gates, "open > 3 and priority = P1"), 0);
	ck_assert_int_eq(gates_add(gates, "breach_rate > 3.2%"), 0);
	return gates;
}

static void
judge_all(struct report *report, struct buf *out)
{
	gates_judge(report, 0, out);
	gates_judge(report, 1, out);
	report_free(report);
}

/* Every view in every format and what the gates say, whatever the order of the pieces. */
START_TEST(pieces_make_the_whole)
{
	struct report *reports[PIECES], *whole;
	struct gates *gates = two_gates();
	struct report_options options = options_of(gates, false), partial = options_of(gates, true);
	struct report_options settled;
	struct buf first = {0}, second = {0};
	struct policy *terms = made_terms();
	uint64_t state = test_seed() + (uint64_t)_i;
	struct made made;
	char *files[PIECES];
	size_t i;

	options.terms = partial.terms = terms;
	options.format = (enum report_format)(_i / REPORT_VIEWS);
	options.views = 1U << (_i % REPORT_VIEWS);
	options.mail_to = options.format == REPORT_MAIL ? "ann@example.org" : NULL;
	if (options.views == 1U << REPORT_QBR) {
		options.client = partial.client = "Acme, \"Ltd\"";
		partial.views = options.views;
		report_settle(&partial);
	}
	options.limit = partial.limit = _i % 3 == 0 ? 7 : _i % 3 == 1 ? 0 : 500;
	for (i = 0; i < PIECES; i++)
		reports[i] = report_new(&partial);
	settled = options;
	report_settle(&settled);
	whole = report_new(&settled);
	report_input(reports[0], "b", "bb");
	report_input(reports[0], "a", "aa");
	report_input(reports[1], "b", "bb");
	if (report_wants_digests(&settled)) {
		report_input(whole, "a", "aa");
		report_input(whole, "b", "bb");
	}
	for (i = 0; i < TICKETS; i++) {
		any_ticket(&made, (int)i, &state);
		/* The last piece has none. */
		add(reports[rnd_below(&state, PIECES - 1)], &made);
		add(whole, &made);
	}
	report_refused(reports[1], 3);
	report_refused(whole, 3);
	render(whole, &first);
	judge_all(whole, &first);
	for (i = 0; i < PIECES; i++) {
		buf_clear(&second);
		piece_write(reports[i], &second);
		write_file(i, buf_slice(&second));
		files[(i + (size_t)_i) % PIECES] = paths[i];
		report_free(reports[i]);
	}
	buf_clear(&second);
	options.as_of = INSTANT_NONE;
	options.policy = NULL;
	options.terms = NULL;
	options.limit = -1;
	whole = pieces_merge(&options, files, PIECES);
	ck_assert_ptr_nonnull(whole);
	render(whole, &second);
	judge_all(whole, &second);
	ck_assert_str_eq(buf_z(&first), buf_z(&second));
	remove_files(PIECES);
	policy_free(terms);
	buf_free(&first);
	buf_free(&second);
	gates_free(gates);
}
END_TEST

#define HEAD                                                                                                                                                                                                                                    \
	"{\"v\":1,\"piece\":{\"version\":\"" SLA_VERSION "\",\"as_of\":\"2016-03-20T12:00:00Z\""                                                                                                                                                \
	",\"title\":null,\"policies\":[\"aa\"],\"budgets\":[{\"name\":\"all\",\"metric\":\"resolve\",\"period\":\"week\",\"allowed\":50}],\"costs\":false,\"time\":\"by month in UTC\",\"without_policy\":false,\"history\":true,\"limit\":20," \
	"\"selections\":[],\"later\":0,\"refused\":0}}\n"
#define IDS "{\"ids\":[\"0000000000000001\",\"00000000000000ff\"]}\n"
#define END "{\"end\":{\"groups\":0,\"works\":0,\"notes\":0,\"ids\":2}}\n"
#define NOTE_NUMBERS                                                                          \
	"\"kind\":0,\"rank\":1,\"amount\":1,\"more\":-1,\"at\":0,\"priority\":0,\"state\":0," \
	"\"metric\":6,\"missed_for\":0,\"running\":0,\"attributed\":0,\"acceptance_known\":0"
#define WENT "[0,0,0,0,0,0,0,0,0,0]"
#define GROUP(text)                   \
	HEAD "{\"group\":" text "}\n" \
	     "{\"end\":{\"groups\":1,\"works\":0,\"notes\":0,\"ids\":0}}\n"

/* A sound ticket of the worklist, but for what is put behind. */
#define WORK(text)                                                                             \
	HEAD "{\"work\":{\"loss\":1,\"by\":0,\"state\":1,\"priority\":3,\"owner_known\":1,"    \
	     "\"team_known\":1,\"cause\":0,\"probability\":0,\"metric\":0,\"overdue\":0,"      \
	     "\"at_risk\":0,\"findings\":0,\"source\":\"s\",\"id\":\"1\",\"action\":\"take\"," \
	     "\"what\":\"take it\",\"why\":\"so\"," text "}}\n"

static const struct fault faults[] = {
    {"", "it is cut off"},
    {"x\n", "not JSON"},
    {"{}\n", "this is no piece"},
    {"{\"v\":2,\"piece\":{}}\n", "a head that this program does not know"},
    {"{\"v\":1,\"piece\":{\"version\":\"0\",\"as_of\":\"2016-03-20T12:00:00Z\",\"limit\":1,"
     "\"time\":\"by month in UTC\",\"later\":0,\"refused\":0}}\n",
	"another version"},
    {HEAD, "it is cut off"},
    {HEAD IDS, "it is cut off"},
    {HEAD IDS END END, "behind its end"},
    {HEAD END, "does not count"},
    {HEAD IDS IDS END, "not in order"},
    {HEAD "{\"ids\":[\"1\"]}\n", "an id of a ticket that is none"},
    {HEAD "{\"ids\":[\"000000000000000G\"]}\n", "an id of a ticket that is none"},
    {HEAD "{\"what\":1}\n", "a line that this program does not know"},
    {HEAD "[]\n", "a line that this program does not know"},
    {GROUP("{\"window\":0,\"by\":\"x\",\"key\":[]}"), "a dimension"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[1]}"), "a key"},
    {GROUP("{\"window\":0,\"by\":\"owner\",\"key\":[]}"), "a key"},
    {GROUP("{\"window\":0,\"by\":\"owner\",\"key\":[2]}"), "a key"},
    {GROUP("{\"window\":0,\"by\":\"priority\",\"key\":[6]}"), "a key"},
    {GROUP("{\"window\":0,\"by\":\"priority\",\"key\":[-1]}"), "a key"},
    {GROUP("{\"window\":0,\"by\":\"budget\",\"key\":[1,\"Acme\",4]}"), "a key"},
    {GROUP("{\"window\":0,\"by\":\"budget_day\",\"key\":[1,\"Acme\",367]}"), "a key"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"counts\":{\"x\":1}}"), "a count"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"counts\":{\"tickets\":-1}}"), "a count"},
    {GROUP(
	 "{\"window\":0,\"by\":\"all\",\"key\":[],\"counts\":{\"tickets\":\"9223372036854775808\"}}"),
	"a count"},
    {GROUP("{\"window\":0,\"by\":\"priority\",\"key\":[1],\"counts\":{\"sla_time\":1}}"),
	"a count"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"spreads\":{\"held\":[1,1,1,1,1]}}"),
	"a histogram"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"spreads\":{\"handoffs\":[]}}"),
	"a histogram"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"spreads\":{\"handoffs\":[1,1,1]}}"),
	"a histogram"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"spreads\":{\"handoffs\":[1,1,1,1]}}"),
	"a histogram"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"spreads\":{\"handoffs\":[3,1,1,2,1]}}"),
	"a histogram"},
    {GROUP("{\"window\":0,\"by\":\"all\",\"key\":[],\"spreads\":{\"handoffs\":[3,1,2,2,1,1,1]}}"),
	"a histogram"},
    {GROUP(
	 "{\"window\":0,\"by\":\"all\",\"key\":[],\"spreads\":{\"handoffs\":[9,1,9,1,1,99999,1]}}"),
	"a histogram"},
    {HEAD "{\"work\":{}}\n", "a ticket of the worklist"},
    {HEAD "{\"note\":{}}\n", "a ticket of a review"},
    {HEAD "{\"note\":{\"kind\":3}}\n", "a ticket of a review with a number that is none"},
    {HEAD "{\"note\":{" NOTE_NUMBERS "}}\n", "a ticket of a review that lacks something"},
    {HEAD "{\"note\":{" NOTE_NUMBERS ",\"source\":\"s\",\"id\":\"1\",\"went\":[1]}}\n",
	"a ticket of a review without its times"},
    {HEAD "{\"note\":{" NOTE_NUMBERS ",\"source\":\"s\",\"id\":\"1\",\"went\":" WENT "}}\n" IDS END,
	"does not count"},
    {WORK("\"spans\":[]"), "a history that is none"},
    {WORK("\"spans\":[[10,20,\"owned\",null,\"Ann\"]]"), "a history that is none"},
    {WORK("\"cut\":-1,\"spans\":[[10,20,\"owned\",null,\"Ann\"]]"), "a history that is none"},
    {WORK("\"cut\":0,\"spans\":[[20,10,\"owned\",null,\"Ann\"]]"), "a history that is none"},
    {WORK("\"cut\":0,\"spans\":[[10,20,\"mine\",null,\"Ann\"]]"), "a history that is none"},
    {WORK("\"cut\":0,\"spans\":[[10,20,\"owned\",\"fast\",\"Ann\"]]"), "a history that is none"},
    {WORK("\"cut\":0,\"spans\":[[10,20,\"owned\",null]]"), "a history that is none"},
    {WORK("\"cut\":0,\"spans\":[[10,20,\"owned\",null,\"Ann\"],[15,30,\"owned\",null,\"Bo\"]]"),
	"a history that is none"},
    /* The same line with a sound one is read: only its end does not come. */
    {WORK("\"cut\":0,\"spans\":[[10,20,\"owned\",\"late\",\"Ann\"],[20,30,\"queue\",null,null]]"),
	"it has no end"},
};

START_TEST(other_texts_are_refused)
{
	struct report_options options = options_of(NULL, false);
	char *files[] = {paths[0]};

	options.limit = -1;
	write_file(0, slice_z(faults[_i].text));
	capture();
	ck_assert_ptr_null(pieces_merge(&options, files, 1));
	ck_assert_msg(strstr(captured(), faults[_i].says) != NULL, "%s", captured());
	remove_files(1);
}
END_TEST

START_TEST(unlike_pieces_are_refused)
{
	static const struct {
		const char *from, *to, *says;
	} changes[] = {{":00Z", ":01Z", "its as-of instant is 2016-03-20T12:00:01Z, that of"},
	    {"\"aa\"", "\"bb\"", "its policy is bb, that of"},
	    {"null", "\"p\"", "its policy is p, that of"},
	    {"\"limit\":20", "\"limit\":10", "its --limit is 10, that of"},
	    {"\"all\"", "\"b\"", "its list of budgets is \"b\" (resolve, week, 50), that of"},
	    {"50}", "51}", "its list of budgets is \"all\" (resolve, week, 51), that of"},
	    {"{\"name\":\"all\",\"metric\":\"resolve\",\"period\":\"week\",\"allowed\":50}", "",
		"its list of budgets is none, that of"},
	    {"\"costs\":false", "\"costs\":true", "its policy is with costs, that of"},
	    {"\"week\"", "\"day\"", "a head that this program does not know"},
	    {"\"resolve\"", "\"x\"", "a head that this program does not know"},
	    {"50}", "1001}", "a head that this program does not know"},
	    {"by month", "by week", "asked for are those by month in UTC"},
	    {"\"later\"", "\"client\":\"Acme\",\"later\"",
		"it is of Acme, asked for is all clients"},
	    {"\"later\"", "\"inputs\":[\"a\"],\"later\"", "inputs that are none"},
	    {"aa", "aa", "2 of its tickets are in"}};
	struct report_options options = options_of(NULL, false);
	char *files[] = {paths[0], paths[1]};
	const char *text = HEAD IDS END, *at = strstr(text, changes[_i].from);
	struct buf other = {0};

	options.limit = -1;
	ck_assert_ptr_nonnull(at);
	buf_add(&other, text, (size_t)(at - text));
	buf_addz(&other, changes[_i].to);
	buf_addz(&other, at + strlen(changes[_i].from));
	write_file(0, slice_z(text));
	write_file(1, buf_slice(&other));
	capture();
	ck_assert_ptr_null(pieces_merge(&options, files, 2));
	ck_assert_msg(strstr(captured(), changes[_i].says) != NULL, "%s", captured());
	remove_files(2);
	buf_free(&other);
}
END_TEST

/* What the merge is asked for must be in the pieces. */
START_TEST(more_than_the_pieces_have)
{
	struct report_options options = options_of(NULL, false);
	char *files[] = {paths[0]};

	write_file(0, slice_z(HEAD IDS END));
	capture();
	options.limit = 21;
	ck_assert_ptr_null(pieces_merge(&options, files, 1));
	ck_assert_ptr_nonnull(strstr(captured(), "its worklist is shorter than --limit"));
	options.limit = 0;
	ck_assert_ptr_null(pieces_merge(&options, files, 1));
	options.limit = 5;
	options.gates = two_gates();
	ck_assert_ptr_null(pieces_merge(&options, files, 1));
	ck_assert_ptr_nonnull(strstr(captured(), "made without this gate"));
	gates_free(options.gates);
	options.gates = NULL;
	report_free(pieces_merge(&options, files, 1));
	remove_files(1);
}
END_TEST

/* Sums that do not fit stay at the largest number, and are not lost on the way. */
START_TEST(large_numbers)
{
	struct report_options options = options_of(NULL, true);
	const char *text =
	    HEAD "{\"group\":{\"window\":0,\"by\":\"all\",\"key\":[],\"counts\":{\"life_owned\":"
		 "\"9223372036854775807\"},\"spreads\":{\"handoffs\":["
		 "\"9223372036854775807\",5,5,5,\"9223372036854775806\"]}}}\n"
		 "{\"end\":{\"groups\":1,\"works\":0,\"notes\":0,\"ids\":0}}\n";
	char *files[] = {paths[0], paths[1]};
	struct buf out = {0};
	struct report *report;

	options.limit = -1;
	write_file(0, slice_z(text));
	write_file(1, slice_z(text));
	report = pieces_merge(&options, files, 2);
	ck_assert_ptr_nonnull(report);
	piece_write(report, &out);
	ck_assert_ptr_nonnull(strstr(buf_z(&out), "{\"life_owned\":\"9223372036854775807\"}"));
	ck_assert_ptr_nonnull(strstr(
	    buf_z(&out), "{\"handoffs\":[\"9223372036854775807\",5,5,5,\"9223372036854775807\"]}"));
	report_free(report);
	remove_files(2);
	buf_free(&out);
}
END_TEST

Suite *piece_suite(void);

Suite *
piece_suite(void)
{
	Suite *suite = suite_create("piece");
	TCase *tests = tcase_create("pieces");

	tcase_add_loop_test(
	    tests, pieces_make_the_whole, 0, (int)REPORT_FORMATS * (int)REPORT_VIEWS);
	tcase_add_loop_test(
	    tests, other_texts_are_refused, 0, (int)(sizeof(faults) / sizeof(faults[0])));
	tcase_add_loop_test(tests, unlike_pieces_are_refused, 0, 13);
	tcase_add_test(tests, more_than_the_pieces_have);
	tcase_add_test(tests, large_numbers);
	suite_add_tcase(suite, tests);
	return suite;
}
