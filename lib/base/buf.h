/* buf.h: the one growable byte buffer */
/* Rank: base. */
#ifndef SLA_BASE_BUF_H
#define SLA_BASE_BUF_H

#include "base/slice.h"

#include <stdint.h>
#include <string.h>

/*
 * Zero-initialise ({0}); buf_free() gives the memory back. n bytes are filled;
 * p is NULL until the first byte. Never fails (base/mem.h).
 */
struct buf {
	char *p;
	size_t n, cap;
};

/* Room for `more` bytes beyond n. */
void buf_reserve(struct buf *buf, size_t more);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_add_i64(struct buf *buf, int64_t number);
/* The bytes with a NUL behind them (not counted in n); valid until the next change. */
const char *buf_z(struct buf *buf);
void buf_free(struct buf *buf);

static inline void
buf_add(struct buf *buf, const char *p, size_t n)
{
	if (n > buf->cap - buf->n)
		buf_reserve(buf, n);
	if (n > 0)
		memcpy(buf->p + buf->n, p, n);
	buf->n += n;
}

static inline void
buf_addc(struct buf *buf, char c)
{
	if (buf->n == buf->cap)
		buf_reserve(buf, 1);
	buf->p[buf->n++] = c;
}

static inline void
buf_addz(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

static inline void
buf_adds(struct buf *buf, struct slice text)
{
	buf_add(buf, text.p, text.n);
}

static inline void
buf_clear(struct buf *buf)
{
	buf->n = 0;
}

static inline struct slice
buf_slice(const struct buf *buf)
{
	return (struct slice){buf->p, buf->n};
}

#endif
