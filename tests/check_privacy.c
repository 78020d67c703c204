/* check_privacy.c: what leaves ingest of names, and what must not */
#include "ingest/privacy.h"

#include "base/diag.h"
#include "data/ticket_json.h"
#include "tests/support.h"
#include "time/instant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *privacy_suite(void);

#define KEY "0123456789abcdef0123456789abcdef"
#define ALL ((1U << PRIVACY_CLASSES) - 2)

static char key_path[] = "/tmp/sla-check-key-XXXXXX";

/* A file with that key and mode; the caller unlinks key_path. */
static void
write_key(const char *key, mode_t mode)
{
	int fd;

	memcpy(key_path + strlen(key_path) - 6, "XXXXXX", 6);
	fd = mkstemp(key_path);
	ck_assert_int_ne(fd, -1);
	ck_assert_int_eq(write(fd, key, strlen(key)), (ssize_t)strlen(key));
	ck_assert_int_eq(fchmod(fd, mode), 0);
	close(fd);
}

static struct privacy *
privacy_of(unsigned redact, unsigned pseudonymize, bool key)
{
	struct privacy_rules rules = {redact, pseudonymize, key ? key_path : NULL};
	struct privacy *privacy;

	diag_start("t");
	if (key)
		write_key(KEY "\n", 0600);
	privacy = privacy_new(&rules);
	ck_assert_ptr_nonnull(privacy);
	if (key)
		unlink(key_path);
	return privacy;
}

#define CATEGORIES 2

/* A ticket in which every text is another one, and says whose it is: "<member>". */
struct full {
	struct ticket ticket;
	const char *category[CATEGORIES], *assignees[CATEGORIES];
	struct event events[3 * EVENT_KINDS];
	char ends[3 * EVENT_KINDS][3][32];
	struct buf psa;
};

static void
fill(struct full *full)
{
	struct ticket *t = &full->ticket;
	struct event *event;
	int kind, role;

	memset(full, 0, sizeof(*full));
#define TEXT(member, class, prefix) t->member = "<" #member ">";
#include "ingest/privacy.def"
#undef TEXT
#define LIST(member, count, class, prefix)   \
	full->member[0] = "<" #member " 1>"; \
	full->member[1] = "<" #member " 2>"; \
	t->member = full->member;            \
	t->count = CATEGORIES;
#include "ingest/privacy.def"
#undef LIST
	t->opened = t->resolved = t->closed = 0;
	t->has = (1U << EVIDENCES) - 2;
	for (kind = 1; kind < EVENT_KINDS; kind++)
		for (role = 0; role < 3; role++) {
			event = &full->events[t->nevents];
			*event = (struct event){.kind = (uint8_t)kind,
			    .role = (uint8_t)role,
			    .has_from = true,
			    .after = INSTANT_NONE,
			    .seconds = -1};
			snprintf(full->ends[t->nevents][0], 32, "<by %d %d>", kind, role);
			snprintf(full->ends[t->nevents][1], 32, "<from %d %d>", kind, role);
			snprintf(full->ends[t->nevents][2], 32, "<to %d %d>", kind, role);
			event->by = full->ends[t->nevents][0];
			event->from = full->ends[t->nevents][1];
			event->to = full->ends[t->nevents++][2];
		}
	t->events = full->events;
	buf_addz(&full->psa,
	    "{\"status\":\"<word>\",\"n\":3,\"b\":true,\"d\":\"2026-01-01T00:00:00Z\""
	    ",\"free\":\"<free>\",\"deep\":[{\"a\":\"<free>\"},\"<owner>\"]"
	    ",\"team\":\"<team>\",\"owner\":\"<owner>\",\"contact\":\"<contact>\""
	    ",\"client\":\"<client>\",\"title\":\"<title>\",\"from\":\"<from 6 0>\""
	    ",\"by\":\"<by 11 2>\",\"second\":\"<assignees 2>\"}");
	t->psa = buf_slice(&full->psa);
}

static const char *
apply(struct privacy *privacy, const struct ticket *ticket, struct buf *line)
{
	buf_clear(line);
	ticket_to_json(privacy_apply(privacy, ticket), line);
	return buf_z(line);
}

/* Of each text of a ticket, whether it is there as its class and `hidden` want it. */
static void
check_texts(const char *line, unsigned hidden)
{
	static const struct {
		const char *text;
		enum privacy_class class;
	} rows[] = {
#define TEXT(member, class, prefix)        {"\"<" #member ">\"", PRIVACY_##class},
#define LIST(member, count, class, prefix) {"\"<" #member " 2>\"", PRIVACY_##class},
#include "ingest/privacy.def"
#undef TEXT
#undef LIST
	    {"<by 1 0>", PRIVACY_PEOPLE}, {"<by 11 1>", PRIVACY_PEOPLE},
	    {"<by 11 2>", PRIVACY_CONTACT}, {"<from 6 0>", PRIVACY_PEOPLE},
	    {"<to 6 2>", PRIVACY_PEOPLE}, {"<to 7 1>", PRIVACY_PEOPLE},
	    {"<from 8 1>", PRIVACY_PEOPLE}, {"<from 5 0>", PRIVACY_NONE},
	    {"<to 13 0>", PRIVACY_NONE}, {"<to 4 0>", PRIVACY_NONE},
	    {"\"status\":\"<word>\"", PRIVACY_NONE}};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(
		    (strstr(line, rows[i].text) == NULL) == ((hidden >> rows[i].class & 1) != 0),
		    "%s with %x hidden: %s", rows[i].text, hidden, line);
}

START_TEST(every_text)
{
	struct privacy *privacy;
	struct buf line = {0};
	struct full full;
	unsigned hidden;

	fill(&full);
	for (hidden = 2; hidden <= ALL; hidden += 2) {
		privacy = privacy_of(hidden, 0, false);
		check_texts(apply(privacy, &full.ticket, &line), hidden);
		ck_assert_ptr_null(strstr(line.p, "<free>"));
		privacy_free(privacy);
		privacy = privacy_of(0, hidden, true);
		check_texts(apply(privacy, &full.ticket, &line), hidden);
		ck_assert_ptr_null(strstr(line.p, "<free>"));
		ck_assert_ptr_nonnull(
		    strstr(line.p, "\"n\":3,\"b\":true,\"d\":\"2026-01-01T00:00:00Z\""));
		privacy_free(privacy);
	}
	privacy = privacy_of(0, 0, false);
	check_texts(apply(privacy, &full.ticket, &line), 0);
	ck_assert_ptr_nonnull(strstr(line.p, "<free>"));
	privacy_free(privacy);
	buf_free(&line);
	buf_free(&full.psa);
}
END_TEST

/* Python's hmac gives: people "Ann Lee" 43ed89be0bad, contact "Ann Lee" 7f259c2d2ee1,
 * client "Acme Dental" f03208e3e2d0, title "VPN down" 32c7356942de. */
START_TEST(pseudonyms)
{
	struct privacy *privacy = privacy_of(0, 0, true);
	struct event events[3] = {{.kind = EVENT_OWNER, .to = "Ann Lee", .by = "Ann Lee"},
	    {.kind = EVENT_MESSAGE, .by = "Ann Lee", .role = ROLE_CLIENT},
	    {.kind = EVENT_TEAM, .to = "Ann Lee", .by = "Kim"}};
	struct ticket from = {.id = "1",
	    .title = "VPN down",
	    .client = "Acme Dental",
	    .contact = "Ann Lee",
	    .owner = "Ann Lee",
	    .psa = SLICE("{\"worker\":\"Ann Lee\"}"),
	    .events = events,
	    .nevents = 3};
	const struct ticket *to = privacy_apply(privacy, &from);

	ck_assert_str_eq(to->title, "title-32c7356942de");
	ck_assert_str_eq(to->client, "client-f03208e3e2d0");
	ck_assert_str_eq(to->contact, "contact-7f259c2d2ee1");
	ck_assert_str_eq(to->owner, "person-43ed89be0bad");
	ck_assert_str_eq(to->events[0].to, to->owner);
	ck_assert_str_eq(to->events[0].by, to->owner);
	ck_assert_str_eq(to->events[1].by, to->contact);
	ck_assert_str_eq(to->events[2].to, "Ann Lee"); /* a team is no person */
	ck_assert(slice_eq(to->psa, SLICE("{\"worker\":\"contact-7f259c2d2ee1\"}")));
	privacy_free(privacy);
	privacy = privacy_of(1U << PRIVACY_CONTACT, 1U << PRIVACY_PEOPLE, true);
	to = privacy_apply(privacy, &from);
	ck_assert_str_eq(to->title, "VPN down");
	ck_assert_ptr_null(to->contact);
	ck_assert_str_eq(to->owner, "person-43ed89be0bad");
	ck_assert_ptr_null(to->events[1].by);
	ck_assert_uint_eq(to->psa.n, 0);
	privacy_free(privacy);
}
END_TEST

/* An owner without a name is not nobody: nothing is claimed of owners any more. */
START_TEST(unknown_not_nobody)
{
	struct privacy *privacy = privacy_of(1U << PRIVACY_PEOPLE, 0, false);
	struct event events[3] = {{.kind = EVENT_OPENED, .by = "Kim"},
	    {.kind = EVENT_OWNER, .to = "Ann Lee"}, {.kind = EVENT_ESCALATED, .to = "Bo"}};
	struct ticket from = {.id = "1",
	    .owner = "Ann Lee",
	    .has = 1U << EVIDENCE_OWNER | 1U << EVIDENCE_ACTOR | 1U << EVIDENCE_TEAM,
	    .events = events,
	    .nevents = 3};
	const struct ticket *to = privacy_apply(privacy, &from);

	ck_assert_uint_eq(to->has, 1U << EVIDENCE_TEAM);
	ck_assert_uint_eq(to->nevents, 2);
	ck_assert_int_eq(to->events[0].kind, EVENT_OPENED);
	ck_assert_ptr_null(to->events[0].by);
	ck_assert_int_eq(to->events[1].kind, EVENT_ESCALATED);
	ck_assert_ptr_null(to->events[1].to);
	ck_assert_ptr_null(to->owner);
	privacy_free(privacy);
}
END_TEST

/* Thousands of names one after the other: what is kept ready is never another's. */
START_TEST(many_names)
{
	struct privacy *privacy = privacy_of(0, 0, true), *fresh;
	struct ticket from = {.id = "1"};
	char name[32], kept[32];
	int i, n = light() ? 2000 : 20000;

	for (i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "Resolver %d", i % 7000);
		from.owner = name;
		snprintf(kept, sizeof(kept), "%s", privacy_apply(privacy, &from)->owner);
		if (i % 997 != 0)
			continue;
		fresh = privacy_of(0, 0, true);
		ck_assert_str_eq(privacy_apply(fresh, &from)->owner, kept);
		privacy_free(fresh);
	}
	privacy_free(privacy);
}
END_TEST

START_TEST(keys)
{
	static const struct {
		const char *key;
		mode_t mode;
		bool good;
	} rows[] = {{KEY, 0600, true}, {KEY "\r\n", 0400, true}, {KEY, 0640, false},
	    {KEY, 0604, false}, {KEY, 0620, false}, {"", 0600, false}, {"\n\n\n\n\n", 0600, false},
	    {"0123456789abcdef0123456789abcde\n", 0600, false}};
	struct privacy_rules rules = {0, 0, key_path};
	struct privacy *privacy;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		diag_start("t");
		write_key(rows[i].key, rows[i].mode);
		privacy = privacy_new(&rules);
		ck_assert_msg((privacy != NULL) == rows[i].good, "key %zu", i);
		ck_assert_int_eq(diag_status(), rows[i].good ? 0 : 3);
		privacy_free(privacy);
		unlink(key_path);
	}
	diag_start("t");
	ck_assert_ptr_null(privacy_new(&rules));
	ck_assert_int_eq(diag_status(), 4);
	rules = (struct privacy_rules){0, ALL, NULL};
	diag_start("t");
	ck_assert_ptr_null(privacy_new(&rules));
	ck_assert_int_eq(diag_status(), 3);
}
END_TEST

START_TEST(classes)
{
	unsigned bits = 0;

	diag_start("t");
	ck_assert(privacy_read_classes("--redact", "people", &bits));
	ck_assert_uint_eq(bits, 1U << PRIVACY_PEOPLE);
	ck_assert(privacy_read_classes("--redact", "title,client,contact", &bits));
	ck_assert_uint_eq(bits, ALL);
	ck_assert(!privacy_read_classes("--redact", "", &bits));
	ck_assert(!privacy_read_classes("--redact", "people,", &bits));
	ck_assert(!privacy_read_classes("--redact", "People", &bits));
	ck_assert(!privacy_read_classes("--redact", "owner", &bits));
	ck_assert_int_eq(diag_status(), 3);
}
END_TEST

Suite *
privacy_suite(void)
{
	Suite *suite = suite_create("privacy");
	TCase *tcase = tcase_create("privacy");

	tcase_add_test(tcase, every_text);
	tcase_add_test(tcase, pseudonyms);
	tcase_add_test(tcase, unknown_not_nobody);
	tcase_add_test(tcase, many_names);
	tcase_add_test(tcase, keys);
	tcase_add_test(tcase, classes);
	suite_add_tcase(suite, tcase);
	return suite;
}
