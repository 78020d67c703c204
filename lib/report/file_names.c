/* file_names.c: names of files for clients, safe on every file system */
#include "report/file_names.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"

#define HEX 64

struct name {
	const char *text, *name;
	int digits; /* of its hash that are told; 0: none */
	bool again; /* some other one has this name */
};

static bool
is_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '.' || c == '_' || c == '-';
}

static void
build(struct name *name, struct arena *arena)
{
	struct slice text = slice_z(name->text);
	struct buf out = {0};
	char hex[HEX + 1];
	size_t i;

	for (i = 0; i < text.n && i < FILE_NAME_MOST; i++)
		buf_addc(&out, is_safe(text.p[i]) ? text.p[i] : '-');
	if (out.n == 0)
		buf_addc(&out, '_');
	if (out.p[0] == '.' || out.p[0] == '-')
		out.p[0] = '_';
	hash_sha256(text, hex);
	if (name->digits > 0)
		buf_addf(&out, "-%.*s", name->digits, hex);
	name->name = arena_text(arena, buf_slice(&out));
	buf_free(&out);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int
compare(const void *a, const void *b)
{
	const char *x = (*(struct name *const *)a)->name, *y = (*(struct name *const *)b)->name;

	while (*x != '\0' && lower(*x) == lower(*y)) {
		x++;
		y++;
	}
	return (unsigned char)lower(*x) - (unsigned char)lower(*y);
}

/* All that are the same get more digits, not only the later ones: no order decides. */
static bool
tell_apart(struct name **sorted, size_t n)
{
	bool changed = false;
	size_t i;

	qsort(sorted, n, sizeof(struct name *), compare);
	for (i = 0; i < n; i++)
		sorted[i]->again = false;
	for (i = 1; i < n; i++)
		if (compare(&sorted[i - 1], &sorted[i]) == 0)
			sorted[i - 1]->again = sorted[i]->again = true;
	for (i = 0; i < n; i++) {
		if (!sorted[i]->again || sorted[i]->digits == HEX)
			continue;
		sorted[i]->digits = sorted[i]->digits == 0 ? 8 : sorted[i]->digits * 2;
		changed = true;
	}
	return changed;
}

void
file_names(const char *const *texts, size_t n, const char **names, struct arena *arena)
{
	struct name *list = arena_calloc(arena, n + 1, sizeof(*list));
	struct name **sorted = arena_calloc(arena, n + 1, sizeof(*sorted));
	bool changed = true;
	size_t i;

	for (i = 0; i < n; i++) {
		list[i].text = texts[i];
		list[i].digits = strlen(texts[i]) > FILE_NAME_MOST ? 8 : 0;
		sorted[i] = &list[i];
	}
	while (changed) {
		for (i = 0; i < n; i++)
			build(&list[i], arena);
		changed = tell_apart(sorted, n);
	}
	for (i = 0; i < n; i++)
		names[i] = list[i].name;
}

const char *
file_pattern_fault(const char *pattern)
{
	const char *at = pattern != NULL ? strstr(pattern, "%s") : NULL;

	if (at == NULL || strstr(at + 2, "%s") != NULL)
		return "needs the client's place, %s, once";
	return strchr(at, '/') != NULL
	    ? "must have %s in the name of the file, not in that of a folder"
	    : NULL;
}

const char *
file_pattern_fill(const char *pattern, const char *name, struct arena *arena)
{
	const char *at = strstr(pattern, "%s"), *path;
	struct buf text = {0};

	buf_add(&text, pattern, (size_t)(at - pattern));
	buf_addz(&text, name);
	buf_addz(&text, at + 2);
	path = arena_text(arena, buf_slice(&text));
	buf_free(&text);
	return path;
}
