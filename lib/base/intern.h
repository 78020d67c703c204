/* intern.h: each different text once, known by a small number */
/* Rank: base. */
#ifndef SLA_BASE_INTERN_H
#define SLA_BASE_INTERN_H

#include "base/arena.h"
#include "base/slice.h"

#include <stdint.h>

#define INTERN_NONE UINT32_MAX

/* Zero-initialise ({0}); intern_free() gives everything back. */
struct intern {
	struct arena arena;
	struct slice *texts; /* by number, in order of first sight */
	uint64_t *hashes;
	uint32_t *slots; /* number + 1; 0 is empty */
	size_t count, cap, nslots;
	size_t bytes; /* of the texts */
};

/* The number of the text, counted from 0 in order of first sight. */
uint32_t intern_add(struct intern *intern, struct slice text);
/* The number, or INTERN_NONE where the text was never added. */
uint32_t intern_find(const struct intern *intern, struct slice text);
/* The text, NUL-terminated, living as long as the table. */
const char *intern_text(const struct intern *intern, uint32_t number);
/* Memory that it has in use, in bytes. */
size_t intern_bytes(const struct intern *intern);
void intern_free(struct intern *intern);

#endif
