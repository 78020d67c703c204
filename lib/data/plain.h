/* plain.h: the bytes of a JSON string that stand for themselves, many at a time */
/* Rank: data. */
#ifndef SLA_DATA_PLAIN_H
#define SLA_DATA_PLAIN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__) && !defined(SCAN_PORTABLE)
#include <emmintrin.h>
#endif

/* Not a quote, not a backslash, not a control byte, not part of a UTF-8 sequence. */
static inline bool
is_plain(char c)
{
	return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

static inline const char *
plain_bytes(const char *p, const char *end)
{
	while (p < end && is_plain(*p))
		p++;
	return p;
}

#define EACH_BYTE(c) (UINT64_C(0x0101010101010101) * (c))

/* High bits set where a byte of v is zero; bytes behind the first such may be wrong. */
static inline uint64_t
zero_bytes(uint64_t v)
{
	return (v - EACH_BYTE(0x01)) & ~v & EACH_BYTE(0x80);
}

/* Eight bytes a step, on any machine. */
static inline const char *
plain_portable(const char *p, const char *end)
{
	uint64_t v;

	while (end - p >= 8) {
		memcpy(&v, p, sizeof(v));
		if ((v & EACH_BYTE(0x80)) != 0 || zero_bytes(v ^ EACH_BYTE('"')) != 0 ||
		    zero_bytes(v ^ EACH_BYTE('\\')) != 0 ||
		    ((v - EACH_BYTE(0x20)) & EACH_BYTE(0x80)) != 0)
			break;
		p += 8;
	}
	return plain_bytes(p, end);
}

/* The first byte from p on that is not plain, or end. */
#if defined(__SSE2__) && !defined(SCAN_PORTABLE)
static inline const char *
plain(const char *p, const char *end)
{
	const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
	const __m128i control = _mm_set1_epi8(0x1F);
	__m128i v, odd;
	unsigned mask;

	while (end - p >= 16) {
		v = _mm_loadu_si128((const __m128i *)(const void *)p);
		odd = _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, backslash));
		odd = _mm_or_si128(odd, _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
		mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(odd, v));
		if (mask != 0)
			return p + __builtin_ctz(mask);
		p += 16;
	}
	return plain_portable(p, end);
}
#else
static inline const char *
plain(const char *p, const char *end)
{
	return plain_portable(p, end);
}
#endif

#endif
