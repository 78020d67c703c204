/* loader.c: faults with their place, and objects read by tables */
#include "policy/loader.h"

#include "base/diag.h"
#include "base/hash.h"
#include "base/input.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool
loader_fault(struct loader *loader, const struct json *value, const char *format, ...)
{
	struct place place =
	    place_of(loader->file, loader->text, json_offset(loader->text, loader->root, value));
	char text[1024];
	va_list args;

	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	loader->faults++;
	diag(DIAG_BAD_POLICY, place, "%s", text);
	return false;
}

bool
loader_is(struct loader *loader, const struct json *value, enum json_type type)
{
	static const char *const names[] = {[JSON_NULL] = "null",
	    [JSON_BOOL] = "true or false",
	    [JSON_NUMBER] = "a number",
	    [JSON_TEXT] = "a string",
	    [JSON_ARRAY] = "an array",
	    [JSON_OBJECT] = "an object"};
	const char *key = json_key(value);

	if (json_type(value) == type)
		return true;
	if (key != NULL)
		return loader_fault(loader, value, "\"%s\" must be %s", key, names[type]);
	return loader_fault(loader, value, "this must be %s", names[type]);
}

const char *
loader_text(struct loader *loader, const struct json *value)
{
	if (!loader_is(loader, value, JSON_TEXT))
		return NULL;
	if (*json_text(value) == '\0') {
		loader_fault(loader, value, "an empty string");
		return NULL;
	}
	return arena_textz(&loader->policy->arena, json_text(value));
}

int
loader_slurp(struct loader *loader, const char *name, struct buf *path, struct buf *bytes)
{
	char hash[65];

	if (name[0] != '/' && loader->folder != NULL && loader->folder[0] != '\0')
		buf_addf(path, "%s/", loader->folder);
	buf_addz(path, name);
	if (input_slurp(buf_z(path), FILE_LIMIT, bytes) == -1)
		return -1;
	hash_sha256(buf_slice(bytes), hash);
	buf_addz(&loader->hashes, hash);
	return 0;
}

/* "about", "x-…" and "_…" are for people and other programs. */
static bool
is_comment(struct loader *loader, const struct json *value)
{
	const char *key = json_key(value);

	if (strcmp(key, "about") == 0) {
		loader_is(loader, value, JSON_TEXT);
		return true;
	}
	return key[0] == '_' || strncmp(key, "x-", 2) == 0;
}

static void
unknown_member(struct loader *loader, const struct json *value, const struct member_reader *readers)
{
	char known[512] = "";
	size_t n = 0;
	int more;

	for (; readers->key != NULL && n < sizeof(known); readers++) {
		more =
		    snprintf(known + n, sizeof(known) - n, "%s%s", n > 0 ? ", " : "", readers->key);
		n += more > 0 ? (size_t)more : 0;
	}
	loader_fault(loader, value, "unknown member \"%s\"; there are: %s", json_key(value), known);
}

bool
loader_object(struct loader *loader, const struct json *value, const struct member_reader *readers,
    void *into)
{
	const struct member_reader *reader;
	const struct json *child;

	if (!loader_is(loader, value, JSON_OBJECT))
		return false;
	for (child = json_first(value); child != NULL; child = json_next(child)) {
		reader = readers;
		while (reader->key != NULL && strcmp(reader->key, json_key(child)) != 0)
			reader++;
		if (reader->key != NULL)
			reader->read(loader, child, into);
		else if (!is_comment(loader, child))
			unknown_member(loader, child, readers);
	}
	return true;
}
