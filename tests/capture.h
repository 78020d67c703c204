/* capture.h: what a test writes to standard error, and the faults it expects there */
#ifndef SLA_TESTS_CAPTURE_H
#define SLA_TESTS_CAPTURE_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "tests/support.h"

/* A text with a fault, and a part of the message that it gives. */
struct fault {
	const char *text, *says;
};

/* What was written to standard error since capture(), read back by captured(). */
static FILE *captured_file;
static char captured_text[65536];

/* From here on nothing has been said: a test before this one may have run in the same process. */
static inline void
capture(void)
{
	diag_start("t");
	if (captured_file != NULL)
		fclose(captured_file);
	captured_file = tmpfile();
	ck_assert_ptr_nonnull(captured_file);
	fflush(stderr);
	ck_assert_int_ne(dup2(fileno(captured_file), STDERR_FILENO), -1);
}

static inline const char *
captured(void)
{
	size_t n;

	rewind(captured_file);
	n = fread(captured_text, 1, sizeof(captured_text) - 1, captured_file);
	captured_text[n] = '\0';
	return captured_text;
}

#endif
