/* zone_tzif.c: reads the TZif time zone file format (RFC 9636), trusting none of it */
#include <string.h>

#include "time/zone_file.h"

#define HEADER_SIZE 44
#define TYPE_SIZE   6

/* The counts of a header, in the order of the file. */
enum { N_UT, N_STD, N_LEAP, N_TIME, N_TYPE, N_CHAR, N_COUNTS };

struct cursor {
	const unsigned char *p;
	size_t n; /* bytes left */
};

static uint64_t
big_endian(const unsigned char *p, int bytes)
{
	uint64_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | *p++;
	return value;
}

/* A two's complement number of 4 or 8 bytes, without relying on how C converts. */
static int64_t
big_endian_signed(const unsigned char *p, int bytes)
{
	uint64_t value = big_endian(p, bytes);
	uint64_t sign = UINT64_C(1) << (8 * bytes - 1);

	if ((value & sign) == 0)
		return (int64_t)value;
	return (int64_t)(value - sign) - (int64_t)(sign - 1) - 1;
}

/* The next `size` bytes, or NULL when there are fewer. */
static const unsigned char *
take(struct cursor *cursor, uint64_t size)
{
	const unsigned char *p = cursor->p;

	if (size > cursor->n)
		return NULL;
	cursor->p += size;
	cursor->n -= (size_t)size;
	return p;
}

static bool
read_header(struct cursor *cursor, uint64_t count[N_COUNTS], const char **why)
{
	const unsigned char *p = take(cursor, HEADER_SIZE);
	int i;

	if (p == NULL || memcmp(p, "TZif", 4) != 0) {
		*why = "this is not a time zone file";
		return false;
	}
	if (p[4] < '2') {
		*why = "the time zone file is of version 1, which ends in 2037";
		return false;
	}
	for (i = 0; i < N_COUNTS; i++)
		count[i] = big_endian(p + 20 + 4 * i, 4);
	return true;
}

/* The size of a data block whose times take time_size bytes each: below 2^40, no overflow. */
static uint64_t
block_size(const uint64_t count[N_COUNTS], uint64_t time_size)
{
	return count[N_TIME] * (time_size + 1) + count[N_TYPE] * TYPE_SIZE + count[N_CHAR] +
	    count[N_LEAP] * (time_size + 4) + count[N_STD] + count[N_UT];
}

/* The offset of a type; false where there is no such type or no clock can show it. */
static bool
type_offset(const unsigned char *types, uint64_t ntypes, unsigned type, int32_t *offset)
{
	int64_t value;

	if (type >= ntypes)
		return false;
	value = big_endian_signed(types + (size_t)type * TYPE_SIZE, 4);
	if (value <= -ZONE_OFFSET_LIMIT || value >= ZONE_OFFSET_LIMIT)
		return false;
	*offset = (int32_t)value;
	return true;
}

static bool
read_times(const unsigned char *block, const uint64_t count[N_COUNTS], struct zone_changes *changes)
{
	const unsigned char *indices = block + count[N_TIME] * 8;
	const unsigned char *types = indices + count[N_TIME];
	int64_t before = INT64_MIN;
	int32_t offset;
	uint64_t i;

	if (count[N_TIME] == 0)
		return true;
	/* Before the first change the first type holds. */
	if (!type_offset(types, count[N_TYPE], 0, &offset))
		return false;
	zone_changes_add(changes, INT64_MIN, offset);
	for (i = 0; i < count[N_TIME]; i++) {
		int64_t at = big_endian_signed(block + i * 8, 8);

		if (at <= before || !type_offset(types, count[N_TYPE], indices[i], &offset))
			return false;
		zone_changes_add(changes, at, offset);
		before = at;
	}
	return true;
}

/* The footer is a line of its own: a newline, the rule or nothing, a newline. */
static bool
read_footer(struct cursor *cursor, struct zone_changes *changes)
{
	const unsigned char *end;
	const char *rule;
	size_t n;

	if (cursor->n < 2 || cursor->p[0] != '\n')
		return false;
	end = memchr(cursor->p + 1, '\n', cursor->n - 1);
	if (end == NULL)
		return false;
	rule = (const char *)cursor->p + 1;
	n = (size_t)(end - cursor->p) - 1;
	return n == 0 || zone_read_rule(rule, n, changes);
}

bool
zone_read_tzif(const unsigned char *p, size_t n, struct zone_changes *changes, const char **why)
{
	struct cursor cursor = {p, n};
	uint64_t count[N_COUNTS];
	const unsigned char *block;
	int32_t offset;

	/* The first block holds the same in 32 bits: skipped. */
	if (!read_header(&cursor, count, why))
		return false;
	*why = "the time zone file is damaged";
	if (take(&cursor, block_size(count, 4)) == NULL || !read_header(&cursor, count, why))
		return false;
	*why = "the time zone file is damaged";
	block = take(&cursor, block_size(count, 8));
	if (block == NULL || count[N_TYPE] == 0)
		return false;
	if (count[N_LEAP] > 0) {
		*why = "the time zone file counts leap seconds";
		return false;
	}
	if (!read_times(block, count, changes) || !read_footer(&cursor, changes))
		return false;
	if (changes->n > 0)
		return true;
	if (!type_offset(block, count[N_TYPE], 0, &offset))
		return false;
	zone_changes_add(changes, INT64_MIN, offset);
	return true;
}
