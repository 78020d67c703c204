/* hash.c: SHA-256 and HMAC (nettle), and a seeded hash for tables */
#include "base/hash.h"

#include "base/mem.h"

#include <fcntl.h>
#include <nettle/base64.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>

static void
digest_of(struct slice bytes, uint8_t digest[SHA256_DIGEST_SIZE])
{
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	if (bytes.n > 0)
		sha256_update(&ctx, bytes.n, (const uint8_t *)bytes.p);
	sha256_digest(&ctx, SHA256_DIGEST_SIZE, digest);
}

static void
to_hex(const uint8_t digest[SHA256_DIGEST_SIZE], char hex[65])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < SHA256_DIGEST_SIZE; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[64] = '\0';
}

void
hash_sha256(struct slice bytes, char hex[65])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	digest_of(bytes, digest);
	to_hex(digest, hex);
}

struct hash_run {
	struct sha256_ctx ctx;
};

struct hash_run *
hash_run_new(void)
{
	struct hash_run *run = mem_calloc(1, sizeof(*run));

	sha256_init(&run->ctx);
	return run;
}

void
hash_run_add(struct hash_run *run, struct slice bytes)
{
	if (bytes.n > 0)
		sha256_update(&run->ctx, bytes.n, (const uint8_t *)bytes.p);
}

void
hash_run_end(struct hash_run *run, char hex[65])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(&run->ctx, SHA256_DIGEST_SIZE, digest);
	to_hex(digest, hex);
	mem_free(run);
}

void
hash_run_free(struct hash_run *run)
{
	mem_free(run);
}

void
hash_sha256_base64(struct slice bytes, char text[45])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	digest_of(bytes, digest);
	base64_encode_raw(text, sizeof(digest), digest);
	text[44] = '\0';
}

struct hash_key {
	struct hmac_sha256_ctx ctx;
};

void
hash_wipe(void *p, size_t n)
{
	volatile unsigned char *at = p;

	while (n-- > 0)
		*at++ = 0;
}

struct hash_key *
hash_key_new(struct slice key)
{
	struct hash_key *made = mem_calloc(1, sizeof(*made));

	hmac_sha256_set_key(&made->ctx, key.n, (const uint8_t *)key.p);
	return made;
}

void
hash_hmac(struct hash_key *key, const struct slice *parts, size_t nparts, uint8_t digest[32])
{
	size_t i;

	for (i = 0; i < nparts; i++)
		if (parts[i].n > 0)
			hmac_sha256_update(&key->ctx, parts[i].n, (const uint8_t *)parts[i].p);
	hmac_sha256_digest(&key->ctx, SHA256_DIGEST_SIZE, digest); /* and begins anew */
}

void
hash_key_free(struct hash_key *key)
{
	if (key == NULL)
		return;
	hash_wipe(key, sizeof(*key));
	mem_free(key);
}

/* Drawn once; a machine without /dev/urandom still gets a working table. */
static uint64_t
table_seed(void)
{
	static uint64_t seed;
	int fd;

	if (seed != 0)
		return seed;
	seed = 0x9E3779B97F4A7C15u;
	fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	if (fd != -1) {
		if (read(fd, &seed, sizeof(seed)) != (ssize_t)sizeof(seed))
			seed ^= (uint64_t)getpid();
		close(fd);
	}
	seed |= 1;
	return seed;
}

static uint64_t
mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * (wide)b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t
load(const char *p, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, p, n);
	return word;
}

/* Folded multiply over eight-byte words, as in wyhash's construction. */
uint64_t
hash_table(struct slice bytes)
{
	uint64_t seed = table_seed(), hash = seed ^ bytes.n;
	size_t i = 0;

	for (; i + 8 <= bytes.n; i += 8)
		hash = mix(hash ^ load(bytes.p + i, 8), seed ^ 0xE7037ED1A0B428DBu);
	if (i < bytes.n)
		hash = mix(hash ^ load(bytes.p + i, bytes.n - i), seed ^ 0x8EBC6AF09C88C6E3u);
	return mix(hash, 0xA0761D6478BD642Fu ^ seed);
}
