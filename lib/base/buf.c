/* buf.c: the one growable byte buffer */
#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

void
buf_reserve(struct buf *buf, size_t more)
{
	size_t need = buf->n + more, cap = buf->cap * 2;

	if (need < more)
		need = SIZE_MAX; /* overflow: mem_grow reports it */
	if (need <= buf->cap)
		return;
	if (cap < need)
		cap = need;
	if (cap < 256)
		cap = 256;
	buf->p = mem_grow(buf->p, cap, 1);
	buf->cap = cap;
}

void
buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n > 0) {
		buf_reserve(buf, (size_t)n + 1);
		vsnprintf(buf->p + buf->n, (size_t)n + 1, format, again);
		buf->n += (size_t)n;
	}
	va_end(again);
}

void
buf_add_i64(struct buf *buf, int64_t number)
{
	static const char pairs[] = "00010203040506070809101112131415161718192021222324"
				    "25262728293031323334353637383940414243444546474849"
				    "50515253545556575859606162636465666768697071727374"
				    "75767778798081828384858687888990919293949596979899";
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	if (rest < 10 && number >= 0) {
		buf_addc(buf, (char)('0' + number));
		return;
	}
	for (; rest >= 10; rest /= 100)
		memcpy(digits + (at -= 2), pairs + 2 * (rest % 100), 2);
	if (rest > 0)
		digits[--at] = (char)('0' + rest);
	if (number < 0)
		buf_addc(buf, '-');
	buf_add(buf, digits + at, sizeof(digits) - at);
}

const char *
buf_z(struct buf *buf)
{
	buf_reserve(buf, 1);
	buf->p[buf->n] = '\0';
	return buf->p;
}

void
buf_free(struct buf *buf)
{
	mem_free(buf->p);
	*buf = (struct buf){0};
}
