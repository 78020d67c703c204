/* check_labels.c: the outcomes that a model learns, known, awaited and still to come */
#include "base/mem.h"
#include "risk/labels.h"
#include "tests/story.h"
#include "tests/support.h"
#include "time/instant.h"

#include <check.h>
#include <math.h>

#define HOUR  INT64_C(3600)
#define NOW   (400 * 24 * HOUR)
#define KNOWN 400 /* tickets with a verdict: those of 1 hour met, those of 20 hours missed */

/* The tickets that are asked about, behind those. */
enum { LATER, AWAITS_SHORT, AWAITS_LONG, YOUNG, OLD, ASKED };

static struct past
ended_ticket(int64_t opened, int64_t life, bool missed, int64_t known)
{
	return (struct past){.opened = opened,
	    .ended = opened + life,
	    .last = opened + life,
	    .known = known,
	    .opened_as = PRIORITY_P3,
	    .ended_as = PRIORITY_P3,
	    .missed = missed,
	    .over = true};
}

/* One that is open at NOW; what comes later must not count. */
static struct past
open_ticket(int64_t age, bool missed)
{
	return ended_ticket(NOW - age, age + 100 * HOUR, missed, NOW + 100 * HOUR);
}

/* later: how the verdicts that are not known by NOW turn out. */
static void
make_history(struct history *history, int known, bool later)
{
	struct past *p = mem_calloc(KNOWN + ASKED, sizeof(*p));
	int64_t opened, life;
	int i;

	for (i = 0; i < known; i++) {
		opened = NOW - (10 + i % 50) * 24 * HOUR - i % 7 * HOUR;
		life = i % 2 == 0 ? HOUR : 20 * HOUR;
		p[i] = ended_ticket(opened, life, i % 2 != 0, opened + life + HOUR);
	}
	p += known;
	p[LATER] = ended_ticket(NOW + HOUR, HOUR, later, NOW + 3 * HOUR);
	p[AWAITS_SHORT] = ended_ticket(NOW - 30 * HOUR, HOUR, later, NOW + HOUR);
	p[AWAITS_LONG] = ended_ticket(NOW - 30 * HOUR, 20 * HOUR, later, NOW + HOUR);
	p[YOUNG] = open_ticket(HOUR / 2, later);
	p[OLD] = open_ticket(5 * HOUR, later);
	*history = (struct history){.tickets = p - known, .ntickets = (size_t)known + ASKED};
}

static void
find(double *p, int known, bool later)
{
	struct history history;
	struct judging judging = {.half_life = 30, .until = NOW};

	make_history(&history, known, later);
	ck_assert_int_eq(labels_find(p, &history, NOW, judging), 0);
	history_free(&history);
}

START_TEST(test_labels)
{
	double p[KNOWN + ASKED], *asked = p + KNOWN;
	int i;

	find(p, KNOWN, false);
	for (i = 0; i < KNOWN; i++)
		ck_assert(p[i] == i % 2);
	ck_assert(isnan(asked[LATER]));
	ck_assert(asked[AWAITS_SHORT] < 0.1);
	ck_assert(asked[AWAITS_LONG] > 0.9);
	/* Half of the lives are longer than half an hour and short, half are long. */
	ck_assert(asked[YOUNG] > 0.4 && asked[YOUNG] < 0.6);
	/* At five hours only the long ones are left. */
	ck_assert(asked[OLD] > 0.9);
}
END_TEST

START_TEST(test_nothing_of_the_future)
{
	double one[KNOWN + ASKED], other[KNOWN + ASKED];
	int i;

	find(one, KNOWN, false);
	find(other, KNOWN, true);
	for (i = 0; i < KNOWN + ASKED; i++)
		ck_assert(one[i] == other[i] || (isnan(one[i]) && isnan(other[i])));
}
END_TEST

START_TEST(test_few_verdicts)
{
	double p[KNOWN + ASKED];
	int i;

	find(p, 49, false);
	for (i = 0; i < 49; i++)
		ck_assert(p[i] == i % 2);
	for (i = 49; i < 49 + ASKED; i++)
		ck_assert(isnan(p[i]));
}
END_TEST

/* One that rests since its first minute is judged at every age that it has come to, and no later. */
START_TEST(test_open_ticket_ages)
{
	static const int64_t landmarks[] = {HOUR / 2, HOUR, 24 * HOUR, 48 * HOUR};
	struct history history = {.landmarks = landmarks, .nlandmarks = 4};
	struct story story;
	struct arena arena = {0};

	story_tell(&story,
	    "{\"v\":1,\"source\":\"t\",\"id\":\"1\",\"has\":[\"status\"],\"events\":["
	    "{\"at\":\"2026-03-02T09:00:00Z\",\"kind\":\"opened\",\"state\":\"new\"}]}",
	    "{\"targets\":[{\"resolve\":\"4h\"}]}", "2026-03-03T10:00:00Z");
	history_add(&history, &story.analysis, &arena);
	ck_assert_uint_eq(history.nsamples, 3);
	ck_assert_int_eq(history.samples[2].landmark, 24 * HOUR);
	history_free(&history);
	arena_free(&arena);
	story_end(&story);
}
END_TEST

Suite *labels_suite(void);

Suite *
labels_suite(void)
{
	Suite *suite = suite_create("labels");
	TCase *tcase = tcase_create("labels");

	tcase_add_test(tcase, test_labels);
	tcase_add_test(tcase, test_nothing_of_the_future);
	tcase_add_test(tcase, test_few_verdicts);
	tcase_add_test(tcase, test_open_ticket_ages);
	suite_add_tcase(suite, tcase);
	return suite;
}
