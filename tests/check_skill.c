/* check_skill.c: tests of the measures of probabilities, against values worked by hand */
#include "stat/skill.h"
#include "tests/support.h"

START_TEST(by_hand)
{
	struct forecast forecasts[] = {{0.9, true}, {0.2, false}, {0.6, false}, {0.6, true}};
	struct skill skill;

	skill_of(&skill, forecasts, 4);
	/* Pairs of a missed and a met one: 3 in order, 1 tie that counts half. */
	ck_assert_double_eq_tol(skill.auc, 3.5 / 4, 1e-12);
	/* 1/2 of the missed at precision 1, then 1/2 at 2 of 3. */
	ck_assert_double_eq_tol(skill.precision, 0.5 + 0.5 * 2 / 3, 1e-12);
	/* 0.01 + 0.04 + 0.36 + 0.16, over 4. */
	ck_assert_double_eq_tol(skill.brier, 0.57 / 4, 1e-12);
}
END_TEST

START_TEST(calibration)
{
	struct forecast forecasts[20];
	struct skill skill;
	int i;

	for (i = 0; i < 20; i++)
		forecasts[i] = (struct forecast){i < 10 ? 0.25 : 0.75, i % 2 == 0};
	skill_of(&skill, forecasts, 20);
	ck_assert_double_eq_tol(skill.brier, (0.0625 + 0.5625) / 2, 1e-12);
	ck_assert_uint_eq(skill.bins[0].count, 2);
	ck_assert(skill.error >= 0.25 - 1e-12);
	ck_assert_double_eq_tol(skill.auc, 0.5, 1e-12);
}
END_TEST

START_TEST(one_outcome)
{
	struct forecast forecasts[] = {{0.5, true}};
	struct skill skill;

	skill_of(&skill, forecasts, 1);
	ck_assert(skill.auc != skill.auc);
	skill_of(&skill, forecasts, 0);
	ck_assert_uint_eq(skill.count, 0);
}
END_TEST

Suite *skill_suite(void);

Suite *
skill_suite(void)
{
	Suite *suite = suite_create("skill");
	TCase *tcase = tcase_create("skill");

	tcase_add_test(tcase, by_hand);
	tcase_add_test(tcase, calibration);
	tcase_add_test(tcase, one_outcome);
	suite_add_tcase(suite, tcase);
	return suite;
}
