/* privacy_key.c: the key of the pseudonyms */
#include "ingest/privacy_key.h"

#include "base/diag.h"
#include "base/input.h"

#include <sys/stat.h>
#include <unistd.h>

/* Bytes: 256 bits as they are, or 128 as hex digits. */
#define SHORTEST 32
#define LONGEST  4096

/* Asked of the open file, so that it cannot be another one by then. */
static int
check_file(const struct input *input)
{
	struct place place = {input->name, 0, 0};
	struct stat st;

	if (fstat(input->fd, &st) == -1)
		return diag_system(input->name, "cannot look at it");
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return diag(DIAG_USAGE, place,
		    "others may use this key (mode %03o): chmod 600 it first",
		    (unsigned)(st.st_mode & 0777));
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return diag(DIAG_USAGE, place, "this key belongs to another user");
	return 0;
}

static int
read_key(struct input *input, char *key, size_t *n)
{
	struct place place = {input->name, 0, 0};
	int64_t got;

	do {
		got = input_read(input, key + *n, LONGEST + 1 - *n);
		if (got == -1)
			return -1;
		*n += (size_t)got;
	} while (got > 0 && *n <= LONGEST);
	if (*n > LONGEST)
		return diag(DIAG_USAGE, place, "a key has at most %d bytes", LONGEST);
	while (*n > 0 && (key[*n - 1] == '\n' || key[*n - 1] == '\r'))
		--*n;
	if (*n >= SHORTEST)
		return 0;
	return diag(DIAG_USAGE, place, "a key has at least %d bytes, this one has %zu: %s",
	    SHORTEST, *n, "head -c 32 /dev/urandom | base64 makes one");
}

struct hash_key *
privacy_key_read(const char *path)
{
	struct hash_key *key = NULL;
	struct input input = {0};
	char bytes[LONGEST + 1];
	size_t n = 0;

	if (input_open(&input, path) == 0 && check_file(&input) == 0 &&
	    read_key(&input, bytes, &n) == 0)
		key = hash_key_new((struct slice){bytes, n});
	hash_wipe(bytes, sizeof(bytes));
	input_close(&input);
	return key;
}
