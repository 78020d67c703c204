/* num.c: numbers read strictly */
#include "base/num.h"

bool
num_i64(struct slice text, int64_t *number)
{
	bool negative = text.n > 0 && text.p[0] == '-';
	size_t i = negative ? 1 : 0;
	int64_t value = 0;
	int digit;

	if (i == text.n)
		return false;
	for (; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		digit = text.p[i] - '0';
		/* Counted downwards: INT64_MIN has no positive twin. */
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!negative && value == INT64_MIN)
		return false;
	*number = negative ? value : -value;
	return true;
}

__extension__ typedef unsigned __int128 wide;

int64_t
num_muldiv(int64_t a, int64_t b, int64_t c)
{
	wide product = (wide)(uint64_t)a * (wide)(uint64_t)b / (wide)(uint64_t)c;

	return product > INT64_MAX ? INT64_MAX : (int64_t)product;
}

int
num_compare_products(int64_t a, int64_t b, int64_t c, int64_t d)
{
	wide left = (wide)(uint64_t)a * (wide)(uint64_t)b;
	wide right = (wide)(uint64_t)c * (wide)(uint64_t)d;

	return left < right ? -1 : left > right;
}
