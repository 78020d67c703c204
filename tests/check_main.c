/* check_main.c: runs the suites of tests/check_*.c, or only those named */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

/* The Makefile makes suites.h: one line SUITE(name) for each tests/check_NAME.c. */
#define SUITE(name) Suite *name##_suite(void);
#include "suites.h"
#undef SUITE

struct entry {
	const char *name;
	Suite *(*make)(void);
};

static const struct entry entries[] = {
#define SUITE(name) {#name, name##_suite},
#include "suites.h"
#undef SUITE
    {NULL, NULL},
};

static int
add(SRunner *runner, const char *name)
{
	const struct entry *e;

	for (e = entries; e->name != NULL; e++) {
		if (strcmp(e->name, name) == 0) {
			srunner_add_suite(runner, e->make());
			return 0;
		}
	}
	fprintf(stderr, "check: no suite is named %s; there are:", name);
	for (e = entries; e->name != NULL; e++)
		fprintf(stderr, " %s", e->name);
	fprintf(stderr, "\n");
	return -1;
}

/*
 * Tests run in a child each (CK_FORK=no turns that off), so that one that
 * exits, crashes or hangs fails alone.
 */
int
main(int argc, char *argv[])
{
	SRunner *runner = srunner_create(NULL);
	const struct entry *e;
	unsigned long run, failed, skipped;
	int i;

	if (support_start() == -1) {
		perror("check: temporary file");
		return 4;
	}
	for (i = 1; i < argc; i++)
		if (add(runner, argv[i]) == -1)
			return 3;
	for (e = entries; argc == 1 && e->name != NULL; e++)
		srunner_add_suite(runner, e->make());
	printf("seed %llu%s\n", (unsigned long long)test_seed(), light() ? ", light" : "");
	fflush(stdout);

	srunner_run_all(runner, CK_SILENT);
	run = (unsigned long)srunner_ntests_run(runner);
	failed = (unsigned long)srunner_ntests_failed(runner);
	if (failed > 0)
		srunner_print(runner, CK_NORMAL);
	skipped = support_skipped();
	srunner_free(runner);
	printf(
	    "unit: %lu passed, %lu failed, %lu skipped\n", run - failed - skipped, failed, skipped);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
