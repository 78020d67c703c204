/* arena.c: memory that is given back all at once */
#include "base/arena.h"

#include "base/mem.h"

#include <string.h>

#define CHUNK_SIZE ((size_t)64 * 1024)

struct arena_chunk {
	struct arena_chunk *previous;
	size_t size; /* of bytes[] */
	_Alignas(16) char bytes[];
};

static void
begin_chunk(struct arena *arena, size_t size)
{
	size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
	struct arena_chunk *chunk = mem_alloc(sizeof(*chunk) + room);

	chunk->previous = arena->chunk;
	chunk->size = room;
	arena->chunk = chunk;
	arena->at = chunk->bytes;
	arena->end = chunk->bytes + room;
}

void *
arena_slow(struct arena *arena, size_t size)
{
	char *p;

	if (size > SIZE_MAX / 2)
		return mem_grow(NULL, size, SIZE_MAX); /* reports and exits */
	size = (size + 15) & ~(size_t)15;
	begin_chunk(arena, size);
	p = arena->at;
	arena->at += size;
	return p;
}

void *
arena_calloc(struct arena *arena, size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / 2 / size)
		return mem_grow(NULL, count, SIZE_MAX); /* reports and exits */
	return memset(arena_alloc(arena, count * size), 0, count * size);
}

char *
arena_text(struct arena *arena, struct slice text)
{
	char *copy = arena_alloc(arena, text.n + 1);

	bytes_copy(copy, text.p, text.n);
	copy[text.n] = '\0';
	return copy;
}

char *
arena_textz(struct arena *arena, const char *text)
{
	return text != NULL ? arena_text(arena, slice_z(text)) : NULL;
}

struct arena_mark
arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->chunk, arena->at};
}

void
arena_rewind(struct arena *arena, struct arena_mark mark)
{
	struct arena_chunk *chunk;

	while (arena->chunk != mark.chunk && arena->chunk->previous != NULL) {
		chunk = arena->chunk;
		arena->chunk = chunk->previous;
		mem_free(chunk);
	}
	if (arena->chunk == NULL)
		return;
	arena->at = mark.chunk != NULL ? mark.at : arena->chunk->bytes;
	arena->end = arena->chunk->bytes + arena->chunk->size;
}

void
arena_reset(struct arena *arena)
{
	arena_rewind(arena, (struct arena_mark){NULL, NULL});
}

void
arena_free(struct arena *arena)
{
	arena_reset(arena);
	mem_free(arena->chunk);
	*arena = (struct arena){0};
}
