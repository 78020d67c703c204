/* support.c: what the unit tests share */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support.h"

#define SEED_DEFAULT 20260101U
#define REASONS_MAX  64

/* A test runs in a child of its own, so the tally of skipped tests is a file. */
static FILE *skips;

const char *
shared_path(const char *rel)
{
	static char path[PATH_MAX];
	const char *top = getenv("SLA_SHARED");
	int n;

	if (top == NULL || *top == '\0')
		top = "../shared";
	n = snprintf(path, sizeof(path), "%s/%s", top, rel);
	if (n < 0 || (size_t)n >= sizeof(path) || access(path, R_OK) == -1)
		return NULL;
	return path;
}

void
skip_test(const char *why)
{
	if (skips == NULL)
		return;
	fprintf(skips, "%s\n", why);
	fflush(skips);
}

uint64_t
rnd(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

uint64_t
rnd_below(uint64_t *state, uint64_t n)
{
	return rnd(state) % n;
}

uint64_t
test_seed(void)
{
	const char *text = getenv("SLA_SEED");
	char *end;
	unsigned long long seed;

	if (text == NULL || *text == '\0')
		return SEED_DEFAULT;
	errno = 0;
	seed = strtoull(text, &end, 10);
	if (errno != 0 || *end != '\0') {
		fprintf(stderr, "SLA_SEED is not a number: %s\n", text);
		exit(3);
	}
	return seed;
}

int
light(void)
{
	const char *text = getenv("SLA_LIGHT");

	return text != NULL && *text != '\0' && strcmp(text, "0") != 0;
}

char *
slurp(const char *path, size_t *n)
{
	char *text = NULL, *more;
	size_t have = 0, size = 0, got;
	FILE *fp = fopen(path, "rb");

	if (fp == NULL)
		return NULL;
	do {
		if (size - have < 4096) {
			size = size * 2 + 8192;
			more = realloc(text, size);
			if (more == NULL)
				goto out;
			text = more;
		}
		got = fread(text + have, 1, size - have - 1, fp);
		have += got;
	} while (got > 0);
	if (ferror(fp))
		goto out;
	fclose(fp);
	text[have] = '\0';
	if (n != NULL)
		*n = have;
	return text;
out:
	fclose(fp);
	free(text);
	return NULL;
}

int
support_start(void)
{
	skips = tmpfile();
	return skips == NULL ? -1 : 0;
}

unsigned long
support_skipped(void)
{
	static char reasons[REASONS_MAX][256];
	unsigned long counts[REASONS_MAX] = {0}, total = 0;
	char line[256];
	size_t i, n = 0;

	rewind(skips);
	while (fgets(line, sizeof(line), skips) != NULL) {
		total++;
		line[strcspn(line, "\n")] = '\0';
		for (i = 0; i < n && strcmp(reasons[i], line) != 0; i++)
			continue;
		if (i == REASONS_MAX)
			continue;
		if (i == n)
			snprintf(reasons[n++], sizeof(reasons[0]), "%s", line);
		counts[i]++;
	}
	for (i = 0; i < n; i++)
		printf("skipped: %lu: %s\n", counts[i], reasons[i]);
	return total;
}
