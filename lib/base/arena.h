/* arena.h: memory that is given back all at once */
/* Rank: base. */
#ifndef SLA_BASE_ARENA_H
#define SLA_BASE_ARENA_H

#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

/*
 * A list of chunks; the last one is being filled. Zero-initialise it ({0}),
 * give it back with arena_free(). What it hands out lives until arena_reset(),
 * arena_rewind() past it, or arena_free(). Never returns NULL (base/mem.h).
 */
struct arena {
	struct arena_chunk *chunk;
	char *at, *end;
};

struct arena_mark {
	struct arena_chunk *chunk;
	char *at;
};

void *arena_slow(struct arena *arena, size_t size);

/* size bytes, aligned to 16, not cleared. */
static inline void *
arena_alloc(struct arena *arena, size_t size)
{
	size_t room = (size_t)(arena->end - arena->at);
	char *p = arena->at;

	if (size > room || ((size + 15) & ~(size_t)15) > room)
		return arena_slow(arena, size);
	arena->at += (size + 15) & ~(size_t)15;
	return p;
}

/* count elements of size bytes, all zero. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);
/* A NUL-terminated copy. */
char *arena_text(struct arena *arena, struct slice text);
char *arena_textz(struct arena *arena, const char *text); /* NULL stays NULL */

/* Everything handed out after the mark is given back by the rewind. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Forgets everything; keeps the first chunk, so that a line costs no malloc. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

#endif
