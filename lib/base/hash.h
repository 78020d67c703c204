/* hash.h: SHA-256 (nettle) and a seeded hash for tables */
/* Rank: base. */
#ifndef SLA_BASE_HASH_H
#define SLA_BASE_HASH_H

#include "base/slice.h"

#include <stdint.h>

/* The digest of the bytes as 64 hex digits and a NUL. */
void hash_sha256(struct slice bytes, char hex[65]);

/* The same in base64, 44 characters and a NUL: as a Content-Security-Policy names a script. */
void hash_sha256_base64(struct slice bytes, char text[45]);

/*
 * A 64-bit hash for tables keyed by input, mixed with a seed that is drawn anew
 * in each process: ticket data cannot be made to collide. Nothing that is
 * printed may depend on it.
 */
uint64_t hash_table(struct slice bytes);

#endif
