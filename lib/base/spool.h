/* spool.h: what does not fit into memory, in a temporary file */
/* Rank: base. */
#ifndef SLA_BASE_SPOOL_H
#define SLA_BASE_SPOOL_H

#include "base/buf.h"

#include <stdint.h>

/*
 * A file in $TMPDIR (else /tmp) of mode 0600 that has no name any more: it goes with the
 * process, however that ends. Zero-initialise ({0}); spool_free() at the end. It is made when
 * the first bytes are written out.
 */
struct spool {
	int fd;
	bool open, failed; /* failed: reported, every later call gives -1 */
	struct buf out;    /* added, not yet written */
	int64_t written;
};

/* Bytes added so far: where the next ones go. */
static inline int64_t
spool_size(const struct spool *spool)
{
	return spool->written + (int64_t)spool->out.n;
}

/* Adds bytes at the end. -1 after a diagnostic. */
int spool_add(struct spool *spool, struct slice bytes);
/* n bytes from offset `at` on, all of them added before, to p. -1 after a diagnostic. */
int spool_read(struct spool *spool, int64_t at, char *p, size_t n);
void spool_free(struct spool *spool);

#endif
