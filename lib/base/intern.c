/* intern.c: each different text once, known by a small number */
#include "base/intern.h"

#include "base/hash.h"
#include "base/mem.h"

static size_t
find_slot(const struct intern *intern, struct slice text, uint64_t hash)
{
	size_t at = hash & (intern->nslots - 1);
	uint32_t number;

	while (intern->slots[at] != 0) {
		number = intern->slots[at] - 1;
		if (intern->hashes[number] == hash && slice_eq(intern->texts[number], text))
			return at;
		at = (at + 1) & (intern->nslots - 1);
	}
	return at;
}

/* Kept at most half full, so that a probe stays short. */
static void
grow(struct intern *intern)
{
	size_t i, at;

	mem_free(intern->slots);
	intern->nslots = intern->nslots > 0 ? intern->nslots * 2 : 64;
	intern->slots = mem_calloc(intern->nslots, sizeof(*intern->slots));
	for (i = 0; i < intern->count; i++) {
		at = find_slot(intern, intern->texts[i], intern->hashes[i]);
		intern->slots[at] = (uint32_t)i + 1;
	}
	intern->cap = intern->nslots / 2;
	intern->texts = mem_grow(intern->texts, intern->cap, sizeof(*intern->texts));
	intern->hashes = mem_grow(intern->hashes, intern->cap, sizeof(*intern->hashes));
}

uint32_t
intern_add(struct intern *intern, struct slice text)
{
	uint64_t hash = hash_table(text);
	size_t at;

	if (intern->count == intern->cap)
		grow(intern);
	at = find_slot(intern, text, hash);
	if (intern->slots[at] == 0) {
		intern->texts[intern->count] =
		    (struct slice){arena_text(&intern->arena, text), text.n};
		intern->bytes += (text.n + 16) & ~(size_t)15;
		intern->hashes[intern->count] = hash;
		intern->slots[at] = (uint32_t)++intern->count;
	}
	return intern->slots[at] - 1;
}

uint32_t
intern_find(const struct intern *intern, struct slice text)
{
	size_t at;

	if (intern->nslots == 0)
		return INTERN_NONE;
	at = find_slot(intern, text, hash_table(text));
	return intern->slots[at] != 0 ? intern->slots[at] - 1 : INTERN_NONE;
}

const char *
intern_text(const struct intern *intern, uint32_t number)
{
	return intern->texts[number].p;
}

size_t
intern_bytes(const struct intern *intern)
{
	return intern->bytes + intern->nslots * sizeof(*intern->slots) +
	    intern->count * (sizeof(*intern->texts) + sizeof(*intern->hashes));
}

void
intern_free(struct intern *intern)
{
	arena_free(&intern->arena);
	mem_free(intern->texts);
	mem_free(intern->hashes);
	mem_free(intern->slots);
	*intern = (struct intern){0};
}
