/* privacy_key.h: the key of the pseudonyms */
/* Rank: ingest. */
#ifndef SLA_INGEST_PRIVACY_KEY_H
#define SLA_INGEST_PRIVACY_KEY_H

#include "base/hash.h"

/*
 * The key in a file: its bytes, without line ends behind them; 32 at least. NULL after a
 * diagnostic: missing, short, or open to others than its owner. Free with hash_key_free().
 */
struct hash_key *privacy_key_read(const char *path);

#endif
