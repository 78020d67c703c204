/* hash.h: SHA-256 and HMAC (nettle), and a seeded hash for tables */
/* Rank: base. */
#ifndef SLA_BASE_HASH_H
#define SLA_BASE_HASH_H

#include "base/slice.h"

#include <stdint.h>

/* The digest of the bytes as 64 hex digits and a NUL. */
void hash_sha256(struct slice bytes, char hex[65]);

/*
 * The digest of bytes that come one part after the other. hash_run_end() gives it and frees the
 * run; hash_run_free() gives up without one, NULL is fine.
 */
struct hash_run;
struct hash_run *hash_run_new(void);
void hash_run_add(struct hash_run *run, struct slice bytes);
void hash_run_end(struct hash_run *run, char hex[65]);
void hash_run_free(struct hash_run *run);

/* The same in base64, 44 characters and a NUL: as a Content-Security-Policy names a script. */
void hash_sha256_base64(struct slice bytes, char text[45]);

/*
 * HMAC-SHA-256 (RFC 2104) under a key that is used many times: hash_key_new() once, then
 * hash_hmac() for each text, which is the parts one after the other.
 */
struct hash_key;
struct hash_key *hash_key_new(struct slice key);
void hash_hmac(struct hash_key *key, const struct slice *parts, size_t nparts, uint8_t digest[32]);
/* Overwrites what was secret, also where the compiler sees no use in it. */
void hash_wipe(void *p, size_t n);
/* Wipes the key. NULL is fine. */
void hash_key_free(struct hash_key *key);

/*
 * A 64-bit hash for tables keyed by input, mixed with a seed that is drawn anew
 * in each process: ticket data cannot be made to collide. Nothing that is
 * printed may depend on it.
 */
uint64_t hash_table(struct slice bytes);

#endif
